"""Charts over a calm picture: which painter draws a kind, its title, and when it comes.

Knows where a chart stands and how it fades in. Knows no bar and no ring.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from aiprod.media.faces import CLEAR
from aiprod.visuals.motion.graphics.areas import Area, is_tall, unit_px, writing_area
from aiprod.visuals.motion.graphics.bars import bars
from aiprod.visuals.motion.graphics.colours import WHITE, blend
from aiprod.visuals.motion.graphics.easing import ease_in_out, ease_out, part_of
from aiprod.visuals.motion.graphics.graphic import Graphic, Showing
from aiprod.visuals.motion.graphics.lettering import Align, Setting, Type, set_text
from aiprod.visuals.motion.graphics.lines import line, timeline
from aiprod.visuals.motion.graphics.plots import Plot, caption_of
from aiprod.visuals.motion.graphics.rounds import counter, shares
from aiprod.visuals.motion.graphics.standing import TICKS, Stand
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
    unit = unit_px(shape)
    head, lines = _head(chart, stand)
    area = _under(head, stand)
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
    if lines:

        def show_title(moment: float) -> Showing | None:
            come = ease_out(part_of(moment, start + 0.1, 0.5))
            return Showing(0, opacity=come, lift=(come - 1) * 0.02 * unit) if come > 0 else None

        def paint_title(canvas: "skia.Canvas", content: int) -> None:
            y = content + (head.height - sum(line.height for line in lines)) / 2
            for line in lines:
                line.draw(canvas, (head.width - line.room) / 2 if lines[0].type.align == "center" else 0.0, y)
                y += line.height

        found.append(Graphic(area=head, show=show_title, paint=paint_title))
    return tuple(found)


def _head(chart: ChartSpec, stand: Stand) -> tuple[Area, list[Setting]]:
    """The title and what all figures share, and where they stand: beside the window of a tall picture, else on top."""
    unit, whole = unit_px(stand.shape), writing_area(stand.shape)
    window = stand.window if is_tall(stand.shape) else None
    left = window.right + window.width // 6 if window else whole.left
    width = whole.right - left
    align: Align = "left" if window else "center"
    lines = [
        set_text(text, Type(face=CLEAR, size=size * unit, align=align, shadow=0.5, colour=colour), width, most)
        for text, size, colour, most in (
            (chart.title.strip(), 0.064, WHITE, 2), (caption_of(chart), 0.046, blend(stand.accent, WHITE, 0.3), 1),
        )
        if text
    ]  # fmt: skip
    height = max(sum(line.height for line in lines), window.height if window else 0.0)
    return Area(left=left, top=whole.top, width=width, height=round(height)), lines


def _under(head: Area, stand: Stand) -> Area:
    """The room for the chart itself: under its head, and left of the window of a wide picture."""
    whole, gap = writing_area(stand.shape), round(0.04 * unit_px(stand.shape)) if head.height else 0
    right = whole.right
    if stand.window and not is_tall(stand.shape):
        right = stand.window.left - stand.window.width // 8
    top = whole.top + head.height + gap
    return Area(left=whole.left, top=top, width=right - whole.left, height=whole.bottom - top)
