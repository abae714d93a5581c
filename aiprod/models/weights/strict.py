"""Weights out of safetensors into a torch module: strictly, from the mapped file straight to the device.

Knows torch's modules and no particular one; which files a model has, and their digests, is the registry's business.
There is no second copy in memory: the file is mapped, each tensor goes from its pages to the device (on a CPU it stays
where it is mapped), and the module is built without memory for its parameters.
"""

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from aiprod.errors import WeightsBroken, WeightsMissing
from aiprod.models.weights.safetensors import Entry, has_part, read_header

if TYPE_CHECKING:
    import torch

    Module = TypeVar("Module", bound=torch.nn.Module)

MOST_TOLD = 4
INDEX_SUFFIX = ".safetensors.index.json"
CASTABLE = ("F32", "F16", "BF16")
"""Stored kinds of numbers that may be loaded as another kind of real number; any other must be what the module has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An array and the file that it is in."""

    path: Path
    entry: Entry


class _Index(msgspec.Struct, frozen=True):
    """Which shard has which key."""

    weight_map: dict[str, str]


def build_empty(build: Callable[[], "Module"]) -> "Module":
    """The module that `build` makes, its parameters without memory until `load_strict` gives them their content.

    What it computes for itself (tables of positions, masks) is real. A parameter loses its memory as soon as it belongs to
    a module, before anything is written into it.
    """
    from torch.nn import Module, Parameter
    from torch.nn.modules.module import register_module_parameter_registration_hook

    ours = threading.get_ident()

    def without_memory(_module: Module, _name: str, parameter: Parameter | None) -> Parameter | None:
        if parameter is None or parameter.is_meta or threading.get_ident() != ours:
            return None
        return Parameter(parameter.to("meta"), requires_grad=False)

    hook = register_module_parameter_registration_hook(without_memory)  # type: ignore[arg-type]  # its answer is taken
    try:
        return build().eval().requires_grad_(requires_grad=False)
    finally:
        hook.remove()


def load_strict(
    module: "Module",
    files: Sequence[Path],
    *,
    device: "torch.device | str" = "cpu",
    dtype: "torch.dtype | None" = None,
    float32: tuple[str, ...] = (),
) -> "Module":
    """Give every parameter and stored buffer of the module its content, on the device, as `dtype` (None: as stored).

    `files` are safetensors, or an index (`*.safetensors.index.json`) that names its shards; parameters whose key has one
    of `float32` between its dots are loaded in that precision, whatever `dtype` is.

    Raises: WeightsMissing (no such file), WeightsBroken (no safetensors, a pickle, a cut-off file, a missing, extra or
    misshapen key, numbers of another kind): one sentence with file, key, expected and found.
    """
    import torch

    stored = _gather(files)
    expected: dict[str, torch.Tensor] = module.state_dict(keep_vars=True)
    tied = _tied(expected)
    faults = [*_key_faults(expected, stored, tied), *_form_faults(expected, stored, dtype)]
    if faults:
        told = "; ".join(faults[:MOST_TOLD]) + (f"; and {len(faults) - MOST_TOLD} more" * (len(faults) > MOST_TOLD))
        raise WeightsBroken(f"The weights do not fit {type(module).__name__}: {told}. Fetch the model's own release.")
    loaded = _read(stored, device, lambda key: torch.float32 if has_part(key, float32) else dtype)
    for names in tied:
        found = [name for name in names if name in loaded]
        for other in found[1:]:
            if not torch.equal(loaded[found[0]], loaded[other]):
                raise WeightsBroken(
                    f"{stored[other].path.name}: expected {other} equal to {found[0]}, with which "
                    f"{type(module).__name__} shares it, found other numbers. Fetch the model's own release."
                )
        shared = _as_held(loaded[found[0]], expected[names[0]])
        for name in names:
            parent, _, leaf = name.rpartition(".")
            setattr(module.get_submodule(parent), leaf, shared)
    _check_whole(module)
    return module.to(device)


def _gather(files: Sequence[Path]) -> dict[str, Stored]:
    """Every array of the files by its key. Raises: WeightsMissing, WeightsBroken."""
    stored: dict[str, Stored] = {}
    for path, listed in _shards(files):
        header = read_header(path)
        if listed is not None and listed != set(header.entries):
            key = min(listed ^ set(header.entries))
            where = ("in it by its index", "no such key") if key in listed else ("in another by its index", "it here")
            raise WeightsBroken(f"{path.name}: expected {key} {where[0]}, found {where[1]}; fetch the model again.")
        for key, entry in header.entries.items():
            if key in stored:
                raise WeightsBroken(f"{path.name}: expected {key} once, found it in {stored[key].path.name} too.")
            stored[key] = Stored(path=path, entry=entry)
    return stored


