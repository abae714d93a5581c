"""An old printing press of wood, whose screw turns and whose platen comes down upon the paper.

Knows its looks and motion.
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
    path,
    ramp,
    shade_under,
)
from aiprod.visuals.motion.subjects.masonry import block, fill, line, pipe, shape, turned
from aiprod.visuals.motion.subjects.painted import Layer, Painting
from aiprod.visuals.motion.subjects.rig import Matrix, turn

if TYPE_CHECKING:
    import skia

OAK: Colour = colour("8a5a32")
IRON: Colour = colour("4b4d52")
PULL_SECONDS, STROKE = 5.0, 0.075


def printing_press() -> Painting:
    """Two posts, a head beam, the screw with its bar, the platen and a bed of type."""
    return Painting(layers=(
        Layer(name="bed", box=(-0.6, 0.0, 0.62, 0.48), draw=_bed),
        Layer(name="screw", box=(-0.1, 0.5, 0.1, 0.9), draw=_screw, motion=_lowered),
        Layer(name="bar", box=(-0.1, 0.62, 0.5, 0.74), draw=_bar, motion=_pulled),
        Layer(name="platen", box=(-0.25, 0.44, 0.25, 0.56), draw=_platen, motion=_lowered),
        Layer(name="frame", box=(-0.42, 0.0, 0.42, 1.0), draw=_frame),
    ))  # fmt: skip


def _down(t: float, phase: float) -> float:
    """How far the platen is down, 0 to 1: it rests, comes down, holds, and rises."""
    place = (t / PULL_SECONDS + phase) % 1.0
    part = max(0.0, min(1.0, (place - 0.25) / 0.2, (0.85 - place) / 0.2))
    return part * part * (3 - 2 * part)


def _lowered(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.0), shift=(0.0, -STROKE * _down(t, phase))), 1.0


def _pulled(t: float, phase: float) -> tuple[Matrix, float]:
    """The bar, seen from the front, shortens as it is pulled towards the viewer."""
    down = _down(t, phase)
    return turn(-7.0 * down, (0.0, 0.68), shift=(0.0, -STROKE * down), stretch=(1.0 - 0.55 * math.sin(down * math.pi / 2), 1.0)), 1.0


def _plank(canvas: "skia.Canvas", form: "skia.Path", tone: Colour, *, upright: bool, seed: int) -> None:
    """Oak with its grain."""
    bounds = form.getBounds()
    if upright:
        turned(canvas, form, tone)
    else:
        canvas.drawPath(form, pipe(tone, bounds.top(), bounds.bottom()))
    random = np.random.default_rng(seed)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for _ in range(9):
        x, y = float(random.uniform(bounds.left(), bounds.right())), float(random.uniform(bounds.top(), bounds.bottom()))
        grain = [(x, bounds.top()), (x + 0.006, bounds.bottom())] if upright else [(bounds.left(), y), (bounds.right(), y + 0.004)]
        line(canvas, grain, darker(tone, 0.55), 0.004, 0.45)
    canvas.restore()
    shade_under(canvas, form, tone, 0.018, strength=0.5)


def _frame(canvas: "skia.Canvas") -> None:
    for side in (-1, 1):
        _plank(canvas, block((side * 0.31 - 0.052, 0.04, side * 0.31 + 0.052, 0.93)), OAK, upright=True, seed=4 + side)
        _plank(canvas, block((side * 0.31 - 0.105, 0.0, side * 0.31 + 0.105, 0.055)), darker(OAK, 0.15), upright=False, seed=7)
        canvas.drawPath(path(oval((side * 0.31, 0.96), 0.034, 0.034)), ball((side * 0.31, 0.96), 0.036, OAK))
        for y in (0.30, 0.845):
            canvas.drawPath(path(oval((side * 0.31, y), 0.014, 0.014)), ball((side * 0.31, y), 0.015, IRON))
    _plank(canvas, block((-0.40, 0.795, 0.40, 0.90)), OAK, upright=False, seed=1)
    _plank(canvas, shape((-0.42, 0.90), (0.42, 0.90), (0.39, 0.935), (-0.39, 0.935)), lighter(OAK, 0.1), upright=False, seed=2)


def _screw(canvas: "skia.Canvas") -> None:
    turned(canvas, block((-0.042, 0.52, 0.042, 0.88)), IRON)
    for y in np.arange(0.72, 0.88, 0.02):
        line(canvas, [(-0.042, float(y)), (0.042, float(y) + 0.012)], lighter(IRON, 0.45), 0.006)
    turned(canvas, block((-0.072, 0.645, 0.072, 0.715)), darker(OAK, 0.2))


def _bar(canvas: "skia.Canvas") -> None:
    line(canvas, [(0.0, 0.68), (0.42, 0.68)], IRON, 0.022)
    line(canvas, [(0.34, 0.68), (0.46, 0.68)], lighter(OAK, 0.15), 0.042)


def _platen(canvas: "skia.Canvas") -> None:
    _plank(canvas, block((-0.22, 0.475, 0.22, 0.535)), darker(OAK, 0.1), upright=False, seed=9)
    fill(canvas, block((-0.225, 0.455, 0.225, 0.478)), IRON, depth=0.006)


def _bed(canvas: "skia.Canvas") -> None:
    for x in (-0.5, 0.52):
        _plank(canvas, block((x - 0.035, 0.0, x + 0.035, 0.27)), darker(OAK, 0.2), upright=True, seed=12)
    _plank(canvas, block((-0.58, 0.26, 0.60, 0.325)), OAK, upright=False, seed=13)
    fill(canvas, block((-0.21, 0.325, 0.21, 0.352)), IRON, depth=0.006)
    canvas.drawPath(block((-0.18, 0.352, 0.18, 0.366)), ramp([(0.0, colour("f3e8cf")), (1.0, colour("d8c9a4"))], (-0.18, 0), (0.18, 0)))
    sheet = shape((0.25, 0.332), (0.54, 0.332), (0.58, 0.47), (0.29, 0.47))
    fill(canvas, sheet, colour("f4ead2"), depth=0.01)
    for row in range(7):
        y = 0.352 + 0.0145 * row
        lean = 0.28 * (y - 0.332)
        line(canvas, [(0.285 + lean, y), (0.40 + lean, y)], colour("3a322c"), 0.005, 0.8)
        line(canvas, [(0.42 + lean, y), (0.515 + lean, y)], colour("3a322c"), 0.005, 0.8)
