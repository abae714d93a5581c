"""Tiny models in the real folder layout, built once; a registry that has them under the names of the real ones."""

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import torch
from torch._dynamo.utils import counters

from aiprod.models.diffusion.devices import Device, ProcessorDevice
from aiprod.models.diffusion.studio import Studio
from aiprod.models.diffusion.tuning import Options
from aiprod.models.manifest import HubSource, Manifest, Model, ModelFile
from aiprod.models.registry import Registry
from tests.tiny_weights.build import build
from tests.tiny_weights.threads import one_thread

__all__ = ["one_thread"]

STANDS_FOR = {
    "wan2.2-ti2v-5b": "wan-ti2v", "wan2.2-t2v-a14b": "wan-a14b", "wan2.2-i2v-a14b": "wan-i2v",
    "ltx-video-2b": "ltx", "ltx-2": "ltx2",
}  # fmt: skip


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a tiny model."""
    folder = tmp_path_factory.mktemp("tiny")

    def find(name: str) -> Path:
        return folder / name if (folder / name).is_dir() else build(name, folder)

    return find


@pytest.fixture(scope="session")
def studio(tiny: Callable[[str], Path]) -> Callable[..., Studio]:
    """A tiny model, loaded; one on the plain processor is loaded once."""
    plain: dict[str, Studio] = {}

    def open_studio(name: str, device: Device | None = None, options: Options | None = None) -> Studio:
        if device is None and options is None:
            if name not in plain:
                plain[name] = Studio(tiny(name), ProcessorDevice())
            return plain[name]
        return Studio(tiny(name), device or ProcessorDevice(), options)

    return open_studio


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks are compiled here as on a GPU, but for the last step, which writes kernels."""
    torch._dynamo.reset()
    counters.clear()
    monkeypatch.setattr(torch, "compile", partial(torch.compile, backend="eager"))


@pytest.fixture(scope="session")
def registry(tiny: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """Tiny models under the names of real ones, as if they had been fetched."""
    folder = tmp_path_factory.mktemp("models")
    for name, stand_in in STANDS_FOR.items():
        home = folder / name / "1.0.0"
        home.parent.mkdir(parents=True)
        home.symlink_to(tiny(stand_in))
    return open_registry(folder)


def open_registry(folder: Path) -> Registry:
    """The registry of the tiny models that lie in a folder, for another process too."""
    models = []
    for name in STANDS_FOR:
        home = (folder / name / "1.0.0").resolve()
        files = tuple(
            ModelFile(path=str(path.relative_to(home)), size=path.stat().st_size, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
            for path in sorted(home.rglob("*")) if path.is_file()
        )  # fmt: skip
        models.append(Model(
            name=name, version="1.0.0", title="a tiny model", licence="Apache-2.0", commercial="yes", terms="For tests.",
            files=files, sources=(HubSource(repository="nobody/nothing", revision="main"),),
        ))  # fmt: skip
    return Registry(folder, Manifest(models=tuple(models)))
