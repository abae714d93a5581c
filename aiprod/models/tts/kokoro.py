"""The Kokoro network in torch, opened on a device: the door between speech, which knows no torch, and the network.

Knows the network's weights; nothing of voices, words or phoneme letters.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aiprod.models.cards import enough_memory
from aiprod.models.tts.devices import check_device
from aiprod.models.weights.strict import build_empty, load_strict
from aiprod.ports import Samples

if TYPE_CHECKING:
    from aiprod.models.tts.networks.kokoro import KokoroSizes


class TorchKokoro:
    """The network with its weights on a device. One caller at a time: others wait."""

    def __init__(self, weights: Path, device: str, sizes: "KokoroSizes | None" = None) -> None:
        """Raises: EngineMissing, InvalidSetting, WeightsMissing, WeightsBroken, Unavailable (no memory)."""
        check_device(device)
        import torch

        from aiprod.models.tts.networks.kokoro import Kokoro, KokoroSizes

        self._device = torch.device(device)
        with enough_memory("Kokoro", device):
            self._network = load_strict(
                build_empty(lambda: Kokoro(sizes or KokoroSizes())), [weights], device=self._device, dtype=torch.float32
            )
        self._turn = threading.Lock()

    def run(self, tokens: Sequence[int], style: Samples, speed: float) -> tuple[Samples, Sequence[int]]:
        """Samples, and how many equal parts of them each token lasts. Raises: Unavailable (no memory)."""
        import torch

        with self._turn, enough_memory("Kokoro", self._device.type):
            numbers = torch.tensor(tokens, dtype=torch.int64, device=self._device)
            sound, frames = self._network(numbers, torch.tensor(style, device=self._device).ravel(), speed)
            samples: Samples = sound.cpu().numpy().astype(np.float32)
            return samples, [int(frame) for frame in frames.cpu()]
