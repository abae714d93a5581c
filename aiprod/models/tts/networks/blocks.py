"""The parts that Kokoro's networks share: norms that a voice's style steers, and blocks of convolutions around them.

Knows shapes and formulas; neither phonemes nor sound. Shape suffixes: B batch, C channels, T time, S style.
Source: Li et al., StyleTTS 2 (2023); Kaneko et al., iSTFTNet (2022); names as in the published weights.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

STYLE = 128
"""Numbers that a voice's style has for each of its two uses."""


class StyledNorm(nn.Module):
    """Normalises each channel over time, then scales and shifts it as the style says."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.InstanceNorm1d(channels)
        self.fc = nn.Linear(STYLE, 2 * channels)

    def forward(self, x_bct: Tensor, style_bs: Tensor) -> Tensor:
        scale, shift = self.fc(style_bs)[:, :, None].chunk(2, dim=1)
        normed: Tensor = (1 + scale) * self.norm(x_bct) + shift
        return normed


class StyledLayerNorm(nn.Module):
    """Normalises each moment over its channels, then scales and shifts them as the style says."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.fc = nn.Linear(STYLE, 2 * channels)

    def forward(self, x_btc: Tensor, style_bs: Tensor) -> Tensor:
        scale, shift = self.fc(style_bs)[:, None, :].chunk(2, dim=2)
        normed: Tensor = (1 + scale) * functional.layer_norm(x_btc, x_btc.shape[-1:]) + shift
        return normed


class StyledBlock(nn.Module):
    """Two convolutions with a shortcut around them; `doubles` makes twice as many moments of them."""

    def __init__(self, channels_in: int, channels_out: int, *, doubles: bool = False) -> None:
        super().__init__()
        self.doubles = doubles
        self.conv1 = nn.Conv1d(channels_in, channels_out, 3, padding=1)
        self.conv2 = nn.Conv1d(channels_out, channels_out, 3, padding=1)
        self.norm1 = StyledNorm(channels_in)
        self.norm2 = StyledNorm(channels_out)
        self.pool = (
            nn.ConvTranspose1d(channels_in, channels_in, 3, stride=2, groups=channels_in, padding=1, output_padding=1)
            if doubles
            else nn.Identity()
        )
        self.conv1x1 = (
            nn.Conv1d(channels_in, channels_out, 1, bias=False) if channels_in != channels_out else nn.Identity()
        )

    def forward(self, x_bct: Tensor, style_bs: Tensor) -> Tensor:
        inner = self.pool(functional.leaky_relu(self.norm1(x_bct, style_bs), 0.2))
        inner = functional.leaky_relu(self.norm2(self.conv1(inner), style_bs), 0.2)
        around = x_bct.repeat_interleave(2, dim=2) if self.doubles else x_bct
        whole: Tensor = (self.conv2(inner) + self.conv1x1(around)) / 2**0.5
        return whole


class SnakeBlock(nn.Module):
    """Three pairs of dilated convolutions, each with a shortcut, between Snake activations (x + sin²(ax) / a)."""

    def __init__(self, channels: int, kernel: int, dilations: Sequence[int] = (1, 3, 5)) -> None:
        super().__init__()
        self.convs1 = nn.ModuleList(
            nn.Conv1d(channels, channels, kernel, dilation=step, padding=step * (kernel - 1) // 2) for step in dilations
        )
        self.convs2 = nn.ModuleList(nn.Conv1d(channels, channels, kernel, padding=kernel // 2) for _ in dilations)
        self.adain1 = nn.ModuleList(StyledNorm(channels) for _ in dilations)
        self.adain2 = nn.ModuleList(StyledNorm(channels) for _ in dilations)
        self.alpha1 = nn.ParameterList(nn.Parameter(torch.ones(1, channels, 1)) for _ in dilations)
        self.alpha2 = nn.ParameterList(nn.Parameter(torch.ones(1, channels, 1)) for _ in dilations)

    def forward(self, x_bct: Tensor, style_bs: Tensor) -> Tensor:
        for index, (first, second) in enumerate(zip(self.convs1, self.convs2, strict=True)):
            inner = first(_snake(self.adain1[index](x_bct, style_bs), self.alpha1[index]))
            inner = second(_snake(self.adain2[index](inner, style_bs), self.alpha2[index]))
            x_bct = x_bct + inner
        return x_bct


def _snake(x_bct: Tensor, alpha: Tensor) -> Tensor:
    return x_bct + torch.sin(alpha * x_bct) ** 2 / alpha
