"""What swims: fish, sharks, dolphins and whales, with tails that drive them.

Knows their looks and motion. Lengths are parts of the body's length (1 from nose to the tail's root), facing right.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    Outline,
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
from aiprod.visuals.motion.subjects.rig import PartPose, Point, Rig, join, turn
from aiprod.visuals.motion.subjects.studio import Relief, RigFacts, Studio

if TYPE_CHECKING:
    import skia

Snout: TypeAlias = Literal["round", "point", "beak", "blunt", "whale"]
Marking: TypeAlias = Literal["plain", "bands", "stripe", "orca", "grooves", "speckles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swimmer:
    """A swimmer's looks. `deep` is the body's height; `mammal` ones beat their flukes up and down; `fin` is the back
    fin's height and `fin_at` where it stands (0 nose, 1 tail)."""

    back: Colour
    belly: Colour
    marks: Colour
    fins: Colour
    deep: float = 0.42
    snout: Snout = "round"
    marking: Marking = "plain"
    mammal: bool = False
    fin: float = 0.16
    fin_at: float = 0.45
    fin_long: float = 0.4
    tail: float = 0.30
    forked: float = 0.5
    eye: float = 0.045
    side_fin: float = 0.18
    beats: float = 1.6


@cache
def swimmers() -> Mapping[str, Swimmer]:
    """All swimmers by key."""

    def swimmer(tones: str) -> Swimmer:
        back, belly, marks, fins = (colour(tone) for tone in tones.split())
        return Swimmer(back=back, belly=belly, marks=marks, fins=fins)

    fish = swimmer("3f7fb5 dfeaf0 2a5f8f 2f6f9f")
    shark = replace(
        swimmer("66737f eef1f3 4a5560 5a6671"),
        deep=0.27,
        snout="point",
        fin=0.20,
        fin_at=0.44,
        fin_long=0.16,
        tail=0.36,
        forked=0.9,
        eye=0.018,
        side_fin=0.27,
        beats=0.9,
    )
    dolphin = replace(
        swimmer("5f7f9f e6edf2 4a6685 54738f"),
        deep=0.25,
        snout="beak",
        mammal=True,
        fin=0.14,
        fin_at=0.48,
        fin_long=0.15,
        tail=0.20,
        eye=0.016,
        side_fin=0.18,
        beats=1.1,
    )
    whale = replace(swimmer("3f5f7f cfdbe3 2f4a66 38566f"), deep=0.29, snout="whale", mammal=True, fin=0.05,
        fin_at=0.70, fin_long=0.10, tail=0.22, eye=0.012, side_fin=0.30, beats=0.42, marking="grooves")  # fmt: skip
    return {"fish": fish, "salmon": replace(fish, back=colour("6a7f7a"), belly=colour("e9b9a8"),
        marks=colour("4a5a55"), fins=colour("b5786a"), deep=0.30, marking="speckles", fin=0.11, fin_long=0.18),
        "clownfish": replace(fish, back=colour("f0782b"), belly=colour("f59a4a"), marks=colour("ffffff"),
        fins=colour("e8651f"), deep=0.48, marking="bands", forked=0.1, fin=0.14, eye=0.055), "goldfish": replace(fish,
        back=colour("f0902b"), belly=colour("ffd58a"), marks=colour("d96a1f"), fins=colour("f5a84a"), deep=0.50,
        tail=0.52, forked=0.7, fin=0.20, eye=0.055), "blue-tang": replace(fish, back=colour("2a5fd9"),
        belly=colour("3f7fe0"), marks=colour("16224a"), fins=colour("f0c82b"), deep=0.56, marking="stripe", fin=0.10,
        fin_long=0.6), "shark": shark, "dolphin": dolphin, "orca": replace(dolphin, back=colour("23252c"),
        belly=colour("f4f5f6"), marks=colour("f4f5f6"), fins=colour("1d1f25"), deep=0.30, snout="blunt", fin=0.28,
        fin_at=0.42, fin_long=0.13, side_fin=0.22, marking="orca", beats=0.8), "whale": whale,
        "sperm-whale": replace(whale, back=colour("55606a"), belly=colour("8a949c"), marks=colour("444e57"),
        fins=colour("4a545e"), snout="blunt", deep=0.31, fin=0.03, side_fin=0.14, marking="plain"),}  # fmt: skip


