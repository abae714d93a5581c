"""The functions under the server that Cloud Run starts, spoken to by HTTP as Pub/Sub and Eventarc speak to them."""

import base64
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx

from aiprod.bootstrap import App, open_app
from aiprod.brief import Brief
from aiprod.events import Event, StatusChanged, SweepTicked, VideoRequested, WebhookDue, encode
from aiprod.settings import Settings
from aiprod.video import Status, VideoCancelled, create

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
BRIEF = Brief(theme="the tide", language="en", profile="draft", seed=3)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def served(function: str, home: Path, **settings: str) -> Iterator[str]:
    """A function's server over the embedded cloud in `home`; its address."""
    port = free_port()
    environment = {
        **os.environ, "AIPROD_HOME": str(home), "FUNCTION_SOURCE": str(ROOT / "functions" / function / "main.py"),
        "FUNCTION_TARGET": "handle", "FUNCTION_SIGNATURE_TYPE": "cloudevent", "HOST": "127.0.0.1", "PORT": str(port),
        "PYTHONPATH": str(ROOT), "THREADS": "4", **settings,
    }  # fmt: skip
    home.mkdir(parents=True, exist_ok=True)
    with (home / f"{function}.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "functions_framework"], env=environment, cwd=home, stdin=subprocess.DEVNULL,
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        ends = time.monotonic() + START_SECONDS
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/", timeout=2.0)
                break
            except httpx.TransportError:
                assert server.poll() is None and time.monotonic() < ends, (home / f"{function}.log").read_text()
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)


def message(payload: bytes, attributes: Mapping[str, str] | None = None) -> dict[str, object]:
    """A push request's body."""
    data = base64.b64encode(payload).decode()
    wrapped = {"data": data, "attributes": attributes or {}, "messageId": "1", "publishTime": "2026-01-02T03:04:05Z"}
    return {"message": wrapped, "subscription": "projects/p/subscriptions/s", "deliveryAttempt": 1}


def push(address: str, event: Event) -> httpx.Response:
    """As Pub/Sub pushes: the bare envelope."""
    return httpx.post(address, json=message(encode(event)), timeout=60.0)


def push_as_cloud_event(address: str, event: Event) -> httpx.Response:
    """As Eventarc pushes: the envelope in a CloudEvent of binary mode."""
    headers = {
        "ce-id": "7", "ce-specversion": "1.0", "ce-type": "google.cloud.pubsub.topic.v1.messagePublished",
        "ce-source": "//pubsub.googleapis.com/projects/p/topics/t", "content-type": "application/json",
    }  # fmt: skip
    return httpx.post(address, content=json.dumps(message(encode(event))), headers=headers, timeout=60.0)


def house(home: Path) -> App:
    return open_app(Settings(home=home), log_file=home / "test.log")


def asked(app: App, video: str) -> VideoRequested:
    """A video of which nobody has heard yet."""
    app.ledger.open(create(video, "somebody", BRIEF, app.clock.now()))
    return VideoRequested(video=video, owner="somebody", brief=BRIEF)


def changed(video: str) -> StatusChanged:
    return StatusChanged(video=video, revision=1, status="queued", sentence="", at=1.0)


def test_an_event_reaches_its_stage_pushed_bare_or_in_a_cloud_event_and_a_late_one_changes_nothing(tmp_path: Path) -> None:
    app = house(tmp_path)
    with served("script", tmp_path) as address:
        first = push(address, asked(app, "bare"))
        second = push_as_cloud_event(address, asked(app, "wrapped"))
        late = asked(app, "late")
        app.ledger.advance("late", VideoCancelled(revision=1, at=app.clock.now()))
        assert push(address, late).status_code == 200
    assert (first.status_code, second.status_code) == (200, 200)
    assert [app.ledger.get(video).status for video in ("bare", "wrapped")] == [Status.SCRIPTING, Status.SCRIPTING]
    assert {one.address for one in app.objects.under("scripts/")} == {"scripts/bare/1.json", "scripts/wrapped/1.json"}
    assert app.ledger.get("late").status is Status.CANCELLED


