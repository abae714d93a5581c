"""What a Whisper says it heard, made into whole words on the sound; and how much of a script was heard."""

import numpy as np
import pytest

from aiprod.speech.hearing import heard_words, is_imagined
from aiprod.speech.wer import plain_word, said_words, word_error_rate

RATE = 16_000


def hum(length: float) -> np.ndarray:
    return (0.3 * np.sin(np.arange(int(length * RATE)) / 9)).astype(np.float32)


def test_parts_without_a_space_before_them_belong_to_the_word_before() -> None:
    parts = [(" l", 0.1, 0.2), ("'univers,", 0.2, 0.6), (" lui", 0.6, 0.8), ("-même", 0.8, 1.0), ("  ", 1.0, 1.1)]
    assert [word.text for word in heard_words(parts, hum(2), RATE)] == ["l'univers,", "lui-même"]


def test_times_stay_inside_of_the_sound_and_in_order() -> None:
    parts = [(" one", -0.5, 0.4), (" two", 0.3, 1.2), (" three", 1.1, 9.0)]
    words = heard_words(parts, hum(2), RATE)
    assert [word.text for word in words] == ["one", "two", "three"]
    assert words[0].start == 0
    assert words[-1].end == 2
    assert words[0].end <= words[1].start
    assert words[1].end <= words[2].start


def test_nothing_heard_is_no_words() -> None:
    assert heard_words([], hum(1), RATE) == ()
    assert heard_words([(" ", 0, 1)], hum(1), RATE) == ()


@pytest.mark.parametrize(
    ("no_speech", "log_probability", "compression", "imagined"),
    [(0.74, -0.11, 16.4, True), (0.74, -0.99, 2.2, True), (0.83, -0.08, 13.1, True), (0.74, -0.76, 0.3, True),
     (0.01, -0.18, 1.4, False), (0.53, -0.39, 0.8, False), (0.8, -0.2, 1.5, False), (0.1, -0.9, 1.2, False)],
)  # fmt: skip
def test_words_are_imagined_where_nobody_seems_to_speak_and_they_are_unlikely(
    no_speech: float, log_probability: float, compression: float, imagined: bool
) -> None:
    assert is_imagined(no_speech, log_probability, compression) is imagined


@pytest.mark.parametrize(
    ("script", "heard", "language", "rate"),
    [
        ("The sea is calm.", "the sea is calm", "en", 0.0),
        ("The sea is calm.", "The sea was calm", "en", 0.25),
        ("The sea is calm.", "The sea calm", "en", 0.25),
        ("The sea is calm.", "The sea is very calm", "en", 0.25),
        ("In 1969, 2 people.", "in nineteen sixty-nine two people", "en", 0.0),
        ("À 25 km/h, l'été.", "a vingt cinq kilomètres heure l ete", "fr", 0.0),
        ("a light house", "a lighthouse", "en", 0.0),
        ("a lighthouse", "a light house", "en", 0.0),
        ("Its cœur.", "its coeur", "en", 0.0),
        ("", "", "en", 0.0),
        ("One two.", "", "en", 1.0),
        ("", "one two", "en", 2.0),
    ],
)
def test_only_what_was_heard_otherwise_counts(script: str, heard: str, language: str, rate: float) -> None:
    assert word_error_rate(script, heard, language) == pytest.approx(rate)


def test_words_are_compared_bare() -> None:
    assert plain_word("«\u00a0L'Été\u00a0!»") == "lete"
    assert said_words("Dr. No's 3 cats", "en") == ("doctor", "no", "s", "three", "cats")
