"""Birds: standing with folded wings, or flying with wings that beat.

Knows how a bird beats, glides, perches and dips; its parts are `bird_art.py`'s, its looks `plumage.py`'s.
"""

import math

from aiprod.visuals.motion.subjects.bird_art import BirdArt
from aiprod.visuals.motion.subjects.plumage import Bird
from aiprod.visuals.motion.subjects.quadruped import Placing
from aiprod.visuals.motion.subjects.rig import Matrix, PartPose, Rig, join, turn
from aiprod.visuals.motion.subjects.studio import Relief, RigFacts, Studio


def bird_rig(bird: Bird, placing: Placing) -> Rig:
    """The rig of a bird: it flies unless it idles."""
    flying = placing.gait == "fly"
    art = BirdArt(bird=bird, flying=flying)
    studio = Studio(faces_left=placing.faces_left, detail=placing.detail)
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
            return flight(art, t, phase, (far or 0, body, near or 0, head))
        return perch(art, t, phase, (legs or 0, body, folded or 0, head))

    return studio.finish(RigFacts(
        animate=animate, stride_per_second=1.1 if flying else 0.0, metres=placing.metres, faces_left=placing.faces_left,
        grounded=not flying,
    ))  # fmt: skip


def flight(art: BirdArt, t: float, phase: float, parts: tuple[int, int, int, int]) -> list[PartPose]:
    """Wings beat, faster down than up; the body rises on the downstroke, and big birds glide between."""
    far, body, near, head = parts
    bird = art.bird
    turns = t * bird.beats + phase
    glide = 0.5 + 0.5 * math.sin(2 * math.pi * (t / 5.2 + phase)) if bird.beats < 1.8 else 0.0
    beat = math.sin(2 * math.pi * turns + 0.5 * math.sin(2 * math.pi * turns))
    raise_ = 0.18 + (1.0 - 0.75 * glide) * 0.80 * beat
    lift = (0.0, -0.030 * math.cos(2 * math.pi * turns) * (1.0 - 0.7 * glide))
    frame = turn(1.2 * math.cos(2 * math.pi * turns), art.middle, shift=lift)
    joint = art.at(0.12, 0.06)
    sweep = 16.0 - 20.0 * beat * (1.0 - glide)
    near_wing = join(frame, turn(sweep * 0.5, joint, stretch=(1.0, raise_ if abs(raise_) > 0.06 else 0.06)))
    lag = 0.18 + (1.0 - 0.75 * glide) * 0.80 * math.sin(
        2 * math.pi * turns + 0.5 * math.sin(2 * math.pi * turns) - 0.16
    )
    far_wing = join(frame, turn(sweep * 0.5 - 7.0, joint, stretch=(0.92, lag if abs(lag) > 0.06 else 0.06)))
    steady = join(frame, turn(-1.0 * math.cos(2 * math.pi * turns), art.at(0.25, 0.05)))
    return [
        PartPose(part=far, matrix=far_wing),
        PartPose(part=body, matrix=frame),
        PartPose(part=head, matrix=steady),
        PartPose(part=near, matrix=near_wing),
    ]


def perch(art: BirdArt, t: float, phase: float, parts: tuple[int, int, int, int]) -> list[PartPose]:
    """It breathes, dips, and turns its head in quick jerks."""
    legs, body, wing, head = parts
    dip = 2.4 * math.sin(2 * math.pi * (t / 3.7 + phase))
    frame: Matrix = turn(
        dip,
        (0.0, art.bird.leg * 0.5 * art.unit),
        stretch=(1.0, 1.0 + 0.008 * math.sin(2 * math.pi * (t / 2.2 + phase))),
    )
    jerk = 7.0 * math.tanh(6.0 * math.sin(2 * math.pi * (t / 2.9 + phase))) - dip
    return [PartPose(part=legs, matrix=(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)), PartPose(part=body, matrix=frame),
        PartPose(part=wing, matrix=frame), PartPose(part=head, matrix=join(frame,
        turn(jerk, art.at(0.28, 0.10))))]  # fmt: skip
