"""Immutable files in a folder, announced when final: the embedded cloud's Cloud Storage.

A file counts from the moment its row is committed, together with the event that announces it; a file without a row
is what a killed process left, and is written over.
"""

import base64
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import google_crc32c

from aiprod.adapters.disk import disk_error
from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.messages import post
from aiprod.adapters.embedded.owners import is_gone, process_name
from aiprod.errors import AlreadyExists, NotFound
from aiprod.events import ObjectFinalized
from aiprod.paths import NOTIFIED, checked, finalized_topic
from aiprod.ports import Clock, StoredObject

_PART = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedObjects:
    """Implements ports.Objects."""

    database: Database
    folder: Path
    clock: Clock

    def stat(self, address: str) -> StoredObject | None:
        rows = self.database.read("SELECT address, size, generation, crc32c FROM objects WHERE address = ?", address)
        return _stored(rows[0]) if rows else None

    def read(self, address: str) -> bytes:
        return self.fetch(address, self.folder).read_bytes()

    def fetch(self, address: str, folder: Path) -> Path:  # noqa: ARG002  the store's own file is given, not a copy
        path = self._path(address)
        if self.stat(address) is None or not path.is_file():
            raise NotFound(f"Expected an object at {address}, found none.")
        return path

    def write(self, address: str, content: bytes | Path, *, only_if_absent: bool = True) -> StoredObject:
        return self._keep(address, content, only_if_absent=only_if_absent, expected="")

    def _keep(self, address: str, content: bytes | Path, *, only_if_absent: bool, expected: str) -> StoredObject:
        """Write it, unless it has another checksum than the `expected` one ("": any)."""
        path = self._path(address)
        if only_if_absent and self.stat(address) is not None:
            raise AlreadyExists(f"An object is already at {address}.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            incoming = self.folder / ".incoming"
            incoming.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(dir=incoming, prefix=f"{process_name()}=")
            temporary = Path(name)
            try:
                size, checksum = _pour(content, handle)
                if checksum != (expected or checksum):
                    raise NotFound(f"Expected what {address} is to equal as it was written, found other bytes.")
                temporary.chmod(0o444)
                return self._finalise(address, temporary, path, size, checksum, only_if_absent)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            raise disk_error(error, f"writing {address}") from error

    def _finalise(
        self, address: str, temporary: Path, path: Path, size: int, checksum: str, only_if_absent: bool
    ) -> StoredObject:
        with self.database.transaction() as connection:
            row = connection.execute("SELECT generation FROM objects WHERE address = ?", (address,)).fetchone()
            if row is not None and only_if_absent:
                raise AlreadyExists(f"An object is already at {address}.")
            generation = 1 if row is None else row[0] + 1
            temporary.replace(path)
            _sync_folder(path.parent)
            connection.execute(
                "INSERT OR REPLACE INTO objects (address, size, generation, crc32c) VALUES (?, ?, ?, ?)",
                (address, size, generation, checksum),
            )
            prefix = PurePosixPath(address).parts[0]
            if prefix in NOTIFIED:
                event = ObjectFinalized(address=address, generation=generation)
                post(connection, finalized_topic(prefix), event, self.clock.now())
        return StoredObject(address=address, size=size, generation=generation, crc32c=checksum)

    def copy(self, source: str, address: str) -> StoredObject:
        known = self.stat(source)
        content = self.fetch(source, self.folder)
        return self._keep(address, content, only_if_absent=True, expected=known.crc32c if known else "")

    def under(self, prefix: str) -> tuple[StoredObject, ...]:
        rows = self.database.read(
            "SELECT address, size, generation, crc32c FROM objects WHERE address >= ? AND address < ? ORDER BY address",
            prefix, prefix + "\U0010ffff",
        )  # fmt: skip
        return tuple(_stored(row) for row in rows)

    def delete(self, address: str) -> None:
        with self.database.transaction() as connection:
            connection.execute("DELETE FROM objects WHERE address = ?", (address,))
        with self.database.transaction() as connection:
            if not connection.execute("SELECT 1 FROM objects WHERE address = ?", (address,)).fetchall():
                self._path(address).unlink(missing_ok=True)  # else it was written anew since, and the file is the new one

    def remove_leftovers(self) -> None:
        """Remove what killed writers left half-written."""
        incoming = self.folder / ".incoming"
        for left in incoming.iterdir() if incoming.is_dir() else ():
            if is_gone(left.name.partition("=")[0]):
                left.unlink(missing_ok=True)

    def _path(self, address: str) -> Path:
        return self.folder.joinpath(*PurePosixPath(checked(address)).parts)


def _stored(row: tuple[object, ...]) -> StoredObject:
    address, size, generation, checksum = row
    return StoredObject(
        address=str(address), size=int(str(size)), generation=int(str(generation)), crc32c=str(checksum)
    )


def _pour(content: bytes | Path, handle: int) -> tuple[int, str]:
    """Write all of it to an open file, synced; its size and CRC32C."""
    checksum = google_crc32c.Checksum()  # type: ignore[no-untyped-call]
    size = 0
    with os.fdopen(handle, "wb") as target:
        if isinstance(content, bytes):
            target.write(content)
            checksum.update(content)  # type: ignore[no-untyped-call]
            size = len(content)
        else:
            with content.open("rb") as source:
                while part := source.read(_PART):
                    target.write(part)
                    checksum.update(part)  # type: ignore[no-untyped-call]
                    size += len(part)
        target.flush()
        os.fsync(target.fileno())
    digest: bytes = checksum.digest()  # type: ignore[no-untyped-call]
    return size, base64.b64encode(digest).decode("ascii")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
