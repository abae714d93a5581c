"""Rooms where things are measured: chemistry, biology, control, servers, a scholar's room, an observatory.

Knows what stands where; not how it is lit.
"""

from aiprod.visuals.motion.archetypes import displays
from aiprod.visuals.motion.archetypes import furniture as made
from aiprod.visuals.motion.archetypes.displays import Screen, add_screens
from aiprod.visuals.motion.archetypes.furnisher import Furnisher
from aiprod.visuals.motion.archetypes.furniture import NEAR, OAK, PLASTERS, WALNUT, plaster, wooden
from aiprod.visuals.motion.archetypes.rooms import Lamp, Surface
from aiprod.visuals.motion.light import Colour, scaled, srgb

_PALE = plaster((srgb(208, 214, 214), srgb(224, 228, 228)))
_DARK = plaster((srgb(34, 38, 46), srgb(46, 50, 60)))
_STEEL = Surface(kind="SHINY", tone=srgb(120, 126, 134), other=srgb(176, 182, 188), detail=(0.5, 0.35))
_CASE = Surface(kind="SHINY", tone=srgb(18, 20, 24), other=srgb(40, 43, 50), detail=(0.3, 0.0))
_BENCH = Surface(kind="SHINY", tone=srgb(34, 38, 42), other=srgb(50, 54, 58), detail=(0.55, 0.05))
_HUES: tuple[Colour, ...] = ((0.16, 0.72, 1.05), (0.15, 0.95, 0.62), (0.95, 0.52, 0.16), (0.62, 0.38, 1.05))
_ACCENTS: tuple[Colour, ...] = (srgb(72, 128, 140), srgb(92, 132, 108), srgb(86, 108, 150), srgb(196, 186, 160))
_OLD_BENCH = (
    (-0.75, "retort", (0.66, 0.66)), (-0.2, "balance", (0.5, 0.44)), (0.28, "microscope", (0.34, 0.44)),
    (0.72, "red flask", (0.24, 0.32)),
)  # fmt: skip
"""What lies on the scholar's bench: how far aside (parts of its half), what, how large."""
_GLASSES = ("blue flask", "tubes", "green flask", "retort", "red flask")


def _soffit(f: Furnisher, share: float, light: float, tone: Colour = (0.92, 0.96, 1.0)) -> Surface:
    """A ceiling with panels that shine as the hour asks."""
    shine = scaled(tone, light * (0.5 if f.world.mood.night else 0.75))
    return Surface(kind="LUMINOUS", tone=srgb(206, 210, 212), other=shine, detail=(0.9, share))


def _overhead(f: Furnisher, strength: float) -> None:
    """Light from the ceiling's panels, half of it by night."""
    strength *= 0.5 if f.world.mood.night else 0.7
    for z in (3.4, 5.4, 7.2):
        f.room.lamps.append(Lamp(at=(0.0, f.room.high - 0.35, z), light=scaled(f.look.lamp_tone, strength)))


def _bench(f: Furnisher, colour: Colour) -> float:
    """Cupboards and a worktop along the back wall; its front's distance is given."""
    room, z = f.room, f.room.back - 0.7
    doors = Surface(kind="DOORS", tone=colour, detail=(0.55, 0.2), seed=f.seed)
    room.box((-room.half, 0.0, z), (room.half, 0.86, room.back), doors)
    room.box((-room.half, 0.86, z - 0.04), (room.half, 0.92, room.back), _BENCH)
    return z


def _island(f: Furnisher, x: float, z: float, wide: float, colour: Colour) -> None:
    """A bench in the room."""
    doors = Surface(kind="DOORS", tone=colour, detail=(0.5, 0.2), seed=f.seed + 2)
    f.room.box(
        (x - wide / 2 + 0.05, 0.0, z + 0.05),
        (x + wide / 2 - 0.05, 0.84, z + 0.7),
        doors,
        plaster((scaled(colour, 0.9), colour)),
    )
    f.room.box((x - wide / 2, 0.84, z), (x + wide / 2, 0.9, z + 0.75), _BENCH)


