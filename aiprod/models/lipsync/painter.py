"""MuseTalk's networks around a face: its lower half left out, and painted anew by what is heard, in a single step.

Knows pictures of 256 by 256 and windows of what Whisper's encoder heard; where a face is and how it is put back is others'
business. Source: Zhang et al., "MuseTalk: Real-Time High-Fidelity Video Dubbing via Spatio-Temporal Sampling" (2024).
Shapes: B faces, 256 by 256 pixels, latents of 4 by 32 by 32, T windows of D numbers.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aiprod.errors import Unavailable, WeightsBroken
from aiprod.models.cards import ran_out
from aiprod.models.pictures import Picture
from aiprod.models.weights.pretrained import load_pretrained
from aiprod.models.weights.safetensors import read_header
from aiprod.models.weights.strict import build_empty, load_strict

if TYPE_CHECKING:
    import torch

SIDE_PX = 256
MOST_TOGETHER = 16


class MouthPainter:
    """The networks in memory, ready to paint. `network` paints latents, `coder` makes latents of pictures and back."""

    def __init__(self, network: "torch.nn.Module", coder: "torch.nn.Module", device: str, dtype: "torch.dtype") -> None:
        self._network: Any = network
        self._coder: Any = coder
        self.device = device
        self._dtype = dtype
        self._together = MOST_TOGETHER

    def paint(self, faces: Sequence[Picture], heard: "torch.Tensor") -> list[Picture]:
        """Each face as it looks while its window is heard. Shapes: heard (B, T, D). Raises: Unavailable (no memory)."""
        import torch

        painted: list[Picture] = []
        while len(painted) < len(faces):
            part = slice(len(painted), len(painted) + self._together)
            try:
                with torch.inference_mode():
                    painted += self._painted(np.stack(faces[part]), heard[part])
            except RuntimeError as error:
                if not ran_out(error):
                    raise
                if self._together == 1:
                    raise Unavailable(
                        f"Expected memory for a face on {self.device}, found too little; try again alone."
                    ) from error
                self._together //= 2
            else:
                continue
            torch.cuda.empty_cache()  # not before the error has gone, which holds what the networks had made
        return painted

    def _painted(self, faces: Picture, heard: "torch.Tensor") -> list[Picture]:
        import torch

        seen = torch.from_numpy(faces).to(self.device).permute(0, 3, 1, 2).to(self._dtype) / 127.5 - 1
        hidden = seen.clone()
        hidden[:, :, SIDE_PX // 2 :] = -1
        heard = heard.to(self.device, self._dtype)
        heard = heard + positions(heard.shape[1], heard.shape[2]).to(heard)
        latents = torch.cat([self._latents(hidden), self._latents(seen)], dim=1)
        painted = self._network(latents, torch.zeros(1, device=self.device), encoder_hidden_states=heard).sample
        made = self._coder.decode(painted / self._coder.config.scaling_factor).sample
        rows = ((made / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8).permute(0, 2, 3, 1).cpu()
        return list(np.asarray(rows.numpy()))

    def _latents(self, pictures: "torch.Tensor") -> "torch.Tensor":
        """The likeliest latents: a drawn sample would make the same clip another one each time."""
        made: torch.Tensor = self._coder.encode(pictures).latent_dist.mode() * self._coder.config.scaling_factor
        return made


def positions(count: int, width: int) -> "torch.Tensor":
    """Sines and cosines that tell each window's place. Shapes: (count, width). Source: Vaswani et al. (2017), 3.5."""
    import torch

    angles = torch.arange(count)[:, None] * torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)[:, :width]


def open_painter(network: Path, coder: Path, device: str) -> MouthPainter:
    """MuseTalk's network (its settings are in its file) and the folder of its autoencoder, on the device.

    Raises: WeightsMissing, WeightsBroken.
    """
    import json

    import torch
    from diffusers import AutoencoderKL, UNet2DConditionModel

    # Half precision is for the cards that are made for it; a processor is slower with it.
    dtype = torch.float16 if device.startswith("cuda") else torch.float32
    kind: Any = UNet2DConditionModel
    try:
        fields = json.loads(read_header(network).metadata["config"])
        painting: Any = build_empty(lambda: kind.from_config(fields))
    except (KeyError, ValueError, TypeError) as error:
        raise WeightsBroken(
            f"Expected MuseTalk's settings in {network.name}, found none: run `aiprod models fetch musetalk`."
        ) from error
    loaded: torch.nn.Module = load_strict(painting, [network], device=device, dtype=dtype)
    # Its keys are of long ago: diffusers renames them.
    opened = load_pretrained(AutoencoderKL, coder, "an autoencoder of diffusers", torch_dtype=dtype, low_cpu_mem_usage=False)
    return MouthPainter(loaded, opened.to(device), device, dtype)
