"""Four-legged rigs: trunk, neck, head, tail and four legs that really walk, built from a species.

Knows how an animal is put together and moves. Proportions are `bestiary.py`'s, coats `coats.py`'s, heads `heads.py`'s.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.spec import Gait
from aiprod.visuals.motion.subjects import gaits, tails, trunks
from aiprod.visuals.motion.subjects.coats import Fur
from aiprod.visuals.motion.subjects.heads import HeadFrame, draw_ear, draw_head, draw_lion_mane, ear_pivot
from aiprod.visuals.motion.subjects.ink import capsule, darker, fade, oval, paint, path, shade_under, smooth
from aiprod.visuals.motion.subjects.patterns import marks
from aiprod.visuals.motion.subjects.rig import Matrix, PartPose, Point, Rig, join, turn
from aiprod.visuals.motion.subjects.skeleton import Leg, Skeleton, pose_leg, stand, trunk_matrix
from aiprod.visuals.motion.subjects.species import Species
from aiprod.visuals.motion.subjects.studio import Relief, RigFacts, Studio

if TYPE_CHECKING:
    import skia

LEG_ORDER = (2, 3, 0, 1)
"""Far hind, far fore, near hind, near fore: as they are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What is asked of a rig besides its species; `detail` 2 paints it twice as fine, to be seen from near."""

    faces_left: bool
    gait: Gait
    metres: float
    seed: int
    detail: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LegParts:
    """Part numbers of a leg's pieces."""

    upper: int
    lower: int
    cannon: int
    foot: int


def quadruped(species: Species, placing: Placing) -> Rig:
    """The rig of a four-legged animal."""
    skeleton = stand(species)
    fur = Fur(
        coat=species.coat, unit=skeleton.unit, depth=species.depth, marks=marks(species, skeleton.unit, placing.seed)
    )
    wide = species.length + species.neck + species.tail_length + species.head.size * species.head.snout
    detail = placing.detail * min(1.0, 2.6 / (wide * skeleton.unit))
    studio = Studio(faces_left=placing.faces_left, detail=detail)
    body = trunks.TrunkArt(species=species, skeleton=skeleton, fur=fur, seed=placing.seed)
    frame = HeadFrame(centre=skeleton.head, radius=skeleton.head_radius, tilt=species.head.tilt)
    legs = [_paint_leg(studio, body, leg, far=index >= 2) for index, leg in enumerate(skeleton.legs)]
    tail = tails.paint_tail(studio, body)
    trunk = studio.add(
        "trunk", body.box, body.draw, Relief(radius=skeleton.unit * species.depth * 0.42, shape=body.silhouette)
    )
    neck = studio.add("neck", body.neck_box, body.draw_neck,
                      Relief(radius=skeleton.unit * species.neck_thick, shape=body.silhouette))  # fmt: skip
    reach = 4.6 if species.head.horns in ("antlers", "palmate", "antelope") else 3.4
    reach = max(reach, 1.4 + species.head.snout)
    head = studio.add(
        "head", frame.box(reach), lambda canvas: draw_head(canvas, species, frame), Relief(radius=frame.radius * 0.7)
    )
    mane = None
    if species.mane == "lion":
        mane = studio.add("mane", frame.box(3.0), lambda canvas: draw_lion_mane(canvas, species, frame, placing.seed),
                          Relief(radius=frame.radius * 0.8))  # fmt: skip
    ear = studio.add(
        "ear",
        frame.box(3.4),
        lambda canvas: draw_ear(canvas, species, frame, far=False),
        Relief(radius=frame.radius * 0.2),
    )
    trunk_chain = tails.paint_elephant_trunk(studio, species, frame) if species.head.horns == "trunk" else ()
    motion = Motion(species=species, skeleton=skeleton, placing=placing, legs=tuple(legs), tail=tail, trunk=trunk,
        neck=neck, head=head, mane=mane, ear=ear, nose=trunk_chain, frame=frame)  # fmt: skip
    return studio.finish(RigFacts(
        animate=motion.poses, stride_per_second=motion.speed, metres=placing.metres,
        faces_left=placing.faces_left,
    ))  # fmt: skip


