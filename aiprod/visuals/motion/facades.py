"""Buildings as walls with windows: a street or a skyline is a handful of blocks, drawn in one call.

Knows walls and their mesh; where blocks stand is for archetypes to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import moderngl
import numpy as np

from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.light import Mood

STYLES = ("glass", "brick", "concrete", "tower", "stucco")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A building: middle of its front's foot (x, y, z), width, height and depth in metres, its style's number, how many
    of its windows are lit at night (0..1)."""

    x: float
    y: float
    z: float
    width: float
    height: float
    depth: float
    style: int
    seed: float
    lit: float = 0.4


def draw_blocks(gpu: Gpu, blocks: Sequence[Block], mood: Mood, *, street_metres: float = 0.0) -> None:
    """Draw them from the farthest to the nearest; `street_metres` is how high shop fronts reach (0: none)."""
    program = gpu.program("facade", "facade")
    walls = [wall for block in sorted(blocks, key=lambda block: -block.z) for wall in _walls(block)]
    if not walls:
        return
    mesh = gpu.mesh(program, np.concatenate(walls), "3f 2f 4f 2f", ("position", "along", "look", "size"))
    gpu.set(
        program,
        {
            "sky_high": mood.zenith,
            "sky_low": mood.skyline,
            "night": 1.0 if mood.night else 0.0,
            "street": street_metres,
        },
    )
    mesh.render(moderngl.TRIANGLES)


def _walls(block: Block) -> list[np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
    """The side that we see, behind, then the front."""
    left, right = block.x - block.width / 2, block.x + block.width / 2
    back = block.z + block.depth
    walls = []
    if left > 0:
        walls.append(_quad(block, (left, back), (left, block.z), block.depth, 1.0))
    elif right < 0:
        walls.append(_quad(block, (right, block.z), (right, back), block.depth, 2.0))
    walls.append(_quad(block, (left, block.z), (right, block.z), block.width, 0.0))
    return walls


def _quad(
    block: Block, start: tuple[float, float], end: tuple[float, float], length: float, turned: float
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    look = (block.seed + turned, block.lit, float(block.style), turned)
    corners = [
        (*_corner(block, spot, up), along, up, *look, length, block.height)
        for spot, along in ((start, 0.0), (end, length))
        for up in (0.0, block.height)
    ]
    low_start, high_start, low_end, high_end = corners
    return np.array([low_start, low_end, high_start, high_start, low_end, high_end], dtype=np.float32)


def _corner(block: Block, spot: tuple[float, float], up: float) -> tuple[float, float, float]:
    return spot[0], block.y + up, spot[1]
