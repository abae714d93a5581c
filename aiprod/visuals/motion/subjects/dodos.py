"""A dodo: a stout grey bird that cannot fly, with a hooked beak, small wings and a plume of a tail.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    colour,
    darker,
    eye,
    fade,
    lighter,
    mix,
    oval,
    paint,
    path,
    ramp,
    ribbon,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.painted import Layer, Painting, swing
from aiprod.visuals.motion.subjects.rig import Matrix, turn
from aiprod.visuals.motion.subjects.skeleton import Leg
from aiprod.visuals.motion.subjects.striding import Skin, Stride
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

DOWN: Colour = colour("8d949c")
BREAST: Colour = colour("c9cbc9")
PLUME: Colour = colour("f3efe4")
SHANK: Colour = colour("e0a33c")
BARE: Colour = colour("d8c9b4")
NECK, WING, RUMP = (0.20, 0.56), (-0.02, 0.52), (-0.32, 0.52)
RADII = (0.062, 0.030, 0.024, 0.022)
ROUND = Relief(radius=0.10, strength=0.9)


def dodo() -> Painting:
    """A round body on short yellow legs, a bare face, a heavy hooked beak."""
    return _dodo(walking=False, afoot=_dodo(walking=True))


def _dodo(*, walking: bool, afoot: Painting | None = None) -> Painting:
    stride = Stride(legs=(_leg(0.0), _leg(0.09)), metres=0.9, walking=walking, middle=(0.0, 0.4))
    near = stride.leg_layers(0, RADII, _shank(0.0), _foot(stride.legs[0], 0.0))
    far = stride.leg_layers(1, RADII, _shank(0.3), _foot(stride.legs[1], 0.3))
    fixed = (
        Layer(name="plume", box=(-0.64, 0.38, -0.18, 0.88), draw=_plume, motion=swing(RUMP, 5.0, 2.6), relief=Relief(radius=0.04)),
        Layer(name="trunk", box=(-0.46, 0.14, 0.40, 0.72), draw=_trunk, motion=_breathe, relief=ROUND),
        Layer(name="head", box=(0.04, 0.44, 0.72, 1.02), draw=_head, motion=_peck, relief=Relief(radius=0.07, strength=0.9)),
        Layer(name="wing", box=(-0.30, 0.28, 0.14, 0.60), draw=_wing, motion=_flutter, relief=Relief(radius=0.05, strength=0.8)),
    )
    trunk, *others = (
        Layer(name=one.name, box=one.box, draw=one.draw, motion=stride.carried(one.motion), relief=one.relief)
        for one in (fixed[1], fixed[0], *fixed[2:])
    )
    plume, *front = others
    return Painting(layers=(*far, plume, *near, trunk, *front), speed=stride.speed, head=(0.12, 0.7, 0.7, 1.0), afoot=afoot)


def _leg(aside: float) -> Leg:
    return Leg(top=(-0.02 + aside, 0.30), knee=(0.03 + aside, 0.22), ankle=(-0.03 + aside, 0.13), foot=(0.0 + aside, 0.03), hind=True)


def _breathe(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.3), stretch=(1.0, 1.0 + 0.012 * math.sin(2 * math.pi * (t / 2.4 + phase)))), 1.0


def _peck(t: float, phase: float) -> tuple[Matrix, float]:
    """It looks about in short turns, as birds do."""
    wave = math.sin(2 * math.pi * (t / 3.1 + phase))
    return turn(5.0 * math.tanh(3.0 * wave), NECK), 1.0


def _flutter(t: float, phase: float) -> tuple[Matrix, float]:
    lift = max(0.0, math.sin(2 * math.pi * (t / 3.7 + phase))) ** 6
    return turn(-lift * (12.0 + 8.0 * math.sin(2 * math.pi * t * 3.1)), WING), 1.0


def _shank(shade: float) -> Skin:
    def skin(canvas: "skia.Canvas", form: "skia.Path") -> None:
        tone = darker(SHANK, shade)
        canvas.drawPath(form, paint(tone))
        shade_under(canvas, form, tone, 0.014)

    return skin


def _foot(leg: Leg, shade: float) -> Draw:
    x, y = leg.foot
    tone = darker(SHANK, shade)

    def draw(canvas: "skia.Canvas") -> None:
        for ahead in (-0.055, 0.05, 0.085, 0.105):
            toe = path(ribbon([(x, y), (x + ahead * 0.5, 0.022), (x + ahead, 0.012)], [0.022, 0.016, 0.011]))
            canvas.drawPath(toe, paint(tone))
            shade_under(canvas, toe, tone, 0.008)
            canvas.drawPath(path(oval((x + ahead, 0.008), 0.012, 0.008)), paint(darker(tone, 0.7)))

    return draw


def _feathers(canvas: "skia.Canvas", form: "skia.Path", tone: Colour, seed: int) -> None:
    """Short down in rows."""
    bounds = form.getBounds()
    random = np.random.default_rng(seed)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for _ in range(round(900 * bounds.width() * bounds.height())):
        x, y = random.uniform(bounds.left(), bounds.right()), random.uniform(bounds.top(), bounds.bottom())
        shade = mix(darker(tone, 0.35), lighter(tone, 0.45), float(random.random()))
        tuft = smooth([(x, y), (x - 0.016, y - 0.014), (x - 0.036, y - 0.020)], closed=False)
        canvas.drawPath(path(tuft, closed=False), paint(shade, 0.45, line=0.007))
    canvas.restore()


def _trunk(canvas: "skia.Canvas") -> None:
    form = path(smooth([(-0.40, 0.50), (-0.30, 0.60), (-0.10, 0.645), (0.10, 0.65), (0.26, 0.62), (0.345, 0.50), (0.32, 0.35),
                        (0.20, 0.235), (0.0, 0.195), (-0.20, 0.235), (-0.34, 0.35)]))  # fmt: skip
    canvas.drawPath(form, ramp([(0.0, darker(DOWN, 0.5)), (0.5, DOWN), (1.0, lighter(DOWN, 0.15))], (0.0, 0.2), (0.0, 0.65)))
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    canvas.drawPath(path(oval((0.24, 0.36), 0.15, 0.19, 20)), paint(BREAST, 0.75, blur=0.05))
    canvas.restore()
    _feathers(canvas, form, DOWN, 2)
    shade_under(canvas, form, DOWN, 0.05, strength=0.5)


def _plume(canvas: "skia.Canvas") -> None:
    for x, y, tip in ((-0.50, 0.70, -0.55), (-0.44, 0.755, -0.52), (-0.54, 0.60, -0.56), (-0.40, 0.66, -0.46)):
        curl = path(ribbon([RUMP, ((x + RUMP[0]) / 2, y), (x, y + 0.01), (tip, y - 0.06)], [0.05, 0.055, 0.042, 0.012]))
        canvas.drawPath(curl, paint(PLUME))
        shade_under(canvas, curl, PLUME, 0.018)
        _feathers(canvas, curl, PLUME, 5)


def _wing(canvas: "skia.Canvas") -> None:
    form = path(smooth([(0.10, 0.53), (-0.02, 0.565), (-0.14, 0.53), (-0.24, 0.43), (-0.27, 0.345), (-0.16, 0.36), (-0.02, 0.36),
                        (0.09, 0.43)]))  # fmt: skip
    tone = darker(DOWN, 0.15)
    canvas.drawPath(form, paint(tone))
    _feathers(canvas, form, tone, 6)
    shade_under(canvas, form, tone, 0.03)
    for low in (0.0, 0.05, 0.10):
        quill = smooth([(0.02 - low, 0.47), (-0.12 - low * 0.6, 0.42 - low * 0.3), (-0.255 + low * 0.8, 0.35 + low * 0.05)], closed=False)
        canvas.drawPath(path(quill, closed=False), paint(lighter(PLUME, 0.2), 0.75, line=0.013))


def _head(canvas: "skia.Canvas") -> None:
    neck = path(smooth([(0.09, 0.52), (0.10, 0.66), (0.145, 0.80), (0.17, 0.93), (0.255, 0.985), (0.355, 0.96), (0.395, 0.87), (0.35, 0.79),
                        (0.33, 0.70), (0.345, 0.58), (0.30, 0.48), (0.18, 0.47)]))  # fmt: skip
    canvas.saveLayer()
    canvas.drawPath(neck, ramp([(0.0, DOWN), (0.6, darker(DOWN, 0.08)), (1.0, lighter(DOWN, 0.1))], (0.2, 0.5), (0.25, 1.0)))
    _feathers(canvas, neck, DOWN, 3)
    shade_under(canvas, neck, DOWN, 0.035)
    fade(canvas, (0.2, 0.49), (0.2, 0.60))
    canvas.restore()
    face = path(smooth([(0.30, 0.965), (0.385, 0.94), (0.42, 0.875), (0.38, 0.81), (0.305, 0.825), (0.27, 0.895)]))
    canvas.drawPath(face, paint(BARE))
    shade_under(canvas, face, BARE, 0.02)
    beak = path(smooth([(0.36, 0.935), (0.46, 0.925), (0.56, 0.915), (0.645, 0.875), (0.675, 0.80), (0.645, 0.755), (0.625, 0.81),
                        (0.56, 0.835), (0.44, 0.83), (0.36, 0.835)]))  # fmt: skip
    lower = path(smooth([(0.37, 0.85), (0.50, 0.84), (0.61, 0.815), (0.605, 0.785), (0.50, 0.785), (0.38, 0.80)]))
    canvas.drawPath(lower, paint(darker(SHANK, 0.35)))
    canvas.drawPath(beak, ramp([(0.0, BARE), (0.45, lighter(SHANK, 0.25)), (0.8, darker(SHANK, 0.25)), (1.0, darker(SHANK, 0.7))],
                               (0.36, 0.9), (0.68, 0.78)))  # fmt: skip
    shade_under(canvas, beak, SHANK, 0.022)
    canvas.drawPath(path(oval((0.50, 0.885), 0.022, 0.008, -8)), paint(darker(SHANK, 0.85)))
    eye(canvas, (0.335, 0.905), 0.023, iris=colour("c98a1f"))