def _monitor(f: Furnisher, x: float, y: float, z: float, wide: float, shows: int, hue: Colour) -> Screen:
    """A monitor on a foot, and what it shows."""
    high = wide * 0.6
    f.room.box((x - 0.04, y, z + 0.03), (x + 0.04, y + 0.14, z + 0.06), _CASE)
    f.room.box((x - wide / 2 - 0.02, y + 0.1, z), (x + wide / 2 + 0.02, y + 0.14 + high, z + 0.05), _CASE)
    return Screen(
        corner=(x - wide / 2, y + 0.12, z - 0.004), across=(wide, 0, 0), up=(0, high, 0), shows=shows, hue=hue,
        seed=f.seed + x, brightness=1.0,
    )  # fmt: skip


def _clean_shell(f: Furnisher) -> None:
    floor = Surface(kind="TILES", tone=srgb(168, 176, 178), other=srgb(180, 187, 188), detail=(0.6, 0.65), seed=f.seed)
    accent = _ACCENTS[int(f.seed * 3) % len(_ACCENTS)]
    back = plaster((scaled(accent, 0.85), accent), f.seed)
    made.shell(f.room, floor=floor, wall=_PALE, ceiling=_soffit(f, 0.4, 1.4), back=back)
    made.skirting(f.room, plaster((srgb(96, 110, 116), srgb(112, 126, 132))), 0.12)
    _overhead(f, 2.3)


def chemistry(f: Furnisher) -> None:
    """Benches with glassware, coloured jars, windows at the side."""
    room, half = f.room, f.room.half
    _clean_shell(f)
    wall = "right" if f.side > 0 else "left"
    for z in (4.2, 6.3):
        made.window(room, wall, z, 1.1, (1.4, 1.5), panes=(2, 2), frame=srgb(206, 210, 212), seed=f.seed + z)
    colour = (srgb(214, 220, 222), srgb(124, 160, 172), srgb(196, 206, 190))[int(f.seed) % 3]
    z = _bench(f, colour)
    splash = Surface(kind="BRICKS", tone=srgb(206, 216, 220), other=srgb(164, 172, 176), detail=(0.1, 0.2), seed=f.seed)
    room.panel((-half, 0.92, room.back - 0.02), (2 * half, 0, 0), (0, 0.5, 0), splash, order=139.0)
    jars = Surface(kind="JARS", tone=srgb(120, 128, 132), other=srgb(176, 186, 190), detail=(0.38, 0.6), seed=f.seed)
    room.panel((-half * 0.92, 1.42, room.back - 0.24), (half * 1.84, 0, 0), (0, 1.14, 0), jars, order=136.0)
    count = max(3, round(half * 1.6))
    for k in range(count):
        x = -half * 0.82 + half * 1.64 * k / (count - 1)
        f.put(_GLASSES[(k + int(f.seed)) % 5], (x, 0.92, z + 0.2), (0.3, 0.36) if k % 2 else (0.34, 0.4))
    x = -f.side * half * 0.42
    _island(f, x, 5.5, min(1.9, half * 0.95), colour)
    f.put("retort", (x - 0.3, 0.9, 5.75), (0.62, 0.62))
    f.put("microscope", (x + 0.36, 0.9, 5.8), (0.36, 0.46))
    f.put("blue flask", (x + 0.02, 0.9, 5.65), (0.2, 0.28))
    f.put("stool", (f.side * half * 0.5, 0.0, 6.3), (0.46, 0.72))
    f.put("molecule", (f.side * half * 0.72, 0.92, z + 0.15), (0.44, 0.5))
    add_screens(
        f.world, [_monitor(f, f.side * half * 0.4, 0.92, z + 0.12, 0.62, displays.WAVES, _HUES[int(f.seed) % 2])]
    )


