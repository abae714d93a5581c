"""An ostrich and an emu: great birds that run, on two bare legs, with a long neck and plumes that cannot carry them.

Knows their looks and motion.
"""

import math
from dataclasses import dataclass
from functools import partial
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
from aiprod.visuals.motion.subjects.rig import Matrix, Point, turn
from aiprod.visuals.motion.subjects.skeleton import Leg
from aiprod.visuals.motion.subjects.striding import Skin, Stride
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

NECK, WING, RUMP = (0.13, 0.56), (0.06, 0.60), (-0.27, 0.55)
RADII = (0.085, 0.048, 0.021, 0.016)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What tells one great bird from another: `bare` is the skin of neck and legs, `quills` the wing's, `toes` on each foot."""

    plumes: Colour
    quills: Colour
    tail: Colour
    bare: Colour
    shank: Colour
    beak: Colour
    cap: Colour
    toes: int


OSTRICH = Looks(
    plumes=colour("2d2a2b"), quills=colour("f4efe6"), tail=colour("e9dfcd"), bare=colour("cfa595"), shank=colour("c99a86"),
    beak=colour("d8a57c"), cap=colour("8f7769"), toes=2,
)  # fmt: skip
EMU = Looks(
    plumes=colour("6f5846"), quills=colour("8a705a"), tail=colour("5e4938"), bare=colour("7d93a6"), shank=colour("6b625a"),
    beak=colour("4a4440"), cap=colour("33291f"), toes=3,
)  # fmt: skip


def ostrich() -> Painting:
    """Black plumes, white quills, a bare neck, two toes."""
    return _bird(OSTRICH, walking=False, afoot=_bird(OSTRICH, walking=True))


def emu() -> Painting:
    """Brown and shaggy, a bluish neck, three toes."""
    return _bird(EMU, walking=False, afoot=_bird(EMU, walking=True))


def _bird(looks: Looks, *, walking: bool, afoot: Painting | None = None) -> Painting:
    stride = Stride(legs=(_leg(-0.02), _leg(0.06)), metres=2.0, walking=walking, middle=(-0.05, 0.55))
    near = stride.leg_layers(0, RADII, _shank(looks, 0.0), _foot(looks, stride.legs[0], 0.0))
    far = stride.leg_layers(1, RADII, _shank(looks, 0.28), _foot(looks, stride.legs[1], 0.28))
    fixed = (
        Layer(name="tail", box=(-0.50, 0.36, -0.16, 0.70), draw=partial(_tail, looks=looks), motion=swing(RUMP, 4.0, 2.7),
              relief=Relief(radius=0.04)),
        Layer(name="head", box=(-0.08, 0.38, 0.44, 1.02), draw=partial(_head, looks=looks), motion=_look_about,
              relief=Relief(radius=0.035, strength=0.9)),
        Layer(name="trunk", box=(-0.38, 0.36, 0.26, 0.74), draw=partial(_trunk, looks=looks), motion=_breathe,
              relief=Relief(radius=0.12, strength=0.9)),
        Layer(name="wing", box=(-0.38, 0.36, 0.18, 0.70), draw=partial(_wing, looks=looks), motion=_lift,
              relief=Relief(radius=0.06, strength=0.8)),
    )  # fmt: skip
    tail, head, trunk, wing = (
        Layer(name=one.name, box=one.box, draw=one.draw, motion=stride.carried(one.motion), relief=one.relief) for one in fixed
    )
    return Painting(layers=(*far, tail, head, *near, trunk, wing), speed=stride.speed, head=(0.14, 0.80, 0.42, 1.0), afoot=afoot)


def _leg(aside: float) -> Leg:
    return Leg(top=(-0.03 + aside, 0.47), knee=(0.05 + aside, 0.385), ankle=(-0.045 + aside, 0.225), foot=(0.0 + aside, 0.035), hind=True)


def _breathe(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.45), stretch=(1.0, 1.0 + 0.01 * math.sin(2 * math.pi * (t / 2.6 + phase)))), 1.0


