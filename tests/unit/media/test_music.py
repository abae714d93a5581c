"""Music as sound: the player, its errors, and any file laid to a film's exact length."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile

from aiprod.errors import EngineMissing, MediaBroken
from aiprod.media.music import lay_music, play
from aiprod.media.score import ScorePlan, compose
from aiprod.ports import Samples
from aiprod.units import SOUND_RATE_HZ


def score(seed: int = 1, mood: str = "epic") -> bytes:
    film = ScorePlan(
        mood=mood, seconds=Fraction(8), cuts=(Fraction(3),), scene_moods=(), last_word_end=Fraction(13, 2), seed=seed
    )
    return compose(film)


def tone(path: Path, seconds: float, hertz: float = 440.0, rate_hz: int = SOUND_RATE_HZ) -> Path:
    time = np.arange(int(seconds * rate_hz)) / rate_hz
    soundfile.write(path, 0.25 * np.sin(2 * np.pi * hertz * time), rate_hz)
    return path


def read_raw(path: Path) -> Samples:
    return np.fromfile(path, dtype="<f4").reshape(-1, 2)


def level_db(sound: Samples, start: float, end: float) -> float:
    part = sound[int(start * SOUND_RATE_HZ) : int(end * SOUND_RATE_HZ)]
    return float(10 * np.log10(np.mean(np.square(part)) + 1e-12))


def test_the_player_gives_the_same_48_khz_stereo_twice(tmp_path: Path) -> None:
    one, rate_hz = soundfile.read(play(score(), tmp_path / "one.wav"), dtype="float32")
    two, _ = soundfile.read(play(score(), tmp_path / "two.wav"), dtype="float32")

    assert rate_hz == SOUND_RATE_HZ
    assert one.shape[1] == 2
    assert len(one) >= 8 * SOUND_RATE_HZ, "never shorter than the film, or it would be looped"
    assert np.array_equal(one, two)
    assert np.abs(one).max() < 1.0
    assert level_db(one, 0.2, 6.0) > -45


def test_the_music_ends_with_the_last_word_and_rings_out(tmp_path: Path) -> None:
    play(score(), tmp_path / "music.wav")
    lay_music(tmp_path / "music.wav", 8 * SOUND_RATE_HZ, Fraction(13, 2), tmp_path / "music.raw")
    sound = read_raw(tmp_path / "music.raw")

    chord = level_db(sound, 6.55, 6.9)
    assert chord > level_db(sound, 6.0, 6.4) - 8, "the final chord is struck, not faded into"
    assert level_db(sound, 7.2, 7.5) < chord - 3
    assert level_db(sound, 7.9, 8.0) < chord - 25
    assert np.abs(sound[-1]).max() < 1e-3


def test_a_longer_file_is_cut_and_faded_out(tmp_path: Path) -> None:
    lay_music(tone(tmp_path / "long.wav", 9), 5 * SOUND_RATE_HZ, None, tmp_path / "music.raw")
    sound = read_raw(tmp_path / "music.raw")

    assert len(sound) == 5 * SOUND_RATE_HZ
    assert level_db(sound, 1, 2.9) == pytest.approx(level_db(sound, 0.5, 1), abs=0.1)
    assert level_db(sound, 4.95, 5.0) < level_db(sound, 1, 2) - 30


def test_a_shorter_file_is_looped_without_a_hole_or_a_click(tmp_path: Path) -> None:
    lay_music(tone(tmp_path / "short.wav", 3), 11 * SOUND_RATE_HZ, None, tmp_path / "music.raw")
    sound = read_raw(tmp_path / "music.raw")
    levels = [level_db(sound, start / 10, start / 10 + 0.1) for start in range(5, 88)]

    assert len(sound) == 11 * SOUND_RATE_HZ
    assert max(levels) < levels[0] + 3.5, "two crossfaded copies may add up, no more"
    steps = np.abs(np.diff(sound[: 9 * SOUND_RATE_HZ, 0]))
    assert steps.max() < 2.2 * 0.25 * 2 * np.pi * 440 / SOUND_RATE_HZ, "no step that a sine of 440 Hz cannot take"


def test_a_looped_noise_keeps_its_level_through_the_crossfade(tmp_path: Path) -> None:
    noise = 0.1 * np.random.default_rng(2).standard_normal((3 * SOUND_RATE_HZ, 2))
    soundfile.write(tmp_path / "noise.wav", noise, SOUND_RATE_HZ)
    lay_music(tmp_path / "noise.wav", 11 * SOUND_RATE_HZ, None, tmp_path / "music.raw")
    sound = read_raw(tmp_path / "music.raw")

    levels = [level_db(sound, start / 10, start / 10 + 0.2) for start in range(2, 86)]
    assert max(levels) - min(levels) < 1.0


def test_a_file_of_another_rate_and_channels_is_taken(tmp_path: Path) -> None:
    lay_music(tone(tmp_path / "mono.flac", 4, rate_hz=22_050), 3 * SOUND_RATE_HZ, None, tmp_path / "music.raw")

    assert len(read_raw(tmp_path / "music.raw")) == 3 * SOUND_RATE_HZ


def test_no_soundfont_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match=r"gone\.sf2.*apt-get install fluid-soundfont-gm"):
        play(score(), tmp_path / "music.wav", soundfont=tmp_path / "gone.sf2")


def test_no_player_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="apt-get install fluidsynth"):
        play(score(), tmp_path / "music.wav", program="no-such-player")


def test_a_broken_soundfont_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "broken.sf2").write_bytes(b"RIFF" + bytes(1000))
    with pytest.raises(MediaBroken, match="fluidsynth"):
        play(score(), tmp_path / "music.wav", soundfont=tmp_path / "broken.sf2")


def test_a_broken_music_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_bytes(b"this is not music" * 100)
    with pytest.raises(MediaBroken, match=r"song\.mp3"):
        lay_music(tmp_path / "song.mp3", SOUND_RATE_HZ, None, tmp_path / "music.raw")


def test_a_blip_is_no_music(tmp_path: Path) -> None:
    with pytest.raises(MediaBroken, match=r"at least 1 s of music in blip\.wav, found 0\.20 s"):
        lay_music(tone(tmp_path / "blip.wav", 0.2), 5 * SOUND_RATE_HZ, None, tmp_path / "music.raw")
