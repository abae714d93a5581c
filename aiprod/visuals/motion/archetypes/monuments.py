"""Where the stones of a ruin stand: temples, castles, abbeys, aqueducts, pyramids, stone circles, lost cities.

Knows the measures of what people built. Knows no light, no plants and no camera but how wide it sees.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from aiprod.visuals.motion.sculpture import Carving
from aiprod.visuals.motion.world import World

Group = tuple[float, list[Carving]]
"""Distance of a plane, and what stands near it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is raised, how much grows on it (0..1), and where the hero stands (metres from the eye)."""

    kind: str
    green: float
    stage_z: float


def raise_monument(world: World, plan: Plan) -> list[Group]:
    """The carvings of a ruin, the farthest plane first."""
    return [group for group in _KINDS[plan.kind](world, plan) if group[1]]


def column(world: World, x: float, z: float, *, radius: float, tall: float, top: float, green: float) -> Carving:
    """A column of that height, snapped at `top`."""
    return Carving(
        kind="COLUMN", x=x, y=world.height_at(x, z) - 0.05, z=z, box=(radius * 1.6, min(top, tall) + radius * 1.4, radius * 1.6),
        make=(radius, tall, top, 0.0), turn=float(world.random.uniform(-0.5, 0.5)), seed=_number(world), green=green,
    )  # fmt: skip


def rubble(world: World, near: float, far: float, count: int, *, gap: float, fluted: bool, green: float) -> list[Carving]:
    """Drums and hewn stones that fell, `gap` metres either side of the hero free."""
    random, stage = world.random, world.stage
    green *= 0.6
    pieces = []
    for _ in range(round(count * world.fullness)):
        z = float(random.uniform(near, far))
        x = float(random.uniform(-1, 1)) * (world.half_width(z) + 0.3)
        size, lean, turn = float(random.uniform(0.22, 0.5)), float(random.normal()) * 0.16, float(random.uniform(-1.2, 1.2))
        if abs(x - stage.x) < gap + size:
            continue
        y = world.height_at(x, z) - 0.06
        if fluted and random.random() < 0.45:
            long = size * float(random.uniform(0.9, 2.0))
            pieces.append(Carving(kind="DRUM", x=x, y=y, z=z, box=(long + size, size * 3.0, long + size), make=(size, long, lean, 0.0),
                                  turn=turn, seed=_number(world), green=green))  # fmt: skip
        else:
            half = (size * float(random.uniform(0.8, 1.8)), size * float(random.uniform(0.5, 1.0)), size)
            pieces.append(Carving(kind="BLOCK", x=x, y=y, z=z, box=(half[0] * 1.6, half[1] * 3.2, half[0] * 1.6), make=(*half, lean),
                                  turn=turn, seed=_number(world), green=green))  # fmt: skip
    return pieces


def _number(world: World) -> float:
    return float(world.random.uniform(0, 40))


def _side(world: World) -> float:
    return -1.0 if world.spec.seed % 2 else 1.0


def _near(world: World, plan: Plan, *, fluted: bool, count: int = 5) -> list[Group]:
    """What lies about: behind the hero, and before at the picture's edges."""
    behind = max(plan.stage_z + 1.2, 7.0)
    return [
        (behind + 1.0, rubble(world, behind, behind + 3.0, count, gap=1.0, fluted=fluted, green=plan.green)),
        (4.3, rubble(world, 3.9, 4.7, 2, gap=1.1, fluted=fluted, green=plan.green)),
    ]


def _temple(world: World, plan: Plan) -> list[Group]:
    random, side = world.random, _side(world)
    count, tall, radius, apart = float(random.integers(5, 8)), float(random.uniform(6.4, 8.0)), 0.56, 2.35
    steps, rows = 0.9, 6.5
    half = (count - 1) / 2 * apart + radius * 2 + 1.0
    turn = side * float(random.uniform(0.16, 0.5))
    x = side * float(random.uniform(-1.0, 2.6))
    temple = Carving(
        kind="COLONNADE", x=x, y=world.height_at(x, 27.0) - 0.15, z=27.0, box=(half, steps + tall + half * 0.36 + 2.2, rows / 2 + 2.4),
        make=(count, apart, radius, tall), more=(float(random.uniform(0.18, 0.42)), float(random.random() < 0.75), rows, steps),
        turn=turn, seed=_number(world), green=plan.green * 0.75,
    )  # fmt: skip
    pieces = []
    for i in range(round(4 * world.fullness)):
        z = float(random.uniform(11.5, 18.0))
        way = side if i % 3 == 0 else -side
        spot = way * float(random.uniform(0.50, 1.0)) * world.half_width(z)
        top = (6.2, 3.6, 1.5, 4.6, 2.4)[(i + world.spec.seed) % 5] * float(random.uniform(0.85, 1.1))
        pieces.append(column(world, spot, z, radius=0.47, tall=5.8, top=top, green=plan.green))
    pieces += rubble(world, 11.0, 18.0, 7, gap=0.9, fluted=True, green=plan.green)
    return [(27.0, [temple]), (14.5, pieces), *_near(world, plan, fluted=True)]


