"""Counts of what happened, kept in documents, so that every process tells the same ones and none is lost with a process.

A process adds up what it sees and writes the sums now and then, into one of a few documents, so that many may write at
once; a total is the sum of those documents. Totals only grow. What a process saw since its last writing, a few seconds,
goes with it when it is killed outright. Knows no HTTP and no metric's meaning.
"""

import secrets
import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aiprod.compare_and_set import change
from aiprod.errors import Conflict, Transient
from aiprod.logs import logger
from aiprod.ports import Clock, Documents, Fields, Json

COLLECTION = "tallies"
SHARDS = 8
WRITTEN_SECONDS = 5.0
BOUNDS = (0.005, 0.02, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 180.0, 600.0, 3600.0)
"""Upper bounds in seconds by which durations are sorted; what is longer comes after the last."""
SECONDS, BUCKET = "seconds", "within"
_SUMS, _MARKS = "sums", "marks"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Series:
    """What is counted: a name, and labels of few values each, never a user's or a video's."""

    name: str
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """How it is kept."""
        return ";".join((self.name, *(f"{name}={value}" for name, value in self.labels)))

    @classmethod
    def of(cls, text: str) -> "Series":
        """The series that was kept."""
        name, *labels = text.split(";")
        return cls(name=name, labels=tuple((label.partition("=")[0], label.partition("=")[2]) for label in labels))

    @property
    def label(self) -> Mapping[str, str]:
        """Labels by name."""
        return dict(self.labels)


def series(name: str, **labels: str) -> Series:
    """A series; labels are in the order of their names."""
    clean = {label: value.replace(";", "_").replace("=", "_") for label, value in labels.items()}
    return Series(name=name, labels=tuple(sorted(clean.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """How often something took how long: `counts` has one number more than there are bounds."""

    counts: tuple[float, ...]
    seconds: float

    @property
    def count(self) -> float:
        """How often it happened."""
        return sum(self.counts)

    @property
    def median(self) -> float | None:
        """About how long the one in the middle took; None where there was none."""
        half, passed = self.count / 2, 0.0
        for index, count in enumerate(self.counts):
            if count and passed + count >= half:
                low = BOUNDS[index - 1] if index else 0.0
                high = BOUNDS[index] if index < len(BOUNDS) else low * 2
                return round(low + (high - low) * (half - passed) / count, 3)
            passed += count
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """All sums, and when each mark was last made (seconds since 1970 UTC)."""

    sums: Mapping[Series, float]
    marks: Mapping[Series, float]

    def of(self, name: str) -> dict[Series, float]:
        """The sums of a name, for each combination of labels."""
        return {one: value for one, value in self.sums.items() if one.name == name}

    def sum(self, name: str, **labels: str) -> float:
        """The sum of a name over all combinations that have these labels."""
        return sum(value for one, value in self.of(name).items() if labels.items() <= one.label.items())

    def durations(self, name: str) -> dict[Series, Durations]:
        """The durations of a name, for each combination of labels."""
        counts: dict[Series, list[float]] = defaultdict(lambda: [0.0] * (len(BOUNDS) + 1))
        for one, value in self.of(f"{name}.{BUCKET}").items():
            labels = dict(one.label)
            index = int(labels.pop("bucket"))
            if index <= len(BOUNDS):
                counts[series(name, **labels)][index] += value
        seconds = self.of(f"{name}.{SECONDS}")
        return {
            one: Durations(counts=tuple(found), seconds=seconds.get(series(f"{name}.{SECONDS}", **one.label), 0.0))
            for one, found in counts.items()
        }

    def since(self, before: "Totals") -> "Totals":
        """What came after an earlier state."""
        grown = {one: value - before.sums.get(one, 0.0) for one, value in self.sums.items()}
        return Totals(sums={one: value for one, value in grown.items() if value > 0}, marks=self.marks)


def _fresh() -> dict[str, float]:
    return defaultdict(float)


@dataclass(slots=True, kw_only=True)
class Tallies:
    """Counts for one process; any thread may."""

    documents: Documents
    clock: Clock
    shard: str = field(default_factory=lambda: str(secrets.randbelow(SHARDS)))
    _sums: dict[str, float] = field(default_factory=_fresh)
    _marks: dict[str, float] = field(default_factory=_fresh)
    _written_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, amount: float = 1.0, **labels: str) -> None:
        """Count something."""
        with self._lock:
            self._sums[series(name, **labels).text] += amount

    def took(self, name: str, seconds: float, **labels: str) -> None:
        """Count something that took so long."""
        self.add(f"{name}.{BUCKET}", 1.0, bucket=str(bisect_left(BOUNDS, seconds)), **labels)
        self.add(f"{name}.{SECONDS}", seconds, **labels)

    def mark(self, name: str, **labels: str) -> None:
        """Remember that something happened just now."""
        with self._lock:
            self._marks[series(name, **labels).text] = self.clock.now()

    def write_if_due(self) -> None:
        """Write the sums, unless that was done just before."""
        if self.clock.now() - self._written_at >= WRITTEN_SECONDS:
            self.write()

    def write(self) -> None:
        """Write the sums. Where the store does not answer they are kept for the next time."""
        with self._lock:
            self._written_at = self.clock.now()
            sums, marks = self._sums, self._marks
            self._sums, self._marks = _fresh(), _fresh()
        if not sums and not marks:
            return

        def decide(fields: Fields | None) -> Fields:
            before = fields or {}
            return {
                _SUMS: _joined(_numbers(before, _SUMS), sums, lambda old, new: old + new),
                _MARKS: _joined(_numbers(before, _MARKS), marks, max),
            }

        try:
            change(self.documents, COLLECTION, self.shard, decide)
        except (Transient, Conflict) as error:
            logger().warning("counts not written yet", reason=str(error))
            with self._lock:
                for text, value in sums.items():
                    self._sums[text] += value
                for text, value in marks.items():
                    self._marks[text] = max(value, self._marks[text])

    def totals(self) -> Totals:
        """All that was counted by any process, this one's newest included. Raises: Transient."""
        self.write()
        sums, marks = _fresh(), _fresh()
        for document in self.documents.query(COLLECTION):
            for text, value in _numbers(document.fields, _SUMS).items():
                sums[text] += value
            for text, value in _numbers(document.fields, _MARKS).items():
                marks[text] = max(marks[text], value)
        return Totals(
            sums={Series.of(text): value for text, value in sums.items()},
            marks={Series.of(text): value for text, value in marks.items()},
        )


def _joined(
    old: Mapping[str, float], new: Mapping[str, float], join: Callable[[float, float], float]
) -> dict[str, Json]:
    return {**old, **{text: join(old[text], value) if text in old else value for text, value in new.items()}}


def _numbers(fields: Fields, name: str) -> dict[str, float]:
    found = fields.get(name)
    return {text: float(str(value)) for text, value in found.items()} if isinstance(found, dict) else {}
