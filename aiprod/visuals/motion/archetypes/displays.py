"""Live screens in a room: quads drawn anew every frame, with what they show. Knows no room."""

from collections.abc import Sequence
from dataclasses import dataclass

import moderngl
import numpy as np

from aiprod.visuals.motion.archetypes.rooms import Point
from aiprod.visuals.motion.light import Colour
from aiprod.visuals.motion.world import Draw, Moment, World

WAVES, BARS, GALAXY, TEXT, HELIX, SWEEP, GLOBE = range(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen: lower left corner, what leads right and up in metres, what it shows, in which colour."""

    corner: Point
    across: Point
    up: Point
    shows: int
    hue: Colour
    seed: float
    brightness: float = 1.0


def add_screens(world: World, screens: Sequence[Screen]) -> None:
    """Let them run, each at its own distance."""
    for order in sorted({screen.corner[2] for screen in screens}):
        _add(world, [screen for screen in screens if screen.corner[2] == order], order)


def _add(world: World, screens: Sequence[Screen], order: float) -> None:
    gpu = world.gpu
    program = gpu.program("display", "display")
    rows = []
    for screen in screens:
        corner, across, up = np.array(screen.corner), np.array(screen.across), np.array(screen.up)
        shape = float(np.linalg.norm(across) / np.linalg.norm(up))
        for u, v in ((0, 0), (1, 0), (0, 1), (0, 1), (1, 0), (1, 1)):
            place = corner + across * u + up * v
            rows.append((*place, u, v, screen.shows, screen.seed, shape, screen.brightness, *screen.hue))
    vertices = np.array(rows, dtype=np.float32)
    mesh = gpu.mesh(program, vertices, "3f 2f 4f 3f", ("position", "along", "look", "hue"))

    def draw(_: Moment) -> None:
        gpu.blend("over")
        mesh.render(moderngl.TRIANGLES)

    shown: Draw = draw
    world.add(order - 0.002, shown)
