"""The last day in points of five minutes: one document a point, written by whichever process comes first.

A point says what came since the one before, from totals that only grow; the totals at the last point lie in a document
that is written in the same commit, so that two processes never count the same. Knows no HTTP.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from aiprod.compare_and_set import remove
from aiprod.encoding import from_fields, to_fields
from aiprod.errors import Conflict
from aiprod.ports import Documents, Write
from aiprod.tallies import Series, Totals
from aiprod.units import DAY_SECONDS
from backend.readings import Readings, gpu_seconds

COLLECTION, STATE, LAST = "history", "history_state", "last"
SLOT_SECONDS = 300
KEPT_SECONDS = DAY_SECONDS
_FORGOTTEN_AT_ONCE = 50
_KEPT_SERIES = ("videos", "cost usd", "stage", "render", "stage failures", "render failures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """`seconds` until `at`: videos asked for and ended, dollars paid, the median seconds of each stage (and of rendering a
    clip), GPU seconds; and, at its end, what was at work and waited. `success_rate` is None where none ended."""

    at: float
    seconds: float
    asked: int
    completed: int
    failed: int
    cancelled: int
    success_rate: float | None
    cost_usd: float
    gpu_seconds: float
    median_seconds: Mapping[str, float]
    at_work: int
    queue_events: int
    queue_oldest_seconds: float
    clips_waiting: int
    renderers: Mapping[str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    slot: int
    at: float
    sums: Mapping[str, float]

    @property
    def totals(self) -> Totals:
        return Totals(sums={Series.of(text): value for text, value in self.sums.items()}, marks={})


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Keeps the points, and draws the one that is not over yet."""

    documents: Documents

    def keep(self, readings: Readings) -> bool:
        """Write the point that is over, unless some process did; whether this one did."""
        slot = int(readings.at // SLOT_SECONDS)
        document = self.documents.get(STATE, LAST)
        state = from_fields(_State, document.fields, source="history") if document else None
        if state is not None and state.slot >= slot:
            return False
        sums = {one.text: value for one, value in readings.totals.sums.items() if one.name.startswith(_KEPT_SERIES)}
        after = _State(slot=slot, at=readings.at, sums=sums)
        writes = [Write(collection=STATE, id=LAST, fields=to_fields(after), expected=document.version if document else None)]
        if state is not None:
            point = _point(readings, state)
            writes.append(Write(collection=COLLECTION, id=f"{slot:012d}", fields=to_fields(point), expected=None))
        try:
            self.documents.commit(writes)
        except Conflict:
            return False
        self._forget(readings.at - KEPT_SECONDS)
        return True

    def points(self, readings: Readings) -> tuple[Point, ...]:
        """The last day, the oldest first; the last point is the one that is not over yet."""
        found = self.documents.query(COLLECTION)
        kept = [from_fields(Point, document.fields, source="history") for document in found]
        recent = [point for point in kept if point.at > readings.at - KEPT_SECONDS]
        return (*recent, self.now(readings))

    def now(self, readings: Readings) -> Point:
        """The point that is not over yet."""
        document = self.documents.get(STATE, LAST)
        if document is None:
            return _point(readings, _State(slot=0, at=readings.at, sums={}))
        return _point(readings, from_fields(_State, document.fields, source="history"))

    def _forget(self, before: float) -> None:
        for document in self.documents.query(COLLECTION, limit=_FORGOTTEN_AT_ONCE):
            if int(document.id) * SLOT_SECONDS >= before:
                return
            remove(self.documents, COLLECTION, document.id)


def _point(readings: Readings, since: _State) -> Point:
    came = readings.totals.since(since.totals)
    ended = {status: round(came.sum("videos", status=status)) for status in ("completed", "failed")}
    stages = {one.label["stage"]: durations.median for one, durations in came.durations("stage").items()}
    renders = {f"render {one.label['renderer']}": found.median for one, found in came.durations("render").items()}
    return Point(
        at=round(readings.at, 3),
        seconds=round(max(0.0, readings.at - since.at), 3),
        asked=round(came.sum("videos", status="queued")),
        completed=ended["completed"],
        failed=ended["failed"],
        cancelled=round(came.sum("videos", status="cancelled")),
        success_rate=round(ended["completed"] / sum(ended.values()), 4) if sum(ended.values()) else None,
        cost_usd=round(came.sum("cost usd"), 6),
        gpu_seconds=round(gpu_seconds(came), 1),
        median_seconds={name: median for name, median in {**stages, **renders}.items() if median is not None},
        at_work=sum(readings.videos.values()),
        queue_events=sum(one.events for one in readings.queues),
        queue_oldest_seconds=round(max((one.oldest_seconds for one in readings.queues), default=0.0), 1),
        clips_waiting=sum(readings.clips.values()),
        renderers=readings.renderers,
    )
