"""What is written over a scene: callouts, charts that grow, and maps with places and a route.

Knows faces and drawing. Knows no scene beyond its spec.
"""

import math
from typing import TYPE_CHECKING

from aiprod.media.faces import CLEAR, HEAVY, Face
from aiprod.profiles import Shape
from aiprod.visuals.motion.spec import Callout, ChartSpec, MapSpec, SceneSpec
from aiprod.visuals.slides.paper import Paper, fade, fill

if TYPE_CHECKING:
    import skia

SAFE_TOP, SAFE_SIDE = 0.14, 0.08
_PIE_COLOURS = (0xFFFFD23F, 0xFF5AD1C8, 0xFFFF6B8B, 0xFF8ECBFF, 0xFFC8F25C, 0xFFFF9F43)


def write_over(canvas: "skia.Canvas", spec: SceneSpec, shape: Shape, part: float) -> None:
    """Write the scene's callout and chart at a part (0..1) of the shot."""
    if spec.callout is not None:
        _write_callout(canvas, spec, spec.callout, shape, part)
    if spec.chart is not None:
        _draw_chart(canvas, spec, spec.chart, shape, part)


def _write_callout(canvas: "skia.Canvas", spec: SceneSpec, callout: Callout, shape: Shape, part: float) -> None:
    fade_time = 0.06
    shown = min(1.0, max(0.0, (part - callout.start) / fade_time), max(0.0, (callout.end - part) / fade_time))
    if shown <= 0:
        return
    heavy = callout.kind != "label"
    size = shape.width_px * (0.13 if callout.kind == "number" else 0.075 if callout.kind == "text" else 0.056)
    lines = _wrapped(callout.text, size, shape.width_px * (1 - 2 * SAFE_SIDE), HEAVY if heavy else CLEAR)
    y = shape.height_px * SAFE_TOP + size
    eased = shown * shown * (3 - 2 * shown)
    for line, fitted in lines:
        face = _font(HEAVY if heavy else CLEAR, fitted)
        wide = face.measureText(line)
        x = (shape.width_px - wide) / 2
        colour = _accent(spec) if callout.kind == "number" else 0xFFFFFFFF
        _text(canvas, line, (x, y + (1 - eased) * size * 0.35), face, colour, eased)
        y += fitted * 1.16


def _draw_chart(canvas: "skia.Canvas", spec: SceneSpec, chart: ChartSpec, shape: Shape, part: float) -> None:
    grown = 1 - (1 - min(1.0, max(0.0, (part - 0.08) / 0.45))) ** 3
    if chart.kind == "pie":
        _draw_pie(canvas, chart, shape, grown)
    elif chart.kind == "counter":
        _text_centred(
            canvas, _number(chart.values[0] * grown, chart), shape, shape.height_px * 0.26, 0.16, _accent(spec)
        )
    else:
        _draw_bars(canvas, spec, chart, shape, grown)


def _draw_bars(canvas: "skia.Canvas", spec: SceneSpec, chart: ChartSpec, shape: Shape, grown: float) -> None:
    """Bars side by side; a timeline's years stand on equal steps."""
    import skia

    count, accent = len(chart.values), _accent(spec)
    left, width = shape.width_px * SAFE_SIDE * 1.4, shape.width_px * (1 - 2.8 * SAFE_SIDE)
    top, height = shape.height_px * SAFE_TOP, shape.height_px * 0.3
    panel = skia.Rect.MakeXYWH(left * 0.55, top - height * 0.1, shape.width_px - left * 1.1, height * 1.38)
    canvas.drawRoundRect(panel, 18, 18, fill(skia.ColorSetARGB(150, 8, 10, 16)))
    step, most = width / count, max(chart.values)
    for index, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
        share = 1.0 if chart.kind == "timeline" else value / most
        local = min(1.0, max(0.0, grown * (1 + 0.35 * index) - 0.35 * index)) if count > 1 else grown
        tall = height * 0.78 * share * (0.55 if chart.kind == "timeline" else 1.0) * local
        x = left + (index + 0.5) * step
        bar = skia.Rect.MakeLTRB(x - step * 0.3, top + height - tall, x + step * 0.3, top + height)
        canvas.drawRoundRect(bar, 7, 7, fade_down(accent, top, height))
        shown = f"{round(value)}" if chart.kind == "timeline" else _number(value * local, chart)
        _fitted(canvas, shown, (x, top + height - tall - height * 0.035), step * 0.94, height * 0.12, 0xFFFFFFFF)
        _fitted(canvas, label, (x, top + height * 1.15), step * 0.94, height * 0.095, 0xFFE6E8EE)


def fade_down(accent: int, top: float, height: float) -> "skia.Paint":
    """A bar's filling: the accent, darker at its foot."""
    import skia

    dark = skia.ColorSetARGB(255, *(round(0.55 * skia_part) for skia_part in _parts(accent)))
    shader = skia.GradientShader.MakeLinear([(0, top), (0, top + height)], [accent, dark])
    return skia.Paint(Shader=shader, AntiAlias=True)


def _draw_pie(canvas: "skia.Canvas", chart: ChartSpec, shape: Shape, grown: float) -> None:
    import skia

    radius = shape.width_px * 0.21
    centre = (shape.width_px / 2, shape.height_px * SAFE_TOP + radius * 1.1)
    total, angle = sum(chart.values), -90.0
    box = skia.Rect.MakeXYWH(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius)
    for index, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
        sweep = 360 * value / total * grown
        wedge = skia.Path()
        wedge.moveTo(*centre)
        wedge.arcTo(box, angle, sweep, forceMoveTo=False)
        wedge.close()
        canvas.drawPath(wedge, fill(_PIE_COLOURS[index % len(_PIE_COLOURS)]))
        if grown > 0.85:
            middle = math.radians(angle + sweep / 2)
            at = (centre[0] + math.cos(middle) * radius * 1.32, centre[1] + math.sin(middle) * radius * 1.2)
            _fitted(
                canvas, f"{label} {_number(value, chart)}", at, shape.width_px * 0.3, shape.width_px * 0.042, 0xFFFFFFFF
            )
        angle += sweep


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


def _text_centred(canvas: "skia.Canvas", text: str, shape: Shape, y: float, share: float, colour: int) -> None:
    face = _font(HEAVY, shape.width_px * share)
    _text(canvas, text, ((shape.width_px - face.measureText(text)) / 2, y), face, colour, 1.0)


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


def _wrapped(text: str, size: float, width: float, face: Face) -> list[tuple[str, float]]:
    """Lines of at most `width`, in balance; a single long word is made smaller instead."""
    words, lines = text.split(), [""]
    font = _font(face, size)
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.measureText(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [(line, size * min(1.0, width / max(1.0, font.measureText(line)))) for line in lines[:4]]


def _font(face: Face, size: float) -> "skia.Font":
    import skia

    return skia.Font(skia.Typeface.MakeFromFile(str(face.path)), size)


def _accent(spec: SceneSpec) -> int:
    return 0xFF000000 | int(spec.accent[1:], 16)


def _parts(colour: int) -> tuple[int, int, int]:
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


def _number(value: float, chart: ChartSpec) -> str:
    """A figure as it is read: as many decimals as its end value has, thousands apart."""
    whole = all(float(v).is_integer() for v in chart.values)
    for limit, letter in ((1e9, "G"), (1e6, "M")):
        if max(chart.values) >= 10 * limit:
            return f"{value / limit:.1f} {letter}{chart.unit}"
    shown = f"{value:,.0f}".replace(",", "\u00a0") if whole else f"{value:.1f}"
    return f"{shown}\u00a0{chart.unit}" if chart.unit else shown
