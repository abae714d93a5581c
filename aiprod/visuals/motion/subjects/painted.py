"""Rigs of things that AIPROD paints: layers of a picture, each with its own motion, and how the whole of it moves.

Knows how a thing stands, rides on water or hangs in air. Knows no thing: `gallery.py` names the painters.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from aiprod.visuals.motion.subjects.quadruped import Placing
from aiprod.visuals.motion.subjects.rig import IDENTITY, Box, Matrix, PartPose, Point, Rig, join, turn
from aiprod.visuals.motion.subjects.studio import Relief, RigFacts, Studio

if TYPE_CHECKING:
    import skia

Bearing: TypeAlias = Literal["stands", "rides", "drifts", "rolls"]
Motion: TypeAlias = Callable[[float, float], tuple[Matrix, float]]
"""A layer's matrix and opacity at a time in seconds and a phase."""

FLAT: Final = Relief(strength=0.0)
SOFT: Final = Relief(radius=0.05, strength=0.6)


def still(_t: float, _phase: float) -> tuple[Matrix, float]:
    """No motion of its own."""
    return IDENTITY, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One picture of a thing, in units of its height, facing right, drawn in order; `glow` makes it shine by night too
    (how many times brighter than its colour)."""

    name: str
    box: Box
    draw: "Callable[[skia.Canvas], None]"
    motion: Motion = still
    relief: Relief = SOFT
    glow: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Painting:
    """A painted thing. `extent` is what must be seen of it (a bridge may leave the picture); `size` makes what is huge larger than its
    scale says; `speed` is in heights a
    second; `head` is where its face is, if it has one; `afoot` is how it goes, if it can go on legs."""

    layers: tuple[Layer, ...]
    bearing: Bearing = "stands"
    speed: float = 0.0
    size: float = 1.0
    extent: Box | None = None
    head: Box | None = None
    afoot: "Painting | None" = None


def painted_rig(painting: Painting, placing: Placing) -> Rig:
    """The rig of a painted thing."""
    if painting.afoot is not None and placing.gait in ("walk", "run", "hop"):
        painting = painting.afoot
    studio = Studio(faces_left=placing.faces_left, detail=placing.detail * painting.size)
    for layer in painting.layers:
        studio.add(layer.name, layer.box, layer.draw, layer.relief, glow=layer.glow)
    whole, large = _BEARINGS[painting.bearing], turn(0.0, (0.0, 0.0), stretch=(painting.size, painting.size))

    def animate(t: float, phase: float) -> list[PartPose]:
        carried = join(large, whole(t, phase))
        poses = []
        for number, layer in enumerate(painting.layers):
            matrix, opacity = layer.motion(t, phase)
            if opacity > 0.004:
                poses.append(PartPose(part=number, matrix=join(carried, matrix), opacity=opacity))
        return poses

    extent = _larger(painting.extent, painting.size)
    if extent is not None and placing.faces_left:
        extent = (-extent[2], extent[1], -extent[0], extent[3])
    return studio.finish(RigFacts(
        animate=animate, stride_per_second=painting.speed * painting.size, metres=placing.metres, faces_left=placing.faces_left,
        grounded=painting.bearing != "drifts", head=_larger(painting.head, painting.size), extent=extent,
    ))  # fmt: skip


def _larger(box: Box | None, size: float) -> Box | None:
    return None if box is None else (box[0] * size, box[1] * size, box[2] * size, box[3] * size)


def spin(pivot: Point, seconds: float, *, clockwise: bool = True) -> Motion:
    """A full turn every so many seconds."""
    way = -360.0 if clockwise else 360.0

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        return turn(way * (t / seconds + phase), pivot), 1.0

    return motion


def swing(pivot: Point, degrees: float, seconds: float, *, rest: float = 0.0, late: float = 0.0) -> Motion:
    """To and fro about `rest`; `late` is a part of the period."""

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        return turn(rest + degrees * math.sin(2 * math.pi * (t / seconds + phase - late)), pivot), 1.0

    return motion


def twinkle(seconds: float, *, late: float = 0.0, least: float = 0.0, most: float = 1.0) -> Motion:
    """A light that grows and fades."""

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        wave = 0.5 + 0.5 * math.sin(2 * math.pi * (t / seconds + phase - late))
        return IDENTITY, least + (most - least) * wave

    return motion


def billow(pivot: Point, part: float, seconds: float, *, late: float = 0.0) -> Motion:
    """A sail or flag that fills and slackens: it is stretched along x by up to `part`."""

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        wave = math.sin(2 * math.pi * (t / seconds + phase - late))
        return turn(0.0, pivot, stretch=(1.0 + part * wave, 1.0)), 1.0

    return motion


def _stand(_t: float, _phase: float) -> Matrix:
    return IDENTITY


def _ride(t: float, phase: float) -> Matrix:
    """It pitches and rises with the waves."""
    wave = 2 * math.pi * (t / 4.4 + phase)
    return turn(1.8 * math.sin(wave), (0.0, 0.1), shift=(0.0, 0.012 * math.sin(wave + 1.1)))


def _drift(t: float, phase: float) -> Matrix:
    wave = 2 * math.pi * (t / 5.2 + phase)
    return turn(1.6 * math.sin(wave + 0.9), (0.0, 0.7), shift=(0.0, 0.02 * math.sin(wave)))


def _roll(t: float, phase: float) -> Matrix:
    jolt = 0.006 * abs(math.sin(2 * math.pi * (t / 0.41 + phase)))
    return turn(0.25 * math.sin(2 * math.pi * (t / 0.9 + phase)), (0.0, 0.0), shift=(0.0, jolt))


_BEARINGS: Final[dict[Bearing, Callable[[float, float], Matrix]]] = {
    "stands": _stand, "rides": _ride, "drifts": _drift, "rolls": _roll,
}  # fmt: skip
