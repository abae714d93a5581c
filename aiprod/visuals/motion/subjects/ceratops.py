"""A triceratops that stands, breathes, nods its horned head and swings its tail.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.hides import hide
from aiprod.visuals.motion.subjects.ink import (
    Colour,
    capsule,
    colour,
    darker,
    eye,
    oval,
    paint,
    path,
    ribbon,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.painted import Layer, Painting, still, swing
from aiprod.visuals.motion.subjects.rig import Matrix, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

HIDE: Colour = colour("8a8f5a")
BELLY: Colour = colour("cfc193")
BONE: Colour = colour("efe3c6")
FRILL: Colour = colour("b8643f")
NECK, ROOT = (0.45, 0.56), (-0.62, 0.6)
ROUND = Relief(radius=0.12, strength=0.9)


def triceratops() -> Painting:
    """Three horns, a frill, four stout legs."""
    return Painting(layers=(
        Layer(name="tail", box=(-1.32, 0.2, -0.45, 0.8), draw=_tail, motion=swing(ROOT, 4.0, 3.7), relief=ROUND),
        Layer(name="far-legs", box=(-0.68, 0.0, 0.52, 0.5), draw=_legs(0.09, 0.28), motion=still, relief=ROUND),
        Layer(name="trunk", box=(-0.85, 0.18, 0.68, 0.92), draw=_trunk, motion=_breathe, relief=ROUND),
        Layer(name="near-legs", box=(-0.72, 0.0, 0.48, 0.52), draw=_legs(0.0, 0.0), motion=still, relief=ROUND),
        Layer(name="head", box=(0.22, 0.25, 1.25, 1.05), draw=_head, motion=swing(NECK, 3.2, 4.6), relief=ROUND),
    ), size=0.85, head=(0.3, 0.3, 1.2, 1.0))  # fmt: skip


def _breathe(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.2), stretch=(1.0, 1.0 + 0.011 * math.sin(2 * math.pi * (t / 3.3 + phase)))), 1.0


def _tail(canvas: "skia.Canvas") -> None:
    hide(canvas, path(ribbon([(-0.55, 0.58), (-0.8, 0.52), (-1.05, 0.40), (-1.27, 0.34)], [0.20, 0.13, 0.06, 0.012])), HIDE, 1)


def _trunk(canvas: "skia.Canvas") -> None:
    form = path(smooth([(-0.78, 0.55), (-0.62, 0.76), (-0.25, 0.865), (0.15, 0.82), (0.5, 0.72), (0.62, 0.55), (0.5, 0.37),
                        (0.15, 0.25), (-0.3, 0.23), (-0.66, 0.34)]))  # fmt: skip
    hide(canvas, form, HIDE, 2)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    canvas.drawPath(path(oval((-0.05, 0.2), 0.6, 0.13)), paint(BELLY, 0.65, blur=0.045))
    for x in np.linspace(-0.55, 0.4, 7):
        mark = smooth([(x, 0.88), (x - 0.035, 0.76), (x - 0.01, 0.63)], closed=False)
        canvas.drawPath(path(mark, closed=False), paint(darker(HIDE, 0.5), 0.45, line=0.045, blur=0.012))
    canvas.restore()


def _legs(aside: float, shade: float) -> Draw:
    tone = darker(HIDE, shade)

    def draw(canvas: "skia.Canvas") -> None:
        for x, thigh in ((-0.47, 0.17), (0.28, 0.13)):
            hip, foot = (x + aside, 0.36), (x + aside + 0.02, 0.07)
            hide(canvas, path(capsule(hip, thigh, foot, 0.085)), tone, 3)
            for toe in (-0.06, 0.0, 0.06):
                canvas.drawPath(path(oval((foot[0] + toe + 0.015, 0.022), 0.03, 0.022)), paint(darker(BONE, 0.25 + shade)))

    return draw


def _horn(canvas: "skia.Canvas", places: tuple[tuple[float, float], ...], thick: float) -> None:
    form = path(ribbon(places, [thick, thick * 0.7, 0.004]))
    canvas.drawPath(form, paint(BONE))
    shade_under(canvas, form, BONE, thick * 0.6)


def _head(canvas: "skia.Canvas") -> None:
    frill = path(smooth([(0.62, 0.50), (0.42, 0.47), (0.29, 0.60), (0.27, 0.80), (0.38, 0.965), (0.55, 0.99), (0.68, 0.86),
                         (0.72, 0.68)]))  # fmt: skip
    for a in np.linspace(1.35, 4.1, 9):
        x, y = 0.48 + 0.225 * math.cos(a), 0.73 + 0.265 * math.sin(a)
        canvas.drawPath(path(oval((x, y), 0.038, 0.03, math.degrees(a))), paint(BONE))
    hide(canvas, frill, FRILL, 5)
    for x, y, wide in ((0.42, 0.76, 0.07), (0.53, 0.82, 0.055)):
        canvas.drawPath(path(oval((x, y), wide, wide * 1.3, 20)), paint(darker(FRILL, 0.45), 0.45, blur=0.012))
        canvas.drawPath(path(oval((x, y), wide * 0.5, wide * 0.7, 20)), paint(colour("efc36a"), 0.6, blur=0.008))
    _horn(canvas, ((0.74, 0.70), (0.92, 0.83), (1.13, 0.93)), 0.042)
    skull = path(smooth([(0.52, 0.60), (0.62, 0.74), (0.76, 0.735), (0.92, 0.615), (1.05, 0.54), (1.115, 0.44), (1.09, 0.34),
                         (1.0, 0.375), (0.86, 0.37), (0.66, 0.40), (0.54, 0.48)]))  # fmt: skip
    hide(canvas, skull, HIDE, 6)
    beak = path(smooth([(1.02, 0.54), (1.08, 0.51), (1.125, 0.43), (1.09, 0.33), (1.045, 0.375), (1.01, 0.44)]))
    canvas.drawPath(beak, paint(darker(BONE, 0.2)))
    shade_under(canvas, beak, BONE, 0.02)
    _horn(canvas, ((0.70, 0.715), (0.83, 0.865), (1.04, 1.0)), 0.05)
    _horn(canvas, ((0.98, 0.56), (1.015, 0.62), (1.04, 0.69)), 0.034)
    mouth = smooth([(1.06, 0.385), (0.92, 0.425), (0.78, 0.43)], closed=False)
    canvas.drawPath(path(mouth, closed=False), paint(darker(HIDE, 0.8), line=0.011))
    canvas.drawPath(path(oval((1.0, 0.5), 0.017, 0.012)), paint(darker(HIDE, 0.8)))
    eye(canvas, (0.79, 0.605), 0.03, iris=colour("9a5a1f"))
    lid = smooth([(0.745, 0.625), (0.79, 0.65), (0.835, 0.625)], closed=False)
    canvas.drawPath(path(lid, closed=False), paint(darker(HIDE, 0.55), line=0.016))
