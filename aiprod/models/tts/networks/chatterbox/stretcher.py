"""The part of Chatterbox that makes moments of codes, two of each: attention by how far places are apart.

Knows no sound. Names are those of the published weights.
Source: CosyVoice 2 (arXiv 2412.10117); Transformer-XL (arXiv 1901.02860) for distances.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.chatterbox.sizes import StretcherSizes

AHEAD = 3
"""Codes that follow, of which each place hears."""
TWICE = 2


class DistanceAttention(nn.Module):
    """What each place asks of all, by what they are and by how far they are."""

    def __init__(self, sizes: StretcherSizes) -> None:
        super().__init__()
        width, self._heads = sizes.width, sizes.heads
        self.linear_q = nn.Linear(width, width)
        self.linear_k = nn.Linear(width, width)
        self.linear_v = nn.Linear(width, width)
        self.linear_out = nn.Linear(width, width)
        self.linear_pos = nn.Linear(width, width, bias=False)
        self.pos_bias_u = nn.Parameter(torch.zeros(sizes.heads, width // sizes.heads))
        self.pos_bias_v = nn.Parameter(torch.zeros(sizes.heads, width // sizes.heads))

    def forward(self, hidden: Tensor, distances: Tensor) -> Tensor:
        """Shapes: hidden (1, t, width), distances (1, 2t - 1, width)."""
        asked, keys, values, far = (
            linear(given).unflatten(2, (self._heads, -1))
            for linear, given in (
                (self.linear_q, hidden), (self.linear_k, hidden), (self.linear_v, hidden), (self.linear_pos, distances),
            )
        )  # fmt: skip
        by_distance = (asked + self.pos_bias_v).transpose(1, 2) @ far.permute(0, 2, 3, 1)
        heard = functional.scaled_dot_product_attention(
            (asked + self.pos_bias_u).transpose(1, 2), keys.transpose(1, 2), values.transpose(1, 2),
            attn_mask=_by_place(by_distance) / math.sqrt(asked.shape[-1]),
        )  # fmt: skip
        told: Tensor = self.linear_out(heard.transpose(1, 2).flatten(2))
        return told


class FeedForward(nn.Module):
    """A step of each place by itself."""

    def __init__(self, sizes: StretcherSizes) -> None:
        super().__init__()
        self.w_1 = nn.Linear(sizes.width, sizes.inner)
        self.w_2 = nn.Linear(sizes.inner, sizes.width)

    def forward(self, hidden: Tensor) -> Tensor:
        stepped: Tensor = self.w_2(functional.silu(self.w_1(hidden)))
        return stepped


class Layer(nn.Module):
    """Attention, then feed-forward, each added to what was there."""

    def __init__(self, sizes: StretcherSizes) -> None:
        super().__init__()
        self.self_attn = DistanceAttention(sizes)
        self.feed_forward = FeedForward(sizes)
        self.norm_ff = nn.LayerNorm(sizes.width, eps=1e-12)
        self.norm_mha = nn.LayerNorm(sizes.width, eps=1e-12)

    def forward(self, hidden: Tensor, distances: Tensor) -> Tensor:
        hidden = hidden + self.self_attn(self.norm_mha(hidden), distances)
        stepped: Tensor = hidden + self.feed_forward(self.norm_ff(hidden))
        return stepped


class Opening(nn.Module):
    """Places made ready for layers; a name of the published weights."""

    def __init__(self, sizes: StretcherSizes) -> None:
        super().__init__()
        self.out = nn.Sequential(nn.Linear(sizes.width, sizes.width), nn.LayerNorm(sizes.width))
        self._scale = math.sqrt(sizes.width)

    def forward(self, hidden: Tensor) -> Tensor:
        ready: Tensor = self.out(hidden) * self._scale
        return ready


class LookAhead(nn.Module):
    """Each place with the codes that follow it, added to what was there."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(width, width, AHEAD + 1)
        self.conv2 = nn.Conv1d(width, width, 3)

    def forward(self, hidden: Tensor) -> Tensor:
        ahead = functional.leaky_relu(self.conv1(functional.pad(hidden.transpose(1, 2), (0, AHEAD))))
        whole: Tensor = hidden + self.conv2(functional.pad(ahead, (2, 0))).transpose(1, 2)
        return whole


class Doubled(nn.Module):
    """Every place twice, then a convolution over those before."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = nn.Conv1d(width, width, 2 * TWICE + 1)

    def forward(self, hidden: Tensor) -> Tensor:
        twice = hidden.transpose(1, 2).repeat_interleave(TWICE, dim=2)
        made: Tensor = self.conv(functional.pad(twice, (2 * TWICE, 0))).transpose(1, 2)
        return made


class Stretcher(nn.Module):
    """Codes, as what they stand for, to twice as many moments."""

    def __init__(self, sizes: StretcherSizes) -> None:
        super().__init__()
        self.embed = Opening(sizes)
        self.pre_lookahead_layer = LookAhead(sizes.width)
        self.encoders = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.up_layer = Doubled(sizes.width)
        self.up_embed = Opening(sizes)
        self.up_encoders = nn.ModuleList(Layer(sizes) for _ in range(sizes.late_layers))
        self.after_norm = nn.LayerNorm(sizes.width)

    def forward(self, hidden: Tensor) -> Tensor:
        """Shapes: (1, t, width) to (1, 2t, width)."""
        hidden = self.embed(hidden)
        distances = _distances(hidden)
        hidden = self.pre_lookahead_layer(hidden)
        for layer in self.encoders:
            hidden = layer(hidden, distances)
        hidden = self.up_embed(self.up_layer(hidden))
        distances = _distances(hidden)
        for layer in self.up_encoders:
            hidden = layer(hidden, distances)
        moments: Tensor = self.after_norm(hidden)
        return moments


def _distances(like: Tensor) -> Tensor:
    """Waves that tell how far places are apart, from the farthest before to the farthest behind. Shape: (1, 2t - 1, width)."""
    count, width = like.shape[1], like.shape[2]
    apart = torch.arange(count - 1, -count, -1, device=like.device, dtype=torch.float32)
    even = torch.arange(0, width, 2, device=like.device, dtype=torch.float32)
    angles = apart[:, None] * torch.exp(even * -(math.log(10_000.0) / width))
    return torch.stack([angles.sin(), angles.cos()], dim=2).flatten(1)[None].to(like.dtype)


def _by_place(by_distance: Tensor) -> Tensor:
    """Scores by distance as scores by place: row i begins at the distance i. Shapes: (1, h, t, 2t - 1) to (1, h, t, t)."""
    count = by_distance.shape[2]
    places = torch.arange(count, device=by_distance.device)
    distance = count - 1 - places[:, None] + places
    return by_distance.gather(3, distance.expand(*by_distance.shape[:2], count, count))
