"""Northern lights over a night sky: drawn small every second frame, added to the picture."""

from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.light import Colour, srgb
from aiprod.visuals.motion.world import Moment, World

_TONES: tuple[tuple[Colour, Colour], ...] = (
    (srgb(40, 255, 150), srgb(80, 110, 255)),
    (srgb(60, 255, 200), srgb(200, 70, 230)),
    (srgb(120, 255, 110), srgb(40, 190, 255)),
)


def add_aurora(world: World, strength: float = 1.0) -> None:
    """Hang curtains of light over the scene, behind everything but the stars."""
    gpu: Gpu = world.gpu
    target = gpu.target(max(world.size[0] // 4, 48), max(world.size[1] // 4, 48))
    low, high = _TONES[world.spec.seed % len(_TONES)]
    seed = float(world.random.random() * 7)

    def draw(moment: Moment) -> None:
        if moment.number % 2 == 0:
            gpu.blend("replace")
            gpu.fill(
                gpu.screen_program("aurora"),
                target,
                textures={"grain": gpu.grain},
                low_tone=low,
                high_tone=high,
                strength=strength,
                seed=seed,
            )
            world.scene.framebuffer.use()
        gpu.blend("add")
        program = gpu.screen_program("copy")
        gpu.bind(program, {"picture": target.texture})
        gpu.screen(program)

    world.add(9e5, draw)
