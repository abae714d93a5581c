"""Snow: a white valley with laden firs before cold peaks; northern lights by night."""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.tones import STONE, WOOD
from aiprod.visuals.motion.aurora import add_aurora
from aiprod.visuals.motion.cards import rocks, trees, undergrowth
from aiprod.visuals.motion.cards.stock import Material
from aiprod.visuals.motion.ground import Earth, Floats, Shadow
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_SNOW = srgb(236, 241, 250)


class Snow:
    """Deep winter: forest edge, open tundra, or birches."""

    def setting(self, spec: SceneSpec) -> Setting:
        phase = spec.seed % 9 * 0.7

        def heights(x: Floats, z: Floats) -> Floats:
            drift = 0.16 * np.sin(x * 0.4 + z * 0.2 + phase) + 0.06 * np.sin(x * 1.1 - z * 0.5)
            return np.asarray(drift * np.clip((z - 1) / 5, 0, 1) + 0.010 * np.maximum(z - 14, 0))

        side = 1 if spec.seed % 2 else -1
        return Setting(
            eye_height=1.5,
            horizon=-0.24,
            reach=1.3,
            fog=0.0062,
            fog_fall=0.03,
            stage_near=4.0,
            stage_far=45.0,
            heights=heights,
            sun_at={
                "day": (side * 0.55, 0.62),
                "golden": (side * 0.34, 0.14),
                "dawn": (side * 0.2, 0.08),
                "sunset": (side * 0.2, 0.04),
            }.get(spec.time_of_day),
        )

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        pale = scaled(srgb(196, 214, 236), max(mood.fog) * 1.15)
        cold = replace(
            mood,
            fog=mixed(mood.fog, pale, 0.5),
            ambient=mixed(mood.ambient, scaled((0.8, 0.95, 1.2), mood.ambient[2]), 0.5),
        )
        if spec.time_of_day in ("day", "overcast"):
            return replace(cold, exposure=0.66, threshold=1.2, cover=max(mood.cover, 0.8), rays=0.2)
        if mood.night:
            return replace(
                cold, exposure=mood.exposure * 0.86, cover=mood.cover * 0.6, moon=mood.moon and spec.weather != "clear"
            )
        return replace(cold, exposure=mood.exposure * 0.80, threshold=1.15)

    def build(self, world: World) -> None:
        spec, mood, stage = world.spec, world.mood, world.stage
        kind = {"birch": "birch", "none": "", "pine": "fir"}.get(spec.flora, "") or ("fir", "tundra", "fir", "birch")[
            spec.variant % 4
        ]
        seed = float(world.random.random() * 50)
        look = Ridge(
            near=1,
            far=1,
            height=1,
            frequency=1,
            seed=seed,
            rock_dark=srgb(84, 90, 104),
            rock_light=srgb(148, 154, 166),
            snow=_SNOW,
        )
        world.ridge(
            250,
            replace(
                look,
                near=160,
                far=430,
                height=(96, 60, 112, 80)[spec.variant % 4],
                frequency=0.0112,
                seed=seed,
                snow_line=0.06,
            ),
            options=_far(0.6 * mood.thickness, 40),
        )
        world.ridge(
            112,
            replace(
                look,
                near=75,
                far=160,
                height=22,
                frequency=0.021,
                seed=seed + 5,
                base=-1.6,
                gap=0.7,
                gap_width=40,
                snow_line=-0.3,
            ),
            options=_far(0.6 * mood.thickness, 12),
        )
        if mood.stars > 0.5 and spec.weather == "clear":
            add_aurora(world, 1.1)
        laden = Material(
            dark=srgb(30, 48, 50), light=srgb(204, 216, 230), second_dark=WOOD[0], second_light=WOOD[1], rim=0.6
        )
        firs = world.cards([trees.conifer(i) for i in range(5)], laden)
        birches = world.cards(
            [trees.bare_tree(i) for i in range(4)],
            replace(laden, second_dark=srgb(58, 56, 60), second_light=srgb(228, 230, 236)),
        )
        tall = birches if kind == "birch" else firs
        stone = world.cards(
            [rocks.rock(i, snow=True) for i in range(5)],
            Material(
                dark=srgb(160, 174, 196), light=_SNOW, second_dark=STONE[0], second_light=scaled(STONE[1], 0.8), rim=0.3
            ),
        )
        tuft = world.cards(
            [undergrowth.grass(i) for i in range(5)],
            Material(dark=srgb(128, 132, 138), light=srgb(232, 234, 240), rim=0.5),
        )
        straw = world.cards(
            [undergrowth.reeds(i) for i in range(3)],
            Material(
                dark=srgb(96, 80, 60),
                light=srgb(206, 188, 156),
                second_dark=srgb(120, 100, 80),
                second_light=srgb(232, 224, 214),
                rim=0.6,
            ),
        )
        thick = 0.12 if kind == "tundra" else 1.0
        near = scatter(world, tall, Patch(near=12.5, far=21, count=max(1, round(8 * thick)), height=6.4, gap=3.2))
        world.ground(
            Earth(
                low=srgb(196, 208, 228), high=_SNOW, patch=srgb(170, 186, 212), sparkle=0.8, patchiness=0.5, ripple=0.10
            ),
            [Shadow(s.x, s.z, 0.5 + s.height * 0.05, 0.5) for s in near[1]],
            far=150,
        )
        world.band(
            58,
            [scatter(world, tall, Patch(near=44, far=80, count=round(150 * thick), height=6.0, spread=0.3))],
            PlaneOptions(
                sway=Sway(amount=0.0004, waves=20), mist=Mist(density=0.62 * mood.thickness, seed=5, height=9)
            ),
        )
        world.band(
            32,
            [
                scatter(world, tall, Patch(near=25, far=40, count=round(46 * thick), height=6.4, spread=0.3, gap=4.4)),
                scatter(world, stone, Patch(near=22, far=40, count=8, height=1.0, gap=1)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.0006, waves=14, phase=1), mist=Mist(density=0.4 * mood.thickness, seed=7, height=5)
            ),
        )
        world.band(
            16,
            [
                near,
                scatter(world, tuft, Patch(near=10, far=22, count=110, height=0.34, widen=1.3)),
                scatter(world, stone, Patch(near=10, far=22, count=6, height=0.7, gap=1.2)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.0009, start=0.25, waves=9, phase=2),
                mist=Mist(density=0.2 * mood.thickness, seed=9, height=2.4),
            ),
        )
        before = max(stage.z - 0.12, 2.8)
        world.band(
            max(stage.z + 1.4, 7.5),
            [
                scatter(
                    world,
                    tuft,
                    Patch(near=max(stage.z + 0.1, 4.4), far=max(10, stage.z + 2), count=90, height=0.28, widen=1.2),
                ),
                scatter(world, straw, Patch(near=max(stage.z + 0.5, 5.5), far=10, count=5, height=0.8, gap=1.0)),
                scatter(world, stone, Patch(near=max(stage.z + 0.4, 5), far=10, count=3, height=0.5, gap=0.8)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.0016, start=0.12, waves=8, phase=3),
                mist=Mist(density=0.1 * mood.thickness, seed=2, height=1),
            ),
        )
        world.band(
            min(5.0, before),
            [
                scatter(
                    world,
                    tuft,
                    Patch(
                        near=min(3.6, before - 0.3),
                        far=before,
                        count=80,
                        height=0.24,
                        widen=1.2,
                        clear=world.clearing(),
                    ),
                )
            ],
            PlaneOptions(sway=Sway(amount=0.0024, start=0.06, waves=7, phase=4)),
        )
        world.band(
            2.8,
            [
                scatter(world, straw, Patch(near=2.3, far=3.1, count=4, height=0.75, gap=0.45)),
                scatter(world, tuft, Patch(near=2.2, far=3.3, count=34, height=0.26)),
            ],
            PlaneOptions(sway=Sway(amount=0.005, start=0.03, waves=5, phase=5), resolution=0.7, soften=2.4),
        )
        if spec.weather == "clear" and spec.particles == "none":
            tone = scaled((1.0, 1.02, 1.08), 0.4 if mood.night else 1.0)
            world.swarm(
                4.5,
                Swarm(
                    kind="SNOW",
                    count=150,
                    depth=(2.2, 14),
                    heights=(-0.6, 7),
                    size=(0.006, 0.02),
                    tone=tone,
                    other_tone=tone,
                    strength=0.8,
                    solid=1.0,
                    pace=0.6,
                ),
            )


def _far(mist: float, height: float) -> PlaneOptions:
    return PlaneOptions(resolution=0.95, mist=Mist(density=min(mist, 1.0), speed=0.0025, seed=1.2, height=height))
