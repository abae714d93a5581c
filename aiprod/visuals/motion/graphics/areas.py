"""Where a picture may be written on: clear of burned subtitles and of the players' own buttons.

Knows shapes and the subtitles' place; knows nothing of what is written.
"""

from dataclasses import dataclass
from typing import Literal

from aiprod.media.subtitles import STYLES, safe_area
from aiprod.profiles import Shape

LINE_HEIGHT = 1.3
"""Of subtitles, in ems, their outline counted."""
_TOP = {True: 0.11, False: 0.08}
"""The part of the height kept free above, in tall pictures (players write there) and in wide ones."""
_GAP = 0.012


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle of the picture, in pixels from its upper left corner."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column beyond it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.top + self.height


def is_tall(shape: Shape) -> bool:
    """Whether the picture is higher than wide."""
    return shape.height_px > shape.width_px


def unit_px(shape: Shape) -> int:
    """The shorter side: sizes of writing are parts of it."""
    return min(shape.width_px, shape.height_px)


def subtitles_top(shape: Shape) -> int:
    """The row from which down any style of subtitles may stand, and graphics may not."""
    highest = max(style.lines * style.em for style in STYLES.values()) * LINE_HEIGHT * unit_px(shape)
    return round(shape.height_px - safe_area(shape).bottom_px - highest)


def window_area(shape: Shape, side: Literal["left", "right"], *, high: bool) -> Area:
    """The square of a round window at that side: high up, or just above the subtitles."""
    whole = writing_area(shape)
    size = round(unit_px(shape) * (0.36 if is_tall(shape) else 0.32)) // 2 * 2
    left = whole.left if side == "left" else whole.right - size
    return Area(left=left, top=whole.top if high else whole.bottom - size, width=size, height=size)


def badge_area(shape: Shape) -> Area:
    """The square of a small window at the head of what is written, its title beside it."""
    whole = writing_area(shape)
    size = round(unit_px(shape) * 0.24) // 2 * 2
    return Area(left=whole.left, top=whole.top, width=size, height=size)


def writing_area(shape: Shape) -> Area:
    """All that graphics may use."""
    side = safe_area(shape).side_px
    top = round(shape.height_px * _TOP[is_tall(shape)])
    bottom = subtitles_top(shape) - round(shape.height_px * _GAP)
    return Area(left=side, top=top, width=shape.width_px - 2 * side, height=bottom - top)
