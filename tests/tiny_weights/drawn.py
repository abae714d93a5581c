"""Weights of small random numbers from fixed seeds, for networks whose plan is known."""

from pathlib import Path

import numpy as np
import torch

from aiprod.models.weights.safetensors import Array, write_arrays


def write_drawn(path: Path, network: torch.nn.Module, *, seed: int = 1, strength: float) -> Path:
    """Numbers of that spread for every parameter of the network, whatever its own are."""
    draw = np.random.default_rng(seed)
    arrays: dict[str, Array] = {
        name: (draw.standard_normal(tuple(tensor.shape)) * strength).astype(np.float32) for name, tensor in network.state_dict().items()
    }
    write_arrays(path, arrays, {"format": "pt"})
    return path
