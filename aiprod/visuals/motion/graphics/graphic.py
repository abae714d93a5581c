"""One thing laid over a picture: where it is, how it is painted, and how it comes and goes.

What it shows (`content`) is painted; how it is shown (opacity, size, lift) costs nothing. Knows no renderer.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from aiprod.visuals.motion.graphics.areas import Area

if TYPE_CHECKING:
    import skia

Content = TypeVar("Content", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Showing(Generic[Content]):
    """How a graphic is at one moment: `scale` about its middle, `lift` pixels higher than its place."""

    content: Content
    opacity: float = 1.0
    scale: float = 1.0
    lift: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphic(Generic[Content]):
    """Painted within `area`, its upper left corner at (0, 0) of the canvas; `show` tells how it is at a time, None where
    it is not. It is painted again only when its content changes."""

    area: Area
    show: Callable[[float], Showing[Content] | None]
    paint: Callable[["skia.Canvas", Content], None]
