"""The last steps of a sound: gain to a loudness, a true-peak limiter, AAC, and proof on the encoded file.

Works on raw float32 stereo at 48 kHz in a file, a piece at a time, so that length costs disk and not memory. The
whole film is first reduced to two curves (K-weighted energy and true peak of every step); the gain is searched on the
curves, where a try costs milliseconds, and applied to the samples once.
"""

import errno
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aiprod.errors import MediaBroken, StorageFull
from aiprod.media import graph
from aiprod.media.loudness import (
    STEP_SAMPLES,
    Energies,
    KWeighting,
    Loudness,
    integrate,
    measure_loudness,
)
from aiprod.media.process import run_ffmpeg
from aiprod.ports import Samples
from aiprod.units import SOUND_RATE_HZ

Curve = npt.NDArray[np.float64]

PIECE_SAMPLES = STEP_SAMPLES * 16_384
"""Samples held at once: about eleven seconds."""

ENCODE_TIMEOUT_SECONDS = 900.0
MAXIMUM_GAIN_DB = 40.0
_LOOKAHEAD_STEPS = 8
_RELEASE_STEPS = 150.0
_CODEC_MARGIN_DB = 0.4
_STRICTER_DB = 0.1
_ENCODINGS = 5
_LOUDNESS_SLACK_LU = 0.15
_AUDIBLE_LUFS = -60.0
_PHASE_TAPS = 16
# Measured on speech over music: up to here the fast coder keeps 6 to 10 dB more signal to noise below 7 kHz than the
# two-loop one, for a third of its time; it is behind only above 15 kHz, which matters when bits are plenty.
_FAST_CODER_KBPS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the encoded sound must measure."""

    loudness_lufs: float
    true_peak_dbtp: float
    bitrate_kbps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastered:
    """What was done to reach the target, and what the encoded file measures."""

    loudness: Loudness
    gain_db: float
    limited_db: float
    encodings: int


@dataclass(frozen=True, slots=True)
class _Curves:
    energies: Energies
    peaks: Curve


def master(raw: Path, target: Target, into: Path) -> Mastered:
    """Bring raw stereo samples to the target and write them as AAC in `into` (.m4a), measured after encoding.

    Silence stays silence. Raises: StorageFull, MediaBroken when the encoder cannot hold the true peak.
    """
    curves = _analyse(raw)
    before = integrate(curves.energies)
    ceiling_dbtp = target.true_peak_dbtp - _CODEC_MARGIN_DB
    wanted_lufs = target.loudness_lufs
    limited = raw.with_suffix(".limited")
    for encodings in range(1, _ENCODINGS + 1):
        gain_db = 0.0 if before < _AUDIBLE_LUFS else _find_gain(curves, wanted_lufs, ceiling_dbtp)
        gains = _limiter_gains(curves.peaks, gain_db, ceiling_dbtp)
        _apply(raw, gains, limited)
        _encode(limited, target.bitrate_kbps, into)
        heard = measure_loudness(into)
        over_db = heard.true_peak_dbtp - target.true_peak_dbtp
        off_lu = 0.0 if before < _AUDIBLE_LUFS else target.loudness_lufs - heard.integrated_lufs
        if over_db <= 0 and (abs(off_lu) <= _LOUDNESS_SLACK_LU or gain_db >= MAXIMUM_GAIN_DB):
            limited.unlink()
            reduction_db = gain_db - 20 * math.log10(float(gains.min())) if len(gains) else 0.0
            return Mastered(loudness=heard, gain_db=gain_db, limited_db=reduction_db, encodings=encodings)
        if over_db > 0:
            ceiling_dbtp -= over_db + _STRICTER_DB
        if abs(off_lu) > _LOUDNESS_SLACK_LU:
            wanted_lufs += off_lu
    raise MediaBroken(
        f"Expected a sound of {target.loudness_lufs:.0f} LUFS under {target.true_peak_dbtp:.0f} dBTP, found neither "
        f"after {_ENCODINGS} encodings; use a narration with less dynamic range."
    )


def pieces(raw: Path, channels: int = 2) -> Iterator[Samples]:
    """The samples of a raw file, a piece at a time. Shapes: (n, channels)."""
    with raw.open("rb") as file:
        while content := file.read(PIECE_SAMPLES * 4 * channels):
            yield np.frombuffer(content, dtype="<f4").reshape(-1, channels)


def write_pieces(samples: Iterator[Samples], into: Path) -> None:
    """Write samples to a raw float32 file as they come. Raises: StorageFull."""
    try:
        with into.open("wb") as file:
            for piece in samples:
                file.write(np.ascontiguousarray(piece, dtype="<f4").data)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise StorageFull("The film's sound was being written and no room is left; free some, try again.") from error


def _analyse(raw: Path) -> _Curves:
    weighting = KWeighting(2)
    energies: list[Energies] = []
    peaks: list[Curve] = []
    tail = np.zeros((_PHASE_TAPS, 2), dtype=np.float32)
    for piece in pieces(raw):
        steps = math.ceil(len(piece) / STEP_SAMPLES)
        whole = np.pad(piece, ((0, steps * STEP_SAMPLES - len(piece)), (0, 0)))
        energies.append(weighting.energies(whole))
        peaks.append(_true_peaks(np.concatenate((tail, whole)), steps))
        tail = whole[-_PHASE_TAPS:]
    if not energies:
        return _Curves(np.zeros(0), np.zeros(0))
    return _Curves(np.concatenate(energies), np.concatenate(peaks))


def _true_peaks(samples: Samples, steps: int) -> Curve:
    """Highest magnitude of each step between and on the samples, four times oversampled.

    A peak between samples is counted up to half a filter late; the limiter looks ahead further than that.
    """
    highest = np.abs(samples[_PHASE_TAPS:]).max(axis=1)
    for phase in (1, 2, 3):
        for channel in (0, 1):
            between = np.convolve(samples[:, channel], _phase_filter(phase / 4), mode="full")
            np.maximum(highest, np.abs(between[_PHASE_TAPS : _PHASE_TAPS + len(highest)]), out=highest)
    peaks: Curve = highest.reshape(steps, STEP_SAMPLES).max(axis=1).astype(np.float64)
    return peaks


def _phase_filter(delay: float) -> npt.NDArray[np.float32]:
    positions = np.arange(_PHASE_TAPS) - (_PHASE_TAPS // 2 - 1) - delay
    taps = np.sinc(positions) * np.cos(np.pi * positions / (_PHASE_TAPS + 2)) ** 2
    normalised: npt.NDArray[np.float32] = (taps / taps.sum()).astype(np.float32)
    return normalised


def _find_gain(curves: _Curves, wanted_lufs: float, ceiling_dbtp: float) -> float:
    def reached(gain_db: float) -> float:
        return integrate(curves.energies * np.square(_limiter_gains(curves.peaks, gain_db, ceiling_dbtp)))

    return _bisect(reached, wanted_lufs)


def _bisect(reached: Callable[[float], float], wanted: float) -> float:
    low, high = -60.0, MAXIMUM_GAIN_DB
    if reached(high) <= wanted:
        return high
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (middle, high) if reached(middle) < wanted else (low, middle)
    return high


def _limiter_gains(peaks: Curve, gain_db: float, ceiling_dbtp: float) -> Curve:
    """Linear gain of every step: the wanted gain, less where a peak would pass the ceiling.

    The reduction is there before the peak (look-ahead, about 5 ms), rises in a ramp and is let go exponentially
    (about 100 ms): no step in the gain, so no click.
    """
    from scipy.ndimage import maximum_filter1d, uniform_filter1d

    gain = 10 ** (gain_db / 20)
    if not len(peaks):
        return np.zeros(0)
    over_db = 20 * np.log10(np.maximum(peaks * gain, 1e-9)) - ceiling_dbtp
    needed = np.maximum(over_db, 0.0)
    if not needed.any():
        return np.full(len(peaks), gain)
    held = maximum_filter1d(needed, 2 * _LOOKAHEAD_STEPS + 3)
    # max over j <= b of held[j] * c ** (b - j), as one running maximum in logarithms
    decay = np.arange(len(held)) / _RELEASE_STEPS
    with np.errstate(divide="ignore"):
        released = np.exp(np.maximum.accumulate(np.log(held) + decay) - decay)
    smooth_db = uniform_filter1d(released, 2 * _LOOKAHEAD_STEPS + 1, mode="nearest")
    result: Curve = gain * 10 ** (-smooth_db / 20)
    return result


def _apply(raw: Path, gains: Curve, into: Path) -> None:
    def limited() -> Iterator[Samples]:
        centres = np.arange(len(gains)) * STEP_SAMPLES + STEP_SAMPLES / 2
        start = 0
        for piece in pieces(raw):
            times = np.arange(start, start + len(piece))
            yield piece * np.interp(times, centres, gains).astype(np.float32)[:, None]
            start += len(piece)

    write_pieces(limited(), into)


def _encode(raw: Path, bitrate_kbps: int, into: Path) -> None:
    # The edit list hides the encoder's 1024 priming samples; counted in samples it also ends at the exact one.
    coder = "twoloop" if bitrate_kbps > _FAST_CODER_KBPS else "fast"
    run_ffmpeg(
        graph.write_arguments(
            [graph.read(raw, f="f32le", ar=SOUND_RATE_HZ, ac=2)], into,
            acodec="aac", aac_coder=coder, audio_bitrate=f"{bitrate_kbps}k", fflags="+bitexact", map_metadata=-1, f="ipod",
            movflags="+faststart", movie_timescale=SOUND_RATE_HZ, **{"flags:a": "+bitexact"},
        ),
        about=f"Encoding the sound {into.name}", timeout_seconds=ENCODE_TIMEOUT_SECONDS,
    )  # fmt: skip

