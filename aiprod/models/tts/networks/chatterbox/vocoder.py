"""The last part of Chatterbox: bands of pitch to samples, over a hum at the pitch that it hears in them.

Knows bands and samples; nothing of voices. Names are those of the published weights.
Source: HiFTNet (arXiv 2309.09493), as CosyVoice 2 (arXiv 2412.10117) has it.
"""

from collections.abc import Iterator
from math import pi, prod

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.parametrizations import weight_norm

from aiprod.models.tts.networks.chatterbox.sizes import BANDS, FINE_HZ

UP = (8, 5, 3)
UP_KERNELS = (16, 11, 7)
KERNELS = (3, 7, 11)
HUM_KERNELS = (7, 7, 11)
DILATIONS = (1, 3, 5)
WINDOW, HOP = 16, 4
"""Samples that a spectrum is taken of, and from one to the next."""
HARMONICS = 9
VOICED_HZ = 10.0
LOUD, HISS = 0.1, 0.003
"""How loud the hum is, and the hiss in it; where there is no voice the hiss is a third as loud as the hum."""
LOUDEST_BAND, LOUDEST = 100.0, 0.99


class Snake(nn.Module):
    """Adds a wave to every channel, of learnt pace. Source: arXiv 2006.08195."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.alpha = nn.Parameter(torch.ones(width))

    def forward(self, hidden: Tensor) -> Tensor:
        pace = self.alpha[:, None]
        return hidden + torch.sin(hidden * pace) ** 2 / (pace + 1e-9)


class Residues(nn.Module):
    """Three pairs of convolutions, each added to what was there."""

    def __init__(self, width: int, kernel: int) -> None:
        super().__init__()
        self.convs1 = nn.ModuleList(
            weight_norm(nn.Conv1d(width, width, kernel, dilation=step, padding=step * (kernel - 1) // 2)) for step in DILATIONS
        )
        self.convs2 = nn.ModuleList(weight_norm(nn.Conv1d(width, width, kernel, padding=kernel // 2)) for _ in DILATIONS)
        self.activations1 = nn.ModuleList(Snake(width) for _ in DILATIONS)
        self.activations2 = nn.ModuleList(Snake(width) for _ in DILATIONS)

    def forward(self, hidden: Tensor) -> Tensor:
        for first, second, before, between in zip(
            self.convs1, self.convs2, self.activations1, self.activations2, strict=True
        ):
            hidden = hidden + second(between(first(before(hidden))))
        return hidden


class Pitch(nn.Module):
    """Bands to the pitch of the voice in hertz, about nought where there is none."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.condnet = nn.Sequential(*_five(width))
        self.classifier = nn.Linear(width, 1)

    def forward(self, bands: Tensor) -> Tensor:
        """Shapes: (1, 80, t) to (1, t)."""
        heard: Tensor = self.classifier(self.condnet(bands).transpose(1, 2))
        return heard[..., 0].abs()


class Hum(nn.Module):
    """What a voice is filtered from: waves at the pitch and its multiples, whose phases nobody hears, and hiss, of which breath
    and consonants are. Source: neural source-filter models (arXiv 1904.12088)."""

    def __init__(self) -> None:
        super().__init__()
        self.l_linear = nn.Linear(HARMONICS, 1)

    def forward(self, pitch: Tensor, chance: torch.Generator) -> Tensor:
        """Shapes: (1, samples) to the same."""
        orders = torch.arange(1, HARMONICS + 1, device=pitch.device)
        # Turns are counted in double precision: there are thousands of them in a passage.
        turns = (pitch[:, None] * orders[:, None] / FINE_HZ).double().cumsum(dim=2) % 1
        start = (torch.rand(1, HARMONICS, 1, generator=chance) * 2 - 1) * pi
        start[:, 0] = 0
        waves = LOUD * torch.sin(2 * pi * turns.to(pitch) + start.to(pitch))
        voiced = (pitch > VOICED_HZ).to(pitch)[:, None]
        hiss = torch.randn(waves.shape, generator=chance).to(pitch)
        mixed = waves * voiced + hiss * (voiced * HISS + (1 - voiced) * LOUD / 3)
        hum: Tensor = torch.tanh(self.l_linear(mixed.transpose(1, 2)))
        return hum[..., 0]


class Vocoder(nn.Module):
    """Bands to samples, 480 a moment."""

    def __init__(self, channels: int, pitch: int) -> None:
        super().__init__()
        bins = WINDOW + 2
        self.m_source = Hum()
        self.conv_pre = weight_norm(nn.Conv1d(BANDS, channels, 7, padding=3))
        self.ups = nn.ModuleList()
        self.source_downs = nn.ModuleList()
        self.source_resblocks = nn.ModuleList()
        self.resblocks = nn.ModuleList()
        for place, (rate, kernel) in enumerate(zip(UP, UP_KERNELS, strict=True)):
            width = channels // 2 ** (place + 1)
            up = nn.ConvTranspose1d(2 * width, width, kernel, rate, padding=(kernel - rate) // 2)
            self.ups.append(weight_norm(up))
            later = prod(UP[place + 1 :])
            down = nn.Conv1d(bins, width, 2 * later, later, padding=later // 2) if later > 1 else nn.Conv1d(bins, width, 1)
            self.source_downs.append(down)
            self.source_resblocks.append(Residues(width, HUM_KERNELS[place]))
            self.resblocks.extend(Residues(width, kernel) for kernel in KERNELS)
        self.conv_post = weight_norm(nn.Conv1d(channels // 2 ** len(UP), bins, 7, padding=3))
        self.f0_predictor = Pitch(pitch)

    def forward(self, bands: Tensor, chance: torch.Generator) -> Tensor:
        """Shapes: (1, 80, t) to (480 t,), within -0.99..0.99."""
        pitch = self.f0_predictor(bands).repeat_interleave(prod(UP) * HOP, dim=1)
        window = torch.hann_window(WINDOW, device=bands.device)
        source = torch.stft(self.m_source(pitch, chance), WINDOW, HOP, window=window, return_complex=True)
        hum = torch.cat([source.real, source.imag], dim=1)
        hidden = self.conv_pre(bands)
        for place, up in enumerate(self.ups):
            hidden = up(functional.leaky_relu(hidden, 0.1))
            if place == len(UP) - 1:
                hidden = functional.pad(hidden, (1, 0), mode="reflect")
            hidden = hidden + self.source_resblocks[place](self.source_downs[place](hum))
            blocks = self.resblocks[place * len(KERNELS) : (place + 1) * len(KERNELS)]
            hidden = torch.stack([block(hidden) for block in blocks]).sum(dim=0) / len(KERNELS)
        size, angle = self.conv_post(functional.leaky_relu(hidden)).split(WINDOW // 2 + 1, dim=1)
        spectrum = torch.polar(size.exp().clamp(max=LOUDEST_BAND), angle.sin())
        return torch.istft(spectrum, WINDOW, HOP, window=window)[0].clamp(-LOUDEST, LOUDEST)


def _five(width: int) -> Iterator[nn.Module]:
    for inner in (BANDS, width, width, width, width):
        yield weight_norm(nn.Conv1d(inner, width, 3, padding=1))
        yield nn.ELU()
