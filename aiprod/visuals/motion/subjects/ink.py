"""Colours, outlines and soft fills that all drawn subjects share, in rig space (y up).

Knows Skia and shapes. Knows no species.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from aiprod.visuals.motion.subjects.rig import Point

if TYPE_CHECKING:
    import skia

Colour: TypeAlias = tuple[float, float, float]
Outline: TypeAlias = npt.NDArray[np.float64]

BLACK: Final[Colour] = (0.09, 0.08, 0.1)
WHITE: Final[Colour] = (1.0, 1.0, 1.0)


def colour(text: str) -> Colour:
    """A colour of "rrggbb"."""
    return (int(text[0:2], 16) / 255, int(text[2:4], 16) / 255, int(text[4:6], 16) / 255)


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """`one` at 0, `other` at 1."""
    return (
        one[0] + (other[0] - one[0]) * part,
        one[1] + (other[1] - one[1]) * part,
        one[2] + (other[2] - one[2]) * part,
    )


def darker(tone: Colour, part: float) -> Colour:
    """Towards a cool shadow."""
    return mix(tone, (tone[0] * 0.30, tone[1] * 0.27, tone[2] * 0.38), part)


def lighter(tone: Colour, part: float) -> Colour:
    """Towards a warm light."""
    return mix(tone, (1.0, 0.98, 0.92), part)


def paint(tone: Colour, alpha: float = 1.0, *, line: float = 0.0, blur: float = 0.0) -> "skia.Paint":
    """A paint of one colour; `line` strokes with round caps, `blur` softens by that much (rig units)."""
    import skia

    brush = skia.Paint(AntiAlias=True, Color4f=skia.Color4f(*tone, alpha))
    if line:
        brush.setStyle(skia.Paint.kStroke_Style)
        brush.setStrokeWidth(line)
        brush.setStrokeCap(skia.Paint.kRound_Cap)
        brush.setStrokeJoin(skia.Paint.kRound_Join)
    if blur:
        brush.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return brush


def ramp(stops: Sequence[tuple[float, Colour]], start: Point, end: Point) -> "skia.Paint":
    """A gradient paint from `start` to `end`; stops are (0..1, colour)."""
    import skia

    colours = [skia.Color4f(*tone, 1.0).toColor() for _, tone in stops]
    shader = skia.GradientShader.MakeLinear(
        [skia.Point(*start), skia.Point(*end)], colours, [place for place, _ in stops]
    )
    return skia.Paint(AntiAlias=True, Shader=shader)


def ball(centre: Point, radius: float, tone: Colour, *, light: float = 0.25, shade: float = 0.35) -> "skia.Paint":
    """A gradient that makes a disc look round, lit from the upper left."""
    import skia

    colours = [skia.Color4f(*shaded, 1.0).toColor() for shaded in (lighter(tone, light), tone, darker(tone, shade))]
    shader = skia.GradientShader.MakeRadial(
        skia.Point(centre[0] - radius * 0.3, centre[1] + radius * 0.4), radius * 1.45, colours, [0.0, 0.5, 1.0]
    )
    return skia.Paint(AntiAlias=True, Shader=shader)


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 10) -> Outline:
    """A Catmull-Rom curve through the points, as a polyline."""
    knots = np.asarray(points, np.float64)
    count = len(knots)
    if not closed:
        knots = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    t = np.linspace(0.0, 1.0, steps, endpoint=False)[:, None]
    pieces = []
    for index in range(count if closed else count - 1):
        at = [index - 1, index, index + 1, index + 2] if closed else [index, index + 1, index + 2, index + 3]
        p0, p1, p2, p3 = (knots[i % len(knots)] for i in at)
        pieces.append(0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
                             + (3 * p1 - p0 - 3 * p2 + p3) * t**3))  # fmt: skip
    if not closed:
        pieces.append(knots[-2][None])
    return np.vstack(pieces)


def ribbon(spine: Sequence[Point], radii: Sequence[float], *, steps: int = 10) -> Outline:
    """A band along a smooth spine, as wide as the radii say, with round ends."""
    curve = smooth(spine, closed=False, steps=steps)
    places = np.linspace(0, len(radii) - 1, len(curve))
    widths = np.interp(places, np.arange(len(radii)), radii)
    directions = np.gradient(curve, axis=0)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True) + 1e-9
    aside = np.stack([-directions[:, 1], directions[:, 0]], 1)
    cap = np.linspace(-math.pi / 2, math.pi / 2, 8)[:, None]
    tip = curve[-1] + widths[-1] * (np.cos(cap) * directions[-1] - np.sin(cap) * aside[-1])
    tail = curve[0] - widths[0] * (np.cos(cap) * directions[0] - np.sin(cap) * aside[0])
    return np.vstack([curve + aside * widths[:, None], tip, (curve - aside * widths[:, None])[::-1], tail])


def capsule(start: Point, start_radius: float, end: Point, end_radius: float) -> Outline:
    """A straight limb with round ends."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return ribbon([start, middle, end], [start_radius, (start_radius + end_radius) / 2, end_radius])


