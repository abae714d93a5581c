"""Desert: a sea of dunes, a plain of tall cacti and mesas, or an oasis with palms."""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.tones import WOOD
from aiprod.visuals.motion.cards import rocks, undergrowth, warm
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

_SANDS = (
    (srgb(196, 128, 74), srgb(238, 184, 122)),
    (srgb(206, 160, 108), srgb(242, 212, 164)),
    (srgb(176, 92, 54), srgb(224, 140, 88)),
)


def kind_of(spec: SceneSpec) -> str:
    """Which desert: cacti grow in America alone, where a text has them."""
    return {"cactus": "cacti", "palm": "oasis"}.get(spec.flora, ("dunes", "dunes", "oasis")[spec.variant % 3])


class Desert:
    """Standing on sand."""

    def setting(self, spec: SceneSpec) -> Setting:
        phase = spec.seed % 13 * 0.5

        def heights(x: Floats, z: Floats) -> Floats:
            swell = 0.42 * np.sin(x * 0.16 + z * 0.10 + phase) * np.clip((z - 4) / 16, 0, 1)
            return np.asarray(swell + 0.10 * np.sin(x * 0.5 - z * 0.13) * np.clip((z - 2) / 8, 0, 1))

        side = -1 if spec.seed % 2 else 1
        return Setting(
            eye_height=1.7,
            horizon=-0.22,
            reach=1.5,
            fog=0.0045,
            fog_fall=0.02,
            stage_near=4.4,
            stage_far=60.0,
            heights=heights,
            sun_at={"sunset": (side * 0.2, -0.02), "golden": (side * 0.5, 0.16), "dawn": (side * 0.4, 0.06)}.get(
                spec.time_of_day
            ),
            clouds=0.55,
        )

    def mood(self, _spec: SceneSpec, mood: Mood) -> Mood:
        sandy = scaled(srgb(232, 190, 140), max(mood.fog) * 1.1)
        return replace(
            mood,
            fog=mixed(mood.fog, sandy, 0.45),
            skyline=mixed(mood.skyline, sandy, 0.25),
            sun_size=mood.sun_size * 1.15,
            rays=mood.rays * 0.4,
        )

    def build(self, world: World) -> None:
        spec, mood, stage = world.spec, world.mood, world.stage
        kind = kind_of(spec)
        low, high = _SANDS[2 if kind == "cacti" else spec.variant // 3 % 2]
        seed = float(world.random.random() * 40)
        dune = Ridge(
            near=110,
            far=600,
            height=34,
            frequency=0.0075,
            seed=seed,
            base=-3,
            rock_dark=low,
            rock_light=high,
            dunes=True,
        )
        if kind == "cacti":
            mesa = Ridge(
                near=160,
                far=420,
                height=58,
                frequency=0.009,
                seed=seed,
                rock_dark=srgb(120, 56, 36),
                rock_light=srgb(206, 118, 76),
                strata=0.8,
                base=-8,
            )
            world.ridge(260, mesa, options=_far(0.5, 30))
            world.ridge(
                110,
                Ridge(
                    near=70,
                    far=170,
                    height=10,
                    frequency=0.018,
                    seed=seed + 3,
                    rock_dark=low,
                    rock_light=high,
                    strata=0.6,
                ),
                options=_far(0.5, 8),
            )
        else:
            world.ridge(
                260,
                replace(dune, near=110, far=600, height=34, frequency=0.0075, seed=seed, base=-3),
                options=_far(0.45, 30),
            )
            world.ridge(
                75,
                replace(dune, near=34, far=130, height=7.5, frequency=0.026, seed=seed + 7, base=-2.2),
                options=_far(0.3, 8),
            )
        palms = world.cards(
            [warm.palm(i) for i in range(4)],
            Material(
                dark=srgb(20, 40, 20), light=srgb(116, 134, 56), second_dark=WOOD[0], second_light=srgb(150, 118, 84)
            ),
        )
        cacti = world.cards(
            [warm.saguaro(i) for i in range(5)],
            Material(dark=srgb(24, 46, 28), light=srgb(116, 140, 74), rim=0.8, roundness=0.5),
        )
        scrub = world.cards(
            [undergrowth.bush(i) for i in range(4)], Material(dark=srgb(64, 60, 34), light=srgb(160, 146, 88), rim=0.6)
        )
        tuft = world.cards(
            [undergrowth.grass(i) for i in range(5)],
            Material(dark=srgb(110, 84, 46), light=srgb(206, 174, 108), rim=0.7),
        )
        stone = world.cards(
            [rocks.rock(i) for i in range(4)],
            Material(dark=low, light=high, second_dark=scaled(low, 0.45), second_light=scaled(high, 0.85)),
        )
        tall = {"cacti": (cacti, 4.2), "oasis": (palms, 7.5)}.get(kind)
        shadows: list[Shadow] = []
        near = []
        if tall is not None:
            near = [
                scatter(
                    world,
                    tall[0],
                    Patch(near=12, far=22, count=7 if kind == "oasis" else 5, height=tall[1], gap=2.4, spread=0.25),
                )
            ]
            shadows = [Shadow(s.x, s.z, 0.6 + s.height * 0.06, 0.6) for s in near[0][1]]
        world.ground(
            Earth(
                low=low,
                high=high,
                patch=mixed(low, high, 0.35),
                ripple=0.75 if kind != "cacti" else 0.15,
                patchiness=0.4,
            ),
            shadows,
            far=130 if kind == "cacti" else 60,
        )
        if tall is not None:
            far_count = 26 if kind == "cacti" else 12
            world.band(
                46,
                [
                    scatter(world, tall[0], Patch(near=28, far=70, count=far_count, height=tall[1], gap=1.0)),
                    scatter(world, scrub, Patch(near=26, far=70, count=40, height=0.9, widen=1.5)),
                ],
                PlaneOptions(
                    sway=Sway(amount=0.0008, waves=18), mist=Mist(density=0.3 * mood.thickness, seed=3, height=6)
                ),
            )
            world.band(
                17,
                [
                    *near,
                    scatter(world, scrub, Patch(near=11, far=24, count=14, height=0.7, widen=1.5, gap=0.8)),
                    scatter(world, stone, Patch(near=11, far=24, count=6, height=0.6, gap=1.2)),
                ],
                PlaneOptions(
                    sway=Sway(amount=0.0012 if kind == "oasis" else 0.0002, waves=9, phase=1),
                    mist=Mist(density=0.12 * mood.thickness, seed=6, height=2),
                ),
            )
        before = max(stage.z - 0.15, 2.8)
        sparse = [
            scatter(
                world, tuft, Patch(near=max(stage.z + 0.2, 5), far=14, count=18 if kind == "dunes" else 44, height=0.42)
            ),
            scatter(world, stone, Patch(near=max(stage.z + 0.4, 6), far=13, count=5, height=0.42, gap=0.7)),
        ]
        world.band(max(stage.z + 1.6, 8.5), sparse, PlaneOptions(sway=Sway(amount=0.0016, start=0.1, waves=8, phase=2)))
        clear = world.clearing(0.3)
        front = [
            scatter(world, tuft, Patch(near=3.0, far=before, count=12, height=0.32, gap=0.5, clear=clear)),
            scatter(world, stone, Patch(near=2.8, far=min(before, 4), count=4, height=0.26, gap=0.6)),
        ]
        world.band(
            3.3, front, PlaneOptions(sway=Sway(amount=0.003, start=0.05, waves=6, phase=3), resolution=0.8, soften=1.4)
        )
        if spec.weather in ("clear", "wind") and kind != "cacti":
            tone = scaled(high, 0.4 if mood.night else 1.0)
            world.swarm(
                20,
                Swarm(
                    kind="STREAKS",
                    count=50,
                    depth=(6, 26),
                    heights=(0.0, 0.7),
                    size=(0.2, 0.7),
                    tone=tone,
                    other_tone=tone,
                    strength=0.14,
                    wind=(3.2, 0, 0),
                ),
            )
        if not mood.night and spec.weather == "clear":
            world.swarm(
                60,
                Swarm(
                    kind="BIRDS",
                    count=3,
                    depth=(40, 60),
                    heights=(14, 22),
                    size=(0.6, 0.9),
                    tone=scaled(mood.ambient, 0.15),
                    strength=0.85,
                    wind=(1.2, 0, 0),
                ),
            )


def _far(mist: float, height: float) -> PlaneOptions:
    return PlaneOptions(resolution=0.9, mist=Mist(density=mist, speed=0.003, seed=2.2, height=height))
