"""What this machine remembers of files: digests pinned at a first fetch, and which files were found right, when.

Knows two small JSON files: `models.lock` in the folder of models, and `.receipt.json` in a model's own. A file whose size
and time of change are those of its receipt need not be read again to know its digest.
"""

import hashlib
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from aiprod.errors import WeightsBroken
from aiprod.locks import held
from aiprod.models.manifest import Model, ModelFile, Published

LOCK = "models.lock"
RECEIPT = ".receipt.json"
PIECE_BYTES = 1 << 20


class Pin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the first fetch got, or what was made of the publisher's file."""

    size: int
    sha256: str
    made_of: Published | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file as it was when its content was last read."""

    size: int
    changed_ns: int
    sha256: str


class Pins:
    """Digests of files that the manifest knows none of or that were rewritten here, by model@version and file."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK

    def completed(self, model: Model) -> Model:
        """The model with what was pinned where its manifest says nothing, or of what was made of the manifest's files. Raises:
        WeightsBroken."""
        if model.narrowing is None and model.files and all(file.sha256 and file.size for file in model.files):
            return model
        pinned = self._read().get(model.label, {})
        if not model.files:
            files = tuple(_pinned(path, pin) for path, pin in sorted(pinned.items()))
            return msgspec.structs.replace(model, files=files)
        return msgspec.structs.replace(model, files=tuple(_complete(file, pinned.get(file.path)) for file in model.files))

    def add(self, model: Model, pins: Mapping[str, Pin]) -> None:
        """Remember what was got; what is pinned already stays, but for what the new was made of."""
        if not pins:
            return
        with alone(self._path.parent, LOCK):
            held = self._read()
            made = {path: pin.made_of.sha256 for path, pin in pins.items() if pin.made_of}
            stays = {path: pin for path, pin in held.get(model.label, {}).items() if made.get(path) != pin.sha256}
            held[model.label] = {**pins, **stays}
            _write(self._path, held)

    def _read(self) -> dict[str, dict[str, Pin]]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, dict[str, Pin]])
        except FileNotFoundError:
            return {}
        except msgspec.DecodeError as error:
            raise WeightsBroken(f"Expected pinned digests in {self._path}, found something else: mend or remove it.") from error


def _complete(file: ModelFile, pin: Pin | None) -> ModelFile:
    if pin is None or (file.sha256 and not (pin.made_of and pin.made_of.sha256 == file.sha256)):
        return file
    return _pinned(file.path, pin)


def _pinned(path: str, pin: Pin) -> ModelFile:
    return ModelFile(path=path, size=pin.size, sha256=pin.sha256, made_of=pin.made_of)


class Receipts:
    """The digests of a model's files, each read once."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._path = home / RECEIPT

    def digest(self, path: str, *, fresh: bool = False) -> str:
        """The file's SHA-256, from its receipt unless it has changed (or `fresh`)."""
        place = self._home / path
        facts = place.stat()
        seen = self._read().get(path)
        if seen and not fresh and (seen.size, seen.changed_ns) == (facts.st_size, facts.st_mtime_ns):
            return seen.sha256
        found = digest_of(place)
        self.add({path: found})
        return found

    def add(self, digests: Mapping[str, str]) -> None:
        """Remember files just read, where this folder can be written (an image's cannot)."""
        if not os.access(self._home, os.W_OK):
            return
        held = self._read()
        for path, sha256 in digests.items():
            facts = (self._home / path).stat()
            held[path] = Seen(size=facts.st_size, changed_ns=facts.st_mtime_ns, sha256=sha256)
        _write(self._path, held)

    def _read(self) -> dict[str, Seen]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Seen])
        except (FileNotFoundError, PermissionError, msgspec.DecodeError):
            return {}  # without a receipt, the files are read again


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Only one process at a time holds a name of the folder of models; it falls with its holder."""
    locks = folder / ".locks"
    locks.mkdir(parents=True, exist_ok=True)
    (locks / name).touch()
    with held(locks / name):
        yield


def digest_of(path: Path) -> str:
    """SHA-256 of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while piece := content.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _write(path: Path, content: object) -> None:
    """Whole or not at all, whoever else writes; as readable as other files, for another user's jobs read it too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = msgspec.json.format(msgspec.json.encode(content), indent=1)
    partial = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    partial.write_bytes(text + b"\n")
    partial.replace(path)