def biology(f: Furnisher) -> None:
    """Microscopes and machines before a wide window, the helix on its screens."""
    room, half = f.room, f.room.half
    _clean_shell(f)
    made.window(
        room, "back", 0.0, 1.15, (half * 1.3, room.high - 1.9), panes=(4, 2), frame=srgb(196, 202, 206), seed=f.seed
    )
    z = _bench(f, (srgb(226, 230, 232), srgb(150, 186, 178))[int(f.seed) % 2])
    glass = Surface(kind="JARS", tone=srgb(130, 138, 142), other=srgb(190, 198, 202), detail=(0.38, 0.6), seed=f.seed)
    for way in (-1, 1):
        wall = way * (half - 0.28)
        room.panel((wall, 1.3, 4.6), (0, 0, 2.6), (0, 1.14, 0), glass, order=137.0)
    for x, name, size in (
        (-0.8, "machine", (0.55, 0.5)), (-0.45, "microscope", (0.36, 0.46)), (0.1, "tubes", (0.42, 0.32)),
        (0.82, "machine", (0.5, 0.46)),
    ):  # fmt: skip
        f.put(name, (x * half, 0.92, z + 0.22), size)
    x = f.side * half * 0.45
    _island(f, x, 5.4, min(1.9, half * 0.95), srgb(226, 230, 232))
    f.put("microscope", (x - f.side * 0.45, 0.9, 5.7), (0.4, 0.52))
    f.put("tubes", (x + f.side * 0.1, 0.9, 5.6), (0.36, 0.28))
    f.put("plant", (-f.side * half * 0.84, 0.0, 7.0), (0.7, 1.1))
    f.put("stool", (-f.side * half * 0.3, 0.0, 6.2), (0.46, 0.72))
    hue = _HUES[int(f.seed) % 4]
    shown = [_monitor(f, x + f.side * 0.5, 0.9, 5.78, 0.5, displays.HELIX, hue)]
    shown += [_monitor(f, f.side * half * 0.38, 0.92, z + 0.1, 0.6, displays.WAVES, hue)]
    add_screens(f.world, shown)


def _machine_shell(f: Furnisher, *, ceiling: float) -> None:
    """A hall for machines: pale and evenly lit by day (`ceiling` is the part of it that shines), dark by night."""
    if f.world.mood.night:
        floor = Surface(kind="TILES", tone=srgb(40, 44, 52), other=srgb(48, 52, 60), detail=(0.6, 0.85), seed=f.seed)
        made.shell(f.room, floor=floor, wall=_DARK, ceiling=plaster((srgb(22, 24, 30), srgb(30, 33, 40))))
        return
    floor = Surface(kind="TILES", tone=srgb(150, 158, 164), other=srgb(164, 171, 176), detail=(0.6, 0.8), seed=f.seed)
    if ceiling:
        made.shell(f.room, floor=floor, wall=_PALE, ceiling=_soffit(f, ceiling, 1.5))
        _overhead(f, 2.6)
    else:
        made.shell(f.room, floor=floor, wall=_PALE, ceiling=plaster((srgb(140, 148, 154), srgb(156, 163, 168))))


def control(f: Furnisher) -> None:
    """A wall of screens over rows of consoles: white and wide awake by day, with windows; by night the screens are the light."""
    room, half = f.room, f.room.half
    hue = _HUES[int(f.seed) % 4]
    _machine_shell(f, ceiling=0.45)
    if not f.world.mood.night:
        wall = "right" if f.side > 0 else "left"
        for middle in (4.4, 6.9):
            made.window(room, wall, middle, 1.2, (1.5, room.high - 2.6), panes=(2, 3), frame=srgb(196, 202, 206), seed=f.seed + middle)
    strip = Surface(kind="GLOWING", tone=(0.1, 0.1, 0.1), other=scaled(hue, 1.9))
    for way in (-1, 1):
        room.panel(
            (way * half * 0.7 - 0.05, room.high - 0.02, NEAR), (0.1, 0, 0), (0, 0, room.back - NEAR), strip, order=138.0
        )
        room.panel((way * (half - 0.02), 2.4, NEAR), (0, 0, room.back - NEAR), (0, 0.06, 0), strip, order=138.0)
        made.burn_lamp(room, (way * half * 0.7, room.high - 0.5, 5.4), 4.2, hue)
    z = room.back - 0.12
    columns, high = (2, (room.high - 1.9) / 3) if f.world.aspect < 1 else (4, (room.high - 1.9) / 2)
    rows = 3 if f.world.aspect < 1 else 2
    wide = 2 * half * 0.9 / columns
    shows = (
        displays.GLOBE,
        displays.WAVES,
        displays.SWEEP,
        displays.BARS,
        displays.GALAXY,
        displays.TEXT,
        displays.HELIX,
        displays.WAVES,
    )
    screens = []
    for row in range(rows):
        for column in range(columns):
            x, y = -half * 0.9 + column * wide, 1.5 + row * high
            room.box((x + 0.02, y + 0.02, z - 0.02), (x + wide - 0.02, y + high - 0.02, room.back), _CASE)
            number = (row * columns + column + int(f.seed * 3)) % len(shows)
            tone = hue if (row + column) % 3 else _HUES[(int(f.seed) + 1 + column) % 4]
            screens.append(
                Screen(corner=(x + 0.05, y + 0.05, z - 0.03), across=(wide - 0.1, 0, 0), up=(0, high - 0.1, 0), shows=shows[number],
                       hue=tone, seed=f.seed + row * 3 + column, brightness=1.05)
            )  # fmt: skip
    made.burn_lamp(room, (0.0, 3.0, z - 0.9), 5.0, hue)
    made.burn_lamp(room, (0.0, room.high - 0.6, 3.0), 2.6, (0.7, 0.8, 1.0))
    for line, depth in enumerate((7.2, 5.6)):
        for way in (-1, 1):
            x = way * half * (0.5 if line == 0 else 0.66)
            reach = min(half * (0.42 if line == 0 else 0.3), 1.7)
            room.box((x - reach, 0.0, depth), (x + reach, 0.74, depth + 0.6), _CASE)
            room.box((x - reach, 0.74, depth - 0.1), (x + reach, 0.79, depth + 0.65), _STEEL)
            for k in (-1, 1):
                at = x + k * reach * 0.45
                show = (displays.TEXT, displays.WAVES, displays.BARS)[(line + k + way) % 3]
                screens.append(_monitor(f, at, 0.79, depth + 0.35, min(0.55, reach * 0.7), show, hue))
            f.put("swivel", (x, 0.0, depth - 0.5), (0.62, 1.02))
    add_screens(f.world, screens)


