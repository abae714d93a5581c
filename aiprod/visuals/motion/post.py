"""From the scene's light to the finished picture: bloom, shafts of light, and the grade of mood, palette and style."""

from dataclasses import dataclass

from aiprod.visuals.motion.gpu import Gpu, Target, Vector
from aiprod.visuals.motion.light import Colour, Mood
from aiprod.visuals.motion.palettes import Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """What one frame asks of the last pass: where the light comes from (0..1 across and up), a flash, a fade."""

    light_at: tuple[float, float]
    flash: float = 0.0
    fade: float = 1.0


class Darkroom:
    """Targets of the last passes, for one size of picture."""

    def __init__(self, gpu: Gpu, size: tuple[int, int], mood: Mood, grade: Grade) -> None:
        width, height = size
        self._gpu, self._mood, self._grade = gpu, mood, grade
        self._quarter = gpu.target(width // 4, height // 4, "f2")
        self._quarter_spare = gpu.target(width // 4, height // 4, "f2")
        self._wide = gpu.target(width // 12, height // 12, "f2")
        self._wide_spare = gpu.target(width // 12, height // 12, "f2")
        self._shafts = gpu.target(width // 8, height // 8, "f2")
        self._shine = gpu.target(width // 4, height // 4)
        self.picture = gpu.target(width, height)

    def develop(self, scene: Target, finish: Finish) -> Target:
        """The finished picture, rows from the top."""
        gpu, mood, grade = self._gpu, self._mood, self._grade
        gpu.blend("replace")
        quarter, wide = self._quarter, self._wide
        gpu.fill(
            gpu.screen_program("shrink", "BRIGHT"),
            quarter,
            textures={"picture": scene.texture},
            texel=_texel(scene),
            threshold=mood.threshold,
        )
        if mood.rays > 0.02:
            gpu.fill(
                gpu.screen_program("rays"),
                self._shafts,
                textures={"picture": quarter.texture},
                source=finish.light_at,
                reach=0.85,
            )
        else:
            self._shafts.framebuffer.clear()
        gpu.fill(gpu.screen_program("shrink"), wide, textures={"picture": quarter.texture}, texel=_texel(quarter))
        self._blur(wide, self._wide_spare, 1.0)
        self._blur(wide, self._wide_spare, 2.2)
        self._blur(quarter, self._quarter_spare, 1.0)
        brightest = max(*mood.sun, 1e-3)
        gpu.fill(
            gpu.screen_program("shine"),
            self._shine,
            textures={"narrow": quarter.texture, "wide": wide.texture, "shafts": self._shafts.texture},
            bloom=mood.bloom * grade.bloom,
            shaft_strength=mood.rays * grade.rays,
            shaft_tone=tuple(c / brightest for c in mood.sun),
        )
        gpu.fill(
            gpu.screen_program("grade", *grade.switches),
            self.picture,
            textures={"picture": scene.texture, "shine": self._shine.texture, "grain": gpu.grain},
            texel=_texel(scene),
            exposure=mood.exposure * grade.exposure,
            vignette=grade.vignette,
            saturation=grade.saturation * mood.saturation,
            contrast=grade.contrast,
            flash=finish.flash,
            fade=finish.fade,
            posterise=grade.posterise,
            lift=grade.lift,
            gain=grade.gain,
            paper=grade.paper,
            ink=grade.ink,
            shadow_tint=_tinted(grade.shadow_tint, mood.shadow_tint, grade.mood_tint),
            light_tint=_tinted(grade.light_tint, mood.light_tint, grade.mood_tint),
        )
        return self.picture

    def _blur(self, target: Target, spare: Target, reach: float) -> None:
        gpu, program = self._gpu, self._gpu.screen_program("blur")
        across, down = _texel(target)
        gpu.fill(program, spare, textures={"picture": target.texture}, along=(across * reach, 0.0))
        gpu.fill(program, target, textures={"picture": spare.texture}, along=(0.0, down * reach))


def _texel(target: Target) -> Vector:
    return (1.0 / target.width, 1.0 / target.height)


def _tinted(grade: Colour, mood: Colour, share: float) -> Vector:
    return tuple(g + m * share for g, m in zip(grade, mood, strict=True))
