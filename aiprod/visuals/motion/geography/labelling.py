"""Where names of places stand on a map: beside their pins, clear of each other, of pins and of the picture's edges.

Knows rectangles. Knows no map and no letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aiprod.visuals.motion.graphics.areas import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float

    def overlap(self, other: "Box") -> float:
        """How many pixels both cover."""
        wide = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        high = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(0.0, wide) * max(0.0, high)


def place_labels(
    pins: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    area: Area,
    pin_px: float,
    taken: Sequence[Box] = (),
) -> list[Box]:
    """A box for each pin's name, clear of what is `taken`; a pin's own point is its foot, its head `pin_px` above.

    Greedy, most crowded first; where nothing is free, the least bad.
    """
    heads = [Box(left=x - pin_px * 0.4, top=y - pin_px, width=pin_px * 0.8, height=pin_px) for x, y in pins]
    order = sorted(range(len(pins)), key=lambda index: -_crowd(pins, index))
    placed: dict[int, Box] = {}
    for index in order:
        others = [head for place, head in enumerate(heads) if place != index] + [*placed.values(), *taken]
        placed[index] = min(
            _candidates(pins[index], sizes[index], pin_px),
            key=lambda one: _cost(one[0], others, area) + one[1],
        )[0]  # fmt: skip
    return [placed[index] for index in range(len(pins))]


def _candidates(pin: tuple[float, float], size: tuple[float, float], pin_px: float) -> list[tuple[Box, float]]:
    """Boxes about a pin, and how much less each is liked (in pixels that are covered)."""
    (x, y), (wide, high), gap = pin, size, pin_px * 0.2
    middle, near = y - pin_px * 0.62, pin_px * 0.42 + gap
    found = [
        (x - wide / 2, y - pin_px - gap - high, 0.0), (x + near, middle - high / 2, 1.0), (x - near - wide, middle - high / 2, 2.0),
        (x - wide / 2, y + gap, 3.0), (x + near * 0.6, y - pin_px - high, 4.0), (x - near * 0.6 - wide, y - pin_px - high, 5.0),
        (x + near * 0.6, y + gap * 0.5, 6.0), (x - near * 0.6 - wide, y + gap * 0.5, 7.0),
    ]  # fmt: skip
    far = [
        (x - wide / 2 + side * wide * 0.5, y - pin_px - gap - high * (1 + step), 20.0 + step)
        for step in (1.0, 2.1) for side in (-1, 0, 1)
    ]  # fmt: skip
    return [(Box(left=left, top=top, width=wide, height=high), dislike) for left, top, dislike in (*found, *far)]


def _cost(box: Box, others: Sequence[Box], area: Area) -> float:
    room = Box(left=area.left, top=area.top, width=area.width, height=area.height)
    outside = box.width * box.height - box.overlap(room)
    return 50 * sum(box.overlap(other) for other in others) + 30 * outside


def _crowd(pins: Sequence[tuple[float, float]], index: int) -> float:
    x, y = pins[index]
    return sum(1 / (1 + abs(x - a) + abs(y - b)) for place, (a, b) in enumerate(pins) if place != index)
