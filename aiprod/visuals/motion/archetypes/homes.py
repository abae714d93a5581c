"""Rooms that people live in: library, study, living room, kitchen. Knows what stands where; not how it is lit."""

from aiprod.visuals.motion.archetypes import furniture as made
from aiprod.visuals.motion.archetypes.furnisher import Furnisher
from aiprod.visuals.motion.archetypes.furniture import OAK, PINE, PLASTERS, WALNUT, plaster, wooden
from aiprod.visuals.motion.archetypes.rooms import Surface
from aiprod.visuals.motion.light import srgb


def library(f: Furnisher) -> None:
    """Books to the ceiling, a tall window behind."""
    room, seed = f.room, f.seed
    floor = Surface(kind="BOARDS", tone=WALNUT[0], other=WALNUT[1], detail=(0.14, 0.5), seed=seed)
    made.shell(room, floor=floor, wall=wooden(WALNUT, seed, (0.9, 1.2)), ceiling=wooden(WALNUT, seed, (0.9, 0.9)))
    top = room.high - 0.5
    wide = 1.5 if room.half < 3 else 1.9
    made.window(room, "back", 0.0, 1.0, (wide, top - 1.2), panes=(4, 8), arched=True, frame=srgb(96, 70, 48), seed=seed)
    for way in (-1, 1):
        inner = wide / 2 + 0.3
        low, high = sorted((way * inner, way * (room.half - 0.34)))
        made.bookcase(room, "back", low, high, top, WALNUT, seed + way)
        made.bookcase(room, "left" if way < 0 else "right", made.NEAR, room.back - 0.34, top, WALNUT, seed + 3 * way)
    made.beams(room, 4, WALNUT)
    made.rug(room, (0.0, 4.6), (min(room.half * 1.35, 3.4), 4.4), f.cloth, seed)
    f.desk(-f.side * room.half * 0.36, 7.0, 1.5, OAK)
    f.put("armchair", (f.side * room.half * 0.52, 0.0, 6.5), (0.95, 1.05))
    for z in (4.2, 6.8):
        f.hang("chandelier", 0.0, z, (1.1, 0.9), 1.15 if room.high > 4.5 else 0.95, 2.2)


def study(f: Furnisher) -> None:
    """A desk by the window, panelling, a wall of books."""
    room, seed = f.room, f.seed
    floor = Surface(kind="BOARDS", tone=OAK[0], other=OAK[1], detail=(0.12, 0.35), seed=seed)
    made.shell(room, floor=floor, wall=plaster(PLASTERS[(1, 4, 2)[int(seed) % 3]], seed), ceiling=plaster(PLASTERS[0]))
    made.skirting(room, wooden(WALNUT, seed, (0.55, 0.8)), 1.0)
    made.cornice(room, wooden(WALNUT, seed + 1))
    x = -f.side * room.half * 0.36
    size = (1.25, room.high * 0.48)
    made.window(room, "back", x, 1.02, size, panes=(2, 4), frame=srgb(200, 190, 170), seed=seed)
    made.curtains(room, x, 1.02, size, f.cloth, seed)
    low, high = sorted((f.side * room.half, f.side * room.half * 0.08))
    made.bookcase(room, "back", low, high, room.high - 0.5, WALNUT, seed)
    made.bookcase(room, "right" if f.side > 0 else "left", 3.0, room.back - 0.34, room.high - 0.5, WALNUT, seed + 2)
    other = "left" if f.side > 0 else "right"
    for k, z in enumerate((5.0, 6.5)):
        made.painting(room, other, z, 1.45, (1.0, 0.75), seed + k)
    made.rug(room, (0.0, 4.8), (2.4, 3.4), f.cloth, seed)
    f.desk(x, 6.9, 1.4, WALNUT)
    f.put("armchair", (f.side * room.half * 0.5, 0.0, 6.4), (0.95, 1.05))
    f.put("plant", (x - f.side * 0.95, 0.0, 7.6), (0.8, 1.3))
    f.hang("pendant", 0.0, 5.4, (0.6, 0.7), 0.9, 2.2)


