"""Where in the picture the cast is seen at a time, through the lens of that time.

Knows the lens and bodies by their extent. Knows no writing; `graphics/` keeps clear of what is seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiprod.profiles import Shape
from aiprod.visuals.motion.camera import CameraPath, Lens
from aiprod.visuals.motion.cast import Actor, Place
from aiprod.visuals.motion.graphics.standing import Seen, Sight

_NEAREST = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """An actor, and where each of its group stands at a time."""

    actor: Actor
    stands: Callable[[float], list[Place]]


def sight_of(camera: CameraPath, shape: Shape, shown: Sequence[Presence]) -> Sight:
    """What tells who is seen at a time."""

    def sight(seconds: float) -> tuple[Seen, ...]:
        lens = camera.at(seconds)
        return tuple(_seen(one, lens, shape, seconds) for one in shown)

    return sight


def _seen(presence: Presence, lens: Lens, shape: Shape, seconds: float) -> Seen:
    """A whole group as one body, its head the first one's."""
    rig = presence.actor.rig
    stands = presence.stands(seconds)
    first = max(stands, key=lambda place: place.height)
    boxes = [_corners(lens, shape, place, rig.extent) for place in stands]
    left, _, right, high = rig.head or rig.extent
    head = _pixel(lens, shape, (first.x + (left + right) / 2 * first.height, first.y + high * first.height, first.z))
    return Seen(
        left=min(box[0] for box in boxes), top=min(box[1] for box in boxes), right=max(box[2] for box in boxes),
        bottom=max(box[3] for box in boxes), head=head, name=presence.actor.subject.name,
    )  # fmt: skip


def _corners(lens: Lens, shape: Shape, place: Place, extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, low, right, high = (value * place.height for value in extent)
    x, y = _pixel(lens, shape, (place.x + left, place.y + high, place.z))
    to_x, to_y = _pixel(lens, shape, (place.x + right, place.y + low, place.z))
    return x, y, to_x, to_y


def _pixel(lens: Lens, shape: Shape, point: tuple[float, float, float]) -> tuple[float, float]:
    """Where a point in metres is seen."""
    aspect = shape.width_px / shape.height_px
    away = max(point[2] - lens.eye[2], _NEAREST)
    across = lens.focal * (point[0] - lens.eye[0]) / away / aspect + lens.shift[0]
    up = lens.focal * (point[1] - lens.eye[1]) / away + lens.shift[1]
    return (across * 0.5 + 0.5) * shape.width_px, (0.5 - up * 0.5) * shape.height_px
