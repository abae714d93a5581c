"""The part of Chatterbox that hears whose voice it is, for the reader: a recurrent network over bands of a recording.

Knows a recording and parts of it; nothing of text. Names are those of the published weights.
Source: Wan and others, GE2E (arXiv 1710.10467); the parts are cut as the published code (github.com/resemble-ai/chatterbox) does.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.errors import InvalidInput
from aiprod.models.tts.networks.bands import BandForm, filters, powers
from aiprod.models.tts.networks.chatterbox.sizes import COARSE_HZ, VoiceSizes

FORM = BandForm(rate_hz=COARSE_HZ, window=400, hop=160, count=40)
LAYERS = 3
PART, STEP = 160, 77
"""Moments of a part, and from one part to the next: 1.6 s, 1.3 parts a second."""
LEAST_COVERAGE = 0.8
_FRAME, _HOP = 2048, 512
_SILENT = 0.01
"""Of the loudest frame's power: what is less, before the first word and after the last, is cut off."""


class VoiceEncoder(nn.Module):
    """A vector of the voice that speaks. The two numbers of similarity are of its training and not used here."""

    def __init__(self, sizes: VoiceSizes) -> None:
        super().__init__()
        self.lstm = nn.LSTM(FORM.count, sizes.hidden, LAYERS, batch_first=True)
        self.proj = nn.Linear(sizes.hidden, sizes.voice)
        self.similarity_weight = nn.Parameter(torch.ones(1))
        self.similarity_bias = nn.Parameter(torch.zeros(1))

    def forward(self, samples: Tensor) -> Tensor:
        """Shapes: samples (n,) at 16 kHz, answer (voice,), of length 1. Raises: InvalidInput (nothing is heard)."""
        bands = (filters(FORM).to(samples.device) @ powers(_without_silence(samples), FORM)).T
        _, (last, _) = self.lstm(_parts(bands))
        each = functional.normalize(functional.relu(self.proj(last[-1])), dim=1)
        return functional.normalize(each.mean(dim=0), dim=0)


def _without_silence(samples: Tensor) -> Tensor:
    """From the first loud frame to the last."""
    padded = functional.pad(samples, (_FRAME // 2, _FRAME // 2))
    power = padded.unfold(0, _FRAME, _HOP).square().mean(dim=1)
    loud = (power > power.max() * _SILENT).nonzero()[:, 0]
    if not len(loud):
        raise InvalidInput("sample", expected="somebody who speaks", found="silence")
    return samples[int(loud[0]) * _HOP : (int(loud[-1]) + 1) * _HOP]


def _parts(bands: Tensor) -> Tensor:
    """Overlapping parts; one that would be short of moments is left out, or filled up. Shapes: (t, 40) to (n, 160, 40)."""
    count, rest = divmod(max(len(bands) - PART + STEP, 0), STEP)
    if not count or (rest + PART - STEP) / PART >= LEAST_COVERAGE:
        count += 1
    filled = functional.pad(bands, (0, 0, 0, max(0, PART + STEP * (count - 1) - len(bands))))
    return filled.unfold(0, PART, STEP)[:count].transpose(1, 2)
