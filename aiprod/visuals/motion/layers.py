"""Bands of the world baked once: hundreds of cards, or a slow shader, in a texture that then slides as one plane.

A plane covers exactly what the camera's path will see of it. It is cut in cells, and empty cells are never drawn again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import moderngl
import numpy as np

from aiprod.visuals.motion.camera import Lens
from aiprod.visuals.motion.gpu import Frame, Gpu, Target

Paint = Callable[[], None]
_ACROSS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sway:
    """Wind in a plane: how far (parts of its width), from which height on (0..1), how many waves, and their phase."""

    amount: float = 0.0
    start: float = 0.3
    waves: float = 12.0
    phase: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mist:
    """Mist that drifts before a plane's foot: how dense, how fast, where in the pattern, how high in metres."""

    density: float = 0.0
    speed: float = 0.006
    seed: float = 0.0
    height: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaneOptions:
    """How a band is baked and shown. `resolution` is against the picture's own pixels; `soften` blurs (pixels at 720
    across); `drift` is the plane's own speed in metres a second; `margin` adds metres on every side."""

    sway: Sway = Sway()
    mist: Mist = Mist()
    resolution: float = 1.1
    soften: float = 0.0
    drift: tuple[float, float] = (0.0, 0.0)
    margin: float = 0.0
    ground: float = 0.0


class Plane:
    """A baked band at one depth."""

    def __init__(
        self, gpu: Gpu, target: Target, extent: tuple[float, float, float, float], depth: float, options: PlaneOptions
    ) -> None:
        self._gpu = gpu
        self._texture = target.texture
        self._extent = extent
        self._options = options
        self.depth = depth
        plain, misty = self._cells(_coverage(target))
        self._meshes = [
            (program, gpu.mesh(program, np.array(cells), "2f", ("cell",)))
            for program, cells in (
                (gpu.program("layer", "layer"), plain),
                (gpu.program("layer", "layer", "MIST"), misty),
            )
            if cells
        ]

    def draw(self, tint: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)) -> None:
        """Composite over what is there."""
        options, gpu = self._options, self._gpu
        sway, mist = options.sway, options.mist
        seconds = gpu.frame.seconds
        gpu.blend("over")
        for program, mesh in self._meshes:
            gpu.bind(program, {"picture": self._texture, "wisps": gpu.wisps})
            gpu.set(
                program,
                {
                    "extent": self._extent,
                    "depth": self.depth,
                    "tint": tint,
                    "mist_scale": 3.0 / max(self.depth, 1.0),
                    "sway": (sway.amount, sway.start, sway.waves, sway.phase),
                    "ground": options.ground,
                    "mist": (mist.density, mist.speed, mist.seed, max(mist.height, 0.01)),
                    "drift": (options.drift[0] * seconds, options.drift[1] * seconds),
                },
            )
            mesh.render(moderngl.TRIANGLES)

    def _cells(
        self, coverage: np.ndarray[tuple[int, int], np.dtype[np.uint8]]
    ) -> tuple[list[list[float]], list[list[float]]]:
        """Triangles of the cells that show something, in 0..1: without and with mist."""
        _, bottom, _, top = self._extent
        rows, columns = coverage.shape
        down = max(4, min(40, round(_ACROSS * rows / columns)))
        plain: list[list[float]] = []
        misty: list[list[float]] = []
        mist = self._options.mist
        for j in range(down):
            low = bottom + (top - bottom) * j / down - self._options.ground
            high = bottom + (top - bottom) * (j + 1) / down - self._options.ground
            in_mist = mist.density > 0 and low < mist.height and high > -0.25
            y0, y1 = max(0, int((j - 0.25) * rows / down)), int((j + 1.25) * rows / down) + 1
            for i in range(_ACROSS):
                x0, x1 = max(0, int((i - 0.35) * columns / _ACROSS)), int((i + 1.35) * columns / _ACROSS) + 1
                if in_mist or coverage[y0:y1, x0:x1].max() > 3:
                    u0, u1, v0, v1 = i / _ACROSS, (i + 1) / _ACROSS, j / down, (j + 1) / down
                    corners = [[u0, v0], [u1, v0], [u0, v1], [u1, v0], [u1, v1], [u0, v1]]
                    (misty if in_mist else plain).extend(corners)
        return plain, misty


