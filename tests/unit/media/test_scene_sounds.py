"""Sounds that clips bring along: in the clip as long as its pictures, in the film at its level, under the voice."""

import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile

from aiprod.media.ambience import Stretch
from aiprod.media.loudness import integrated_lufs, measure_loudness
from aiprod.media.mix import MixPlan, mix
from aiprod.media.probe import probe, read_samples
from aiprod.media.scene_sounds import EDGE_SAMPLES, SCENE_LUFS, LaidSound, add_sound, carry_sound, lay_over, read_sound
from aiprod.ports import Samples
from aiprod.units import SOUND_RATE_HZ

SECOND = SOUND_RATE_HZ


def tone(hertz: float, seconds: float, level: float, rate_hz: int = SECOND) -> Samples:
    line = level * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate_hz)) / rate_hz)
    return np.stack([line, line]).astype(np.float32)


def silent_clip(into: Path, frames: int = 45) -> Path:
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=96x64:r=15", "-frames:v", str(frames), "-c:v", "libx264",
         "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(into)],
        check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return into


def picture_digest(clip: Path) -> bytes:
    command = ["ffmpeg", "-v", "error", "-i", str(clip), "-map", "0:v", "-c", "copy", "-f", "md5", "-"]
    return subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout


def sounding(folder: Path, samples: Samples, name: str = "clip", rate_hz: int = SECOND) -> Path:
    add_sound(silent_clip(folder / f"{name}-silent.mp4"), samples, rate_hz, folder / f"{name}.mp4")
    return folder / f"{name}.mp4"


def laid(folder: Path, clip: Path, start: int, samples: int, edge: int = EDGE_SAMPLES) -> LaidSound:
    raw = folder / f"{clip.stem}.raw"
    assert read_sound(clip, raw)
    return LaidSound(raw=raw, start_sample=start, samples=samples, rising=edge, falling=edge)


def whole(sounds: list[LaidSound], samples: int, piece: int = 7_001) -> Samples:
    ground = (np.zeros((min(piece, samples - start), 2), np.float32) for start in range(0, samples, piece))
    return np.concatenate(list(lay_over(ground, sounds)))


def level_db(line: Samples, hertz: float, start: float, end: float) -> float:
    part = line[int(start * SECOND) : int(end * SECOND)].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
    at = np.fft.rfftfreq(len(part), 1 / SECOND)
    return float(10 * np.log10(spectrum[np.abs(at - hertz) < 25].sum() / len(part) ** 2 + 1e-14))


@pytest.mark.parametrize("seconds", [2.4, 3.0, 3.7], ids=["short", "exact", "long"])
def test_a_clips_sound_is_as_long_as_its_pictures_which_stay_as_they_are(tmp_path: Path, seconds: float) -> None:
    clip = sounding(tmp_path, tone(440, seconds, 0.3, 24_000), rate_hz=24_000)
    facts = probe(clip)
    assert facts.picture is not None
    assert facts.sound is not None
    assert (facts.picture.frames, facts.picture.rate) == (45, 15)
    assert (facts.sound.seconds, facts.sound.rate_hz, facts.sound.channels, facts.sound.start) == (3, SECOND, 2, 0)
    assert picture_digest(clip) == picture_digest(tmp_path / "clip-silent.mp4")
    heard = np.abs(read_samples(clip, rate_hz=SECOND, mono=False))
    assert heard[SECOND : 2 * SECOND].max() == pytest.approx(0.3, abs=0.01)


def test_a_clip_made_from_another_keeps_its_sound(tmp_path: Path) -> None:
    source = sounding(tmp_path, tone(440, 3, 0.3))
    other = silent_clip(tmp_path / "other.mp4", frames=30)
    assert carry_sound(source, other, tmp_path / "carried.mp4")
    sound = probe(tmp_path / "carried.mp4").sound
    assert sound is not None
    assert sound.seconds == 2
    assert not carry_sound(other, source, tmp_path / "none.mp4")
    assert not (tmp_path / "none.mp4").exists()


