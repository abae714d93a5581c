"""What carries people over water, under it and through the air: a caravel, a submarine, a hot air balloon.

Knows their looks and how their sails, propellers and flames move.
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
from aiprod.visuals.motion.subjects.masonry import block, fill, glow, line, pipe, shape, turned
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Motion, Painting, billow, twinkle
from aiprod.visuals.motion.subjects.rig import Matrix, Point, turn
from aiprod.visuals.motion.subjects.studio import Draw

if TYPE_CHECKING:
    import skia

WARM: Colour = (1.0, 0.84, 0.48)
GORES = ("d8433a", "f3b53a", "f4ead6", "3f8fb8")


def hot_air_balloon() -> Painting:
    """A striped balloon with a basket of two, its burner flaring now and then."""
    return Painting(layers=(
        Layer(name="basket", box=(-0.1, 0.0, 0.1, 0.3), draw=_basket),
        Layer(name="flame", box=(-0.12, 0.1, 0.12, 0.36), draw=_flame, motion=_flare, relief=FLAT, glow=1.7),
        Layer(name="envelope", box=(-0.39, 0.2, 0.39, 1.0), draw=_envelope),
        Layer(name="shine", box=(-0.3, 0.2, 0.3, 0.75), draw=_lit_from_below, motion=_flare, relief=FLAT, glow=3.2),
    ), bearing="drifts", speed=0.05, size=1.15)  # fmt: skip


def _flare(t: float, phase: float) -> tuple[Matrix, float]:
    """The burner roars for a third of the time."""
    burst = max(0.0, math.sin(2 * math.pi * (t / 4.5 + phase)) + 0.25) / 1.25
    flicker = 1.0 + 0.12 * math.sin(37 * t) + 0.08 * math.sin(23 * t)
    return turn(0.0, (0.0, 0.185), stretch=(flicker, flicker)), min(1.0, 0.15 + burst)


def _flame(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.0, 0.22), 0.11, WARM, 0.5)
    canvas.drawPath(path(smooth([(-0.012, 0.185), (-0.017, 0.205), (0.0, 0.262), (0.017, 0.205), (0.012, 0.185)])),
                    paint((1.0, 0.72, 0.2), 0.8, blur=0.003))  # fmt: skip


def _lit_from_below(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.0, 0.34), 0.27, WARM, 0.22)


def _envelope(canvas: "skia.Canvas") -> None:
    skin = path(smooth([(-0.055, 0.245), (-0.16, 0.36), (-0.31, 0.50), (-0.372, 0.66), (-0.335, 0.83), (-0.20, 0.955),
                        (0.0, 0.995), (0.20, 0.955), (0.335, 0.83), (0.372, 0.66), (0.31, 0.50), (0.16, 0.36),
                        (0.055, 0.245)]))  # fmt: skip
    canvas.save()
    canvas.clipPath(skin, doAntiAlias=True)
    count = 12
    edges = [math.cos(math.pi * i / count) for i in range(count + 1)]
    heights = np.linspace(0.2, 1.0, 30)
    for i in range(count):
        tone = colour(GORES[i % len(GORES)])
        left = [(-_girth(float(y)) * edges[i], float(y)) for y in heights]
        right = [(-_girth(float(y)) * edges[i + 1], float(y)) for y in heights[::-1]]
        canvas.drawPath(shape(*left, *right), paint(tone))
        line(canvas, left, darker(tone, 0.5), 0.004, 0.6)
    for y, deep in ((0.62, 0.05), (0.78, 0.03)):
        band = [(float(x), y - deep * (1 - (x / 0.38) ** 2)) for x in np.linspace(-0.38, 0.38, 21)]
        line(canvas, band, (0.97, 0.93, 0.85), 0.028, 0.85)
        line(canvas, band, colour("7a2b25"), 0.005, 0.5)
    import skia

    shades = [skia.Color4f(*tone).toColor() for tone in ((1, 1, 0.95, 0.40), (1, 1, 1, 0.0), (0.1, 0.05, 0.2, 0.55))]
    round_light = skia.GradientShader.MakeRadial(skia.Point(-0.13, 0.80), 0.58, shades, [0.0, 0.42, 1.0])
    canvas.drawPaint(skia.Paint(Shader=round_light))
    canvas.restore()
    shade_under(canvas, skin, colour("d8433a"), 0.04, strength=0.4)
    turned(canvas, shape((-0.042, 0.222), (0.042, 0.222), (0.058, 0.25), (-0.058, 0.25)), colour("8d2f28"))


def _girth(y: float) -> float:
    """Half the balloon's width at a height, a little more than its outline's."""
    return 0.40 * math.sqrt(max(1.0 - ((y - 0.66) / 0.36) ** 2, 0.02)) if y > 0.6 else 0.06 + 0.335 * (max(y - 0.2, 0) / 0.4) ** 0.8


def _basket(canvas: "skia.Canvas") -> None:
    wicker = colour("b07a42")
    for x, top in ((-0.055, -0.044), (0.055, 0.044), (-0.03, -0.03), (0.03, 0.03)):
        line(canvas, [(x, 0.09), (top, 0.235)], colour("4a3a30"), 0.005)
    for x, tone in ((-0.026, "3d5a80"), (0.024, "c8553d")):
        canvas.drawPath(path(oval((x, 0.1), 0.02, 0.034)), paint(colour(tone)))
        canvas.drawPath(path(oval((x, 0.146), 0.0145, 0.016)), ball((x, 0.146), 0.015, colour("e2b08c")))
        canvas.drawPath(path(oval((x, 0.156), 0.015, 0.009)), paint(colour("3a2a22")))
    fill(canvas, block((-0.03, 0.172, 0.03, 0.188)), colour("6b6f75"), depth=0.005)
    side = path(smooth([(-0.062, 0.1), (-0.06, 0.05), (-0.05, 0.006), (0.05, 0.006), (0.06, 0.05), (0.062, 0.1)]))
    turned(canvas, side, wicker)
    canvas.save()
    canvas.clipPath(side, doAntiAlias=True)
    for row in range(7):
        for column in range(-5, 6):
            x, y = column * 0.0125 + (row % 2) * 0.006, 0.012 + row * 0.0135
            line(canvas, [(x - 0.004, y), (x + 0.004, y)], darker(wicker, 0.5), 0.004, 0.6)
    canvas.restore()
    line(canvas, [(-0.064, 0.1), (0.064, 0.1)], darker(wicker, 0.35), 0.014)


def submarine() -> Painting:
    """A deep-sea boat with lit portholes, a lamp at its bow and a turning screw."""
    return Painting(layers=(
        Layer(name="beam", box=(0.95, -0.12, 2.2, 0.72), draw=_headlight, relief=FLAT, glow=3.0),
        Layer(name="screw", box=(-1.26, 0.1, -1.1, 0.54), draw=_screw, motion=_whirl, relief=FLAT),
        Layer(name="hull", box=(-1.2, 0.0, 1.1, 1.0), draw=_hull),
        Layer(name="lights", box=(-0.7, 0.1, 1.2, 0.5), draw=_portholes, motion=twinkle(3.0, least=0.8), relief=FLAT, glow=2.2),
    ), bearing="drifts", speed=0.16, extent=(-1.22, 0.0, 1.15, 1.0))  # fmt: skip


def _whirl(t: float, phase: float) -> tuple[Matrix, float]:
    """A screw seen from the side: its blades pass before each other."""
    return turn(0.0, (-1.17, 0.32), stretch=(1.0, 0.3 + 0.7 * abs(math.cos(9.0 * t + phase)))), 1.0


def _screw(canvas: "skia.Canvas") -> None:
    brass = colour("c79a45")
    for side in (-1, 1):
        blade = path(smooth([(-1.18, 0.32), (-1.235, 0.32 + side * 0.1), (-1.19, 0.32 + side * 0.2),
                             (-1.135, 0.32 + side * 0.12)]))  # fmt: skip
        fill(canvas, blade, brass, depth=0.02)


def _headlight(canvas: "skia.Canvas") -> None:
    canvas.saveLayer()
    for spread, alpha in ((0.36, 0.10), (0.2, 0.16)):
        canvas.drawPath(shape((1.0, 0.31), (2.2, 0.3 - spread), (2.2, 0.3 + spread), (1.0, 0.35)), paint(WARM, alpha, blur=0.02))
    fade(canvas, (2.15, 0.3), (1.05, 0.32))
    canvas.restore()


PORTHOLES = (-0.55, -0.2, 0.15, 0.5)


def _portholes(canvas: "skia.Canvas") -> None:
    for x in PORTHOLES:
        canvas.drawPath(path(oval((x, 0.335), 0.055, 0.055)), paint(WARM, 0.42))
    glow(canvas, (1.03, 0.33), 0.13, WARM, 0.5)


def _hull(canvas: "skia.Canvas") -> None:
    yellow, red, iron = colour("e8b32f"), colour("b8402f"), colour("5b6168")
    for edge in (0.62, 0.03):
        fill(canvas, shape((-1.13, 0.32), (-0.86, 0.32), (-0.9, edge), (-1.1, edge)), red, depth=0.03)
    tower = path(smooth([(-0.2, 0.52), (-0.17, 0.76), (-0.1, 0.80), (0.18, 0.80), (0.25, 0.74), (0.32, 0.52)]))
    canvas.drawPath(tower, ramp([(0.0, darker(yellow, 0.3)), (0.6, lighter(yellow, 0.2)), (1.0, darker(yellow, 0.1))],
                                (-0.2, 0.0), (0.32, 0.0)))  # fmt: skip
    shade_under(canvas, tower, yellow, 0.05)
    line(canvas, [(0.06, 0.79), (0.06, 0.965), (0.15, 0.965)], iron, 0.035)
    line(canvas, [(-0.06, 0.79), (-0.06, 0.9)], iron, 0.016)
    fill(canvas, block((0.14, 0.94, 0.17, 0.99)), darker(iron, 0.2), depth=0.008)
    body = path(smooth([(-1.13, 0.32), (-0.95, 0.42), (-0.6, 0.535), (0.0, 0.575), (0.6, 0.56), (0.93, 0.48), (1.04, 0.33),
                        (0.93, 0.17), (0.6, 0.07), (0.0, 0.04), (-0.6, 0.1), (-0.95, 0.22)]))  # fmt: skip
    canvas.drawPath(body, pipe(yellow, 0.02, 0.58))
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    canvas.drawPath(block((-1.2, 0.0, 1.1, 0.15)), pipe(red, -0.1, 0.26))
    line(canvas, [(-1.2, 0.15), (1.1, 0.15)], colour("f2e6c8"), 0.014)
    for x in (-0.8, -0.38, -0.02, 0.33, 0.72):
        line(canvas, [(x, 0.03), (x + 0.02, 0.3), (x, 0.58)], darker(yellow, 0.5), 0.008, 0.55)
        for y in np.linspace(0.08, 0.53, 9):
            canvas.drawCircle(x + 0.03, float(y), 0.007, paint(darker(yellow, 0.55), 0.6))
    canvas.restore()
    shade_under(canvas, body, yellow, 0.07, strength=0.45)
    for x in PORTHOLES:
        canvas.drawPath(path(oval((x, 0.335), 0.083, 0.083)), ball((x, 0.335), 0.09, colour("b98b3d")))
        canvas.drawPath(path(oval((x, 0.335), 0.058, 0.058)), ball((x, 0.335), 0.07, colour("7fb6c4")))
    fill(canvas, shape((0.3, 0.2), (0.62, 0.2), (0.55, 0.13), (0.36, 0.13)), darker(yellow, 0.25), depth=0.02)
    canvas.drawPath(path(oval((1.02, 0.33), 0.045, 0.06)), ball((1.02, 0.33), 0.06, colour("fff1bd")))


def caravel() -> Painting:
    """A wooden ship of three masts under full sail."""
    sails = (
        ("mizzen", (-0.47, 0.0), (-0.33, 0.30, 0.16, 0.36), 0.0),
        ("main", (-0.06, 0.0), (-0.04, 0.34, 0.25, 0.42), 0.2),
        ("main-top", (-0.06, 0.0), (-0.04, 0.71, 0.17, 0.16), 0.3),
        ("fore", (0.30, 0.0), (0.32, 0.36, 0.19, 0.31), 0.45),
        ("fore-top", (0.30, 0.0), (0.32, 0.70, 0.13, 0.13), 0.55),
    )
    flags = tuple(
        Layer(name=f"flag-{i}", box=(x - 0.2, y - 0.07, x + 0.02, y + 0.02), draw=_flag((x, y)), relief=FLAT,
              motion=billow((x, y), 0.18, 1.1, late=i / 3))
        for i, (x, y) in enumerate(((-0.06, 0.985), (0.30, 0.90), (-0.47, 0.80)))
    )
    return Painting(
        layers=(
            Layer(name="masts", box=(-0.7, 0.1, 0.95, 1.0), draw=_masts, relief=FLAT),
            *(Layer(name=name, box=(sail[0] - sail[2] - 0.05, sail[1] - 0.03, sail[0] + sail[2] + 0.1, sail[1] + sail[3] + 0.03),
                    draw=_sail(sail), motion=_filled(pivot, late)) for name, pivot, sail, late in sails),
            *flags,
            Layer(name="hull", box=(-0.78, 0.0, 0.8, 0.42), draw=_ship_hull),
        ),
        bearing="rides", speed=0.05, size=1.15,
    )  # fmt: skip


def _filled(pivot: Point, late: float) -> Motion:
    return billow(pivot, 0.035, 3.2, late=late)


def _flag(tip: Point) -> Draw:
    x, y = tip

    def draw(canvas: "skia.Canvas") -> None:
        cloth = path(smooth([(x, y), (x - 0.06, y - 0.004), (x - 0.12, y + 0.006), (x - 0.19, y - 0.022), (x - 0.12, y - 0.04),
                             (x - 0.06, y - 0.05), (x, y - 0.048)], steps=6))  # fmt: skip
        fill(canvas, cloth, colour("c23a32"), depth=0.01)

    return draw


def _sail(sail: tuple[float, float, float, float]) -> Draw:
    """A square sail full of wind: its middle, foot, half width and height."""
    x, foot, half, tall = sail
    cream = colour("f0e3c4")

    def draw(canvas: "skia.Canvas") -> None:
        cloth = path(smooth([(x - half, foot), (x - half * 0.84, foot + tall * 0.5), (x - half * 0.86, foot + tall),
                             (x, foot + tall * 0.985), (x + half * 0.86, foot + tall), (x + half * 1.12, foot + tall * 0.5),
                             (x + half * 1.05, foot), (x, foot + tall * 0.09)], steps=8))  # fmt: skip
        canvas.drawPath(cloth, ramp([(0.0, darker(cream, 0.30)), (0.3, cream), (0.68, lighter(cream, 0.5)),
                                     (1.0, darker(cream, 0.22))], (x - half, 0.0), (x + half * 1.1, 0.0)))  # fmt: skip
        canvas.save()
        canvas.clipPath(cloth, doAntiAlias=True)
        for part in (-0.5, 0.0, 0.5):
            line(canvas, [(x + half * part, foot), (x + half * (part + 0.1), foot + tall * 0.5),
                          (x + half * part, foot + tall)], darker(cream, 0.4), 0.004, 0.5)  # fmt: skip
        if tall > 0.25:
            red = colour("b8392f")
            middle, level = x + half * 0.05, foot + tall * 0.52
            line(canvas, [(middle, foot + tall * 0.2), (middle, foot + tall * 0.85)], red, 0.034, 0.85)
            line(canvas, [(middle - half * 0.48, level), (middle + half * 0.48, level)], red, 0.034, 0.85)
        canvas.restore()
        shade_under(canvas, cloth, cream, 0.03, strength=0.4)
        line(canvas, [(x - half * 0.95, foot + tall), (x + half * 0.95, foot + tall)], colour("5a3c28"), 0.016)

    return draw


def _masts(canvas: "skia.Canvas") -> None:
    wood, rope = colour("6b472e"), colour("3d3029")
    for x, top in ((-0.47, 0.81), (-0.06, 0.99), (0.30, 0.91)):
        for part in (-0.14, -0.09, 0.09, 0.14):
            line(canvas, [(x + part, 0.28), (x, top - 0.1)], rope, 0.004, 0.7)
        line(canvas, [(x, 0.2), (x, top)], wood, 0.022)
        line(canvas, [(x - 0.005, 0.2), (x - 0.005, top)], lighter(wood, 0.3), 0.006)
        fill(canvas, shape((x - 0.03, top - 0.13), (x + 0.03, top - 0.13), (x + 0.038, top - 0.1), (x - 0.038, top - 0.1)),
             wood, depth=0.008)  # fmt: skip
    line(canvas, [(0.55, 0.27), (0.92, 0.47)], wood, 0.02)
    for held in (0.86, 0.66):
        line(canvas, [(0.9, 0.46), (0.30, held)], rope, 0.004, 0.7)


def _ship_hull(canvas: "skia.Canvas") -> None:
    wood = colour("8a5a35")
    hull = path(smooth([(-0.74, 0.40), (-0.71, 0.22), (-0.62, 0.05), (-0.45, 0.01), (0.3, 0.01), (0.52, 0.07), (0.68, 0.22),
                        (0.76, 0.325), (0.62, 0.315), (0.45, 0.30), (0.40, 0.225), (0.0, 0.205), (-0.34, 0.225),
                        (-0.39, 0.30), (-0.52, 0.345)], steps=6))  # fmt: skip
    canvas.drawPath(hull, ramp([(0.0, darker(wood, 0.62)), (0.55, wood), (1.0, lighter(wood, 0.25))], (0.0, 0.0), (0.0, 0.4)))
    canvas.save()
    canvas.clipPath(hull, doAntiAlias=True)
    for y in np.linspace(0.03, 0.36, 12):
        plank = [(float(x), float(y) + 0.09 * (float(x) / 0.7) ** 2 - 0.015) for x in np.linspace(-0.8, 0.8, 20)]
        line(canvas, plank, darker(wood, 0.65), 0.004, 0.55)
    for y, tone in ((0.155, "d9b15a"), (0.19, "b8392f")):
        line(canvas, [(float(x), y + 0.09 * (float(x) / 0.7) ** 2) for x in np.linspace(-0.8, 0.8, 20)], colour(tone), 0.012, 0.9)
    for x in (-0.3, -0.15, 0.0, 0.15, 0.3):
        fill(canvas, block((x - 0.022, 0.10, x + 0.022, 0.14)), darker(wood, 0.8), depth=0.006)
    canvas.restore()
    shade_under(canvas, hull, wood, 0.045, strength=0.5)
    for x in (-0.66, -0.58, -0.50):
        fill(canvas, block((x - 0.018, 0.26, x + 0.018, 0.305)), colour("f2c963"), depth=0.006)
