"""Savanna: golden grass under a wide sky, umbrella trees, far hills, a low sun."""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.tones import STONE, WOOD
from aiprod.visuals.motion.cards import rocks, trees, undergrowth
from aiprod.visuals.motion.cards.stock import Material, Stand
from aiprod.visuals.motion.ground import Earth, Floats, Shadow
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Cumulus, Ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World


class Savanna:
    """Standing in the grass, looking to the horizon."""

    def setting(self, spec: SceneSpec) -> Setting:
        phase = spec.seed % 11 * 0.6

        def heights(x: Floats, z: Floats) -> Floats:
            return np.asarray(
                0.10 * np.sin(x * 0.35 + z * 0.15 + phase)
                + 0.05 * np.sin(x * 0.9 - z * 0.3 + 1)
                + 0.004 * np.maximum(z - 20, 0)
            )

        side = 1 if spec.seed % 2 else -1
        low = spec.time_of_day in ("sunset", "golden", "dawn")
        return Setting(
            eye_height=1.5,
            horizon=-0.24,
            reach=1.3,
            fog=0.0075,
            fog_fall=0.03,
            stage_near=4.2,
            stage_far=55.0,
            heights=heights,
            sun_at=(side * 0.16, 0.02 if spec.time_of_day == "sunset" else 0.12) if low else None,
        )

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        size = {"sunset": 0.10, "golden": 0.065, "dawn": 0.06}.get(spec.time_of_day, mood.sun_size)
        return replace(mood, sun_size=min(size, size if mood.sun_size else 0.0), exposure=mood.exposure * 0.94)

    def build(self, world: World) -> None:
        mood, spec, stage = world.mood, world.spec, world.stage
        green = spec.season == "spring" or spec.weather in ("rain", "storm")
        dry = (srgb(84, 62, 26), srgb(214, 168, 84))
        blade = (mixed(dry[0], srgb(40, 62, 24), 0.7), mixed(dry[1], srgb(140, 160, 64), 0.7)) if green else dry
        earth = Earth(
            low=mixed(srgb(96, 74, 34), srgb(58, 70, 30), 0.6 if green else 0.0),
            high=mixed(srgb(168, 130, 62), srgb(120, 128, 56), 0.6 if green else 0.0),
            patch=srgb(122, 74, 42),
            trail=(stage.x + 1.5, 0.6, 0.16, 0.75) if spec.variant % 3 == 1 else (0.0, 0.5, 0.2, 0.0),
            trail_tone=srgb(150, 104, 64),
        )
        seed = float(world.random.random() * 50)
        rock = Ridge(
            near=1,
            far=1,
            height=1,
            frequency=1,
            seed=seed,
            rock_dark=srgb(92, 68, 62),
            rock_light=srgb(142, 106, 86),
            grass=srgb(108, 92, 48),
        )
        if spec.time_of_day == "day" and spec.weather in ("clear", "wind"):
            world.cumulus(
                800.0,
                Cumulus(
                    near=520,
                    far=1400,
                    bottom=70,
                    top=165,
                    lit=mood.cloud_lit,
                    dark=mood.cloud_dark,
                    cover=0.45,
                    scale=0.015,
                    seed=seed,
                    density=0.05,
                ),
            )
        world.ridge(
            250.0,
            replace(
                rock,
                near=150,
                far=420,
                height=(26, 44, 18)[spec.variant % 3],
                frequency=0.010,
                seed=seed,
                grass_line=0.35,
            ),
            options=_far(0.5, 40),
        )
        world.ridge(
            110.0,
            replace(rock, near=75, far=150, height=8, frequency=0.02, seed=seed + 4, base=-1.5, grass_line=0.9),
            options=_far(0.55, 10),
        )
        leaves = Material(
            dark=srgb(24, 34, 18),
            light=srgb(96, 102, 44),
            alternative=srgb(128, 116, 48),
            second_dark=WOOD[0],
            second_light=WOOD[1],
            rim=0.7,
        )
        umbrella = world.cards([trees.acacia(i) for i in range(4)], leaves)
        bush = world.cards([undergrowth.bush(i) for i in range(4)], replace(leaves, rim=0.45))
        grass = world.cards(
            [undergrowth.grass(i) for i in range(5)], Material(dark=blade[0], light=blade[1], rim=0.75, contact=0.45)
        )
        stone = world.cards(
            [rocks.rock(i) for i in range(4)],
            Material(dark=STONE[0], light=STONE[1], second_dark=srgb(60, 46, 40), second_light=srgb(168, 134, 108)),
        )
        near_trees = self._near_trees(world)
        world.ground(earth, [Shadow(s.x, s.z, s.height * 0.28, 0.55) for s in near_trees], far=150)
        world.band(
            62,
            [
                scatter(world, umbrella, Patch(near=46, far=85, count=15, height=5.6)),
                scatter(world, bush, Patch(near=46, far=85, count=22, height=1.8, widen=1.6)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.0005, waves=20), mist=Mist(density=0.55 * mood.thickness, seed=5, height=8)
            ),
        )
        world.band(
            33,
            [
                scatter(world, umbrella, Patch(near=26, far=42, count=6, height=5.8, gap=3.4)),
                scatter(world, bush, Patch(near=24, far=42, count=10, height=1.2, widen=1.6, gap=1)),
                scatter(world, grass, Patch(near=24, far=44, count=150, height=0.55, widen=1.3)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.001, waves=14, phase=1),
                mist=Mist(density=0.32 * mood.thickness, speed=0.008, seed=7, height=4),
            ),
        )
        world.band(
            18,
            [
                (umbrella, near_trees),
                scatter(world, grass, Patch(near=12, far=25, count=320, height=0.52, widen=1.3)),
                scatter(world, stone, Patch(near=13, far=24, count=4, height=0.8, gap=1.4)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.0013, start=0.2, waves=9, phase=2),
                mist=Mist(density=0.16 * mood.thickness, seed=9, height=2),
            ),
        )
        behind, before = max(stage.z + 0.1, 4.4), max(stage.z - 0.12, 2.8)
        clear = world.clearing()
        world.band(
            max(behind + 1.6, 8),
            [scatter(world, grass, Patch(near=behind, far=max(12.5, behind + 3), count=260, height=0.44, widen=1.2))],
            PlaneOptions(sway=Sway(amount=0.002, start=0.12, waves=8, phase=3)),
        )
        world.band(
            min(5.4, before),
            [
                scatter(
                    world,
                    grass,
                    Patch(near=min(4.0, before - 0.3), far=before, count=240, height=0.33, widen=1.2, clear=clear),
                )
            ],
            PlaneOptions(sway=Sway(amount=0.003, start=0.06, waves=7, phase=4)),
        )
        dark = replace(grass.material, dark=scaled(blade[0], 0.55), light=scaled(blade[1], 0.6))
        close = world.cards([undergrowth.grass(i) for i in range(5)], dark)
        world.band(
            2.9,
            [scatter(world, close, Patch(near=2.2, far=min(3.8, before), count=110, height=0.36))],
            PlaneOptions(sway=Sway(amount=0.005, start=0.03, waves=5, phase=5), resolution=0.7, soften=2.2),
        )
        if not mood.night and spec.weather not in ("rain", "storm"):
            world.swarm(
                45,
                Swarm(
                    kind="BIRDS",
                    count=9,
                    depth=(34, 48),
                    heights=(9.5, 15),
                    size=(0.35, 0.6),
                    tone=scaled(mood.ambient, 0.16),
                    strength=0.9,
                    wind=(1.5, 0, 0),
                ),
            )

    def _near_trees(self, world: World) -> list[Stand]:
        stands = []
        first = -1 if world.spec.seed % 2 else 1
        for i in range(round(3 * world.fullness)):
            side, z = first * (-1 if i % 2 else 1), float(world.random.uniform(13.5, 22))
            x = side * float(world.random.uniform(3.2, 3.4 + world.half_width(z) * 0.6))
            stands.append(
                Stand(
                    x,
                    world.height_at(x, z) - 0.15,
                    z,
                    float(world.random.uniform(4.6, 6.6)),
                    i,
                    0.9,
                    bool(i % 2),
                    float(world.random.random()),
                )
            )
        return stands


def _far(mist: float, height: float) -> PlaneOptions:
    return PlaneOptions(resolution=0.9, mist=Mist(density=mist, speed=0.003, seed=1.2, height=height))
