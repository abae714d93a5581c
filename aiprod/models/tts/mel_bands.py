"""Bands of pitch as the ear parts them, in which networks hear voices. Pure; knows no network."""

import numpy as np
import numpy.typing as npt

_LINEAR_HZ = 200 / 3
_KNEE_HZ = 1000.0
_LOG_STEP = float(np.log(6.4)) / 27
"""Source: Slaney, Auditory Toolbox (1998): linear to 1 kHz, logarithmic above."""

Bands = npt.NDArray[np.float64]


def mel_bands(rate_hz: int, window: int, count: int, top_hz: float = 0.0) -> Bands:
    """Triangular bands on Slaney's scale, each of equal area, from nought to `top_hz` (0: half the rate).

    Shape: (count, window // 2 + 1).
    """
    edges = _hertz(np.linspace(0.0, _mels(top_hz or rate_hz / 2), count + 2))
    bins = np.fft.rfftfreq(window, 1 / rate_hz)
    widths = np.diff(edges)[:, None]
    rising = (bins - edges[:-2, None]) / widths[:-1]
    falling = (edges[2:, None] - bins) / widths[1:]
    triangles: Bands = np.maximum(0.0, np.minimum(rising, falling))
    return triangles * (2.0 / (edges[2:] - edges[:-2]))[:, None]


def _mels(hertz: float) -> float:
    if hertz < _KNEE_HZ:
        return hertz / _LINEAR_HZ
    return _KNEE_HZ / _LINEAR_HZ + float(np.log(hertz / _KNEE_HZ)) / _LOG_STEP


def _hertz(mels: Bands) -> Bands:
    knee = _KNEE_HZ / _LINEAR_HZ
    return np.where(mels < knee, mels * _LINEAR_HZ, _KNEE_HZ * np.exp(_LOG_STEP * (mels - knee)))
