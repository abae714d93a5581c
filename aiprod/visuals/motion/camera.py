"""Where the camera is at each moment: one eased move a shot, and a hand that is never quite still.

The lens only slides and shifts (as a view camera does), so uprights stay upright and planes stay planes: a pan
or tilt is a shift of the lens, an orbit is a truck that keeps its subject in place by shifting back. Knows no scene.
"""

import math
from dataclasses import dataclass

from aiprod.visuals.motion.spec import CameraMove

_SIGNS = {"left": -1.0, "right": 1.0, "up": 1.0, "down": -1.0, "in": 1.0, "out": -1.0, "none": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """The camera at one moment: its place in metres, focal length, and shift in parts of half the frame."""

    eye: tuple[float, float, float]
    focal: float
    shift: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """What an archetype allows: the lens in the middle of the move, metres of travel, and the distance looked at.

    `reach` is how far the camera may go (metres along, across and up); `shake` how much the hand trembles, `follow`
    how many metres it goes along with a walking hero over the shot.
    """

    eye: tuple[float, float, float]
    focal: float
    shift: tuple[float, float]
    reach: float = 1.2
    interest: float = 6.0
    shake: float = 1.0
    aspect: float = 0.5625
    follow: float = 0.0


class CameraPath:
    """A move over a whole shot; `at` gives the lens at a time."""

    def __init__(self, move: CameraMove, mount: Mount, seconds: float, phase: float) -> None:
        self._move = move
        self._mount = mount
        self._seconds = max(seconds, 1e-3)
        self._phase = phase

    def at(self, seconds: float) -> Lens:
        """The lens `seconds` after the shot began."""
        mount, move = self._mount, self._move
        u = min(max(seconds / self._seconds, 0.0), 1.0)
        k = (0.6 * _quintic(u) + 0.4 * u - 0.5) * (0.35 + 0.9 * move.amount)  # -0.5..0.5 at full amount
        sign = _SIGNS[move.direction]
        x, y, z = mount.eye
        x += mount.follow * (u - 0.5)
        shift_x, shift_y = mount.shift
        focal, reach = mount.focal, mount.reach
        if move.kind == "dolly":
            z += sign * reach * k
            y -= 0.04 * sign * reach * k
        elif move.kind == "zoom":
            focal *= math.exp(sign * 0.34 * k)
            z += 0.15 * sign * reach * k
        elif move.kind == "pan":
            shift_x -= (sign if move.direction in ("left", "right") else 1.0) * 0.36 * k
            z += 0.2 * reach * k
        elif move.kind == "tilt":
            shift_y -= (sign if move.direction in ("up", "down") else 1.0) * 0.34 * k
            z += 0.15 * reach * k
        elif move.kind == "crane":
            rise = (sign if move.direction in ("up", "down") else 1.0) * 0.55 * reach * k
            y += rise
            shift_y += 0.62 * rise * focal / mount.interest
            z += 0.3 * reach * k
        elif move.kind == "truck":
            x += (sign if move.direction in ("left", "right") else 1.0) * 1.15 * reach * k
            z += 0.12 * reach * k
        elif move.kind == "orbit":
            slide = (sign if move.direction in ("left", "right") else 1.0) * 1.25 * reach * k
            x += slide
            shift_x += slide * focal / (mount.interest * mount.aspect)
            z += 0.25 * reach * 2 * (0.25 - k * k)
        elif move.kind == "handheld":
            z += 0.35 * reach * k
        drift_x, drift_y = self._hand(seconds)
        return Lens(eye=(x + drift_x, y + drift_y, z), focal=focal, shift=(shift_x, shift_y))

    def moments(self, count: int) -> list[Lens]:
        """The lens at `count` times spread over the shot."""
        return [self.at(self._seconds * i / (count - 1)) for i in range(count)]

    def _hand(self, t: float) -> tuple[float, float]:
        p = self._phase
        amount = self._mount.shake * (
            2.6 if self._move.kind == "handheld" else 0.35 if self._move.kind == "static" else 1.0
        )
        x = 0.012 * math.sin(t * 0.9 + p) + 0.006 * math.sin(t * 2.1 + 1 + p)
        y = 0.010 * math.sin(t * 0.7 + 2 + p) + 0.004 * math.sin(t * 1.9 + p)
        if self._move.kind == "handheld":
            x += 0.004 * math.sin(t * 4.3 + p)
            y += 0.004 * math.sin(t * 5.1 + 2 * p)
        return x * amount, y * amount


def _quintic(u: float) -> float:
    return u * u * u * (u * (u * 6 - 15) + 10)