def swimmer_rig(swimmer: Swimmer, placing: Placing) -> Rig:
    """The rig of a swimmer."""
    art = SwimmerArt(swimmer=swimmer)
    studio = Studio(faces_left=placing.faces_left, detail=placing.detail * min(1.0, 1.5 * swimmer.deep / 0.42))
    far_fin = studio.add("far-fin", art.fin_box, lambda c: art.draw_side_fin(c, far=True), Relief(radius=0.03))
    tail = studio.add("tail", art.tail_box, art.draw_tail, Relief(radius=0.03))
    rear = studio.add(
        "rear", art.box, art.draw_rear, Relief(radius=art.unit * swimmer.deep * 0.42, shape=art.silhouette)
    )
    body = studio.add(
        "body", art.box, art.draw_front, Relief(radius=art.unit * swimmer.deep * 0.42, shape=art.silhouette)
    )
    near_fin = studio.add("near-fin", art.fin_box, lambda c: art.draw_side_fin(c, far=False), Relief(radius=0.03))

    def animate(t: float, phase: float) -> list[PartPose]:
        return art.poses(t, phase, (far_fin, tail, rear, body, near_fin))

    return studio.finish(
        RigFacts(animate=animate, stride_per_second=0.55 * art.unit if not swimmer.mammal else 0.4 * art.unit,
        metres=placing.metres, faces_left=placing.faces_left, grounded=False))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SwimmerArt:
    """Draws and moves one swimmer. Local places: nose at (0.5, 0), the tail's root at (-0.5, 0)."""

    swimmer: Swimmer

    @property
    def unit(self) -> float:
        """Rig units a body's length: fins included it is 1 high."""
        return 1.0 / (self.swimmer.deep + self.swimmer.fin + self.swimmer.side_fin * 0.55)

    def at(self, x: float, y: float) -> Point:
        """A local place in rig space."""
        return (x * self.unit, (y + self.swimmer.deep * 0.5 + self.swimmer.side_fin * 0.55) * self.unit)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Around the body and its back fin."""
        s = self.swimmer
        return (*self.at(-0.60, -s.deep * 0.72), *self.at(0.56, s.deep * 0.52 + s.fin + 0.03))

    @property
    def tail_box(self) -> tuple[float, float, float, float]:
        """Around the tail fin."""
        reach = self.swimmer.tail
        return (*self.at(-0.50 - reach * 1.25, -reach * 1.2), *self.at(-0.38, reach * 1.25))

    @property
    def fin_box(self) -> tuple[float, float, float, float]:
        """Around a side fin."""
        reach = self.swimmer.side_fin
        return (*self.at(0.02 - reach, -self.swimmer.deep * 0.3 - reach * 1.1), *self.at(0.32, 0.06))

    def outline(self) -> Outline:
        """Nose to tail."""
        s = self.swimmer
        d = s.deep / 2
        noses = {"round": [(0.40, d * 0.42), (0.5, -0.01), (0.40, -d * 0.48)],
            "point": [(0.40, d * 0.48), (0.53, d * 0.05), (0.42, -d * 0.34), (0.33, -d * 0.62)],
            "beak": [(0.34, d * 0.72), (0.40, d * 0.22), (0.52, -d * 0.02), (0.51, -d * 0.24), (0.38, -d * 0.40)],
            "blunt": [(0.42, d * 0.66), (0.50, d * 0.16), (0.47, -d * 0.40), (0.36, -d * 0.66)],
            "whale": [(0.40, d * 0.44), (0.52, -d * 0.02), (0.49, -d * 0.52), (0.34, -d * 0.98)],}[s.snout]  # fmt: skip
        places = [(-0.5, d * 0.20), (-0.30, d * 0.58), (-0.05, d * 0.96), (0.18, d * 0.98), *noses, (0.14, -d * 1.0),
            (-0.08, -d * 0.92), (-0.32, -d * 0.50), (-0.5, -d * 0.20), (-0.56, 0.0)]  # fmt: skip
        return smooth([self.at(*p) for p in places])

    def silhouette(self, canvas: "skia.Canvas") -> None:
        """The whole body, for the light."""
        canvas.drawPath(path(self.outline()), paint((1.0, 1.0, 1.0)))

    def draw_rear(self, canvas: "skia.Canvas") -> None:
        """The hind half, drawn a little past the middle."""
        self._half(canvas, front=False)

    def draw_front(self, canvas: "skia.Canvas") -> None:
        """The front half with back fin and face."""
        self._half(canvas, front=True)
        self._face(canvas)

    def _half(self, canvas: "skia.Canvas", *, front: bool) -> None:

        from aiprod.visuals.motion.subjects.ink import fade

        s, unit = self.swimmer, self.unit
        canvas.saveLayer()
        if front:
            self._back_fin(canvas)
        shape = path(self.outline())
        top, bottom = self.at(0, s.deep / 2), self.at(0, -s.deep / 2)
        line = 0.50 if s.mammal or s.snout == "point" else 0.62
        stops = [
            (0.0, lighter(s.back, 0.12)),
            (line - 0.12, s.back),
            (line + 0.10, mix(s.back, s.belly, 0.85)),
            (1.0, darker(s.belly, 0.10)),
        ]
        canvas.drawPath(shape, ramp(stops, top, bottom))
        canvas.save()
        canvas.clipPath(shape, doAntiAlias=True)
        self._marks(canvas)
        canvas.restore()
        shade_under(canvas, shape, s.back, unit * s.deep * 0.22, strength=0.36)
        if front:
            fade(canvas, self.at(-0.22, 0), self.at(-0.10, 0))
        else:
            fade(canvas, self.at(0.06, 0), self.at(-0.06, 0))
        canvas.restore()

    def _back_fin(self, canvas: "skia.Canvas") -> None:
        s = self.swimmer
        x, d = 0.5 - s.fin_at, s.deep / 2
        if s.fin_long > 0.25:
            places = [(x + s.fin_long * 0.5, d * 0.75), (x + s.fin_long * 0.25, d + s.fin * 0.9),
                (x - s.fin_long * 0.15, d + s.fin * 0.75), (x - s.fin_long * 0.55, d * 0.75 + s.fin * 0.4),
                (x - s.fin_long * 0.5, d * 0.4)]  # fmt: skip
        else:
            places = [(x + s.fin_long * 0.75, d * 0.80), (x + s.fin_long * 0.10, d + s.fin * 0.65),
                (x - s.fin_long * 0.35, d + s.fin), (x - s.fin_long * 0.22, d + s.fin * 0.35), (x - s.fin_long * 0.45,
                d * 0.75)]  # fmt: skip
        shape = path(smooth([self.at(*p) for p in places]))
        canvas.drawPath(
            shape,
            ramp(
                [(0.0, lighter(s.fins, 0.12)), (1.0, darker(s.fins, 0.15))], self.at(x, d + s.fin), self.at(x, d * 0.5)
            ),
        )
        shade_under(canvas, shape, s.fins, self.unit * 0.02, strength=0.4)

    def _marks(self, canvas: "skia.Canvas") -> None:
        s, unit, d = self.swimmer, self.unit, self.swimmer.deep / 2
        match s.marking:
            case "bands":
                for x, wide in ((0.24, 0.055), (-0.04, 0.065), (-0.36, 0.045)):
                    spine = [self.at(x + 0.02, d * 1.2), self.at(x - 0.03, 0.0), self.at(x + 0.02, -d * 1.2)]
                    canvas.drawPath(path(ribbon(spine, [wide * unit * 1.28] * 3)), paint((0.12, 0.10, 0.12)))
                    canvas.drawPath(path(ribbon(spine, [wide * unit] * 3)), paint(s.marks))
            case "stripe":
                swirl = smooth([self.at(*p) for p in ((0.34, d * 0.55), (0.05, d * 0.9), (-0.32, d * 0.62), (-0.55,
                    d * 0.2), (-0.35, d * 0.05), (-0.1, d * 0.42), (0.1, d * 0.1), (0.22, d * 0.3))])  # fmt: skip
                canvas.drawPath(path(swirl), paint(s.marks))
            case "orca":
                canvas.drawPath(path(oval(self.at(0.30, d * 0.34), 0.058 * unit, 0.024 * unit, -12)), paint(s.marks))
                canvas.drawPath(
                    path(oval(self.at(0.02, d * 0.92), 0.09 * unit, 0.028 * unit)),
                    paint((0.55, 0.57, 0.62), 0.8, blur=0.008 * unit),
                )
                canvas.drawPath(
                    path(
                        smooth(
                            [
                                self.at(*p)
                                for p in ((-0.05, -d), (-0.18, -d * 0.2), (-0.28, -d * 0.05), (-0.26, -d * 0.5))
                            ]
                        )
                    ),
                    paint(s.marks),
                )
            case "grooves":
                for index in range(8):
                    y = -d * (0.30 + 0.10 * index)
                    canvas.drawPath(
                        curve(
                            smooth([self.at(0.50, y * 0.7), self.at(0.24, y), self.at(-0.02, y * 1.02)], closed=False)
                        ),
                        paint(darker(s.belly, 0.45), 0.5, line=0.006 * unit),
                    )
            case "speckles":
                for index in range(26):
                    x, y = 0.36 - (index * 0.37 % 0.8), d * (0.25 + 0.6 * ((index * 0.618) % 1.0))
                    canvas.drawPath(path(oval(self.at(x, y), 0.010 * unit, 0.008 * unit)), paint(s.marks, 0.7))
            case _:
                if s.snout == "round":
                    for row in range(4):
                        for column in range(8):
                            x, y = 0.16 - column * 0.075 + (row % 2) * 0.037, d * (0.55 - row * 0.32)
                            arc = smooth(
                                [self.at(x, y + 0.03), self.at(x - 0.028, y), self.at(x, y - 0.03)],
                                closed=False,
                                steps=5,
                            )
                            canvas.drawPath(curve(arc), paint(darker(s.back, 0.35), 0.28, line=0.006 * unit))

    def _face(self, canvas: "skia.Canvas") -> None:
        s, unit, d = self.swimmer, self.unit, self.swimmer.deep / 2
        x, y = {"round": (0.33, d * 0.20), "point": (0.37, d * 0.16), "beak": (0.33, d * 0.10), "blunt": (0.37,
            d * 0.04), "whale": (0.30, -d * 0.12),}[s.snout]  # fmt: skip
        if s.snout == "round":
            gill = smooth([self.at(0.20, d * 0.55), self.at(0.165, 0.0), self.at(0.20, -d * 0.55)], closed=False)
            canvas.drawPath(curve(gill), paint(darker(s.back, 0.45), 0.55, line=0.010 * unit))
            eye(canvas, self.at(x, y), s.eye * unit, sclera=True)
            mouth = [(0.495, -0.02), (0.45, -0.05), (0.42, -0.045)]
        else:
            eye(canvas, self.at(x, y), max(s.eye, 0.014) * unit)
            mouth = {"point": [(0.46, -d * 0.22), (0.40, -d * 0.42), (0.33, -d * 0.30)], "beak": [(0.515, -d * 0.10),
                (0.42, -d * 0.16), (0.36, -d * 0.02)], "blunt": [(0.49, -d * 0.20), (0.42, -d * 0.34), (0.34,
                -d * 0.22)], "whale": [(0.52, -d * 0.05), (0.40, -d * 0.22), (0.28, -d * 0.36), (0.24, -d * 0.26)]}[
                s.snout]  # fmt: skip
        canvas.drawPath(
            curve(smooth([self.at(*p) for p in mouth], closed=False)),
            paint(darker(s.back, 0.7), 0.75, line=0.008 * unit),
        )
        if s.snout == "point":
            for index in range(5):
                gx = 0.235 - index * 0.022
                canvas.drawPath(
                    curve(
                        smooth([self.at(gx, d * 0.30), self.at(gx - 0.012, 0.0), self.at(gx, -d * 0.26)], closed=False)
                    ),
                    paint(darker(s.back, 0.5), 0.6, line=0.006 * unit),
                )
            for index in range(6):
                tx = 0.435 - index * 0.016
                canvas.drawPath(path(smooth([self.at(tx, -d * 0.30 - index * 0.002), self.at(tx - 0.010, -d * 0.32),
                    self.at(tx - 0.005, -d * 0.46)], steps=2)), paint((1, 1, 1)))  # fmt: skip

    def draw_tail(self, canvas: "skia.Canvas") -> None:
        """Tail fin or flukes."""
        s, reach, fork = self.swimmer, self.swimmer.tail, self.swimmer.forked
        if s.mammal:
            places = [(-0.44, 0.022), (-0.52, 0.03), (-0.62, reach * 0.36), (-0.70, reach * 0.55),
                (-0.685, reach * 0.15), (-0.66, -0.01), (-0.70, -reach * 0.30), (-0.66, -reach * 0.42), (-0.56,
                -reach * 0.16), (-0.44, -0.03)]  # fmt: skip
        else:
            notch = -0.52 - reach * (1.0 - fork * 0.62)
            upper = 1.0 if s.snout != "point" else 1.15
            places = [(-0.42, 0.03), (-0.54, reach * 0.45), (-0.52 - reach * 0.95, reach * 0.92 * upper),
                (-0.52 - reach * 0.90, reach * 0.5), (notch, 0.0), (-0.52 - reach * 0.85, -reach * 0.45),
                (-0.52 - reach * 0.85, -reach * 0.80 / upper), (-0.54, -reach * 0.40), (-0.42, -0.03)]  # fmt: skip
        shape = path(smooth([self.at(*p) for p in places]))
        canvas.drawPath(
            shape, ramp([(0.0, s.fins), (1.0, lighter(s.fins, 0.18))], self.at(-0.45, 0), self.at(-0.5 - reach, 0))
        )
        for index in range(-3, 4):
            if not s.mammal and s.snout == "round":
                ray = [self.at(-0.47, 0.0), self.at(-0.52 - reach * 0.62, index * reach * 0.20)]
                canvas.drawPath(
                    curve(smooth(ray, closed=False)), paint(darker(s.fins, 0.35), 0.45, line=0.006 * self.unit)
                )
        shade_under(canvas, shape, s.fins, self.unit * 0.03, strength=0.36)

    def draw_side_fin(self, canvas: "skia.Canvas", *, far: bool) -> None:
        """The pectoral fin."""
        s, reach, d = self.swimmer, self.swimmer.side_fin, self.swimmer.deep / 2
        x, y = (
            (0.20 if s.snout != "round" else 0.12) + (0.04 if far else 0.0),
            -d * (0.48 if s.snout != "round" else 0.20),
        )
        places = [(x + 0.03, y + 0.02), (x - reach * 0.18, y - reach * 0.35), (x - reach * 0.62, y - reach * 0.95),
            (x - reach * 0.72, y - reach * 0.72), (x - reach * 0.48, y - reach * 0.10), (x - 0.05, y + 0.03)]  # fmt: skip
        tone = darker(s.fins, 0.3 if far else 0.05)
        shape = path(smooth([self.at(*p) for p in places]))
        canvas.drawPath(shape, paint(tone))
        shade_under(canvas, shape, tone, self.unit * 0.02, strength=0.4)

    def poses(self, t: float, phase: float, parts: tuple[int, int, int, int, int]) -> list[PartPose]:
        """A wave runs to the tail: up and down for mammals, sideways (seen as shortening) for fish."""
        far, tail, rear, body, near = parts
        s = self.swimmer
        turns = 2 * math.pi * (t * s.beats + phase)
        drift = (0.0, 0.030 * math.sin(2 * math.pi * (t / 4.3 + phase)))
        if s.mammal:
            frame = turn(2.2 * math.sin(turns + 1.2), self.at(0.1, 0), shift=drift)
            back = join(frame, turn(7.5 * math.sin(turns), self.at(-0.08, 0)))
            end = join(
                back,
                turn(
                    20.0 * math.sin(turns - 0.9), self.at(-0.47, 0), stretch=(1.0, 0.72 + 0.28 * math.cos(turns - 0.9))
                ),
            )
        else:
            frame = turn(1.3 * math.sin(turns * 0.5), self.at(0.1, 0), shift=drift)
            back = join(
                frame, turn(1.0 * math.sin(turns), self.at(-0.05, 0), stretch=(0.965 + 0.035 * math.cos(turns), 1.0))
            )
            end = join(
                back,
                turn(
                    3.0 * math.sin(turns - 0.8), self.at(-0.46, 0), stretch=(0.72 + 0.28 * math.cos(turns - 0.9), 1.0)
                ),
            )
        root = self.at(0.16, -s.deep * 0.14)
        paddle = 12.0 * math.sin(turns * (0.5 if s.mammal else 0.8) + 0.4)
        return [PartPose(part=far, matrix=join(frame, turn(-paddle * 0.8 + 10.0, root))), PartPose(part=tail,
            matrix=end), PartPose(part=rear, matrix=back), PartPose(part=body, matrix=frame), PartPose(part=near,
            matrix=join(frame, turn(paddle, root)))]  # fmt: skip
