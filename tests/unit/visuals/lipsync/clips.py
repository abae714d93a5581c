"""A clip of a person who says nothing, words and pictures of it; how a seam shows."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.models.pictures import Picture
from aiprod.profiles import Shape
from aiprod.story import Word
from aiprod.visuals.lipsync.tracking import Box
from aiprod.visuals.pipe import open_clip

RATE = Fraction(25)
SHAPE = Shape(width_px=256, height_px=256)
FRAMES = 36
WORDS = (Word(text="one", start=Fraction(2, 5), end=Fraction(13, 20)), Word(text="two", start=Fraction(7, 10), end=Fraction(1)))
"""They sound in frames 10 to 24, and the mouth moves from frame 8 to 27."""


def write_clip(path: Path, pictures: Sequence[Picture], rate: Fraction = RATE) -> Path:
    shape = Shape(width_px=pictures[0].shape[1], height_px=pictures[0].shape[0])
    with open_clip(path, shape, rate) as pipe:
        for picture in pictures:
            pipe.write(picture.tobytes())
    return path


def border_gradient(picture: Picture, box: Box) -> float:
    """How much neighbours differ along the box's edges, as the eye would see a seam."""
    rows = picture.astype(float)
    inside = (slice(box.rows.start, box.rows.stop), slice(box.columns.start, box.columns.stop))
    across = np.abs(np.diff(rows, axis=1))[inside[0], [box.columns.start - 1, box.columns.stop - 1]]
    down = np.abs(np.diff(rows, axis=0))[[box.rows.start - 1, box.rows.stop - 1], inside[1]]
    return max(float(across.mean()), float(down.mean()))
