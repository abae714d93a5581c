"""Rooms as panels: walls, floors and furniture in true perspective, painted and lit once into an atlas.

A `Room` collects panels, windows, lamps and boxes that cast shadows; `furnish` bakes them and adds them to a world, each
piece at its own distance, so that subjects stand among them. Knows no kind of room.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import moderngl
import numpy as np

from aiprod.visuals.motion.archetypes.atlas import Leaf, Sheetful, cut, pack
from aiprod.visuals.motion.cards.canvas import Pixels
from aiprod.visuals.motion.gpu import Gpu, Target, Uniform
from aiprod.visuals.motion.light import Colour
from aiprod.visuals.motion.world import Draw, Moment, World

Point = tuple[float, float, float]

_LIMITS = {"windows": 6, "lamps": 8, "boxes": 24}
_LIGHT_SHRINK = 4
_INPUTS = (
    ("position", 3),
    ("normal", 3),
    ("along", 2),
    ("size", 2),
    ("spot", 2),
    ("tone", 3),
    ("other", 3),
    ("detail", 4),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """What a panel is made of: a program of `surfaces.glsl`, two colours, the two numbers that it reads, a seed."""

    kind: str
    tone: Colour
    other: Colour = (0.0, 0.0, 0.0)
    detail: tuple[float, float] = (0.0, 0.0)
    seed: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A parallelogram: its lower left corner, what leads to the right and what leads up, in metres. `order` is the
    distance at which it is drawn; a `smooth` outline is for what stands free."""

    corner: Point
    across: Point
    up: Point
    surface: Surface
    order: float
    smooth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A window that lets light in: its middle and half of its width and height, as vectors."""

    at: Point
    across: Point
    up: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Lamp:
    """A small light: its place, its radius in metres, what it sends out."""

    at: Point
    light: Colour
    radius: float = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Daylight:
    """What comes in: light of the sky through each opening, the sun's way (towards it) and light, light from all sides
    inside; and what is seen through the panes (sky above, sky below, land)."""

    window: Colour
    sun_way: Point
    sun: Colour
    fill: Colour
    view: tuple[Colour, Colour, Colour]


@dataclass(slots=True, kw_only=True)
class Room:
    """A room that is being furnished: half its width, its height, and where its back wall stands.

    `open_air` makes it a street: the sun comes from everywhere but behind boxes. `snow` lies on it, `wet` shines (0..1).
    """

    half: float
    high: float
    back: float
    daylight: Daylight
    pictures: Sequence[Pixels] = ()
    open_air: bool = False
    snow: float = 0.0
    wet: float = 0.0
    panels: list[Panel] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    lamps: list[Lamp] = field(default_factory=list)
    boxes: list[tuple[Point, Point]] = field(default_factory=list)

    def panel(
        self, corner: Point, across: Point, up: Point, surface: Surface, *, order: float = 0.0, smooth: bool = False
    ) -> None:
        """Add a panel; `order` 0 stands for its nearest edge."""
        nearest = min(corner[2], corner[2] + across[2]) + min(0.0, up[2])
        self.panels.append(
            Panel(corner=corner, across=across, up=up, surface=surface, order=order or nearest, smooth=smooth)
        )

    def box(self, low: Point, high: Point, front: Surface, rest: Surface | None = None, *, eye: float = 1.4) -> None:
        """A closed box: the faces that an eye in the middle of the room can see; it casts a shadow."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        rest = rest or front
        order = z0
        wide, tall, deep = x1 - x0, y1 - y0, z1 - z0
        if y1 < eye + 0.3:
            self.panel((x0, y1, z0), (wide, 0, 0), (0, 0, deep), rest, order=order, smooth=True)
        if y0 > eye - 0.3:
            self.panel((x0, y0, z0), (wide, 0, 0), (0, 0, deep), rest, order=order, smooth=True)
        if x0 > -0.6:
            self.panel((x0, y0, z0), (0, 0, deep), (0, tall, 0), rest, order=order, smooth=True)
        if x1 < 0.6:
            self.panel((x1, y0, z0), (0, 0, deep), (0, tall, 0), rest, order=order, smooth=True)
        self.panel((x0, y0, z0), (wide, 0, 0), (0, tall, 0), front, order=order, smooth=True)
        self.shade(low, high)

    def shade(self, low: Point, high: Point) -> None:
        """Let a box cast a shadow without drawing it."""
        self.boxes.append((low, high))

    def picture(
        self, number: int, foot: Point, size: tuple[float, float], *, shine: float = 0.0, tone: Colour = (1, 1, 1)
    ) -> None:
        """A painted thing that faces us, standing on `foot` (the middle of its lower edge)."""
        wide, high = size
        x, y, z = foot
        surface = Surface(kind="PICTURE", tone=tone, detail=(float(number), shine))
        self.panel((x - wide / 2, y, z), (wide, 0, 0), (0, high, 0), surface, smooth=True)


def furnish(world: World, room: Room) -> None:
    """Bake the room and add it to the world."""
    _Furnished(world, room)


