"""The ground: a height field from our feet to the horizon, painted and lit once into its own texture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import moderngl
import numpy as np
import numpy.typing as npt

from aiprod.visuals.motion.gpu import Frame, Gpu
from aiprod.visuals.motion.light import Colour

Floats = npt.NDArray[np.float64]
HeightField = Callable[[Floats, Floats], Floats]
"""Height in metres of places (x, z)."""

_COLUMNS, _ROWS = 36, 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Earth:
    """What the ground is made of. `dapple` is light through leaves; `ripple` waves of sand; `sparkle` snow's glitter;
    `patchiness` how much of `patch` shows. A trail is (centre x, half width, waviness, strength). Floes are (metres of one,
    part of open water, metres to which the ice is closed, height over the water): what is not ice is left clear. `street`
    paves a road that many metres wide to each side, with pavements beyond."""

    low: Colour
    high: Colour
    patch: Colour
    dapple: float = 0.0
    ripple: float = 0.0
    sparkle: float = 0.0
    patchiness: float = 1.0
    trail: tuple[float, float, float, float] = (0.0, 0.5, 0.3, 0.0)
    trail_tone: Colour = (0.1, 0.08, 0.06)
    floes: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    street: float = 0.0


@dataclass(frozen=True, slots=True)
class Shadow:
    """A soft shadow lying on the ground, away from the sun."""

    x: float
    z: float
    radius: float
    darkness: float = 0.6


def flat(x: Floats, z: Floats) -> Floats:
    """Level ground."""
    return np.zeros(np.broadcast(x, z).shape)


class Ground:
    """A baked piece of ground."""

    depth = 1e4

    def __init__(
        self, gpu: Gpu, heights: HeightField, *, near: float, far: float, half_width: Callable[[float], float],
        span: Callable[[float], tuple[float, float]] | None = None,
    ) -> None:  # fmt: skip
        """As wide as is seen (`half_width` at a distance), or only from `span`'s left to its right."""
        self._gpu = gpu
        z = near + (far - near) * np.linspace(0, 1, _ROWS) ** 2.2
        wide = [half_width(float(d)) * 1.15 + 0.5 for d in z]
        edges = np.array([span(float(d)) if span else (-half, half) for d, half in zip(z, wide, strict=True)])
        x = edges[:, :1] + (edges[:, 1:] - edges[:, :1]) * np.linspace(0, 1, _COLUMNS)[None, :]
        deep = np.broadcast_to(z[:, None], x.shape)
        y, e = heights(x, deep), 0.15
        normal = np.stack(
            [
                heights(x - e, deep) - heights(x + e, deep),
                np.full_like(x, 2 * e),
                heights(x, deep - e) - heights(x, deep + e),
            ],
            -1,
        )
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
        uv = np.stack(np.broadcast_arrays(np.linspace(0, 1, _COLUMNS)[None, :], np.linspace(0, 1, _ROWS)[:, None]), -1)
        self._vertices = np.concatenate([np.stack([x, y, deep], -1), normal, uv], -1).reshape(-1, 8)
        corner = (np.arange(_ROWS - 2, -1, -1)[:, None] * _COLUMNS + np.arange(_COLUMNS - 1)[None, :]).reshape(-1, 1)
        self._indices = (corner + np.array([0, 1, _COLUMNS, 1, _COLUMNS + 1, _COLUMNS])).reshape(-1)
        self._texture: moderngl.Texture | None = None
        self._far_edge = self._vertices.reshape(_ROWS, _COLUMNS, 8)[-1, :, :3]
        self._spans = span is not None
        self._opaque = False
        self._program = gpu.program("ground", "textured")
        self._mesh = self._make_mesh(self._program)

    def bake(self, earth: Earth, shadows: Sequence[Shadow], size: tuple[int, int]) -> None:
        """Paint and light it under the present frame."""
        gpu = self._gpu
        target = gpu.target(*size)
        target.framebuffer.use()
        gpu.blend("replace")
        program = gpu.program("ground", "ground_bake", "BAKE")
        gpu.bind(program, {"grain": gpu.grain})
        lying = [(s.x, s.z, s.radius, s.darkness) for s in shadows][:32]
        padded = [*lying, *[(0.0, 0.0, 1.0, 0.0)] * (32 - len(lying))]
        gpu.set(
            program,
            {
                "low_tone": earth.low,
                "high_tone": earth.high,
                "patch_tone": earth.patch,
                "dapple": earth.dapple,
                "ripple": earth.ripple,
                "sparkle": earth.sparkle,
                "patchiness": earth.patchiness,
                "trail": earth.trail,
                "trail_tone": earth.trail_tone,
                "floes": earth.floes,
                "street": earth.street,
                "shadow_count": len(lying),
                "shadows": padded,
            },
        )
        self._make_mesh(program).render(moderngl.TRIANGLES)
        target.texture.build_mipmaps()
        target.texture.filter = (moderngl.LINEAR_MIPMAP_NEAREST, moderngl.LINEAR)
        self._texture = target.texture
        self._opaque = earth.floes[0] <= 0

    def horizon(self, frame: Frame) -> float:
        """Height in the picture (-1..1) under which nothing behind it is seen."""
        if self._spans or not self._opaque:
            return -1.0
        x, y, z = (self._far_edge - np.array(frame.eye)).T
        away = np.maximum(z, 0.01)
        across = frame.focal * x / (away * frame.aspect) + frame.shift[0]
        up = frame.focal * y / away + frame.shift[1]
        seen = (across[:-1] < 1.0) & (across[1:] > -1.0)
        return float(np.minimum(up[:-1], up[1:])[seen].min(initial=1.0)) if seen.any() else -1.0

    def draw(self, tint: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)) -> None:
        """Draw it as the camera sees it now."""
        if self._texture is None:
            return
        self._gpu.blend("replace" if self._opaque else "over")
        self._gpu.bind(self._program, {"picture": self._texture})
        self._gpu.set(self._program, {"tint": tint})
        self._mesh.render(moderngl.TRIANGLES)

    def _make_mesh(self, program: moderngl.Program) -> moderngl.VertexArray:
        """Programs differ in the inputs that they keep; the others are stepped over."""
        layout, names = [], []
        for name, count in (("position", 3), ("normal", 3), ("texcoord", 2)):
            if name in program:
                layout.append(f"{count}f")
                names.append(name)
            else:
                layout.append(f"{count}x4")
        return self._gpu.mesh(program, self._vertices, " ".join(layout), names, self._indices)
