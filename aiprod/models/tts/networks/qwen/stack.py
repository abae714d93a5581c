"""Transformer layers as Qwen3-TTS has them: rotary positions, few keys for many questions, gated feed-forward.

Knows nothing of text or sound. The parts' names are those of the published weights.
Source: Qwen3 technical report (arXiv 2505.09388).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.qwen.sizes import StackSizes
from aiprod.models.tts.networks.rotary import turned, turns


class Memory:
    """Keys and values of what each layer has read, (1, heads, length, head)."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Tensor, Tensor]] = {}

    @property
    def length(self) -> int:
        """How many places were read."""
        return self._kept[0][0].shape[2] if self._kept else 0

    def add(self, layer: int, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """The layer's keys and values, with those of the places that are read now."""
        if layer in self._kept:
            before = self._kept[layer]
            keys, values = torch.cat([before[0], keys], dim=2), torch.cat([before[1], values], dim=2)
        self._kept[layer] = keys, values
        return keys, values


class Norm(nn.Module):
    """Root mean square to one, then a scale of its own; reckoned in single precision."""

    def __init__(self, width: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self._eps = eps

    def forward(self, hidden: Tensor) -> Tensor:
        exact = hidden.float()
        level = torch.rsqrt(exact.pow(2).mean(-1, keepdim=True) + self._eps)
        return self.weight * (exact * level).to(hidden.dtype)


class Scale(nn.Module):
    """A learnt scale of what a layer adds."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(width))

    def forward(self, hidden: Tensor) -> Tensor:
        return self.scale * hidden


class Attention(nn.Module):
    """Every place asks those before it. With `normed`, questions and keys are brought to one size first."""

    def __init__(self, sizes: StackSizes, *, normed: bool) -> None:
        super().__init__()
        self._head = sizes.head
        width, asked, told = sizes.hidden_size, sizes.num_attention_heads * sizes.head, sizes.num_key_value_heads * sizes.head
        self.q_proj = nn.Linear(width, asked, bias=False)
        self.k_proj = nn.Linear(width, told, bias=False)
        self.v_proj = nn.Linear(width, told, bias=False)
        self.o_proj = nn.Linear(asked, width, bias=False)
        self.q_norm = Norm(sizes.head, sizes.rms_norm_eps) if normed else nn.Identity()
        self.k_norm = Norm(sizes.head, sizes.rms_norm_eps) if normed else nn.Identity()
        self._share = sizes.num_attention_heads // sizes.num_key_value_heads

    def forward(self, hidden: Tensor, turn: tuple[Tensor, Tensor], mask: Tensor | None, memory: Memory, layer: int) -> Tensor:
        apart = (*hidden.shape[:2], -1, self._head)
        asked = self.q_norm(self.q_proj(hidden).view(apart)).transpose(1, 2)
        keys = self.k_norm(self.k_proj(hidden).view(apart)).transpose(1, 2)
        values = self.v_proj(hidden).view(apart).transpose(1, 2)
        keys, values = memory.add(layer, turned(keys, *turn), values)
        heard = functional.scaled_dot_product_attention(
            turned(asked, *turn), keys.repeat_interleave(self._share, 1), values.repeat_interleave(self._share, 1),
            attn_mask=mask,
        )  # fmt: skip
        told: Tensor = self.o_proj(heard.transpose(1, 2).flatten(2))
        return told


class FeedForward(nn.Module):
    """A gated step of each place by itself."""

    def __init__(self, sizes: StackSizes) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(sizes.hidden_size, sizes.intermediate_size, bias=False)
        self.up_proj = nn.Linear(sizes.hidden_size, sizes.intermediate_size, bias=False)
        self.down_proj = nn.Linear(sizes.intermediate_size, sizes.hidden_size, bias=False)

    def forward(self, hidden: Tensor) -> Tensor:
        gated: Tensor = self.down_proj(functional.silu(self.gate_proj(hidden)) * self.up_proj(hidden))
        return gated


class Layer(nn.Module):
    """Attention, then feed-forward, each added to what was there; with `scaled`, each by a learnt scale."""

    def __init__(self, sizes: StackSizes, *, normed: bool, scaled: bool) -> None:
        super().__init__()
        width = sizes.hidden_size
        self.self_attn = Attention(sizes, normed=normed)
        self.mlp = FeedForward(sizes)
        self.input_layernorm = Norm(width, sizes.rms_norm_eps)
        self.post_attention_layernorm = Norm(width, sizes.rms_norm_eps)
        self.self_attn_layer_scale = Scale(width) if scaled else nn.Identity()
        self.mlp_layer_scale = Scale(width) if scaled else nn.Identity()

    def forward(self, hidden: Tensor, turn: tuple[Tensor, Tensor], mask: Tensor | None, memory: Memory, layer: int) -> Tensor:
        asked = self.self_attn(self.input_layernorm(hidden), turn, mask, memory, layer)
        hidden = hidden + self.self_attn_layer_scale(asked)
        told: Tensor = hidden + self.mlp_layer_scale(self.mlp(self.post_attention_layernorm(hidden)))
        return told


class Stack(nn.Module):
    """Layers one after the other. With `window`, a place asks only so many, itself the last."""

    def __init__(self, sizes: StackSizes, *, normed: bool = True, scaled: bool = False, window: int = 0) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            Layer(sizes, normed=normed, scaled=scaled) for _ in range(sizes.num_hidden_layers)
        )
        self.norm = Norm(sizes.hidden_size, sizes.rms_norm_eps)
        self._head, self._theta, self._window = sizes.head, sizes.rope_theta, window

    def read(self, hidden: Tensor, memory: Memory) -> Tensor:
        """What the layers make of places that follow those in memory. Shapes: (1, length, width) to the same."""
        known, count = memory.length, hidden.shape[1]
        turn = turns(range(known, known + count), self._head, self._theta, hidden)
        mask = self._mask(known, count, hidden.device)
        for number, layer in enumerate(self.layers):
            hidden = layer(hidden, turn, mask, memory, number)
        normed: Tensor = self.norm(hidden)
        return normed

    def _mask(self, known: int, count: int, device: torch.device) -> Tensor | None:
        """Which places each may ask; None: all there are."""
        if count == 1 and (not self._window or known < self._window):
            return None
        behind = torch.arange(known, known + count, device=device)[:, None] - torch.arange(known + count, device=device)
        return (behind >= 0) & (behind < self._window) if self._window else behind >= 0
