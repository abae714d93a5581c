"""The sound that a clip brings along: how it lies in the clip, and how it is laid under a film.

Knows the track and the levels; `mix.py` ducks it under the voice like the ambience, whose place it takes.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile

from aiprod.media import graph
from aiprod.media.loudness import integrated_lufs
from aiprod.media.probe import probe, read_samples
from aiprod.media.process import run_ffmpeg, written_whole
from aiprod.ports import Samples
from aiprod.units import SOUND_RATE_HZ, seconds_to_samples_nearest

SCENE_LUFS = -30.0
"""Level of a clip's own sound where nothing else is heard: just above composed ambience, for it goes with what is seen."""
LOUDEST_PEAK = 0.5
"""A door that slams in a quiet room stays this far from full scale."""
MOST_GAIN_DB = 24.0
"""What is quieter than that allows stays quieter: it would be the noise of the model that is heard."""
SILENT_LUFS = -60.0
EDGE_SAMPLES = SOUND_RATE_HZ // 50
"""How long a sound comes and goes where no transition says so: no click at a cut."""
TIMEOUT_SECONDS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidSound:
    """A clip's sound (a file of raw stereo float32 at 48 kHz) on the film; it comes and goes, at equal power, in `rising`
    and `falling` samples."""

    raw: Path
    start_sample: int
    samples: int
    rising: int
    falling: int


def add_sound(clip: Path, samples: Samples, rate_hz: int, into: Path) -> None:
    """Write the clip, its pictures not encoded again, with that sound, without loss and exactly as long as the pictures.

    Shape of `samples`: (channels, n). Raises: MediaBroken, StorageFull, EngineMissing.
    """
    sound = into.with_suffix(".wav")
    try:
        soundfile.write(sound, samples.T, rate_hz, subtype="FLOAT")
        _mux(clip, sound, into)
    finally:
        sound.unlink(missing_ok=True)


def carry_sound(source: Path, clip: Path, into: Path) -> bool:
    """Write the clip with the sound of the one that it was made from; whether that has any.

    Raises: MediaBroken, StorageFull, EngineMissing.
    """
    if probe(source).sound is None:
        return False
    _mux(clip, source, into)
    return True


def _mux(clip: Path, sound: Path, into: Path) -> None:
    picture = probe(clip).picture
    seconds = picture.frames / picture.rate if picture and picture.rate else Fraction(0)
    length = seconds_to_samples_nearest(seconds, SOUND_RATE_HZ)
    heard = graph.read(sound).audio.filter("aresample", SOUND_RATE_HZ).filter("aformat", channel_layouts="stereo")
    exact = heard.filter("apad", whole_len=length).filter("atrim", end_sample=length)
    with written_whole(into) as partial:
        arguments = graph.write_arguments(
            [graph.read(clip).video, exact], partial, f="mp4", fflags="+bitexact",
            **{"c:v": "copy", "c:a": "alac", "flags:a": "+bitexact"},
        )  # fmt: skip
        run_ffmpeg(arguments, about=f"Adding the sound of {clip.name}", timeout_seconds=TIMEOUT_SECONDS)


def read_sound(clip: Path, into: Path) -> bool:
    """Write a clip's own sound, at its level for a film, as raw stereo float32 at 48 kHz; False, and nothing is written,
    where the clip has none or only silence. Raises: MediaBroken, StorageFull, EngineMissing."""
    if probe(clip).sound is None:
        return False
    heard = read_samples(clip, rate_hz=SOUND_RATE_HZ, mono=False)
    level = integrated_lufs(heard)
    if level <= SILENT_LUFS:
        return False
    gain = 10 ** (min(MOST_GAIN_DB, SCENE_LUFS - level) / 20)
    into.write_bytes((heard * np.float32(min(gain, LOUDEST_PEAK / float(np.abs(heard).max())))).tobytes())
    return True


def lay_over(ground: Iterator[Samples], sounds: Sequence[LaidSound]) -> Iterator[Samples]:
    """The ground, a piece at a time, with the clips' sounds in their places."""
    done = 0
    for piece in ground:
        laid = piece
        for sound in sounds:
            first = max(done, sound.start_sample)
            last = min(done + len(piece), sound.start_sample + sound.samples)
            if first < last:
                laid = laid.copy() if laid is piece else laid
                laid[first - done : last - done] += _part(sound, first - sound.start_sample, last - sound.start_sample)
        yield laid
        done += len(piece)


def _part(sound: LaidSound, first: int, last: int) -> Samples:
    """Samples of one sound, with its edges."""
    part = np.zeros((last - first, 2), dtype=np.float32)
    held = np.memmap(sound.raw, dtype="<f4", mode="r").reshape(-1, 2)[first:last]
    part[: len(held)] = held
    times = np.arange(first, last) + 0.5
    come = np.clip(times / max(1, sound.rising), 0.0, 1.0)
    go = np.clip((sound.samples - times) / max(1, sound.falling), 0.0, 1.0)
    edges: Samples = (np.sin(come * math.pi / 2) * np.sin(go * math.pi / 2)).astype(np.float32)
    return part * edges[:, None]
