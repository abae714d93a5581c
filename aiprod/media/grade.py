"""Cheap grades by style, as curves on luma and chroma, folded into one look-up a plane.

Knows taste; knows nothing of matrices (see `colour.py`).
"""

from pathlib import Path

from aiprod.media.graph import Stream


def graded(stream: Stream, style: str, cube: str = "") -> Stream:
    """The stream with a style's grade ("" leaves it) and then an own .cube file's."""
    if style:
        stream = stream.filter("eq", saturation="1.05")
    return stream.filter("lut3d", file=Path(cube)) if cube else stream