def servers(f: Furnisher) -> None:
    """An aisle between racks whose lights blink: under white light and before a window by day, alone with their glow by night."""
    room, half, night = f.room, f.room.half, f.world.mood.night
    hue = _HUES[int(f.seed) % 4]
    _machine_shell(f, ceiling=0.0)
    racks = Surface(kind="RACKS", tone=srgb(26, 29, 34), other=scaled(hue, 1.2), detail=(0.1, 0.0), seed=f.seed)
    inner = min(half - 0.3, 1.75)
    for way in (-1, 1):
        room.panel((way * inner, 0.06, 1.2), (0, 0, 10.6), (0, 2.35, 0), racks, order=137.0)
        low, high = sorted((way * (inner + 0.02), way * half))
        room.shade((low, 0, 1.2), (high, 2.4, 11.8))
        top = Surface(kind="GLOWING", tone=(0.05, 0.05, 0.05), other=scaled(hue, 1.4))
        room.panel((way * inner, 2.42, 1.2), (0, 0, 10.6), (0, 0.05, 0), top, order=136.5)
        foot = Surface(kind="GLOWING", tone=(0.05, 0.05, 0.05), other=scaled(hue, 0.9))
        room.panel((way * (inner - 0.02), 0.0, 1.2), (0, 0, 10.6), (0, 0.05, 0), foot, order=136.4)
    light = Surface(kind="GLOWING", tone=(0.5, 0.5, 0.5), other=scaled(hue, 0.5) if night else (1.7, 1.8, 1.9))
    for z in (2.6, 4.9, 7.2, 9.5):
        room.panel((-0.55, room.high - 0.02, z), (1.1, 0, 0), (0, 0, 0.45), light, order=138.0)
        made.burn_lamp(room, (0.0, room.high - 0.25, z), 2.0 if night else 1.2, hue if night else (0.95, 0.98, 1.0))
    wide, high = min(2.2, inner * 1.25), 1.3
    end = room.back - 0.1
    if not night:
        made.window(room, "back", 0.0, 0.7, (wide, 1.9), panes=(3, 2), frame=srgb(196, 202, 206), seed=f.seed)
        return
    room.box((-wide / 2 - 0.06, 1.0, end - 0.03), (wide / 2 + 0.06, 1.12 + high, room.back), _CASE)
    shows = (displays.GLOBE, displays.TEXT, displays.GALAXY)[int(f.seed) % 3]
    screen = Screen(
        corner=(-wide / 2, 1.06, end - 0.04), across=(wide, 0, 0), up=(0, high, 0), shows=shows, hue=hue, seed=f.seed, brightness=1.2,
    )  # fmt: skip
    made.burn_lamp(room, (0.0, 1.7, end - 0.8), 2.6, hue)
    add_screens(f.world, [screen])