class _Furnished:
    """A baked room."""

    def __init__(self, world: World, room: Room) -> None:
        self._gpu: Gpu = world.gpu
        leaves = [leaf for panel in room.panels for leaf in cut(world, panel.corner, panel.across, panel.up, panel)]
        self._sheet: Sheetful = pack(leaves)
        self._picture = self._bake(world, room)
        self._program = self._gpu.program("ground", "textured")
        added = {id(panel): number for number, panel in enumerate(room.panels)}
        shown = sorted(self._sheet.leaves, key=lambda leaf: (-leaf.owner.order, added[id(leaf.owner)]))
        vertices = np.array([row for leaf in shown for row in self._sheet.shown(leaf)], dtype=np.float32)
        self._mesh = self._gpu.mesh(self._program, vertices, "3f 2f", ("position", "texcoord"))
        start = 0
        while start < len(shown):
            end = start
            while end < len(shown) and shown[end].owner.order == shown[start].owner.order:
                end += 1
            world.add(shown[start].owner.order, self._drawer(start * 6, (end - start) * 6))
            start = end

    def _drawer(self, first: int, count: int) -> Draw:
        def draw(_: Moment) -> None:
            gpu = self._gpu
            gpu.blend("over")
            gpu.bind(self._program, {"picture": self._picture.texture})
            gpu.set(self._program, {"tint": (1.0, 1.0, 1.0, 1.0)})
            self._mesh.render(moderngl.TRIANGLES, vertices=count, first=first)

        return draw

    def _bake(self, world: World, room: Room) -> Target:
        gpu, sheet = self._gpu, self._sheet
        lit = room_lighting(room)
        gathered = gpu.target(sheet.width // _LIGHT_SHRINK, sheet.height // _LIGHT_SHRINK, "f2")
        gathered.framebuffer.use()
        gpu.blend("replace")
        program = gpu.program("panel_bake", "room_light")
        gpu.set(program, lit)
        self._draw_panels(program, sheet.leaves)
        picture = gpu.target(sheet.width, sheet.height)
        picture.framebuffer.use()
        kinds: dict[str, list[Leaf]] = {}
        for leaf in sheet.leaves:
            kinds.setdefault(leaf.owner.surface.kind, []).append(leaf)
        pictures = gpu.pictures(room.pictures) if room.pictures else None
        high, low, land = room.daylight.view
        for kind, leaves in kinds.items():
            program = gpu.program("panel_bake", "room", kind)
            bound: dict[str, moderngl.Texture | moderngl.TextureArray] = {
                "grain": gpu.grain,
                "gathered": gathered.texture,
            }
            if pictures is not None:
                bound["pictures"] = pictures
            gpu.bind(program, bound)
            night, outside = 1.0 if world.mood.night else 0.0, 1.0 if room.open_air else 0.0
            gpu.set(
                program, {**lit, "sky_high": high, "sky_low": low, "land": land, "night": night, "open_air": outside}
            )
            gpu.set(program, {"season_snow": room.snow, "wet": room.wet})
            self._draw_panels(program, leaves)
        return picture

    def _draw_panels(self, program: moderngl.Program, leaves: Sequence[Leaf]) -> None:
        """Programs differ in the inputs that they keep; the others are stepped over."""
        rows = []
        for leaf in leaves:
            panel = leaf.owner
            surface, smooth = panel.surface, 1.0 if panel.smooth else 0.0
            tail = (*surface.tone, *surface.other, *surface.detail, surface.seed, smooth)
            rows += [
                (*place, *leaf.normal, *along, *leaf.size, *spot, *tail)
                for place, along, spot in self._sheet.baked(leaf)
            ]
        layout = [f"{count}f" if name in program else f"{count}x4" for name, count in _INPUTS]
        names = [name for name, _ in _INPUTS if name in program]
        self._gpu.mesh(program, np.array(rows, dtype=np.float32), " ".join(layout), names).render(moderngl.TRIANGLES)


def room_lighting(room: Room) -> dict[str, Uniform]:
    """What `room.glsl` asks for."""
    windows = room.openings[: _LIMITS["windows"]]
    lamps, boxes = room.lamps[: _LIMITS["lamps"]], room.boxes[: _LIMITS["boxes"]]
    nothing: Point = (0.0, 0.0, 0.0)
    daylight = room.daylight

    def padded(points: Sequence[tuple[float, ...]], limit: str, blank: tuple[float, ...] = nothing) -> Uniform:
        return [*points, *[blank] * (_LIMITS[limit] - len(points))]

    return {
        "window_count": len(windows), "lamp_count": len(lamps), "box_count": len(boxes),
        "window_at": padded([w.at for w in windows], "windows"),
        "window_across": padded([w.across for w in windows], "windows"),
        "window_up": padded([w.up for w in windows], "windows"),
        "window_light": daylight.window, "sun_way": daylight.sun_way, "sun_light": daylight.sun, "fill": daylight.fill,
        "room_low": (-room.half, 0.0, -6.0), "room_high": (room.half, room.high, room.back),
        "lamp_at": padded([(*lamp.at, lamp.radius) for lamp in lamps], "lamps", (0.0, 0.0, 0.0, 0.1)),
        "lamp_light": padded([lamp.light for lamp in lamps], "lamps"),
        "box_low": padded([low for low, _ in boxes], "boxes"), "box_high": padded([high for _, high in boxes], "boxes"),
    }  # fmt: skip
