"""Where a sound is silent, and words laid so that silences fall between them.

Pure; knows neither text nor engine. Whatever finds word times (a network's durations, an attention map) is right to
some tens of milliseconds; where there is a pause, the sound itself tells exactly when speech stops and starts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from aiprod.ports import Samples
from aiprod.story import Word

FRAME_SECONDS = Fraction(1, 200)
SHORTEST_SILENCE_SECONDS = Fraction(12, 100)
"""Shorter ones are the closure of a consonant, inside of a word."""

SHORTEST_WORD_SECONDS = Fraction(3, 100)
SENTENCE_PULL_SECONDS = Fraction(15, 100)
"""A pause is sought this much farther from a boundary that punctuation marks."""

_BELOW_SPEECH = 0.025
_ABOVE_NOISE = 2.5
_TOO_NOISY = 0.3
_PUNCTUATION = tuple(".,;:!?…—»”)")


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


def settle(words: Sequence[Word], quiet: Sequence[Silence], *, reach_seconds: Fraction) -> tuple[Word, ...]:
    """The words with their boundaries moved to the silences within reach, in order and without overlap.

    A silence parts the two words whose boundary is nearest; a boundary at punctuation is preferred.
    """
    if not words:
        return ()
    starts = [word.start for word in words]
    ends = [max(word.end, word.start) for word in words]
    for silence in quiet:
        for boundary in _near(words, starts, ends, silence, reach_seconds):
            fits_before = boundary == 0 or silence.start - starts[boundary - 1] >= SHORTEST_WORD_SECONDS
            fits_after = boundary == len(words) or ends[boundary] - silence.end >= SHORTEST_WORD_SECONDS
            if not (fits_before and fits_after):
                continue
            if boundary:
                ends[boundary - 1] = silence.start
            if boundary < len(words):
                starts[boundary] = silence.end
            break
    return _in_order(words, starts, ends)


def _near(
    words: Sequence[Word], starts: list[Fraction], ends: list[Fraction], silence: Silence, reach: Fraction
) -> list[int]:
    """Boundaries (before word number 0, 1, ... and after the last) within reach of the silence, the nearest first."""
    distances: list[tuple[Fraction, int]] = []
    for boundary in range(len(words) + 1):
        left = ends[boundary - 1] if boundary else Fraction(0)
        right = starts[boundary] if boundary < len(words) else max(silence.end, ends[-1])
        if not boundary and silence.start > 0:
            continue
        gap = max(Fraction(0), silence.start - right, left - silence.end)
        apart = gap + abs((left + right) - (silence.start + silence.end)) / 1000
        if boundary and words[boundary - 1].text.endswith(_PUNCTUATION):
            apart -= SENTENCE_PULL_SECONDS
        if apart <= reach:
            distances.append((apart, boundary))
    return [boundary for _, boundary in sorted(distances)]


def _in_order(words: Sequence[Word], starts: list[Fraction], ends: list[Fraction]) -> tuple[Word, ...]:
    """The words at these times, none starting before the one before it ends."""
    for index in range(1, len(words)):
        if starts[index] < ends[index - 1]:
            if starts[index] > starts[index - 1]:
                ends[index - 1] = starts[index]
            else:
                starts[index] = ends[index - 1]
        ends[index] = max(ends[index], starts[index])
    laid = tuple(
        Word(text=word.text, start=start, end=end) for word, start, end in zip(words, starts, ends, strict=True)
    )
    return laid if all(one.end <= other.start for one, other in pairwise(laid)) else _in_order_again(laid)


def _in_order_again(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Each word pushed after the one before it."""
    laid: list[Word] = []
    floor = Fraction(0)
    for word in words:
        start = max(word.start, floor)
        floor = max(word.end, start)
        laid.append(Word(text=word.text, start=start, end=floor))
    return tuple(laid)
