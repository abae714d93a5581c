"""Loudness: the meter on files, the same weighting on samples, and what has no sound."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from aiprod.errors import MediaBroken, NotFound
from aiprod.media.loudness import SILENCE_DBTP, SILENCE_LUFS, integrated_lufs, measure_loudness
from aiprod.media.process import run_ffmpeg
from aiprod.units import SOUND_RATE_HZ


def tone(seconds: float, level_dbfs: float, hertz: float = 997.0) -> np.ndarray:
    time = np.arange(int(seconds * SOUND_RATE_HZ)) / SOUND_RATE_HZ
    line = 10 ** (level_dbfs / 20) * np.sin(2 * np.pi * hertz * time)
    return np.stack((line, line), axis=1).astype(np.float32)


def test_the_reference_tone_measures_what_the_standard_says(tmp_path: Path) -> None:
    # EBU Tech 3341, case 1: a stereo sine of -23 dBFS at about 1 kHz is -23 LUFS.
    soundfile.write(tmp_path / "tone.wav", tone(6, -23), SOUND_RATE_HZ, subtype="FLOAT")

    heard = measure_loudness(tmp_path / "tone.wav")

    assert heard.integrated_lufs == pytest.approx(-23.0, abs=0.1)
    assert heard.true_peak_dbtp == pytest.approx(-23.0, abs=0.2)
    assert integrated_lufs(tone(6, -23)) == pytest.approx(-23.0, abs=0.05)


def test_quiet_stretches_do_not_count(tmp_path: Path) -> None:
    # EBU Tech 3341, case 3: quiet, loud, quiet: the gate keeps the loud part.
    sound = np.concatenate((tone(5, -36), tone(20, -23), tone(5, -36)))
    soundfile.write(tmp_path / "tone.wav", sound, SOUND_RATE_HZ, subtype="FLOAT")

    assert measure_loudness(tmp_path / "tone.wav").integrated_lufs == pytest.approx(-23.0, abs=0.15)
    assert integrated_lufs(sound) == pytest.approx(-23.0, abs=0.15)


def test_samples_and_file_agree_on_a_sound_with_all_frequencies(tmp_path: Path) -> None:
    noise = (0.1 * np.random.default_rng(1).standard_normal((SOUND_RATE_HZ * 6, 2))).astype(np.float32)
    soundfile.write(tmp_path / "noise.wav", noise, SOUND_RATE_HZ, subtype="FLOAT")

    assert integrated_lufs(noise) == pytest.approx(measure_loudness(tmp_path / "noise.wav").integrated_lufs, abs=0.1)


def test_the_true_peak_is_seen_between_the_samples(tmp_path: Path) -> None:
    # A sine of a quarter of the rate, sampled 45 degrees off its peaks: samples at -3 dB, the wave at 0 dB.
    time = np.arange(SOUND_RATE_HZ * 2)
    ramp = np.clip(np.minimum(time, time[::-1]) / 4800, 0, 1)
    line = (0.5 * ramp * np.sin(np.pi / 2 * time + np.pi / 4)).astype(np.float32)
    soundfile.write(tmp_path / "tone.wav", line, SOUND_RATE_HZ, subtype="FLOAT")

    peak = measure_loudness(tmp_path / "tone.wav").true_peak_dbtp

    assert 20 * np.log10(np.abs(line).max()) == pytest.approx(-9.03, abs=0.01)
    assert peak == pytest.approx(-6.0, abs=0.3)


def test_silence_has_a_floor_and_not_an_infinity(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "silence.wav", np.zeros((SOUND_RATE_HZ, 2)), SOUND_RATE_HZ)

    heard = measure_loudness(tmp_path / "silence.wav")

    assert heard.integrated_lufs == SILENCE_LUFS
    assert heard.true_peak_dbtp == SILENCE_DBTP
    assert integrated_lufs(np.zeros((SOUND_RATE_HZ, 2), np.float32)) == SILENCE_LUFS


def test_a_film_without_sound_says_so(tmp_path: Path) -> None:
    film = tmp_path / "mute.mp4"
    run_ffmpeg(
        ["-f", "lavfi", "-i", "color=s=64x64:d=0.2", "-c:v", "libx264", str(film)], about="A film", timeout_seconds=30
    )
    with pytest.raises(MediaBroken, match=r"mute\.mp4"):
        measure_loudness(film)
    with pytest.raises(NotFound, match=r"gone\.wav"):
        measure_loudness(tmp_path / "gone.wav")
