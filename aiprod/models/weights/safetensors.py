"""The safetensors form: a JSON header, then arrays. The same arrays always give the same bytes.

Why our own writer: a converted file must have one SHA-256 on every machine, whatever library versions it has.
"""

import json
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aiprod.errors import WeightsBroken

Array = npt.NDArray[np.generic]

_NAMES = {"float16": "F16", "float32": "F32", "int64": "I64"}
_KINDS = {short: long for long, short in _NAMES.items()}


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


def read_arrays(path: Path) -> tuple[dict[str, Array], dict[str, str]]:
    """The arrays and the strings about them. Raises: WeightsBroken."""
    content = path.read_bytes()
    try:
        (length,) = struct.unpack_from("<Q", content)
        header = json.loads(content[8 : 8 + length])
        metadata = {str(key): str(value) for key, value in header.pop("__metadata__", {}).items()}
        arrays: dict[str, Array] = {}
        for name, entry in header.items():
            first, last = entry["data_offsets"]
            kind = np.dtype(_KINDS[entry["dtype"]])
            part = np.frombuffer(content, dtype=kind, count=(last - first) // kind.itemsize, offset=8 + length + first)
            arrays[name] = part.reshape(entry["shape"])
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise WeightsBroken(f"Expected safetensors in {path.name}, found something else.") from error
    return arrays, metadata
