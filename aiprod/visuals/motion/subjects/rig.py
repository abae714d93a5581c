"""What a rig is: textures of a subject's parts and, for any moment, where each part is.

Rig space: x to the right, y up, feet at y = 0, the standing subject about 1 high. Knows no species and no GPU.
Colours are sRGB, premultiplied, as Skia paints them. Normals are texture-space vectors packed as 0..255 (128 is 0; x to
the right, y up, z to the viewer), alpha is coverage; the normal atlas may be smaller than the colour atlas, and both
are addressed by the same `uv` in 0..1 (v down). Facing is painted in, so that no matrix mirrors.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Pixels: TypeAlias = npt.NDArray[np.uint8]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One picture of the atlas: it covers `box` (left, bottom, right, top) of rig space before its pose moves it."""

    name: str
    box: Box
    uv: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPose:
    """Part number `part` moved by `matrix` (a, b, c, d, e, f): x' = a x + c y + e, y' = b x + d y + f."""

    part: int
    matrix: Matrix
    opacity: float = 1.0


Animation: TypeAlias = Callable[[float, float], Sequence[PartPose]]
"""Poses in drawing order at a time in seconds and a phase (0..1, what sets members of a group apart)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """A subject ready to be drawn. `stride_per_second` is how far it gets, in its own heights a second, so that planted
    feet stay where they are (0: it stays); `metres` is its natural height, `grounded` whether it stands on something;
    `extent` is (left, bottom, right, top) of all its poses, about; `head` is where its head is when it stands still
    (None: it has none of its own)."""

    atlas: Pixels
    normals: Pixels
    parts: tuple[Part, ...]
    animate: Animation
    stride_per_second: float
    metres: float
    extent: Box
    faces_left: bool
    grounded: bool
    head: Box | None = None

    def pose(self, t_seconds: float, phase: float = 0.0) -> tuple[PartPose, ...]:
        """Where every part is, far ones first."""
        return tuple(self.animate(t_seconds, phase))

    @property
    def width(self) -> float:
        """Width over height."""
        return self.extent[2] - self.extent[0]


def turn(degrees_ccw: float, pivot: Point, shift: Point = (0.0, 0.0), stretch: Point = (1.0, 1.0)) -> Matrix:
    """Stretch and rotate about `pivot`, then shift."""
    angle = math.radians(degrees_ccw)
    cosine, sine = math.cos(angle), math.sin(angle)
    a, b, c, d = cosine * stretch[0], sine * stretch[0], -sine * stretch[1], cosine * stretch[1]
    x, y = pivot
    return (a, b, c, d, x - a * x - c * y + shift[0], y - b * x - d * y + shift[1])


def join(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that moves by `inner`, then by `outer`."""
    a, b, c, d, e, f = outer
    p, q, r, s, u, v = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * u + c * v + e, b * u + d * v + f)


def move(matrix: Matrix, point: Point) -> Point:
    """Where a point goes."""
    a, b, c, d, e, f = matrix
    return (a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f)


def between(start: Point, end: Point, new_start: Point, new_end: Point) -> Matrix:
    """Rotate, move and stretch along itself the segment start-end so that it becomes new_start-new_end."""
    vx, vy = end[0] - start[0], end[1] - start[1]
    wx, wy = new_end[0] - new_start[0], new_end[1] - new_start[1]
    length = math.hypot(vx, vy)
    ratio = math.hypot(wx, wy) / length
    old, new = math.atan2(vy, vx), math.atan2(wy, wx)
    straighten = turn(-math.degrees(old), start)
    stretch = turn(0.0, start, stretch=(ratio, 1.0))
    return join(turn(math.degrees(new), new_start), join((1, 0, 0, 1, new_start[0] - start[0], new_start[1] - start[1]),
                join(stretch, straighten)))  # fmt: skip


def mirrored(matrix: Matrix) -> Matrix:
    """The same move seen in a mirror that swaps left and right."""
    a, b, c, d, e, f = matrix
    return (a, -b, -c, d, -e, f)


def bend(hip: Point, foot: Point, lengths: tuple[float, float], *, forward: bool) -> Point:
    """The knee of a two-bone leg; too far a foot gives a straight leg that stops short of it."""
    upper, lower = lengths
    dx, dy = foot[0] - hip[0], foot[1] - hip[1]
    distance = min(max(math.hypot(dx, dy), abs(upper - lower) + 1e-4), upper + lower - 1e-5)
    along = (upper * upper - lower * lower + distance * distance) / (2 * distance)
    aside = math.sqrt(max(upper * upper - along * along, 0.0)) * (1 if forward else -1)
    direction = math.atan2(dy, dx)
    return (
        hip[0] + along * math.cos(direction) - aside * math.sin(direction),
        hip[1] + along * math.sin(direction) + aside * math.cos(direction),
    )
