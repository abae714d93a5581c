"""River: it winds towards us between green banks, flecked with foam that the current carries, stones in its way.

Knows its course and banks; hills, the far wood and what flies there are the lake's.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from aiprod.visuals.motion.archetypes.lake import FAR_SHORE, far_hills, far_wood, water_life
from aiprod.visuals.motion.archetypes.tones import STONE, WOOD, leafage_of, season_of
from aiprod.visuals.motion.cards import rocks, trees, undergrowth
from aiprod.visuals.motion.cards.stock import CardSet, Material, Planting, Stand
from aiprod.visuals.motion.ground import Earth, Floats, Ground
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Light
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.water import WaterLook
from aiprod.visuals.motion.world import World

_NEAR, _WATER = 2.6, FAR_SHORE - 6
_FLECKS, _SPEED = 64, 1.15
_DISTANCES = (2.0, 6.0, 10.0, 16.0, 24.0, 34.0, 46.0, 60.0)
_BENDS = (
    ((-0.55, 3.4), (-0.95, 2.9), (-1.7, 1.9), (-3.6, 0.6), (-4.6, 0.4), (-2.6, 3.4), (1.0, 8.0), (0.0, 8.5)),
    ((-0.75, 3.0), (-1.15, 2.6), (-1.5, 2.7), (-0.6, 4.2), (1.6, 7.0), (2.2, 8.6), (-2.0, 5.6), (-6.0, 2.5)),
    ((-0.65, 3.8), (-1.05, 3.0), (-2.2, 1.6), (-5.0, -0.6), (-5.4, 0.0), (-1.0, 5.4), (3.0, 10.0), (1.0, 9.0)),
)
"""Where the left and the right bank are at each of the distances, by variant; odd seeds turn it over."""


@dataclass(frozen=True, slots=True)
class Course:
    """A river's way: edges in metres aside at a distance."""

    bend: int
    way: int

    def edges(self, z: Floats) -> tuple[Floats, Floats]:
        """The left and the right bank."""
        found = []
        for side in (0, 1):
            knots = np.array([pair[side] for pair in _BENDS[self.bend]])
            smooth = [np.interp(z + shift, _DISTANCES, knots) for shift in (-2.4, -1.2, 0.0, 1.2, 2.4)]
            found.append(np.asarray(sum(smooth) / 5.0, dtype=np.float64) + 0.10 * np.sin(z * 1.9 + side) + 0.06 * np.sin(z * 4.3))
        return (found[0], found[1]) if self.way > 0 else (-found[1], -found[0])

    def at(self, z: float) -> tuple[float, float]:
        """The banks at one distance."""
        left, right = self.edges(np.array(z))
        return float(left), float(right)

    def heights(self, x: Floats, z: Floats) -> Floats:
        """The banks' height; water is level with 0."""
        left, right = self.edges(np.asarray(z, dtype=np.float64))
        inland = np.maximum(np.maximum(left - x, x - right), 0.0)
        rough = 0.05 * np.sin(x * 1.7 + z * 0.9) + 0.04 * np.sin(x * 3.1 - z * 1.3)
        return np.asarray((0.34 + rough) * (1 - np.exp(-inland / 0.5)) + 0.035 * inland, dtype=np.float64)


def _course(spec: SceneSpec) -> Course:
    return Course(spec.variant % len(_BENDS), 1 if spec.seed % 2 else -1)


