"""Writes cues as SRT and WebVTT, beside the film.

Knows the two formats and their escapes; knows no face and no screen.
"""

from collections.abc import Sequence
from fractions import Fraction

from aiprod.media.ass import harmless
from aiprod.media.cues import SENTENCES, Cue, film_cues, join_words
from aiprod.media.figures import holds
from aiprod.timeline import Timeline

LINE_CHARACTERS = 42
"""What players show on one line."""

PARTED_COST = 12
"""A line this much longer is better than a figure cut from what it counts; twice as much, from its unit."""


def caption_cues(timeline: Timeline, language: str) -> tuple[Cue, ...]:
    """The film's cues as sentences of at most two lines."""
    return film_cues(timeline, SENTENCES, language)


def write_srt(cues: Sequence[Cue]) -> str:
    """SubRip: numbered cues, a comma before the milliseconds."""
    blocks = [
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_plain(cue)}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    return "\n".join(blocks)


def write_vtt(cues: Sequence[Cue], language: str = "") -> str:
    """WebVTT, with & and < escaped."""
    head = f"WEBVTT\nLanguage: {language}\n" if language else "WEBVTT\n"
    blocks = [
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n"
        + _plain(cue).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        + "\n"
        for cue in cues
    ]
    return "\n".join([head, *blocks])


def _plain(cue: Cue) -> str:
    texts = [text for word in cue.words if (text := harmless(word.text).replace("-->", "→"))]
    line = join_words(texts)
    if len(line) <= LINE_CHARACTERS:
        return line
    held = holds(texts)
    sides = [(join_words(texts[:cut]), join_words(texts[cut:])) for cut in range(1, len(texts))]
    costs = [max(map(len, side)) + PARTED_COST * hold for side, hold in zip(sides, held, strict=True)]
    return "\n".join(sides[costs.index(min(costs))]) if sides else line


def _clock(seconds: Fraction, mark: str) -> str:
    milliseconds = int(seconds * 1000 + Fraction(1, 2))
    whole, thousandths = divmod(milliseconds, 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{mark}{thousandths:03d}"