def _shards(files: Sequence[Path]) -> Iterable[tuple[Path, set[str] | None]]:
    """The files, an index replaced by its shards with the keys that it says are in each."""
    for path in files:
        if not path.name.endswith(INDEX_SUFFIX):
            yield path, None
            continue
        try:
            places = msgspec.json.decode(path.read_bytes(), type=_Index).weight_map
        except FileNotFoundError as error:
            raise WeightsMissing(f"Expected an index in {path}, found no such file: fetch the model again.") from error
        except (OSError, msgspec.DecodeError, RecursionError) as error:
            raise WeightsBroken(f"{path.name}: expected an index with a weight_map, found something else.") from error
        for shard in sorted(set(places.values())):
            if "/" in shard or "\\" in shard:
                raise WeightsBroken(f"{path.name}: expected shards beside the index, found {shard!r}.")
            yield path.with_name(shard), {key for key, place in places.items() if place == shard}


def _tied(expected: Mapping[str, "torch.Tensor"]) -> list[tuple[str, ...]]:
    """The keys, those together that are one tensor under several names."""
    groups: dict[int, list[str]] = {}
    for name, tensor in expected.items():
        groups.setdefault(id(tensor), []).append(name)
    return [tuple(names) for names in groups.values()]


def _key_faults(
    expected: Mapping[str, "torch.Tensor"], stored: Mapping[str, Stored], tied: list[tuple[str, ...]]
) -> Iterable[str]:
    files = ", ".join(sorted({one.path.name for one in stored.values()})) or "no file"
    for names in tied:
        if not any(name in stored for name in names):
            yield f"{files} without {names[0]} (expected {list(expected[names[0]].shape)}, found nothing)"
    for name in stored.keys() - expected.keys():
        one = stored[name]
        yield f"{one.path.name} with {name} (expected no such key, found {one.entry.dtype} {list(one.entry.shape)})"


def _form_faults(
    expected: Mapping[str, "torch.Tensor"], stored: Mapping[str, Stored], dtype: "torch.dtype | None"
) -> Iterable[str]:
    kinds = _kinds()
    for name, one in stored.items():
        if name not in expected:
            continue
        wanted, entry = expected[name], one.entry
        if tuple(wanted.shape) != entry.shape:
            yield f"{one.path.name}, {name}: expected the shape {list(wanted.shape)}, found {list(entry.shape)}"
        castable = wanted.is_floating_point() and entry.dtype in CASTABLE and dtype is not None
        if not castable and kinds[entry.dtype] != wanted.dtype:
            yield f"{one.path.name}, {name}: expected numbers of {wanted.dtype}, found {kinds[entry.dtype]}"


def _read(
    stored: Mapping[str, Stored], device: "torch.device | str", kind_of: Callable[[str], "torch.dtype | None"]
) -> dict[str, "torch.Tensor"]:
    """The tensors on the device, read in the order in which they lie in each file."""
    import torch

    kinds = _kinds()
    loaded: dict[str, torch.Tensor] = {}
    for path in dict.fromkeys(one.path for one in stored.values()):
        content = _mapped(path)
        inside = [(name, one.entry) for name, one in stored.items() if one.path == path]
        for name, entry in sorted(inside, key=lambda item: item[1].start):
            part = content[entry.start : entry.end]
            stored_kind = kinds[entry.dtype]
            # A tensor's first byte must be a multiple of its numbers' size; a foreign writer need not have kept to it.
            aligned = part if part.storage_offset() % stored_kind.itemsize == 0 else part.clone()
            tensor = aligned.view(stored_kind).view(entry.shape)
            wanted = kind_of(name) if stored_kind.is_floating_point else None
            loaded[name] = tensor.to(device=device, dtype=wanted or stored_kind)
    return loaded


def _mapped(path: Path) -> "torch.Tensor":
    """The file's bytes, mapped; the system is told to read ahead."""
    import torch

    with path.open("rb") as content:
        os.posix_fadvise(content.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
    return torch.from_file(str(path), shared=False, size=path.stat().st_size, dtype=torch.uint8)


def _as_held(tensor: "torch.Tensor", before: "torch.Tensor") -> "torch.Tensor":
    """A parameter where a parameter was."""
    import torch

    return torch.nn.Parameter(tensor, requires_grad=False) if isinstance(before, torch.nn.Parameter) else tensor


def _check_whole(module: "torch.nn.Module") -> None:
    """Raises: WeightsBroken, when something that is not stored was built without memory."""
    for name, tensor in (*module.named_parameters(), *module.named_buffers()):
        if tensor.is_meta:
            raise WeightsBroken(
                f"Expected {name} of {type(module).__name__} in its weights or computed by it, found it without content."
            )


def _kinds() -> "dict[str, torch.dtype]":
    import torch

    return {
        "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
        "F8_E4M3": torch.float8_e4m3fn, "F8_E5M2": torch.float8_e5m2, "I64": torch.int64, "I32": torch.int32,
        "I16": torch.int16, "I8": torch.int8, "U64": torch.uint64, "U32": torch.uint32, "U16": torch.uint16,
        "U8": torch.uint8, "BOOL": torch.bool,
    }  # fmt: skip
