"""An emperor penguin that waddles, flaps and looks about.

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
    lighter,
    oval,
    paint,
    path,
    ramp,
    ribbon,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.painted import Layer, Motion, Painting
from aiprod.visuals.motion.subjects.rig import Matrix, join, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

COAT: Colour = colour("2b303a")
SHIRT: Colour = colour("f4f1ea")
GOLD: Colour = colour("f2b63c")
HORN: Colour = colour("3b3330")
SHOULDER, NECK = (0.02, 0.66), (0.04, 0.76)
STEP_SECONDS, SPEED = 1.05, 0.22
ROUND = Relief(radius=0.10, strength=0.9)


def penguin() -> Painting:
    """A tailcoat, a white front, gold at the neck."""
    return _penguin(walking=False, afoot=_penguin(walking=True))


def _penguin(*, walking: bool, afoot: Painting | None = None) -> Painting:
    def carried(motion: Motion) -> Motion:
        def moved(t: float, phase: float) -> tuple[Matrix, float]:
            matrix, opacity = motion(t, phase)
            return join(_waddle(t, phase) if walking else turn(0.0, (0.0, 0.0)), matrix), opacity

        return moved

    flap = 9.0 if walking else 4.0
    seconds = STEP_SECONDS if walking else 2.9
    return Painting(
        layers=(
            Layer(name="far-foot", box=(-0.06, 0.0, 0.24, 0.12), draw=_foot(0.05, 0.3), motion=_step(0.5) if walking else _still),
            Layer(name="near-foot", box=(-0.14, 0.0, 0.18, 0.12), draw=_foot(-0.03, 0.0), motion=_step(0.0) if walking else _still),
            Layer(name="far-wing", box=(-0.04, 0.22, 0.34, 0.74), draw=_wing(0.16, 0.35),
                  motion=carried(_flapping((0.16, 0.64), flap, seconds))),
            Layer(name="trunk", box=(-0.36, 0.02, 0.34, 0.84), draw=_trunk, motion=carried(_breathe), relief=ROUND),
            Layer(name="head", box=(-0.16, 0.68, 0.46, 1.04), draw=_head, motion=carried(_look), relief=Relief(radius=0.06, strength=0.9)),
            Layer(name="wing", box=(-0.24, 0.24, 0.14, 0.72), draw=_wing(0.0, 0.0), motion=carried(_flapping(SHOULDER, -flap, seconds)),
                  relief=Relief(radius=0.04, strength=0.9)),
        ),
        speed=SPEED if walking else 0.0, head=(-0.12, 0.72, 0.44, 1.0), extent=(-0.32, 0.0, 0.42, 1.0), afoot=afoot,
    )  # fmt: skip


def _still(_t: float, _phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.0)), 1.0


def _waddle(t: float, phase: float) -> Matrix:
    """It rocks from foot to foot."""
    wave = math.sin(2 * math.pi * (t / STEP_SECONDS + phase))
    return turn(4.5 * wave, (0.02, 0.0), shift=(0.0, 0.012 * abs(wave)))


def _step(late: float) -> Motion:
    """Half the time a foot stays where it is, half it comes ahead."""

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        place = (t / STEP_SECONDS + phase + late) % 1.0
        way = SPEED * STEP_SECONDS * 0.5
        if place < 0.5:
            return turn(0.0, (0.0, 0.0), shift=(way * (0.5 - 2 * place), 0.0)), 1.0
        part = 2 * place - 1.0
        return turn(8.0 * math.sin(math.pi * part), (0.0, 0.0), shift=(way * (part - 0.5), 0.035 * math.sin(math.pi * part))), 1.0

    return motion


def _flapping(root: tuple[float, float], degrees: float, seconds: float) -> Motion:
    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        return turn(degrees * (0.6 + math.sin(2 * math.pi * (t / seconds + phase))), root), 1.0

    return motion


def _look(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(4.0 * math.tanh(2.5 * math.sin(2 * math.pi * (t / 4.3 + phase))), NECK), 1.0


def _breathe(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.1), stretch=(1.0 + 0.010 * math.sin(2 * math.pi * (t / 2.8 + phase)), 1.0)), 1.0


def _foot(x: float, shade: float) -> Draw:
    tone = darker(HORN, shade)

    def draw(canvas: "skia.Canvas") -> None:
        for ahead in (0.09, 0.12, 0.145):
            toe = path(ribbon([(x, 0.05), (x + ahead * 0.6, 0.035), (x + ahead, 0.016)], [0.042, 0.026, 0.015]))
            canvas.drawPath(toe, paint(tone))
            shade_under(canvas, toe, tone, 0.012)

    return draw


def _wing(x: float, shade: float) -> Draw:
    tone = darker(COAT, shade)

    def draw(canvas: "skia.Canvas") -> None:
        form = path(smooth([(x - 0.04, 0.68), (x + 0.06, 0.66), (x + 0.055, 0.52), (x - 0.02, 0.36), (x - 0.13, 0.26), (x - 0.14, 0.32),
                            (x - 0.085, 0.46), (x - 0.075, 0.60)]))  # fmt: skip
        canvas.drawPath(form, ramp([(0.0, lighter(tone, 0.16)), (1.0, darker(tone, 0.4))], (x, 0.66), (x - 0.1, 0.3)))
        shade_under(canvas, form, tone, 0.025)

    return draw


def _plumes(canvas: "skia.Canvas", form: "skia.Path", tone: Colour, seed: int) -> None:
    random, bounds = np.random.default_rng(seed), form.getBounds()
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for _ in range(round(700 * bounds.width())):
        x, y = float(random.uniform(bounds.left(), bounds.right())), float(random.uniform(bounds.top(), bounds.bottom()))
        tuft = np.array([(x, y), (x - 0.006, y - 0.016)])
        canvas.drawPath(path(tuft, closed=False), paint(lighter(tone, 0.3), 0.22, line=0.006))
    canvas.restore()


def _trunk(canvas: "skia.Canvas") -> None:
    tail = path(smooth([(-0.16, 0.14), (-0.27, 0.055), (-0.31, 0.045), (-0.22, 0.17)], steps=6))
    canvas.drawPath(tail, paint(darker(COAT, 0.2)))
    form = path(smooth([(-0.10, 0.78), (-0.20, 0.66), (-0.27, 0.46), (-0.26, 0.24), (-0.16, 0.09), (0.02, 0.055), (0.18, 0.09),
                        (0.27, 0.24), (0.275, 0.44), (0.22, 0.64), (0.15, 0.78), (0.02, 0.82)]))  # fmt: skip
    canvas.drawPath(form, ramp([(0.0, lighter(COAT, 0.12)), (0.5, COAT), (1.0, darker(COAT, 0.4))], (-0.25, 0.6), (0.2, 0.2)))
    _plumes(canvas, form, COAT, 1)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    front = path(smooth([(0.06, 0.70), (-0.02, 0.54), (-0.04, 0.32), (0.0, 0.13), (0.12, 0.06), (0.30, 0.14), (0.33, 0.44), (0.26, 0.68),
                         (0.16, 0.76)]))  # fmt: skip
    canvas.drawPath(front, ramp([(0.0, GOLD), (0.22, SHIRT), (0.7, SHIRT), (1.0, darker(SHIRT, 0.3))], (0.12, 0.80), (0.12, 0.06)))
    shade_under(canvas, front, SHIRT, 0.03, strength=0.3)
    canvas.restore()
    shade_under(canvas, form, COAT, 0.05, strength=0.45)


def _head(canvas: "skia.Canvas") -> None:
    beak = path(smooth([(0.20, 0.905), (0.32, 0.90), (0.43, 0.862), (0.40, 0.852), (0.30, 0.862), (0.20, 0.858)], steps=6))
    canvas.drawPath(beak, ramp([(0.0, lighter(HORN, 0.15)), (1.0, darker(HORN, 0.3))], (0.2, 0.91), (0.3, 0.85)))
    stripe = smooth([(0.22, 0.868), (0.30, 0.868), (0.39, 0.856)], closed=False)
    canvas.drawPath(path(stripe, closed=False), paint(colour("e8893c"), line=0.012))
    form = path(smooth([(-0.10, 0.74), (-0.085, 0.86), (-0.02, 0.96), (0.09, 0.995), (0.19, 0.96), (0.235, 0.89),
                        (0.215, 0.83), (0.18, 0.76),
                        (0.06, 0.72)]))  # fmt: skip
    canvas.drawPath(form, ramp([(0.0, lighter(COAT, 0.14)), (1.0, darker(COAT, 0.2))], (0.0, 1.0), (0.0, 0.72)))
    _plumes(canvas, form, COAT, 3)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    patch = path(smooth([(-0.03, 0.88), (0.02, 0.90), (0.045, 0.84), (0.12, 0.76), (0.16, 0.70), (0.02, 0.70), (-0.03, 0.78)]))
    canvas.drawPath(patch, ramp([(0.0, GOLD), (1.0, lighter(GOLD, 0.5))], (0.0, 0.9), (0.06, 0.72)))
    canvas.restore()
    shade_under(canvas, form, COAT, 0.035, strength=0.45)
    canvas.drawPath(path(oval((0.135, 0.912), 0.024, 0.024)), paint(lighter(COAT, 0.25)))
    eye(canvas, (0.135, 0.912), 0.018, iris=colour("5a3a20"))
