"""A map laid flat: the Earth's painted relief with its pins, names and route.

Knows paper and degrees. Knows no camera.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.geography.earth import Extent
from aiprod.visuals.motion.geography.labelling import place_labels
from aiprod.visuals.motion.geography.painting import FILL, look_of, paint_earth
from aiprod.visuals.motion.geography.signs import PIN, draw_name, draw_pin, set_names
from aiprod.visuals.motion.graphics.areas import Area, unit_px, writing_area
from aiprod.visuals.motion.graphics.colours import INK, accent_of, faint
from aiprod.visuals.motion.spec import MapSpec, SceneSpec
from aiprod.visuals.slides.paper import Paper

if TYPE_CHECKING:
    import skia

_WIDEST = 170.0
"""Degrees from south to north that a flat map shows at most."""


def draw_map(canvas: "skia.Canvas", paper: Paper, spec: SceneSpec, plan: MapSpec) -> None:
    """The whole sheet."""
    import skia

    extent = _extent(plan, paper)
    look, accent = look_of(spec), accent_of(spec.accent)
    pixels = paint_earth(extent, (paper.width, paper.height), look, frozenset(int(code) for code in plan.countries))
    share = np.clip(pixels[..., 3:].astype(np.float32) / FILL, 0, 1.6) * 0.5
    tone = np.array([accent >> 16 & 255, accent >> 8 & 255, accent & 255], np.float32)
    pixels[..., :3] = np.clip(pixels[..., :3] * (1 - share) + tone * share, 0, 255)
    pixels[..., 3] = 255
    info = skia.ImageInfo.Make(paper.width, paper.height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    canvas.drawImage(skia.Image.fromarray(pixels, colorType=info.colorType(), copy=True), 0, 0)
    points = [extent.across(place.lon, place.lat) for place in plan.places]
    feet = [(x * paper.width, y * paper.height) for x, y in points]
    unit = unit_px(paper.frame)
    for start, end in zip(plan.route, plan.route[1:], strict=False):
        _draw_leg(canvas, feet[start], feet[end], 0.0115 * unit, accent)
    high = PIN * unit
    for x, y in sorted(feet, key=lambda foot: foot[1]):
        canvas.save()
        canvas.translate(x - high * 0.625, y - high * 1.13)
        draw_pin(canvas, high, accent)
        canvas.restore()
    names = set_names(plan, paper.frame)
    sizes = [(name.width + 0.044 * unit, name.height + 0.016 * unit) for name in names]
    inside = writing_area(paper.frame)
    left, top = (paper.width - paper.frame.width_px) // 2, (paper.height - paper.frame.height_px) // 2
    area = Area(left=inside.left + left, top=inside.top + top, width=inside.width, height=inside.height)
    for name, box in zip(names, place_labels(feet, sizes, area, high), strict=True):
        canvas.save()
        canvas.translate(box.left, box.top)
        draw_name(canvas, name, box, accent)
        canvas.restore()


def _extent(plan: MapSpec, paper: Paper) -> Extent:
    """What the sheet shows: the plan's span over the frame's shorter side, its middle a little over the sheet's."""
    pixels = unit_px(paper.frame) / min(plan.span_degrees, _WIDEST)
    high = min(_WIDEST, paper.height / pixels)
    wide = min(360.0, high * paper.width / paper.height / max(0.3, math.cos(math.radians(plan.lat))))
    south = max(-88.0, min(88.0 - high, plan.lat - high * 0.58))
    return Extent(west=plan.lon - wide / 2, south=south, east=plan.lon + wide / 2, north=south + high)


def _draw_leg(
    canvas: "skia.Canvas", start: tuple[float, float], end: tuple[float, float], wide: float, accent: int
) -> None:
    import skia

    way = skia.Path()
    way.moveTo(*start)
    bow = 0.18 * math.hypot(end[0] - start[0], end[1] - start[1])
    way.quadTo((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - bow, *end)
    for width, colour in ((wide * 1.7, faint(INK, 0.55)), (wide, accent)):
        pen = skia.Paint(Color=colour, AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width,
                         StrokeCap=skia.Paint.kRound_Cap)  # fmt: skip
        canvas.drawPath(way, pen)
