"""Jungle: giant trunks, palms and broad leaves in steaming green light, lianas hanging into the picture."""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.tones import STONE, WOOD
from aiprod.visuals.motion.cards import rocks, trees, undergrowth, warm
from aiprod.visuals.motion.cards.stock import CardSet, Material, Stand
from aiprod.visuals.motion.ground import Earth, Floats, Shadow
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World


class Jungle:
    """On the forest floor, light breaking through far above."""

    def setting(self, spec: SceneSpec) -> Setting:
        phase = spec.seed % 8 * 0.8

        def heights(x: Floats, z: Floats) -> Floats:
            return np.asarray(
                0.14 * np.sin(x * 0.6 + z * 0.25 + phase) + 0.08 * np.abs(x) * np.clip((z - 3) / 12, 0, 1)
            )

        side = 1 if spec.seed % 2 else -1
        return Setting(
            eye_height=1.3,
            horizon=-0.20,
            reach=1.3,
            fog=0.019,
            fog_fall=0.08,
            stage_near=3.6,
            stage_far=24.0,
            heights=heights,
            sun_at={
                "day": (side * 0.15, 0.55),
                "golden": (side * 0.14, 0.34),
                "dawn": (side * 0.2, 0.28),
                "sunset": (side * 0.12, 0.18),
            }.get(spec.time_of_day),
            leaf_light=1.6,
            clouds=0.6,
        )

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        level = max(mood.fog)
        green = (level * 0.42, level * 0.92, level * 0.62)
        wet = replace(
            mood,
            fog=mixed(mood.fog, green, 0.62),
            skyline=mixed(mood.skyline, green, 0.25),
            sun_size=min(mood.sun_size, 0.03),
            ambient=mixed(mood.ambient, scaled((0.62, 1.0, 0.72), mood.ambient[1]), 0.6),
            rays=mood.rays if mood.night else max(mood.rays, 0.75),
        )
        if spec.time_of_day == "day":
            return replace(wet, fog_sun=srgb(226, 238, 176), threshold=0.8, key=0.7, exposure=0.92)
        return wet

    def build(self, world: World) -> None:
        spec, mood, stage = world.spec, world.mood, world.stage
        leaf = Material(
            dark=srgb(8, 40, 22),
            light=srgb(84, 150, 52),
            alternative=srgb(140, 168, 50),
            second_dark=WOOD[0],
            second_light=WOOD[1],
            rim=0.6,
        )
        deep = replace(leaf, dark=srgb(8, 34, 24), light=srgb(58, 116, 54))
        bark = Material(
            dark=srgb(20, 44, 20),
            light=srgb(84, 120, 48),
            second_dark=srgb(26, 22, 20),
            second_light=srgb(112, 96, 76),
            rim=0.8,
        )
        pick = spec.variant % 3
        trunks = world.cards([trees.trunk(pick + i) for i in range(3)], bark)
        palms = world.cards([warm.palm(pick + i) for i in range(4)], leaf)
        crowns = world.cards([trees.broadleaf(pick + i) for i in range(3)], deep)
        broad = world.cards([warm.broad_leaves(i) for i in range(6)], leaf)
        fern = world.cards([undergrowth.fern(i) for i in range(4)], deep)
        grass = world.cards(
            [undergrowth.grass(i) for i in range(4)],
            replace(leaf, dark=srgb(14, 44, 18), light=srgb(92, 140, 50), contact=0.5),
        )
        vines = world.cards([warm.vines(i) for i in range(3)], deep)
        stone = world.cards(
            [rocks.rock(i) for i in range(4)],
            Material(
                dark=STONE[0], light=STONE[1], second_dark=srgb(28, 36, 30), second_light=srgb(112, 122, 100), rim=0.4
            ),
        )
        giants = self._giants(world)
        thick = mood.thickness
        world.ground(
            Earth(
                low=srgb(22, 32, 16),
                high=srgb(58, 74, 30),
                patch=srgb(58, 44, 28),
                dapple=0.85 if not mood.night else 0.4,
            ),
            [Shadow(s.x, s.z, 0.9, 0.6) for s in giants],
            far=80,
        )
        world.band(
            52,
            [
                scatter(world, crowns, Patch(near=36, far=70, count=56, height=15, gap=1.0)),
                scatter(world, palms, Patch(near=34, far=66, count=30, height=11, gap=1.6)),
                scatter(world, broad, Patch(near=34, far=60, count=60, height=3.2)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.001, start=0.3, waves=18),
                mist=Mist(density=min(0.85 * thick, 1.1), speed=0.004, seed=2, height=18),
            ),
        )
        world.band(
            28,
            [
                scatter(world, palms, Patch(near=20, far=34, count=18, height=9.0, gap=2.4, hue=0.6)),
                scatter(world, crowns, Patch(near=22, far=34, count=8, height=12, gap=3.5)),
                scatter(world, broad, Patch(near=18, far=34, count=46, height=2.0, gap=0.7, hue=0.5)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.0016, start=0.3, waves=12, phase=1),
                mist=Mist(density=min(0.5 * thick, 1.0), seed=4, height=9),
            ),
        )
        world.band(
            15,
            [
                (trunks, giants),
                scatter(world, palms, Patch(near=12, far=18, count=5, height=6.4, gap=2.8)),
                scatter(world, broad, Patch(near=10.5, far=18, count=30, height=1.5, gap=0.9, hue=0.5)),
                scatter(world, fern, Patch(near=10, far=18, count=20, height=0.9, gap=0.4)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.002, start=0.35, waves=8, phase=2), mist=Mist(density=0.28 * thick, seed=6, height=5)
            ),
        )
        top = world.setting.eye_height + (1 - world.setting.horizon) * 11 / world.setting.focal
        hung = [
            Stand(
                float(world.random.uniform(-1, 1)) * world.half_width(11), top - h + 1.2, 11.0, h, i, 0.8, bool(i % 2)
            )
            for i, h in enumerate((5.5, 4.2, 6.4, 4.8, 5.2))
        ]
        world.band(10.9, [(vines, hung)], PlaneOptions(sway=Sway(amount=0.004, start=0.0, waves=5, phase=3)))
        behind, before = max(stage.z + 0.15, 4.2), max(stage.z - 0.12, 2.8)
        world.band(
            max(behind + 1.0, 7.2),
            [
                scatter(world, fern, Patch(near=behind + 0.2, far=9.8, count=22, height=0.8, gap=0.5)),
                scatter(world, broad, Patch(near=behind + 0.4, far=10, count=14, height=1.2, gap=1.1, hue=0.5)),
                scatter(world, grass, Patch(near=behind, far=9.8, count=120, height=0.36)),
                scatter(world, stone, Patch(near=behind + 0.5, far=9, count=3, height=0.6, gap=0.9)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.0034, start=0.3, waves=6, phase=4), mist=Mist(density=0.18 * thick, seed=8, height=2)
            ),
        )
        world.band(
            min(4.8, before),
            [
                scatter(world, grass, Patch(near=3.6, far=before, count=140, height=0.28, clear=world.clearing())),
                scatter(world, fern, Patch(near=3.5, far=before, count=14, height=0.6, gap=0.6)),
            ],
            PlaneOptions(sway=Sway(amount=0.004, start=0.1, waves=7, phase=5)),
        )
        close = world.cards(
            [undergrowth.grass(i) for i in range(4)],
            replace(grass.material, dark=scaled(grass.material.dark, 0.6), light=scaled(grass.material.light, 0.6)),
        )
        world.band(
            2.9,
            [
                scatter(world, close, Patch(near=2.2, far=min(3.6, before), count=90, height=0.28)),
                scatter(world, fern, Patch(near=2.5, far=3.3, count=6, height=0.5, gap=0.3)),
            ],
            PlaneOptions(sway=Sway(amount=0.005, start=0.05, waves=5, phase=6), resolution=0.7, soften=2.0),
        )
        self._frame(world, broad)
        if not mood.night and spec.weather in ("clear", "fog"):
            world.swarm(
                6.0,
                Swarm(
                    kind="MOTES",
                    count=150,
                    depth=(2, 10),
                    heights=(0.2, 4),
                    size=(0.005, 0.02),
                    tone=scaled(mood.sun, 0.6),
                    other_tone=(0.6, 0.9, 0.4),
                    strength=0.7,
                ),
            )

    def _giants(self, world: World) -> list[Stand]:
        stands = []
        for i in range(round(5 * world.fullness)):
            side, z = -1 if i % 2 else 1, float(world.random.uniform(11.5, 18))
            x = side * float(world.random.uniform(2.4, max(world.half_width(z), 3.2)))
            stands.append(
                Stand(
                    x,
                    world.height_at(x, z) - 0.3,
                    z,
                    18.0,
                    i,
                    float(world.random.uniform(0.8, 1.1)),
                    bool(i % 2),
                    0.0,
                    0.8,
                )
            )
        return stands

    def _frame(self, world: World, broad: CardSet) -> None:
        dark = replace(
            broad.material,
            dark=scaled(broad.material.dark, 0.5),
            light=scaled(broad.material.light, 0.40),
            alternative=None,
        )
        close = world.cards([warm.broad_leaves(i) for i in range(4)], dark)
        hanging = world.cards([warm.vines(i) for i in range(3)], dark)
        half, eye = world.half_width(2.3), world.setting.eye_height
        top = eye + (1 - world.setting.horizon) * 2.2 / world.setting.focal
        low = [Stand(-half * 0.92, -0.28, 2.3, 1.05, 0), Stand(half * 0.98, -0.30, 2.4, 1.0, 1, mirrored=True)]
        world.band(
            2.3,
            [
                (hanging, [Stand(-half * 0.7, top - 0.9, 2.2, 1.1, 0), Stand(half * 0.75, top - 0.7, 2.2, 1.0, 1)]),
                (close, low),
            ],
            PlaneOptions(sway=Sway(amount=0.005, start=0.2, waves=4, phase=7), resolution=0.5, soften=4.0),
        )
