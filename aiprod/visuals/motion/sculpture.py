"""Carvings: columns, walls, towers, pyramids and bergs as solids, walked ray by ray and therefore only ever baked.

Knows the kinds of solid of `shaders/carve_shapes.glsl` and how they are drawn into a plane. Knows no place.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from aiprod.visuals.motion.gpu import Frame, Gpu, Vector
from aiprod.visuals.motion.light import Colour, srgb

_MOSS, _IVY = srgb(88, 92, 60), (srgb(14, 30, 14), srgb(76, 102, 46))
_SKIRT = 0.2
"""Metres that a carving reaches below its foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stone:
    """What a carving is hewn from: its darkest and lightest tone, moss, ivy's leaves (none where it is not `leafy`);
    `ice` lets light through, and shines with `glow`."""

    dark: Colour
    light: Colour
    moss: Colour = _MOSS
    leaf_dark: Colour = _IVY[0]
    leaf_light: Colour = _IVY[1]
    leafy: bool = True
    ice: bool = False
    glow: Colour = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carving:
    """A solid: its kind, the middle of its foot, the box that holds it (half width, height, half depth), its turn about
    the upright, and the measures of its kind. `green` is how much grows on it (0..1); `courses` are height and length
    of its blocks and the radius they run around (0: it is flat; no height: no blocks)."""

    kind: str
    x: float
    y: float
    z: float
    box: tuple[float, float, float]
    make: tuple[float, float, float, float]
    more: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    turn: float = 0.0
    seed: float = 0.0
    green: float = 0.0
    courses: tuple[float, float, float] = (0.0, 1.0, 0.0)


def paint_carvings(gpu: Gpu, carvings: Iterable[Carving], stone: Stone) -> None:
    """Draw them into what is being baked, the farthest first."""
    import moderngl

    for carving in sorted(carvings, key=lambda held: -held.z):
        bounds = _bounds(carving, gpu.frame)
        if bounds is None:
            continue
        program = gpu.program("carve", "carve", carving.kind, *(("ICE",) if stone.ice else ()))
        gpu.blend("over")
        gpu.set(
            program,
            {
                "foot": (carving.x, carving.y, carving.z),
                "bulk": carving.box,
                "facing": (math.cos(carving.turn), math.sin(carving.turn)),
                "make": carving.make,
                "more": carving.more,
                "courses": carving.courses,
                "seed": carving.seed,
                "green": carving.green,
                "leafy": float(stone.leafy),
                "pixel": 2.0 / (gpu.frame.focal * gpu.frame.window[1] * gpu.context.fbo.viewport[3]),
                "dark": stone.dark,
                "light": stone.light,
                "moss": stone.moss,
                "leaf_dark": stone.leaf_dark,
                "leaf_light": stone.leaf_light,
                "glow": stone.glow,
                "bounds": bounds,
            },
        )
        mesh = gpu.context.vertex_array(program, [(gpu.unit_quad, "2f", "corner")])
        mesh.render(moderngl.TRIANGLE_STRIP)


def _bounds(carving: Carving, frame: Frame) -> Vector | None:
    """The part of the picture that its box covers, or None where it lies behind the eye."""
    wide, tall, deep = carving.box
    cosine, sine = math.cos(carving.turn), math.sin(carving.turn)
    across, up = [], []
    for sx in (-wide, wide):
        for sz in (-deep, deep):
            x, z = carving.x + sx * cosine - sz * sine, carving.z + sx * sine + sz * cosine
            away = z - frame.eye[2]
            if away < 0.3:
                return None
            for y in (-_SKIRT, tall):
                across.append(frame.focal * (x - frame.eye[0]) / (away * frame.aspect) + frame.shift[0])
                up.append(frame.focal * (carving.y + y - frame.eye[1]) / away + frame.shift[1])
    return min(across), min(up), max(across), max(up)
