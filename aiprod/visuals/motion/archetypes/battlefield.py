"""Battlefield: a churned field after or before the fight, smoke and far fires over it. Banners and stakes, or wire and trenches.

Nobody is hurt here: only what armies raise, dig and leave behind.
"""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.burning import add_smoke, set_alight
from aiprod.visuals.motion.archetypes.tones import STONE, WOOD
from aiprod.visuals.motion.cards import rocks, trees, undergrowth, warfare
from aiprod.visuals.motion.cards.stock import CardSet, Material, Planting, Stand
from aiprod.visuals.motion.ground import Earth, Floats, Shadow
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.relief import Ridge
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_MODERN = (
    "soldier", "soldat", "soldado", "soldato", "tank", "char d", "tanque", "helmet", "rifle", "trench", "tranchée", "trinchera", "bomb",
)  # fmt: skip
_OLD = (
    "knight", "chevalier", "caballero", "cavaliere", "viking", "samurai", "roman", "legion", "gladiat", "sword", "horse", "spartan",
    "napol",
)  # fmt: skip
_CLOTHS: tuple[tuple[Colour, Colour], ...] = (
    (srgb(58, 12, 14), srgb(164, 42, 36)), (srgb(16, 24, 56), srgb(60, 88, 150)), (srgb(78, 52, 14), srgb(202, 156, 62)),
    (srgb(18, 42, 26), srgb(74, 116, 72)), (srgb(60, 56, 50), srgb(206, 196, 176)),
)  # fmt: skip
_MUD = (srgb(62, 50, 38), srgb(146, 118, 90), srgb(122, 120, 114))
_FIELD = (srgb(70, 56, 36), srgb(150, 124, 82), srgb(104, 94, 54))
_BURNT: tuple[Colour, Colour] = (srgb(20, 17, 16), srgb(96, 80, 68))


def is_modern(spec: SceneSpec) -> bool:
    """Whether this war has wire and trenches: as its subjects or words tell, else in odd variants."""
    words = " ".join((*(subject.name for subject in spec.subjects), spec.callout.text if spec.callout else "")).casefold()
    if any(word in words for word in _OLD):
        return False
    return any(word in words for word in _MODERN) or spec.variant % 2 == 1


