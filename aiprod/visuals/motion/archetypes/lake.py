"""Lake: a still mirror before a wooded far shore and hills."""

from dataclasses import replace

from aiprod.visuals.motion.archetypes.tones import STONE, WOOD, leafage_of, season_of
from aiprod.visuals.motion.cards import rocks, trees, undergrowth
from aiprod.visuals.motion.cards.stock import CardSet, Material, Stand
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.water import WaterLook
from aiprod.visuals.motion.world import World

FAR_SHORE = 58.0
"""Metres to the opposite bank."""


class Lake:
    """On the water, or at its edge, looking across."""

    def setting(self, spec: SceneSpec) -> Setting:
        side = 1 if spec.seed % 2 else -1
        sun_at = {"golden": (side * 0.22, 0.22), "dawn": (side * 0.2, 0.12), "sunset": (side * 0.16, 0.05)}
        return Setting(
            eye_height=1.6, horizon=-0.08, reach=1.2, fog=0.006, fog_fall=0.05, stage_near=4.6, stage_far=48.0,
            sun_at=sun_at.get(spec.time_of_day), clouds=0.8,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        del spec
        return replace(mood, rays=mood.rays * 0.8)

    def build(self, world: World) -> None:
        spec, mood = world.spec, world.mood
        far_hills(world, gap=0.25)
        far_wood(world)
        waves = 1.5 if spec.weather in ("wind", "storm") else 0.3
        deep = mixed(srgb(14, 42, 52), scaled(mood.zenith, 0.35), 0.45)
        rain = 0.7 if spec.weather in ("rain", "storm") else 0.0
        world.water(FAR_SHORE - 6, WaterLook(deep=deep, waves=waves, rain=rain, smear=0.008))
        self._edges(world)
        water_life(world)

    def _edges(self, world: World) -> None:
        """Reeds and stones where we stand."""
        leafage = leafage_of(season_of(world.spec))
        reeds = world.cards([undergrowth.reeds(i) for i in range(4)],
                            Material(dark=leafage.grass[0], light=leafage.grass[1], second_dark=srgb(60, 36, 20),
                                     second_light=srgb(120, 78, 44), rim=0.7))  # fmt: skip
        stones = world.cards([rocks.rock(i) for i in range(4)],
                             Material(dark=scaled(STONE[0], 0.8), light=scaled(STONE[1], 0.8), second_dark=STONE[0],
                                      second_light=STONE[1], rim=0.4))  # fmt: skip
        side = -1 if world.spec.seed % 2 else 1
        near = [_bank(world, reeds, 5.2, side, 11, 1.05), _bank(world, stones, 4.9, side, 4, 0.42)]
        world.band(5.0, near, PlaneOptions(sway=Sway(amount=0.003, start=0.1, waves=7, phase=2)))
        close = [_bank(world, reeds, 2.6, -side, 5, 0.95)]
        world.band(2.6, close, PlaneOptions(sway=Sway(amount=0.005, start=0.1, waves=5, phase=3), soften=2.6,
                                            resolution=0.7))  # fmt: skip


def far_hills(world: World, *, gap: float) -> None:
    """A range beyond the trees, open in the middle by `gap`."""
    spec, season = world.spec, season_of(world.spec)
    pick, white = spec.variant % 3, season == "winter"
    seed = float(world.random.random() * 50)
    hills = Ridge(
        near=150, far=460, height=(120, 64, 92)[pick], frequency=(0.010, 0.013, 0.0095)[pick], seed=seed,
        snow_line=-1.0 if white else (0.5, 2.0, 0.62)[pick], grass_line=0.5, grass=leafage_of(season).earth[1],
        rock_dark=srgb(66, 72, 84), rock_light=srgb(128, 128, 132), gap=gap, gap_width=60,
    )  # fmt: skip
    world.ridge(250, hills, options=_misty(0.55 * world.mood.thickness, 34))


def far_wood(world: World) -> None:
    """Trees along the opposite bank, and bushes before them."""
    spec, mood = world.spec, world.mood
    season = season_of(spec)
    leafage, white = leafage_of(season), season == "winter"
    needle = Material(
        dark=mixed(leafage.tree[0], srgb(14, 32, 28), 0.6), light=mixed(leafage.tree[1], srgb(78, 110, 66), 0.4),
        second_dark=WOOD[0], second_light=WOOD[1], rim=0.6,
    )  # fmt: skip
    leafy = Material(dark=leafage.tree[0], light=leafage.tree[1], alternative=leafage.tree[2],
                     second_dark=WOOD[0], second_light=WOOD[1], rim=0.6)  # fmt: skip
    firs = world.cards([trees.conifer(i) for i in range(5)], needle)
    birches = spec.flora == "birch" or (spec.flora != "broadleaf" and spec.seed % 2 == 0)
    broad = world.cards([trees.birch(i) if birches else trees.broadleaf(i) for i in range(4)], leafy)
    bushes = world.cards([undergrowth.bush(i) for i in range(4)],
                         Material(dark=leafage.low[0], light=leafage.low[1], rim=0.5))  # fmt: skip
    first = (
        broad if spec.flora in ("broadleaf", "birch", "cherry") or (spec.variant % 3 == 1 and not white) else firs
    )
    far = [
        scatter(world, firs, Patch(near=FAR_SHORE + 14, far=FAR_SHORE + 34, count=110, height=9.0, spread=0.3)),
        scatter(world, first, Patch(near=FAR_SHORE + 4, far=FAR_SHORE + 14, count=60, height=8.0, spread=0.35)),
    ]
    options = PlaneOptions(sway=Sway(amount=0.0005, waves=20),
                           mist=Mist(density=0.6 * mood.thickness, seed=4, height=7))  # fmt: skip
    world.band(FAR_SHORE + 16, far, options)
    shore = [
        scatter(
            world, first, Patch(near=FAR_SHORE - 2, far=FAR_SHORE + 3, count=22, height=7.4, gap=5, spread=0.3)
        ),
        scatter(world, bushes, Patch(near=FAR_SHORE - 4, far=FAR_SHORE + 1, count=70, height=1.5, widen=1.4)),
    ]
    options = PlaneOptions(sway=Sway(amount=0.0006, waves=16, phase=1),
                           mist=Mist(density=0.4 * mood.thickness, seed=6, height=3))  # fmt: skip
    world.band(FAR_SHORE, shore, options)


def water_life(world: World) -> None:
    """Birds over the water, and what hangs in thick air."""
    spec, mood = world.spec, world.mood
    if not mood.night and spec.weather == "clear":
        birds = Swarm(kind="BIRDS", count=4, depth=(36, 60), heights=(10, 20), size=(0.5, 0.8),
                      tone=scaled(mood.ambient, 0.2), strength=0.85, wind=(1.2, 0, 0))  # fmt: skip
        world.swarm(70, birds)
    if mood.thickness > 1.0:
        haze = Swarm(kind="DUST", count=40, depth=(8, 40), heights=(0.1, 1.6), size=(0.02, 0.05),
                     tone=mood.fog_sun, other_tone=mood.fog, strength=0.35, wind=(0.1, 0.02, 0))  # fmt: skip
        world.swarm(14, haze)


def _bank(
    world: World, cards: CardSet, depth: float, side: int, count: int, height: float
) -> tuple[CardSet, list[Stand]]:
    """Things along one side of the picture, thinning out towards its middle."""
    half, random = world.half_width(depth), world.random
    stands = []
    for _ in range(max(1, round(count * world.fullness))):
        z = depth * random.uniform(0.85, 1.15)
        x = side * half * (1.02 - 0.55 * random.random() ** 1.6)
        tall = height * random.uniform(0.75, 1.2)
        stands.append(
            Stand(
                x, -0.06 * tall, z, tall, int(random.integers(4)), random.uniform(0.7, 1.0), bool(random.random() < 0.5)
            )
        )
    return cards, stands


def _misty(density: float, height: float) -> PlaneOptions:
    return PlaneOptions(resolution=0.9, mist=Mist(density=min(density, 0.9), speed=0.003, seed=2.2, height=height))