def oval(centre: Point, across: float, up: float, tilt_degrees: float = 0.0) -> Outline:
    """An ellipse of those half-axes."""
    turn = np.linspace(0, 2 * math.pi, 48, endpoint=False)
    x, y = across * np.cos(turn), up * np.sin(turn)
    angle = math.radians(tilt_degrees)
    return np.stack([centre[0] + x * math.cos(angle) - y * math.sin(angle),
                     centre[1] + x * math.sin(angle) + y * math.cos(angle)], 1)  # fmt: skip


def shaggy(outline: Outline, depth: float, length: float, seed: int) -> Outline:
    """The outline with tufts of fur `depth` high and `length` long."""
    closed = np.vstack([outline, outline[:1]])
    run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    total = float(run[-1])
    tufts = max(6, round(total / length))
    random = np.random.default_rng(seed)
    at = np.sort((np.arange(tufts) + random.uniform(-0.3, 0.3, tufts)) / tufts % 1.0) * total
    gaps = np.append(at[1:], at[0] + total) - at
    places = np.empty(4 * tufts)
    for step, share in enumerate((0.0, 0.3, 0.62, 0.86)):
        places[step::4] = (at + gaps * share) % total
    points = np.stack([np.interp(places, run, closed[:, 0]), np.interp(places, run, closed[:, 1])], 1)
    ahead = np.stack([np.interp((places + 1e-3 * total) % total, run, closed[:, i]) for i in (0, 1)], 1) - points
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True) + 1e-9
    area = float(np.sum(closed[:-1, 0] * closed[1:, 1] - closed[1:, 0] * closed[:-1, 1]))
    out = np.stack([ahead[:, 1], -ahead[:, 0]], 1) * (1 if area > 0 else -1)
    push = np.zeros(4 * tufts)
    height = depth * random.uniform(0.5, 1.2, tufts)
    push[1::4], push[2::4], push[3::4] = height * 0.75, height, height * 0.55
    lean = np.array([-0.45, -0.55]) * push[:, None] * 0.7
    return points + out * push[:, None] + lean


def united(one: "skia.Path", other: "skia.Path") -> "skia.Path":
    """The outline around two overlapping shapes."""
    import skia

    return skia.Op(one, other, skia.PathOp.kUnion_PathOp)


def fade(canvas: "skia.Canvas", clear: Point, full: Point) -> None:
    """Let what the current layer holds fade in from `clear` to `full`."""
    import skia

    colours = [skia.Color4f(0, 0, 0, alpha).toColor() for alpha in (0.0, 1.0)]
    shader = skia.GradientShader.MakeLinear([skia.Point(*clear), skia.Point(*full)], colours)
    canvas.drawPaint(skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kDstIn))


def fill_white(canvas: "skia.Canvas", shape: "skia.Path") -> None:
    """Fill a shape for the light's sake."""
    canvas.drawPath(shape, paint(WHITE))


def path(outline: Outline, *, closed: bool = True) -> "skia.Path":
    """The outline as a Skia path."""
    import skia

    builder = skia.Path()
    builder.addPoly([skia.Point(float(x), float(y)) for x, y in outline], closed)
    return builder


def curve(outline: Outline) -> "skia.Path":
    """An open polyline as a path to be stroked."""
    return path(outline, closed=False)


def shade_under(canvas: "skia.Canvas", shape: "skia.Path", tone: Colour, size: float, *, strength: float = 0.5) -> None:
    """A soft shadow along the lower right of a shape and a soft light along its upper left, inside it."""
    import skia

    canvas.save()
    canvas.clipPath(shape, doAntiAlias=True)
    bounds = shape.getBounds().makeOutset(size * 2, size * 2)
    outside = skia.Path()
    outside.addRect(bounds)
    outside.addPath(shape)
    outside.setFillType(skia.PathFillType.kEvenOdd)
    canvas.save()
    canvas.translate(-size * 0.35, size * 0.75)
    canvas.drawPath(outside, paint(darker(tone, 0.75), strength, blur=size * 0.55))
    canvas.restore()
    canvas.save()
    canvas.translate(size * 0.12, -size * 0.30)
    canvas.drawPath(outside, paint(lighter(tone, 0.7), strength * 0.55, blur=size * 0.22))
    canvas.restore()
    canvas.restore()


def eye(canvas: "skia.Canvas", centre: Point, size: float, *, iris: Colour = BLACK, sclera: bool = False) -> None:
    """A lively eye with a light in it."""
    if sclera:
        canvas.drawPath(path(oval(centre, size * 1.25, size * 1.2)), paint((0.98, 0.97, 0.95)))
    canvas.drawPath(path(oval(centre, size, size * 1.08)), paint(mix(iris, BLACK, 0.15)))
    canvas.drawPath(
        path(oval((centre[0] + size * 0.1, centre[1] - size * 0.05), size * 0.62, size * 0.68)), paint(BLACK)
    )
    canvas.drawPath(
        path(oval((centre[0] + size * 0.32, centre[1] + size * 0.38), size * 0.3, size * 0.3)), paint(WHITE)
    )
    canvas.drawPath(
        path(oval((centre[0] - size * 0.3, centre[1] - size * 0.42), size * 0.14, size * 0.14)), paint(WHITE, 0.7)
    )