def bake_plane(
    gpu: Gpu, paint: Paint, depth: float, *, frame: Frame, path: Sequence[Lens], width_px: int, options: PlaneOptions
) -> Plane:
    """Draw `paint` as seen from `frame` into a texture at `depth` that covers all that `path` will see of it."""
    extent = seen_extent(path, depth, frame.aspect, options.margin)
    drift_x = abs(options.drift[0]) * 12.0
    extent = (extent[0] - drift_x, extent[1], extent[2] + drift_x, extent[3])
    away = max(depth - frame.eye[2], 0.2)
    to_ndc_x, to_ndc_y = frame.focal / (frame.aspect * away), frame.focal / away
    left = (extent[0] - frame.eye[0]) * to_ndc_x + frame.shift[0]
    right = (extent[2] - frame.eye[0]) * to_ndc_x + frame.shift[0]
    bottom = (extent[1] - frame.eye[1]) * to_ndc_y + frame.shift[1]
    top = (extent[3] - frame.eye[1]) * to_ndc_y + frame.shift[1]
    window = (
        2 / (right - left),
        2 / (top - bottom),
        -(right + left) / (right - left),
        -(top + bottom) / (top - bottom),
    )
    columns = min(int((right - left) / 2 * width_px * options.resolution), 4096)
    rows = min(int((top - bottom) / 2 * width_px / frame.aspect * options.resolution), 4096)
    target = gpu.target(columns, rows)
    target.framebuffer.use()
    target.framebuffer.clear(0.0, 0.0, 0.0, 0.0)
    gpu.use_frame(replace(frame, window=window))
    gpu.blend("over")
    paint()
    gpu.use_frame(frame)
    if options.soften:
        _soften(gpu, target, options.soften * width_px / 720 * options.resolution)
    return Plane(gpu, target, extent, depth, options)


def seen_extent(
    path: Sequence[Lens], depth: float, aspect: float, margin: float = 0.0
) -> tuple[float, float, float, float]:
    """Left, bottom, right and top metre that the camera sees at `depth` over its whole path."""
    lefts, bottoms, rights, tops = [], [], [], []
    for lens in path:
        away = max(depth - lens.eye[2], 0.2)
        wide, high = aspect * away / lens.focal, away / lens.focal
        lefts.append(lens.eye[0] + (-1 - lens.shift[0]) * wide)
        rights.append(lens.eye[0] + (1 - lens.shift[0]) * wide)
        bottoms.append(lens.eye[1] + (-1 - lens.shift[1]) * high)
        tops.append(lens.eye[1] + (1 - lens.shift[1]) * high)
    spare = (max(rights) - min(lefts)) * 0.02 + margin
    return min(lefts) - spare, min(bottoms) - spare, max(rights) + spare, max(tops) + spare


def _soften(gpu: Gpu, target: Target, radius_px: float) -> None:
    """Blur in place, as a lens does what is out of focus."""
    program = gpu.screen_program("blur")
    other = gpu.target(target.width, target.height)
    gpu.blend("replace")
    for step in (radius_px * 0.45, radius_px):
        gpu.fill(program, other, textures={"picture": target.texture}, along=(step / target.width, 0.0))
        gpu.fill(program, target, textures={"picture": other.texture}, along=(0.0, step / target.height))


def _coverage(target: Target) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    rows = np.frombuffer(target.framebuffer.read(components=4, alignment=1), np.uint8)
    return rows.reshape(target.height, target.width, 4)[..., 3]
