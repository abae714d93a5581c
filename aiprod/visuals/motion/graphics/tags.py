"""A name on a tag, where it hides nobody: above who is named or beside them, tied to their head by a line, or at the foot.

Knows where tags may stand and how they look and move. Knows no scene but what its `Stand` says.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.media.faces import CLEAR
from aiprod.visuals.motion.graphics.areas import Area, is_tall, unit_px, writing_area
from aiprod.visuals.motion.graphics.colours import INK, faint
from aiprod.visuals.motion.graphics.easing import ease_in_out, ease_out, part_of
from aiprod.visuals.motion.graphics.graphic import Graphic, Showing
from aiprod.visuals.motion.graphics.lettering import Setting, Type, reads_right_to_left, set_text
from aiprod.visuals.motion.graphics.standing import TICKS, Seen, Stand, Stay

if TYPE_CHECKING:
    import skia

_LOOKS = 9
"""How often a tag looks where everybody is while it stays."""
_ROOM = 0.035
"""What is kept free between a tag and a body, in parts of the shorter side."""
_LONGEST = 0.45
"""The longest line from a tag to a head, in parts of the shorter side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plate:
    """A tag's text and measures in pixels."""

    first: Setting
    second: Setting | None
    pad: int
    bar: int
    wide: float
    high: float
    right: bool


def tag(text: str, stand: Stand, stay: Stay) -> tuple[Graphic, ...]:
    """A plate with a bar of the accent: the name, and under it what is told of it (after a middle dot); a line from it to
    the head of who bears the name."""
    name = text.partition(" · ")[0].strip()
    plate = _plate(text, stand)
    moments = [stay.start + (stay.end - stay.start) * i / (_LOOKS - 1) for i in range(_LOOKS)]
    seen = [stand.sight(moment) for moment in moments] if stand.sight else []
    bearer = _bearer(name, seen[0]) if seen else None
    area = _place(plate, stand, seen, bearer)
    written = _graphic(plate, area, stand, stay)
    tied = None if bearer is None else _leader(_shown(area, plate), stand, stay, bearer)
    return (written,) if tied is None else (tied, written)


def _shown(area: Area, plate: _Plate) -> Area:
    """The part of a tag's area that its plate fills."""
    wide, high = math.ceil(plate.wide), math.ceil(plate.high)
    return Area(left=area.right - wide if plate.right else area.left, top=area.top, width=wide, height=high)


def _bearer(name: str, seen: tuple[Seen, ...]) -> int | None:
    """Which of those seen bears the name."""
    for number, one in enumerate(seen):
        if one.name and one.name.casefold() == name.casefold():
            return number
    return None


def _plate(text: str, stand: Stand) -> _Plate:
    unit, whole = unit_px(stand.shape), writing_area(stand.shape)
    name, _, told = (part.strip() for part in text.partition(" · "))
    room = round(whole.width * (0.94 if is_tall(stand.shape) else 0.5))
    pad, bar = round(0.034 * unit), max(3, round(0.014 * unit))
    inside = room - 2 * pad - bar
    first = set_text(name, Type(face=CLEAR, size=0.062 * unit), inside, 2)
    second = set_text(told, Type(face=CLEAR, size=0.044 * unit, colour=stand.accent), inside, 1) if told else None
    high = first.height + (second.height if second else 0) + 1.3 * pad
    wide = max(first.width, second.width if second else 0.0) + 2 * pad + bar
    return _Plate(first=first, second=second, pad=pad, bar=bar, wide=wide, high=high, right=reads_right_to_left(name))


def _place(plate: _Plate, stand: Stand, seen: list[tuple[Seen, ...]], bearer: int | None) -> Area:
    """The first place where the tag covers nobody, else where it covers least, heads counting most."""
    places = list(_places(plate, stand, seen, bearer))
    costs = [_covered(place, stand, seen) for place in places]
    return places[costs.index(min(costs))]


def _places(plate: _Plate, stand: Stand, seen: list[tuple[Seen, ...]], bearer: int | None) -> Iterator[Area]:
    """Where a tag may stand, the best first."""
    whole, room = writing_area(stand.shape), _ROOM * unit_px(stand.shape)
    wide, high = math.ceil(plate.wide) + plate.pad, math.ceil(plate.high) + plate.pad

    def at(left: float, top: float) -> Area:
        return Area(
            left=round(min(max(left, whole.left), whole.right - wide)), top=round(min(max(top, whole.top), whole.bottom - high)),
            width=wide, height=high,
        )  # fmt: skip

    sides = (whole.right - wide, whole.left) if plate.right else (whole.left, whole.right - wide)
    foot = [at(side, whole.bottom - high) for side in sides]
    head = [at(side, whole.top) for side in sides]
    if bearer is not None:
        shown = [moment[bearer] for moment in seen]
        left, top = min(one.left for one in shown), min(one.top for one in shown)
        right, x = max(one.right for one in shown), sum(one.head[0] for one in shown) / len(shown)
        y = sum(one.head[1] for one in shown) / len(shown)
        if top - room - high >= whole.top:
            yield at(x - wide / 2, top - room - high)
        if right + room + wide <= whole.right:
            yield at(right + room, y)
        if left - room - wide >= whole.left:
            yield at(left - room - wide, y)
        yield from (*head, *([] if stand.foot_taken else foot))
        return
    yield from (head if stand.foot_taken else (*foot, *head))


