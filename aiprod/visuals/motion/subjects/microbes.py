"""What only a microscope shows: a virus crowned with spikes, a bacterium that swims with its threads.

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
from aiprod.visuals.motion.subjects.masonry import glow
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Motion, Painting
from aiprod.visuals.motion.subjects.rig import Matrix, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

SHELL: Colour = colour("8c93a8")
SPIKE: Colour = colour("cf4b45")
WALL: Colour = colour("5fae5a")
MIDDLE = (0.0, 0.5)


def virus() -> Painting:
    """A ball with crowns all round, turning."""
    return Painting(layers=(
        Layer(name="halo", box=(-0.7, -0.2, 0.7, 1.2), draw=_halo, relief=FLAT, glow=1.6),
        Layer(name="rim", box=(-0.52, -0.02, 0.52, 1.02), draw=_rim, motion=_turning(0.7), relief=Relief(radius=0.03, strength=0.7)),
        Layer(name="ball", box=(-0.36, 0.14, 0.36, 0.86), draw=_ball, relief=Relief(radius=0.16, strength=0.9)),
        Layer(name="front", box=(-0.36, 0.14, 0.36, 0.86), draw=_front, motion=_turning(-1.0), relief=Relief(radius=0.03, strength=0.6)),
    ), bearing="drifts", extent=(-0.5, 0.0, 0.5, 1.0))  # fmt: skip


def _turning(way: float) -> Motion:
    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        return turn(way * 360.0 * (t / 40.0) + 4.0 * math.sin(2 * math.pi * (t / 3.7 + phase)), MIDDLE), 1.0

    return motion


def _halo(canvas: "skia.Canvas") -> None:
    glow(canvas, MIDDLE, 0.64, (1.0, 0.45, 0.40), 0.14)


def _crown(canvas: "skia.Canvas", root: tuple[float, float], angle: float, length: float, tone: Colour) -> None:
    """A spike with three knobs."""
    x, y = root
    tip = (x + length * math.cos(angle), y + length * math.sin(angle))
    canvas.drawPath(path(ribbon([root, ((x + tip[0]) / 2, (y + tip[1]) / 2), tip], [0.020, 0.013, 0.016])), paint(darker(tone, 0.2)))
    for aside in (-0.5, 0.0, 0.5):
        knob = (tip[0] + 0.034 * math.cos(angle + aside * 2), tip[1] + 0.034 * math.sin(angle + aside * 2))
        canvas.drawPath(path(oval(knob, 0.027, 0.027)), ball(knob, 0.03, tone))


def _rim(canvas: "skia.Canvas") -> None:
    for number in range(18):
        a = 2 * math.pi * number / 18
        _crown(canvas, (0.33 * math.cos(a), 0.5 + 0.33 * math.sin(a)), a, 0.105, SPIKE)


def _ball(canvas: "skia.Canvas") -> None:
    form = path(oval(MIDDLE, 0.345, 0.345))
    canvas.drawPath(form, ball(MIDDLE, 0.36, SHELL, light=0.35, shade=0.55))
    random = np.random.default_rng(2)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for _ in range(260):
        a, out = float(random.uniform(0, 2 * math.pi)), 0.345 * math.sqrt(float(random.random()))
        size = 0.016 * (1.05 - 0.6 * out / 0.345)
        place = (out * math.cos(a), 0.5 + out * math.sin(a))
        canvas.drawPath(path(oval(place, size, size)), ball(place, size, lighter(SHELL, float(random.uniform(0, 0.25)))))
    canvas.restore()
    shade_under(canvas, form, SHELL, 0.08, strength=0.5)


def _front(canvas: "skia.Canvas") -> None:
    for ring, count in ((0.0, 1), (0.13, 6), (0.245, 11)):
        for number in range(count):
            a = 2 * math.pi * number / max(count, 1) + ring * 9
            root = (ring * math.cos(a), 0.5 + ring * math.sin(a))
            _crown(canvas, root, a, 0.09 * ring / 0.345, lighter(SPIKE, 0.10))


def bacterium() -> Painting:
    """A rod with a furry wall, its ring of genes inside, whips behind."""
    whips = tuple(
        Layer(name=f"whip-{i}", box=(-1.02, 0.0, -0.38, 1.0), draw=_whip(y, i), motion=_whipping((-0.44, y), i), relief=Relief(radius=0.02))
        for i, y in enumerate((0.42, 0.5, 0.58))
    )
    return Painting(layers=(
        *whips,
        Layer(name="rod", box=(-0.66, 0.14, 0.72, 0.86), draw=_rod, motion=_squirming, relief=Relief(radius=0.12, strength=0.85)),
    ), bearing="drifts", speed=0.12, size=0.85, extent=(-0.95, 0.1, 0.7, 0.9))  # fmt: skip


def _squirming(t: float, phase: float) -> tuple[Matrix, float]:
    wave = math.sin(2 * math.pi * (t / 1.3 + phase))
    return turn(1.6 * wave, MIDDLE, stretch=(1.0 + 0.015 * wave, 1.0 - 0.02 * wave)), 1.0


def _whipping(root: tuple[float, float], number: int) -> Motion:
    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        wave = 2 * math.pi * (t / 0.8 + phase - 0.2 * number)
        return turn(9.0 * math.sin(wave), root, stretch=(1.0, 0.55 + 0.45 * math.cos(wave))), 1.0

    return motion


def _whip(y: float, number: int) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        way = 1 if number % 2 else -1
        places = [(-0.44 - 0.09 * step, y + way * 0.05 * math.sin(step * 1.9) * min(1.0, step / 2)) for step in range(7)]
        canvas.drawPath(path(smooth(places, closed=False), closed=False), paint(lighter(WALL, 0.3), 0.9, line=0.015))

    return draw


def _rod(canvas: "skia.Canvas") -> None:
    random = np.random.default_rng(9)
    edge = ribbon([(-0.34, 0.5), (0.0, 0.5), (0.38, 0.5)], [0.245, 0.265, 0.245], steps=24)
    for x, y in edge[::2]:
        out = np.array((x - max(-0.34, min(0.38, x)), y - 0.5))
        out = out / (float(np.linalg.norm(out)) + 1e-6) * float(random.uniform(0.05, 0.09))
        hair = smooth([(x, y), (x + out[0] * 0.6 - 0.012, y + out[1] * 0.6), (x + out[0] - 0.03, y + out[1])], closed=False)
        canvas.drawPath(path(hair, closed=False), paint(lighter(WALL, 0.2), 0.8, line=0.009))
    form = path(edge)
    canvas.drawPath(form, ball((-0.05, 0.56), 0.52, WALL, light=0.35, shade=0.45))
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    canvas.drawPath(path(ribbon([(-0.34, 0.5), (0.0, 0.5), (0.38, 0.5)], [0.19, 0.205, 0.19])), paint(lighter(WALL, 0.45), 0.35, blur=0.02))
    loop = [(-0.20, 0.48), (-0.10, 0.60), (0.04, 0.52), (0.14, 0.62), (0.26, 0.50), (0.16, 0.40), (0.02, 0.44), (-0.10, 0.38)]
    canvas.drawPath(path(smooth(loop)), paint(colour("8f4aa8"), 0.8, line=0.024))
    canvas.drawPath(path(smooth(loop)), paint(colour("d9a8ea"), 0.8, line=0.008))
    for _ in range(60):
        place = (float(random.uniform(-0.5, 0.55)), float(random.uniform(0.3, 0.7)))
        canvas.drawPath(path(oval(place, 0.012, 0.012)), paint(darker(WALL, 0.5), 0.55))
    canvas.restore()
    shade_under(canvas, form, WALL, 0.06, strength=0.5)
