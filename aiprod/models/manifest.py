"""What models there are, what their files must be and where each may be had; read from `manifest.toml`.

Knows the manifest's form and nothing of networks or folders on disk. Several versions of a model stand side by side, an
entry each; the first is the one in use where nobody has promoted another (`promotion.py`).
"""

import re
import tomllib
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Annotated, Literal, TypeAlias

import msgspec

from aiprod.errors import InvalidInput, NotFound

Version: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^\d+\.\d+\.\d+$")]
Sha256: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?$")]
Bytes: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]


class Published(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A publisher's file, of which one here was made."""

    size: Bytes
    sha256: Sha256


class ModelFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of a model. `sha256` is the digest of the publisher's own release; "" where none is known: then the first
    fetch pins what it got on this machine (`pins.py`), and says so. `size` 0 is unknown in the same way. A file that was rewritten
    here has its own, and in `made_of` those of the publisher's."""

    path: str
    size: Bytes = 0
    sha256: Sha256 = ""
    made_of: Published | None = None

    @property
    def published(self) -> "ModelFile":
        """The file as its publisher has it."""
        made_of = self.made_of
        return self if made_of is None else ModelFile(path=self.path, size=made_of.size, sha256=made_of.sha256)


class UrlSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="url", tag_field="kind"):
    """The publisher's own addresses: file -> URL."""

    addresses: dict[str, str]

    def __str__(self) -> str:
        return "the publisher's site"


class HubSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="hub", tag_field="kind"):
    """A repository of the Hugging Face hub at a revision; `members` are the files whose path is another one there."""

    repository: str
    revision: str
    members: dict[str, str] = {}

    def __str__(self) -> str:
        return f"the hub ({self.repository})"


class BucketSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="bucket", tag_field="kind"):
    """A folder in Cloud Storage (gs://bucket/folder) or on a web server, in which the files lie by their paths."""

    address: str

    def __str__(self) -> str:
        return self.address


class PythonSource(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="python-packages", tag_field="kind"
):
    """Python packages ("name==version") that carry the files: file -> members to join, in order."""

    packages: list[str]
    members: dict[str, list[str]]

    def __str__(self) -> str:
        return "Python packages"


class NodeSource(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="node-package", tag_field="kind"
):
    """A Node package ("name@version"): file -> member, or npz file -> folder of raw float32 voice vectors."""

    package: str
    members: dict[str, str] = {}
    vectors: dict[str, str] = {}

    def __str__(self) -> str:
        return "a Node package"


class ConversionSource(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="conversion", tag_field="kind"
):
    """Another model of this manifest, rewritten by a converter of ours."""

    converter: str
    model: str

    def __str__(self) -> str:
        return f"conversion of {self.model}"


Source: TypeAlias = UrlSource | HubSource | BucketSource | PythonSource | NodeSource | ConversionSource


class Narrowing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Safetensors in `folders` whose numbers are published as float32 are rewritten in bf16, which is what they are used as, when
    they have been fetched and found right; keys with one of `float32` between their dots stay. Whether a file has such numbers, its
    own header says. `about_gb` is what the whole model takes here afterwards (0: not known)."""

    folders: tuple[str, ...]
    float32: tuple[str, ...] = ()
    about_gb: float = 0.0

    @property
    def told(self) -> str:
        """What of the model stays here, in a sentence and a blank ("" where it is not known)."""
        return f"About {self.about_gb:g} GB of it stay, for float32 is kept as bf16. " if self.about_gb else ""

    def touches(self, path: str) -> bool:
        """Whether a file of that path may have numbers to be rewritten."""
        return path.endswith(".safetensors") and PurePosixPath(path).parent.as_posix() in self.folders


class Quality(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure of how good a model is, and who measured it on what."""

    measure: str
    value: float
    better: Literal["higher", "lower"]
    source: str


class Model(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A version of a model: its files, what it may be used for, what it needs, and its sources in the order to try.

    `commercial` is whether films made with it may be sold: yes, no, or on conditions that `terms` tells. `excluded` are
    the countries (ISO 3166 codes, or EU) where it may not be used. `marks` says what mark must stay on what it makes.
    Where `files` are not known, the first fetch asks the hub for those in `folders` and pins them; `about_gb` says how
    large they are. `narrowing` says which are rewritten here.
    """

    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    version: Version
    title: str
    licence: str
    commercial: Literal["yes", "no", "conditions"]
    terms: str
    excluded: tuple[str, ...] = ()
    marks: str = ""
    memory_gb: float = 0.0
    gpu_memory_gb: float = 0.0
    quality: tuple[Quality, ...] = ()
    files: tuple[ModelFile, ...] = ()
    folders: tuple[str, ...] = ()
    about_gb: float = 0.0
    narrowing: Narrowing | None = None
    sources: tuple[Source, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all its files, as well as they are known."""
        return sum(file.size for file in self.files) or round(self.about_gb * 1e9)

    @property
    def label(self) -> str:
        """Name and version, as the command line takes them."""
        return f"{self.name}@{self.version}"

    def file(self, path: str) -> ModelFile:
        """The file of that path. Raises: NotFound."""
        for file in self.files:
            if file.path == path:
                return file
        known = ", ".join(file.path for file in self.files)
        raise NotFound(f"The model {self.name} has the files {known}, and none called {path!r}.")


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All models AIPROD knows, every version of each."""

    models: tuple[Model, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every model's name, once."""
        return tuple(dict.fromkeys(model.name for model in self.models))

    def versions(self, name: str) -> tuple[Model, ...]:
        """Every version of the model, the one in use by default first. Raises: NotFound with the names there are."""
        found = tuple(model for model in self.models if model.name == name)
        if not found:
            raise NotFound(f"Expected a model among {', '.join(self.names)}, found {name!r}.")
        return found

    def model(self, name: str, version: str = "") -> Model:
        """That version of the model ("": the one in use by default). Raises: NotFound with what there is."""
        found = self.versions(name)
        if not version:
            return found[0]
        for model in found:
            if model.version == version:
                return model
        known = ", ".join(model.version for model in found)
        raise NotFound(f"Expected a version of {name} among {known}, found {version!r}.")


def split_label(label: str) -> tuple[str, str]:
    """Name and version of `name@version`; the version is "" where only a name is given."""
    name, _, version = label.partition("@")
    return name, version


def parse_manifest(text: str) -> Manifest:
    """A manifest from its TOML text. Raises: InvalidInput."""
    try:
        manifest = msgspec.convert(tomllib.loads(text), Manifest)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InvalidInput("models manifest", expected="models with files and sources", found=str(error)) from error
    labels = [model.label for model in manifest.models]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise InvalidInput("models manifest", expected="every version of a model once", found=f"{twice[0]} again")
    for model in manifest.models:
        if not model.files and not (model.folders and any(isinstance(source, HubSource) for source in model.sources)):
            raise InvalidInput("models manifest", expected=f"files of {model.label}, or folders of a hub", found="neither")
        for file in model.files:
            parts = PurePosixPath(file.path).parts
            if file.path.startswith("/") or ".." in parts or re.search(r"[\\:\0]", file.path):
                raise InvalidInput(
                    "models manifest", expected=f"files inside the folder of {model.name}", found=repr(file.path)
                )
    return manifest


def own_manifest() -> Manifest:
    """The manifest that comes with AIPROD."""
    return parse_manifest(files("aiprod.models").joinpath("manifest.toml").read_text(encoding="utf-8"))
