"""The whole sound of a film, measured on the encoded file as a player would hear it."""

import subprocess
import tracemalloc
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from aiprod.errors import MediaBroken, Misuse, NotFound, StorageFull
from aiprod.media.ambience import Stretch
from aiprod.media.loudness import measure_loudness
from aiprod.media.mastering import write_pieces
from aiprod.media.mix import MixFacts, MixPlan, mix
from aiprod.media.music import play
from aiprod.media.probe import probe, read_samples
from aiprod.media.process import run_ffmpeg
from aiprod.media.score import ScorePlan, compose
from aiprod.ports import Samples
from aiprod.units import SOUND_RATE_HZ

SECOND = SOUND_RATE_HZ
TEXT = "Deep in the misty mountains, a quiet giant wakes and stretches in the morning light."


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About five seconds of speech."""
    path = tmp_path_factory.mktemp("speech") / "speech.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(path), TEXT], check=True, timeout=30)
    return path


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Composed music for eight seconds."""
    plan = ScorePlan(
        mood="wonder", seconds=Fraction(8), cuts=(Fraction(4),), scene_moods=(), last_word_end=Fraction(13, 2), seed=1
    )
    return play(compose(plan), tmp_path_factory.mktemp("music") / "music.wav")


def scaled(speech: Path, gain: float, into: Path) -> Path:
    samples, rate_hz = soundfile.read(speech)
    soundfile.write(into, np.clip(samples * gain, -1, 1), rate_hz, subtype="FLOAT")
    return into


def band_db(sound: Samples, low_hz: float, high_hz: float, start: float, end: float) -> float:
    part = sound[int(start * SECOND) : int(end * SECOND), 0].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
    hertz = np.fft.rfftfreq(len(part), 1 / SECOND)
    return float(10 * np.log10(spectrum[(hertz >= low_hz) & (hertz < high_hz)].sum() / len(part) ** 2 + 1e-12))


