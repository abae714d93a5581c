"""The sky of a mood: gradient, sun, clouds, stars and moon; drawn small every third frame, shown through every lens."""

from dataclasses import dataclass

import moderngl
import numpy as np

from aiprod.visuals.motion.camera import Lens
from aiprod.visuals.motion.gpu import Frame, Gpu
from aiprod.visuals.motion.light import Mood

_EVERY = 3
_OVERSCAN = 1.18
_STARS = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Clouds:
    """High clouds: how much of the sky, how large, how fast, how soft their edges."""

    cover: float
    scale: float = 1.0
    speed: float = 1.0
    softness: float = 0.26


class Sky:
    """A sky, with the moon and the stars where the mood has them."""

    depth = 1e6

    def __init__(self, gpu: Gpu, size: tuple[int, int], mood: Mood, clouds: Clouds, seed: int) -> None:
        self._gpu, self._mood, self._clouds = gpu, mood, clouds
        self._target = gpu.target(max(size[0] // 4, 48), max(size[1] // 4, 48))
        self._size = size
        self._drawn: Lens | None = None
        random = np.random.default_rng(seed + 99)
        self._cloud_seed = float(random.random() * 9)
        self._phase = float(random.uniform(0.35, 1.25))
        self._stars = self._make_stars(random) if mood.stars else None
        self._moon = (
            gpu.context.vertex_array(gpu.program("moon", "moon"), [(gpu.quad, "2f", "corner")]) if mood.moon else None
        )

    def draw(self, number: int, lens: Lens) -> None:
        """Fill the picture; `number` is the frame's."""
        gpu = self._gpu
        scene = gpu.context.fbo
        if self._drawn is None or number % _EVERY == 0:
            self._draw_small()
            self._drawn = lens
        old = self._drawn
        ratio = old.focal / lens.focal / _OVERSCAN
        remap = (
            ratio,
            ratio,
            (old.shift[0] - lens.shift[0] * old.focal / lens.focal) / _OVERSCAN,
            (old.shift[1] - lens.shift[1] * old.focal / lens.focal) / _OVERSCAN,
        )
        scene.use()
        gpu.blend("replace")
        program = gpu.screen_program("sky_blit")
        gpu.bind(program, {"picture": self._target.texture})
        gpu.set(program, {"remap": remap})
        gpu.screen(program)
        if self._stars is not None:
            gpu.blend("add")
            star = gpu.program("star", "glow")
            gpu.set(star, {"brightness": self._mood.stars, "pixel": 2.0 / max(min(self._size), 240) * 1.25})
            self._stars.render(moderngl.TRIANGLE_STRIP, instances=_STARS)
        if self._moon is not None:
            gpu.blend("over")
            moon = gpu.program("moon", "moon")
            gpu.bind(moon, {"grain": gpu.grain})
            gpu.set(moon, {"radius": 0.075, "phase": self._phase, "strength": 1.0})
            self._moon.render(moderngl.TRIANGLE_STRIP)

    def _draw_small(self) -> None:
        mood, clouds = self._mood, self._clouds
        self._gpu.blend("replace")
        self._gpu.fill(
            self._gpu.screen_program("sky"),
            self._target,
            textures={"grain": self._gpu.grain},
            zenith=mood.zenith,
            middle=mood.middle,
            skyline=mood.skyline,
            cloud_lit=mood.cloud_lit,
            cloud_dark=mood.cloud_dark,
            cover=clouds.cover,
            cloud_scale=clouds.scale,
            cloud_speed=clouds.speed,
            softness=clouds.softness,
            starlight=mood.stars,
            sun_glow=mood.glow,
            sun_size=mood.sun_size,
            overscan=_OVERSCAN,
            cloud_seed=self._cloud_seed,
        )

    def _make_stars(self, random: np.random.Generator) -> moderngl.VertexArray:
        spread = np.stack(
            [
                random.uniform(-1.2, 1.2, _STARS),
                random.uniform(0.0, 1.0, _STARS),
                random.random(_STARS),
                random.uniform(0, 6.28, _STARS),
            ],
            -1,
        )
        gpu = self._gpu
        buffer = gpu.context.buffer(spread.astype(np.float32).tobytes())
        return gpu.context.vertex_array(
            gpu.program("star", "glow"), [(gpu.quad, "2f", "corner"), (buffer, "4f/i", "star")]
        )


def sun_direction(frame: Frame, at: tuple[float, float]) -> tuple[float, float, float]:
    """The direction whose image stands at `at` (-1..1 both ways)."""
    v = np.array([(at[0] - frame.shift[0]) * frame.aspect / frame.focal, (at[1] - frame.shift[1]) / frame.focal, 1.0])
    v /= np.linalg.norm(v)
    return float(v[0]), float(v[1]), float(v[2])
