"""What lights a cave: a lake that glows, crystals at the foot of the walls, torches, a beam that falls from above.

Knows nothing of the vault that they light.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from aiprod.visuals.motion.archetypes.tones import STONE, leafage_of, season_of
from aiprod.visuals.motion.cards import rocks, undergrowth
from aiprod.visuals.motion.cards.stock import CardSet, Material, Stand
from aiprod.visuals.motion.gpu import Uniform
from aiprod.visuals.motion.layers import PlaneOptions, Sway
from aiprod.visuals.motion.light import Colour, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Light, Swarm
from aiprod.visuals.motion.sculpture import Carving, Stone, paint_carvings
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.water import WaterLook
from aiprod.visuals.motion.world import World

_GLOWS: dict[str, Colour] = {
    "violet": (0.62, 0.28, 1.25), "teal": (0.10, 0.95, 0.85), "rose": (1.2, 0.30, 0.62), "cool": (0.16, 0.52, 1.35),
    "amber": (1.25, 0.62, 0.14), "vivid": (0.20, 1.1, 0.55),
}  # fmt: skip
_GLOW_ROTATION = ("teal", "violet", "cool", "rose")
FLAME: Colour = (1.9, 0.80, 0.24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lamp:
    """Something that lights the rock: its place, how far it reaches, its colour."""

    x: float
    y: float
    z: float
    reach: float
    colour: Colour


def glow_of(spec: SceneSpec) -> Colour:
    """The colour of what glows here."""
    return _GLOWS.get(spec.palette) or _GLOWS[_GLOW_ROTATION[(spec.seed // 2) % len(_GLOW_ROTATION)]]


def add_lake(world: World) -> None:
    """Water that glows from the far wall to our feet, stones along its sides."""
    glow = glow_of(world.spec)
    world.water(30.0, WaterLook(deep=scaled(glow, 0.11), waves=0.45, smear=0.009, reflectance=0.9))
    world.lights(29.0, lambda t: [Light(0.0, 0.1, 22.0, 9.0, 1.2 + 0.1 * math.sin(t * 1.3), scaled(glow, 0.12))])
    motes = Swarm(kind="FLIES", count=60, depth=(3.0, 18.0), heights=(0.2, 4.0), size=(0.012, 0.03), tone=scaled(glow, 1.2),
                  other_tone=scaled(glow, 0.7), strength=0.9, wind=(0.02, 0, 0))  # fmt: skip
    world.swarm(4.0, motes)
    stones = loose_stones(world)
    for depth, height, reach in ((12.0, 1.1, 0.45), (6.0, 0.6, 0.5), (3.4, 0.36, 0.35)):
        half, random = world.half_width(depth), world.random
        stands = [
            Stand((-1.0 if i % 2 else 1.0) * half * float(random.uniform(reach, 1.05)), -0.14 * height,
                  depth + float(random.uniform(-0.6, 0.6)), height * float(random.uniform(0.5, 1.1)),
                  int(random.integers(5)), float(random.uniform(0.7, 1.0)), bool(i % 3))
            for i in range(round(9 * world.fullness))
        ]  # fmt: skip
        world.band(depth, [(stones, stands)], PlaneOptions(soften=1.2 if depth < 4 else 0.0))


def loose_stones(world: World) -> CardSet:
    """Dark boulders."""
    return world.cards(
        [rocks.rock(i) for i in range(5)],
        Material(dark=scaled(STONE[0], 0.6), light=STONE[1], second_dark=srgb(26, 26, 30), second_light=srgb(120, 116, 112), rim=0.7),
    )


def add_crystals(world: World) -> None:
    """Clusters that glow at the foot of the walls, most of one colour and some of another, and their shine."""
    random, glow = world.random, glow_of(world.spec)
    other = (glow[2] * 0.35, glow[0] * 0.6 + 0.3, glow[1] * 0.5 + 0.75)
    wide, stones = max(4.4, world.half_width(9.0) * 0.86), loose_stones(world)
    for depth, count, tall in ((15.5, 7, 2.1), (9.0, 5, 1.5), (5.6, 2, 0.75)):
        clusters: dict[Colour, list[Carving]] = {glow: [], other: []}
        lights, feet = [], []
        for i in range(round(count * world.fullness)):
            way = -1.0 if i % 2 else 1.0
            z = depth + float(random.uniform(-1.2, 1.2))
            x = way * min(world.half_width(z), wide) * float(random.uniform(0.55, 0.92))
            high, tone = tall * float(random.uniform(0.5, 1.25)), other if random.random() < 0.35 else glow
            clusters[tone].append(
                Carving(kind="CRYSTAL", x=x, y=0.0, z=z, box=(high * 0.95, high * 1.15, high * 0.95), make=(high, high * 0.14, 0.0, 0.4),
                        turn=float(random.uniform(0, 6)), seed=float(random.uniform(0, 40)))
            )  # fmt: skip
            lights.append(Light(x, high * 0.5, z, high * 1.7, high * 1.5, scaled(tone, 0.035)))
            if world.reflects:
                lights.append(Light(x, -high * 0.9, z, high * 0.6, high * 1.5, scaled(tone, 0.05)))
            feet += [Stand(x + high * 0.3 * k, -0.12 * high - 0.06, z - high * 0.25, high * 0.45, i + k, 0.8, k > 0) for k in (-1, 0, 1)]
        for tone, held in clusters.items():
            stone = Stone(dark=scaled(tone, 0.10), light=mixed(scaled(tone, 0.6), (0.8, 0.8, 0.9), 0.3), ice=True, glow=scaled(tone, 0.55))
            world.plane(depth, partial(paint_carvings, world.gpu, held, stone), PlaneOptions(resolution=1.1))
        world.band(depth - 0.05, [(stones, feet)])
        world.lights(depth - 0.1, partial(_pulse, lights))


def _pulse(lights: list[Light], seconds: float) -> list[Light]:
    return [replace(light, colour=scaled(light.colour, 0.85 + 0.15 * math.sin(seconds * 0.9 + light.x))) for light in lights]


def add_torches(world: World, lamps: Sequence[Lamp]) -> None:
    """A flame and its sparks at each lamp."""
    for number, lamp in enumerate(lamps):

        def burn(seconds: float, lamp: Lamp = lamp, number: int = number) -> list[Light]:
            flicker = 0.84 + 0.10 * math.sin(seconds * 9.1 + number * 2) + 0.07 * math.sin(seconds * 17.3 + number)
            return [Light(lamp.x, lamp.y, lamp.z - 0.5, 2.2, 2.2, scaled(FLAME, 0.20 * flicker)),
                    Light(lamp.x, lamp.y + 0.05, lamp.z - 0.5, 0.22, 0.46 + 0.06 * flicker, scaled(FLAME, 1.1 * flicker))]  # fmt: skip

        world.lights(lamp.z - 0.6, burn)
        sparks = Swarm(kind="EMBERS", count=22, size=(0.008, 0.022), tone=(2.0, 0.8, 0.2), other_tone=(2.0, 1.1, 0.4), strength=0.8,
                       origin=(lamp.x, lamp.y, lamp.z - 0.5), burst=(0.25, 2.2, 1.0, 0.25))  # fmt: skip
        world.swarm(lamp.z - 0.7, sparks)


def add_beam(world: World) -> None:
    """Light that falls through a hole in the vault."""
    x = (world.setting.sun_at or (0.0, 0.0))[0] * 10.0
    gpu, mood = world.gpu, world.mood
    uniforms: dict[str, Uniform] = {"top": (x * 0.8, 9.5), "foot": (x, -0.1), "depth": 13.0, "tone": scaled(mood.sun, 0.30)}

    def draw(_: object) -> None:
        program = gpu.screen_program("beam")
        gpu.blend("over")
        gpu.bind(program, {"grain": gpu.grain})
        gpu.set(program, uniforms)
        gpu.screen(program)

    world.add(12.9, draw)
    leafage = leafage_of(season_of(world.spec))
    fern = world.cards([undergrowth.fern(i) for i in range(4)], Material(dark=leafage.low[0], light=leafage.low[1], rim=0.9))
    grass = world.cards([undergrowth.grass(i) for i in range(5)], Material(dark=leafage.grass[0], light=leafage.grass[1], rim=0.8))
    random, plantings = world.random, []
    for cards, count, tall in ((grass, 60, 0.45), (fern, 16, 0.7)):
        spots = [(x + float(random.normal()) * 1.0, 12.6 + float(random.normal()) * 0.8) for _ in range(count)]
        plantings.append((cards, [Stand(px, world.height_at(px, pz) - 0.05, pz, tall * float(random.uniform(0.5, 1.2)), i, 0.8)
                                  for i, (px, pz) in enumerate(spots)]))  # fmt: skip
    world.band(12.6, plantings, PlaneOptions(sway=Sway(amount=0.0015, start=0.1, waves=8)))
