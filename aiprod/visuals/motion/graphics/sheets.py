"""Graphics over the motion engine's picture: textures painted by Skia, uploaded only when what they show changes.

Knows textures and the picture's rows. Knows no graphic by name.
"""

from typing import TYPE_CHECKING

import moderngl
import numpy as np

from aiprod.visuals.motion.gpu import Gpu, Target
from aiprod.visuals.motion.graphics.areas import Area
from aiprod.visuals.motion.graphics.graphic import Graphic
from aiprod.visuals.motion.graphics.writing import Writing

if TYPE_CHECKING:
    import skia


_SHRINK = 8


class Sheet:
    """A rectangle of pixels that is drawn over a picture."""

    def __init__(self, gpu: Gpu, width: int, height: int) -> None:
        self._gpu = gpu
        self.width, self.height = max(2, width), max(2, height)
        self._pixels = np.zeros((self.height, self.width, 4), np.uint8)
        self._texture = gpu.texture(self._pixels, smooth=False)
        self._mesh = gpu.context.vertex_array(gpu.program("sheet", "sheet"), [(gpu.unit_quad, "2f", "corner")])

    def canvas(self) -> "skia.Surface":
        """A clear surface to paint on; `upload` shows what is painted."""
        import skia

        self._pixels[:] = 0
        return skia.Surface.MakeRasterDirect(
            skia.ImageInfo.Make(self.width, self.height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType),
            self._pixels,
        )  # fmt: skip

    def upload(self) -> None:
        """Show what was painted."""
        self._texture.write(self._pixels.tobytes(), alignment=1)

    def draw(self, target: Target, left: float, top: float, *, opacity: float = 1.0, scale: float = 1.0) -> None:
        """Draw over `target`, whose rows run from the top; scaled about its middle. Blending must be "over"."""
        gpu, program = self._gpu, self._gpu.program("sheet", "sheet")
        wide, high = self.width * scale, self.height * scale
        x, y = left + (self.width - wide) / 2, top + (self.height - high) / 2
        if scale == 1.0:  # whole pixels stay sharp
            x, y = round(x), round(y)
        gpu.bind(program, {"picture": self._texture})
        gpu.set(program, {"place": (x, y, wide, high), "size": (target.width, target.height), "opacity": opacity})
        self._mesh.render(moderngl.TRIANGLE_STRIP)


class Overlay:
    """The writing of one scene, kept in textures."""

    def __init__(self, gpu: Gpu, writing: Writing) -> None:
        self._kept = [_Kept(gpu, graphic) for graphic in writing.graphics]
        self._calm = writing.calm
        self._veil: _Veil | None = None
        self._gpu = gpu

    def draw(self, seconds: float, target: Target) -> None:
        """Draw what is seen at that time."""
        calm = self._calm(seconds) if self._calm else 0.0
        if calm > 0:
            if self._veil is None:
                self._veil = _Veil(self._gpu, target)
            self._veil.draw(target, calm)
            self._gpu.blend("over")
            target.framebuffer.use()
        for kept in self._kept:
            kept.draw(seconds, target)


class _Veil:
    """The picture itself, out of focus and dim: what letters are read on."""

    def __init__(self, gpu: Gpu, target: Target) -> None:
        self._gpu = gpu
        size = max(8, target.width // _SHRINK), max(8, target.height // _SHRINK)
        self._small, self._spare = gpu.target(*size), gpu.target(*size)

    def draw(self, target: Target, strength: float) -> None:
        gpu, small, spare = self._gpu, self._small, self._spare
        gpu.blend("replace")
        gpu.fill(gpu.screen_program("shrink"), small, textures={"picture": target.texture},
                 texel=(2 / target.width, 2 / target.height))  # fmt: skip
        soft = gpu.screen_program("blur")
        for reach in (0.8, 1.0):
            gpu.fill(soft, spare, textures={"picture": small.texture}, along=(reach / small.width, 0.0))
            gpu.fill(soft, small, textures={"picture": spare.texture}, along=(0.0, reach / small.height))
        gpu.blend("replace" if strength >= 1 else "over")  # blending costs as much again
        gpu.fill(gpu.screen_program("veil"), target, textures={"picture": small.texture}, strength=strength)


class _Kept:
    """A graphic and what was last painted of it."""

    def __init__(self, gpu: Gpu, graphic: Graphic) -> None:
        self._gpu, self._graphic = gpu, graphic
        self._sheet: Sheet | None = None
        self._painted = -1

    def draw(self, seconds: float, target: Target) -> None:
        now = self._graphic.show(seconds)
        if now is None or now.opacity <= 0:
            return
        area: Area = self._graphic.area
        if self._sheet is None:
            self._sheet = Sheet(self._gpu, area.width, area.height)
        if self._painted != now.content:
            with self._sheet.canvas() as canvas:
                self._graphic.paint(canvas, now.content)
            self._sheet.upload()
            self._painted = now.content
        self._sheet.draw(target, area.left, area.top - now.lift, opacity=min(1.0, now.opacity), scale=now.scale)
