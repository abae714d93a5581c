"""Rooms that many enter: great hall, museum, workshop, classroom. Knows what stands where; not how it is lit."""

from aiprod.visuals.motion.archetypes import furniture as made
from aiprod.visuals.motion.archetypes.furnisher import Furnisher
from aiprod.visuals.motion.archetypes.furniture import OAK, PINE, PLASTERS, WALNUT, Tones, plaster, wooden
from aiprod.visuals.motion.archetypes.rooms import Opening, Surface
from aiprod.visuals.motion.light import srgb


def hall(f: Furnisher) -> None:
    """Pillars, tall windows, a throne at the end of a carpet."""
    room, seed = f.room, f.seed
    floor = Surface(kind="TILES", tone=srgb(196, 188, 172), other=srgb(62, 58, 58), detail=(0.62, 0.8), seed=seed)
    stone = (srgb(132, 122, 106), srgb(176, 164, 142))
    blocks = Surface(kind="BRICKS", tone=stone[1], other=srgb(96, 90, 80), detail=(0.46, 1.0), seed=seed)
    made.shell(room, floor=floor, wall=blocks, ceiling=wooden(WALNUT, seed, (1.2, 1.2)))
    made.beams(room, 5, WALNUT)
    tall = room.high - 2.6
    for x in (-room.half * 0.56, 0.0, room.half * 0.56):
        made.window(
            room,
            "back",
            x,
            1.9 if x else 2.3,
            (room.half * 0.34, tall - (0.3 if x == 0.0 else 0.6)),
            panes=(3, 7),
            arched=True,
            frame=srgb(120, 110, 96),
            seed=seed + x,
        )
    carpet = Surface(kind="RUG", tone=f.cloth[0], other=f.cloth[1], seed=seed)
    room.panel((-0.75, 0.012, made.NEAR), (1.5, 0, 0), (0, 0, room.back - 1.6), carpet, order=139.5, smooth=True)
    for step in range(2):
        top = 0.2 * (step + 1)
        room.box(
            (-1.6 + 0.25 * step, 0.0, 9.0 + 0.45 * step),
            (1.6 - 0.25 * step, top, room.back),
            plaster(stone, seed + step),
        )
    f.put("throne", (0.0, 0.4, 9.9), (1.35, 2.3))
    _pillars(f, stone, (4.4, 6.6, 8.8))
    banner = Surface(kind="CURTAIN", tone=f.cloth[0], other=f.cloth[1], detail=(1.0, 0.0), seed=seed)
    for way in (-1, 1):
        for z in (5.5, 7.7, 9.9):
            room.panel(
                (way * (room.half - 0.06), 2.2, z - 0.4),
                (0, 0, 0.8),
                (0, room.high - 3.2, 0),
                banner,
                order=134.0,
                smooth=True,
            )
        f.put("candles", (way * 1.25, 0.4, 9.7), (0.6, 1.6), shine=0.5 * f.burn)
        f.light((way * 1.25, 1.8, 9.6), 1.8)
    for z in (4.6, 7.4):
        f.hang("chandelier", 0.0, z, (1.7, 1.2), min(1.9, room.high - 3.4), 3.6)


def _pillars(f: Furnisher, stone: Tones, places: tuple[float, ...]) -> None:
    """Columns along both sides."""
    room = f.room
    for z in places:
        for way in (-1, 1):
            x = way * room.half * 0.8
            room.box((x - 0.32, 0.0, z), (x + 0.32, 0.35, z + 0.6), plaster(stone, z))
            room.box((x - 0.22, 0.35, z + 0.08), (x + 0.22, room.high - 0.5, z + 0.5), plaster(stone, z + way))
            room.box((x - 0.34, room.high - 0.5, z), (x + 0.34, room.high, z + 0.6), plaster(stone, z))


def museum(f: Furnisher) -> None:
    """Paintings and busts under a glazed roof."""
    room, seed = f.room, f.seed
    tone = PLASTERS[(0, 4, 2, 1)[int(seed) % 4]]
    floor = Surface(kind="BOARDS", tone=OAK[0], other=OAK[1], detail=(0.1, 0.7), seed=seed)
    made.shell(room, floor=floor, wall=plaster(tone, seed), ceiling=plaster(PLASTERS[0]))
    pale = plaster((srgb(214, 208, 196), srgb(230, 226, 216)))
    made.skirting(room, pale, 0.3)
    made.cornice(room, pale, 0.4)
    roof = Surface(kind="WINDOW", tone=srgb(150, 150, 148), detail=(4, 9), seed=seed)
    room.panel(
        (-room.half * 0.5, room.high - 0.03, 3.4), (room.half, 0, 0), (0, 0, 6.4), roof, order=138.0, smooth=True
    )
    _skylight(f)
    made.painting(room, "back", 0.0, 1.25, (min(2.6, room.half * 0.95), 1.9), seed)
    for way in (-1, 1):
        made.painting(room, "back", way * room.half * 0.72, 1.4, (room.half * 0.36, 1.5), seed + way * 0.4)
        for k, z in enumerate((4.4, 6.6, 8.8, 10.6)):
            made.painting(
                room, "left" if way < 0 else "right", z, 1.3, (1.5, 1.2 + 0.5 * (k % 2)), seed + k * 0.37 + way
            )
        for z, aside in ((7.0, 0.62), (9.6, 0.34)):
            x = way * room.half * aside
            f.put("bust", (x, 0.0, z), (1.0, 1.75), tone=(1.15, 1.12, 1.05))
            room.shade((x - 0.25, 0, z - 0.1), (x + 0.25, 1.3, z + 0.2))
    velvet = Surface(kind="CURTAIN", tone=f.cloth[0], other=f.cloth[1], seed=seed)
    room.box((-0.8, 0.34, 8.3), (0.8, 0.46, 8.8), velvet)
    room.box((-0.7, 0.0, 8.35), (0.7, 0.34, 8.75), wooden(WALNUT, seed))
    for way in (-1, 1):
        for z in (5.0, 8.0):
            f.light((way * room.half * 0.55, room.high - 0.7, z), 3.2, glow=False)


