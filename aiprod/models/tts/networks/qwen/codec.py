"""The codec of Qwen3-TTS: sixteen codes a frame, 12.5 frames a second, to sound and back.

Knows codes and samples; nothing of text or voices. The way back, from sound to codes, is Mimi's network as transformers has it.
Names are those of the published weights. Source: Qwen3-TTS technical report (arXiv 2601.15621); Mimi (arXiv 2410.00037).
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.qwen.sizes import CodecSizes, DecoderSizes
from aiprod.models.tts.networks.qwen.stack import Memory, Stack

PART_FRAMES, CONTEXT_FRAMES = 300, 25
"""How many frames are decoded at once, and how many before them once more. Source: the published network's own choice."""


class Causal(nn.Module):
    """A convolution that hears nothing of what comes later."""

    def __init__(self, inner: int, outer: int, kernel: int, *, dilation: int = 1, groups: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv1d(inner, outer, kernel, dilation=dilation, groups=groups)
        self._before = (kernel - 1) * dilation

    def forward(self, hidden: Tensor) -> Tensor:
        made: Tensor = self.conv(functional.pad(hidden, (self._before, 0)))
        return made


class Widened(nn.Module):
    """`rate` times as many moments, none made of what comes later."""

    def __init__(self, inner: int, outer: int, kernel: int, rate: int) -> None:
        super().__init__()
        self.conv = nn.ConvTranspose1d(inner, outer, kernel, rate)
        self._over = kernel - rate

    def forward(self, hidden: Tensor) -> Tensor:
        longer: Tensor = self.conv(hidden)
        return longer[..., : longer.shape[-1] - self._over]


class ConvNext(nn.Module):
    """Each channel over time, then all channels of each moment; added by a learnt scale. Source: arXiv 2201.03545."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.dwconv = Causal(width, width, 7, groups=width)
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.pwconv1 = nn.Linear(width, 4 * width)
        self.pwconv2 = nn.Linear(4 * width, width)
        self.gamma = nn.Parameter(torch.ones(width))

    def forward(self, hidden: Tensor) -> Tensor:
        moments = self.norm(self.dwconv(hidden).transpose(1, 2))
        added: Tensor = self.gamma * self.pwconv2(functional.gelu(self.pwconv1(moments)))
        return hidden + added.transpose(1, 2)


class Snake(nn.Module):
    """Adds a wave to every channel, of learnt width and height. Source: arXiv 2006.08195."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.alpha = nn.Parameter(torch.zeros(width))
        self.beta = nn.Parameter(torch.zeros(width))

    def forward(self, hidden: Tensor) -> Tensor:
        pace, height = self.alpha.exp()[:, None], self.beta.exp()[:, None]
        return hidden + torch.sin(hidden * pace) ** 2 / (height + 1e-9)


class Residue(nn.Module):
    """Two convolutions, added to what was there."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.act1 = Snake(width)
        self.conv1 = Causal(width, width, 7, dilation=dilation)
        self.act2 = Snake(width)
        self.conv2 = Causal(width, width, 1)

    def forward(self, hidden: Tensor) -> Tensor:
        added: Tensor = self.conv2(self.act2(self.conv1(self.act1(hidden))))
        return hidden + added


class Rise(nn.Module):
    """More moments of half as many channels."""

    def __init__(self, inner: int, rate: int) -> None:
        super().__init__()
        outer = inner // 2
        self.block = nn.Sequential(
            Snake(inner), Widened(inner, outer, 2 * rate, rate), *(Residue(outer, dilation) for dilation in (1, 3, 9))
        )

    def forward(self, hidden: Tensor) -> Tensor:
        risen: Tensor = self.block(hidden)
        return risen


class Codebook(nn.Module):
    """What each code stands for: a sum over how often it was met."""

    def __init__(self, codes: int, width: int) -> None:
        super().__init__()
        self.cluster_usage = nn.Parameter(torch.ones(codes))
        self.embedding_sum = nn.Parameter(torch.zeros(codes, width))

    def forward(self, codes: Tensor) -> Tensor:
        table = self.embedding_sum / self.cluster_usage.clamp(min=1e-5)[:, None]
        return functional.embedding(codes, table)


class Quantized(nn.Module):
    """One code of a frame; a name of the published weights."""

    def __init__(self, codes: int, width: int) -> None:
        super().__init__()
        self._codebook = Codebook(codes, width)

    def forward(self, codes: Tensor) -> Tensor:
        told: Tensor = self._codebook(codes)
        return told


class Residual(nn.Module):
    """Codes that each add to those before; a name of the published weights."""

    def __init__(self, count: int, codes: int, width: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Quantized(codes, width) for _ in range(count))


class Quantizer(nn.Module):
    """Codes to the sum of what they stand for, at the width of the network. Weights from sound to codes are not used here."""

    def __init__(self, count: int, sizes: DecoderSizes) -> None:
        super().__init__()
        inner = sizes.codebook_dim // 2
        self.input_proj = nn.Conv1d(sizes.codebook_dim, inner, 1, bias=False)
        self.output_proj = nn.Conv1d(inner, sizes.codebook_dim, 1, bias=False)
        self.vq = Residual(count, sizes.codebook_size, inner)

    def forward(self, codes: Tensor) -> Tensor:
        """Shapes: (1, count, frames) to (1, width, frames)."""
        told = [layer(codes[:, place]) for place, layer in enumerate(self.vq.layers)]
        summed: Tensor = self.output_proj(torch.stack(told).sum(dim=0).transpose(1, 2))
        return summed


class Quantizers(nn.Module):
    """The first code, which carries what is said, and the others, which carry how."""

    def __init__(self, sizes: DecoderSizes) -> None:
        super().__init__()
        self.rvq_first = Quantizer(1, sizes)
        self.rvq_rest = Quantizer(sizes.num_quantizers - 1, sizes)

    def forward(self, codes: Tensor) -> Tensor:
        whole: Tensor = self.rvq_first(codes[:, :1]) + self.rvq_rest(codes[:, 1:])
        return whole


class Reading(Stack):
    """The layers between codes and sound, with their own width."""

    def __init__(self, sizes: DecoderSizes) -> None:
        super().__init__(sizes, normed=False, scaled=True, window=sizes.sliding_window)
        self.input_proj = nn.Linear(sizes.latent_dim, sizes.hidden_size)
        self.output_proj = nn.Linear(sizes.hidden_size, sizes.latent_dim)

    def forward(self, hidden: Tensor) -> Tensor:
        read: Tensor = self.output_proj(self.read(self.input_proj(hidden), Memory()))
        return read


class Decoder(nn.Module):
    """Codes to sound."""

    def __init__(self, sizes: DecoderSizes) -> None:
        super().__init__()
        width, channels = sizes.latent_dim, sizes.decoder_dim
        self.pre_transformer = Reading(sizes)
        self.quantizer = Quantizers(sizes)
        self.pre_conv = Causal(sizes.codebook_dim, width, 3)
        self.upsample = nn.ModuleList(
            nn.Sequential(Widened(width, width, rate, rate), ConvNext(width)) for rate in sizes.upsampling_ratios
        )
        rises = [Rise(channels // 2**place, rate) for place, rate in enumerate(sizes.upsample_rates)]
        last = channels // 2 ** len(rises)
        self.decoder = nn.Sequential(Causal(width, channels, 7), *rises, Snake(last), Causal(last, 1, 7))
        self.samples_a_frame = math.prod((*sizes.upsampling_ratios, *sizes.upsample_rates))

    def forward(self, codes: Tensor) -> Tensor:
        """Shapes: codes (frames, groups), answer (samples,), within -1..1."""
        sounds: list[Tensor] = []
        for start in range(0, len(codes), PART_FRAMES):
            context = min(start, CONTEXT_FRAMES)
            part = codes[start - context : start + PART_FRAMES].T[None]
            sounds.append(self._sound(part)[context * self.samples_a_frame :])
        return torch.cat(sounds)

    def _sound(self, codes: Tensor) -> Tensor:
        hidden = self.pre_conv(self.quantizer(codes))
        hidden = self.pre_transformer(hidden.transpose(1, 2)).transpose(1, 2)
        for rise in self.upsample:
            hidden = rise(hidden)
        sound: Tensor = self.decoder(hidden)[0, 0]
        return sound.clamp(-1, 1)


class SoundEncoder(nn.Module):
    """Sound to codes: Mimi's network, its parts under the names that they were published with."""

    def __init__(self, sizes: CodecSizes) -> None:
        super().__init__()
        from transformers import MimiConfig, MimiModel

        mimi = MimiModel(MimiConfig.from_dict({**sizes.encoder_config, "decoder_config": None}))
        way: nn.Module = mimi.get_submodule("encoder")
        self.encoder = way.get_submodule("encoder_seanet")
        self.encoder_transformer = way.get_submodule("encoder_transformer")
        self.downsample = way.get_submodule("downsample")
        self.quantizer = mimi.quantizer

    def forward(self, samples: Tensor) -> Tensor:
        """Shapes: (1, 1, samples) to (1, groups, frames)."""
        heard = self.encoder_transformer(self.encoder(samples).transpose(1, 2)).last_hidden_state
        codes: Tensor = self.quantizer.encode(self.downsample(heard.transpose(1, 2)), None).transpose(0, 1)
        return codes


class Codec(nn.Module):
    """All of `speech_tokenizer/model.safetensors`."""

    def __init__(self, sizes: CodecSizes) -> None:
        super().__init__()
        self._groups = sizes.encoder_valid_num_quantizers
        self.encoder = SoundEncoder(sizes)
        self.decoder = Decoder(sizes.decoder_config)

    def encode(self, samples: Tensor) -> Tensor:
        """Shapes: samples (n,) at 24 kHz, answer (frames, groups)."""
        codes: Tensor = self.encoder(samples[None, None])[0, : self._groups]
        return codes.T
