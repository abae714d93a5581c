"""Tiny networks of RIFE's kind: one of fixed random numbers, and one whose motion is known; neither is a product."""

from pathlib import Path

import numpy as np

from aiprod.models.interpolation.networks import COLOURS, SCALES, Flow, build
from aiprod.models.weights.safetensors import Array, write_arrays
from tests.tiny_weights.drawn import write_drawn

TINY = Flow(widths=(4, 4, 4))
BLUE = 2
LEVELS = 20
"""By how much more blue the second picture must be for things to have moved all of the known way."""


def write_random(path: Path, *, strength: float = 0.3) -> Path:
    """Weights that draw something between two pictures, and nothing sensible."""
    return write_drawn(path, build(TINY), strength=strength)


def write_moving(path: Path, right_px: float) -> Path:
    """A network that takes everything to move to the right by so much from a picture to one that is `LEVELS` more blue, and by a
    part of that to one that is a part more blue. It is exact inside the picture; at its edges transposed convolutions know fewer
    neighbours."""
    arrays: dict[str, Array] = {name: np.zeros(tuple(tensor.shape), np.float32) for name, tensor in build(TINY).state_dict().items()}
    for name, array in arrays.items():
        if len(array.shape) == 1 and name.endswith(".1.weight"):
            array[:] = 1.0  # a PReLU that lets everything through
    arrays["block0.conv0.0.0.weight"][0, BLUE, 1, 1] = -1.0
    arrays["block0.conv0.0.0.weight"][0, COLOURS + BLUE, 1, 1] = 1.0
    arrays["block0.conv0.1.0.weight"][0, 0, 1, 1] = 1.0
    arrays["block0.conv1.0.weight"][0, 0] = 0.25  # of four by four taps, two by two fall on each place
    half_way = right_px / 2 / SCALES[0] * 255 / LEVELS
    for channel, way in ((0, -half_way), (2, half_way)):
        arrays["block0.conv1.2.weight"][0, channel] = way / 4
    write_arrays(path, arrays, {"format": "pt"})
    return path
