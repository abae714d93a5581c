"""Kokoro's second half: from what is said, pitch and loudness, to sound.

Knows the decoder and its vocoder, which draws a spectrum over the harmonics of the pitch and turns it back into samples.
Nothing in it is drawn by chance: equal inputs sound equal. Shape suffixes: B batch, C channels, T time, S style, H harmonics.
Source: Kaneko et al., iSTFTNet (2022); Wang et al., Neural source-filter waveform models (2019).
"""

from dataclasses import dataclass
from math import pi, prod

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.blocks import SnakeBlock, StyledBlock

RATE_HZ = 24_000
HARMONICS = 9
HARMONIC_LEVEL = 0.1
VOICED_HZ = 10.0
WINDOW, HOP = 20, 5
"""Samples that a spectrum is taken of, and from one to the next."""
UP = (10, 6)
KERNELS = (3, 7, 11)
WINDOWS_ADD_TO = 1.5
"""What the squares of overlapping windows add to: the published graph does not divide by it, and so speaks that much louder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecoderSizes:
    """How wide the decoder is; the published one by default."""

    text: int = 512
    inner: int = 1024
    residue: int = 64
    vocoder: int = 512


class Decoder(nn.Module):
    """What is said, its pitch and its loudness, twice as finely as the phonemes' frames, to samples."""

    def __init__(self, sizes: DecoderSizes) -> None:
        super().__init__()
        joined = sizes.inner + 2 + sizes.residue
        self.encode = StyledBlock(sizes.text + 2, sizes.inner)
        self.decode = nn.ModuleList(StyledBlock(joined, sizes.inner) for _ in range(3))
        self.decode.append(StyledBlock(joined, sizes.vocoder, doubles=True))
        self.F0_conv = nn.Conv1d(1, 1, 3, stride=2, padding=1)
        self.N_conv = nn.Conv1d(1, 1, 3, stride=2, padding=1)
        self.asr_res = nn.Sequential(nn.Conv1d(sizes.text, sizes.residue, 1))
        self.generator = Vocoder(sizes.vocoder)

    def forward(self, text_bct: Tensor, pitch_bt: Tensor, loudness_bt: Tensor, style_bs: Tensor) -> Tensor:
        """Samples, (B, T)."""
        pitch, loudness = self.F0_conv(pitch_bt[:, None]), self.N_conv(loudness_bt[:, None])
        x = self.encode(torch.cat([text_bct, pitch, loudness], dim=1), style_bs)
        residue = self.asr_res(text_bct)
        for block in self.decode:
            x = block(torch.cat([x, residue, pitch, loudness], dim=1), style_bs)
        sound: Tensor = self.generator(x, style_bs, pitch_bt)
        return sound


class Vocoder(nn.Module):
    """Frames of the decoder to samples: 600 a frame of phonemes, 300 a frame here."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.m_source = HarmonicSource()
        self.ups = nn.ModuleList()
        self.resblocks = nn.ModuleList()
        self.noise_convs = nn.ModuleList()
        self.noise_res = nn.ModuleList()
        bins = WINDOW + 2
        for index, step in enumerate(UP):
            width = channels // 2 ** (index + 1)
            self.ups.append(nn.ConvTranspose1d(2 * width, width, 2 * step, stride=step, padding=step // 2))
            self.resblocks.extend(SnakeBlock(width, kernel) for kernel in KERNELS)
            later = prod(UP[index + 1 :])
            if later > 1:
                self.noise_convs.append(nn.Conv1d(bins, width, 2 * later, stride=later, padding=(later + 1) // 2))
            else:
                self.noise_convs.append(nn.Conv1d(bins, width, 1))
            self.noise_res.append(SnakeBlock(width, 7 if later > 1 else 11))
        self.conv_post = nn.Conv1d(channels // 2 ** len(UP), bins, 7, padding=3)

    def forward(self, x_bct: Tensor, style_bs: Tensor, pitch_bt: Tensor) -> Tensor:
        window = torch.hann_window(WINDOW, device=x_bct.device)
        source = torch.stft(self.m_source(pitch_bt), WINDOW, HOP, window=window, return_complex=True)
        harmonics = torch.cat([source.abs(), source.angle()], dim=1)
        for index, up in enumerate(self.ups):
            x_bct = up(functional.leaky_relu(x_bct, 0.1))
            if index == len(self.ups) - 1:
                x_bct = functional.pad(x_bct, (1, 0), mode="reflect")
            x_bct = x_bct + self.noise_res[index](self.noise_convs[index](harmonics), style_bs)
            blocks = self.resblocks[index * len(KERNELS) : (index + 1) * len(KERNELS)]
            x_bct = torch.stack([block(x_bct, style_bs) for block in blocks]).sum(dim=0) / len(KERNELS)
        drawn = self.conv_post(functional.leaky_relu(x_bct))
        size, angle = drawn.split(WINDOW // 2 + 1, dim=1)
        spectrum = torch.polar(torch.exp(size), torch.sin(angle))
        return torch.istft(spectrum, WINDOW, HOP, window=window) * WINDOWS_ADD_TO


class HarmonicSource(nn.Module):
    """A hum with the pitch's first harmonics, silent where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.l_linear = nn.Linear(HARMONICS, 1)

    def forward(self, pitch_bt: Tensor) -> Tensor:
        """Samples, (B, T): so many as the vocoder gives."""
        step = prod(UP) * HOP
        pitch = pitch_bt[:, None].repeat_interleave(step, dim=2)
        orders = torch.arange(1, HARMONICS + 1, device=pitch.device, dtype=pitch.dtype)
        turns_bht = (pitch * orders[None, :, None] / RATE_HZ) % 1
        coarse = functional.interpolate(turns_bht, scale_factor=1 / step, mode="linear")
        phase = torch.cumsum(coarse, dim=2) * 2 * pi * step
        fine = functional.interpolate(phase, scale_factor=step, mode="linear")
        voiced = (pitch > VOICED_HZ).to(pitch.dtype)
        hum_bth = (torch.sin(fine) * HARMONIC_LEVEL * voiced).transpose(1, 2)
        return torch.tanh(self.l_linear(hum_bth)).squeeze(2)
