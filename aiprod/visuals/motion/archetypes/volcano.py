"""Volcano: a cone that burns over black water; lava runs, stones fly, ash rises, embers drift past."""

import math
from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.tones import WOOD
from aiprod.visuals.motion.cards import rocks, trees
from aiprod.visuals.motion.cards.stock import CardSet, Material, Stand
from aiprod.visuals.motion.ground import Earth, Floats
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Light, Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Cone, Ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.water import WaterLook
from aiprod.visuals.motion.world import World


class Volcano:
    """By a lake below the cone (even variants) or on the ash field before it (odd ones)."""

    def setting(self, spec: SceneSpec) -> Setting:
        lake = spec.variant % 2 == 0 and not spec.subjects

        def heights(x: Floats, z: Floats) -> Floats:
            return np.asarray(
                (0.16 * np.sin(x * 0.6 + z * 0.3) + 0.08 * np.sin(x * 1.7 - z * 0.9)) * np.clip((z - 2) / 5, 0, 1)
            )

        return Setting(
            eye_height=3.0 if lake else 1.7,
            horizon=-0.15 if lake else -0.24,
            reach=2.2 if lake else 1.4,
            fog=0.0024,
            fog_fall=0.05,
            stage_near=4.4,
            stage_far=50.0,
            heights=heights,
            cloud_scale=0.7,
            shake=1.5,
        )

    def mood(self, _spec: SceneSpec, mood: Mood) -> Mood:
        ash = srgb(96, 70, 72)
        dim = 0.25 if mood.night else 0.7
        return replace(
            mood,
            fog=mixed(mood.fog, scaled(ash, dim), 0.45),
            fog_sun=mixed(mood.fog_sun, srgb(150, 80, 64), 0.4),
            skyline=mixed(mood.skyline, scaled(srgb(150, 84, 80), dim), 0.5),
            cloud_lit=mixed(mood.cloud_lit, scaled(srgb(190, 110, 92), dim), 0.6),
            cloud_dark=mixed(mood.cloud_dark, scaled(srgb(60, 48, 54), dim), 0.6),
            moon=False,
            rays=0.15,
            bloom=max(mood.bloom, 0.7),
            threshold=0.62 if mood.night else 0.9,
            exposure=mood.exposure * (1.06 if mood.night else 0.84),
            stars=mood.stars * 0.8,
            sun_size=0.0,
            saturation=1.0,
            glow=0.35 if mood.night else 1.0,
            ambient=mixed(mood.ambient, (0.16, 0.075, 0.05), 0.45) if mood.night else mood.ambient,
            sun=(0.85, 0.30, 0.10) if mood.night else mood.sun,
            sun_at=(0.02, 0.30) if mood.night else mood.sun_at,
        )

    def build(self, world: World) -> None:
        spec, mood = world.spec, world.mood
        lake = spec.variant % 2 == 0 and not spec.subjects
        seed = float(world.random.random() * 20)
        top_x = float(world.random.uniform(-5, 5))
        top = (top_x, 35.0 if lake else 33.0, 150.0)
        lava = 1.0 if mood.night else 0.6
        self._eruption(world, top, lava)
        rock = Ridge(
            near=1,
            far=1,
            height=1,
            frequency=1,
            seed=seed,
            rock_dark=srgb(36, 31, 36),
            rock_light=srgb(92, 80, 80),
            grass_line=-1.0,
        )
        cone = replace(rock, near=60, far=330, height=40, frequency=0.055, seed=3.7 + seed, base=-3.5)
        world.ridge(
            150,
            cone,
            Cone(x=top_x, z=150, radius=36, lava=lava),
            PlaneOptions(resolution=1.0, mist=Mist(density=0.7, speed=0.003, seed=1.2, height=13)),
        )
        world.lights(
            149.5,
            lambda t: [Light(top[0], top[1] - 2, top[2] - 6, 13, 13, scaled((0.30, 0.08, 0.015), lava * _flicker(t)))],
        )
        world.ridge(
            72,
            replace(
                rock, near=48, far=112, height=8, frequency=0.07, seed=8.1 + seed, base=-1.2, gap=0.8, gap_width=26
            ),
            options=PlaneOptions(resolution=0.9, mist=Mist(density=0.7, speed=0.005, seed=3.2, height=5)),
        )
        dark = Material(
            dark=srgb(12, 15, 20),
            light=srgb(58, 64, 62),
            second_dark=scaled(WOOD[0], 0.6),
            second_light=scaled(WOOD[1], 0.6),
            rim=1.4,
        )
        firs = world.cards([trees.conifer(i) for i in range(4)], dark)
        dead = world.cards([trees.bare_tree(i) for i in range(3)], dark)
        stone = world.cards(
            [rocks.rock(i) for i in range(5)],
            Material(
                dark=srgb(10, 10, 12),
                light=srgb(40, 38, 40),
                second_dark=srgb(14, 13, 16),
                second_light=srgb(92, 82, 80),
                rim=1.1,
            ),
        )
        if lake:
            world.band(
                39,
                [scatter(world, firs, Patch(near=35, far=44, count=64, height=4.6, gap=2.0, spread=0.4))],
                PlaneOptions(
                    sway=Sway(amount=0.0010, waves=14, phase=1),
                    mist=Mist(density=0.6, speed=0.008, seed=6.2, height=2.6),
                ),
            )
            deep = srgb(7, 9, 18) if mood.night else scaled(mood.middle, 0.12)
            world.water(33.0, WaterLook(deep=deep, waves=0.8, smear=0.013, reflectance=1.0))
            self._shore(world, firs, stone)
        else:
            world.ground(Earth(low=srgb(34, 29, 31), high=srgb(74, 64, 62), patch=srgb(24, 20, 22)), far=120)
            world.band(
                30,
                [
                    scatter(world, dead, Patch(near=20, far=44, count=18, height=4.4, gap=2.0)),
                    scatter(world, stone, Patch(near=18, far=44, count=46, height=1.0)),
                ],
                PlaneOptions(mist=Mist(density=0.4 * mood.thickness, speed=0.008, seed=6.2, height=3)),
            )
            world.band(
                12,
                [
                    scatter(world, stone, Patch(near=world.stage.z + 0.4, far=18, count=26, height=0.7, gap=0.8)),
                    scatter(world, dead, Patch(near=11, far=18, count=3, height=4.6, gap=3.2)),
                ],
                PlaneOptions(mist=Mist(density=0.2 * mood.thickness, seed=2.2, height=1.5)),
            )
            world.band(
                3.6,
                [
                    scatter(
                        world, stone, Patch(near=3.0, far=max(3.4, world.stage.z - 0.4), count=12, height=0.34, gap=0.6)
                    )
                ],
                PlaneOptions(resolution=0.9, soften=0.8),
            )
        glow, pale = (2.0, 0.7, 0.15), (2.0, 1.0, 0.3)
        world.swarm(
            13.0,
            Swarm(
                kind="EMBERS",
                count=170,
                size=(0.012, 0.034),
                tone=glow,
                other_tone=pale,
                strength=0.9 * lava,
                origin=(0, 0.2, 14),
                burst=(9, 9, 1, 0.6),
            ),
        )
        world.swarm(
            2.6,
            Swarm(
                kind="EMBERS",
                count=60,
                size=(0.006, 0.019),
                tone=glow,
                other_tone=pale,
                strength=0.9 * lava,
                origin=(0, world.setting.eye_height - 1.6, 4.4),
                burst=(2.8, 4, 1, 0.4),
            ),
        )
        if not mood.night:
            grey = scaled(mood.ambient, 0.5)
            world.swarm(
                5.0,
                Swarm(
                    kind="SNOW",
                    count=160,
                    depth=(2, 16),
                    heights=(-0.5, 8),
                    size=(0.006, 0.018),
                    tone=grey,
                    other_tone=scaled(grey, 0.5),
                    strength=0.6,
                    solid=1.0,
                    pace=0.7,
                ),
            )

    def _eruption(self, world: World, top: tuple[float, float, float], lava: float) -> None:
        """What rises behind the crater: glow, ash, and glowing stones."""
        x, y, z = top
        world.lights(400, lambda t: [Light(x, y + 6, z + 12, 40, 40, scaled((0.20, 0.05, 0.012), lava * _flicker(t)))])
        lean = 14.0 if world.spec.seed % 2 else -14.0
        world.swarm(
            390,
            Swarm(
                kind="SMOKE",
                count=90,
                size=(4.5, 20.0),
                tone=scaled((1.5, 0.42, 0.09), lava),
                other_tone=(0.0, 0.0, 0.0) if world.mood.night else scaled(world.mood.ambient, 0.16),
                strength=0.6,
                pace=0.9,
                origin=(x, y - 1, z + 3),
                burst=(7.0, 62.0, 1.0, lean),
            ),
        )
        world.swarm(
            385,
            Swarm(
                kind="FOUNTAIN",
                count=420,
                size=(0.2, 0.7),
                tone=(2.0, 0.75, 0.16),
                other_tone=(2.0, 1.2, 0.4),
                strength=lava,
                origin=(x, y - 2, z + 1),
                burst=(1, 1, 20.0, 11.0),
            ),
        )

    def _shore(self, world: World, firs: CardSet, stone: CardSet) -> None:
        half = world.half_width(5.2)
        low = world.setting.eye_height - 3.0
        stands = [
            Stand(half * u, low + y, z, h, i)
            for i, (u, z, h, y) in enumerate(
                (
                    (-0.8, 5.2, 1.1, 0.05),
                    (0.85, 5.0, 1.2, 0.0),
                    (-0.35, 4.6, 0.6, 0.0),
                    (0.4, 4.5, 0.62, -0.05),
                    (-0.95, 4.2, 1.0, -0.25),
                    (0.8, 4.0, 0.9, -0.2),
                    (0.0, 4.1, 0.55, -0.1),
                )
            )
        ]
        trees_near = [
            Stand(-half * 1.02, low + 0.2, 5.6, 3.6, 0),
            Stand(half * 1.12, low + 0.1, 6.0, 3.2, 2, mirrored=True),
        ]
        world.band(5.0, [(firs, trees_near), (stone, stands)], PlaneOptions(sway=Sway(amount=0.0022, waves=6, phase=2)))


def _flicker(t: float) -> float:
    return 0.85 + 0.15 * math.sin(t * 5.3) + 0.10 * math.sin(t * 11.7 + 1)
