"""The renderer for machines without OpenGL: the same plans as `motion`, as paper layers that slide past each other.

Slower to love than the motion engine, quick to draw, and always in motion. Knows cameras and the order of layers;
`slides/` paints.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aiprod.errors import EngineMissing
from aiprod.media.process import find_program
from aiprod.ports import FilmLook, Shot, ShotBrief, Take
from aiprod.profiles import Shape
from aiprod.units import frames_to_seconds
from aiprod.visuals.motion.spec import SceneSpec, decode_spec
from aiprod.visuals.pipe import open_clip

if TYPE_CHECKING:
    import skia

    from aiprod.visuals.slides.layers import Layer
    from aiprod.visuals.slides.paper import Paper
    from aiprod.visuals.slides.players import Player

VERSION = "3"
NOTE = "OpenGL is not available or was not asked for, so the scenes are drawn as a slideshow of layers that move."
NO_PRESENTER = "The slideshow shows no presenter; the motion engine does."
FALL = {"rain": 1.7, "snow": 0.12, "leaves": 0.1, "petals": 0.08, "ash": 0.06}
RISE = {"embers": 0.14, "bubbles": 0.11, "sparks": 0.2}
DRIFT = {"dust": 0.02, "pollen": 0.03, "fireflies": 0.02, "sand": 0.5, "plankton": 0.02, "stars": 0.0, "confetti": 0.05}
_CALM = 178
"""How far the scene goes dark behind a chart, of 255."""
_FLECKS = {"rain": 130, "snow": 110, "stars": 0, "none": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Where the camera is: shifts in parts of the frame, and how much nearer."""

    across: float
    down: float
    zoom: float


class SlideshowRenderer:
    """Draws scenes with Skia on the processor."""

    name = "slideshow"
    version = VERSION
    queue = "cpu"
    usd_per_second = 0.0

    def check(self) -> None:
        """Raises: EngineMissing."""
        import importlib.util

        find_program("ffmpeg")
        if importlib.util.find_spec("skia") is None:
            raise EngineMissing(
                "The slideshow expected the package skia-python and found none; run: pip install skia-python."
            )

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """One spec a brief, the same as the motion engine's."""
        from aiprod.visuals.motion.planner import plan_specs

        return plan_specs(briefs, look)

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        """Draw the shot into `folder`. Raises: EngineMissing, InvalidInput, MediaBroken, StorageFull."""
        self.check()
        spec = decode_spec(shot.spec)
        slide = _Slide(spec, shot.shape, float(frames_to_seconds(shot.frames, shot.rate)))
        path = folder / f"slideshow-{shot.scene:02d}.mp4"
        told = max(1, math.ceil(shot.frames / 50))
        with open_clip(path, shot.shape, shot.rate) as clip:
            for number in range(shot.frames):
                clip.write(slide.draw(float(frames_to_seconds(number, shot.rate))))
                if (number + 1) % told == 0 or number + 1 == shot.frames:
                    progress(number + 1)
        return Take(path=path, notes=(NOTE, *((NO_PRESENTER,) if spec.presenter else ()), *slide.notes))


