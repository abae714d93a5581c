"""Light indoors, for every room: what comes through the windows at each hour, lamps that burn, beams in the dust.

Knows rooms and moods. Knows no kind of room.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiprod.visuals.motion.archetypes.rooms import Daylight, Point, Room, room_lighting
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Light
from aiprod.visuals.motion.world import Moment, World

_BEAMS_SHRINK = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Indoors:
    """How a room takes an hour: how many of its lamps' strength burn by day, their colour, how much light its walls throw
    back, and how thick its dust is."""

    lamps_by_day: float = 0.0
    lamp_tone: Colour = (1.0, 0.64, 0.30)
    fill: float = 1.0
    dust: float = 0.018


def daylight(mood: Mood, sun_way: Point, look: Indoors) -> Daylight:
    """What comes in at that hour."""
    long = math.sqrt(sum(c * c for c in sun_way))
    way = (sun_way[0] / long, sun_way[1] / long, sun_way[2] / long)
    overhead = mood.sun_size == 0.0 and not mood.moon
    if mood.night:
        sky = scaled(mixed(mood.skyline, mood.zenith, 0.4), 2.6)
        sun = scaled((0.45, 0.58, 0.95), 0.42) if mood.moon else (0.0, 0.0, 0.0)
        fill = scaled(mixed(look.lamp_tone, (0.5, 0.55, 0.8), 0.35), 0.075 * look.fill)
    else:
        sky = scaled(mixed(mixed(mood.skyline, mood.middle, 0.45), (0.8, 0.86, 0.95), 0.35), 2.6)
        sun = scaled(mood.sun, 0.0 if overhead else 1.7)
        fill = scaled(mixed(mood.ambient, mixed(mood.sun, (0.9, 0.8, 0.7), 0.5), 0.35), 0.42 * look.fill)
    land = scaled(mixed(srgb(70, 92, 56), mood.fog, 0.45), 0.10 if mood.night else 0.8)
    return Daylight(window=sky, sun_way=way, sun=sun, fill=fill, view=(mood.zenith, scaled(mood.skyline, 1.25), land))


def burning(mood: Mood, look: Indoors) -> float:
    """How strongly lamps burn, 0..1."""
    if mood.night:
        return 1.0
    dull = mood.sun_size == 0.0
    return max(look.lamps_by_day, 0.6 if dull else 0.0)


def indoor_mood(mood: Mood, look: Indoors) -> Mood:
    """The hour's light as it falls on who is inside."""
    lamps = scaled(look.lamp_tone, 1.15)
    inside = scaled(mixed(mood.ambient, (0.5, 0.46, 0.42), 0.4), 0.8)
    if mood.night:
        return replace(
            mood, sun=lamps, ambient=scaled(mixed(look.lamp_tone, (0.5, 0.55, 0.8), 0.4), 0.26), fog=(0.02, 0.016, 0.014),
            fog_sun=(0.05, 0.035, 0.02), rays=0.0, stars=0.0, sun_size=0.0, exposure=1.12, bloom=0.55, threshold=0.75,
            key=0.8, saturation=1.0, shadow_tint=(-0.006, 0.0, 0.02), light_tint=(0.02, 0.005, -0.01),
        )  # fmt: skip
    return replace(
        mood, ambient=inside, fog=scaled(inside, 0.5), fog_sun=scaled(mood.sun, 0.3), rays=0.0, stars=0.0, sun_size=0.0,
        exposure=1.0, bloom=max(mood.bloom, 0.5), threshold=0.85, key=0.75,
    )  # fmt: skip


def add_beams(world: World, room: Room, look: Indoors, *, order: float) -> None:
    """Let the sun hang in the dust, behind what is nearer than `order`."""
    sun = room.daylight.sun
    if max(sun) < 0.05 or not room.openings:
        return
    gpu = world.gpu
    small, spare = (gpu.target(world.size[0] // _BEAMS_SHRINK, world.size[1] // _BEAMS_SHRINK) for _ in range(2))
    program, blur, copy = (gpu.screen_program(name) for name in ("beams", "blur", "copy"))
    uniforms = {**room_lighting(room), "strength": look.dust * (1.0 if not world.mood.night else 0.7)}

    def draw(moment: Moment) -> None:
        if moment.number % 2 == 0:
            gpu.blend("replace")
            gpu.fill(program, small, textures={"grain": gpu.grain}, **uniforms)
            gpu.fill(blur, spare, textures={"picture": small.texture}, along=(1.0 / small.width, 0.0))
            gpu.fill(blur, small, textures={"picture": spare.texture}, along=(0.0, 1.0 / small.height))
        world.scene.framebuffer.use()
        gpu.blend("over")
        gpu.bind(copy, {"picture": small.texture})
        gpu.screen(copy)

    world.add(order, draw)


def add_flames(world: World, room: Room, places: Sequence[Point], size: float, *, flicker: float = 0.12) -> None:
    """Glow around what burns; `flicker` is how unsteady."""
    burn = 1.0 if world.mood.night else 0.45
    tone = room.lamps[0].light if room.lamps else (1.0, 0.6, 0.3)
    brightest = max(*tone, 1e-3)
    hue = scaled(tone, burn / brightest)
    if not places:
        return

    def shine(seconds: float) -> list[Light]:
        lights = []
        for k, (x, y, z) in enumerate(places):
            wave = (
                math.sin(seconds * 9.1 + k * 2.3) * 0.5
                + math.sin(seconds * 14.7 + k) * 0.3
                + math.sin(seconds * 3.1 + k * 1.3) * 0.4
            )
            level = 0.8 + flicker * wave
            lights.append(Light(x=x, y=y, z=z, wide=size, high=size, colour=scaled(hue, level)))
        return lights

    world.lights(min(z for _, _, z in places) - 0.02, shine)
