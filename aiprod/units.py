"""Conversions between exact seconds, frames and samples; nothing here rounds silently.

Seconds are `Fraction`, frames and samples are `int`. A function's name says how it rounds.
"""

import math
from fractions import Fraction

SOUND_RATE_HZ = 48_000
"""The rate of every sound in a film (AAC 48 kHz)."""
DAY_SECONDS = 86_400


def frames_to_seconds(frames: int, rate: Fraction) -> Fraction:
    """Time at which frame number `frames` starts, at `rate` frames a second."""
    return Fraction(frames) / rate


def seconds_to_frames_ceil(seconds: Fraction, rate: Fraction) -> int:
    """Fewest frames that last at least `seconds`."""
    return math.ceil(seconds * rate)


def seconds_to_frames_nearest(seconds: Fraction, rate: Fraction) -> int:
    """Number of the frame boundary nearest to `seconds`; halves go up."""
    return math.floor(seconds * rate + Fraction(1, 2))


def samples_to_seconds(samples: int, rate_hz: int) -> Fraction:
    """Time at which sample number `samples` is taken."""
    return Fraction(samples, rate_hz)


def seconds_to_samples_nearest(seconds: Fraction, rate_hz: int) -> int:
    """Number of the sample nearest to `seconds`; halves go up."""
    return math.floor(seconds * rate_hz + Fraction(1, 2))


def frames_to_samples_nearest(frames: int, rate: Fraction, rate_hz: int) -> int:
    """Number of the sample nearest to the start of frame `frames`."""
    return seconds_to_samples_nearest(frames_to_seconds(frames, rate), rate_hz)


def clock(seconds: Fraction | float) -> str:
    """Minutes and seconds for people: 83 s is "1:23"."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
