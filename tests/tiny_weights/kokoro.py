"""A tiny Kokoro from a fixed seed: it hums noise of the right length, and is no product."""

from pathlib import Path

import numpy as np

from aiprod.models.tts.networks.decoder import DecoderSizes
from aiprod.models.tts.networks.kokoro import Kokoro, KokoroSizes
from aiprod.models.weights.safetensors import Array, write_arrays

TINY = KokoroSizes(
    symbols=12, phonemes=16, reader=16, reader_inner=16, reader_heads=2, reader_layers=1, letters=8, longest_frames=4,
    decoder=DecoderSizes(text=16, inner=8, residue=4, vocoder=16),
)  # fmt: skip


def write_tiny_kokoro(path: Path, *, without: str = "") -> Path:
    """Weights of that size, but for the array named."""
    draw = np.random.default_rng(5)
    arrays: dict[str, Array] = {
        name: (draw.standard_normal(tuple(tensor.shape)) * 0.2 + ("alpha" in name)).astype(np.float16)
        for name, tensor in Kokoro(TINY).state_dict().items()
        if name != without
    }
    write_arrays(path, arrays, {"format": "pt"})
    return path
