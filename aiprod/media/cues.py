"""Groups spoken words into cues: what is on the screen at once, and from when to when.

Knows punctuation, pauses and reading time, and cuts no figure from its unit; knows no font and no file format. Times are film seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from aiprod.media.figures import FREE, LOOSE, TIGHT, holds
from aiprod.story import Word
from aiprod.timeline import Timeline

NO_BREAK_SPACE = "\u00a0"
PAUSE_SECONDS = Fraction(35, 100)
"""A silence this long ends a cue."""
LONGEST_FIGURE_WORDS = 4
"""A figure with its unit or range may have so many words where a cue has fewer: "1.2 to 1.9 m"."""
HOLD_SECONDS = Fraction(3, 10)
"""How long a cue stays after its last word where nothing follows."""

_CLOSING = "?!;:»”)]…,.%€$"
_OPENING = "«“([¿¡"
_HIGH_MARKS = "?!;:»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words shown together during [start, end)."""

    words: tuple[Word, ...]
    start: Fraction
    end: Fraction

    @property
    def text(self) -> str:
        """The cue on one line."""
        return join_words([word.text for word in self.words])


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How cues are cut: at most so many words, characters, seconds, and at least `shortest_seconds` where it can be."""

    words: int
    characters: int
    longest_seconds: Fraction
    shortest_seconds: Fraction


PAIRS = Grouping(words=2, characters=24, longest_seconds=Fraction(3), shortest_seconds=Fraction(2, 5))
"""Karaoke: two words at a time."""
PHRASES = Grouping(words=7, characters=38, longest_seconds=Fraction(4), shortest_seconds=Fraction(7, 10))
"""Burned subtitles in plain styles."""
SENTENCES = Grouping(words=18, characters=80, longest_seconds=Fraction(6), shortest_seconds=Fraction(1))
"""SRT and WebVTT: two lines of about 40 characters."""


def film_cues(timeline: Timeline, grouping: Grouping, language: str) -> tuple[Cue, ...]:
    """All cues of a film; none reaches over the border of two scenes' speech."""
    cues: list[Cue] = []
    starts = [shot.speech_start for shot in timeline.shots]
    for index, start in enumerate(starts):
        stop = starts[index + 1] if index + 1 < len(starts) else timeline.seconds
        spoken = [word for word in timeline.words if start <= word.start < stop]
        cues += group_words(spoken, grouping, language, stop)
    return tuple(cues)


def group_words(words: Sequence[Word], grouping: Grouping, language: str, stop: Fraction) -> tuple[Cue, ...]:
    """Cues of one scene's words; none lasts beyond `stop`."""
    whole = [word for word in attach_marks(words, language) if word.text]
    groups: list[list[Word]] = []
    for knot in _knots(whole, grouping):
        if groups and _goes_on(groups[-1], knot, grouping):
            groups[-1] += knot
        else:
            groups.append(list(knot))
    cues: list[Cue] = []
    for index, group in enumerate(groups):
        following = groups[index + 1][0].start if index + 1 < len(groups) else stop
        spoken_end = max(group[-1].end, group[0].start)
        wanted = max(spoken_end + HOLD_SECONDS, group[0].start + grouping.shortest_seconds)
        # A short gap is bridged: text that blinks between words is harder to read than text that stays.
        end = following if following - spoken_end < PAUSE_SECONDS else min(wanted, following)
        cues.append(Cue(words=tuple(group), start=group[0].start, end=max(end, group[0].start)))
    return tuple(cue for cue in cues if cue.end > cue.start)


def attach_marks(words: Sequence[Word], language: str) -> list[Word]:
    """Words with lone punctuation put back on the word it belongs to, with the language's own spaces."""
    attached: list[Word] = []
    opening = ""
    for word in words:
        text = " ".join(word.text.split())
        if text and all(character in _OPENING for character in text):
            opening += text
        elif attached and text and all(character in _CLOSING + "-–—" for character in text):
            last = attached[-1]
            attached[-1] = replace(last, text=last.text + " " + text, end=max(last.end, word.end))
        else:
            attached.append(replace(word, text=f"{opening} {text}" if opening else text))
            opening = ""
    return [replace(word, text=space_marks(word.text, language)) for word in attached]


