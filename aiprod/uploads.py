"""Files that users brought for their films: which are whose, what each is, how much room they take.

One document an account, written by compare-and-set: a file's room is taken before its object is written, so that requests
at the same moment never get more than the account may have. Knows no HTTP, and not how a file is looked at.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aiprod import paths
from aiprod.compare_and_set import change_as, remove
from aiprod.encoding import from_fields, key_of
from aiprod.errors import AiprodError, NotFound, QuotaSpent, Unavailable
from aiprod.ports import Clock, Documents, Objects
from aiprod.units import DAY_SECONDS

COLLECTION = "uploads"
MOST_FILES = 1000
ABANDONED_SECONDS = 900.0
"""After which room that was taken for a file that never came counts as left by a request that died."""
PART = "part"
PART_SECONDS = DAY_SECONDS
"""How long a part waits for the others of its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that a user brought: a "picture", a "clip" or a "sound", or (a PART) some of the bytes of one that comes in
    parts, with their digest. `name` is what they call it; where it lies has nothing of it. `made_of` names the parts that it came
    in. `kept`: its object is there."""

    id: str
    kind: str
    name: str
    media_type: str
    suffix: str
    size: int
    created_at: float
    width_px: int = 0
    height_px: int = 0
    seconds: float = 0.0
    sha256: str = ""
    made_of: str = ""
    kept: bool = False

    def address(self, owner: str) -> str:
        """Where the object lies."""
        return paths.upload(owner, f"{self.id}{self.suffix}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """All that a user brought, the oldest first."""

    files: tuple[Upload, ...] = ()


Alter = Callable[[tuple[Upload, ...]], tuple[Upload, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    """Everybody's files."""

    documents: Documents
    objects: Objects
    clock: Clock

    def of(self, owner: str) -> tuple[Upload, ...]:
        """What a user brought, the newest first."""
        return tuple(one for one in reversed(self._read(owner)) if one.kept and one.kind != PART)

    def get(self, owner: str, id: str) -> Upload:
        """Raises: NotFound, also where it is somebody else's."""
        for one in self.of(owner):
            if one.id == id:
                return one
        raise NotFound(f"Expected a file of yours, found none with id {id[:40]}.")

    def parts(self, owner: str, ids: Sequence[str]) -> tuple[Upload, ...]:
        """Parts of a file, in that order. Raises: NotFound."""
        known = {one.id: one for one in self._read(owner) if one.kept and one.kind == PART}
        missing = [id for id in ids if id not in known]
        if missing:
            raise NotFound(f"Expected parts that you sent in the last day, found none with id {missing[0][:40]}.")
        return tuple(known[id] for id in ids)

    def made_of(self, owner: str, ids: Sequence[str]) -> Upload:
        """The file that was made of those parts, which are gone. Raises: NotFound; Unavailable, while it is being made."""
        wanted = key_of(*ids)
        made = next((one for one in self._read(owner) if one.made_of == wanted and not self._is_abandoned(one)), None)
        if made is None:
            raise NotFound("Expected parts that you sent in the last day, or a file made of them, found neither.")
        if not made.kept:
            raise Unavailable("Expected a file, found that it is being made of its parts; ask again soon.")
        return made

    def waiting(self, owner: str) -> tuple[Upload, ...]:
        """Parts that wait for the others of their file."""
        return tuple(one for one in self._read(owner) if one.kept and one.kind == PART and not self._is_abandoned(one))

    def drop_parts(self, owner: str, *, only: Sequence[Upload] | None = None) -> None:
        """Let parts go, all where none are named."""
        for part in self.waiting(owner) if only is None else only:
            self._remove(owner, part)

    def used_bytes(self, owner: str) -> int:
        """How much room a user's files take, with those on their way."""
        return sum(one.size for one in self._read(owner) if not self._is_abandoned(one))

    def keep(
        self, owner: str, upload: Upload, content: Path, *, room_bytes: int, instead_of: Sequence[Upload] = ()
    ) -> Upload:
        """Keep a file, as far as the room goes (0: any); its parts go. Raises: QuotaSpent, NotFound (another was made of them
        meanwhile), StorageFull, Transient."""
        gone: list[Upload] = []
        if instead_of:
            upload = replace(upload, made_of=key_of(*(part.id for part in instead_of)))

        def reserve(files: tuple[Upload, ...]) -> tuple[Upload, ...]:
            gone[:] = [one for one in files if self._is_abandoned(one) or one in instead_of]
            rest = tuple(one for one in files if one not in gone)
            if any(part not in gone for part in instead_of):
                raise NotFound("Expected the parts of a file, found that it was made of them meanwhile.")
            check_room(sum(one.size for one in rest), upload.size, room_bytes)
            if len(rest) >= MOST_FILES:
                raise QuotaSpent(f"Expected fewer than {MOST_FILES} files of this account, found as many; delete some.")
            return (*rest, upload)

        def give_back(files: tuple[Upload, ...]) -> tuple[Upload, ...]:
            return (*gone, *(one for one in files if one != upload)) if upload in files else files

        self._change(owner, reserve)
        try:
            self.objects.write(upload.address(owner), content)
            self._change(owner, lambda files: _confirmed(files, upload.id))
        except AiprodError:
            self.objects.delete(upload.address(owner))
            self._change(owner, give_back)
            raise
        for one in gone:
            self.objects.delete(one.address(owner))
        return replace(upload, kept=True)

    def delete(self, owner: str, id: str) -> None:
        """Raises: NotFound."""
        self._remove(owner, self.get(owner, id))

    def forget(self, owner: str) -> None:
        """With the account."""
        remove(self.documents, COLLECTION, owner)
        for stored in self.objects.under(paths.upload(owner, "")):
            self.objects.delete(stored.address)

    def _remove(self, owner: str, upload: Upload) -> None:
        self.objects.delete(upload.address(owner))
        self._change(owner, lambda files: tuple(one for one in files if one.id != upload.id))

    def _is_abandoned(self, upload: Upload) -> bool:
        waits = PART_SECONDS if upload.kept else ABANDONED_SECONDS
        return (not upload.kept or upload.kind == PART) and upload.created_at < self.clock.now() - waits

    def _read(self, owner: str) -> tuple[Upload, ...]:
        found = self.documents.get(COLLECTION, owner)
        return from_fields(_Shelf, found.fields, source="uploads").files if found else ()

    def _change(self, owner: str, alter: Alter) -> None:
        def decide(shelf: _Shelf | None) -> _Shelf | None:
            before = shelf or _Shelf()
            after = _Shelf(files=alter(before.files))
            return shelf if after == before else after

        change_as(self.documents, COLLECTION, owner, _Shelf, decide)


def check_room(used_bytes: int, more_bytes: int, room_bytes: int) -> None:
    """Whether so much more fits (room 0: any). Raises: QuotaSpent."""
    if room_bytes and used_bytes + more_bytes > room_bytes:
        raise QuotaSpent(
            f"Expected at most {_megabytes(room_bytes)} of files of this account, found {_megabytes(used_bytes)} and "
            f"{_megabytes(more_bytes)} more; delete some first."
        )


def _confirmed(files: tuple[Upload, ...], id: str) -> tuple[Upload, ...]:
    if id not in {one.id for one in files}:
        raise NotFound("Expected the account to be there when its file came, found that it was deleted.")
    return tuple(replace(one, kept=True) if one.id == id else one for one in files)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
