"""Birds: standing with folded wings, or flying with wings that beat.

Knows birds' looks and motion. Lengths are parts of the body's length, drawn facing right.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    capsule,
    colour,
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
from aiprod.visuals.motion.subjects.quadruped import Placing
from aiprod.visuals.motion.subjects.rig import Matrix, PartPose, Point, Rig, join, turn
from aiprod.visuals.motion.subjects.studio import Relief, RigFacts, Studio

if TYPE_CHECKING:
    import skia

Beak: TypeAlias = Literal["short", "hook", "long", "flat", "bent", "needle", "spear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bird:
    """A bird's looks: colours of back, belly, head, wing, wing tip, beak and legs; lengths of neck, beak, legs, tail; the
    wing's span of one side and how often it beats a second."""

    back: Colour
    belly: Colour
    head: Colour
    wing: Colour
    tip: Colour
    beak: Colour
    legs: Colour
    bill: Beak = "short"
    bill_length: float = 0.14
    neck: float = 0.05
    skull: float = 0.135
    leg: float = 0.22
    tail: float = 0.34
    forked: bool = False
    span: float = 0.85
    broad: float = 0.34
    beats: float = 2.6
    eye: float = 0.22
    face: Colour | None = None
    extras: tuple[str, ...] = ()


@cache
def birds() -> Mapping[str, Bird]:
    """All birds by key."""

    def bird(tones: str) -> Bird:
        back, belly, head, wing, tip, beak, legs = (colour(tone) for tone in tones.split())
        return Bird(back=back, belly=belly, head=head, wing=wing, tip=tip, beak=beak, legs=legs)

    small = bird("4f8fc9 f0e6d6 4f8fc9 3f7ab5 2a5585 e0a13b b5763b")
    raptor = replace(
        bird("5a3d28 6b4a32 f4f0e6 4f3524 2f2018 f0b52b f0b52b"),
        bill="hook",
        bill_length=0.13,
        leg=0.16,
        span=1.35,
        broad=0.42,
        beats=1.1,
        tail=0.36,
    )
    gull = replace(
        bird("f6f6f4 ffffff ffffff b9c0c8 33363d f0b52b e0a13b"),
        bill="hook",
        bill_length=0.12,
        span=1.2,
        broad=0.28,
        beats=1.5,
        leg=0.18,
    )
    goose = replace(
        bird("e9e6df f7f5f0 f7f5f0 dcd7cc b5aea2 f08a2b f08a2b"),
        bill="flat",
        bill_length=0.16,
        neck=0.38,
        span=1.05,
        beats=1.9,
        leg=0.2,
        tail=0.2,
        skull=0.11,
    )
    stork = replace(
        bird("f7f5f0 ffffff ffffff f3f1ec 2b2a30 d9452b d9452b"),
        bill="spear",
        bill_length=0.36,
        neck=0.42,
        leg=0.62,
        span=1.15,
        beats=1.2,
        tail=0.18,
        skull=0.10,
    )
    return {"bird": small, "robin": replace(small, back=colour("7a5f46"), head=colour("7a5f46"),
        wing=colour("6b523c"), tip=colour("4f3c2c"), face=colour("e0642b"), belly=colour("f3ece2"),
        beak=colour("4a4038"), extras=("breast",)), "eagle": raptor, "falcon": replace(raptor, back=colour("5f6875"),
        belly=colour("efe6d6"), head=colour("4a525e"), wing=colour("545d6a"), tip=colour("2f353f"), span=1.1,
        beats=2.0, broad=0.30), "vulture": replace(raptor, head=colour("d9a39a"), back=colour("3d342f"),
        belly=colour("4a403a"), wing=colour("3a312c"), neck=0.14, extras=("ruff",)),
        "dove": replace(gull, wing=colour("eef0f3"), tip=colour("dfe3e8"), bill="short", bill_length=0.09,
        beak=colour("c98a7a"), span=0.95, broad=0.36, beats=2.6), "crow": replace(small, back=colour("2a2a33"),
        belly=colour("33333d"), head=colour("2a2a33"), wing=colour("23232b"), tip=colour("17171d"),
        beak=colour("26262c"), legs=colour("2b2a2f"), bill="spear", bill_length=0.18, span=1.05, beats=1.9),
        "gull": gull, "goose": goose, "duck": replace(goose, back=colour("8a7866"), belly=colour("d9d3c9"),
        head=colour("1f6f4f"), wing=colour("7a6a5a"), tip=colour("3f4f8a"), neck=0.16, face=colour("f2f0ec"),
        beats=3.0, extras=("ring",), span=0.85), "stork": stork, "flamingo": replace(stork, back=colour("f08fa5"),
        belly=colour("f6a9b9"), head=colour("f29db0"), wing=colour("ec7f99"), tip=colour("33272f"),
        beak=colour("f2d9cf"), legs=colour("ec8fa5"), bill="bent", bill_length=0.18, neck=0.58, leg=0.72),
        "owl": replace(small, back=colour("8a6844"), belly=colour("d9bf97"), head=colour("96734d"),
        wing=colour("7a5a3a"), tip=colour("553d27"), face=colour("e6d3b0"), skull=0.24, bill="hook", bill_length=0.07,
        span=1.05, broad=0.42, beats=1.6, tail=0.2, leg=0.14, eye=0.30, neck=0.0, extras=("disc", "tufts", "flecks")),
        "parrot": replace(small, back=colour("d93b2f"), belly=colour("e0503a"), head=colour("d93b2f"),
        wing=colour("f0b52b"), tip=colour("2f6fc9"), beak=colour("3a3638"), bill="hook", bill_length=0.15, tail=0.46,
        span=0.95, face=colour("f5efe6"), leg=0.14), "hummingbird": replace(small, back=colour("2f9f6f"),
        belly=colour("e9f0ea"), head=colour("2a8f63"), wing=colour("4fa98a"), tip=colour("3f6f7f"), bill="needle",
        bill_length=0.42, beak=colour("33363a"), span=0.62, broad=0.22, beats=11.0, leg=0.05, face=colour("c9356b"),
        extras=("breast",)), "pterosaur": replace(raptor, back=colour("8f7a55"), belly=colour("cbb78f"),
        head=colour("96805a"), wing=colour("a88a5f"), tip=colour("7f6545"), bill="spear", bill_length=0.5,
        beak=colour("b59a6a"), beats=0.9, span=1.6, broad=0.36, tail=0.22, neck=0.22, extras=("crest",)),}  # fmt: skip


