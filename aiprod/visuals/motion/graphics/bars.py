"""Bars that grow: upright where their words fit under them, else lying, one under another.

Knows lengths: always in proportion to the values, from nought.
"""

from typing import TYPE_CHECKING

from aiprod.visuals.motion.graphics.colours import WHITE, blend, faint
from aiprod.visuals.motion.graphics.plots import LABEL, Painter, Plot

if TYPE_CHECKING:
    import skia

_BROAD = 0.60
"""A bar's breadth in its column."""
_TRACK = 0.10
_LEGIBLE = 0.8
"""Labels made smaller than this ask for lying bars, where those have room for larger ones."""
_LYING_LABEL = 0.34
"""A label's size in the row of a lying bar."""


def bars(plot: Plot) -> Painter:
    """Bars in the plot's area."""
    count = len(plot.chart.values)
    under = min(label.size for label in plot.labels(plot.area.width / count * 0.92))
    beside = _LYING_LABEL * plot.area.height / count
    upright = under >= min(_LEGIBLE * LABEL * plot.unit, beside)
    return _upright(plot) if upright and (count <= 4 or not plot.tall) else _lying(plot)


def _upright(plot: Plot) -> Painter:
    count = len(plot.chart.values)
    column = min(plot.area.width / count, plot.unit * 0.34)
    left = (plot.area.width - column * count) / 2
    labels, figures = plot.labels(column * 0.92), plot.figures(column * 0.96)
    foot = plot.area.height - max(label.height for label in labels) - 0.022 * plot.unit
    room = foot - max(figure.height for figure in figures) - 0.02 * plot.unit
    most = max(abs(value) for value in plot.chart.values) or 1.0
    broad = column * _BROAD

    def paint(canvas: "skia.Canvas", seconds: float) -> None:
        import skia

        for index, value in enumerate(plot.chart.values):
            grown = plot.grown(index, seconds)
            middle = left + column * (index + 0.5)
            high = room * abs(value) / most * grown
            _bar(
                canvas,
                skia.Rect.MakeLTRB(middle - broad / 2, foot - high, middle + broad / 2, foot),
                plot,
                index,
                upright=True,
            )
            start = left + column * (index + 0.02)
            figures[index].draw(canvas, start, foot - high - figures[index].height - 0.012 * plot.unit, grown)
            label = labels[index]
            label.draw(canvas, middle - label.room / 2, foot + 0.022 * plot.unit, min(1.0, 0.35 + grown))
        line = skia.Paint(Color=faint(WHITE, 0.55), AntiAlias=True, StrokeWidth=max(1.0, 0.003 * plot.unit))
        canvas.drawLine(left, foot, left + column * count, foot, line)

    return paint


def _lying(plot: Plot) -> Painter:
    count, width = len(plot.chart.values), plot.area.width
    row = min(plot.area.height / count, plot.unit * 0.24)
    top = (plot.area.height - row * count) / 2
    figures = plot.figures(width * 0.5, "right", size=min(0.062, 0.40 * row / plot.unit))
    size = min(LABEL, _LYING_LABEL * row / plot.unit)
    labels = [
        plot.label(text, width * 0.94 - figure.width, "left", size=size, lines=1)
        for text, figure in zip(plot.chart.labels, figures, strict=True)
    ]
    most = max(abs(value) for value in plot.chart.values) or 1.0
    broad = row * 0.30

    def paint(canvas: "skia.Canvas", seconds: float) -> None:
        import skia

        for index, value in enumerate(plot.chart.values):
            grown = plot.grown(index, seconds)
            foot = top + row * (index + 1) - row * 0.10
            track = skia.Rect.MakeLTRB(0, foot - broad, width, foot)
            canvas.drawRoundRect(track, broad / 2, broad / 2, skia.Paint(Color=faint(WHITE, _TRACK), AntiAlias=True))
            _bar(
                canvas,
                skia.Rect.MakeLTRB(0, foot - broad, width * abs(value) / most * grown, foot),
                plot,
                index,
                upright=False,
            )
            label, figure = labels[index], figures[index]
            line = foot - broad - 0.008 * plot.unit
            label.draw(canvas, 0, line - label.height, min(1.0, 0.35 + grown))
            figure.draw(canvas, width * 0.5, line - figure.height, grown)

    return paint


def _bar(canvas: "skia.Canvas", box: "skia.Rect", plot: Plot, index: int, *, upright: bool) -> None:
    """A bar with soft corners, lighter at its growing end."""
    import skia

    if box.width() < 0.5 or box.height() < 0.5:
        return
    colour = plot.shade(index)
    ends = [(0, box.top()), (0, box.bottom())] if upright else [(box.right(), 0), (box.left(), 0)]
    shader = skia.GradientShader.MakeLinear(ends, [blend(colour, WHITE, 0.22), blend(colour, 0xFF101828, 0.30)])
    corner = min(0.016 * plot.unit, box.width() / 2, box.height() / 2)
    canvas.drawRoundRect(box, corner, corner, skia.Paint(Shader=shader, AntiAlias=True))
