"""A room being furnished: things put, lamps lit and hung, and at the end all of it baked. Knows no kind of room."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from aiprod.visuals.motion.archetypes.furniture import PLASTERS, Tones, burn_lamp, wooden
from aiprod.visuals.motion.archetypes.indoors import Indoors, add_beams, add_flames, burning, daylight
from aiprod.visuals.motion.archetypes.rooms import Point, Room, furnish
from aiprod.visuals.motion.cards.canvas import Pixels
from aiprod.visuals.motion.light import Colour, mood_for, srgb
from aiprod.visuals.motion.world import World

_CLOTHS: tuple[Tones, ...] = (
    (srgb(92, 20, 26), srgb(168, 44, 46)), (srgb(24, 48, 66), srgb(52, 96, 120)), (srgb(34, 62, 44), srgb(74, 116, 78)),
    (srgb(110, 80, 36), srgb(190, 150, 84)),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A room's measures in metres for a 9:16 picture (wider ones widen it), and whether its sun comes from behind."""

    half: float
    high: float
    back: float
    sun_behind: bool


class Furnisher:
    """The building of one room; `things` are the pictures that `put` knows by name."""

    def __init__(self, world: World, shape: Shape, look: Indoors, things: Mapping[str, Pixels]) -> None:
        self.world, self.look = world, look
        self.random = np.random.default_rng(world.spec.seed + 211)
        self.seed = float(self.random.random() * 9)
        self.side = 1 if world.spec.seed % 2 else -1
        sun_way = (self.side * 0.42, 0.50, 0.72) if shape.sun_behind else (self.side * 0.72, 0.46, 0.34)
        self._names = tuple(things)
        self.room = Room(
            half=shape.half + max(world.aspect - 0.5625, 0.0) * 1.75, high=shape.high, back=shape.back,
            daylight=daylight(mood_for(world.spec), sun_way, look), pictures=list(things.values()),
        )  # fmt: skip
        self.flames: list[Point] = []
        self.burn = burning(world.mood, look)
        self.cloth = _CLOTHS[int(self.random.integers(len(_CLOTHS)))]
        self.wall = PLASTERS[int(self.random.integers(len(PLASTERS)))]

    def finish(self) -> None:
        """Bake what stands in the room, and add it, its beams and its flames to the world."""
        furnish(self.world, self.room)
        add_beams(self.world, self.room, self.look, order=min(self.world.stage.z + 0.6, self.room.back - 1))
        add_flames(self.world, self.room, self.flames, 0.5)

    def put(
        self, name: str, foot: Point, size: tuple[float, float], *, shine: float = 0.0, tone: Colour = (1.0, 1.0, 1.0)
    ) -> None:
        """Stand a painted thing there."""
        self.room.picture(self._names.index(name), foot, size, shine=shine, tone=tone)

    def light(self, at: Point, strength: float, *, glow: bool = True) -> None:
        """A lamp that burns as the hour asks."""
        burn_lamp(self.room, at, strength * self.burn, self.look.lamp_tone)
        if glow and self.burn > 0.05:
            self.flames.append(at)

    def hang(self, name: str, x: float, z: float, size: tuple[float, float], drop: float, strength: float) -> None:
        """Hang a lamp from the ceiling, its lower end `drop` metres under it."""
        foot = self.room.high - drop
        self.put(name, (x, foot, z), size, shine=0.35 * self.burn)
        if name == "pendant":
            self.light((x, foot + 0.06, z), strength)
        else:
            burn_lamp(self.room, (x, foot + size[1] * 0.5, z), strength * self.burn, self.look.lamp_tone)
            if self.burn > 0.05:
                self.flames += [
                    (x + size[0] * (u - 0.5), foot + size[1] * 0.64, z) for u in (0.06, 0.22, 0.36, 0.64, 0.78, 0.94)
                ]

    def desk(self, x: float, z: float, wide: float, tones: Tones) -> None:
        """A desk with drawers, books, a lamp and a globe."""
        front = wooden(tones, 2.0, (wide / 3, 0.36))
        self.room.box((x - wide / 2, 0.0, z + 0.04), (x + wide / 2, 0.72, z + 0.7), front, wooden(tones, 3.0))
        self.room.box((x - wide / 2 - 0.06, 0.72, z), (x + wide / 2 + 0.06, 0.78, z + 0.74), wooden(tones, 4.0))
        self.put("lamp", (x + self.side * wide * 0.36, 0.78, z + 0.3), (0.42, 0.58), shine=0.8 * self.burn)
        self.light((x + self.side * wide * 0.36, 1.22, z + 0.25), 1.7)
        self.put("books", (x - self.side * wide * 0.12, 0.78, z + 0.35), (0.3, 0.26))
        self.put("globe", (x - self.side * wide * 0.36, 0.78, z + 0.3), (0.38, 0.46))
