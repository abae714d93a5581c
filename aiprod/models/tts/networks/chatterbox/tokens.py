"""The part of Chatterbox that hears sound as codes, 25 a second: attention over what a few layers make of its bands.

Knows sound and codes; nothing of voices or text. Names are those of the published weights.
Source: CosyVoice 2 (arXiv 2412.10117), whose tokenizer this is; finite scalar quantisation (arXiv 2309.15505).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.bands import BandForm, filters, powers
from aiprod.models.tts.networks.chatterbox.sizes import COARSE_HZ, TokenSizes
from aiprod.models.tts.networks.rotary import turned, turns

FORM = BandForm(rate_hz=COARSE_HZ, window=400, hop=160, count=128)
MEMORY = 31
"""Moments around each that a layer remembers besides what it asks."""
_THETA = 10_000.0
_NEAR_ONE = 0.9990000128746033


class Attention(nn.Module):
    """What each place asks of all, and what it remembers of those around it."""

    def __init__(self, sizes: TokenSizes) -> None:
        super().__init__()
        width, self._head = sizes.width, sizes.width // sizes.heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.fsmn_block = nn.Conv1d(width, width, MEMORY, padding=MEMORY // 2, groups=width, bias=False)

    def forward(self, hidden: Tensor) -> Tensor:
        apart = (*hidden.shape[:2], -1, self._head)
        turn = turns(range(hidden.shape[1]), self._head, _THETA, hidden)
        told = self.value(hidden)
        heard = functional.scaled_dot_product_attention(
            turned(self.query(hidden).view(apart).transpose(1, 2), *turn),
            turned(self.key(hidden).view(apart).transpose(1, 2), *turn),
            told.view(apart).transpose(1, 2),
        )
        remembered = self.fsmn_block(told.transpose(1, 2)).transpose(1, 2) + told
        whole: Tensor = self.out(heard.transpose(1, 2).flatten(2)) + remembered
        return whole


class Layer(nn.Module):
    """Attention, then a step of each place by itself, each added to what was there."""

    def __init__(self, sizes: TokenSizes) -> None:
        super().__init__()
        width = sizes.width
        self.attn = Attention(sizes)
        self.attn_ln = nn.LayerNorm(width, eps=1e-6)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.mlp_ln = nn.LayerNorm(width)

    def forward(self, hidden: Tensor) -> Tensor:
        hidden = hidden + self.attn(self.attn_ln(hidden))
        stepped: Tensor = hidden + self.mlp(self.mlp_ln(hidden))
        return stepped


class Encoder(nn.Module):
    """Bands to a quarter as many places."""

    def __init__(self, sizes: TokenSizes) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(FORM.count, sizes.width, 3, stride=2, padding=1)
        self.conv2 = nn.Conv1d(sizes.width, sizes.width, 3, stride=2, padding=1)
        self.blocks = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))

    def forward(self, bands: Tensor) -> Tensor:
        hidden = functional.gelu(self.conv2(functional.gelu(self.conv1(bands)))).transpose(1, 2)
        for block in self.blocks:
            hidden = block(hidden)
        return hidden


class Codebook(nn.Module):
    """Places to codes: each of a few numbers is rounded to 0, 1 or 2, and they are the digits of the code."""

    def __init__(self, sizes: TokenSizes) -> None:
        super().__init__()
        self.project_down = nn.Linear(sizes.width, sizes.digits)

    def forward(self, hidden: Tensor) -> Tensor:
        digits = (self.project_down(hidden).tanh() * _NEAR_ONE).round() + 1
        worth = 3 ** torch.arange(digits.shape[-1], device=hidden.device)
        codes: Tensor = (digits.long() * worth).sum(dim=-1)
        return codes


class Quantizer(nn.Module):
    """A name of the published weights."""

    def __init__(self, sizes: TokenSizes) -> None:
        super().__init__()
        self._codebook = Codebook(sizes)

    def forward(self, hidden: Tensor) -> Tensor:
        codes: Tensor = self._codebook(hidden)
        return codes


class Tokenizer(nn.Module):
    """Sound to codes."""

    def __init__(self, sizes: TokenSizes) -> None:
        super().__init__()
        self.encoder = Encoder(sizes)
        self.quantizer = Quantizer(sizes)
        self.register_buffer("_mel_filters", filters(FORM))  # the published weights carry it
        self._mel_filters: Tensor

    def forward(self, samples: Tensor) -> Tensor:
        """Shapes: (n,) at 16 kHz to (n / 640,)."""
        levels = (self._mel_filters @ powers(samples, FORM)[:, :-1]).clamp(min=1e-10).log10()
        bands = (torch.maximum(levels, levels.max() - 8) + 4) / 4
        codes: Tensor = self.quantizer(self.encoder(bands[None]))[0]
        return codes
