"""What floats, falls, rises and flies: rain, snow, dust, leaves, embers, smoke, fireflies, birds; and lights."""

from collections.abc import Sequence
from dataclasses import dataclass

import moderngl
import numpy as np

from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.light import Colour

KINDS = (
    "MOTES",
    "RAIN",
    "SNOW",
    "LEAVES",
    "RISE",
    "BUBBLES",
    "EMBERS",
    "FOUNTAIN",
    "SMOKE",
    "FLIES",
    "STREAKS",
    "BIRDS",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swarm:
    """Many small things of one kind. Distances in metres: `depth` from the eye, `heights` in the world, `size` of one.

    `origin` and `burst` (width, rise, speed, spread or gravity) are for what comes from a source; `solid` 1 covers
    what is behind, 0 adds light.
    """

    kind: str
    count: int
    depth: tuple[float, float] = (1.5, 9.0)
    heights: tuple[float, float] = (0.0, 3.0)
    size: tuple[float, float] = (0.006, 0.02)
    tone: Colour = (1.0, 1.0, 1.0)
    other_tone: Colour = (1.0, 1.0, 1.0)
    strength: float = 0.8
    solid: float = 0.0
    pace: float = 1.0
    wind: tuple[float, float, float] = (0.1, 0.0, 0.0)
    origin: tuple[float, float, float] = (0.0, 0.0, 0.0)
    burst: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)


class Particles:
    """A swarm on the GPU, drawn in one call."""

    def __init__(self, gpu: Gpu, swarm: Swarm, seed: int, depth: float) -> None:
        self._gpu, self.swarm, self.depth = gpu, swarm, depth
        defines = ("BUBBLES", "RISE") if swarm.kind == "BUBBLES" else (swarm.kind,)
        self._program = gpu.program("particle", "particle", *defines)
        seeds = np.random.default_rng(seed).random((swarm.count, 4)).astype(np.float32)
        buffer = gpu.context.buffer(seeds.tobytes())
        self._mesh = gpu.context.vertex_array(self._program, [(gpu.quad, "2f", "corner"), (buffer, "4f/i", "seed")])

    def draw(self) -> None:
        """Draw all of them where they are now."""
        gpu, swarm = self._gpu, self.swarm
        gpu.blend("over")
        gpu.bind(self._program, {"grain": gpu.grain})
        gpu.set(
            self._program,
            {
                "depth": swarm.depth,
                "heights": swarm.heights,
                "size": swarm.size,
                "tone": swarm.tone,
                "other_tone": swarm.other_tone,
                "strength": swarm.strength,
                "solid": swarm.solid,
                "pace": swarm.pace,
                "wind": swarm.wind,
                "origin": swarm.origin,
                "burst": swarm.burst,
            },
        )
        self._mesh.render(moderngl.TRIANGLE_STRIP, instances=swarm.count)


@dataclass(frozen=True, slots=True)
class Light:
    """A soft light at a place, `wide` and `high` metres to its edge."""

    x: float
    y: float
    z: float
    wide: float
    high: float
    colour: Colour


class Lights:
    """Lights added to the picture; given anew every frame."""

    def __init__(self, gpu: Gpu, capacity: int = 256) -> None:
        self._gpu, self._capacity = gpu, capacity
        program = gpu.program("glow", "glow")
        self._buffer = gpu.context.buffer(reserve=capacity * 8 * 4)
        self._mesh = gpu.context.vertex_array(
            program, [(gpu.quad, "2f", "corner"), (self._buffer, "3f 2f 3f/i", "place", "size", "light")]
        )

    def draw(self, lights: Sequence[Light]) -> None:
        """Add `lights` to what is there."""
        shown = lights[: self._capacity]
        if not shown:
            return
        rows = np.array([(s.x, s.y, s.z, s.wide, s.high, *s.colour) for s in shown], dtype=np.float32)
        self._buffer.write(rows.tobytes())
        self._gpu.blend("over")
        self._mesh.render(moderngl.TRIANGLE_STRIP, instances=len(shown))
