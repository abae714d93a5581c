"""A sheet for things in full colour: turned wood, glass, metal, cloth, with the painter's own light from the upper left.

Knows Skia and shapes. A sheet is square; who hangs it up gives it its true proportion.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.cards.canvas import Pixels, Points

if TYPE_CHECKING:
    import skia

SIDE = 512
Tone = tuple[int, int, int]


class Ware:
    """Draws in 0..1 both ways on a transparent square; x goes right, y goes down."""

    def __init__(self) -> None:
        import skia

        self._skia = skia
        self._surface = skia.Surface(SIDE, SIDE)
        self._canvas = self._surface.getCanvas()
        self._canvas.scale(SIDE, SIDE)

    def paint(self, tone: Tone, *, alpha: float = 1.0, stroke: float = 0.0) -> "skia.Paint":
        """A flat brush; `stroke` is a line's width, 0 fills."""
        skia = self._skia
        paint = skia.Paint(AntiAlias=True, Color=skia.Color(*tone, round(255 * alpha)))
        if stroke:
            paint.setStyle(skia.Paint.kStroke_Style)
            paint.setStrokeWidth(stroke)
            paint.setStrokeCap(skia.Paint.kRound_Cap)
            paint.setStrokeJoin(skia.Paint.kRound_Join)
        return paint

    def across(self, x0: float, x1: float, tone: Tone, *, alpha: float = 1.0, shine: float = 0.6) -> "skia.Paint":
        """A brush for what is round: lit on the left, dark at its edges; `shine` is its highlight."""
        skia = self._skia
        stops = ((0.0, 0.42), (0.18, 0.95), (0.32, 1.0 + shine), (0.5, 0.95), (0.8, 0.5), (0.94, 0.32), (1.0, 0.42))
        colours = [self._shaded(tone, level, alpha) for _, level in stops]
        paint = skia.Paint(AntiAlias=True)
        ends = [skia.Point(x0, 0), skia.Point(x1, 0)]
        paint.setShader(skia.GradientShader.MakeLinear(ends, colours, [at for at, _ in stops]))
        return paint

    def down(self, y0: float, y1: float, top: Tone, foot: Tone, *, alpha: float = 1.0) -> "skia.Paint":
        """A brush that changes from `top` to `foot`."""
        skia = self._skia
        paint = skia.Paint(AntiAlias=True)
        ends = [skia.Point(0, y0), skia.Point(0, y1)]
        colours = [self._shaded(top, 1.0, alpha), self._shaded(foot, 1.0, alpha)]
        paint.setShader(skia.GradientShader.MakeLinear(ends, colours))
        return paint

    def shape(self, points: Points, brush: "skia.Paint", *, smooth: bool = False, closed: bool = True) -> None:
        """An outline through points; `smooth` rounds it."""
        path = self._skia.Path()
        path.moveTo(*points[0])
        if smooth:
            for (x0, y0), (x1, y1) in zip(points[1:], [*points[2:], points[-1]], strict=True):
                path.quadTo(x0, y0, (x0 + x1) / 2, (y0 + y1) / 2)
        else:
            for x, y in points[1:]:
                path.lineTo(x, y)
        if closed:
            path.close()
        self._canvas.drawPath(path, brush)

    def turned(self, x: float, profile: Points, tone: Tone, *, alpha: float = 1.0, shine: float = 0.6) -> None:
        """What comes from a lathe: (y, half width) from top to foot."""
        for (y0, w0), (y1, w1) in pairwise(profile):
            steps = max(1, round(abs(y1 - y0) * 40))
            for k in range(steps):
                a, b = k / steps, (k + 1) / steps
                ya, yb = y0 + (y1 - y0) * a, y0 + (y1 - y0) * b + 0.0025
                wa, wb = w0 + (w1 - w0) * a, w0 + (w1 - w0) * b
                wide = max(wa, wb, 0.002)
                brush = self.across(x - wide, x + wide, tone, alpha=alpha, shine=shine)
                self.shape([(x - wa, ya), (x + wa, ya), (x + wb, yb), (x - wb, yb)], brush)

    def slab(self, x0: float, y0: float, x1: float, y1: float, tone: Tone, *, corner: float = 0.0) -> None:
        """A block seen from the front, a little lighter above."""
        light = self._tuple(tone, 1.15)
        rect = self._skia.Rect.MakeLTRB(x0, y0, x1, y1)
        self._canvas.drawRoundRect(rect, corner, corner, self.down(y0, y1, light, self._tuple(tone, 0.7)))

    def oval(self, x: float, y: float, wide: float, high: float, brush: "skia.Paint") -> None:
        """An ellipse about (x, y)."""
        self._canvas.drawOval(self._skia.Rect.MakeLTRB(x - wide, y - high, x + wide, y + high), brush)

    def ball(self, x: float, y: float, wide: float, high: float, tone: Tone, *, alpha: float = 1.0) -> None:
        """A round thing with its light at the upper left."""
        skia = self._skia
        paint = skia.Paint(AntiAlias=True)
        colours = [self._shaded(tone, level, alpha) for level in (1.45, 1.0, 0.42)]
        centre = skia.Point(x - wide * 0.35, y - high * 0.4)
        paint.setShader(skia.GradientShader.MakeRadial(centre, max(wide, high) * 1.5, colours, [0.0, 0.4, 1.0]))
        self.oval(x, y, wide, high, paint)

    def halo(self, x: float, y: float, radius: float, tone: Tone, alpha: float = 0.6) -> None:
        """Light around a flame or a lamp."""
        skia = self._skia
        paint = skia.Paint(AntiAlias=True)
        colours = [self._shaded(tone, 1.0, alpha), self._shaded(tone, 1.0, 0.0)]
        paint.setShader(skia.GradientShader.MakeRadial(skia.Point(x, y), radius, colours))
        self.oval(x, y, radius, radius, paint)

    def line(self, points: Points, tone: Tone, wide: float, *, alpha: float = 1.0, smooth: bool = False) -> None:
        """A stroke through points."""
        self.shape(points, self.paint(tone, alpha=alpha, stroke=wide), smooth=smooth, closed=False)

    def pixels(self) -> Pixels:
        """What was drawn, premultiplied."""
        skia = self._skia
        rows = np.zeros((SIDE, SIDE, 4), np.uint8)
        info = skia.ImageInfo.Make(SIDE, SIDE, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        self._surface.readPixels(info, rows, SIDE * 4)
        return rows

    def _shaded(self, tone: Tone, level: float, alpha: float) -> int:
        red, green, blue = self._tuple(tone, level)
        colour: int = self._skia.Color(red, green, blue, round(255 * max(0.0, min(1.0, alpha))))
        return colour

    @staticmethod
    def _tuple(tone: Tone, level: float) -> Tone:
        red, green, blue = (min(255, round(c * level)) for c in tone)
        return red, green, blue
