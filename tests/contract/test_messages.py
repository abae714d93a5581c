"""What every bus promises, asked of each adapter."""

import time
from collections.abc import Callable
from functools import partial

import pytest

from aiprod.events import ClipRequested, DeliveryFailed, StatusChanged, SweepTicked
from aiprod.ports import Delivery, Publisher, Subscriber
from tests.contract.conftest import Cloud

EVENT = ClipRequested(video="v", revision=1, scene=3)


def wait_for(
    subscriber: Subscriber, name: str, look_around: Callable[[], object] = lambda: None, *, lease_seconds: float = 0.4
) -> Delivery:
    ends = time.monotonic() + 10.0
    while time.monotonic() < ends:
        look_around()
        delivery = subscriber.pull(name, lease_seconds=lease_seconds)
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
    first = wait_for(subscriber, "render-cpu", lease_seconds=3.0)
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


def test_a_refused_event_comes_again_after_a_wait(cloud: Cloud) -> None:
    cloud.publisher.publish("render-cpu", EVENT)
    cloud.subscriber.refuse(wait_for(cloud.subscriber, "render-cpu"), reason="not now")
    if cloud.exact:  # the emulator of Pub/Sub keeps the first back-off of a subscription to nobody's promise
        assert cloud.subscriber.pull("render-cpu", lease_seconds=1) is None
    assert wait_for(cloud.subscriber, "render-cpu").attempt == 2


def test_an_event_refused_too_often_fails_its_video_and_is_kept(cloud: Cloud) -> None:
    cloud.publisher.publish("render-cpu", EVENT)
    for _ in range(5):
        cloud.subscriber.refuse(wait_for(cloud.subscriber, "render-cpu"), reason="the disk is full")
    # Google's emulator buries a letter when its subscription is asked again.
    again = partial(cloud.subscriber.pull, "render-cpu", lease_seconds=1)
    failed = wait_for(cloud.subscriber, "monitor", again).event
    assert isinstance(failed, DeliveryFailed)
    assert (failed.subscription, failed.video, failed.revision) == ("render-cpu", "v", EVENT.revision)
    # A dead letter of Pub/Sub tells how often it was tried; why, only the log of the stage does.
    assert ("the disk is full" if cloud.exact else "5 times") in failed.sentence
    time.sleep(0.6)
    assert cloud.subscriber.pull("render-cpu", lease_seconds=1) is None


def test_what_is_urgent_comes_first_and_the_rest_in_order(cloud: Cloud) -> None:
    for scene, priority in ((1, 0), (2, 0), (3, 10), (4, 0)):
        cloud.publisher.publish("render-cpu", ClipRequested(video="v", revision=1, scene=scene), priority=priority)
    scenes = [wait_for(cloud.subscriber, "render-cpu").event.scene for _ in range(4)]  # type: ignore[union-attr]
    # Pub/Sub promises no order, and to take many and give some back would count as attempts at them: there whose turn
    # it is shows where a clip is claimed.
    assert (scenes if cloud.exact else sorted(scenes)) == ([3, 1, 2, 4] if cloud.exact else [1, 2, 3, 4])


def test_a_delayed_event_is_not_early(cloud: Cloud) -> None:
    cloud.publisher.publish("render-cpu", EVENT, delay_seconds=4.0)
    cloud.look_around()
    assert cloud.subscriber.pull("render-cpu", lease_seconds=1) is None
    assert wait_for(cloud.subscriber, "render-cpu", cloud.look_around).event == EVENT


@pytest.mark.parametrize(
    "event", [SweepTicked(at=1.5), StatusChanged(video="v", revision=1, status="failed", sentence="à refaire", at=2.0)]
)
def test_every_event_arrives_as_it_was_sent(
    publisher: Publisher, subscriber: Subscriber, event: SweepTicked | StatusChanged
) -> None:
    topic, name = ("sweeps", "monitor") if isinstance(event, SweepTicked) else ("status-changes", "notify")
    publisher.publish(topic, event)
    assert wait_for(subscriber, name).event == event
