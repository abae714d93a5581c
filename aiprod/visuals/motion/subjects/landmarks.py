"""Towers that are seen from afar: a lighthouse, a windmill, a wind turbine, the Eiffel Tower, a clock tower.

Knows their looks and what turns or shines on them.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    ball,
    colour,
    darker,
    fade,
    lighter,
    oval,
    paint,
    path,
    ramp,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.masonry import block, courses, fill, glow, line, shape, taper, turned, window
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Painting, spin, twinkle
from aiprod.visuals.motion.subjects.rig import Matrix, turn
from aiprod.visuals.motion.subjects.studio import Draw

if TYPE_CHECKING:
    import skia

LAMP = (0.0, 0.843)
RAISED = (0.15, 0.85)
"""How high the tower stands on its rock, and how much of the whole it is."""
SWEEP_SECONDS = 6.0
WARM: Colour = (1.0, 0.86, 0.52)


def lighthouse() -> Painting:
    """A banded tower on a rock; its lamp sweeps round."""
    return Painting(
        layers=(
            Layer(name="beam", box=(-0.02, 0.62, 1.5, 1.07), draw=_beam, motion=_sweep, relief=FLAT, glow=3.0),
            Layer(name="tower", box=(-0.44, 0.0, 0.44, 1.0), draw=_lighthouse_tower),
            Layer(name="lamp", box=(-0.2, 0.64, 0.2, 1.05), draw=_lamp, motion=_flash, relief=FLAT, glow=3.3),
        ),
        extent=(-0.44, 0.0, 0.44, 1.0),
        size=1.2,
    )  # fmt: skip


def _sweep(t: float, phase: float) -> tuple[Matrix, float]:
    """The beam seen from the side: it shortens as it turns towards the viewer and away."""
    across = math.cos(2 * math.pi * (t / SWEEP_SECONDS + phase + 0.05))
    return turn(0.0, LAMP, stretch=(across, 1.0)), 0.15 + 0.85 * abs(across)


def _flash(t: float, phase: float) -> tuple[Matrix, float]:
    """The lamp is brightest while it looks at the viewer."""
    towards = math.sin(2 * math.pi * (t / SWEEP_SECONDS + phase + 0.05))
    size = 0.75 + 0.35 * max(towards, 0.0) ** 4
    return turn(0.0, LAMP, stretch=(size, size)), 0.7 + 0.3 * max(towards, 0.0)


def _beam(canvas: "skia.Canvas") -> None:
    x, y = LAMP
    canvas.saveLayer()
    for spread, alpha in ((0.19, 0.11), (0.10, 0.19)):
        canvas.drawPath(shape((x, y - 0.012), (1.48, y - spread), (1.48, y + spread), (x, y + 0.012)),
                        paint(WARM, alpha, blur=0.012))  # fmt: skip
    fade(canvas, (1.48, y), (0.05, y))
    canvas.restore()


def _lamp(canvas: "skia.Canvas") -> None:
    glow(canvas, LAMP, 0.19, WARM, 0.32)
    glow(canvas, LAMP, 0.05, WARM, 0.32)


def _lighthouse_tower(canvas: "skia.Canvas") -> None:
    rock, white, red = colour("6d665f"), colour("f1ece0"), colour("c8372d")
    canvas.save()
    canvas.translate(0.0, RAISED[0])
    canvas.scale(RAISED[1], RAISED[1])
    house = block((0.07, 0.12, 0.21, 0.21))
    fill(canvas, house, colour("e8dfce"), depth=0.015)
    roof = shape((0.05, 0.205), (0.23, 0.205), (0.195, 0.262), (0.075, 0.262))
    fill(canvas, roof, colour("a8452f"), depth=0.015)
    canvas.drawPath(block((0.17, 0.25, 0.188, 0.285)), paint(colour("8d7464")))
    window(canvas, (0.15, 0.165), (0.022, 0.03))
    trunk = taper((0.088, 0.11), (0.056, 0.745))
    turned(canvas, trunk, white)
    canvas.save()
    canvas.clipPath(trunk, doAntiAlias=True)
    for low, high in ((0.22, 0.34), (0.46, 0.57), (0.67, 0.75)):
        turned(canvas, block((-0.09, low, 0.09, high)), red)
    canvas.restore()
    shade_under(canvas, trunk, white, 0.018, strength=0.4)
    fill(canvas, block((-0.024, 0.13, 0.024, 0.195)), colour("5b3d2c"), depth=0.006)
    canvas.drawPath(path(oval((0.0, 0.195), 0.024, 0.022)), paint(colour("5b3d2c")))
    for x, y in ((-0.012, 0.4), (0.01, 0.615)):
        window(canvas, (x, y), (0.02, 0.03))
    turned(canvas, taper((0.06, 0.735), (0.084, 0.757)), darker(white, 0.25))
    fill(canvas, block((-0.088, 0.757, 0.088, 0.768)), colour("4a4644"), depth=0.005)
    for x in np.linspace(-0.084, 0.084, 11):
        line(canvas, [(float(x), 0.768), (float(x), 0.795)], colour("3c3a3a"), 0.004)
    line(canvas, [(-0.086, 0.795), (0.086, 0.795)], colour("3c3a3a"), 0.006)
    canvas.drawPath(block((-0.046, 0.768, 0.046, 0.862)),
                    ramp([(0.0, colour("8fb3bd")), (0.45, colour("fff3c4")), (1.0, colour("6f94a3"))],
                         (-0.046, 0.0), (0.046, 0.0)))  # fmt: skip
    for x in (-0.045, -0.024, 0.0, 0.024, 0.045):
        line(canvas, [(x, 0.768), (x, 0.862)], colour("3a3534"), 0.005)
    turned(canvas, path(smooth([(-0.062, 0.86), (0.062, 0.86), (0.05, 0.9), (0.018, 0.93), (-0.018, 0.93),
                                (-0.05, 0.9)])), red)  # fmt: skip
    canvas.drawPath(path(oval((0.0, 0.94), 0.012, 0.012)), ball((0.0, 0.94), 0.012, darker(red, 0.2)))
    line(canvas, [(0.0, 0.94), (0.0, 0.985)], colour("4a4644"), 0.006)
    canvas.restore()
    _rock(canvas, rock)


def _rock(canvas: "skia.Canvas", rock: Colour) -> None:
    """The rock, which goes on under the water."""
    mound = path(smooth([(-0.42, -0.05), (-0.41, 0.12), (-0.33, 0.17), (-0.24, 0.185), (-0.18, 0.25), (-0.05, 0.275),
                         (0.13, 0.27), (0.23, 0.235), (0.3, 0.18), (0.38, 0.15), (0.42, -0.05)]))  # fmt: skip
    canvas.save()
    canvas.clipPath(mound, doAntiAlias=True)
    canvas.drawPaint(ramp([(0.0, darker(rock, 0.6)), (1.0, lighter(rock, 0.25))], (0.0, 0.1), (0.0, 0.28)))
    random = np.random.default_rng(4)
    for _ in range(46):
        x, y, size = random.uniform(-0.4, 0.4), random.uniform(0.02, 0.26), random.uniform(0.02, 0.055)
        facet = shape((x - size, y), (x + size * 0.6, y - size * 0.5), (x + size, y + size * 0.3), (x, y + size * 0.6))
        canvas.drawPath(facet, paint(lighter(rock, 0.35) if random.random() < 0.5 else darker(rock, 0.4), 0.4))
    canvas.restore()
    shade_under(canvas, mound, rock, 0.03, strength=0.5)


HUB = (0.0, 0.70)


def windmill() -> Painting:
    """A white tower mill with four lattice sails that turn."""
    return Painting(layers=(
        Layer(name="mill", box=(-0.3, 0.0, 0.3, 0.9), draw=_mill),
        Layer(name="sails", box=(-0.42, 0.28, 0.42, 1.12), draw=_sails, motion=spin(HUB, 11.0), relief=FLAT),
        Layer(name="hub", box=(-0.05, 0.65, 0.05, 0.75), draw=_hub),
    ), size=1.1)  # fmt: skip


def _mill(canvas: "skia.Canvas") -> None:
    white, wood = colour("efe6d4"), colour("7a5236")
    trunk = taper((0.185, 0.0), (0.115, 0.68))
    turned(canvas, trunk, white)
    canvas.save()
    canvas.clipPath(trunk, doAntiAlias=True)
    canvas.drawPath(block((-0.2, 0.0, 0.2, 0.07)), paint(colour("8c8378"), 0.75))
    canvas.restore()
    courses(canvas, taper((0.185, 0.0), (0.177, 0.075)), colour("8c8378"), (0.05, 0.025), 3)
    shade_under(canvas, trunk, white, 0.035, strength=0.45)
    turned(canvas, taper((0.125, 0.665), (0.135, 0.69)), darker(wood, 0.1))
    cap = path(smooth([(-0.142, 0.685), (0.142, 0.685), (0.125, 0.76), (0.06, 0.845), (0.0, 0.87), (-0.06, 0.845),
                       (-0.125, 0.76)]))  # fmt: skip
    turned(canvas, cap, colour("80563c"))
    shade_under(canvas, cap, colour("80563c"), 0.03)
    for y in (0.72, 0.755, 0.79, 0.825):
        half = 0.13 * math.sqrt(max(1 - ((y - 0.69) / 0.18) ** 2, 0.0))
        line(canvas, [(-half, y), (0.0, y - 0.012), (half, y)], colour("4d3223"), 0.005, 0.5)
    for x, y in ((0.0, 0.5), (-0.07, 0.33), (0.08, 0.30)):
        window(canvas, (x, y), (0.042, 0.055))
    fill(canvas, block((-0.045, 0.0, 0.045, 0.13)), wood, depth=0.012)
    canvas.drawPath(path(oval((0.0, 0.13), 0.045, 0.035)), paint(wood))
    line(canvas, [(0.0, 0.0), (0.0, 0.16)], darker(wood, 0.5), 0.005)
    ring = [(-0.21, 0.215), (0.21, 0.215)]
    line(canvas, ring, darker(wood, 0.2), 0.022)
    line(canvas, [(-0.21, 0.265), (0.21, 0.265)], darker(wood, 0.05), 0.008)
    for x in np.linspace(-0.21, 0.21, 12):
        line(canvas, [(float(x), 0.215), (float(x), 0.265)], darker(wood, 0.05), 0.007)
    for x in (-0.19, 0.19):
        line(canvas, [(x, 0.21), (x * 0.83, 0.13)], darker(wood, 0.25), 0.012)


def _sails(canvas: "skia.Canvas") -> None:
    wood, cloth = colour("5d4030"), colour("efe4cd")
    for quarter in range(4):
        canvas.save()
        canvas.translate(*HUB)
        canvas.rotate(90 * quarter + 38)
        canvas.drawPath(block((0.012, 0.09, 0.098, 0.385)),
                        ramp([(0.0, darker(cloth, 0.12)), (1.0, lighter(cloth, 0.3))], (0.01, 0.0), (0.1, 0.0)))  # fmt: skip
        for y in np.linspace(0.09, 0.385, 9):
            line(canvas, [(0.0, float(y)), (0.1, float(y))], wood, 0.006)
        for x in (0.036, 0.068, 0.1):
            line(canvas, [(x, 0.09), (x, 0.385)], wood, 0.006)
        line(canvas, [(0.0, 0.0), (0.0, 0.395)], wood, 0.02)
        line(canvas, [(-0.004, 0.0), (-0.004, 0.39)], lighter(wood, 0.3), 0.005)
        canvas.restore()


def _hub(canvas: "skia.Canvas") -> None:
    canvas.drawPath(path(oval(HUB, 0.034, 0.034)), ball(HUB, 0.034, colour("4c352a")))


ROTOR = (0.0, 0.64)


def wind_turbine() -> Painting:
    """A slim white tower with three long blades."""
    return Painting(layers=(
        Layer(name="mast", box=(-0.06, 0.0, 0.1, 0.69), draw=_mast),
        Layer(name="blades", box=(-0.38, 0.26, 0.38, 1.02), draw=_blades, motion=spin(ROTOR, 5.5), relief=FLAT),
        Layer(name="nose", box=(-0.03, 0.61, 0.03, 0.67), draw=_nose),
    ), size=1.4)  # fmt: skip


def _mast(canvas: "skia.Canvas") -> None:
    white = colour("eef1f3")
    turned(canvas, taper((0.021, 0.0), (0.0115, 0.635)), white)
    fill(canvas, block((-0.028, 0.0, 0.028, 0.012)), colour("9aa0a3"), depth=0.004)
    fill(canvas, path(smooth([(-0.022, 0.622), (0.075, 0.628), (0.08, 0.645), (0.07, 0.66), (-0.022, 0.66)])), white,
         depth=0.01)  # fmt: skip


def _blades(canvas: "skia.Canvas") -> None:
    white = colour("f2f5f6")
    for third in range(3):
        canvas.save()
        canvas.translate(*ROTOR)
        canvas.rotate(120 * third)
        blade = path(smooth([(-0.008, 0.0), (-0.012, 0.07), (-0.009, 0.2), (-0.002, 0.36), (0.002, 0.36), (0.012, 0.2),
                             (0.024, 0.075), (0.009, 0.0)]))  # fmt: skip
        canvas.drawPath(blade, ramp([(0.0, lighter(white, 0.4)), (1.0, darker(white, 0.4))], (-0.012, 0.0), (0.022, 0.0)))
        canvas.save()
        canvas.clipPath(blade, doAntiAlias=True)
        canvas.drawPath(block((-0.03, 0.30, 0.03, 0.325)), paint(colour("c43b30")))
        canvas.restore()
        canvas.restore()


def _nose(canvas: "skia.Canvas") -> None:
    canvas.drawPath(path(oval(ROTOR, 0.021, 0.021)), ball(ROTOR, 0.021, colour("e4e8ea")))


def eiffel_tower() -> Painting:
    """The iron tower of Paris, with lights that sparkle along it."""
    lights = tuple(
        Layer(name=f"lights-{number}", box=(-0.25, 0.0, 0.25, 1.02), draw=_sparkles(number), relief=FLAT, glow=3.0,
              motion=twinkle(1.7, late=number / 3, least=0.05, most=0.85))
        for number in range(3)
    )
    return Painting(layers=(Layer(name="tower", box=(-0.25, 0.0, 0.25, 1.0), draw=_iron_tower), *lights), size=1.75)


def _flank(y: float) -> float:
    """Half the tower's width at a height."""
    return 0.185 * math.exp(-3.6 * y) + 0.010 * (1 - y)


