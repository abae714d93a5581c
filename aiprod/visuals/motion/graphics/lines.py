"""A line that is drawn from year to year, and a line of time with its events.

Knows places in proportion: a year's place to its date, a point's height to its value.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from aiprod.visuals.motion.graphics.colours import WHITE, blend, faint
from aiprod.visuals.motion.graphics.easing import ease_in_out, ease_out, part_of
from aiprod.visuals.motion.graphics.plots import GROW_SECONDS, STAGGER_SECONDS, Painter, Plot

if TYPE_CHECKING:
    import skia

_COMES = 0.14
"""The part of the line's time in which a point comes, when the line gets there."""
_FLAT = 0.35
"""A line whose values differ by less than this part starts above nought, else nothing of it would be seen."""


def line(plot: Plot) -> Painter:
    """A curve through the values, in the order given; years stand where they fall."""
    chart, area, unit = plot.chart, plot.area, plot.unit
    count = len(chart.values)
    column = area.width / count
    labels, figures = plot.labels(column * 0.96, lines=1), plot.figures(column * 1.05, size=0.056)
    foot = area.height - max(label.height for label in labels) - 0.03 * unit
    head = max(figure.height for figure in figures) + 0.03 * unit
    low, high = min(0.0, *chart.values), max(chart.values)
    if min(chart.values) > 0 and (high - min(chart.values)) < _FLAT * high:
        low = min(chart.values) - (high - min(chart.values)) * 0.6
    across = _across(chart.labels)
    inside = area.width - column
    points = [
        (column / 2 + inside * part, foot - (foot - head) * (value - low) / ((high - low) or 1.0))
        for part, value in zip(across, chart.values, strict=True)
    ]
    lasts = GROW_SECONDS + STAGGER_SECONDS * count

    def paint(canvas: "skia.Canvas", seconds: float) -> None:
        import skia

        grid = skia.Paint(Color=faint(WHITE, 0.16), AntiAlias=True, StrokeWidth=max(1.0, 0.0022 * unit))
        for part in (0.0, 0.5, 1.0):
            y = foot - (foot - head) * part
            canvas.drawLine(0, y, area.width, y, grid)
        drawn = ease_in_out(part_of(seconds * plot.pace, 0.0, lasts))
        front = points[0][0] + (points[-1][0] - points[0][0]) * drawn
        curve = _curve(points)
        canvas.save()
        canvas.clipRect(skia.Rect.MakeLTRB(-unit, -unit, front, area.height))
        filled = skia.Path(curve)
        filled.lineTo(points[-1][0], foot)
        filled.lineTo(points[0][0], foot)
        filled.close()
        shader = skia.GradientShader.MakeLinear(
            [(0, head), (0, foot)], [faint(plot.accent, 0.5), faint(plot.accent, 0)]
        )
        canvas.drawPath(filled, skia.Paint(Shader=shader, AntiAlias=True))
        pen = skia.Paint(Color=plot.accent, AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=0.013 * unit,
                         StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join)  # fmt: skip
        canvas.drawPath(curve, pen)
        canvas.restore()
        for index, (x, y) in enumerate(points):
            come = ease_out(min(1.0, max(0.0, (drawn - across[index] * (1 - _COMES)) / _COMES)))
            _dot(canvas, (x, y), 0.016 * unit * come, plot.accent)
            label, figure = labels[index], figures[index]
            label.draw(canvas, x - label.room / 2, foot + 0.02 * unit, 0.4 + 0.6 * come)
            figure.draw(canvas, x - column * 0.525, y - figure.height - 0.022 * unit, come)

    return paint


def timeline(plot: Plot) -> Painter:
    """Years on a line with what happened: downwards in a tall picture, else from left to right."""
    return _downwards(plot) if plot.tall else _rightwards(plot)


