"""Events at least once, with leases, back-off, priorities and dead letters: the embedded cloud's Pub/Sub."""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.owners import is_gone, process_name
from aiprod.errors import InvalidInput
from aiprod.events import DeliveryFailed, Event, decode, encode, revision_of, trace_of, video_of
from aiprod.ports import Clock, DeadLetter, Delivery
from aiprod.subscriptions import SUBSCRIPTIONS, subscribers
from aiprod.telemetry import carried

LOSSES = 60
"""How often an event may be lost with its reader before it counts as poison (a kill is rarely the event's fault)."""
UNREADABLE = "it cannot be read: it was sent by another version of AIPROD, or is damaged"


def post(
    connection: sqlite3.Connection, topic: str, event: Event, now: float, *, priority: int = 0, delay: float = 0.0,
    trace: str = "",
) -> None:  # fmt: skip
    """Put an event before every subscription of a topic, inside the caller's transaction."""
    payload = encode(event, trace=trace or carried())
    for subscription in subscribers(topic):
        connection.execute(
            "INSERT INTO messages (subscription, payload, priority, available_at, published_at) VALUES (?, ?, ?, ?, ?)",
            (subscription, payload, priority, now + delay, now),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many events a subscription has before it, and since when the oldest could be handled."""

    subscription: str
    events: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedMessages:
    """Implements ports.Publisher and ports.Subscriber. `wake` is called after a publication of this process;
    `backoff_scale` shortens every back-off (tests)."""

    database: Database
    clock: Clock
    backoff_scale: float = 1.0
    wake: Callable[[], None] = lambda: None

    def publish(
        self, topic: str, event: Event, *, priority: int = 0, delay_seconds: float = 0.0, trace: str = ""
    ) -> None:
        with self.database.transaction() as connection:
            post(connection, topic, event, self.clock.now(), priority=priority, delay=delay_seconds, trace=trace)
        self.wake()

    def pull(self, subscription: str, *, lease_seconds: float) -> Delivery | None:
        now = self.clock.now()
        ready = "SELECT id FROM messages WHERE subscription = ? AND available_at <= ? AND lease_until < ? LIMIT 1"
        if not self.database.read(ready, subscription, now, now):
            return None
        with self.database.transaction() as connection:
            row = connection.execute(
                "SELECT id, payload, attempt, refusals, reason FROM messages WHERE subscription = ? "
                "AND available_at <= ? AND lease_until < ? ORDER BY priority DESC, id LIMIT 1",
                (subscription, now, now),
            ).fetchone()
            if row is None:
                return None
            number, payload, attempt, refusals, reason = row
            event = _read(payload)
            if event is None or attempt - refusals >= LOSSES:
                why = UNREADABLE if event is None else reason or "every reader of it was lost"
                self._bury(connection, number, subscription, payload, attempt, why, now)
                return None
            connection.execute(
                "UPDATE messages SET attempt = attempt + 1, lease_owner = ?, lease_until = ? WHERE id = ?",
                (process_name(), now + lease_seconds, number),
            )
        return Delivery(
            id=str(number), subscription=subscription, event=event, attempt=attempt + 1, trace=trace_of(payload)
        )

    def acknowledge(self, delivery: Delivery) -> None:
        with self.database.transaction() as connection:
            connection.execute("DELETE FROM messages WHERE id = ?", (int(delivery.id),))

    def extend(self, delivery: Delivery, *, lease_seconds: float) -> None:
        with self.database.transaction() as connection:
            connection.execute(
                "UPDATE messages SET lease_until = ? WHERE id = ? AND lease_owner = ?",
                (self.clock.now() + lease_seconds, int(delivery.id), process_name()),
            )

    def refuse(self, delivery: Delivery, *, reason: str) -> None:
        now = self.clock.now()
        rule = SUBSCRIPTIONS[delivery.subscription]
        with self.database.transaction() as connection:
            row = connection.execute(
                "SELECT payload, attempt, refusals FROM messages WHERE id = ?", (int(delivery.id),)
            ).fetchone()
            if row is None:
                return
            payload, attempt, refusals = row
            if refusals + 1 >= rule.refusals:
                self._bury(connection, int(delivery.id), delivery.subscription, payload, attempt, reason, now)
                return
            wait = min(rule.minimum_backoff_seconds * 2**refusals, rule.maximum_backoff_seconds)
            wait *= self.backoff_scale * random.uniform(0.8, 1.2)
            connection.execute(
                "UPDATE messages SET refusals = refusals + 1, reason = ?, lease_owner = '', lease_until = 0, "
                "available_at = ? WHERE id = ?",
                (reason, now + wait, int(delivery.id)),
            )

    def _bury(
        self,
        connection: sqlite3.Connection,
        id: int,
        subscription: str,
        payload: bytes,
        attempt: int,
        reason: str,
        now: float,
    ) -> None:
        connection.execute(
            "INSERT OR REPLACE INTO dead_letters (id, subscription, payload, attempt, reason, at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (id, subscription, payload, attempt, reason, now),
        )
        connection.execute("DELETE FROM messages WHERE id = ?", (id,))
        event = _read(payload)
        if event is not None and (video := video_of(event)):
            failed = DeliveryFailed(subscription=subscription, video=video, sentence=reason, revision=revision_of(event))
            post(connection, "failed-deliveries", failed, now, trace=trace_of(payload))

    def release_lost(self) -> int:
        """Free the leases of readers that are certainly gone; how many there were."""
        owners = {
            str(row[0])
            for row in self.database.read("SELECT DISTINCT lease_owner FROM messages WHERE lease_owner <> ''")
        }
        gone = [owner for owner in owners if is_gone(owner)]
        if not gone:
            return 0
        marks = ", ".join("?" for _ in gone)
        with self.database.transaction() as connection:
            freed = connection.execute(
                f"UPDATE messages SET lease_owner = '', lease_until = 0 WHERE lease_owner IN ({marks})", gone
            )
            return freed.rowcount

    def backlog(self, subscription: str) -> int:
        """Events that wait now, leased ones left out."""
        now = self.clock.now()
        sql = "SELECT COUNT(*) FROM messages WHERE subscription = ? AND available_at <= ? AND lease_until < ?"
        return int(str(self.database.read(sql, subscription, now, now)[0][0]))

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits before each subscription, leased events included, delayed ones not."""
        now = self.clock.now()
        sql = (
            "SELECT subscription, COUNT(*), MIN(available_at) FROM messages WHERE available_at <= ? GROUP BY subscription"
        )
        found = {str(name): (int(str(count)), now - float(str(since))) for name, count, since in self.database.read(sql, now)}
        return tuple(
            Waiting(subscription=name, events=found.get(name, (0, 0.0))[0], oldest_seconds=max(0.0, found.get(name, (0, 0.0))[1]))
            for name, subscription in SUBSCRIPTIONS.items()
            if subscription.embedded
        )

    def version(self) -> int:
        """Changes when another thread or process has written anything in the store."""
        return self.database.version()

    def outstanding(self) -> int:
        """Every event not yet acknowledged, delayed and leased ones too."""
        return int(str(self.database.read("SELECT COUNT(*) FROM messages")[0][0]))

    def dead_letters(self) -> tuple[DeadLetter, ...]:
        """What could not be handled, oldest first."""
        rows = self.database.read("SELECT id, subscription, payload, attempt, reason, at FROM dead_letters ORDER BY id")
        return tuple(_dead_letter(row) for row in rows)

    def replay(self, id: str) -> None:
        """Put a dead letter back before its subscription, as new."""
        with self.database.transaction() as connection:
            connection.execute(
                "INSERT INTO messages (subscription, payload, priority, available_at, published_at) "
                "SELECT subscription, payload, 0, ?, ? FROM dead_letters WHERE id = ?",
                (self.clock.now(), self.clock.now(), int(id)),
            )
            connection.execute("DELETE FROM dead_letters WHERE id = ?", (int(id),))
        self.wake()

    def tick(self, name: str, topic: str, event: Event, *, every_seconds: float) -> bool:
        """Publish a scheduled event when it is due; of several processes one does."""
        now = self.clock.now()
        last = now + every_seconds  # what is later was set before the clock was put back
        rows = self.database.read("SELECT next_at FROM ticks WHERE name = ?", name)
        if rows and now < float(str(rows[0][0])) <= last:
            return False
        with self.database.transaction() as connection:
            row = connection.execute("SELECT next_at FROM ticks WHERE name = ?", (name,)).fetchone()
            if row is not None and now < row[0] <= last:
                return False
            connection.execute(
                "INSERT OR REPLACE INTO ticks (name, next_at) VALUES (?, ?)", (name, now + every_seconds)
            )
            post(connection, topic, event, now)
        return True


def _dead_letter(row: tuple[object, ...]) -> DeadLetter:
    number, subscription, payload, attempt, reason, at = row
    return DeadLetter(
        id=str(number),
        subscription=str(subscription),
        event=_read(payload if isinstance(payload, bytes) else b""),
        attempts=int(str(attempt)),
        reason=str(reason),
        at=float(str(at)),
    )


def _read(payload: bytes) -> Event | None:
    """An event as it was kept; None where it cannot be read, because it is older than its kind for example."""
    try:
        return decode(payload)
    except InvalidInput:
        return None
