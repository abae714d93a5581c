"""The voice encoder's network out of its makers' checkpoint: without the state of its training.

Knows the checkpoint's names; its form is `torch_archive.py`'s.
"""

from pathlib import Path

import numpy as np

from aiprod.models.weights.safetensors import write_arrays
from aiprod.models.weights.torch_archive import read_torch

NETWORK = "model_state"
LAYERS = ("lstm.", "linear.")
"""What else there is compares voices with each other while it learns."""


def write_voice_encoder(source: Path, target: Path) -> None:
    """Write the network of the checkpoint as safetensors. Raises: WeightsBroken."""
    state = read_torch(source, NETWORK, np.float32)
    write_arrays(target, {name: array for name, array in state.items() if name.startswith(LAYERS)}, {"format": "pt"})
