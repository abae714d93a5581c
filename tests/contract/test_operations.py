"""Counts, the day's history, the audit trail and webhooks' log keep their promises over each document store."""

from collections.abc import Sequence
from dataclasses import replace

from aiprod.accounts.audit import Act, Audit, Wanted
from aiprod.accounts.deliveries import WebhookDeliveries
from aiprod.accounts.webhooks import RegisteredWebhooks
from aiprod.adapters.addresses import Gate, is_any
from aiprod.adapters.webhooks import HttpWebhooks
from aiprod.events import WebhookDue
from aiprod.ports import Documents
from aiprod.tallies import Tallies, series
from backend.history import SLOT_SECONDS, History
from backend.readings import Readings
from tests.contract.conftest import Cloud, WallClock
from tests.receivers import receiving
from tests.unit.accounts.conftest import MovableClock

NOW = 1_790_000_100.0


def test_counts_of_several_processes_are_added_up(documents: Documents) -> None:
    for shard, amount in (("0", 2.0), ("0", 3.0), ("5", 1.0)):
        tallies = Tallies(documents=documents, clock=WallClock(), shard=shard)
        tallies.add("http", amount, route="/api/v1/videos/{id}", status="200")
        tallies.took("stage", 0.3, stage="review")
        tallies.mark("renderer worked", renderer="motion")
        tallies.write()
    totals = Tallies(documents=documents, clock=WallClock()).totals()
    assert totals.sum("http", route="/api/v1/videos/{id}") == 6
    assert [one.count for one in totals.durations("stage").values()] == [3]
    assert totals.marks[series("renderer worked", renderer="motion")] > NOW - 1e9


def test_the_trail_comes_in_pages_the_last_first_by_who_what_and_on_what(documents: Documents) -> None:
    clock = MovableClock(at=WallClock().now())
    audit = Audit(documents=documents, clock=clock, kept_days=1)
    for number in range(5):
        audit.record(Act(user="jane" if number % 2 else "john", act="delete_video", on=f"v{number}"))
        clock.at += 0.01
    pages, after = [], ""
    while found := audit.page(Wanted(), limit=2, after=after):
        pages.append([one.on for one in found])
        after = found[-1].id
    assert pages == [["v4", "v3"], ["v2", "v1"], ["v0"]]
    assert [one.on for one in audit.page(Wanted(user="jane", act="delete_video"), limit=9)] == ["v3", "v1"]
    assert [one.user for one in audit.page(Wanted(user="john", on="v2"), limit=9)] == ["john"]
    clock.at += 86_000
    audit.forget_expired()
    assert len(audit.page(Wanted(), limit=9)) == 5
    clock.at += 500
    audit.forget_expired()
    assert audit.page(Wanted(), limit=9) == ()


def test_a_point_of_the_history_is_written_once(documents: Documents) -> None:
    tallies = Tallies(documents=documents, clock=WallClock(), shard="0")

    def readings(at: float) -> Readings:
        return Readings(at=at, videos={}, oldest_seconds=0.0, clips={}, queues=(), dead_letters=None, renderers={}, totals=tallies.totals())

    histories = [History(documents=documents), History(documents=documents)]
    assert [history.keep(readings(NOW)) for history in histories] == [True, False]
    tallies.took("render", 3.0, renderer="wan", queue="render-gpu")
    tallies.add("videos", status="completed")
    later = readings(NOW + SLOT_SECONDS)
    assert [history.keep(later) for history in histories] == [True, False]
    point, now = histories[1].points(later)
    assert (point.completed, point.gpu_seconds, now.completed) == (1, 3.0, 0)
    assert 2 <= point.median_seconds["render wan"] <= 5


def opened(cloud: Cloud, waits: Sequence[float]) -> WebhookDeliveries:
    network = HttpWebhooks(secret="", gate=Gate(permits=is_any), clock=WallClock())
    return WebhookDeliveries(
        documents=cloud.documents, registered=RegisteredWebhooks(documents=cloud.documents, network=network, clock=WallClock()),
        publisher=cloud.publisher, network=network, clock=WallClock(), waits=tuple(waits),
    )  # fmt: skip


def test_a_delivery_is_tried_by_events_until_it_arrives(cloud: Cloud) -> None:
    with receiving([503, 200]) as receiver:
        webhooks = opened(cloud, (0.0, 0.0))
        hook = webhooks.registered.create("jane", receiver.url, ["completed"])
        webhooks.test(hook)
        for _ in range(2):
            delivery = cloud.subscriber.pull("notify", lease_seconds=30)
            assert delivery is not None and isinstance(delivery.event, WebhookDue)
            replace(webhooks).attempt(delivery.event)
            cloud.subscriber.acknowledge(delivery)
    (told,) = webhooks.of(hook, limit=5)
    assert told.state == "delivered" and [one.status for one in told.tries] == [503, 200]
    webhooks.delete("jane", hook.id)
    assert webhooks.registered.of("jane") == () and cloud.documents.query("webhook_deliveries") == []
