"""Stretches of a text that are said otherwise than written, and the words that come of them.

Pure; knows no language.
"""

import re
from dataclasses import dataclass, field

from aiprod.speech.spoken.words import SpokenWord

_LETTER = re.compile(r"\w")
_BEFORE_STOP = re.compile(r"\s+([.,])")
_OPENING = "«“\"'‘([{¿¡—–-#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Characters [start, end) of the text are said `spoken`."""

    start: int
    end: int
    spoken: str


@dataclass(slots=True, kw_only=True)
class Reading:
    """A text and the pieces found in it; the first to claim a stretch keeps it."""

    text: str
    pieces: list[Piece] = field(default_factory=list)

    def claim(self, *pieces: Piece) -> bool:
        """Take all these pieces, or none where one of them overlaps what is taken."""
        if any(new.start < old.end and old.start < new.end for new in pieces for old in self.pieces):
            return False
        self.pieces.extend(pieces)
        return True

    def words(self) -> tuple[SpokenWord, ...]:
        """The written words and what is said for each; a piece is never torn, what says nothing joins its neighbour."""
        self.pieces.sort(key=lambda piece: piece.start)
        return _join_silent([self._word(start, end) for start, end in self._stretches()])

    def _stretches(self) -> list[tuple[int, int]]:
        """Written words' places: parted at white space outside of pieces."""
        inside = [False] * (len(self.text) + 1)
        for piece in self.pieces:
            inside[piece.start : piece.end] = [True] * (piece.end - piece.start)
        found: list[tuple[int, int]] = []
        start: int | None = None
        for place, symbol in enumerate(self.text):
            if symbol.isspace() and not inside[place]:
                if start is not None:
                    found.append((start, place))
                start = None
            elif start is None:
                start = place
        if start is not None:
            found.append((start, len(self.text)))
        return found

    def _word(self, start: int, end: int) -> SpokenWord:
        said = ""
        place = start
        for piece in self.pieces:
            if piece.end <= start or piece.start >= end:
                continue
            said = _apart(said + self.text[place : piece.start], piece.spoken)
            place = piece.end
            said = _apart(said, self.text[place : min(place + 1, end)]).removesuffix(
                self.text[place : min(place + 1, end)]
            )
        said += self.text[place:end]
        return SpokenWord(written=self.text[start:end], spoken=_tidy(said))


def _apart(before: str, after: str) -> str:
    """Both, with a space between two letters."""
    space = " " if _LETTER.match(before[-1:]) and _LETTER.match(after[:1]) else ""
    return f"{before}{space}{after}"


def _tidy(said: str) -> str:
    """Single spaces, none before a stop, and no dash that hangs where a sign was."""
    return _BEFORE_STOP.sub(r"\1", " ".join(said.split()))


def _join_silent(words: list[SpokenWord]) -> tuple[SpokenWord, ...]:
    """Join what has no letter to say (a dash, a lone question mark) to the word before it, or after an opening sign."""
    joined: list[SpokenWord] = []
    waiting: SpokenWord | None = None
    for word in words:
        if waiting is not None:
            word = _both(waiting, word)
            waiting = None
        if _LETTER.search(word.spoken):
            joined.append(word)
        elif joined and word.written[0] not in _OPENING[:9] and not _opens_speech(joined[-1], word):
            joined[-1] = _both(joined[-1], word)
        else:
            waiting = word
    if waiting is not None and joined:
        joined[-1] = _both(joined[-1], waiting)
    return tuple(joined)


def _opens_speech(before: SpokenWord, word: SpokenWord) -> bool:
    """Whether a dash is that of the next one who speaks."""
    return word.written in ("—", "–", "-") and before.ends_sentence


def _both(first: SpokenWord, second: SpokenWord) -> SpokenWord:
    return SpokenWord(written=f"{first.written} {second.written}", spoken=f"{first.spoken} {second.spoken}".strip())
