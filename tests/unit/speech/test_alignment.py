"""Known words found in a sound, against the voice's own times, by both Whispers; long sounds lose none at the seams."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from aiprod.errors import InvalidInput, InvalidSetting, WeightsBroken
from aiprod.models.registry import Registry
from aiprod.speech.alignment import WhisperAligner
from aiprod.speech.espeak import EspeakVoice
from aiprod.speech.spoken import spoken_words
from aiprod.speech.transcripts import TRANSCRIBERS, choose_whisper
from aiprod.speech.wer import word_error_rate
from aiprod.story import Word
from tests.unit.speech.studio import HEARING_HZ, TEXTS, Studio, heard_at_16k, loud_stretches

TIMES = 3
PAUSE_SECONDS = 1


def errors(found: tuple[Word, ...], true: tuple[Word, ...]) -> np.ndarray:
    """Seconds between the starts of the same words."""
    return np.array([abs(float(one.start - other.start)) for one, other in zip(found, true, strict=True)])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # openai-whisper leaves a file open
@pytest.mark.parametrize("transcriber", TRANSCRIBERS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_known_words_are_found_where_the_voice_says_them(studio: Studio, language: str, transcriber: str) -> None:
    whisper = studio.ear if transcriber == "faster-whisper" else choose_whisper(transcriber, studio.registry)
    found = WhisperAligner(whisper).align(studio.sound(language), TEXTS[language], language=language)
    true = studio.speech(language).words
    assert [word.text for word in found] == [word.text for word in true]
    assert np.median(errors(found, true)) <= 0.06
    assert np.percentile(errors(found, true), 90) <= 0.2
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_words_that_espeak_says_begin_and_end_with_its_sound(studio: Studio) -> None:
    text = "The sea is calm. The night is long."
    sound = heard_at_16k(EspeakVoice().speak(text, voice="", language="en", speed=1.0))
    words = WhisperAligner(studio.ear).align(sound, text, language="en")
    loud = np.flatnonzero(loud_stretches(sound, HEARING_HZ)) / 100
    assert [word.text for word in words] == text.split()
    assert abs(float(words[0].start) - loud[0]) <= 0.1
    assert abs(float(words[-1].end) - loud[-1]) <= 0.2


@pytest.fixture(scope="module")
def long_sound(studio: Studio) -> np.ndarray:
    """Over half a minute: longer than Whisper's window."""
    pause = np.zeros(PAUSE_SECONDS * HEARING_HZ, dtype=np.float32)
    return np.concatenate([studio.sound("en"), pause] * TIMES)


@pytest.fixture(scope="module")
def true_words(studio: Studio) -> tuple[Word, ...]:
    length = Fraction(len(studio.sound("en")), HEARING_HZ) + PAUSE_SECONDS
    return tuple(
        Word(text=word.text, start=word.start + shift, end=word.end + shift)
        for shift in (length * number for number in range(TIMES))
        for word in studio.speech("en").words
    )


def test_no_word_is_lost_or_moved_where_windows_meet(
    studio: Studio, long_sound: np.ndarray, true_words: tuple[Word, ...]
) -> None:
    assert len(long_sound) / HEARING_HZ > 32
    found = WhisperAligner(studio.ear).align(long_sound, " ".join([TEXTS["en"]] * TIMES), language="en")
    assert [word.text for word in found] == [word.text for word in true_words]
    assert np.median(errors(found, true_words)) <= 0.06
    assert np.max(errors(found, true_words)) <= 0.45
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_a_long_sound_is_heard_whole_and_in_order(studio: Studio, long_sound: np.ndarray) -> None:
    language, heard = studio.ear.transcribe(long_sound, language="")
    assert language == "en"
    assert word_error_rate(" ".join([TEXTS["en"]] * TIMES), " ".join(word.text for word in heard), "en") <= 0.12
    assert all(before.start <= before.end <= after.start for before, after in pairwise(heard))
    assert float(heard[-1].end) <= len(long_sound) / HEARING_HZ


def test_words_that_whisper_parts_at_apostrophes_are_whole(studio: Studio) -> None:
    _, heard = studio.transcript("fr")
    assert "d'une" in [word.text for word in heard]
    assert [word.text for word in heard if word.text.startswith(("'", "’", "-"))] == []


@pytest.mark.parametrize("kind", ["silence", "noise", "chord"])
def test_nobody_is_heard_where_nobody_speaks(studio: Studio, kind: str) -> None:
    time = np.arange(8 * HEARING_HZ) / HEARING_HZ
    sounds = {
        "silence": np.zeros(len(time)),
        "noise": np.random.default_rng(7).standard_normal(len(time)) * 0.05,
        "chord": sum(0.1 * np.sin(2 * np.pi * note * time) for note in (220.0, 277.2, 329.6)),
    }
    _, heard = studio.ear.transcribe(np.asarray(sounds[kind], dtype=np.float32), language="")
    assert [word.text for word in heard] == []


def test_what_cannot_be_aligned_is_told(studio: Studio) -> None:
    aligner = WhisperAligner(studio.ear)
    with pytest.raises(InvalidInput, match="no words"):
        aligner.align(studio.sound("en"), "[pause]", language="en")
    with pytest.raises(InvalidInput, match="no sound"):
        aligner.align(np.zeros(0, dtype=np.float32), "Hello.", language="en")
    with pytest.raises(InvalidInput, match="a language among en, fr"):
        aligner.align(studio.sound("en"), "Hello.", language="xx")
    with pytest.raises(InvalidInput, match="at most 400 tokens in 30 s"):
        aligner.align(studio.sound("en"), "many words " * 250, language="en")


def test_a_short_sound_of_many_words_keeps_them_in_order(studio: Studio) -> None:
    words = WhisperAligner(studio.ear).align(studio.sound("en")[: 2 * HEARING_HZ], TEXTS["en"], language="en")
    assert len(words) == len(spoken_words(TEXTS["en"], "en"))
    assert all(0 <= word.start <= word.end <= 2 for word in words)
    assert all(before.end <= after.start for before, after in pairwise(words))


def test_whisper_weights_that_cannot_be_read_name_the_folder_and_the_command(
    registry: Registry, tmp_path: Path
) -> None:
    home = tmp_path / "whisper-base" / registry.manifest.model("whisper-base").version
    home.mkdir(parents=True)
    for file in registry.manifest.model("whisper-base").files:
        (home / file.path).symlink_to(registry.path("whisper-base", file.path))
    (home / "model.bin").unlink()
    with (home / "model.bin").open("wb") as broken:
        broken.truncate(registry.manifest.model("whisper-base").file("model.bin").size)
    with pytest.raises(WeightsBroken, match="run `aiprod models fetch whisper-base`"):
        choose_whisper("", Registry(tmp_path)).transcribe(np.zeros(HEARING_HZ, dtype=np.float32), language="en")


def test_an_unknown_transcriber_is_told_with_those_there_are(registry: Registry) -> None:
    with pytest.raises(InvalidSetting, match="faster-whisper, openai-whisper"):
        choose_whisper("siri", registry)
