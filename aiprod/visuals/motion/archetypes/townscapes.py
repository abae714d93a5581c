"""How villages are laid out: houses along a slope, a lane, a square, a farmyard. Knows what stands where."""

import math
from dataclasses import replace

from aiprod.visuals.motion.archetypes.hamlet import Hamlet
from aiprod.visuals.motion.archetypes.houses import build_church
from aiprod.visuals.motion.cards.stock import Stand
from aiprod.visuals.motion.layers import PlaneOptions, Sway

_POTS = ((9.6, -1), (10.2, -1), (15.0, 1), (16.0, 1), (24.0, -1), (33.0, 1))
"""Green before the doors of a lane: how far, on which side."""


def hillside(hamlet: Hamlet) -> None:
    """Houses up a slope to the church, a path between them, meadow before us."""
    world, random = hamlet.world, hamlet.random
    hamlet.hills()
    side = 1 if world.spec.seed % 2 else -1
    trail = (side * 0.6, 1.0, 0.085, 0.85)
    church = (-side * 3.5, 72.0)
    for z in (24.0, 32.0, 41.0, 51.0, 62.0, 84.0):
        lane = trail[0] + math.sin(z * trail[2]) * 1.2 + math.sin(z * trail[2] * 2.3 + 1.0) * 0.5
        half = world.half_width(z) + 3.0
        count = max(2, round(2 * half / (10.5 if z > 30 else 13.0)))
        for k in range(count):
            x = -half + 2 * half * (k + 0.5 + random.uniform(-0.18, 0.18)) / count
            if abs(x - lane) < 5.6 and z < 80:
                x = lane + math.copysign(5.8 + random.random(), x - lane)
            deep = z + random.uniform(-2.8, 2.8)
            if abs(x - church[0]) < 9 and 60 < deep < 80:
                continue
            turn = random.uniform(-0.4, 0.4) + (math.pi / 2 if random.random() < 0.4 else 0.0)
            hamlet.house(x, deep, turn=turn)
    hamlet.earth(trail=trail)
    x, z = church
    build_church(
        hamlet.room,
        (x, world.height_at(x, z) - 0.3, z),
        12.5,
        float(random.random() * 9),
        hamlet.eye,
        southern=hamlet.southern,
    )
    for depth, near, far, count in (
        (95.0, 88, 110, 40),
        (68.0, 65, 72, 14),
        (56.0, 54, 60, 12),
        (46.0, 44, 49, 10),
        (36.5, 34, 39, 9),
        (28.0, 26, 30, 7),
        (19.5, 18.5, 21, 3),
    ):
        hamlet.trees(depth, near, far, count, 6.4, gap=2.4, bushes=count * 2)
    hamlet.meadow()
    for k in range(3):
        hamlet.put("fence", side * (2.6 + 1.55 * k), 11.0, (1.6, 0.95))
    hamlet.put(
        "barrel" if hamlet.southern else "well", -side * 2.6, 12.5, (0.7, 0.9) if hamlet.southern else (1.7, 1.9)
    )


def street(hamlet: Hamlet) -> None:
    """A paved lane between two rows of houses, a tower at its end."""
    world, random = hamlet.world, hamlet.random
    hamlet.hills()
    half = 2.5 if world.aspect < 1 else 4.8
    bend = 1 if world.spec.seed % 2 else -1

    def middle(z: float) -> float:
        return bend * 2.4 * (z / 40) ** 2

    for side in (-1, 1):
        z = 4.4 + random.random() * 1.5
        while z < 62:
            gable = random.random() < 0.45
            house = hamlet.house(0.0, 0.0, turn=0.0 if gable else math.pi / 2, long=7.4, wide=6.0)
            along, deep = (house.long, house.wide) if gable else (house.wide, house.long)
            x = middle(z + deep / 2) + side * (half + along / 2 + random.uniform(0.0, 0.5))
            hamlet.houses[-1] = replace(house, at=(x, -0.05, z + deep / 2))
            z += deep + (0.0 if random.random() < 0.6 else random.uniform(0.8, 2.2)) + 0.25
    hamlet.earth()
    hamlet.cobbles(half + 0.7, 70.0, fade=0.3)
    build_church(
        hamlet.room, (middle(74.0), 0.0, 74.0), 15.0, float(random.random() * 9), hamlet.eye, southern=hamlet.southern
    )
    hamlet.trees(84.0, 80, 95, 26, 7.5, bushes=20)
    for k, z in enumerate((6.6, 11.5, 18.0, 27.0, 40.0)):
        side = 1 if k % 2 else -1
        hamlet.lantern(middle(z) + side * (half - 0.35), z)
    for k, (name, size) in enumerate(
        (("barrel", (0.68, 0.9)), ("cart", (1.9, 1.45)), ("barrel", (0.68, 0.9)), ("barrel", (0.7, 0.94)))
    ):
        z = (8.2, 13.5, 8.6, 21.0)[k]
        side = (1, -1, 1, 1)[k] * bend
        hamlet.put(name, middle(z) + side * (half - (0.35, 0.75, 0.0, 0.4)[k] * 1.0), z, size)
    if not hamlet.winter:
        for number, (z, side) in enumerate(_POTS):
            stand = Stand(middle(z) + side * (half - 0.1), -0.02, z, 0.85, number, 0.9)
            world.band(stand.z, [(hamlet.bushes, [stand])], PlaneOptions(sway=Sway(amount=0.001)))


