"""Where one picture of a clip does not go on from the one before. Knows pixels alone."""

import numpy as np
import numpy.typing as npt

from aiprod.models.pictures import Picture, luma

CUT_LEVELS = 28.0
"""How much the light of small patches changes on average, of 255 levels, where one picture does not go on from the other."""
PATCHES = 16
"""Across and down."""


def is_cut(first: Picture, second: Picture) -> bool:
    """Whether the second picture does not go on from the first: the light of its patches is another."""
    return float(np.abs(_patches(first) - _patches(second)).mean()) > CUT_LEVELS


def _patches(picture: Picture) -> npt.NDArray[np.float64]:
    """The mean light of patches of the picture."""
    rows, columns = (max(1, side // PATCHES) for side in picture.shape[:2])
    light = luma(picture[::2, ::2]) if min(rows, columns) > 3 else luma(picture)
    high, wide = (max(1, side // PATCHES) for side in light.shape)
    kept = light[: high * (light.shape[0] // high), : wide * (light.shape[1] // wide)]
    return np.asarray(kept.reshape(kept.shape[0] // high, high, kept.shape[1] // wide, wide).mean(axis=(1, 3)))
