"""Sea: open water to the horizon, with isles, cliffs or a lighthouse far off; a beach with palms when asked for."""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.tones import STONE, WOOD
from aiprod.visuals.motion.cards import rocks, warm
from aiprod.visuals.motion.cards.stock import Material, Stand
from aiprod.visuals.motion.ground import Earth, Floats, flat
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.relief import Cumulus, Ridge, paint_ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.water import WaterLook
from aiprod.visuals.motion.world import World

HORIZON = 900.0
"""Metres at which water meets sky."""
WATERLINE = 9.0
"""Metres at which a beach ends."""


class Sea:
    """Low over the waves, or on the sand before them."""

    def setting(self, spec: SceneSpec) -> Setting:
        side = 1 if spec.seed % 2 else -1
        sun_at = {
            "golden": (side * 0.3, 0.24), "dawn": (side * 0.2, 0.12), "sunset": (side * 0.14, 0.06), "day": (side * 0.4, 0.7),
        }  # fmt: skip
        beach = spec.archetype == "beach"

        def sand(x: Floats, z: Floats) -> Floats:
            slope = 0.35 * np.clip((WATERLINE - z) / WATERLINE, -1.2, 1.0)
            return np.asarray(slope + 0.05 * np.sin(x * 0.8 + z * 0.5))

        return Setting(
            eye_height=2.0 if beach else 1.7, horizon=-0.12 if beach else -0.16, reach=1.2, shake=1.6 if not beach else 1.0,
            fog=0.0022, fog_fall=0.03, stage_near=4.4 if beach else 7.0, stage_far=60.0, sun_at=sun_at.get(spec.time_of_day),
            heights=sand if beach else flat,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        return replace(mood, rays=mood.rays * (0.9 if spec.archetype == "sea" else 0.6))

    def build(self, world: World) -> None:
        spec, mood = world.spec, world.mood
        seed = float(world.random.random() * 50)
        rough = spec.weather in ("storm", "wind") or spec.time_of_day == "storm"
        if mood.stars < 0.5 and not rough:
            clouds = Cumulus(near=920, far=1900, bottom=100, top=330, lit=mood.cloud_lit, dark=mood.cloud_dark,
                             cover=0.42 + 0.1 * (spec.variant % 3), scale=0.0045, seed=seed, density=0.05)  # fmt: skip
            world.cumulus(1000, clouds)
        self._far_land(world, seed)
        clear_water = mixed(srgb(6, 60, 92), srgb(20, 130, 140), 0.5 if spec.archetype == "beach" else 0.1)
        deep = scaled(mixed(clear_water, mood.zenith, 0.4), 0.25 if mood.night else (0.55 if rough else 0.8))
        rain = 0.6 if spec.weather in ("rain", "storm") else 0.0
        look = WaterLook(deep=deep, waves=2.6 if rough else 1.25, rain=rain, smear=0.013, reflectance=0.86)
        world.water(HORIZON, look)
        if spec.archetype == "beach":
            self._beach(world)
        else:
            self._rocks(world)
        tone = scaled(mood.ambient, 0.25)
        if not mood.night and spec.weather in ("clear", "wind"):
            gulls = Swarm(kind="BIRDS", count=6, depth=(18, 60), heights=(5, 16), size=(0.5, 0.9),
                          tone=mixed(tone, mood.cloud_lit, 0.25), strength=0.85, wind=(1.4, 0, 0))  # fmt: skip
            world.swarm(60, gulls)
        if rough:
            spray = Swarm(kind="STREAKS", count=90, depth=(3, 20), heights=(0.0, 1.4), size=(0.2, 0.7), tone=mood.fog_sun,
                          other_tone=mood.fog, strength=0.16, wind=(5.0, 0.4, 0))  # fmt: skip
            world.swarm(6, spray)

    def _far_land(self, world: World, seed: float) -> None:
        """Isles or a cliff coast on the horizon, in two of three variants."""
        spec, mood = world.spec, world.mood
        kind = spec.variant % 3
        if kind == 0 and spec.archetype == "sea":
            return
        green = srgb(58, 84, 44)
        ridge = Ridge(near=260, far=620, height=(44, 58, 26)[kind], frequency=(0.008, 0.011, 0.016)[kind], seed=seed,
                      rock_dark=srgb(58, 58, 64), rock_light=srgb(140, 130, 118), grass=green, grass_line=0.75,
                      gap=0.95, gap_width=(90, 110, 60)[kind], strata=0.6, base=-9)  # fmt: skip
        options = PlaneOptions(resolution=0.9, mist=Mist(density=0.5 * min(mood.thickness, 1.6), seed=3, height=14))
        world.plane(330, lambda: paint_ridge(world.gpu, ridge, None), options, order=HORIZON + 100)

    def _rocks(self, world: World) -> None:
        """Wet stones that break the water on one side."""
        stones = world.cards([rocks.rock(i) for i in range(5)],
                             Material(dark=scaled(STONE[0], 0.6), light=scaled(STONE[1], 0.7), second_dark=STONE[0],
                                      second_light=STONE[1], rim=0.6))  # fmt: skip
        side, random = (-1 if world.spec.seed % 2 else 1), world.random
        for depth, count, size in ((26.0, 5, 2.4), (11.0, 4, 1.3)):
            half = world.half_width(depth)
            stands = [
                Stand(side * half * random.uniform(0.45, 1.1), -0.12 * size, depth + random.uniform(-2, 2),
                      size * random.uniform(0.5, 1.1), int(random.integers(5)), random.uniform(0.7, 1), bool(random.random() < 0.5))
                for _ in range(round(count * world.fullness))
            ]  # fmt: skip
            world.band(depth, [(stones, stands)])

    def _beach(self, world: World) -> None:
        spec, mood = world.spec, world.mood
        sand = (srgb(198, 170, 124), srgb(238, 218, 178))
        world.ground(Earth(low=sand[0], high=sand[1], patch=mixed(sand[0], sand[1], 0.3), ripple=0.35, patchiness=0.3),
                     near=0.9, far=WATERLINE + 0.4)  # fmt: skip
        foam = Swarm(kind="STREAKS", count=70, depth=(WATERLINE - 1.5, WATERLINE + 3), heights=(0.0, 0.12), size=(0.25, 0.8),
                     tone=mood.cloud_lit, other_tone=mood.cloud_lit, strength=0.2, wind=(0.4, 0, 0))  # fmt: skip
        world.swarm(WATERLINE, foam)
        palms = world.cards([warm.palm(i) for i in range(4)],
                            Material(dark=srgb(18, 44, 22), light=srgb(104, 140, 60), second_dark=WOOD[0],
                                     second_light=srgb(150, 118, 84), rim=0.7))  # fmt: skip
        side = -1 if spec.seed % 2 else 1
        half = world.half_width(7.0)
        near = [
            Stand(side * half * reach, world.height_at(side * half * reach, z) - 0.1, z, tall, i, 0.85, side > 0)
            for i, (reach, z, tall) in enumerate(((0.95, 7.0, 5.6), (1.2, 6.4, 4.6), (0.72, 8.2, 4.9)))
        ]
        world.band(7.0, [(palms, near)], PlaneOptions(sway=Sway(amount=0.003, start=0.4, waves=6)))
        stones = world.cards([rocks.rock(i) for i in range(4)],
                             Material(dark=sand[0], light=sand[1], second_dark=scaled(sand[0], 0.5),
                                      second_light=scaled(sand[1], 0.8)))  # fmt: skip
        random = world.random
        pebbles = [
            Stand(random.uniform(-half, half), world.height_at(0.0, z) - 0.03, z, random.uniform(0.1, 0.26),
                  int(random.integers(4)), 0.9, bool(random.random() < 0.5))
            for z in random.uniform(3.0, 6.5, 8)
        ]  # fmt: skip
        world.band(4.4, [(stones, pebbles)])
