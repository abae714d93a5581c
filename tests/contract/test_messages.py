"""What every bus promises, asked of each adapter."""

import time

import pytest

from aiprod.events import ClipRequested, StatusChanged, SweepTicked
from aiprod.ports import Delivery, Publisher, Subscriber

EVENT = ClipRequested(video="v", revision=1, scene=3)


def wait_for(subscriber: Subscriber, name: str, seconds: float = 5.0) -> Delivery:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        delivery = subscriber.pull(name, lease_seconds=0.4)
        if delivery is not None:
            return delivery
        time.sleep(0.02)
    raise AssertionError(f"nothing was delivered to {name}")


def test_an_event_reaches_the_subscribers_of_its_topic_and_no_other(
    publisher: Publisher, subscriber: Subscriber
) -> None:
    publisher.publish("render-cpu", EVENT)
    assert subscriber.pull("monitor", lease_seconds=1) is None
    assert wait_for(subscriber, "render-cpu").event == EVENT


def test_a_leased_event_is_hidden_and_comes_back_when_the_lease_ends(
    publisher: Publisher, subscriber: Subscriber
) -> None:
    publisher.publish("render-cpu", EVENT)
    first = wait_for(subscriber, "render-cpu")
    assert subscriber.pull("render-cpu", lease_seconds=1) is None
    again = wait_for(subscriber, "render-cpu")
    assert (first.attempt, again.attempt) == (1, 2) and again.event == EVENT


def test_an_extended_lease_holds(publisher: Publisher, subscriber: Subscriber) -> None:
    publisher.publish("render-cpu", EVENT)
    delivery = wait_for(subscriber, "render-cpu")
    subscriber.extend(delivery, lease_seconds=30)
    time.sleep(0.6)
    assert subscriber.pull("render-cpu", lease_seconds=1) is None


def test_an_acknowledged_event_is_gone(publisher: Publisher, subscriber: Subscriber) -> None:
    publisher.publish("render-cpu", EVENT)
    subscriber.acknowledge(wait_for(subscriber, "render-cpu"))
    time.sleep(0.6)
    assert subscriber.pull("render-cpu", lease_seconds=1) is None


def test_a_refused_event_waits_before_it_comes_again(publisher: Publisher, subscriber: Subscriber) -> None:
    publisher.publish("render-cpu", EVENT)
    subscriber.refuse(wait_for(subscriber, "render-cpu"), reason="not now")
    assert subscriber.pull("render-cpu", lease_seconds=1) is None
    assert wait_for(subscriber, "render-cpu").attempt == 2


def test_an_event_refused_too_often_fails_its_video_and_is_kept(publisher: Publisher, subscriber: Subscriber) -> None:
    publisher.publish("render-cpu", EVENT)
    for _ in range(5):
        subscriber.refuse(wait_for(subscriber, "render-cpu"), reason="the disk is full")
    failed = wait_for(subscriber, "monitor").event
    assert failed == type(failed)(subscription="render-cpu", video="v", sentence="the disk is full")  # type: ignore[call-arg]
    time.sleep(0.6)
    assert subscriber.pull("render-cpu", lease_seconds=1) is None


def test_what_is_urgent_comes_first_and_the_rest_in_order(publisher: Publisher, subscriber: Subscriber) -> None:
    for scene, priority in ((1, 0), (2, 0), (3, 10), (4, 0)):
        publisher.publish("render-cpu", ClipRequested(video="v", revision=1, scene=scene), priority=priority)
    scenes = [wait_for(subscriber, "render-cpu").event.scene for _ in range(4)]  # type: ignore[union-attr]
    assert scenes == [3, 1, 2, 4]


def test_a_delayed_event_is_not_early(publisher: Publisher, subscriber: Subscriber) -> None:
    publisher.publish("render-cpu", EVENT, delay_seconds=0.5)
    assert subscriber.pull("render-cpu", lease_seconds=1) is None
    assert wait_for(subscriber, "render-cpu").event == EVENT


@pytest.mark.parametrize(
    "event", [SweepTicked(at=1.5), StatusChanged(video="v", revision=1, status="failed", sentence="à refaire", at=2.0)]
)
def test_every_event_arrives_as_it_was_sent(
    publisher: Publisher, subscriber: Subscriber, event: SweepTicked | StatusChanged
) -> None:
    topic, name = ("sweeps", "monitor") if isinstance(event, SweepTicked) else ("status-changes", "notify")
    publisher.publish(topic, event)
    assert wait_for(subscriber, name).event == event
