"""Which precision a model is loaded in and what of it stays on the device, by the memory at hand. Pure: knows numbers.

Bytes are of weights as they are stored, the transformers' in two bytes a number (bf16); one byte a number (fp8, int8) is half of that.
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
READER_SHARE = 0.25
"""The same of a text encoder, whose table of words is no block: 25 % of UMT5, 12 % of Gemma 3."""
MAIN_SHARE = 0.85
"""Part of the main memory that weights may take; the rest is for the driver, for pictures and for ffmpeg."""
SMALL_FACTOR = 0.52
"""Bytes of a network whose blocks are of one byte a number, for each of its bytes in bf16."""


class Precision(StrEnum):
    """How the transformer's weights are kept; float32 is for processors."""

    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
    FLOAT8 = "float8"
    INT8 = "int8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Bytes of a model's networks as they are loaded, and of what a step needs beside them."""

    text_encoder: int
    transformers: Sequence[int]
    decoders: int
    activations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """How a model is kept, and how many clips there is room to draw together; `rereads` tells that main memory does not hold
    what is streamed, so that every step reads it from its files."""

    precision: Precision
    offload: Offload
    together: int = 1
    rereads: bool = False


def needed_bytes(sizes: Sizes, placement: Placement) -> int:
    """The most that is on the device at once."""
    networks, reader = _networks(sizes, placement), float(sizes.text_encoder)
    if placement.offload is Offload.NOTHING:
        return int(sum(networks) + reader + sizes.decoders + sizes.activations)
    if placement.offload is Offload.BLOCKS:
        networks, reader = [BLOCK_SHARE * size for size in networks], READER_SHARE * reader
    return int(max(reader, max(networks) + sizes.activations, sizes.decoders + sizes.activations))


def waiting_bytes(sizes: Sizes, placement: Placement) -> int:
    """What main memory must hold of the transformers: those of one byte a number, and what is streamed at every step. The rest is
    mapped from its files and gives way, as text encoders and decoders do."""
    if placement.precision is Precision.BFLOAT16 and placement.offload is not Offload.BLOCKS:
        return 0
    return int(sum(_networks(sizes, placement)))


def place(
    sizes: Sizes, memory_bytes: int, *, main_bytes: int, small: Precision, wanted: Precision | None = None
) -> Placement:  # fmt: skip
    """The most precise placement that fits, and of these the quickest, with as many clips together as then have room;
    `small` is the device's one-byte precision, `wanted` the only one there may be.

    Where main memory is short, weights are read from their files over and over. Where nothing fits, the last one is tried all the
    same: the chain of `effort.py` is left then.
    """
    choices = [
        Placement(precision=precision, offload=offload)
        for precision, offload in (
            (Precision.BFLOAT16, Offload.NOTHING), (Precision.BFLOAT16, Offload.NETWORKS), (small, Offload.NOTHING),
            (small, Offload.NETWORKS), (Precision.BFLOAT16, Offload.BLOCKS), (small, Offload.BLOCKS),
        )
    ] if wanted is None else [Placement(precision=wanted, offload=offload) for offload in Offload]  # fmt: skip
    room = HEADROOM * memory_bytes
    fitting = [choice for choice in choices if needed_bytes(sizes, choice) <= room]
    held = [choice for choice in fitting if waiting_bytes(sizes, choice) <= MAIN_SHARE * main_bytes]
    mapped = [replace(choice, rereads=True) for choice in fitting if choice.precision is Precision.BFLOAT16]
    chosen = next(iter(held or mapped or fitting), choices[-1])
    return replace(chosen, together=_together(room - needed_bytes(sizes, chosen), sizes))


def _networks(sizes: Sizes, placement: Placement) -> list[float]:
    """Bytes of the denoisers as they are kept."""
    factor = {Precision.FLOAT32: 2.0, Precision.BFLOAT16: 1.0}.get(placement.precision, SMALL_FACTOR)
    return [factor * size for size in sizes.transformers]


def _together(left_bytes: float, sizes: Sizes) -> int:
    """Clips drawn at once where so much is left beside one of them."""
    return max(1, min(MOST_TOGETHER, 1 + int(left_bytes // max(1, sizes.activations))))
