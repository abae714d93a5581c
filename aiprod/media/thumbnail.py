"""Chooses the film's best frame, for the thumbnail and the poster.

Knows what makes a frame look good small: light, sharp, colourful, away from transitions. Draws nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.errors import MediaBroken
from aiprod.media.cues import Cue
from aiprod.media.stills import Picture, read_key_frames
from aiprod.profiles import Shape
from aiprod.timeline import Timeline
from aiprod.units import frames_to_seconds

LOOK_PX = 160
"""Frames are judged with their shorter side at this size."""
BLANK_CONTRAST = 0.035
CAPTION_COST = 0.08
NEAR_CUT_COST = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameChoice:
    """A good frame: its number in the film, the scene it shows, its number in that scene's clip."""

    frame: int
    scene: int
    clip_frame: int
    score: float


def choose_frame(film: Path, shape: Shape, timeline: Timeline, cues: Sequence[Cue] = ()) -> FrameChoice:
    """The best key frame of a body. Raises: MediaBroken, when the whole film is blank.

    `cues` are the burned ones: a frame without them is preferred. With `clip_frame` the stage can take the same
    picture out of the clip, where nothing is burned in.
    """
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
                cost = _caption_cost(number, timeline, cues) + (NEAR_CUT_COST if inside == 0 else 0.0)
                clip_frame = segment.offsets[0] + inside
                choices.append(
                    FrameChoice(frame=number, scene=segment.scenes[0], clip_frame=clip_frame, score=score - cost)
                )
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


def _caption_cost(frame: int, timeline: Timeline, cues: Sequence[Cue]) -> float:
    seconds = frames_to_seconds(frame, timeline.rate)
    return CAPTION_COST if any(cue.start <= seconds < cue.end for cue in cues) else 0.0
