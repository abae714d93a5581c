"""A model's files put under a real one's name, pinned as if they had been fetched."""

from collections.abc import Callable
from pathlib import Path

from aiprod.models.manifest import Model, own_manifest
from aiprod.models.pins import Pin, Pins, digest_of
from aiprod.models.settling import lies_wide
from aiprod.models.weights.narrowing import write_narrow


def install(folder: Path, name: str, write: Callable[[Path], Path]) -> Path:
    """The folder of models with that one in it, whose manifest must know no digests of it."""
    model = own_manifest().model(name)
    home = write(folder / model.name / model.version)
    narrow(home, model)
    files = [path for path in sorted(home.rglob("*")) if path.is_file()]
    pins = {str(path.relative_to(home)): Pin(size=path.stat().st_size, sha256=digest_of(path)) for path in files}
    Pins(folder).add(model, pins)
    return folder


def narrow(home: Path, model: Model) -> None:
    """Have the files as a fetch leaves them."""
    for path in sorted(home.rglob("*.safetensors")):
        if model.narrowing and lies_wide(model, path.relative_to(home).as_posix(), path):
            narrower = path.with_name("narrow")
            write_narrow(path, narrower, model.narrowing.float32, digest_of(path))
            narrower.replace(path)
