"""In which frames somebody speaks, and how loud: from the words' times where they are known, from the sound where not.

Pure. Shapes: samples (n,) at 16 kHz, one number a frame.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from aiprod.models.lipsync.ears import RATE_HZ
from aiprod.ports import Samples
from aiprod.story import Word

EARLY, LATE = Fraction(6, 100), Fraction(10, 100)
"""Lips part before a sound and close after it."""
PAUSE = Fraction(25, 100)
"""In a shorter one the mouth goes on moving."""
AUDIBLE = 0.12
"""Part of a voice's own loudness from which it is heard."""
RAMP_FRAMES = 3
"""Frames in which a mouth goes over into another one."""

Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A voice as heard during a clip: mono at 16 kHz, from `start` seconds of the clip on; words count from the clip's first
    frame, and may be unknown."""

    samples: Samples
    start: Fraction = Fraction(0)
    words: tuple[Word, ...] = ()


def shares(speech: Speech, frames: int, rate: Fraction) -> tuple[float, ...]:
    """How much of a made mouth each frame gets: 0 where nobody speaks, 1 in the midst of words."""
    spans = _spans([(word.start, word.end) for word in speech.words] or _heard(speech))
    found = np.zeros(frames)
    for start, end in spans:
        first, last = max(0, math.floor(start * rate)), min(frames - 1, math.ceil(end * rate) - 1)
        numbers = np.arange(first, last + 1)
        near_edge = np.minimum(numbers - math.floor(start * rate), math.ceil(end * rate) - 1 - numbers) + 1
        found[numbers] = np.maximum(found[numbers], np.minimum(1.0, near_edge / RAMP_FRAMES))
    return tuple(float(share) for share in found)


def ease(places: Sequence[object | None], begun: Collection[int]) -> tuple[float, ...]:
    """The most of a made mouth that each frame may get, for it not to come or go at once where a face is found or lost in the
    midst of a word; `begun` are the frames that begin another shot, where everything comes at once."""
    most = [0.0 if place is None else 1.0 for place in places]
    for frame in range(1, len(most)):
        if frame not in begun:
            most[frame] = min(most[frame], most[frame - 1] + 1 / RAMP_FRAMES)
    for frame in reversed(range(len(most) - 1)):
        if frame + 1 not in begun:
            most[frame] = min(most[frame], most[frame + 1] + 1 / RAMP_FRAMES)
    return tuple(most)


def loudness(speech: Speech, frames: int, rate: Fraction) -> Curve:
    """The voice's loudness in each frame, as the ear takes it: the square root of its level."""
    squares = np.concatenate([[0.0], np.cumsum(speech.samples.astype(np.float64) ** 2)])
    edges = [(Fraction(frame) / rate - speech.start) * RATE_HZ for frame in range(frames + 1)]
    places = np.clip([round(edge) for edge in edges], 0, len(speech.samples))
    means = np.diff(squares[places]) / np.maximum(1, np.diff(places))
    levels: Curve = np.sqrt(np.sqrt(np.maximum(0.0, means)))
    return levels


def _heard(speech: Speech) -> list[tuple[Fraction, Fraction]]:
    """Stretches in which the voice is heard, a fiftieth of a second fine."""
    fine = Fraction(50)
    count = len(speech.samples) * 50 // RATE_HZ
    levels = loudness(Speech(samples=speech.samples), count, fine) ** 2
    if not count or levels.max() == 0:
        return []
    audible = np.concatenate([[False], levels > AUDIBLE * np.percentile(levels, 95), [False]])
    edges = np.flatnonzero(audible[1:] != audible[:-1])
    return [
        (speech.start + int(first) / fine, speech.start + int(end) / fine)
        for first, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def _spans(parts: Sequence[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
    """Wider stretches, joined where the pause between two is short."""
    spans: list[tuple[Fraction, Fraction]] = []
    for start, end in sorted(parts):
        start, end = start - EARLY, end + LATE
        if spans and start - spans[-1][1] < PAUSE:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans
