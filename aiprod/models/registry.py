"""The models on this machine: fetched once, checked, then used offline.

Knows the cache folder's form (NAME/VERSION/FILE) and locks it between processes; what models there are is the
manifest's business, how a source is read is `sources/`'s, which version a team uses is `promotion.py`'s. Needs no torch.
"""

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from aiprod.errors import InvalidSetting, StorageFull, Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.fetching import Fetch, FetchStep, Progress
from aiprod.models.licences import LicencePolicy
from aiprod.models.manifest import BucketSource, HubSource, Manifest, Model, ModelFile, own_manifest, split_label
from aiprod.models.pins import LOCK, Pin, Pins, Receipts, alone
from aiprod.models.settling import lies_wide
from aiprod.models.sources import SourceFailed
from aiprod.models.sources.addresses import Access
from aiprod.models.sources.download import Patience

MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelState:
    """A version of a model and whether its files are here: "present", "missing" or "broken" (by sizes, not by digest, or by numbers
    of four bytes that its manifest has kept in two); `lacking` are those that are not, `bytes_lacking` how large they are as far
    as it is known."""

    model: Model
    state: str
    folder: Path
    lacking: tuple[ModelFile, ...]

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    @property
    def bytes_lacking(self) -> int:
        """How much a fetch would bring, as well as it is known; 0 where nothing is."""
        known = self.model.files and all(file.size for file in self.lacking)
        return sum(file.published.size for file in self.lacking) if known else self.model.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """How models are had (hubs, buckets and mirrors, and how long they are borne with), and which may be used."""

    access: Access = field(default_factory=Access)
    patience: Patience = field(default_factory=Patience)
    policy: LicencePolicy = field(default_factory=LicencePolicy)


def default_folder(environment: Mapping[str, str]) -> Path:
    """Where models are kept: AIPROD_MODELS_DIR, else `.cache/aiprod/models` in the user's home."""
    named = environment.get("AIPROD_MODELS_DIR", "")
    return Path(named).expanduser() if named else Path.home() / ".cache" / "aiprod" / "models"


