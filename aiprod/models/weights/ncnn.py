"""Real-ESRGAN's networks out of ncnn's form: the same numbers, half precision, under the names of their training code.

Knows ncnn's binary form as far as convolutions and PReLUs use it, and the order in which these networks hold them.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from aiprod.errors import WeightsBroken
from aiprod.models.weights.safetensors import Array, write_arrays

HALF_PRECISION = 0x01306B47
"""What ncnn writes before numbers of half precision."""
DENSE_BLOCKS = 23
COMPACT_CONVOLUTIONS = 16
FEATURES = 64
GROWTH = 32


def write_realesrgan(source: Path, target: Path) -> None:
    """Write the network of ncnn's file as safetensors. Raises: WeightsBroken."""
    content = source.read_bytes()
    compact = len(content) < 4_000_000
    layers = list(_compact_layers() if compact else _dense_layers())
    arrays: dict[str, Array] = {}
    place = 0
    try:
        for name, shape in layers:
            if len(shape) == 1:
                arrays[f"{name}.weight"] = np.frombuffer(content, "<f4", shape[0], place).astype(np.float16)
                place += 4 * shape[0]
                continue
            if struct.unpack_from("<I", content, place)[0] != HALF_PRECISION:
                raise ValueError(f"{name} begins otherwise")
            count = int(np.prod(shape))
            arrays[f"{name}.weight"] = np.frombuffer(content, "<f2", count, place + 4).reshape(shape)
            place += 4 + -(-2 * count // 4) * 4
            arrays[f"{name}.bias"] = np.frombuffer(content, "<f4", shape[0], place).astype(np.float16)
            place += 4 * shape[0]
    except (struct.error, ValueError) as error:
        raise WeightsBroken(f"Expected one of Real-ESRGAN's networks in {source.name}, found something else.") from error
    if place != len(content):
        raise WeightsBroken(f"Expected {place} bytes in {source.name}, found {len(content)}.")
    write_arrays(target, arrays, {"format": "pt"})


def _dense_layers() -> Iterator[tuple[str, tuple[int, ...]]]:
    yield "conv_first", (FEATURES, 3, 3, 3)
    for block in range(DENSE_BLOCKS):
        for dense in (1, 2, 3):
            for number in (1, 2, 3, 4, 5):
                outside = GROWTH if number < 5 else FEATURES
                yield f"body.{block}.rdb{dense}.conv{number}", (outside, FEATURES + (number - 1) * GROWTH, 3, 3)
    for name in ("conv_body", "conv_up1", "conv_up2", "conv_hr"):
        yield name, (FEATURES, FEATURES, 3, 3)
    yield "conv_last", (3, FEATURES, 3, 3)


def _compact_layers() -> Iterator[tuple[str, tuple[int, ...]]]:
    yield "body.0", (FEATURES, 3, 3, 3)
    yield "body.1", (FEATURES,)
    for number in range(COMPACT_CONVOLUTIONS):
        yield f"body.{2 * number + 2}", (FEATURES, FEATURES, 3, 3)
        yield f"body.{2 * number + 3}", (FEATURES,)
    yield f"body.{2 * COMPACT_CONVOLUTIONS + 2}", (48, FEATURES, 3, 3)
