"""Painters of what grows: trees, stalks, fronds, corals, in rows that shrink and pale with distance.

Knows how each plant is drawn. Knows no scene.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from aiprod.visuals.motion.light import Colour
from aiprod.visuals.slides.paper import Paper, fill, polygon

if TYPE_CHECKING:
    import skia

LEAVES: dict[str, Colour] = {
    "broadleaf": (0.06, 0.16, 0.04), "pine": (0.03, 0.1, 0.06), "birch": (0.16, 0.22, 0.05),
    "bamboo": (0.12, 0.24, 0.05), "cherry": (0.55, 0.2, 0.28), "palm": (0.06, 0.17, 0.06),
    "tropical": (0.03, 0.15, 0.05), "acacia": (0.12, 0.14, 0.03), "cactus": (0.06, 0.16, 0.06),
    "kelp": (0.05, 0.16, 0.08), "coral": (0.5, 0.12, 0.12), "reeds": (0.14, 0.2, 0.05), "wheat": (0.5, 0.36, 0.1),
    "flowers": (0.5, 0.14, 0.3), "grass": (0.12, 0.2, 0.04), "mushroom": (0.4, 0.1, 0.06),
}  # fmt: skip
_AUTUMN: Colour = (0.42, 0.15, 0.03)
_BARK: Colour = (0.07, 0.045, 0.03)
_WHITE_BARK: Colour = (0.5, 0.5, 0.47)
_COUNTS = {"bamboo": 26, "pine": 16, "coral": 15, "kelp": 15, "reeds": 50, "wheat": 90, "grass": 60, "flowers": 60}
_HEIGHTS = {"reeds": 0.3, "coral": 0.32, "cactus": 0.5, "wheat": 0.2, "grass": 0.16, "flowers": 0.16, "mushroom": 0.2}
_STALKS = ("bamboo", "kelp", "reeds", "wheat", "grass")
_STEMS = {"bamboo": 0.022, "reeds": 0.03, "cactus": 0.16, "kelp": 0.05, "wheat": 0.03, "grass": 0.03, "mushroom": 0.1}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plant:
    """One plant: where it stands, its top, how tall, its paints."""

    foot: tuple[float, float]
    top: tuple[float, float]
    tall: float
    stem: "skia.Paint"
    crown: "skia.Paint"
    chance: Random


def plants(canvas: "skia.Canvas", paper: Paper, distance: float) -> None:
    """A row of what grows here; the nearest row frames the picture and leaves its middle free."""
    chance, kind, near = paper.scatter("plants", distance), paper.spec.flora, 1 - distance
    if kind == "none":
        return
    count = round(_COUNTS.get(kind, 11) * (0.55 + 0.7 * distance))
    foot = paper.horizon + near**1.6 * 0.42 * (paper.height - paper.horizon)
    tall = paper.frame.height_px * (0.13 + 0.5 * near**1.7) * _HEIGHTS.get(kind, 1.0)
    if kind == "acacia":
        count, tall = max(2, count // 3), tall * 0.7
    leaf = LEAVES[kind]
    if paper.spec.season == "autumn" and kind in ("broadleaf", "birch"):
        leaf = _AUTUMN
    bark = paper.lit(_WHITE_BARK if kind == "birch" else _BARK, distance)
    draw = _DRAWERS.get(kind, _round_crown)
    for number in range(count):
        x = (number + chance.uniform(0.1, 0.9)) / count * paper.width
        if near > 0.6 and abs(x / paper.width - 0.5) < 0.27:
            continue
        shade = chance.uniform(0.7, 1.25)
        colour = paper.lit((leaf[0] * shade, leaf[1] * shade, leaf[2] * shade), distance)
        height = tall * chance.uniform(0.75, 1.2)
        start = (x, foot + chance.uniform(-0.01, 0.03) * tall)
        top = (x + chance.uniform(-0.06, 0.06) * height, start[1] - height)
        stem = _stroke(colour if kind in (*_STALKS, "cactus", "coral") else bark, height * _STEMS.get(kind, 0.04))
        draw(canvas, _Plant(foot=start, top=top, tall=height, stem=stem, crown=fill(colour), chance=chance))


def _stroke(colour: int, width: float) -> "skia.Paint":
    import skia

    return skia.Paint(
        Color=colour, AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap,
        StrokeWidth=width,
    )  # fmt: skip


def _trunk(canvas: "skia.Canvas", plant: _Plant) -> None:
    import skia

    path = skia.Path()
    path.moveTo(*plant.foot)
    path.quadTo(plant.foot[0], plant.foot[1] - plant.tall * 0.5, *plant.top)
    canvas.drawPath(path, plant.stem)


def _pine(canvas: "skia.Canvas", plant: _Plant) -> None:
    _trunk(canvas, plant)
    (x, y), tall = plant.foot, plant.tall
    for level in range(5):
        wide, base = tall * (0.26 - 0.045 * level), y - tall * (0.16 + 0.19 * level)
        canvas.drawPath(polygon([(x - wide, base), (x + wide, base), (x, base - tall * 0.3)]), plant.crown)


def _stalk(canvas: "skia.Canvas", plant: _Plant) -> None:
    import skia

    _trunk(canvas, plant)
    (x, y), (top_x, _), tall = plant.foot, plant.top, plant.tall
    for _ in range(9):
        at, way = plant.chance.uniform(0.25, 1.0), plant.chance.choice((-1, 1))
        root = (x + (top_x - x) * at, y - tall * at)
        blade = skia.Path()
        blade.moveTo(*root)
        tip = (root[0] + way * tall * 0.14, root[1] + tall * 0.05)
        blade.quadTo(root[0] + way * tall * 0.07, root[1] - tall * 0.05, *tip)
        blade.quadTo(root[0] + way * tall * 0.06, root[1] + tall * 0.01, *root)
        canvas.drawPath(blade, plant.crown)


def _palm(canvas: "skia.Canvas", plant: _Plant) -> None:
    import skia

    _trunk(canvas, plant)
    top, tall = plant.top, plant.tall
    for step in range(9):
        angle = math.pi * (0.05 + 0.9 * step / 8)
        tip = (top[0] - math.cos(angle) * tall * 0.34, top[1] - math.sin(angle) * tall * 0.1 + tall * 0.12)
        frond = skia.Path()
        frond.moveTo(*top)
        frond.quadTo((top[0] + tip[0]) / 2, min(top[1], tip[1]) - tall * 0.1, *tip)
        frond.quadTo((top[0] + tip[0]) / 2, (top[1] + tip[1]) / 2, *top)
        canvas.drawPath(frond, plant.crown)


def _acacia(canvas: "skia.Canvas", plant: _Plant) -> None:
    import skia

    _trunk(canvas, plant)
    for _ in range(9):
        across, size = plant.chance.gauss(0, 0.24) * plant.tall, plant.chance.uniform(0.16, 0.26) * plant.tall
        oval = skia.Rect.MakeXYWH(plant.top[0] + across - size, plant.top[1] - size * 0.22, size * 2, size * 0.5)
        canvas.drawOval(oval, plant.crown)


def _cactus(canvas: "skia.Canvas", plant: _Plant) -> None:
    import skia

    _trunk(canvas, plant)
    (x, y), tall = plant.foot, plant.tall
    for way in (-1, 1):
        arm = skia.Path()
        arm.moveTo(x, y - tall * 0.4)
        arm.lineTo(x + way * tall * 0.24, y - tall * 0.42)
        arm.lineTo(x + way * tall * 0.24, y - tall * 0.68)
        canvas.drawPath(arm, plant.stem)


def _coral(canvas: "skia.Canvas", plant: _Plant) -> None:
    import skia

    (x, y), tall = plant.foot, plant.tall
    for _ in range(9):
        lean = plant.chance.uniform(-0.55, 0.55)
        bough = skia.Path()
        bough.moveTo(x + lean * 0.2 * tall, y)
        bough.quadTo(x + lean * 0.3 * tall, y - tall * 0.4, x + lean * tall, y - tall * plant.chance.uniform(0.5, 0.95))
        plant.stem.setStrokeWidth(tall * plant.chance.uniform(0.07, 0.13))
        canvas.drawPath(bough, plant.stem)


def _flower(canvas: "skia.Canvas", plant: _Plant) -> None:
    _trunk(canvas, plant)
    canvas.drawCircle(*plant.top, plant.tall * 0.14, plant.crown)


def _round_crown(canvas: "skia.Canvas", plant: _Plant) -> None:
    _trunk(canvas, plant)
    top, tall, chance = plant.top, plant.tall, plant.chance
    for _ in range(16):
        angle, reach = chance.uniform(0, 6.28), chance.random() ** 0.5 * tall * 0.26
        at = (top[0] + math.cos(angle) * reach, top[1] + tall * 0.12 + math.sin(angle) * reach * 0.85)
        canvas.drawCircle(*at, tall * chance.uniform(0.07, 0.14), plant.crown)


_DRAWERS: dict[str, Callable[["skia.Canvas", _Plant], None]] = {
    "pine": _pine, "bamboo": _stalk, "kelp": _stalk, "reeds": _stalk, "wheat": _stalk, "grass": _stalk,
    "palm": _palm, "tropical": _palm, "acacia": _acacia, "cactus": _cactus, "coral": _coral, "flowers": _flower,
    "mushroom": _flower,
}  # fmt: skip
