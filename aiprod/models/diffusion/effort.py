"""How much of the machine a rendering uses, and what gives way, in which order, when memory runs out. Pure.

The chain: half the batch; decoding in tiles; networks that are not at work wait in main memory; the network streamed
block by block; at last a smaller picture, scaled up when it is encoded.
"""

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from fractions import Fraction

SMALLEST_SCALE = Fraction(1, 2)
SCALE_STEP = Fraction(3, 4)


class Stage(StrEnum):
    """Where a rendering is."""

    TEXT = "reading the prompts"
    START = "preparing the latents"
    DENOISING = "denoising"
    DECODING = "decoding the pictures"
    SOUND = "decoding the sound"


class Offload(IntEnum):
    """What waits in main memory: nothing, every network that is not at work, every block that is not."""

    NOTHING = 0
    NETWORKS = 1
    BLOCKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What a rendering uses; `scale` is of the sides that were asked for."""

    batch: int = 1
    tiling: bool = False
    offload: Offload = Offload.NOTHING
    scale: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One piece of work for the device, as large as it is."""

    stage: Stage
    batch: int
    frames: int
    pixels: int
    tiling: bool = False
    offload: Offload = Offload.NOTHING


def ease(effort: Effort, stage: Stage) -> tuple[Effort, str] | None:
    """A smaller effort that helps at that stage, and what is said of it; None when nothing is left to give."""
    if effort.batch > 1 and stage not in (Stage.DECODING, Stage.SOUND):
        batch = effort.batch // 2
        return replace(effort, batch=batch), f"{batch} clips at a time instead of {effort.batch}"
    if stage is Stage.DECODING and not effort.tiling:
        return replace(effort, tiling=True), "pictures decoded in tiles"
    if effort.offload is Offload.NOTHING:
        return replace(effort, offload=Offload.NETWORKS), "networks that are not at work wait in main memory"
    if effort.offload is Offload.NETWORKS and stage in (Stage.TEXT, Stage.DENOISING):
        return replace(effort, offload=Offload.BLOCKS), "the network is streamed block by block"
    if effort.scale * SCALE_STEP >= SMALLEST_SCALE and stage not in (Stage.TEXT, Stage.SOUND):
        scale = effort.scale * SCALE_STEP
        return replace(effort, scale=scale), f"drawn at {round(100 * scale)} % of its size and scaled up"
    return None