def _paint_leg(studio: Studio, body: "trunks.TrunkArt", leg: Leg, *, far: bool) -> LegParts:
    """Paint the four pieces of a leg; joints are as wide on both sides, so that no seam shows."""
    species, unit, fur = body.species, body.skeleton.unit, body.fur
    thick = species.leg_thick * unit
    hip = species.thigh * unit * (1.0 if leg.hind else 0.78)
    knee_radius = thick * (1.45 if leg.hind else 1.20)
    ankle_radius = thick * (0.95 if species.foot == "hoof" else 1.02)
    foot_radius = thick * (0.80 if species.foot == "hoof" else 0.95)
    side = "far" if far else "near"
    end = "hind" if leg.hind else "fore"

    def piece(name: str, start: Point, start_radius: float, stop: Point, stop_radius: float) -> int:
        shape = path(capsule(start, start_radius, stop, stop_radius))
        ahead = ((stop[0] - start[0]) * 0.6, (stop[1] - start[1]) * 0.6)
        longer = path(
            capsule(
                (start[0] - ahead[0], start[1] - ahead[1]),
                start_radius,
                (stop[0] + ahead[0], stop[1] + ahead[1]),
                stop_radius,
            )
        )

        def draw(canvas: "skia.Canvas") -> None:

            fur.limb(canvas, shape, far=far)
            canvas.save()
            canvas.clipPath(shape, doAntiAlias=True)
            shade_under(canvas, longer, species.coat.legs, max(start_radius, stop_radius) * 0.75, strength=0.22)
            canvas.restore()

        grow = max(start_radius, stop_radius)
        box = (
            min(start[0], stop[0]) - grow,
            min(start[1], stop[1]) - grow,
            max(start[0], stop[0]) + grow,
            max(start[1], stop[1]) + grow,
        )
        return studio.add(f"{side}-{end}-{name}", box, draw, Relief(radius=min(start_radius, stop_radius) * 1.2,
            shape=lambda canvas: canvas.drawPath(longer, paint((1, 1, 1)))))  # fmt: skip

    def thigh(canvas: "skia.Canvas") -> None:
        shape = path(trunks.thigh_outline(leg, hip, knee_radius))
        canvas.saveLayer()
        fur.limb(canvas, shape, far=far)
        if not far:
            shade_under(canvas, shape, species.coat.legs, hip * 0.5, strength=0.22)
            fade(canvas, (leg.top[0], leg.top[1] + hip * 0.85), (leg.top[0], leg.top[1] - hip * 0.55))
        canvas.restore()

    def thigh_relief(canvas: "skia.Canvas") -> None:
        body.silhouette(canvas)
        canvas.drawPath(path(trunks.thigh_outline(leg, hip, knee_radius)), paint((1, 1, 1)))

    reach = hip * 1.35
    upper = studio.add(f"{side}-{end}-upper", (min(leg.top[0], leg.knee[0]) - reach, leg.knee[1] - knee_radius * 1.2,
        max(leg.top[0], leg.knee[0]) + reach, leg.top[1] + reach), thigh,
        Relief(radius=hip * 0.8, shape=None if far else thigh_relief))  # fmt: skip
    lower = piece("lower", leg.knee, knee_radius, leg.ankle, ankle_radius)
    cannon = piece("cannon", leg.ankle, ankle_radius, leg.foot, foot_radius)
    foot = studio.add(
        f"{side}-{end}-foot", (leg.foot[0] - thick * 2, -0.002, leg.foot[0] + thick * 3.2, leg.foot[1] + foot_radius),
        lambda canvas: _draw_foot(canvas, body, leg, foot_radius, far=far), Relief(radius=thick * 0.5),
    )  # fmt: skip
    return LegParts(upper=upper, lower=lower, cannon=cannon, foot=foot)


