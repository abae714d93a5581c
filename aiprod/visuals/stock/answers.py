"""What libraries answered, kept for a day: scenes and films ask for the same again, and libraries ask not to be asked twice.

Knows no library and no words: an answer is found by who was asked what for which shape.
"""

from dataclasses import dataclass

from aiprod.encoding import from_fields, key_of, to_fields
from aiprod.errors import Conflict, InvalidInput
from aiprod.ports import Clock, Documents, Write
from aiprod.profiles import Shape
from aiprod.units import DAY_SECONDS
from aiprod.visuals.stock.footage import Footage, Query

SEARCHES = "searches"
KEPT_SECONDS = DAY_SECONDS
"""Source: pixabay.com/api/docs asks that answers are kept for 24 hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    at: float
    found: tuple[Footage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Answers that every task of a cloud shares."""

    documents: Documents
    clock: Clock

    def known(self, library: str, query: Query, shape: Shape) -> tuple[Footage, ...] | None:
        """What the library answered in the last day; None when it was not asked, or what was kept cannot be read."""
        document = self.documents.get(SEARCHES, _key(library, query, shape))
        if document is None:
            return None
        try:
            answer = from_fields(_Answer, document.fields, source="kept answer")
        except InvalidInput:  # kept by another version
            return None
        return answer.found if self.clock.now() - answer.at < KEPT_SECONDS else None

    def keep(self, library: str, query: Query, shape: Shape, found: tuple[Footage, ...]) -> None:
        """Keep an answer; another task's, kept meanwhile, is as good."""
        id = _key(library, query, shape)
        before = self.documents.get(SEARCHES, id)
        fields = to_fields(_Answer(at=self.clock.now(), found=found))
        write = Write(collection=SEARCHES, id=id, fields=fields, expected=before.version if before else None)
        try:
            self.documents.commit([write])
        except Conflict:
            return


def _key(library: str, query: Query, shape: Shape) -> str:
    return key_of("search", library, query, shape)
