"""Panels cut into leaves that the camera sees, each with its own place in an atlas, as finely as it is seen.

Knows parallelograms and the camera's path; not what is painted on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aiprod.visuals.motion.camera import Lens
from aiprod.visuals.motion.world import World

if TYPE_CHECKING:
    from aiprod.visuals.motion.archetypes.rooms import Panel

Vector = npt.NDArray[np.float64]
Vertex = tuple[float, ...]

WIDTH = 2048
_GUTTER = 8
_NEAREST = 0.35
_LONGEST_PX = 620
_CORNERS = ((0, 0), (1, 0), (0, 1), (0, 1), (1, 0), (1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A part of a panel, from (u0, v0) to (u1, v1) of it, and how many texels it needs."""

    owner: "Panel"
    span: tuple[float, float, float, float]
    texels: tuple[int, int]
    normal: tuple[float, float, float]
    size: tuple[float, float]
    at: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Sheetful:
    """Leaves laid out: the atlas's size, how finely, and the leaves with their lower left texels."""

    width: int
    height: int
    scale: float
    leaves: tuple[Leaf, ...]

    def shown(self, leaf: Leaf) -> Iterator[Vertex]:
        """Two triangles in the world: x, y, z and where their picture is in the atlas."""
        edge = 1.0 if leaf.owner.smooth else 0.0
        for place, _, spot in self._corners(leaf, edge):
            yield (*place, *spot)

    def baked(self, leaf: Leaf) -> Iterator[tuple[Vertex, Vertex, Vertex]]:
        """Two triangles in the atlas, gutter and all: place in the world, metres along the panel, place in the atlas."""
        yield from self._corners(leaf, float(_GUTTER - 1))

    def _corners(self, leaf: Leaf, beyond: float) -> Iterator[tuple[Vertex, Vertex, Vertex]]:
        across_px, up_px = _scaled(leaf.texels, self.scale)
        column, row = leaf.at
        u0, v0, u1, v1 = leaf.span
        panel = leaf.owner
        corner, across, up = (np.array(v, dtype=np.float64) for v in (panel.corner, panel.across, panel.up))
        for i, j in _CORNERS:
            out_x, out_y = (beyond if i else -beyond), (beyond if j else -beyond)
            u = (u1 if i else u0) + out_x * (u1 - u0) / across_px
            v = (v1 if j else v0) + out_y * (v1 - v0) / up_px
            place = corner + across * u + up * v
            spot = (
                (column + _GUTTER + i * across_px + out_x) / self.width,
                (row + _GUTTER + j * up_px + out_y) / self.height,
            )
            yield tuple(float(c) for c in place), (u * leaf.size[0], v * leaf.size[1]), spot


def cut(
    world: World,
    corner: tuple[float, float, float],
    across: tuple[float, float, float],
    up: tuple[float, float, float],
    owner: "Panel",
) -> list[Leaf]:
    """The parts of a parallelogram that the camera ever sees."""
    c, a, b = (np.array(v, dtype=np.float64) for v in (corner, across, up))
    normal = np.cross(a, b)
    normal /= max(float(np.linalg.norm(normal)), 1e-9)
    eye = np.array([0.0, world.setting.eye_height, 0.0])
    if float(np.dot(normal, eye - (c + a / 2 + b / 2))) < 0:
        normal = -normal
    facing = (float(normal[0]), float(normal[1]), float(normal[2]))
    size = (float(np.linalg.norm(a)), float(np.linalg.norm(b)))
    path = world.path[:: max(1, len(world.path) // 6)]
    leaves: list[Leaf] = []
    waiting = [(0.0, 0.0, 1.0, 1.0)]
    while waiting:
        u0, v0, u1, v1 = waiting.pop()
        corners = [c + a * u + b * v for u, v in ((u0, v0), (u1, v0), (u1, v1), (u0, v1))]
        if max(float(p[2]) for p in corners) < _NEAREST or not _seen(corners, path, world.aspect):
            continue
        wide, high = _length_px(world, corners, (0, 1), (3, 2)), _length_px(world, corners, (0, 3), (1, 2))
        steep_u = _steepness(corners[0], corners[1])
        steep_v = _steepness(corners[0], corners[3])
        if u1 - u0 > 1 / 64 and (steep_u > 1.45 or wide > _LONGEST_PX):
            middle = (u0 + u1) / 2
            waiting += [(u0, v0, middle, v1), (middle, v0, u1, v1)]
        elif v1 - v0 > 1 / 64 and (steep_v > 1.45 or high > _LONGEST_PX):
            middle = (v0 + v1) / 2
            waiting += [(u0, v0, u1, middle), (u0, middle, u1, v1)]
        elif min(float(p[2]) for p in corners) >= _NEAREST:
            texels = (max(4, round(wide * 1.05)), max(4, round(high * 1.05)))
            leaves.append(Leaf(owner=owner, span=(u0, v0, u1, v1), texels=texels, normal=facing, size=size))
    return leaves


def pack(leaves: list[Leaf]) -> Sheetful:
    """Lay the leaves out in rows; coarser where they would not fit."""
    ordered = tuple(sorted(leaves, key=lambda leaf: -leaf.texels[1]))
    scale = 1.0
    while True:
        column, row, tallest = 0, 0, 0
        placed = []
        for leaf in ordered:
            wide, high = _scaled(leaf.texels, scale)
            wide, high = wide + 2 * _GUTTER, high + 2 * _GUTTER
            if column + wide > WIDTH:
                column, row, tallest = 0, row + tallest, 0
            placed.append(replace(leaf, at=(column, row)))
            column, tallest = column + wide, max(tallest, high)
        height = (row + tallest + 3) // 4 * 4
        if height <= 4096:
            return Sheetful(WIDTH, max(height, 4), scale, tuple(placed))
        scale *= 0.88


def _scaled(texels: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(3, round(texels[0] * scale)), max(3, round(texels[1] * scale))


def _steepness(first: Vector, second: Vector) -> float:
    near, far = sorted((max(float(first[2]), _NEAREST / 2), max(float(second[2]), _NEAREST / 2)))
    return far / near


def _seen(corners: list[Vector], path: list[Lens], aspect: float) -> bool:
    for lens in path:
        away = [max(float(p[2]) - lens.eye[2], 0.05) for p in corners]
        xs = [
            lens.focal * (float(p[0]) - lens.eye[0]) / (aspect * z) + lens.shift[0]
            for p, z in zip(corners, away, strict=True)
        ]
        ys = [lens.focal * (float(p[1]) - lens.eye[1]) / z + lens.shift[1] for p, z in zip(corners, away, strict=True)]
        if min(xs) < 1.05 and max(xs) > -1.05 and min(ys) < 1.05 and max(ys) > -1.05:
            return True
    return False


def _length_px(world: World, corners: list[Vector], *edges: tuple[int, int]) -> float:
    """The longest of those edges in the picture, in pixels."""
    half_px, eye = world.size[1] / 2 * world.framing.focal, world.setting.eye_height
    longest = 0.0
    for i, j in edges:
        ends = []
        for p in (corners[i], corners[j]):
            z = max(float(p[2]), _NEAREST)
            ends.append((float(p[0]) / z * half_px, (float(p[1]) - eye) / z * half_px))
        longest = max(longest, float(np.hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1])))
    return longest
