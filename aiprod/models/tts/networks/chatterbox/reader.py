"""The half of Chatterbox that reads: text in a voice to codes of sound, by a large language model's stack of layers.

Knows embeddings and layers; how a prompt is laid and a code drawn is `speaking.py`'s. The stack is Llama's, as transformers has
it. Names are those of the published weights. Source: Llama 3 (arXiv 2407.21783); Perceiver (arXiv 2103.03206).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.chatterbox.sizes import ReaderSizes

_ROTATION = {
    "rope_type": "llama3", "rope_theta": 500_000.0, "factor": 8.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
    "original_max_position_embeddings": 8192,
}  # fmt: skip
_UNUSED_WORDS = 8
"""The stack's own table of words, which the published weights carry and nothing reads."""


class Asking(nn.Module):
    """Places that ask others, added to what they were."""

    def __init__(self, sizes: ReaderSizes) -> None:
        super().__init__()
        self._heads = sizes.query_heads
        self.norm = nn.LayerNorm(sizes.width)
        self.to_q = nn.Linear(sizes.width, sizes.width)
        self.to_k = nn.Linear(sizes.width, sizes.width)
        self.to_v = nn.Linear(sizes.width, sizes.width)
        self.proj_out = nn.Linear(sizes.width, sizes.width)

    def forward(self, places: Tensor, others: Tensor) -> Tensor:
        given = self.norm(others)
        asked, keys, values = (
            linear(told).unflatten(2, (self._heads, -1)).transpose(1, 2)
            for linear, told in ((self.to_q, self.norm(places)), (self.to_k, given), (self.to_v, given))
        )
        heard = functional.scaled_dot_product_attention(asked, keys, values).transpose(1, 2).flatten(2)
        whole: Tensor = places + self.proj_out(heard)
        return whole


class Summary(nn.Module):
    """A sample's codes, however many, to a few places."""

    def __init__(self, sizes: ReaderSizes) -> None:
        super().__init__()
        self.pre_attention_query = nn.Parameter(torch.zeros(1, sizes.queries, sizes.width))
        self.attn = Asking(sizes)

    def forward(self, sample: Tensor) -> Tensor:
        asked = self.attn(self.pre_attention_query, sample)
        summed: Tensor = self.attn(asked, asked)
        return summed


class Manner(nn.Module):
    """How it is to be spoken: whose voice, like which sample, with how much feeling."""

    def __init__(self, sizes: ReaderSizes) -> None:
        super().__init__()
        self.spkr_enc = nn.Linear(sizes.voice, sizes.width)
        self.emotion_adv_fc = nn.Linear(1, sizes.width, bias=False)
        self.perceiver = Summary(sizes)

    def forward(self, vector: Tensor, sample: Tensor, feeling: float) -> Tensor:
        """Shapes: vector (voice,), sample (1, n, width), answer (1, 1 + queries + 1, width)."""
        felt = self.emotion_adv_fc(torch.full((1, 1, 1), feeling, device=sample.device, dtype=sample.dtype))
        return torch.cat([self.spkr_enc(vector)[None, None], self.perceiver(sample), felt], dim=1)


class Places(nn.Module):
    """What it means to be the first, the second and so on; a name of the published weights."""

    def __init__(self, count: int, width: int) -> None:
        super().__init__()
        self.emb = nn.Embedding(count, width)

    def forward(self, first: int, count: int) -> Tensor:
        """Shape: (count, width)."""
        places: Tensor = self.emb.weight[first : first + count]
        return places


class Reader(nn.Module):
    """All of `t3_cfg.safetensors`, or of its sibling of many languages. The head for text is of its training."""

    def __init__(self, sizes: ReaderSizes) -> None:
        super().__init__()
        from transformers import LlamaConfig, LlamaModel

        width = sizes.width
        self.tfmr = LlamaModel(
            LlamaConfig(
                vocab_size=_UNUSED_WORDS, hidden_size=width, intermediate_size=sizes.inner, num_hidden_layers=sizes.layers,
                num_attention_heads=sizes.heads, num_key_value_heads=sizes.heads, head_dim=width // sizes.heads,
                max_position_embeddings=131_072, rms_norm_eps=1e-5, rope_parameters=_ROTATION,
            )
        )  # fmt: skip
        self.cond_enc = Manner(sizes)
        self.text_emb = nn.Embedding(sizes.text_tokens, width)
        self.speech_emb = nn.Embedding(sizes.sound_tokens, width)
        self.text_pos_emb = Places(sizes.text_places, width)
        self.speech_pos_emb = Places(sizes.sound_places, width)
        self.text_head = nn.Linear(width, sizes.text_tokens, bias=False)
        self.speech_head = nn.Linear(width, sizes.sound_tokens, bias=False)

    def text(self, tokens: Tensor) -> Tensor:
        """Words of text beside no words, so that both can be compared. Shapes: (n,) to (2, n, width)."""
        words = self.text_emb(tokens)
        both: Tensor = torch.stack([words, torch.zeros_like(words)]) + self.text_pos_emb(0, len(tokens))
        return both

    def codes(self, codes: Tensor, first: int = 0) -> Tensor:
        """Codes of sound from the place `first` on. Shapes: (n,) to (1, n, width)."""
        told: Tensor = self.speech_emb(codes) + self.speech_pos_emb(first, len(codes))
        return told[None]

    def read(self, places: Tensor, memory: object) -> Tensor:
        """The scores of the next code, of each of two readings. Shapes: (2, n, width) to (2, sound tokens)."""
        hidden = self.tfmr(inputs_embeds=places, past_key_values=memory, use_cache=True).last_hidden_state
        scores: Tensor = self.speech_head(hidden[:, -1])
        return scores
