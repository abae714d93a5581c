"""A sheet of water: the picture above its far shore, mirrored and broken by waves."""

from dataclasses import dataclass

import moderngl

from aiprod.visuals.motion.gpu import Gpu, Target
from aiprod.visuals.motion.light import Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterLook:
    """`waves` 0.2 (a mirror) to 3 (a storm); `rain` 0..1 rings; `smear` how far reflections run; `deep` its colour."""

    deep: Colour
    waves: float = 1.0
    rain: float = 0.0
    smear: float = 0.011
    reflectance: float = 0.95


class Water:
    """Water from our feet to `depth`, at height 0. It mirrors what was drawn before it, and hides all below."""

    def __init__(self, gpu: Gpu, size: tuple[int, int], depth: float, look: WaterLook) -> None:
        self._gpu, self.depth, self.look = gpu, depth, look
        self._mirror = gpu.target(size[0] // 2, size[1] // 2)
        self._program = gpu.program("water", "water")
        self._mesh = gpu.context.vertex_array(self._program, [(gpu.quad, "2f", "corner")])

    def draw(self, scene: Target) -> None:
        """Mirror `scene` as drawn so far, and draw the surface into it."""
        gpu, frame, look = self._gpu, self._gpu.frame, self.look
        shore = frame.shift[1] - frame.focal * frame.eye[1] / max(self.depth - frame.eye[2], 1.0) * 0.97
        gpu.blend("replace")
        gpu.fill(gpu.screen_program("copy"), self._mirror, textures={"picture": scene.texture})
        scene.framebuffer.use()
        gpu.bind(self._program, {"mirror": self._mirror.texture, "grain": gpu.grain})
        gpu.set(
            self._program,
            {
                "shore": min(shore, 1.0),
                "waves": look.waves,
                "rain": look.rain,
                "smear": look.smear,
                "deep": look.deep,
                "reflectance": look.reflectance,
            },
        )
        self._mesh.render(moderngl.TRIANGLE_STRIP)
        gpu.blend("over")
