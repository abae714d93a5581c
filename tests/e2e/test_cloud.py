"""A film through the cloud on this machine, by events only, while things break: nothing is lost, nothing is made twice."""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from aiprod import paths
from aiprod.adapters.dead_letters import CloudDeadLetters
from aiprod.adapters.pubsub import PubSubMessages
from aiprod.bootstrap import App, open_app
from aiprod.brief import Brief
from aiprod.client import Client, VideoRequest
from aiprod.errors import Transient
from aiprod.events import AssemblyRequested, VideoRequested
from aiprod.manifests import FilmManifest, PlanManifest
from aiprod.media.probe import probe
from aiprod.ports import DeadLetter
from aiprod.settings import Settings
from aiprod.story import Line, Scene, Script
from aiprod.video import WAY, Status, Video
from cloud_local import web
from cloud_local.cloud import LocalCloud, Pace, started

pytestmark = [pytest.mark.emulators, pytest.mark.timeout(400)]

SETTINGS = {
    "AIPROD_RENDER_TASKS": "2", "AIPROD_JOB_IDLE_SECONDS": "3", "AIPROD_REDELIVER_SECONDS": "30",
    "AIPROD_LEASE_SECONDS": "20", "AIPROD_RETRY_SECONDS": "[1, 2, 3]",
}  # fmt: skip
LINES = ("Twice a day the sea comes in.", "Twice a day it goes.")
SCRIPT = Script(
    title="The tide", language="en", writer="test",
    scenes=tuple(
        Scene(number=number, visual="A calm sea under a full moon", mood="calm", lines=(Line(text=text),))
        for number, text in enumerate(LINES, start=1)
    ),
)  # fmt: skip
BRIEF = Brief(
    script=SCRIPT, profile="draft", voice="en-us", music="none", subtitles="plain", renderer="slideshow", seed=3
)
LONGEST_SECONDS = 330.0
CUT_SECONDS = 10.0
POISON = b"no event of ours"


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    with started(tmp_path_factory.mktemp("cloud"), SETTINGS, Pace(sweep_seconds=2.0, backoff_scale=0.02)) as running:
        yield running


@pytest.fixture(scope="module")
def app(cloud: LocalCloud) -> App:
    """The door of the cloud, as a web server would have it."""
    prefix = "AIPROD_"
    own = {name.removeprefix(prefix).lower(): value for name, value in cloud.environment.items() if prefix in name}
    own["retry_seconds"] = json.loads(own["retry_seconds"])
    return open_app(Settings(**own), log_file=cloud.folder / "logs" / "test.log")


class Echo:
    """Delivers everything that lands in the bucket a second time, late: what at-least-once may do at any time."""

    def __init__(self, app: App, video: str) -> None:
        self._app = app
        self._video = video
        self._told: set[str] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._repeat, daemon=True)

    def __enter__(self) -> "Echo":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _repeat(self) -> None:
        while not self._ended.wait(1.0):
            with suppress(Transient):  # what is broken now is told at the next look
                for prefix in paths.NOTIFIED:
                    for found in self._app.objects.under(f"{prefix}/{self._video}/"):
                        if found.address not in self._told:
                            self._app.artefacts.announce(found.address)
                            self._told.add(found.address)


def log_lines(cloud: LocalCloud) -> list[dict[str, str]]:
    """What functions and jobs said, a fact each."""
    found = []
    for log in (cloud.folder / "logs").glob("*.log"):
        for line in log.read_text("utf-8", errors="replace").splitlines():
            if line.startswith("{"):
                with suppress(json.JSONDecodeError):  # a line that a killed process broke off
                    found.append(json.loads(line))
    return found


