"""Callouts: a large figure that counts up, a name on a tag, a title word by word.

Knows how figures and titles look and move; tags are `tags.py`'s. Knows no scene but what its `Stand` says.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from aiprod.media.faces import CLEAR, HEAVY
from aiprod.visuals.motion.graphics.areas import Area, is_tall, unit_px, writing_area
from aiprod.visuals.motion.graphics.colours import INK, WHITE, blend, faint
from aiprod.visuals.motion.graphics.counting import read_count
from aiprod.visuals.motion.graphics.easing import ease_in_out, ease_out, part_of, spring
from aiprod.visuals.motion.graphics.graphic import Graphic, Showing
from aiprod.visuals.motion.graphics.lettering import Align, Type, set_text, unbroken
from aiprod.visuals.motion.graphics.standing import TICKS, Stand, Stay
from aiprod.visuals.motion.graphics.tags import tag
from aiprod.visuals.motion.spec import Callout

if TYPE_CHECKING:
    import skia

COUNT_SECONDS = 1.1
_SHADE = 0.09
"""How far the shade of a large figure reaches, in parts of the shorter side."""


def write_callout(callout: Callout, stand: Stand, seconds: float) -> tuple[Graphic, ...]:
    """The graphics of a callout over a shot of `seconds`."""
    start, end = callout.start * seconds, callout.end * seconds
    if not callout.text.strip() or end - start <= 0:
        return ()
    time = Stay(start, end)
    if callout.kind == "number":
        return _number(callout.text, stand, time)
    if callout.kind == "label":
        return tag(callout.text, stand, time)
    return (_title(callout.text, stand, time),)


def _number(text: str, stand: Stand, stay: Stay) -> tuple[Graphic, ...]:
    count, unit = read_count(text), unit_px(stand.shape)
    area, align = _headline(stand)
    inset = round(_SHADE * unit)
    width, lines = area.width - 2 * inset, 1 if count.digits else 2
    look = Type(
        face=HEAVY, size=min(0.38 * unit, 0.5 * area.height), colour=blend(stand.accent, WHITE, 0.35), foot=stand.accent,
        align=align, shadow=1.0, leading=1.18,
    )  # fmt: skip
    whole = set_text(unbroken(count.number), look, width, lines)
    fixed = replace(look, size=whole.size)
    under = Type(face=CLEAR, size=0.072 * unit, align=align, shadow=1.0)
    words = set_text(count.after, under, width, 2) if count.after else None
    rule = round(0.010 * unit)
    tall = whole.height + rule * 3.2 + (words.height if words else 0)
    top = area.top + max(inset * 0.5, (area.height - tall) / 2)
    counted = stay.ticks(stay.end, COUNT_SECONDS)

    def paint(canvas: "skia.Canvas", ticks: int) -> None:
        shown = count.at(ease_out(ticks / counted)) if ticks < counted else count.number
        line = set_text(unbroken(shown), fixed, width, lines)
        line.draw(canvas, _aligned(line.room, inset, width, align), top - area.top)

    def paint_words(canvas: "skia.Canvas", ticks: int) -> None:
        import skia

        y = top - area.top + whole.height + rule * 0.6
        long = (0.30 * unit) * ease_out(min(1.0, ticks / (0.5 * TICKS)))
        x = _aligned(0.30 * unit, inset, width, align)
        grown = x + (0.15 * unit - long / 2 if align == "center" else 0.30 * unit - long if align == "right" else 0.0)
        for drop, colour in ((rule * 0.35, faint(INK, 0.55)), (0.0, stand.accent)):
            canvas.drawRoundRect(
                skia.Rect.MakeXYWH(grown, y + drop, long, rule),
                rule / 2,
                rule / 2,
                skia.Paint(Color=colour, AntiAlias=True),
            )
        if words:
            shown = ease_out(min(1.0, max(0.0, ticks / TICKS - 0.2) / 0.4))
            x = _aligned(words.room, inset, width, align)
            words.draw(canvas, x, y + rule * 2.6 + (1 - shown) * 0.03 * unit, shown)

    def show(seconds: float) -> Showing | None:
        if seconds not in stay:
            return None
        come = part_of(seconds, stay.start, 0.42)
        left = stay.left(seconds)
        return Showing(
            stay.ticks(seconds, COUNT_SECONDS), opacity=ease_out(min(1.0, come * 2.2)) * left,
            scale=0.72 + 0.28 * spring(come), lift=(1 - left) * 0.04 * unit,
        )  # fmt: skip

    def show_words(seconds: float) -> Showing | None:
        left = stay.left(seconds)
        return (
            Showing(stay.ticks(seconds, 0.7), opacity=left, lift=(1 - left) * 0.03 * unit) if seconds in stay else None
        )

    def show_plate(seconds: float) -> Showing | None:
        if seconds not in stay:
            return None
        return Showing(0, opacity=ease_out(part_of(seconds, stay.start, 0.4)) * stay.left(seconds))

    head, spread = top - area.top, 0.06 * unit
    broad = max(whole.room, words.room if words else 0.0, 0.30 * unit)
    under_it = head + whole.height - rule
    foot = _inside(area, (_aligned(broad, inset, width, align), under_it, broad, tall + head - under_it), spread * 0.6)
    counted_box = (_aligned(whole.room, inset, width, align), head, whole.room, whole.height)
    digits, plate = _inside(area, counted_box, spread), _inside(area, counted_box, 1.5 * inset)
    return (
        Graphic(area=plate, show=show_plate, paint=_cloud(plate, 0.5)),
        Graphic(area=foot, show=show_words, paint=_moved(paint_words, area, foot)),
        Graphic(area=digits, show=show, paint=_moved(paint, area, digits)),
    )


def _inside(area: Area, box: tuple[float, float, float, float], spread: float) -> Area:
    """A box (left, top, width, height) of an area's own pixels, spread on all sides, cut where the area ends."""
    left, top = max(0, math.floor(box[0] - spread)), max(0, math.floor(box[1] - spread))
    right = min(area.width, math.ceil(box[0] + box[2] + spread))
    bottom = min(area.height, math.ceil(box[1] + box[3] + spread))
    return Area(left=area.left + left, top=area.top + top, width=right - left, height=bottom - top)


