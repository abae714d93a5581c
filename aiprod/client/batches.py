"""Many films by one request, and how far each of them is."""

from collections.abc import Iterable
from dataclasses import dataclass

from aiprod.client.bodies import VideoRequest, given
from aiprod.client.connection import Call, Connection
from aiprod.encoding import to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCard:
    """A batch in a list."""

    id: str
    created_at: float
    total: int
    begun: int
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLineState:
    """How far a line of a batch is."""

    line: int
    video: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchState(BatchCard):
    """A batch, line by line."""

    lines: tuple[BatchLineState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchList:
    """One's batches, the newest first."""

    items: tuple[BatchCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batches:
    """Batches of films."""

    connection: Connection

    def create(self, requests: Iterable[VideoRequest]) -> BatchState:
        """Ask for many films; they begin as places at work come free. The same requests are the same batch."""
        content = b"".join(to_json(given(request)) + b"\n" for request in requests)
        call = Call("POST", "/api/v1/batches", content=content, headers={"Content-Type": "application/x-ndjson"})
        return self.connection.ask(BatchState, call)

    def all(self) -> tuple[BatchCard, ...]:
        """One's batches, the newest first."""
        return self.connection.ask(BatchList, Call("GET", "/api/v1/batches")).items

    def read(self, batch: str) -> BatchState:
        """How far a batch is, line by line."""
        return self.connection.ask(BatchState, Call("GET", "/api/v1/batches/{batch}", parts={"batch": batch}))

    def close(self, batch: str) -> None:
        """Have nothing more of a batch begun; the films at work go on."""
        self.connection.tell(Call("DELETE", "/api/v1/batches/{batch}", parts={"batch": batch}))