def _skylight(f: Furnisher) -> None:
    """Light from a glazed roof."""
    room = f.room
    for z in (5.0, 8.2):
        room.openings.append(Opening(at=(0.0, room.high - 0.02, z), across=(room.half * 0.5, 0, 0), up=(0, 0, 1.6)))


def workshop(f: Furnisher) -> None:
    """A bench, tools on the wall, brick."""
    room, seed = f.room, f.seed
    brick = Surface(kind="BRICKS", tone=srgb(150, 88, 66), other=srgb(140, 130, 118), detail=(0.085, 0.24), seed=seed)
    floor = Surface(kind="BOARDS", tone=OAK[0], other=OAK[1], detail=(0.2, 0.12), seed=seed)
    made.shell(room, floor=floor, wall=brick, ceiling=wooden(OAK, seed))
    made.beams(room, 5, WALNUT)
    wall = "right" if f.side > 0 else "left"
    for z in (4.4, 6.6):
        made.window(room, wall, z, 1.1, (1.5, room.high - 1.9), panes=(4, 5), frame=srgb(54, 58, 58), seed=seed + z)
    half, z = room.half, room.back - 0.75
    room.box(
        (-half + 0.1, 0.0, z + 0.1),
        (half - 0.1, 0.82, room.back),
        Surface(kind="DOORS", tone=OAK[0], other=(1.0, 0, 0), detail=(0.7, 0.22), seed=seed),
        wooden(OAK),
    )
    room.box((-half, 0.82, z), (half, 0.92, room.back), wooden(OAK, seed + 2))
    room.panel(
        (-half * 0.7, 1.25, room.back - 0.04),
        (half * 1.4, 0, 0),
        (0, 1.1, 0),
        wooden(PINE, seed),
        order=136.0,
        smooth=True,
    )
    count = max(1, round(half * 1.2 / 1.5))
    for k in range(count):
        x = -half * 0.6 + half * 1.2 * (k + 0.5) / count
        f.put("tools", (x, 1.3, room.back - 0.07), (1.35, 0.95))
    jars = Surface(kind="JARS", tone=OAK[0], other=srgb(120, 110, 96), detail=(0.34, 0.25), seed=seed)
    room.panel((-half, 2.45, room.back - 0.2), (2 * half, 0, 0), (0, min(0.7, room.high - 2.8), 0), jars, order=136.0)
    for k, name in enumerate(("pots", "books", "lamp", "globe")):
        x = half * (-0.75 + 0.5 * k)
        f.put(name, (x, 0.92, z + 0.3), (0.42, 0.46), shine=0.8 * f.burn if name == "lamp" else 0.0)
        if name == "lamp":
            f.light((x, 1.3, z + 0.2), 1.2)
    made.table(room, (-f.side * half * 0.5, 0.0, 5.6), (1.3, 0.84, 0.7), OAK, seed)
    f.put("pots", (-f.side * half * 0.5, 0.84, 5.8), (0.42, 0.32))
    f.put("chair", (f.side * half * 0.62, 0.0, 6.4), (0.48, 0.95))
    f.hang("pendant", -f.side * half * 0.4, 5.9, (0.6, 0.95), 1.1, 2.6)
    f.hang("pendant", f.side * half * 0.5, 6.9, (0.6, 0.95), 1.1, 2.2)


def classroom(f: Furnisher) -> None:
    """A blackboard and desks."""
    room, seed = f.room, f.seed
    floor = Surface(kind="BOARDS", tone=PINE[0], other=PINE[1], detail=(0.1, 0.45), seed=seed)
    made.shell(room, floor=floor, wall=plaster(PLASTERS[(0, 1, 3)[int(seed) % 3]], seed), ceiling=plaster(PLASTERS[0]))
    made.skirting(room, wooden(OAK, seed, (0.4, 0.9)), 0.95)
    wall = "right" if f.side > 0 else "left"
    for z in (3.6, 5.4, 7.2):
        made.window(
            room, wall, z, 1.05, (1.25, room.high - 1.7), panes=(2, 4), frame=srgb(224, 220, 210), seed=seed + z
        )
    half = room.half
    board = Surface(kind="CHALKBOARD", tone=srgb(30, 58, 46), seed=seed)
    room.panel(
        (-half * 0.82, 1.05, room.back - 0.05), (half * 1.64, 0, 0), (0, 1.35, 0), board, order=136.0, smooth=True
    )
    f.desk(-f.side * half * 0.4, 7.1, 1.3, OAK)
    for k, x in enumerate((-half * 0.62, half * 0.62)):
        made.table(room, (x, 0.0, 5.4), (min(1.0, half * 0.6), 0.7, 0.5), PINE, seed + k)
        f.put("books", (x, 0.7, 5.6), (0.26, 0.2))
        f.put("chair", (x, 0.0, 4.95), (0.44, 0.85))
    other = "left" if f.side > 0 else "right"
    for k, z in enumerate((4.4, 5.9, 7.3)):
        made.painting(room, other, z, 1.35, (0.9, 0.7), seed + 0.3 * k)
    f.hang("pendant", -half * 0.45, 5.6, (0.6, 0.8), 0.85, 2.6)
    f.hang("pendant", half * 0.45, 5.6, (0.6, 0.8), 0.85, 2.6)
