"""What every chart shares: its area, its figures as they count up, its colours, and the time at which each part grows.

Knows numbers and letters. Knows no kind of chart.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from aiprod.media.faces import CLEAR, HEAVY
from aiprod.visuals.motion.graphics.areas import Area
from aiprod.visuals.motion.graphics.colours import SOFT, WHITE, blend
from aiprod.visuals.motion.graphics.counting import Count, read_count, write_value
from aiprod.visuals.motion.graphics.easing import ease_in_out, part_of
from aiprod.visuals.motion.graphics.lettering import Align, Setting, Type, set_text, unbroken
from aiprod.visuals.motion.spec import ChartSpec

if TYPE_CHECKING:
    import skia

GROW_SECONDS, STAGGER_SECONDS = 0.9, 0.14
LABEL, FIGURE = 0.046, 0.062
"""Sizes of letters, in parts of the picture's shorter side."""

Painter: TypeAlias = Callable[["skia.Canvas", float], None]
"""Paints a chart as it is some seconds after it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A chart to be painted into `area`, its corner at (0, 0). `unit` is the picture's shorter side in pixels; `pace`
    makes short shots grow faster."""

    chart: ChartSpec
    area: Area
    unit: int
    accent: int
    tall: bool
    pace: float = 1.0

    @property
    def counts(self) -> tuple[Count, ...]:
        """The figures, as they were said where that is known, without words that stand in `caption_of`."""
        counts = _counts(self.chart)
        return tuple(replace(count, after="") for count in counts) if caption_of(self.chart) else counts

    def figures(self, width: float, align: Align = "center", size: float = FIGURE) -> list["CountingFigure"]:
        """The figures that count up, all of one size."""
        found = [CountingFigure(count, self.unit, width, align, size) for count in self.counts]
        smallest = min(figure.size for figure in found) / self.unit
        return [CountingFigure(count, self.unit, width, align, smallest) for count in self.counts]

    def labels(self, width: float, align: Align = "center", *, size: float = LABEL, lines: int = 2) -> list[Setting]:
        """The labels, all of one size."""
        smallest = min(self.label(text, width, align, size=size, lines=lines).size for text in self.chart.labels)
        shown = smallest / self.unit
        return [self.label(text, width, align, size=shown, lines=lines) for text in self.chart.labels]

    def grown(self, index: int, seconds: float) -> float:
        """How far part `index` has grown, 0..1."""
        return ease_in_out(part_of(seconds * self.pace, STAGGER_SECONDS * index, GROW_SECONDS))

    def lasts(self) -> float:
        """Seconds until all has grown."""
        return (GROW_SECONDS + STAGGER_SECONDS * len(self.chart.values)) / self.pace

    def label(
        self, text: str, width: float, align: Align = "center", *, size: float = LABEL, lines: int = 2
    ) -> Setting:
        """A label that fits."""
        return set_text(text, Type(face=CLEAR, size=size * self.unit, colour=SOFT, align=align), width, lines)

    def shade(self, index: int) -> int:
        """A part's colour: the largest has the accent, the others are quieter."""
        values = self.chart.values
        return self.accent if values[index] == max(values) else blend(self.accent, 0xFF22304A, 0.42)


def caption_of(chart: ChartSpec) -> str:
    """What all figures of several have after their digits ("milliards"), to be written once; "" where they differ."""
    counts = _counts(chart)
    words = {count.after for count in counts if count.digits}
    return words.pop() if len(counts) > 1 and len(words) == 1 else ""


def _counts(chart: ChartSpec) -> tuple[Count, ...]:
    texts = chart.texts or tuple(write_value(value, chart.unit) for value in chart.values)
    return tuple(read_count(text) for text in texts)


class CountingFigure:
    """A figure that counts up in a given width: the digits, and longer words under them."""

    def __init__(self, count: Count, unit: int, width: float, align: Align = "center", size: float = FIGURE) -> None:
        self._count, self._width = count, width
        lines = 1 if count.digits else 2
        look = Type(face=HEAVY, size=size * unit, colour=WHITE, align=align, leading=1.2)
        self._whole = set_text(unbroken(count.number), look, width, lines)
        self._look = replace(look, size=self._whole.size)
        after = Type(face=CLEAR, size=size * 0.52 * unit, colour=SOFT, align=align)
        self._words = set_text(count.after, after, width, 2) if count.after else None
        self._align: Align = align

    @property
    def size(self) -> float:
        """Of its digits, in pixels."""
        return self._whole.size

    @property
    def height(self) -> float:
        """Of both, in pixels."""
        return self._whole.height + (self._words.height if self._words else 0.0)

    @property
    def width(self) -> float:
        """Of the wider."""
        return max(self._whole.width, self._words.width if self._words else 0.0)

    def draw(self, canvas: "skia.Canvas", left: float, top: float, share: float) -> None:
        """Draw in the room that starts at `left`, counted up to a share."""
        if share <= 0:
            return
        line = self._whole if share >= 1 else set_text(unbroken(self._count.at(share)), self._look, self._width, 2)
        seen = min(1.0, share * 5)
        line.draw(canvas, left + self._shift(line), top, seen)
        if self._words:
            self._words.draw(canvas, left + self._shift(self._words), top + self._whole.height, seen)

    def _shift(self, line: Setting) -> float:
        spare = self._width - line.room
        return {"left": 0.0, "center": spare / 2, "right": spare}[self._align]
