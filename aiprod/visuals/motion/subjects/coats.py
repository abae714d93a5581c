"""Fur: how a coat is painted inside any outline, so that colours and patterns run on from part to part.

Knows coats and Skia. Everything is in the rig's own space, the animal standing; sizes scale with `unit`. What the
patterns are is `patterns.py`'s.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.ink import Colour, Outline, darker, lighter, mix, paint, ramp, ribbon
from aiprod.visuals.motion.subjects.patterns import Mark
from aiprod.visuals.motion.subjects.species import Coat

if TYPE_CHECKING:
    import skia


@dataclass(frozen=True, slots=True, kw_only=True)
class Fur:
    """Paints a coat. `unit` is the shoulder's height in rig space, `depth` the trunk's in shoulder heights, `marks` the
    pattern over the whole animal."""

    coat: Coat
    unit: float
    depth: float
    marks: tuple[Mark, ...]

    def trunk(self, canvas: "skia.Canvas", shape: "skia.Path", *, far: bool = False) -> None:
        """Back to belly."""
        coat, top, bottom = self.coat, self.unit * 1.02, self.unit * (1 - self.depth)
        stops = [(0.0, lighter(coat.back, 0.10)), (0.35, coat.back), (0.70, mix(coat.back, coat.belly, 0.35)),
                 (1.0, darker(coat.belly, 0.10))]  # fmt: skip
        self._fill(canvas, shape, ramp(_dim(stops, far), (0, top), (0, bottom)), far=far)

    def limb(self, canvas: "skia.Canvas", shape: "skia.Path", *, far: bool = False) -> None:
        """Flank to foot."""
        coat, top, bottom = self.coat, self.unit * 0.95, self.unit * 0.08
        knee = (top - self.unit * (1 - self.depth) * 0.62) / (top - bottom)
        stops = [
            (0.0, lighter(coat.back, 0.06)),
            (max(0.1, knee - 0.32), coat.back),
            (knee, coat.legs),
            (1.0, coat.legs),
        ]
        if coat.pattern == "panda":
            stops = [(0.0, coat.legs), (1.0, coat.legs)]
        self._fill(canvas, shape, ramp(_dim(stops, far), (0, top), (0, bottom)), far=far)

    def over(self, canvas: "skia.Canvas", shape: "skia.Path", fill: "skia.Paint") -> None:
        """Any fill, with the coat's pattern on it."""
        self._fill(canvas, shape, fill, far=False)

    def _fill(self, canvas: "skia.Canvas", shape: "skia.Path", fill: "skia.Paint", *, far: bool) -> None:
        import skia

        canvas.drawPath(shape, fill)
        canvas.save()
        canvas.clipPath(shape, doAntiAlias=True)
        bounds = shape.getBounds()
        for mark in self.marks:
            if skia.Rect.Intersects(bounds, mark.bounds):
                tone = darker(mark.tone, 0.35) if far else mark.tone
                canvas.drawPath(mark.shape, paint(tone, mark.alpha, line=mark.line, blur=mark.blur))
        canvas.restore()


def _dim(stops: list[tuple[float, Colour]], far: bool) -> list[tuple[float, Colour]]:
    """The far side's legs are darker, so that near ones stand out."""
    return [(place, darker(tone, 0.30) if far else tone) for place, tone in stops]


def horn(points: list[tuple[float, float]], thick: float, tip: float = 0.12) -> Outline:
    """A tapering horn along the points."""
    return ribbon(points, [thick * (1 - (1 - tip) * i / (len(points) - 1)) for i in range(len(points))])