def living(f: Furnisher) -> None:
    """Armchairs, curtains, pictures."""
    room, seed = f.room, f.seed
    floor = Surface(kind="BOARDS", tone=PINE[0], other=PINE[1], detail=(0.13, 0.4), seed=seed)
    made.shell(room, floor=floor, wall=plaster(f.wall, seed), ceiling=plaster(PLASTERS[0], 3.0))
    made.skirting(room, plaster((srgb(226, 222, 212), srgb(236, 232, 224))), 0.14)
    made.cornice(room, plaster((srgb(226, 222, 212), srgb(236, 232, 224))))
    size = (1.35, room.high * 0.58)
    spots = (-room.half * 0.48, room.half * 0.48) if room.half > 2.6 else (-f.side * 0.75,)
    for k, x in enumerate(spots):
        made.window(room, "back", x, 0.72, size, panes=(2, 4), frame=srgb(232, 228, 220), seed=seed + k)
        made.curtains(room, x, 0.72, size, f.cloth, seed + k)
    f.put("armchair", (f.side * room.half * 0.56, 0.0, 6.9), (1.1, 1.05))
    f.put("armchair", (-f.side * room.half * 0.66, 0.0, 6.3), (1.1, 1.05), tone=(0.8, 1.0, 1.2))
    made.painting(room, "back", f.side * room.half * (0.56 if room.half < 2.6 else 0.0), 1.55, (1.0, 0.78), seed)
    wall = "right" if f.side > 0 else "left"
    for k, z in enumerate((4.6, 6.0, 7.3)):
        made.painting(room, wall, z, 1.5, (0.8, 0.62), seed + 1 + k)
    made.rug(room, (0.0, 5.0), (min(3.4, room.half * 1.4), 3.2), f.cloth, seed)
    made.table(room, (f.side * room.half * 0.16, 0.0, 5.9), (0.95, 0.46, 0.55), OAK, seed)
    f.put("flowers", (f.side * room.half * 0.16, 0.46, 6.1), (0.36, 0.46))
    f.put("plant", (-f.side * room.half * 0.86, 0.0, 7.9), (0.95, 1.6))
    f.room.box(
        (f.side * room.half * 0.96 - 0.25, 0, 7.5),
        (f.side * room.half * 0.96 + 0.25, 0.62, 8.0),
        wooden(OAK, seed),
    )
    f.put("lamp", (f.side * room.half * 0.9, 0.62, 7.6), (0.5, 0.7), shine=0.8 * f.burn)
    f.light((f.side * room.half * 0.9, 1.16, 7.45), 2.2)
    f.hang("pendant", 0.0, 5.6, (0.62, 0.8), 1.0, 2.6)


def kitchen(f: Furnisher) -> None:
    """Cupboards, a stove, a laid table."""
    room, seed = f.room, f.seed
    fronts = (srgb(196, 202, 190), srgb(92, 120, 116), srgb(210, 196, 168), srgb(70, 92, 112))[int(seed) % 4]
    floor = Surface(kind="TILES", tone=srgb(176, 120, 84), other=srgb(196, 150, 112), detail=(0.3, 0.3), seed=seed)
    made.shell(room, floor=floor, wall=plaster(PLASTERS[0], seed), ceiling=plaster(PLASTERS[0], 3.0))
    made.beams(room, 4, OAK)
    wall = "right" if f.side > 0 else "left"
    for z in (4.3, 6.3):
        made.window(
            room,
            wall,
            z,
            1.05,
            (1.25, min(room.high - 1.5, 1.7)),
            panes=(2, 3),
            frame=srgb(228, 222, 210),
            seed=seed + z,
        )
    half, z = room.half, room.back - 0.62
    splash = Surface(
        kind="BRICKS", tone=srgb(206, 212, 204), other=srgb(150, 150, 144), detail=(0.075, 0.15), seed=seed
    )
    room.panel((-half, 0.9, room.back - 0.03), (2 * half, 0, 0), (0, 0.85, 0), splash, order=139.0)
    doors = Surface(kind="DOORS", tone=fronts, other=(0.0, 0, 0), detail=(0.5, 0.2), seed=seed)
    stone = Surface(kind="SHINY", tone=srgb(70, 68, 66), other=srgb(96, 92, 90), detail=(0.5, 0.1), seed=seed)
    room.box((-half, 0.0, z), (half, 0.88, room.back), doors)
    room.box((-half, 0.88, z - 0.03), (half, 0.93, room.back), stone)
    stove = f.side * half * 0.35
    room.box(
        (stove - 0.38, 0.02, z - 0.05),
        (stove + 0.38, 0.93, room.back),
        Surface(kind="SHINY", tone=srgb(40, 42, 46), other=srgb(64, 66, 70), detail=(0.6, 0.2)),
    )
    hood = Surface(kind="SHINY", tone=srgb(150, 148, 144), other=srgb(196, 194, 190), detail=(0.5, 0.4))
    room.box((stove - 0.42, 1.75, z + 0.05), (stove + 0.42, 2.0, room.back), hood)
    room.box((stove - 0.2, 2.0, z + 0.2), (stove + 0.2, room.high, room.back), hood)
    low, high = sorted((-f.side * half, stove - f.side * 0.5))
    jars = Surface(kind="JARS", tone=OAK[0], other=srgb(196, 186, 166), detail=(0.36, 0.35), seed=seed)
    room.panel((low, 1.5, room.back - 0.22), (high - low, 0, 0), (0, 1.08, 0), jars, order=136.0)
    f.put("pots", (stove, 0.93, z + 0.2), (0.6, 0.4))
    for x in (-f.side * half * 0.3, -f.side * half * 0.75):
        f.put("plant", (x, 0.93, z + 0.25), (0.34, 0.44))
    x = -f.side * half * 0.28
    made.table(room, (x, 0.0, 5.9), (min(1.7, half), 0.76, 0.85), OAK, seed)
    f.put("fruit", (x + 0.25, 0.76, 6.2), (0.36, 0.28))
    f.put("flowers", (x - 0.3, 0.76, 6.3), (0.36, 0.5))
    for way in (-1, 1):
        f.put("chair", (x + way * 0.5, 0.0, 6.85), (0.46, 0.95))
    f.hang("pendant", x, 6.2, (0.55, 0.9), 1.0 + max(0.0, room.high - 3.4), 2.6)
    made.burn_lamp(room, (stove, 1.7, z + 0.3), 0.8 * f.burn)