def until(what: str, happened: Callable[[], bool], seconds: float = LONGEST_SECONDS) -> None:
    """Wait for something; a service that does not answer is asked again."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        with suppress(Transient):
            if happened():
                return
        time.sleep(0.2)
    raise AssertionError(f"Expected {what} within {seconds:.0f} s.")


def reached(app: App, video: str, status: Status) -> Callable[[], bool]:
    def look() -> bool:
        found = app.ledger.get(video)
        assert found.status not in (Status.FAILED, Status.CANCELLED), found.failure
        order = (*WAY, Status.COMPLETED)
        return order.index(found.status) >= order.index(status)

    return look


def handled(cloud: LocalCloud, video: str) -> Counter[str]:
    """How many events of a video each stage has handled."""
    return Counter(
        line["stage"] for line in log_lines(cloud) if line["event"] == "event handled" and line["video"] == video
    )


def make_under_fire(cloud: LocalCloud, app: App) -> Video:
    """A film, while each thing that the cloud may do to it is done to it."""
    video = "the-film"
    messages = app.messages
    assert isinstance(messages, PubSubMessages)
    asked = app.request(BRIEF, owner="somebody", video=video)
    messages.publish("video-requests", VideoRequested(video=video, owner=asked.owner, brief=asked.brief))
    messages.send("video-requests", POISON, {})
    with Echo(app, video):
        until("a sound", lambda: bool(app.objects.under(f"sounds/{video}/")))
        cloud.functions.servers["narration"].kill()  # in the middle of speaking
        until("the narration", reached(app, video, Status.RENDERING))
        cloud.emulators.storage.stop()
        cloud.emulators.storage.start()
        until("a clip to be drawn", lambda: any(clip.frames_done for clip in app.ledger.clips(video, 1)))
        kill_a_task(cloud)
        for emulator in (cloud.emulators.firestore, cloud.emulators.pubsub):
            emulator.pause()
        time.sleep(CUT_SECONDS)
        for emulator in (cloud.emulators.firestore, cloud.emulators.pubsub):
            emulator.resume()
        until("the finished file", lambda: bool(app.objects.under(f"exports/{video}/")))
        cloud.functions.servers["assembly"].kill()  # in the middle of what lies beside it
        until("the film", lambda: reached(app, video, Status.COMPLETED)() and not app.ledger.get(video).outbox)
    return app.ledger.get(video)


def kill_a_task(cloud: LocalCloud) -> None:
    """The render task that is at work, as a machine that goes away would."""
    at_work = [task for run in cloud.jobs.executions.values() for task in run.tasks if task.process and not task.ended]
    assert at_work and at_work[0].process is not None
    at_work[0].process.kill()


@pytest.fixture(scope="module")
def film(cloud: LocalCloud, app: App) -> Video:
    return make_under_fire(cloud, app)


def test_the_film_is_finished_whatever_broke_on_its_way(app: App, film: Video, tmp_path: Path) -> None:
    plan = app.artefacts.read(PlanManifest, paths.plan(film.id, 1))
    manifest = app.artefacts.read(FilmManifest, paths.film(film.id, 1))
    picture = probe(app.objects.fetch(manifest.address("film.mp4"), tmp_path)).picture
    assert picture is not None and picture.frames == plan.timeline.frames == manifest.frames
    assert {export.name for export in manifest.exports} >= {"film.mp4", "subtitles.srt", "poster.jpg"}
    assert (film.revision, film.failure, film.outbox) == (1, "", ())
    assert [entry.status for entry in film.history] == [*WAY, Status.COMPLETED]


def test_nothing_is_made_twice(cloud: LocalCloud, app: App, film: Video) -> None:
    lines = log_lines(cloud)
    made = Counter(line["address"] for line in lines if line["event"] == "artefact made" and film.id in line["address"])
    assert set(made.values()) == {1}, {address: count for address, count in made.items() if count > 1}
    kept = Counter(found.address for prefix in paths.NOTIFIED for found in app.objects.under(f"{prefix}/{film.id}/"))
    plan = app.artefacts.read(PlanManifest, paths.plan(film.id, 1))
    kinds = Counter(address.split("/")[0] for address in kept)
    assert kinds == {
        "scripts": 1, "narrations": 1, "mixes": 1, "films": 1, "clips": len(LINES),
        "segments": len(plan.timeline.segments),
    }  # fmt: skip


def test_events_that_come_late_change_nothing(cloud: LocalCloud, app: App, film: Video) -> None:
    before = {found.address: found.generation for found in app.objects.under("")}
    known = handled(cloud, film.id)
    for address in (paths.script(film.id, 1), paths.narration(film.id, 1), *before, paths.film(film.id, 1)):
        app.artefacts.announce(address)
    app.messages.publish("assembly-requests", AssemblyRequested(video=film.id, revision=1))
    late = Counter(narration=2, clips=2, assembly=len(LINES) + 1, review=2)
    until("the late events to be handled", lambda: handled(cloud, film.id) >= known + late, 60.0)
    assert {found.address: found.generation for found in app.objects.under("")} == before
    assert app.ledger.get(film.id) == film


def test_what_nobody_can_read_ends_in_the_dead_letters_and_stops_nothing(
    cloud: LocalCloud, app: App, film: Video
) -> None:
    messages = app.messages
    assert isinstance(messages, PubSubMessages)
    letters = CloudDeadLetters(messages=messages)
    buried: list[DeadLetter] = []

    def look() -> bool:
        buried[:] = letters.look()
        return bool(buried)

    until("the poison in the dead letters", look, 60.0)
    assert {(letter.subscription, letter.event) for letter in buried} == {("script", None)}
    told = [line["subscription"] for line in log_lines(cloud) if line["event"] == "dead letter of no video"]
    assert told == ["script"]


def test_the_command_line_asks_the_cloud_and_what_was_made_before_is_not_made_again(
    cloud: LocalCloud, app: App, film: Video, tmp_path: Path
) -> None:
    scenes = [{"visual": scene.visual, "mood": scene.mood, "text": scene.text} for scene in SCRIPT.scenes]
    (tmp_path / "tide.json").write_text(json.dumps({"version": 1, "title": "The tide", "language": "en", "scenes": scenes}))
    options = "--profile draft --voice en-us --music none --subtitles plain --renderer slideshow --seed 3 --json"
    run = subprocess.run(
        [sys.executable, "-m", "aiprod", "make", "--script", "tide.json", *options.split(), "--out", str(tmp_path)],
        cwd=tmp_path, env={**os.environ, **cloud.environment}, capture_output=True, text=True, timeout=150,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert probe(Path(told["film"])).picture is not None
    fresh = {line["address"].split("/")[0] for line in log_lines(cloud) if told["id"] in line.get("address", "")
             and line["event"] == "artefact made"}  # fmt: skip
    assert fresh & {"sounds", "clips", "segments"} == set()


def test_a_newcomer_asks_on_the_web_sees_the_film_come_and_takes_it_home(cloud: LocalCloud, app: App, tmp_path: Path) -> None:
    """The web's own process over the cloud: an account, a film with one sentence, its progress, its file."""
    script = "# The tide\n\n## Scene 1\n**VISUAL:** The calm blue sea at noon\n**VOICE OVER:** The sea comes and goes.\n"
    with web.served(cloud) as served, Client.at(served.address) as service:
        admins, this_hours = served.codes()
        assert admins != this_hours
        session = service.account.register("jane@mail.org", "correct horse battery", this_hours)
        voice = service.resources.voices("en")[-1].id
        wanted = VideoRequest(script=script, profile="draft", voice=voice, music="none", subtitles="plain", seed=3)
        asked = service.videos.create(wanted)
        ended = service.live.wait(asked.id, seconds=LONGEST_SECONDS)
        assert (ended.status, ended.revision, ended.failure) == ("completed", 1, "")
        assert app.ledger.get(asked.id).owner == session.account.id
        assert service.account.read().quota.used == 1
        picture = probe(service.films.save(asked.id, tmp_path / "tide.mp4")).picture
    assert picture is not None and picture.frames > 15
    said = (cloud.folder / "logs" / "web.log").read_text()
    assert '"event": "request"' in said and admins not in said and this_hours not in said