class Battlefield:
    """Standing in the mud between the lines."""

    def setting(self, spec: SceneSpec) -> Setting:
        holes = craters(spec)

        def heights(x: Floats, z: Floats) -> Floats:
            swell = 0.16 * np.sin(x * 0.5 + z * 0.21 + spec.seed % 9) + 0.07 * np.sin(x * 1.7 - z * 0.8)
            ground = (swell + 0.03 * np.sin(x * 4.1 + z * 2.3)) * np.clip((z - 1) / 5, 0, 1)
            for cx, cz, radius in holes:
                away = np.hypot(x - cx, (z - cz) * 0.9) / radius
                ground = ground - 0.34 * radius * np.exp(-away * away * 2.2) + 0.20 * radius * np.exp(-((away - 1.05) ** 2) * 9)
            return np.asarray(ground)

        side = 1 if spec.seed % 2 else -1
        return Setting(
            eye_height=1.5, focal=2.0, horizon=-0.26, reach=1.3, shake=1.3, fog=0.0105, fog_fall=0.045,
            stage_near=3.6, stage_far=34.0, heights=heights, cloud_scale=0.65,
            sun_at={"day": (side * 0.3, 0.42), "golden": (side * 0.3, 0.12), "dawn": (side * 0.26, 0.02),
                    "sunset": (side * 0.24, -0.04)}.get(spec.time_of_day),
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        smoke = scaled(srgb(142, 122, 106), min(max(mood.fog) * 1.5, 1.0))
        if spec.time_of_day in ("day", "overcast", "storm"):  # a low dark sky, so that fires are seen by day
            mood = replace(mood, skyline=scaled(mood.skyline, 0.66), middle=scaled(mood.middle, 0.62), fog=scaled(mood.fog, 0.62),
                           cloud_lit=scaled(mood.cloud_lit, 0.72), zenith=scaled(mood.zenith, 0.7),
                           exposure=mood.exposure * 1.12)  # fmt: skip
        if mood.night:
            mood = replace(mood, ambient=mixed(scaled(mood.ambient, 1.35), (0.16, 0.085, 0.05), 0.30), exposure=mood.exposure * 1.15)
        fire_lit = scaled(srgb(232, 160, 100), max(mood.fog_sun) * 1.1)
        return replace(
            mood, fog=mixed(mood.fog, smoke, 0.55), fog_sun=mixed(mood.fog_sun, fire_lit, 0.45),
            middle=mixed(mood.middle, smoke, 0.4), skyline=mixed(mood.skyline, scaled(smoke, 1.2), 0.35),
            zenith=scaled(mood.zenith, 0.8), cloud_dark=scaled(mood.cloud_dark, 0.62), cover=max(mood.cover, 0.98),
            stars=mood.stars * 0.4, sun_size=min(mood.sun_size, 0.05), key=max(min(mood.key, 0.8), 0.5), saturation=mood.saturation * 0.86,
            rays=min(mood.rays * 1.2, 1.0), exposure=mood.exposure * 0.92, bloom=max(mood.bloom, 0.5),
        )  # fmt: skip

    def build(self, world: World) -> None:
        modern = is_modern(world.spec)
        _far_land(world)
        fires = set_alight(world, modern=modern)
        earth = _MUD if modern else _FIELD
        white = world.spec.weather == "snow" or world.spec.season == "winter"
        if white:
            earth = (mixed(earth[0], srgb(150, 158, 170), 0.5), srgb(206, 212, 222), earth[0])
        dark = [Shadow(x, z, radius * 0.75, 0.7) for x, z, radius in craters(world.spec)]
        track = (world.stage.x * 0.3, 1.0, 0.14, 0.7)
        soil = Earth(low=earth[0], high=earth[1], patch=earth[2], patchiness=0.8, ripple=0.3, trail=track, trail_tone=scaled(earth[0], 0.9))
        world.ground(soil, dark, far=150)
        (_trenches if modern else _camp)(world)
        add_smoke(world, fires)
        _grass(world, earth[2] if not white else srgb(190, 192, 190), modern)


def craters(spec: SceneSpec) -> list[tuple[float, float, float]]:
    """Holes in the ground (x, z, radius), clear of whoever stands there; only where shells fell."""
    if not is_modern(spec):
        return []
    random = np.random.default_rng(spec.seed % 2**32 + 61)
    holes = []
    for i in range(11):
        z = float(random.uniform(8, 42))
        x = (1 if i % 2 else -1) * float(random.uniform(1.6, 3.0 + z * 0.4))
        holes.append((x, z, float(random.uniform(0.9, 2.2))))
    return holes


def _number(world: World) -> float:
    return float(world.random.uniform(0, 40))


def _far_land(world: World) -> None:
    mood = world.mood
    hills = Ridge(near=170, far=420, height=(30, 22, 40)[world.spec.seed % 3], frequency=0.010, seed=_number(world),
                  rock_dark=srgb(52, 48, 44), rock_light=srgb(104, 96, 84), grass=srgb(64, 62, 42), grass_line=0.9, base=-3.0)  # fmt: skip
    mist = Mist(density=min(0.6 * mood.thickness, 0.95), speed=0.004, seed=3, height=20)
    world.ridge(240, hills, options=PlaneOptions(resolution=0.8, mist=mist))


def _wooden() -> Material:
    return Material(dark=srgb(40, 42, 48), light=srgb(170, 172, 178), second_dark=_BURNT[0], second_light=_BURNT[1], rim=0.7)


def _camp(world: World) -> None:
    """Stakes, banners, spears and broken carts."""
    spec, mood, stage = world.spec, world.mood, world.stage
    pick = spec.seed % len(_CLOTHS)
    flags = [
        world.cards([warfare.banner(i + k) for i in range(4)],
                    Material(dark=cloth[0], light=cloth[1], second_dark=WOOD[0], second_light=WOOD[1], rim=0.8))
        for k, cloth in enumerate((_CLOTHS[pick], _CLOTHS[(pick + 1 + spec.seed // 7 % 3) % len(_CLOTHS)]))
    ]  # fmt: skip
    fence = world.cards([warfare.stakes(i) for i in range(4)], _wooden())
    arms = world.cards([warfare.spears(i) for i in range(4)], replace(_wooden(), second_light=srgb(122, 92, 64)))
    carts = world.cards([warfare.wheel(i) for i in range(3)], _wooden())
    side = 1.0 if spec.seed % 2 else -1.0
    rows = (
        (44.0, 12, 4.2, 16, 1.7, 0.5),
        (23.0, 6, 3.6, 9, 1.5, 0.35),
        (13.0, 3, 3.3, 4, 1.25, 0.2),
    )
    for number, (depth, banners, tall, barriers, high, density) in enumerate(rows):
        near, far = depth * 0.84, depth * 1.16
        gap, ours = (1.4 if depth < 30 else 0.0), (side if depth < 40 else 0.0)
        held: list[Planting] = [
            scatter(world, flags[0], Patch(near=near, far=far, count=banners, height=tall, gap=gap, one_side=ours)),
            scatter(world, flags[1], Patch(near=near, far=far, count=banners, height=tall, gap=gap, one_side=-ours)),
            scatter(world, fence, Patch(near=near, far=far, count=barriers, height=high, spread=0.2, gap=gap)),
            scatter(world, arms, Patch(near=near, far=far, count=barriers // 2 + 2, height=1.7, gap=gap)),
            scatter(world, carts, Patch(near=near, far=far, count=barriers // 3, height=1.2, gap=gap)),
        ]
        mist = Mist(density=density * mood.thickness, speed=0.012, seed=number * 3.1, height=depth * 0.1)
        world.band(depth, held, PlaneOptions(sway=Sway(amount=0.0030, start=0.42, waves=16, phase=number), mist=mist))
    behind = max(stage.z + 1.2, 7.2)
    world.band(behind, [
        scatter(world, arms, Patch(near=behind - 0.8, far=behind + 1.5, count=3, height=1.3, gap=1.1, clear=world.clearing(0.4))),
        scatter(world, fence, Patch(near=behind - 0.6, far=behind + 1.5, count=2, height=0.85, gap=1.5, clear=world.clearing(0.4))),
    ])  # fmt: skip
    half = world.half_width(8.6)
    lone = [Stand(side * half * 0.82, world.height_at(side * half, 8.6) - 0.2, 8.6, 3.3, spec.seed % 4, 0.9, side > 0)]
    world.band(8.6, [(flags[0], lone)], PlaneOptions(sway=Sway(amount=0.006, start=0.4, waves=6, phase=2)))
    half = world.half_width(2.8)
    close = [Stand(-side * half * 0.9, world.height_at(-side * half, 2.8) - 0.15, 2.8, 1.5, spec.seed % 4, 0.5)]
    world.band(2.8, [(arms, close)], PlaneOptions(resolution=0.7, soften=2.2))


def _trenches(world: World) -> None:
    """Wire, sandbags and splintered trees."""
    spec, mood, stage = world.spec, world.mood, world.stage
    side = 1.0 if spec.seed % 2 else -1.0
    iron = replace(_wooden(), dark=srgb(24, 22, 22), light=srgb(120, 112, 108), rim=1.0)
    coils = world.cards([warfare.wire(i) for i in range(4)], iron)
    hessian = Material(dark=srgb(46, 40, 28), light=srgb(158, 140, 104), rim=0.4)
    bags = world.cards([warfare.sandbags(i) for i in range(3)], hessian)
    logs = world.cards([warfare.splintered(i) for i in range(5)], _wooden())
    bare = world.cards([trees.bare_tree(i) for i in range(4)], _wooden())
    rows = (
        (44.0, 14, 5.0, 8, 1.5, 0.5),
        (24.0, 6, 4.6, 5, 1.5, 0.32),
        (12.5, 3, 4.2, 3, 1.3, 0.16),
    )
    for number, (depth, trunks, tall, wires, high, density) in enumerate(rows):
        near, far = depth * 0.84, depth * 1.16
        gap = 1.6 if depth < 30 else 0.0
        held: list[Planting] = [
            scatter(world, logs, Patch(near=near, far=far, count=trunks, height=tall, spread=0.5, gap=gap)),
            scatter(world, bare, Patch(near=near, far=far, count=trunks // 3, height=tall * 1.3, gap=gap)),
            scatter(world, coils, Patch(near=near, far=far, count=wires + 3, height=high, spread=0.15, gap=gap * 0.5)),
            scatter(world, bags, Patch(near=near, far=far, count=wires, height=high * 0.8, spread=0.2, gap=gap)),
        ]
        mist = Mist(density=density * mood.thickness, speed=0.012, seed=number * 3.1, height=depth * 0.1)
        world.band(depth, held, PlaneOptions(mist=mist))
    behind = max(stage.z + 1.0, 7.2)
    _parapet(world, bags, behind + 0.8, side)
    patch = Patch(near=behind - 0.6, far=behind + 1.2, count=3, height=1.0, gap=1.0, clear=world.clearing(0.4))
    world.band(behind, [scatter(world, coils, patch)])
    half = world.half_width(3.0)
    close = [Stand(-side * half * 0.75, world.height_at(-side * half, 3.0) - 0.1, 3.0, 0.7, spec.seed % 4, 0.5)]
    world.band(3.0, [(coils, close)], PlaneOptions(resolution=0.7, soften=2.0))


def _parapet(world: World, bags: CardSet, depth: float, side: float) -> None:
    """A wall of bags along one side, behind whoever stands there."""
    half = world.half_width(depth)
    places = [(side * half * (0.62 + 0.45 * i), depth + 0.3 * i) for i in range(3)]
    stands = [Stand(x, world.height_at(side * half * 0.8, z) - 0.06, z, 0.95, i, 0.9, bool(i % 2)) for i, (x, z) in enumerate(places)]
    world.band(depth, [(bags, stands)])


def _grass(world: World, tone: Colour, modern: bool) -> None:
    """Trampled tufts and stones about the feet."""
    stage, thin = world.stage, 0.45 if modern else 1.0
    dry = Material(dark=scaled(tone, 0.35), light=scaled(tone, 1.7), rim=0.5, contact=0.5)
    muddy = Material(dark=scaled(STONE[0], 0.6), light=STONE[1], second_dark=srgb(30, 25, 21), second_light=srgb(112, 96, 80))
    tufts = world.cards([undergrowth.grass(i) for i in range(5)], dry)
    stones = world.cards([rocks.rock(i) for i in range(4)], muddy)
    behind, before = max(stage.z + 0.15, 4.4), max(stage.z - 0.12, 2.8)
    rows = (
        (17.0, Patch(near=13.0, far=21.0, count=round(130 * thin), height=0.4, widen=1.2), None),
        (behind + 0.7, Patch(near=behind, far=behind + 2.4, count=round(90 * thin), height=0.24, widen=1.2), 8),
        (min(4.6, before), Patch(near=min(3.2, before - 0.3), far=before, count=round(80 * thin), height=0.2, clear=world.clearing()), 4),
    )
    for number, (depth, patch, pebbles) in enumerate(rows):
        held: list[Planting] = [scatter(world, tufts, patch)]
        if pebbles:
            held.append(scatter(world, stones, replace(patch, count=pebbles, height=0.16, clear=world.clearing())))
        world.band(depth, held, PlaneOptions(sway=Sway(amount=0.003, start=0.12, waves=8, phase=number)))
