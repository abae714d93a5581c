"""An octopus and a squid: a soft mantle that breathes, big eyes, arms that curl and trail.

Knows their looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    Outline,
    ball,
    colour,
    darker,
    eye,
    lighter,
    oval,
    paint,
    path,
    ribbon,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.painted import Layer, Motion, Painting
from aiprod.visuals.motion.subjects.rig import Matrix, Point, join, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

CORAL: Colour = colour("c4553f")
SUCKER: Colour = colour("f2c3ae")
ROSE: Colour = colour("d98aa0")
BREATH_SECONDS = 3.4
SOFT = Relief(radius=0.06, strength=0.85)
_ARMS: tuple[tuple[float, float, float], ...] = (
    (-0.10, -0.62, 0.13), (0.10, 0.62, 0.13), (-0.04, -0.26, -0.02), (0.04, 0.28, -0.02),  # behind the head
    (-0.16, -0.66, 0.40), (0.16, 0.66, 0.40), (-0.10, -0.44, 0.03), (0.10, 0.46, 0.03),
)  # fmt: skip
"""Where an arm begins (x) and where it ends."""


def octopus() -> Painting:
    """A mantle like a bag, eight arms with suckers."""
    arms = [layer for number, arm in enumerate(_ARMS) for layer in _arm_layers(number, arm)]
    head = Layer(name="mantle", box=(-0.32, 0.28, 0.32, 1.04), draw=_mantle, motion=_breathing, relief=Relief(radius=0.12, strength=0.9))
    return Painting(layers=(*arms[:8], head, *arms[8:]), bearing="drifts", speed=0.07, extent=(-0.72, 0.0, 0.72, 1.0),
                    head=(-0.3, 0.35, 0.3, 1.0))  # fmt: skip


def _breathing(t: float, phase: float) -> tuple[Matrix, float]:
    wave = math.sin(2 * math.pi * (t / BREATH_SECONDS + phase))
    return turn(2.0 * math.sin(2 * math.pi * (t / 5.7 + phase)), (0.0, 0.42), stretch=(1.0 + 0.035 * wave, 1.0 - 0.03 * wave)), 1.0


def _spine(arm: tuple[float, float, float]) -> list[Point]:
    """An arm goes out and down, then its tip curls up."""
    x, end, low = arm
    way = 1.0 if end > 0 else -1.0
    return [(x, 0.39), (x + 0.35 * (end - x), 0.28 + 0.35 * low), (x + 0.72 * (end - x), 0.10 + 0.75 * low), (end, low + 0.06),
            (end + way * 0.03, low + 0.16), (end - way * 0.05, low + 0.19), (end - way * 0.06, low + 0.13)]  # fmt: skip


def _arm_layers(number: int, arm: tuple[float, float, float]) -> list[Layer]:
    """An arm's root and its tip, which bends on from it."""
    spine = smooth(_spine(arm), closed=False, steps=8)
    half = len(spine) * 45 // 100
    shade = 0.34 if number < 4 else 0.0
    joint: Point = (float(spine[half][0]), float(spine[half][1]))
    root = _bending((arm[0], 0.39), number, 5.0)
    widths = np.interp(np.linspace(0, 1, len(spine)), [0.0, 0.3, 0.7, 1.0], [0.085, 0.062, 0.034, 0.008])
    pieces = (("root", spine[: half + 2], widths[: half + 2], root), ("tip", spine[half:], widths[half:], _curling(root, joint, number)))
    return [
        Layer(name=f"arm-{number}-{name}", box=_around(part, 0.1), draw=_arm(part, wide, shade), motion=motion, relief=SOFT)
        for name, part, wide, motion in pieces
    ]


def _around(places: Outline, room: float) -> tuple[float, float, float, float]:
    return (float(places[:, 0].min()) - room, float(places[:, 1].min()) - room, float(places[:, 0].max()) + room,
            float(places[:, 1].max()) + room)  # fmt: skip


