"""An atom as everybody draws it: a nucleus of two colours, three orbits, and the electrons that run round them.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.ink import Colour, ball, colour, oval, paint, path
from aiprod.visuals.motion.subjects.masonry import glow
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Motion, Painting
from aiprod.visuals.motion.subjects.rig import Matrix, Point, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

PROTON: Colour = colour("ff7a4d")
NEUTRON: Colour = colour("4f7bd9")
ORBIT: Colour = colour("8fd8ff")
ELECTRON: Colour = colour("ffe27a")
MIDDLE: Point = (0.0, 0.5)
ACROSS, UP = 0.48, 0.16
TILTS = (90.0, 30.0, 150.0)
TURN_SECONDS = (2.9, 3.7, 3.3)
NUCLEONS = ((0.0, 0.0), (0.062, 0.03), (-0.058, 0.036), (0.03, -0.06), (-0.034, -0.052), (0.006, 0.066), (0.07, -0.03), (-0.068, -0.012))


def atom() -> Painting:
    """Three electrons on tilted orbits."""
    orbits = tuple(
        Layer(name=f"orbit-{i}", box=(-0.5, 0.0, 0.5, 1.0), draw=_orbit(tilt), relief=FLAT, glow=1.5) for i, tilt in enumerate(TILTS)
    )
    electrons = tuple(
        Layer(name=f"electron-{i}", box=(-0.09, 0.41, 0.09, 0.59), draw=_electron, motion=_running(i), relief=FLAT, glow=2.0)
        for i in range(len(TILTS))
    )
    clump = Relief(radius=0.05, strength=0.8)
    nucleus = Layer(name="nucleus", box=(-0.16, 0.34, 0.16, 0.66), draw=_nucleus, motion=_trembling, relief=clump)
    halo = Layer(name="halo", box=(-0.6, -0.1, 0.6, 1.1), draw=_halo, relief=FLAT, glow=1.6)
    return Painting(layers=(halo, *orbits, nucleus, *electrons), bearing="drifts", extent=(-0.48, 0.0, 0.48, 1.0))


def _running(number: int) -> Motion:
    tilt = math.radians(TILTS[number])

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        angle = 2 * math.pi * (t / TURN_SECONDS[number] + phase + number / 3)
        along, aside = ACROSS * math.cos(angle), UP * math.sin(angle)
        shift = (along * math.cos(tilt) - aside * math.sin(tilt), along * math.sin(tilt) + aside * math.cos(tilt))
        return turn(0.0, MIDDLE, shift), 1.0

    return motion


def _trembling(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(5.0 * math.sin(2 * math.pi * (t / 3.1 + phase)), MIDDLE), 1.0


def _orbit(tilt: float) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        ring = path(oval(MIDDLE, ACROSS, UP, tilt))
        canvas.drawPath(ring, paint(ORBIT, 0.35, line=0.045, blur=0.012))
        canvas.drawPath(ring, paint(ORBIT, 0.95, line=0.018))

    return draw


def _electron(canvas: "skia.Canvas") -> None:
    glow(canvas, MIDDLE, 0.085, ELECTRON, 0.7)
    canvas.drawPath(path(oval(MIDDLE, 0.04, 0.04)), ball(MIDDLE, 0.042, ELECTRON))


def _nucleus(canvas: "skia.Canvas") -> None:
    for number, (x, y) in enumerate(reversed(NUCLEONS)):
        centre = (MIDDLE[0] + x, MIDDLE[1] + y)
        canvas.drawPath(path(oval(centre, 0.056, 0.056)), ball(centre, 0.058, PROTON if number % 2 else NEUTRON))


def _halo(canvas: "skia.Canvas") -> None:
    glow(canvas, MIDDLE, 0.55, (0.55, 0.82, 1.0), 0.16)
