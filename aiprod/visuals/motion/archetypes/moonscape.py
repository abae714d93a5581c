"""Moonscape: standing on the Moon, grey dust and craters under a black sky, the Earth above the horizon."""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.cosmos import Globe, add_globe, add_stars
from aiprod.visuals.motion.backdrop import Backdrop
from aiprod.visuals.motion.cards import rocks
from aiprod.visuals.motion.cards.stock import Material
from aiprod.visuals.motion.ground import Earth, Floats, HeightField, Shadow
from aiprod.visuals.motion.layers import PlaneOptions
from aiprod.visuals.motion.light import Mood, scaled, srgb
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_DUST = (srgb(74, 74, 78), srgb(168, 166, 162))
_EARTH_DISTANCE = 700.0
_CRATERS = 26


class Moonscape:
    """On the dust, by day or in earthlight."""

    def setting(self, spec: SceneSpec) -> Setting:
        side = -1 if spec.seed % 2 else 1
        return Setting(
            eye_height=1.6, horizon=-0.18, reach=1.5, fog=0.0, fog_fall=0.1, stage_near=4.2, stage_far=50.0,
            heights=_craters(spec.seed), sun_at=(side * 0.75, 0.5), indoors=True, sky=False,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        dark = spec.time_of_day in ("night", "dusk")
        return replace(
            mood, sun=(0.8, 0.9, 1.15) if dark else (1.75, 1.7, 1.6), ambient=(0.10, 0.12, 0.17) if dark else (0.13, 0.13, 0.15),
            fog=(0.0, 0.0, 0.0), fog_sun=(0.0, 0.0, 0.0), rays=0.0, stars=0.0, moon=False, sun_size=0.0, exposure=1.05,
            bloom=0.5, threshold=0.6, night=True, key=0.85 if dark else 1.25,
        )  # fmt: skip

    def build(self, world: World) -> None:
        spec, random = world.spec, world.random
        gas = (0.03, 0.05, 0.10)
        Backdrop(
            world, "cosmos",
            {"gas": gas, "other_gas": scaled(gas, 0.7), "core": scaled(gas, 1.5), "kind": 0.0, "seed": float(random.random() * 8)},
            shrink=2, every=8,
        )  # fmt: skip
        add_stars(world)
        side = -1.0 if spec.seed % 2 else 1.0
        half_y = _EARTH_DISTANCE / world.setting.focal
        wide = min(world.aspect, 1.0)
        add_globe(world, Globe(
            kind="earth", place=(-side * half_y * 0.36 * wide, half_y * (0.62 + 0.2 * float(random.random())), _EARTH_DISTANCE),
            radius=half_y * (0.13, 0.2, 0.1)[spec.variant % 3], lit_from=(side * 0.8, 0.45, -0.45),
        ))  # fmt: skip
        rim = Ridge(near=180, far=620, height=(44, 70, 26)[spec.variant % 3], frequency=0.006, seed=float(random.random() * 40), base=-6,
                    rock_dark=scaled(_DUST[0], 0.7), rock_light=scaled(_DUST[1], 0.85), strata=0.05)  # fmt: skip
        world.ridge(320, rim, options=PlaneOptions(resolution=0.9))
        world.ridge(120, replace(rim, near=70, far=200, height=9, frequency=0.022, seed=rim.seed + 5, base=-3),
                    options=PlaneOptions(resolution=0.9))  # fmt: skip
        stone = world.cards([rocks.rock(i) for i in range(4)],
                            Material(dark=scaled(_DUST[0], 0.6), light=_DUST[1], second_dark=scaled(_DUST[0], 0.35),
                                     second_light=scaled(_DUST[1], 0.8), rim=0.8))  # fmt: skip
        clear = world.clearing(0.35)
        boulders = scatter(world, stone, Patch(near=9, far=30, count=9, height=1.0, gap=2.0, spread=0.6))
        pebbles = scatter(world, stone, Patch(near=4.4, far=9, count=9, height=0.24, gap=0.5, clear=clear))
        shadows = [Shadow(stand.x, stand.z, 0.2 + stand.height * 0.4, 0.8) for stand in (*boulders[1], *pebbles[1])][:30]
        world.ground(
            Earth(low=_DUST[0], high=_DUST[1], patch=scaled(_DUST[0], 0.8), patchiness=0.5), shadows, far=150
        )
        world.band(18, [boulders])
        world.band(max(world.stage.z + 1.4, 6.0), [pebbles])
        before = max(min(world.stage.z - 0.3, 4.0), 2.9)
        front = scatter(world, stone, Patch(near=2.8, far=before, count=4, height=0.2, gap=0.6, clear=clear))
        world.band(3.0, [front], PlaneOptions(resolution=0.8, soften=1.2))


def _craters(seed: int) -> HeightField:
    """Gentle swells with bowls in them, each with a raised rim."""
    random = np.random.default_rng(seed % 2**32)
    centres = np.stack([random.uniform(-26, 26, _CRATERS), random.uniform(6.5, 70, _CRATERS)], axis=1)
    radii = 0.5 + 3.6 * random.random(_CRATERS) ** 2 * np.clip(centres[:, 1] / 30, 0.3, 1.2)
    phase = float(random.uniform(0, 6))

    def heights(x: Floats, z: Floats) -> Floats:
        level = 0.25 * np.sin(x * 0.11 + phase) * np.clip((z - 4) / 20, 0, 1)
        for (centre_x, centre_z), radius in zip(centres, radii, strict=True):
            away = np.hypot(x - centre_x, z - centre_z) / radius
            bowl = np.where(away < 1, (away**2 - 1) * 0.30, 0.0) + 0.11 * np.exp(-(((away - 1.08) / 0.22) ** 2))
            level = level + bowl * radius
        return np.asarray(level)

    return heights