def _bending(root: Point, number: int, degrees: float) -> Motion:
    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        return turn(degrees * math.sin(2 * math.pi * (t / 4.2 + phase - 0.137 * number)), root), 1.0

    return motion


def _curling(root: Motion, joint: Point, number: int) -> Motion:
    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        bent = turn(11.0 * math.sin(2 * math.pi * (t / 4.2 + phase - 0.137 * number - 0.18)), joint)
        return join(root(t, phase)[0], bent), 1.0

    return motion


def _arm(places: Outline, widths: Outline, shade: float) -> Draw:
    tone = darker(CORAL, shade)
    points = [(float(x), float(y)) for x, y in places[::3]]
    radii = [float(wide) for wide in widths[::3]]

    def draw(canvas: "skia.Canvas") -> None:
        form = path(ribbon(points, radii, steps=6))
        canvas.drawPath(form, paint(tone))
        shade_under(canvas, form, tone, 0.022, strength=0.5)
        for (x, y), wide in zip(places[1::2], widths[1::2], strict=False):
            size = float(wide) * 0.30
            spot = (float(x), float(y) - float(wide) * 0.4)
            canvas.drawPath(path(oval(spot, size, size * 0.8)), paint(darker(SUCKER, shade), 0.9))
            canvas.drawPath(path(oval(spot, size * 0.5, size * 0.4)), paint(darker(CORAL, 0.4 + shade * 0.5), 0.7))

    return draw


def _mantle(canvas: "skia.Canvas") -> None:
    form = path(smooth([(-0.20, 0.36), (-0.225, 0.48), (-0.275, 0.62), (-0.285, 0.78), (-0.20, 0.93), (0.0, 1.0), (0.20, 0.93),
                        (0.285, 0.78), (0.275, 0.62), (0.225, 0.48), (0.20, 0.36), (0.0, 0.31)]))  # fmt: skip
    canvas.drawPath(form, ball((-0.04, 0.74), 0.36, CORAL, light=0.3, shade=0.45))
    random = np.random.default_rng(8)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for _ in range(90):
        x, y, size = random.uniform(-0.28, 0.28), random.uniform(0.4, 1.0), float(random.uniform(0.006, 0.024))
        light = random.random() < 0.6
        canvas.drawPath(path(oval((x, y), size, size * 0.8)), paint(lighter(CORAL, 0.35) if light else darker(CORAL, 0.5), 0.30))
    canvas.restore()
    shade_under(canvas, form, CORAL, 0.05, strength=0.5)
    for side in (-1, 1):
        middle = (side * 0.150, 0.60)
        canvas.drawPath(path(oval(middle, 0.085, 0.075)), ball(middle, 0.09, lighter(CORAL, 0.12)))
        canvas.drawPath(path(oval(middle, 0.058, 0.050)), paint(colour("f3e3b8")))
        canvas.drawPath(path(oval(middle, 0.040, 0.015)), paint(colour("1c1518")))
        canvas.drawPath(path(oval((middle[0] + 0.02, middle[1] + 0.022), 0.010, 0.009)), paint((1.0, 1.0, 1.0)))
        lid = smooth([(middle[0] - 0.075, 0.62), (middle[0], 0.665), (middle[0] + 0.075, 0.62)], closed=False)
        canvas.drawPath(path(lid, closed=False), paint(darker(CORAL, 0.4), line=0.022))
    pipe = path(oval((0.0, 0.47), 0.045, 0.03))
    canvas.drawPath(pipe, paint(darker(CORAL, 0.35)))
    shade_under(canvas, pipe, CORAL, 0.015)


