"""Ruins: what people built and time broke. Temples, castles, abbeys, aqueducts, pyramids, stone circles, lost cities."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from aiprod.visuals.motion.archetypes.monuments import Group, Plan, raise_monument
from aiprod.visuals.motion.archetypes.tones import WOOD, Leafage, leafage_of, season_of
from aiprod.visuals.motion.arrangements import ARRANGEMENTS
from aiprod.visuals.motion.cards import trees, undergrowth, warm
from aiprod.visuals.motion.cards.stock import CardSet, Material, Stand
from aiprod.visuals.motion.ground import Earth, Floats, Shadow
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Ridge
from aiprod.visuals.motion.sculpture import Stone, paint_carvings
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_STONES = {
    "temple": Stone(dark=srgb(92, 80, 66), light=srgb(232, 214, 184)),
    "roman": Stone(dark=srgb(88, 66, 50), light=srgb(222, 188, 146)),
    "castle": Stone(dark=srgb(58, 58, 60), light=srgb(176, 168, 154)),
    "abbey": Stone(dark=srgb(58, 56, 54), light=srgb(186, 174, 152)),
    "desert": Stone(dark=srgb(120, 84, 50), light=srgb(236, 200, 144)),
    "jungle": Stone(dark=srgb(50, 54, 46), light=srgb(168, 164, 138), leaf_dark=srgb(8, 28, 12), leaf_light=srgb(62, 102, 40)),
    "circle": Stone(dark=srgb(62, 62, 62), light=srgb(184, 180, 168), moss=srgb(120, 122, 70)),
}  # fmt: skip
_SAND = (srgb(176, 132, 84), srgb(232, 192, 136), srgb(196, 150, 100))
_DRY = (srgb(104, 84, 46), srgb(182, 158, 96), srgb(150, 122, 84))


def kind_of(spec: SceneSpec) -> str:
    """Which ruin."""
    kinds = ARRANGEMENTS["ruins"]
    return kinds[spec.variant % len(kinds)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Land:
    """What grows about the ruin, and the ground's three earths."""

    kind: str
    leafage: Leafage
    earth: tuple[Colour, Colour, Colour]
    grass: tuple[Colour, Colour]
    white: bool


