"""What Whisper's encoder hears in a voice, as windows around each frame of a film.

Knows sound at 16 kHz and fifty hearings a second; every layer's hearing counts, not the last alone. Nothing is written down:
the decoder is not asked. Shapes: F frames, windows of 10 hearings from L layers with D numbers each.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aiprod.models.weights.pretrained import load_pretrained
from aiprod.ports import Samples

if TYPE_CHECKING:
    import torch

RATE_HZ = 16_000
HEARINGS_A_SECOND = 50
PIECE_SECONDS = 30
"""Whisper hears so much at once."""
BEFORE, AFTER = 4, 6
"""Hearings of a frame's window before its moment, and from it on."""


class Ears:
    """Whisper's encoder in memory."""

    def __init__(self, encoder: "torch.nn.Module", mels: int, device: str) -> None:
        self._encoder: Any = encoder
        self._mels = mels
        self._device = device

    def hear(self, samples: Samples) -> "torch.Tensor":
        """All hearings of a voice, half a minute at a time. Shapes: (n,) to (50 a second, L, D)."""
        import torch
        from transformers import WhisperFeatureExtractor

        kind: Any = WhisperFeatureExtractor
        spectra = kind(feature_size=self._mels)
        piece = PIECE_SECONDS * RATE_HZ
        heard = []
        for start in range(0, len(samples), piece):
            part = samples[start : start + piece]
            levels = np.asarray(spectra(part, sampling_rate=RATE_HZ, return_tensors="np").input_features)
            with torch.inference_mode():
                states = self._encoder(
                    torch.from_numpy(levels).float().to(self._device), output_hidden_states=True
                ).hidden_states
            heard.append(torch.stack(states, dim=2)[0, : math.ceil(len(part) / RATE_HZ * HEARINGS_A_SECOND)])
        return torch.cat(heard)


def windows(heard: "torch.Tensor", moments: Sequence[Fraction]) -> "torch.Tensor":
    """What is heard around each moment (seconds of the voice); silence before its start and after its end.

    Shapes: (n, L, D) to (F, 10 L, D).
    """
    import torch

    places = torch.tensor([math.floor(moment * HEARINGS_A_SECOND) for moment in moments])
    around = places[:, None] + torch.arange(-BEFORE, AFTER)
    inside = (around >= 0) & (around < len(heard))
    taken = heard[around.clamp(0, len(heard) - 1)] * inside[..., None, None].to(heard)
    return taken.flatten(1, 2)


def open_ears(folder: Path, device: str) -> Ears:
    """Whisper's encoder out of the whole network in a folder. Raises: WeightsBroken."""
    import torch
    from transformers import WhisperModel

    network = load_pretrained(WhisperModel, folder, "a Whisper", dtype=torch.float32)
    return Ears(network.encoder.to(device), int(network.config.num_mel_bins), device)
