"""CenterFace's network freed of the one size that its published file declares.

Knows how that file declares its input: pictures of 32 by 32, ten at a time. Source: the dimensions of onnx.proto3.
"""

from pathlib import Path

from aiprod.errors import WeightsBroken

_FIXED = bytes((0x0A, 2, 8, 10, 0x0A, 2, 8, 3, 0x0A, 2, 8, 32, 0x0A, 2, 8, 32))
_FREE = bytes((0x0A, 2, 0x12, 0, 0x0A, 2, 8, 3, 0x0A, 2, 0x12, 0, 0x0A, 2, 0x12, 0))
"""The same with dimensions that have an empty name each, and so any size; no byte behind them moves."""


def write_of_any_size(source: Path, target: Path) -> None:
    """Write the network for pictures of any size. Raises: WeightsBroken."""
    content = source.read_bytes()
    if content.count(_FIXED) != 1:
        raise WeightsBroken(f"Expected CenterFace's published network in {source.name}, found something else; fetch it again.")
    target.write_bytes(content.replace(_FIXED, _FREE))
