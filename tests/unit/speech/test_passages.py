"""A text in passes: however long a word is, it is said, and has one time."""

import numpy as np

from aiprod.speech.passages import PASS_PHONEMES, TimedPhoneme, Utterance, join, plan_passages
from aiprod.speech.spoken import spoken_words

RATE_HZ = 24_000
LETTER = 240


def letters(texts: list[str]) -> list[str]:
    """Each letter its own phoneme."""
    return texts


def hum(phonemes: str) -> Utterance:
    """A hundredth of a second of sound for each phoneme."""
    samples = np.full(len(phonemes) * LETTER, 0.5, dtype=np.float32)
    timed = tuple(
        TimedPhoneme(symbol=symbol, start=place * LETTER, end=(place + 1) * LETTER) for place, symbol in enumerate(phonemes)
    )
    return Utterance(samples=samples, phonemes=timed)


def test_a_word_that_is_longer_than_a_pass_is_said_in_several_and_has_one_time() -> None:
    address = "https://example.com/" + "path/" * 120
    passages = plan_passages(spoken_words(f"See {address} for more {'a' * 900} today.", "en"), letters)
    assert max(len(passage.phonemes) for passage in passages) <= PASS_PHONEMES * 3 // 2
    speech = join(passages, hum, RATE_HZ, 1.0)
    assert [word.text for word in speech.words] == ["See", address, "for", "more", "a" * 900, "today."]
    assert all(before.end <= after.start for before, after in zip(speech.words, speech.words[1:], strict=False))
    assert speech.words[4].end - speech.words[4].start > 8
