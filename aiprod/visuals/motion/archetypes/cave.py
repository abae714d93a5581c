"""Cave: a vault of stone round a way out, a lake that glows, crystals, torches, or a beam that falls from above."""

import math
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from aiprod.visuals.motion.archetypes.tones import STONE, WOOD, leafage_of, season_of
from aiprod.visuals.motion.cards import rocks, trees, undergrowth
from aiprod.visuals.motion.cards.stock import CardSet, Material, Stand
from aiprod.visuals.motion.gpu import Uniform
from aiprod.visuals.motion.ground import Earth, Floats, Shadow
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Light, Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Ridge
from aiprod.visuals.motion.sculpture import Carving, Stone, paint_carvings
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.water import WaterLook
from aiprod.visuals.motion.world import World

_ROTATION = ("mouth", "crystals", "torches", "lake", "shaft")
_GLOWS: dict[str, Colour] = {
    "violet": (0.62, 0.28, 1.25), "teal": (0.10, 0.95, 0.85), "rose": (1.2, 0.30, 0.62), "cool": (0.16, 0.52, 1.35),
    "amber": (1.25, 0.62, 0.14), "vivid": (0.20, 1.1, 0.55),
}  # fmt: skip
_GLOW_ROTATION = ("teal", "violet", "cool", "rose")
_FLAME: Colour = (1.9, 0.80, 0.24)
_PARTS = ((19.0, 42.0), (10.5, 19.0), (5.6, 10.5), (2.4, 5.6))
"""Distances between which the vault is baked into planes of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lamp:
    """Something that lights the rock: its place, how far it reaches, its colour."""

    x: float
    y: float
    z: float
    reach: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hollow:
    """The cave's measures: its rock, its way out (x, y, z, radius), what falls in there, and its lamps."""

    hall: tuple[float, float, float, float]
    rock: tuple[Colour, Colour]
    opening: tuple[float, float, float, float]
    daylight: Colour
    lamps: tuple[_Lamp, ...]
    teeth: float
    wet: float


def kind_of(spec: SceneSpec) -> str:
    """Which cave: the lake is for scenes without anyone to stand in it."""
    kind = _ROTATION[spec.variant % len(_ROTATION)]
    return "crystals" if kind == "lake" and spec.subjects else kind


