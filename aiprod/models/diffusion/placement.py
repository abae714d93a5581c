"""Which precision a model is loaded in and what of it stays on the device, by the memory at hand. Pure: knows numbers.

Bytes are of weights stored in two bytes a number (bf16); one byte a number (fp8, int8) is half of that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from aiprod.models.diffusion.effort import Offload

HEADROOM = 0.92
"""Part of a device's memory that is planned with; the rest is the driver's and the allocator's."""
MOST_TOGETHER = 4
"""Clips that are drawn together at most unless the settings say otherwise: every film of a batch waits for all of it."""
BLOCK_SHARE = 0.08
"""What of a network is on the device at once when it is streamed: two of some thirty blocks, and what is no block."""


class Precision(StrEnum):
    """How the transformer's weights are kept; float32 is for processors."""

    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
    FLOAT8 = "float8"
    INT8 = "int8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Bytes of a model's networks in bf16, and of what a step needs beside them."""

    text_encoder: int
    transformers: Sequence[int]
    decoders: int
    activations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """How a model is kept, and how many clips there is room to draw together."""

    precision: Precision
    offload: Offload
    together: int = 1


def needed_bytes(sizes: Sizes, placement: Placement) -> int:
    """The most that is on the device at once."""
    factor = {Precision.FLOAT32: 2.0, Precision.BFLOAT16: 1.0, Precision.FLOAT8: 0.52, Precision.INT8: 0.52}
    networks = [factor[placement.precision] * size for size in sizes.transformers]
    if placement.offload is Offload.NOTHING:
        return int(sum(networks) + sizes.text_encoder + sizes.decoders + sizes.activations)
    if placement.offload is Offload.BLOCKS:
        networks = [BLOCK_SHARE * size for size in networks]
    return int(max(sizes.text_encoder, max(networks) + sizes.activations, sizes.decoders + sizes.activations))


def place(sizes: Sizes, memory_bytes: int, *, small: Precision) -> Placement:
    """The most precise placement that fits, and of these the quickest, with as many clips together as then have room;
    `small` is the device's one-byte precision.

    Where none fits, the last one is tried all the same: the chain of `effort.py` is left then.
    """
    choices = [
        Placement(precision=Precision.BFLOAT16, offload=Offload.NOTHING),
        Placement(precision=Precision.BFLOAT16, offload=Offload.NETWORKS),
        Placement(precision=small, offload=Offload.NOTHING),
        Placement(precision=small, offload=Offload.NETWORKS),
        Placement(precision=Precision.BFLOAT16, offload=Offload.BLOCKS),
        Placement(precision=small, offload=Offload.BLOCKS),
    ]
    room = HEADROOM * memory_bytes
    chosen = next((choice for choice in choices if needed_bytes(sizes, choice) <= room), choices[-1])
    return replace(chosen, together=_together(room - needed_bytes(sizes, chosen), sizes))


def _together(left_bytes: float, sizes: Sizes) -> int:
    """Clips drawn at once where so much is left beside one of them."""
    return max(1, min(MOST_TOGETHER, 1 + int(left_bytes // max(1, sizes.activations))))
