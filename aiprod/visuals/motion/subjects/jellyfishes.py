"""A jellyfish: its glassy bell pulses, its arms and threads trail and sway.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import Colour, colour, darker, lighter, oval, paint, path, ribbon, smooth
from aiprod.visuals.motion.subjects.masonry import glow
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Motion, Painting
from aiprod.visuals.motion.subjects.rig import Matrix, Point, join, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

GLASS: Colour = colour("f2a8dc")
ARM: Colour = colour("f3c3e4")
GLOW: Colour = (1.0, 0.74, 0.96)
PULSE_SECONDS = 2.4


def jellyfish() -> Painting:
    """A rosy bell with four ruffled arms and many threads."""
    threads = tuple(
        Layer(name=f"thread-{i}", box=(x - 0.09, 0.0, x + 0.09, 0.66), draw=_thread(x, i), motion=_trailing((x, 0.63), i, 5.0),
              relief=FLAT)
        for i, x in enumerate(np.linspace(-0.25, 0.25, 7).tolist())
    )
    arms = tuple(
        Layer(name=f"arm-{i}", box=(x - 0.09, 0.1, x + 0.09, 0.68), draw=_arm(x, i), motion=_trailing((x, 0.65), i + 3, 6.5),
              relief=FLAT)
        for i, x in enumerate((-0.11, 0.09, -0.03, 0.14))
    )
    return Painting(
        layers=(
            Layer(name="halo", box=(-0.5, 0.3, 0.5, 1.2), draw=_halo, motion=_pulsing, relief=FLAT, glow=3.4),
            *threads, *arms,
            Layer(name="bell", box=(-0.36, 0.55, 0.36, 1.0), draw=_bell, motion=_pulsing, relief=Relief(radius=0.1, strength=0.5)),
        ),
        bearing="drifts", speed=0.06, extent=(-0.36, 0.0, 0.36, 1.0),
    )  # fmt: skip


def _pulsing(t: float, phase: float) -> tuple[Matrix, float]:
    """The bell closes fast and opens slowly."""
    wave = 2 * math.pi * (t / PULSE_SECONDS + phase)
    close = math.sin(wave + 0.45 * math.sin(wave))
    return turn(0.0, (0.0, 0.8), stretch=(1.0 - 0.085 * close, 1.0 + 0.06 * close)), 1.0


def _trailing(root: Point, number: int, degrees: float) -> Motion:
    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        lean = degrees * math.sin(2 * math.pi * (t / 3.9 + phase - number * 0.13))
        drawn = 1.0 + 0.05 * math.sin(2 * math.pi * (t / PULSE_SECONDS + phase - 0.22))
        return join(_pulsing(t, phase)[0], turn(lean, root, stretch=(1.0, drawn))), 1.0

    return motion


def _halo(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.0, 0.76), 0.42, GLOW, 0.2)


def _thread(x: float, number: int) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        low = 0.02 + 0.11 * (number % 3)
        places = np.linspace(0.64, low, 9)
        curl = smooth([(x + 0.028 * math.sin(9.0 * (0.64 - y) + number * 1.7) * (0.64 - y) / 0.3, float(y)) for y in places], closed=False)
        canvas.drawPath(path(curl, closed=False), paint(ARM, 0.75, line=0.009))

    return draw


def _arm(x: float, number: int) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        spine = [(x, 0.66), (x + 0.02, 0.52), (x - 0.025, 0.38), (x + 0.015, 0.25), (x - 0.01, 0.14 + 0.03 * number)]
        canvas.drawPath(path(ribbon(spine, [0.034, 0.042, 0.034, 0.02, 0.004])), paint(ARM, 0.85))
        for side in (-1, 1):
            frill = [(px + side * (0.03 + 0.012 * math.sin(40 * py)) * (py - 0.08) / 0.5, py) for px, py in smooth(spine, closed=False)]
            canvas.drawPath(path(np.array(frill), closed=False), paint(lighter(ARM, 0.6), 0.8, line=0.011))

    return draw


def _bell(canvas: "skia.Canvas") -> None:
    import skia

    scallops = [(0.30 - 0.075 * i, 0.60 + (0.022 if i % 2 else -0.012)) for i in range(1, 8)]
    bell = path(smooth([(-0.31, 0.625), (-0.325, 0.72), (-0.27, 0.87), (-0.14, 0.965), (0.0, 0.99), (0.14, 0.965), (0.27, 0.87),
                        (0.325, 0.72), (0.31, 0.625), *scallops]))  # fmt: skip
    stops = [skia.Color4f(*tone, alpha).toColor() for tone, alpha in ((lighter(GLASS, 0.75), 0.80), (GLASS, 0.86),
                                                                     (darker(GLASS, 0.22), 0.95))]  # fmt: skip
    shader = skia.GradientShader.MakeRadial(skia.Point(-0.06, 0.83), 0.40, stops, [0.0, 0.5, 1.0])
    canvas.drawPath(bell, skia.Paint(AntiAlias=True, Shader=shader))
    canvas.save()
    canvas.clipPath(bell, doAntiAlias=True)
    for share in (-0.95, -0.63, -0.31, 0.0, 0.31, 0.63, 0.95):
        rib = smooth([(0.0, 0.99), (share * 0.24, 0.86), (share * 0.315, 0.62)], closed=False)
        canvas.drawPath(path(rib, closed=False), paint(lighter(GLASS, 0.6), 0.45, line=0.010))
    for x, tilt in ((-0.09, 25.0), (0.0, 0.0), (0.09, -25.0)):
        canvas.drawPath(path(oval((x, 0.80 - abs(x) * 0.25), 0.036, 0.055, tilt)), paint(lighter(GLASS, 0.7), 0.4, line=0.013, blur=0.005))
    canvas.restore()
    gleam = smooth([(-0.23, 0.84), (-0.16, 0.915), (-0.07, 0.95)], closed=False)
    canvas.drawPath(path(gleam, closed=False), paint((1, 1, 1), 0.75, line=0.024, blur=0.003))
