"""Tiling noise pictures that every shader samples; the same on every machine and in every film."""

import numpy as np
import numpy.typing as npt

_SIDE_PX = 512
_GRAIN_SEED, _WISPS_SEED = 77, 78


def make_grain() -> npt.NDArray[np.uint8]:
    """Four independent channels of 1/f noise, from soft (R) to fine (A); mean one half."""
    random = np.random.default_rng(_GRAIN_SEED)
    channels = [_spectral(random, exponent, 0.18) for exponent in (1.75, 1.5, 1.3, 1.0)]
    return np.asarray(np.stack(channels, -1) * 255, dtype=np.uint8)


def make_wisps() -> npt.NDArray[np.uint8]:
    """Strands of mist, longer than high."""
    random = np.random.default_rng(_WISPS_SEED)
    x = np.clip((_spectral(random, 1.75, 0.2, stretch=0.7) - 0.22) / 0.55, 0, 1)
    x = x * x * (3 - 2 * x)
    return np.repeat(np.asarray(x * 255, dtype=np.uint8)[..., None], 4, -1)


def _spectral(
    random: np.random.Generator, exponent: float, spread: float, *, stretch: float = 1.0
) -> npt.NDArray[np.float64]:
    across = np.fft.fftfreq(_SIDE_PX)[:, None]
    down = np.fft.fftfreq(_SIDE_PX)[None] * stretch
    frequency = np.sqrt(across**2 + down**2)
    frequency[0, 0] = 1
    spectrum = np.fft.fft2(random.standard_normal((_SIDE_PX, _SIDE_PX))) / frequency**exponent
    spectrum[0, 0] = 0
    noise = np.fft.ifft2(spectrum).real
    return np.asarray(np.clip(0.5 + spread * noise / noise.std(), 0, 1))
