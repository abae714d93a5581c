"""Pictures, clips and sounds of one's own, to be named in requests for films."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from aiprod.client.connection import Call, Connection

PART_BYTES = 24_000_000
"""Clouds take a little more in one request, and no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file of one's own; requests name it by its id."""

    id: str
    kind: str
    name: str
    media_type: str
    bytes: int
    created_at: float
    width_px: int | None
    height_px: int | None
    seconds: float | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaShelf:
    """One's files, the newest first, and the room that they take."""

    items: tuple[Media, ...]
    used_bytes: int
    limit_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaPart:
    """Some of the bytes of a file."""

    id: str
    bytes: int
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRoom:
    """Files of one's own."""

    connection: Connection

    def upload(self, file: Path, *, part_bytes: int = PART_BYTES) -> Media:
        """Bring a picture, a clip or a sound, whole or, where it is larger than `part_bytes`, in parts. What came of one
        before the line broke, in the last day, is not sent again."""
        size = file.stat().st_size
        if size <= part_bytes:
            call = Call("POST", "/api/v1/media", query={"name": file.name}, content=file)
            return self.connection.ask(Media, call)
        parts = self._send_parts(file, part_bytes)
        body = {"name": file.name, "parts": parts, "bytes": size}
        whole = Call("POST", "/api/v1/media/whole", body=body, harmless_twice=True)
        return self.connection.ask(Media, whole)

    def _send_parts(self, file: Path, part_bytes: int) -> list[str]:
        """Send what is not there yet; the ids of all, in their order. Raises: Problem, NotNow, Unavailable."""
        there = {one.sha256: one.id for one in self.connection.ask(list[MediaPart], Call("GET", "/api/v1/media/parts"))}
        parts = []
        with file.open("rb") as source:
            while content := source.read(part_bytes):
                digest = hashlib.sha256(content).hexdigest()
                if digest not in there:
                    call = Call("POST", "/api/v1/media/parts", query={"sha256": digest}, content=content, harmless_twice=True)
                    there[digest] = self.connection.ask(MediaPart, call).id
                parts.append(there[digest])
        return parts

    def drop_parts(self) -> None:
        """Let all parts go that wait for others of their files, and give their room back."""
        self.connection.tell(Call("DELETE", "/api/v1/media/parts"))

    def all(self) -> MediaShelf:
        """One's files, and the room that they take."""
        return self.connection.ask(MediaShelf, Call("GET", "/api/v1/media"))

    def read(self, media: str) -> Media:
        """What a file is."""
        return self.connection.ask(Media, Call("GET", "/api/v1/media/{media}", parts={"media": media}))

    def content(self, media: str) -> bytes:
        """A file, as films use it."""
        return self.connection.send(Call("GET", "/api/v1/media/{media}/content", parts={"media": media})).content

    def delete(self, media: str) -> None:
        """Delete a file."""
        self.connection.tell(Call("DELETE", "/api/v1/media/{media}", parts={"media": media}))
