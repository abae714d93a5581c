"""Mountains: snowy peaks over a meadow with firs, flowers, stones and a path; clouds heaped behind the crests."""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.tones import STONE, WOOD, has_flowers, leafage_of, season_of
from aiprod.visuals.motion.cards import rocks, trees, undergrowth
from aiprod.visuals.motion.cards.stock import Material
from aiprod.visuals.motion.ground import Earth, Floats
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Cumulus, Ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_PETALS = (srgb(250, 170, 200), srgb(255, 236, 140), srgb(236, 240, 255), srgb(196, 156, 244))


class Mountains:
    """On a high meadow before the peaks."""

    def setting(self, spec: SceneSpec) -> Setting:
        phase = spec.seed % 17 * 0.4

        def heights(x: Floats, z: Floats) -> Floats:
            roll = 0.22 * np.sin(x * 0.28 + z * 0.12 + phase) + 0.07 * np.sin(x * 0.9 - z * 0.3)
            return np.asarray(roll * np.clip((z - 1) / 6, 0, 1) + 0.012 * np.maximum(z - 14, 0))

        side = 1 if spec.seed % 2 else -1
        return Setting(
            eye_height=1.7,
            horizon=-0.26,
            reach=1.5,
            fog=0.0023,
            fog_fall=0.016,
            stage_near=4.2,
            stage_far=45.0,
            heights=heights,
            sun_at={"golden": (side * 0.62, 0.34), "dawn": (side * 0.5, 0.22), "sunset": (side * 0.42, 0.16)}.get(
                spec.time_of_day
            ),
        )

    def mood(self, _spec: SceneSpec, mood: Mood) -> Mood:
        return replace(mood, key=min(1.0, mood.key * 1.35), rays=mood.rays * 0.7)

    def build(self, world: World) -> None:
        spec, mood, stage = world.spec, world.mood, world.stage
        season = season_of(spec)
        leafage, pick = leafage_of(season), spec.variant % 4
        white = season == "winter"
        seed = float(world.random.random() * 60)
        look = Ridge(
            near=1,
            far=1,
            height=1,
            frequency=1,
            seed=seed,
            rock_dark=srgb(70, 72, 82),
            rock_light=srgb(138, 132, 130),
            grass=leafage.earth[1],
        )
        if spec.time_of_day in ("day", "golden", "dusk") and spec.weather in ("clear", "wind"):
            world.cumulus(
                900,
                Cumulus(
                    near=600,
                    far=1500,
                    bottom=150,
                    top=330,
                    lit=mood.cloud_lit,
                    dark=mood.cloud_dark,
                    cover=0.48,
                    scale=0.011,
                    seed=seed,
                    density=0.05,
                ),
            )
        far = replace(
            look,
            near=165,
            far=470,
            height=(185, 150, 220, 170)[pick],
            frequency=(0.0105, 0.013, 0.009, 0.011)[pick],
            seed=seed,
            snow_line=-1.0 if white else (0.40, 0.55, 0.30, 0.48)[pick],
            grass_line=0.16,
            strata=0.35,
            gap=(0.0, 0.55, 0.0, 0.35)[pick],
            gap_width=45,
        )
        world.ridge(255, far, options=_far(0.6, 44, mood.thickness))
        world.ridge(
            118,
            replace(
                look,
                near=78,
                far=165,
                height=(34, 44, 26, 38)[pick],
                frequency=0.021,
                seed=seed + 4,
                base=-1.8,
                gap=0.6,
                gap_width=34,
                snow_line=0.25 if white else 2,
                grass_line=-1 if white else 0.75,
            ),
            options=_far(0.6, 13, mood.thickness),
        )
        fir = Material(
            dark=mixed(leafage.tree[0], srgb(14, 32, 28), 0.6),
            light=mixed(leafage.tree[1], srgb(78, 110, 66), 0.45),
            alternative=leafage.tree[2] if season == "autumn" else None,
            second_dark=WOOD[0],
            second_light=WOOD[1],
            rim=0.55,
        )
        firs = world.cards([trees.conifer(i) for i in range(5)], fir)
        blades = Material(
            dark=leafage.grass[0],
            light=leafage.grass[1],
            second_dark=srgb(130, 40, 70),
            second_light=_PETALS[pick],
            rim=0.55,
            contact=0.45,
        )
        flowers = not white and (has_flowers(spec) or season in ("spring", "summer"))
        grass = world.cards(
            [undergrowth.meadow(i) if flowers and i % 2 else undergrowth.grass(i) for i in range(6)], blades
        )
        stone = world.cards(
            [rocks.rock(i, white) for i in range(5)],
            Material(
                dark=srgb(150, 165, 185),
                light=srgb(235, 240, 248),
                second_dark=STONE[0],
                second_light=STONE[1],
                rim=0.4,
            ),
        )
        world.ground(
            Earth(
                low=mixed(leafage.earth[0], leafage.grass[1], 0.3),
                high=mixed(leafage.earth[1], leafage.grass[1], 0.5),
                patch=mixed(leafage.earth[2], leafage.grass[1], 0.3),
                sparkle=0.6 if white else 0.0,
                patchiness=0.6,
                trail=(stage.x * 0.5 + 0.6, 0.55, 0.13, 0.8 if pick in (0, 2) else 0.0),
                trail_tone=srgb(196, 202, 214) if white else srgb(138, 112, 80),
            ),
            far=150,
        )
        world.band(
            58,
            [scatter(world, firs, Patch(near=44, far=80, count=120, height=5.8, spread=0.3, gap=(6, 2, 9, 3)[pick]))],
            PlaneOptions(
                sway=Sway(amount=0.0005, waves=20), mist=Mist(density=0.55 * mood.thickness, seed=5, height=8)
            ),
        )
        world.band(
            32,
            [
                scatter(world, firs, Patch(near=25, far=40, count=34, height=6.4, spread=0.3, gap=5.0)),
                scatter(world, stone, Patch(near=22, far=40, count=8, height=1.1, gap=1)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.0009, waves=14, phase=1),
                mist=Mist(density=0.34 * mood.thickness, seed=7, speed=0.007, height=5),
            ),
        )
        world.band(
            16,
            [
                scatter(world, firs, Patch(near=13, far=22, count=7, height=6.6, gap=3.6)),
                scatter(world, grass, Patch(near=10.5, far=23, count=260, height=0.36, widen=1.3)),
                scatter(world, stone, Patch(near=11, far=22, count=6, height=0.7, gap=1.2)),
            ],
            PlaneOptions(
                sway=Sway(amount=0.0013, start=0.25, waves=9, phase=2),
                mist=Mist(density=0.12 * mood.thickness, seed=9, height=2),
            ),
        )
        before = max(stage.z - 0.12, 2.8)
        world.band(
            max(stage.z + 1.4, 7.5),
            [
                scatter(
                    world,
                    grass,
                    Patch(near=max(stage.z + 0.1, 4.4), far=max(10.5, stage.z + 2), count=220, height=0.32, widen=1.2),
                ),
                scatter(world, stone, Patch(near=max(stage.z + 0.4, 5), far=10, count=3, height=0.5, gap=0.9)),
            ],
            PlaneOptions(sway=Sway(amount=0.002, start=0.12, waves=8, phase=3)),
        )
        world.band(
            min(5.0, before),
            [
                scatter(
                    world,
                    grass,
                    Patch(
                        near=min(3.8, before - 0.3),
                        far=before,
                        count=210,
                        height=0.27,
                        widen=1.2,
                        clear=world.clearing(),
                    ),
                )
            ],
            PlaneOptions(sway=Sway(amount=0.003, start=0.06, waves=7, phase=4)),
        )
        close = world.cards(
            [undergrowth.meadow(i) if flowers else undergrowth.grass(i) for i in range(5)],
            replace(blades, dark=scaled(blades.dark, 0.6), light=scaled(blades.light, 0.7)),
        )
        world.band(
            2.8,
            [scatter(world, close, Patch(near=2.2, far=min(3.6, before), count=90, height=0.33))],
            PlaneOptions(sway=Sway(amount=0.005, start=0.03, waves=5, phase=5), resolution=0.7, soften=2.4),
        )
        if not mood.night and spec.weather in ("clear", "wind"):
            world.swarm(
                60,
                Swarm(
                    kind="BIRDS",
                    count=4,
                    depth=(36, 60),
                    heights=(13, 24),
                    size=(0.45, 0.8),
                    tone=scaled(mood.ambient, 0.16),
                    strength=0.85,
                    wind=(1.3, 0, 0),
                ),
            )


def _far(mist: float, height: float, thickness: float) -> PlaneOptions:
    return PlaneOptions(
        resolution=0.95, mist=Mist(density=mist * min(thickness, 1.5), speed=0.0025, seed=1.2, height=height)
    )