def scholar(f: Furnisher) -> None:
    """Old wood, jars and brass by a tall window."""
    room, half = f.room, f.room.half
    floor = Surface(kind="BOARDS", tone=WALNUT[0], other=WALNUT[1], detail=(0.18, 0.3), seed=f.seed)
    made.shell(
        room, floor=floor, wall=plaster(PLASTERS[(0, 3, 1)[int(f.seed) % 3]], f.seed), ceiling=plaster(PLASTERS[0])
    )
    made.beams(room, 4, WALNUT)
    made.skirting(room, wooden(WALNUT, f.seed, (0.5, 0.8)), 0.9)
    x = f.side * half * 0.4
    made.window(
        room, "back", x, 1.25, (1.3, room.high - 1.9), panes=(3, 5), arched=True, frame=srgb(110, 84, 58), seed=f.seed
    )
    low, high = sorted((-f.side * half, -f.side * half * 0.06))
    made.bookcase(room, "back", low, high, room.high - 0.7, WALNUT, f.seed, kind="JARS", shelf=0.4)
    side = "left" if f.side > 0 else "right"
    made.bookcase(room, side, 3.0, room.back - 0.34, room.high - 0.7, WALNUT, f.seed + 2)
    board = Surface(kind="CHALKBOARD", tone=srgb(34, 46, 44), seed=f.seed)
    across = room.half - 0.06 if f.side > 0 else -room.half + 0.06
    room.panel((across, 1.1, 4.2), (0, 0, 2.2), (0, 1.25, 0), board, order=135.5, smooth=True)
    bench = f.side * half * 0.3
    made.table(room, (bench, 0.0, 6.7), (min(2.1, half), 0.84, 0.75), OAK, f.seed)
    for aside, name, size in _OLD_BENCH:
        f.put(name, (bench + aside * min(1.05, half * 0.5), 0.84, 6.95), size)
    f.put("chair", (-f.side * half * 0.55, 0.0, 6.0), (0.46, 0.95))
    f.put("globe", (f.side * half * 0.74, 0.0, 7.3), (0.75, 1.05))
    f.put("candles", (bench + 0.1, 0.84, 7.1), (0.4, 0.6), shine=0.7 * f.burn)
    f.light((bench + 0.1, 1.3, 6.9), 2.2)
    f.hang("pendant", 0.0, 5.2, (0.5, 0.8), 1.0, 1.6)


def observatory(f: Furnisher) -> None:
    """A great telescope under the open slit of a dome."""
    room, half = f.room, f.room.half
    floor = Surface(kind="BOARDS", tone=WALNUT[0], other=WALNUT[1], detail=(0.15, 0.5), seed=f.seed)
    iron = Surface(kind="PANELLING", tone=srgb(44, 50, 60), other=srgb(84, 92, 106), detail=(1.1, 1.4), seed=f.seed)
    made.shell(room, floor=floor, wall=iron, ceiling=iron)
    made.window(
        room,
        "back",
        f.side * half * 0.22,
        1.5,
        (half * 0.85, room.high - 1.9),
        panes=(2, 6),
        arched=True,
        frame=srgb(60, 62, 70),
        seed=f.seed,
    )
    made.skirting(room, wooden(WALNUT, f.seed, (0.6, 1.0)), 1.1)
    x = -f.side * half * 0.12
    room.box((x - 0.7, 0.0, 6.9), (x + 0.7, 0.3, 7.9), wooden(OAK, f.seed))
    f.put("telescope", (x, 0.3, 7.2), (2.5, 2.7))
    made.table(room, (-f.side * half * 0.66, 0.0, 6.2), (min(1.5, half * 0.7), 0.78, 0.6), OAK, f.seed)
    f.put("books", (-f.side * half * 0.76, 0.78, 6.4), (0.3, 0.26))
    f.put("lamp", (-f.side * half * 0.56, 0.78, 6.4), (0.4, 0.56), shine=0.8 * f.burn)
    f.light((-f.side * half * 0.56, 1.22, 6.3), 2.6)
    f.put("globe", (f.side * half * 0.66, 0.0, 8.2), (0.8, 1.1))
    made.rug(room, (0.0, 4.6), (min(half * 1.2, 3.2), 3.0), f.cloth, f.seed)
    hue = _HUES[int(f.seed) % 4]
    wall = f.side * half * 0.72
    add_screens(f.world, [_monitor(f, wall, 1.9, room.back - 0.15, min(1.0, half * 0.4), displays.GALAXY, hue)])
    made.burn_lamp(room, (-f.side * half * 0.8, 2.4, 4.0), 2.6 * f.burn, f.look.lamp_tone)
    made.burn_lamp(room, (f.side * half * 0.8, 2.4, 5.0), 2.6 * f.burn, f.look.lamp_tone)
