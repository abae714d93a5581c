"""The trunk and the neck: the shapes between the legs and the head.

Knows species, skeleton and Skia; gaits are `quadruped.py`'s.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.coats import Fur
from aiprod.visuals.motion.subjects.ink import (
    Outline,
    capsule,
    darker,
    fade,
    lighter,
    mix,
    oval,
    paint,
    path,
    ramp,
    ribbon,
    shade_under,
    shaggy,
    smooth,
    united,
)  # fmt: skip
from aiprod.visuals.motion.subjects.rig import Box, Point
from aiprod.visuals.motion.subjects.skeleton import Leg, Skeleton
from aiprod.visuals.motion.subjects.species import Species

if TYPE_CHECKING:
    import skia


@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkArt:
    """Draws the trunk and the neck of a standing animal."""

    species: Species
    skeleton: Skeleton
    fur: Fur
    seed: int

    @property
    def box(self) -> Box:
        """Around the trunk."""
        unit, species = self.skeleton.unit, self.species
        half = species.length * 0.62 * unit
        hair = 0.34 if species.mane in ("shaggy", "wool") else 0.12
        shell = 0.25 if species.mane == "shell" else 0.0
        top = 1.12 - min(0.0, species.dip) + species.hump + 0.30 * min(species.humps, 1) + shell
        return (-half - 0.06 * unit, (1 - species.depth - hair) * unit, half + 0.1 * unit, top * unit)

    @property
    def neck_box(self) -> Box:
        """Around the neck."""
        grow = self.species.neck_thick * 2.1 * self.skeleton.unit
        (x0, y0), (x1, y1) = self.skeleton.neck_base, self.skeleton.head
        return (min(x0, x1) - grow, min(y0, y1) - grow, max(x0, x1) + grow, max(y0, y1) + grow)

    def outline(self) -> Outline:
        """The trunk's profile."""
        s = self.species
        low, tuck = 1 - s.depth, s.depth * s.tuck
        places = [(-0.46, s.rump - s.depth * 0.06), (-0.30, s.rump + 0.015), (-0.06, (s.rump + 1) / 2 - s.dip), (0.16,
            1.0 - s.dip * 0.6 + s.hump * 0.7), (0.31, 1.0 + s.hump), (0.44, 0.97 - s.depth * 0.10 + s.hump * 0.6),
            (0.52, 1 - s.depth * 0.50), (0.45, low + s.depth * 0.13), (0.28, low), (0.02, low + tuck * 0.45), (-0.20,
            low + tuck), (-0.36, low + tuck + s.depth * 0.10), (-0.49, s.rump - s.depth * 0.62),
            (-0.525, s.rump - s.depth * 0.32)]  # fmt: skip
        shape = smooth([(x * s.length * self.skeleton.unit, y * self.skeleton.unit) for x, y in places])
        if s.mane == "wool":
            return smooth(
                [
                    (float(x), float(y))
                    for x, y in shaggy(shape, 0.035 * self.skeleton.unit, 0.14 * self.skeleton.unit, self.seed)
                ],
                steps=6,
            )
        if s.fur:
            return shaggy(shape, s.fur * self.skeleton.unit, 0.055 * self.skeleton.unit, self.seed)
        return shape

    def neck_outline(self) -> Outline:
        """The neck from chest to skull."""
        s, unit = self.species, self.skeleton.unit
        (x0, y0), (x1, y1) = self.skeleton.neck_base, self.skeleton.head
        rise = (y1 - y0) * 0.16
        middle = ((x0 + x1) / 2 + (0.02 if y1 > y0 else 0.0) * unit, (y0 + y1) / 2 - rise * 0.3)
        if "droop" in s.extras:
            middle = ((x0 + x1) / 2 + 0.12 * unit, (y0 + y1) / 2 - 0.13 * unit)
        thick = s.neck_thick * unit
        root = (x0 - s.neck_thick * 0.75 * unit, y0 - s.neck_thick * 0.50 * unit)
        wide = min(thick * 1.55, s.depth * 0.50 * unit)
        shape = ribbon(
            [root, (x0, y0), middle, (x1, y1)],
            [wide * 0.9, wide, thick * 0.98, min(thick * 0.86, self.skeleton.head_radius * 0.95)],
        )
        if s.mane == "wool":
            return shaggy(shape, 0.03 * unit, 0.10 * unit, self.seed + 1)
        return shaggy(shape, s.fur * unit, 0.05 * unit, self.seed + 1) if s.fur else shape

    def silhouette(self, canvas: "skia.Canvas") -> None:
        """Trunk and neck as one shape, for the light."""
        white = paint((1.0, 1.0, 1.0))
        canvas.drawPath(path(self.outline()), white)
        canvas.drawPath(path(self.neck_outline()), white)

    def draw(self, canvas: "skia.Canvas") -> None:
        """The trunk."""

        s, unit, coat = self.species, self.skeleton.unit, self.species.coat
        if s.humps:
            self._humps(canvas)
        shape = path(self.outline())
        if s.mane == "shaggy":
            skirt = shaggy(smooth([(x * s.length * unit, y * unit) for x, y in ((-0.3, 0.8), (0.2, 0.95), (0.5, 0.75),
                (0.42, 1 - s.depth - 0.10), (0.1, 1 - s.depth - 0.08), (-0.3, 1 - s.depth + 0.02))]), 0.09 * unit,
                0.085 * unit, self.seed + 2)  # fmt: skip
            canvas.drawPath(path(skirt), paint(darker(coat.hair, 0.1)))
        if "udder" in s.extras:
            canvas.drawPath(
                path(oval((-0.20 * s.length * unit, (1 - s.depth + 0.0) * unit), 0.10 * unit, 0.075 * unit)),
                paint((0.93, 0.68, 0.66)),
            )
        self.fur.trunk(canvas, shape)
        canvas.save()
        canvas.clipPath(shape, doAntiAlias=True)
        shade_under(canvas, united(shape, path(self.neck_outline())), coat.back, unit * s.depth * 0.20, strength=0.34)
        canvas.restore()
        if s.mane in ("wool", "shaggy"):
            self._curls(canvas, shape)
        if s.mane == "ridge":
            for index in range(13):
                x = (-0.48 + index * 0.07) * s.length * unit
                spike = np.array(
                    [
                        (x - 0.05 * unit, (s.rump - 0.01) * unit),
                        (x + 0.05 * unit, (s.rump - 0.01) * unit),
                        (x - 0.02 * unit, (s.rump + 0.10) * unit),
                    ]
                )
                canvas.drawPath(path(spike), paint(darker(coat.back, 0.2)))
        if s.mane == "shell":
            self._shell(canvas)

    def draw_neck(self, canvas: "skia.Canvas") -> None:
        """The neck, with crest or beard."""

        s, unit, coat = self.species, self.skeleton.unit, self.species.coat
        (x0, y0), (x1, y1) = self.skeleton.neck_base, self.skeleton.head
        dx, dy = x1 - x0, y1 - y0
        length = math.hypot(dx, dy)
        up = (-dy / length, dx / length)
        thick = s.neck_thick * unit

        def beside(along: float, aside: float) -> Point:
            return (x0 + dx * along + up[0] * aside, y0 + dy * along + up[1] * aside)

        def spread(points: Sequence[Point], widths: Sequence[float]) -> Outline:
            return shaggy(ribbon(points, widths), 0.20 * thick, 0.42 * thick, self.seed + 3)

        if s.mane == "beard":
            hair = spread(
                [beside(1.0, -thick * 0.5), beside(0.55, -thick * 1.05), beside(0.1, -thick * 1.1)],
                [thick * 0.35, thick * 0.5, thick * 0.3],
            )
            canvas.drawPath(path(hair), paint(coat.hair))
        canvas.saveLayer()
        shape = path(self.neck_outline())
        stops = [(0.0, lighter(coat.back, 0.08)), (0.55, coat.back), (1.0, mix(coat.back, coat.belly, 0.55))]
        fill = ramp(stops, beside(0.5, thick * 1.1), beside(0.5, -thick * 1.3))
        self._neck_fill(canvas, shape, fill)
        canvas.save()
        canvas.clipPath(shape, doAntiAlias=True)
        both = united(path(self.neck_outline()), path(self.outline()))
        shade_under(canvas, both, coat.back, thick * 0.5, strength=0.26)
        canvas.restore()
        fade(canvas, beside(-0.15, 0.0) if length > thick * 1.6 else beside(-0.5, 0.0), beside(0.30, 0.0))
        canvas.restore()
        if s.mane == "crest":
            crest = spread([beside(1.12, thick * 0.75), beside(0.6, thick * 1.0), beside(0.1, thick * 1.15),
                beside(-0.12, thick * 0.9)], [thick * 0.14, thick * 0.24, thick * 0.26, thick * 0.10])  # fmt: skip
            canvas.drawPath(path(crest), paint(coat.hair))
        if s.mane == "shaggy":
            ruff = shaggy(
                oval(beside(0.15, -thick * 0.35), thick * 1.05, thick * 1.15), 0.08 * unit, 0.08 * unit, self.seed + 4
            )
            canvas.drawPath(path(ruff), paint(darker(coat.hair, 0.05)))
            self._curls(canvas, path(ruff))

    def _neck_fill(self, canvas: "skia.Canvas", shape: "skia.Path", fill: "skia.Paint") -> None:
        """The neck's own shading, fading into the trunk's at its root, with the coat's pattern over both."""
        self.fur.trunk(canvas, shape)
        (x0, y0), (x1, y1) = self.skeleton.neck_base, self.skeleton.head
        canvas.saveLayer()
        self.fur.over(canvas, shape, fill)
        fade(canvas, (x0 + (x1 - x0) * 0.05, y0 + (y1 - y0) * 0.05), (x0 + (x1 - x0) * 0.75, y0 + (y1 - y0) * 0.75))
        canvas.restore()

    def _humps(self, canvas: "skia.Canvas") -> None:
        s, unit, coat = self.species, self.skeleton.unit, self.species.coat
        places = (-0.04,) if s.humps == 1 else (-0.24, 0.16)
        for place in places:
            x, wide = place * s.length * unit, (0.24 if s.humps == 1 else 0.17) * s.length * unit
            shape = path(
                smooth(
                    [
                        (x - wide, 0.86 * unit),
                        (x - wide * 0.62, 1.06 * unit),
                        (x, 1.25 * unit),
                        (x + wide * 0.6, 1.08 * unit),
                        (x + wide, 0.86 * unit),
                    ]
                )
            )
            canvas.drawPath(
                shape, ramp([(0, lighter(coat.back, 0.06)), (1, coat.back)], (x, 1.25 * unit), (x, 0.9 * unit))
            )
            shade_under(canvas, shape, coat.back, 0.07 * unit, strength=0.35)

    def _curls(self, canvas: "skia.Canvas", shape: "skia.Path") -> None:
        """Locks of wool or long hair inside a shape."""

        unit, random = self.skeleton.unit, np.random.default_rng(self.seed + 9)
        bounds = shape.getBounds()
        canvas.save()
        canvas.clipPath(shape, doAntiAlias=True)
        tone = self.species.coat.hair
        for _ in range(70):
            x, y = random.uniform(bounds.left(), bounds.right()), random.uniform(bounds.top(), bounds.bottom())
            if self.species.mane == "wool":
                arc = smooth(
                    [(x - 0.03 * unit, y), (x, y - 0.025 * unit), (x + 0.03 * unit, y + 0.005 * unit)], closed=False
                )
            else:
                arc = smooth(
                    [(x, y), (x - 0.012 * unit, y - 0.05 * unit), (x - 0.03 * unit, y - 0.10 * unit)], closed=False
                )
            canvas.drawPath(path(arc, closed=False), paint(darker(tone, 0.30), 0.35, line=0.009 * unit))
        canvas.restore()

    def _shell(self, canvas: "skia.Canvas") -> None:

        s, unit, tone = self.species, self.skeleton.unit, self.species.coat.marks
        half = s.length * 0.56 * unit
        dome = path(smooth([(-half, 0.52 * unit), (-half * 0.85, 0.86 * unit), (-half * 0.35, 1.16 * unit),
            (half * 0.35, 1.16 * unit), (half * 0.85, 0.86 * unit), (half, 0.54 * unit), (0, 0.46 * unit)]))  # fmt: skip
        canvas.drawPath(
            dome,
            ramp([(0, lighter(tone, 0.25)), (0.6, tone), (1, darker(tone, 0.3))], (0, 1.2 * unit), (0, 0.48 * unit)),
        )
        canvas.save()
        canvas.clipPath(dome, doAntiAlias=True)
        for row, y in enumerate((0.66, 0.90, 1.10)):
            for column in range(-3, 4):
                x = (column + (row % 2) * 0.5) * 0.26 * unit
                plate = [
                    (x + 0.115 * unit * math.cos(a), y * unit + 0.105 * unit * math.sin(a))
                    for a in np.linspace(0.5, 2 * math.pi + 0.5, 7)[:-1]
                ]
                canvas.drawPath(path(smooth(plate, steps=3)), paint(lighter(tone, 0.18), 0.85))
        canvas.restore()
        shade_under(canvas, dome, tone, 0.10 * unit, strength=0.45)


def thigh_outline(leg: Leg, hip: float, knee_radius: float) -> Outline:
    """A drop from the hip to the knee."""
    return capsule(leg.top, hip, leg.knee, knee_radius)
