"""A four-legged animal's joints: where they are when it stands, and where a gait puts them.

Pure geometry in rig space, facing right. Knows species and gaits; knows no picture.
"""

import math
from dataclasses import dataclass

from aiprod.visuals.motion.subjects.gaits import Step
from aiprod.visuals.motion.subjects.rig import Matrix, Point, bend, between, join, move, turn
from aiprod.visuals.motion.subjects.species import Species

TIP_FACTORS = {"none": 0.0, "cow": 1.4, "buffalo": 1.6, "ram": 0.9, "goat": 1.5, "antelope": 3.1, "antlers": 3.6,
    "palmate": 2.9, "ossicones": 1.4, "unicorn": 1.6, "rhino": 0.2, "tusks": 0.0, "trunk": 0.5}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A leg at rest: `top` in the trunk, `knee`, `ankle` (wrist or hock), `foot` (the joint above hoof or paw)."""

    top: Point
    knee: Point
    ankle: Point
    foot: Point
    hind: bool

    @property
    def length(self) -> float:
        """How high the top is above the ground."""
        return self.top[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegPose:
    """Matrices of a leg's four pieces, and the foot's joint."""

    upper: Matrix
    lower: Matrix
    cannon: Matrix
    foot: Matrix
    at: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """Rest places. `unit` is the shoulder's height in rig space, chosen so that the whole animal is about 1 high."""

    unit: float
    legs: tuple[Leg, Leg, Leg, Leg]
    neck_base: Point
    head: Point
    head_radius: float
    tail_base: Point


def stand(species: Species) -> Skeleton:
    """The skeleton of a species; legs in the order near hind, near fore, far hind, far fore."""
    head = species.head
    angle = math.radians(species.neck_angle)
    base = (species.length * 0.36, 1.0 - species.depth * 0.36 + species.hump * 0.3)
    reach = species.neck + species.neck_thick * 0.5
    skull = (base[0] + reach * math.cos(angle), base[1] + reach * math.sin(angle) + head.size * 0.15)
    ears = {"long": 1.9, "huge": 0.3, "none": 0.0}.get(head.ears, 1.0) * head.ear_size
    top = skull[1] + head.size * max(1.0, 0.75 + ears, 0.9 + TIP_FACTORS[head.horns] * head.horn_size)
    if species.mane == "lion":
        top = max(top, skull[1] + head.size * 1.9)
    unit = 1.0 / max(top, 1.05 + species.hump, species.rump, 1.0 + 0.25 * min(species.humps, 1))
    return Skeleton(unit=unit, legs=(_leg(species, unit, hind=True, far=False), _leg(species, unit, hind=False,
        far=False), _leg(species, unit, hind=True, far=True), _leg(species, unit, hind=False, far=True)),
        neck_base=(base[0] * unit, base[1] * unit), head=(skull[0] * unit, skull[1] * unit),
        head_radius=head.size * unit, tail_base=(-species.length * 0.485 * unit,
        (species.rump - species.depth * 0.14) * unit))  # fmt: skip


def _leg(species: Species, unit: float, *, hind: bool, far: bool) -> Leg:
    """Shares of the leg: a hoofed animal stands on its toes, so that its cannon is long; a bear's is short."""
    shift = species.length * 0.055 if far else 0.0
    foot_height = max(0.075 if species.foot == "hoof" else 0.055, species.leg_thick * 0.97)
    if hind:
        top = (-species.length * 0.35 + shift, species.rump - species.depth * 0.44)
        lean = {"hoof": 12.0, "paw": 16.0, "pad": 3.0, "hand": 8.0}[species.foot]
        cannon = {"hoof": 0.36, "paw": 0.28, "pad": 0.20, "hand": 0.18}[species.foot] * top[1]
        foot = (top[0] - 0.02, foot_height)
    else:
        top = (species.length * 0.335 + shift, 1.0 - species.depth * 0.60)
        lean = 2.0
        cannon = {"hoof": 0.32, "paw": 0.22, "pad": 0.22, "hand": 0.2}[species.foot] * top[1]
        foot = (top[0] + 0.01, foot_height)
    lean_angle = math.radians(lean)
    ankle = (foot[0] - cannon * math.sin(lean_angle), foot[1] + cannon * math.cos(lean_angle))
    rest = math.dist(top, ankle)
    share = 0.46 if hind else 0.44
    total = rest * (1.05 if species.foot != "pad" else 1.03)
    knee = bend(top, ankle, (total * share, total * (1 - share)), forward=hind)
    return Leg(top=(top[0] * unit, top[1] * unit), knee=(knee[0] * unit, knee[1] * unit),
               ankle=(ankle[0] * unit, ankle[1] * unit), foot=(foot[0] * unit, foot[1] * unit), hind=hind)  # fmt: skip


def pose_leg(leg: Leg, step: Step, trunk: Matrix, *, stiff: float) -> LegPose:
    """The leg when its foot is where the step says and the trunk has moved. `stiff` 1 keeps columns straight."""
    length = leg.length
    foot = (leg.foot[0] + step.ahead * length, leg.foot[1] + step.high * length)
    top = move(trunk, leg.top)
    swinging = math.sin(math.pi * step.swing)
    rest_angle = math.degrees(math.atan2(leg.foot[0] - leg.ankle[0], leg.ankle[1] - leg.foot[1]))
    fold = (26.0 if leg.hind else -62.0) * (1.0 - 0.6 * stiff) * swinging * min(1.0, step.high * 9.0)
    early = (-22.0 if leg.hind else -8.0) * math.sin(2 * math.pi * step.swing) if step.swing else 0.0
    lean = math.radians(rest_angle + step.ahead * 42.0 + fold + early)
    cannon = math.dist(leg.foot, leg.ankle)
    ankle = (foot[0] - cannon * math.sin(lean), foot[1] + cannon * math.cos(lean))
    upper, lower = math.dist(leg.top, leg.knee), math.dist(leg.knee, leg.ankle)
    knee = bend(top, ankle, (upper, lower), forward=leg.hind)
    toe = 0.22 * length  # a toe may point down only as far as it is high, or it would dig into the ground
    droop = -min(38.0, math.degrees(math.asin(min(1.0, step.high * length * 0.8 / toe)))) * swinging
    return LegPose(
        upper=between(leg.top, leg.knee, top, knee), lower=between(leg.knee, leg.ankle, knee, ankle),
        cannon=between(leg.ankle, leg.foot, ankle, foot),
        foot=join(turn(droop, foot), (1.0, 0.0, 0.0, 1.0, foot[0] - leg.foot[0], foot[1] - leg.foot[1])), at=foot,
    )  # fmt: skip


def trunk_matrix(skeleton: Skeleton, rise: float, pitch_degrees: float, sway: float = 0.0) -> Matrix:
    """The trunk moved up and pitched about its middle; `sway` shifts it ahead."""
    return turn(pitch_degrees, (0.0, skeleton.unit * 0.6), shift=(sway, rise))
