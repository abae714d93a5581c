"""A bird's body, head, wings and legs, drawn facing right.

Knows where its parts are; how they move is `birds.py`'s, how each bird looks `plumage.py`'s.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.ink import (
    capsule,
    curve,
    darker,
    eye,
    lighter,
    mix,
    oval,
    paint,
    path,
    ramp,
    ribbon,
    shade_under,
    smooth,
)  # fmt: skip
from aiprod.visuals.motion.subjects.plumage import Bird
from aiprod.visuals.motion.subjects.rig import Point

if TYPE_CHECKING:
    import skia


@dataclass(frozen=True, slots=True, kw_only=True)
class BirdArt:
    """Draws and moves one bird. Local places: the body's middle is (0, 0), the body 0.8 long."""

    bird: Bird
    flying: bool

    @property
    def unit(self) -> float:
        """Rig units for one local unit: the standing bird, or the body with raised wings, is 1 high."""
        if self.flying:
            return 1.0 / (self.bird.span * 0.92 + 0.55)
        return 1.0 / (self.bird.leg + 0.26 + self._skull()[1] + self.bird.skull * 1.1)

    @property
    def middle(self) -> Point:
        """Where the body's middle is in rig space."""
        return (0.0, 0.38 * self.unit if self.flying else (self.bird.leg + 0.23) * self.unit)

    def at(self, x: float, y: float) -> Point:
        """A local place in rig space; a standing bird holds its chest up."""
        angle = math.radians(4.0 if self.flying else 26.0)
        return (self.middle[0] + self.unit * (x * math.cos(angle) - y * math.sin(angle)),
                self.middle[1] + self.unit * (x * math.sin(angle) + y * math.cos(angle)))  # fmt: skip

    def _skull(self) -> Point:
        """The skull's middle, upright, relative to the body's middle."""
        stretch = math.radians(8.0 if self.flying else 72.0)
        return (
            0.30 + self.bird.neck * math.cos(stretch),
            0.10 + (0.0 if self.flying else 0.16) + self.bird.neck * math.sin(stretch),
        )

    def skull(self) -> Point:
        """The skull's middle in rig space."""
        x, y = self._skull()
        return (self.middle[0] + x * self.unit, self.middle[1] + y * self.unit)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Around the body and tail."""
        reach = (0.62 + self.bird.tail) * self.unit
        return (
            -reach,
            self.middle[1] - reach * 0.75,
            (0.62 + self.bird.neck) * self.unit,
            self.middle[1] + 0.62 * self.unit + self.bird.neck * self.unit,
        )

    @property
    def head_box(self) -> tuple[float, float, float, float]:
        """Around the head."""
        (x, y), r = self.skull(), self.bird.skull * self.unit
        return (x - r * 2.4, y - r * 2.2, x + r * 1.4 + (self.bird.bill_length + 0.05) * self.unit, y + r * 2.4)

    @property
    def wing_box(self) -> tuple[float, float, float, float]:
        """Around a raised wing."""
        x, y = self.at(0.12, 0.08)
        span, broad = self.bird.span * self.unit, self.bird.broad * self.unit
        return (x - broad * 1.9 - 0.25 * span, y - 0.12 * self.unit, x + broad * 1.1, y + span * 1.06 + broad * 1.3)

    @property
    def legs_box(self) -> tuple[float, float, float, float]:
        """Around the legs."""
        return (-0.22 * self.unit, -0.004, 0.28 * self.unit, self.middle[1])

    def draw_body(self, canvas: "skia.Canvas") -> None:
        """Body, tail and neck."""

        bird, unit = self.bird, self.unit
        tail_end = -0.36 - bird.tail
        spread = 0.13 if not bird.forked else 0.17
        tail = path(
            smooth(
                [
                    self.at(-0.28, 0.06),
                    self.at(tail_end, spread * 0.4),
                    self.at(tail_end - 0.02, -0.03),
                    self.at(tail_end + 0.04, -spread * 0.8),
                    self.at(-0.28, -0.08),
                ]
            )
        )
        canvas.drawPath(
            tail, ramp([(0.0, darker(bird.back, 0.1)), (1.0, bird.tip)], self.at(-0.28, 0), self.at(tail_end, 0))
        )
        shade_under(canvas, tail, bird.back, 0.03 * unit, strength=0.4)
        (sx, sy), root = self.skull(), self.at(0.24, 0.06)
        if bird.neck > 0.1:
            bow = ((sx + root[0]) / 2 - (0.0 if self.flying else 0.10 * unit), (sy + root[1]) / 2)
            neck = path(
                ribbon(
                    [self.at(0.14, 0.0), root, bow, (sx, sy)], [0.14 * unit, 0.11 * unit, 0.062 * unit, 0.062 * unit]
                )
            )
            canvas.drawPath(neck, paint(bird.belly if "ring" not in bird.extras else bird.head))
            shade_under(canvas, neck, bird.belly, 0.03 * unit, strength=0.34)
        shape = path(smooth([self.at(*p) for p in ((0.42, 0.10), (0.30, 0.21), (0.02, 0.21), (-0.28, 0.11), (-0.42,
            0.0), (-0.26, -0.13), (0.02, -0.21), (0.30, -0.15), (0.43, -0.02))]))  # fmt: skip
        canvas.drawPath(shape, ramp([(0.0, lighter(bird.back, 0.12)), (0.42, bird.back),
            (0.62, mix(bird.back, bird.belly, 0.7)), (1.0, darker(bird.belly, 0.08))], self.at(0.0, 0.22),
            self.at(0.05, -0.22)))  # fmt: skip
        if "breast" in bird.extras and bird.face is not None:
            canvas.save()
            canvas.clipPath(shape, doAntiAlias=True)
            canvas.drawPath(
                path(oval(self.at(0.30, -0.02), 0.15 * unit, 0.16 * unit)), paint(bird.face, blur=0.02 * unit)
            )
            canvas.restore()
        if "flecks" in bird.extras:
            for index in range(18):
                x, y = -0.12 + (index % 6) * 0.085, -0.02 - (index // 6) * 0.055
                canvas.drawPath(
                    path(oval(self.at(x, y), 0.012 * unit, 0.02 * unit)), paint(darker(bird.back, 0.3), 0.6)
                )
        shade_under(canvas, shape, bird.belly, 0.07 * unit, strength=0.36)
        if "ruff" in bird.extras:
            canvas.drawPath(path(ribbon([self.at(0.30, 0.20), self.at(0.40, 0.08), self.at(0.36, -0.06)],
                [0.05 * unit, 0.06 * unit, 0.05 * unit])), paint((0.93, 0.90, 0.84)))  # fmt: skip

    def draw_head(self, canvas: "skia.Canvas") -> None:
        """Head and beak."""
        bird, r = self.bird, self.bird.skull * self.unit
        x, y = self.skull()
        long = bird.bill_length * self.unit
        thick = {"short": 0.42, "hook": 0.50, "long": 0.26, "flat": 0.40, "bent": 0.42, "needle": 0.13, "spear": 0.34}[
            bird.bill
        ] * r
        drop = {"hook": -0.9, "bent": -1.6, "flat": -0.1}.get(bird.bill, 0.0) * thick
        if "crest" in bird.extras:
            canvas.drawPath(
                path(
                    smooth(
                        [
                            (x, y + r * 0.5),
                            (x - r * 1.6, y + r * 1.5),
                            (x - r * 2.2, y + r * 1.5),
                            (x - r * 0.8, y - r * 0.1),
                        ]
                    )
                ),
                paint(darker(bird.beak, 0.1)),
            )
        tip = (x + r * 0.7 + long, y - r * 0.10 + drop)
        beak = path(smooth([(x + r * 0.55, y + thick), (x + r * 0.7 + long * 0.55, y + thick * 0.55 + drop * 0.2),
            tip, (x + r * 0.7 + long * 0.5, y - thick * 0.75 + drop * 0.35), (x + r * 0.55, y - thick)], steps=6))  # fmt: skip
        canvas.drawPath(
            beak, ramp([(0.0, lighter(bird.beak, 0.2)), (1.0, darker(bird.beak, 0.2))], (x, y + thick), (x, y - thick))
        )
        canvas.drawPath(
            curve(smooth([(x + r * 0.8, y - thick * 0.1), (tip[0] - long * 0.12, tip[1] + thick * 0.1)], closed=False)),
            paint(darker(bird.beak, 0.6), 0.6, line=r * 0.05),
        )
        if bird.bill == "bent":
            canvas.drawPath(path(oval((tip[0] - long * 0.08, tip[1] + thick * 0.15), long * 0.26, thick * 0.5, -40)),
                paint((0.2, 0.17, 0.19)))  # fmt: skip
        skull = path(smooth([(x - r, y - r * 0.05), (x - r * 0.75, y + r * 0.72), (x, y + r * 1.02), (x + r * 0.75,
            y + r * 0.62), (x + r * 0.95, y - r * 0.12), (x + r * 0.5, y - r * 0.82), (x - r * 0.4, y - r * 0.95)]))  # fmt: skip
        canvas.drawPath(
            skull, ramp([(0.0, lighter(bird.head, 0.14)), (1.0, darker(bird.head, 0.12))], (x, y + r), (x, y - r))
        )
        if bird.face is not None and "breast" not in bird.extras:
            if "ring" in bird.extras:
                canvas.drawPath(
                    path(
                        ribbon(
                            [(x - r * 0.8, y - r * 0.85), (x, y - r * 1.05), (x + r * 0.6, y - r * 0.85)],
                            [r * 0.14] * 3,
                        )
                    ),
                    paint(bird.face),
                )
            else:
                canvas.drawPath(
                    path(oval((x + r * 0.38, y + r * 0.0), r * 0.56, r * (0.72 if "disc" in bird.extras else 0.42))),
                    paint(bird.face),
                )
        shade_under(canvas, skull, bird.head, r * 0.35, strength=0.34)
        if "tufts" in bird.extras:
            for side in (-0.45, 0.5):
                canvas.drawPath(
                    path(
                        smooth(
                            [
                                (x + r * (side - 0.22), y + r * 0.75),
                                (x + r * side, y + r * 1.35),
                                (x + r * (side + 0.22), y + r * 0.7),
                            ],
                            steps=5,
                        )
                    ),
                    paint(darker(bird.head, 0.15)),
                )
        if "disc" in bird.extras:
            for side in (0.08, 0.68):
                canvas.drawPath(
                    path(oval((x + r * side, y + r * 0.12), r * bird.eye * 1.15, r * bird.eye * 1.15)),
                    paint((0.95, 0.74, 0.22)),
                )
                eye(canvas, (x + r * side, y + r * 0.12), r * bird.eye * 0.78)
            canvas.drawPath(
                path(
                    smooth(
                        [(x + r * 0.28, y + r * 0.0), (x + r * 0.5, y + r * 0.0), (x + r * 0.40, y - r * 0.35)], steps=4
                    )
                ),
                paint(bird.beak),
            )
        else:
            eye(canvas, (x + r * 0.36, y + r * 0.22), r * bird.eye, sclera=False)
        if bird.bill == "hook" and "disc" not in bird.extras and bird.leg > 0.15:
            canvas.drawPath(
                curve(smooth([(x + r * 0.08, y + r * 0.50), (x + r * 0.66, y + r * 0.36)], closed=False)),
                paint(darker(bird.head, 0.5), line=r * 0.11),
            )

    def draw_wing(self, canvas: "skia.Canvas", *, far: bool) -> None:
        """A wing held up, leading edge to the right, with its long feathers."""
        bird, unit = self.bird, self.unit
        x, y = self.at(0.12 + (0.06 if far else 0.0), 0.08)
        span, broad = bird.span * unit, bird.broad * unit
        dim = 0.28 if far else 0.0
        feathers = 7
        if "crest" in bird.extras:  # no feathers: a skin between the long finger and the flank
            feathers = 0
            skin = path(
                smooth(
                    [
                        (x + broad * 0.2, y),
                        (x - broad * 0.1, y + span * 0.98),
                        (x - broad * 0.62, y + span * 0.62),
                        (x - broad * 1.15, y + span * 0.30),
                        (x - broad * 1.3, y),
                    ]
                )
            )
            canvas.drawPath(
                skin,
                ramp(
                    [(0.0, darker(lighter(bird.wing, 0.15), dim)), (1.0, darker(bird.tip, dim))],
                    (x, y),
                    (x - broad, y + span * 0.5),
                ),
            )
            shade_under(canvas, skin, bird.wing, broad * 0.12, strength=0.35)
        for index in range(feathers):
            part = index / (feathers - 1)
            root = (x - broad * 0.15 - broad * 0.25 * (1 - part), y + span * (0.12 + 0.62 * part))
            angle = math.radians(178 - 74 * part)
            long = broad * (1.15 + 0.15 * part) + span * 0.30 * part**2
            tip = (root[0] + long * math.cos(angle), root[1] + long * math.sin(angle) * 0.9 + span * 0.02)
            quill = path(ribbon([root, ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2 + 0.01 * unit), tip],
                [broad * 0.16, broad * 0.17, broad * 0.05]))  # fmt: skip
            canvas.drawPath(quill, paint(darker(mix(bird.wing, bird.tip, 0.35 + 0.65 * part), dim)))
            shade_under(canvas, quill, bird.tip, broad * 0.06, strength=0.35)
        arm = path(smooth([(x + broad * 0.34, y - 0.02 * unit), (x + broad * 0.42, y + span * 0.34),
            (x + broad * 0.22, y + span * 0.70), (x - broad * 0.05, y + span * 0.92),
            (x - broad * 0.28, y + span * 0.66), (x - broad * 0.62, y + span * 0.34),
            (x - broad * 0.62, y + 0.02 * unit), (x - broad * 0.1, y - 0.05 * unit)]))  # fmt: skip
        canvas.drawPath(
            arm,
            ramp(
                [(0.0, darker(lighter(bird.wing, 0.1), dim)), (1.0, darker(mix(bird.wing, bird.tip, 0.3), dim))],
                (x, y),
                (x, y + span),
            ),
        )
        shade_under(canvas, arm, bird.wing, broad * 0.18, strength=0.32)

    def draw_folded(self, canvas: "skia.Canvas") -> None:
        """The wing laid along the body."""
        bird, unit = self.bird, self.unit
        end = -0.40 - bird.tail * 0.35
        for index, (low, tone) in enumerate(
            ((-0.10, bird.tip), (-0.04, mix(bird.wing, bird.tip, 0.45)), (0.02, bird.wing))
        ):
            shape = path(smooth([self.at(0.22, 0.12), self.at(0.0, 0.17), self.at(-0.28, 0.09),
                self.at(end + index * 0.10, -0.02 + index * 0.02), self.at(-0.18, low - 0.03), self.at(0.10, low)]))  # fmt: skip
            canvas.drawPath(shape, paint(tone))
            shade_under(canvas, shape, tone, 0.04 * unit, strength=0.36)

    def draw_legs(self, canvas: "skia.Canvas") -> None:
        """Two thin legs with toes."""
        bird, unit = self.bird, self.unit
        for x, dim in ((0.09, 0.3), (-0.02, 0.0)):
            tone = darker(bird.legs, dim)
            top, foot = (x * unit - 0.01, self.middle[1] - 0.12 * unit), (x * unit, 0.012 * unit)
            knee = (x * unit - 0.05 * unit, (top[1] + foot[1]) * 0.52)
            thick = (0.026 if bird.leg < 0.5 else 0.018) * unit
            canvas.drawPath(curve(smooth([top, knee, foot], closed=False, steps=3)), paint(tone, line=thick * 1.5))
            for reach in (0.13, 0.07, -0.06):
                canvas.drawPath(
                    path(capsule(foot, thick * 0.6, (foot[0] + reach * unit, 0.008 * unit), thick * 0.45)), paint(tone)
                )
