"""What rooms have in them: walls with windows, bookcases, tables, rugs, beams, lamps. Knows rooms, not which room it is."""

from aiprod.visuals.motion.archetypes.rooms import Lamp, Opening, Point, Room, Surface
from aiprod.visuals.motion.light import Colour, scaled, srgb

Tones = tuple[Colour, Colour]
"""A dark and a light colour."""

NEAR = 0.3
"""Metres before us where the shell begins."""

OAK = (srgb(70, 44, 26), srgb(156, 106, 64))
WALNUT = (srgb(44, 26, 17), srgb(112, 68, 40))
PINE = (srgb(140, 98, 58), srgb(214, 168, 112))
PLASTERS: tuple[Tones, ...] = (
    (srgb(196, 186, 166), srgb(214, 206, 188)), (srgb(126, 148, 140), srgb(150, 170, 160)),
    (srgb(112, 128, 150), srgb(138, 152, 172)), (srgb(196, 158, 122), srgb(212, 178, 142)),
    (srgb(150, 84, 70), srgb(172, 102, 86)),
)  # fmt: skip


def wooden(tones: Tones, seed: float = 0.0, fields: tuple[float, float] = (0.0, 0.0)) -> Surface:
    """Wood, with raised fields of that size where given."""
    return Surface(kind="PANELLING", tone=tones[0], other=tones[1], detail=fields, seed=seed)


def plaster(tones: Tones, seed: float = 0.0) -> Surface:
    """A painted wall."""
    return Surface(kind="PLASTER", tone=tones[0], other=tones[1], seed=seed)


def shell(room: Room, *, floor: Surface, wall: Surface, ceiling: Surface, back: Surface | None = None) -> None:
    """Floor, ceiling and three walls."""
    half, high, deep = room.half, room.high, room.back - NEAR
    room.panel((-half, 0, NEAR), (2 * half, 0, 0), (0, 0, deep), floor, order=140.0)
    room.panel((-half, high, NEAR), (2 * half, 0, 0), (0, 0, deep), ceiling, order=140.0)
    room.panel((-half, 0, room.back), (2 * half, 0, 0), (0, high, 0), back or wall, order=140.0)
    for x in (-half, half):
        room.panel((x, 0, NEAR), (0, 0, deep), (0, high, 0), wall, order=140.0)


def skirting(room: Room, surface: Surface, high: float, *, thick: float = 0.03) -> None:
    """A board or panelling along the foot of the three walls."""
    half, deep = room.half - thick, room.back - NEAR
    room.panel((-half, 0, room.back - thick), (2 * half, 0, 0), (0, high, 0), surface, order=139.0)
    for x in (-half, half):
        room.panel((x, 0, NEAR), (0, 0, deep), (0, high, 0), surface, order=139.0)


def cornice(room: Room, surface: Surface, high: float = 0.14) -> None:
    """A moulding where walls meet the ceiling."""
    y, half = room.high - high, room.half - 0.06
    room.panel((-half, y, room.back - 0.06), (2 * half, 0, 0), (0, high, 0), surface, order=139.0)
    for x in (-half, half):
        room.panel((x, y, NEAR), (0, 0, room.back - NEAR), (0, high, 0), surface, order=139.0)


