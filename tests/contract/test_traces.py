"""A trace comes with what is sent, and with what is kept and announced, over each cloud."""

from collections.abc import Iterator

import pytest

from aiprod import telemetry
from aiprod.events import AssemblyRequested, ObjectFinalized
from aiprod.ports import Delivery
from tests.collectors import collecting
from tests.contract.conftest import Cloud


@pytest.fixture
def work() -> Iterator[str]:
    """Work at hand: its traceparent."""
    with collecting() as collector:
        telemetry.configure(collector.url)
        with telemetry.span("work"):
            yield telemetry.carried()
        telemetry.stop()


def taken(cloud: Cloud, subscription: str) -> Delivery:
    for _ in range(20):
        delivery = cloud.subscriber.pull(subscription, lease_seconds=10)
        if delivery is not None:
            return delivery
    raise AssertionError(f"nothing came to {subscription}")


def test_an_event_is_of_the_work_that_sent_it(cloud: Cloud, work: str) -> None:
    cloud.publisher.publish("assembly-requests", AssemblyRequested(video="abc123", revision=1))
    assert taken(cloud, "assembly").trace == work


def test_an_object_is_of_the_work_that_kept_it(cloud: Cloud, work: str) -> None:
    cloud.objects.write("scripts/abc123/1.json", b"{}")
    delivery = taken(cloud, "narration")
    assert delivery.event.address == "scripts/abc123/1.json" if isinstance(delivery.event, ObjectFinalized) else False
    assert delivery.trace == work
    assert cloud.objects.read("scripts/abc123/1.json") == b"{}"
