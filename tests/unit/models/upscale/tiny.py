"""Tiny networks of Real-ESRGAN's two kinds, from fixed seeds: they enlarge, and are no product."""

from pathlib import Path

import numpy as np

from aiprod.models.upscale.networks import Compact, Dense, build
from aiprod.models.weights.safetensors import write_arrays
from tests.tiny_weights.drawn import write_drawn

DENSE = Dense(features=8, blocks=1, growth=4)
COMPACT = Compact(features=8, convolutions=2, scale=2)


def write_tiny(path: Path, plan: Dense | Compact, *, seed: int = 1, strength: float = 0.05) -> Path:
    """Weights of that plan: small random numbers, so that what comes out is near the enlarged picture."""
    return write_drawn(path, build(plan), seed=seed, strength=strength)


def write_sharpener(path: Path) -> Path:
    """A compact network that enlarges twice and sharpens: the picture's pixels, and what sets each apart from its
    neighbours on top."""
    plan = Compact(features=6, convolutions=0, scale=2)
    arrays = {name: np.zeros(tuple(tensor.shape), np.float32) for name, tensor in build(plan).state_dict().items()}
    for colour in range(3):
        arrays["body.0.weight"][colour, colour] = [[0, -0.05, 0], [-0.05, 0.2, -0.05], [0, -0.05, 0]]
        for corner in range(4):
            arrays["body.2.weight"][4 * colour + corner, colour, 1, 1] = 1.0
    arrays["body.1.weight"][:] = 1.0
    write_arrays(path, arrays, {"format": "pt"})
    return path
