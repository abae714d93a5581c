"""A model's files, from the first of its sources that can give all of them, checked, each moved to its place at once.

Knows which code reads which kind of source; what is lacking and where it belongs is the registry's business.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from aiprod.errors import StorageFull, Unavailable
from aiprod.models.manifest import (
    BucketSource,
    ConversionSource,
    HubSource,
    Model,
    ModelFile,
    NodeSource,
    Source,
    UrlSource,
)
from aiprod.models.pins import Pin, digest_of
from aiprod.models.settling import Settling, is_right
from aiprod.models.sources import Got, SourceFailed, Tell
from aiprod.models.sources.addresses import Access
from aiprod.models.sources.download import Patience


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchStep:
    """How far a fetch is: bytes of the model had from this source; the total is 0 where it is not known."""

    model: str
    source: str
    done_bytes: int
    total_bytes: int


Progress: TypeAlias = Callable[[FetchStep], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """What is lacking of a model, where it belongs, and how it is had; `label` is how the command line names it, `origin` has
    another model here for a conversion, and `pin` is told of what was got before it goes to its place."""

    model: Model
    label: str
    lacking: tuple[ModelFile, ...]
    home: Path
    scratch: Path
    access: Access
    patience: Patience
    origin: Callable[[str], Path]
    pin: Callable[[dict[str, Pin]], None]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The team's mirror, then the model's own sources."""
        if not self.access.mirror:
            return self.model.sources
        folder = f"{self.access.mirror.rstrip('/')}/{self.model.name}/{self.model.version}"
        return (BucketSource(address=folder), *self.model.sources)

    @property
    def _settling(self) -> Settling:
        return Settling(model=self.model, scratch=self.scratch)

    def run(self, progress: Progress) -> dict[str, Pin]:
        """Have the files in their place; what was got.

        Raises: Unavailable (no source could, with each one's reason), StorageFull; OSError of the folder.
        """
        reasons: list[str] = []
        self.scratch.mkdir(parents=True, exist_ok=True)
        self._settling.take_up(self.lacking, self.home)
        self._check_room()
        total = sum(file.published.size for file in self.lacking) if all(file.size for file in self.lacking) else 0
        for source in self.sources:

            def tell(done: int, source: Source = source) -> None:
                progress(FetchStep(model=self.model.label, source=str(source), done_bytes=done, total_bytes=total))

            try:
                tell(0)
                return self._accept(self._draw(source, tell))
            except SourceFailed as error:
                reasons.append(f"{source}: {error}")
        said = "; ".join(reasons) or "it names none"
        raise Unavailable(
            f"The model {self.model.name} could not be fetched from any of its sources ({said}): "
            f"check the network and run `aiprod models fetch {self.label}` again."
        )

    def _check_room(self) -> None:
        """Better before the first of many gigabytes than after. Raises: StorageFull."""
        there = sum(path.stat().st_size for path in self.scratch.rglob("*") if path.is_file())
        wanted = self._settling.room(self.lacking, self.patience.at_once) - there
        free = shutil.disk_usage(self.scratch).free
        if wanted > free:
            raise StorageFull(
                f"Expected room for {wanted // 1_000_000:,} MB of the model {self.model.name} in {self.home.parent.parent}, "
                f"found {free // 1_000_000:,} MB free: free some or set AIPROD_MODELS_DIR to another folder."
            )

    def _draw(self, source: Source, tell: Tell) -> dict[str, Got]:
        """Have the source put the files into the scratch folder; what was seen while they arrived. Raises: SourceFailed."""
        if isinstance(source, UrlSource | HubSource | BucketSource):
            return self._download(source, tell)
        if isinstance(source, ConversionSource):
            from aiprod.models.sources.conversion import convert

            convert(source, self._had(source.model), self.lacking, self.scratch)
            tell(sum(file.size for file in self.lacking))
        elif isinstance(source, NodeSource):
            from aiprod.models.sources.packages import unpack_node

            unpack_node(source, self.lacking, self.scratch, tell)
        else:
            from aiprod.models.sources.packages import unpack_python

            unpack_python(source, self.lacking, self.scratch, tell)
        found = {file.path: self.scratch / file.path for file in self.lacking}
        return {path: Got(size=place.stat().st_size, sha256=digest_of(place)) for path, place in found.items()}

    def _had(self, name: str) -> Path:
        """Where the model lies that this one is a conversion of. Raises: SourceFailed, StorageFull."""
        try:
            return self.origin(name)
        except Unavailable as error:
            raise SourceFailed(str(error).removesuffix(".")) from error

    def _download(self, source: UrlSource | HubSource | BucketSource, tell: Tell) -> dict[str, Got]:
        """Raises: SourceFailed."""
        from aiprod.models.sources.download import download_all

        left = {file.path: got for file in self.lacking if (got := self._settling.left(file)) is not None}
        before = sum(file.published.size for file in self.lacking if file.path in left)
        rest = [file for file in self.lacking if file.path not in left]
        mirrored = isinstance(source, BucketSource)  # it has files as they lie here
        wanted = self.access.wanted(source, tuple(file if mirrored else file.published for file in rest))
        return left | download_all(wanted, self.scratch, lambda done: tell(before + done), self.patience, self._settling.settle)

    def _accept(self, got: dict[str, Got]) -> dict[str, Pin]:
        """Move checked files to their place, one rename each. Raises: SourceFailed when one is not what it must be."""
        for file in self.lacking:
            found = got[file.path]
            if not is_right(file, found):
                (self.scratch / file.path).unlink()
                raise SourceFailed(f"it gave {file.path} with another SHA-256, refused")
        made_of = {file.path: got[file.path].made_of or file.made_of for file in self.lacking}
        pins = {path: Pin(size=one.size, sha256=one.sha256, made_of=made_of[path]) for path, one in got.items()}
        self.pin(pins)
        for file in self.lacking:
            target = self.home / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.scratch / file.path).replace(target)
        shutil.rmtree(self.scratch, ignore_errors=True)
        return pins
