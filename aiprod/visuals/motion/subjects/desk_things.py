"""What lies on a desk: a book whose page turns, a computer whose screen is alive, a coin that spins.

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
    ramp,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.masonry import block, fill, glow, line, shape, turned
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Motion, Painting
from aiprod.visuals.motion.subjects.rig import Matrix, Point, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

GOLD: Colour = colour("e0ab3a")
PAPER: Colour = colour("f5ecd6")
LEATHER: Colour = colour("7a2f2a")
INK: Colour = colour("4a4038")
CASE: Colour = colour("c9ced4")
SPIN_SECONDS, TURN_SECONDS = 3.2, 4.6
_CODE = (colour("7fd4ff"), colour("ffd27f"), colour("9fe39a"), colour("d9a8ff"))


def coin() -> Painting:
    """A gold coin upright on its edge, turning."""
    return Painting(layers=(
        Layer(name="edge", box=(-0.53, -0.02, 0.53, 1.02), draw=_coin_edge, motion=_spinning(0.07), relief=Relief(radius=0.05)),
        Layer(name="face", box=(-0.52, -0.02, 0.52, 1.02), draw=_coin_face, motion=_spinning(0.0),
              relief=Relief(radius=0.05, strength=0.8)),
        Layer(name="glint", box=(0.0, 0.55, 0.5, 1.1), draw=_glint, motion=_glinting, relief=FLAT, glow=2.4),
    ), bearing="drifts", extent=(-0.5, 0.0, 0.5, 1.0))  # fmt: skip


def _spinning(least: float) -> Motion:
    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        wide = abs(math.cos(math.pi * (t / SPIN_SECONDS + phase)))
        side = math.sin(2 * math.pi * (t / SPIN_SECONDS + phase))
        shift = 0.035 * math.copysign(1.0 - wide, side) if least else 0.0
        return turn(0.0, (0.0, 0.5), shift=(shift, 0.0), stretch=(max(wide, 0.03) + least * (1.0 - wide), 1.0)), 1.0

    return motion


def _glinting(t: float, phase: float) -> tuple[Matrix, float]:
    wide = abs(math.cos(math.pi * (t / SPIN_SECONDS + phase)))
    return turn(0.0, (0.0, 0.5), stretch=(max(wide, 0.03), 1.0)), max(0.0, (wide - 0.8) / 0.2) ** 2


def _coin_edge(canvas: "skia.Canvas") -> None:
    turned(canvas, path(oval((0.0, 0.5), 0.5, 0.5)), darker(GOLD, 0.35))


def _coin_face(canvas: "skia.Canvas") -> None:
    form = path(oval((0.0, 0.5), 0.5, 0.5))
    canvas.drawPath(form, ramp([(0.0, lighter(GOLD, 0.55)), (0.5, GOLD), (1.0, darker(GOLD, 0.45))], (-0.35, 0.9), (0.35, 0.1)))
    shade_under(canvas, form, GOLD, 0.04)
    for number in range(72):
        a = math.radians(5 * number)
        place = (0.455 * math.cos(a), 0.5 + 0.455 * math.sin(a))
        canvas.drawPath(path(oval(place, 0.011, 0.011)), paint(darker(GOLD, 0.35), 0.8))
    canvas.drawPath(path(oval((0.0, 0.5), 0.41, 0.41)), paint(darker(GOLD, 0.4), 0.8, line=0.016))
    canvas.drawPath(path(oval((-0.004, 0.506), 0.405, 0.405)), paint(lighter(GOLD, 0.6), 0.7, line=0.010))
    star: list[Point] = []
    for number in range(10):
        a, out = math.radians(90 + 36 * number), 0.27 if number % 2 == 0 else 0.115
        star.append((out * math.cos(a), 0.5 + out * math.sin(a)))
    figure = shape(*star)
    canvas.drawPath(figure, ramp([(0.0, lighter(GOLD, 0.5)), (1.0, darker(GOLD, 0.2))], (-0.2, 0.75), (0.2, 0.25)))
    shade_under(canvas, figure, GOLD, 0.03, strength=0.8)
    canvas.drawPath(figure, paint(darker(GOLD, 0.5), 0.6, line=0.008))


def _glint(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.25, 0.80), 0.16, (1.0, 0.97, 0.8), 0.5)
    for a in (0.0, math.pi / 2):
        ray = (0.12 * math.cos(a), 0.12 * math.sin(a))
        line(canvas, [(0.25 - ray[0], 0.80 - ray[1]), (0.25 + ray[0], 0.80 + ray[1])], (1.0, 1.0, 0.92), 0.010, 0.42)


def book() -> Painting:
    """An open book that leans towards us; now and then a page turns."""
    return Painting(layers=(
        Layer(name="covers", box=(-0.92, 0.0, 0.92, 1.0), draw=_covers, relief=Relief(radius=0.06)),
        Layer(name="pages", box=(-0.88, 0.02, 0.88, 1.0), draw=_pages, relief=Relief(radius=0.10, strength=0.6)),
        Layer(name="rising", box=(-0.02, 0.05, 0.86, 1.0), draw=_page(1), motion=_leaf(1), relief=Relief(radius=0.08, strength=0.6)),
        Layer(name="falling", box=(-0.86, 0.05, 0.02, 1.0), draw=_page(-1), motion=_leaf(-1), relief=Relief(radius=0.08, strength=0.6)),
    ), bearing="drifts", extent=(-0.9, 0.0, 0.9, 1.0), size=0.8)  # fmt: skip


def _leaf(side: int) -> Motion:
    """A page stands up from one side, then lies down upon the other."""

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        place = (t / TURN_SECONDS + phase) % 1.0
        part = max(0.0, min(1.0, (place - 0.25) / 0.4))
        wide = abs(math.cos(math.pi * part * part * (3 - 2 * part))) if (part < 0.5) == (side > 0) else 0.0
        if wide <= 0.02 or part in (0.0, 1.0):
            return turn(0.0, (0.0, 0.0)), 0.0
        lift = 0.16 * math.sin(math.pi * part)
        return (wide, lift * side * 0.55, 0.0, 1.0, 0.0, 0.0), 1.0

    return motion


def _half(side: int, grow: float) -> "skia.Path":
    """One side of the open book."""
    s = float(side)
    return path(smooth([(0.0, 0.10), (s * 0.22, 0.17), (s * 0.55, 0.15), (s * (0.80 + grow), 0.08 - grow), (s * (0.84 + grow), 0.45),
                        (s * (0.80 + grow), 0.86 + grow), (s * 0.50, 0.94 + grow), (s * 0.20, 0.93 + grow),
                        (0.0, 0.86)], steps=6))  # fmt: skip


def _covers(canvas: "skia.Canvas") -> None:
    for side in (-1, 1):
        form = _half(side, 0.045)
        canvas.drawPath(form, paint(LEATHER))
        shade_under(canvas, form, LEATHER, 0.03)
    fill(canvas, block((-0.035, 0.055, 0.035, 0.88)), darker(LEATHER, 0.2), depth=0.012)


def _pages(canvas: "skia.Canvas") -> None:
    for side in (-1, 1):
        for depth in (0.018, 0.009):
            edge = _half(side, depth)
            canvas.drawPath(edge, paint(darker(PAPER, 0.14 + depth * 6)))
        _sheet(canvas, side, seed=3 + side)


def _sheet(canvas: "skia.Canvas", side: int, seed: int) -> None:
    form, s = _half(side, 0.0), float(side)
    stops = [(0.0, darker(PAPER, 0.42)), (0.14, darker(PAPER, 0.06)), (0.5, lighter(PAPER, 0.4)), (1.0, PAPER)]
    canvas.drawPath(form, ramp(stops, (0.0, 0.5), (s * 0.84, 0.5)))
    random = np.random.default_rng(seed)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for row in range(11):
        y = 0.80 - 0.056 * row
        if seed % 2 == 0 and row < 5:
            continue
        end = 0.72 if row % 5 != 4 else float(random.uniform(0.35, 0.6))
        long = end - 0.12
        bow = ((0.0, -0.03), (0.3, 0.025), (0.66, 0.02), (1.0, -0.015))
        words = smooth([(s * (0.12 + long * part), y + up) for part, up in bow], closed=False)
        canvas.drawPath(path(words, closed=False), paint(INK, 0.62, line=0.012))
    if seed % 2 == 0:
        frame = ((0.16, 0.56), (0.42, 0.60), (0.70, 0.55), (0.70, 0.82), (0.42, 0.87), (0.16, 0.83))
        picture = path(smooth([(s * x, y) for x, y in frame], steps=4))
        land = [(0.0, colour("8fb7d6")), (0.55, colour("e6d3a0")), (1.0, colour("6f9a5a"))]
        canvas.drawPath(picture, ramp(land, (0.0, 0.86), (0.0, 0.56)))
        canvas.drawPath(picture, paint(INK, 0.6, line=0.008))
    canvas.restore()


def _page(side: int) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        _sheet(canvas, side, seed=9)
        shade_under(canvas, _half(side, 0.0), PAPER, 0.03, strength=0.3)

    return draw


def computer() -> Painting:
    """A screen on its foot with a keyboard: lines of code are written, a graph climbs."""
    lines = tuple(
        Layer(name=f"line-{i}", box=(-0.64, 0.44, 0.10, 0.98), draw=_code(i), motion=_written(i), relief=FLAT, glow=1.5) for i in range(6)
    )
    return Painting(layers=(
        Layer(name="halo", box=(-1.1, 0.1, 1.1, 1.3), draw=_halo, relief=FLAT, glow=1.8),
        Layer(name="case", box=(-0.80, 0.0, 0.80, 1.02), draw=_case, relief=Relief(radius=0.04, strength=0.8)),
        Layer(name="screen", box=(-0.72, 0.36, 0.72, 0.98), draw=_screen, relief=FLAT, glow=1.25),
        *lines,
        Layer(name="graph", box=(0.08, 0.42, 0.70, 0.94), draw=_graph, motion=_climbing, relief=FLAT, glow=1.5),
    ), bearing="drifts", extent=(-0.8, 0.0, 0.8, 1.02))  # fmt: skip


def _halo(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.0, 0.68), 0.95, (0.35, 0.62, 1.0), 0.10)


def _case(canvas: "skia.Canvas") -> None:
    fill(canvas, shape((-0.62, 0.0), (0.50, 0.0), (0.46, 0.09), (-0.58, 0.09)), CASE, depth=0.02)
    for row in range(4):
        y = 0.016 + 0.018 * row
        for x in np.linspace(-0.57 + 0.01 * row, 0.45 - 0.01 * row, 22).tolist():
            canvas.drawPath(block((x - 0.018, y, x + 0.018, y + 0.012)), paint(lighter(CASE, 0.5)))
    mouse = path(oval((0.64, 0.035), 0.07, 0.034))
    canvas.drawPath(mouse, ball((0.64, 0.035), 0.08, CASE))
    turned(canvas, shape((-0.07, 0.14), (0.07, 0.14), (0.06, 0.36), (-0.06, 0.36)), darker(CASE, 0.1))
    fill(canvas, path(smooth([(-0.24, 0.115), (0.24, 0.115), (0.20, 0.155), (-0.20, 0.155)], steps=5)), CASE, depth=0.012)
    fill(canvas, block((-0.77, 0.33, 0.77, 1.0)), colour("23262d"), depth=0.025)


def _screen(canvas: "skia.Canvas") -> None:
    canvas.drawPath(block((-0.71, 0.39, 0.71, 0.96)), ramp([(0.0, colour("16304f")), (1.0, colour("0d1a2e"))], (0.0, 0.96), (0.0, 0.39)))
    for x in (-0.66, -0.62, -0.58):
        canvas.drawPath(path(oval((x, 0.93), 0.012, 0.012)), paint(_CODE[round((x + 0.66) / 0.04) % 4]))
    for y in np.linspace(0.48, 0.84, 5).tolist():
        line(canvas, [(0.14, y), (0.66, y)], (0.35, 0.45, 0.6), 0.004, 0.5)


def _code(number: int) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        random, x, y = np.random.default_rng(number), -0.63 + 0.06 * (number % 3), 0.86 - 0.072 * number
        while x < -0.08:
            long = float(random.uniform(0.05, 0.16))
            line(canvas, [(x, y), (min(x + long, 0.02), y)], _CODE[int(random.integers(4))], 0.022)
            x += long + 0.045

    return draw


def _written(number: int) -> Motion:
    """A line is written from its left, then stays till the screen is cleared."""

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        part = min(1.0, max(0.0, ((t / 6.0 + phase + 0.35) % 1.0) * 8.0 - number))
        return turn(0.0, (-0.63 + 0.06 * (number % 3), 0.5), stretch=(max(part, 0.02), 1.0)), 1.0 if part > 0 else 0.0

    return motion


def _climbing(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.4, 0.46), stretch=(1.0, 0.80 + 0.20 * math.sin(2 * math.pi * (t / 3.6 + phase)))), 1.0


def _graph(canvas: "skia.Canvas") -> None:
    places = [(0.15, 0.50), (0.24, 0.56), (0.33, 0.53), (0.42, 0.66), (0.52, 0.70), (0.64, 0.84)]
    line(canvas, [(float(x), float(y)) for x, y in smooth(places, closed=False)], _CODE[2], 0.020)
    for place in places:
        canvas.drawPath(path(oval(place, 0.018, 0.018)), paint((1.0, 1.0, 1.0)))