def bird_rig(bird: Bird, placing: Placing) -> Rig:
    """The rig of a bird: it flies unless it idles."""
    flying = placing.gait == "fly"
    art = BirdArt(bird=bird, flying=flying)
    studio = Studio(faces_left=placing.faces_left)
    far = (
        studio.add("far-wing", art.wing_box, lambda c: art.draw_wing(c, far=True), Relief(radius=0.03, strength=0.7))
        if flying
        else None
    )
    body = studio.add("body", art.box, art.draw_body, Relief(radius=0.12 * art.unit * 2))
    near = (
        studio.add("near-wing", art.wing_box, lambda c: art.draw_wing(c, far=False), Relief(radius=0.03, strength=0.7))
        if flying
        else None
    )
    folded = None if flying else studio.add("folded-wing", art.box, art.draw_folded, Relief(radius=0.06))
    legs = None if flying else studio.add("legs", art.legs_box, art.draw_legs, Relief(radius=0.01))
    head = studio.add("head", art.head_box, art.draw_head, Relief(radius=0.07))

    def animate(t: float, phase: float) -> list[PartPose]:
        if flying:
            return art.flight(t, phase, (far or 0, body, near or 0, head))
        return art.perch(t, phase, (legs or 0, body, folded or 0, head))

    return studio.finish(RigFacts(
        animate=animate, stride_per_second=1.1 if flying else 0.0, metres=placing.metres, faces_left=placing.faces_left,
        grounded=not flying,
    ))  # fmt: skip


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
        return (x - broad * 1.9 - 0.25 * span, y - 0.12 * self.unit, x + broad * 1.1, y + span * 1.06)

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

    def flight(self, t: float, phase: float, parts: tuple[int, int, int, int]) -> list[PartPose]:
        """Wings beat, faster down than up; the body rises on the downstroke, and big birds glide between."""
        far, body, near, head = parts
        bird = self.bird
        turns = t * bird.beats + phase
        glide = 0.5 + 0.5 * math.sin(2 * math.pi * (t / 5.2 + phase)) if bird.beats < 1.8 else 0.0
        beat = math.sin(2 * math.pi * turns + 0.5 * math.sin(2 * math.pi * turns))
        raise_ = 0.18 + (1.0 - 0.75 * glide) * 0.80 * beat
        lift = (0.0, -0.030 * math.cos(2 * math.pi * turns) * (1.0 - 0.7 * glide))
        frame = turn(1.2 * math.cos(2 * math.pi * turns), self.middle, shift=lift)
        joint = self.at(0.12, 0.06)
        sweep = 16.0 - 20.0 * beat * (1.0 - glide)
        near_wing = join(frame, turn(sweep * 0.5, joint, stretch=(1.0, raise_ if abs(raise_) > 0.06 else 0.06)))
        lag = 0.18 + (1.0 - 0.75 * glide) * 0.80 * math.sin(
            2 * math.pi * turns + 0.5 * math.sin(2 * math.pi * turns) - 0.16
        )
        far_wing = join(frame, turn(sweep * 0.5 - 7.0, joint, stretch=(0.92, lag if abs(lag) > 0.06 else 0.06)))
        steady = join(frame, turn(-1.0 * math.cos(2 * math.pi * turns), self.at(0.25, 0.05)))
        return [
            PartPose(part=far, matrix=far_wing),
            PartPose(part=body, matrix=frame),
            PartPose(part=head, matrix=steady),
            PartPose(part=near, matrix=near_wing),
        ]

    def perch(self, t: float, phase: float, parts: tuple[int, int, int, int]) -> list[PartPose]:
        """It breathes, dips, and turns its head in quick jerks."""
        legs, body, wing, head = parts
        dip = 2.4 * math.sin(2 * math.pi * (t / 3.7 + phase))
        frame: Matrix = turn(
            dip,
            (0.0, self.bird.leg * 0.5 * self.unit),
            stretch=(1.0, 1.0 + 0.008 * math.sin(2 * math.pi * (t / 2.2 + phase))),
        )
        jerk = 7.0 * math.tanh(6.0 * math.sin(2 * math.pi * (t / 2.9 + phase))) - dip
        return [PartPose(part=legs, matrix=(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)), PartPose(part=body, matrix=frame),
            PartPose(part=wing, matrix=frame), PartPose(part=head, matrix=join(frame,
            turn(jerk, self.at(0.28, 0.10))))]  # fmt: skip