def _castle(world: World, plan: Plan) -> list[Group]:
    random, side = world.random, _side(world)
    high, long = float(random.uniform(6.5, 8.0)), 22.0 * max(world.fullness, 0.8)
    middle = -side * float(random.uniform(0.0, 2.0))
    courses = (0.42, 0.95, 0.0)
    wall = Carving(
        kind="RAMPART", x=middle, y=-0.3, z=33.0, box=(long / 2 + 0.3, high * 1.4, 1.7), make=(long, high, 2.2, 3.0),
        more=(float(random.uniform(0.3, 0.75)), 0.85, 3.6, 0.0), turn=side * 0.12, seed=_number(world), green=plan.green, courses=courses,
    )  # fmt: skip
    keep = Carving(
        kind="TOWER", x=middle + side * float(random.uniform(2.0, 5.0)), y=-0.2, z=44.0, box=(5.4, 19.5, 5.4),
        make=(4.0, 18.0, 7.0, 1.0), more=(float(random.uniform(0.15, 0.45)), 1.0, 0.0, 0.0), turn=0.4, seed=_number(world),
        green=plan.green * 0.7, courses=(0.5, 1.1, 0.0),
    )  # fmt: skip
    towers = [
        Carving(
            kind="TOWER", x=middle + way * world.half_width(31.0) * 0.82, y=-0.3, z=31.0, box=(3.4, tall + 4.4 * roof, 3.4),
            make=(2.5, tall, 9.0, 0.0), more=(worn, 1.0, roof, 0.0), seed=_number(world), green=plan.green, courses=(0.42, 0.9, 2.5),
        )
        for way, tall, worn, roof in (
            (side, float(random.uniform(11, 13.5)), float(random.uniform(0.0, 0.2)), float(random.random() < 0.3)),
            (-side, float(random.uniform(8.5, 11)), float(random.uniform(0.5, 0.8)), 0.0),
        )
    ]  # fmt: skip
    z = 14.5
    stump = Carving(
        kind="RAMPART", x=-side * world.half_width(z) * 0.95, y=-0.2, z=z, box=(3.6, 5.2, 1.0), make=(6.4, 3.6, 1.2, 0.0),
        more=(0.95, 0.7, 3.0, 1.0), turn=-side * 0.35, seed=_number(world), green=min(plan.green * 1.25, 1.0), courses=courses,
    )  # fmt: skip
    near = [stump, *rubble(world, 11.5, 18.0, 7, gap=0.9, fluted=False, green=plan.green)]
    return [(44.0, [keep]), (33.0, [wall, *towers]), (14.5, near), *_near(world, plan, fluted=False)]


def _arcade(world: World, plan: Plan, *, pointed: bool) -> list[Group]:
    random, side = world.random, _side(world)
    storeys = 1.0 if pointed else float(random.integers(2, 4))
    bays = math.ceil((6.0 if pointed else 7.0) * max(world.fullness, 1.0))
    apart, high = (4.3, 9.5) if pointed else (3.7, 4.6 * storeys)
    long, turn = bays * apart, side * float(random.uniform(0.10, 0.34))
    worn = float(random.uniform(0.25, 0.5) if pointed else random.uniform(0.55, 0.95))
    far = Carving(
        kind="ARCADE", x=-side * 1.5, y=-0.25, z=29.0, box=(long / 2 + 0.4, high * 1.08, 1.2),
        make=(float(bays), apart, apart * 0.62, high),
        more=(worn, float(pointed), storeys, 1.5), turn=turn, seed=_number(world), green=plan.green, courses=(0.45, 0.95, 0.0),
    )  # fmt: skip
    z = 15.5
    close = Carving(
        kind="ARCADE", x=side * world.half_width(z) * 0.92, y=-0.2, z=z, box=(4.4, 7.4, 0.9),
        make=(2.0, 3.6, 2.3, 7.0 if pointed else 5.2), more=(0.75, float(pointed), 1.0, 1.1),
        turn=-side * 0.75, seed=_number(world), green=min(plan.green * 1.3, 1.0), courses=(0.4, 0.8, 0.0),
    )  # fmt: skip
    pieces: list[Carving] = [close]
    if not pointed:
        for i in range(round(3 * world.fullness)):
            z = float(random.uniform(12.0, 17.0))
            spot = -side * float(random.uniform(0.45, 1.0)) * world.half_width(z)
            pieces.append(column(world, spot, z, radius=0.42, tall=5.4, top=(5.4, 3.2, 1.2)[i % 3], green=plan.green))
    pieces += rubble(world, 11.5, 18.0, 7, gap=0.9, fluted=not pointed, green=plan.green)
    return [(29.0, [far]), (15.0, pieces), *_near(world, plan, fluted=not pointed)]


