"""A sheet to paint a card on: Skia strokes and fills in the channels that `shaders/card.frag` reads."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import skia

Pixels = npt.NDArray[np.uint8]
Points = list[tuple[float, float]]


class Sheet:
    """Draws tones in 0..1 on a transparent sheet of that size; x goes right, y goes down."""

    def __init__(self, width: int, height: int) -> None:
        import skia

        self._skia = skia
        self.width, self.height = width, height
        self._surface = skia.Surface(width, height)
        self.canvas = self._surface.getCanvas()

    def paint(
        self, tone: float, *, wood: float = 0.0, rim: float = 0.0, alpha: float = 1.0, stroke: float = 0.0
    ) -> "skia.Paint":
        """A brush; `stroke` is a round line's width, 0 fills."""
        skia = self._skia
        paint = skia.Paint(AntiAlias=True, Color=skia.Color(_byte(tone), _byte(wood), _byte(rim), _byte(alpha)))
        if stroke:
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(float(stroke))
            paint.setStrokeCap(skia.Paint.kRound_Cap)
        return paint

    def line(self, x0: float, y0: float, x1: float, y1: float, brush: "skia.Paint") -> None:
        """A straight stroke."""
        self.canvas.drawLine(float(x0), float(y0), float(x1), float(y1), brush)

    def polygon(self, points: Points, brush: "skia.Paint") -> None:
        """A closed outline."""
        path = self._skia.Path()
        path.moveTo(float(points[0][0]), float(points[0][1]))
        for x, y in points[1:]:
            path.lineTo(float(x), float(y))
        path.close()
        self.canvas.drawPath(path, brush)

    def oval(self, x: float, y: float, across: float, down: float, brush: "skia.Paint", turn: float = 0.0) -> None:
        """An ellipse about (x, y) with half axes `across` and `down`, turned by degrees."""
        self.canvas.save()
        self.canvas.translate(float(x), float(y))
        self.canvas.rotate(float(turn))
        self.canvas.drawOval(self._skia.Rect.MakeXYWH(-across, -down, 2 * across, 2 * down), brush)
        self.canvas.restore()

    def leaf(
        self,
        x: float,
        y: float,
        turn: float,
        length: float,
        *,
        tone: float,
        width: float = 0.13,
        rim: float = 0.4,
        wood: float = 0.0,
    ) -> None:
        """A pointed leaf from (x, y), `turn` degrees clockwise from the right; its lower half lies in shade."""
        skia = self._skia
        self.canvas.save()
        self.canvas.translate(float(x), float(y))
        self.canvas.rotate(float(turn))
        tip = float(length)
        for lower in (False, True):
            path = skia.Path()
            path.moveTo(0, 0)
            path.quadTo(tip * 0.35, -tip * width, tip, tip * 0.06)
            if lower:
                path.lineTo(0, 0)
            else:
                path.quadTo(tip * 0.35, tip * width, 0, 0)
            shade = tone * 0.74 if lower else tone
            self.canvas.drawPath(path, self.paint(shade, rim=rim * (0.4 if lower else 1.0), wood=wood))
        self.canvas.restore()

    def blade(self, x: float, foot: float, bend: float, height: float, width: float, brush: "skia.Paint") -> None:
        """A grass blade from (x, foot), its tip `bend` aside and `height` up."""
        path = self._skia.Path()
        path.moveTo(float(x - width), float(foot))
        path.quadTo(float(x + bend * 0.2), float(foot - height * 0.6), float(x + bend), float(foot - height))
        path.quadTo(float(x + bend * 0.2 + width), float(foot - height * 0.6), float(x + width), float(foot))
        self.canvas.drawPath(path, brush)

    def curve(self, points: Points, brush: "skia.Paint") -> None:
        """A stroke through four Bezier points."""
        path = self._skia.Path()
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
        path.moveTo(float(x0), float(y0))
        path.cubicTo(float(x1), float(y1), float(x2), float(y2), float(x3), float(y3))
        self.canvas.drawPath(path, brush)

    def pixels(self, *, fade: float = 0.0) -> Pixels:
        """What was drawn, premultiplied; the lowest part `fade` of it melts away so that it grows out of the ground."""
        skia = self._skia
        rows = np.zeros((self.height, self.width, 4), np.uint8)
        info = skia.ImageInfo.Make(self.width, self.height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        self._surface.readPixels(info, rows, self.width * 4)
        if fade:
            share = np.clip((self.height - 1 - np.arange(self.height)) / (self.height * fade), 0, 1)
            rows = np.asarray(rows * share[:, None, None], dtype=np.uint8)
        return rows


def _byte(value: float) -> int:
    return int(max(0.0, min(1.0, value)) * 255)
