"""Polar: floes on dark water, bergs, a glacier's front, an ice sheet without end; northern lights by night."""

from dataclasses import replace
from functools import partial

import numpy as np

from aiprod.visuals.motion.archetypes.tones import STONE
from aiprod.visuals.motion.aurora import add_aurora
from aiprod.visuals.motion.cards import rocks
from aiprod.visuals.motion.cards.stock import Material
from aiprod.visuals.motion.ground import Earth, Floats
from aiprod.visuals.motion.layers import Mist, PlaneOptions
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Ridge, paint_ridge
from aiprod.visuals.motion.sculpture import Carving, Stone, paint_carvings
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.water import WaterLook
from aiprod.visuals.motion.world import World

HORIZON = 900.0
"""Metres at which water meets sky."""
_ROTATION = ("floes", "bergs", "glacier", "sheet")
_SNOW, _BLUE = srgb(232, 240, 250), srgb(62, 138, 178)
_THICK = 0.22
"""Metres that a floe stands over the water."""


def kind_of(spec: SceneSpec) -> str:
    """Which stretch of ice."""
    return _ROTATION[spec.variant % len(_ROTATION)]


class Polar:
    """At the edge of the ice, or far out on it."""

    def setting(self, spec: SceneSpec) -> Setting:
        sheet, phase = kind_of(spec) == "sheet", spec.seed % 9 * 0.7

        def heights(x: Floats, z: Floats) -> Floats:
            drift = 0.10 * np.sin(x * 0.45 + z * 0.25 + phase) + 0.04 * np.sin(x * 1.3 - z * 0.6)
            return np.asarray((drift * np.clip((z - 1) / 5, 0, 1) if sheet else drift * 0.12) + _THICK)

        side = 1 if spec.seed % 2 else -1
        sun_at = {
            "day": (side * 0.5, 0.50), "golden": (side * 0.34, 0.10), "dawn": (side * 0.24, 0.02), "sunset": (side * 0.22, -0.02),
        }.get(spec.time_of_day)  # fmt: skip
        return Setting(
            eye_height=2.0, focal=2.0, horizon=-0.14, reach=1.4, fog=0.0024, fog_fall=0.02, stage_near=4.4,
            stage_far=40.0, sun_at=sun_at, heights=heights, clouds=0.9, cloud_scale=0.8,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        pale = scaled(srgb(190, 214, 236), max(mood.fog) * 1.1)
        cold = replace(
            mood, fog=mixed(mood.fog, pale, 0.45), ambient=mixed(mood.ambient, scaled((0.78, 0.95, 1.2), mood.ambient[2]), 0.55),
            sun_size=min(mood.sun_size, 0.05), key=max(mood.key, 0.55),
        )  # fmt: skip
        if spec.time_of_day in ("day", "overcast"):
            return replace(cold, exposure=0.63, threshold=1.25, rays=0.2)
        if mood.night:
            return replace(cold, exposure=mood.exposure * 0.9, cover=mood.cover * 0.5, moon=mood.moon and spec.weather != "clear")
        return replace(cold, exposure=mood.exposure * 0.82, threshold=1.2)

    def build(self, world: World) -> None:
        spec, mood, kind = world.spec, world.mood, kind_of(world.spec)
        if mood.stars > 0.3 and spec.weather == "clear":
            add_aurora(world, 1.15 if mood.stars > 0.5 else 0.5)
        _far_land(world, kind)
        if kind == "sheet":
            _sheet(world)
        else:
            _water(world, kind)
        _near(world, kind)
        if spec.weather == "clear" and spec.particles == "none":
            tone = scaled((1.0, 1.02, 1.08), 0.4 if mood.night else 1.0)
            flakes = Swarm(kind="SNOW", count=90, depth=(2.2, 14), heights=(-0.6, 7), size=(0.005, 0.014), tone=tone, other_tone=tone,
                           strength=0.7, solid=1.0, pace=0.5)  # fmt: skip
            world.swarm(4.5, flakes)


def _ice() -> Stone:
    return Stone(dark=_BLUE, light=_SNOW, ice=True)


def _number(world: World) -> float:
    return float(world.random.uniform(0, 40))


def _far_land(world: World, kind: str) -> None:
    """White mountains over the horizon, bare rock showing."""
    seed, mood = _number(world), world.mood
    height = {"floes": 60, "bergs": 0, "glacier": 110, "sheet": 105}[kind] * (0.8 + 0.4 * (world.spec.seed % 5) / 4)
    if not height:
        return
    ridge = Ridge(
        near=280, far=760, height=height, frequency=0.0068, seed=seed, rock_dark=srgb(66, 76, 94), rock_light=srgb(128, 138, 152),
        snow=_SNOW, snow_line=-0.05, base=-4.0, gap=0.0 if kind == "glacier" else 0.6, gap_width=110,
    )  # fmt: skip
    mist = Mist(density=min(0.4 * mood.thickness, 0.8), speed=0.003, seed=2, height=22)
    world.plane(430, partial(paint_ridge, world.gpu, ridge, None), PlaneOptions(resolution=0.85, mist=mist), order=HORIZON + 400)


def _berg(world: World, x: float, z: float, half: float, high: float, *, tabular: float) -> Carving:
    random = world.random
    return Carving(
        kind="BERG", x=x, y=-0.3, z=z, box=(half * 1.15, high * 1.12, half * 0.85),
        make=(half, high * 1.45, half * 0.7, min(half * 0.35, high * 0.45)),
        more=(tabular, float(random.uniform(-0.25, 0.25)), 0.0, 0.0), turn=float(random.uniform(-0.6, 0.6)), seed=_number(world),
    )  # fmt: skip


def _water(world: World, kind: str) -> None:
    spec, mood, random, stage = world.spec, world.mood, world.random, world.stage
    side = 1.0 if spec.seed % 2 else -1.0
    mist = Mist(density=min(0.35 * mood.thickness, 0.7), speed=0.004, seed=5, height=7)
    if kind == "glacier":
        wall = Carving(kind="GLACIER", x=0.0, y=-0.5, z=135.0, box=(150.0, 34.0, 26.0), make=(150.0, 27.0, 15.0, 2.4),
                       seed=_number(world), turn=side * 0.14)  # fmt: skip
        world.plane(120, partial(paint_carvings, world.gpu, [wall], _ice()), PlaneOptions(resolution=1.1, mist=mist), order=HORIZON + 120)
    far: list[Carving] = []
    for i in range(round({"floes": 3, "bergs": 4, "glacier": 0}[kind] * max(world.fullness, 1))):
        z = float(random.uniform(150, 260))
        x = float(random.uniform(-1, 1)) * world.half_width(z)
        half, high = float(random.uniform(9, 22)), float(random.uniform(5, 17))
        far.append(_berg(world, x, z, half, high, tabular=float((i + spec.seed) % 2)))
    if kind == "bergs":
        z = 78.0
        half, high = float(random.uniform(13, 16)), float(random.uniform(17, 25))
        far.append(_berg(world, side * world.half_width(z) * 0.28, z, half, high, tabular=0.0))
        far.append(_berg(world, -side * world.half_width(z) * 0.8, 105.0, 11.0, float(random.uniform(6, 10)), tabular=1.0))
    if far:
        world.plane(100, partial(paint_carvings, world.gpu, far, _ice()), PlaneOptions(resolution=1.15, mist=mist), order=HORIZON + 100)
    rough = spec.weather in ("storm", "wind")
    deep = scaled(mixed(srgb(8, 38, 56), mood.zenith, 0.35), 0.25 if mood.night else 0.6)
    world.water(HORIZON, WaterLook(deep=deep, waves=1.6 if rough else 0.7, smear=0.010, reflectance=0.9))
    world.reflects = False  # whoever is here stands on the ice
    closed = stage.z + 2.6 if spec.subjects else float(random.uniform(2.8, 4.0))
    size, water = {"floes": (3.4, 0.42), "bergs": (2.6, 0.80), "glacier": (2.2, 0.66)}[kind]
    world.ground(
        Earth(low=srgb(190, 208, 230), high=_SNOW, patch=srgb(150, 188, 214), sparkle=0.6, patchiness=0.7, ripple=0.12,
              floes=(size, water, closed, _THICK)),
        far=190 if kind == "floes" else 110,
    )  # fmt: skip
    growlers = []
    for _ in range(round(6 * world.fullness)):
        z = float(random.uniform(max(16.0, closed + 4), 58.0))
        x = (1.0 if random.random() < 0.5 else -1.0) * world.half_width(z) * float(random.uniform(0.35, 1.05))
        size = z * float(random.uniform(0.03, 0.07))
        growlers.append(_berg(world, x, z, size, size * float(random.uniform(0.5, 0.95)), tabular=float(random.random() < 0.4)))
    for depth, low, high in ((40.0, 28.0, 99.0), (20.0, 0.0, 28.0)):
        held = [carving for carving in growlers if low <= carving.z < high]
        if held:
            world.plane(depth, partial(paint_carvings, world.gpu, held, _ice()), PlaneOptions(resolution=1.15))


def _sheet(world: World) -> None:
    world.ground(
        Earth(low=srgb(186, 204, 228), high=_SNOW, patch=srgb(150, 182, 210), sparkle=0.9, patchiness=0.6, ripple=0.45), far=190
    )
    random = world.random
    for depth, count, tall in ((46.0, 16, 1.6), (24.0, 9, 1.1), (13.0, 5, 0.7)):
        blocks = []
        for _ in range(round(count * world.fullness)):
            z = depth * float(random.uniform(0.85, 1.15))
            x = float(random.uniform(-1, 1)) * world.half_width(z)
            if abs(x - world.stage.x) < 1.6 and depth < 30:
                continue
            high = tall * float(random.uniform(0.5, 1.3))
            berg = _berg(world, x, z, high * 0.9, high, tabular=float(random.random() < 0.3))
            blocks.append(replace(berg, y=world.height_at(x, z) - 0.1))
        mist = Mist(density=0.35 * world.mood.thickness * min(depth / 40, 1.0), speed=0.012, seed=depth, height=1.6)
        world.plane(depth, partial(paint_carvings, world.gpu, blocks, _ice()), PlaneOptions(resolution=1.15, mist=mist))
    drift = scaled((0.9, 0.95, 1.05), 0.35 if world.mood.night else 0.9)
    blown = Swarm(kind="STREAKS", count=110, depth=(3.0, 24.0), heights=(0.05, 0.9), size=(0.25, 0.9), tone=drift, other_tone=drift,
                  strength=0.10, wind=(3.2, 0.1, 0))  # fmt: skip
    world.swarm(9.0, blown)


def _near(world: World, kind: str) -> None:
    """Broken ice at the picture's edges."""
    stage, random = world.stage, world.random
    chunks = []
    for way in (-1.0, 1.0):
        for _ in range(2):
            z = float(random.uniform(max(stage.z - 0.2, 4.8), stage.z + 2.0))
            size = float(random.uniform(0.25, 0.6))
            x = way * world.half_width(z) * float(random.uniform(0.6, 1.0))
            if abs(x - stage.x) > 1.0 + size:
                chunks.append(replace(_berg(world, x, z, size, size * 0.8, tabular=0.0), y=world.height_at(x, z) - 0.08))
    world.plane(max(stage.z + 0.9, 5.4), partial(paint_carvings, world.gpu, chunks, _ice()))
    if kind == "sheet":
        stones = world.cards([rocks.rock(i, snow=True) for i in range(5)], _frozen())
        near = scatter(world, stones, Patch(near=2.6, far=3.4, count=5, height=0.16, gap=0.5))
        world.band(3.0, [near], PlaneOptions(resolution=0.7, soften=2.0))


def _frozen() -> Material:
    pale: tuple[Colour, Colour] = (srgb(150, 176, 204), _SNOW)
    return Material(dark=pale[0], light=pale[1], second_dark=mixed(STONE[0], _BLUE, 0.7), second_light=mixed(pale[0], _BLUE, 0.3), rim=0.4)
