"""Weights of four bytes a number rewritten in two: float32 to bf16, rounded as torch rounds, a piece at a time.

Knows the safetensors form and needs no torch. The same file always gives the same bytes, so that they have one SHA-256 on every
machine; where it was made from is written in its header.
"""

import hashlib
import json
import math
import struct
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from aiprod.models.weights.safetensors import ITEM_BYTES, Entry, has_part, read_header

WIDE, NARROW = "F32", "BF16"
PIECE_NUMBERS = 1 << 22
ORIGIN = "made_of_sha256"
"""What the header calls the digest of the file that it was made of."""
_QUIET = 0x40
"""A number that is none stays none, whichever of its bits are cut off."""


def is_wide(path: Path, float32: Collection[str]) -> bool:
    """Whether the file has numbers to be rewritten; keys with one of `float32` between their dots stay. Raises: WeightsMissing,
    WeightsBroken."""
    return any(_narrows(key, entry, float32) for key, entry in read_header(path).entries.items())


def write_narrow(path: Path, target: Path, float32: Collection[str], origin_sha256: str) -> tuple[int, str]:
    """Rewrite the file; the size and the SHA-256 of what was written. Raises: WeightsMissing, WeightsBroken, OSError."""
    header = read_header(path)
    kinds = {key: NARROW if _narrows(key, entry, float32) else entry.dtype for key, entry in header.entries.items()}
    # Wider numbers first, so that each begins at a multiple of its size and can be used where it lies.
    order = sorted(header.entries, key=lambda key: (-ITEM_BYTES[kinds[key]], header.entries[key].start))
    described: dict[str, object] = {"__metadata__": {**header.metadata, ORIGIN: origin_sha256}}
    place = 0
    for key in order:
        shape = header.entries[key].shape
        size = math.prod(shape) * ITEM_BYTES[kinds[key]]
        described[key] = {"dtype": kinds[key], "shape": list(shape), "data_offsets": [place, place + size]}
        place += size
    text = json.dumps(described, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as content, target.open("wb") as out:
        for piece in _pieces(content, [(header.entries[key], kinds[key]) for key in order], struct.pack("<Q", len(text)) + text):
            out.write(piece)
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def to_bf16(values: npt.NDArray[np.float32]) -> npt.NDArray[np.uint16]:
    """The upper halves of numbers, rounded to the nearest, to the even one of two. Shapes: (n) to (n).

    >>> [hex(one) for one in to_bf16(np.array([1.0, 1.00390625, 1.01171875], np.float32))]
    ['0x3f80', '0x3f80', '0x3f82']
    """
    bits = values.view(np.uint32)
    upper = bits >> np.uint32(16)
    rounded: npt.NDArray[np.uint16] = ((bits + np.uint32(0x7FFF) + (upper & np.uint32(1))) >> np.uint32(16)).astype(np.uint16)
    none = np.isnan(values)
    rounded[none] = upper[none].astype(np.uint16) | np.uint16(_QUIET)
    return rounded


def _pieces(content: IO[bytes], entries: list[tuple[Entry, str]], opening: bytes) -> Iterator[bytes]:
    yield opening
    for entry, kind in entries:
        content.seek(entry.start)
        left = entry.end - entry.start
        while left:
            piece = content.read(min(left, PIECE_NUMBERS * ITEM_BYTES[WIDE]))
            left -= len(piece)
            yield piece if kind == entry.dtype else to_bf16(np.frombuffer(piece, dtype="<f4")).astype("<u2", copy=False).tobytes()


def _narrows(key: str, entry: Entry, float32: Collection[str]) -> bool:
    return entry.dtype == WIDE and not has_part(key, float32)
