"""What flies in space: a station with its solar wings.

Knows its looks and lights.
"""

from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    Outline,
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
from aiprod.visuals.motion.subjects.masonry import block, fill, glow, line, pipe, turned
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Motion, Painting, twinkle
from aiprod.visuals.motion.subjects.rig import Matrix, turn
from aiprod.visuals.motion.subjects.studio import Draw

if TYPE_CHECKING:
    import skia

HULL: Colour = (0.88, 0.89, 0.91)
PANEL: Colour = (0.17, 0.24, 0.47)
WARM: Colour = (1.0, 0.88, 0.6)
RED: Colour = (1.0, 0.28, 0.22)
MAST = 0.5


def space_station() -> Painting:
    """A station in orbit: a truss with eight solar wings that turn to the sun, round modules, lit windows."""
    wings = tuple(
        Layer(name=f"wing-{number}", box=(x - 0.125, low - 0.01, x + 0.125, low + 0.46), draw=_wing(x, low),
              motion=_tilted(x), relief=FLAT)
        for number, (x, low) in enumerate((x, low) for x in (-0.85, -0.56, 0.56, 0.85) for low in (0.03, 0.525))
    )
    return Painting(
        layers=(
            *wings,
            Layer(name="station", box=(-1.2, 0.1, 1.2, 0.92), draw=_station),
            Layer(name="windows", box=(-0.5, 0.2, 0.5, 0.85), draw=_windows, motion=twinkle(4.0, least=0.75), relief=FLAT, glow=2.4),
            Layer(name="beacons", box=(-1.3, 0.35, 1.3, 0.65), draw=_beacons, motion=twinkle(1.6), relief=FLAT, glow=2.4),
        ),
        bearing="drifts", speed=0.03, size=0.95,
    )  # fmt: skip


def _tilted(x: float) -> Motion:
    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        width = 0.86 + 0.12 * float(np.sin(2 * np.pi * (t / 14.0 + phase)))
        return turn(0.0, (x, MAST), stretch=(width, 1.0)), 1.0

    return motion


def _wing(x: float, low: float) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        for left in (x - 0.115, x + 0.012):
            box = (left, low, left + 0.103, low + 0.445)
            canvas.drawPath(block(box), ramp([(0.0, darker(PANEL, 0.2)), (0.5, lighter(PANEL, 0.2)), (1.0, PANEL)],
                                             (left, low), (left + 0.1, low + 0.44)))  # fmt: skip
            for y in np.linspace(low, low + 0.445, 14):
                line(canvas, [(left, float(y)), (left + 0.103, float(y))], colour("c8a24a"), 0.004, 0.8)
            for part in (left, left + 0.0515, left + 0.103):
                line(canvas, [(part, low), (part, low + 0.445)], colour("c8a24a"), 0.005, 0.8)
        line(canvas, [(x, low), (x, low + 0.45)], colour("9a9da3"), 0.012)

    return draw


def _windows(canvas: "skia.Canvas") -> None:
    for x in (-0.3, -0.2, -0.1, 0.1, 0.2, 0.3):
        canvas.drawPath(path(oval((x, 0.435), 0.017, 0.017)), paint(WARM, 0.42))
    for y in (0.26, 0.33, 0.62, 0.69):
        canvas.drawPath(path(oval((0.0, y), 0.015, 0.015)), paint(WARM, 0.42))


def _beacons(canvas: "skia.Canvas") -> None:
    for x in (-0.99, 0.99):
        glow(canvas, (x, MAST), 0.06, RED, 0.42)


def _station(canvas: "skia.Canvas") -> None:
    grey = colour("9a9da3")
    for edge in (0.478, 0.522):
        line(canvas, [(-0.98, edge), (0.98, edge)], grey, 0.012)
    for x in np.arange(-0.98, 0.94, 0.058):
        line(canvas, [(float(x), 0.478), (float(x) + 0.029, 0.522), (float(x) + 0.058, 0.478)], darker(grey, 0.2), 0.006)
    for x in (-0.29, 0.29):  # radiators
        fill(canvas, block((x - 0.06, 0.53, x + 0.06, 0.76)), colour("eceae4"), depth=0.012)
        for y in np.linspace(0.53, 0.76, 7):
            line(canvas, [(x - 0.06, float(y)), (x + 0.06, float(y))], darker(HULL, 0.35), 0.004)
    upright = path(_cut_block((-0.07, 0.16, 0.07, 0.86), 0.03))
    turned(canvas, upright, HULL)
    shade_under(canvas, upright, HULL, 0.025)
    for y in (0.22, 0.36, 0.58, 0.76):
        line(canvas, [(-0.07, y), (0.07, y)], darker(HULL, 0.4), 0.006)
    canvas.drawPath(path(oval((0.0, 0.15), 0.045, 0.035)), ball((0.0, 0.15), 0.05, colour("c79a45")))
    across = path(_cut_block((-0.42, 0.365, 0.42, 0.505), 0.04))
    canvas.drawPath(across, pipe(HULL, 0.345, 0.515))
    shade_under(canvas, across, HULL, 0.03)
    for x in (-0.36, -0.15, 0.05, 0.15, 0.36):
        line(canvas, [(x, 0.367), (x, 0.503)], darker(HULL, 0.4), 0.006)
    for x in (-0.43, 0.43):
        canvas.drawPath(path(oval((x, 0.435), 0.03, 0.055)), ball((x, 0.435), 0.06, colour("c79a45")))
    line(canvas, [(0.0, 0.86), (0.0, 0.91)], grey, 0.012)
    fill(canvas, path(oval((0.0, 0.9), 0.05, 0.014, 14.0)), HULL, depth=0.008)


def _cut_block(box: tuple[float, float, float, float], cut: float) -> Outline:
    """A rectangle with its corners cut."""
    left, bottom, right, top = box
    return np.array([(left + cut, bottom), (right - cut, bottom), (right, bottom + cut), (right, top - cut), (right - cut, top),
                     (left + cut, top), (left, top - cut), (left, bottom + cut)])  # fmt: skip
