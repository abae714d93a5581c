"""Arrays out of what torch.save wrote, rewritten as safetensors: without torch, and without running what the file names.

Such a file is a pickle, which may name anything to be called while it is read. Here it may name an ordered dictionary,
tensors and their storages, and nothing else; any other name ends the reading before anything is called. Knows both forms:
a zip archive, and the older row of pickles with the numbers behind them.
"""

import pickle
import struct
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

import numpy as np

from aiprod.errors import WeightsBroken
from aiprod.models.weights.safetensors import Array, write_arrays

PUBLISHED, SETTINGS = "published.pth", "config.json"
"""What a release that is rewritten is called here, whatever its publisher calls it."""
_KINDS = {"FloatStorage": "<f4", "HalfStorage": "<f2", "DoubleStorage": "<f8", "LongStorage": "<i8"}
_MAGIC = 0x1950A86A20F9469CFC6C
"""What the first pickle of the older form says."""
_COUNTER = "num_batches_tracked"
"""Counts of training steps beside a normalisation: of no use afterwards, and not in every release."""


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str


@dataclass(frozen=True, slots=True)
class _Storage:
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Tensor:
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    steps: tuple[int, ...]


Fetch: TypeAlias = Callable[[_Storage], Array]


def write_from_torch(folder: Path, target: Path) -> None:
    """Write the named tensors of the archive in a folder as safetensors, real numbers in half precision; the network's
    settings, if they lie beside it, go into the metadata. Raises: WeightsBroken."""
    settings = folder / SETTINGS
    metadata = {"config": settings.read_text(encoding="utf-8")} if settings.is_file() else {}
    write_arrays(target, read_torch(folder / PUBLISHED), metadata)


def read_torch(source: Path, within: str = "", precision: type[np.float16 | np.float32] = np.float16) -> dict[str, Array]:
    """The tensors of an archive by name, or those of what is called `within` in it; real numbers in that precision.

    Raises: WeightsBroken.
    """
    try:
        with _opened(source) as (found, fetch):
            return _arrays(found[within] if within else found, fetch, precision)
    except (pickle.UnpicklingError, zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, AttributeError,
            struct.error, IndexError) as error:  # fmt: skip
        raise WeightsBroken(
            f"Expected tensors by name in {source.name}, as torch.save writes them, found something else ({error}); "
            "fetch the model again."
        ) from error


class _Reader(pickle.Unpickler):
    """A reader that knows the few names that tensors need; `kinds` are those of the storages that it met."""

    def __init__(self, content: IO[bytes]) -> None:
        super().__init__(content)
        self.kinds: dict[str, str] = {}

    def find_class(self, module: str, name: str) -> object:
        known: dict[tuple[str, str], object] = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): _tensor,
            ("torch._utils", "_rebuild_parameter"): _parameter,
        }
        if (module, name) in known:
            return known[module, name]
        if module == "torch" and name in _KINDS:
            return _Kind(name)
        raise pickle.UnpicklingError(f"it names {module}.{name}, which no tensor needs")

    def persistent_load(self, pid: object) -> _Storage:
        if not isinstance(pid, tuple) or len(pid) < 3 or pid[0] != "storage" or not isinstance(pid[1], _Kind):
            raise pickle.UnpicklingError("it refers to something that is no storage")
        self.kinds[str(pid[2])] = pid[1].name
        return _Storage(str(pid[2]), pid[1].name)


def _tensor(storage: _Storage, offset: int, shape: tuple[int, ...], steps: tuple[int, ...], *_: object) -> _Tensor:
    return _Tensor(storage, offset, tuple(shape), tuple(steps))


def _parameter(data: _Tensor, *_: object) -> _Tensor:
    return data


@contextmanager
def _opened(source: Path) -> Iterator[tuple[Any, Fetch]]:
    """What the archive holds, and how its storages are had."""
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            yield _from_zip(archive)
    else:
        with source.open("rb") as content:
            yield _from_row(content)


def _from_zip(archive: zipfile.ZipFile) -> tuple[Any, Fetch]:
    (index,) = (name for name in archive.namelist() if name.endswith("/data.pkl"))
    with archive.open(index) as content:
        found = _Reader(content).load()
    folder = index.removesuffix("data.pkl") + "data/"
    return found, lambda storage: np.frombuffer(archive.read(folder + storage.key), _KINDS[storage.kind])


def _from_row(content: IO[bytes]) -> tuple[Any, Fetch]:
    if _Reader(content).load() != _MAGIC:
        raise ValueError("it begins otherwise")
    for _ in ("protocol", "system"):
        _Reader(content).load()
    reader = _Reader(content)
    found = reader.load()
    stored: dict[str, Array] = {}
    for key in map(str, _Reader(content).load()):
        (count,) = struct.unpack("<q", content.read(8))
        kind = np.dtype(_KINDS[reader.kinds[key]])
        stored[key] = np.frombuffer(content.read(count * kind.itemsize), kind, count)
    return found, lambda storage: stored[storage.key]


def _tensors(found: object) -> dict[str, _Tensor]:
    if not isinstance(found, dict) or not all(isinstance(one, _Tensor) for one in found.values()):
        raise TypeError("it holds more than tensors by name")
    return {str(name): one for name, one in found.items()}


def _arrays(found: object, fetch: Fetch, precision: type[np.float16 | np.float32]) -> dict[str, Array]:
    """Each tensor in its shape, copied out of its storage."""
    arrays: dict[str, Array] = {}
    for name, one in _tensors(found).items():
        if name.endswith(_COUNTER):
            continue
        numbers = fetch(one.storage)
        last = one.offset + sum((size - 1) * step for size, step in zip(one.shape, one.steps, strict=True))
        if one.offset < 0 or min(one.steps, default=0) < 0 or not (0 in one.shape or last < len(numbers)):
            raise ValueError(f"{name} reaches beyond its storage")
        strides = [step * numbers.itemsize for step in one.steps]
        view = np.lib.stride_tricks.as_strided(numbers[one.offset :], one.shape, strides, writeable=False)
        arrays[name] = view.astype(precision) if numbers.dtype.kind == "f" else view.copy()
    return arrays
