"""Space and planets: stars, gas and galaxies; a world seen from its orbit, the Earth, Mars, a giant with rings, a moon."""

import math
from dataclasses import dataclass, replace

import numpy as np

from aiprod.visuals.motion.arrangements import ARRANGEMENTS
from aiprod.visuals.motion.backdrop import Backdrop
from aiprod.visuals.motion.gpu import Uniform
from aiprod.visuals.motion.light import Colour, Mood, srgb
from aiprod.visuals.motion.particles import Light
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import Moment, World

_GASES: dict[str, tuple[Colour, Colour, Colour]] = {
    "violet": ((0.34, 0.12, 0.62), (0.62, 0.16, 0.42), (1.2, 0.8, 1.1)),
    "teal": ((0.05, 0.40, 0.46), (0.12, 0.22, 0.62), (0.7, 1.1, 1.2)),
    "amber": ((0.62, 0.30, 0.08), (0.50, 0.12, 0.16), (1.4, 0.95, 0.5)),
    "rose": ((0.66, 0.16, 0.34), (0.26, 0.16, 0.62), (1.3, 0.8, 0.9)),
    "cool": ((0.08, 0.22, 0.66), (0.20, 0.12, 0.52), (0.8, 1.0, 1.4)),
}
_ROTATION = ("violet", "teal", "rose", "cool", "amber")

STARS_DISTANCE = 900.0
PLANET_DISTANCE = 60.0

_WORLDS: dict[str, dict[str, float | Colour]] = {
    "earth": {
        "kind": 0.0, "land": srgb(64, 96, 44), "land_high": srgb(190, 160, 108), "sea": srgb(10, 44, 104), "air": (0.30, 0.56, 1.0),
        "ring": 0.0, "city_lights": 1.0,
    },
    "mars": {
        "kind": 2.0, "land": srgb(150, 70, 38), "land_high": srgb(224, 142, 92), "sea": srgb(90, 40, 24), "air": (0.62, 0.36, 0.22),
        "ring": 0.0, "city_lights": 0.0,
    },
    "giant": {
        "kind": 1.0, "land": srgb(150, 104, 70), "land_high": srgb(240, 214, 172), "sea": srgb(196, 84, 48), "air": (0.5, 0.4, 0.3),
        "ring": 0.0, "city_lights": 0.0,
    },
    "ringed": {
        "kind": 1.0, "land": srgb(176, 142, 92), "land_high": srgb(246, 226, 178), "sea": srgb(206, 170, 120), "air": (0.5, 0.44, 0.32),
        "ring": 0.9, "city_lights": 0.0,
    },
    "moon": {
        "kind": 2.0, "land": srgb(92, 92, 96), "land_high": srgb(198, 196, 192), "sea": srgb(60, 60, 64), "air": (0.0, 0.0, 0.0),
        "ring": 0.0, "city_lights": 0.0,
    },
}  # fmt: skip


