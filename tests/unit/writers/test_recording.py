"""Scripts from the user's own narration: heard, cut where the speaker breathes, refused in one sentence where unfit."""

import os
import subprocess
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from aiprod.brief import Brief
from aiprod.errors import AiprodError, MediaBroken, WriterFailed
from aiprod.models.registry import Registry, default_folder
from aiprod.speech.ctranslate_whisper import CTranslateWhisper
from aiprod.speech.wer import word_error_rate
from aiprod.story import Script, Word
from aiprod.writers.recording import LONGEST_STRETCH, RecordingWriter, cut, spans_of, text_of

TEXT = (
    "The whale is the largest animal on Earth. It eats tons of fish and plants every day. "
    "Its heart is as big as a small car. Whales sing to each other for hours. "
    "Some of their songs cross a whole ocean. Nobody knows what they say."
)


class Folder:
    """Objects that lie where their address says."""

    def fetch(self, address: str, folder: Path) -> Path:
        return Path(address)


@pytest.fixture(scope="module")
def narration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About twenty seconds of someone who speaks."""
    path = tmp_path_factory.mktemp("recording") / "narration.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-g", "4", "-w", str(path), TEXT], check=True, timeout=30)
    return path


@pytest.fixture(scope="module")
def ear() -> CTranslateWhisper:
    registry = Registry(default_folder(os.environ))
    registry.fetch("whisper-base")
    return CTranslateWhisper(registry)


def write(ear: CTranslateWhisper, path: Path, language: str = "") -> Script:
    writer = RecordingWriter(transcriber=ear, objects=Folder())  # type: ignore[arg-type]
    return writer.write(Brief(theme="", recording=str(path), language=language))


def recorded(path: Path, narration: Path, *arguments: str) -> Path:
    """The narration in another form."""
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(narration), *arguments, str(path)]
    subprocess.run(command, check=True, timeout=30)
    return path


def test_a_recording_becomes_scenes_that_keep_every_word_and_end_at_pauses(
    ear: CTranslateWhisper, narration: Path
) -> None:
    script = write(ear, narration)
    lines = [line for scene in script.scenes for line in scene.lines]
    assert script.language == "en"
    assert script.title == "The whale is the largest animal on…"
    assert word_error_rate(TEXT, " ".join(line.text for line in lines), "en") <= 0.12
    assert len(lines) >= 2
    assert all(line.text.endswith((".", "?", "!")) for line in lines)
    recordings = [line.recording for line in lines if line.recording is not None]
    assert all(before.end <= after.start for before, after in pairwise(recordings))
    for line, recording in zip(lines, recordings, strict=True):
        assert 3 <= recording.end - recording.start <= LONGEST_STRETCH
        assert " ".join(word.text for word in recording.words) == line.text
        assert all(0 <= word.start <= word.end <= recording.end - recording.start for word in recording.words)


def test_cuts_fall_where_nothing_sounds(ear: CTranslateWhisper, narration: Path) -> None:
    samples, rate = soundfile.read(narration)
    loudest = float(np.max(np.abs(samples)))
    for scene in write(ear, narration).scenes[:-1]:
        recording = scene.lines[0].recording
        assert recording is not None
        place = int(recording.end * rate)
        assert float(np.max(np.abs(samples[place - rate // 100 : place + rate // 100]))) < 0.1 * loudest


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("telephone.wav", ("-ar", "8000", "-ac", "1")), ("stereo.mp3", ("-ar", "44100", "-ac", "2"))],
)
def test_telephone_and_stereo_recordings_are_heard_too(
    ear: CTranslateWhisper, narration: Path, tmp_path: Path, name: str, arguments: tuple[str, ...]
) -> None:
    script = write(ear, recorded(tmp_path / name, narration, *arguments, "-t", "15"), "en")
    heard = " ".join(line.text for scene in script.scenes for line in scene.lines).split()
    opening = TEXT.split()[:16]
    assert word_error_rate(" ".join(opening), " ".join(heard[: len(opening)]), "en") <= 0.15, heard


def test_unfit_recordings_are_told_in_one_sentence(ear: CTranslateWhisper, narration: Path, tmp_path: Path) -> None:
    rate = 16_000
    noise = np.random.default_rng(5).standard_normal(8 * rate) * 0.05
    soundfile.write(tmp_path / "silence.wav", np.zeros(8 * rate), rate)
    soundfile.write(tmp_path / "noise.wav", noise, rate)
    recorded(tmp_path / "short.wav", narration, "-t", "0.2")
    (tmp_path / "random.mp3").write_bytes(bytes(np.random.default_rng(1).integers(0, 256, 5000, dtype=np.uint8)))
    (tmp_path / "empty.wav").write_bytes(b"")
    recorded(tmp_path / "whole.m4a", narration)
    (tmp_path / "cut.m4a").write_bytes((tmp_path / "whole.m4a").read_bytes()[:9000])
    expected: dict[str, tuple[type[AiprodError], str]] = {
        "silence.wav": (WriterFailed, "The recording is silent"),
        "noise.wav": (WriterFailed, "No words were heard"),
        "short.wav": (WriterFailed, "at least 1 s, found 0.2 s"),
        "random.mp3": (MediaBroken, "random.mp3"),
        "empty.wav": (MediaBroken, "empty.wav"),
        "cut.m4a": (MediaBroken, "cut.m4a"),
    }
    for name, (error, words) in expected.items():
        with pytest.raises(error) as caught:
            write(ear, tmp_path / name)
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)


# --- cutting, on words whose times are made up ---------------------------------------------------------------------


def timed(*spoken: tuple[str, float, float]) -> list[Word]:
    return [
        Word(text=text, start=Fraction(start).limit_denominator(100), end=Fraction(end).limit_denominator(100))
        for text, start, end in spoken
    ]


def test_a_cut_falls_after_a_sentence_with_a_pause_rather_than_in_its_midst() -> None:
    words = timed(*[(f"w{n}" + ("." if n % 13 == 12 else ""), n * 0.5 + (n // 13), n * 0.5 + 0.45 + (n // 13))
                    for n in range(52)])  # fmt: skip
    stretches = cut(words)
    assert [stretch[-1].text[-1] for stretch in stretches] == ["."] * 4


@given(st.lists(st.tuples(st.integers(5, 90), st.integers(0, 150), st.sampled_from(["", ".", ","])), min_size=1,
                max_size=60))  # fmt: skip
def test_no_word_is_lost_and_scenes_never_overlap(spoken: Sequence[tuple[int, int, str]]) -> None:
    words: list[Word] = []
    at = 0
    for index, (length, pause, stop) in enumerate(spoken):
        at += pause
        words.append(Word(text=f"w{index}{stop}", start=Fraction(at, 100), end=Fraction(at + length, 100)))
        at += length
    stretches = cut(words)
    assert [word for stretch in stretches for word in stretch] == words
    assert all(stretch[-1].end - stretch[0].start <= LONGEST_STRETCH or len(stretch) == 1 for stretch in stretches)
    spans = spans_of(stretches, Fraction(at + 50, 100))
    pairs = zip(spans, stretches, strict=True)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(span[0] <= stretch[0].start and stretch[-1].end <= span[1] for span, stretch in pairs)
    assert text_of(words).split() == [word.text for word in words]
