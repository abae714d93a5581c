"""A steam locomotive with its tender: driving wheels, rods that go to and fro, smoke, a lit lamp.

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
from aiprod.visuals.motion.subjects.masonry import block, fill, glow, line, pipe, shape, turned
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Motion, Painting, spin, twinkle
from aiprod.visuals.motion.subjects.rig import Matrix, Point, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

GREEN: Colour = colour("2f5d46")
BLACK_IRON: Colour = colour("33353b")
RED: Colour = colour("a93a2f")
BRASS: Colour = colour("d6a84a")
WARM: Colour = (1.0, 0.86, 0.55)
STEAM: Colour = (0.80, 0.81, 0.84)
FUNNEL: Point = (0.58, 0.92)
SPEED = 0.55
DRIVING, DRIVER_RADIUS = (-0.42, -0.06, 0.30), 0.165
SMALL, SMALL_RADIUS = (0.58, -0.98, -1.28, -1.58), 0.085
CRANK = 0.085
PUFFS = 5


def locomotive() -> Painting:
    """A boiler on six driving wheels, a cab, a funnel that smokes, a tender full of coal."""
    drivers = tuple(_wheel(f"driver-{i}", (x, DRIVER_RADIUS), DRIVER_RADIUS, spokes=12) for i, x in enumerate(DRIVING))
    carriers = tuple(_wheel(f"wheel-{i}", (x, SMALL_RADIUS), SMALL_RADIUS, spokes=8) for i, x in enumerate(SMALL))
    smoke = tuple(
        Layer(name=f"smoke-{i}", box=(0.36, 0.72, 0.80, 1.14), draw=_puff(i), motion=_rising(i / PUFFS),
              relief=Relief(radius=0.1, strength=0.4))
        for i in range(PUFFS)
    )
    return Painting(
        layers=(
            Layer(name="track", box=(-0.1, -0.09, 0.1, 0.01), draw=_track, motion=_endless, relief=FLAT),
            *smoke,
            Layer(name="tender", box=(-1.80, 0.08, -0.76, 0.64), draw=_tender, motion=_jolted),
            Layer(name="engine", box=(-0.94, 0.08, 0.92, 0.98), draw=_engine, motion=_jolted),
            Layer(name="firelight", box=(-0.9, 0.45, -0.35, 0.82), draw=_firelight, motion=twinkle(0.9, least=0.6), relief=FLAT, glow=2.2),
            *carriers, *drivers,
            Layer(name="coupling", box=(-0.54, 0.06, 0.42, 0.28), draw=_coupling, motion=_cranked, relief=Relief(radius=0.02)),
            Layer(name="lamp", box=(0.55, 0.45, 1.15, 1.0), draw=_lamp, motion=twinkle(3.0, least=0.8), relief=FLAT, glow=2.6),
        ),
        speed=SPEED, size=0.8, extent=(-1.1, 0.0, 0.9, 1.0),
    )  # fmt: skip


def _endless(_t: float, _phase: float) -> tuple[Matrix, float]:
    """Rails are the same all along, so that a short piece may be drawn out beyond the picture."""
    return turn(0.0, (0.0, 0.0), stretch=(150.0, 1.0)), 1.0


def _track(canvas: "skia.Canvas") -> None:
    bed = colour("6f675e")
    canvas.drawPath(block((-0.2, -0.085, 0.2, -0.012)), ramp([(0.0, darker(bed, 0.55)), (1.0, bed)], (0.0, -0.085), (0.0, -0.012)))
    canvas.drawPath(block((-0.2, -0.026, 0.2, 0.002)), pipe(colour("8f8a86"), -0.026, 0.002))


def _jolted(t: float, phase: float) -> tuple[Matrix, float]:
    """The joints of the rails are felt."""
    return turn(0.0, (0.0, 0.0), shift=(0.0, 0.004 * abs(math.sin(2 * math.pi * (t / 0.41 + phase))))), 1.0


def _wheel(name: str, middle: Point, radius: float, *, spokes: int) -> Layer:
    x, y = middle
    return Layer(name=name, box=(x - radius, y - radius, x + radius, y + radius), draw=_spoked(middle, radius, spokes), relief=FLAT,
                 motion=spin(middle, 2 * math.pi * radius / SPEED))  # fmt: skip


def _spoked(middle: Point, radius: float, spokes: int) -> Draw:
    x, y = middle

    def draw(canvas: "skia.Canvas") -> None:
        canvas.drawPath(path(oval(middle, radius * 0.8, radius * 0.8)), paint(darker(BLACK_IRON, 0.7), 0.85))
        for spoke in range(spokes):
            a = 2 * math.pi * spoke / spokes
            line(canvas, [middle, (x + radius * 0.88 * math.cos(a), y + radius * 0.88 * math.sin(a))], RED, radius * 0.085)
        canvas.drawPath(path(oval(middle, radius * 0.86, radius * 0.86)), paint(RED, line=radius * 0.12))
        canvas.drawPath(path(oval(middle, radius * 0.94, radius * 0.94)), paint(colour("9a9ea6"), line=radius * 0.09))
        weight = [(x - radius * 0.8 * math.cos(a), y - radius * 0.8 * math.sin(a)) for a in np.linspace(-0.5, 0.5, 7)]
        if radius > 0.1:  # the counterweight is across from the crank
            fill(canvas, shape(*weight), darker(RED, 0.25), depth=0.006)
            canvas.drawPath(path(oval((x + CRANK, y), 0.026, 0.026)), ball((x + CRANK, y), 0.028, colour("b9bdc4")))
        canvas.drawPath(path(oval(middle, radius * 0.2, radius * 0.2)), ball(middle, radius * 0.22, darker(RED, 0.2)))

    return draw


def _cranked(t: float, phase: float) -> tuple[Matrix, float]:
    """The rod is carried round by the cranks, level all the time."""
    angle = -2 * math.pi * (t / (2 * math.pi * DRIVER_RADIUS / SPEED) + phase)
    return turn(0.0, (0.0, 0.0), shift=(CRANK * math.cos(angle), CRANK * math.sin(angle))), 1.0


def _coupling(canvas: "skia.Canvas") -> None:
    steel = colour("b4b8bf")
    fill(canvas, block((DRIVING[0], DRIVER_RADIUS - 0.016, DRIVING[2], DRIVER_RADIUS + 0.016)), steel, depth=0.008)
    for x in DRIVING:
        canvas.drawPath(path(oval((x, DRIVER_RADIUS), 0.028, 0.028)), ball((x, DRIVER_RADIUS), 0.03, steel))


def _puff(number: int) -> Draw:
    random = np.random.default_rng(20 + number)

    def draw(canvas: "skia.Canvas") -> None:
        for _ in range(9):
            x, y = FUNNEL[0] + float(random.normal(0.0, 0.05)), FUNNEL[1] + 0.02 + float(random.normal(0.0, 0.045))
            radius = float(random.uniform(0.05, 0.085))
            canvas.drawPath(path(oval((x, y), radius, radius)), ball((x, y), radius, STEAM, shade=0.2))

    return draw


def _rising(late: float) -> Motion:
    """A puff leaves the funnel, grows, is left behind and fades."""

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        age = (t / 2.4 + phase + late) % 1.0
        size = 0.45 + 1.6 * age
        opacity = min(1.0, age / 0.08) * (1.0 - age)
        return turn(20.0 * age, FUNNEL, shift=(-0.95 * age, 0.36 * math.sqrt(age)), stretch=(size, size)), opacity

    return motion


def _lamp(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.80, 0.715), 0.20, WARM, 0.45)
    canvas.drawPath(path(oval((0.80, 0.715), 0.030, 0.036)), paint(WARM, 0.42))


def _firelight(canvas: "skia.Canvas") -> None:
    for x in (-0.70, -0.54):
        glow(canvas, (x, 0.63), 0.10, (1.0, 0.62, 0.25), 0.40)


def _tender(canvas: "skia.Canvas") -> None:
    coal = path(smooth([(-1.70, 0.50), (-1.60, 0.585), (-1.40, 0.62), (-1.18, 0.60), (-1.02, 0.55), (-0.96, 0.50)]))
    canvas.drawPath(coal, paint(colour("23252b")))
    random = np.random.default_rng(3)
    canvas.save()
    canvas.clipPath(coal, doAntiAlias=True)
    for _ in range(70):
        x, y = float(random.uniform(-1.7, -0.95)), float(random.uniform(0.48, 0.62))
        lump = path(oval((x, y), 0.026, 0.018, float(random.uniform(0, 90))))
        canvas.drawPath(lump, paint(lighter(BLACK_IRON, float(random.uniform(0, 0.25))), 0.8))
    canvas.restore()
    side = block((-1.74, 0.20, -0.92, 0.52))
    canvas.drawPath(side, pipe(GREEN, 0.12, 0.60))
    shade_under(canvas, side, GREEN, 0.03)
    _lining(canvas, (-1.70, 0.24, -0.96, 0.48))
    fill(canvas, block((-1.78, 0.14, -0.80, 0.205)), BLACK_IRON, depth=0.014)
    line(canvas, [(-1.74, 0.50), (-0.92, 0.50)], BRASS, 0.010)


def _lining(canvas: "skia.Canvas", box: tuple[float, float, float, float]) -> None:
    left, bottom, right, top = box
    line(canvas, [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)], BRASS, 0.008, 0.85)


def _engine(canvas: "skia.Canvas") -> None:
    fill(canvas, block((-0.84, 0.20, 0.80, 0.275)), BLACK_IRON, depth=0.016)
    line(canvas, [(-0.84, 0.268), (0.80, 0.268)], RED, 0.012)
    fill(canvas, shape((0.70, 0.27), (0.78, 0.27), (0.90, 0.09), (0.62, 0.09)), RED, depth=0.016)  # what clears the rails
    for x in (0.66, 0.71, 0.76, 0.81, 0.86):
        line(canvas, [(0.74, 0.26), (x, 0.095)], darker(RED, 0.5), 0.008)
    cylinder = block((0.42, 0.13, 0.68, 0.255))
    canvas.drawPath(cylinder, pipe(GREEN, 0.12, 0.27))
    shade_under(canvas, cylinder, GREEN, 0.02)
    for x in (0.43, 0.67):
        line(canvas, [(x, 0.135), (x, 0.25)], BRASS, 0.012)
    boiler = block((-0.48, 0.32, 0.62, 0.66))
    canvas.drawPath(boiler, pipe(GREEN, 0.28, 0.68))
    shade_under(canvas, boiler, GREEN, 0.03)
    for x in (-0.26, 0.0, 0.26):
        canvas.drawPath(block((x - 0.012, 0.32, x + 0.012, 0.66)), pipe(BRASS, 0.28, 0.68))
    smokebox = block((0.44, 0.31, 0.72, 0.67))
    canvas.drawPath(smokebox, pipe(BLACK_IRON, 0.28, 0.70))
    shade_under(canvas, smokebox, BLACK_IRON, 0.025)
    front = path(smooth([(0.72, 0.33), (0.765, 0.40), (0.775, 0.49), (0.765, 0.58), (0.72, 0.65)]))
    fill(canvas, front, darker(BLACK_IRON, 0.2), depth=0.02)
    line(canvas, [(-0.46, 0.60), (0.44, 0.60)], BRASS, 0.010)
    fill(canvas, block((-0.46, 0.27, 0.6, 0.325)), darker(BLACK_IRON, 0.2), depth=0.012)
    _upper_works(canvas)
    _cab(canvas)


def _upper_works(canvas: "skia.Canvas") -> None:
    turned(canvas, shape((0.52, 0.66), (0.64, 0.66), (0.625, 0.80), (0.535, 0.80)), BLACK_IRON)
    turned(canvas, shape((0.525, 0.79), (0.635, 0.79), (0.69, 0.90), (0.66, 0.93), (0.50, 0.93), (0.47, 0.90)), BLACK_IRON)
    turned(canvas, block((0.49, 0.905, 0.67, 0.935)), BRASS)
    for x, wide, tall in ((0.24, 0.075, 0.13), (-0.08, 0.09, 0.12)):
        dome = path(smooth([(x - wide, 0.65), (x - wide * 0.95, 0.65 + tall * 0.6), (x, 0.65 + tall), (x + wide * 0.95, 0.65 + tall * 0.6),
                            (x + wide, 0.65)]))  # fmt: skip
        turned(canvas, dome, BRASS)
        shade_under(canvas, dome, BRASS, 0.02)
    line(canvas, [(-0.30, 0.65), (-0.30, 0.76)], BRASS, 0.022)
    canvas.drawPath(path(oval((-0.30, 0.78), 0.03, 0.022)), ball((-0.30, 0.78), 0.03, BRASS))
    fill(canvas, block((0.70, 0.665, 0.80, 0.765)), BLACK_IRON, depth=0.014)
    canvas.drawPath(path(oval((0.80, 0.715), 0.030, 0.040)), paint(colour("fff0c4")))


def _cab(canvas: "skia.Canvas") -> None:
    wall = block((-0.80, 0.27, -0.44, 0.80))
    canvas.drawPath(wall, paint(GREEN))
    shade_under(canvas, wall, GREEN, 0.03)
    _lining(canvas, (-0.765, 0.31, -0.475, 0.50))
    for left in (-0.765, -0.605):
        fill(canvas, block((left, 0.55, left + 0.13, 0.73)), colour("2a3138"), depth=0.012)
        line(canvas, [(left, 0.55), (left + 0.13, 0.55), (left + 0.13, 0.73), (left, 0.73), (left, 0.55)], BRASS, 0.010)
    canvas.drawPath(path(oval((-0.54, 0.62), 0.035, 0.05)), paint(colour("33435a")))  # who drives
    canvas.drawPath(path(oval((-0.54, 0.685), 0.024, 0.026)), paint(colour("d9a887")))
    canvas.drawPath(path(oval((-0.545, 0.705), 0.028, 0.014)), paint(colour("23252b")))
    roof = path(smooth([(-0.86, 0.80), (-0.62, 0.855), (-0.38, 0.80), (-0.40, 0.785), (-0.84, 0.785)]))
    fill(canvas, roof, BLACK_IRON, depth=0.016)
