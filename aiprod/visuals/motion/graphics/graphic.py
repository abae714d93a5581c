"""One thing laid over a picture: where it is, how it is painted, and how it comes and goes.

What it shows (`content`) is painted; how it is shown (opacity, size, lift) costs nothing. Knows no renderer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.visuals.motion.graphics.areas import Area

if TYPE_CHECKING:
    import skia


@dataclass(frozen=True, slots=True)
class Showing:
    """How a graphic is at one moment: `content` (0 or more) is what is painted, `scale` about its middle, `lift` pixels
    higher than its place."""

    content: int
    opacity: float = 1.0
    scale: float = 1.0
    lift: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphic:
    """Painted within `area`, its upper left corner at (0, 0) of the canvas; `show` tells how it is at a time, None where
    it is not. It is painted again only when its content changes."""

    area: Area
    show: Callable[[float], Showing | None]
    paint: Callable[["skia.Canvas", int], None]
