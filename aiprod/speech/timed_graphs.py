"""Published ONNX networks opened so that they also tell how long each phoneme lasts.

Knows ONNX's protobuf form just enough to add an output; nothing of voices.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.models.weights.sessions import open_session

if TYPE_CHECKING:
    import onnxruntime

_FLOAT, _INT64 = 1, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraOutput:
    """A tensor inside of a network that is asked for under `name`; `cast` makes whole numbers of it."""

    tensor: str
    name: str
    cast: bool


def open_timed(weights: Path, extra: ExtraOutput, model: str) -> "onnxruntime.InferenceSession":
    """A session on the CPU with the extra output. Raises: EngineMissing, WeightsBroken."""
    return open_session(weights, model, extra_output_bytes(extra))


def extra_output_bytes(extra: ExtraOutput) -> bytes:
    """Bytes that, put after the network's own, give its graph one more output.

    A protobuf message read after another adds to its lists, so nothing of the published file is rewritten.
    """
    if not extra.cast:
        return _part(7, _part(12, _declared(extra.tensor, _FLOAT)))
    to_int64 = _part(1, b"to") + bytes([3 << 3, _INT64]) + b"\xa0\x01\x02"
    cast = _part(1, extra.tensor.encode()) + _part(2, extra.name.encode()) + _part(4, b"Cast") + _part(5, to_int64)
    return _part(7, _part(1, cast) + _part(12, _declared(extra.name, _INT64)))


def _declared(name: str, kind: int) -> bytes:
    """The declaration of an output of that element type."""
    return _part(1, name.encode()) + _part(2, _part(1, bytes([1 << 3, kind])))


def _part(field: int, content: bytes) -> bytes:
    """A length-delimited protobuf field, shorter than 16 KiB."""
    length = len(content)
    size = bytes([length]) if length < 128 else bytes([length & 127 | 128, length >> 7])
    return bytes([field << 3 | 2]) + size + content
