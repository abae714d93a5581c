"""A network in memory that draws the pictures between two pictures.

Knows memory, padding and moments; the network, which knows the middle of two pictures, is in `networks.py`; rates and films are
others' business.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.models.cards import enough_memory
from aiprod.models.interpolation.networks import STEP_PX, build, read_plan
from aiprod.models.pictures import Picture, choose_device, to_picture, to_tensor
from aiprod.models.weights.strict import build_empty, load_strict

if TYPE_CHECKING:
    import torch

HALVINGS = 4
"""Moments are met to within a thirty-second of the distance of two pictures: nobody sees a pixel's part."""


class Interpolator:
    """A network in memory, ready to draw."""

    def __init__(self, network: "torch.nn.Module", device: str) -> None:
        self._network = network
        self.device = device

    def between(self, first: Picture, second: Picture, moments: Sequence[Fraction]) -> list[Picture]:
        """The pictures at those moments, 0 being the first picture and 1 the second: the middle of the two, the middle of that
        and one of them, and so on. Raises: Unavailable (no memory)."""
        import torch

        rows, columns = first.shape[:2]
        there = {Fraction(0): self._padded(first), Fraction(1): self._padded(second)}
        with enough_memory(f"a picture of {columns}x{rows} pixels", self.device), torch.inference_mode():
            return [to_picture(self._at(moment, there)[..., :rows, :columns]) for moment in moments]

    def _at(self, moment: Fraction, there: "dict[Fraction, torch.Tensor]") -> "torch.Tensor":
        """The picture nearest to a moment, of those that halving reaches; all that are drawn on the way stay."""
        low, high = Fraction(0), Fraction(1)
        wanted = Fraction(round(moment * 2**HALVINGS), 2**HALVINGS)
        while wanted not in there:
            middle = (low + high) / 2
            if middle not in there:
                there[middle] = self._network(there[low], there[high])
            low, high = (low, middle) if wanted < middle else (middle, high)
        return there[wanted]

    def _padded(self, picture: Picture) -> "torch.Tensor":
        """The picture with its edges drawn out to what the network can halve. Shape: (1, 3, H, W)."""
        from torch.nn.functional import pad

        rows, columns = picture.shape[:2]
        return pad(to_tensor(picture, self.device), (0, -columns % STEP_PX, 0, -rows % STEP_PX), mode="replicate")


def open_interpolator(path: Path, device: str = "") -> Interpolator:
    """The network of a safetensors file on the device ("": a GPU where there is one).

    Raises: EngineMissing (no torch), WeightsMissing, WeightsBroken.
    """
    place = choose_device(device, "pictures in between by a model")
    import torch

    plan = read_plan(path)
    # Half precision would place pixels of a large picture by whole steps of its numbers.
    network = load_strict(build_empty(lambda: build(plan)), [path], device=place, dtype=torch.float32)
    return Interpolator(network, place)
