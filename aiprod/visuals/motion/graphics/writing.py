"""All that is written over one scene, ready to be laid over any picture of it.

Knows which graphics a spec asks for and when the picture behind must be calm. Knows no renderer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aiprod.profiles import Shape
from aiprod.visuals.motion.graphics.areas import Area, badge_area, is_tall, window_area
from aiprod.visuals.motion.graphics.callouts import write_callout
from aiprod.visuals.motion.graphics.charts import calm_over, write_chart
from aiprod.visuals.motion.graphics.colours import accent_of
from aiprod.visuals.motion.graphics.graphic import Graphic
from aiprod.visuals.motion.graphics.lettering import reads_right_to_left
from aiprod.visuals.motion.graphics.standing import Sight, Stand
from aiprod.visuals.motion.spec import SceneSpec

if TYPE_CHECKING:
    import skia


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Graphics, the first undermost, and how far the picture behind them is dimmed and blurred at a time (0..1)."""

    graphics: tuple[Graphic, ...]
    calm: Callable[[float], float] | None = None


def write_scene(spec: SceneSpec, shape: Shape, seconds: float, sight: Sight | None = None) -> Writing:
    """The writing of a scene that lasts `seconds`; `sight` says who is seen where, so that names hide nobody."""
    alone = presenter_alone(spec)
    stand = Stand(
        shape=shape, accent=accent_of(spec.accent), free_side=free_side(spec), foot_taken=spec.presenter and alone,
        window=presenter_window(spec, shape) if spec.presenter and not alone else None, sight=sight,
    )  # fmt: skip
    graphics: list[Graphic] = []
    if spec.callout is not None:
        graphics += write_callout(spec.callout, stand, seconds)
    if spec.chart is not None:
        graphics += write_chart(spec.chart, stand, seconds)
    return Writing(graphics=tuple(graphics), calm=calm_over(seconds) if spec.chart is not None else None)


def paint_all(canvas: "skia.Canvas", graphics: Sequence[Graphic], seconds: float) -> None:
    """Draw what is seen at that time on a canvas of the picture's size."""
    import skia

    for graphic in graphics:
        now = graphic.show(seconds)
        if now is None or now.opacity <= 0:
            continue
        area = graphic.area
        canvas.save()
        canvas.translate(area.left + area.width / 2, area.top + area.height / 2 - now.lift)
        canvas.scale(now.scale, now.scale)
        canvas.translate(-area.width / 2, -area.height / 2)
        room = skia.Rect.MakeWH(area.width, area.height)
        canvas.clipRect(room)
        canvas.saveLayerAlpha(room, round(255 * min(1.0, now.opacity)))
        graphic.paint(canvas, now.content)
        canvas.restore()
        canvas.restore()


def free_side(spec: SceneSpec) -> Literal["left", "right"]:
    """The side of a wide picture where its hero is not."""
    heroes = [subject for subject in spec.subjects if subject.role == "hero"] or list(spec.subjects)
    return "left" if not heroes or heroes[0].x >= 0.5 else "right"


def presenter_alone(spec: SceneSpec) -> bool:
    """Whether a presenter has the picture to itself, and so stands large before it."""
    return not spec.subjects and spec.chart is None and spec.map is None


def presenter_window(spec: SceneSpec, shape: Shape) -> Area:
    """Where the window of a presenter is who is not alone: clear of what is written and of the hero's head."""
    if spec.chart is not None:
        return badge_area(shape) if is_tall(shape) else window_area(shape, "right", high=False)
    if spec.map is not None:
        southmost = min(spec.map.places, key=lambda place: place.lat, default=None)
        east = southmost is not None and (southmost.lon - spec.map.lon + 180) % 360 > 180
        return window_area(shape, "left" if east else "right", high=False)
    kind = spec.callout.kind if spec.callout else ""
    if is_tall(shape):
        faces_left = any(subject.role == "hero" and subject.facing == "left" for subject in spec.subjects)
        return window_area(shape, "right" if faces_left else "left", high=kind not in ("number", "text"))
    if kind == "label" and spec.callout:
        return window_area(shape, "left" if reads_right_to_left(spec.callout.text) else "right", high=False)
    side = free_side(spec)
    if kind:
        side = "right" if side == "left" else "left"
    return window_area(shape, side, high=False)
