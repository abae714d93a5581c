"""Music as sound: a composed score played by fluidsynth, and any music file laid to a film's exact length.

Knows the player, its soundfonts, how music is looped and faded; does not compose (score/) and sets no level (mix.py).
"""

import math
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aiprod.errors import EngineMissing, MediaBroken, StorageFull, Unavailable
from aiprod.media import graph
from aiprod.media.mastering import PIECE_SAMPLES, write_pieces
from aiprod.media.process import run_ffmpeg
from aiprod.ports import Samples
from aiprod.units import SOUND_RATE_HZ, seconds_to_samples_nearest

SOUNDFONTS = (
    Path("/usr/share/sounds/sf2/FluidR3_GM.sf2"),
    Path("/usr/share/soundfonts/FluidR3_GM.sf2"),
    Path("/usr/share/sounds/sf2/default-GM.sf2"),
    Path("/usr/share/soundfonts/default.sf2"),
    Path("/usr/local/share/soundfonts/FluidR3_GM.sf2"),
    Path("/opt/homebrew/share/soundfonts/FluidR3_GM.sf2"),
)
"""Where a General MIDI soundfont is looked for, the best first."""

PLAY_TIMEOUT_SECONDS = 600.0
DECODE_TIMEOUT_SECONDS = 600.0
SHORTEST_SAMPLES = SOUND_RATE_HZ
"""A music file that is shorter cannot be looped into music."""

_CROSSFADE_SAMPLES = SOUND_RATE_HZ * 3 // 2
_FADE_IN_SAMPLES = SOUND_RATE_HZ * 3 // 100
_FRAME_BYTES = 8


def find_soundfont(explicit: Path | None = None) -> Path:
    """The explicit soundfont, else the first known one on this machine. Raises: EngineMissing."""
    for path in (explicit,) if explicit is not None else SOUNDFONTS:
        if path.is_file():
            return path
    wanted = f"the soundfont {explicit}" if explicit is not None else "a General MIDI soundfont"
    raise EngineMissing(
        f"Expected {wanted} to play the music, found none; install one (Debian: apt-get install fluid-soundfont-gm)."
    )


def play(midi: bytes, into: Path, *, soundfont: Path | None = None, program: str = "fluidsynth") -> Path:
    """Play a Standard MIDI File into a 48 kHz stereo WAV; the same file gives the same samples.

    Raises: EngineMissing, MediaBroken, StorageFull, Unavailable.
    """
    font = find_soundfont(soundfont)
    player = shutil.which(program)
    if player is None:
        raise EngineMissing(
            f"Expected the program {program} to play the music, found none; install it "
            "(Debian: apt-get install fluidsynth)."
        )
    with tempfile.TemporaryDirectory(prefix=".score-", dir=into.parent) as scratch:
        score = Path(scratch) / "score.mid"
        score.write_bytes(midi)
        # Samples are loaded as instruments need them: a third of the time for a handful of instruments. Written in periods
        # of 1,024 samples instead of 64, which takes a tenth less.
        command = [
            player, "-ni", "-q", "-T", "wav", "-O", "float", "-r", str(SOUND_RATE_HZ), "-F", str(into.absolute()), "-z", "1024",
            "-g", "1.2", "-R", "1", "-C", "0",
            "-o", "synth.dynamic-sample-loading=1", "-o", "synth.cpu-cores=1", "-o", "synth.polyphony=200",
            "-o", "synth.reverb.room-size=0.72", "-o", "synth.reverb.damp=0.25",
            "-o", "synth.reverb.width=0.9", "-o", "synth.reverb.level=0.75",
            str(font.absolute()), str(score),
        ]  # fmt: skip
        _run_player(command)
    if not into.is_file() or into.stat().st_size < SOUND_RATE_HZ:
        raise MediaBroken("Expected music from fluidsynth, found none; check the soundfont with `fluidsynth -ni FILE`.")
    return into