def _covered(area: Area, stand: Stand, seen: list[tuple[Seen, ...]]) -> float:
    """How much of bodies, heads and the presenter's window a tag there would hide, 0 for nothing."""
    margin = 0.4 * _ROOM * unit_px(stand.shape)
    total = 0.0
    for moment in seen:
        for one in moment:
            total += _shared(area, (one.left - margin, one.top - margin, one.right + margin, one.bottom + margin))
            tall = 0.22 * (one.bottom - one.top)
            (x, y), reach = one.head, max(0.6 * tall, margin)
            total += 9.0 * _shared(area, (x - reach, y - margin, x + reach, y + tall))
    if stand.window is not None:
        window = stand.window
        total += 20.0 * _shared(area, (window.left, window.top, window.right, window.bottom))
    return total


def _shared(area: Area, box: tuple[float, float, float, float]) -> float:
    """The pixels that an area and a box share."""
    across = min(area.right, box[2]) - max(area.left, box[0])
    down = min(area.bottom, box[3]) - max(area.top, box[1])
    return across * down if across > 0 and down > 0 else 0.0


def _leader(plate: Area, stand: Stand, stay: Stay, bearer: int) -> Graphic | None:
    """A line from the tag to just beside the bearer's head, which it follows; None where the tag stands upon them or far
    away."""
    sight = stand.sight
    if sight is None:
        return None
    unit = unit_px(stand.shape)
    gap, thick = 0.014 * unit, max(1.5, 0.006 * unit)
    moments = [stay.start + (stay.end - stay.start) * i / 40 for i in range(41)]
    shown = [sight(moment)[bearer] for moment in moments]
    over = all(plate.bottom <= one.top for one in shown)
    before = all(plate.right <= one.left for one in shown)
    if not (over or before or all(plate.left >= one.right for one in shown)):
        return None
    middle = sum(one.head[0] for one in shown) / len(shown)
    start = (float(plate.right if before else plate.left), plate.top + plate.height / 2)
    if over:
        start = (min(max(middle, plate.left + 0.03 * unit), plate.right - 0.03 * unit), float(plate.bottom))

    def end(one: Seen) -> tuple[float, float]:
        if over:
            return one.head[0], max(one.head[1] - gap, start[1])
        return (one.left - gap if before else one.right + gap), one.head[1] + 0.1 * (one.bottom - one.top)

    ends = [end(one) for one in shown]
    if max(math.dist(start, place) for place in ends) > _LONGEST * unit:
        return None
    pad = math.ceil(4 * thick)
    xs, ys = [start[0], *(x for x, _ in ends)], [start[1], *(y for _, y in ends)]
    band = Area(left=math.floor(min(xs)) - pad, top=math.floor(min(ys)) - pad, width=math.ceil(max(xs) - min(xs)) + 2 * pad,
                height=math.ceil(max(ys) - min(ys)) + 2 * pad)  # fmt: skip

    def paint(canvas: "skia.Canvas", ticks: int) -> None:
        import skia

        drawn = ease_in_out(part_of(ticks / TICKS, 0.25, 0.4))
        x, y = end(sight(stay.start + ticks / TICKS)[bearer])
        tip = (start[0] + (x - start[0]) * drawn - band.left, start[1] + (y - start[1]) * drawn - band.top)
        root = (start[0] - band.left, start[1] - band.top)
        for colour, width in ((faint(INK, 0.5), 2.2 * thick), (stand.accent, thick)):
            brush = skia.Paint(Color=colour, AntiAlias=True, StrokeWidth=width, Style=skia.Paint.kStroke_Style)
            canvas.drawLine(*root, *tip, brush)
        canvas.drawCircle(*tip, 2.0 * thick, skia.Paint(Color=stand.accent, AntiAlias=True))

    def show(seconds: float) -> Showing | None:
        if seconds not in stay:
            return None
        return Showing(stay.ticks(seconds, stay.end - stay.start), opacity=stay.left(seconds))

    return Graphic(area=band, show=show, paint=paint)


def _graphic(plate: _Plate, area: Area, stand: Stand, stay: Stay) -> Graphic:
    unit, right = unit_px(stand.shape), plate.right
    pad, bar, wide, high = plate.pad, plate.bar, plate.wide, plate.high

    def paint(canvas: "skia.Canvas", ticks: int) -> None:
        import skia

        seconds = ticks / TICKS
        rise, open_ = ease_out(part_of(seconds, 0.0, 0.22)), ease_in_out(part_of(seconds, 0.12, 0.42))
        written = ease_out(part_of(seconds, 0.34, 0.36))
        start = area.width - bar if right else 0.0
        reach = (wide - bar) * open_ + bar
        form = skia.Rect.MakeXYWH(area.width - reach if right else 0.0, 0.0, reach, high)
        shade = skia.Paint(AntiAlias=True)
        edges = (area.width, area.width - wide) if right else (0.0, wide)
        shade.setShader(
            skia.GradientShader.MakeLinear(
                [(edges[0], 0), (edges[1], 0)], [faint(INK, 0.86), faint(INK, 0.62)]
            )
        )  # fmt: skip
        corner = 0.012 * unit
        canvas.drawRoundRect(form, corner, corner, shade)
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH(start, high * (1 - rise) / 2, bar, high * rise), bar / 2, bar / 2,
            skia.Paint(Color=stand.accent, AntiAlias=True),
        )  # fmt: skip
        canvas.save()
        canvas.clipRect(form)
        shift = (1 - written) * 0.05 * unit * (1 if right else -1)
        y = 0.62 * pad
        for line in (plate.first, plate.second):
            if line:
                x = area.width - bar - pad - line.room if right else bar + pad
                line.draw(canvas, x + shift, y, written)
                y += line.height
        canvas.restore()

    def show(seconds: float) -> Showing | None:
        left = stay.left(seconds)
        return (
            Showing(stay.ticks(seconds, 0.75), opacity=left, lift=(left - 1) * 0.02 * unit) if seconds in stay else None
        )

    return Graphic(area=area, show=show, paint=paint)
