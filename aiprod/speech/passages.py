"""A text said in passes a network can bear, and its words' times in the sound that comes of them.

Knows words, phonemes and sound; not which network speaks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from aiprod.errors import InvalidInput
from aiprod.ports import Samples, Speech
from aiprod.speech.phoneme_matching import words_of_phonemes
from aiprod.speech.phonemes import PAUSES
from aiprod.speech.settling import settle
from aiprod.speech.silences import silences
from aiprod.speech.spoken import SpokenWord, sentences
from aiprod.story import Phoneme, Word
from aiprod.units import samples_to_seconds, seconds_to_samples_nearest

PASS_PHONEMES = 220
"""About how much is said in one pass: long enough for a melody, short enough not to be hurried."""

LEAD_SECONDS = Fraction(3, 100)
TAIL_SECONDS = Fraction(12, 100)
PAUSE_SECONDS = Fraction(26, 100)
FADE_SECONDS = Fraction(5, 1000)
REACH_SECONDS = 0.2
"""How far a network's word times may be from the silence that the sound itself shows."""

_SILENT_PART = 0.006
"""Of the loudest sample: what is softer is not heard."""

Phonemize: TypeAlias = Callable[[list[str]], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedPhoneme:
    """A phoneme letter and the samples it lasts, [start, end)."""

    symbol: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Sound of one pass through a network and its letters, pauses and spaces among them."""

    samples: Samples
    phonemes: tuple[TimedPhoneme, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words said in one pass, with each word's own phonemes and those of the whole."""

    words: tuple[SpokenWord, ...]
    own: tuple[str, ...]
    phonemes: str


def plan_passages(words: tuple[SpokenWord, ...], phonemize: Phonemize) -> tuple[Passage, ...]:
    """The words in passes: whole sentences together up to PASS_PHONEMES, a longer sentence cut at its pauses."""
    if not words:
        raise InvalidInput("narration", expected="words to say", found="none")
    runs = sentences(words)
    together: list[list[SpokenWord]] = []
    length = 0
    for run, said in zip(runs, phonemize([_text(run) for run in runs]), strict=True):
        if together and length + len(said) <= PASS_PHONEMES:
            together[-1].extend(run)
            length += len(said) + 1
        else:
            together.append(list(run))
            length = len(said)
    return tuple(passage for group in together for passage in _cut(tuple(group), phonemize))


def _cut(words: tuple[SpokenWord, ...], phonemize: Phonemize) -> list[Passage]:
    """One passage, or several where its phonemes are too many for one pass: cut near the middle, at a pause if any."""
    phonemes = phonemize([_text(words)])[0]
    if len(phonemes) <= PASS_PHONEMES * 3 // 2:
        return [Passage(words=words, own=tuple(phonemize([word.spoken for word in words])), phonemes=phonemes)]
    words = words if len(words) > 1 else torn(words[0])
    cut = middle_pause(words)
    return [*_cut(words[:cut], phonemize), *_cut(words[cut:], phonemize)]


def middle_pause(words: Sequence[SpokenWord]) -> int:
    """After how many of two words or more it is best to breathe: at a pause near the middle, else in the middle."""
    middle = len(words) / 2
    near = sorted(range(1, len(words)), key=lambda place: abs(place - middle))
    at_pause = [place for place in near if words[place - 1].spoken[-1:] in PAUSES]
    return next((place for place in at_pause if abs(place - middle) < len(words) * 0.35), near[0])


def torn(word: SpokenWord) -> tuple[SpokenWord, SpokenWord]:
    """A word of more than a breath, such as a web address: the second half has no written word of its own."""
    said = word.spoken
    gaps = [place for place, letter in enumerate(said) if letter == " "] or range(1, len(said))
    cut = min(gaps, key=lambda place: abs(place - len(said) / 2))
    return replace(word, spoken=said[:cut].strip()), SpokenWord(written="", spoken=said[cut:].strip())


def _text(words: tuple[SpokenWord, ...]) -> str:
    return " ".join(word.spoken for word in words)


def join(passages: tuple[Passage, ...], say: Callable[[str], Utterance], rate_hz: int, speed: float) -> Speech:
    """Say the passages one after the other, a breath between two, and place every written word."""
    parts: list[Samples] = []
    words: list[Word] = []
    phonemes: list[Phoneme] = []
    offset = 0
    for index, passage in enumerate(passages):
        if index:
            parts.append(np.zeros(int(PAUSE_SECONDS * rate_hz / speed), dtype=np.float32))
            offset += len(parts[-1])
        utterance = _trim(say(passage.phonemes), rate_hz)
        words += _word_times(passage, utterance, offset, rate_hz)
        phonemes += [
            Phoneme(
                symbol=one.symbol,
                start=samples_to_seconds(offset + one.start, rate_hz),
                end=samples_to_seconds(offset + one.end, rate_hz),
            )
            for one in utterance.phonemes
            if one.symbol.isalpha() and one.symbol not in "ˈˌː" and one.end > one.start
        ]
        parts.append(utterance.samples)
        offset += len(utterance.samples)
    samples = np.concatenate(parts)
    words = _whole(words)
    settled = settle(
        words, silences(samples, rate_hz), reach_seconds=REACH_SECONDS, end=samples_to_seconds(len(samples), rate_hz)
    )
    return Speech(samples=samples, rate_hz=rate_hz, words=settled, phonemes=tuple(phonemes))


def _whole(words: Sequence[Word]) -> list[Word]:
    """The written words, each with the parts of it that were said apart."""
    whole: list[Word] = []
    for word in words:
        if word.text or not whole:
            whole.append(word)
        else:
            whole[-1] = replace(whole[-1], end=word.end)
    return whole


def _trim(utterance: Utterance, rate_hz: int) -> Utterance:
    """Without the silence at both ends, but for a short lead and tail that fade."""
    samples = utterance.samples
    loud = np.flatnonzero(np.abs(samples) > float(np.max(np.abs(samples), initial=0.0)) * _SILENT_PART)
    if not len(loud):
        return utterance
    first = max(0, int(loud[0]) - seconds_to_samples_nearest(LEAD_SECONDS, rate_hz))
    last = min(len(samples), int(loud[-1]) + seconds_to_samples_nearest(TAIL_SECONDS, rate_hz))
    kept = samples[first:last].copy()
    fade = min(seconds_to_samples_nearest(FADE_SECONDS, rate_hz), len(kept))
    ramp = np.linspace(0.0, 1.0, fade, dtype=np.float32)
    kept[:fade] *= ramp
    kept[len(kept) - fade :] *= ramp[::-1]
    moved = tuple(
        TimedPhoneme(
            symbol=one.symbol,
            start=min(max(one.start - first, 0), len(kept)),
            end=min(max(one.end - first, 0), len(kept)),
        )
        for one in utterance.phonemes
    )
    return Utterance(samples=kept, phonemes=moved)


def _word_times(passage: Passage, utterance: Utterance, offset: int, rate_hz: int) -> list[Word]:
    """Each written word with the time of its phonemes; one that lost all of them takes the gap it stands in."""
    timed = utterance.phonemes
    words: list[Word] = []
    stretches = words_of_phonemes(passage.own, "".join(one.symbol for one in timed))
    for word, (first, last) in zip(passage.words, stretches, strict=True):
        if first == last:
            start = timed[first - 1].end if first else timed[0].start
            end = timed[first].start if first < len(timed) else start
        else:
            start, end = timed[first].start, timed[last - 1].end
        if not words:
            start = min(start, int(LEAD_SECONDS * rate_hz))  # what is heard first is the first word
        words.append(
            Word(
                text=word.written,
                start=samples_to_seconds(offset + start, rate_hz),
                end=samples_to_seconds(offset + max(start, end), rate_hz),
            )
        )
    return words
