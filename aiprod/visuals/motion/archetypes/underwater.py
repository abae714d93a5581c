"""Underwater: a reef with corals, a kelp forest, or the open blue; light wanders down from above."""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.tones import STONE
from aiprod.visuals.motion.backdrop import Backdrop
from aiprod.visuals.motion.cards import rocks, seabed
from aiprod.visuals.motion.cards.stock import Material
from aiprod.visuals.motion.ground import Earth, Floats
from aiprod.visuals.motion.layers import PlaneOptions, Sway
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_CORALS: tuple[tuple[Colour, Colour], ...] = (
    (srgb(120, 28, 62), srgb(255, 122, 142)), (srgb(130, 62, 14), srgb(255, 178, 76)),
    (srgb(70, 34, 118), srgb(198, 140, 255)), (srgb(20, 84, 92), srgb(120, 232, 214)),
)  # fmt: skip


def _kind(spec: SceneSpec) -> str:
    if spec.flora in ("kelp", "coral"):
        return spec.flora
    return ("coral", "kelp", "open")[spec.variant % 3]


class Underwater:
    """Some metres down."""

    def setting(self, spec: SceneSpec) -> Setting:
        phase = spec.seed % 11 * 0.5

        def heights(x: Floats, z: Floats) -> Floats:
            return np.asarray(
                0.34 * np.sin(x * 0.35 + z * 0.2 + phase) * np.clip((z - 3) / 8, 0, 1)
                + 0.08 * np.sin(x * 1.3 - z * 0.6)
            )

        return Setting(
            eye_height=2.1, horizon=-0.34 if _kind(spec) != "open" else -0.8, reach=1.3, shake=1.5, fog=0.040, fog_fall=0.02,
            stage_near=3.8, stage_far=22.0, sun_at=((0.3 if spec.seed % 2 else -0.3), 0.95), heights=heights, indoors=True,
            swims=True, sky=False,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        body = _waters(spec)[1]
        dark = 0.35 if spec.time_of_day in ("night", "dusk") else 1.0
        return replace(
            mood, sun=scaled((0.95, 1.2, 1.15), dark), ambient=scaled(mixed(body, (0.5, 0.6, 0.6), 0.45), 0.9 * dark),
            fog=scaled(body, dark), fog_sun=scaled(_waters(spec)[0], dark), stars=0.0, moon=False, sun_size=0.0,
            rays=0.35, bloom=0.5, threshold=0.75, exposure=1.0, thickness=1.0, key=0.9, night=False,
        )  # fmt: skip

    def build(self, world: World) -> None:
        spec = world.spec
        surface, body, depths = _waters(spec)
        dark = 0.35 if spec.time_of_day in ("night", "dusk") else 1.0
        Backdrop(
            world, "abyss",
            {"surface": scaled(surface, dark), "body": scaled(body, dark), "depths": scaled(depths, dark),
             "shafts": 0.75 if dark == 1.0 else 0.3, "seed": float(world.random.random() * 5)},
            shrink=3, every=1,
        )  # fmt: skip
        kind = _kind(spec)
        if kind != "open":
            self._floor(world, kind)
        snow = Swarm(kind="DUST", count=150, depth=(1.4, 10.0), heights=(-0.5, 5.0), size=(0.004, 0.014), tone=(1.2, 1.4, 1.4),
                     other_tone=surface, strength=0.4, wind=(0.08, -0.03, 0))  # fmt: skip
        world.swarm(3.2, snow)
        bubbles = Swarm(kind="BUBBLES", count=34, depth=(2.5, 9.0), heights=(-0.5, 6.0), size=(0.012, 0.045), tone=(1.1, 1.3, 1.3),
                        other_tone=surface, strength=0.55, wind=(0.03, 0.5, 0))  # fmt: skip
        world.swarm(3.0, bubbles)

    def _floor(self, world: World, kind: str) -> None:
        stage = world.stage
        sand = (srgb(96, 112, 98), srgb(206, 208, 168))
        if kind == "kelp":
            sand = (srgb(58, 70, 56), srgb(128, 132, 96))
        world.ground(
            Earth(
                low=sand[0], high=sand[1], patch=mixed(sand[0], sand[1], 0.4), ripple=0.6, dapple=0.9, patchiness=0.5
            ),
            far=40,
        )
        stone = world.cards([rocks.rock(i) for i in range(5)],
                            Material(dark=scaled(STONE[0], 0.7), light=STONE[1],
                                     second_dark=srgb(40, 60, 50), second_light=srgb(120, 140, 100)))  # fmt: skip
        kelp = world.cards(
            [seabed.kelp(i) for i in range(4)], Material(dark=srgb(26, 44, 14), light=srgb(138, 150, 52), rim=0.7)
        )
        pick = int(world.random.integers(4))
        reef = [
            world.cards([paint(i) for i in range(3)], Material(dark=tone[0], light=tone[1], rim=0.8))
            for paint, tone in zip(
                (seabed.branching_coral, seabed.fan_coral, seabed.tubes, seabed.branching_coral),
                (_CORALS[(pick + i) % 4] for i in range(4)), strict=True,
            )
        ]  # fmt: skip
        tall = 5.5 if kind == "kelp" else 2.4
        sway = Sway(amount=0.004, start=0.1, waves=5)
        for index, (near, far, count) in enumerate(((18, 30, 46), (11, 17, 26), (7.4, 10.5, 12))):
            weeds = scatter(
                world,
                kelp,
                Patch(
                    near=near,
                    far=far,
                    count=count if kind == "kelp" else count // 4,
                    height=tall,
                    spread=0.4,
                    gap=1.2 if index else 0,
                ),
            )
            plantings = [
                weeds,
                scatter(world, stone, Patch(near=near, far=far, count=8, height=1.0, spread=0.5, gap=0.8)),
            ]
            if kind == "coral":
                plantings += [
                    scatter(
                        world,
                        cards,
                        Patch(near=near, far=far, count=max(3, count // 5), height=1.0, spread=0.5, gap=0.5),
                    )
                    for cards in reef
                ]
            world.band(
                (near + far) / 2, plantings, PlaneOptions(sway=replace(sway, phase=float(index), waves=9 - 2 * index))
            )
        before = max(stage.z - 0.2, 2.9)
        low = [
            scatter(world, stone, Patch(near=2.6, far=before, count=4, height=0.35, gap=0.6, clear=world.clearing(0.2)))
        ]
        if kind == "coral":
            low += [
                scatter(world, cards, Patch(near=2.8, far=min(4.5, before + 0.4), count=3, height=0.5, gap=0.55))
                for cards in reef
            ]
        else:
            low.append(scatter(world, kelp, Patch(near=2.6, far=min(3.8, before), count=5, height=2.3, gap=0.8)))
        world.band(
            3.2, low, PlaneOptions(sway=Sway(amount=0.007, start=0.1, waves=4, phase=4), soften=1.4, resolution=0.9)
        )


def _waters(spec: SceneSpec) -> tuple[Colour, Colour, Colour]:
    """Surface, middle and depth of the water."""
    if spec.palette in ("teal", "vivid") or spec.variant % 2:
        return srgb(150, 236, 222), srgb(20, 126, 138), srgb(4, 40, 62)
    return srgb(150, 214, 246), srgb(18, 92, 158), srgb(4, 26, 66)
