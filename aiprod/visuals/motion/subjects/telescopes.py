"""A brass telescope on its tripod, slowly following a star.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    ball,
    colour,
    darker,
    lighter,
    oval,
    paint,
    path,
    ramp,
    shade_under,
)
from aiprod.visuals.motion.subjects.masonry import block, fill, glow, line, shape
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Painting, twinkle
from aiprod.visuals.motion.subjects.rig import Matrix, Point, join, turn
from aiprod.visuals.motion.subjects.studio import Relief

if TYPE_CHECKING:
    import skia

BRASS: Colour = colour("d0a050")
LEATHER: Colour = colour("3d4f6b")
WOOD: Colour = colour("7a4c2a")
PIVOT: Point = (0.0, 0.66)
LIFT_DEGREES = 33.0


def telescope() -> Painting:
    """A tube of three drawn lengths that points at the sky, on three wooden legs."""
    return Painting(
        layers=(
            Layer(name="far-leg", box=(-0.12, 0.0, 0.12, 0.66), draw=_far_leg),
            Layer(name="legs", box=(-0.40, 0.0, 0.40, 0.70), draw=_legs),
            Layer(name="tube", box=(-0.62, 0.48, 0.70, 0.84), draw=_tube, motion=_following, relief=Relief(radius=0.05, strength=0.9)),
            Layer(name="gleam", box=(0.50, 0.50, 0.82, 0.82), draw=_gleam, motion=_gleaming, relief=FLAT, glow=2.0),
        ),
        size=1.0, extent=(-0.6, 0.0, 0.65, 1.0),
    )  # fmt: skip


def _following(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(LIFT_DEGREES + 4.0 * math.sin(2 * math.pi * (t / 9.0 + phase)), PIVOT), 1.0


def _gleaming(t: float, phase: float) -> tuple[Matrix, float]:
    return join(_following(t, phase)[0], turn(0.0, PIVOT)), twinkle(3.1, least=0.25)(t, phase)[1]


def _gleam(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.655, 0.66), 0.10, (0.75, 0.9, 1.0), 0.45)


def _leg(canvas: "skia.Canvas", foot: Point, tone: Colour) -> None:
    x, y = foot
    fill(canvas, shape((-0.022, 0.63), (0.022, 0.63), (x + 0.020, y + 0.03), (x - 0.020, y + 0.03)), tone, depth=0.012)
    fill(canvas, shape((x - 0.016, y + 0.04), (x + 0.016, y + 0.04), (x, y)), darker(BRASS, 0.2), depth=0.006)
    for part in (0.35, 0.7):
        line(canvas, [(x * part - 0.024, 0.63 + (y - 0.6) * part), (x * part + 0.024, 0.63 + (y - 0.6) * part)], BRASS, 0.012)


def _far_leg(canvas: "skia.Canvas") -> None:
    _leg(canvas, (0.05, 0.06), darker(WOOD, 0.45))


def _legs(canvas: "skia.Canvas") -> None:
    line(canvas, [(-0.17, 0.29), (0.17, 0.29)], darker(BRASS, 0.3), 0.010)
    for side in (-1, 1):
        _leg(canvas, (side * 0.32, 0.0), WOOD)
    fill(canvas, block((-0.06, 0.60, 0.06, 0.645)), darker(BRASS, 0.15), depth=0.012)
    canvas.drawPath(path(oval((0.0, 0.655), 0.04, 0.04)), ball((0.0, 0.655), 0.042, BRASS))


def _barrel(canvas: "skia.Canvas", box: tuple[float, float, float, float], tone: Colour) -> None:
    """A length of the tube, round about its own axis."""
    left, bottom, right, top = box
    form = block(box)
    stops = [(0.0, darker(tone, 0.62)), (0.45, tone), (0.74, lighter(tone, 0.45)), (1.0, darker(tone, 0.15))]
    canvas.drawPath(form, ramp(stops, (0.0, bottom), (0.0, top)))
    shade_under(canvas, form, tone, 0.012, strength=0.35)
    line(canvas, [(left, bottom), (left, top)], darker(tone, 0.6), 0.005, 0.7)
    line(canvas, [(right, bottom), (right, top)], darker(tone, 0.6), 0.005, 0.7)


def _tube(canvas: "skia.Canvas") -> None:
    _barrel(canvas, (-0.60, 0.628, -0.53, 0.692), colour("2c2a2c"))
    _barrel(canvas, (-0.55, 0.622, -0.38, 0.698), BRASS)
    _barrel(canvas, (-0.40, 0.608, -0.36, 0.712), darker(BRASS, 0.2))
    _barrel(canvas, (-0.37, 0.602, -0.12, 0.718), BRASS)
    _barrel(canvas, (-0.14, 0.584, -0.10, 0.736), darker(BRASS, 0.2))
    _barrel(canvas, (-0.10, 0.578, 0.50, 0.742), LEATHER)
    for x in (-0.07, 0.46):
        _barrel(canvas, (x - 0.016, 0.572, x + 0.016, 0.748), BRASS)
    _barrel(canvas, (0.49, 0.562, 0.655, 0.758), BRASS)
    _barrel(canvas, (0.635, 0.554, 0.668, 0.766), darker(BRASS, 0.12))
    lens = path(oval((0.668, 0.66), 0.020, 0.098))
    canvas.drawPath(lens, ramp([(0.0, colour("9fd0e8")), (0.5, colour("3c5f86")), (1.0, colour("1f2b44"))], (0.66, 0.76), (0.67, 0.56)))
    canvas.drawPath(lens, paint(darker(BRASS, 0.4), line=0.006))
    finder = (-0.02, 0.775, 0.26, 0.812)
    _barrel(canvas, finder, darker(BRASS, 0.1))
    for x in (0.03, 0.2):
        line(canvas, [(x, 0.742), (x, 0.78)], darker(BRASS, 0.4), 0.014)