def space_marks(text: str, language: str) -> str:
    """Text with the spaces before and after punctuation as the language writes them.

    >>> space_marks("quoi?", "fr").replace(chr(160), "~"), space_marks("what ?", "en")
    ('quoi~?', 'what?')
    """
    out = ""
    for index, character in enumerate(text):
        before = out.rstrip(" \u00a0\u202f\u2009")
        if character in _CLOSING and before and before[-1] not in _OPENING:
            following = text[index + 1 : index + 2]
            inside_token = (following.isalnum() or following == "/") and character not in "»!?"
            french = language == "fr" and character in _HIGH_MARKS and not inside_token
            apart = french and before[-1] not in _HIGH_MARKS
            keeps_space = character in "%€$" and out != before
            out = before + (NO_BREAK_SPACE if apart or keeps_space else "") + character
        elif out and out.rstrip(" \u00a0\u202f")[-1:] == "«" and language == "fr":
            out = out.rstrip(" \u00a0\u202f") + NO_BREAK_SPACE + character.strip()
        elif out and out[-1] in _OPENING and character.isspace():
            continue
        else:
            out += character
    return out


def join_words(texts: Sequence[str]) -> str:
    """Words on one line: a space between them, none between ideographs."""
    line = ""
    for text in texts:
        tight = bool(line) and bool(text) and is_ideograph(line[-1]) and is_ideograph(text[0])
        line += text if tight or not line else f" {text}"
    return line


def is_ideograph(character: str) -> bool:
    """Whether the character belongs to a script written without spaces."""
    return "\u3000" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"


def _knots(words: Sequence[Word], grouping: Grouping) -> list[Sequence[Word]]:
    """The words, those of one figure together: with what it counts where that fits, else with its unit or range."""
    together = holds([word.text for word in words])
    flowing = [after.start - before.end < PAUSE_SECONDS for before, after in pairwise(words)]
    held = [hold if flows else FREE for hold, flows in zip(together, flowing, strict=True)]
    knots: list[Sequence[Word]] = []
    for start, end in _runs(held, 0, len(words), LOOSE):
        if end - start <= grouping.words and _fits(words[start:end], grouping):
            knots.append(words[start:end])
            continue
        for first, last in _runs(held, start, end, TIGHT):
            whole = last - first <= max(grouping.words, LONGEST_FIGURE_WORDS) and _fits(words[first:last], grouping)
            knots += [words[first:last]] if whole else [words[place : place + 1] for place in range(first, last)]
    return knots


def _runs(held: Sequence[int], start: int, end: int, least: int) -> list[tuple[int, int]]:
    """The stretches of [start, end) whose words hold to each other at least so fast."""
    cuts = [place + 1 for place in range(start, end - 1) if held[place] < least]
    return list(pairwise([start, *cuts, end])) if end > start else []


def _fits(words: Sequence[Word], grouping: Grouping) -> bool:
    short = words[-1].end - words[0].start <= grouping.longest_seconds
    return short and len(join_words([word.text for word in words])) <= grouping.characters


def _goes_on(group: Sequence[Word], knot: Sequence[Word], grouping: Grouping) -> bool:
    first, last = group[0], group[-1]
    if len(group) + len(knot) > grouping.words or knot[0].start - last.end >= PAUSE_SECONDS:
        return False
    if len(join_words([word.text for word in (*group, *knot)])) > grouping.characters:
        return False
    if knot[-1].end - first.start > grouping.longest_seconds:
        return False
    bare = last.text.rstrip("\"'»”’)] \u00a0")
    if bare.endswith((".", "!", "?", "…", "。", "！", "？")):
        return False
    # A comma ends a cue that has been on the screen long enough to be read.
    return not (bare.endswith((",", ";", ":", "،", "、")) and knot[0].start - first.start >= grouping.shortest_seconds)
