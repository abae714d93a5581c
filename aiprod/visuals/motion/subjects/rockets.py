"""A rocket that climbs on its flame.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import Colour, colour, darker, oval, paint, path, shade_under, smooth
from aiprod.visuals.motion.subjects.masonry import block, glow, line, shape, turned
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Painting
from aiprod.visuals.motion.subjects.rig import Matrix, turn
from aiprod.visuals.motion.subjects.studio import Relief

if TYPE_CHECKING:
    import skia

HULL: Colour = colour("eceef0")
DARK: Colour = colour("3a3e47")
RED: Colour = colour("c8402f")
SUNK = 0.2
"""How far it hangs below its place, so that rocket and flame together are in the middle."""


def rocket() -> Painting:
    """Two stages, boosters at its sides, fins, and fire below."""
    return Painting(
        layers=(
            Layer(name="plume", box=(-0.24, -0.66, 0.24, 0.26), draw=_plume, motion=_flicker, relief=FLAT, glow=1.35),
            Layer(name="core-fire", box=(-0.10, -0.40, 0.10, 0.16), draw=_fire, motion=_flutter, relief=FLAT, glow=1.35),
            Layer(name="hull", box=(-0.28, 0.06, 0.28, 1.02), draw=_hull, motion=_shaking, relief=Relief(radius=0.05, strength=0.8)),
        ),
        bearing="drifts", extent=(-0.26, -0.45, 0.26, 1.0 - SUNK),
    )  # fmt: skip


def _shaking(t: float, _phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.0), shift=(0.0016 * math.sin(71 * t), 0.0016 * math.sin(57 * t + 1.0) - SUNK)), 1.0


def _flicker(t: float, phase: float) -> tuple[Matrix, float]:
    long = 1.0 + 0.07 * math.sin(31 * t + phase) + 0.05 * math.sin(47 * t)
    return turn(0.0, (0.0, 0.12), shift=(0.0, -SUNK), stretch=(1.0 + 0.04 * math.sin(39 * t), long)), 0.95


def _flutter(t: float, _phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.12), shift=(0.0, -SUNK), stretch=(1.0, 1.0 + 0.12 * math.sin(43 * t) + 0.06 * math.sin(29 * t))), 1.0


def _plume(canvas: "skia.Canvas") -> None:
    for number, y in enumerate(np.linspace(0.06, -0.42, 7).tolist()):
        glow(canvas, (0.0, y), 0.19 - 0.012 * number, (1.0, 0.62 - 0.05 * number, 0.26 - 0.03 * number), 0.62 - 0.06 * number)


def _fire(canvas: "skia.Canvas") -> None:
    tongue = path(smooth([(-0.062, 0.13), (-0.075, 0.02), (-0.04, -0.16), (0.0, -0.36), (0.04, -0.16), (0.075, 0.02), (0.062, 0.13)]))
    canvas.drawPath(tongue, paint((1.0, 0.56, 0.14), 0.75, blur=0.014))
    core = path(smooth([(-0.040, 0.13), (-0.046, 0.04), (0.0, -0.17), (0.046, 0.04), (0.040, 0.13)]))
    canvas.drawPath(core, paint((1.0, 0.93, 0.66), 0.85, blur=0.008))


def _hull(canvas: "skia.Canvas") -> None:
    for side in (-1, 1):
        fin = shape((side * 0.09, 0.34), (side * 0.25, 0.15), (side * 0.25, 0.09), (side * 0.09, 0.16))
        canvas.drawPath(fin, paint(RED))
        shade_under(canvas, fin, RED, 0.02)
    for x in (-0.055, 0.0, 0.055):
        turned(canvas, shape((x - 0.022, 0.15), (x + 0.022, 0.15), (x + 0.034, 0.09), (x - 0.034, 0.09)), DARK)
    for side in (-1, 1):
        x = side * 0.145
        booster = path(smooth([(x - 0.045, 0.14), (x - 0.045, 0.52), (x - 0.03, 0.60), (x, 0.645), (x + 0.03, 0.60), (x + 0.045, 0.52),
                               (x + 0.045, 0.14)], steps=8))  # fmt: skip
        turned(canvas, booster, HULL)
        shade_under(canvas, booster, HULL, 0.012, strength=0.35)
        turned(canvas, block((x - 0.046, 0.22, x + 0.046, 0.255)), RED)
        turned(canvas, shape((x - 0.02, 0.14), (x + 0.02, 0.14), (x + 0.034, 0.09), (x - 0.034, 0.09)), DARK)
    turned(canvas, block((-0.105, 0.14, 0.105, 0.60)), HULL)
    turned(canvas, shape((-0.105, 0.60), (0.105, 0.60), (0.08, 0.66), (-0.08, 0.66)), DARK)
    turned(canvas, block((-0.08, 0.66, 0.08, 0.82)), HULL)
    nose = path(smooth([(-0.08, 0.815), (-0.068, 0.90), (-0.03, 0.965), (0.0, 1.0), (0.03, 0.965), (0.068, 0.90), (0.08, 0.815)], steps=8))
    turned(canvas, nose, RED)
    for y, tall in ((0.56, 0.022), (0.30, 0.022), (0.68, 0.014), (0.795, 0.014)):
        half = 0.105 if y < 0.6 else 0.08
        turned(canvas, block((-half, y, half, y + tall)), DARK)
    turned(canvas, block((-0.105, 0.40, -0.02, 0.50)), DARK)
    for y in (0.36, 0.45, 0.52):
        line(canvas, [(-0.105, y), (0.105, y)], darker(HULL, 0.4), 0.003, 0.7)
    for y in (0.72, 0.765):
        canvas.drawPath(path(oval((0.012, y), 0.017, 0.017)), paint(colour("b9bdc4")))
        canvas.drawPath(path(oval((0.012, y), 0.012, 0.012)), paint(colour("27384f")))