class _Slide:
    """One scene, painted once, seen from a moving camera."""

    def __init__(self, spec: SceneSpec, shape: Shape, seconds: float) -> None:
        import skia

        from aiprod.visuals.motion.graphics.writing import write_scene
        from aiprod.visuals.slides.atlas import draw_map
        from aiprod.visuals.slides.layers import paint_layers, paint_one
        from aiprod.visuals.slides.paper import lay_paper
        from aiprod.visuals.slides.players import call_players

        self._spec, self._shape, self._seconds = spec, shape, seconds
        self._paper: Paper = lay_paper(spec, shape)
        self._players, self.notes = call_players(self._paper, seconds)
        nearest = min((player.distance for player in self._players), default=0.3)
        self._layers: tuple[Layer, ...] = paint_layers(self._paper, max(0.14, nearest))
        if spec.archetype == "map" and spec.map is not None:
            chart = spec.map
            self._layers = (paint_one(self._paper, lambda canvas, paper, _: draw_map(canvas, paper, spec, chart), 0.3),)
        self._writing = write_scene(replace(spec, presenter=False), shape, seconds)
        self._surface = skia.Surface.MakeRasterN32Premul(shape.width_px, shape.height_px)
        self._pixels = np.empty((shape.height_px, shape.width_px, 4), dtype=np.uint8)
        self._vignette = _vignette(shape)
        self._flecks = self._paper.scatter("flecks")
        self._fleck_places = [
            (self._flecks.random(), self._flecks.random(), self._flecks.uniform(0.4, 1.0))
            for _ in range(_FLECKS.get(spec.particles, 60))
        ]

    def draw(self, seconds: float) -> bytes:
        """The frame at a time, as RGB rows."""
        import skia

        from aiprod.visuals.motion.graphics.writing import paint_all

        part = seconds / max(1e-6, self._seconds)
        view = see(self._spec, part, seconds)
        with self._surface as canvas:
            canvas.clear(skia.ColorBLACK)
            for layer in self._layers:
                if not layer.front:
                    self._draw_layer(canvas, layer, view)
            for player in self._players:
                self._draw_player(canvas, player, view, seconds)
            for layer in self._layers:
                if layer.front:
                    self._draw_layer(canvas, layer, view)
            self._draw_flecks(canvas, view, seconds)
            canvas.drawImage(self._vignette, 0, 0)
            if self._writing.calm is not None:
                canvas.drawColor(skia.ColorSetARGB(round(_CALM * self._writing.calm(seconds)), 8, 12, 22))
            paint_all(canvas, self._writing.graphics, seconds)
        self._surface.readPixels(
            skia.ImageInfo.Make(
                self._shape.width_px, self._shape.height_px, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType
            ),
            self._pixels, self._shape.width_px * 4, 0, 0,
        )  # fmt: skip
        return self._pixels[:, :, :3].tobytes()

    def _draw_layer(self, canvas: "skia.Canvas", layer: "Layer", view: View) -> None:
        import skia

        canvas.save()
        self._look(canvas, view, layer.distance)
        canvas.drawImage(
            layer.image, layer.left, layer.top, skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kNone)
        )
        canvas.restore()

    def _draw_player(self, canvas: "skia.Canvas", player: "Player", view: View, seconds: float) -> None:
        canvas.save()
        self._look(canvas, view, max(0.25, player.distance))
        player.draw(canvas, self._paper, seconds, self._seconds / 2)
        canvas.restore()

    def _look(self, canvas: "skia.Canvas", view: View, distance: float) -> None:
        """Move the sheet as it is seen at a distance: near things move and grow most."""
        near = 1 - 0.86 * distance
        middle = self._shape.width_px / 2, self._shape.height_px * 0.55
        zoom = 1 + (view.zoom - 1) * (0.35 + 0.65 * near)
        canvas.translate(middle[0] - view.across * near * self._shape.width_px,
                         middle[1] - view.down * near * self._shape.width_px)  # fmt: skip
        canvas.scale(zoom, zoom)
        canvas.translate(-middle[0] - self._paper.margin, -middle[1] - (self._paper.height - self._shape.height_px) / 2)

    def _draw_flecks(self, canvas: "skia.Canvas", view: View, seconds: float) -> None:
        import skia

        kind = self._spec.particles
        if kind in ("none", "stars"):
            return
        width, height = self._shape.width_px, self._shape.height_px
        speed = FALL.get(kind, 0.0) - RISE.get(kind, 0.0)
        colour = {
            "rain": (150, 170, 190, 215), "snow": (225, 250, 252, 255), "embers": (230, 255, 150, 50),
            "sparks": (240, 255, 205, 110), "fireflies": (225, 236, 255, 120), "bubbles": (120, 205, 245, 255),
            "leaves": (230, 196, 98, 30), "petals": (225, 255, 190, 205), "ash": (150, 70, 66, 66),
        }.get(kind, (120, 255, 240, 205))  # fmt: skip
        paint = skia.Paint(Color=skia.ColorSetARGB(*colour), AntiAlias=True, StrokeWidth=max(1.0, width / 420))
        for x0, y0, near in self._fleck_places:
            sway = 0.02 * math.sin(seconds * (0.7 + near) + 40 * x0)
            x = (x0 + sway + DRIFT.get(kind, 0.01) * seconds - view.across * near) % 1.0 * width
            y = (y0 + speed * near * seconds + 0.015 * math.sin(seconds * near + 9 * y0)) % 1.0 * height
            size = width / 540 * (1.2 + 2.2 * near)
            if kind == "rain":
                canvas.drawLine(x, y, x - size, y + size * 9, paint)
            elif kind in ("leaves", "petals"):
                canvas.save()
                canvas.translate(x, y)
                canvas.rotate(90 * math.sin(seconds * near * 2 + 20 * x0))
                canvas.drawOval(skia.Rect.MakeXYWH(-size * 2, -size, size * 4, size * 2), paint)
                canvas.restore()
            else:
                if kind == "fireflies":
                    paint.setAlphaf(0.5 + 0.5 * math.sin(seconds * 2.2 + 60 * x0))
                canvas.drawCircle(x, y, size * (0.8 if kind != "bubbles" else 1.7), paint)


def see(spec: SceneSpec, part: float, seconds: float) -> View:
    """Where the camera is at a part (0..1) of the shot; even a static camera breathes."""
    eased = part * part * part * (part * (6 * part - 15) + 10) * 0.7 + 0.3 * part
    way, reach = 2 * eased - 1, 0.05 + 0.09 * spec.camera.amount
    sign = -1.0 if spec.camera.direction in ("left", "up", "out") else 1.0
    sway = 0.004 * math.sin(seconds * 0.9), 0.003 * math.sin(seconds * 0.7 + 1)
    across, down, zoom = sway[0], sway[1], 1.03 + 0.02 * eased
    if spec.camera.kind in ("pan", "truck", "orbit"):
        across += sign * way * reach
    elif spec.camera.kind in ("tilt", "crane"):
        down += sign * way * reach
    elif spec.camera.kind in ("zoom", "dolly"):
        zoom = 1.02 + (0.1 + 0.14 * spec.camera.amount) * (eased if sign > 0 else 1 - eased)
    elif spec.camera.kind == "handheld":
        across, down = across * 3.5 + 0.012 * math.sin(seconds * 2.3), down * 4 + 0.009 * math.sin(seconds * 3.1 + 2)
    return View(across=across, down=down, zoom=zoom)


def _vignette(shape: Shape) -> "skia.Image":
    import skia

    surface = skia.Surface.MakeRasterN32Premul(shape.width_px, shape.height_px)
    reach = 0.72 * math.hypot(shape.width_px, shape.height_px)
    shader = skia.GradientShader.MakeRadial(
        (shape.width_px / 2, shape.height_px / 2), reach, [0x00000000, 0x00000000, 0x96000000], [0.0, 0.5, 1.0]
    )  # fmt: skip
    with surface as canvas:
        canvas.drawPaint(skia.Paint(Shader=shader))
    return surface.makeImageSnapshot()