def size_of(count: int) -> str:
    """A number of bytes for people."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count} bytes"


def size_if_known(count: int) -> str:
    """The same, where 0 is a size that nobody knows."""
    return size_of(count) if count else "of unknown size"


def _sizes(file: ModelFile, folder: Path) -> str:
    """How large a file must be, and is where it is here and another."""
    place, wanted = folder / file.path, size_if_known(file.size)
    there = place.stat().st_size if place.is_file() else file.size
    return wanted if there == file.size else f"{wanted}, found {size_of(there)}"


def by_default(_name: str) -> str:
    """No version in particular: the one that the manifest puts first."""
    return ""


class Registry:
    """The models in one folder, which several processes may share; a version "" is the one that `in_use` names."""

    def __init__(
        self, folder: Path, manifest: Manifest | None = None, supply: Supply | None = None,
        in_use: Callable[[str], str] = by_default,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.manifest = own_manifest() if manifest is None else manifest
        self._supply = supply or Supply()
        self._pins = Pins(folder)
        self._in_use = in_use

    def list(self) -> tuple[ModelState, ...]:
        """Every version of every model and its state here."""
        return tuple(self.state(model.name, model.version) for model in self.manifest.models)

    def model(self, name: str, version: str = "") -> Model:
        """The model, with digests pinned here where its manifest has none. Raises: NotFound, Transient."""
        return self._pins.completed(self.manifest.model(name, version or self._in_use(name)))

    def state(self, name: str, version: str = "") -> ModelState:
        """Whether the model is here. Raises: NotFound."""
        model = self.model(name, version)
        home = self.home(model)
        found = {file: home / file.path for file in model.files}
        missing = tuple(file for file, path in found.items() if not path.is_file())
        broken = tuple(
            file for file, path in found.items()
            if file not in missing and ((file.size and path.stat().st_size != file.size) or lies_wide(model, file.path, path))
        )  # fmt: skip
        state = "missing" if missing or not model.files else "broken" if broken else "present"
        return ModelState(model=model, state=state, folder=home, lacking=missing + broken)

    def path(self, name: str, file: str, version: str = "") -> Path:
        """A model's file, checked by its size only. Raises: NotFound, LicenceRefused, WeightsMissing, WeightsBroken."""
        model = self.model(name, version)
        self._supply.policy.check(model)
        return self._place(model, model.file(file))

    def check(self, name: str, version: str = "") -> Path:
        """The folder of a model that may be used and is all here, by sizes.

        Raises: NotFound, LicenceRefused, WeightsMissing and WeightsBroken (with the files that are lacking, how large they
        are, under which licence, and how to get them).
        """
        found = self.state(name, version)
        self._supply.policy.check(found.model)
        return self._whole(found)

    def check_licence(self, name: str, version: str = "") -> None:
        """Raises: NotFound, LicenceRefused."""
        self._supply.policy.check(self.model(name, version))

    def describe_lacking(self, found: ModelState) -> str:
        """What a model that is not all here lacks, in one sentence."""
        model = found.model
        terms = f"{model.narrowing.told if model.narrowing else ''}Licence: {model.licence}. {model.terms}".rstrip()
        if not model.files:
            return (
                f"Expected the model {model.label} ({model.title}) in {found.folder}, found none of its files: those in "
                f"{', '.join(folder.strip('.') or 'the top folder' for folder in model.folders)} of {model.sources[0]}, "
                f"{_whole_size(model)}. {terms} Its digests are not known: the first fetch pins what the hub states."
            )
        largest = sorted(found.lacking, key=lambda file: -file.size)
        named = ", ".join(f"{file.path} ({_sizes(file, found.folder)})" for file in largest[:MOST_NAMED])
        rest = f" and {len(largest) - MOST_NAMED} more" if len(largest) > MOST_NAMED else ""
        whole = size_of(found.bytes_lacking) if all(file.size for file in found.lacking) else _whole_size(model)
        unpinned = "" if all(file.sha256 for file in found.lacking) else " Not every digest is known: the first fetch pins them."
        return (
            f"Expected the model {model.label} ({model.title}) in {found.folder}, found {len(largest)} of its "
            f"{len(model.files)} files {found.state}, {whole}: {named}{rest}. {terms}{unpinned}"
        )

    def weights(self, name: str, folder: str = "", version: str = "") -> tuple[Path, ...]:
        """The safetensors of a model (those under `folder`; the index alone where there is one), digests checked.

        A digest is computed once and then remembered with the file's size and time of change.
        Raises: NotFound, LicenceRefused, WeightsMissing, WeightsBroken.
        """
        model = self.model(name, version)
        home = self.check(name, version)
        prefix = f"{folder.rstrip('/')}/" if folder else ""
        wanted = [file for file in model.files if file.path.startswith(prefix) and ".safetensors" in file.path]
        if not wanted:
            raise WeightsBroken(f"Expected safetensors of {model.label} in {folder or 'its folder'}, its manifest has none.")
        receipts = Receipts(home)
        for file in wanted:
            self._compare(model, file, receipts.digest(file.path))
        indexes = [home / file.path for file in wanted if file.path.endswith(".index.json")]
        return tuple(indexes or [home / file.path for file in wanted])

    def verify(self, name: str, version: str = "") -> None:
        """Read every file of the model and compare its digest.

        Raises: NotFound, WeightsMissing and WeightsBroken (with all files that are lacking, as `check` tells them).
        """
        found = self.state(name, version)
        receipts = Receipts(self._whole(found))
        for file in found.model.files:
            self._compare(found.model, file, receipts.digest(file.path, fresh=True))

    def fetch(self, label: str, progress: Progress | None = None) -> tuple[str, ...]:
        """Have the model (`name` or `name@version`) here, whole and checked, from the first source that can give it.

        Files already right stay. What the user should know is returned: digests that were pinned because none was known.
        Raises: NotFound, Unavailable (no source could, with each one's reason), StorageFull, InvalidSetting.
        """
        name, version = split_label(label)
        self.manifest.model(name, version)
        try:
            if self._is_here(self.model(name, version)):
                return ()  # in a folder that cannot be written, too, as an image's
            with alone(self.folder, name):
                return self._fetch(self.model(name, version), progress if progress is not None else _silent)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull(
                    f"Expected room for the model {name} ({size_if_known(self.model(name, version).size)}) in {self.folder}, "
                    "found the disk full: free some or set AIPROD_MODELS_DIR to another folder."
                ) from error
            raise InvalidSetting(
                f"Expected a folder for models that can be written, found {self.folder} ({error.strerror}): "
                "set AIPROD_MODELS_DIR to another."
            ) from error

    def label(self, model: Model) -> str:
        """How the command line names that version: without a number where it is the one in use by default."""
        return model.name if self.manifest.model(model.name).version == model.version else model.label

    def home(self, model: Model) -> Path:
        """The folder of that version."""
        return self.folder / model.name / model.version

    def _fetch(self, model: Model, progress: Progress) -> tuple[str, ...]:
        by_whom = ""
        if not model.files:
            model, by_whom = self._listed(model)
        known = {file.path: file.sha256 for file in self.manifest.model(model.name, model.version).files}
        receipts = Receipts(self.home(model))
        lacking = self._wrong(model)
        if not lacking:
            return ()
        if model.narrowing and self._supply.access.mirror and not by_whom:
            with suppress(SourceFailed):  # then its files are the publisher's
                model = self._mirrored(model)
                lacking = self._wrong(model)
        pinned: dict[str, Pin] = {}

        def pin(got: Mapping[str, Pin]) -> None:
            pinned.update({path: one for path, one in got.items() if one.made_of or not known.get(path)})
            self._pins.add(model, pinned)

        scratch = self.folder / ".partial" / f"{model.name}-{model.version}"
        got = Fetch(
            model=model, label=self.label(model), lacking=lacking, home=self.home(model), scratch=scratch,
            access=self._supply.access, patience=self._supply.patience, origin=self._origin, pin=pin,
        ).run(progress)  # fmt: skip
        receipts.add({path: one.sha256 for path, one in got.items()})
        made = {path: pinned.pop(path) for path in got if got[path].made_of}
        stated = {file.path for file in lacking if file.sha256}
        return (*self._told(model, made), *(
            f"No digest of {path} of {model.label} was known: what came ({size_of(one.size)}, SHA-256 {one.sha256}"
            f"{f', as {by_whom} states' if path in stated else ''}) is pinned in {self.folder / LOCK}, and nothing else is taken "
            "for it from now on."
            for path, one in pinned.items()
        ))  # fmt: skip

    def _told(self, model: Model, made: Mapping[str, Pin]) -> Iterator[str]:
        """What was rewritten here, in a sentence."""
        if made:
            published = size_of(sum(one.made_of.size for one in made.values() if one.made_of))
            yield (
                f"{len(made)} files of {model.label} that are published as float32 are kept as bf16, "
                f"{size_of(sum(one.size for one in made.values()))} instead of {published}: their digests and those of the published "
                f"files are pinned in {self.folder / LOCK}."
            )

    def _listed(self, model: Model) -> tuple[Model, str]:
        """The model with its files as the team's mirror has pinned them or the first of its hubs lists them, and whose word
        that is. Raises: Unavailable."""
        from aiprod.models.sources.listing import list_files

        reasons: list[str] = []
        if self._supply.access.mirror:
            try:
                return self._mirrored(model), "the mirror"
            except SourceFailed as error:
                reasons.append(f"{self._supply.access.mirror}: {error}")
        for source in model.sources:
            if isinstance(source, HubSource):
                try:
                    files = list_files(source, model.folders, self._supply.access, self._supply.patience)
                    return msgspec.structs.replace(model, files=files), "the hub"
                except SourceFailed as error:
                    reasons.append(f"{source}: {error}")
        raise Unavailable(
            f"The files of the model {model.name} could not be listed ({'; '.join(reasons)}): check the network and run "
            f"`aiprod models fetch {self.label(model)}` again."
        )

    def _mirrored(self, model: Model) -> Model:
        """The model with its files as the mirror's own `models.lock` has them. Raises: SourceFailed."""
        from aiprod.models.sources.download import download_all

        access = self._supply.access
        with TemporaryDirectory(dir=self.folder) as name:
            folder = Path(name)
            lock = access.wanted(BucketSource(address=access.mirror), (ModelFile(path=LOCK),))
            download_all(lock, folder, lambda _: None, self._supply.patience)
            pinned = Pins(folder).completed(model)
        if not pinned.files:
            raise SourceFailed(f"its {LOCK} has no {model.label}")
        return pinned

    def _whole(self, found: ModelState) -> Path:
        """The folder of a model that is all here, by sizes. Raises: WeightsMissing, WeightsBroken."""
        if found.state == "present":
            return found.folder
        error = WeightsMissing if found.state == "missing" else WeightsBroken
        raise error(f"{self.describe_lacking(found)} Run `aiprod models fetch {self.label(found.model)}`.")

    def _place(self, model: Model, file: ModelFile) -> Path:
        """A file's path, if it is there with its size. Raises: WeightsMissing, WeightsBroken (as `check` tells them)."""
        path = self.home(model) / file.path
        if not path.is_file() or (file.size and path.stat().st_size != file.size):
            self._whole(self.state(model.name, model.version))
        return path

    def _origin(self, name: str) -> Path:
        self.fetch(name)
        return self.home(self.model(name))

    def _is_here(self, model: Model) -> bool:
        """Whether every file is here and right."""
        return bool(model.files) and not self._wrong(model)

    def _wrong(self, model: Model) -> tuple[ModelFile, ...]:
        """The files that are not here, or not what they must be."""
        receipts = Receipts(self.home(model))
        return tuple(file for file in model.files if not self._is_right(model, file, receipts))

    def _is_right(self, model: Model, file: ModelFile, receipts: Receipts) -> bool:
        path = self.home(model) / file.path
        if not path.is_file() or (file.size and path.stat().st_size != file.size) or lies_wide(model, file.path, path):
            return False
        return not file.sha256 or receipts.digest(file.path) == file.sha256

    def _compare(self, model: Model, file: ModelFile, found: str) -> None:
        if file.sha256 and found != file.sha256:
            raise WeightsBroken(
                f"Expected SHA-256 {file.sha256[:12]}... for {file.path} of the model {model.name}, found {found[:12]}...: "
                f"run `aiprod models fetch {self.label(model)}` to fetch it again."
            )


def _whole_size(model: Model) -> str:
    """What is known of a model's size where not every file's is."""
    return f"about {model.about_gb:g} GB" if model.about_gb else "of unknown size in all"


def _silent(step: FetchStep) -> None:
    """Nobody is told."""


__all__ = ["FetchStep", "ModelState", "Progress", "Registry", "Supply", "default_folder", "size_if_known", "size_of"]
