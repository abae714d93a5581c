"""Far relief: mountain ranges, volcanoes and heaped clouds, walked ray by ray and therefore only ever baked."""

from dataclasses import dataclass

from aiprod.visuals.motion.gpu import Gpu, Uniform
from aiprod.visuals.motion.light import Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Ridge:
    """A range between two distances (metres). `snow_line` and `grass_line` are parts of its height (over 1: none);
    `gap` opens a valley in the middle, `gap_width` metres wide; `dunes` makes it a
    sea of sand."""

    near: float
    far: float
    height: float
    frequency: float
    seed: float
    base: float = -2.0
    gap: float = 0.0
    gap_width: float = 30.0
    rock_dark: Colour = (0.07, 0.07, 0.08)
    rock_light: Colour = (0.2, 0.19, 0.18)
    snow: Colour = (0.84, 0.87, 0.95)
    grass: Colour = (0.05, 0.09, 0.03)
    snow_line: float = 2.0
    grass_line: float = -1.0
    strata: float = 0.2
    dunes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cone:
    """A volcano in a range: its summit's place, the radius of its slope, and how much lava runs (0..1)."""

    x: float
    z: float
    radius: float
    lava: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cumulus:
    """A field of heaped clouds between two distances and two heights (metres)."""

    near: float
    far: float
    bottom: float
    top: float
    lit: Colour
    dark: Colour
    cover: float = 0.55
    scale: float = 0.02
    seed: float = 0.0
    density: float = 0.09


def paint_ridge(gpu: Gpu, ridge: Ridge, cone: Cone | None = None) -> None:
    """Fill the target with the range, transparent where there is sky."""
    uniforms: dict[str, Uniform] = {
        "range": (ridge.near, ridge.far),
        "height": ridge.height,
        "frequency": ridge.frequency,
        "base": ridge.base,
        "seed": ridge.seed,
        "gap": ridge.gap,
        "gap_width": ridge.gap_width,
        "snow_line": ridge.snow_line,
        "strata": ridge.strata,
        "rock_dark": ridge.rock_dark,
        "rock_light": ridge.rock_light,
        "snow_tone": ridge.snow,
        "grass_tone": ridge.grass,
        "grass_line": ridge.grass_line,
    }
    if cone is not None:
        uniforms["cone"] = (cone.x, cone.z, cone.radius, cone.lava)
    program = gpu.screen_program("ridge", *(("VOLCANO",) if cone else ("DUNES",) if ridge.dunes else ()))
    gpu.set(program, uniforms)
    gpu.blend("replace")
    gpu.screen(program)


def paint_cumulus(gpu: Gpu, field: Cumulus) -> None:
    """Fill the target with clouds, transparent between them."""
    program = gpu.screen_program("cumulus")
    gpu.set(
        program,
        {
            "slab": (field.near, field.far, field.bottom, field.top),
            "lit": field.lit,
            "dark": field.dark,
            "cover": field.cover,
            "scale": field.scale,
            "seed": field.seed,
            "density": field.density,
        },
    )
    gpu.blend("replace")
    gpu.screen(program)