def test_what_is_no_event_is_refused_and_the_function_goes_on(tmp_path: Path) -> None:
    app = house(tmp_path)
    with served("notify", tmp_path) as address:
        unreadable = httpx.post(address, json=message(b"no event"), timeout=60.0)
        unknown = httpx.post(address, json=message(b'{"type": "Nothing", "content": {}}'), timeout=60.0)
        empty = httpx.post(address, json={"message": {"messageId": "1"}, "subscription": "s"}, timeout=60.0)
        odd = httpx.post(address, content=b"\x00", headers={"content-type": "application/json"}, timeout=60.0)
        good = push(address, changed(asked(app, "good").video))
    assert [answer.status_code for answer in (unreadable, unknown, empty, odd)] == [400, 400, 400, 400]
    assert "expected" in unreadable.text
    assert good.status_code == 200


def test_what_may_work_later_is_answered_so_that_it_comes_again(tmp_path: Path) -> None:
    asked(house(tmp_path), "told")
    store, away = tmp_path / "store.sqlite3", tmp_path / "away"
    store.rename(away)
    store.mkdir()
    with served("notify", tmp_path) as address:
        assert push(address, changed("told")).status_code == 500
        store.rmdir()
        away.rename(store)
        assert push(address, changed("told")).status_code == 200


def test_a_webhook_that_does_not_answer_is_tried_again_by_an_event_of_its_own(tmp_path: Path) -> None:
    app = house(tmp_path)
    deaf = replace(BRIEF, webhook=f"http://127.0.0.1:{free_port()}/")
    app.ledger.open(create("told", "", deaf, app.clock.now()))
    with served("notify", tmp_path, AIPROD_WEBHOOK_SECRET="s", AIPROD_WEBHOOK_PRIVATE="true") as address:
        assert push(address, changed("told")).status_code == 200
        (delivery,) = app.documents.query("webhook_deliveries")
        assert push(address, WebhookDue(video="told", delivery=delivery.id, attempt=1)).status_code == 200
    (tried,) = app.documents.query("webhook_deliveries")
    assert tried.fields["state"] == "pending" and tried.fields["next_at"] > app.clock.now()


def test_what_will_never_work_is_recorded_and_acknowledged(tmp_path: Path) -> None:
    app = house(tmp_path)
    request = asked(app, "refused")
    nobody = replace(request, video="refused2", brief=replace(BRIEF, writer="nobody"))
    app.ledger.open(create("refused2", "", nobody.brief, app.clock.now()))
    with served("script", tmp_path) as address:
        assert push(address, nobody).status_code == 200
    video = app.ledger.get("refused2")
    assert video.status is Status.FAILED and "nobody" in video.failure


def test_a_static_tick_of_the_scheduler_is_a_sweep(tmp_path: Path) -> None:
    app = house(tmp_path)
    asked(app, "left")
    before = app.embedded.outstanding()
    with served("monitor", tmp_path) as address:
        tick = httpx.post(address, json=message(b'{"type":"SweepTicked","content":{"at":0.0}}'), timeout=60.0)
    assert tick.status_code == 200
    assert app.embedded.outstanding() >= before
    assert app.ledger.get("left").outbox == ()


def test_the_dispatcher_answers_a_sweep_where_nothing_waits(tmp_path: Path) -> None:
    house(tmp_path)
    with served("dispatch", tmp_path) as address:
        assert push(address, SweepTicked(at=1.0)).status_code == 200


def test_a_missing_setting_is_told_by_its_name(tmp_path: Path) -> None:
    with served("notify", tmp_path, AIPROD_CLOUD="google") as address:
        assert push(address, changed("any")).status_code == 500
    said = (tmp_path / "notify.log").read_text()
    assert "AIPROD_CLOUD=google also needs AIPROD_GOOGLE_PROJECT, AIPROD_BUCKET; set them." in said