class Cosmos:
    """Afloat among the stars; before a world where the spec's archetype is "planet"."""

    def setting(self, spec: SceneSpec) -> Setting:
        del spec
        return Setting(
            eye_height=0.0, focal=1.9, horizon=0.0, reach=1.6, shake=0.5, fog=0.0, fog_fall=0.1, stage_near=5.0,
            stage_far=30.0, sun_at=(-0.8, 0.5), indoors=True, swims=True, sky=False,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        del spec
        return replace(
            mood, sun=(1.5, 1.4, 1.25), ambient=(0.10, 0.12, 0.20), fog=(0.0, 0.0, 0.0), fog_sun=(0.0, 0.0, 0.0), rays=0.0,
            stars=0.0, moon=False, sun_size=0.0, exposure=1.0, bloom=0.75, threshold=0.55, night=True, key=1.1,
        )  # fmt: skip

    def build(self, world: World) -> None:
        spec = world.spec
        planet = spec.archetype == "planet"
        gas, other, core = _GASES.get(spec.palette) or _GASES[_ROTATION[(spec.variant + spec.seed) % len(_ROTATION)]]
        weaker = 0.35 if planet else 1.0
        uniforms: dict[str, Uniform] = {
            "gas": _dim(gas, weaker), "other_gas": _dim(other, weaker), "core": _dim(core, weaker),
            "kind": 1.0 if not planet and spec.variant % 3 == 1 else 0.0, "seed": float(world.random.random() * 8),
        }  # fmt: skip
        Backdrop(world, "cosmos", uniforms, shrink=2, every=4)
        add_stars(world)
        if planet:
            self._planet(world)

    def _planet(self, world: World) -> None:
        spec = world.spec
        side = -1.0 if spec.seed % 2 else 1.0
        kinds = ARRANGEMENTS["planet"]
        close = spec.seed % 3 == 2
        wide = min(max(world.aspect, 0.56), 1.0)
        radius = 46.0 if close else (25.0 if spec.composition != "close" else 31.0) * wide
        half_y = PLANET_DISTANCE / world.setting.focal
        place = (
            (side * 4.0, -half_y - 27.0, PLANET_DISTANCE)
            if close
            else (side * 3.5 * world.aspect, half_y * 0.22, PLANET_DISTANCE)
        )
        lit = (side * -0.72, 0.42 if not close else 0.62, -0.52 if spec.time_of_day not in ("night", "dusk") else 0.30)
        add_globe(world, Globe(kind=kinds[spec.variant % len(kinds)], place=place, radius=radius, lit_from=lit, lying=close))


def add_stars(world: World) -> None:
    """Stars that flicker, and now and then a comet."""
    random = np.random.default_rng(world.spec.seed + 41)
    half_y = STARS_DISTANCE / world.setting.focal * 1.2
    half_x = half_y * max(world.aspect, 0.6) * 1.1
    tints = ((1.0, 0.86, 0.72), (1.0, 1.0, 1.0), (0.76, 0.86, 1.2))
    stars = []
    for _ in range(240):
        bright = 0.10 + 1.5 * random.random() ** 7
        stars.append(
            (
                random.uniform(-half_x, half_x),
                random.uniform(-half_y, half_y),
                bright,
                tints[random.integers(3)],
                random.uniform(0, 6.28),
                random.uniform(0.7, 2.2),
            )
        )

    def shine(seconds: float) -> list[Light]:
        return [
            Light(
                x=x,
                y=y,
                z=STARS_DISTANCE,
                wide=1.6 + 4.2 * bright,
                high=1.6 + 4.2 * bright,
                colour=_dim(tint, bright * (0.86 + 0.14 * math.sin(seconds * pace + phase))),
            )
            for x, y, bright, tint, phase, pace in stars
        ]

    world.lights(STARS_DISTANCE, shine)
    start = float(random.uniform(0.2, 0.6)) * world.seconds

    def comet(seconds: float) -> list[Light]:
        since = seconds - start
        if not 0 <= since < 1.1:
            return []
        x, y = half_x * (0.8 - 1.5 * since), half_y * (0.75 - 0.5 * since)
        fade = math.sin(math.pi * since / 1.1)
        return [
            Light(
                x=x + 8 * i,
                y=y + 2.7 * i,
                z=STARS_DISTANCE,
                wide=9 - i * 0.3,
                high=4.0,
                colour=_dim((1.2, 1.2, 1.3), fade * 0.8**i),
            )
            for i in range(16)
        ]

    world.lights(STARS_DISTANCE - 1, comet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Globe:
    """A world among the stars: which, where (metres), how large, lit from where, and whether we hang over it."""

    kind: str
    place: tuple[float, float, float]
    radius: float
    lit_from: tuple[float, float, float]
    lying: bool = False


def add_globe(world: World, globe: Globe) -> None:
    """A turning world; drawn at three quarters of the size, every other frame."""
    gpu, look = world.gpu, _WORLDS[globe.kind]
    program = gpu.screen_program("globe")
    sun = np.array(globe.lit_from)
    sun /= np.linalg.norm(sun)
    seed = float(world.random.random() * 20)
    small = gpu.target(world.size[0] * 3 // 4, world.size[1] * 3 // 4)

    def draw(moment: Moment) -> None:
        if moment.number % 2 == 0:
            gpu.blend("replace")
            small.framebuffer.use()
            gpu.set(program, {**look, "centre": globe.place, "radius": globe.radius, "seed": seed,
                              "lying": float(globe.lying), "turn": 0.6 + seed + moment.seconds * 0.018,
                              "light_dir": (float(sun[0]), float(sun[1]), float(sun[2]))})  # fmt: skip
            gpu.screen(program)
        world.scene.framebuffer.use()
        gpu.blend("over")
        copy = gpu.screen_program("copy")
        gpu.bind(copy, {"picture": small.texture})
        gpu.screen(copy)

    world.add(globe.place[2], draw)


def _dim(colour: Colour, by: float) -> Colour:
    return (colour[0] * by, colour[1] * by, colour[2] * by)
