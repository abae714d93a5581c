"""A brain whose thoughts flash over it, and a heart that beats.

Knows their looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    ball,
    colour,
    darker,
    lighter,
    oval,
    paint,
    path,
    ribbon,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.masonry import glow, line
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Motion, Painting, twinkle
from aiprod.visuals.motion.subjects.rig import Box, Matrix, Point, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

GREY: Colour = colour("e3a39b")
MUSCLE: Colour = colour("b8332f")
ARTERY: Colour = colour("cf4a40")
VEIN: Colour = colour("3f5aa8")
BEAT_SECONDS = 1.05
_CORTEX: tuple[Point, ...] = (
    (-0.58, 0.52), (-0.57, 0.70), (-0.44, 0.88), (-0.20, 0.985), (0.08, 1.0), (0.36, 0.94), (0.55, 0.79), (0.62, 0.60), (0.56, 0.44),
    (0.40, 0.36), (0.28, 0.27), (0.10, 0.27), (-0.02, 0.36), (-0.22, 0.40), (-0.44, 0.40),
)  # fmt: skip
_SPARKS: tuple[tuple[Point, ...], ...] = (
    ((-0.34, 0.62), (-0.18, 0.74), (0.02, 0.70)), ((0.08, 0.82), (0.26, 0.72), (0.42, 0.58)), ((-0.28, 0.44), (-0.06, 0.52), (0.16, 0.46)),
    ((0.22, 0.40), (0.36, 0.46), (0.44, 0.36)), ((-0.12, 0.88), (0.04, 0.92), (0.20, 0.86)),
)  # fmt: skip


def brain() -> Painting:
    """Folds seen from the side, the little brain and the stem below, and sparks that run along its ways."""
    sparks = tuple(
        Layer(name=f"spark-{i}", box=_around(ways), draw=_spark(ways), relief=FLAT, glow=2.8,
              motion=twinkle(1.3 + 0.35 * i, late=0.21 * i))
        for i, ways in enumerate(_SPARKS)
    )  # fmt: skip
    return Painting(layers=(
        Layer(name="stem", box=(-0.24, -0.06, 0.18, 0.50), draw=_stem, motion=_breathing),
        Layer(name="folds", box=(-0.64, 0.18, 0.66, 1.02), draw=_folds, motion=_breathing, relief=Relief(radius=0.05, strength=0.9)),
        *sparks,
    ), bearing="drifts", extent=(-0.6, 0.0, 0.62, 1.0))  # fmt: skip


def _breathing(t: float, phase: float) -> tuple[Matrix, float]:
    swell = 1.0 + 0.012 * math.sin(2 * math.pi * (t / 2.2 + phase))
    return turn(0.0, (0.0, 0.5), stretch=(swell, swell)), 1.0


def _around(ways: tuple[Point, ...]) -> Box:
    xs, ys = [x for x, _ in ways], [y for _, y in ways]
    return min(xs) - 0.11, min(ys) - 0.11, max(xs) + 0.11, max(ys) + 0.11


def _spark(ways: tuple[Point, ...]) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        way = [(float(x), float(y)) for x, y in smooth(list(ways), closed=False)]
        line(canvas, way, (1.0, 0.86, 0.45), 0.014, 0.40)
        for place in ways:
            glow(canvas, place, 0.085, (1.0, 0.88, 0.55), 0.5)

    return draw


def _stem(canvas: "skia.Canvas") -> None:
    stem = path(ribbon([(0.06, 0.36), (-0.01, 0.20), (-0.03, 0.02)], [0.10, 0.070, 0.055]))
    canvas.drawPath(stem, paint(darker(GREY, 0.15)))
    shade_under(canvas, stem, GREY, 0.03)


def _folds(canvas: "skia.Canvas") -> None:
    little = path(oval((-0.30, 0.30), 0.20, 0.115, 8))
    canvas.drawPath(little, paint(darker(GREY, 0.22)))
    canvas.save()
    canvas.clipPath(little, doAntiAlias=True)
    for y in np.linspace(0.20, 0.40, 8).tolist():
        fold = smooth([(-0.52, y - 0.02), (-0.30, y + 0.02), (-0.08, y - 0.02)], closed=False)
        canvas.drawPath(path(fold, closed=False), paint(darker(GREY, 0.6), 0.7, line=0.010))
    canvas.restore()
    shade_under(canvas, little, GREY, 0.03)
    form = path(smooth(_CORTEX))
    canvas.drawPath(form, ball((-0.02, 0.70), 0.62, GREY, light=0.25, shade=0.35))
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    edge = np.asarray(smooth(_CORTEX), np.float64)
    middle = np.array((0.02, 0.66))
    for ring, share in enumerate((0.90, 0.74, 0.58, 0.42, 0.25)):
        run = np.linspace(0.0, 2 * np.pi, len(edge))
        wave = 1.0 + 0.085 * np.sin(run * (13 - 2 * ring) + ring) + 0.05 * np.sin(run * (23 - 3 * ring) + 2.0 * ring)
        fold = middle + (edge - middle) * (share * wave)[:, None]
        canvas.drawPath(path(fold + np.array([-0.006, 0.016])), paint(lighter(GREY, 0.45), 0.60, line=0.026, blur=0.006))
        canvas.drawPath(path(fold), paint(darker(GREY, 0.62), 0.80, line=0.017))
        for start in range(ring * 5, len(edge), 26):  # short ways between one fold and the next
            root = fold[start % len(fold)]
            tip = middle + (root - middle) * 0.86 + np.array([0.02, -0.01])
            way = np.array([root, (root + tip) / 2 + np.array([-0.012, 0.012]), tip])
            canvas.drawPath(path(way, closed=False), paint(darker(GREY, 0.60), 0.75, line=0.015))
    for groove in ([(-0.02, 0.36), (0.18, 0.47), (0.42, 0.60)], [(0.04, 1.0), (0.0, 0.80), (0.10, 0.58)]):
        deep = smooth(groove, closed=False)
        canvas.drawPath(path(deep, closed=False), paint(darker(GREY, 0.75), 0.85, line=0.020))
    canvas.restore()
    shade_under(canvas, form, GREY, 0.06, strength=0.5)


def heart() -> Painting:
    """The heart of flesh with its great vessels."""
    return Painting(layers=(
        Layer(name="halo", box=(-0.6, 0.0, 0.6, 0.9), draw=_halo, motion=_beating(0.5), relief=FLAT, glow=1.6),
        Layer(name="vessels", box=(-0.42, 0.46, 0.48, 1.06), draw=_vessels, relief=Relief(radius=0.04, strength=0.9)),
        Layer(name="muscle", box=(-0.42, -0.02, 0.46, 0.74), draw=_muscle, motion=_beating(1.0), relief=Relief(radius=0.10, strength=0.95)),
    ), bearing="drifts", extent=(-0.42, 0.0, 0.44, 1.0))  # fmt: skip


def _pulse(t: float, phase: float) -> float:
    """Two strokes a beat, the second weaker."""
    place = (t / BEAT_SECONDS + phase) % 1.0
    return math.exp(-(((place - 0.12) / 0.06) ** 2)) + 0.55 * math.exp(-(((place - 0.36) / 0.07) ** 2))


def _beating(strength: float) -> Motion:
    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        pulse = strength * _pulse(t, phase)
        return turn(1.5 * pulse, (0.02, 0.62), stretch=(1.0 - 0.06 * pulse, 1.0 - 0.045 * pulse)), 1.0

    return motion


def _halo(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.02, 0.40), 0.52, (1.0, 0.30, 0.28), 0.16)


def _vessels(canvas: "skia.Canvas") -> None:
    for spine, radii, tone in (
        ([(-0.20, 0.58), (-0.21, 0.78), (-0.20, 0.98)], [0.060, 0.056, 0.052], VEIN),
        ([(0.10, 0.60), (0.06, 0.80), (0.20, 0.90), (0.36, 0.80), (0.40, 0.62)], [0.085, 0.080, 0.078, 0.060, 0.050], ARTERY),
        ([(0.10, 0.86), (0.08, 0.98)], [0.034, 0.030], ARTERY), ([(0.20, 0.88), (0.21, 1.0)], [0.032, 0.028], ARTERY),
        ([(0.29, 0.86), (0.33, 0.97)], [0.030, 0.026], ARTERY),
        ([(-0.02, 0.58), (-0.06, 0.72), (-0.22, 0.80), (-0.36, 0.77)], [0.075, 0.066, 0.048, 0.036], VEIN),
    ):  # fmt: skip
        form = path(ribbon(spine, radii))
        canvas.drawPath(form, paint(tone))
        shade_under(canvas, form, tone, 0.03, strength=0.55)


def _muscle(canvas: "skia.Canvas") -> None:
    form = path(smooth([(-0.30, 0.66), (-0.38, 0.50), (-0.34, 0.32), (-0.20, 0.14), (0.02, 0.015), (0.16, 0.02), (0.30, 0.14), (0.41, 0.33),
                        (0.43, 0.50), (0.34, 0.64), (0.18, 0.68), (0.02, 0.63), (-0.14, 0.70)]))  # fmt: skip
    canvas.drawPath(form, ball((-0.02, 0.42), 0.44, MUSCLE, light=0.28, shade=0.5))
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    furrow = smooth([(0.10, 0.66), (0.06, 0.46), (0.12, 0.26), (0.14, 0.04)], closed=False)
    canvas.drawPath(path(furrow, closed=False), paint(darker(MUSCLE, 0.6), 0.7, line=0.05, blur=0.016))
    canvas.drawPath(path(smooth([(-0.34, 0.56), (-0.08, 0.50), (0.20, 0.55), (0.42, 0.50)], closed=False), closed=False),
                    paint(colour("e8c27a"), 0.55, line=0.055, blur=0.014))  # fmt: skip
    for places, tone in (
        (((0.10, 0.60), (0.07, 0.42), (0.13, 0.22), (0.12, 0.08)), ARTERY), (((0.08, 0.40), (-0.06, 0.32), (-0.12, 0.18)), ARTERY),
        (((0.11, 0.32), (0.22, 0.26), (0.28, 0.16)), VEIN), (((0.18, 0.54), (0.26, 0.42), (0.34, 0.32)), VEIN),
        (((-0.16, 0.54), (-0.22, 0.40), (-0.20, 0.26)), VEIN), (((0.09, 0.50), (0.20, 0.46), (0.30, 0.44)), ARTERY),
    ):  # fmt: skip
        vessel = path(ribbon(list(places), [0.020, 0.014, 0.005]))
        canvas.drawPath(vessel, paint(lighter(tone, 0.12)))
        shade_under(canvas, vessel, tone, 0.008)
    canvas.restore()
    shade_under(canvas, form, MUSCLE, 0.07, strength=0.55)
    canvas.drawPath(path(oval((-0.20, 0.52), 0.055, 0.09, 28)), paint((1, 1, 1), 0.30, blur=0.022))
