"""Bridges: old stone arches and a suspension bridge; they go on beyond both sides of a narrow picture.

Knows their looks. A seventh of them stands under water.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    colour,
    darker,
    lighter,
    mix,
    oval,
    paint,
    path,
    ramp,
    shade_under,
)
from aiprod.visuals.motion.subjects.masonry import block, courses, fill, glow, line, shape, turned
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Painting, twinkle

if TYPE_CHECKING:
    import skia

WARM: Colour = (1.0, 0.86, 0.55)
ARCHES = (-0.98, 0.0, 0.98)
HALF = 1.7


def arch_bridge() -> Painting:
    """Three round arches of stone with lanterns along the parapet."""
    return Painting(layers=(
        Layer(name="bridge", box=(-HALF, 0.0, HALF, 1.0), draw=_arches),
        Layer(name="lanterns", box=(-1.6, 0.6, 1.6, 1.05), draw=_lanterns, motion=twinkle(5.0, least=0.8), relief=FLAT, glow=3.0),
    ), extent=(-0.82, 0.0, 0.82, 1.0), size=0.8)  # fmt: skip


def _deck(x: float) -> float:
    """How high the roadway is."""
    return 0.72 - 0.085 * x * x


LANTERNS = (-1.47, -0.49, 0.49, 1.47)


def _lanterns(canvas: "skia.Canvas") -> None:
    for x in LANTERNS:
        glow(canvas, (x, _deck(x) + 0.245), 0.11, WARM, 0.33)


def _arches(canvas: "skia.Canvas") -> None:
    import skia

    stone = colour("b09c82")
    places = np.linspace(-HALF, HALF, 40)
    wall = shape((-HALF, -0.05), (HALF, -0.05), *((float(x), _deck(float(x)) + 0.07) for x in places[::-1]))
    holes = skia.Path()
    for x in ARCHES:
        top = 0.56 if x == 0.0 else 0.5
        holes.addPath(shape((x - 0.38, -0.06), *((x - 0.38 * math.cos(a), 0.18 + (top - 0.18) * math.sin(a))
                                                 for a in np.linspace(0, math.pi, 30)), (x + 0.38, -0.06)))  # fmt: skip
    for x in ARCHES:  # the far side of each vault, in shadow
        vault = shape((x - 0.38, -0.06), *((x - 0.38 * math.cos(a), 0.18 + 0.37 * math.sin(a)) for a in np.linspace(0, math.pi, 30)),
                      (x + 0.38, -0.06))  # fmt: skip
        inner = shape((x - 0.27, -0.06), *((x + 0.04 - 0.32 * math.cos(a), 0.15 + 0.33 * math.sin(a))
                                           for a in np.linspace(0, math.pi, 30)), (x + 0.38, -0.06))  # fmt: skip
        rim = skia.Op(skia.Op(vault, holes, skia.PathOp.kIntersect_PathOp), inner, skia.PathOp.kDifference_PathOp)
        canvas.drawPath(rim, ramp([(0.0, darker(stone, 0.75)), (1.0, darker(stone, 0.45))], (x, 0.0), (x, 0.5)))
    solid = skia.Op(wall, holes, skia.PathOp.kDifference_PathOp)
    canvas.drawPath(solid, ramp([(0.0, darker(stone, 0.45)), (1.0, lighter(stone, 0.18))], (0.0, 0.0), (0.0, 0.8)))
    courses(canvas, solid, stone, (0.085, 0.04), 8)
    for x in ARCHES:
        top = 0.56 if x == 0.0 else 0.5
        for a in np.linspace(0, math.pi, 22):
            cosine, sine = math.cos(a), math.sin(a)
            line(canvas, [(x - r * cosine, 0.18 + (top - 0.18 + r - 0.38) * sine) for r in (0.385, 0.45)], lighter(stone, 0.28), 0.038)
    shade_under(canvas, solid, stone, 0.05, strength=0.5)
    for x in (-0.49, 0.49, -1.47, 1.47):
        pier = shape((x - 0.085, -0.05), (x + 0.085, -0.05), (x + 0.075, 0.3), (x, 0.37), (x - 0.075, 0.3))
        turned(canvas, pier, stone)
        courses(canvas, pier, stone, (0.06, 0.04), 11)
        shade_under(canvas, pier, stone, 0.03)
    ledge = [(float(x), _deck(float(x)) - 0.01) for x in places]
    line(canvas, ledge, darker(stone, 0.35), 0.034)
    line(canvas, [(x, y + 0.012) for x, y in ledge], lighter(stone, 0.35), 0.016)
    line(canvas, [(float(x), _deck(float(x)) + 0.075) for x in places], lighter(stone, 0.3), 0.03)
    for x in LANTERNS:
        y = _deck(x) + 0.08
        line(canvas, [(x, y), (x, y + 0.13)], colour("2f2d30"), 0.014)
        fill(canvas, shape((x - 0.022, y + 0.13), (x + 0.022, y + 0.13), (x + 0.032, y + 0.19), (x - 0.032, y + 0.19)),
             colour("f6dc9a"), depth=0.01)  # fmt: skip
        fill(canvas, shape((x - 0.04, y + 0.19), (x + 0.04, y + 0.19), (x, y + 0.235)), colour("2f2d30"), depth=0.01)
    random = np.random.default_rng(3)
    for _ in range(46):  # ivy and moss by the water
        x = float(random.choice((-0.49, 0.49, -1.47, 1.47)) + random.normal() * 0.05)
        y = float(0.12 + abs(random.normal()) * 0.07)
        canvas.drawPath(path(oval((x, y), 0.02, 0.014)), paint(mix(colour("4f6b35"), colour("86a050"), float(random.random())), 0.8))


TOWERS = (-0.56, 0.56)
ROADWAY = 0.34


def suspension_bridge() -> Painting:
    """Two red towers, cables and a long roadway."""
    return Painting(layers=(
        Layer(name="bridge", box=(-HALF - 0.05, 0.0, HALF + 0.05, 1.0), draw=_span, relief=FLAT),
        Layer(name="lights", box=(-1.7, 0.3, 1.7, 1.05), draw=_span_lights, motion=twinkle(2.2, least=0.5), relief=FLAT, glow=3.0),
    ), extent=(-0.74, 0.0, 0.74, 1.0))  # fmt: skip


def _cable(x: float) -> float:
    """How high the main cable hangs."""
    if abs(x) <= TOWERS[1]:
        return 0.41 + 0.54 * (x / TOWERS[1]) ** 2
    return 0.95 - 0.60 * float(((abs(x) - TOWERS[1]) / (HALF - TOWERS[1])) ** 0.85)


def _span_lights(canvas: "skia.Canvas") -> None:
    for x in np.linspace(-1.6, 1.6, 27):
        glow(canvas, (float(x), _cable(float(x))), 0.018, WARM, 0.4)
    for x in TOWERS:
        glow(canvas, (x, 0.99), 0.05, (1.0, 0.25, 0.18), 0.4)


def _span(canvas: "skia.Canvas") -> None:
    red, steel = colour("c4492f"), colour("6d3a30")
    for x in np.linspace(-1.62, 1.62, 55):
        line(canvas, [(float(x), ROADWAY), (float(x), _cable(float(x)))], steel, 0.005, 0.85)
    cable = [(float(x), _cable(float(x))) for x in np.linspace(-HALF, HALF, 90)]
    line(canvas, [(x, y - 0.008) for x, y in cable], darker(red, 0.5), 0.016)
    line(canvas, cable, lighter(red, 0.1), 0.012)
    for x in TOWERS:
        fill(canvas, block((x - 0.12, -0.03, x + 0.12, 0.19)), colour("9b948a"), depth=0.03)
        courses(canvas, block((x - 0.12, -0.03, x + 0.12, 0.19)), colour("9b948a"), (0.06, 0.04), 5)
        for side in (-1, 1):
            turned(canvas, shape((x + side * 0.072 - 0.028, 0.19), (x + side * 0.072 + 0.028, 0.19),
                                 (x + side * 0.058 + 0.02, 0.97), (x + side * 0.058 - 0.02, 0.97)), red)  # fmt: skip
        for y in (0.23, 0.46, 0.64, 0.80, 0.925):
            fill(canvas, block((x - 0.075, y, x + 0.075, y + 0.035)), red, depth=0.01)
        fill(canvas, block((x - 0.095, 0.96, x + 0.095, 0.985)), lighter(red, 0.1), depth=0.008)
    canvas.drawPath(block((-HALF, ROADWAY - 0.075, HALF, ROADWAY)), paint(darker(red, 0.45), 0.4))
    for x in np.arange(-HALF, HALF - 0.05, 0.075):
        line(canvas, [(float(x), ROADWAY), (float(x) + 0.0375, ROADWAY - 0.07), (float(x) + 0.075, ROADWAY)], red, 0.008)
    fill(canvas, block((-HALF, ROADWAY - 0.01, HALF, ROADWAY + 0.018)), lighter(red, 0.05), depth=0.008)
    line(canvas, [(-HALF, ROADWAY - 0.075), (HALF, ROADWAY - 0.075)], red, 0.014)
