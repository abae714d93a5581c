"""Chooses the film's best frame, for the thumbnail and the poster.

Knows what makes a frame look good small: light, sharp, colourful, away from transitions, nothing written over it, and
what draws the eye above the title. Each clip's views are rated when the clip is looked at, where its pictures are
decoded anyway; the best is chosen when the film is whole. Draws nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from aiprod.media.stills import Picture
from aiprod.timeline import Timeline

View: TypeAlias = tuple[int, float]
"""A frame of a scene's clip, and how good it looks small: 0 (blank) to about 2."""

BLANK_CONTRAST = 0.035
LETTERED_COST = 0.5
"""More than two fair pictures differ by: a frame that is written over is chosen where no other one shows anything."""
NEAR_SPREAD, FAR_SPREAD = 1 / 53, 1 / 7
"""What draws the eye differs from what is around it: how far "it" and "around" reach, in parts of the shorter side."""


def choose_view(
    views: Mapping[int, Sequence[View]], timeline: Timeline, lettered: Mapping[int, Sequence[tuple[float, float]]]
) -> tuple[int, int]:
    """The scene and the frame of its clip that show the film best, of each scene's views. `lettered` are the stretches of
    each clip when figures, names or charts are written over it, in parts of the clip.

    Of a film that is blank wherever it was looked at, the middle of its first scene: that it is blank is the review's to say.
    """
    bodies = [segment for segment in timeline.segments if segment.kind == "body"]
    choices: list[tuple[float, int, int]] = []
    for segment in bodies:
        scene, start = segment.scenes[0], segment.offsets[0]
        for frame, rating in views.get(scene, ()):
            if rating > 0 and start <= frame < start + segment.frames:
                part = frame / timeline.shot(scene).frames
                hidden = any(begin <= part < end for begin, end in lettered.get(scene, ()))
                choices.append((rating - (LETTERED_COST if hidden else 0.0), scene, frame))
    if not choices:
        return bodies[0].scenes[0], bodies[0].offsets[0] + bodies[0].frames // 2
    _, scene, frame = max(choices, key=lambda choice: choice[0])
    return scene, frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """Rates a clip's frames as they are shown to it, for a film whose title stands from `title_top` down."""

    title_top: float
    rated: list[View] = field(default_factory=list)

    def see(self, frame: int, picture: Picture) -> None:
        """Rate one more."""
        self.rated.append((frame, round(rate_view(picture, self.title_top), 3)))


def rate_view(picture: Picture, title_top: float) -> float:
    """How good a picture looks small under a title from `title_top` down (in parts of the height): 0, where it is blank, to
    about 2. Shape: (height, width, 3), RGB."""
    score = score_picture(picture)
    return score + eye_above(picture, title_top) if score > 0 else 0.0


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
