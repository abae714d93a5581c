"""How the product is doing, and who did what."""

from pydantic import BaseModel, Field


class AuditEntry(BaseModel):
    """Something that somebody did, or was not let do."""

    id: str
    at: float
    user: str = Field(description="Who; empty where nobody is known.")
    act: str = Field(description="An operation of this description.", examples=["delete_video"])
    on: str = Field(description="What was changed: ids, with slashes.")
    detail: str
    address: str = Field(description="The caller's address.", examples=["192.0.2.7"])
    key: str = Field(description="The API key by which it was done; empty in a session.")
    refused: bool


class AuditTrail(BaseModel):
    """A page of the audit trail."""

    items: list[AuditEntry]
    next: str | None = Field(description="Cursor of the next page; null on the last.")


class Point(BaseModel):
    """What came in the `seconds` until `at`, and how it stood then."""

    at: float
    seconds: float = Field(examples=[300.0])
    asked: int
    completed: int
    failed: int
    cancelled: int
    success_rate: float | None = Field(description="Completed of those completed or failed; null where none ended.")
    cost_usd: float
    gpu_seconds: float
    median_seconds: dict[str, float] = Field(description="Of a stage's events; `render NAME` of a renderer's clips.")
    at_work: int
    queue_events: int = Field(description="Events that wait for a stage; 0 where the cloud does not say.")
    queue_oldest_seconds: float
    clips_waiting: int
    renderers: dict[str, bool] = Field(description="Whether each made the last clip that it tried.")


class QueueDepth(BaseModel):
    """What waits for a stage or a renderer."""

    subscription: str
    events: int
    oldest_seconds: float


class State(BaseModel):
    """The product now; `point` is the one that is not over yet."""

    point: Point
    videos: dict[str, int] = Field(description="Videos at work, by status.")
    oldest_seconds: float = Field(description="How long ago the oldest of them was asked for.")
    clips: dict[str, int] = Field(description="Clips that wait for a renderer, by queue; counted up to a thousand.")
    queues: list[QueueDepth]
    dead_letters: int | None = Field(description="Null where the cloud does not say.")


class HistoryOfDay(BaseModel):
    """The last 24 hours, the oldest point first; the last point is not over yet."""

    points: list[Point]
    now: State