def squid() -> Painting:
    """A torpedo of a body that points ahead, two fins, ten trailing arms."""
    arms = tuple(
        Layer(name=f"arm-{i}", box=(-0.78, 0.2, -0.02, 0.8), draw=_trailing_arm(y, i), motion=_bending((-0.10, 0.5), i, 3.2),
              relief=Relief(radius=0.03, strength=0.7))
        for i, y in enumerate((0.40, 0.60, 0.44, 0.56, 0.50))
    )  # fmt: skip
    return Painting(
        layers=(
            *arms,
            Layer(name="fins", box=(0.4, 0.22, 0.98, 0.78), draw=_fins, motion=_flapping, relief=SOFT),
            Layer(name="mantle", box=(-0.24, 0.3, 1.0, 0.70), draw=_torpedo, motion=_jetting, relief=Relief(radius=0.09, strength=0.9)),
        ),
        bearing="drifts", speed=0.22, extent=(-0.76, 0.2, 1.0, 0.8), head=(-0.24, 0.3, 0.2, 0.7),
    )  # fmt: skip


def _jetting(t: float, phase: float) -> tuple[Matrix, float]:
    wave = math.sin(2 * math.pi * (t / 1.9 + phase))
    return turn(0.0, (0.0, 0.5), stretch=(1.0 + 0.02 * wave, 1.0 - 0.05 * wave)), 1.0


def _flapping(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.5), stretch=(1.0, 0.86 + 0.14 * math.sin(2 * math.pi * (t / 1.3 + phase)))), 1.0


def _trailing_arm(y: float, number: int) -> Draw:
    tone = darker(ROSE, 0.25 if number < 2 else 0.05)

    def draw(canvas: "skia.Canvas") -> None:
        long = 0.52 if number < 4 else 0.64
        wave = 0.05 * (1 if number % 2 else -1)
        spine = [(-0.10, y * 0.4 + 0.30), (-0.10 - long * 0.4, y + wave), (-0.10 - long * 0.75, 0.5 + (y - 0.5) * 1.6 - wave),
                 (-0.10 - long, 0.5 + (y - 0.5) * 1.9 + wave * 0.4)]  # fmt: skip
        thick = [0.036, 0.026, 0.018, 0.026 if number == 4 else 0.005]
        form = path(ribbon(spine, thick))
        canvas.drawPath(form, paint(tone))
        shade_under(canvas, form, tone, 0.012)

    return draw


def _fins(canvas: "skia.Canvas") -> None:
    form = path(smooth([(0.97, 0.50), (0.80, 0.64), (0.66, 0.755), (0.56, 0.70), (0.50, 0.5), (0.56, 0.30), (0.66, 0.245), (0.80, 0.36)]))
    tone = lighter(ROSE, 0.12)
    canvas.drawPath(form, paint(tone))
    shade_under(canvas, form, tone, 0.03)


def _torpedo(canvas: "skia.Canvas") -> None:
    head = path(smooth([(0.14, 0.39), (0.0, 0.40), (-0.14, 0.42), (-0.19, 0.5), (-0.14, 0.58), (0.0, 0.60), (0.14, 0.61)]))
    canvas.drawPath(head, paint(darker(ROSE, 0.08)))
    shade_under(canvas, head, ROSE, 0.03)
    form = path(smooth([(0.06, 0.36), (0.035, 0.5), (0.06, 0.64), (0.30, 0.655), (0.60, 0.60), (0.85, 0.54), (0.985, 0.5), (0.85, 0.46),
                        (0.60, 0.40), (0.30, 0.345)]))  # fmt: skip
    canvas.drawPath(form, paint(ROSE))
    random = np.random.default_rng(4)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for _ in range(110):
        x, y, size = random.uniform(0.05, 0.98), random.uniform(0.34, 0.66), float(random.uniform(0.004, 0.013))
        canvas.drawPath(path(oval((x, y), size, size)), paint(darker(ROSE, 0.55), 0.4))
    canvas.restore()
    shade_under(canvas, form, ROSE, 0.05, strength=0.55)
    canvas.drawPath(path(oval((-0.055, 0.515), 0.062, 0.060)), paint(colour("f1ecdc")))
    eye(canvas, (-0.055, 0.515), 0.045, iris=colour("355a78"))
