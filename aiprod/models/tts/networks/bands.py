"""How loud a sound is in bands of pitch, as voices' networks hear and draw it. Knows no network."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from aiprod.models.tts.mel_bands import mel_bands

_QUIETEST = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class BandForm:
    """Bands from nought to `top_hz` (0: half the rate), each moment over a window of samples, one every `hop`."""

    rate_hz: int
    window: int
    hop: int
    count: int
    top_hz: float = 0.0


def loud_bands(samples: Tensor, form: BandForm) -> Tensor:
    """Logarithms of the loudness in each band. Shapes: (n,) to (1, count, n / hop)."""
    margin = (form.window - form.hop) // 2
    padded = functional.pad(samples[None, None].float(), (margin, margin), mode="reflect")[0, 0]
    window = torch.hann_window(form.window, device=samples.device)
    spectrum = torch.stft(padded, form.window, form.hop, window=window, center=False, return_complex=True)
    loudness = (spectrum.real**2 + spectrum.imag**2 + 1e-9).sqrt()
    return (filters(form).to(samples.device) @ loudness).clamp(min=_QUIETEST).log()[None]


def powers(samples: Tensor, form: BandForm) -> Tensor:
    """The power at each frequency, moments centred on every `hop` samples. Shapes: (n,) to (window // 2 + 1, 1 + n // hop)."""
    window = torch.hann_window(form.window, device=samples.device)
    spectrum = torch.stft(samples.float(), form.window, form.hop, window=window, pad_mode="reflect", return_complex=True)
    return spectrum.abs() ** 2


def filters(form: BandForm) -> Tensor:
    """How much of each frequency is in each band. Shape: (count, window // 2 + 1)."""
    return torch.tensor(mel_bands(form.rate_hz, form.window, form.count, form.top_hz), dtype=torch.float32)