def _sparkles(number: int) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        random = np.random.default_rng(20 + number)
        for _ in range(34):
            y = float(random.uniform(0.02, 0.93) ** 1.2)
            x = _flank(y) * float(random.choice((-1.0, 1.0)) * random.uniform(0.55, 1.0))
            glow(canvas, (x, y), 0.014, WARM, 0.36)

    return draw


def _iron_tower(canvas: "skia.Canvas") -> None:
    iron = colour("8a6a4f")
    dark, light = darker(iron, 0.45), lighter(iron, 0.32)

    def inner(y: float) -> float:
        return max(_flank(y) - 0.062 * (1 - y * 1.45), 0.0) if y < 0.55 else 0.0

    for side in (-1, 1):
        heights = np.linspace(0.0, 0.9, 46)
        outer_edge = [(side * _flank(y), y) for y in heights]
        inner_edge = [(side * inner(y), y) for y in heights[::-1]]
        leg = shape(*outer_edge, *inner_edge)
        canvas.drawPath(leg, paint(dark, 0.62))
        canvas.save()
        canvas.clipPath(leg, doAntiAlias=True)
        y = 0.0
        while y < 0.9:
            step = 0.022 + 0.016 * (1 - y)
            a, b, c, d = _flank(y) * side, inner(y) * side, _flank(y + step) * side, inner(y + step) * side
            for start, end in (((a, y), (d, y + step)), ((b, y), (c, y + step)), ((a, y), (b, y))):
                line(canvas, [start, end], light if side < 0 else iron, 0.0042)
            y += step
        canvas.restore()
        for edge in (outer_edge, inner_edge):
            line(canvas, edge, light if side < 0 else iron, 0.0075)
    arch = [(0.118 * math.cos(a), 0.02 + 0.125 * math.sin(a)) for a in np.linspace(0, math.pi, 30)]
    line(canvas, arch, iron, 0.016)
    line(canvas, arch, light, 0.005)
    for y, thick in ((0.178, 0.02), (0.365, 0.016), (0.86, 0.012)):
        half = _flank(y) + (0.016 if y < 0.8 else 0.008)
        fill(canvas, block((-half, y, half, y + thick)), iron, depth=0.006)
        line(canvas, [(-half, y + thick), (half, y + thick)], light, 0.004)
    for side in (-1, 1):
        fill(canvas, block((side * 0.165 - 0.045, 0.0, side * 0.165 + 0.045, 0.018)), colour("a89a88"), depth=0.006)
    turned(canvas, taper((0.012, 0.872), (0.009, 0.9)), iron)
    turned(canvas, path(oval((0.0, 0.905), 0.011, 0.012)), iron)
    line(canvas, [(0.0, 0.91), (0.0, 0.995)], dark, 0.006)


