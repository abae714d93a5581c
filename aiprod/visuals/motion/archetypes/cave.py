"""Cave: a vault of stone round a way out, a lake that glows, crystals, torches, or a beam that falls from above."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from aiprod.visuals.motion.archetypes.cavelight import (
    FLAME,
    Lamp,
    add_beam,
    add_crystals,
    add_lake,
    add_torches,
    glow_of,
    loose_stones,
)
from aiprod.visuals.motion.archetypes.tones import WOOD, leafage_of, season_of
from aiprod.visuals.motion.cards import trees, undergrowth
from aiprod.visuals.motion.cards.stock import Material
from aiprod.visuals.motion.gpu import Uniform
from aiprod.visuals.motion.ground import Earth, Floats, Shadow
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_ROTATION = ("mouth", "crystals", "torches", "lake", "shaft")
_PARTS = ((19.0, 42.0), (10.5, 19.0), (5.6, 10.5), (2.4, 5.6))
"""Distances between which the vault is baked into planes of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hollow:
    """The cave's measures: its rock, its way out (x, y, z, radius), what falls in there, and its lamps."""

    hall: tuple[float, float, float, float]
    rock: tuple[Colour, Colour]
    opening: tuple[float, float, float, float]
    daylight: Colour
    lamps: tuple[Lamp, ...]
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
                mood, ambient=_at_least(scaled(mood.ambient, 0.42)), fog_sun=scaled(day, 1.0), rays=0.9, sun=scaled(mood.sun, 0.8),
                key=0.45, bloom=0.55, threshold=0.85, exposure=1.0, sun_size=min(mood.sun_size, 0.03), moon=False,
            )  # fmt: skip
        if kind == "shaft":
            day = _daylight(mood)
            return replace(
                mood, ambient=_at_least(scaled(mood.ambient, 0.44)), fog=scaled(day, 0.09), fog_sun=scaled(day, 0.20), rays=0.3,
                sun=scaled(day, 1.1 if not mood.night else 1.5), key=0.8, bloom=0.6, threshold=0.7, stars=0.0, exposure=1.05,
            )  # fmt: skip
        colour = FLAME if kind == "torches" else glow_of(spec)
        dim = {"night": 0.55, "dusk": 0.75, "storm": 0.8}.get(spec.time_of_day, 1.0)
        return replace(
            mood, ambient=scaled(mixed((0.10, 0.11, 0.14), scaled(colour, 0.08), 0.35), 0.7 + 0.3 * dim),
            sun=scaled(mixed(colour, (0.8, 0.8, 0.9), 0.35), 1.05 * (0.4 + 0.6 * dim)),
            fog=scaled(mixed(colour, (0.3, 0.36, 0.5), 0.65), 0.075 * dim),
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
            options = PlaneOptions(resolution=0.5 if far < 6 else 0.78, soften=soft, mist=mist)
            world.plane(depth, partial(_paint, world, hollow, near, far), options)
        if kind == "lake":
            add_lake(world)
        else:
            _floor(world, hollow, kind)
        if kind in ("crystals", "lake"):
            add_crystals(world)
        if kind == "torches":
            add_torches(world, hollow.lamps)
        if kind == "shaft":
            add_beam(world)


def _at_least(ambient: Colour, floor: Colour = (0.050, 0.060, 0.090)) -> Colour:
    """Light enough to see by: eyes get used to the dark."""
    return (max(ambient[0], floor[0]), max(ambient[1], floor[1]), max(ambient[2], floor[2]))


def _daylight(mood: Mood) -> Colour:
    return mixed(mood.skyline, scaled(mood.sun, 0.5), 0.4) if not mood.night else scaled(mixed(mood.skyline, mood.sun, 0.5), 1.2)


def _hollow(world: World, kind: str) -> _Hollow:
    spec, random, mood = world.spec, world.random, world.mood
    side = 1.0 if spec.seed % 2 else -1.0
    wide = max(4.4, world.half_width(9.0) * 0.86) * float(random.uniform(0.9, 1.1))
    hall = (wide, float(random.uniform(6.2, 8.2)), {"mouth": 0.022, "torches": 0.03}.get(kind, 0.008), side * 0.5)
    rock = {
        "mouth": (srgb(40, 36, 34), srgb(150, 128, 106)), "torches": (srgb(44, 34, 28), srgb(168, 132, 98)),
        "shaft": (srgb(44, 38, 32), srgb(176, 148, 112)),
    }.get(kind, (srgb(34, 36, 46), srgb(140, 140, 156)))  # fmt: skip
    dim = {"night": 0.55, "dusk": 0.75, "storm": 0.8}.get(spec.time_of_day, 1.0)
    glow = scaled(mixed(glow_of(spec), (0.8, 0.8, 0.85), 0.22), dim)
    lamps: tuple[Lamp, ...] = ()
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
            Lamp(x=min(wide * 0.72, world.half_width(z)) * u, y=2.3, z=z, reach=2.3, colour=scaled(FLAME, 1.5 * dim))
            for u, z in places
        )
    elif kind == "shaft":
        x = (world.setting.sun_at or (0.0, 0.0))[0] * 10.0
        lamps = (
            Lamp(x=x, y=8.5, z=12.0, reach=7.0, colour=scaled(mood.sun, 2.4)),
            Lamp(x=x, y=0.8, z=12.0, reach=4.5, colour=scaled(mood.sun, 1.1)),
        )
    else:
        lamps = (
            Lamp(x=-wide * 0.6, y=0.9, z=10.5, reach=2.6, colour=scaled(glow, 1.5)),
            Lamp(x=wide * 0.55, y=0.8, z=8.4, reach=2.2, colour=scaled(glow, 1.3)),
            Lamp(x=side * 0.8, y=1.0, z=24.0, reach=6.0, colour=scaled(glow, 1.7)),
            Lamp(x=side * wide * 0.4, y=5.5, z=15.0, reach=5.0, colour=scaled((0.52, 0.60, 0.80), 0.9 * dim)),
        )
    teeth = {"mouth": 0.35, "torches": 0.3, "shaft": 0.35}.get(kind, 0.62)
    return _Hollow(hall=hall, rock=rock, opening=opening, daylight=daylight, lamps=lamps, teeth=teeth, wet=0.9 if kind == "lake" else 0.45)


def _paint(world: World, hollow: _Hollow, near: float, far: float) -> None:
    """Fill the target with the part of the vault between two distances."""
    gpu = world.gpu
    padded = [*hollow.lamps, *[Lamp(x=0, y=0, z=0, reach=1, colour=(0, 0, 0))] * (6 - len(hollow.lamps))]
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
    stones = loose_stones(world)
    behind = max(stage.z + 0.6, 5.5)
    rows = ((13.0, 10.5, 17.0, 16, 0.7), (behind + 1, behind, behind + 3, 9, 0.4), (3.4, 3.0, 3.9, 5, 0.26))
    for depth, near, far, count, height in rows:
        gap = 1.0 if depth > 4 else 0.6
        patch = Patch(near=near, far=far, count=count, height=height, gap=gap, clear=world.clearing(0.3))
        world.band(depth, [scatter(world, stones, patch)], PlaneOptions(soften=1.2 if depth < 4 else 0.0))
