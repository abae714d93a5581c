"""Snakes: a chain of pieces that follow each other along a travelling path.

Knows snakes' looks and motion. The path stays where it is on the ground while the body runs along it, so nothing slides.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    capsule,
    colour,
    curve,
    darker,
    eye,
    fill_white,
    lighter,
    oval,
    paint,
    path,
    ramp,
    shade_under,
    smooth,
)  # fmt: skip
from aiprod.visuals.motion.subjects.quadruped import Placing
from aiprod.visuals.motion.subjects.rig import Matrix, PartPose, Point, Rig
from aiprod.visuals.motion.subjects.studio import Relief, RigFacts, Studio

if TYPE_CHECKING:
    import skia

PIECES = 26
LENGTH = 3.4
WAVE = 0.95
SWING = 0.17
THICK = 0.125
SPEED = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Snake:
    """A snake's colours; `hood` spreads its neck and lifts its head."""

    back: Colour
    belly: Colour
    marks: Colour
    hood: bool = False


@cache
def snakes() -> Mapping[str, Snake]:
    """All snakes by key."""
    return {
        "snake": Snake(back=colour("6f9a3f"), belly=colour("dbe3a0"), marks=colour("3f6a2a")),
        "cobra": Snake(back=colour("8a6a3f"), belly=colour("e6d3a3"), marks=colour("4a3722"), hood=True),
    }


def snake_rig(snake: Snake, placing: Placing) -> Rig:
    """The rig of a snake."""
    studio = Studio(faces_left=placing.faces_left, detail=0.75 * placing.detail)
    step = LENGTH / PIECES
    pieces = []
    for index in range(PIECES):
        part = index / (PIECES - 1)
        thick = THICK * min(1.0, 0.25 + 2.2 * (1.0 - part)) * (0.86 if index < 2 else 1.0)
        pieces.append(studio.add(f"piece-{index}", (-step * 0.9 - thick, -thick * 1.1, step * 0.9 + thick,
            thick * 1.1), partial(_draw_piece, snake=snake, thick=thick, step=step, marked=index % 2 == 1),
            Relief(radius=thick, strength=0.9, shape=partial(fill_white,
            shape=path(capsule((-1.0, 0.0), thick, (1.0, 0.0), thick))))))  # fmt: skip
    head = studio.add("head", (-0.26, -0.20, 0.40, 0.26), lambda c: _draw_head(c, snake), Relief(radius=0.09))
    moving = placing.gait in ("walk", "run", "hop", "swim", "fly")
    speed = SPEED if moving else 0.0
    lift = 0.50 if snake.hood else 0.20

    def place(distance: float, travelled: float) -> Point:
        """A place `distance` behind the head; the wave is fixed to the ground."""
        x = LENGTH * 0.42 - distance * 0.86
        swing = SWING * min(1.0, 0.35 + distance)
        y = 0.20 + swing * math.sin(2 * math.pi * (x + travelled) / WAVE)
        raised = max(0.0, 1.0 - distance / (0.75 if snake.hood else 0.42))
        return (x + 0.05 * raised, y * (1 - raised) + (0.22 + lift) * raised + 0.0)

    def animate(t: float, phase: float) -> list[PartPose]:
        travelled = speed * t + phase * WAVE + (0.0 if moving else 0.02 * math.sin(2 * math.pi * t / 3.7))
        found = []
        for index in reversed(range(PIECES)):
            middle = step * (index + 0.5)
            ahead, behind = place(middle - step * 0.6, travelled), place(middle + step * 0.6, travelled)
            found.append(PartPose(part=pieces[index], matrix=_along(behind, ahead)))
        neck, nose = place(step * 0.6, travelled), place(0.0, travelled)
        sway = 3.0 * math.sin(2 * math.pi * (t / 2.9 + phase))
        found.append(
            PartPose(
                part=head,
                matrix=_at(
                    nose,
                    sway
                    + (-4.0 if snake.hood else 0.35 * math.degrees(math.atan2(nose[1] - neck[1], nose[0] - neck[0]))),
                ),
            )
        )
        return found

    return studio.finish(
        RigFacts(animate=animate, stride_per_second=speed, metres=placing.metres, faces_left=placing.faces_left)
    )


def _along(start: Point, end: Point) -> Matrix:
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    return (
        math.cos(angle),
        math.sin(angle),
        -math.sin(angle),
        math.cos(angle),
        (start[0] + end[0]) / 2,
        (start[1] + end[1]) / 2,
    )


def _at(place: Point, degrees: float) -> Matrix:
    angle = math.radians(degrees)
    return (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), place[0], place[1])


def _draw_piece(canvas: "skia.Canvas", snake: Snake, thick: float, step: float, *, marked: bool) -> None:
    shape = path(capsule((-step * 0.72, 0.0), thick, (step * 0.72, 0.0), thick))
    canvas.drawPath(
        shape,
        ramp(
            [(0.0, lighter(snake.back, 0.18)), (0.5, snake.back), (0.8, snake.belly), (1.0, darker(snake.belly, 0.2))],
            (0.0, thick),
            (0.0, -thick),
        ),
    )
    if marked:
        canvas.drawPath(path(oval((0.0, thick * 0.42), step * 0.42, thick * 0.40)), paint(snake.marks, 0.85))


def _draw_head(canvas: "skia.Canvas", snake: Snake) -> None:
    if snake.hood:
        hood = path(smooth([(-0.02, 0.10), (-0.20, 0.10), (-0.22, -0.10), (-0.10, -0.19), (0.06, -0.12)]))
        canvas.drawPath(hood, paint(darker(snake.back, 0.12)))
        shade_under(canvas, hood, snake.back, 0.03, strength=0.4)
    shape = path(smooth([(-0.12, 0.06), (0.02, 0.125), (0.16, 0.095), (0.265, 0.02), (0.25, -0.055), (0.10, -0.095),
        (-0.08, -0.085)]))  # fmt: skip
    canvas.drawPath(
        shape,
        ramp([(0.0, lighter(snake.back, 0.15)), (0.6, snake.back), (1.0, snake.belly)], (0.0, 0.12), (0.0, -0.09)),
    )
    shade_under(canvas, shape, snake.back, 0.04, strength=0.35)
    tongue = smooth([(0.25, -0.02), (0.31, -0.03), (0.36, -0.01)], closed=False)
    canvas.drawPath(curve(tongue), paint((0.78, 0.16, 0.20), line=0.012))
    canvas.drawPath(
        curve(smooth([(0.31, -0.03), (0.355, -0.055)], closed=False)), paint((0.78, 0.16, 0.20), line=0.010)
    )
    canvas.drawPath(
        curve(smooth([(0.255, -0.03), (0.16, -0.05), (0.06, -0.035)], closed=False)),
        paint(darker(snake.back, 0.6), 0.7, line=0.009),
    )
    eye(canvas, (0.12, 0.045), 0.030, iris=(0.75, 0.45, 0.08))
