"""A car seen from its side: wheels that turn, glass, lamps that are lit.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    ball,
    colour,
    darker,
    fade,
    lighter,
    oval,
    paint,
    path,
    ramp,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.masonry import block, fill, glow, line, shape
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Painting, spin
from aiprod.visuals.motion.subjects.rig import Matrix, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

PAINT: Colour = colour("c2342f")
GLASS: Colour = colour("2e3d4d")
RUBBER: Colour = colour("22242a")
WHEELS, RADIUS, SPEED = (-0.83, 0.80), 0.235, 1.0


def automobile() -> Painting:
    """A family car."""
    wheels = tuple(
        Layer(name=f"wheel-{i}", box=(x - RADIUS, 0.0, x + RADIUS, 2 * RADIUS), draw=_wheel(x), relief=FLAT,
              motion=spin((x, RADIUS), 2 * math.pi * RADIUS / SPEED))
        for i, x in enumerate(WHEELS)
    )  # fmt: skip
    return Painting(
        layers=(
            Layer(name="beam", box=(1.2, 0.1, 2.5, 0.8), draw=_beam, motion=_bouncing, relief=FLAT, glow=2.0),
            Layer(name="body", box=(-1.42, 0.0, 1.42, 1.02), draw=_body, motion=_bouncing, relief=Relief(radius=0.08, strength=0.9)),
            *wheels,
            Layer(name="lamps", box=(-1.6, 0.3, 1.6, 0.7), draw=_lamps, motion=_bouncing, relief=FLAT, glow=2.6),
        ),
        speed=SPEED, size=0.76, extent=(-1.4, 0.0, 1.4, 1.0),
    )  # fmt: skip


def _bouncing(t: float, phase: float) -> tuple[Matrix, float]:
    """The springs give."""
    return turn(0.35 * math.sin(2 * math.pi * (t / 1.1 + phase)), (0.0, 0.3),
                shift=(0.0, 0.006 * math.sin(2 * math.pi * (t / 0.47 + phase)))), 1.0  # fmt: skip


def _wheel(x: float) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        middle = (x, RADIUS)
        canvas.drawPath(path(oval(middle, RADIUS, RADIUS)), paint(RUBBER))
        canvas.drawPath(path(oval(middle, RADIUS * 0.92, RADIUS * 0.92)), paint(lighter(RUBBER, 0.12), line=0.012))
        canvas.drawPath(path(oval(middle, RADIUS * 0.66, RADIUS * 0.66)), paint(colour("4a4e56")))
        for spoke in range(10):
            a = math.radians(36 * spoke + (4 if spoke % 2 else -4))
            end = (x + RADIUS * 0.60 * math.cos(a), RADIUS + RADIUS * 0.60 * math.sin(a))
            line(canvas, [middle, end], colour("d3d7dd"), 0.022)
        canvas.drawPath(path(oval(middle, RADIUS * 0.63, RADIUS * 0.63)), paint(colour("c3c8cf"), line=0.020))
        canvas.drawPath(path(oval(middle, RADIUS * 0.16, RADIUS * 0.16)), ball(middle, RADIUS * 0.18, colour("b9bec6")))

    return draw


def _beam(canvas: "skia.Canvas") -> None:
    canvas.saveLayer()
    canvas.drawPath(shape((1.32, 0.47), (2.5, 0.18), (2.5, 0.62), (1.32, 0.53)), paint((1.0, 0.93, 0.72), 0.16, blur=0.03))
    fade(canvas, (2.35, 0.4), (1.35, 0.5))
    canvas.restore()


def _lamps(canvas: "skia.Canvas") -> None:
    glow(canvas, (1.31, 0.50), 0.12, (1.0, 0.95, 0.8), 0.5)
    glow(canvas, (-1.345, 0.53), 0.09, (1.0, 0.2, 0.15), 0.5)


def _body(canvas: "skia.Canvas") -> None:
    body = path(smooth([(-1.38, 0.36), (-1.385, 0.55), (-1.34, 0.66), (-1.08, 0.72), (-0.86, 0.86), (-0.62, 0.965), (-0.15, 1.0),
                        (0.22, 0.965), (0.52, 0.83), (0.72, 0.715), (1.12, 0.665), (1.34, 0.585), (1.39, 0.45),
                        (1.37, 0.27), (1.20, 0.19), (0.4, 0.175),
                        (-0.5, 0.175), (-1.25, 0.19)], steps=8))  # fmt: skip
    shine = [(0.0, lighter(PAINT, 0.35)), (0.35, PAINT), (0.62, darker(PAINT, 0.22)), (0.66, lighter(PAINT, 0.10)),
             (1.0, darker(PAINT, 0.55))]  # fmt: skip
    canvas.drawPath(body, ramp(shine, (0.0, 0.98), (0.0, 0.17)))
    shade_under(canvas, body, PAINT, 0.05, strength=0.45)
    for x in WHEELS:
        canvas.drawPath(path(oval((x, RADIUS + 0.01), RADIUS * 1.17, RADIUS * 1.17)), paint(colour("16171b")))
    for window in (
        [(-0.78, 0.745), (-0.60, 0.90), (-0.40, 0.935), (-0.24, 0.945), (-0.24, 0.735)],
        [(-0.18, 0.735), (-0.18, 0.945), (0.12, 0.925), (0.36, 0.83), (0.52, 0.725)],
    ):
        pane = path(smooth(window, steps=3))
        canvas.drawPath(pane, ramp([(0.0, lighter(GLASS, 0.45)), (0.5, GLASS), (1.0, darker(GLASS, 0.2))], (-0.3, 0.95), (0.2, 0.72)))
        canvas.drawPath(pane, paint(colour("17191d"), line=0.014))
    canvas.drawPath(path(oval((0.10, 0.80), 0.055, 0.07)), paint(colour("d2a382")))  # who drives
    canvas.drawPath(path(oval((0.085, 0.845), 0.06, 0.036)), paint(colour("33261f")))
    for x in (-0.21, 0.56):
        line(canvas, [(x, 0.73), (x - 0.01, 0.42), (x - 0.03, 0.23)], darker(PAINT, 0.55), 0.008)
    for x in (-0.34, 0.30):
        fill(canvas, block((x - 0.06, 0.625, x + 0.04, 0.645)), lighter(PAINT, 0.5), depth=0.005)
    line(canvas, [(-1.36, 0.30), (-1.10, 0.255)], colour("17191d"), 0.03)
    line(canvas, [(-0.5, 0.20), (0.46, 0.20)], colour("17191d"), 0.035)
    lamp = path(smooth([(1.20, 0.55), (1.345, 0.53), (1.375, 0.47), (1.25, 0.485)], steps=5))
    fill(canvas, lamp, colour("fff4d6"), depth=0.01)
    fill(canvas, path(smooth([(-1.385, 0.50), (-1.37, 0.58), (-1.22, 0.575), (-1.26, 0.505)], steps=5)), colour("8f1d1d"), depth=0.01)
    mirror = path(oval((0.50, 0.745), 0.05, 0.032))
    fill(canvas, mirror, PAINT, depth=0.01)
