"""Legs of painted things: four pieces that really walk, hung under a body that bounces with the gait.

Knows joints and gaits. Knows no animal: each painter says where its legs are and how they look.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from aiprod.visuals.motion.subjects import gaits
from aiprod.visuals.motion.subjects.ink import Outline, capsule, fill_white, path
from aiprod.visuals.motion.subjects.painted import Layer, Motion
from aiprod.visuals.motion.subjects.rig import IDENTITY, Matrix, Point, join, turn
from aiprod.visuals.motion.subjects.skeleton import Leg, pose_leg
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

Piece: TypeAlias = Literal["upper", "lower", "cannon", "foot"]
PIECES: Final[tuple[Piece, ...]] = ("upper", "lower", "foot", "cannon")
Skin: TypeAlias = Callable[["skia.Canvas", "skia.Path"], None]
"""Paints one limb's form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stride:
    """How a body goes on its legs: `legs` in the order of the gait's feet, `stiff` 1 for columns."""

    legs: tuple[Leg, ...]
    metres: float
    walking: bool
    middle: Point
    stiff: float = 0.0

    @property
    def cycle(self) -> gaits.Cycle | None:
        """The gait's cycle, None while it stands."""
        return gaits.gait_cycle("walk", biped=len(self.legs) == 2) if self.walking else None

    @property
    def seconds(self) -> float:
        """How long a cycle lasts."""
        return gaits.cycle_seconds(self.metres, 1.0)

    @property
    def reach(self) -> float:
        """The shortest leg sets the stride."""
        return min(leg.length for leg in self.legs)

    @property
    def speed(self) -> float:
        """Heights a second."""
        return gaits.speed(self.cycle, self.reach, self.seconds) if self.cycle else 0.0

    def body(self, t: float, phase: float) -> Matrix:
        """The body, bounced and pitched by the gait."""
        if self.cycle is None:
            return IDENTITY
        rise, pitch = gaits.body(self.cycle, t / self.seconds + phase)
        return turn(pitch, self.middle, shift=(0.0, rise * self.reach))

    def carried(self, motion: Motion) -> Motion:
        """A motion of what is fixed to the body."""

        def moved(t: float, phase: float) -> tuple[Matrix, float]:
            matrix, opacity = motion(t, phase)
            return join(self.body(t, phase), matrix), opacity

        return moved

    def _leg_motion(self, number: int, piece: Piece) -> Motion:
        leg = self.legs[number]
        foot = number if len(self.legs) == 4 else 2 * number

        def motion(t: float, phase: float) -> tuple[Matrix, float]:
            step = gaits.step(self.cycle, foot, t / self.seconds + phase) if self.cycle else gaits.STILL
            share = self.reach / leg.length
            scaled = gaits.Step(ahead=step.ahead * share, high=step.high * share, swing=step.swing, planted=step.planted)
            pose = pose_leg(leg, scaled, self.body(t, phase), stiff=self.stiff)
            return {"upper": pose.upper, "lower": pose.lower, "cannon": pose.cannon, "foot": pose.foot}[piece], 1.0

        return motion

    def leg_layers(self, number: int, radii: tuple[float, float, float, float], skin: Skin, foot: Draw) -> tuple[Layer, ...]:
        """A leg's four pieces, `radii` at hip, knee, ankle and foot; `foot` is drawn where the leg's foot rests."""
        leg = self.legs[number]
        joints = (leg.top, leg.knee, leg.ankle, leg.foot)
        layers = []
        for piece in PIECES:
            motion = self._leg_motion(number, piece)
            if piece == "foot":
                box = (leg.foot[0] - radii[3] * 3, 0.0, leg.foot[0] + radii[3] * 5, leg.foot[1] + radii[3] * 1.5)
                layers.append(Layer(name=f"leg-{number}-foot", box=box, draw=foot, motion=motion, relief=Relief(radius=0.03)))
                continue
            at = ("upper", "lower", "cannon").index(piece)
            (start, end), (wide, slim) = joints[at : at + 2], radii[at : at + 2]
            grow = max(wide, slim) + 0.01
            box = (min(start[0], end[0]) - grow, min(start[1], end[1]) - grow, max(start[0], end[0]) + grow,
                   max(start[1], end[1]) + grow)  # fmt: skip
            form, longer = _limb((start, wide), (end, slim))
            relief = Relief(radius=grow * 0.8, strength=0.9, shape=_drawn(fill_white, longer))
            layers.append(Layer(name=f"leg-{number}-{piece}", box=box, draw=_clipped(skin, form, longer), motion=motion, relief=relief))
        return tuple(layers)


def _limb(start: tuple[Point, float], end: tuple[Point, float]) -> tuple[Outline, Outline]:
    """The outline of a limb's piece, and one that carries on at both ends so that no rim shows at a joint."""
    (x, y), (to_x, to_y) = start[0], end[0]
    on = ((to_x - x) * 0.6, (to_y - y) * 0.6)
    return capsule(start[0], start[1], end[0], end[1]), capsule((x - on[0], y - on[1]), start[1], (to_x + on[0], to_y + on[1]), end[1])


def _drawn(skin: Skin, form: Outline) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        skin(canvas, path(form))

    return draw


def _clipped(skin: Skin, form: Outline, longer: Outline) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        canvas.save()
        canvas.clipPath(path(form), doAntiAlias=True)
        skin(canvas, path(longer))
        canvas.restore()

    return draw
