"""What Pub/Sub adds to the contract of messages (tests/contract): pushes, delays, dead letters, and what it is told to be."""

import base64
import json
import queue
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from threading import Timer

import pytest
from google.cloud.pubsub_v1 import SubscriberClient

from aiprod.adapters.dead_letters import CloudDeadLetters
from aiprod.adapters.envelopes import decode_push
from aiprod.adapters.firestore import FirestoreDocuments
from aiprod.adapters.pubsub import DELAYED, PubSubMessages
from aiprod.adapters.storage import GcsObjects
from aiprod.adapters.topics import declare
from aiprod.brief import Brief
from aiprod.errors import InvalidInput, Misuse, NotFound, Unavailable
from aiprod.events import (
    ClipFailed,
    ClipRequested,
    DeliveryFailed,
    Event,
    ObjectFinalized,
    SweepTicked,
    VideoRequested,
    encode,
)
from aiprod.ports import Delivery
from aiprod.subscriptions import SUBSCRIPTIONS, called_in_cloud, cloud_name, cloud_subscriptions
from cloud_local.emulators import Emulators
from cloud_local.notifications import bucket_of
from tests.loopback import listening

CLIP = ClipRequested(video="v", revision=1, scene=3)
FAILED = ClipFailed(video="v", revision=1, scene=3, attempt=1, permanent=False, sentence="à refaire")


# --- what is pushed --------------------------------------------------------------------------------------------------


def pushed(data: bytes, published: str = "2026-11-21T19:14:53.209Z", **attributes: str) -> dict[str, object]:
    text = base64.b64encode(data).decode()
    message = {"data": text, "attributes": attributes, "messageId": "7", "publishTime": published}
    return {"message": message, "subscription": "projects/p/subscriptions/monitor-sweeps", "deliveryAttempt": 1}


@pytest.mark.parametrize("event", [CLIP, FAILED, SweepTicked(at=1.5)])
def test_an_event_that_is_pushed_is_the_one_that_was_sent(event: Event) -> None:
    assert decode_push(pushed(encode(event), type="any", video="v")) == event


def test_a_notification_of_a_bucket_is_an_object_finalised() -> None:
    envelope = pushed(b'{"kind": "storage#object"}', eventType="OBJECT_FINALIZE", payloadFormat="JSON_API_V1",
                      bucketId="work", objectId="clips/v/1/01-a.mp4", objectGeneration="1795287752084105")  # fmt: skip
    assert decode_push(envelope) == ObjectFinalized(address="clips/v/1/01-a.mp4", generation=1795287752084105)


