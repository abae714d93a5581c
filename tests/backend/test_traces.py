"""One request's trace, from the web through every event and process to the finished film."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from aiprod import telemetry
from aiprod.events import ObjectFinalized
from tests.backend.conftest import REQUEST, Premiere, open_site
from tests.collectors import Collector, collecting
from tests.house import BRIEF, open_house

WORKER = "import sys; from pathlib import Path; from tests.house import drain, open_house; drain(open_house(Path(sys.argv[1])))"
STAGES = {"script", "narration", "clips", "assembly", "monitor", "review", "notify"}


def work(home: Path, collector: Collector, workers: int) -> None:
    """Workers in processes of their own, until nothing is left."""
    environment = {**os.environ, "AIPROD_TRACES_URL": collector.url}
    command = [sys.executable, "-c", WORKER, str(home)]
    started = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(workers)]
    for process in started:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0 and said == "", said


def test_a_requests_trace_reaches_the_film_through_other_processes(premiere: Premiere, tmp_path: Path) -> None:
    with collecting() as collector:
        site = open_site(tmp_path / "traced", house={"traces_url": collector.url})
        jane = site.register()
        film = jane("POST", "/videos", json=REQUEST).json()["id"]
        telemetry.stop()
        work(tmp_path / "traced", collector, workers=2)
        (asked,) = collector.named("POST /api/v1/videos")
        spans = [span for span in collector.spans if span.trace == asked.trace]
    assert site.app.ledger.get(film).status == "completed", site.app.ledger.get(film)

    # Every stage's every event, every clip and every ffmpeg is in it, each begun by another that is in it.
    assert {span.name for span in spans} >= STAGES
    assert len([span for span in spans if span.name == "render"]) >= 3
    assert len([span for span in spans if span.name == "ffmpeg"]) > 5
    known = {span.id for span in spans}
    assert [span.name for span in spans if span.parent not in known] == [asked.name] and asked.parent == ""
    assert asked.process == os.getpid() and len({span.process for span in spans} - {os.getpid()}) >= 1
    assert not any(span.failed for span in spans)
    assert {span.attributes["video"] for span in spans if span.name in STAGES} == {film}
    assert asked.attributes["http.response.status_code"] == 201 and asked.kind == 2

    # Nothing of what somebody wrote is told, and the logs name the trace.
    assert "tide" not in repr([span.attributes for span in spans])
    lines = [json.loads(line) for line in (tmp_path / "traced" / "logs" / "test.log").read_text().splitlines()]
    handled = [line for line in lines if line["event"] == "event handled" and line["video"] == film]
    assert handled and {line["trace"] for line in handled} == {asked.trace}
    assert [line["trace"] for line in lines if line["event"] == "request" and line["status"] == 201][-1] == asked.trace

    # What is made is the same to the byte, under the same KEYs, and no artefact names a trace.
    def made(app, video: str) -> set[tuple[str, str]]:
        kinds = ("sounds", "clips", "segments", "mixes", "exports")
        found = [one for kind in kinds for one in app.objects.under(f"{kind}/{video}/")]
        return {(one.address.replace(video, "V"), one.crc32c) for one in found if not one.address.endswith(".json")}

    assert made(site.app, film) == made(premiere.site.app, premiere.film)
    assert not any(asked.trace.encode() in site.app.objects.read(one.address) for one in site.app.objects.under("") if one.address.endswith(".json"))


def test_a_callers_own_trace_goes_on_and_what_is_none_begins_another(tmp_path: Path) -> None:
    with collecting() as collector:
        site = open_site(tmp_path, house={"traces_url": collector.url})
        jane = site.register()
        caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        jane("GET", "/videos/aaaaaaaaaaaa", headers={"traceparent": caller})
        jane("GET", "/account", headers={"traceparent": "not a traceparent"})
        telemetry.stop()
    (looked,) = collector.named("GET /api/v1/videos/{id}")
    assert (looked.trace, looked.parent) == (caller.split("-")[1], caller.split("-")[2]), "a caller's trace goes on"
    (account,) = collector.named("GET /api/v1/account")
    assert account.parent == "" and account.trace != looked.trace


def test_what_is_asked_for_without_the_web_is_a_trace_too(tmp_path: Path) -> None:
    with collecting() as collector:
        app = open_house(tmp_path, traces_url=collector.url)
        video = app.request(BRIEF)
        waiting = app.embedded.pull("script", lease_seconds=5)
        app.cancel(video.id)
        telemetry.stop()
    (asked,) = collector.named("request")
    assert asked.parent == "" and waiting is not None and waiting.trace.split("-")[1:3] == [asked.trace, asked.id]
    assert app.ledger.get(video.id).trace.split("-")[1] == asked.trace


def test_an_event_that_names_no_trace_is_of_the_one_that_asked_for_its_video(tmp_path: Path) -> None:
    with collecting() as collector:
        app = open_house(tmp_path, traces_url=collector.url)
        video = app.request(BRIEF)
        app.deliveries.deliver("monitor", ObjectFinalized(address=f"segments/{video.id}/1/000-a.mp4"))
        telemetry.stop()
    (asked,), (handled,) = collector.named("request"), collector.named("monitor")
    assert (handled.trace, handled.parent) == (asked.trace, asked.id)


def test_a_collector_that_is_not_there_harms_no_film_and_is_told_in_the_log(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from tests.house import open_house\napp = open_house(Path(sys.argv[1]))\nfrom aiprod.telemetry import span\nwith span('x'): print('worked')"
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], env={**os.environ, "AIPROD_TRACES_URL": "http://127.0.0.1:9/v1/traces"},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (run.returncode, run.stdout, run.stderr) == (0, "worked\n", "")
    assert time.monotonic() - started < 20
    assert "traces not sent" in (tmp_path / "logs" / "test.log").read_text()


def test_where_traces_are_off_nothing_of_them_is_imported(tmp_path: Path) -> None:
    program = (
        "import sys; from aiprod.bootstrap import open_app; from aiprod.telemetry import carried, span\n"
        "open_app()\nwith span('x') as piece: piece.note(a=1); print(repr(carried()))\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "AIPROD_HOME": str(tmp_path)}, capture_output=True, text=True, timeout=60
    )
    assert run.stdout == "''\n[]\n", run.stderr
