"""A made mouth put back into its picture: the lower face alone, in the picture's own colours, with no seam.

Pure. The network gives back the whole face as it was but for its mouth; where the two should be equal and are not, the
difference is spread smoothly over the mouth.
"""

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from aiprod.models.lipsync.painter import SIDE_PX
from aiprod.models.pictures import Picture
from aiprod.visuals.lipsync.tracking import Box

MIDDLE, REACH = (0.5, 0.70), (0.42, 0.28)
"""The mouth's surroundings in a face's box, across and down: between the nose and the chin, from cheek to cheek."""
FEATHER = 0.45
"""The outer part of them in which the made face goes over into the picture."""
SPREAD = 1 / 7
"""How far a difference in colour is spread, as part of the face."""
RING = 0.22
"""How far around the mouth the faces are compared, as part of the face."""
MOST_LEVELS = 48.0
"""A larger difference is no colour cast: something stands before the face."""

Weights = npt.NDArray[np.float32]


def cut_out(picture: Picture, box: Box, side_px: int = SIDE_PX) -> Picture:
    """The box's part of the picture, its edges carried on, as large as a network wants it."""
    from PIL import Image

    return np.asarray(Image.fromarray(_part(picture, box)).resize((side_px, side_px), Image.Resampling.LANCZOS))


def blend(picture: Picture, box: Box, made: Picture, share: float) -> Picture:
    """A new picture with the made face's mouth, as much of it as `share` says."""
    from PIL import Image

    before = _part(picture, box).astype(np.float32)
    height, width = before.shape[:2]
    face = np.asarray(Image.fromarray(made).resize((width, height), Image.Resampling.LANCZOS), dtype=np.float32)
    mouth, ring = _weights(width, height)
    sigma = SPREAD * max(width, height)
    difference = np.clip(before - face, -MOST_LEVELS, MOST_LEVELS) * ring[..., None]
    cast = _spread(difference, sigma) / (_spread(ring, sigma)[..., None] + 1e-4)
    mixed = before + (mouth * share)[..., None] * (face + cast - before)
    whole = picture.copy()
    rows = np.array([row for row in box.rows if 0 <= row < len(picture)])
    columns = np.array([column for column in box.columns if 0 <= column < picture.shape[1]])
    inside = mixed[np.ix_(rows - box.rows.start, columns - box.columns.start)]
    whole[np.ix_(rows, columns)] = np.clip(np.rint(inside), 0, 255).astype(np.uint8)
    return whole


def _spread(values: Weights, sigma: float) -> Weights:
    """Values blurred: a mean over a box three times is as good as a bell here, and takes no longer where the face is large."""
    from scipy.ndimage import uniform_filter

    width = round(math.sqrt(4 * sigma**2 + 1))
    for _ in range(3):
        values = uniform_filter(values, (width, width, 1)[: values.ndim])
    return values


def _part(picture: Picture, box: Box) -> Picture:
    rows = np.clip(np.array(box.rows), 0, picture.shape[0] - 1)
    columns = np.clip(np.array(box.columns), 0, picture.shape[1] - 1)
    return picture[np.ix_(rows, columns)]


@lru_cache(maxsize=8)
def _weights(width: int, height: int) -> tuple[Weights, Weights]:
    """How much is taken from the made face, and where the two are compared. Shapes: (height, width) each."""
    y, x = np.mgrid[:height, :width]
    across, down = ((x + 0.5) / width - MIDDLE[0]) / REACH[0], ((y + 0.5) / height - MIDDLE[1]) / REACH[1]
    # A superellipse: a jaw is squarer than an egg.
    distance = (np.abs(across) ** 2.5 + np.abs(down) ** 2.5) ** (1 / 2.5)
    inside = np.clip((1 - distance) / FEATHER, 0, 1)
    mouth = inside * inside * (3 - 2 * inside)
    ring = np.clip(1 - (distance - 1) / (RING / min(REACH)), 0, 1) * (1 - mouth) ** 2
    return mouth.astype(np.float32), ring.astype(np.float32)
