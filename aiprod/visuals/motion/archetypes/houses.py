"""Houses for villages: walls, gables, roofs, chimneys, church towers and barns, as panels of an open-air room.

Knows how a house is put together and what its style is made of. Where houses stand is for villages to say.
"""

import math
from dataclasses import dataclass, replace

from aiprod.visuals.motion.archetypes.rooms import Point, Room, Surface
from aiprod.visuals.motion.light import Colour, scaled, srgb

Tones = tuple[Colour, Colour]

_CLOSE = 10.0
"""Metres within which roofs hang over less: from beneath, they would hide the sky."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A way of building: walls (their number in the shader, possible colours), trim, roof (number and colours), its slope
    and how many storeys there may be."""

    wall: int
    colours: tuple[Colour, ...]
    trim: Colour
    roof: int
    roofs: tuple[Tones, ...]
    slope: float
    storeys: tuple[int, int]


_BROWN: Tones = (srgb(84, 50, 36), srgb(150, 92, 62))
_SLATE: Tones = (srgb(58, 64, 74), srgb(104, 110, 118))
STYLES = {
    "timbered": Style(
        wall=0, colours=(srgb(222, 210, 184), srgb(232, 224, 206), srgb(212, 186, 140), srgb(206, 172, 140)),
        trim=srgb(72, 48, 34), roof=4, roofs=(_BROWN, (srgb(110, 52, 38), srgb(168, 88, 60)), (srgb(70, 56, 50), srgb(120, 98, 84))),
        slope=1.05, storeys=(2, 3),
    ),
    "thatched": Style(
        wall=0, colours=(srgb(226, 216, 192), srgb(216, 196, 160)), trim=srgb(78, 54, 38), roof=0,
        roofs=((srgb(104, 82, 50), srgb(188, 156, 100)), (srgb(86, 74, 54), srgb(158, 138, 98))), slope=0.95, storeys=(1, 2),
    ),
    "stone": Style(
        wall=1, colours=(srgb(158, 148, 130), srgb(140, 136, 130), srgb(176, 158, 128)), trim=srgb(214, 208, 196), roof=1,
        roofs=(_SLATE, (srgb(74, 66, 62), srgb(122, 112, 104))), slope=0.85, storeys=(1, 2),
    ),
    "southern": Style(
        wall=2, colours=(srgb(228, 196, 146), srgb(222, 168, 128), srgb(236, 226, 206), srgb(214, 142, 110), srgb(226, 206, 150)),
        trim=srgb(150, 120, 92), roof=2, roofs=((srgb(150, 74, 46), srgb(212, 124, 82)), (srgb(168, 96, 62), srgb(220, 150, 106))),
        slope=0.42, storeys=(2, 3),
    ),
    "northern": Style(
        wall=3, colours=(srgb(148, 44, 36), srgb(204, 154, 66), srgb(66, 92, 104), srgb(212, 204, 190)), trim=srgb(236, 232, 224), roof=3,
        roofs=((srgb(52, 50, 54), srgb(92, 88, 90)), (srgb(78, 54, 44), srgb(120, 88, 70))), slope=0.8, storeys=(1, 2),
    ),
    "brick": Style(
        wall=4, colours=(srgb(156, 84, 62), srgb(136, 72, 58), srgb(176, 112, 82)), trim=srgb(220, 212, 196), roof=4,
        roofs=(_SLATE, _BROWN), slope=0.8, storeys=(2, 2),
    ),
}  # fmt: skip
BARN = Style(
    wall=5, colours=(srgb(142, 42, 34), srgb(110, 84, 62)), trim=srgb(214, 206, 194), roof=3,
    roofs=((srgb(62, 60, 62), srgb(108, 104, 102)),), slope=0.85, storeys=(2, 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house: the middle of its floor, its length along the ridge, its width, the height of its walls, how far its ridge
    is turned (0: across the picture), what it is painted with and which roof it has."""

    at: Point
    long: float
    wide: float
    high: float
    turn: float
    style: Style
    seed: float
    chimney: bool = True

    @property
    def rise(self) -> float:
        """How far the ridge is above the walls."""
        return self.wide / 2 * self.style.slope

    @property
    def colour(self) -> Colour:
        """Its walls' colour."""
        return self.style.colours[int(self.seed * 131) % len(self.style.colours)]

    @property
    def flue(self) -> Point:
        """Where its smoke comes from."""
        side = 0.28 if int(self.seed * 17) % 2 else -0.28
        x, y, z = self.at
        return (
            x + math.cos(self.turn) * self.long * side,
            y + self.high + self.rise + 0.75,
            z + math.sin(self.turn) * self.long * side,
        )


def build_house(room: Room, house: House, eye: Point) -> None:
    """Add a house's faces, those that can be seen from `eye`, in the order in which they cover each other."""
    _Carpenter(room, house, eye).build()


class _Carpenter:
    """Puts one house together."""

    def __init__(self, room: Room, house: House, eye: Point) -> None:
        self.room, self.house, self.eye = room, house, eye
        self.ridge = (math.cos(house.turn), math.sin(house.turn))
        self.side = (-math.sin(house.turn), math.cos(house.turn))
        corners = [self.spot(u, v) for u in (-1, 1) for v in (-1, 1)]
        self.order = min(z for _, _, z in corners)
        style = house.style
        self.over, self.beyond = (0.32, 0.34) if self.order > _CLOSE else (0.1, 0.05)
        self.roof = style.roofs[int(house.seed * 57) % len(style.roofs)]

    def spot(self, u: float, v: float, up: float = 0.0) -> Point:
        """A place: `u` along the ridge and `v` across it in half lengths, `up` metres above the floor."""
        house = self.house
        along, across = u * house.long / 2, v * house.wide / 2
        x, y, z = house.at
        return (
            x + self.ridge[0] * along + self.side[0] * across,
            y + up,
            z + self.ridge[1] * along + self.side[1] * across,
        )

    def build(self) -> None:
        house = self.house
        if house.chimney:
            self._chimney()
        for v in (1, -1):
            self._slope(v, under=True)
        wall = Surface(
            kind="COTTAGE", tone=house.colour, other=house.style.trim, detail=(house.style.wall, 0.0), seed=house.seed
        )
        for v in (1, -1):
            self._face(
                self.spot(-1, v), self.spot(1, v), house.high, replace(wall, seed=house.seed + v), outward=(0, v)
            )
        for u in (1, -1):
            gable = replace(wall, detail=(house.style.wall, house.rise), seed=house.seed + 3 + u)
            self._face(self.spot(u, -1), self.spot(u, 1), house.high + house.rise, gable, outward=(u, 0))
        for v in (1, -1):
            self._slope(v)
        for u in (1, -1):
            if self._faces((u, 0)):
                self._verge(u)
        low, high = self.spot(-0.8, -0.8), self.spot(0.8, 0.8)
        mid = house.at
        reach = (abs(high[0] - mid[0]), abs(low[2] - mid[2]))
        half_x = max(min(reach[0] * 1.1, house.long / 2), 0.8)
        half_z = max(min(reach[1] * 1.1, house.long / 2), 0.8)
        self.room.shade(
            (mid[0] - half_x, mid[1], mid[2] - half_z),
            (mid[0] + half_x, mid[1] + house.high + house.rise * 0.5, mid[2] + half_z),
        )

    def _faces(self, outward: tuple[float, float]) -> bool:
        """Whether a wall that looks that way (in ridge and side) is seen."""
        u, v = outward
        foot = self.spot(u, v)
        normal = (self.ridge[0] * u + self.side[0] * v, self.ridge[1] * u + self.side[1] * v)
        return normal[0] * (self.eye[0] - foot[0]) + normal[1] * (self.eye[2] - foot[2]) > 0

    def _face(self, start: Point, end: Point, high: float, surface: Surface, *, outward: tuple[float, float]) -> None:
        if not self._faces(outward):
            return
        across = (end[0] - start[0], 0.0, end[2] - start[2])
        self.room.panel(start, across, (0, high, 0), surface, order=self.order, smooth=True)

    def _slope(self, v: int, *, under: bool = False) -> None:
        """One plane of the roof, hanging over the wall: its tiles if they are seen, or else its boards `under` them."""
        house = self.house
        drop = self.over * house.style.slope
        reach_u, reach_v = 1 + 2 * self.beyond / house.long, v * (1 + 2 * self.over / house.wide)
        start, end = self.spot(-reach_u, reach_v, house.high - drop), self.spot(reach_u, reach_v, house.high - drop)
        top = self.spot(-reach_u, 0.0, house.high + house.rise)
        up = (top[0] - start[0], top[1] - start[1], top[2] - start[2])
        normal = (self.side[0] * v * house.style.slope, 1.0, self.side[1] * v * house.style.slope)
        seen = sum(n * (e - s) for n, e, s in zip(normal, self.eye, start, strict=True)) > 0
        if seen == under:
            return
        boards = Surface(kind="PLASTER", tone=srgb(92, 74, 58), other=srgb(128, 104, 80))
        surface = (
            boards
            if under
            else Surface(
                kind="ROOFING",
                tone=self.roof[0],
                other=self.roof[1],
                detail=(house.style.roof, 0.0),
                seed=house.seed + v,
            )
        )
        across = (end[0] - start[0], 0.0, end[2] - start[2])
        self.room.panel(start, across, up, surface, order=self.order, smooth=True)

    def _verge(self, u: int) -> None:
        """Boards under the roof's slanting edges."""
        house = self.house
        reach_u = u * (1 + 2 * self.beyond / house.long)
        thick = 0.34 if house.style.roof == 0 else 0.2
        surface = Surface(kind="PLASTER", tone=scaled(house.style.trim, 0.7), other=house.style.trim)
        if house.style.roof == 0:
            surface = replace(surface, tone=self.roof[0], other=scaled(self.roof[1], 0.8))
        for v in (-1, 1):
            start = self.spot(
                reach_u, v * (1 + 2 * self.over / house.wide), house.high - self.over * house.style.slope - thick
            )
            top = self.spot(reach_u, 0.0, house.high + house.rise - thick)
            along = (top[0] - start[0], top[1] - start[1], top[2] - start[2])
            self.room.panel(start, along, (0, thick, 0), surface, order=self.order, smooth=True)

    def _chimney(self) -> None:
        x, y, z = self.house.flue
        brick = Surface(
            kind="BRICKS", tone=srgb(140, 84, 64), other=srgb(120, 112, 102), detail=(0.09, 0.22), seed=self.house.seed
        )
        cap = Surface(kind="PLASTER", tone=srgb(110, 104, 98), other=srgb(140, 134, 126))
        side = 0.3 if x < self.eye[0] else -0.3
        for foot, high, half, surface in ((y - 1.9, 1.9, 0.3, brick), (y - 0.12, 0.16, 0.37, cap)):
            self.room.panel(
                (x + side * half / 0.3, foot, z - half),
                (0, 0, 2 * half),
                (0, high, 0),
                surface,
                order=self.order,
                smooth=True,
            )
            self.room.panel(
                (x - half, foot, z - half), (2 * half, 0, 0), (0, high, 0), surface, order=self.order, smooth=True
            )


def build_church(room: Room, at: Point, size: float, seed: float, eye: Point, *, southern: bool = False) -> None:
    """A nave and a tower with its spire (or, in the south, a low roof), `size` metres to the bell."""
    stone = STYLES["southern" if southern else "stone"]
    x, y, z = at
    wide = size * 0.25
    nave = House(
        at=(x + wide * 1.9, y, z + wide * 0.2), long=wide * 3.2, wide=wide * 1.7, high=size * 0.36, turn=0.12, style=stone,
        seed=seed, chimney=False,
    )  # fmt: skip
    build_house(room, nave, eye)
    order = z - wide / 2
    tone = stone.colours[int(seed * 7) % len(stone.colours)]
    wall = Surface(kind="BRICKS", tone=tone, other=scaled(tone, 0.6), detail=(0.4, 0.8), seed=seed)
    if southern:
        wall = Surface(kind="PLASTER", tone=scaled(tone, 0.85), other=tone, seed=seed)
    side = 1 if x < eye[0] else -1
    half = wide / 2
    room.panel((x + side * half, y, z - half), (0, 0, wide), (0, size, 0), wall, order=order, smooth=True)
    room.panel((x - half, y, z - half), (wide, 0, 0), (0, size, 0), wall, order=order, smooth=True)
    opening = Surface(kind="WINDOW", tone=scaled(tone, 0.35), detail=(2, -3), seed=seed)
    dark = Surface(kind="PLASTER", tone=(0.02, 0.02, 0.025), other=(0.035, 0.03, 0.03))
    front = z - half - 0.02
    room.panel((x - half * 0.3, y + size * 0.78, front), (half * 0.6, 0, 0), (0, size * 0.15, 0), dark, order=order)
    room.panel(
        (x - half * 0.26, y + size * 0.42, front), (half * 0.52, 0, 0), (0, size * 0.15, 0), opening, order=order
    )
    band = Surface(kind="PLASTER", tone=scaled(tone, 0.7), other=scaled(tone, 1.1))
    for level in (0.36, 0.70, 0.985):
        foot = (x - half * 1.06, y + size * level, front - 0.03)
        room.panel(foot, (wide * 1.06, 0, 0), (0, size * 0.025, 0), band, order=order, smooth=True)
    roof = stone.roofs[0]
    tall = size * (0.24 if southern else 0.72)
    reach = half * 1.16
    spire = Surface(kind="ROOFING", tone=roof[0], other=roof[1], detail=(stone.roof, 1.0), seed=seed)
    room.panel(
        (x + side * reach, y + size, z - reach),
        (0, 0, 2 * reach),
        (-side * reach, tall, 0),
        spire,
        order=order,
        smooth=True,
    )
    room.panel((x - reach, y + size, z - reach), (2 * reach, 0, 0), (0, tall, reach), spire, order=order, smooth=True)
    room.shade((x - half, y, z - half), (x + half, y + size, z + half))
