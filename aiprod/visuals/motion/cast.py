"""Subjects on the stage: rigs uploaded, placed, moved at the speed of their own feet, lit, with shadow and reflection.

Knows rigs by what they say of themselves (`subjects/rig.py`). Knows no species and no archetype.
"""

import math
from dataclasses import dataclass

import moderngl
import numpy as np

from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.puppet import Look, Puppet
from aiprod.visuals.motion.spec import SubjectSpec
from aiprod.visuals.motion.subjects.rig import Rig

_SLOWEST = 0.55


@dataclass(frozen=True, slots=True)
class Place:
    """Where a subject stands in the middle of the shot: its feet in metres, and how high it is."""

    x: float
    y: float
    z: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """How a subject crosses the picture: metres a second (negative: to the left) and how fast its gait runs."""

    speed: float = 0.0
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class _Member:
    """One of a group: aside and deeper than the first in its own heights, its size against it, its phase."""

    aside: float
    deeper: float
    size: float
    phase: float


def plan_travel(rig: Rig, height: float, seconds: float, room: float) -> Travel:
    """Travel that keeps feet planted, within `room` metres over the shot; a longer way slows the gait, then slides."""
    natural = rig.stride_per_second * height
    if natural <= 0 or seconds <= 0:
        return Travel()
    share = min(1.0, room / (natural * seconds))
    pace = max(share, _SLOWEST)
    way = -1.0 if rig.faces_left else 1.0
    return Travel(speed=way * natural * share, pace=pace)


class Actor:
    """A subject, or a group of the same, ready to be drawn."""

    def __init__(self, gpu: Gpu, subject: SubjectSpec, rig: Rig, seed: int) -> None:
        self._gpu, self.subject, self.rig = gpu, subject, rig
        self._puppet = Puppet(gpu, rig)
        self._members = _group(subject.count, rig, seed)
        self._shadow = gpu.context.vertex_array(gpu.program("shadow", "shadow"), [(gpu.quad, "2f", "corner")])

    def stands(self, place: Place, travel: Travel, seconds: float, middle: float) -> list[Place]:
        """Where each of the group is; `middle` is the time at which the first is at its place."""
        moved = travel.speed * (seconds - middle)
        found = []
        for member in self._members:
            y = place.y
            if not self.rig.grounded:
                y += (
                    0.10 * math.sin(seconds * 0.9 + member.phase * 6.28)
                    + member.deeper * 0.3 * (1 if member.aside > 0 else -1)
                ) * place.height
            x, z = place.x + moved + member.aside * place.height, place.z + member.deeper * place.height
            found.append(Place(x, y, z, place.height * member.size))
        return found

    def draw(self, place: Place, travel: Travel, seconds: float, middle: float, look: Look) -> None:
        """Draw everyone; `middle` is the time at which the subject is at its place."""
        for member, stood in zip(self._members, self.stands(place, travel, seconds, middle), strict=True):
            x, y, z, height = stood.x, stood.y, stood.z, stood.height
            poses = self.rig.pose(seconds * travel.pace, member.phase)
            if self.rig.grounded and not look.floating:
                self._draw_shadow(x, y, z, height)
            if look.reflected:
                self._puppet.draw(poses, (x, y, z), height, look, mirror=True)
            self._puppet.draw(poses, (x, y, z), height, look)

    def _draw_shadow(self, x: float, y: float, z: float, height: float) -> None:
        gpu = self._gpu
        gpu.blend("over")
        left, _, right, _ = self.rig.extent
        sun = gpu.frame.sun_dir
        wide = max((right - left) * 0.62, 0.25) * height
        lean = -sun[0] * 0.35 * height
        gpu.set(
            gpu.program("shadow", "shadow"),
            {
                "place": (x + (left + right) / 2 * height + lean * 0.5, y + 0.01, z - 0.02 * height),
                "size": (wide + abs(lean) * 0.5, max(wide * 0.42, 0.12)),
                "strength": 0.40 if gpu.frame.key_strength < 0.7 else 0.5,
            },
        )
        self._shadow.render(moderngl.TRIANGLE_STRIP)


def _group(count: int, rig: Rig, seed: int) -> list[_Member]:
    """Places in a group, the farthest first; the first member stands where the spec says."""
    random = np.random.default_rng(seed)
    members = [_Member(0.0, 0.0, 1.0, 0.0)]
    for index in range(1, count):
        row, side = (index + 1) // 2, -1 if index % 2 else 1
        aside = side * row * (rig.width * 0.62 + 0.12) + float(random.normal()) * 0.12
        deeper = float(random.uniform(0.25, 0.9)) * math.sqrt(row)
        members.append(_Member(aside, deeper, float(random.uniform(0.82, 1.0)), float(random.random())))
    return sorted(members, key=lambda member: -member.deeper)
