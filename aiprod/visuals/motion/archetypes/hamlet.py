"""A village being laid out: houses, things, lanterns, paving and green, put where a layout says. Knows no layout."""

import math
from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.houses import BARN, STYLES, House, build_house
from aiprod.visuals.motion.archetypes.rooms import Daylight, Lamp, Point, Room, Surface, furnish
from aiprod.visuals.motion.archetypes.tones import WOOD, has_flowers, leafage_of, season_of
from aiprod.visuals.motion.cards import trees, undergrowth
from aiprod.visuals.motion.cards.stock import CardSet, Material, Stand
from aiprod.visuals.motion.cards.yard import yard_thing
from aiprod.visuals.motion.ground import Earth, Shadow
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Colour, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Light, Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Cumulus, Ridge
from aiprod.visuals.motion.world import World

_THINGS = ("lantern", "well", "barrel", "cart", "hay", "fence", "stall", "fountain")
_LAMPLIGHT: Colour = (1.0, 0.60, 0.25)
_WARM = ("palm", "cactus")
_NEIGHBOURS = {
    "timbered": ("timbered", "brick"), "stone": ("timbered", "thatched"), "thatched": ("stone", "timbered"),
    "brick": ("timbered", "stone"),
}  # fmt: skip


class Hamlet:
    """A village that is being laid out."""

    def __init__(self, world: World) -> None:
        spec, mood = world.spec, world.mood
        self.world = world
        self.random = np.random.default_rng(spec.seed + 307)
        self.season = season_of(spec)
        self.winter = self.season == "winter"
        self.leafage = leafage_of(self.season)
        names = ("timbered", "southern", "stone", "thatched", "northern", "brick")
        pick = "southern" if spec.flora in _WARM else names[(spec.seed + spec.variant // 4) % len(names)]
        self.southern = pick == "southern"
        self.styles = [STYLES[name] for name in (pick, pick, *_NEIGHBOURS.get(pick, ()))]
        wet = 1.0 if spec.weather in ("rain", "storm") else 0.0
        frame = world.gpu.frame
        daylight = Daylight(
            window=(0.0, 0.0, 0.0), sun_way=frame.sun_dir, sun=(0.0, 0.0, 0.0), fill=scaled(mood.ambient, 0.92),
            view=(mood.zenith, mood.skyline, mood.fog),
        )  # fmt: skip
        self.room = Room(
            half=1e4, high=1e4, back=1e4, daylight=daylight, pictures=[yard_thing(name) for name in _THINGS], open_air=True,
            snow=1.0 if self.winter else 0.0, wet=wet,
        )  # fmt: skip
        self.eye: Point = (0.0, world.setting.eye_height, 0.0)
        self.houses: list[House] = []
        self.lanterns: list[Point] = []
        self.crowns, self.bushes, self.grass = self._plants()

    # --- what layouts ask ---------------------------------------------------------------------------------------------

    def house(
        self, x: float, z: float, *, turn: float, long: float = 8.0, wide: float = 6.2, barn: bool = False, storeys: int = 3
    ) -> House:
        """Build a house whose floor's middle is there, of `storeys` at most."""
        random = self.random
        style = BARN if barn else self.styles[int(random.integers(len(self.styles)))]
        floors = min(int(random.integers(style.storeys[0], style.storeys[1] + 1)), storeys)
        foot = min(self.world.height_at(x, z - wide * 0.55), self.world.height_at(x, z)) - 0.12
        house = House(
            at=(x, foot, z), long=long * random.uniform(0.9, 1.12), wide=wide * random.uniform(0.92, 1.1),
            high=2.55 * floors + 0.25, turn=turn, style=style, seed=float(random.random() * 10), chimney=not barn,
        )  # fmt: skip
        self.houses.append(house)
        return house

    def put(self, name: str, x: float, z: float, size: tuple[float, float], *, shine: float = 0.0) -> None:
        """Stand a painted thing on the ground."""
        y = self.world.height_at(x, z)
        self.room.picture(_THINGS.index(name), (x, y - 0.02, z), size, shine=shine)
        if name not in ("lantern", "fence"):
            wide = size[0] * 0.36
            self.room.shade((x - wide, y, z), (x + wide, y + size[1] * 0.55, z + wide))

    def lantern(self, x: float, z: float) -> None:
        """A street lantern, lit when it is dark."""
        night = self.world.mood.night
        self.put("lantern", x, z, (0.5, 3.1), shine=1.3 if night else 0.0)
        if night:
            at = (x, self.world.height_at(x, z) + 2.52, z - 0.15)
            self.room.lamps.append(Lamp(at=at, light=scaled(_LAMPLIGHT, 3.6), radius=0.25))
            self.lanterns.append(at)

    def cobbles(self, half: float, far: float, *, size: float = 0.12, fade: float = 0.0) -> None:
        """Paving from our feet to `far`, `half` metres to each side."""
        pale = self.southern
        tones = (srgb(134, 118, 98), srgb(190, 172, 146)) if pale else (srgb(84, 82, 80), srgb(150, 144, 136))
        stones = Surface(
            kind="COBBLES", tone=tones[0], other=tones[1], detail=(size, fade), seed=self.world.spec.seed % 7
        )
        self.room.panel((-half, 0.012, 0.4), (2 * half, 0, 0), (0, 0, far - 0.4), stones, order=125.0)

    def earth(self, *, trail: tuple[float, float, float, float] = (0.0, 1.0, 0.0, 0.0), far: float = 150.0) -> None:
        """The green ground, with the houses' shadows."""
        tones = self.leafage.earth
        path = srgb(214, 220, 230) if self.winter else srgb(166, 142, 108)
        shadows = [Shadow(h.at[0], h.at[2] - 1.0, 3.2, 0.5) for h in sorted(self.houses, key=lambda h: h.at[2])[:24]]
        grass = mixed(self.leafage.grass[1], tones[1], 0.5)
        earth = Earth(
            low=mixed(tones[0], self.leafage.grass[0], 0.5), high=grass, patch=tones[2], patchiness=0.25, trail=trail,
            trail_tone=path, sparkle=0.4 if self.winter else 0.0,
        )  # fmt: skip
        self.world.ground(earth, shadows, far=far)

    def hills(self) -> None:
        """What lies beyond: hills, woods, clouds."""
        world, mood, seed = self.world, self.world.mood, float(self.random.random() * 60)
        if world.spec.time_of_day in ("day", "golden", "dusk") and world.spec.weather in ("clear", "wind"):
            clouds = Cumulus(near=520, far=1500, bottom=90, top=260, lit=mood.cloud_lit, dark=mood.cloud_dark)
            world.cumulus(850.0, replace(clouds, cover=0.46, scale=0.012, seed=seed, density=0.05))
        green = mixed(self.leafage.earth[1], self.leafage.grass[1], 0.35)
        hill = Ridge(near=160, far=430, height=74, frequency=0.0052, seed=seed, base=-5, grass=green, grass_line=3.0)
        mist = Mist(density=min(0.5 * mood.thickness, 1), speed=0.003, seed=1.2, height=30)
        look = replace(hill, rock_dark=scaled(green, 0.8), rock_light=mixed(green, self.leafage.grass[1], 0.5))
        world.ridge(250, look, options=PlaneOptions(resolution=0.9, mist=mist))

    def trees(
        self, depth: float, near: float, far: float, count: int, height: float, *, gap: float = 0.0, bushes: int = 0
    ) -> None:
        """A band of trees and bushes at `depth`."""
        world = self.world
        plantings = [
            scatter(world, self.crowns, Patch(near=near, far=far, count=count, height=height, gap=gap, hue=0.5))
        ]
        if bushes:
            plantings.append(
                scatter(
                    world,
                    self.bushes,
                    Patch(near=near, far=far, count=bushes, height=height * 0.24, gap=gap * 0.8, widen=1.5),
                )
            )
        ground = world.height_at(0.0, depth) - 0.5
        mist = Mist(density=min(0.2 * world.mood.thickness, 0.9), seed=depth, height=4.0)
        world.band(
            depth, plantings, PlaneOptions(sway=Sway(amount=0.0009, waves=14, phase=depth), mist=mist, ground=ground)
        )

    def single(self, x: float, z: float, height: float) -> None:
        """One tree where it is wanted."""
        stand = Stand(
            x,
            self.world.height_at(x, z) - 0.1,
            z,
            height,
            int(self.random.integers(6)),
            0.95,
            bool(self.random.integers(2)),
            0.3,
        )
        self.world.band(
            z, [(self.crowns, [stand])], PlaneOptions(sway=Sway(amount=0.002, start=0.35, waves=8, phase=z))
        )

    def meadow(self) -> None:
        """Grass about the stage, behind and before whoever stands there."""
        world = self.world
        stage, clear = world.stage, world.clearing()
        before, behind = max(stage.z - 0.15, 2.9), max(stage.z + 0.1, 4.4)
        rows = (
            (18.0, 12.5, 20.5, 170, 0.5, 0.0009),
            (max(stage.z + 6.0, 12.0), behind + 3.5, max(16.0, behind + 9), 220, 0.38, 0.0014),
            (max(stage.z + 1.5, 7.5), behind, behind + 4, 200, 0.34, 0.0022),
            (min(5.0, before), 3.6, max(before, 3.9), 170, 0.26, 0.0034),
        )
        for depth, near, far, count, height, sway in rows:
            planted = scatter(
                world, self.grass, Patch(near=near, far=far, count=count, height=height, clear=clear, widen=1.2)
            )
            world.band(depth, [planted], PlaneOptions(sway=Sway(amount=sway, start=0.1, waves=8, phase=depth)))
        edge = scatter(
            world, self.grass, Patch(near=2.2, far=min(3.6, before), count=90, height=0.3, brightness=(0.5, 0.8))
        )
        world.band(
            2.9, [edge], PlaneOptions(sway=Sway(amount=0.005, start=0.03, waves=5, phase=5), resolution=0.7, soften=2.2)
        )

    def finish(self) -> None:
        """Build the houses, bake everything, let chimneys smoke and lanterns glow."""
        world = self.world
        for house in sorted(self.houses, key=lambda h: h.at[2]):
            build_house(self.room, house, self.eye)
        furnish(world, self.room)
        smoking = [
            h for h in self.houses if h.chimney and 8 < h.at[2] < 60 and abs(h.at[0]) < world.half_width(h.at[2])
        ]
        tone = scaled(mixed(world.mood.ambient, world.mood.fog, 0.5), 1.2)
        for house in smoking[: 3 if world.mood.night else 4]:
            x, y, z = house.flue
            smoke = Swarm(
                kind="SMOKE", count=13, size=(0.3, 1.7), tone=tone, other_tone=tone, strength=0.26, solid=1.0, pace=0.9, origin=(x, y, z),
                burst=(0.25, 5.5, 1.0, 2.2 if world.spec.seed % 2 else -2.2),
            )  # fmt: skip
            world.swarm(z - 0.2, smoke)
        if self.lanterns:
            world.lights(min(z for _, _, z in self.lanterns) - 0.1, self._shine)

    def _shine(self, seconds: float) -> list[Light]:
        return [
            Light(
                x,
                y,
                z,
                0.9 + z * 0.02,
                0.9 + z * 0.02,
                scaled(_LAMPLIGHT, 1.25 + 0.06 * math.sin(seconds * 7.3 + k * 2)),
            )
            for k, (x, y, z) in enumerate(self.lanterns)
        ]

    def _plants(self) -> tuple[CardSet, CardSet, CardSet]:
        world, leafage = self.world, self.leafage
        dark, light, other = leafage.tree
        bark = Material(dark=dark, light=light, alternative=other, second_dark=WOOD[0], second_light=WOOD[1], rim=0.55)
        flora = world.spec.flora
        if flora == "pine":
            crowns = [trees.conifer(i) for i in range(4)]
        elif flora == "birch":
            crowns = [trees.birch(i) for i in range(4)]
        elif self.winter:
            crowns = [trees.bare_tree(i) for i in range(4)]
        else:
            crowns = [trees.broadleaf(i) for i in range(4)]
        low = Material(dark=leafage.low[0], light=leafage.low[1], second_dark=WOOD[0], second_light=WOOD[1], rim=0.45)
        petals = ((srgb(130, 30, 60), srgb(250, 150, 190)), (srgb(150, 120, 20), srgb(255, 232, 120)))[
            world.spec.seed % 2
        ]
        blades = Material(
            dark=leafage.grass[0],
            light=leafage.grass[1],
            second_dark=petals[0],
            second_light=petals[1],
            rim=0.5,
            contact=0.45,
        )
        blooming = not self.winter and (has_flowers(world.spec) or self.season in ("spring", "summer"))
        tufts = [undergrowth.meadow(i) if blooming and i % 2 else undergrowth.grass(i) for i in range(5)]
        return (
            world.cards(crowns, bark),
            world.cards([undergrowth.bush(i) for i in range(4)], low),
            world.cards(tufts, blades),
        )
