"""How loud a sound is: ffmpeg's EBU R128 meter for files, and the same K-weighting on samples for work in progress.

Knows ITU-R BS.1770-4 (filters at 48 kHz, gates); does not know what a film should measure.
"""

import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aiprod.errors import MediaBroken, NotFound
from aiprod.media import graph
from aiprod.media.process import run_ffmpeg_heard
from aiprod.ports import Samples
from aiprod.units import SOUND_RATE_HZ

Energies = npt.NDArray[np.float64]

SILENCE_LUFS = -70.0
"""What the standard's absolute gate leaves of silence: nothing is reported below."""

SILENCE_DBTP = -120.0
"""True peak reported for digital silence, whose decibels would be infinite."""

MEASURE_TIMEOUT_SECONDS = 900.0
STEP_SAMPLES = 32
"""Samples in one step of an `Energies` curve: 2/3 of a millisecond."""

_OFFSET_LUFS = -0.691
_WINDOW_STEPS = SOUND_RATE_HZ * 4 // 10 // STEP_SAMPLES
_HOP_STEPS = _WINDOW_STEPS // 4
_RELATIVE_GATE_LU = -10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """A whole programme: integrated loudness, highest true peak, loudness range."""

    integrated_lufs: float
    true_peak_dbtp: float
    range_lu: float


def measure_loudness(path: Path) -> Loudness:
    """Loudness of a file's first sound, decoded as a player would. Raises: NotFound, MediaBroken, EngineMissing."""
    if not path.is_file():
        raise NotFound(f"Expected a sound at {path.name}, found none.")
    # A limiter's work shows only after decoding: the meter sees the decoder's samples, never the encoder's input.
    sound = graph.read(path).audio.filter("aresample", SOUND_RATE_HZ)
    metered = sound.filter("ebur128", framelog="verbose", peak="true")
    _, log = run_ffmpeg_heard(
        graph.write_arguments([metered], "-", f="null"),
        about=f"Measuring the loudness of {path.name}", timeout_seconds=MEASURE_TIMEOUT_SECONDS, level="info",
    )  # fmt: skip
    summary = log[log.rfind("Summary:") :]
    return Loudness(
        integrated_lufs=max(SILENCE_LUFS, _figure(summary, "I", path)),
        true_peak_dbtp=max(SILENCE_DBTP, _figure(summary, "Peak", path)),
        range_lu=_figure(summary, "LRA", path),
    )


def _figure(summary: str, name: str, path: Path) -> float:
    found = re.search(rf"\b{name}:\s+(-?[\d.]+|-?inf|nan)", summary)
    if found is None:
        raise MediaBroken(f"Expected a sound to measure in {path.name}, found none; give a file that has sound.")
    value = float(found[1])
    return -math.inf if math.isnan(value) else value


class KWeighting:
    """K-weighted energy of a sound that comes in pieces. One object hears one sound, in order."""

    def __init__(self, channels: int) -> None:
        self._state = np.zeros((2, 2, channels))

    def energies(self, samples: Samples) -> Energies:
        """Mean energy of each step, summed over the channels.

        Shapes: (n, channels) in, (n // STEP_SAMPLES,) out; n is a multiple of STEP_SAMPLES except in the last piece,
        whose rest is left out.
        """
        from scipy.signal import sosfilt

        weighted, self._state = sosfilt(_filters(), samples.astype(np.float64), axis=0, zi=self._state)
        steps = len(weighted) // STEP_SAMPLES
        squares = np.square(weighted[: steps * STEP_SAMPLES]).sum(axis=1)
        mean: Energies = squares.reshape(steps, STEP_SAMPLES).mean(axis=1)
        return mean


def integrate(energies: Energies) -> float:
    """Integrated loudness in LUFS of a curve of K-weighted energies, with both gates of BS.1770-4."""
    if len(energies) < _WINDOW_STEPS:
        energies = np.pad(energies, (0, _WINDOW_STEPS - len(energies)))
    total = np.concatenate(([0.0], np.cumsum(energies)))
    starts = np.arange(0, len(energies) - _WINDOW_STEPS + 1, _HOP_STEPS)
    windows = np.maximum((total[starts + _WINDOW_STEPS] - total[starts]) / _WINDOW_STEPS, 0.0)
    loud = windows[windows > 10 ** ((SILENCE_LUFS - _OFFSET_LUFS) / 10)]
    if not len(loud):
        return SILENCE_LUFS
    kept = loud[loud > loud.mean() * 10 ** (_RELATIVE_GATE_LU / 10)]
    return float(_OFFSET_LUFS + 10 * np.log10(kept.mean()))


def integrated_lufs(samples: Samples) -> float:
    """Integrated loudness of samples at 48 kHz. Shapes: (n,) or (n, 2); a mono sound is taken as both channels."""
    both = samples.reshape(len(samples), -1)
    gain = 2.0 if both.shape[1] == 1 else 1.0
    return integrate(KWeighting(both.shape[1]).energies(both) * gain)


@cache
def _filters() -> npt.NDArray[np.float64]:
    # Source: ITU-R BS.1770-4, tables 1 and 2 (the head's shelf, then the low cut), for 48 kHz.
    return np.array(
        [
            [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585],
            [1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621],
        ]
    )
