"""The part of Chatterbox that paints bands of pitch out of noise, step by step, by moments, a voice and what was heard of it.

Knows nothing of text. Names are those of the published weights.
Source: flow matching (arXiv 2210.02747), as CosyVoice 2 (arXiv 2412.10117) and Matcha-TTS (arXiv 2309.03199) do it.
"""

import itertools
import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.chatterbox.sizes import BANDS, PainterSizes

STEPS = 10
GUIDANCE = 0.7
_TIME_SCALE = 1000.0
_TIMES_WIDER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What is painted after: moments (1, 80, t), the voice (1, 80), the bands that are known already (1, 80, t), else nought."""

    moments: Tensor
    voice: Tensor
    known: Tensor


class Causal(nn.Conv1d):
    """A convolution of three moments that hears nothing of what comes later."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__(inner, outer, 3)

    def forward(self, input: Tensor) -> Tensor:  # torch's own name for it
        return super().forward(functional.pad(input, (2, 0)))


class ChannelNorm(nn.LayerNorm):
    """Each moment's channels to one level. Shapes: (b, channels, t)."""

    def forward(self, input: Tensor) -> Tensor:  # torch's own name for it
        return super().forward(input.transpose(1, 2)).transpose(1, 2)


class Block(nn.Module):
    """A convolution, normed; a name of the published weights."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        # The published network turns its axes around the norm, which counts as a part each time.
        self.block = nn.Sequential(Causal(inner, outer), nn.Identity(), ChannelNorm(outer), nn.Identity(), nn.Mish())

    def forward(self, hidden: Tensor) -> Tensor:
        made: Tensor = self.block(hidden)
        return made


class Residue(nn.Module):
    """Two convolutions with the time between them, added to what was there."""

    def __init__(self, inner: int, outer: int, time: int) -> None:
        super().__init__()
        self.mlp = nn.Sequential(nn.Mish(), nn.Linear(time, outer))
        self.block1 = Block(inner, outer)
        self.block2 = Block(outer, outer)
        self.res_conv = nn.Conv1d(inner, outer, 1)

    def forward(self, hidden: Tensor, time: Tensor) -> Tensor:
        timed = self.block1(hidden) + self.mlp(time)[..., None]
        whole: Tensor = self.block2(timed) + self.res_conv(hidden)
        return whole


class Attention(nn.Module):
    """What each moment asks of all."""

    def __init__(self, sizes: PainterSizes) -> None:
        super().__init__()
        inner, self._heads = sizes.heads * sizes.head, sizes.heads
        self.to_q = nn.Linear(sizes.width, inner, bias=False)
        self.to_k = nn.Linear(sizes.width, inner, bias=False)
        self.to_v = nn.Linear(sizes.width, inner, bias=False)
        self.to_out = nn.ModuleList([nn.Linear(inner, sizes.width)])

    def forward(self, hidden: Tensor) -> Tensor:
        asked, keys, values = (
            linear(hidden).unflatten(2, (self._heads, -1)).transpose(1, 2) for linear in (self.to_q, self.to_k, self.to_v)
        )
        heard = functional.scaled_dot_product_attention(asked, keys, values).transpose(1, 2).flatten(2)
        told: Tensor = self.to_out[0](heard)
        return told


class Widening(nn.Module):
    """The first half of a feed-forward step; a name of the published weights."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.proj = nn.Linear(inner, outer)

    def forward(self, hidden: Tensor) -> Tensor:
        return functional.gelu(self.proj(hidden))


class FeedForward(nn.Module):
    """A step of each moment by itself; a name of the published weights."""

    def __init__(self, width: int) -> None:
        super().__init__()
        inner = _TIMES_WIDER * width
        self.net = nn.Sequential(Widening(width, inner), nn.Identity(), nn.Linear(inner, width))

    def forward(self, hidden: Tensor) -> Tensor:
        stepped: Tensor = self.net(hidden)
        return stepped


class Layer(nn.Module):
    """Attention, then feed-forward, each added to what was there."""

    def __init__(self, sizes: PainterSizes) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(sizes.width)
        self.attn1 = Attention(sizes)
        self.norm3 = nn.LayerNorm(sizes.width)
        self.ff = FeedForward(sizes.width)

    def forward(self, hidden: Tensor) -> Tensor:
        hidden = hidden + self.attn1(self.norm1(hidden))
        stepped: Tensor = hidden + self.ff(self.norm3(hidden))
        return stepped


