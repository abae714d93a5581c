"""Shapes and shading of built things: blocks, tapered towers, round barrels, courses of stone, lit windows.

Knows Skia through `ink.py`. Knows no building.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    WHITE,
    Colour,
    darker,
    lighter,
    mix,
    oval,
    paint,
    path,
    ramp,
    shade_under,
)
from aiprod.visuals.motion.subjects.rig import Box, Point

if TYPE_CHECKING:
    import skia


def shape(*points: Point) -> "skia.Path":
    """A polygon."""
    return path(np.asarray(points, np.float64))


def block(box: Box) -> "skia.Path":
    """An upright rectangle (left, bottom, right, top)."""
    left, bottom, right, top = box
    return shape((left, bottom), (right, bottom), (right, top), (left, top))


def taper(bottom: tuple[float, float], top: tuple[float, float], middle: float = 0.0) -> "skia.Path":
    """A symmetrical trunk from (half width, height) to (half width, height)."""
    (wide, low), (slim, high) = bottom, top
    return shape((middle - wide, low), (middle + wide, low), (middle + slim, high), (middle - slim, high))


def barrel(tone: Colour, left: float, right: float) -> "skia.Paint":
    """A paint that makes what it fills look round about an upright axis, lit from the left."""
    stops = [(0.0, darker(tone, 0.12)), (0.24, lighter(tone, 0.30)), (0.55, tone), (1.0, darker(tone, 0.50))]
    return ramp(stops, (left, 0.0), (right, 0.0))


def pipe(tone: Colour, bottom: float, top: float) -> "skia.Paint":
    """A paint that makes what it fills look round about a level axis, lit from above."""
    stops = [(0.0, darker(tone, 0.55)), (0.40, tone), (0.78, lighter(tone, 0.30)), (1.0, darker(tone, 0.08))]
    return ramp(stops, (0.0, bottom), (0.0, top))


def fill(canvas: "skia.Canvas", form: "skia.Path", tone: Colour, *, depth: float = 0.02, strength: float = 0.45) -> None:
    """One colour, with a soft shadow and a soft light along its rim."""
    canvas.drawPath(form, paint(tone))
    shade_under(canvas, form, tone, depth, strength=strength)


def turned(canvas: "skia.Canvas", form: "skia.Path", tone: Colour) -> None:
    """A form that is round about its upright axis."""
    bounds = form.getBounds()
    canvas.drawPath(form, barrel(tone, bounds.left(), bounds.right()))


def line(canvas: "skia.Canvas", points: Sequence[Point], tone: Colour, width: float, alpha: float = 1.0) -> None:
    """An open line."""
    canvas.drawPath(path(np.asarray(points, np.float64), closed=False), paint(tone, alpha, line=width))


def courses(canvas: "skia.Canvas", form: "skia.Path", tone: Colour, size: tuple[float, float], seed: int) -> None:
    """Rows of stones `size` wide and high inside a form, each a little other than its neighbours."""
    random = np.random.default_rng(seed)
    bounds = form.getBounds()
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    wide, high = size
    y, odd = bounds.top(), 0.0
    while y < bounds.bottom():
        x = bounds.left() - wide * odd
        while x < bounds.right():
            length = wide * float(random.uniform(0.75, 1.25))
            shade = float(random.uniform(-0.16, 0.16))
            stone = darker(tone, shade) if shade > 0 else lighter(tone, -shade)
            canvas.drawPath(block((x, y, x + length, y + high)), paint(stone, 0.7))
            canvas.drawPath(block((x, y, x + length, y + high)), paint(darker(tone, 0.7), 0.35, line=high * 0.09))
            x += length
        y += high
        odd = 0.5 - odd
    canvas.restore()


def window(canvas: "skia.Canvas", centre: Point, size: tuple[float, float], tone: Colour = (0.16, 0.19, 0.26)) -> None:
    """A small window with a round head, in a light frame."""
    x, y = centre
    half, tall = size[0] / 2, size[1] / 2
    for grow, colour in ((half * 0.35, mix(tone, WHITE, 0.6)), (0.0, tone)):
        canvas.drawPath(block((x - half - grow, y - tall - grow, x + half + grow, y + tall)), paint(colour))
        canvas.drawPath(path(oval((x, y + tall), half + grow, half + grow)), paint(colour))


def glow(canvas: "skia.Canvas", centre: Point, radius: float, tone: Colour, strength: float = 0.5) -> None:
    """A soft round light that fades to nothing."""
    import skia

    stops = [skia.Color4f(*tone, alpha).toColor() for alpha in (strength, strength * 0.35, 0.0)]
    shader = skia.GradientShader.MakeRadial(skia.Point(*centre), radius, stops, [0.0, 0.35, 1.0])
    canvas.drawCircle(centre[0], centre[1], radius, skia.Paint(AntiAlias=True, Shader=shader))
