"""The part of Qwen3-TTS that hears whose voice it is: an ECAPA-TDNN over the bands of a recording.

Knows sound and channels; nothing of text. Names are those of the published weights.
Source: Desplanques and others, ECAPA-TDNN (arXiv 2005.07143).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.bands import BandForm, loud_bands
from aiprod.models.tts.networks.qwen.sizes import VoiceSizes

_LEAST_SPREAD = 1e-12


class Delayed(nn.Module):
    """A convolution over time, then what is above nought."""

    def __init__(self, inner: int, outer: int, kernel: int, dilation: int) -> None:
        super().__init__()
        self.conv = _convolution(inner, outer, kernel, dilation)

    def forward(self, hidden: Tensor) -> Tensor:
        return functional.relu(self.conv(hidden))


class Nested(nn.Module):
    """The channels in groups, each with what was made of the group before it."""

    def __init__(self, channels: int, groups: int, kernel: int, dilation: int) -> None:
        super().__init__()
        width = channels // groups
        self.blocks = nn.ModuleList(Delayed(width, width, kernel, dilation) for _ in range(groups - 1))

    def forward(self, hidden: Tensor) -> Tensor:
        parts = list(hidden.chunk(len(self.blocks) + 1, dim=1))
        for place, block in enumerate(self.blocks, start=1):
            parts[place] = block(parts[place] if place == 1 else parts[place] + parts[place - 1])
        return torch.cat(parts, dim=1)


class Weighed(nn.Module):
    """Each channel by what all of them are on the whole."""

    def __init__(self, channels: int, inner: int) -> None:
        super().__init__()
        self.conv1 = _convolution(channels, inner)
        self.conv2 = _convolution(inner, channels)

    def forward(self, hidden: Tensor) -> Tensor:
        whole = functional.relu(self.conv1(hidden.mean(dim=2, keepdim=True)))
        return hidden * torch.sigmoid(self.conv2(whole))


class Block(nn.Module):
    """Over time, nested, over time, weighed; added to what was there."""

    def __init__(self, channels: int, sizes: VoiceSizes, kernel: int, dilation: int) -> None:
        super().__init__()
        self.tdnn1 = Delayed(channels, channels, 1, 1)
        self.res2net_block = Nested(channels, sizes.enc_res2net_scale, kernel, dilation)
        self.tdnn2 = Delayed(channels, channels, 1, 1)
        self.se_block = Weighed(channels, sizes.enc_se_channels)

    def forward(self, hidden: Tensor) -> Tensor:
        made: Tensor = self.se_block(self.tdnn2(self.res2net_block(self.tdnn1(hidden))))
        return made + hidden


class Pooling(nn.Module):
    """Mean and spread over time, by how much each moment tells."""

    def __init__(self, channels: int, inner: int) -> None:
        super().__init__()
        self.tdnn = Delayed(3 * channels, inner, 1, 1)
        self.conv = _convolution(inner, channels)

    def forward(self, hidden: Tensor) -> Tensor:
        even = torch.full_like(hidden[:, :1], 1 / hidden.shape[2])
        mean, spread = _moments(hidden, even)
        told = torch.cat([hidden, mean.expand_as(hidden), spread.expand_as(hidden)], dim=1)
        weights = self.conv(torch.tanh(self.tdnn(told))).softmax(dim=2)
        return torch.cat(_moments(hidden, weights), dim=1)


class VoiceEncoder(nn.Module):
    """A vector of the voice that speaks."""

    def __init__(self, sizes: VoiceSizes) -> None:
        super().__init__()
        self._form = BandForm(rate_hz=sizes.sample_rate, window=1024, hop=256, count=sizes.mel_dim)
        channels, kernels, dilations = sizes.enc_channels, sizes.enc_kernel_sizes, sizes.enc_dilations
        first = Delayed(sizes.mel_dim, channels[0], kernels[0], dilations[0])
        inner = zip(channels[1:-1], kernels[1:-1], dilations[1:-1], strict=True)
        self.blocks = nn.ModuleList([first, *(Block(width, sizes, kernel, apart) for width, kernel, apart in inner)])
        self.mfa = Delayed(channels[-1], channels[-1], kernels[-1], dilations[-1])
        self.asp = Pooling(channels[-1], sizes.enc_attention_channels)
        self.fc = _convolution(2 * channels[-1], sizes.enc_dim)

    def forward(self, samples: Tensor) -> Tensor:
        """Shapes: samples (n,) at 24 kHz, answer (enc_dim,)."""
        hidden = loud_bands(samples, self._form).to(self.fc.weight.dtype)
        heard: list[Tensor] = []
        for block in self.blocks:
            hidden = block(hidden)
            heard.append(hidden)
        vector: Tensor = self.fc(self.asp(self.mfa(torch.cat(heard[1:], dim=1))))
        return vector[0, :, 0]


def _convolution(inner: int, outer: int, kernel: int = 1, dilation: int = 1) -> nn.Conv1d:
    """As long as what goes in, mirrored at the ends."""
    return nn.Conv1d(inner, outer, kernel, dilation=dilation, padding="same", padding_mode="reflect")


def _moments(hidden: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    mean = (weights * hidden).sum(dim=2, keepdim=True)
    spread = (weights * (hidden - mean) ** 2).sum(dim=2, keepdim=True).clamp(min=_LEAST_SPREAD).sqrt()
    return mean, spread
