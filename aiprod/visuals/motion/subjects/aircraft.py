"""An airliner seen from its side: engines, windows, a tail in its line's colour, lights that blink.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    colour,
    darker,
    lighter,
    oval,
    paint,
    path,
    ramp,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.masonry import fill, glow, line, pipe, shape
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Painting, twinkle
from aiprod.visuals.motion.subjects.rig import Matrix, turn
from aiprod.visuals.motion.subjects.studio import Relief

if TYPE_CHECKING:
    import skia

HULL: Colour = colour("eef1f4")
BELLY: Colour = colour("b9c3cd")
LINE: Colour = colour("2460a8")
WING: Colour = colour("c3cbd3")


def airplane() -> Painting:
    """A long hull, a swept wing with an engine below, fin and tailplane."""
    return Painting(
        layers=(
            Layer(name="far-wing", box=(-0.25, 0.38, 0.42, 0.86), draw=_far_wing),
            Layer(name="hull", box=(-1.42, 0.26, 1.42, 1.04), draw=_hull, relief=Relief(radius=0.07, strength=0.9)),
            Layer(name="windows", box=(-1.0, 0.44, 1.4, 0.62), draw=_windows, motion=twinkle(5.0, least=0.8), relief=FLAT, glow=3.6),
            Layer(name="wing", box=(-0.78, 0.0, 0.45, 0.50), draw=_wing, motion=_flexing, relief=Relief(radius=0.04, strength=0.8)),
            Layer(name="strobe", box=(-0.86, -0.1, -0.54, 0.22), draw=_strobe, motion=_flashing, relief=FLAT, glow=3.0),
            Layer(name="beacon", box=(-0.2, 0.6, 0.2, 0.84), draw=_beacon, motion=twinkle(1.3), relief=FLAT, glow=2.6),
        ),
        bearing="drifts", speed=0.30, size=0.76, extent=(-1.4, 0.0, 1.4, 1.0),
    )  # fmt: skip


def _flexing(t: float, phase: float) -> tuple[Matrix, float]:
    wave = math.sin(2 * math.pi * (t / 2.7 + phase))
    return turn(0.0, (0.2, 0.46), stretch=(1.0, 1.0 + 0.018 * wave)), 1.0


def _flashing(t: float, phase: float) -> tuple[Matrix, float]:
    """Twice, then dark."""
    place = (t / 1.1 + phase) % 1.0
    return turn(0.0, (0.0, 0.0)), 1.0 if place < 0.06 or 0.14 < place < 0.20 else 0.0


def _strobe(canvas: "skia.Canvas") -> None:
    glow(canvas, (-0.70, 0.055), 0.14, (0.95, 0.98, 1.0), 0.5)


def _beacon(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.0, 0.71), 0.10, (1.0, 0.25, 0.2), 0.5)


def _far_wing(canvas: "skia.Canvas") -> None:
    form = shape((0.30, 0.55), (-0.02, 0.80), (-0.16, 0.815), (-0.06, 0.55))
    canvas.drawPath(form, paint(darker(WING, 0.35)))


def _hull(canvas: "skia.Canvas") -> None:
    far_tail = shape((-1.06, 0.58), (-1.30, 0.74), (-1.37, 0.74), (-1.28, 0.56))
    canvas.drawPath(far_tail, paint(darker(WING, 0.3)))
    fin = path(smooth([(-0.86, 0.64), (-1.02, 0.78), (-1.16, 0.985), (-1.34, 1.0), (-1.30, 0.80), (-1.28, 0.58)], steps=6))
    fill(canvas, fin, LINE, depth=0.03)
    canvas.save()
    canvas.clipPath(fin, doAntiAlias=True)
    canvas.drawPath(path(oval((-1.21, 0.87), 0.085, 0.085)), paint(colour("f2c14e")))
    canvas.drawPath(path(oval((-1.19, 0.885), 0.085, 0.085)), paint(LINE))
    canvas.restore()
    body = path(smooth([(-1.40, 0.575), (-1.05, 0.655), (-0.6, 0.675), (0.6, 0.675), (0.98, 0.665), (1.20, 0.625), (1.35, 0.54),
                        (1.39, 0.485), (1.30, 0.425), (1.05, 0.385), (0.6, 0.37), (-0.5, 0.37), (-0.95, 0.42), (-1.25, 0.52)]))  # fmt: skip
    canvas.drawPath(body, pipe(HULL, 0.33, 0.70))
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    canvas.drawPath(shape((-1.5, 0.30), (1.5, 0.30), (1.5, 0.43), (-1.5, 0.43)), ramp([(0.0, darker(BELLY, 0.4)), (1.0, BELLY)],
                                                                                     (0.0, 0.35), (0.0, 0.43)))  # fmt: skip
    stripe = smooth([(-1.45, 0.50), (-0.8, 0.445), (0.7, 0.445), (1.40, 0.47)], closed=False)
    canvas.drawPath(path(stripe, closed=False), paint(LINE, line=0.032))
    pane = shape((1.19, 0.565), (1.27, 0.56), (1.305, 0.528), (1.20, 0.528))
    canvas.drawPath(pane, paint(colour("1f2f45")))
    for x in np.linspace(-0.82, 0.98, 31).tolist():
        if abs(x - 0.33) > 0.05:
            canvas.drawPath(path(oval((x, 0.555), 0.0125, 0.018)), paint(colour("33445c")))
    for x in (-0.92, 0.30, 1.03):  # doors
        line(canvas, [(x, 0.45), (x, 0.60), (x + 0.06, 0.60), (x + 0.06, 0.45)], darker(HULL, 0.45), 0.006, 0.8)
    canvas.restore()
    shade_under(canvas, body, HULL, 0.05, strength=0.4)
    near_tail = path(smooth([(-1.02, 0.555), (-1.22, 0.46), (-1.40, 0.43), (-1.36, 0.49), (-1.26, 0.57)], steps=6))
    fill(canvas, near_tail, WING, depth=0.02)


def _windows(canvas: "skia.Canvas") -> None:
    for x in np.linspace(-0.82, 0.98, 31).tolist():
        if abs(x - 0.33) > 0.05:
            canvas.drawPath(path(oval((x, 0.555), 0.0125, 0.018)), paint((1.0, 0.85, 0.55), 0.45))


def _wing(canvas: "skia.Canvas") -> None:
    form = path(smooth([(0.38, 0.435), (0.10, 0.36), (-0.45, 0.13), (-0.70, 0.035), (-0.745, 0.075), (-0.56, 0.175), (-0.25, 0.37),
                        (-0.16, 0.46)], steps=6))  # fmt: skip
    canvas.drawPath(form, ramp([(0.0, lighter(WING, 0.3)), (1.0, darker(WING, 0.25))], (0.0, 0.45), (-0.5, 0.05)))
    shade_under(canvas, form, WING, 0.03)
    line(canvas, [(-0.60, 0.135), (-0.20, 0.39)], darker(WING, 0.45), 0.006, 0.8)
    pylon = shape((0.06, 0.33), (0.16, 0.31), (0.12, 0.25), (-0.06, 0.25))
    canvas.drawPath(pylon, paint(darker(WING, 0.2)))
    pod = path(smooth([(0.225, 0.30), (0.235, 0.21), (0.22, 0.125), (0.0, 0.105), (-0.16, 0.165), (-0.19, 0.215), (-0.15, 0.265),
                       (0.0, 0.315)]))  # fmt: skip
    canvas.drawPath(pod, pipe(HULL, 0.09, 0.33))
    shade_under(canvas, pod, HULL, 0.03)
    canvas.drawPath(path(oval((0.222, 0.212), 0.030, 0.088)), paint(colour("2b3038")))
    canvas.drawPath(path(oval((0.222, 0.212), 0.030, 0.088)), paint(colour("c9ced6"), line=0.014))
    tip = shape((-0.70, 0.05), (-0.76, 0.155), (-0.775, 0.15), (-0.745, 0.05))
    fill(canvas, tip, LINE, depth=0.008)
