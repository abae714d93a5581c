"""An ocean liner with four funnels that smoke, as they crossed the Atlantic.

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
    paint,
    path,
    ramp,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.masonry import block, fill, line, shape, turned
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Motion, Painting, twinkle
from aiprod.visuals.motion.subjects.rig import Matrix, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

HULL: Colour = colour("23262d")
WHITE: Colour = colour("efece4")
RED: Colour = colour("8f2f2b")
BUFF: Colour = colour("d8a24a")
SMOKE: Colour = colour("8b8b91")
FUNNELS, RAKE = (-0.58, -0.24, 0.10, 0.44), 0.045
PUFFS = 4


def liner() -> Painting:
    """A black hull, white decks, lit portholes, four funnels and two masts."""
    smoke = tuple(
        Layer(name=f"smoke-{i}", box=(-0.18, 0.78, 0.18, 1.08), draw=_puff(i), motion=_trailing(FUNNELS[1 + i % 2], i / PUFFS),
              relief=Relief(radius=0.08, strength=0.4))
        for i in range(PUFFS)
    )  # fmt: skip
    return Painting(
        layers=(
            *smoke,
            Layer(name="rigging", box=(-1.50, 0.30, 1.48, 1.02), draw=_rigging, relief=Relief(strength=0.2)),
            Layer(name="funnels", box=(-0.76, 0.42, 0.56, 0.90), draw=_funnels, relief=Relief(radius=0.04, strength=0.8)),
            Layer(name="ship", box=(-1.50, 0.0, 1.54, 0.64), draw=_ship, relief=Relief(radius=0.06, strength=0.8)),
            Layer(name="lights", box=(-1.35, 0.15, 1.35, 0.60), draw=_lights, motion=twinkle(4.0, least=0.85), relief=FLAT, glow=3.6),
        ),
        bearing="rides", speed=0.06, size=0.85, extent=(-1.46, 0.0, 1.5, 1.0),
    )  # fmt: skip


def _puff(number: int) -> Draw:
    random = np.random.default_rng(31 + number)

    def draw(canvas: "skia.Canvas") -> None:
        for _ in range(8):
            x, y, radius = float(random.normal(0.0, 0.045)), 0.93 + float(random.normal(0.0, 0.03)), float(random.uniform(0.035, 0.06))
            canvas.drawPath(path(oval((x, y), radius, radius)), ball((x, y), radius, SMOKE, shade=0.2))

    return draw


def _trailing(x: float, late: float) -> Motion:
    """Smoke leaves a funnel and is left astern."""

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        age = (t / 5.0 + phase + late) % 1.0
        size = 0.5 + 1.5 * age
        shift = (x - RAKE - 0.75 * age, -0.03 + 0.16 * math.sqrt(age))
        return turn(0.0, (0.0, 0.93), shift=shift, stretch=(size * 1.25, size)), min(1.0, age / 0.1) * (1.0 - age) * 0.85

    return motion


def _rigging(canvas: "skia.Canvas") -> None:
    rope = colour("4a4640")
    for x in (-1.0, 0.92):
        line(canvas, [(x, 0.36), (x - RAKE, 0.98)], colour("7a5a3a"), 0.016)
    line(canvas, [(-1.045, 0.97), (0.875, 0.97)], rope, 0.004, 0.8)
    stays = (((0.875, 0.96), (1.44, 0.50)), ((-1.045, 0.96), (-1.36, 0.45)), ((0.88, 0.9), (0.62, 0.50)), ((-1.04, 0.9), (-0.80, 0.50)))
    for start, end in stays:
        line(canvas, [start, end], rope, 0.004, 0.7)
    fill(canvas, shape((-1.36, 0.55), (-1.46, 0.56), (-1.46, 0.49), (-1.36, 0.485)), colour("a8332f"), depth=0.008)


def _funnels(canvas: "skia.Canvas") -> None:
    for x in FUNNELS:
        turned(canvas, shape((x - 0.075, 0.44), (x + 0.075, 0.44), (x + 0.065 - RAKE, 0.80), (x - 0.065 - RAKE, 0.80)), BUFF)
        foot, top = x - RAKE * 0.8, x - RAKE
        turned(canvas, shape((foot - 0.068, 0.78), (foot + 0.068, 0.78), (top + 0.065, 0.86), (top - 0.065, 0.86)), colour("2b2a2c"))
        line(canvas, [(x - RAKE, 0.84), (x + 0.14, 0.50)], colour("4a4640"), 0.003, 0.7)


def _ship(canvas: "skia.Canvas") -> None:
    for low, high, left, right in ((0.38, 0.45, -1.02, 1.0), (0.45, 0.51, -0.90, 0.84), (0.51, 0.565, -0.76, 0.74)):
        deck = block((left, low, right, high))
        canvas.drawPath(deck, ramp([(0.0, darker(WHITE, 0.22)), (1.0, WHITE)], (0.0, low), (0.0, high)))
        shade_under(canvas, deck, WHITE, 0.014, strength=0.35)
        line(canvas, [(left, high), (right, high)], darker(WHITE, 0.35), 0.006)
    fill(canvas, block((0.60, 0.565, 0.74, 0.62)), WHITE, depth=0.012)
    for x in np.linspace(-0.66, 0.52, 9).tolist():  # boats
        boat = path(smooth([(x - 0.045, 0.60), (x + 0.045, 0.60), (x + 0.03, 0.568), (x - 0.03, 0.568)], steps=4))
        fill(canvas, boat, colour("f4efe2"), depth=0.008)
        line(canvas, [(x - 0.045, 0.602), (x + 0.045, 0.602)], colour("a87840"), 0.006)
    hull = path(smooth([(-1.44, 0.445), (-1.40, 0.30), (-1.28, 0.12), (-1.18, 0.02), (0.0, 0.01), (1.12, 0.02), (1.30, 0.16), (1.42, 0.36),
                        (1.50, 0.50), (1.20, 0.435), (0.9, 0.40), (-0.9, 0.395), (-1.2, 0.415)], steps=6))  # fmt: skip
    canvas.drawPath(hull, ramp([(0.0, darker(HULL, 0.3)), (0.6, HULL), (1.0, lighter(HULL, 0.18))], (0.0, 0.0), (0.0, 0.45)))
    canvas.save()
    canvas.clipPath(hull, doAntiAlias=True)
    canvas.drawPath(block((-1.6, 0.0, 1.6, 0.075)), paint(RED))
    line(canvas, [(-1.6, 0.078), (1.6, 0.078)], WHITE, 0.008)
    line(canvas, [(-1.5, 0.40), (-0.9, 0.365), (0.9, 0.37), (1.5, 0.47)], BUFF, 0.012)
    canvas.restore()
    shade_under(canvas, hull, lighter(HULL, 0.2), 0.04, strength=0.4)
    line(canvas, [(1.28, 0.34), (1.27, 0.27)], colour("9a9ea6"), 0.014)
    for y in (0.20, 0.27, 0.33):
        for x in np.linspace(-1.16, 1.16, 46).tolist():
            canvas.drawPath(path(oval((x, y), 0.008, 0.008)), paint(colour("59606b")))
    for y, left, right in ((0.415, -0.98, 0.96), (0.48, -0.86, 0.80), (0.537, -0.72, 0.58)):
        for x in np.arange(left + 0.03, right, 0.05).tolist():
            canvas.drawPath(block((x - 0.011, y - 0.013, x + 0.011, y + 0.013)), paint(colour("3d4654")))


def _lights(canvas: "skia.Canvas") -> None:
    warm = (1.0, 0.84, 0.50)
    for y in (0.20, 0.27, 0.33):
        for x in np.linspace(-1.16, 1.16, 46).tolist():
            canvas.drawPath(path(oval((x, y), 0.011, 0.011)), paint(warm, 0.55))
    for y, left, right in ((0.415, -0.98, 0.96), (0.48, -0.86, 0.80), (0.537, -0.72, 0.58)):
        for x in np.arange(left + 0.03, right, 0.05).tolist():
            canvas.drawPath(block((x - 0.011, y - 0.013, x + 0.011, y + 0.013)), paint(warm, 0.45))
