"""What a film asks of the documents and the topics, counted while the real stages make one of plain colours.

The chain, the ledger and the embedded cloud are the product's; voices and pictures are the small ones of tests/doubles.
What a renderer writes to keep its lease depends on how long it draws, and is not counted here.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aiprod.artefacts import Artefacts
from aiprod.ledger import Ledger
from aiprod.ports import Condition, Document, Documents, Write
from aiprod.video import Status
from tests.doubles import ColourRenderer, PlainEngines, PlainWriter
from tests.house import BRIEF, drain, open_house


@dataclass
class CountingDocuments:
    """Implements ports.Documents over another, counting."""

    documents: Documents
    writes: Counter[str] = field(default_factory=Counter)
    creations: Counter[str] = field(default_factory=Counter)
    reads: Counter[str] = field(default_factory=Counter)
    queries: Counter[str] = field(default_factory=Counter)
    statuses: dict[str, object] = field(default_factory=dict)

    def get(self, collection: str, id: str) -> Document | None:
        self.reads[collection] += 1
        return self.documents.get(collection, id)

    def commit(self, writes: Sequence[Write]) -> None:
        self.documents.commit(writes)
        for write in writes:
            self.writes[self._kind(write)] += 1
            self.creations[write.collection] += write.expected is None

    def _kind(self, write: Write) -> str:
        """The collection; writes that only keep a clip's lease are a kind of their own, since time decides their number."""
        status = write.fields.get("status") if write.fields else None
        before = self.statuses.get(write.id)
        self.statuses[write.id] = status
        return "held" if write.collection == "clips" and before == status == "rendering" else write.collection

    def query(
        self, collection: str, conditions: Sequence[Condition] = (), *, order_by: str = "", descending: bool = False,
        limit: int = 0, after: str = "",
    ) -> list[Document]:  # fmt: skip
        found = self.documents.query(
            collection, conditions, order_by=order_by, descending=descending, limit=limit, after=after
        )
        self.queries[collection] += 1
        self.reads[collection] += len(found)
        return found


@dataclass(frozen=True, kw_only=True)
class FilmCount:
    """What one film cost: writes, creations, documents read and queries by collection; events handled by stage."""

    scenes: int
    segments: int
    writes: dict[str, int]
    creations: dict[str, int]
    reads: dict[str, int]
    queries: dict[str, int]
    events: dict[str, int]
    objects: dict[str, int]
    bytes: int


def count_film(home: Path, scenes: int) -> FilmCount:
    """Make a film of so many scenes, alone, without a fault; what it asked for."""
    renderers = {name: ColourRenderer(name=name) for name in ("motion", "slideshow")}
    engines = PlainEngines(writers={"outline": PlainWriter(scenes=scenes)}, renderers=renderers)
    app = open_house(home, engines, sweep_seconds=3600.0)
    counting = CountingDocuments(app.documents)
    ledger = Ledger(documents=counting, publisher=app.messages, clock=app.clock)
    artefacts = Artefacts(objects=app.objects, publisher=app.messages, ledger=ledger)
    house = replace(app, documents=counting, ledger=ledger, artefacts=artefacts)
    house.jobs.serve = lambda subscription: house.render_job().run(subscription)  # type: ignore[attr-defined]
    video = house.request(BRIEF)
    drain(house)
    made = house.ledger.get(video.id)
    if made.status is not Status.COMPLETED:
        raise RuntimeError(f"Expected a film to count, found it {made.status}: {made.failure}")
    stored = [found for prefix in PREFIXES for found in house.objects.under(f"{prefix}/{video.id}/")]
    prefixes = Counter(found.address.split("/")[0] for found in stored)
    return FilmCount(
        scenes=scenes, segments=prefixes["segments"], writes=dict(counting.writes), creations=dict(counting.creations),
        reads=dict(counting.reads), queries=dict(counting.queries), events=_events(home / "logs" / "test.log"),
        objects=dict(prefixes), bytes=sum(found.size for found in stored),
    )  # fmt: skip


PREFIXES = ("scripts", "sounds", "narrations", "plans", "clips", "segments", "mixes", "exports", "films", "reviews")


def _events(log: Path) -> dict[str, int]:
    """Events handled by each stage, from the product's own log."""
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return dict(Counter(line["stage"] for line in lines if line["event"] == "event handled"))
