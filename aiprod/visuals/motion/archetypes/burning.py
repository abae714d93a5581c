"""What burns behind a battlefield: a castle, a wood, a town, a church; where its fires are, and their smoke.

Knows walls, trees and fires. Knows nothing of the field before them.
"""

import math
from functools import partial

from aiprod.visuals.motion.cards import trees
from aiprod.visuals.motion.cards.stock import Material
from aiprod.visuals.motion.layers import Mist, PlaneOptions
from aiprod.visuals.motion.light import Colour, scaled, srgb
from aiprod.visuals.motion.particles import Light, Particles, Swarm
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.sculpture import Carving, Stone, paint_carvings
from aiprod.visuals.motion.world import World

Fire = tuple[float, float, float]
"""Where one burns: x, y, z."""

_SPARK: tuple[Colour, Colour] = ((2.0, 0.7, 0.16), (2.0, 1.1, 0.3))
_FLAME: Colour = (1.8, 0.62, 0.16)
_STONE = Stone(dark=(0.025, 0.02, 0.018), light=(0.24, 0.195, 0.15))


def set_alight(world: World, *, modern: bool) -> list[Fire]:
    """Build what burns; its kind follows the variant."""
    other = world.spec.variant // 2 % 2 == 1
    if modern:
        return _church(world) if other else _town(world)
    return _wood(world) if other else _castle(world)


def add_smoke(world: World, fires: list[Fire]) -> None:
    """Columns of smoke, sparks and a glow that flickers over every fire; sparks that drift past us."""
    mood, spec = world.mood, world.spec
    lean = (16.0 if spec.seed % 2 else -16.0) * (1.6 if spec.weather in ("wind", "storm") else 1.0)
    bright = 1.0 if mood.night else 0.62
    soot = scaled(mood.ambient, -0.35 if mood.night else -0.55)  # less than the sky's light
    columns = [
        Swarm(kind="SMOKE", count=34, size=(2.2, 11.0), tone=scaled(_FLAME, 0.40 * bright), other_tone=soot, strength=0.55, pace=0.8,
              origin=(x, y, z + 2), burst=(4.0, 34.0 + 6 * number, 1.0, lean))
        for number, (x, y, z) in enumerate(fires)
    ]  # fmt: skip
    _hang_smoke(world, columns, max(z for _, _, z in fires) + 1.5)
    for x, y, z in fires:
        sparks = Swarm(kind="EMBERS", count=26, size=(0.06, 0.18), tone=_SPARK[0], other_tone=_SPARK[1], strength=bright, origin=(x, y, z),
                       burst=(3.5, 13.0, 1.0, 2.0))  # fmt: skip
        world.swarm(z - 1, sparks)

    def glow(seconds: float) -> list[Light]:
        lights = []
        for number, (x, y, z) in enumerate(fires):
            flicker = 0.8 + 0.14 * math.sin(seconds * 6.1 + number * 2.3) + 0.08 * math.sin(seconds * 13.7 + number)
            lights += [Light(x, y + 2, z, 11.0, 8.0, scaled(_FLAME, 0.17 * bright * flicker)),
                       Light(x, y + 0.8, z, 2.4, 2.4 + flicker, scaled(_FLAME, 0.55 * bright * flicker))]  # fmt: skip
        return lights

    world.lights(min(z for _, _, z in fires) - 1, glow)
    drift = Swarm(kind="EMBERS", count=54, size=(0.006, 0.018), tone=_SPARK[0], other_tone=_SPARK[1], strength=0.9 * bright,
                  origin=(0.0, -0.2, 5.0), burst=(3.4, 4.2, 1.0, 0.5), wind=(0.25, 0, 0))  # fmt: skip
    world.swarm(2.9, drift)