def _look_about(t: float, phase: float) -> tuple[Matrix, float]:
    """The neck sways, and turns in short moves, as birds do."""
    slow, quick = math.sin(2 * math.pi * (t / 4.3 + phase)), math.tanh(3.0 * math.sin(2 * math.pi * (t / 2.9 + phase)))
    return turn(2.5 * slow + 2.0 * quick, NECK), 1.0


def _lift(t: float, phase: float) -> tuple[Matrix, float]:
    up = max(0.0, math.sin(2 * math.pi * (t / 4.9 + phase))) ** 4
    return turn(-9.0 * up, WING), 1.0


def _shank(looks: Looks, shade: float) -> Skin:
    tone = darker(looks.shank, shade)

    def skin(canvas: "skia.Canvas", form: "skia.Path") -> None:
        canvas.drawPath(form, paint(tone))
        shade_under(canvas, form, tone, 0.016)

    return skin


def _foot(looks: Looks, leg: Leg, shade: float) -> Draw:
    x, y = leg.foot
    tone = darker(looks.shank, shade)

    def draw(canvas: "skia.Canvas") -> None:
        for ahead in (0.05, 0.075, 0.03)[: looks.toes]:
            toe = path(ribbon([(x, y), (x + ahead * 0.5, 0.024), (x + ahead, 0.012)], [0.018, 0.016, 0.011]))
            canvas.drawPath(toe, paint(tone))
            shade_under(canvas, toe, tone, 0.008)
        canvas.drawPath(path(oval((x + 0.078, 0.009), 0.012, 0.007)), paint(darker(tone, 0.6)))

    return draw


def _plumage(canvas: "skia.Canvas", form: "skia.Path", tone: Colour, seed: int) -> None:
    """Loose plumes that hang backwards."""
    bounds = form.getBounds()
    random = np.random.default_rng(seed)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for _ in range(round(1500 * bounds.width() * bounds.height())):
        x, y = random.uniform(bounds.left(), bounds.right()), random.uniform(bounds.top(), bounds.bottom())
        shade = mix(darker(tone, 0.4), lighter(tone, 0.35), float(random.random()))
        plume = smooth([(x, y), (x - 0.028, y - 0.012), (x - 0.052, y - 0.034)], closed=False)
        canvas.drawPath(path(plume, closed=False), paint(shade, 0.5, line=0.008))
    canvas.restore()


def _trunk(canvas: "skia.Canvas", looks: Looks) -> None:
    tone = looks.plumes
    form = path(smooth([(-0.33, 0.58), (-0.22, 0.67), (-0.04, 0.70), (0.11, 0.665), (0.20, 0.585), (0.205, 0.50), (0.13, 0.425),
                        (0.02, 0.395), (-0.12, 0.40), (-0.25, 0.44), (-0.33, 0.50)]))  # fmt: skip
    canvas.drawPath(form, ramp([(0.0, darker(tone, 0.45)), (0.55, tone), (1.0, lighter(tone, 0.22))], (0.0, 0.4), (0.0, 0.70)))
    _plumage(canvas, form, lighter(tone, 0.12), 2)
    shade_under(canvas, form, tone, 0.05, strength=0.45)


def _tail(canvas: "skia.Canvas", looks: Looks) -> None:
    ends = ((-0.41, 0.60, (-0.47, 0.52)), (-0.40, 0.55, (-0.44, 0.45)), (-0.36, 0.51, (-0.39, 0.41)), (-0.33, 0.49, (-0.34, 0.39)))
    for x, y, tip in ends:
        curl = path(ribbon([RUMP, ((x + RUMP[0]) / 2, y + 0.015), (x, y), tip], [0.075, 0.055, 0.040, 0.010]))
        canvas.drawPath(curl, paint(looks.tail))
        _plumage(canvas, curl, looks.tail, 5)
        shade_under(canvas, curl, looks.tail, 0.018)


