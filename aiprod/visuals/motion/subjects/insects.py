"""Insects and spiders: six or eight legs that step in turn, wings that whirr or fold.

Knows their looks and motion. Local places: the body's middle is (0, 0), lengths are parts of the body's length.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    capsule,
    colour,
    curve,
    darker,
    eye,
    lighter,
    oval,
    paint,
    path,
    ramp,
    ribbon,
    shade_under,
    smooth,
)  # fmt: skip
from aiprod.visuals.motion.subjects.quadruped import Placing
from aiprod.visuals.motion.subjects.rig import PartPose, Point, Rig, bend, between, join, turn
from aiprod.visuals.motion.subjects.studio import Relief, RigFacts, Studio

if TYPE_CHECKING:
    import skia

Form: TypeAlias = Literal["bee", "butterfly", "ant", "beetle", "dragonfly", "spider"]

STANCE = 0.55
REACH = 0.16
SECONDS = 0.42
WHIRRS = 5.0
"""Wing beats a second: fast, and slow enough for the film's rate, where faster ones only alternate and flicker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insect:
    """An insect's form and colours."""

    form: Form
    body: Colour
    stripe: Colour
    head: Colour
    wing: Colour
    edge: Colour
    legs: Colour


@cache
def insects() -> Mapping[str, Insect]:
    """All insects by key."""

    def insect(form: Form, tones: str) -> Insect:
        body, stripe, head, wing, edge, legs = (colour(tone) for tone in tones.split())
        return Insect(form=form, body=body, stripe=stripe, head=head, wing=wing, edge=edge, legs=legs)

    bee = insect("bee", "f0b52b 33261f 4a3524 d3e9f2 9fc3d6 33261f")
    butterfly = insect("butterfly", "33302f 33302f 33302f 3f8fe0 1d2a4a 26232a")
    return {
        "honeybee": bee,
        "wasp": replace(bee, body=colour("f5cf2b"), head=colour("2b241f"), stripe=colour("1f1b19")),
        "butterfly": butterfly,
        "monarch": replace(butterfly, wing=colour("f0862b"), edge=colour("2b1d17")),
        "ant": insect("ant", "6b2f1f 6b2f1f 5a2618 000000 000000 4a2016"),
        "beetle": insect("beetle", "2f7f4f 1d5a38 1d3f2c 3f9f63 1d5a38 23282a"),
        "dragonfly": insect("dragonfly", "2f9fb5 1d6f85 2a8fa5 d9eef2 9fc9d6 33302f"),
        "spider": insect("spider", "4a3a35 6b5248 3d302c 000000 000000 3a2d29"),
    }


