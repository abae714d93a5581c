"""Where a sound is silent. Pure; knows neither text nor engine."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from aiprod.ports import Samples

FRAME_SECONDS = Fraction(1, 200)
SHORTEST_SILENCE_SECONDS = Fraction(12, 100)
"""Shorter ones are the closure of a consonant, inside of a word."""

_BELOW_SPEECH = 0.025
_ABOVE_NOISE = 2.5
_TOO_NOISY = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Seconds [start, end) in which nothing is said."""

    start: Fraction
    end: Fraction


def silences(samples: Samples, rate_hz: int) -> tuple[Silence, ...]:
    """The silences of a voice, in order; none where noise or music hides them."""
    frame = int(FRAME_SECONDS * rate_hz)
    count = len(samples) // frame
    if count < 3:
        return ()
    levels = np.sqrt(np.mean(samples[: count * frame].reshape(count, frame).astype(np.float64) ** 2, axis=1))
    speech, noise = float(np.percentile(levels, 95)), float(np.percentile(levels, 5))
    threshold = max(speech * _BELOW_SPEECH, noise * _ABOVE_NOISE)
    if speech == 0 or threshold > speech * _TOO_NOISY:
        return ()
    quiet = np.concatenate([[False], levels < threshold, [False]])
    edges = np.flatnonzero(quiet[1:] != quiet[:-1])
    found = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        start = Fraction(int(first) * frame, rate_hz)
        end = Fraction(len(samples) if last == count else int(last) * frame, rate_hz)
        if end - start >= SHORTEST_SILENCE_SECONDS:
            found.append(Silence(start=start, end=end))
    return tuple(found)