class Ruins:
    """On the ground before a monument, pieces of it lying about."""

    def setting(self, spec: SceneSpec) -> Setting:
        phase = spec.seed % 13 * 0.5
        sandy = kind_of(spec) == "desert"
        side = 1 if spec.seed % 2 else -1

        def heights(x: Floats, z: Floats) -> Floats:
            swell = 0.14 * np.sin(x * 0.42 + z * 0.17 + phase) + 0.06 * np.sin(x * 1.1 - z * 0.45 + 2.0)
            return np.asarray(swell * np.clip((z - 1) / 6, 0, 1) * np.clip((46 - z) / 24, 0.2, 1))

        return Setting(
            eye_height=1.45, focal=2.0, horizon=-0.34, reach=1.3, fog=0.0085 if not sandy else 0.0045, fog_fall=0.05,
            stage_near=3.6, stage_far=32.0, heights=heights, clouds=0.9,
            sun_at={
                "day": (side * 0.5, 0.66), "golden": (side * 0.44, 0.16), "dawn": (-side * 0.4, 0.05), "sunset": (side * 0.40, 0.0),
            }.get(spec.time_of_day),
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        lit = replace(mood, key=max(mood.key, 0.6), rays=min(mood.rays * 1.15, 1.0), sun_size=min(mood.sun_size, 0.05))
        if kind_of(spec) == "jungle" and not mood.night:
            green = scaled(srgb(150, 172, 140), mood.fog[1] * 1.6)
            return replace(lit, fog=mixed(mood.fog, green, 0.4), thickness=mood.thickness * 1.5)
        return lit

    def build(self, world: World) -> None:
        spec, stage = world.spec, world.stage
        land = _land(spec)
        _far_land(world, land)
        green = {"temple": 0.3, "roman": 0.42, "desert": 0.0, "jungle": 0.85, "circle": 0.25}.get(land.kind, 0.6)
        if land.white:
            green = max(green, 0.7)  # snow lies where moss would
        groups = raise_monument(world, Plan(kind=land.kind, green=green, stage_z=stage.z))
        shadows = [
            Shadow(c.x, c.z, max(c.box[0], c.box[2]) * 0.8 + 0.2, 0.6)
            for depth, carvings in groups if depth < 40 for c in carvings if c.box[0] < 6
        ]  # fmt: skip
        sandy = land.kind == "desert"
        world.ground(
            Earth(
                low=land.earth[0], high=land.earth[1], patch=land.earth[2], ripple=0.5 if sandy else 0.0,
                dapple=0.55 if land.kind == "jungle" else 0.0, sparkle=0.5 if land.white else 0.0, patchiness=0.8,
                trail=(stage.x * 0.4, 0.8, 0.18, 0.0 if sandy or land.white else 0.6),
                trail_tone=mixed(land.earth[2], srgb(190, 176, 150), 0.4),
            ),
            shadows, far=170,
        )  # fmt: skip
        _raise(world, groups, land)
        _front(world, land)


def _land(spec: SceneSpec) -> _Land:
    kind, season = kind_of(spec), season_of(spec)
    leafage = leafage_of(season)
    earth, grass = leafage.earth, leafage.grass
    if kind == "desert":
        earth, grass = _SAND, (srgb(96, 84, 44), srgb(190, 174, 104))
    elif kind in ("temple", "roman") and season == "summer":
        earth, grass = _DRY, (srgb(86, 76, 34), srgb(206, 186, 108))
    return _Land(kind=kind, leafage=leafage, earth=earth, grass=grass, white=season == "winter" and kind != "desert")


def _stone(land: _Land) -> Stone:
    stone = _STONES[land.kind]
    if land.white:
        snow = srgb(226, 232, 242)
        return replace(stone, moss=snow, leafy=False)
    if land.leafage.tree[1][0] > land.leafage.tree[1][1]:  # autumn
        return replace(stone, leaf_dark=srgb(44, 20, 12), leaf_light=srgb(128, 62, 30))
    return stone


def _far_land(world: World, land: _Land) -> None:
    seed, mood = float(world.random.random() * 50), world.mood
    sandy = land.kind == "desert"
    hills = Ridge(
        near=190, far=520, height=26 if sandy else (44, 66, 54)[world.spec.seed % 3], frequency=0.008 if sandy else 0.0105, seed=seed,
        rock_dark=srgb(150, 108, 70) if sandy else srgb(74, 72, 70), rock_light=srgb(222, 180, 124) if sandy else srgb(142, 132, 116),
        snow_line=-1.0 if land.white else 2.0, grass_line=-1.0 if sandy else 0.9, grass=mixed(land.leafage.tree[0], land.earth[1], 0.5),
        base=-3.0,
    )  # fmt: skip
    mist = Mist(density=min(0.5 * mood.thickness, 0.9), speed=0.003, seed=1.2, height=22)
    world.ridge(260, hills, options=PlaneOptions(resolution=0.85, mist=mist))


def _trees(world: World, land: _Land) -> CardSet:
    dark, light, other = land.leafage.tree
    leafy = Material(dark=dark, light=light, alternative=other, second_dark=WOOD[0], second_light=WOOD[1], rim=0.6)
    if land.kind in ("desert", "jungle"):
        palm = replace(leafy, dark=srgb(18, 44, 22), light=srgb(104, 140, 60), second_light=srgb(150, 118, 84))
        return world.cards([warm.palm(i) for i in range(4)], palm)
    if land.white or land.kind == "circle":
        return world.cards([trees.bare_tree(i) for i in range(4)], leafy)
    if land.kind in ("temple", "roman"):
        narrow = replace(leafy, dark=mixed(dark, srgb(16, 34, 24), 0.6), light=mixed(light, srgb(84, 112, 70), 0.5))
        return world.cards([trees.conifer(i) for i in range(4)], narrow)
    return world.cards([trees.broadleaf(i) for i in range(4)], leafy)


def _raise(world: World, groups: list[Group], land: _Land) -> None:
    """The stones, plane by plane, with trees behind them and low growth at their feet."""
    mood, stone = world.mood, _stone(land)
    tall, low = _trees(world, land), _low(world, land)
    few = {"desert": 0.12, "circle": 0.25, "jungle": 2.2}.get(land.kind, 1.0)
    misty = mood.thickness * (0.4 if land.kind == "desert" else 1.0)
    main = next(depth for depth, _ in groups if depth < 60)
    slim = 0.55 if land.kind in ("temple", "roman") else 1.0
    back = scatter(world, tall, Patch(near=main + 14, far=main + 40, count=round(46 * few), height=8.5, spread=0.35, hue=0.4, widen=slim))
    world.band(main + 22, [back, scatter(world, low, Patch(near=main + 12, far=main + 34, count=round(40 * few), height=2.0, widen=1.5))],
               PlaneOptions(sway=Sway(amount=0.0006, waves=18), mist=Mist(density=0.6 * misty, seed=4, height=9)))  # fmt: skip
    for number, (depth, carvings) in enumerate(groups):
        density = (0.42 if depth > 20 else 0.2 if depth > 11 else 0.06) * misty
        options = PlaneOptions(resolution=1.2, mist=Mist(density=density, seed=number * 2.3, height=depth * 0.13))
        world.plane(depth, partial(paint_carvings, world.gpu, carvings, stone), options)
        if depth <= main and depth > 6:
            foot = depth - (3.2 if depth > 20 else 1.0)
            _growth(world, land, low, foot, few)
    side = -1 if world.spec.seed % 2 else 1
    if land.kind != "circle":
        z = main - 6
        spots = [-side * world.half_width(z) * reach for reach in (1.02, 0.86)]
        stands = [
            Stand(x, world.height_at(x, z) - 0.2, z + i, 7.0 - i, i, 0.9, side < 0, widen=slim) for i, x in enumerate(spots)
        ]
        world.band(z, [(tall, stands)], PlaneOptions(sway=Sway(amount=0.0016, start=0.4, waves=8, phase=2)))


def _low(world: World, land: _Land) -> CardSet:
    tones = Material(dark=land.leafage.low[0], light=land.leafage.low[1], second_dark=WOOD[0], second_light=WOOD[1], rim=0.5)
    if land.kind == "jungle":
        return world.cards([warm.broad_leaves(i) for i in range(4)], replace(tones, dark=srgb(8, 34, 18), light=srgb(70, 128, 46)))
    if land.kind in ("temple", "roman") and not land.white:
        tones = replace(tones, dark=srgb(40, 46, 24), light=srgb(128, 128, 66))
    return world.cards([undergrowth.bush(i) for i in range(4)], tones)


def _blades(world: World, land: _Land) -> CardSet:
    tones = Material(dark=land.grass[0], light=land.grass[1], rim=0.55, contact=0.5)
    if land.kind == "jungle":
        return world.cards([undergrowth.fern(i) for i in range(4)], tones)
    return world.cards([undergrowth.grass(i) for i in range(5)], tones)


def _growth(world: World, land: _Land, low: CardSet, depth: float, few: float) -> None:
    """Bushes and grass before a plane's stones."""
    blades = _blades(world, land)
    thick = 0.1 if land.kind == "desert" else 1.0
    near, far = depth * 0.84, depth * 1.12
    away = depth > 12
    bushes = Patch(near=near, far=far, count=round(12 * min(few, 1.6)), height=0.9 if away else 0.6, gap=1.2, widen=1.3,
                   clear=world.clearing())  # fmt: skip
    grass = Patch(near=near, far=far, count=round((150 if away else 170) * thick), height=0.5 if away else 0.36, widen=1.2)
    mist = Mist(density=0.12 * world.mood.thickness, seed=depth, height=1.4)
    options = PlaneOptions(sway=Sway(amount=0.0022, start=0.2, waves=9, phase=depth), mist=mist)
    world.band(depth, [scatter(world, low, bushes), scatter(world, blades, grass)], options)


def _front(world: World, land: _Land) -> None:
    """Grass about the hero's feet, and something dark close by for depth."""
    stage, blades = world.stage, _blades(world, land)
    thick = 0.12 if land.kind == "desert" else 1.0
    behind, before = max(stage.z + 0.15, 4.4), max(stage.z - 0.12, 2.8)
    bands = (
        (behind + 0.9, Patch(near=behind, far=behind + 2.0, count=round(130 * thick), height=0.3)),
        (min(4.6, before), Patch(near=min(3.3, before - 0.3), far=before, count=round(150 * thick), height=0.26, clear=world.clearing())),
    )
    for number, (depth, patch) in enumerate(bands):
        world.band(depth, [scatter(world, blades, patch)], PlaneOptions(sway=Sway(amount=0.004, start=0.1, waves=7, phase=number)))
    lowest, half = world.height_at(0.0, 2.6), world.half_width(2.6)
    edge = [
        Stand(way * half * reach, lowest - 0.1, z, tall, i, 0.6, way < 0)
        for i, (way, reach, z, tall) in enumerate(
            ((-1, 0.95, 2.6, 0.55), (1, 0.9, 2.5, 0.5), (-1, 0.6, 2.9, 0.4), (1, 0.55, 2.8, 0.42))
        )
    ]  # fmt: skip
    if thick == 1.0:
        world.band(2.6, [(blades, edge)], PlaneOptions(sway=Sway(amount=0.005, start=0.05, waves=5, phase=6), resolution=0.7, soften=2.4))
    if land.kind in ("jungle", "abbey", "castle") or world.spec.variant % 2 == 0:
        _overhang(world, land)


def _overhang(world: World, land: _Land) -> None:
    """Leaves that hang into the picture's upper corners."""
    if land.kind in ("desert", "circle") or land.white:
        return
    low = land.leafage.low
    dark = Material(dark=scaled(low[0], 0.4), light=scaled(low[1], 0.4), second_dark=WOOD[0], second_light=scaled(WOOD[1], 0.4))
    half = world.half_width(2.3)
    top = 1.45 + (1.0 - world.setting.horizon) * 2.3 / world.framing.focal
    if land.kind == "jungle":
        cards = world.cards([warm.vines(i) for i in range(3)], dark)
        stands = [Stand(-half * 0.8, top - 1.5, 2.3, 1.7, 0, 0.5), Stand(half * 0.86, top - 1.2, 2.2, 1.4, 1, 0.5, mirrored=True)]
    else:
        cards = world.cards([undergrowth.framing_leaves(i) for i in range(2)], dark)
        side = -1.0 if world.spec.seed % 2 else 1.0
        stands = [Stand(side * half * 0.72, top - 0.72, 2.2, 0.85, 0, 0.5, mirrored=side > 0)]
    world.band(2.2, [(cards, stands)], PlaneOptions(sway=Sway(amount=0.005, start=0.3, waves=4, phase=7), resolution=0.5, soften=5.0))