def insect_rig(insect: Insect, placing: Placing) -> Rig:
    """The rig of an insect; flyers fly unless they idle, the others walk."""
    flyer = insect.form in ("bee", "butterfly", "dragonfly")
    walking = placing.gait in ("walk", "run", "hop") and not flyer
    art = InsectArt(insect=insect, flying=flyer)
    studio = Studio(faces_left=placing.faces_left, detail=placing.detail)
    far_wings = (
        studio.add("far-wings", art.wing_box, lambda c: art.draw_wings(c, far=True), Relief(strength=0.25))
        if flyer
        else None
    )
    legs = [studio.add(f"leg-{index}-{piece}", art.leg_box(index, piece), partial(art.draw_leg, index=index,
        piece=piece), Relief(radius=0.02)) for index in range(art.leg_count) for piece in ("upper", "lower")]  # fmt: skip
    body = studio.add("body", art.body_box, art.draw_body, Relief(radius=0.10))
    near_wings = (
        studio.add("near-wings", art.wing_box, lambda c: art.draw_wings(c, far=False), Relief(strength=0.25))
        if flyer
        else None
    )

    def animate(t: float, phase: float) -> list[PartPose]:
        return art.poses(t, phase, (body, far_wings, near_wings), legs, walking=walking)

    speed = REACH * art.unit / (STANCE * SECONDS) if walking else (0.7 if flyer and placing.gait != "idle" else 0.0)
    return studio.finish(RigFacts(animate=animate, stride_per_second=speed, metres=placing.metres,
        faces_left=placing.faces_left, grounded=not flyer))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class InsectArt:
    """Draws and moves one insect."""

    insect: Insect
    flying: bool

    @property
    def unit(self) -> float:
        """Rig units a body's length."""
        return {"bee": 0.95, "butterfly": 0.72, "ant": 1.35, "beetle": 1.15, "dragonfly": 1.25, "spider": 1.1}[
            self.insect.form
        ]

    @property
    def middle(self) -> Point:
        """Where the body's middle is in rig space."""
        height = {"bee": 0.40, "butterfly": 0.42, "ant": 0.34, "beetle": 0.30, "dragonfly": 0.42, "spider": 0.36}[
            self.insect.form
        ]
        return (0.0, height * self.unit)

    def at(self, x: float, y: float) -> Point:
        """A local place in rig space."""
        return (self.middle[0] + x * self.unit, self.middle[1] + y * self.unit)

    @property
    def leg_count(self) -> int:
        """Far ones first."""
        return {"spider": 8, "butterfly": 0, "dragonfly": 0}.get(self.insect.form, 6)

    @property
    def body_box(self) -> tuple[float, float, float, float]:
        """Around body, head and feelers."""
        return (*self.at(-0.80, -0.30), *self.at(0.86, 0.52))

    @property
    def wing_box(self) -> tuple[float, float, float, float]:
        """Around raised wings."""
        return (*self.at(-0.72, -0.30), *self.at(0.62, 0.92))

    def leg_places(self, index: int) -> tuple[Point, Point, Point]:
        """Root, knee and foot of a leg at rest."""
        pairs = self.leg_count // 2
        far, place = index < pairs, index % pairs
        spread = (place / (pairs - 1) - 0.5) * 2
        root = self.at(0.06 + spread * 0.13, -0.02)
        wide = 0.52 if self.insect.form == "spider" else 0.34
        foot = (self.middle[0] + (0.06 + spread * wide + (0.05 if far else 0.0)) * self.unit, 0.0)
        if self.flying:
            foot = (root[0] - 0.05 * self.unit, root[1] - 0.24 * self.unit)
        length = math.dist(root, foot) * (0.68 if self.insect.form == "spider" else 0.58)
        return root, bend(root, foot, (length, length), forward=spread >= 0.0), foot

    def leg_box(self, index: int, piece: str) -> tuple[float, float, float, float]:
        """Around one piece of a leg."""
        root, knee, foot = self.leg_places(index)
        a, b = (root, knee) if piece == "upper" else (knee, foot)
        grow = 0.05 * self.unit
        return (min(a[0], b[0]) - grow, min(a[1], b[1]) - grow, max(a[0], b[0]) + grow, max(a[1], b[1]) + grow)

    def draw_leg(self, canvas: "skia.Canvas", index: int, piece: str) -> None:
        """One piece of a leg."""
        root, knee, foot = self.leg_places(index)
        tone = darker(self.insect.legs, 0.3 if index < self.leg_count // 2 else 0.0)
        a, b, wide, thin = (root, knee, 0.026, 0.020) if piece == "upper" else (knee, foot, 0.020, 0.010)
        shape = path(capsule(a, wide * self.unit, b, thin * self.unit))
        canvas.drawPath(shape, paint(tone))
        shade_under(canvas, shape, tone, 0.012 * self.unit, strength=0.4)

    def draw_body(self, canvas: "skia.Canvas") -> None:
        """Abdomen, thorax, head and feelers."""
        insect, unit = self.insect, self.unit

        def blob(centre: Point, across: float, up: float, tone: Colour, tilt: float = 0.0) -> "skia.Path":
            shape = path(oval(self.at(*centre), across * unit, up * unit, tilt))
            canvas.drawPath(
                shape,
                ramp(
                    [(0.0, lighter(tone, 0.22)), (0.5, tone), (1.0, darker(tone, 0.28))],
                    self.at(centre[0], centre[1] + up),
                    self.at(centre[0], centre[1] - up),
                ),
            )
            shade_under(canvas, shape, tone, 0.05 * unit, strength=0.35)
            return shape

        def feeler(start: Point, middle: Point, end: Point) -> None:
            canvas.drawPath(
                curve(smooth([self.at(*start), self.at(*middle), self.at(*end)], closed=False)),
                paint(insect.legs, line=0.022 * unit),
            )
            canvas.drawPath(path(oval(self.at(*end), 0.022 * unit, 0.022 * unit)), paint(insect.legs))

        match insect.form:
            case "bee":
                tail = blob((-0.26, -0.04), 0.34, 0.21, insect.body, 12)
                self._stripes(canvas, tail, (-0.12, -0.27, -0.42))
                blob((0.14, 0.03), 0.20, 0.19, darker(insect.body, 0.18))
                blob((0.40, 0.02), 0.165, 0.165, insect.head)
                feeler((0.46, 0.15), (0.54, 0.27), (0.66, 0.26))
                eye(canvas, self.at(0.45, 0.05), 0.062 * unit, sclera=True)
                canvas.drawPath(
                    curve(smooth([self.at(0.46, -0.07), self.at(0.51, -0.085), self.at(0.55, -0.05)], closed=False)),
                    paint(darker(insect.head, 0.7), line=0.016 * unit),
                )
            case "butterfly":
                canvas.drawPath(
                    path(
                        ribbon(
                            [self.at(-0.42, -0.08), self.at(0.0, 0.0), self.at(0.30, 0.07)],
                            [0.03 * unit, 0.065 * unit, 0.05 * unit],
                        )
                    ),
                    paint(insect.body),
                )
                blob((0.34, 0.09), 0.075, 0.075, insect.head)
                feeler((0.38, 0.14), (0.50, 0.28), (0.60, 0.40))
                feeler((0.36, 0.15), (0.42, 0.32), (0.46, 0.46))
                eye(canvas, self.at(0.37, 0.10), 0.026 * unit, sclera=True)
            case "ant":
                blob((-0.34, 0.02), 0.22, 0.16, insect.body, 8)
                blob((-0.09, -0.01), 0.06, 0.055, insect.body)
                blob((0.08, 0.0), 0.15, 0.10, insect.body)
                blob((0.36, 0.05), 0.155, 0.135, insect.head)
                feeler((0.44, 0.13), (0.54, 0.26), (0.70, 0.20))
                feeler((0.40, 0.15), (0.46, 0.30), (0.60, 0.32))
                eye(canvas, self.at(0.40, 0.08), 0.034 * unit, sclera=True)
                canvas.drawPath(
                    curve(smooth([self.at(0.49, 0.0), self.at(0.57, -0.02), self.at(0.54, -0.07)], closed=False)),
                    paint(insect.legs, line=0.024 * unit),
                )
            case "beetle":
                blob((0.40, -0.02), 0.14, 0.11, insect.head)
                blob((0.22, 0.02), 0.16, 0.15, insect.stripe)
                shell = blob((-0.12, 0.03), 0.36, 0.215, insect.body)
                canvas.drawPath(
                    curve(smooth([self.at(0.20, 0.12), self.at(-0.1, 0.05), self.at(-0.46, 0.0)], closed=False)),
                    paint(darker(insect.body, 0.5), 0.8, line=0.014 * unit),
                )
                shade_under(canvas, shell, insect.body, 0.09 * unit, strength=0.3)
                feeler((0.46, 0.06), (0.56, 0.16), (0.64, 0.12))
                eye(canvas, self.at(0.44, 0.01), 0.030 * unit, sclera=True)
            case "dragonfly":
                canvas.drawPath(
                    path(
                        ribbon(
                            [self.at(-0.72, -0.03), self.at(-0.3, 0.02), self.at(0.05, 0.03)],
                            [0.022 * unit, 0.030 * unit, 0.05 * unit],
                        )
                    ),
                    paint(insect.body),
                )
                for x in (-0.62, -0.5, -0.38, -0.26):
                    canvas.drawPath(path(oval(self.at(x, 0.0), 0.014 * unit, 0.030 * unit)), paint(insect.stripe))
                blob((0.14, 0.03), 0.15, 0.085, insect.body)
                blob((0.32, 0.04), 0.085, 0.085, insect.head)
                eye(canvas, self.at(0.35, 0.06), 0.046 * unit, iris=(0.1, 0.45, 0.4))
            case "spider":
                blob((-0.26, 0.08), 0.28, 0.22, insect.body)
                for x, y in ((-0.32, 0.20), (-0.20, 0.18), (-0.28, 0.08)):
                    canvas.drawPath(path(oval(self.at(x, y), 0.035 * unit, 0.028 * unit)), paint(insect.stripe))
                blob((0.14, 0.02), 0.17, 0.13, insect.head)
                for x, y, size in ((0.24, 0.07, 0.036), (0.17, 0.10, 0.024), (0.28, 0.02, 0.018)):
                    eye(canvas, self.at(x, y), size * unit, sclera=size > 0.03)
                canvas.drawPath(
                    curve(smooth([self.at(0.28, -0.04), self.at(0.35, -0.08), self.at(0.33, -0.14)], closed=False)),
                    paint(insect.legs, line=0.03 * unit),
                )

    def _stripes(self, canvas: "skia.Canvas", shape: "skia.Path", places: tuple[float, ...]) -> None:

        canvas.save()
        canvas.clipPath(shape, doAntiAlias=True)
        for x in places:
            spine = [self.at(x + 0.03, 0.25), self.at(x - 0.03, -0.04), self.at(x + 0.02, -0.32)]
            canvas.drawPath(path(ribbon(spine, [0.043 * self.unit] * 3)), paint(self.insect.stripe))
        canvas.restore()

    def draw_wings(self, canvas: "skia.Canvas", *, far: bool) -> None:
        """The wings of one side, raised."""
        insect, unit, dim = self.insect, self.unit, 0.22 if far else 0.0
        shift = 0.07 if far else 0.0
        if insect.form == "butterfly":
            for places, spot in ((((0.12, 0.02), (0.42, 0.55), (0.36, 0.86), (0.02, 0.82), (-0.22, 0.48), (-0.06,
                0.06)), (0.16, 0.60)), (((0.02, 0.02), (-0.12, 0.36), (-0.46, 0.44), (-0.64, 0.14), (-0.44, -0.22),
                (-0.1, -0.12)), (-0.36, 0.12))):  # fmt: skip
                shape = path(smooth([self.at(x + shift, y) for x, y in places]))
                canvas.drawPath(
                    shape,
                    ramp(
                        [(0.0, darker(lighter(insect.wing, 0.30), dim)), (1.0, darker(insect.wing, 0.1 + dim))],
                        self.at(0.0, 0.0),
                        self.at(*spot),
                    ),
                )
                canvas.drawPath(shape, paint(darker(insect.edge, dim), line=0.05 * unit))
                for vein in places[1:-1]:
                    canvas.drawPath(curve(smooth([self.at(0.02 + shift, 0.02), self.at((vein[0] + 0.05) * 0.5 + shift,
                        vein[1] * 0.55), self.at(vein[0] + shift, vein[1])], closed=False)),
                        paint(darker(insect.edge, dim), 0.75, line=0.016 * unit))  # fmt: skip
                for x, y in places[1:-1]:
                    canvas.drawPath(
                        path(oval(self.at(x * 0.97 + shift, y * 0.97), 0.018 * unit, 0.018 * unit)),
                        paint((0.97, 0.95, 0.92)),
                    )
            return
        long = 0.80 if insect.form == "dragonfly" else 0.56
        for angle, size in ((112.0, 1.0), (140.0, 0.78)):
            a = math.radians(angle)
            root, tip = (
                self.at(0.14 + shift, 0.12),
                self.at(0.14 + shift + long * size * math.cos(a), 0.12 + long * size * math.sin(a)),
            )
            middle = ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2)
            broad = (0.075 if insect.form == "dragonfly" else 0.13) * unit * size
            shape = path(ribbon([root, middle, tip], [broad * 0.35, broad, broad * 0.62]))
            canvas.drawPath(shape, paint(darker(insect.wing, dim), 0.62))
            canvas.drawPath(shape, paint(darker(insect.edge, dim), 0.9, line=0.013 * unit))
            canvas.drawPath(
                curve(smooth([root, middle, tip], closed=False)), paint(insect.edge, 0.7, line=0.010 * unit)
            )

    def poses(
        self, t: float, phase: float, parts: tuple[int, int | None, int | None], legs: list[int], *, walking: bool
    ) -> list[PartPose]:
        """All parts, far ones first."""
        body, far_wings, near_wings = parts
        drift = (
            (0.0, 0.035 * math.sin(2 * math.pi * (t / 1.9 + phase)))
            if self.flying
            else (0.0, 0.004 * math.sin(2 * math.pi * (t / 1.3 + phase)))
        )
        frame = turn(3.0 * math.sin(2 * math.pi * (t / 2.3 + phase)) if self.flying else 0.0, self.middle, shift=drift)
        found: list[PartPose] = []
        if far_wings is not None:
            found.append(PartPose(part=far_wings, matrix=join(frame, self._wing(t, phase, lag=0.4))))
        near: list[PartPose] = []
        for index in range(self.leg_count):
            root, knee, foot = self.leg_places(index)
            ahead, high = self._step(index, t, phase) if walking else (0.0, 0.0)
            moved = (foot[0] + ahead * self.unit, foot[1] + high * self.unit)
            if self.flying:
                moved = (foot[0] + 0.02 * math.sin(2 * math.pi * (t + index / 6)), foot[1] + drift[1])
            top = (root[0] + drift[0], root[1] + drift[1])
            new_knee = bend(
                top,
                moved,
                (math.dist(root, knee), math.dist(knee, foot)),
                forward=knee[0] >= (root[0] + foot[0]) / 2 or index % (self.leg_count // 2) * 2 >= self.leg_count // 2,
            )
            pieces = [
                PartPose(part=legs[2 * index + 1], matrix=between(knee, foot, new_knee, moved)),
                PartPose(part=legs[2 * index], matrix=between(root, knee, top, new_knee)),
            ]
            (found if index < self.leg_count // 2 else near).extend(pieces)
        found.append(PartPose(part=body, matrix=frame))
        found.extend(near)
        if near_wings is not None:
            found.append(PartPose(part=near_wings, matrix=join(frame, self._wing(t, phase, lag=0.0))))
        return found

    def _step(self, index: int, t: float, phase: float) -> tuple[float, float]:
        """Alternate legs of both sides step together; planted feet go back with the ground."""
        pairs = self.leg_count // 2
        place = (t / SECONDS + phase + 0.5 * ((index % pairs + (index < pairs)) % 2)) % 1.0
        if place < STANCE:
            return REACH * (0.5 - place / STANCE), 0.0
        part = (place - STANCE) / (1 - STANCE)
        return REACH * (part - 0.5), 0.07 * math.sin(math.pi * part)

    def _wing(self, t: float, phase: float, *, lag: float) -> tuple[float, float, float, float, float, float]:
        root = self.at(0.10, 0.08)
        if self.insect.form == "butterfly":
            beat = math.sin(
                2 * math.pi * (2.2 * t + phase) + 0.6 * math.sin(2 * math.pi * (2.2 * t + phase)) - lag * 0.3
            )
            return turn(
                -10.0 * beat + lag * 25, root, stretch=(0.85 + 0.15 * beat, 0.55 + 0.45 * beat if beat > -0.8 else 0.2)
            )
        beat = math.sin(2 * math.pi * (WHIRRS * t + phase) - lag)
        return turn(18.0 * beat, root, stretch=(1.0, 0.78 + 0.22 * beat))
