"""Charts over a calm picture: which painter draws a kind, its title, and when it comes.

Knows where a chart stands and how it fades in. Knows no bar and no ring.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from aiprod.media.faces import CLEAR
from aiprod.visuals.motion.graphics.areas import Area, is_tall, unit_px, writing_area
from aiprod.visuals.motion.graphics.bars import bars
from aiprod.visuals.motion.graphics.callouts import TICKS, Stand
from aiprod.visuals.motion.graphics.colours import WHITE, blend
from aiprod.visuals.motion.graphics.easing import ease_in_out, ease_out, part_of
from aiprod.visuals.motion.graphics.graphic import Graphic, Showing
from aiprod.visuals.motion.graphics.lettering import Type, set_text
from aiprod.visuals.motion.graphics.lines import line, timeline
from aiprod.visuals.motion.graphics.plots import Plot, caption_of
from aiprod.visuals.motion.graphics.rounds import counter, shares
from aiprod.visuals.motion.spec import ChartSpec

if TYPE_CHECKING:
    import skia

COMES_AT, COMES_WITHIN = 0.06, 0.5
"""When a chart comes and by when it has grown, in parts of the shot."""
_PAINTERS = {"bar": bars, "line": line, "pie": shares, "counter": counter, "timeline": timeline}


def calm_over(seconds: float) -> Callable[[float], float]:
    """How far the picture behind a chart is dimmed and blurred at a time: 0 (as it is) to 1 (calm)."""
    return lambda moment: ease_in_out(part_of(moment, COMES_AT * seconds, 0.5))


def write_chart(chart: ChartSpec, stand: Stand, seconds: float) -> tuple[Graphic, ...]:
    """The graphics of a chart over a shot of `seconds`."""
    shape, start = stand.shape, COMES_AT * seconds
    unit, whole = unit_px(shape), writing_area(shape)
    heads = [
        set_text(text, Type(face=CLEAR, size=size * unit, align="center", shadow=0.5, colour=colour), whole.width, lines)
        for text, size, colour, lines in (
            (chart.title.strip(), 0.064, WHITE, 2), (caption_of(chart), 0.046, blend(stand.accent, WHITE, 0.3), 1),
        )
        if text
    ]  # fmt: skip
    head = round(sum(line.height for line in heads) + 0.04 * unit) if heads else 0
    area = Area(left=whole.left, top=whole.top + head, width=whole.width, height=whole.height - head)
    if stand.window:
        area = _beside(area, stand.window, tall=is_tall(shape))
    plot = Plot(chart=chart, area=area, unit=unit, accent=stand.accent, tall=is_tall(shape))
    plot = Plot(chart=chart, area=area, unit=unit, accent=stand.accent, tall=is_tall(shape),
                pace=max(1.0, plot.lasts() / max(0.4, (COMES_WITHIN - COMES_AT) * seconds)))  # fmt: skip
    painter = _PAINTERS[chart.kind](plot)
    lasts = plot.lasts() + 0.6

    def show(moment: float) -> Showing | None:
        if moment < start:
            return None
        come = ease_out(part_of(moment, start, 0.4))
        return Showing(int(min(moment - start, lasts) * TICKS), opacity=come, lift=(come - 1) * 0.03 * unit)

    found = [Graphic(area=area, show=show, paint=lambda canvas, ticks: painter(canvas, ticks / TICKS))]
    if heads:

        def show_title(moment: float) -> Showing | None:
            come = ease_out(part_of(moment, start + 0.1, 0.5))
            return Showing(0, opacity=come, lift=(come - 1) * 0.02 * unit) if come > 0 else None

        place = Area(left=whole.left, top=whole.top, width=whole.width, height=head)

        def paint_title(canvas: "skia.Canvas", content: int) -> None:
            y = float(content)
            for line in heads:
                line.draw(canvas, (whole.width - line.room) / 2, y)
                y += line.height

        found.append(Graphic(area=place, show=show_title, paint=paint_title))
    return tuple(found)


def _beside(area: Area, window: Area, *, tall: bool) -> Area:
    """The area without the presenter's window: over it in a tall picture, else left of it."""
    gap = window.width // 8
    if tall:
        return Area(left=area.left, top=area.top, width=area.width, height=window.top - gap - area.top)
    return Area(left=area.left, top=area.top, width=window.left - gap - area.left, height=area.height)
