"""Words as a Whisper heard them, made whole and laid where the sound says that they are.

Pure; knows that a Whisper marks a new word by a space before it and parts the others at apostrophes and hyphens, and
that it hears words where nobody speaks.
"""

from collections.abc import Iterable
from fractions import Fraction

from aiprod.ports import Samples
from aiprod.speech.settling import settle
from aiprod.speech.silences import silences
from aiprod.speech.tokens import ATTENTION_LEAD_SECONDS
from aiprod.story import Word
from aiprod.units import samples_to_seconds

_MAYBE_SILENT = 0.6
_UNLIKELY = -0.5
_REPETITIVE = 2.4
"""A text that is so much longer than its compressed self says the same again and again."""

REACH_SECONDS = 0.5
"""How far a word heard may be from the silence that the sound itself shows."""


def is_imagined(no_speech: float, mean_log_probability: float, compression: float) -> bool:
    """Whether a Whisper made up a stretch of words for noise, music or silence: it doubts that anyone speaks, and the
    words are unlikely or repeat themselves."""
    return no_speech > _MAYBE_SILENT and (mean_log_probability < _UNLIKELY or compression > _REPETITIVE)


def heard_words(parts: Iterable[tuple[str, float, float]], samples: Samples, rate_hz: int) -> tuple[Word, ...]:
    """Whole words with their times, in order and inside of the sound, from a Whisper's (text, start, end)."""
    end = samples_to_seconds(len(samples), rate_hz)
    words: list[Word] = []
    for text, begun, ended in parts:
        bare = text.strip()
        if not bare:
            continue
        stop = _inside(ended + float(ATTENTION_LEAD_SECONDS), end)
        if words and not text[:1].isspace():
            words[-1] = Word(text=words[-1].text + bare, start=words[-1].start, end=stop)
        else:
            start = _inside(begun + float(ATTENTION_LEAD_SECONDS) * bool(words), end)
            words.append(Word(text=bare, start=start, end=max(start, stop)))
    return settle(words, silences(samples, rate_hz), reach_seconds=REACH_SECONDS, end=end)


def _inside(seconds: float, end: Fraction) -> Fraction:
    """Exact to the millisecond, which is finer than Whisper hears, and within the sound."""
    return min(max(Fraction(round(seconds * 1000), 1000), Fraction(0)), end)
