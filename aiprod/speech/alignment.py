"""When known words are said in a sound: the text is forced, never guessed again.

Knows how to cut a long recording into stretches a network can hold and how to settle times on the sound's silences;
which Whisper finds the words is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Protocol

from aiprod.errors import InvalidInput
from aiprod.ports import Samples
from aiprod.speech.settling import settle
from aiprod.speech.silences import silences
from aiprod.speech.spoken import spoken_words
from aiprod.speech.wer import plain_word
from aiprod.story import LANGUAGES, Word
from aiprod.units import samples_to_seconds, seconds_to_samples_nearest

RATE_HZ = 16_000
WINDOW_SECONDS = Fraction(28)
REACH_SECONDS = 0.9


class Whisper(Protocol):
    """What both Whisper libraries can do."""

    def transcribe(self, samples: Samples, *, language: str) -> tuple[str, tuple[Word, ...]]: ...

    def time_words(
        self, samples: Samples, words: Sequence[str], *, language: str
    ) -> tuple[tuple[Fraction, Fraction], ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """Known words [first, last) are said in samples [start, end)."""

    first: int
    last: int
    start: int
    end: int


class WhisperAligner:
    """Finds known words in a sound with a Whisper's attention."""

    def __init__(self, whisper: Whisper) -> None:
        self._whisper = whisper

    def align(self, samples: Samples, text: str, *, language: str) -> tuple[Word, ...]:
        """The text's words exactly, in order, each with its time. Raises: InvalidInput (no words, or no sound)."""
        if language not in LANGUAGES:
            raise InvalidInput("alignment", expected=f"a language among {', '.join(LANGUAGES)}", found=repr(language))
        said = spoken_words(text, language)
        if not said or not len(samples):
            raise InvalidInput("alignment", expected="words and sound", found="no words" if not said else "no sound")
        written = [word.written for word in said]
        words: list[Word] = []
        for window in self._windows(samples, written, language):
            offset = samples_to_seconds(window.start, RATE_HZ)
            sound = samples[window.start : window.end]
            length = samples_to_seconds(len(sound), RATE_HZ)
            chosen = written[window.first : window.last]
            heard = [word.spoken for word in said[window.first : window.last]]
            times = self._whisper.time_words(sound, heard, language=language)
            words += [
                Word(text=word, start=min(start, length) + offset, end=min(end, length) + offset)
                for word, (start, end) in zip(chosen, times, strict=True)
            ]
        end = samples_to_seconds(len(samples), RATE_HZ)
        return settle(words, silences(samples, RATE_HZ), reach_seconds=REACH_SECONDS, end=end)

    def _windows(self, samples: Samples, written: Sequence[str], language: str) -> list[_Window]:
        """One window where the sound is short; else cut between words that a transcript places with certainty."""
        whole = _Window(first=0, last=len(written), start=0, end=len(samples))
        if samples_to_seconds(len(samples), RATE_HZ) <= WINDOW_SECONDS:
            return [whole]
        _, heard = self._whisper.transcribe(samples, language=language)
        anchors = _anchors(written, heard)
        windows: list[_Window] = []
        first, start = 0, Fraction(0)
        total = samples_to_seconds(len(samples), RATE_HZ)
        while total - start > WINDOW_SECONDS:
            within = [one for one in anchors if one[0] > first and Fraction(1) < one[1] - start <= WINDOW_SECONDS]
            word, time = within[-1] if within else _by_share(written, first, start, total)
            windows.append(
                _Window(
                    first=first, last=word,
                    start=seconds_to_samples_nearest(start, RATE_HZ), end=seconds_to_samples_nearest(time, RATE_HZ),
                )
            )  # fmt: skip
            first, start = word, time
        windows.append(
            _Window(first=first, last=len(written), start=seconds_to_samples_nearest(start, RATE_HZ), end=len(samples))
        )
        return [window for window in windows if window.first < window.last]


def _anchors(written: Sequence[str], heard: Sequence[Word]) -> list[tuple[int, Fraction]]:
    """Places to cut: (number of a known word, time just before it), where it and the word before it were both heard."""
    matcher = SequenceMatcher(
        a=[plain_word(word) for word in written], b=[plain_word(word.text) for word in heard], autojunk=False
    )
    places: list[tuple[int, Fraction]] = []
    for block in matcher.get_matching_blocks():
        for offset in range(1, block.size):
            before, after = heard[block.b + offset - 1], heard[block.b + offset]
            places.append((block.a + offset, (before.end + after.start) / 2))
    return places


def _by_share(written: Sequence[str], first: int, start: Fraction, total: Fraction) -> tuple[int, Fraction]:
    """Where nothing was recognised: the words left, spread over the sound left by their letters."""
    lengths = [len(word) + 1 for word in written[first:]]
    share = WINDOW_SECONDS / (total - start) * sum(lengths)
    passed = 0
    for count, length in enumerate(lengths):
        passed += length
        if passed > share:
            return first + max(1, count), start + WINDOW_SECONDS
    return len(written), start + WINDOW_SECONDS
