"""What writing knows of its picture and of its time: the shape, the accent, what is taken, who is seen where, and when.

Knows no text and no painter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from aiprod.profiles import Shape
from aiprod.visuals.motion.graphics.areas import Area
from aiprod.visuals.motion.graphics.easing import ease_in_out, part_of
from aiprod.visuals.motion.graphics.lettering import Align

LEAVE_SECONDS = 0.35
TICKS = 60
"""Steps a second in which what is painted may change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Somebody in the picture at a moment, in pixels from its upper left corner: the body's edges, and where the head is
    (the middle of the body's top where it has none of its own)."""

    left: float
    top: float
    right: float
    bottom: float
    head: tuple[float, float]
    name: str = ""


Sight: TypeAlias = Callable[[float], tuple[Seen, ...]]
"""Who is seen at a time, the hero first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What callouts know of their picture: its shape, accent (0xAARRGGBB), which side of a wide picture is free, and
    whether somebody stands at its foot (then names go to the top), a window that is not to be written over, and who is
    seen."""

    shape: Shape
    accent: int
    free_side: Align = "left"
    foot_taken: bool = False
    window: Area | None = None
    sight: Sight | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """When something comes and goes, in seconds."""

    start: float
    end: float

    def __contains__(self, seconds: float) -> bool:
        return self.start <= seconds < self.end

    def left(self, seconds: float) -> float:
        """1 while it stays, down to 0 at its end."""
        return 1.0 - ease_in_out(part_of(seconds, self.end - LEAVE_SECONDS, LEAVE_SECONDS))

    def ticks(self, seconds: float, lasts: float) -> int:
        """Ticks since it came, at most those that `lasts` has."""
        return int(min(max(seconds - self.start, 0.0), lasts) * TICKS)