def _wing(canvas: "skia.Canvas", looks: Looks) -> None:
    form = path(smooth([(0.12, 0.60), (0.02, 0.645), (-0.12, 0.63), (-0.25, 0.57), (-0.31, 0.49), (-0.24, 0.44), (-0.10, 0.435),
                        (0.04, 0.455), (0.11, 0.52)]))  # fmt: skip
    for start in range(8):
        x = 0.02 - 0.044 * start
        root: Point = (x + 0.05, 0.50 + 0.004 * start)
        quill = path(ribbon([root, (x, 0.450 + 0.005 * start), (x - 0.050, 0.392 + 0.013 * start)], [0.034, 0.034, 0.012]))
        canvas.drawPath(quill, paint(looks.quills))
        _plumage(canvas, quill, looks.quills, 11 + start)
        shade_under(canvas, quill, looks.quills, 0.012)
    tone = lighter(looks.plumes, 0.06)
    canvas.drawPath(form, ramp([(0.0, darker(tone, 0.3)), (1.0, lighter(tone, 0.16))], (0.0, 0.43), (0.0, 0.65)))
    _plumage(canvas, form, lighter(tone, 0.16), 6)
    shade_under(canvas, form, tone, 0.03)


def _head(canvas: "skia.Canvas", looks: Looks) -> None:
    neck = path(ribbon([(0.09, 0.55), (0.165, 0.62), (0.185, 0.72), (0.165, 0.82), (0.20, 0.92), (0.235, 0.945)],
                       [0.085, 0.052, 0.032, 0.026, 0.026, 0.030]))  # fmt: skip
    tones = [(0.0, darker(looks.bare, 0.25)), (0.6, looks.bare), (1.0, lighter(looks.bare, 0.2))]
    canvas.drawPath(neck, ramp(tones, (0.10, 0.7), (0.22, 0.7)))
    shade_under(canvas, neck, looks.bare, 0.022)
    canvas.saveLayer()
    collar = path(ribbon([(0.07, 0.53), (0.15, 0.60), (0.18, 0.67)], [0.10, 0.072, 0.045]))
    canvas.drawPath(collar, paint(looks.plumes))
    _plumage(canvas, collar, lighter(looks.plumes, 0.12), 3)
    fade(canvas, (0.18, 0.70), (0.165, 0.63))
    canvas.restore()
    beak = path(smooth([(0.265, 0.965), (0.325, 0.955), (0.385, 0.935), (0.40, 0.918), (0.36, 0.912), (0.27, 0.915)]))
    lower = path(smooth([(0.255, 0.925), (0.33, 0.918), (0.375, 0.912), (0.345, 0.898), (0.26, 0.902)]))
    canvas.drawPath(lower, paint(darker(looks.beak, 0.3)))
    skull = path(smooth([(0.175, 0.95), (0.205, 0.985), (0.255, 0.992), (0.295, 0.968), (0.30, 0.93), (0.265, 0.90), (0.205, 0.905)]))
    canvas.drawPath(skull, paint(looks.bare))
    canvas.save()
    canvas.clipPath(skull, doAntiAlias=True)
    canvas.drawPath(path(oval((0.235, 1.0), 0.075, 0.035, -6)), paint(looks.cap, 0.85, blur=0.010))
    canvas.restore()
    shade_under(canvas, skull, looks.bare, 0.018)
    canvas.drawPath(beak, ramp([(0.0, lighter(looks.beak, 0.15)), (1.0, darker(looks.beak, 0.2))], (0.27, 0.95), (0.40, 0.91)))
    shade_under(canvas, beak, looks.beak, 0.012)
    canvas.drawPath(path(oval((0.315, 0.945), 0.010, 0.004, -10)), paint(darker(looks.beak, 0.75)))
    eye(canvas, (0.255, 0.952), 0.017, iris=colour("5a3a22"))
    for lash in range(4):
        x = 0.243 + 0.009 * lash
        canvas.drawPath(path(smooth([(x, 0.967), (x + 0.002 * (lash - 1), 0.980)], closed=False), closed=False),
                        paint(darker(looks.cap, 0.6), line=0.004))  # fmt: skip
