"""Written words as Whisper's tokens, and times of tokens as times of words.

Pure: knows neither the network nor which library runs it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

ATTENTION_LEAD_SECONDS = Fraction(8, 100)
"""Whisper's attention goes to a word before it is heard: by 70 to 120 ms against three voices' own times, in English
and French, whichever library runs it."""

_CLOSING = " .,;:!?…—–\"'»”’)]}\u00a0\u202f"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSpan:
    """A word's tokens, and how many of them come before its closing punctuation."""

    tokens: tuple[int, ...]
    heard: int


def spans_of_words(words: Sequence[str], encode: Callable[[str], list[int]]) -> tuple[TokenSpan, ...]:
    """Each word's tokens; together they are the tokens of the whole text, since Whisper's never cross a space."""
    spans = []
    for word in words:
        tokens = tuple(encode(f" {word}"))
        bare = word.rstrip(_CLOSING)
        heard = len(encode(f" {bare}")) if bare else len(tokens)
        spans.append(TokenSpan(tokens=tokens, heard=min(heard, len(tokens))))
    return tuple(spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """Words' spans in one text, and the pace of the frames that tokens are placed on."""

    spans: tuple[TokenSpan, ...]
    frames_a_second: int

    def times(self, starts: Sequence[int]) -> tuple[tuple[Fraction, Fraction], ...]:
        """Start and end of each word, from the frame at which each token (and the end of the text) starts.

        A word ends where its closing punctuation starts: that is when the voice stops. All but the first word's start
        are moved by what the attention runs ahead.
        """
        found: list[tuple[Fraction, Fraction]] = []
        place = 0
        for span in self.spans:
            start, end = self._at(starts, place), self._at(starts, place + span.heard) + ATTENTION_LEAD_SECONDS
            if found:
                start += ATTENTION_LEAD_SECONDS
            found.append((start, max(start, end)))
            place += len(span.tokens)
        return tuple(found)

    def _at(self, starts: Sequence[int], token: int) -> Fraction:
        return Fraction(starts[min(token, len(starts) - 1)], self.frames_a_second)
