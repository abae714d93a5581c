"""Signs of a map, painted: pins, names on their plates, the head of a route.

Knows letters and shapes; knows no place and no camera.
"""

from typing import TYPE_CHECKING

from aiprod.media.faces import CLEAR
from aiprod.profiles import Shape
from aiprod.visuals.motion.geography.labelling import Box
from aiprod.visuals.motion.graphics.areas import unit_px, writing_area
from aiprod.visuals.motion.graphics.colours import INK, WHITE, blend, faint
from aiprod.visuals.motion.graphics.lettering import Setting, Type, set_text
from aiprod.visuals.motion.spec import MapSpec

if TYPE_CHECKING:
    import skia

PIN = 0.075
"""A pin's height in parts of the picture's shorter side."""


def set_names(spec: MapSpec, shape: Shape) -> list[Setting]:
    """The names' letters: smaller where there are many."""
    size = (0.052 if len(spec.places) <= 4 else 0.043) * unit_px(shape)
    width = writing_area(shape).width * 0.6
    return [set_text(place.name, Type(face=CLEAR, size=size), width, 1) for place in spec.places]


def draw_name(canvas: "skia.Canvas", name: Setting, box: Box, accent: int) -> None:
    """A name on its plate, its corner at (0, 0)."""
    import skia

    plate = skia.Rect.MakeWH(box.width, box.height)
    corner = box.height * 0.32
    canvas.drawRoundRect(plate, corner, corner, skia.Paint(Color=faint(INK, 0.80), AntiAlias=True))
    rim = skia.Paint(Color=faint(accent, 0.85), AntiAlias=True, Style=skia.Paint.kStroke_Style,
                     StrokeWidth=max(1.0, box.height * 0.045))  # fmt: skip
    inset = rim.getStrokeWidth() / 2
    canvas.drawRoundRect(plate.makeInset(inset, inset), corner, corner, rim)
    name.draw(canvas, (box.width - name.room) / 2, (box.height - name.height) / 2)


def draw_pin(canvas: "skia.Canvas", high: float, accent: int) -> None:
    """A pin whose foot is in the middle of the lower edge of a square of 1.25 `high`."""
    import skia

    side = high * 1.25
    x, foot, radius = side / 2, side - high * 0.12, high * 0.34
    head = foot - high + radius
    canvas.drawOval(
        skia.Rect.MakeLTRB(x - radius * 0.6, foot - radius * 0.18, x + radius * 0.6, foot + radius * 0.22),
        skia.Paint(Color=faint(INK, 0.45), AntiAlias=True),
    )
    drop = skia.Path()
    drop.moveTo(x, foot)
    drop.cubicTo(x - radius * 0.35, foot - high * 0.30, x - radius, head + radius * 0.75, x - radius, head)
    drop.arcTo(skia.Rect.MakeLTRB(x - radius, head - radius, x + radius, head + radius), 180, 180, forceMoveTo=False)
    drop.cubicTo(x + radius, head + radius * 0.75, x + radius * 0.35, foot - high * 0.30, x, foot)
    drop.close()
    shader = skia.GradientShader.MakeLinear(
        [(0, head - radius), (0, foot)], [blend(accent, WHITE, 0.22), blend(accent, INK, 0.22)]
    )
    canvas.drawPath(drop, skia.Paint(Shader=shader, AntiAlias=True))
    edge = skia.Paint(Color=WHITE, AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=max(1.0, high * 0.045))
    canvas.drawPath(drop, edge)
    canvas.drawCircle(x, head, radius * 0.42, skia.Paint(Color=WHITE, AntiAlias=True))


def draw_head(canvas: "skia.Canvas", side: float, accent: int) -> None:
    """The head of a route: a bright ball in a square."""
    import skia

    for radius, colour in ((0.5, faint(accent, 0.35)), (0.36, accent), (0.24, WHITE)):
        canvas.drawCircle(side / 2, side / 2, side * radius, skia.Paint(Color=colour, AntiAlias=True))
