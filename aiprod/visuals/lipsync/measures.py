"""How well a mouth follows a voice, measured on the pixels alone: no network is asked.

The mouth's pictures, one a frame, change most in one way: they open and close. How far along that way each picture is, is
held against the voice's loudness, a few frames earlier and later. Shapes: F frames.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from aiprod.models.pictures import Picture
from aiprod.visuals.lipsync.speaking import Curve
from aiprod.visuals.lipsync.tracking import Box

Patch = npt.NDArray[np.float32]

ROWS, COLUMNS = (0.52, 0.94), (0.22, 0.78)
"""Where the mouth is in a face's box."""
CELLS = (14, 20)
MOST_LAG_SECONDS = Fraction(1, 5)
FEWEST_FRAMES = 12
STILL_LEVELS = 0.6
"""A mouth that changes less, of 255 levels, stands still: the rest is noise and encoding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """How well a mouth follows the voice, 0 (not at all) to 1, and by how many frames it is late (negative: early)."""

    correlation: float
    lag_frames: int


def mouth_patch(picture: Picture, box: Box) -> Patch:
    """The mouth of a face in its box, small, in luma about its own mean. Parts of pixels count: a place that trembles by one
    would look like lips that move."""
    from PIL import Image

    width, height = box.right - box.left, box.bottom - box.top
    left, right = (box.left + part * width for part in COLUMNS)
    top, bottom = (box.top + part * height for part in ROWS)
    # Bilinear, for then parts of pixels at the edges count by their share.
    rows, columns = CELLS
    small = Image.fromarray(picture).convert("F").resize(
        (columns, rows), Image.Resampling.BILINEAR,
        box=(max(0.0, left), max(0.0, top), min(float(picture.shape[1]), right), min(float(picture.shape[0]), bottom)),
    )  # fmt: skip
    patch = np.array(small, dtype=np.float32)
    patch -= patch.mean()
    return patch


def measure_following(patches: Mapping[int, Patch], voice: Curve, rate: Fraction) -> Following:
    """The strongest agreement of mouth and loudness at any lag up to a fifth of a second; 0 for a mouth that stands still."""
    none = Following(correlation=0.0, lag_frames=0)
    if len(patches) < FEWEST_FRAMES:
        return none
    frames = np.array(sorted(patches))
    pictures = _held_still(np.stack([patches[int(frame)] for frame in frames]))
    directions, strengths, _ = np.linalg.svd(pictures, full_matrices=False)
    openness = directions[:, 0] * strengths[0]
    if float(np.sqrt(np.mean(openness**2) / pictures.shape[1])) < STILL_LEVELS:
        return none
    most = max(1, int(MOST_LAG_SECONDS * rate))
    found = {lag: _agreement(openness, frames - lag, voice) for lag in range(-most, most + 1)}
    # Which way along the direction is open, nothing tells: the same lag would be chosen for either.
    lag = max(found, key=lambda one: (abs(found[one]), -abs(one)))
    return Following(correlation=abs(found[lag]), lag_frames=lag)


def _held_still(patches: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """What changes in the pictures but for what moving or scaling all of them explains. Shapes: (F, h, w) to (F, h w)."""
    mean = patches.mean(axis=0)
    down, across = np.gradient(mean)
    y, x = np.mgrid[: mean.shape[0], : mean.shape[1]]
    moves = np.stack([one.ravel() for one in (down, across, y * down, x * across)])
    changes = (patches - mean).reshape(len(patches), -1)
    explained, *_ = np.linalg.lstsq(moves.T, changes.T, rcond=None)
    found: npt.NDArray[np.float32] = changes - (moves.T @ explained).T
    return found


def _agreement(openness: npt.NDArray[np.float32], heard_at: npt.NDArray[np.int64], voice: Curve) -> float:
    inside = (heard_at >= 0) & (heard_at < len(voice))
    if inside.sum() < FEWEST_FRAMES:
        return 0.0
    seen, heard = openness[inside].astype(np.float64), voice[heard_at[inside]]
    spread = seen.std() * heard.std()
    return float(((seen - seen.mean()) * (heard - heard.mean())).mean() / spread) if spread > 1e-9 else 0.0
