"""Tails, and an elephant's nose: chains of links, each carrying the next.

Knows how they hang and bend; how far each link turns at a moment is `quadruped.py`'s.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.heads import HeadFrame
from aiprod.visuals.motion.subjects.ink import (
    capsule,
    darker,
    fill_white,
    lighter,
    paint,
    path,
    ramp,
    ribbon,
    shaggy,
    smooth,
)  # fmt: skip
from aiprod.visuals.motion.subjects.rig import Box, Matrix, PartPose, Point, join, turn
from aiprod.visuals.motion.subjects.species import Species
from aiprod.visuals.motion.subjects.studio import Relief, Studio
from aiprod.visuals.motion.subjects.trunks import TrunkArt

if TYPE_CHECKING:
    import skia


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A piece of a tail or nose that turns about `pivot` and carries the next."""

    part: int
    pivot: Point


def paint_tail(studio: Studio, body: TrunkArt) -> tuple[Link, ...]:
    """The tail, as links."""
    s, unit, coat = body.species, body.skeleton.unit, body.species.coat
    if s.tail == "none":
        return ()
    x0, y0 = body.skeleton.tail_base
    length = s.tail_length * unit
    count = 1 if s.tail in ("stub", "hair", "curl") else 4
    angle = math.radians(s.tail_angle)
    # A tail points backwards, so a shrinking angle lifts its tip, whether it hangs or stands.
    lift = {"bushy": -12.0, "slim": -16.0, "tuft": 4.0, "thick": -3.0}.get(s.tail, 0.0)
    spine = [(x0 + 0.06 * unit, y0)]
    for _ in range(count):
        spine.append((spine[-1][0] + length / count * math.cos(angle), spine[-1][1] + length / count * math.sin(angle)))
        angle += math.radians(lift)
    if count == 1:
        return (Link(part=_short_tail(studio, body, spine), pivot=spine[0]),)
    bands = {"bushy": [0.05, 0.11, 0.135, 0.115, 0.03], "slim": [0.055, 0.045, 0.04, 0.036, 0.030], "tuft": [0.036,
        0.028, 0.024, 0.022, 0.02], "thick": [0.27, 0.20, 0.14, 0.08, 0.015],}[s.tail]  # fmt: skip
    widths = [band * unit for band in bands]
    links = []
    for index in range(count):
        start, end, w0, w1 = spine[index], spine[index + 1], widths[index], widths[index + 1]
        tone = coat.hair if s.tail == "bushy" else coat.back
        part = studio.add(
            f"tail-{index}", _around([start, end], max(w0, w1) * 1.9 + 0.03 * unit),
            partial(_tail_piece, body=body, piece=(start, w0, end, w1), index=index, tone=tone),
            Relief(radius=max(w0, w1) * 0.8),
        )  # fmt: skip
        links.append(Link(part=part, pivot=start))
    return tuple(links)


def _tail_piece(
    canvas: "skia.Canvas",
    body: TrunkArt,
    piece: tuple[Point, float, Point, float],
    index: int,
    tone: tuple[float, float, float],
) -> None:

    s, unit, coat = body.species, body.skeleton.unit, body.species.coat
    start, w0, end, w1 = piece
    shape = capsule(start, w0, end, w1)
    last = index == 3
    if s.tail == "bushy":
        shape = shaggy(shape, 0.018 * unit, 0.06 * unit, body.seed + 20 + index)
    if last and s.tail == "tuft":
        brush = shaggy(ribbon([start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2),
            (end[0], end[1] - 0.05 * unit)], [0.02 * unit, 0.055 * unit, 0.02 * unit]), 0.02 * unit, 0.05 * unit,
            body.seed)  # fmt: skip
        canvas.drawPath(path(brush), paint(coat.hair))
        return
    if s.tail == "thick" or coat.pattern in ("spots", "rosettes", "scales"):
        body.fur.trunk(canvas, path(shape))
    else:
        canvas.drawPath(path(shape), paint(tone))
    if last and "white-tip" in s.extras:
        canvas.drawPath(path(shaggy(capsule(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), (w0 + w1) * 0.46, end,
            w1), 0.012 * unit, 0.05 * unit, 5)), paint((0.98, 0.95, 0.9)))  # fmt: skip
    if "rings" in s.extras or coat.pattern == "tiger":
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        dx, dy = end[0] - start[0], end[1] - start[1]
        span = math.hypot(dx, dy)
        wide = (w0 + w1) / 2 * 0.92
        band = capsule(
            (middle[0] - dy / span * wide, middle[1] + dx / span * wide),
            0.024 * unit,
            (middle[0] + dy / span * wide, middle[1] - dx / span * wide),
            0.024 * unit,
        )
        canvas.save()
        canvas.clipPath(path(shape), doAntiAlias=True)
        canvas.drawPath(path(band), paint(coat.marks, 0.85))
        canvas.restore()