def _draw_foot(canvas: "skia.Canvas", body: "trunks.TrunkArt", leg: Leg, radius: float, *, far: bool) -> None:
    """Hoof, paw or pad; its sole is on the ground."""
    coat, kind = body.species.coat, body.species.foot
    x, y = leg.foot
    tone = darker(coat.legs, 0.30 if far else 0.0)
    if kind == "hoof":
        shin = smooth(
            [
                (x - radius, y + radius * 0.4),
                (x + radius, y + radius * 0.4),
                (x + radius * 1.15, y * 0.55),
                (x - radius * 0.9, y * 0.55),
            ]
        )
        canvas.drawPath(path(shin), paint(tone))
        dark = darker(mix_hoof(coat.legs), 0.35 if far else 0.1)
        hoof = np.array(
            [
                (x - radius * 0.95, y * 0.66),
                (x + radius * 1.1, y * 0.66),
                (x + radius * 1.95, 0.0),
                (x - radius * 1.15, 0.0),
            ]
        )
        canvas.drawPath(path(hoof), paint(dark))
        return
    long = 1.35 if kind == "pad" else 2.1
    sole = smooth([(x - radius * 1.15, 0.0), (x - radius * 1.2, y * 0.75), (x - radius * 0.6, y + radius * 0.6),
        (x + radius * 0.7, y + radius * 0.45), (x + radius * long, y * 0.72), (x + radius * (long + 0.25), y * 0.16),
        (x + radius * long * 0.9, 0.0)], steps=6)  # fmt: skip
    sole[:, 1] = np.maximum(sole[:, 1], 0.0)
    shape = path(sole)
    canvas.drawPath(shape, paint(tone))
    shade_under(canvas, shape, tone, radius * 0.4, strength=0.30)
    nails = 3
    for index in range(nails):
        place = x + radius * (long * (0.42 + 0.26 * index))
        if kind == "pad":
            canvas.drawPath(
                path(oval((place - radius * 0.1, y * 0.16), radius * 0.15, y * 0.16)),
                paint(darker(tone, -0.0) if far else (0.86, 0.82, 0.76), 0.7),
            )
        else:
            canvas.drawPath(
                path(capsule((place, 0.004), radius * 0.035, (place + radius * 0.05, y * 0.42), radius * 0.03)),
                paint(darker(tone, 0.5), 0.6),
            )


