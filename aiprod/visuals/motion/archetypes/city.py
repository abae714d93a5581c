"""City: a skyline over the water, or a street between towers; windows mirror the sky by day and light up at night."""

import math
from dataclasses import replace

from aiprod.visuals.motion.archetypes.tones import SUMMER, WOOD
from aiprod.visuals.motion.cards import trees
from aiprod.visuals.motion.cards.stock import Material, Stand
from aiprod.visuals.motion.facades import Block, draw_blocks
from aiprod.visuals.motion.ground import Earth
from aiprod.visuals.motion.layers import Mist, Paint, PlaneOptions, Sway
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Light, Swarm
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.water import WaterLook
from aiprod.visuals.motion.world import World

QUAY = 92.0
"""Metres to the far quay of the skyline variant."""


def _is_street(spec: SceneSpec) -> bool:
    """Who walks or drives does so in a street; before the skyline lies water."""
    return spec.variant % 2 == 1 or any(subject.gait not in ("fly", "swim") for subject in spec.subjects)


class City:
    """Before a skyline mirrored in water, or down in a street."""

    def setting(self, spec: SceneSpec) -> Setting:
        side = 1 if spec.seed % 2 else -1
        sun_at = {"golden": (side * 0.16, 0.20), "dawn": (side * 0.2, 0.12), "sunset": (side * 0.12, 0.06)}
        if _is_street(spec):
            return Setting(
                eye_height=1.7, focal=1.7, horizon=-0.26, reach=2.4, fog=0.006, fog_fall=0.02, stage_near=4.4,
                stage_far=30.0, sun_at=sun_at.get(spec.time_of_day), clouds=0.8,
            )  # fmt: skip
        return Setting(
            eye_height=4.5, focal=2.2, horizon=-0.28, reach=5.0, fog=0.0021, fog_fall=0.008, stage_near=9.0,
            stage_far=60.0, sun_at=sun_at.get(spec.time_of_day), clouds=1.0,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        if not mood.night:
            return replace(mood, rays=mood.rays * 0.7)
        glow = srgb(112, 84, 88) if spec.seed % 2 else srgb(92, 84, 116)
        return replace(
            mood, skyline=mixed(mood.skyline, glow, 0.55), fog=mixed(mood.fog, glow, 0.25), stars=mood.stars * 0.35,
            ambient=scaled(mixed(mood.ambient, glow, 0.12), 1.1), bloom=min(mood.bloom * 1.5, 0.95), threshold=0.5,
        )  # fmt: skip

    def build(self, world: World) -> None:
        if _is_street(world.spec):
            _Street(world).build()
        else:
            _Skyline(world).build()
        if not world.mood.night and world.spec.weather == "clear":
            birds = Swarm(kind="BIRDS", count=6, depth=(30, 70), heights=(16, 34), size=(0.4, 0.7),
                          tone=scaled(world.mood.ambient, 0.2), strength=0.8, wind=(1.2, 0, 0))  # fmt: skip
            world.swarm(70, birds)


class _Skyline:
    """Rows of towers behind a quay, mirrored."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.beacons: list[tuple[float, float, float]] = []
        self.peak = float(world.random.uniform(-0.25, 0.25))

    def build(self) -> None:
        world, mood = self.world, self.world.mood
        haze = 0.6 * min(mood.thickness, 1.5)
        self._row(520, 46, (40, 190), 0.55, haze, 60)
        self._row(330, 36, (32, 150), 0.45, haze * 0.8, 40)
        self._row(200, 26, (18, 84), 0.35, haze * 0.6, 22)
        self._row(126, 22, (8, 26), 0.25, haze * 0.35, 8)
        green = world.cards([trees.broadleaf(i, 1.0, 1800) for i in range(3)],
                            Material(dark=SUMMER.tree[0], light=SUMMER.tree[1], second_dark=WOOD[0],
                                     second_light=WOOD[1], rim=0.4))  # fmt: skip
        half = world.half_width(QUAY + 6)
        stands = [
            Stand(-half + 2 * half * (i + 0.5) / 34, 0.4, QUAY + 6, 4.6 + world.random.random() * 2, i % 3, 0.75, bool(i % 2))
            for i in range(34) if world.random.random() < 0.7
        ]  # fmt: skip
        world.band(QUAY + 6, [(green, stands)], PlaneOptions(sway=Sway(amount=0.0004, waves=20)))
        waves = 1.1 if world.spec.weather in ("wind", "storm", "rain") else 0.7
        deep = scaled(mixed(srgb(14, 34, 48), mood.zenith, 0.5), 0.35 if mood.night else 0.9)
        rain = 0.8 if world.spec.weather in ("rain", "storm") else 0.0
        world.water(QUAY, WaterLook(deep=deep, waves=waves, rain=rain, smear=0.03, reflectance=0.92))
        if mood.night:
            world.lights(QUAY + 30, self._blink)
            world.lights(QUAY + 1, lambda _: self._lamps(half))

    def _row(
        self, depth: float, count: int, heights: tuple[float, float], spread: float, mist: float, misty: float
    ) -> None:
        world, random = self.world, self.world.random
        half = world.half_width(depth) * 1.08
        blocks: list[Block] = []
        for i in range(round(count * world.fullness)):
            x = -half + 2 * half * (i + random.random()) / round(count * world.fullness)
            hill = math.exp(-(((x / half - self.peak) / 0.55) ** 2))
            height = heights[0] + (heights[1] - heights[0]) * random.random() ** 1.7 * (0.35 + 0.8 * hill)
            width = random.uniform(0.5, 1.0) * 2.4 * half / count * 1.25
            z = depth * random.uniform(0.94, 1.06)
            style = int(random.choice([0, 0, 2, 3, 1] if heights[1] > 60 else [1, 2, 4, 4]))
            self._tower(blocks, Block(x=x, y=0.0, z=z, width=width, height=height, depth=width * 0.8, style=style,
                                      seed=random.uniform(0, 60), lit=spread * random.uniform(0.5, 1.3)))  # fmt: skip
        options = PlaneOptions(resolution=1.0, mist=Mist(density=mist, speed=0.002, seed=depth * 0.01, height=misty))
        world.plane(depth, lambda: draw_blocks(world.gpu, blocks, world.mood), options)

    def _tower(self, blocks: list[Block], block: Block) -> None:
        """A block, and the narrower ones that stand on it."""
        random = self.world.random
        blocks.append(block)
        top = block
        while top.height > 26 and random.random() < 0.45 and len(blocks) < 400:
            top = replace(top, y=top.y + top.height, z=top.z - 0.1, width=top.width * random.uniform(0.5, 0.75),
                          height=top.height * random.uniform(0.12, 0.3), seed=top.seed + 1.7)  # fmt: skip
            blocks.append(top)
        roof = top.y + top.height
        if roof > 70 and random.random() < 0.6:
            mast = replace(top, y=roof, z=top.z - 0.2, width=top.width * 0.05, height=roof * 0.14, style=2, lit=0.0)
            blocks.append(mast)
            self.beacons.append((top.x, roof + mast.height, top.z))

    def _blink(self, seconds: float) -> list[Light]:
        lights = []
        for index, (x, y, z) in enumerate(self.beacons):
            bright = max(0.0, math.sin(seconds * 2.4 + index * 1.9)) ** 3
            lights.append(_lamp(x, y, z, z * 0.008, (1.6 * bright, 0.12 * bright, 0.1 * bright)))
        return lights

    def _lamps(self, half: float) -> list[Light]:
        return [_lamp(-half + 2 * half * (i + 0.5) / 16, 3.2, QUAY + 1, 1.5, (1.5, 0.92, 0.42)) for i in range(16)]


class _Street:
    """Facades left and right that run to a bright end."""

    def __init__(self, world: World) -> None:
        self.world = world

    def build(self) -> None:
        world, mood, random = self.world, self.world.mood, self.world.random
        width = 8.5 if world.aspect < 1 else 11.0
        asphalt = (srgb(52, 54, 60), srgb(92, 94, 98))
        wet = world.spec.weather in ("rain", "storm")
        far = [
            Block(x=x, y=0.0, z=190 + 20 * random.random(), width=26.0, height=float(random.uniform(50, 140)), depth=20,
                  style=int(random.choice([0, 3, 2])), seed=random.uniform(0, 60), lit=0.5)
            for x in (-62, -34, -9, 18, 44, 66)
        ]  # fmt: skip
        mist = Mist(density=0.7 * min(mood.thickness, 1.5), speed=0.003, seed=1.0, height=26)
        world.plane(190, lambda: draw_blocks(world.gpu, far, mood), PlaneOptions(mist=mist), order=400)
        for index, (near, end) in enumerate(((96.0, 170.0), (52.0, 96.0), (28.0, 52.0), (15.0, 28.0), (8.0, 15.0))):
            blocks = self._rows(near, end, width)
            mist = Mist(density=0.38 * mood.thickness, speed=0.004, seed=index * 1.7, height=12)
            # A row seen at a slant is baked where it begins, so that its nearest wall slides as it should.
            world.plane(
                near, _painter(world, blocks, mood), PlaneOptions(mist=mist if near > 20 else Mist()), order=140 + near
            )
        world.ground(
            Earth(low=scaled(asphalt[0], 0.5 if wet else 1.0), high=scaled(asphalt[1], 0.6 if wet else 1.0), patch=asphalt[0],
                  patchiness=0.04, trail_tone=srgb(206, 200, 180), sparkle=0.5 if wet else 0.0, street=width * 0.55),
            far=170,
        )  # fmt: skip
        green = world.cards([trees.broadleaf(i, 0.8, 2000) for i in range(3)],
                            Material(dark=SUMMER.tree[0], light=SUMMER.tree[1], second_dark=WOOD[0],
                                     second_light=WOOD[1], rim=0.5))  # fmt: skip
        for depth in (44.0, 26.0, 14.0):
            stands = [
                Stand(side * width * 0.78, 0.0, depth + i * depth * 0.18, 5.2, (i + int(depth)) % 3, 0.8, side > 0)
                for i in range(2) for side in (-1, 1)
            ]  # fmt: skip
            world.band(depth, [(green, stands)], PlaneOptions(sway=Sway(amount=0.001, start=0.3, waves=8)))
        if mood.night:
            world.lights(12, lambda _: self._lamps(width))
            world.lights(60, self._traffic)

    def _rows(self, near: float, end: float, width: float) -> list[Block]:
        random = self.world.random
        blocks: list[Block] = []
        for side in (-1, 1):
            z = near
            while z < end:
                deep, wide = float(random.uniform(10, 18)), float(random.uniform(12, 20))
                tall = float(random.uniform(14, 30) if random.random() < 0.7 else random.uniform(36, 80))
                blocks.append(
                    Block(x=side * (width + wide / 2), y=0.0, z=z, width=wide, height=tall, depth=min(deep, end - z),
                          style=int(random.choice([1, 4, 2, 0, 3])), seed=random.uniform(0, 60), lit=random.uniform(0.3, 0.6))
                )  # fmt: skip
                z += deep
        return blocks

    def _lamps(self, width: float) -> list[Light]:
        tone: Colour = (1.5, 0.95, 0.48)
        return [
            _lamp(side * width * 0.86, 5.2, z, 0.6 + z * 0.008, tone)
            for z in (9.0, 16.0, 25.0, 37.0, 54.0, 78.0) for side in (-1, 1)
        ]  # fmt: skip

    def _traffic(self, seconds: float) -> list[Light]:
        """Head lights that come and tail lights that go."""
        lights: list[Light] = []
        for index in range(6):
            coming = 120 - (seconds * 9 + index * 23) % 110
            going = 14 + (seconds * 8 + index * 19) % 110
            for offset in (-0.6, 0.6):
                lights.append(_lamp(-2.3 + offset, 0.7, coming, 0.35, (1.6, 1.5, 1.25)))
                lights.append(_lamp(2.3 + offset, 0.8, going, 0.3, (1.4, 0.10, 0.06)))
        return lights


def _lamp(x: float, y: float, z: float, size: float, colour: Colour) -> Light:
    return Light(x=x, y=y, z=z, wide=size, high=size, colour=colour)


def _painter(world: World, blocks: list[Block], mood: Mood) -> Paint:
    return lambda: draw_blocks(world.gpu, blocks, mood, street_metres=4.2)
