"""What becomes of a model's files between their arrival and their place: those published as float32 are rewritten in bf16.

Knows the scratch folder of a fetch. A file is rewritten beside itself and takes its own name at once; what it was made of is noted
before. So whatever a fetch was killed at, the next one goes on with what is there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from aiprod.errors import WeightsBroken, WeightsMissing
from aiprod.models.manifest import Model, ModelFile, Published
from aiprod.models.pins import Pin, digest_of
from aiprod.models.sources import Got

UNDER_WAY, NOTE = ".narrow", ".made"
IN_FLIGHT_SHARE = 1.5
"""Of a file's published size, what it takes while it is rewritten."""


def lies_wide(model: Model, path: str, place: Path) -> bool:
    """Whether a file of the model has numbers that are kept in fewer bytes here."""
    if model.narrowing is None or not model.narrowing.touches(path):
        return False
    from aiprod.models.weights.narrowing import is_wide

    try:
        return is_wide(place, model.narrowing.float32)
    except (WeightsMissing, WeightsBroken):
        return False  # whoever compares digests says what is wrong with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """The files of a fetch in its scratch folder."""

    model: Model
    scratch: Path

    def take_up(self, lacking: Iterable[ModelFile], home: Path) -> None:
        """Have what lies at its place with numbers of four bytes here, to be rewritten as if it had just come."""
        for file in lacking:
            place, target = home / file.path, self.scratch / file.path
            if not target.exists() and place.is_file() and lies_wide(self.model, file.path, place):
                target.parent.mkdir(parents=True, exist_ok=True)
                place.replace(target)

    def left(self, file: ModelFile) -> Got | None:
        """What an earlier fetch left of the file, whole and right; rewritten now, if it was not."""
        target = self.scratch / file.path
        if self.model.narrowing is None or not self.model.narrowing.touches(file.path) or not target.is_file():
            return None
        found, size, made = digest_of(target), target.stat().st_size, self._noted(file.path)
        if made is not None and found == made.sha256:
            return Got(size=size, sha256=found, made_of=made.made_of)
        if found in (file.sha256, file.published.sha256):
            return self.settle(file.path, Got(size=size, sha256=found))
        return None

    def settle(self, path: str, got: Got) -> Got:
        """Rewrite a file that is whole and right, if it has numbers of four bytes. Raises: OSError."""
        target, narrowing = self.scratch / path, self.model.narrowing
        if narrowing is None or not lies_wide(self.model, path, target):
            return got
        from aiprod.models.weights.narrowing import write_narrow

        under_way = target.with_name(target.name + UNDER_WAY)
        size, sha256 = write_narrow(target, under_way, narrowing.float32, got.sha256)
        made = Pin(size=size, sha256=sha256, made_of=Published(size=got.size, sha256=got.sha256))
        self._note(path).write_bytes(msgspec.json.encode(made))
        under_way.replace(target)
        return Got(size=size, sha256=sha256, made_of=made.made_of)

    def room(self, lacking: tuple[ModelFile, ...], at_once: int) -> int:
        """Bytes that the files need at most until they are at their place, those that are here already among them."""
        published = [file.published.size for file in lacking]
        narrowing = self.model.narrowing
        if narrowing is None or not narrowing.about_gb or len(lacking) < len(self.model.files):
            return sum(published)
        return round(narrowing.about_gb * 1e9 + IN_FLIGHT_SHARE * sum(sorted(published)[-at_once:]))

    def _note(self, path: str) -> Path:
        target = self.scratch / path
        return target.with_name(target.name + NOTE)

    def _noted(self, path: str) -> Pin | None:
        try:
            return msgspec.json.decode(self._note(path).read_bytes(), type=Pin)
        except (FileNotFoundError, msgspec.DecodeError):
            return None


def is_right(file: ModelFile, found: Got) -> bool:
    """Whether what arrived is the file, and what was made of it what is known of that."""
    published = found.made_of or found
    wanted = file.published if found.made_of else file
    sizes = wanted.size and published.size != wanted.size
    digests = wanted.sha256 and published.sha256 != wanted.sha256
    made_otherwise = found.made_of is not None and file.made_of is not None and found.sha256 != file.sha256
    return not (sizes or digests or made_otherwise)
