"""Traces travel beside what is sent, in every form that a message has, and change nothing of it."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from aiprod import telemetry
from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.adapters.embedded.messages import EmbeddedMessages
from aiprod.adapters.envelopes import TRACE, decode_push, message_of, trace_mark, trace_of
from aiprod.adapters.pubsub import DELAYED, PubSubMessages
from aiprod.events import AssemblyRequested, ClipRequested, decode, encode
from aiprod.pushes import event_of
from tests.collectors import collecting
from tests.unit.accounts.conftest import MovableClock

EVENT = AssemblyRequested(video="abc123", revision=1)
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Pushed:
    def __init__(self, data: object) -> None:
        self.data = data


@pytest.fixture
def traced() -> Iterator[str]:
    """Work at hand, and its traceparent."""
    with collecting() as collector:
        telemetry.configure(collector.url)
        with telemetry.span("work"):
            yield telemetry.carried()
        telemetry.stop()


@pytest.fixture
def messages(tmp_path: Path) -> EmbeddedMessages:
    return EmbeddedMessages(database=Database(tmp_path / "store.sqlite3"), clock=MovableClock(), backoff_scale=0.0)


def told_of(traceparent: str) -> bool:
    """Whether its lowest flag, "sampled", is set."""
    return bool(int(traceparent.rsplit("-", 1)[1], 16) & 1)


def notification(address: str, **metadata: str) -> dict[str, object]:
    stored = json.dumps({"kind": "storage#object", "size": "9", "metadata": metadata}).encode()
    attributes = {"eventType": "OBJECT_FINALIZE", "objectId": address, "objectGeneration": "1"}
    return {"message": {"data": base64.b64encode(stored).decode(), "attributes": attributes}}


def test_what_is_published_is_of_the_work_at_hand_even_when_it_comes_again(messages, traced) -> None:
    messages.publish("assembly-requests", EVENT)
    first = messages.pull("assembly", lease_seconds=5)
    messages.refuse(first, reason="later")
    second = messages.pull("assembly", lease_seconds=5)
    assert first.event == second.event == EVENT and first.trace == second.trace == traced


def test_a_trace_that_is_named_goes_before_the_work_at_hand(messages, traced) -> None:
    messages.publish("assembly-requests", EVENT, trace=TRACEPARENT)
    assert messages.pull("assembly", lease_seconds=5).trace == TRACEPARENT


def test_a_dead_letter_tells_the_monitor_of_its_trace_and_keeps_it_when_it_is_sent_again(messages) -> None:
    messages.publish("assembly-requests", EVENT, trace=TRACEPARENT)
    for _ in range(5):
        messages.refuse(messages.pull("assembly", lease_seconds=5), reason="no")
    assert messages.pull("monitor", lease_seconds=5).trace == TRACEPARENT
    (letter,) = messages.dead_letters()
    messages.replay(letter.id)
    assert messages.pull("assembly", lease_seconds=5).trace == TRACEPARENT


def test_without_a_trace_an_event_is_the_bytes_that_it_always_was(messages) -> None:
    assert encode(EVENT) == b'{"content":{"revision":1,"video":"abc123"},"type":"AssemblyRequested"}'
    assert decode(encode(EVENT, trace=TRACEPARENT)) == EVENT
    messages.publish("assembly-requests", EVENT)
    assert messages.pull("assembly", lease_seconds=5).trace == ""


def test_a_pushed_event_names_its_trace_in_an_attribute() -> None:
    push = {"message": {"data": base64.b64encode(encode(EVENT)).decode(), "attributes": {TRACE: TRACEPARENT}}}
    assert event_of(Pushed(push)) == EVENT and trace_of(message_of(push)) == TRACEPARENT
    del push["message"]["attributes"]
    assert trace_of(message_of(push)) == ""


def test_an_object_tells_of_which_work_it_is_and_a_copy_of_it_does_not(traced) -> None:
    mark = trace_mark("clips/v/1/01-a.mp4")
    assert trace_of(message_of(notification("clips/v/1/01-a.mp4", writer="w", **mark))) == traced
    assert trace_of(message_of(notification("clips/w/1/01-a.mp4", writer="w", **mark))) == ""
    assert trace_of(message_of(notification("clips/v/1/01-a.mp4"))) == ""


@pytest.mark.parametrize("data", ["", "%%%", base64.b64encode(b"no json").decode(), base64.b64encode(b'{"metadata": 7}').decode()])
def test_a_notification_of_odd_content_counts_without_its_trace(data: str) -> None:
    push = notification("clips/v/1/01-a.mp4")
    push["message"]["data"] = data  # type: ignore[index]
    assert decode_push(push).address == "clips/v/1/01-a.mp4" and trace_of(message_of(push)) == ""


def test_delaying_twice_is_delaying_once_though_by_other_work(tmp_path, traced) -> None:
    documents = EmbeddedDocuments(database=Database(tmp_path / "store.sqlite3"))
    bus = PubSubMessages(project="p", documents=documents, clock=MovableClock())
    event = ClipRequested(video="abc123", revision=1, scene=2)
    bus.publish("render-cpu", event, delay_seconds=60)
    bus.publish("render-cpu", event, delay_seconds=60, trace=TRACEPARENT)
    (waiting,) = documents.query(DELAYED)
    assert waiting.fields[TRACE] == traced and decode(str(waiting.fields["payload"]).encode()) == event


def test_outside_of_any_work_nothing_is_carried() -> None:
    with collecting() as collector:
        telemetry.configure(collector.url)
        assert telemetry.carried() == "" and trace_mark("clips/v/1/01-a.mp4") == {}
        with telemetry.resumed(TRACEPARENT):
            assert telemetry.carried() == TRACEPARENT
        assert telemetry.carried() == ""
        telemetry.stop()
    assert collector.spans == []


def test_a_share_of_traces_is_told(tmp_path: Path) -> None:
    with collecting() as collector:
        telemetry.configure(collector.url, 0.0)
        with telemetry.span("untold"):
            assert not told_of(telemetry.carried()), "who goes on with it tells nothing of it either"
        with telemetry.span("told", after=TRACEPARENT):
            assert told_of(telemetry.carried())
        telemetry.stop()
    assert [span.name for span in collector.spans] == ["told"]
