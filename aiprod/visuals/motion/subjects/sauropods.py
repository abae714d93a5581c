"""A sauropod: four columns for legs, a neck like a crane that sways, a whip for a tail.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.hides import hide
from aiprod.visuals.motion.subjects.ink import Colour, colour, darker, eye, oval, paint, path, ribbon, smooth
from aiprod.visuals.motion.subjects.painted import Layer, Painting, swing
from aiprod.visuals.motion.subjects.rig import Matrix, Point, join, turn
from aiprod.visuals.motion.subjects.skeleton import Leg
from aiprod.visuals.motion.subjects.striding import Skin, Stride
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

SKIN: Colour = colour("6f8291")
BELLY: Colour = colour("c9cfc4")
NAIL: Colour = colour("d9d3c2")
NECK, SKULL, ROOT = (0.24, 0.44), (0.66, 0.93), (-0.42, 0.42)
ROUND = Relief(radius=0.10, strength=0.95)
HIND_RADII, FORE_RADII = (0.125, 0.080, 0.066, 0.066), (0.105, 0.072, 0.060, 0.062)


def sauropod() -> Painting:
    """A long neck held high, a trunk like a hill, a longer tail."""
    return _sauropod(walking=False, afoot=_sauropod(walking=True))


def _sauropod(*, walking: bool, afoot: Painting | None = None) -> Painting:
    legs = (_leg(-0.36, hind=True), _leg(0.16, hind=False), _leg(-0.26, hind=True), _leg(0.25, hind=False))
    stride = Stride(legs=legs, metres=9.0, walking=walking, middle=(-0.1, 0.4), stiff=1.0)
    drawn = {
        number: stride.leg_layers(number, HIND_RADII if leg.hind else FORE_RADII, _hide(0.0 if number < 2 else 0.34),
                                  _foot(leg, 0.0 if number < 2 else 0.34))
        for number, leg in enumerate(legs)
    }  # fmt: skip
    fixed = (
        Layer(name="tail", box=(-1.42, 0.16, -0.20, 0.60), draw=_tail, motion=swing(ROOT, 3.2, 4.1), relief=ROUND),
        Layer(name="trunk", box=(-0.6, 0.18, 0.46, 0.66), draw=_trunk, motion=_breathe, relief=ROUND),
        Layer(name="neck", box=(0.0, 0.24, 0.76, 1.0), draw=_neck, motion=_sway, relief=ROUND),
        Layer(name="head", box=(0.55, 0.82, 0.92, 1.04), draw=_head, motion=_look, relief=Relief(radius=0.05, strength=0.9)),
    )
    body = tuple(
        Layer(name=one.name, box=one.box, draw=one.draw, motion=stride.carried(one.motion), relief=one.relief) for one in fixed
    )
    return Painting(
        layers=(*drawn[2], *drawn[3], *body, *drawn[0], *drawn[1]), speed=stride.speed, size=1.3, head=(0.56, 0.84, 0.9, 1.02),
        extent=(-1.1, 0.0, 0.9, 1.02), afoot=afoot,
    )  # fmt: skip


def _leg(x: float, *, hind: bool) -> Leg:
    knee = (x + 0.03, 0.20) if hind else (x - 0.015, 0.19)
    return Leg(top=(x, 0.36 if hind else 0.34), knee=knee, ankle=(x - 0.005, 0.10), foot=(x, 0.055), hind=hind)


def _sway(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(3.4 * math.sin(2 * math.pi * (t / 6.1 + phase)), NECK), 1.0


def _look(t: float, phase: float) -> tuple[Matrix, float]:
    nod = 5.0 * math.sin(2 * math.pi * (t / 4.4 + phase + 0.2))
    return join(_sway(t, phase)[0], turn(nod, SKULL)), 1.0


def _breathe(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.4), stretch=(1.0, 1.0 + 0.011 * math.sin(2 * math.pi * (t / 4.0 + phase)))), 1.0


def _hide(shade: float) -> Skin:
    def skin(canvas: "skia.Canvas", form: "skia.Path") -> None:
        hide(canvas, form, darker(SKIN, shade), 3)

    return skin


def _foot(leg: Leg, shade: float) -> Draw:
    x, _ = leg.foot

    def draw(canvas: "skia.Canvas") -> None:
        sole = smooth([(x - 0.068, 0.0), (x - 0.066, 0.055), (x, 0.085), (x + 0.066, 0.060), (x + 0.085, 0.02), (x + 0.080, 0.0)])
        sole[:, 1] = np.maximum(sole[:, 1], 0.0)
        hide(canvas, path(sole), darker(SKIN, shade), 5)
        for toe in (0.015, 0.045, 0.072):
            canvas.drawPath(path(oval((x + toe, 0.014), 0.013, 0.013)), paint(darker(NAIL, 0.1 + shade)))

    return draw


def _bands(canvas: "skia.Canvas", form: "skia.Path", places: list[tuple[Point, Point]]) -> None:
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for start, end in places:
        canvas.drawPath(path(np.array([start, end]), closed=False), paint(darker(SKIN, 0.55), 0.38, line=0.036, blur=0.012))
    canvas.restore()


def _tail(canvas: "skia.Canvas") -> None:
    form = path(ribbon([(-0.36, 0.42), (-0.62, 0.36), (-0.95, 0.25), (-1.20, 0.22), (-1.38, 0.26)], [0.135, 0.082, 0.036, 0.015, 0.005]))
    hide(canvas, form, SKIN, 1)
    falls = [(x, x + 0.45) for x in np.linspace(-1.0, -0.45, 6).tolist()]
    _bands(canvas, form, [((x, 0.62 + 0.24 * down), (x - 0.03, 0.42 + 0.30 * down)) for x, down in falls])


def _trunk(canvas: "skia.Canvas") -> None:
    form = path(smooth([(-0.56, 0.44), (-0.42, 0.555), (-0.20, 0.615), (0.02, 0.605), (0.22, 0.575), (0.38, 0.52), (0.40, 0.42),
                        (0.30, 0.30), (0.10, 0.235), (-0.18, 0.225), (-0.44, 0.29)]))  # fmt: skip
    hide(canvas, form, SKIN, 2)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    canvas.drawPath(path(oval((-0.04, 0.225), 0.42, 0.085)), paint(BELLY, 0.6, blur=0.035))
    canvas.restore()
    _bands(canvas, form, [((x, 0.66), (x - 0.03, 0.46)) for x in np.linspace(-0.44, 0.30, 8).tolist()])


def _neck(canvas: "skia.Canvas") -> None:
    spine = [(0.20, 0.43), (0.36, 0.49), (0.49, 0.62), (0.57, 0.78), (0.66, 0.93)]
    form = path(ribbon(spine, [0.148, 0.110, 0.072, 0.052, 0.043]))
    hide(canvas, form, SKIN, 4)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    throat = smooth([(0.30, 0.34), (0.46, 0.44), (0.56, 0.59), (0.63, 0.76), (0.71, 0.91)], closed=False)
    canvas.drawPath(path(throat, closed=False), paint(BELLY, 0.5, line=0.05, blur=0.02))
    canvas.restore()
    marks = (((0.30, 0.66), (0.33, 0.52)), ((0.40, 0.70), (0.45, 0.58)), ((0.44, 0.79), (0.52, 0.70)), ((0.51, 0.88), (0.58, 0.82)))
    _bands(canvas, form, list(marks))


def _head(canvas: "skia.Canvas") -> None:
    form = path(smooth([(0.61, 0.93), (0.635, 0.985), (0.70, 1.012), (0.76, 0.985), (0.83, 0.955), (0.875, 0.925), (0.865, 0.885),
                        (0.79, 0.872), (0.70, 0.872), (0.635, 0.885)]))  # fmt: skip
    hide(canvas, form, SKIN, 6)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    canvas.drawPath(path(oval((0.77, 0.868), 0.12, 0.025)), paint(BELLY, 0.6, blur=0.010))
    canvas.restore()
    mouth = smooth([(0.868, 0.905), (0.80, 0.900), (0.735, 0.912)], closed=False)
    canvas.drawPath(path(mouth, closed=False), paint(darker(SKIN, 0.8), line=0.008))
    canvas.drawPath(path(oval((0.80, 0.972), 0.012, 0.007, -25)), paint(darker(SKIN, 0.8)))
    eye(canvas, (0.715, 0.958), 0.019, iris=colour("7a4a1f"))
    lid = smooth([(0.685, 0.975), (0.715, 0.986), (0.745, 0.972)], closed=False)
    canvas.drawPath(path(lid, closed=False), paint(darker(SKIN, 0.5), line=0.011))
