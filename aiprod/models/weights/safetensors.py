"""The safetensors form: a JSON header, then arrays. The same arrays always give the same bytes.

Knows the form and every way in which a file can break it, and needs no torch. Why our own reader and writer: a
converted file must have one SHA-256 on every machine, and a broken one is told by its file, its key, what was expected
and what was found.
"""

import json
import math
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

import numpy as np
import numpy.typing as npt

from aiprod.errors import WeightsBroken, WeightsMissing

Array = npt.NDArray[np.generic]

ITEM_BYTES = {
    "F64": 8, "I64": 8, "U64": 8, "F32": 4, "I32": 4, "U32": 4, "F16": 2, "BF16": 2, "I16": 2, "U16": 2, "F8_E4M3": 1,
    "F8_E5M2": 1, "I8": 1, "U8": 1, "BOOL": 1,
}  # fmt: skip
MOST_HEADER_BYTES = 100_000_000
MOST_DIMENSIONS = 64
PICKLE_SUFFIXES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")

_NAMES = {"float16": "F16", "float32": "F32", "int64": "I64"}
_KINDS = {short: long for long, short in _NAMES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One array of a file; `start` and `end` count bytes from the file's first."""

    dtype: str
    shape: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a file holds, and a few strings about it."""

    entries: Mapping[str, Entry]
    metadata: Mapping[str, str]


def write_arrays(path: Path, arrays: Mapping[str, Array], metadata: Mapping[str, str]) -> None:
    """Write arrays, sorted by name, and a few strings about them."""
    header: dict[str, object] = {"__metadata__": dict(sorted(metadata.items()))}
    place = 0
    for name, array in sorted(arrays.items()):
        header[name] = {
            "dtype": _NAMES[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [place, place + array.nbytes],
        }
        place += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(text)))
        out.write(text)
        for _, array in sorted(arrays.items()):
            out.write(np.ascontiguousarray(array).tobytes())


def read_header(path: Path) -> Header:
    """What the file holds, once it is sure that all of it is there. Raises: WeightsMissing, WeightsBroken."""
    try:
        size = path.stat().st_size
        with path.open("rb") as content:
            opening = content.read(8)
            _refuse_pickle(path, opening)
            length = struct.unpack("<Q", opening)[0] if len(opening) == 8 else 0
            if MOST_HEADER_BYTES < length <= size - 8:
                raise _broken(path, f"a header of at most {MOST_HEADER_BYTES} bytes", f"one of {length}")
            if not 2 <= length <= size - 8:
                raise _broken(path, "a header that fits into the file", f"{size} bytes that begin otherwise")
            text = content.read(length)
    except FileNotFoundError as error:
        raise WeightsMissing(f"Expected weights in {path}, found no such file: fetch the model again.") from error
    except OSError as error:
        raise WeightsBroken(f"Expected weights in {path}, which cannot be read ({error.strerror}).") from error
    try:
        described = json.loads(text)
        metadata = {str(key): str(value) for key, value in described.pop("__metadata__", {}).items()}
        entries = {str(key): _entry(path, str(key), entry, 8 + length) for key, entry in described.items()}
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise _broken(path, "a JSON header", "something else") from error
    _check_places(path, entries, first=8 + length, size=size)
    return Header(entries=entries, metadata=metadata)


def has_part(key: str, parts: Collection[str]) -> bool:
    """Whether one of the parts stands between the key's dots."""
    return any(part in key.split(".") for part in parts)


def read_arrays(path: Path) -> tuple[dict[str, Array], dict[str, str]]:
    """The arrays and the strings about them. Raises: WeightsMissing, WeightsBroken."""
    header = read_header(path)
    content = path.read_bytes()
    arrays: dict[str, Array] = {}
    for name, entry in header.entries.items():
        if entry.dtype not in _KINDS:
            raise _broken(path, f"numbers of {', '.join(_KINDS)} in {name}", entry.dtype)
        kind = np.dtype(_KINDS[entry.dtype])
        part = np.frombuffer(content, dtype=kind, count=math.prod(entry.shape), offset=entry.start)
        arrays[name] = part.reshape(entry.shape)
    return arrays, dict(header.metadata)


def _refuse_pickle(path: Path, opening: bytes) -> None:
    """A pickle can run code when it is read: it never is. Raises: WeightsBroken."""
    archive = opening.startswith(b"PK\x03\x04")
    # The same two bytes may begin a header's length, whose upper half is nothing.
    bare = opening[:2] in (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05") and opening[4:] != bytes(4)
    if path.suffix.lower() in PICKLE_SUFFIXES or archive or bare:
        raise WeightsBroken(
            f"Expected safetensors, found {path.name}, a form that can hold a pickle and so run code when it is read: "
            "take the model's safetensors release."
        )


def _entry(path: Path, key: str, described: object, first: int) -> Entry:
    """One line of the header. Raises: WeightsBroken."""
    if not isinstance(described, dict):
        raise _broken(path, f"dtype, shape and data_offsets of {key}", repr(described)[:60])
    dtype, shape, offsets = described.get("dtype"), described.get("shape"), described.get("data_offsets")
    if not isinstance(dtype, str) or dtype not in ITEM_BYTES:
        raise _broken(path, f"a dtype among {', '.join(ITEM_BYTES)} for {key}", repr(dtype)[:40])
    if not (_are_counts(shape) and len(shape) <= MOST_DIMENSIONS and _are_counts(offsets) and len(offsets) == 2):
        raise _broken(path, f"a shape and two offsets of {key}", f"{shape!r} and {offsets!r}"[:80])
    entry = Entry(dtype=dtype, shape=tuple(shape), start=first + offsets[0], end=first + offsets[1])
    wanted = math.prod(entry.shape) * ITEM_BYTES[dtype]
    if entry.end - entry.start != wanted:
        raise _broken(path, f"{wanted} bytes of {key} ({dtype}, {list(entry.shape)})", str(entry.end - entry.start))
    return entry


def _are_counts(values: object) -> TypeGuard[list[int]]:
    return isinstance(values, list) and all(type(value) is int and value >= 0 for value in values)


def _check_places(path: Path, entries: Mapping[str, Entry], *, first: int, size: int) -> None:
    """Arrays lie one after the other, to the file's last byte. Raises: WeightsBroken."""
    place = first
    for key, entry in sorted(entries.items(), key=lambda item: (item[1].start, item[1].end)):
        if entry.start != place:
            raise _broken(path, f"{key} at byte {place}", f"byte {entry.start}")
        place = entry.end
    if place != size:
        told = "cut off" if size < place else "with something behind its arrays"
        raise _broken(path, f"{place} bytes", f"{size}, {told}")


def _broken(path: Path, expected: str, found: str) -> WeightsBroken:
    return WeightsBroken(f"{path.name}: expected safetensors with {expected}, found {found}; fetch the model again.")