def _downwards(plot: Plot) -> Painter:
    area, unit, count = plot.area, plot.unit, len(plot.chart.values)
    row = min(area.height / count, 0.30 * unit)
    top, x = (area.height - row * count) / 2, area.width * 0.40
    years = plot.figures(x - 0.07 * unit, "right", size=0.088)
    labels = plot.labels(area.width - x - 0.07 * unit, "left", size=0.054)

    def paint(canvas: "skia.Canvas", seconds: float) -> None:
        drawn = ease_in_out(part_of(seconds * plot.pace, 0.0, plot.lasts() * plot.pace))
        last = top + row * (count - 0.5)
        _rail(canvas, plot, ((x, top + row * 0.5), (x, top + row * 0.5 + (last - top - row * 0.5) * drawn)))
        for index in range(count):
            y = top + row * (index + 0.5)
            come = plot.grown(index, seconds)
            _dot(canvas, (x, y), 0.02 * unit * come, plot.accent)
            years[index].draw(canvas, 0, y - years[index].height / 2, come)
            label = labels[index]
            label.draw(canvas, x + 0.06 * unit + (1 - come) * 0.04 * unit, y - label.height / 2, come)

    return paint


def _rightwards(plot: Plot) -> Painter:
    area, unit, count = plot.area, plot.unit, len(plot.chart.values)
    column, y = area.width / count, area.height * 0.5
    years, labels = plot.figures(column * 0.9, size=0.09), plot.labels(column * 0.9, size=0.05)

    def paint(canvas: "skia.Canvas", seconds: float) -> None:
        drawn = ease_in_out(part_of(seconds * plot.pace, 0.0, plot.lasts() * plot.pace))
        _rail(canvas, plot, ((column * 0.5, y), (column * 0.5 + column * (count - 1) * drawn, y)))
        for index in range(count):
            x, come = column * (index + 0.5), plot.grown(index, seconds)
            _dot(canvas, (x, y), 0.02 * unit * come, plot.accent)
            years[index].draw(canvas, x - column * 0.45, y - years[index].height - 0.045 * unit, come)
            label = labels[index]
            label.draw(canvas, x - label.room / 2, y + 0.05 * unit + (1 - come) * 0.03 * unit, come)

    return paint


def _across(labels: Sequence[str]) -> list[float]:
    """Where points stand, 0..1: years by their date, others at equal steps."""
    if all(label.isdigit() for label in labels):
        years = [int(label) for label in labels]
        gaps = [later - earlier for earlier, later in pairwise(years)]
        if gaps and min(gaps) > 0 and min(gaps) >= 0.5 * sum(gaps) / len(gaps):  # nearer ones would be written over
            return [(year - years[0]) / (years[-1] - years[0]) for year in years]
    return [index / max(1, len(labels) - 1) for index in range(len(labels))]


def _curve(points: Sequence[tuple[float, float]]) -> "skia.Path":
    """A smooth way through the points that never overshoots: level at each peak."""
    import skia

    way = skia.Path()
    way.moveTo(*points[0])
    slopes = _slopes(points)
    for index in range(len(points) - 1):
        (x0, y0), (x1, y1) = points[index], points[index + 1]
        third = (x1 - x0) / 3
        way.cubicTo(x0 + third, y0 + slopes[index] * third, x1 - third, y1 - slopes[index + 1] * third, x1, y1)
    return way


def _slopes(points: Sequence[tuple[float, float]]) -> list[float]:
    rises = [(b[1] - a[1]) / max(b[0] - a[0], 1e-6) for a, b in pairwise(points)]
    if not rises:
        return [0.0]
    inner = [0.0 if before * after <= 0 else 2 * before * after / (before + after) for before, after in pairwise(rises)]
    return [rises[0], *inner, rises[-1]]


def _rail(canvas: "skia.Canvas", plot: Plot, ends: tuple[tuple[float, float], tuple[float, float]]) -> None:
    import skia

    pen = skia.Paint(Color=blend(plot.accent, WHITE, 0.25), AntiAlias=True, StrokeWidth=0.009 * plot.unit,
                     StrokeCap=skia.Paint.kRound_Cap, Style=skia.Paint.kStroke_Style)  # fmt: skip
    canvas.drawLine(*ends[0], *ends[1], pen)


def _dot(canvas: "skia.Canvas", at: tuple[float, float], radius: float, accent: int) -> None:
    import skia

    if radius > 0.2:
        canvas.drawCircle(*at, radius, skia.Paint(Color=WHITE, AntiAlias=True))
        canvas.drawCircle(*at, radius * 0.62, skia.Paint(Color=accent, AntiAlias=True))
