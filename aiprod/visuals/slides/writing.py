"""A map's places and route on parchment.

Knows faces and drawing. Knows no scene.
"""

import math
from typing import TYPE_CHECKING

from aiprod.media.faces import CLEAR, Face
from aiprod.visuals.motion.spec import MapSpec
from aiprod.visuals.slides.paper import Paper, fade, fill

if TYPE_CHECKING:
    import skia



def draw_map(canvas: "skia.Canvas", paper: Paper, chart: MapSpec) -> None:
    """A parchment with graticule, places and a route (no coasts: only what is known is drawn)."""
    import skia

    canvas.drawPaint(
        fade(0, paper.height, [skia.ColorSetARGB(255, 226, 205, 160), skia.ColorSetARGB(255, 178, 145, 98)])
    )
    chance = paper.scatter("parchment")
    for _ in range(60):
        at, size = (
            (chance.uniform(0, paper.width), chance.uniform(0, paper.height)),
            chance.uniform(0.03, 0.2) * paper.width,
        )
        canvas.drawCircle(*at, size, fill(skia.ColorSetARGB(9, 96, 62, 20)))
    scale = min(paper.frame.width_px, paper.frame.height_px) / chart.span_degrees
    line = fill(skia.ColorSetARGB(70, 92, 66, 36))
    line.setStrokeWidth(1.5)
    every = next(step for step in (1, 2, 5, 10, 15, 30, 60) if chart.span_degrees / step <= 9)

    def place(lon: float, lat: float) -> tuple[float, float]:
        return paper.width / 2 + (lon - chart.lon) * scale * 0.8, paper.height / 2 - (lat - chart.lat) * scale

    for degrees in range(-180, 181, every):
        x, y = place(degrees, degrees)
        canvas.drawLine(x, 0, x, paper.height, line)
        canvas.drawLine(0, y, paper.width, y, line)
    points = [place(one.lon, one.lat) for one in chart.places]
    if chart.route:
        way = skia.Path()
        way.moveTo(*points[chart.route[0]])
        for start, end in zip(chart.route, chart.route[1:], strict=False):
            (x0, y0), (x1, y1) = points[start], points[end]
            way.quadTo((x0 + x1) / 2, (y0 + y1) / 2 - 0.18 * math.hypot(x1 - x0, y1 - y0), x1, y1)
        ink = skia.Paint(
            Color=skia.ColorSetARGB(255, 168, 38, 28), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=5
        )
        ink.setPathEffect(skia.DashPathEffect.Make([18.0, 11.0], 0.0))
        canvas.drawPath(way, ink)
    for one, (x, y) in zip(chart.places, points, strict=True):
        canvas.drawCircle(x, y, 11, fill(skia.ColorSetARGB(255, 250, 240, 220)))
        canvas.drawCircle(x, y, 7, fill(skia.ColorSetARGB(255, 168, 38, 28)))
        _fitted(
            canvas,
            one.name,
            (x, y - 20),
            paper.frame.width_px * 0.4,
            paper.frame.width_px * 0.05,
            0xFF2B1B10,
            outline=False,
        )


def _fitted(
    canvas: "skia.Canvas",
    text: str,
    at: tuple[float, float],
    width: float,
    size: float,
    colour: int,
    *,
    outline: bool = True,
) -> None:
    """Text centred on a point, smaller when it would be wider than its room."""
    face = _font(CLEAR, size)
    wide = face.measureText(text)
    if wide > width:
        face = _font(CLEAR, size * width / wide)
        wide = width
    _text(canvas, text, (at[0] - wide / 2, at[1]), face, colour, 1.0 if outline else -1.0)



def _text(
    canvas: "skia.Canvas", text: str, at: tuple[float, float], face: "skia.Font", colour: int, alpha: float
) -> None:
    """Text with a dark outline; `alpha` below 0 is opaque without one."""
    import skia

    if alpha >= 0:
        edge = skia.Paint(
            Color=skia.ColorSetARGB(round(200 * alpha), 6, 8, 14), AntiAlias=True, Style=skia.Paint.kStroke_Style,
            StrokeWidth=face.getSize() * 0.14, StrokeJoin=skia.Paint.kRound_Join,
        )  # fmt: skip
        canvas.drawString(text, *at, face, edge)
    paint = fill(colour)
    paint.setAlphaf(abs(alpha))
    canvas.drawString(text, *at, face, paint)



def _font(face: Face, size: float) -> "skia.Font":
    import skia

    return skia.Font(skia.Typeface.MakeFromFile(str(face.path)), size)
