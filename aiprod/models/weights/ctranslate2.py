"""CTranslate2's `model.bin`: a header, then named arrays one after the other.

Knows that form alone (CTranslate2's ModelSpec, binary version 6), not what the arrays mean.
"""

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aiprod.errors import WeightsBroken

Array = npt.NDArray[np.generic]

_TYPES: dict[int, type[np.generic]] = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def read_arrays(path: Path) -> dict[str, Array]:
    """Every array of the file by its name. Raises: WeightsBroken."""
    content = memoryview(path.read_bytes())
    try:
        return _parse(content)
    except (struct.error, KeyError, ValueError, UnicodeDecodeError) as error:
        raise WeightsBroken(f"Expected a CTranslate2 network in {path.name}, found something else.") from error


def _parse(content: memoryview) -> dict[str, Array]:
    place = 0

    def number(form: str) -> int:
        nonlocal place
        (value,) = struct.unpack_from(f"<{form}", content, place)
        place += struct.calcsize(form)
        return int(value)

    def name() -> str:
        nonlocal place
        length = number("H")
        text = bytes(content[place : place + length - 1]).decode("utf-8")
        place += length
        return text

    number("I")  # version of the file's form
    name()
    number("I")  # revision of the network's form
    arrays: dict[str, Array] = {}
    for _ in range(number("I")):
        key = name()
        shape = [number("I") for _ in range(number("B"))]
        kind = _TYPES[number("B")]
        size = number("I")
        arrays[key] = np.frombuffer(content[place : place + size], dtype=kind).reshape(shape)
        place += size
    return arrays