def test_quiet_and_loud_clips_come_to_one_level_and_silent_ones_bring_nothing(tmp_path: Path) -> None:
    for name, level in (("quiet", 0.01), ("loud", 0.9)):
        sound = laid(tmp_path, sounding(tmp_path, tone(700, 3, level), name), 0, 3 * SECOND)
        assert integrated_lufs(whole([sound], 3 * SECOND)) == pytest.approx(SCENE_LUFS, abs=0.4)
    assert not read_sound(sounding(tmp_path, tone(700, 3, 0.0002), "still"), tmp_path / "still.raw")
    assert not read_sound(tmp_path / "still-silent.mp4", tmp_path / "still.raw")
    assert not (tmp_path / "still.raw").exists()


def test_a_bang_in_a_quiet_place_does_not_jump_at_the_listener(tmp_path: Path) -> None:
    samples = tone(300, 3, 0.002)
    samples[:, SECOND : SECOND + 40] = 0.9
    sound = laid(tmp_path, sounding(tmp_path, samples), 0, 3 * SECOND)
    assert np.abs(whole([sound], 3 * SECOND)).max() <= 0.5 + 1e-4


def test_a_sound_is_heard_in_its_place_alone_without_a_click_and_neighbours_cross(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).standard_normal((2, 2, 3 * SECOND)).astype(np.float32) * 0.1
    clips = [sounding(tmp_path, noise[number], f"clip{number}") for number in (0, 1)]
    first = laid(tmp_path, clips[0], SECOND, 2 * SECOND, edge=SECOND)
    second = laid(tmp_path, clips[1], 2 * SECOND, 2 * SECOND, edge=SECOND)
    line = whole([first, second], 5 * SECOND)
    assert not line[:SECOND].any()
    assert not line[4 * SECOND :].any()
    assert np.abs(line[SECOND : SECOND + 20]).max() < 0.002
    spread = [float(line[int(at * SECOND) : int((at + 0.1) * SECOND)].std()) for at in (2.1, 2.45, 2.8)]
    assert max(spread) / min(spread) < 1.15
    assert np.allclose(line, whole([second, first], 5 * SECOND, piece=100_000))


def test_it_goes_down_under_the_voice_and_the_film_keeps_its_loudness(tmp_path: Path) -> None:
    words = 0.2 * np.random.default_rng(2).standard_normal(2 * SECOND).astype(np.float32)
    soundfile.write(tmp_path / "voice.wav", words, SECOND)
    clip = sounding(tmp_path, tone(9_000, 3, 0.1))
    sounds = tuple(
        LaidSound(raw=one.raw, start_sample=start * SECOND, samples=3 * SECOND, rising=EDGE_SAMPLES, falling=EDGE_SAMPLES)
        for one in [laid(tmp_path, clip, 0, 3 * SECOND)] for start in (0, 3)
    )  # fmt: skip
    plan = MixPlan(seconds=Fraction(6), narration=((tmp_path / "voice.wav", 3 * SECOND),), sounds=sounds)
    facts = mix(plan, tmp_path / "film.m4a")
    assert measure_loudness(tmp_path / "film.m4a").integrated_lufs == pytest.approx(-14.0, abs=0.5)
    assert facts.loudness.true_peak_dbtp <= -1.0
    line = read_samples(tmp_path / "film.m4a", rate_hz=SECOND)
    # what is left of the tone while noise speaks is measured against the noise beside it
    alone, under = level_db(line, 9_000, 0.5, 2.0), level_db(line, 9_000, 3.6, 4.6)
    assert under < alone - 6
    assert alone > level_db(line, 5_000, 0.5, 2.0) + 30


def test_it_takes_the_place_of_nothing_where_ambience_is_composed(tmp_path: Path) -> None:
    sound = laid(tmp_path, sounding(tmp_path, tone(9_000, 3, 0.1)), 3 * SECOND, 3 * SECOND)
    plan = MixPlan(
        seconds=Fraction(6), narration=(), sounds=(sound,), ambience=(Stretch(kind="wind", start_sample=0, end_sample=3 * SECOND),)
    )
    mix(plan, tmp_path / "film.m4a")
    line = read_samples(tmp_path / "film.m4a", rate_hz=SECOND)
    assert level_db(line, 9_000, 4.0, 5.5) > level_db(line, 9_000, 0.5, 2.0) + 30
    assert level_db(line, 200, 0.5, 2.0) > level_db(line, 200, 4.0, 5.5) + 20
