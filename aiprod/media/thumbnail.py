"""Chooses the film's best frame, for the thumbnail and the poster.

Knows what makes a frame look good small: light, sharp, colourful, away from transitions, nothing written over it, and
what draws the eye above the title. Draws nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.errors import MediaBroken
from aiprod.media.stills import Picture, read_key_frames
from aiprod.profiles import Shape
from aiprod.timeline import Timeline

LOOK_PX = 160
"""Frames are judged with their shorter side at this size."""
BLANK_CONTRAST = 0.035
NEAR_CUT_COST = 0.05
LETTERED_COST = 0.5
"""More than two fair pictures differ by: a frame that is written over is chosen where no other one shows anything."""
NEAR_SPREAD, FAR_SPREAD = 1 / 53, 1 / 7
"""What draws the eye differs from what is around it: how far "it" and "around" reach, in parts of the shorter side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameChoice:
    """A good frame: its number in the film, the scene it shows, its number in that scene's clip."""

    frame: int
    scene: int
    clip_frame: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What hides a part of a picture: `lettered` are the stretches of each scene's clip when figures, names or charts
    are written over it, in parts of the clip; the title will stand from `title_top` down, in parts of the height."""

    lettered: Mapping[int, Sequence[tuple[float, float]]] = field(default_factory=dict)
    title_top: float = 1.0


def choose_frame(film: Path, shape: Shape, timeline: Timeline, covered: Covered | None = None) -> FrameChoice:
    """The best key frame of a body. Raises: MediaBroken, when the whole film is blank.

    With `clip_frame` the stage can take the same picture out of the clip, where no subtitle is burned in.
    """
    covered = covered or Covered()
    unit = Fraction(LOOK_PX, min(shape.width_px, shape.height_px))
    small = Shape(width_px=round(shape.width_px * unit), height_px=round(shape.height_px * unit))
    numbers, pictures = read_key_frames(film, small)
    choices: list[FrameChoice] = []
    for segment in timeline.segments:
        for number, picture in zip(numbers, pictures, strict=True):
            inside = number - segment.start_frame
            if segment.kind != "body" or not 0 <= inside < segment.frames:
                continue
            score = score_picture(picture)
            if score > 0:
                scene, clip_frame = segment.scenes[0], segment.offsets[0] + inside
                part = clip_frame / timeline.shot(scene).frames
                hidden = any(start <= part < end for start, end in covered.lettered.get(scene, ()))
                score -= (LETTERED_COST if hidden else 0.0) + (NEAR_CUT_COST if inside == 0 else 0.0)
                score += eye_above(picture, covered.title_top)
                choices.append(FrameChoice(frame=number, scene=scene, clip_frame=clip_frame, score=score))
    if not choices:
        raise MediaBroken("Expected one frame that is not blank in the film, found none; render its clips again.")
    return max(choices, key=lambda choice: (choice.score, -choice.frame))


def score_picture(picture: Picture) -> float:
    """How good a picture looks small, 0 (blank) to about 1. Shape: (height, width, 3), RGB."""
    colours = picture.astype(np.float32) / 255
    luma = colours @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
    if float(luma.std()) < BLANK_CONTRAST:
        return 0.0
    brightness = float(luma.mean())
    light = 1 - min(1.0, abs(brightness - 0.48) / 0.48)
    clipped = float(((luma < 0.03) | (luma > 0.97)).mean())
    edges = np.abs(4 * luma[1:-1, 1:-1] - luma[:-2, 1:-1] - luma[2:, 1:-1] - luma[1:-1, :-2] - luma[1:-1, 2:])
    sharpness = min(1.0, float(edges.mean()) / 0.08)
    contrast = min(1.0, float(luma.std()) / 0.22)
    return max(0.01, 0.28 * light + 0.22 * contrast + 0.22 * sharpness + 0.28 * colourfulness(picture) - 0.3 * clipped)


def colourfulness(picture: Picture) -> float:
    """0 for grey, 1 for very colourful.

    Source: Hasler and Süsstrunk, Measuring colourfulness in natural images, 2003.
    """
    red, green, blue = (picture[..., channel].astype(np.float32) for channel in range(3))
    red_green, yellow_blue = red - green, (red + green) / 2 - blue
    spread = np.hypot(red_green.std(), yellow_blue.std())
    centre = np.hypot(red_green.mean(), yellow_blue.mean())
    return min(1.0, float(spread + 0.3 * centre) / 110)


def eye_above(picture: Picture, row: float) -> float:
    """How much of what draws the eye stands above a row (in parts of the height): 0 to 1. Shape: (height, width, 3).

    Every second row and column is enough for blurs as wide as these, and an eighth of the work.
    """
    from scipy.ndimage import gaussian_filter

    red, green, blue = (picture[::2, ::2, channel].astype(np.float32) / 255 for channel in range(3))
    seen = np.stack([(red + green + blue) / 3, red - green, (red + green) / 2 - blue], axis=2)
    unit = min(red.shape)
    near, far = (gaussian_filter(seen, (spread * unit, spread * unit, 0)) for spread in (NEAR_SPREAD, FAR_SPREAD))
    drawing = np.linalg.norm(near - far, axis=2)
    whole = float(drawing.sum())
    return float(drawing[: round(row * len(drawing))].sum()) / whole if whole else 0.0