def _short_tail(studio: Studio, body: TrunkArt, spine: list[Point]) -> int:
    s, unit, coat = body.species, body.skeleton.unit, body.species.coat
    start, end = spine

    def draw(canvas: "skia.Canvas") -> None:
        if s.tail == "hair":
            hair = ribbon([start, (start[0] - 0.10 * unit, start[1] + 0.01 * unit),
                ((start[0] + end[0]) / 2 - 0.12 * unit, (start[1] + end[1]) / 2), (end[0] - 0.03 * unit, end[1])],
                [0.035 * unit, 0.065 * unit, 0.085 * unit, 0.02 * unit])  # fmt: skip
            canvas.drawPath(path(shaggy(hair, 0.02 * unit, 0.08 * unit, body.seed)), paint(coat.hair))
        elif s.tail == "curl":
            loop = [
                (
                    start[0] - 0.075 * unit + 0.05 * unit * math.cos(a),
                    start[1] + 0.03 * unit + 0.05 * unit * math.sin(a),
                )
                for a in np.linspace(-0.3, 5.6, 12)
            ]
            canvas.drawPath(
                path(smooth([start, *loop], closed=False), closed=False),
                paint(darker(coat.back, 0.12), line=0.03 * unit),
            )
        else:
            tone = (0.98, 0.96, 0.92) if "white-tip" in s.extras or coat.pattern == "fawn" else coat.back
            puff = shaggy(capsule(start, 0.06 * unit, end, 0.075 * unit), 0.016 * unit, 0.06 * unit, body.seed)
            canvas.drawPath(path(puff), paint(darker(tone, 0.06)))

    return studio.add("tail", _around([start, end], 0.22 * unit), draw, Relief(radius=0.05 * unit))


def paint_elephant_trunk(studio: Studio, species: Species, frame: HeadFrame) -> tuple[Link, ...]:
    """An elephant's nose, from brow to ground, as links."""
    coat, r = species.coat, frame.radius
    count = 7
    places = [frame.at(0.80, -0.02)]
    angle = -math.radians(62.0)
    ground = 0.10
    length = (places[0][1] - ground) / count * 1.10
    for index in range(count):
        places.append((places[-1][0] + length * math.cos(angle), places[-1][1] + length * math.sin(angle)))
        angle += math.radians(-9.0 if index < 2 else 5.0 if index < 4 else 16.0)
    widths = np.linspace(0.58, 0.20, count + 1) * r
    links = []
    for index in range(count):
        start, end = places[index], places[index + 1]

        def draw(
            canvas: "skia.Canvas",
            a: Point = start,
            b: Point = end,
            w: float = float(widths[index]),
            q: float = float(widths[index + 1]),
        ) -> None:

            shape = path(capsule(a, w, b, q))
            canvas.drawPath(
                shape,
                ramp(
                    [(0.0, lighter(coat.back, 0.06)), (1.0, darker(coat.back, 0.16))],
                    (a[0] + w, a[1]),
                    (a[0] - w, a[1]),
                ),
            )
            canvas.save()
            canvas.clipPath(shape, doAntiAlias=True)
            middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            for part in (0.2, 0.7):
                y = a[1] + (b[1] - a[1]) * part
                x = a[0] + (b[0] - a[0]) * part
                fold = smooth(
                    [(x - w, y + w * 0.12), (middle[0] + (x - middle[0]), y - w * 0.10), (x + w, y + w * 0.12)],
                    closed=False,
                )
                canvas.drawPath(path(fold, closed=False), paint(darker(coat.back, 0.45), 0.35, line=r * 0.03))
            canvas.restore()

        longer = path(capsule((2 * start[0] - end[0], 2 * start[1] - end[1]), float(widths[index]),
            (2 * end[0] - start[0], 2 * end[1] - start[1]), float(widths[index + 1])))  # fmt: skip
        part = studio.add(f"nose-{index}", _around([start, end], float(widths[index]) * 1.1), draw,
                          Relief(radius=float(widths[index]), shape=partial(fill_white, shape=longer)))  # fmt: skip
        links.append(Link(part=part, pivot=start))
    return tuple(links)


def pose_links(links: Sequence[Link], base: Matrix, angles: Sequence[float]) -> list[PartPose]:
    """Each link turned by its angle and carried by the ones before; the last is drawn first."""
    found = []
    carried = base
    for link, angle in zip(links, angles, strict=True):
        carried = join(carried, turn(angle, link.pivot))
        found.append(PartPose(part=link.part, matrix=carried))
    return found[::-1]


def _around(points: Sequence[Point], grow: float) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs) - grow, min(ys) - grow, max(xs) + grow, max(ys) + grow)
