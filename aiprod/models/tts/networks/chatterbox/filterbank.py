"""Bands of pitch as Kaldi reckons them, in which the speaker is heard. Source: Kaldi's feature-fbank, its usual settings.

Knows sound at 16 kHz; no network.
"""

import torch
from torch import Tensor
from torch.nn import functional

from aiprod.models.tts.networks.chatterbox.sizes import BANDS, COARSE_HZ

WINDOW, HOP = 400, 160
_PADDED = 512
_LOWEST_HZ, _HIGHEST_HZ = 20.0, 8000.0
_EMPHASIS = 0.97
_POVEY = 0.85
_QUIETEST = 1.1920928955078125e-07


def filterbank(samples: Tensor) -> Tensor:
    """Logarithms of the power in each band, without the mean of the recording. Shapes: (n,) to (1, 80, t)."""
    frames = samples.float().unfold(0, WINDOW, HOP)
    frames = frames - frames.mean(dim=1, keepdim=True)
    before = functional.pad(frames[None], (1, 0), mode="replicate")[0, :, :-1]
    window = torch.hann_window(WINDOW, periodic=False, device=samples.device) ** _POVEY
    power = torch.fft.rfft((frames - _EMPHASIS * before) * window, _PADDED).abs() ** 2
    bands = (power @ _triangles(samples.device).T).clamp(min=_QUIETEST).log()
    even: Tensor = (bands - bands.mean(dim=0)).T[None]
    return even


def _triangles(device: torch.device) -> Tensor:
    """Triangles that are even on the scale of pitch. Shape: (80, 257)."""
    ends = _pitch(torch.tensor([_LOWEST_HZ, _HIGHEST_HZ], dtype=torch.float64))
    edges = torch.linspace(float(ends[0]), float(ends[1]), BANDS + 2, dtype=torch.float64)
    bins = _pitch(torch.arange(_PADDED // 2 + 1, dtype=torch.float64) * (COARSE_HZ / _PADDED))
    widths = edges.diff()[:, None]
    rising, falling = (bins - edges[:-2, None]) / widths[:-1], (edges[2:, None] - bins) / widths[1:]
    return torch.minimum(rising, falling).clamp(min=0).float().to(device)


def _pitch(hertz: Tensor) -> Tensor:
    return 1127.0 * torch.log1p(hertz / 700.0)
