"""The half of Chatterbox that makes sound: a sample is heard as codes, bands and a voice, and new codes are spoken in it.

Knows how its parts follow each other; which codes are spoken is the reader's. Names are those of the published weights.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.bands import BandForm, loud_bands
from aiprod.models.tts.networks.chatterbox.painter import Guide, Painter
from aiprod.models.tts.networks.chatterbox.sizes import BANDS, FINE_HZ, SoundSizes
from aiprod.models.tts.networks.chatterbox.speaker import SpeakerEncoder
from aiprod.models.tts.networks.chatterbox.stretcher import Stretcher
from aiprod.models.tts.networks.chatterbox.tokens import Tokenizer
from aiprod.models.tts.networks.chatterbox.vocoder import Vocoder

FORM = BandForm(rate_hz=FINE_HZ, window=1920, hop=480, count=BANDS, top_hz=8000.0)
_FADE = FINE_HZ // 50
"""So many samples at the beginning are silent, and as many after them grow loud: the sample is still heard in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What is heard of a sample: its codes (n,), its bands (1, 80, 2n), the vector of its voice."""

    codes: Tensor
    bands: Tensor
    vector: Tensor


class Flow(nn.Module):
    """Codes to bands; a name of the published weights."""

    def __init__(self, sizes: SoundSizes) -> None:
        super().__init__()
        width = sizes.stretcher.width
        self.input_embedding = nn.Embedding(sizes.codes, width)
        self.spk_embed_affine_layer = nn.Linear(sizes.speaker.vector, BANDS)
        self.encoder = Stretcher(sizes.stretcher)
        self.encoder_proj = nn.Linear(width, BANDS)
        self.decoder = Painter(sizes.painter)

    def forward(self, codes: Tensor, heard: Heard, chance: torch.Generator) -> Tensor:
        """The bands of the codes alone, painted so that they go on from those of the sample. Shapes: (n,) to (1, 80, 2n)."""
        whole = torch.cat([heard.codes, codes])[None]
        moments = self.encoder_proj(self.encoder(self.input_embedding(whole))).transpose(1, 2)
        known = functional.pad(heard.bands, (0, moments.shape[2] - heard.bands.shape[2]))
        voice = self.spk_embed_affine_layer(functional.normalize(heard.vector[None], dim=1))
        bands = self.decoder.paint(Guide(moments=moments, voice=voice, known=known), chance)
        return bands[..., heard.bands.shape[2] :]


class Sound(nn.Module):
    """All of `s3gen.safetensors`."""

    def __init__(self, sizes: SoundSizes) -> None:
        super().__init__()
        self.tokenizer = Tokenizer(sizes.tokens)
        self.speaker_encoder = SpeakerEncoder(sizes.speaker)
        self.flow = Flow(sizes)
        self.mel2wav = Vocoder(sizes.vocoder, sizes.pitch)

    def listen(self, fine: Tensor, coarse: Tensor) -> Heard:
        """The same sound at 24 and at 16 kHz, of whole codes."""
        return Heard(
            codes=self.tokenizer(coarse), bands=loud_bands(fine, FORM), vector=self.speaker_encoder(coarse)
        )

    def speak(self, codes: Tensor, heard: Heard, chance: torch.Generator) -> Tensor:
        """Samples at 24 kHz, 960 a code."""
        samples: Tensor = self.mel2wav(self.flow(codes, heard, chance), chance)
        rise = (1 - torch.cos(torch.linspace(0, math.pi, _FADE, device=samples.device))) / 2
        opening = torch.cat([torch.zeros_like(rise), rise])[: len(samples)]
        return torch.cat([samples[: len(opening)] * opening, samples[len(opening) :]])
