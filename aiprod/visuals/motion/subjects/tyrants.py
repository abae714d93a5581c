"""A Tyrannosaurus that stands or strides on two legs, swings its tail, looks about and roars.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.hides import hide
from aiprod.visuals.motion.subjects.ink import Colour, colour, darker, eye, lighter, oval, paint, path, ribbon, smooth
from aiprod.visuals.motion.subjects.masonry import fill, shape
from aiprod.visuals.motion.subjects.painted import Layer, Motion, Painting, swing
from aiprod.visuals.motion.subjects.rig import Matrix, Point, join, turn
from aiprod.visuals.motion.subjects.skeleton import Leg
from aiprod.visuals.motion.subjects.striding import Skin, Stride
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

SKIN: Colour = colour("857a46")
BELLY: Colour = colour("d8c795")
CLAW: Colour = colour("3a3128")
TOOTH: Colour = colour("f8f1de")
MOUTH: Colour = colour("8f2f35")
ROOT, NECK, HINGE, SHOULDER = (-0.35, 0.60), (0.40, 0.72), (0.535, 0.85), (0.36, 0.555)
RADII = (0.165, 0.095, 0.056, 0.048)
ROUND = Relief(radius=0.10, strength=0.95)
ROAR_SECONDS, GAPE_DEGREES = 5.6, 24.0


def tyrannosaur() -> Painting:
    """A huge head full of teeth, two tiny arms, a heavy tail."""
    return _tyrannosaur(walking=False, afoot=_tyrannosaur(walking=True))


def _tyrannosaur(*, walking: bool, afoot: Painting | None = None) -> Painting:
    stride = Stride(legs=(_leg(-0.10), _leg(0.0)), metres=4.5, walking=walking, middle=(-0.1, 0.55))
    near = stride.leg_layers(0, RADII, _hide(0.0), _foot(stride.legs[0], 0.0))
    far = stride.leg_layers(1, RADII, _hide(0.32), _foot(stride.legs[1], 0.32))
    fixed = (
        Layer(name="far-arm", box=(0.33, 0.36, 0.56, 0.62), draw=_arm(0.3), motion=swing(SHOULDER, 5.0, 2.7, late=0.3)),
        Layer(name="tail", box=(-1.36, 0.42, -0.10, 0.80), draw=_tail, motion=swing(ROOT, 3.4, 3.1), relief=ROUND),
        Layer(name="trunk", box=(-0.5, 0.35, 0.62, 0.98), draw=_trunk, motion=_breathe, relief=ROUND),
        Layer(name="mouth", box=(0.46, 0.68, 1.0, 0.90), draw=_bulky(_mouth), motion=_gaping(0.5), relief=Relief(strength=0.2)),
        Layer(name="jaw", box=(0.40, 0.62, 1.02, 0.92), draw=_bulky(_jaw), motion=_gaping(1.0), relief=Relief(radius=0.05, strength=0.9)),
        Layer(name="head", box=(0.36, 0.72, 1.12, 1.10), draw=_bulky(_head), motion=_look, relief=Relief(radius=0.07, strength=0.95)),
        Layer(name="near-arm", box=(0.28, 0.34, 0.56, 0.64), draw=_arm(0.0), motion=swing(SHOULDER, 6.0, 2.3)),
    )
    body = tuple(
        Layer(name=one.name, box=one.box, draw=one.draw, motion=stride.carried(one.motion), relief=one.relief) for one in fixed
    )
    return Painting(layers=(*far, *body, *near), speed=stride.speed, size=1.1, head=(0.4, 0.72, 1.05, 1.02), afoot=afoot)


def _leg(aside: float) -> Leg:
    return Leg(top=(-0.10 + aside, 0.52), knee=(0.04 + aside, 0.335), ankle=(-0.09 + aside, 0.175), foot=(-0.02 + aside, 0.055), hind=True)


def _roar(t: float, phase: float) -> float:
    """How wide the mouth is open, 0 to 1: now and then it roars, else it breathes."""
    place = (t / ROAR_SECONDS + phase + 0.35) % 1.0
    part = max(0.0, min(1.0, (place - 0.30) / 0.07, (0.62 - place) / 0.10))
    return 0.16 + 0.04 * math.sin(2 * math.pi * t / 3.0) + 0.8 * part * part * (3 - 2 * part)


def _bulky(draw: Draw) -> Draw:
    """A skull is deeper than it is drawn."""

    def drawn(canvas: "skia.Canvas") -> None:
        canvas.save()
        canvas.translate(0.5, 0.86)
        canvas.scale(1.07, 1.30)
        canvas.translate(-0.5, -0.86)
        draw(canvas)
        canvas.restore()

    return drawn


def _look(t: float, phase: float) -> tuple[Matrix, float]:
    """The head nods, and is thrown up to roar."""
    nod = 2.2 * math.sin(2 * math.pi * (t / 4.3 + phase)) + 9.0 * (_roar(t, phase) - 0.16)
    return turn(nod, NECK), 1.0


def _gaping(share: float) -> Motion:
    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        return join(_look(t, phase)[0], turn(-GAPE_DEGREES * share * _roar(t, phase), HINGE)), 1.0

    return motion


def _breathe(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.6), stretch=(1.0, 1.0 + 0.012 * math.sin(2 * math.pi * (t / 3.0 + phase)))), 1.0


def _hide(shade: float) -> Skin:
    def skin(canvas: "skia.Canvas", form: "skia.Path") -> None:
        hide(canvas, form, darker(SKIN, shade), 3)

    return skin


def _stripes(canvas: "skia.Canvas", marks: list[tuple[Point, Point]]) -> None:
    for (x, y), (low_x, low_y) in marks:
        mark = smooth([(x, y), ((x + low_x) / 2 - 0.012, (y + low_y) / 2), (low_x, low_y)], closed=False)
        canvas.drawPath(path(mark, closed=False), paint(darker(SKIN, 0.6), 0.5, line=0.034, blur=0.010))


def _tail(canvas: "skia.Canvas") -> None:
    form = path(ribbon([(-0.28, 0.60), (-0.6, 0.60), (-0.95, 0.62), (-1.32, 0.70)], [0.145, 0.105, 0.055, 0.010]))
    hide(canvas, form, SKIN, 1)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    _stripes(canvas, [((x, 0.80), (x - 0.03, 0.64)) for x in np.linspace(-1.15, -0.38, 8).tolist()])
    canvas.restore()


def _trunk(canvas: "skia.Canvas") -> None:
    form = path(smooth([(-0.44, 0.66), (-0.24, 0.735), (0.02, 0.755), (0.22, 0.765), (0.36, 0.84), (0.47, 0.945), (0.60, 0.90),
                        (0.595, 0.79), (0.52, 0.68), (0.47, 0.57), (0.36, 0.45), (0.14, 0.385), (-0.10, 0.39), (-0.32, 0.45),
                        (-0.45, 0.54)]))  # fmt: skip
    hide(canvas, form, SKIN, 2)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    belly = smooth([(0.56, 0.80), (0.44, 0.64), (0.30, 0.46), (0.05, 0.395), (-0.25, 0.43)], closed=False)
    canvas.drawPath(path(belly, closed=False), paint(BELLY, 0.62, line=0.11, blur=0.03))
    rises = [(x, 0.05 * max(0.0, x)) for x in np.linspace(-0.34, 0.3, 7).tolist()]
    _stripes(canvas, [((x, 0.78 + up), (x - 0.035, 0.60 + up)) for x, up in rises])
    canvas.restore()


def _arm(shade: float) -> Draw:
    tone = darker(SKIN, shade)

    def draw(canvas: "skia.Canvas") -> None:
        hide(canvas, path(ribbon([SHOULDER, (0.385, 0.47), (0.455, 0.455)], [0.042, 0.030, 0.022])), tone, 4)
        for tip in ((0.515, 0.452), (0.505, 0.425)):
            claw = ribbon([(0.462, 0.455), (0.49, 0.456), tip], [0.013, 0.010, 0.003])
            canvas.drawPath(path(claw), paint(darker(CLAW, shade)))

    return draw


def _foot(leg: Leg, shade: float) -> Draw:
    tone = darker(SKIN, shade)
    x, y = leg.foot

    def draw(canvas: "skia.Canvas") -> None:
        for ahead, thick in ((0.02, 0.034), (0.10, 0.033), (0.165, 0.030)):
            toe = path(ribbon([(x - 0.02, y), (x + ahead * 0.6, 0.042), (x + ahead, 0.026)], [0.044, thick, thick * 0.85]))
            hide(canvas, toe, tone, 5)
            claw = ribbon([(x + ahead + 0.008, 0.034), (x + ahead + 0.03, 0.024), (x + ahead + 0.048, 0.003)], [0.014, 0.011, 0.003])
            canvas.drawPath(path(claw), paint(darker(CLAW, shade)))

    return draw


def _teeth(canvas: "skia.Canvas", places: list[Point], length: float) -> None:
    """Teeth along a line, pointing down where `length` is below nothing."""
    for index, (x, y) in enumerate(places):
        long = length * (1.0, 0.72, 0.9, 0.65)[index % 4]
        fill(canvas, shape((x - 0.0125, y), (x + 0.0125, y), (x - 0.002, y + long)), TOOTH, depth=0.004, strength=0.3)


def _mouth(canvas: "skia.Canvas") -> None:
    canvas.drawPath(path(smooth([(0.50, 0.865), (0.70, 0.865), (0.93, 0.86), (0.94, 0.80), (0.72, 0.775), (0.52, 0.80)])), paint(MOUTH))
    canvas.drawPath(path(ribbon([(0.56, 0.815), (0.70, 0.805), (0.84, 0.825)], [0.03, 0.028, 0.016])), paint(colour("d3777a")))


def _jaw(canvas: "skia.Canvas") -> None:
    _teeth(canvas, [(float(x), 0.808 + 0.02 * float(x - 0.6)) for x in np.linspace(0.62, 0.915, 9)], 0.036)
    form = path(smooth([(0.46, 0.86), (0.52, 0.84), (0.60, 0.815), (0.78, 0.812), (0.93, 0.822), (0.965, 0.80), (0.93, 0.765),
                        (0.78, 0.735), (0.62, 0.73), (0.51, 0.755), (0.455, 0.80)]))  # fmt: skip
    hide(canvas, form, SKIN, 6)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    canvas.drawPath(path(oval((0.70, 0.735), 0.26, 0.03)), paint(BELLY, 0.6, blur=0.015))
    canvas.restore()


def _head(canvas: "skia.Canvas") -> None:
    _teeth(canvas, [(float(x), 0.842 - 0.03 * abs(float(x) - 0.82)) for x in np.linspace(0.63, 1.0, 11)], -0.05)
    form = path(smooth([(0.42, 0.86), (0.425, 0.94), (0.485, 0.995), (0.56, 0.995), (0.635, 1.005), (0.72, 0.975), (0.86, 0.965),
                        (0.98, 0.945), (1.035, 0.90), (1.03, 0.855), (0.95, 0.842), (0.82, 0.850), (0.68, 0.835), (0.58, 0.83),
                        (0.50, 0.80), (0.445, 0.81)]))  # fmt: skip
    hide(canvas, form, SKIN, 7)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    _stripes(canvas, [((0.46, 1.0), (0.45, 0.88)), ((0.53, 1.02), (0.51, 0.93))])
    lips = smooth([(0.57, 0.835), (0.70, 0.845), (0.84, 0.858), (1.02, 0.862)], closed=False)
    canvas.drawPath(path(lips, closed=False), paint(darker(SKIN, 0.7), 0.7, line=0.012))
    canvas.drawPath(path(oval((0.735, 0.915), 0.055, 0.032, 8)), paint(darker(SKIN, 0.55), 0.35, blur=0.012))
    canvas.restore()
    for x in np.linspace(0.76, 0.95, 5).tolist():
        canvas.drawPath(path(oval((x, 0.962 - 0.1 * (x - 0.76)), 0.020, 0.011)), paint(lighter(SKIN, 0.2), 0.8))
    canvas.drawPath(path(oval((0.985, 0.912), 0.017, 0.011, 30)), paint(darker(SKIN, 0.85)))
    eye(canvas, (0.625, 0.945), 0.024, iris=colour("e0a22c"))
    brow = smooth([(0.575, 0.972), (0.63, 0.985), (0.685, 0.955)], closed=False)
    canvas.drawPath(path(brow, closed=False), paint(darker(SKIN, 0.5), line=0.020))
