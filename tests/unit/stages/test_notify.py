"""Status changes told to a real HTTP server."""

import hashlib
import hmac
import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from aiprod.adapters.addresses import Gate, is_any
from aiprod.adapters.webhooks import HttpWebhooks
from aiprod.errors import InvalidInput, InvalidSetting
from aiprod.video import Status
from tests.house import BRIEF, drain, open_house
from tests.receivers import receiving
from tests.thin import make_thin

SECRET = "a key that both sides know"


def test_every_change_of_status_arrives_signed(tmp_path: Path) -> None:
    with receiving([]) as receiver:
        app = open_house(tmp_path / "home", webhook_secret=SECRET, webhook_private=True)
        video = make_thin(app, replace(BRIEF, webhook=receiver.url))
    assert video.status is Status.COMPLETED, video.failure
    assert {"scripting", "narrating", "rendering", "assembling", "reviewing", "completed"} <= set(receiver.statuses())
    for headers, body in receiver.calls:
        at, _, given = headers["aiprod-signature"].partition(",v1=")
        expected = hmac.new(SECRET.encode(), at.removeprefix("t=").encode() + b"." + body, hashlib.sha256).hexdigest()
        assert given == expected
        assert json.loads(body)["content"]["video"] == video.id


def test_a_receiver_that_stumbles_is_called_again(tmp_path: Path) -> None:
    with receiving([503, 500]) as receiver:
        app = open_house(tmp_path / "home", webhook_secret=SECRET, webhook_private=True)
        app.cancel(app.request(replace(BRIEF, webhook=receiver.url)).id)
        drain(app)
    assert len(receiver.calls) == 2 + 2
    assert set(receiver.statuses()) == {"queued", "cancelled"}


def test_a_receiver_that_hangs_holds_up_no_film(tmp_path: Path) -> None:
    over = threading.Event()
    with receiving([lambda _: over.wait() and None] * 20) as receiver:
        house = open_house(tmp_path / "home", webhook_secret=SECRET)
        patient = HttpWebhooks(secret=SECRET, gate=Gate(permits=is_any), clock=house.clock, timeout_seconds=300.0)
        app = replace(house, webhooks=patient)
        video = app.request(replace(BRIEF, webhook=receiver.url))
        worker = app.worker()
        work = threading.Thread(target=worker.run, kwargs={"until": lambda: False})
        work.start()
        late = time.monotonic() + 60
        while app.ledger.get(video.id).status in (Status.QUEUED, Status.SCRIPTING) and time.monotonic() < late:
            time.sleep(0.05)
        reached, called = app.ledger.get(video.id).status, len(receiver.calls)
        over.set()
        worker.stop()
        work.join(timeout=60)
    assert reached not in (Status.QUEUED, Status.SCRIPTING) and called >= 1


def test_a_receiver_that_refuses_does_not_harm_the_film(tmp_path: Path) -> None:
    with receiving([404] * 99) as receiver:
        app = open_house(tmp_path / "home", webhook_secret=SECRET, webhook_private=True)
        video = make_thin(app, replace(BRIEF, webhook=receiver.url))
    assert video.status is Status.COMPLETED, video.failure
    assert len(receiver.calls) == len(set(receiver.statuses())), "a refusal is not repeated"


def test_a_webhook_without_a_key_is_refused_before_anything_starts(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    with pytest.raises(InvalidSetting, match="AIPROD_WEBHOOK_SECRET"):
        app.request(replace(BRIEF, webhook="http://example.com/hook"))
    assert app.ledger.all() == ()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/hook", "http://[::1]/hook", "http://10.1.2.3/x", "http://169.254.169.254/x", "http://localhost/x"]
)
def test_private_addresses_are_refused_unless_allowed(tmp_path: Path, url: str) -> None:
    app = open_house(tmp_path / "home", webhook_secret=SECRET)
    with pytest.raises(InvalidInput, match="public address"):
        app.request(replace(BRIEF, webhook=url))


@pytest.mark.parametrize("url", ["ftp://example.com/x", "example.com", "http://user:word@example.com/x", "http://"])
def test_what_is_no_web_address_is_refused(tmp_path: Path, url: str) -> None:
    app = open_house(tmp_path / "home", webhook_secret=SECRET)
    with pytest.raises(InvalidInput, match="http or https"):
        app.request(replace(BRIEF, webhook=url))
