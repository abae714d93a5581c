"""The library that people see: which videos are whose, who may see them, how often they were; and how one is deleted.

Knows no state of a video: that is the ledger's. An entry is written when a video is asked for, beside its document.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from aiprod.brief import Brief
from aiprod.compare_and_set import change, change_as, remove, remove_found
from aiprod.encoding import from_fields, to_fields
from aiprod.errors import Conflict, NotFound
from aiprod.ledger import ARTEFACTS, CLIPS, VIDEOS, Ledger
from aiprod.ports import Clock, Condition, Documents, Fields, Objects, Write
from aiprod.units import DAY_SECONDS
from aiprod.video import Status, Video

ENTRIES = "library"
FAVOURITES = "favourites"
VIEWS = "views"
OWN_PREFIXES = (
    "uploads", "scripts", "sounds", "narrations", "plans", "clips", "segments", "mixes", "exports", "films", "reviews",
)  # fmt: skip
"""Kinds of objects whose second part is a video's id."""
SWEPT_SECONDS = 6 * 3600.0
"""How long what was begun for a video may still come after it was deleted."""
ERASED_SECONDS = 8 * DAY_SECONDS
"""How long it is remembered that a video was deleted: longer than its request may be on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A video in the library."""

    video: str
    owner: str
    created_at: float
    public: bool = False
    views: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Which entries are wanted, in which order: somebody's own ("": everybody's public ones), by date or by views."""

    owner: str = ""
    by_views: bool = False
    ascending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Every video that somebody with an account asked for."""

    documents: Documents
    objects: Objects
    ledger: Ledger
    clock: Clock

    def add(self, video: Video) -> None:
        """Put a video in; one that is there stays as it is."""
        entry = Entry(video=video.id, owner=video.owner, created_at=video.created_at)
        self._create(ENTRIES, video.id, to_fields(entry))

    def entry(self, video: str) -> Entry:
        """Raises: NotFound."""
        found = self.documents.get(ENTRIES, video)
        if found is None:
            raise NotFound(f"Expected a video, found none with id {video[:40]}.")
        return from_fields(Entry, found.fields, source=f"entry {video}")

    def page(self, shelf: Shelf, *, limit: int, after: str = "") -> tuple[Entry, ...]:
        """Entries of a shelf, the newest (or most seen) first; `after` is the last video of the page before."""
        wanted = Condition(field="owner", operator="==", value=shelf.owner)
        public = Condition(field="public", operator="==", value=True)
        found = self.documents.query(
            ENTRIES, [wanted if shelf.owner else public], order_by="views" if shelf.by_views else "created_at",
            descending=not shelf.ascending, limit=limit, after=after,
        )  # fmt: skip
        return tuple(from_fields(Entry, document.fields, source="entry") for document in found)

    def publish(self, video: str, *, public: bool) -> Entry:
        """Let everybody see a video, or only its owner. Raises: NotFound."""
        return self._change(video, lambda entry: replace(entry, public=public))

    def count_view(self, video: str, viewer: str) -> Entry:
        """Count that somebody saw it; the same viewer counts once. Raises: NotFound."""
        entry = self.entry(video)
        seen = hashlib.sha256(f"{video}\0{viewer}".encode()).hexdigest()[:32]
        if not self._create(VIEWS, seen, {"video": video, "at": self.clock.now()}):
            return entry
        return self._change(video, lambda found: replace(found, views=found.views + 1))

    def mark_favourite(self, user: str, video: str, *, favourite: bool) -> None:
        """Remember a video for a user, or no longer."""
        id = f"{user}.{video}"
        if favourite:
            self._create(FAVOURITES, id, {"user": user, "video": video, "at": self.clock.now()})
        else:
            remove(self.documents, FAVOURITES, id)

    def is_favourite(self, user: str, video: str) -> bool:
        """Whether the user remembers it."""
        return self.documents.get(FAVOURITES, f"{user}.{video}") is not None

    def favourites(self, user: str, *, limit: int, after: str = "") -> tuple[str, ...]:
        """Videos that a user remembers, the last first."""
        found = self.documents.query(
            FAVOURITES, [Condition(field="user", operator="==", value=user)], order_by="at", descending=True,
            limit=limit, after=f"{user}.{after}" if after else "",
        )  # fmt: skip
        return tuple(str(document.fields["video"]) for document in found)

    def delete(self, video: Video) -> None:
        """Delete a video that is over, with all that was made for it; what is told of it later finds nothing to do.

        First its document is erased, so that whoever still writes for it sees that (`Artefacts.keep`), last its entry, so
        that a deletion that broke off can be asked for again. Of a video that was just cancelled the erased document stays:
        its request may still be on its way, and would else begin it anew.
        """
        blank = replace(video, owner="", brief=Brief(), title="", notes=(), failure="", failure_kind="", outbox=(), reopening=None)
        change(self.documents, VIDEOS, video.id, lambda _: to_fields(blank))
        for collection in (CLIPS, FAVOURITES, VIEWS):
            remove_found(self.documents, collection, [Condition(field="video", operator="==", value=video.id)])
        self._remove_artefacts(video.id)
        if video.status is not Status.CANCELLED:
            remove(self.documents, VIDEOS, video.id)
        remove(self.documents, ENTRIES, video.id)

    def sweep(self) -> None:
        """Remove what came late for deleted videos by those who may not remove it; forget that old ones were deleted."""
        wanted = [
            Condition(field="owner", operator="==", value=""),
            Condition(field="status", operator="==", value=Status.CANCELLED.value),
        ]
        for document in self.documents.query(VIDEOS, wanted):
            video = from_fields(Video, document.fields, source=f"video {document.id}")
            age = self.clock.now() - video.history[-1].at
            if video.erased and age > ERASED_SECONDS:
                remove(self.documents, VIDEOS, video.id)
            elif video.erased and age < SWEPT_SECONDS:
                self._remove_artefacts(video.id)

    def forget(self, user: str) -> None:
        """Forget what a user remembered."""
        remove_found(self.documents, FAVOURITES, [Condition(field="user", operator="==", value=user)])

    def _remove_artefacts(self, video: str) -> None:
        for prefix in OWN_PREFIXES:
            first, end = f"{prefix}/{video}/", f"{prefix}/{video}0"
            own = [Condition(field="address", operator=">=", value=first), Condition(field="address", operator="<", value=end)]
            remove_found(self.documents, ARTEFACTS, own)
            for stored in self.objects.under(first):
                self.objects.delete(stored.address)

    def _create(self, collection: str, id: str, fields: Fields) -> bool:
        try:
            self.documents.commit([Write(collection=collection, id=id, fields=fields, expected=None)])
        except Conflict:
            return False
        return True

    def _change(self, video: str, alter: Callable[[Entry], Entry]) -> Entry:
        def decide(found: Entry | None) -> Entry:
            if found is None:
                raise NotFound(f"Expected a video, found none with id {video[:40]}.")
            return alter(found)

        return change_as(self.documents, ENTRIES, video, Entry, decide)