def _run_player(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PLAY_TIMEOUT_SECONDS, check=False
        )
    except OSError as error:
        raise EngineMissing(f"fluidsynth did not start: {error.strerror}; install it again.") from error
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"fluidsynth took longer than {PLAY_TIMEOUT_SECONDS:.0f} s; try again.") from error
    said = done.stderr.decode("utf-8", "replace").strip()
    if "No space left" in said or "Error writing" in said:
        raise StorageFull("The music was being written and no room is left; free some and try again.")
    if done.returncode < 0:
        raise Unavailable("The music did not finish: fluidsynth was killed; try again.")
    if done.returncode != 0 or "not a SoundFont or MIDI file" in said:
        last = said.splitlines()[-1] if said else "nothing"
        raise MediaBroken(f"Expected fluidsynth to play the music, found a refusal (exit {done.returncode}): {last}.")


def lay_music(music: Path, samples: int, end: Fraction | None, into: Path) -> None:
    """Write `samples` samples of a music file as raw stereo float32: looped with a crossfade when it is shorter, faded
    out from `end` seconds on (None: the last two seconds).

    Raises: MediaBroken, StorageFull, EngineMissing.
    """
    decoded = into.with_suffix(".decoded")
    source = graph.read(music).audio.filter("aresample", SOUND_RATE_HZ).filter("atrim", end_sample=samples)
    run_ffmpeg(
        graph.write_arguments([source], decoded, f="f32le", acodec="pcm_f32le", ac=2, ar=SOUND_RATE_HZ),
        about=f"Reading the music {music.name}", timeout_seconds=DECODE_TIMEOUT_SECONDS,
    )  # fmt: skip
    length = decoded.stat().st_size // _FRAME_BYTES
    if length < min(samples, SHORTEST_SAMPLES):
        raise MediaBroken(
            f"Expected at least {SHORTEST_SAMPLES // SOUND_RATE_HZ} s of music in {music.name}, "
            f"found {length / SOUND_RATE_HZ:.2f} s; give a longer file."
        )
    tape = np.memmap(decoded, dtype="<f4", mode="r", shape=(length, 2))
    fade_from = samples - 2 * SOUND_RATE_HZ if end is None else seconds_to_samples_nearest(end, SOUND_RATE_HZ)
    write_pieces(_faded(tape, samples, max(0, min(fade_from, samples - 1))), into)
    decoded.unlink()


def _faded(tape: Samples, samples: int, fade_from: int) -> Iterator[Samples]:
    for start in range(0, samples, PIECE_SAMPLES):
        times = np.arange(start, min(start + PIECE_SAMPLES, samples))
        fade_in = np.clip(times / _FADE_IN_SAMPLES, 0.0, 1.0)
        falling = np.clip((times - fade_from) / max(1, samples - 1 - fade_from), 0.0, 1.0)
        gain = (fade_in * np.cos(falling * math.pi / 2) ** 2).astype(np.float32)
        yield _looped(tape, times) * gain[:, None]


def _looped(tape: Samples, times: npt.NDArray[np.int64]) -> Samples:
    """Samples of the endless tape: each turn's end is crossfaded, at equal power, into the next turn's beginning."""
    length = len(tape)
    if times[-1] < length:
        return np.asarray(tape[times[0] : times[-1] + 1])
    overlap = min(_CROSSFADE_SAMPLES, length // 3)
    period = length - overlap
    position = times % period
    rising = np.clip(position / overlap, 0.0, 1.0)
    first_turn = times < period
    fade_in = np.where(first_turn, 1.0, np.sin(rising * math.pi / 2)).astype(np.float32)
    fade_out = np.where(first_turn | (rising >= 1.0), 0.0, np.cos(rising * math.pi / 2)).astype(np.float32)
    ending = np.minimum(position + period, length - 1)
    return np.asarray(tape[position] * fade_in[:, None] + tape[ending] * fade_out[:, None])
