"""Speech is made faster or slower, and its pitch stays."""

import numpy as np
import pytest

from aiprod.errors import MediaBroken
from aiprod.media.tempo import change_tempo
from aiprod.ports import Samples

RATE_HZ = 24_000


def tone(hz: float, seconds: float = 2.0) -> Samples:
    times = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return (0.5 * np.sin(2 * np.pi * hz * times)).astype(np.float32)


def pitch_hz(samples: Samples) -> float:
    middle = samples[RATE_HZ // 4 : RATE_HZ // 4 + RATE_HZ // 2] * np.hanning(RATE_HZ // 2)
    return float(np.argmax(np.abs(np.fft.rfft(middle)))) * 2


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.2, 2.0])
def test_the_length_changes_and_the_pitch_does_not(speed: float) -> None:
    changed = change_tempo(tone(200), RATE_HZ, speed)
    assert len(changed) / RATE_HZ == pytest.approx(2.0 / speed, abs=0.06)
    assert pitch_hz(changed) == pytest.approx(200, abs=4)
    assert changed.dtype == np.float32
    assert 0.4 < np.abs(changed[RATE_HZ // 4 : -RATE_HZ // 4]).max() < 0.6


def test_nothing_is_touched_where_nothing_is_asked() -> None:
    sound = tone(200)
    assert change_tempo(sound, RATE_HZ, 1.0) is sound


@pytest.mark.parametrize("speed", [0.3, 3.0])
def test_a_tempo_that_would_be_no_speech_is_refused(speed: float) -> None:
    with pytest.raises(MediaBroken, match=r"0\.5 to 2\.0 times its tempo"):
        change_tempo(tone(200), RATE_HZ, speed)
