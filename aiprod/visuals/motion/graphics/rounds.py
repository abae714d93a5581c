"""Shares of a whole as a ring that closes, and one figure that counts up.

Knows angles: always in proportion to the values.
"""

import math
from typing import TYPE_CHECKING

from aiprod.media.faces import CLEAR
from aiprod.visuals.motion.graphics.colours import SOFT, WHITE, faint, kin
from aiprod.visuals.motion.graphics.counting import read_count
from aiprod.visuals.motion.graphics.easing import ease_in_out, part_of
from aiprod.visuals.motion.graphics.lettering import Type, set_text
from aiprod.visuals.motion.graphics.plots import GROW_SECONDS, CountingFigure, Painter, Plot

if TYPE_CHECKING:
    import skia

_THICK = 0.36
"""The ring's breadth, in parts of its radius."""
_GAP_DEGREES = 1.6


def shares(plot: Plot) -> Painter:
    """A ring with the largest share in its middle, and every share named beside it (under it in a tall picture)."""
    chart, area, unit = plot.chart, plot.area, plot.unit
    count = len(chart.values)
    total = sum(abs(value) for value in chart.values) or 1.0
    tones = kin(plot.accent, count)
    if plot.tall:
        row = min(0.082 * unit, area.height * 0.40 / count)
        radius = min(area.width * 0.36, (area.height - row * count - 0.05 * unit) / 2)
        centre = (area.width / 2, radius)
        left, top, width = area.width * 0.08, 2 * radius + 0.05 * unit, area.width * 0.84
    else:
        row = min(0.10 * unit, area.height / count)
        radius = min(area.height / 2, area.width * 0.24)
        centre = (area.width * 0.26, area.height / 2)
        left, top, width = area.width * 0.56, (area.height - row * count) / 2, area.width * 0.44
    figures = plot.figures(width * 0.4, "right", size=min(0.056, 0.66 * row / unit))
    labels = [
        plot.label(text, width * 0.93 - row * 0.8 - figure.width, "left", size=min(0.046, 0.5 * row / unit), lines=1)
        for text, figure in zip(chart.labels, figures, strict=True)
    ]
    largest = max(range(count), key=lambda index: chart.values[index])
    middle = CountingFigure(plot.counts[largest], unit, radius * 1.12, size=0.46 * radius / unit)

    def paint(canvas: "skia.Canvas", seconds: float) -> None:
        import skia

        grown = ease_in_out(part_of(seconds * plot.pace, 0.0, GROW_SECONDS * 1.25))
        inner = radius * (1 - _THICK / 2)
        box = skia.Rect.MakeLTRB(centre[0] - inner, centre[1] - inner, centre[0] + inner, centre[1] + inner)
        ring = skia.Paint(Color=faint(WHITE, 0.10), AntiAlias=True, Style=skia.Paint.kStroke_Style,
                          StrokeWidth=radius * _THICK)  # fmt: skip
        canvas.drawOval(box, ring)
        angle = -90.0
        for index, value in enumerate(chart.values):
            sweep = 360.0 * abs(value) / total
            shown = min(sweep, max(0.0, 360.0 * grown - (angle + 90.0)))
            ring.setColor(tones[index])
            gap = min(_GAP_DEGREES, shown * 0.3) if count > 1 else 0.0
            if shown > 0:
                canvas.drawArc(box, angle + gap / 2, shown - gap, useCenter=False, paint=ring)
            angle += sweep
        middle.draw(canvas, centre[0] - radius * 0.56, centre[1] - middle.height / 2, grown)
        for index, label in enumerate(labels):
            part = plot.grown(index, seconds)
            y = top + row * (index + 0.5)
            side = row * 0.34
            canvas.drawRoundRect(
                skia.Rect.MakeXYWH(left, y - side / 2, side, side), side * 0.28, side * 0.28,
                skia.Paint(Color=faint(tones[index], part), AntiAlias=True),
            )  # fmt: skip
            label.draw(canvas, left + row * 0.62, y - label.height / 2, part)
            figures[index].draw(canvas, left + width * 0.6, y - figures[index].height / 2, part)

    return paint


def counter(plot: Plot) -> Painter:
    """One figure, large, with what it counts; a ring closes around a percentage."""
    chart, area, unit = plot.chart, plot.area, plot.unit
    value, count = chart.values[0], plot.counts[0]
    ringed = chart.unit == "%" and 0 <= value <= 100
    label = set_text(chart.labels[0], Type(face=CLEAR, size=0.066 * unit, colour=SOFT, align="center"), area.width, 2)
    radius = min(area.width * 0.42, (area.height - label.height - 0.04 * unit) / 2)
    width = radius * 1.35 if ringed else area.width
    figure = CountingFigure(count if count.digits else read_count(str(value)), unit, width,
                            size=0.6 * radius / unit if ringed else min(0.34, 0.6 * area.height / unit))  # fmt: skip
    tall = (2 * radius if ringed else figure.height) + label.height + 0.04 * unit
    top = (area.height - tall) / 2
    centre = (area.width / 2, top + radius if ringed else top + figure.height / 2)

    def paint(canvas: "skia.Canvas", seconds: float) -> None:
        import skia

        grown = ease_in_out(part_of(seconds * plot.pace, 0.0, GROW_SECONDS * 1.4))
        if ringed:
            broad = radius * 0.17
            inner = radius - broad / 2
            box = skia.Rect.MakeLTRB(centre[0] - inner, centre[1] - inner, centre[0] + inner, centre[1] + inner)
            ring = skia.Paint(Color=faint(WHITE, 0.12), AntiAlias=True, Style=skia.Paint.kStroke_Style,
                              StrokeWidth=broad, StrokeCap=skia.Paint.kRound_Cap)  # fmt: skip
            canvas.drawOval(box, ring)
            ring.setColor(plot.accent)
            canvas.drawArc(box, -90.0, 3.6 * value * grown, useCenter=False, paint=ring)
        figure.draw(canvas, centre[0] - width / 2, centre[1] - figure.height / 2, max(grown, 1e-3))
        shown = ease_in_out(part_of(seconds * plot.pace, 0.3, 0.6))
        label.draw(canvas, (area.width - label.room) / 2, top + tall - label.height, shown)
        long = math.floor(0.2 * unit * shown)
        if not ringed:
            y = top + figure.height + 0.004 * unit
            bar = skia.Rect.MakeXYWH((area.width - long) / 2, y, long, max(3.0, 0.01 * unit))
            canvas.drawRoundRect(bar, 3, 3, skia.Paint(Color=plot.accent, AntiAlias=True))

    return paint