class Stage(nn.ModuleList):
    """A residue, layers, and at both ends a convolution; numbered as in the published weights."""

    def __init__(self, sizes: PainterSizes, inner: int, *, end: bool) -> None:
        width = sizes.width
        layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.blocks))
        ends = [Causal(width, width)] if end else []
        super().__init__([Residue(inner, width, _TIMES_WIDER * width), layers, *ends])

    def forward(self, hidden: Tensor, time: Tensor) -> Tensor:
        """What the layers make of it, before the convolution of an end."""
        moments = self[0](hidden, time).transpose(1, 2)
        for layer in self[1].children():
            moments = layer(moments)
        made: Tensor = moments.transpose(1, 2)
        return made


class TimeWords(nn.Module):
    """A time to what the layers hear of it; a name of the published weights."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.linear_1 = nn.Linear(inner, outer)
        self.linear_2 = nn.Linear(outer, outer)

    def forward(self, waves: Tensor) -> Tensor:
        words: Tensor = self.linear_2(functional.silu(self.linear_1(waves)))
        return words


class Estimator(nn.Module):
    """Which way the bands go at a time between noise, 0, and sound, 1."""

    def __init__(self, sizes: PainterSizes) -> None:
        super().__init__()
        width, given = sizes.width, 4 * BANDS
        self.time_mlp = TimeWords(given, _TIMES_WIDER * width)
        self.down_blocks = nn.ModuleList([Stage(sizes, given, end=True)])
        self.mid_blocks = nn.ModuleList(Stage(sizes, width, end=False) for _ in range(sizes.middle))
        self.up_blocks = nn.ModuleList([Stage(sizes, 2 * width, end=True)])
        self.final_block = Block(width, width)
        self.final_proj = nn.Conv1d(width, BANDS, 1)

    def forward(self, bands: Tensor, guide: Guide, time: Tensor) -> Tensor:
        """Shapes: bands (b, 80, t), time (b,), answer as the bands."""
        words = self.time_mlp(_waves(time, 4 * BANDS))
        voice = guide.voice[..., None].expand_as(bands)
        hidden = torch.cat([bands, guide.moments, voice, guide.known], dim=1)
        beside = self.down_blocks[0](hidden, words)
        hidden = self.down_blocks.get_submodule("0.2")(beside)
        for stage in self.mid_blocks:
            hidden = stage(hidden, words)
        hidden = self.up_blocks[0](torch.cat([hidden, beside], dim=1), words)
        hidden = self.up_blocks.get_submodule("0.2")(hidden)
        way: Tensor = self.final_proj(self.final_block(hidden))
        return way


class Painter(nn.Module):
    """A sampler: from noise to bands, step by step (flow matching, arXiv 2210.02747); a name of the published weights."""

    def __init__(self, sizes: PainterSizes) -> None:
        super().__init__()
        self.estimator = Estimator(sizes)

    def paint(self, guide: Guide, chance: torch.Generator) -> Tensor:
        """The bands, (1, 80, t). Each step is led away from what would be painted without a guide."""
        bands = torch.randn(guide.moments.shape, generator=chance).to(guide.moments)
        both = Guide(
            moments=_and_nought(guide.moments), voice=_and_nought(guide.voice), known=_and_nought(guide.known)
        )
        times = 1 - torch.cos(torch.linspace(0, 1, STEPS + 1) * 0.5 * math.pi)
        for now, then in itertools.pairwise(times):
            time = now.expand(2).to(guide.moments)
            led, free = self.estimator(bands.expand(2, -1, -1), both, time)
            bands = bands + float(then - now) * ((1 + GUIDANCE) * led - GUIDANCE * free)
        return bands


def _and_nought(given: Tensor) -> Tensor:
    return torch.cat([given, torch.zeros_like(given)])


def _waves(time: Tensor, width: int) -> Tensor:
    """Shapes: (b,) to (b, width)."""
    half = width // 2
    pace = torch.exp(torch.arange(half, device=time.device, dtype=torch.float32) * -(math.log(10_000.0) / (half - 1)))
    angles = _TIME_SCALE * time[:, None] * pace
    return torch.cat([angles.sin(), angles.cos()], dim=1)
