"""The film's whole sound: narration at exact samples, music and ambience ducked under it, loudness, AAC.

Knows the levels and the chain of effects. Does not compose (score/), play (music.py), make ambience (ambience.py) or
master (mastering.py). Everything passes through raw float32 files, so a long film costs disk and not memory.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.errors import Misuse, NotFound
from aiprod.media import graph
from aiprod.media.ambience import Stretch, lay_ambience
from aiprod.media.loudness import SILENCE_LUFS, KWeighting, Loudness, integrate
from aiprod.media.mastering import Target, master, pieces, write_pieces
from aiprod.media.music import lay_music
from aiprod.media.process import run_ffmpeg, written_whole
from aiprod.media.scene_sounds import LaidSound, lay_over
from aiprod.units import SOUND_RATE_HZ, seconds_to_samples_nearest

MIX_TIMEOUT_SECONDS = 900.0

VOICE_LUFS = -18.0
"""Level at which the voice enters its chain; thresholds below are meant for it."""

MUSIC_LUFS = -19.5
"""Level of the music where nobody speaks."""

_QUIETEST_LUFS = -60.0
_DUCK_AHEAD_SAMPLES = SOUND_RATE_HZ * 18 // 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MixPlan:
    """What is heard in a film of `seconds`. `narration` is each file with the sample (48 kHz) at which it starts.

    `music` is a file of any format and length: looped when shorter, faded out at the film's end. `music_end` is when a
    longer or looped file must begin to fade (None: 2 s before the end). `sounds` are those that clips bring along.
    """

    seconds: Fraction
    narration: tuple[tuple[Path, int], ...]
    music: Path | None = None
    music_end: Fraction | None = None
    ambience: tuple[Stretch, ...] = ()
    sounds: tuple[LaidSound, ...] = ()
    loudness_lufs: float = -14.0
    true_peak_dbtp: float = -1.0
    bitrate_kbps: int = 192
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MixFacts:
    """The finished sound. `gain_db` and `limited_db` are what mastering added and, at most, took from a peak."""

    samples: int
    loudness: Loudness
    voice_lufs: float
    music_lufs: float
    gain_db: float
    limited_db: float
    encodings: int


def mix(plan: MixPlan, into: Path) -> MixFacts:
    """Mix a film's sound into an .m4a file exactly as long as the film; the same plan gives the same bytes.

    Raises: NotFound, MediaBroken (a file that cannot be decoded), StorageFull, EngineMissing, Unavailable.
    """
    samples = seconds_to_samples_nearest(plan.seconds, SOUND_RATE_HZ)
    _check(plan, samples)
    with tempfile.TemporaryDirectory(prefix=".mix-", dir=into.parent) as scratch:
        folder = Path(scratch)
        voice, voice_lufs = _place_narration(plan.narration, samples, folder / "voice.raw")
        music_lufs = SILENCE_LUFS
        music = folder / "music.raw"
        if plan.music is not None:
            lay_music(plan.music, samples, plan.music_end, music)
            music_lufs = _loudness_of(music)
        ambience = folder / "ambience.raw" if plan.ambience or plan.sounds else None
        if ambience is not None:
            write_pieces(lay_over(lay_ambience(plan.ambience, samples, plan.seed), plan.sounds), ambience)
        bed = _bed(music if music_lufs > _QUIETEST_LUFS else None, music_lufs, ambience)
        mixed = folder / "mix.raw"
        _blend(voice if voice_lufs > _QUIETEST_LUFS else None, voice_lufs, bed, samples, mixed)
        target = Target(
            loudness_lufs=plan.loudness_lufs, true_peak_dbtp=plan.true_peak_dbtp, bitrate_kbps=plan.bitrate_kbps
        )
        with written_whole(into) as partial:
            mastered = master(mixed, target, partial)
    return MixFacts(
        samples=samples, loudness=mastered.loudness, voice_lufs=voice_lufs, music_lufs=music_lufs,
        gain_db=mastered.gain_db, limited_db=mastered.limited_db, encodings=mastered.encodings,
    )  # fmt: skip


def _check(plan: MixPlan, samples: int) -> None:
    if samples <= 0:
        raise Misuse(f"Expected a film longer than nothing, found {plan.seconds} s.")
    for path, start in plan.narration:
        if not 0 <= start < samples:
            raise Misuse(f"Expected {path.name} to start in samples 0 to {samples - 1}, found {start}.")
        if not path.is_file():
            raise NotFound(f"Expected a narration at {path.name}, found none.")
    if plan.music is not None and not plan.music.is_file():
        raise NotFound(f"Expected music at {plan.music.name}, found none.")


def _place_narration(narration: Sequence[tuple[Path, int]], samples: int, into: Path) -> tuple[Path, float]:
    """Narration on a line of its own, raw, of one channel: each filter costs half; and how loud it is on both sides."""
    if not narration:
        return into, SILENCE_LUFS
    ordered = sorted(narration, key=lambda placed: placed[1])
    # Two lanes in turn: a file may still sound when the next one starts.
    lanes = [_lane(ordered[turn::2], samples, turn) for turn in (0, 1) if ordered[turn::2]]
    line = lanes[0] if len(lanes) == 1 else graph.filter_many(lanes, "amix", inputs=2, normalize=0)
    _write_raw(line, into, "Placing the narration", channels=1)
    return into, _loudness_of(into, channels=1)


def _lane(narration: Sequence[tuple[Path, int]], samples: int, turn: int) -> graph.Stream:
    parts = []
    starts = [0] + [start for _, start in narration[1:]]
    for index, (path, start) in enumerate(narration):
        # Two scenes may say the same words from one file; a graph needs inputs that differ to read it twice.
        sound = graph.read(path, thread_queue_size=64 + 2 * index + turn).audio.filter("aresample", SOUND_RATE_HZ)
        mono = sound.filter("aformat", sample_fmts="flt", channel_layouts="mono")
        placed = mono.filter("adelay", delays=f"{start}S", all=1) if index == 0 and start else mono
        end = starts[index + 1] if index + 1 < len(starts) else samples
        parts.append(_exactly(placed, end - starts[index]))
    return parts[0] if len(parts) == 1 else graph.filter_many(parts, "concat", n=len(parts), v=0, a=1)


def _exactly(sound: graph.Stream, samples: int) -> graph.Stream:
    return sound.filter("apad", whole_len=samples).filter("atrim", end_sample=samples)


def _bed(music: Path | None, music_lufs: float, ambience: Path | None) -> graph.Stream | None:
    """Music at its level with a dip where consonants are heard, and ambience."""
    parts: list[graph.Stream] = []
    if music is not None:
        levelled = _read_raw(music).filter("volume", f"{MUSIC_LUFS - music_lufs:.2f}dB")
        parts.append(levelled.filter("equalizer", f=2600, t="o", w=1.6, g=-3))
    if ambience is not None:
        parts.append(_read_raw(ambience))
    if len(parts) < 2:
        return parts[0] if parts else None
    return graph.filter_many(parts, "amix", inputs=2, normalize=0)


def _blend(voice: Path | None, voice_lufs: float, bed: graph.Stream | None, samples: int, into: Path) -> None:
    if bed is None and voice is None:
        write_pieces((np.zeros((count, 2), np.float32) for count in _counts(samples)), into)
        return
    if voice is None:
        blended = bed
    elif bed is None:
        blended = _voice_chain(voice, voice_lufs)
    else:
        ducked = graph.filter_many(
            [bed, _duck_key(voice, voice_lufs)], "sidechaincompress",
            threshold=0.01, ratio=4, attack=120, release=900, knee=4, detection="rms", link="average",
        )  # fmt: skip
        blended = graph.filter_many([_voice_chain(voice, voice_lufs), ducked], "amix", inputs=2, normalize=0)
    if blended is not None:
        _write_raw(_exactly(blended, samples), into, "Mixing the sound")


def _voice_chain(voice: Path, voice_lufs: float) -> graph.Stream:
    """Rumble out, level held, a little air, sibilants tamed."""
    clean = _read_raw(voice, channels=1).filter("highpass", f=75).filter("volume", f"{VOICE_LUFS - voice_lufs:.2f}dB")
    held = clean.filter("acompressor", threshold=0.1, ratio=2.5, attack=8, release=140, knee=6, makeup=1.4)
    return held.filter("deesser", i=0.25, m=0.5, f=0.5).filter("channelmap", map="0|0", channel_layout="stereo")


def _duck_key(voice: Path, voice_lufs: float) -> graph.Stream:
    """The voice, evened out and a little early: the music is down before the first syllable, by about 12 dB for soft
    and loud words alike."""
    levelled = _read_raw(voice, channels=1).filter("highpass", f=120).filter("volume", f"{VOICE_LUFS - voice_lufs:.2f}dB")
    even = levelled.filter(
        "acompressor", threshold=0.02, ratio=12, attack=5, release=120, makeup=4
    )
    early = even.filter("atrim", start_sample=_DUCK_AHEAD_SAMPLES).filter("asetpts", "PTS-STARTPTS")
    return early.filter("apad", pad_len=_DUCK_AHEAD_SAMPLES)


def _read_raw(path: Path, channels: int = 2) -> graph.Stream:
    return graph.read(path, f="f32le", ar=SOUND_RATE_HZ, ac=channels).audio


def _write_raw(stream: graph.Stream, into: Path, about: str, channels: int = 2) -> None:
    run_ffmpeg(
        graph.write_arguments([stream], into, f="f32le", acodec="pcm_f32le", ac=channels, ar=SOUND_RATE_HZ),
        about=about, timeout_seconds=MIX_TIMEOUT_SECONDS,
    )  # fmt: skip


def _counts(samples: int) -> list[int]:
    whole, rest = divmod(samples, SOUND_RATE_HZ)
    return [SOUND_RATE_HZ] * whole + ([rest] if rest else [])


def _loudness_of(raw: Path, channels: int = 2) -> float:
    weighting = KWeighting(channels)
    energies = [weighting.energies(piece) * (2 / channels) for piece in pieces(raw, channels)]
    return integrate(np.concatenate([np.zeros(0), *energies]))