class Cave:
    """Some way inside, on the cave's floor."""

    def setting(self, spec: SceneSpec) -> Setting:
        kind, phase = kind_of(spec), spec.seed % 7

        def heights(x: Floats, z: Floats) -> Floats:
            return np.asarray(0.05 * np.sin(x * 0.9 + z * 0.4 + phase) * np.clip((z - 1) / 4, 0, 1))

        side = 1 if spec.seed % 2 else -1
        sun_at = {"mouth": (side * 0.10, 0.06), "shaft": (side * 0.22, 0.95)}.get(kind, (side * 0.2, 0.12))
        return Setting(
            eye_height=1.5, focal=1.75, horizon=-0.26, reach=1.1, fog=0.0045 if kind == "mouth" else 0.020,
            fog_fall=0.04, stage_near=3.8, stage_far=18.0,
            sun_at=sun_at, heights=heights, indoors=True, sky=kind == "mouth",
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        kind = kind_of(spec)
        if kind == "mouth":
            day = _daylight(mood)
            return replace(
                mood, ambient=scaled(mood.ambient, 0.42), fog_sun=scaled(day, 1.0), rays=0.9, sun=scaled(mood.sun, 0.8),
                key=0.45, bloom=0.55, threshold=0.85, exposure=1.0, sun_size=min(mood.sun_size, 0.03), moon=False,
            )  # fmt: skip
        if kind == "shaft":
            day = _daylight(mood)
            return replace(
                mood, ambient=scaled(mood.ambient, 0.42), fog=scaled(day, 0.09), fog_sun=scaled(day, 0.20), rays=0.3, sun=scaled(day, 0.9),
                key=0.8, bloom=0.6, threshold=0.7, stars=0.0, exposure=1.05,
            )  # fmt: skip
        colour = _FLAME if kind == "torches" else glow_of(spec)
        dim = {"night": 0.55, "dusk": 0.75, "storm": 0.8}.get(spec.time_of_day, 1.0)
        return replace(
            mood, ambient=scaled(mixed((0.07, 0.08, 0.11), scaled(colour, 0.06), 0.35), 0.6 + 0.4 * dim),
            sun=scaled(mixed(colour, (0.8, 0.8, 0.9), 0.35), 0.8 * dim), fog=scaled(mixed(colour, (0.3, 0.36, 0.5), 0.65), 0.075 * dim),
            fog_sun=scaled(colour, 0.16 * dim), rays=0.15, key=0.7, bloom=0.8, threshold=0.6, stars=0.0, exposure=1.1 * (0.7 + 0.3 * dim),
            night=False, saturation=1.0,
        )  # fmt: skip

    def build(self, world: World) -> None:
        spec = world.spec
        kind = kind_of(spec)
        hollow = _hollow(world, kind)
        if kind == "mouth":
            _outside(world)
        for number, (near, far) in enumerate(_PARTS):
            if kind == "mouth":
                far = min(far, hollow.opening[2] + 3.0)
                if near > far:
                    continue
            depth = near + (far - near) * 0.4
            soft = 1.6 if far < 6 else 0.45
            mist = Mist(density=(0.5, 0.35, 0.2, 0.0)[number], speed=0.005, seed=number * 2.7, height=1.8)
            options = PlaneOptions(resolution=0.55 if far < 6 else 1.0, soften=soft, mist=mist)
            world.plane(depth, partial(_paint, world, hollow, near, far), options)
        if kind == "lake":
            _lake(world)
        else:
            _floor(world, hollow, kind)
        if kind in ("crystals", "lake"):
            _crystals(world)
        if kind == "torches":
            _torches(world, hollow)
        if kind == "shaft":
            _beam(world)


def glow_of(spec: SceneSpec) -> Colour:
    """The colour of what glows here."""
    return _GLOWS.get(spec.palette) or _GLOWS[_GLOW_ROTATION[(spec.seed // 2) % len(_GLOW_ROTATION)]]


def _daylight(mood: Mood) -> Colour:
    return mixed(mood.skyline, scaled(mood.sun, 0.5), 0.4) if not mood.night else scaled(mixed(mood.skyline, mood.sun, 0.5), 1.2)


def _hollow(world: World, kind: str) -> _Hollow:
    spec, random, mood = world.spec, world.random, world.mood
    side = 1.0 if spec.seed % 2 else -1.0
    wide = max(4.4, world.half_width(9.0) * 0.86) * float(random.uniform(0.9, 1.1))
    hall = (wide, float(random.uniform(6.2, 8.2)), {"mouth": 0.022, "torches": 0.03}.get(kind, 0.008), side * 0.5)
    rock = {
        "mouth": (srgb(40, 36, 34), srgb(150, 128, 106)), "torches": (srgb(44, 34, 28), srgb(168, 132, 98)),
        "shaft": (srgb(40, 40, 38), srgb(160, 148, 124)),
    }.get(kind, (srgb(34, 36, 46), srgb(140, 140, 156)))  # fmt: skip
    dim = {"night": 0.55, "dusk": 0.75, "storm": 0.8}.get(spec.time_of_day, 1.0)
    glow = scaled(mixed(glow_of(spec), (0.8, 0.8, 0.85), 0.22), dim)
    lamps: tuple[_Lamp, ...] = ()
    opening, daylight = (0.0, 0.0, 0.0, 0.0), scaled(mood.sun, 1.6)
    if kind == "mouth":
        focal = world.framing.focal
        z = 15.0
        x = (world.setting.sun_at or (0.0, 0.0))[0] * world.aspect * z / focal
        opening = (x, 2.9, z, float(random.uniform(3.7, 4.6)) * min(world.fullness, 1.7))
        daylight = scaled(mood.fog_sun, 2.6 if not mood.night else 4.0)
    elif kind == "torches":
        places = ((-0.78, 8.0), (0.74, 11.0), (-0.42, 17.0), (0.3, 25.0))
        lamps = tuple(
            _Lamp(x=min(wide * 0.72, world.half_width(z)) * u, y=2.3, z=z, reach=2.3, colour=scaled(_FLAME, 1.5 * dim))
            for u, z in places
        )
    elif kind == "shaft":
        x = (world.setting.sun_at or (0.0, 0.0))[0] * 10.0
        lamps = (
            _Lamp(x=x, y=8.5, z=12.0, reach=7.0, colour=scaled(mood.sun, 2.4)),
            _Lamp(x=x, y=0.8, z=12.0, reach=4.5, colour=scaled(mood.sun, 1.1)),
        )
    else:
        lamps = (
            _Lamp(x=-wide * 0.6, y=0.9, z=10.5, reach=2.6, colour=scaled(glow, 1.5)),
            _Lamp(x=wide * 0.55, y=0.8, z=8.4, reach=2.2, colour=scaled(glow, 1.3)),
            _Lamp(x=side * 0.8, y=1.0, z=24.0, reach=6.0, colour=scaled(glow, 1.7)),
            _Lamp(x=side * wide * 0.4, y=5.5, z=15.0, reach=5.0, colour=scaled((0.52, 0.60, 0.80), 0.9 * dim)),
        )
    teeth = {"mouth": 0.35, "torches": 0.3, "shaft": 0.35}.get(kind, 0.62)
    return _Hollow(hall=hall, rock=rock, opening=opening, daylight=daylight, lamps=lamps, teeth=teeth, wet=0.9 if kind == "lake" else 0.45)


def _paint(world: World, hollow: _Hollow, near: float, far: float) -> None:
    """Fill the target with the part of the vault between two distances."""
    gpu = world.gpu
    padded = [*hollow.lamps, *[_Lamp(x=0, y=0, z=0, reach=1, colour=(0, 0, 0))] * (6 - len(hollow.lamps))]
    uniforms: dict[str, Uniform] = {
        "range": (near, far), "hall": hollow.hall, "opening": hollow.opening, "seed": float(world.spec.seed % 97) * 0.73 + 1.3,
        "pixel": 2.0 / (gpu.frame.focal * gpu.frame.window[1] * gpu.context.fbo.viewport[3]), "teeth": hollow.teeth, "wet": hollow.wet,
        "rock_dark": hollow.rock[0], "rock_light": hollow.rock[1], "floor_tone": mixed(hollow.rock[0], hollow.rock[1], 0.55),
        "lamps": [(lamp.x, lamp.y, lamp.z, lamp.reach) for lamp in padded], "lamp_colours": [lamp.colour for lamp in padded],
        "lamp_count": len(hollow.lamps), "daylight": hollow.daylight,
    }  # fmt: skip
    program = gpu.screen_program("cave")
    gpu.set(program, uniforms)
    gpu.blend("replace")
    gpu.screen(program)


def _outside(world: World) -> None:
    """What is seen through the way out: far hills, and growth at the threshold."""
    leafage, seed = leafage_of(season_of(world.spec)), float(world.random.random() * 50)
    hills = Ridge(near=90, far=340, height=(46, 70, 30)[world.spec.seed % 3], frequency=0.011, seed=seed,
                  grass=leafage.earth[1], grass_line=0.6, snow_line=0.75, rock_dark=srgb(80, 82, 90),
                  rock_light=srgb(150, 148, 146))  # fmt: skip
    world.ridge(180, hills, options=PlaneOptions(resolution=0.6, mist=Mist(density=0.5, speed=0.003, seed=2, height=16)))
    firs = world.cards([trees.conifer(i) for i in range(4)], Material(dark=leafage.tree[0], light=leafage.tree[1], second_dark=WOOD[0],
                                                                       second_light=WOOD[1], rim=0.8))  # fmt: skip
    bush = world.cards([undergrowth.bush(i) for i in range(4)], Material(dark=leafage.low[0], light=leafage.low[1], rim=0.7))
    world.band(44, [scatter(world, firs, Patch(near=38, far=60, count=34, height=5.5, spread=0.4)),
                    scatter(world, bush, Patch(near=34, far=44, count=40, height=1.0, widen=1.5))],
               PlaneOptions(resolution=0.7, sway=Sway(amount=0.0008, waves=14)))  # fmt: skip


def _floor(world: World, hollow: _Hollow, kind: str) -> None:
    stage, dark = world.stage, hollow.rock[0]
    wide = hollow.hall[0]
    shades = [Shadow(way * wide * reach, z, 2.6, 0.75) for z in (4.0, 7.5, 11.5, 17.0) for way, reach in ((-1, 0.9), (1, 0.9))]
    tones = (mixed(dark, hollow.rock[1], 0.25), mixed(dark, hollow.rock[1], 0.7))
    glitter = 0.25 if kind == "crystals" else 0.0
    world.ground(Earth(low=tones[0], high=tones[1], patch=scaled(tones[0], 0.6), patchiness=0.7, sparkle=glitter), shades, far=60)
    stones = _stones(world)
    behind = max(stage.z + 0.6, 5.5)
    rows = ((13.0, 10.5, 17.0, 16, 0.7), (behind + 1, behind, behind + 3, 9, 0.4), (3.4, 3.0, 3.9, 5, 0.26))
    for depth, near, far, count, height in rows:
        gap = 1.0 if depth > 4 else 0.6
        patch = Patch(near=near, far=far, count=count, height=height, gap=gap, clear=world.clearing(0.3))
        world.band(depth, [scatter(world, stones, patch)], PlaneOptions(soften=1.2 if depth < 4 else 0.0))


def _lake(world: World) -> None:
    glow = glow_of(world.spec)
    world.water(30.0, WaterLook(deep=scaled(glow, 0.11), waves=0.45, smear=0.009, reflectance=0.9))
    world.lights(29.0, lambda t: [Light(0.0, 0.1, 22.0, 9.0, 1.2 + 0.1 * math.sin(t * 1.3), scaled(glow, 0.12))])
    motes = Swarm(kind="FLIES", count=60, depth=(3.0, 18.0), heights=(0.2, 4.0), size=(0.012, 0.03), tone=scaled(glow, 1.2),
                  other_tone=scaled(glow, 0.7), strength=0.9, wind=(0.02, 0, 0))  # fmt: skip
    world.swarm(4.0, motes)
    stones = _stones(world)
    for depth, height, reach in ((12.0, 1.1, 0.45), (6.0, 0.6, 0.5), (3.4, 0.36, 0.35)):
        half, random = world.half_width(depth), world.random
        stands = [
            Stand((-1.0 if i % 2 else 1.0) * half * float(random.uniform(reach, 1.05)), -0.14 * height,
                  depth + float(random.uniform(-0.6, 0.6)), height * float(random.uniform(0.5, 1.1)),
                  int(random.integers(5)), float(random.uniform(0.7, 1.0)), bool(i % 3))
            for i in range(round(9 * world.fullness))
        ]  # fmt: skip
        world.band(depth, [(stones, stands)], PlaneOptions(soften=1.2 if depth < 4 else 0.0))


def _stones(world: World) -> CardSet:
    return world.cards(
        [rocks.rock(i) for i in range(5)],
        Material(dark=scaled(STONE[0], 0.6), light=STONE[1], second_dark=srgb(26, 26, 30), second_light=srgb(120, 116, 112), rim=0.7),
    )


def _crystals(world: World) -> None:
    """Clusters that glow at the foot of the walls, most of one colour and some of another, and their shine."""
    random, glow = world.random, glow_of(world.spec)
    other = (glow[2] * 0.35, glow[0] * 0.6 + 0.3, glow[1] * 0.5 + 0.75)
    wide, stones = max(4.4, world.half_width(9.0) * 0.86), _stones(world)
    for depth, count, tall in ((15.5, 7, 2.1), (9.0, 5, 1.5), (5.6, 2, 0.75)):
        clusters: dict[Colour, list[Carving]] = {glow: [], other: []}
        lights, feet = [], []
        for i in range(round(count * world.fullness)):
            way = -1.0 if i % 2 else 1.0
            z = depth + float(random.uniform(-1.2, 1.2))
            x = way * min(world.half_width(z), wide) * float(random.uniform(0.55, 0.92))
            high, tone = tall * float(random.uniform(0.5, 1.25)), other if random.random() < 0.35 else glow
            clusters[tone].append(
                Carving(kind="CRYSTAL", x=x, y=-0.12, z=z, box=(high * 0.95, high * 1.15, high * 0.95), make=(high, high * 0.14, 0.0, 0.4),
                        turn=float(random.uniform(0, 6)), seed=float(random.uniform(0, 40)))
            )  # fmt: skip
            lights.append(Light(x, high * 0.5, z, high * 1.7, high * 1.5, scaled(tone, 0.035)))
            feet += [Stand(x + high * 0.3 * k, -0.1 * high, z - high * 0.25, high * 0.45, i + k, 0.8, k > 0) for k in (-1, 0, 1)]
        for tone, held in clusters.items():
            stone = Stone(dark=scaled(tone, 0.10), light=mixed(scaled(tone, 0.6), (0.8, 0.8, 0.9), 0.3), ice=True, glow=scaled(tone, 0.55))
            world.plane(depth, partial(paint_carvings, world.gpu, held, stone), PlaneOptions(resolution=1.1))
        world.band(depth - 0.05, [(stones, feet)])
        world.lights(depth - 0.1, partial(_pulse, lights))


def _pulse(lights: list[Light], seconds: float) -> list[Light]:
    return [replace(light, colour=scaled(light.colour, 0.85 + 0.15 * math.sin(seconds * 0.9 + light.x))) for light in lights]


def _torches(world: World, hollow: _Hollow) -> None:
    for number, lamp in enumerate(hollow.lamps):

        def burn(seconds: float, lamp: _Lamp = lamp, number: int = number) -> list[Light]:
            flicker = 0.84 + 0.10 * math.sin(seconds * 9.1 + number * 2) + 0.07 * math.sin(seconds * 17.3 + number)
            return [Light(lamp.x, lamp.y, lamp.z - 0.5, 2.2, 2.2, scaled(_FLAME, 0.20 * flicker)),
                    Light(lamp.x, lamp.y + 0.05, lamp.z - 0.5, 0.22, 0.46 + 0.06 * flicker, scaled(_FLAME, 1.1 * flicker))]  # fmt: skip

        world.lights(lamp.z - 0.6, burn)
        sparks = Swarm(kind="EMBERS", count=22, size=(0.008, 0.022), tone=(2.0, 0.8, 0.2), other_tone=(2.0, 1.1, 0.4), strength=0.8,
                       origin=(lamp.x, lamp.y, lamp.z - 0.5), burst=(0.25, 2.2, 1.0, 0.25))  # fmt: skip
        world.swarm(lamp.z - 0.7, sparks)


def _beam(world: World) -> None:
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
