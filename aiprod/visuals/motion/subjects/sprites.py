"""Rigs of icons: one picture that breathes, sways, hops, rolls, floats or swims.

Knows how a picture without limbs may honestly move: what has no legs of its own does not slide over the ground; it
stands still, rolls on wheels, or hops, planted between hops. Knows no icon's looks.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aiprod.visuals.motion.spec import Gait
from aiprod.visuals.motion.subjects.icons import icon_pixels
from aiprod.visuals.motion.subjects.index import Subject
from aiprod.visuals.motion.subjects.quadruped import Placing
from aiprod.visuals.motion.subjects.rig import IDENTITY, Matrix, PartPose, Rig, turn
from aiprod.visuals.motion.subjects.studio import PIXELS_PER_HEIGHT, Relief, RigFacts, Studio

HEAD_SHARE = 0.5
"""The upper part of a whole animal's picture, where its face is."""
HOP_SECONDS = 0.62
HOP_CONTACT = 0.34
FLOATING = frozenset(("object", "symbol", "food", "clothing", "instrument", "sport", "sky"))

Move = Callable[[float, float], Matrix]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpriteMotion:
    """How a whole picture moves: its matrix at a time and phase, its speed in heights a second."""

    move: Move
    speed: float
    grounded: bool


def sprite(subject: Subject, placing: Placing) -> Rig:
    """The rig of an icon; one that looks left in its own picture is turned where it should look right."""
    picture = icon_pixels(subject, round(PIXELS_PER_HEIGHT * placing.detail))
    if subject.facing == "left":  # the studio draws everything facing right
        picture = np.ascontiguousarray(picture[:, ::-1])
    height, width = picture.shape[:2]
    half = width / height / 2
    faces_left = placing.faces_left and subject.facing != "front"
    studio = Studio(faces_left=faces_left)
    studio.add_picture("whole", (-half, 0.0, half, 1.0), picture, Relief(radius=0.13, strength=0.85))
    motion = _motion(subject, placing.gait)

    living = subject.category in ("animal", "person")

    def animate(t: float, phase: float) -> list[PartPose]:
        return [PartPose(part=0, matrix=motion.move(t, phase))]

    return studio.finish(RigFacts(
        animate=animate, stride_per_second=motion.speed, metres=subject.metres,
        faces_left=faces_left, grounded=motion.grounded,
        head=(-half, 1.0 - HEAD_SHARE, half, 1.0) if living and subject.body == "whole" else None,
    ))  # fmt: skip


def _motion(subject: Subject, gait: Gait) -> SpriteMotion:
    animal = subject.category in ("animal", "person")
    match gait:
        case "fly":
            return SpriteMotion(
                move=_drift(0.035, 2.5, 2.7), speed=0.0 if subject.facing == "front" else 0.8, grounded=False
            )
        case "swim" if subject.category == "vehicle" and subject.habitat != "underwater":
            return SpriteMotion(move=_rock, speed=0.0 if subject.facing == "front" else 0.12, grounded=True)
        case "swim":
            return SpriteMotion(
                move=_drift(0.022, 3.0, 3.3), speed=0.0 if subject.facing == "front" else 0.4, grounded=False
            )
        case "walk" | "run" if subject.category == "vehicle" and subject.facing != "front":
            return SpriteMotion(move=_roll, speed=0.9 if gait == "walk" else 1.6, grounded=True)
        case "hop" | "walk" | "run" if animal and subject.facing != "front":
            return SpriteMotion(move=_hop, speed=0.75, grounded=True)
        case "sit" if subject.category in FLOATING:  # it lies there
            return SpriteMotion(move=_stay, speed=0.0, grounded=True)
        case _ if subject.category == "plant":
            return SpriteMotion(move=_sway, speed=0.0, grounded=True)
        case _ if subject.category in FLOATING:
            return SpriteMotion(move=_drift(0.018, 1.6, 4.1), speed=0.0, grounded=False)
        case _ if animal:
            return SpriteMotion(move=_breathe, speed=0.0, grounded=True)
        case _:
            return SpriteMotion(move=_stay, speed=0.0, grounded=True)


def _stay(_t: float, _phase: float) -> Matrix:
    return IDENTITY


def _breathe(t: float, phase: float) -> Matrix:
    wave = math.sin(2 * math.pi * (t / 3.1 + phase))
    lean = 1.1 * math.sin(2 * math.pi * (t / 5.7 + phase))
    return turn(lean, (0.0, 0.0), stretch=(1.0 - 0.006 * wave, 1.0 + 0.012 * wave))


def _sway(t: float, phase: float) -> Matrix:
    lean = 0.020 * math.sin(2 * math.pi * (t / 3.7 + phase)) + 0.008 * math.sin(2 * math.pi * (t / 1.3 + 2 * phase))
    return (1.0, 0.0, lean, 1.0, 0.0, 0.0)


def _roll(t: float, phase: float) -> Matrix:
    jolt = 0.006 * abs(math.sin(2 * math.pi * (t / 0.37 + phase))) + 0.004 * math.sin(2 * math.pi * (t / 0.83 + phase))
    return turn(0.35 * math.sin(2 * math.pi * (t / 0.9 + phase)), (0.0, 0.0), shift=(0.0, max(jolt, 0.0)))


def _rock(t: float, phase: float) -> Matrix:
    """A boat on the water: it pitches and rises with the waves."""
    wave = 2 * math.pi * (t / 3.6 + phase)
    return turn(2.2 * math.sin(wave), (0.0, 0.15), shift=(0.0, 0.018 * math.sin(wave + 1.1)))


def _drift(rise: float, lean: float, seconds: float) -> Move:
    def move(t: float, phase: float) -> Matrix:
        wave = 2 * math.pi * (t / seconds + phase)
        return turn(lean * math.sin(wave + 0.9), (0.0, 0.5), shift=(0.0, rise * math.sin(wave)))

    return move


def _hop(t: float, phase: float) -> Matrix:
    """Leaps with the ground's speed taken back while it is planted, so that it does not slide."""
    speed = 0.75
    place = (t / HOP_SECONDS + phase) % 1.0
    contact = speed * HOP_CONTACT * HOP_SECONDS
    if place < HOP_CONTACT:
        part = place / HOP_CONTACT
        squash = 0.07 * math.sin(math.pi * part)
        return turn(0.0, (0.0, 0.0), shift=(contact * (0.5 - part), 0.0), stretch=(1 + squash * 0.6, 1 - squash))
    part = (place - HOP_CONTACT) / (1 - HOP_CONTACT)
    ahead = contact * (part - 0.5)
    return turn(-5.0 * math.cos(math.pi * part), (0.0, 0.5), shift=(ahead, 0.16 * math.sin(math.pi * part)))