@pytest.mark.parametrize(
    ("loudness_lufs", "bitrate_kbps"), [(-14.0, 192), (-14.0, 128), (-23.0, 320)], ids=["social", "draft", "broadcast"]
)
def test_a_film_meets_its_loudness_and_true_peak(
    speech: Path, music: Path, tmp_path: Path, loudness_lufs: float, bitrate_kbps: int
) -> None:
    plan = MixPlan(
        seconds=Fraction(8), narration=((speech, SECOND * 2 // 5),), music=music, music_end=Fraction(13, 2),
        ambience=(Stretch(kind="forest", start_sample=0, end_sample=8 * SECOND),),
        loudness_lufs=loudness_lufs, bitrate_kbps=bitrate_kbps,
    )  # fmt: skip

    facts = mix(plan, tmp_path / "film.m4a")
    heard = measure_loudness(tmp_path / "film.m4a")

    assert heard == facts.loudness
    assert heard.integrated_lufs == pytest.approx(loudness_lufs, abs=0.5)
    assert heard.true_peak_dbtp <= -1.0


@pytest.mark.parametrize("gain", [0.02, 0.15, 8.0], ids=["whispered", "quiet", "clipped"])
def test_a_quiet_and_a_loud_narration_end_at_the_same_loudness(speech: Path, tmp_path: Path, gain: float) -> None:
    voice = scaled(speech, gain, tmp_path / "voice.wav")

    facts = mix(MixPlan(seconds=Fraction(6), narration=((voice, SECOND // 2),)), tmp_path / "film.m4a")

    assert facts.loudness.integrated_lufs == pytest.approx(-14.0, abs=0.5)
    assert facts.loudness.true_peak_dbtp <= -1.0


def test_music_without_a_voice_meets_the_loudness_too(music: Path, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "silent.wav", np.zeros(SECOND * 3), SECOND)

    facts = mix(
        MixPlan(seconds=Fraction(8), narration=((tmp_path / "silent.wav", SECOND),), music=music), tmp_path / "film.m4a"
    )

    assert facts.loudness.integrated_lufs == pytest.approx(-14.0, abs=0.5)
    assert facts.loudness.true_peak_dbtp <= -1.0


def test_silence_stays_silence(tmp_path: Path) -> None:
    facts = mix(MixPlan(seconds=Fraction(2), narration=()), tmp_path / "film.m4a")

    assert facts.loudness.integrated_lufs == -70.0
    assert facts.gain_db == 0.0
    assert float(probe(tmp_path / "film.m4a").seconds) == 2.0


@pytest.mark.parametrize("frames", [151, 178, 240])
def test_the_sound_is_exactly_as_long_as_the_film(speech: Path, tmp_path: Path, frames: int) -> None:
    mix(MixPlan(seconds=Fraction(frames, 30), narration=((speech, 0),)), tmp_path / "film.m4a")

    sound = probe(tmp_path / "film.m4a").sound

    assert sound is not None
    assert sound.seconds == Fraction(frames, 30)
    assert (sound.codec, sound.rate_hz, sound.channels, sound.start) == ("aac", 48_000, 2, Fraction(0))


def test_narration_is_heard_at_its_sample_even_after_muxing_with_a_picture(tmp_path: Path) -> None:
    # A chirp: its place is known to the sample, whatever the compressor does to its loudness.
    time = np.arange(960) / SECOND
    click = (0.5 * np.sin(2 * np.pi * (800 + 120_000 * time) * time) * np.hanning(960)).astype(np.float32)
    line = np.zeros(SECOND, np.float32)
    line[:960] = click
    soundfile.write(tmp_path / "click.wav", line, SECOND, subtype="FLOAT")
    soundfile.write(tmp_path / "click24.wav", line[::2], SECOND // 2, subtype="FLOAT")
    starts = (19_200, 100_003, 163_840, 236_801)
    files = ("click.wav", "click24.wav", "click.wav", "click24.wav")
    narration = tuple((tmp_path / name, start) for name, start in zip(files, starts, strict=True))

    mix(MixPlan(seconds=Fraction(7), narration=narration), tmp_path / "film.m4a")
    run_ffmpeg(
        ["-f", "lavfi", "-i", "testsrc=s=64x64:r=30:d=7", "-i", str(tmp_path / "film.m4a"), "-c:v", "libx264", "-c:a",
         "copy", "-bf", "2", str(tmp_path / "film.mp4")],
        about="Muxing", timeout_seconds=60,
    )  # fmt: skip

    for name in ("film.m4a", "film.mp4"):
        sound = read_samples(tmp_path / name, SECOND, mono=False)
        for start in starts:
            for channel in (0, 1):
                around = sound[start - 2400 : start + 2400 + 960, channel].astype(np.float64)
                found = int(np.argmax(np.correlate(around, click.astype(np.float64), "valid"))) - 2400
                assert abs(found) <= SECOND // 1000, f"{name}: {found} samples from {start}"


def test_the_music_dips_under_the_voice_and_comes_back(speech: Path, tmp_path: Path) -> None:
    # The voice has nothing above 7 kHz here, the music nothing below 9 kHz: each is measured alone in the mix.
    run_ffmpeg(
        ["-i", str(speech), "-t", "4", "-af", ",".join(["lowpass=f=5500"] * 4), str(tmp_path / "voice.wav")],
        about="Filtering", timeout_seconds=30,
    )  # fmt: skip
    time = np.arange(14 * SECOND) / SECOND
    soundfile.write(tmp_path / "music.wav", 0.1 * np.sin(2 * np.pi * 10_000 * time), SECOND)
    plan = MixPlan(
        seconds=Fraction(14), narration=((tmp_path / "voice.wav", 4 * SECOND),), music=tmp_path / "music.wav",
        bitrate_kbps=320,
    )  # fmt: skip

    mix(plan, tmp_path / "film.m4a")
    sound = read_samples(tmp_path / "film.m4a", SECOND, mono=False)

    def music_db(start: float, end: float) -> float:
        return band_db(sound, 9500, 10_500, start, end)

    alone = music_db(1, 3)
    assert 9.5 < alone - music_db(4.2, 7.4) < 15
    assert alone - music_db(3.2, 3.6) < 0.7, "not down long before the voice"
    assert alone - music_db(4.0, 4.1) > 8, "down when the first syllable is heard"
    assert alone - music_db(10, 11) < 0.7, "back after the voice"
    steps = [music_db(7.8 + step / 10, 8.0 + step / 10) for step in range(14)]
    assert max(abs(b - a) for a, b in pairwise(steps)) < 4, "it comes back gently"


def test_the_voice_is_well_above_the_bed(speech: Path, music: Path, tmp_path: Path) -> None:
    def loudness_of(narration: tuple[tuple[Path, int], ...]) -> MixFacts:
        return mix(MixPlan(seconds=Fraction(6), narration=narration, music=music), tmp_path / "film.m4a")

    with_voice = loudness_of(((speech, SECOND // 2),))

    assert with_voice.voice_lufs > -60
    assert with_voice.music_lufs > -60
    sound = read_samples(tmp_path / "film.m4a", SECOND, mono=False)
    assert band_db(sound, 200, 4000, 1, 4) > band_db(sound, 200, 4000, 5.7, 5.95) + 6


def test_the_same_plan_gives_the_same_bytes(speech: Path, music: Path, tmp_path: Path) -> None:
    plan = MixPlan(
        seconds=Fraction(6), narration=((speech, 0),), music=music, seed=4,
        ambience=(Stretch(kind="sea", start_sample=0, end_sample=6 * SECOND),),
    )  # fmt: skip
    mix(plan, tmp_path / "one.m4a")
    mix(plan, tmp_path / "two.m4a")

    assert (tmp_path / "one.m4a").read_bytes() == (tmp_path / "two.m4a").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.m4a", "two.m4a"], "nothing is left behind"


@pytest.mark.parametrize("seconds", [2, 20])
def test_own_music_shorter_or_longer_than_the_film_is_laid_to_it(speech: Path, tmp_path: Path, seconds: int) -> None:
    noise = 0.05 * np.random.default_rng(3).standard_normal((seconds * SECOND, 2))
    soundfile.write(tmp_path / "own.flac", noise, SECOND)
    plan = MixPlan(seconds=Fraction(7), narration=((speech, SECOND // 2),), music=tmp_path / "own.flac")

    facts = mix(plan, tmp_path / "film.m4a")

    sound = read_samples(tmp_path / "film.m4a", SECOND, mono=False)
    assert facts.samples == 7 * SECOND
    assert band_db(sound, 8000, 15_000, 0.1, 0.4) > band_db(sound, 8000, 15_000, 6.9, 7.0) + 15, "faded at the end"
    assert facts.loudness.integrated_lufs == pytest.approx(-14.0, abs=0.5)


def test_files_that_cannot_be_used_are_named(speech: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(bytes(range(256)) * 40)

    def attempt(**changes: object) -> Callable[[], MixFacts]:
        plan = MixPlan(**{"seconds": Fraction(3), "narration": ((speech, 0),), **changes})  # type: ignore[arg-type]
        return lambda: mix(plan, tmp_path / "film.m4a")

    for wrong, kind, words in (
        (attempt(music=broken), MediaBroken, r"broken\.mp3"),
        (attempt(music=tmp_path / "gone.mp3"), NotFound, r"gone\.mp3"),
        (attempt(narration=((broken, 0),)), MediaBroken, "narration"),
        (attempt(narration=((tmp_path / "gone.wav", 0),)), NotFound, r"gone\.wav"),
        (attempt(narration=((speech, 3 * SECOND),)), Misuse, "start in samples 0 to 143999"),
        (attempt(seconds=Fraction(0)), Misuse, "longer than nothing"),
    ):
        with pytest.raises(kind, match=words):
            wrong()
    assert [path.name for path in tmp_path.iterdir()] == ["broken.mp3"], "nothing is left behind"


def test_a_full_disk_is_said(speech: Path) -> None:
    # The kernel's own full disk: every write to it fails as on a real one.
    full = Path("/dev/full")

    with pytest.raises(StorageFull, match="no room is left"):
        write_pieces(iter([np.zeros((SECOND, 2), np.float32)]), full)
    with pytest.raises(StorageFull, match="No space left"):
        run_ffmpeg(["-i", str(speech), "-f", "f32le", "-y", str(full)], about="Placing", timeout_seconds=30)


def test_a_film_three_times_as_long_needs_no_more_memory(speech: Path, music: Path, tmp_path: Path) -> None:
    def most_held(seconds: int) -> int:
        plan = MixPlan(
            seconds=Fraction(seconds), narration=((speech, 0), (speech, (seconds - 8) * SECOND)), music=music,
            ambience=(Stretch(kind="room", start_sample=0, end_sample=seconds * SECOND),),
        )  # fmt: skip
        tracemalloc.start()
        try:
            mix(plan, tmp_path / "film.m4a")
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    shorter = most_held(40)

    assert most_held(120) < 1.25 * shorter
    assert shorter < 200_000_000