def window(
    room: Room, wall: str, middle: float, sill: float, size: tuple[float, float], *, panes: tuple[int, int] = (2, 3),
    arched: bool = False, frame: Colour = (0.55, 0.53, 0.5), seed: float = 0.0,
) -> None:  # fmt: skip
    """A window in the "back", "left" or "right" wall; `middle` is x there, or z."""
    wide, high = size
    surface = Surface(kind="WINDOW", tone=frame, detail=(panes[0], -panes[1] if arched else panes[1]), seed=seed)
    up: Point = (0.0, high / 2, 0.0)
    border, stone = 0.11, plaster((scaled(frame, 0.9), scaled(frame, 1.05)), seed)
    if wall == "back":
        z = room.back - 0.04
        room.panel((middle - wide / 2, sill, z), (wide, 0, 0), (0, high, 0), surface, order=138.0, smooth=True)
        if not arched:
            room.panel(
                (middle - wide / 2 - border, sill - border, z + 0.01),
                (wide + 2 * border, 0, 0),
                (0, high + 2 * border, 0),
                stone,
                order=138.5,
            )
        room.box((middle - wide / 2 - 0.15, sill - 0.1, z - 0.16), (middle + wide / 2 + 0.15, sill - 0.03, z), stone)
        room.openings.append(Opening(at=(middle, sill + high / 2, room.back), across=(wide / 2, 0, 0), up=up))
        return
    way = -1 if wall == "left" else 1
    x = way * (room.half - 0.04)
    room.panel((x, sill, middle - wide / 2), (0, 0, wide), (0, high, 0), surface, order=138.0, smooth=True)
    if not arched:
        room.panel(
            (x + way * 0.01, sill - border, middle - wide / 2 - border),
            (0, 0, wide + 2 * border),
            (0, high + 2 * border, 0),
            stone,
            order=138.5,
        )
    room.openings.append(Opening(at=(way * room.half, sill + high / 2, middle), across=(0, 0, wide / 2), up=up))


def curtains(room: Room, middle: float, sill: float, size: tuple[float, float], tones: Tones, seed: float) -> None:
    """A pair of curtains on a rod before a window of the back wall."""
    wide, high = size
    cloth = Surface(kind="CURTAIN", tone=tones[0], other=tones[1], detail=(0.5, 0.12), seed=seed)
    z, top = room.back - 0.12, sill + high + 0.22
    for way in (-1, 1):
        x = middle + way * wide * 0.56 - wide * 0.19
        room.panel((x, 0.04, z), (wide * 0.38, 0, 0), (0, top - 0.04, 0), cloth, smooth=True, order=137.0)
    room.box((middle - wide * 0.85, top - 0.02, z - 0.05), (middle + wide * 0.85, top + 0.03, z), wooden(WALNUT))


def bookcase(
    room: Room, wall: str, start: float, end: float, high: float, tones: Tones, seed: float, *,
    kind: str = "BOOKS", foot: float = 0.0, shelf: float = 0.37,
) -> None:  # fmt: skip
    """Shelves along the "back" wall from x to x, or along a side wall from z to z, as high as given."""
    deep = 0.34
    shelves = Surface(
        kind=kind, tone=tones[0], other=tones[1], detail=(shelf, 0.95 if kind == "BOOKS" else 0.45), seed=seed
    )
    crown, plinth = wooden(tones, seed), wooden(tones, seed + 1, (0.6, 0.5))
    bottom = foot + 0.5 if foot == 0.0 else foot
    if wall == "back":
        z = room.back - deep
        room.panel((start, bottom, z), (end - start, 0, 0), (0, high - bottom, 0), shelves, order=136.0)
        if foot == 0.0:
            room.box((start - 0.02, 0, z - 0.08), (end + 0.02, bottom, room.back), plinth, wooden(tones, seed))
        room.box((start - 0.03, high, z - 0.06), (end + 0.03, high + 0.12, room.back), crown)
        room.shade((start, bottom, z + 0.02), (end, high, room.back))
        return
    way = -1 if wall == "left" else 1
    x = way * (room.half - deep)
    room.panel((x, bottom, start), (0, 0, end - start), (0, high - bottom, 0), shelves, order=137.0)
    room.panel((x - way * 0.08, 0, start), (0, 0, end - start), (0, bottom, 0), plinth, order=136.9)
    room.panel((x - way * 0.08, bottom, start), (way * 0.08, 0, 0), (0, 0, end - start), crown, order=136.8)
    room.panel((x - way * 0.06, high, start), (0, 0, end - start), (0, 0.12, 0), crown, order=136.7)
    low, top = sorted((x + way * 0.02, way * room.half))
    room.shade((low, 0, start), (top, high, end))