def square(hamlet: Hamlet) -> None:
    """A market square with a fountain, houses all round, the church behind them."""
    world, random = hamlet.world, hamlet.random
    hamlet.hills()
    back = 21.0
    half = world.half_width(back) + 4.0
    wide = 5.2 if world.aspect < 1 else 10.0
    x = -half + random.uniform(0, 3)
    while x < half:
        gable = random.random() < 0.5
        house = hamlet.house(0.0, 0.0, turn=math.pi / 2 if gable else 0.0, long=7.2, wide=6.2)
        across, deep = (house.wide, house.long) if gable else (house.long, house.wide)
        hamlet.houses[-1] = replace(house, at=(x + across / 2, -0.05, back + deep / 2 + random.uniform(0, 0.6)))
        x += across + 0.15
    for side in (-1, 1):
        z = 7.0 + random.random() * 2
        while z < back - 4:
            house = hamlet.house(0.0, 0.0, turn=math.pi / 2, long=6.4, wide=6.0)
            hamlet.houses[-1] = replace(house, at=(side * (wide + house.wide / 2), -0.05, z + house.long / 2))
            z += house.long + 0.2
    hamlet.earth()
    hamlet.cobbles(max(wide, half) + 1.0, back + 1.0, size=0.14)
    place = 1 if world.spec.seed % 2 else -1
    build_church(
        hamlet.room, (-place * 3.2, 0.0, 40.0), 17.0, float(random.random() * 9), hamlet.eye, southern=hamlet.southern
    )
    hamlet.put("fountain", place * 1.3, 13.0, (2.9, 2.7))
    for k, (aside, z) in enumerate(((-3.1, 16.4), (0.6, 17.6), (3.4, 15.6))):
        hamlet.put("stall" if k != 1 else "cart", -place * aside, z, (2.3, 2.3) if k != 1 else (1.9, 1.4))
    for aside, z in ((-3.4, 9.5), (3.2, 10.5), (-2.6, 18.5), (3.8, 18.0)):
        hamlet.lantern(aside * (1.0 if world.aspect < 1 else 1.9), z)
    hamlet.put("barrel", -place * 2.6, 8.2, (0.66, 0.86))
    hamlet.single(-place * (3.9 if world.aspect < 1 else 7.0), 12.5, 5.6)
    hamlet.trees(60.0, 52, 70, 24, 8.0)


def farm(hamlet: Hamlet) -> None:
    """A farmhouse and its barn among fields."""
    world, random = hamlet.world, hamlet.random
    hamlet.hills()
    side = 1 if world.spec.seed % 2 else -1
    apart = 1.0 if world.aspect < 1 else 1.5
    home = hamlet.house(side * 4.2 * apart, 22.5, turn=side * 0.30, long=8.4, wide=6.2, storeys=2)
    hamlet.house(-side * 5.4 * apart, 31.0, turn=math.pi / 2 - side * 0.28, long=11.0, wide=8.6, barn=True)
    hamlet.house(side * 11.5 * apart, 40.0, turn=0.3, long=7.0, wide=5.0, storeys=1)
    hamlet.house(-side * 19.0, 60.0, turn=0.2)
    hamlet.house(side * 16.0, 72.0, turn=1.3)
    hamlet.earth(trail=(home.at[0] * 0.25, 0.9, 0.1, 0.85))
    build_church(
        hamlet.room, (-side * 6.0, 0.0, 118.0), 15.0, float(random.random() * 9), hamlet.eye, southern=hamlet.southern
    )
    hamlet.trees(105.0, 90, 125, 50, 7.5, bushes=50)
    hamlet.trees(62.0, 52, 70, 14, 7.0, gap=5.0, bushes=30)
    hamlet.trees(33.0, 30, 38, 6, 7.0, gap=6.5, bushes=10)
    hamlet.single(side * 7.4 * apart, 17.0, 7.4)
    hamlet.single(-side * 9.0 * apart, 22.0, 6.0)
    count = max(6, round(2 * world.half_width(11.5) / 1.55) + 1)
    for k in range(count):
        x = (k - (count - 1) / 2) * 1.55
        if abs(x - home.at[0] * 0.25) > 1.5:
            hamlet.put("fence", x, 11.5, (1.6, 1.0))
    hamlet.put("cart", -side * 1.9, 16.5, (2.1, 1.6))
    for k, (x, z) in enumerate(((-2.9, 13.6), (-4.2, 14.2), (2.7, 24.0))):
        if not hamlet.winter:
            hamlet.put("hay", side * x, z, (1.25 - 0.1 * k, 1.2 - 0.1 * k))
    hamlet.put("barrel", side * 1.5, 16.2, (0.7, 0.92))
    hamlet.meadow()
