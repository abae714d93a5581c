"""What flies in space: a station with its solar wings, a satellite.

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
from aiprod.visuals.motion.subjects.studio import Draw, Relief

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


def satellite() -> Painting:
    """A satellite: a body in gold foil, two wings of solar cells that turn to the sun, a dish that looks down."""
    wings = tuple(
        Layer(name=f"wing-{side}", box=(min(side * 0.1, side * 1.0), 0.36, max(side * 0.1, side * 1.0), 0.84), draw=_sail(side),
              motion=_feathered, relief=Relief(radius=0.02, strength=0.35))
        for side in (-1, 1)
    )  # fmt: skip
    return Painting(
        layers=(
            *wings,
            Layer(name="body", box=(-0.24, 0.0, 0.24, 1.0), draw=_bus, relief=Relief(radius=0.06, strength=0.9)),
            Layer(name="beacon", box=(-0.1, 0.88, 0.1, 1.08), draw=_beacon, motion=twinkle(1.4), relief=FLAT, glow=2.6),
        ),
        bearing="drifts", speed=0.05, size=0.8, extent=(-1.0, 0.0, 1.0, 1.0),
    )  # fmt: skip


def _feathered(t: float, phase: float) -> tuple[Matrix, float]:
    tall = 0.80 + 0.18 * float(np.sin(2 * np.pi * (t / 11.0 + phase)))
    return turn(0.0, (0.0, 0.6), stretch=(1.0, tall)), 1.0


def _sail(side: int) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        line(canvas, [(side * 0.14, 0.6), (side * 0.34, 0.6)], colour("b9bdc4"), 0.022)
        for number in range(3):
            near, far = 0.31 + 0.225 * number, 0.52 + 0.225 * number
            left, right = sorted((side * near, side * far))
            form = block((left, 0.39, right, 0.81))
            shine = [(0.0, darker(PANEL, 0.25)), (0.45, lighter(PANEL, 0.28)), (1.0, PANEL)]
            canvas.drawPath(form, ramp(shine, (left, 0.39), (right, 0.81)))
            for y in np.linspace(0.39, 0.81, 8).tolist():
                line(canvas, [(left, y), (right, y)], colour("9fb2d9"), 0.004, 0.7)
            for x in np.linspace(left, right, 5).tolist():
                line(canvas, [(x, 0.39), (x, 0.81)], colour("9fb2d9"), 0.004, 0.7)
            canvas.drawPath(form, paint(colour("c8ccd4"), line=0.012))

    return draw


def _bus(canvas: "skia.Canvas") -> None:
    foil = colour("d9a441")
    front = path(_cut_block((-0.15, 0.36, 0.15, 0.84), 0.02))
    canvas.drawPath(front, ramp([(0.0, lighter(foil, 0.35)), (0.4, foil), (1.0, darker(foil, 0.5))], (-0.15, 0.84), (0.15, 0.36)))
    random = np.random.default_rng(6)
    canvas.save()
    canvas.clipPath(front, doAntiAlias=True)
    for _ in range(46):  # crumpled foil
        x, y = float(random.uniform(-0.16, 0.12)), float(random.uniform(0.34, 0.84))
        wide, tall, lean = (float(random.uniform(0.02, 0.08)) for _ in range(3))
        facet = np.array([(x, y), (x + wide, y + lean * 0.5), (x + wide * 0.5, y + tall)])
        canvas.drawPath(path(facet), paint(lighter(foil, 0.7) if random.random() < 0.5 else darker(foil, 0.55), 0.34))
    canvas.restore()
    shade_under(canvas, front, foil, 0.03, strength=0.5)
    fill(canvas, block((-0.10, 0.70, 0.10, 0.79)), HULL, depth=0.014)
    for y in (0.72, 0.745, 0.77):
        line(canvas, [(-0.085, y), (0.085, y)], darker(HULL, 0.45), 0.007)
    turned(canvas, block((-0.075, 0.44, 0.035, 0.62)), HULL)
    canvas.drawPath(path(oval((-0.02, 0.44), 0.055, 0.022)), ball((-0.02, 0.44), 0.06, colour("2b3550")))
    turned(canvas, block((0.07, 0.50, 0.115, 0.62)), darker(HULL, 0.3))
    line(canvas, [(0.0, 0.84), (0.0, 0.97)], colour("b9bdc4"), 0.014)
    line(canvas, [(0.0, 0.36), (0.0, 0.26)], colour("8d9199"), 0.024)
    dish = path(oval((0.0, 0.20), 0.205, 0.105, 8))
    canvas.drawPath(dish, ramp([(0.0, lighter(HULL, 0.5)), (0.6, darker(HULL, 0.12)), (1.0, darker(HULL, 0.5))], (-0.2, 0.28), (0.2, 0.12)))
    shade_under(canvas, dish, HULL, 0.02)
    canvas.drawPath(path(oval((0.0, 0.20), 0.15, 0.07, 8)), paint(darker(HULL, 0.45), 0.35, line=0.006))
    for x in (-0.13, 0.13):
        line(canvas, [(x, 0.18), (0.0, 0.05)], colour("b9bdc4"), 0.009)
    canvas.drawPath(path(oval((0.0, 0.045), 0.026, 0.026)), ball((0.0, 0.045), 0.028, foil))


def _beacon(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.0, 0.98), 0.08, RED, 0.5)