@pytest.mark.parametrize("id", ["../exports/other", "a/b", "", "x" * 65, "A video", "é"])
def test_who_asks_for_a_video_cannot_choose_where_its_objects_go(id: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        decode_push(pushed(encode(VideoRequested(video=id, owner="o", brief=Brief(theme="Pandas")))))
    assert "small letters, digits and dashes" in str(refused.value)


def test_a_dead_letter_is_a_delivery_that_failed() -> None:
    envelope = pushed(encode(FAILED), CloudPubSubDeadLetterSourceSubscription="monitor-clip-failures",
                      CloudPubSubDeadLetterSourceDeliveryCount="5")  # fmt: skip
    event = decode_push(envelope)
    assert isinstance(event, DeliveryFailed)
    assert (event.subscription, event.video) == ("monitor", "v") and "5 times" in event.sentence


def test_a_dead_letter_that_cannot_be_read_fails_no_video_and_is_no_error() -> None:
    event = decode_push(pushed(b"{}", CloudPubSubDeadLetterSourceSubscription="script-video-requests"))
    assert isinstance(event, DeliveryFailed) and (event.subscription, event.video) == ("script", "")


def test_a_buried_notification_fails_the_video_of_its_object() -> None:
    envelope = pushed(b"", eventType="OBJECT_FINALIZE", objectId="films/v/1.json", objectGeneration="1",
                      CloudPubSubDeadLetterSourceSubscription="review-finalized-films")  # fmt: skip
    event = decode_push(envelope)
    assert isinstance(event, DeliveryFailed) and (event.subscription, event.video) == ("review", "v")


def test_a_scheduled_sweep_is_of_the_time_it_was_sent() -> None:
    assert decode_push(pushed(encode(SweepTicked(at=0.0)), published="2026-11-21T00:00:30Z")) == SweepTicked(
        at=1795219230.0
    )


@pytest.mark.parametrize(
    "envelope",
    [
        {}, {"message": "text"}, {"message": {}}, {"message": {"data": "§"}}, pushed(b"not JSON"),
        pushed(b'{"type": "Surprise", "content": {}}'), pushed(b"", eventType="OBJECT_FINALIZE"),
        {"message": {"data": "e30=", "attributes": ["odd"]}},
    ],
)  # fmt: skip
def test_what_is_no_event_is_refused_with_what_was_expected(envelope: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match="expected"):
        decode_push(envelope)  # type: ignore[arg-type]


# --- what there is ---------------------------------------------------------------------------------------------------


def test_every_subscription_of_the_table_is_one_for_each_of_its_topics_in_the_cloud() -> None:
    names = [one.name for one in cloud_subscriptions()]
    assert len(names) == len(set(names)) and all(len(name) >= 3 for name in names)
    for subscription in SUBSCRIPTIONS.values():
        for topic in subscription.topics:
            assert called_in_cloud(cloud_name(subscription, topic)) == subscription.name
    assert {"render-cpu", "monitor-sweeps", "script-video-requests", "dispatch-render-api"} < set(names)
    assert called_in_cloud("dead-letters-kept") == ""


@pytest.mark.emulators
def test_pub_sub_is_told_what_the_table_says(project: str) -> None:
    declare(project, lambda stage: f"http://127.0.0.1:9/{stage}")
    declare(project, lambda stage: f"http://127.0.0.1:9/{stage}")
    with SubscriberClient() as client:
        found = {one.name.rpartition("/")[2]: one for one in client.list_subscriptions(project=f"projects/{project}")}
    assert set(found) == {one.name for one in cloud_subscriptions()}
    assembly = found["assembly-assembly-requests"]
    assert assembly.topic.endswith("/topics/assembly-requests") and assembly.ack_deadline_seconds == 600
    assert assembly.push_config.push_endpoint == "http://127.0.0.1:9/assembly"
    assert assembly.dead_letter_policy.dead_letter_topic.endswith("/topics/dead-letters")
    assert assembly.dead_letter_policy.max_delivery_attempts == SUBSCRIPTIONS["assembly"].refusals
    assert assembly.retry_policy.minimum_backoff.total_seconds() == 10
    assert found["render-gpu"].push_config.push_endpoint == ""
    assert not found["monitor-dead-letters"].dead_letter_policy.dead_letter_topic


# --- what is sent ----------------------------------------------------------------------------------------------------


@dataclass
class Watch:
    """A clock that a test sets."""

    seconds: float = field(default_factory=time.time)

    def now(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def messages(project: str, watch: Watch) -> PubSubMessages:
    declare(project, lambda stage: "", backoff_scale=0.0)
    documents = FirestoreDocuments(project=project)
    return PubSubMessages(project=project, documents=documents, clock=watch, pull_seconds=0.5)


def everything(messages: PubSubMessages, subscription: str = "render-cpu") -> list[Delivery]:
    """All that is there now, acknowledged."""
    found = []
    while delivery := messages.pull(subscription, lease_seconds=10):
        messages.acknowledge(delivery)
        found.append(delivery)
    return found


@pytest.mark.emulators
def test_a_message_says_what_it_is_about_to_who_does_not_read_it(messages: PubSubMessages) -> None:
    messages.publish("render-cpu", CLIP, priority=10)
    (received,) = messages.take("render-cpu")
    assert dict(received.message.attributes) == {"type": "ClipRequested", "video": "v", "priority": "10"}


@pytest.mark.emulators
def test_what_many_threads_publish_all_arrives(messages: PubSubMessages) -> None:
    clips = [ClipRequested(video="v", revision=1, scene=number) for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda clip: messages.publish("render-cpu", clip), clips))
    assert sorted(delivery.event.scene for delivery in everything(messages)) == list(range(40))  # type: ignore[union-attr]


@pytest.mark.emulators
def test_a_topic_that_nobody_hears_of_is_refused(messages: PubSubMessages) -> None:
    with pytest.raises(Misuse, match="render-moon"):
        messages.publish("render-moon", CLIP)


@pytest.mark.emulators
def test_delaying_an_event_twice_delays_it_once(messages: PubSubMessages, watch: Watch) -> None:
    messages.publish("render-cpu", CLIP, delay_seconds=20)
    messages.publish("render-cpu", CLIP, delay_seconds=30)
    assert messages.release_due() == 0 and everything(messages) == []
    watch.seconds += 21
    assert (messages.release_due(), messages.release_due()) == (1, 0)
    assert [delivery.event for delivery in everything(messages)] == [CLIP]


@pytest.mark.emulators
def test_an_event_delayed_again_while_the_first_goes_out_is_not_lost(messages: PubSubMessages, watch: Watch) -> None:
    messages.publish("render-cpu", CLIP, delay_seconds=20)
    watch.seconds += 21
    (leaving,) = messages.documents.query(DELAYED)
    messages.publish("render-cpu", CLIP, delay_seconds=40)
    assert not messages._forget(leaving)
    watch.seconds += 41
    assert messages.release_due() == 1 and len(everything(messages)) == 1


@pytest.mark.emulators
def test_a_lease_is_cut_to_the_longest_that_there_is(messages: PubSubMessages) -> None:
    messages.publish("render-cpu", CLIP)
    delivery = messages.pull("render-cpu", lease_seconds=86_400)
    assert delivery is not None and delivery.event == CLIP
    messages.extend(delivery, lease_seconds=0.001)
    messages.acknowledge(delivery)


def test_a_bus_that_does_not_answer_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", "127.0.0.1:9")
    documents = FirestoreDocuments(project="nowhere")
    messages = PubSubMessages(project="nowhere", documents=documents, clock=Watch(), timeout_seconds=1.0)
    with pytest.raises(Unavailable, match="video-requests|render-cpu"):
        messages.publish("render-cpu", CLIP)
    with pytest.raises(Unavailable, match="render-cpu"):
        messages.pull("render-cpu", lease_seconds=5)


@pytest.mark.emulators
def test_what_is_sent_over_a_line_that_is_cut_arrives_when_it_mends(
    messages: PubSubMessages, emulators: Emulators, project: str
) -> None:
    objects = GcsObjects(project=project, bucket=bucket_of(project))
    messages.publish("render-cpu", CLIP)
    emulators.pubsub.pause()
    mends = Timer(2.0, emulators.pubsub.resume)
    mends.start()
    try:
        assert messages.pull("render-cpu", lease_seconds=5) is None
        objects.write("scripts/v/1.json", b"{}")
        messages.publish("status-changes", CLIP)
    finally:
        mends.join()
    arrived = dict.fromkeys(("narration", "notify", "render-cpu"), 0)
    ends = time.monotonic() + 30
    while 0 in arrived.values() and time.monotonic() < ends:
        for name in arrived:
            arrived[name] += len(everything(messages, name))
    assert arrived == {"narration": 1, "notify": 1, "render-cpu": 1}


# --- dead letters ----------------------------------------------------------------------------------------------------


@pytest.mark.emulators
def test_what_cannot_be_read_is_never_handed_out_and_can_be_looked_at_and_sent_again(messages: PubSubMessages) -> None:
    messages.send("render-cpu", b"not an event", {"type": "?"})
    letters = CloudDeadLetters(messages=messages)
    ends = time.monotonic() + 30
    while not (found := letters.look()):
        assert time.monotonic() < ends
        assert messages.pull("render-cpu", lease_seconds=1) is None
    assert [(one.subscription, one.event, one.attempts) for one in found] == [("render-cpu", None, 5)]
    letters.replay(found[0].id)
    assert letters.look() == ()
    (again,) = messages.take("render-cpu")
    assert again.message.data == b"not an event" and dict(again.message.attributes) == {"type": "?"}
    with pytest.raises(NotFound, match="31415"):
        letters.replay("31415")


# --- pushed in earnest -----------------------------------------------------------------------------------------------


@dataclass
class Functions:
    """Stands where the functions would: keeps what is pushed, and answers as it is told."""

    heard: "queue.Queue[tuple[str, dict[str, object]]]" = field(default_factory=queue.Queue)
    answer: Callable[[str], int] = lambda stage: 200
    url: str = ""

    def next(self) -> tuple[str, Event]:
        stage, envelope = self.heard.get(timeout=20)
        return stage, decode_push(envelope)  # type: ignore[arg-type]


@pytest.fixture
def functions() -> Iterator[Functions]:
    functions = Functions()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stage = self.path.strip("/")
            functions.heard.put((stage, json.loads(body)))
            self.send_response(functions.answer(stage))
            self.end_headers()

    with listening(Handler) as functions.url:
        yield functions


@pytest.mark.emulators
def test_a_finished_script_is_pushed_to_the_narration(project: str, functions: Functions) -> None:
    declare(project, lambda stage: f"{functions.url}/{stage}")
    stored = GcsObjects(project=project, bucket=bucket_of(project)).write("scripts/v/1.json", b"{}")
    finalized = ObjectFinalized(address="scripts/v/1.json", generation=stored.generation)
    assert functions.next() == ("narration", finalized)


@pytest.mark.emulators
def test_what_a_function_fails_at_comes_again_and_in_the_end_to_the_monitor(
    project: str, functions: Functions, watch: Watch
) -> None:
    functions.answer = lambda stage: 500 if stage == "assembly" else 200
    declare(project, lambda stage: f"{functions.url}/{stage}", backoff_scale=0.0)
    messages = PubSubMessages(project=project, documents=FirestoreDocuments(project=project), clock=watch)
    messages.publish("assembly-requests", CLIP)
    told = [functions.next() for _ in range(6)]
    assert told[:5] == [("assembly", CLIP)] * 5
    stage, event = told[5]
    assert stage == "monitor" and isinstance(event, DeliveryFailed)
    assert (event.subscription, event.video) == ("assembly", "v")