CLOCK = (0.0, 0.70)


def clock_tower() -> Painting:
    """A tall town tower with a lit clock whose hands go round."""
    return Painting(layers=(
        Layer(name="tower", box=(-0.2, 0.0, 0.2, 1.0), draw=_belfry),
        Layer(name="dial", box=(-0.09, 0.61, 0.09, 0.79), draw=_dial, relief=FLAT),
        Layer(name="shine", box=(-0.2, 0.5, 0.2, 0.9), draw=_shine, relief=FLAT, glow=3.0),
        Layer(name="hours", box=(-0.02, 0.66, 0.02, 0.76), draw=_hand(0.042, 0.011), motion=spin(CLOCK, 96.0), relief=FLAT),
        Layer(name="minutes", box=(-0.02, 0.66, 0.02, 0.78), draw=_hand(0.064, 0.007), motion=spin(CLOCK, 8.0), relief=FLAT),
    ), size=1.4)  # fmt: skip


def _belfry(canvas: "skia.Canvas") -> None:
    stone, slate = colour("c2a878"), colour("4a5560")
    for form, seed in ((block((-0.125, 0.0, 0.125, 0.60)), 5), (block((-0.14, 0.60, 0.14, 0.80)), 6)):
        turned(canvas, form, stone)
        courses(canvas, form, stone, (0.04, 0.02), seed)
        shade_under(canvas, form, stone, 0.03, strength=0.5)
    for x in (-0.125, -0.045, 0.045, 0.125):
        turned(canvas, block((x - 0.014, 0.0, x + 0.014, 0.6)), lighter(stone, 0.15))
    for low in (0.0, 0.2, 0.4, 0.585, 0.795):
        fill(canvas, block((-0.148, low, 0.148, low + 0.02)), lighter(stone, 0.1), depth=0.006)
    for y in (0.27, 0.47):
        for x in (-0.083, 0.0, 0.083):
            window(canvas, (x, y), (0.03, 0.07))
    fill(canvas, block((-0.032, 0.02, 0.032, 0.11)), colour("4f3526"), depth=0.01)
    canvas.drawPath(path(oval((0.0, 0.11), 0.032, 0.035)), paint(colour("4f3526")))
    roof = shape((-0.155, 0.812), (0.155, 0.812), (0.0, 0.965))
    turned(canvas, roof, slate)
    shade_under(canvas, roof, slate, 0.02)
    for x in (-0.13, 0.13):
        turned(canvas, shape((x - 0.018, 0.812), (x + 0.018, 0.812), (x, 0.88)), darker(slate, 0.1))
    line(canvas, [(0.0, 0.96), (0.0, 0.997)], colour("d9b24a"), 0.006)


def _dial(canvas: "skia.Canvas") -> None:
    canvas.drawPath(path(oval(CLOCK, 0.086, 0.086)), paint(colour("8a6a2c")))
    canvas.drawPath(path(oval(CLOCK, 0.077, 0.077)), ball(CLOCK, 0.09, colour("f6ecd0"), shade=0.12))
    for hour in range(12):
        angle = math.radians(30 * hour)
        sine, cosine = math.sin(angle), math.cos(angle)
        line(canvas, [(CLOCK[0] + r * sine, CLOCK[1] + r * cosine) for r in (0.058, 0.070)], colour("2b2622"),
             0.008 if hour % 3 == 0 else 0.004)  # fmt: skip


def _shine(canvas: "skia.Canvas") -> None:
    canvas.drawPath(path(oval(CLOCK, 0.077, 0.077)), paint(WARM, 0.22))
    glow(canvas, CLOCK, 0.19, WARM, 0.12)


def _hand(length: float, width: float) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        line(canvas, [(CLOCK[0], CLOCK[1] - 0.012), (CLOCK[0], CLOCK[1] + length)], colour("221d1a"), width)

    return draw