def _moved(paint: Callable[["skia.Canvas", int], None], area: Area, part: Area) -> Callable[["skia.Canvas", int], None]:
    """What paints an area, painting a part of it."""

    def paint_part(canvas: "skia.Canvas", content: int) -> None:
        canvas.save()
        canvas.translate(area.left - part.left, area.top - part.top)
        paint(canvas, content)
        canvas.restore()

    return paint_part


def _title(text: str, stand: Stand, stay: Stay) -> Graphic:
    """Large words that come one after another over a soft shade."""
    unit, whole = unit_px(stand.shape), writing_area(stand.shape)
    tall = is_tall(stand.shape)
    height = round(whole.height * ((0.46 if stand.foot_taken else 0.8) if tall else 0.94))
    wide = round(whole.width * (0.46 if stand.foot_taken and not tall else 1.0))
    left = whole.right - wide if stand.free_side == "right" else whole.left
    area = Area(left=left, top=whole.top, width=wide, height=height)
    inset, most = round(0.02 * unit), 4 if tall or stand.foot_taken else 3
    size = min(0.15 * unit, 0.84 * height / (most * 1.22))
    line = set_text(
        text, Type(face=HEAVY, size=size, align="center", shadow=1.0, leading=1.22), area.width - 2 * inset, most
    )
    rule = max(3, round(0.011 * unit))
    x, y = (area.width - line.room) / 2, max(0.0, (area.height - line.height) / 2 - rule * 2)
    shade = _cloud(area, 0.55)
    rows = max(1, round(line.height / (line.size * 1.22)))

    def paint(canvas: "skia.Canvas", ticks: int) -> None:
        import skia

        seconds = ticks / TICKS
        canvas.saveLayerAlpha(None, round(255 * ease_out(part_of(seconds, 0.0, 0.4))))
        shade(canvas, 0)
        canvas.restore()
        tall = line.height / rows
        for row in range(rows):
            come = ease_out(part_of(seconds, 0.10 + 0.16 * row, 0.5))
            if come <= 0:
                continue
            canvas.save()
            canvas.translate(0, (1 - come) * tall * 0.5)
            canvas.clipRect(skia.Rect.MakeXYWH(0, y + tall * row, area.width, tall * (1.0 if row < rows - 1 else 1.2)))
            line.draw(canvas, x, y, come)
            canvas.restore()
        long = 0.24 * unit * ease_in_out(part_of(seconds, 0.2 + 0.16 * rows, 0.5))
        canvas.drawRoundRect(
            skia.Rect.MakeXYWH((area.width - long) / 2, y + line.height + rule * 2, long, rule), rule / 2, rule / 2,
            skia.Paint(Color=stand.accent, AntiAlias=True),
        )  # fmt: skip

    def show(seconds: float) -> Showing | None:
        left = stay.left(seconds)
        if seconds not in stay:
            return None
        return Showing(stay.ticks(seconds, 1.5), opacity=left, lift=(1 - left) * 0.03 * unit)

    return Graphic(area=area, show=show, paint=paint)


def _headline(stand: Stand) -> tuple[Area, Align]:
    """Where a large figure stands, with room for its shade: above the subject of a tall picture, beside that of a wide
    one."""
    whole, spare = writing_area(stand.shape), round(_SHADE * unit_px(stand.shape))
    if is_tall(stand.shape):
        top, height = whole.top - spare // 2, round(stand.shape.height_px * 0.31)
        return Area(left=whole.left - spare, top=top, width=whole.width + 2 * spare, height=height), "center"
    wide = round(stand.shape.width_px * 0.44) + 2 * spare
    left = whole.right + spare - wide if stand.free_side == "right" else whole.left - spare
    return Area(left=left, top=whole.top, width=wide, height=whole.height), stand.free_side


def _aligned(wide: float, left: float, room: float, align: Align) -> float:
    if align == "center":
        return left + (room - wide) / 2
    return left + room - wide if align == "right" else left


def _cloud(area: Area, strength: float) -> Callable[["skia.Canvas", int], None]:
    """A soft shade under letters, gone at the area's edges."""

    def paint(canvas: "skia.Canvas", content: int) -> None:
        del content
        import skia

        canvas.save()
        canvas.translate(area.width / 2, area.height / 2)
        canvas.scale(area.width / 2, area.height / 2)
        tones = [faint(INK, strength), faint(INK, strength * 0.72), faint(INK, strength * 0.22), faint(INK, 0.0)]
        shader = skia.GradientShader.MakeRadial((0, 0), 1.0, tones, [0.0, 0.4, 0.75, 1.0])
        canvas.drawCircle(0, 0, 1.0, skia.Paint(Shader=shader, AntiAlias=True))
        canvas.restore()

    return paint
