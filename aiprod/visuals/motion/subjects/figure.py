"""Rigs of people: they stand, breathe, look about, gesture, walk and run, dressed for their role.

Knows how a body is jointed and moves. Clothes are `garments.py`'s, heads `faces.py`'s and `hats.py`'s.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects import gaits
from aiprod.visuals.motion.subjects.faces import FaceFrame, draw_back_hair, draw_front_hair, draw_head
from aiprod.visuals.motion.subjects.garments import Body, body_of, draw_cape, draw_skirt, draw_torso, skirt_outline
from aiprod.visuals.motion.subjects.hats import covers_hair, draw_hat
from aiprod.visuals.motion.subjects.limbs import LimbParts, draw_seat, hand_at_rest, leg_places, paint_arm, paint_leg
from aiprod.visuals.motion.subjects.people import Person
from aiprod.visuals.motion.subjects.props import draw_prop, prop_box
from aiprod.visuals.motion.subjects.quadruped import Placing
from aiprod.visuals.motion.subjects.rig import IDENTITY, Matrix, PartPose, Point, Rig, bend, between, join, move, turn
from aiprod.visuals.motion.subjects.studio import Relief, RigFacts, Studio

if TYPE_CHECKING:
    import skia

HELD_ARM = (-18.0, 78.0)
"""Shoulder and elbow angles of an arm that holds something up."""


def figure(person: Person, placing: Placing) -> Rig:
    """The rig of a person."""
    body = body_of(person)
    studio = Studio(faces_left=placing.faces_left, detail=placing.detail)
    frame = FaceFrame(centre=body.head, radius=body.head_radius)
    r, (hx, hy) = body.head_radius, body.head
    cape = studio.add(
        "cape",
        (-0.27, 0.05, 0.20, body.shoulder + 0.06),
        lambda c: draw_cape(c, person, body),
        Relief(radius=0.06, strength=0.7),
    )
    mane = studio.add("hair-behind", (hx - r * 2.0, hy - r * 2.2, hx + r, hy + r * 1.3),
        lambda c: None if covers_hair(person) else draw_back_hair(c, person, frame), Relief(radius=0.03))  # fmt: skip
    arms = [paint_arm(studio, person, body, far=far) for far in (True, False)]
    legs = [paint_leg(studio, person, body, far=far) for far in (True, False)]
    torso = studio.add(
        "torso",
        (-0.13, body.hip - 0.05, 0.13, body.head[1]),
        lambda c: draw_torso(c, person, body),
        Relief(radius=0.07),
    )
    skirt = None
    if skirt_outline(person, body) is not None:
        skirt = studio.add(
            "skirt", (-0.17, 0.02, 0.17, body.hip + 0.05), lambda c: draw_skirt(c, person, body), Relief(radius=0.06)
        )

    def head_art(canvas: "skia.Canvas") -> None:
        draw_head(canvas, person, frame)
        if not covers_hair(person):
            draw_front_hair(canvas, person, frame)
        draw_hat(canvas, person, frame)

    head = studio.add(
        "head", (hx - r * 2.0, hy - r * 1.8, hx + r * 1.9, hy + r * 3.05), head_art, Relief(radius=0.05, strength=0.8)
    )
    prop = None
    hand = hand_at_rest(body)
    if person.outfit.prop != "none":
        prop = studio.add(
            "prop",
            prop_box(person.outfit.prop, hand),
            lambda c: draw_prop(c, person.outfit.prop, hand),
            Relief(radius=0.015),
        )
    seat = None
    if placing.gait == "sit":
        seat = studio.add("seat", (-0.16, -0.002, 0.14, 0.26), lambda c: draw_seat(c, body), Relief(radius=0.08))
    motion = FigureMotion(seat=seat, person=person, body=body, placing=placing, cape=cape, mane=mane, arms=(arms[0],
        arms[1]), legs=(legs[0], legs[1]), torso=torso, skirt=skirt, head=head, prop=prop)  # fmt: skip
    return studio.finish(RigFacts(
        animate=motion.poses, stride_per_second=motion.speed, metres=placing.metres,
        faces_left=placing.faces_left,
    ))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMotion:
    """How a person moves."""

    person: Person
    body: Body
    placing: Placing
    cape: int
    mane: int
    arms: tuple[LimbParts, LimbParts]
    legs: tuple[LimbParts, LimbParts]
    torso: int
    skirt: int | None
    head: int
    prop: int | None
    seat: int | None

    @property
    def cycle(self) -> gaits.Cycle | None:
        """The gait's cycle, or None for one who stays."""
        return gaits.gait_cycle(self.placing.gait, biped=True) if self.placing.gait in ("walk", "run") else None

    @property
    def seconds(self) -> float:
        """Two steps."""
        return gaits.cycle_seconds(1.25 if not self.person.child else 0.8, self.cycle.pace if self.cycle else 1.0)

    @property
    def leg(self) -> float:
        """The leg's length; a long robe shortens the step."""
        full = self.body.near_hip[1]
        return full * (0.62 if self.person.outfit.legs == "hidden" else 0.92)

    @property
    def speed(self) -> float:
        """Heights a second."""
        return gaits.speed(self.cycle, self.leg, self.seconds) if self.cycle else 0.0

    def poses(self, t: float, phase: float) -> list[PartPose]:
        """All parts, far ones first."""
        cycle, running = self.cycle, self.placing.gait == "run"
        turns = t / self.seconds + phase
        rise = gaits.body(cycle, turns)[0] * self.leg if cycle else 0.0
        if self.placing.gait == "sit":
            rise = -0.185
        breath = 0.004 * math.sin(2 * math.pi * (t / 3.6 + phase))
        lean = -9.0 if running else -1.5 if cycle else 0.9 * math.sin(2 * math.pi * (t / 6.3 + phase))
        hips = (1.0, 0.0, 0.0, 1.0, 0.0, rise)
        chest = join(hips, turn(lean, (0.0, self.body.hip), stretch=(1.0, 1.0 + breath)))
        swing = math.sin(2 * math.pi * (turns - 0.02)) if cycle else 0.0
        far_leg = self._leg(cycle, turns, hips, far=True)
        near_leg = self._leg(cycle, turns, hips, far=False)
        nod = 1.6 * math.sin(4 * math.pi * turns) if cycle else 3.0 * math.sin(2 * math.pi * (t / 4.7 + phase))
        head = join(chest, turn(nod - lean * 0.6, (0.01, self.body.shoulder + 0.03)))
        found = [] if self.seat is None else [PartPose(part=self.seat, matrix=IDENTITY)]
        found.append(PartPose(part=self.cape, matrix=join(chest, self._cloth(t, phase, swing))))
        found.append(
            PartPose(part=self.mane, matrix=join(head, turn(1.5 * math.sin(2 * math.pi * turns), self.body.head)))
        )
        found.extend(self._arm(chest, t, phase, swing, far=True))
        found.extend([*far_leg, *near_leg])
        torso = [PartPose(part=self.torso, matrix=chest)]
        if self.skirt is not None:
            spread = 0.10 * abs(swing) if cycle else 0.01 * math.sin(2 * math.pi * (t / 4.1 + phase))
            skirt = PartPose(
                part=self.skirt, matrix=join(hips, turn(1.2 * swing, (0.0, self.body.hip), stretch=(1.0 + spread, 1.0)))
            )
            torso = (
                [*torso, skirt]
                if self.person.outfit.garment in ("dress", "tunic", "coat", "suit", "robe", "toga", "fur")
                else [skirt, *torso]
            )
        found.extend(torso)
        found.append(PartPose(part=self.head, matrix=head))
        found.extend(self._arm(chest, t, phase, swing, far=False))
        return found

    def _leg(self, cycle: gaits.Cycle | None, turns: float, hips: Matrix, *, far: bool) -> list[PartPose]:
        parts = self.legs[0 if far else 1]
        hip, knee, ankle = leg_places(self.body, far=far)
        if self.placing.gait == "sit":
            return self._seated(parts, (hip, knee, ankle), hips)
        step = gaits.step(cycle, 2 if far else 0, turns) if cycle else gaits.STILL
        # Heel first, toe last: the foot tilts about its own ground point, so the ankle rises a little over it.
        foot = (ankle[0] + step.ahead * self.leg, ankle[1] + step.high * self.leg)
        top = move(hips, hip)
        lengths = (math.dist(hip, knee), math.dist(knee, ankle))
        new_knee = bend(top, foot, lengths, forward=True)
        tilt = 0.0
        if not step.planted:
            tilt = -42.0 * (1.0 - step.swing) * min(1.0, step.high * 8) + 16.0 * step.swing * min(1.0, step.high * 8)
        lift = min(0.0, -0.055 * math.sin(math.radians(abs(tilt))) + step.high * self.leg)
        shoe = join(turn(tilt, (foot[0], foot[1])), (1.0, 0.0, 0.0, 1.0, foot[0] - ankle[0], foot[1] - ankle[1] - lift))
        return [PartPose(part=parts.upper, matrix=between(hip, knee, top, new_knee)), PartPose(part=parts.end,
            matrix=shoe), PartPose(part=parts.lower, matrix=between(knee, ankle, new_knee, foot))]  # fmt: skip

    def _seated(self, parts: LimbParts, places: tuple[Point, Point, Point], hips: Matrix) -> list[PartPose]:
        hip, knee, ankle = places
        top = move(hips, hip)
        new_knee = bend(top, (top[0] + 0.19, ankle[1]), (math.dist(hip, knee), math.dist(knee, ankle)), forward=True)
        foot = (top[0] + 0.19, ankle[1])
        shoe = (1.0, 0.0, 0.0, 1.0, foot[0] - ankle[0], 0.0)
        return [PartPose(part=parts.end, matrix=shoe), PartPose(part=parts.lower, matrix=between(knee, ankle,
            new_knee, foot)), PartPose(part=parts.upper, matrix=between(hip, knee, top, new_knee))]  # fmt: skip

    def _arm(self, chest: Matrix, t: float, phase: float, swing: float, *, far: bool) -> list[PartPose]:
        parts = self.arms[0 if far else 1]
        shoulder = self.body.far_shoulder if far else self.body.near_shoulder
        elbow = (shoulder[0], shoulder[1] - self.body.arm[0])
        running = self.placing.gait == "run"
        side = -1.0 if far else 1.0
        holds = not far and self.prop is not None
        if holds:
            upper, fore = HELD_ARM[0] + 3.0 * swing + 1.5 * math.sin(2 * math.pi * (t / 3.9 + phase)), HELD_ARM[1]
            if self.person.outfit.prop in ("spear", "staff", "crook", "fork", "cane"):
                upper, fore = 14.0 + 2.0 * swing, 62.0
            if self.person.outfit.prop == "guitar":
                upper, fore = -16.0, 96.0 + 7.0 * math.sin(2 * math.pi * t / 0.8)
        elif self.cycle is not None:
            upper, fore = (
                (-38.0 if running else -24.0) * swing * side * 1.0,
                82.0 if running else 18.0 - 10.0 * swing * side,
            )
        else:
            # Now and then the free hand speaks.
            speaks = max(0.0, math.sin(2 * math.pi * (t / 6.4 + phase))) ** 2 if far else 0.0
            upper = 4.0 + 2.0 * math.sin(2 * math.pi * (t / 3.6 + phase)) + 20.0 * speaks
            fore = 12.0 + speaks * (62.0 + 12.0 * math.sin(2 * math.pi * t / 1.1))
        matrix = join(chest, turn(upper, shoulder))
        forearm = join(matrix, turn(fore, elbow))
        found = [PartPose(part=parts.upper, matrix=matrix), PartPose(part=parts.lower, matrix=forearm)]
        if holds and self.prop is not None:
            hand = hand_at_rest(self.body)
            at = move(forearm, (hand[0], hand[1] - 0.016))
            held = (1.0, 0.0, 0.0, 1.0, at[0] - hand[0], at[1] - hand[1])
            if self.person.outfit.prop in ("spear", "staff", "crook", "fork", "cane") and self.cycle is None:
                held = (1.0, 0.0, 0.0, 1.0, at[0] - hand[0], max(at[1] - hand[1], 0.0))
            tilt = (
                -34.0
                if self.person.outfit.prop in ("sword", "axe", "pick", "brush", "quill", "wrench", "sceptre")
                else 0.0
            )
            found.insert(1, PartPose(part=self.prop, matrix=join(turn(tilt, at), held)))
        return found

    def _cloth(self, t: float, phase: float, swing: float) -> Matrix:
        pull = 4.0 if self.cycle else 0.0
        wave = 1.2 * math.sin(2 * math.pi * (t / 2.7 + phase))
        if self.person.outfit.cape is None:
            return turn(0.6 * swing, (-0.1, self.body.shoulder))
        return turn(-pull + wave, (0.0, self.body.shoulder))
