"""What stands behind everything where there is no sky: one fragment program over the whole picture, drawn small.

Knows how it is drawn small and seldom; what it shows is its shader's business.
"""

from collections.abc import Mapping

from aiprod.visuals.motion.gpu import Gpu, Uniform
from aiprod.visuals.motion.world import Moment, World

BEHIND = 1e6
"""Order of drawing: before all else."""


class Backdrop:
    """A screen program at 1/`shrink` of the picture's size, drawn anew every `every` frames and shown enlarged."""

    def __init__(
        self, world: World, fragment: str, uniforms: Mapping[str, Uniform], *, shrink: int = 3, every: int = 2
    ) -> None:
        self._gpu: Gpu = world.gpu
        self._uniforms, self._every = uniforms, every
        self._program = world.gpu.screen_program(fragment)
        width, height = world.size
        self._small = world.gpu.target(max(width // shrink, 48), max(height // shrink, 48))
        self._world = world
        world.add(BEHIND, self._draw)

    def _draw(self, moment: Moment) -> None:
        gpu = self._gpu
        gpu.blend("replace")
        if moment.number % self._every == 0:
            gpu.bind(self._program, {"grain": gpu.grain})
            gpu.fill(self._program, self._small, textures={"grain": gpu.grain}, **self._uniforms)
        self._world.scene.framebuffer.use()
        copy = gpu.screen_program("copy")
        gpu.bind(copy, {"picture": self._small.texture})
        gpu.screen(copy)
        gpu.blend("over")