def mix_hoof(tone: tuple[float, float, float]) -> tuple[float, float, float]:
    """A hoof's horn beside a leg of that colour."""
    return (0.25 * tone[0] + 0.14, 0.25 * tone[1] + 0.12, 0.25 * tone[2] + 0.11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """How the animal moves: gait while it goes, breath, glances and flicks always."""

    species: Species
    skeleton: Skeleton
    placing: Placing
    legs: tuple[LegParts, ...]
    tail: tuple["tails.Link", ...]
    trunk: int
    neck: int
    head: int
    mane: int | None
    ear: int
    nose: tuple["tails.Link", ...]
    frame: HeadFrame

    @property
    def cycle(self) -> gaits.Cycle | None:
        """The gait's cycle, or None for an animal that stays."""
        gait = self.placing.gait
        if self.species.weight > 1.2 and gait in ("run", "hop"):
            gait = "walk"
        return gaits.gait_cycle(gait if gait not in ("fly", "swim") else "walk")

    @property
    def seconds(self) -> float:
        """How long a cycle lasts."""
        return gaits.cycle_seconds(self.placing.metres, self.cycle.pace if self.cycle else 1.0)

    @property
    def leg_length(self) -> float:
        """The shorter pair of legs sets the stride."""
        return min(leg.length for leg in self.skeleton.legs)

    @property
    def speed(self) -> float:
        """Heights a second."""
        return gaits.speed(self.cycle, self.leg_length, self.seconds) if self.cycle else 0.0

    def poses(self, t: float, phase: float) -> list[PartPose]:
        """All parts at a time, far ones first."""
        cycle = self.cycle
        turns = t / self.seconds + phase
        slow = 2 * math.pi * (t / 3.4 + phase)
        rise, pitch = gaits.body(cycle, turns) if cycle else (0.0, 0.0)
        breath = 1.0 + 0.010 * math.sin(slow * 1.2)
        frame = trunk_matrix(self.skeleton, rise * self.leg_length, pitch)
        chest = join(frame, turn(0.0, (0.0, self.skeleton.unit * 0.55), stretch=(1.0, breath)))
        found: list[PartPose] = []
        for index in LEG_ORDER[:2]:
            found.extend(self._leg(index, cycle, turns, frame))
        found.extend(tails.pose_links(self.tail, frame, self._tail_angles(t, phase, turns, cycle)))
        found.append(PartPose(part=self.trunk, matrix=chest))
        near = [pose for index in LEG_ORDER[2:] for pose in self._leg(index, cycle, turns, frame)]
        neck, *front = self._front(t, phase, turns, frame, cycle)
        # Long hair hangs over the shoulder; any other neck rises behind it.
        found.extend([*near, neck] if self.species.mane == "shaggy" else [neck, *near])
        found.extend(front)
        return found

    def _leg(self, index: int, cycle: gaits.Cycle | None, turns: float, frame: Matrix) -> list[PartPose]:
        leg, parts = self.skeleton.legs[index], self.legs[index]
        step = gaits.step(cycle, index, turns) if cycle else gaits.STILL
        share = self.leg_length / leg.length
        scaled = gaits.Step(ahead=step.ahead * share, high=step.high * share, swing=step.swing, planted=step.planted)
        pose = pose_leg(
            leg, scaled, frame, stiff=1.0 if self.species.foot == "pad" and self.species.weight > 1.2 else 0.0
        )
        return [PartPose(part=parts.upper, matrix=pose.upper), PartPose(part=parts.lower, matrix=pose.lower),
            PartPose(part=parts.foot, matrix=pose.foot), PartPose(part=parts.cannon, matrix=pose.cannon)]  # fmt: skip

    def _front(self, t: float, phase: float, turns: float, frame: Matrix, cycle: gaits.Cycle | None) -> list[PartPose]:
        nod = 2.2 * math.sin(4 * math.pi * turns + 0.6) if cycle else 2.5 * math.sin(2 * math.pi * (t / 5.3 + phase))
        look = 3.5 * math.sin(2 * math.pi * (t / 7.1 + phase * 3)) if not cycle else 0.8 * math.sin(2 * math.pi * turns)
        neck = join(frame, turn(nod, self.skeleton.neck_base))
        head = join(neck, turn(look - nod * 0.5, self.skeleton.head))
        flick = 14.0 * max(0.0, math.sin(2 * math.pi * (t / 2.9 + phase * 2))) ** 12
        if self.species.head.ears == "huge":
            flick = 7.0 * math.sin(2 * math.pi * (t / 2.2 + phase))
        found = [PartPose(part=self.neck, matrix=neck)]
        if self.mane is not None:
            found.append(PartPose(part=self.mane, matrix=head))
        found.append(PartPose(part=self.head, matrix=head))
        wave = [4.0 * math.sin(2 * math.pi * (t / 3.1 + phase) - 0.7 * i) for i in range(len(self.nose))]
        found.extend(tails.pose_links(self.nose, head, wave))
        found.append(PartPose(part=self.ear, matrix=join(head, turn(flick, ear_pivot(self.frame)))))
        return found

    def _tail_angles(self, t: float, phase: float, turns: float, cycle: gaits.Cycle | None) -> list[float]:
        rate = turns if cycle else t / 2.6 + phase
        lively = {"stub": 6.0, "hair": 5.0, "thick": 5.0, "curl": 8.0}.get(self.species.tail, 7.0)
        return [lively * math.sin(2 * math.pi * rate - 0.8 * index) for index in range(len(self.tail))]