def _hang_smoke(world: World, columns: list[Swarm], order: float) -> None:
    """Draw smoke at a fifth of the picture's size: it is soft, and it covers much."""
    gpu = world.gpu
    small = gpu.target(max(world.size[0] // 5, 48), max(world.size[1] // 5, 48))
    clouds = [Particles(gpu, column, world.spec.seed % 9973 + number, order) for number, column in enumerate(columns)]

    def draw(_: object) -> None:
        small.framebuffer.use()
        small.framebuffer.clear(0.0, 0.0, 0.0, 0.0)
        for cloud in clouds:
            cloud.draw()
        world.scene.framebuffer.use()
        gpu.blend("over")
        copy = gpu.screen_program("copy")
        gpu.bind(copy, {"picture": small.texture})
        gpu.screen(copy)

    world.add(order, draw)


def _side(world: World) -> float:
    return 1.0 if world.spec.seed % 2 else -1.0


def _number(world: World) -> float:
    return float(world.random.uniform(0, 40))


def _raise(world: World, depth: float, walls: list[Carving]) -> None:
    options = PlaneOptions(resolution=1.15, mist=Mist(density=0.4, seed=6, height=6))
    world.plane(depth, partial(paint_carvings, world.gpu, walls, _STONE), options)


def _among(world: World, walls: list[Carving]) -> list[Fire]:
    """Fires at some of the walls, and one apart."""
    random = world.random
    fires = [(wall.x + float(random.uniform(-3, 3)), float(random.uniform(1.0, 5.0)), wall.z - 2) for wall in walls[:3]]
    return [*fires, (-_side(world) * world.half_width(54.0) * 0.7, 0.5, 54.0)]


def _castle(world: World) -> list[Fire]:
    side, z, long = _side(world), 62.0, 30.0
    middle = side * world.half_width(z) * 0.25
    walls = [
        Carving(kind="RAMPART", x=middle, y=-1.0, z=z, box=(long / 2, 10.5, 2.5), make=(long, 8.0, 3.0, 3.2), more=(0.35, 1.1, 5.0, 0.0),
                turn=side * 0.15, seed=_number(world), courses=(0.6, 1.3, 0.0)),
        *(Carving(kind="TOWER", x=middle + u * long, y=-1.0, z=z - 2, box=(5.0, tall + 7.0, 5.0), make=(3.4, tall, 9.0, 0.0),
                  more=(worn, 1.0, roof, 0.0), seed=_number(world), courses=(0.6, 1.2, 3.4))
          for u, tall, worn, roof in ((-0.5, 14.0, 0.1, 1.0), (0.5, 12.0, 0.6, 0.0), (0.12, 19.0, 0.2, 0.0))),
    ]  # fmt: skip
    _raise(world, z, walls)
    return _among(world, walls)


def _town(world: World) -> list[Fire]:
    random, z = world.random, 58.0
    walls = []
    for i in range(round(6 * max(world.fullness, 1.0))):
        long, high = float(random.uniform(7, 13)), float(random.uniform(6, 13))
        walls.append(
            Carving(kind="RAMPART", x=float(random.uniform(-1, 1)) * world.half_width(z), y=-1.0, z=z + i * 1.5,
                    box=(long / 2 + 0.4, high * 1.2, 2.0), make=(long, high, 1.0, 1.0), more=(1.1, 0.2, 2.6, 0.0),
                    turn=float(random.uniform(-0.5, 0.5)), seed=_number(world), courses=(0.5, 1.1, 0.0))
        )  # fmt: skip
    _raise(world, z, walls)
    return _among(world, walls)


def _church(world: World) -> list[Fire]:
    side, z = _side(world), 40.0
    x = side * world.half_width(z) * 0.35
    nave = Carving(kind="ARCADE", x=x, y=-0.6, z=z, box=(11.0, 12.5, 1.2), make=(5.0, 4.2, 2.6, 11.0), more=(0.6, 1.0, 1.0, 1.4),
                   turn=side * 0.3, seed=_number(world), courses=(0.45, 0.95, 0.0))  # fmt: skip
    tower = Carving(kind="TOWER", x=x + side * 8.0, y=-0.6, z=z + 5, box=(4.2, 21.0, 4.2), make=(3.0, 19.0, 5.0, 1.0),
                    more=(0.45, 1.0, 0.0, 0.0), turn=0.35, seed=_number(world), courses=(0.5, 1.0, 0.0))  # fmt: skip
    _raise(world, z, [nave, tower])
    return [(x - side * 4.0, 0.6, z + 6.0), (x + side * 8.0, 5.0, z + 9.0), (-side * world.half_width(58.0) * 0.75, 0.5, 58.0)]


def _wood(world: World) -> list[Fire]:
    side, random = _side(world), world.random
    charred = Material(dark=srgb(14, 18, 16), light=srgb(62, 66, 52), second_dark=srgb(18, 15, 14), second_light=srgb(84, 70, 60), rim=1.0)
    firs = world.cards([trees.conifer(i) for i in range(4)], charred)
    bare = world.cards([trees.bare_tree(i) for i in range(4)], charred)
    mist = Mist(density=0.5 * world.mood.thickness, seed=6, height=6)
    world.band(56.0, [scatter(world, firs, Patch(near=50, far=66, count=46, height=10.5, spread=0.35)),
                      scatter(world, bare, Patch(near=46, far=56, count=12, height=6.5, spread=0.3))], PlaneOptions(mist=mist))  # fmt: skip
    half = world.half_width(68.0)
    return [(side * half * u + float(random.uniform(-3, 3)), float(random.uniform(0.5, 3.0)), 68.0) for u in (-0.75, -0.2, 0.35, 0.85)]