def _desert(world: World, plan: Plan) -> list[Group]:
    random, side = world.random, _side(world)

    def pyramid(x: float, z: float, half: float) -> Carving:
        return Carving(
            kind="PYRAMID", x=x, y=-1.0, z=z, box=(half * 1.05, half * 1.28, half * 1.05), make=(half, half * 1.25, half * 0.045, 0.0),
            more=(float(random.uniform(0.0, 0.5)), 0.0, 0.0, 0.0), turn=float(random.uniform(0.35, 0.95)), seed=_number(world),
            courses=(half * 0.045, half * 0.07, 0.0),
        )  # fmt: skip

    great = pyramid(side * float(random.uniform(4.0, 12.0)), 105.0, 27.0)
    lesser = pyramid(-side * float(random.uniform(20.0, 30.0)), 165.0, 25.0)
    least = pyramid(side * float(random.uniform(30.0, 40.0)), 150.0, 13.0)
    z = 21.0
    needle = Carving(
        kind="OBELISK", x=-side * world.half_width(z) * float(random.uniform(0.5, 0.8)), y=-0.2, z=z, box=(1.3, 9.6, 1.3),
        make=(0.72, 9.4, 0.0, 0.0), turn=0.3, seed=_number(world), courses=(1.1, 9.0, 0.0),
    )  # fmt: skip
    pieces = [needle]
    for i in range(round(3 * world.fullness)):
        z = float(random.uniform(12.0, 18.0))
        spot = side * float(random.uniform(0.55, 1.0)) * world.half_width(z)
        pieces.append(column(world, spot, z, radius=0.55, tall=5.2, top=(4.2, 2.0, 5.2)[i % 3], green=0.0))
    pieces += rubble(world, 11.0, 18.0, 6, gap=0.9, fluted=False, green=0.0)
    return [(150.0, [lesser, least]), (105.0, [great]), (17.0, pieces), *_near(world, plan, fluted=False, count=3)]


def _jungle(world: World, plan: Plan) -> list[Group]:
    random, side = world.random, _side(world)
    half = float(random.uniform(11.0, 13.5))
    pile = Carving(
        kind="PYRAMID", x=side * float(random.uniform(-1.5, 2.0)), y=-0.4, z=38.0, box=(half * 1.15, half * 1.3, half * 1.25),
        make=(half, half * 1.16, 1.0, 1.0), more=(0.6, 0.0, 0.0, 0.0), turn=side * float(random.uniform(0.1, 0.4)), seed=_number(world),
        green=plan.green * 0.8, courses=(0.55, 1.0, 0.0),
    )  # fmt: skip
    z = 16.0
    gate = Carving(
        kind="ARCADE", x=-side * world.half_width(z) * 0.85, y=-0.2, z=z, box=(2.6, 5.6, 0.9), make=(1.0, 4.6, 1.9, 5.0),
        more=(0.6, 0.0, 1.0, 1.3), turn=side * 0.45, seed=_number(world), green=min(plan.green * 1.1, 1.0), courses=(0.5, 0.9, 0.0),
    )  # fmt: skip
    stones = [
        Carving(kind="OBELISK", x=way * world.half_width(13.0) * 0.7, y=-0.2, z=13.0 + i, box=(1.0, 2.6, 1.0), make=(0.55, 2.4, 0.0, 0.0),
                turn=0.3, seed=_number(world), green=plan.green, courses=(0.6, 5.0, 0.0))
        for i, way in enumerate((side, -side * 0.7))
    ]  # fmt: skip
    return [(38.0, [pile]), (15.0, [gate, *stones, *rubble(world, 11.0, 17.0, 6, gap=0.9, fluted=False, green=plan.green)]),
            *_near(world, plan, fluted=False, count=4)]  # fmt: skip


def _circle(world: World, plan: Plan) -> list[Group]:
    random, side = world.random, _side(world)
    far: list[Carving] = []
    near: list[Carving] = []
    radius, count = float(random.uniform(8.0, 9.5)), 11
    for i in range(count):
        angle = math.tau * (i + 0.35) / count
        x, z = side * 1.0 + math.sin(angle) * radius, 22.0 + math.cos(angle) * radius * 0.85
        if z < 16.0 and abs(x - world.stage.x) < 2.6:
            continue
        linked = random.random() < 0.45
        tall, wide = float(random.uniform(3.6, 4.6)), float(random.uniform(0.55, 0.75))
        stone = Carving(
            kind="TRILITH", x=x, y=world.height_at(x, z) - 0.2, z=z,
            box=(3.4 if linked else 2.4, tall + 1.6, 1.5), make=(0.75 if linked else -wide, wide, tall, 0.8 if linked else 0.0),
            more=(float(random.normal()) * 0.03, 0.0, 0.0, 0.0), turn=-angle + float(random.normal()) * 0.1,
            seed=_number(world), green=plan.green * 0.6,
        )  # fmt: skip
        (far if z > 21.0 else near).append(stone)
    near += rubble(world, 12.0, 18.0, 3, gap=1.2, fluted=False, green=plan.green * 0.6)
    return [(27.0, far), (16.0, near), *_near(world, plan, fluted=False, count=2)]


_KINDS: dict[str, Callable[[World, Plan], list[Group]]] = {
    "temple": _temple,
    "castle": _castle,
    "abbey": lambda world, plan: _arcade(world, plan, pointed=True),
    "roman": lambda world, plan: _arcade(world, plan, pointed=False),
    "desert": _desert,
    "jungle": _jungle,
    "circle": _circle,
}
