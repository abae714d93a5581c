"""How the product is doing, and who did what."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiprod.client.connection import Call, Connection, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Something that somebody did, or was not let do."""

    id: str
    at: float
    user: str
    act: str
    on: str
    detail: str
    address: str
    key: str
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTrail:
    """A page of the audit trail."""

    items: tuple[AuditEntry, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What came in the `seconds` until `at`, and how it stood then."""

    at: float
    seconds: float
    asked: int
    completed: int
    failed: int
    cancelled: int
    success_rate: float | None
    cost_usd: float
    gpu_seconds: float
    median_seconds: dict[str, float]
    at_work: int
    queue_events: int
    queue_oldest_seconds: float
    clips_waiting: int
    renderers: dict[str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDepth:
    """What waits for a stage or a renderer."""

    subscription: str
    events: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The product now; `point` is the one that is not over yet."""

    point: Point
    videos: dict[str, int]
    oldest_seconds: float
    clips: dict[str, int]
    queues: tuple[QueueDepth, ...]
    dead_letters: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryOfDay:
    """The last 24 hours, the oldest point first."""

    points: tuple[Point, ...]
    now: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Operations:
    """What is counted and noted."""

    connection: Connection

    def history(self) -> HistoryOfDay:
        """The last 24 hours and now, for an admin."""
        return self.connection.ask(HistoryOfDay, Call("GET", "/api/v1/admin/history"))

    def metrics(self) -> str:
        """Everything that is counted, as Prometheus reads it; the client's token is that of the metrics."""
        return self.connection.send(Call("GET", "/metrics")).content.decode("utf-8")

    def own_acts(self) -> Iterator[AuditEntry]:
        """What was done in one's own name, the last first, asked for page by page."""
        return self._pages(Call("GET", "/api/v1/account/audit"))

    def acts(self, *, user: str = "", act: str = "", on: str = "") -> Iterator[AuditEntry]:
        """What was done by anybody, for an admin: all of it, or by whom, which operation, on what."""
        query: dict[str, Value | None] = {"user": user or None, "act": act or None, "on": on or None}
        return self._pages(Call("GET", "/api/v1/admin/audit", query=query))

    def _pages(self, call: Call) -> Iterator[AuditEntry]:
        cursor: str | None = ""
        while cursor is not None:
            query = {**call.query, "cursor": cursor or None}
            page = self.connection.ask(AuditTrail, Call(call.method, call.path, query=query))
            yield from page.items
            cursor = page.next
