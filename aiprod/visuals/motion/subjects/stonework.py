"""What is hewn or heaped of stone: a marble bust, the Statue of Liberty's figure, a pyramid.

Knows their looks. Nothing of them moves but the light on a torch.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    colour,
    darker,
    lighter,
    mix,
    oval,
    paint,
    path,
    ramp,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.masonry import block, courses, fill, glow, line, shape, turned
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Painting, twinkle
from aiprod.visuals.motion.subjects.rig import Point
from aiprod.visuals.motion.subjects.studio import Relief

if TYPE_CHECKING:
    import skia

MARBLE: Colour = (0.90, 0.885, 0.85)
COPPER: Colour = (0.47, 0.70, 0.62)
FLAME: Colour = (1.0, 0.80, 0.36)
CARVED = Relief(radius=0.07, strength=0.8)


def pyramid() -> Painting:
    """A great pyramid of stone courses with its smaller sister behind."""
    return Painting(layers=(
        Layer(name="sister", box=(0.15, 0.0, 1.12, 0.55), draw=_sister, relief=FLAT),
        Layer(name="pyramid", box=(-0.86, -0.01, 0.86, 1.0), draw=_pyramid, relief=FLAT),
    ), size=1.1, extent=(-0.72, 0.0, 0.8, 1.0))  # fmt: skip


def _sister(canvas: "skia.Canvas") -> None:
    _heap(canvas, ((0.2, 0.0), (0.74, 0.0), (1.1, 0.0), (0.66, 0.5)), colour("c9a468"), 2)


def _pyramid(canvas: "skia.Canvas") -> None:
    _heap(canvas, ((-0.84, 0.0), (0.28, -0.005), (0.84, 0.0), (0.02, 0.985)), colour("dcb676"), 1)
    fill(canvas, shape((-0.17, 0.0), (-0.09, 0.0), (-0.1, 0.075), (-0.16, 0.075)), colour("4a3522"), depth=0.01)


def _heap(canvas: "skia.Canvas", corners: tuple[Point, Point, Point, Point], stone: Colour, seed: int) -> None:
    """A pyramid of its left, middle and right foot and its top: one side lit, one in shadow, with worn courses."""
    left, middle, right, top = corners
    random = np.random.default_rng(seed)
    for foot, other, tone in ((left, middle, lighter(stone, 0.12)), (middle, right, darker(stone, 0.42))):
        side = shape(foot, other, top)
        canvas.drawPath(side, ramp([(0.0, darker(tone, 0.16)), (1.0, lighter(tone, 0.16))], (0.0, 0.0), (0.0, top[1])))
        canvas.save()
        canvas.clipPath(side, doAntiAlias=True)
        rows = 34
        for row in range(rows):
            share = row / rows
            y = top[1] * share
            ends = [(one[0] + (top[0] - one[0]) * share, one[1] + (top[1] - one[1]) * share) for one in (foot, other)]
            line(canvas, ends, darker(tone, 0.55), 0.005, 0.5)
            count = max(2, round((1 - share) * 15))
            for _ in range(count):
                x = float(random.uniform(ends[0][0], ends[1][0]))
                wide = float(random.uniform(0.02, 0.06))
                shade = lighter(tone, 0.3) if random.random() < 0.5 else darker(tone, 0.3)
                canvas.drawPath(block((x, y, x + wide, y + top[1] / rows)), paint(shade, 0.4))
        canvas.restore()
    line(canvas, [middle, top], lighter(stone, 0.4), 0.007, 0.8)
    casing = shape((top[0] - 0.06, top[1] - 0.075), (top[0] + 0.02, top[1] - 0.085), top)
    canvas.drawPath(casing, paint(lighter(stone, 0.5), 0.7))


def statue() -> Painting:
    """The marble bust of a bearded thinker on a plinth."""
    return Painting(layers=(Layer(name="bust", box=(-0.36, 0.0, 0.36, 1.0), draw=_bust, relief=CARVED),), size=1.05)


def _bust(canvas: "skia.Canvas") -> None:
    stone = MARBLE
    dark = darker(stone, 0.45)
    turned(canvas, block((-0.2, 0.0, 0.2, 0.05)), darker(stone, 0.2))
    turned(canvas, shape((-0.17, 0.05), (0.17, 0.05), (0.13, 0.09), (-0.13, 0.09)), darker(stone, 0.15))
    turned(canvas, block((-0.125, 0.09, 0.125, 0.17)), darker(stone, 0.2))
    turned(canvas, block((-0.16, 0.165, 0.16, 0.19)), stone)
    chest = path(smooth([(-0.12, 0.19), (-0.26, 0.30), (-0.33, 0.41), (-0.30, 0.475), (-0.16, 0.52), (0.0, 0.53), (0.16, 0.52),
                         (0.30, 0.475), (0.33, 0.41), (0.26, 0.30), (0.12, 0.19)]))  # fmt: skip
    turned(canvas, chest, stone)
    canvas.save()
    canvas.clipPath(chest, doAntiAlias=True)
    for start, bow, end in (((-0.31, 0.46), (-0.12, 0.30), (0.16, 0.2)), ((-0.26, 0.49), (-0.04, 0.34), (0.24, 0.27)),
                            ((-0.20, 0.51), (0.03, 0.40), (0.31, 0.36)), ((-0.33, 0.41), (-0.2, 0.27), (0.05, 0.18)),
                            ((0.31, 0.47), (0.24, 0.43), (0.19, 0.36))):  # fmt: skip
        fold = smooth([start, bow, end], closed=False)
        canvas.drawPath(path(fold, closed=False), paint(dark, 0.75, line=0.02, blur=0.007))
        canvas.drawPath(path(fold + np.array([-0.004, 0.018]), closed=False), paint((1, 1, 1), 0.7, line=0.012, blur=0.004))
    canvas.restore()
    shade_under(canvas, chest, stone, 0.04)
    neck = shape((-0.075, 0.5), (0.075, 0.5), (0.07, 0.64), (-0.07, 0.64))
    turned(canvas, neck, darker(stone, 0.22))
    _curls(canvas, stone, back=True)
    face = path(smooth([(-0.118, 0.80), (-0.122, 0.72), (-0.10, 0.625), (-0.05, 0.565), (0.0, 0.553), (0.05, 0.565), (0.10, 0.625),
                        (0.122, 0.72), (0.118, 0.80), (0.085, 0.89), (0.0, 0.92), (-0.085, 0.89)]))  # fmt: skip
    turned(canvas, face, stone)
    shade_under(canvas, face, stone, 0.03)
    for side in (-1, 1):
        canvas.drawPath(path(oval((side * 0.05, 0.757), 0.034, 0.022)), paint(dark, 0.55, blur=0.008))
        canvas.drawPath(path(oval((side * 0.05, 0.752), 0.025, 0.0125)), paint(lighter(stone, 0.25)))
        line(canvas, [(side * 0.023, 0.752), (side * 0.05, 0.768), (side * 0.078, 0.752)], darker(stone, 0.6), 0.006)
        line(canvas, [(side * 0.027, 0.745), (side * 0.05, 0.739), (side * 0.074, 0.747)], darker(stone, 0.4), 0.004)
        brow = smooth([(side * 0.018, 0.782), (side * 0.055, 0.80), (side * 0.09, 0.783)], closed=False)
        canvas.drawPath(path(brow, closed=False), paint((1, 1, 1), 0.85, line=0.012, blur=0.002))
        canvas.drawPath(path(brow - np.array([0.0, 0.011]), closed=False), paint(dark, 0.7, line=0.007, blur=0.002))
        canvas.drawPath(path(oval((side * 0.075, 0.69), 0.02, 0.035)), paint(dark, 0.3, blur=0.012))
    nose = path(smooth([(-0.012, 0.785), (0.012, 0.785), (0.016, 0.72), (0.03, 0.69), (0.0, 0.678), (-0.03, 0.69), (-0.016, 0.72)]))
    canvas.drawPath(nose, ramp([(0.0, lighter(stone, 0.7)), (0.5, stone), (1.0, dark)], (-0.03, 0.0), (0.04, 0.0)))
    canvas.drawPath(path(oval((0.0, 0.68), 0.028, 0.007)), paint(dark, 0.6, blur=0.003))
    for line_of in ((0.0, 0.845), (0.0, 0.825)):
        line(canvas, [(-0.05, line_of[1]), (0.0, line_of[1] + 0.006), (0.05, line_of[1])], dark, 0.004, 0.35)
    _beard(canvas, stone)
    _curls(canvas, stone, back=False)


def _beard(canvas: "skia.Canvas", stone: Colour) -> None:
    beard = path(smooth([(-0.12, 0.70), (-0.085, 0.665), (0.0, 0.672), (0.085, 0.665), (0.12, 0.70), (0.118, 0.60), (0.08, 0.52),
                         (0.0, 0.475), (-0.08, 0.52), (-0.118, 0.60)]))  # fmt: skip
    turned(canvas, beard, darker(stone, 0.08))
    random = np.random.default_rng(9)
    canvas.save()
    canvas.clipPath(beard, doAntiAlias=True)
    for row in range(6):
        for column in range(-4, 5):
            x, y = column * 0.028 + (row % 2) * 0.014, 0.675 - row * 0.033
            _lock(canvas, (x, y), 0.019 + 0.004 * float(random.random()), stone)
    canvas.restore()
    shade_under(canvas, beard, stone, 0.025)
    canvas.drawPath(path(oval((0.0, 0.642), 0.036, 0.014)), paint(darker(stone, 0.4), 0.8, blur=0.004))
    line(canvas, [(-0.03, 0.644), (0.0, 0.649), (0.03, 0.644)], darker(stone, 0.75), 0.006)
    canvas.drawPath(path(oval((0.0, 0.636), 0.02, 0.007)), paint(lighter(stone, 0.4)))
    for side in (-1, 1):
        tip = smooth([(0.0, 0.667), (side * 0.03, 0.668), (side * 0.062, 0.65), (side * 0.07, 0.628)], closed=False)
        canvas.drawPath(path(tip, closed=False), paint(lighter(stone, 0.3), 1.0, line=0.013))


def _lock(canvas: "skia.Canvas", centre: Point, size: float, stone: Colour) -> None:
    """One carved curl."""
    x, y = centre
    canvas.drawPath(path(oval(centre, size, size)), ramp([(0.0, darker(stone, 0.35)), (1.0, lighter(stone, 0.6))],
                                                        (x + size * 0.5, y - size), (x - size * 0.5, y + size)))  # fmt: skip
    swirl = [(x + size * (0.9 - a / 9) * math.cos(a), y + size * (0.9 - a / 9) * math.sin(a)) for a in np.linspace(0, 6.6, 16)]
    line(canvas, swirl, darker(stone, 0.55), size * 0.16, 0.7)


def _curls(canvas: "skia.Canvas", stone: Colour, *, back: bool) -> None:
    """The hair: behind the head, or over the brow and temples."""
    if back:
        turned(canvas, path(oval((0.0, 0.80), 0.152, 0.165)), darker(stone, 0.2))
        for a in np.linspace(-0.75, math.pi + 0.75, 19):
            _lock(canvas, (0.145 * math.cos(a), 0.80 + 0.158 * math.sin(a)), 0.030, darker(stone, 0.06))
        return
    for ring, count, size in ((0.125, 13, 0.029), (0.10, 9, 0.027)):
        for a in np.linspace(0.25 + (0.125 - ring) * 9, math.pi - 0.25 - (0.125 - ring) * 9, count):
            _lock(canvas, (ring * math.cos(a), 0.83 + ring * 1.08 * math.sin(a)), size, stone)


def statue_of_liberty() -> Painting:
    """The copper-green figure on her pedestal, her torch alight."""
    return Painting(layers=(
        Layer(name="statue", box=(-0.3, 0.0, 0.3, 1.0), draw=_liberty, relief=Relief(radius=0.03, strength=0.6)),
        Layer(name="torch", box=(-0.28, 0.85, 0.02, 1.09), draw=_torch, relief=FLAT, motion=twinkle(1.3, least=0.65), glow=2.6),
    ), size=1.5)  # fmt: skip


def _torch(canvas: "skia.Canvas") -> None:
    glow(canvas, (-0.125, 0.972), 0.10, FLAME, 0.36)


def _liberty(canvas: "skia.Canvas") -> None:
    stone, copper = colour("b7a88e"), COPPER
    for box, seed in (((-0.25, 0.0, 0.25, 0.06), 1), ((-0.19, 0.06, 0.19, 0.13), 2), ((-0.135, 0.13, 0.135, 0.38), 3)):
        turned(canvas, block(box), stone)
        courses(canvas, block(box), stone, (0.045, 0.022), seed)
        shade_under(canvas, block(box), stone, 0.02)
    for y in (0.19, 0.375):
        fill(canvas, block((-0.155, y, 0.155, y + 0.02)), lighter(stone, 0.2), depth=0.006)
    for x in (-0.075, 0.0, 0.075):
        canvas.drawPath(block((x - 0.016, 0.24, x + 0.016, 0.335)), paint(darker(stone, 0.7)))
    robe = path(smooth([(-0.10, 0.395), (-0.105, 0.5), (-0.085, 0.62), (-0.078, 0.70), (-0.055, 0.745), (0.04, 0.75), (0.085, 0.71),
                        (0.095, 0.60), (0.10, 0.5), (0.105, 0.395)], steps=8))  # fmt: skip
    arm = path(smooth([(-0.075, 0.69), (-0.105, 0.78), (-0.14, 0.875), (-0.108, 0.88), (-0.07, 0.80), (-0.03, 0.73)], steps=8))
    turned(canvas, arm, copper)
    turned(canvas, robe, copper)
    canvas.save()
    canvas.clipPath(robe, doAntiAlias=True)
    for x, lean in ((-0.08, 0.02), (-0.05, 0.03), (-0.02, 0.03), (0.015, 0.01), (0.05, 0.0), (0.08, -0.01)):
        fold = smooth([(x, 0.38), (x + lean * 0.4, 0.52), (x + lean * 1.6, 0.70)], closed=False)
        canvas.drawPath(path(fold, closed=False), paint(darker(copper, 0.6), 0.7, line=0.009, blur=0.002))
        canvas.drawPath(path(fold - np.array([0.009, 0.0]), closed=False), paint(lighter(copper, 0.6), 0.6, line=0.006, blur=0.002))
    for low in (0.66, 0.60, 0.53):
        sash = smooth([(-0.11, low + 0.05), (0.0, low - 0.02), (0.11, low + 0.06)], closed=False)
        canvas.drawPath(path(sash, closed=False), paint(darker(copper, 0.55), 0.6, line=0.008, blur=0.002))
    canvas.restore()
    shade_under(canvas, robe, copper, 0.025)
    fill(canvas, shape((0.06, 0.575), (0.125, 0.60), (0.105, 0.70), (0.045, 0.675)), mix(copper, (1, 1, 1), 0.12), depth=0.012)
    turned(canvas, block((-0.022, 0.735, 0.026, 0.78)), darker(copper, 0.15))
    head = path(oval((0.002, 0.805), 0.038, 0.047))
    turned(canvas, path(oval((0.002, 0.81), 0.046, 0.046)), darker(copper, 0.2))
    turned(canvas, head, lighter(copper, 0.08))
    for side in (-1, 1):
        line(canvas, [(0.002 + side * 0.008, 0.81), (0.002 + side * 0.022, 0.81)], darker(copper, 0.75), 0.006)
    line(canvas, [(0.002, 0.812), (0.006, 0.793), (0.0, 0.791)], darker(copper, 0.5), 0.004)
    line(canvas, [(-0.008, 0.779), (0.012, 0.779)], darker(copper, 0.6), 0.004)
    for ray in range(7):
        a = math.radians(20 + ray * 23.3)
        tip = (0.002 + 0.105 * math.cos(a), 0.832 + 0.085 * math.sin(a))
        fill(canvas, shape((0.002 + 0.04 * math.cos(a - 0.12), 0.832 + 0.02 * math.sin(a - 0.12)),
                           (0.002 + 0.04 * math.cos(a + 0.12), 0.832 + 0.02 * math.sin(a + 0.12)), tip), copper, depth=0.004)  # fmt: skip
    fill(canvas, path(smooth([(-0.042, 0.825), (0.046, 0.825), (0.042, 0.85), (0.002, 0.86), (-0.038, 0.85)])), copper, depth=0.008)
    fill(canvas, shape((-0.133, 0.865), (-0.113, 0.865), (-0.107, 0.93), (-0.141, 0.93)), darker(copper, 0.1), depth=0.006)
    fill(canvas, block((-0.156, 0.925, -0.094, 0.94)), copper, depth=0.005)
    canvas.drawPath(path(smooth([(-0.143, 0.94), (-0.15, 0.96), (-0.12, 0.998), (-0.103, 0.96), (-0.107, 0.94)])),
                    paint(colour("f4c343")))  # fmt: skip