class River:
    """At the edge of the water, looking up the stream."""

    def setting(self, spec: SceneSpec) -> Setting:
        side = 1 if spec.seed % 2 else -1
        sun_at = {"golden": (side * 0.22, 0.26), "dawn": (side * 0.2, 0.16), "sunset": (side * 0.16, 0.1)}
        return Setting(
            eye_height=1.95, horizon=0.06, reach=1.2, fog=0.007, fog_fall=0.05, stage_near=4.6, stage_far=40.0,
            sun_at=sun_at.get(spec.time_of_day), clouds=0.8, heights=_course(spec).heights,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        del spec
        return replace(mood, rays=mood.rays * 0.8)

    def build(self, world: World) -> None:
        spec, mood = world.spec, world.mood
        course = _course(spec)
        far_hills(world, gap=0.5)
        far_wood(world)
        rough = spec.weather in ("wind", "storm")
        deep = mixed(srgb(22, 52, 50), scaled(mood.zenith, 0.35), 0.35)
        rain = 0.7 if spec.weather in ("rain", "storm") else 0.0
        world.water(_WATER, WaterLook(deep=deep, waves=1.9 if rough else 1.15, rain=rain, smear=0.018, reflectance=0.8))
        self._banks(world, course)
        stones = self._stones(course)
        self._growth(world, course, stones)
        self._current(world, course, stones)
        water_life(world)

    def _banks(self, world: World, course: Course) -> None:
        leafage = leafage_of(season_of(world.spec))
        earth = Earth(low=mixed(leafage.earth[0], leafage.grass[0], 0.5), high=mixed(leafage.earth[1], leafage.grass[1], 0.45),
                      patch=leafage.earth[2], patchiness=0.55)  # fmt: skip

        def reach(z: float) -> float:
            return world.half_width(z) * 1.15 + 0.6

        def left(z: float) -> tuple[float, float]:
            edge = course.at(z)[0]
            return min(-reach(z), edge), edge

        def right(z: float) -> tuple[float, float]:
            edge = course.at(z)[1]
            return edge, max(reach(z), edge)

        for span in (left, right):
            bank = Ground(world.gpu, course.heights, near=_NEAR, far=FAR_SHORE, half_width=world.half_width, span=span)
            width = min(1024, max(256, 2 ** round(math.log2(world.size[0]))))
            bank.bake(earth, [], (width, width * 2))
            world.add(_WATER - 0.5, lambda _, bank=bank: bank.draw())  # type: ignore[misc]

    def _growth(self, world: World, course: Course, stones: Sequence[Stand]) -> None:
        """Trees far enough aside, bushes, grass to the water's edge, reeds and stones in it."""
        spec, mood = world.spec, world.mood
        leafage = leafage_of(season_of(spec))
        leafy = Material(dark=leafage.tree[0], light=leafage.tree[1], alternative=leafage.tree[2], second_dark=WOOD[0],
                         second_light=WOOD[1], rim=0.6)  # fmt: skip
        tall = [trees.birch(i) if spec.seed % 3 == 0 else trees.broadleaf(i) for i in range(4)]
        broad = world.cards(tall, leafy)
        bushes = world.cards([undergrowth.bush(i) for i in range(4)], Material(dark=leafage.low[0], light=leafage.low[1], rim=0.5))
        blades = Material(dark=leafage.grass[0], light=leafage.grass[1], second_dark=srgb(60, 36, 20),
                          second_light=srgb(120, 78, 44), rim=0.7)  # fmt: skip
        grass = world.cards([undergrowth.grass(i) for i in range(4)], blades)
        reeds = world.cards([undergrowth.reeds(i) for i in range(4)], blades)
        rock = world.cards([rocks.rock(i) for i in range(4)],
                           Material(dark=scaled(STONE[0], 0.7), light=scaled(STONE[1], 0.8), second_dark=STONE[0],
                                    second_light=STONE[1], rim=0.5))  # fmt: skip
        mist = Mist(density=0.35 * mood.thickness, seed=6, height=3)
        bands: Sequence[tuple[float, Sequence[Planting]]] = (
            (41.0, [self._along(world, course, broad, (36, 48), 26, (2.0, 9.0), 7.0),
                    self._along(world, course, bushes, (34, 48), 40, (0.5, 8.0), 1.3)]),
            (28.0, [self._along(world, course, broad, (23, 32), 12, (2.2, 7.0), 6.2),
                    self._along(world, course, bushes, (22, 32), 26, (0.4, 6.0), 1.1),
                    self._along(world, course, grass, (20, 30), 60, (0.05, 3.0), 0.42)]),
            (16.0, [(rock, [one for one in stones if one.z > 11]),
                    self._along(world, course, broad, (14, 19), 5, (2.4, 5.0), 5.4),
                    self._along(world, course, bushes, (12, 19), 12, (0.9, 4.5), 0.9),
                    self._along(world, course, grass, (11, 18), 90, (0.03, 3.0), 0.38),
                    self._along(world, course, reeds, (12, 18), 10, (-0.15, 0.1), 1.0)]),
            (8.5, [(rock, [one for one in stones if one.z <= 11]),
                   self._along(world, course, grass, (7, 10.5), 90, (0.03, 2.2), 0.34),
                   self._along(world, course, reeds, (6.5, 10), 7, (-0.12, 0.15), 0.95)]),
            (5.0, [self._along(world, course, grass, (3.4, 6.4), 70, (0.04, 1.4), 0.30)]),
        )  # fmt: skip
        for number, (depth, plantings) in enumerate(bands):
            sway = Sway(amount=0.0008 * (1 + number), start=0.1, waves=16 - 2 * number, phase=number)
            world.band(depth, plantings, PlaneOptions(sway=sway, mist=mist if number < 2 else Mist()))

    def _along(
        self, world: World, course: Course, cards: CardSet, reach: tuple[float, float], count: int, inland: tuple[float, float],
        height: float,
    ) -> Planting:  # fmt: skip
        """Stands on both banks, so far from the water."""
        random, stands = world.random, []
        for _ in range(max(1, round(count * world.fullness))):
            z = float(random.uniform(*reach))
            left, right = course.at(z)
            aside = inland[0] + (inland[1] - inland[0]) * float(random.random()) ** 1.5
            x = left - aside if random.random() < 0.5 else right + aside
            size = height * float(random.uniform(0.7, 1.25))
            picture, light, mirrored = int(random.integers(cards.count)), float(random.uniform(0.75, 1.1)), bool(random.random() < 0.5)
            if abs(x) < world.half_width(z) + 0.5 * size:
                stands.append(Stand(x, max(world.height_at(x, z), 0.0) - 0.05 * size, z, size, picture, light, mirrored))
        return cards, sorted(stands, key=lambda stand: -stand.z)

    def _stones(self, course: Course) -> list[Stand]:
        """Stones that the current breaks against."""
        found = []
        for z, share, tall in ((18.0, 0.75, 0.5), (13.0, 0.82, 0.36), (9.6, 0.12, 0.3)):
            left, right = course.at(z)
            for i in (0, 1):
                x = left + (right - left) * (share + 0.07 * i)
                found.append(Stand(x, -0.12 * tall, z + 0.1 * i, tall * (1.0 - 0.4 * i), i + int(z) % 2))
        return found

    def _current(self, world: World, course: Course, stones: Sequence[Stand]) -> None:
        """Flecks of foam and light go down the stream, faster in its middle, and it foams at the stones."""
        random = np.random.default_rng(world.spec.seed + 77)
        length = _WATER - _NEAR - 6
        places = [(float(random.random()), float(random.uniform(-0.86, 0.86)), float(random.uniform(0.6, 1.4))) for _ in range(_FLECKS)]
        tone = scaled(mixed(world.mood.ambient, world.mood.sun, 0.35), 0.30)

        def shine(seconds: float) -> list[Light]:
            found = [
                Light(x=one.x, y=0.015, z=one.z - 0.12, wide=one.height * (0.9 + 0.1 * math.sin(5.0 * seconds + one.x)), high=0.035,
                      colour=scaled(tone, 1.7))
                for one in stones
            ]  # fmt: skip
            for start, lane, size in places:
                part = (start + seconds * _SPEED * (1.15 - 0.5 * lane * lane) / length) % 1.0
                z = _NEAR + length * (1.0 - part) ** 1.6
                left, right = course.at(z)
                x = (left + right) / 2 + lane * (right - left) / 2 + 0.12 * math.sin(1.3 * z + 6.0 * start)
                fade = min(1.0, part / 0.08, (1.0 - part) / 0.06)
                long = (0.20 + 0.012 * z) * size
                found.append(Light(x=x, y=0.012, z=z, wide=long, high=0.016 + 0.0008 * z, colour=scaled(tone, max(fade, 0.0))))
            return found

        world.lights(_WATER - 0.6, shine)
