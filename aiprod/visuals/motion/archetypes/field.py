"""Field: wheat, flowers or grass to soft green hills, lines of trees, big clouds."""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.tones import WOOD, Leafage, leafage_of, season_of
from aiprod.visuals.motion.cards import trees, undergrowth
from aiprod.visuals.motion.cards.stock import CardSet, Material
from aiprod.visuals.motion.ground import Earth, Floats
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Cumulus, Ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_PETALS: tuple[tuple[Colour, Colour], ...] = (
    (srgb(120, 14, 10), srgb(232, 52, 36)),
    (srgb(90, 60, 130), srgb(196, 160, 246)),
    (srgb(150, 110, 10), srgb(255, 216, 64)),
    (srgb(150, 150, 160), srgb(246, 248, 255)),
)


class Field:
    """Standing among stalks."""

    def setting(self, spec: SceneSpec) -> Setting:
        phase = spec.seed % 10 * 0.6

        def heights(x: Floats, z: Floats) -> Floats:
            swell = 0.55 * np.sin(x * 0.07 + z * 0.05 + phase) * np.clip((z - 6) / 20, 0, 1)
            return np.asarray(swell + 0.06 * np.sin(x * 0.5 + z * 0.22) + 0.006 * np.maximum(z - 20, 0))

        side = 1 if spec.seed % 2 else -1
        low = {"golden": (side * 0.3, 0.12), "dawn": (side * 0.3, 0.05), "sunset": (side * 0.22, 0.02)}
        return Setting(
            eye_height=1.5,
            horizon=-0.22,
            reach=1.4,
            fog=0.0048,
            fog_fall=0.025,
            stage_near=4.2,
            stage_far=50.0,
            heights=heights,
            sun_at=low.get(spec.time_of_day),
        )

    def mood(self, _spec: SceneSpec, mood: Mood) -> Mood:
        return replace(mood, rays=mood.rays * 0.7)

    def build(self, world: World) -> None:
        spec, mood = world.spec, world.mood
        season = season_of(spec)
        leafage = leafage_of(season)
        default = ("flowers", "wheat", "grass")[spec.variant % 3]
        kind = {"wheat": "wheat", "flowers": "flowers", "grass": "grass"}.get(spec.flora, default)
        kind = "grass" if season == "winter" else kind
        seed = float(world.random.random() * 60)
        if spec.time_of_day in ("day", "golden", "dusk") and spec.weather in ("clear", "wind"):
            clouds = Cumulus(near=520, far=1500, bottom=80, top=240, lit=mood.cloud_lit, dark=mood.cloud_dark)
            world.cumulus(850.0, replace(clouds, cover=0.47, scale=0.012, seed=seed, density=0.05))
        self._hills(world, leafage, seed)
        stalks = self._stalks(world, kind, leafage)
        ripe = kind == "wheat"
        low, high = (srgb(120, 88, 34), srgb(206, 164, 84)) if ripe else (leafage.grass[0], leafage.grass[1])
        earth = Earth(
            low=low,
            high=mixed(low, high, 0.75),
            patch=mixed(leafage.earth[2], high, 0.5),
            patchiness=0.5,
            trail=(0.9, 0.45, 0.07, 0.8 if spec.variant % 2 else 0.0),
            trail_tone=srgb(150, 120, 84),
        )
        world.ground(earth, far=150)
        self._trees(world, leafage)
        self._crop(world, stalks, 0.62 if ripe else 0.42)
        if not mood.night and spec.weather in ("clear", "wind"):
            dark = scaled(mood.ambient, 0.16)
            birds = Swarm(kind="BIRDS", count=7, depth=(34, 55), heights=(8, 18), size=(0.35, 0.65), tone=dark)
            world.swarm(50, replace(birds, strength=0.85, wind=(1.6, 0, 0)))

    def _hills(self, world: World, leafage: Leafage, seed: float) -> None:
        thick = world.mood.thickness
        green = mixed(leafage.earth[1], leafage.grass[1], 0.35)
        hill = Ridge(near=140, far=430, height=34, frequency=0.0042, seed=seed, base=-5, grass=green, grass_line=3.0)
        far = PlaneOptions(resolution=0.9, mist=Mist(density=min(0.5 * thick, 1), speed=0.003, seed=1.2, height=24))
        world.ridge(250, replace(hill, rock_dark=green, rock_light=mixed(green, leafage.grass[1], 0.5)), options=far)
        near = replace(hill, near=72, far=150, height=9, frequency=0.011, seed=seed + 5, base=-2.5)
        mist = Mist(density=min(0.4 * thick, 1), speed=0.004, seed=3.2, height=7)
        world.ridge(110, replace(near, rock_dark=green, rock_light=green), options=PlaneOptions(mist=mist))

    def _stalks(self, world: World, kind: str, leafage: Leafage) -> CardSet:
        if kind == "wheat":
            gold = Material(dark=srgb(112, 76, 24), light=srgb(238, 192, 98), rim=0.8, contact=0.5)
            return world.cards([undergrowth.wheat(i) for i in range(5)], gold)
        dark, light = _PETALS[world.spec.variant // 3 % len(_PETALS)]
        blades = Material(
            dark=leafage.grass[0], light=leafage.grass[1], second_dark=dark, second_light=light, rim=0.6, contact=0.5
        )
        if kind == "flowers":
            return world.cards([undergrowth.meadow(i) for i in range(6)], blades)
        return world.cards([undergrowth.grass(i) for i in range(5)], blades)

    def _trees(self, world: World, leafage: Leafage) -> None:
        material = Material(
            dark=leafage.tree[0],
            light=leafage.tree[1],
            alternative=leafage.tree[2],
            second_dark=WOOD[0],
            second_light=WOOD[1],
            rim=0.6,
        )
        crowns = world.cards([trees.broadleaf(i) for i in range(4)], material)
        bushes = world.cards([undergrowth.bush(i) for i in range(4)], replace(material, rim=0.45))
        thick = world.mood.thickness
        line = scatter(world, crowns, Patch(near=56, far=80, count=30, height=5.6, hue=0.5))
        hedge = scatter(world, bushes, Patch(near=52, far=80, count=60, height=1.7, widen=1.7))
        mist = Mist(density=min(0.45 * thick, 1), seed=5, height=7)
        world.band(64, [line, hedge], PlaneOptions(sway=Sway(amount=0.0005, waves=20), mist=mist))
        lone = scatter(world, crowns, Patch(near=24, far=42, count=5, height=6.5, gap=4.0, hue=0.5))
        low = scatter(world, bushes, Patch(near=24, far=42, count=8, height=1.1, gap=2, widen=1.6))
        mist = Mist(density=0.25 * thick, speed=0.007, seed=7, height=4)
        world.band(33, [lone, low], PlaneOptions(sway=Sway(amount=0.0009, waves=14, phase=1), mist=mist))

    def _crop(self, world: World, stalks: CardSet, height: float) -> None:
        stage = world.stage
        before, clear = max(stage.z - 0.15, 2.9), world.clearing()
        back = max(stage.z + 0.1, 4.5)
        bands = (
            (18.0, Patch(near=11.5, far=27, count=340, height=height, widen=1.3), 0.0014, 9),
            (
                max(stage.z + 1.5, 8.0),
                Patch(near=back, far=max(12.0, back + 3), count=260, height=height * 0.85),
                0.0022,
                8,
            ),
            (
                min(5.2, before),
                Patch(near=3.8, far=max(before, 4.0), count=190, height=height * 0.62, clear=clear),
                0.0034,
                7,
            ),
        )
        for depth, patch, sway, waves in bands:
            planted = scatter(world, stalks, patch)
            world.band(depth, [planted], PlaneOptions(sway=Sway(amount=sway, start=0.1, waves=waves, phase=depth)))
        material = stalks.material
        dark = replace(material, dark=scaled(material.dark, 0.6), light=scaled(material.light, 0.65))
        close = world.cards([undergrowth.grass(i) for i in range(5)], dark)
        edge = scatter(world, close, Patch(near=2.2, far=min(3.7, before), count=100, height=0.34))
        wind = Sway(amount=0.005, start=0.03, waves=5, phase=5)
        world.band(2.9, [edge], PlaneOptions(sway=wind, resolution=0.7, soften=2.2))
