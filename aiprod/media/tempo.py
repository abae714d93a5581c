"""Speech made faster or slower at the same pitch, for voices that cannot be told how fast to speak.

Knows ffmpeg's atempo (WSOLA); knows no voice.
"""

import tempfile
from pathlib import Path

import numpy as np

from aiprod.errors import MediaBroken
from aiprod.media.graph import read, write_arguments
from aiprod.media.process import run_ffmpeg
from aiprod.ports import Samples

SLOWEST, FASTEST = 0.5, 2.0
TIMEOUT_SECONDS = 120


def change_tempo(samples: Samples, rate_hz: int, speed: float) -> Samples:
    """The same mono sound, `speed` times as fast (0.5 to 2).

    Raises: EngineMissing, MediaBroken, Unavailable.
    """
    if speed == 1 or not len(samples):
        return samples
    if not SLOWEST <= speed <= FASTEST:
        raise MediaBroken(f"Expected speech at {SLOWEST} to {FASTEST} times its tempo, found {speed} asked for.")
    with tempfile.TemporaryDirectory(prefix="aiprod-tempo-") as folder:
        sound = Path(folder) / "sound.f32"
        sound.write_bytes(samples.astype("<f4").tobytes())
        slow = read(sound, f="f32le", ar=rate_hz, ac=1).audio.filter("atempo", speed)
        arguments = write_arguments([slow], "pipe:", f="f32le", ar=rate_hz, ac=1)
        changed = run_ffmpeg(arguments, about="Changing the tempo of speech", timeout_seconds=TIMEOUT_SECONDS)
    return np.frombuffer(changed, dtype="<f4").astype(np.float32)