def table(
    room: Room, middle: Point, size: tuple[float, float, float], tones: Tones, seed: float, *,
    cloth: Surface | None = None,
) -> None:  # fmt: skip
    """A table: (x, 0, z) of its front edge's middle; width, height and depth."""
    (x, _, z), (wide, high, deep) = middle, size
    top, leg = wooden(tones, seed), wooden((scaled(tones[0], 0.7), scaled(tones[1], 0.7)), seed)
    thick = 0.055
    for way in (-1, 1):
        foot = x + way * (wide / 2 - 0.08)
        room.panel((foot - 0.035, 0, z + deep - 0.05), (0.07, 0, 0), (0, high, 0), leg, order=z + 0.03, smooth=True)
        room.panel((foot - 0.04, 0, z + 0.06), (0.08, 0, 0), (0, high, 0), leg, order=z + 0.02, smooth=True)
    room.panel(
        (x - wide / 2 + 0.08, high - 0.15, z + 0.06),
        (wide - 0.16, 0, 0),
        (0, 0.12, 0),
        leg,
        order=z + 0.01,
        smooth=True,
    )
    room.box((x - wide / 2, high - thick, z), (x + wide / 2, high, z + deep), cloth or top, cloth or top)


def beams(room: Room, count: int, tones: Tones, *, along: bool = False) -> None:
    """Beams under the ceiling, across the room or along it."""
    thick, wide = 0.2, 0.16
    for k in range(count):
        surface = wooden(tones, k * 1.7)
        if along:
            x = -room.half + 2 * room.half * (k + 0.5) / count
            low, high = (x - wide / 2, room.high - thick, NEAR), (x + wide / 2, room.high, room.back)
            room.panel(low, (0, 0, high[2] - NEAR), (0, thick, 0), surface, order=135.0)
            room.panel(low, (wide, 0, 0), (0, 0, high[2] - NEAR), surface, order=134.9)
            room.panel((high[0], low[1], NEAR), (0, 0, high[2] - NEAR), (0, thick, 0), surface, order=135.0)
        else:
            z = room.back * (k + 0.6) / count
            low = (-room.half, room.high - thick, z)
            room.panel(low, (2 * room.half, 0, 0), (0, thick, 0), surface, order=100.0 + z)
            room.panel(low, (2 * room.half, 0, 0), (0, 0, wide), surface, order=100.1 + z)


def rug(room: Room, middle: tuple[float, float], size: tuple[float, float], tones: Tones, seed: float) -> None:
    """A carpet on the floor about (x, z)."""
    (x, z), (wide, deep) = middle, size
    surface = Surface(kind="RUG", tone=tones[0], other=tones[1], seed=seed)
    room.panel((x - wide / 2, 0.01, z - deep / 2), (wide, 0, 0), (0, 0, deep), surface, order=139.5, smooth=True)


def painting(room: Room, wall: str, middle: float, y: float, size: tuple[float, float], seed: float) -> None:
    """A framed picture; landscapes and portraits by seed."""
    wide, high = size
    palette = (
        (srgb(120, 160, 190), srgb(226, 190, 140)),
        (srgb(90, 130, 150), srgb(212, 200, 160)),
        (srgb(160, 120, 110), srgb(236, 180, 120)),
    )
    sky, low = palette[int(seed * 7) % len(palette)]
    surface = Surface(kind="PAINTING", tone=sky, other=low, seed=seed)
    if wall == "back":
        room.panel(
            (middle - wide / 2, y, room.back - 0.05), (wide, 0, 0), (0, high, 0), surface, order=135.5, smooth=True
        )
        return
    x = (room.half - 0.05) * (-1 if wall == "left" else 1)
    room.panel((x, y, middle - wide / 2), (0, 0, wide), (0, high, 0), surface, order=135.5, smooth=True)


def burn_lamp(room: Room, at: Point, strength: float, tone: Colour = (1.0, 0.62, 0.28)) -> None:
    """A lamp that burns with that strength."""
    if strength > 0.01:
        room.lamps.append(Lamp(at=at, light=scaled(tone, strength)))
