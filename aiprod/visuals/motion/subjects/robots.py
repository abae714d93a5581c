"""A friendly robot that stands whole and waves, and a rover that rolls over other worlds.

Knows their looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    ball,
    capsule,
    colour,
    darker,
    lighter,
    oval,
    paint,
    path,
    ramp,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.masonry import block, fill, glow, line, pipe, shape, turned
from aiprod.visuals.motion.subjects.painted import FLAT, Layer, Motion, Painting, spin, swing, twinkle
from aiprod.visuals.motion.subjects.rig import Matrix, Point, join, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

SHELL: Colour = (0.90, 0.92, 0.94)
JOINT: Colour = (0.30, 0.34, 0.40)
ACCENT: Colour = (0.95, 0.55, 0.20)
CYAN: Colour = (0.36, 0.92, 1.0)
ROUND = Relief(radius=0.05, strength=0.9)

NECK, SHOULDER, ELBOW = (0.0, 0.665), (0.165, 0.585), (0.235, 0.44)
WAVE_SECONDS, WAVING = 6.0, 0.62


def robot() -> Painting:
    """A white robot with glowing eyes: it looks about, blinks and waves."""
    return Painting(layers=(
        Layer(name="far-arm", box=(-0.34, 0.22, -0.1, 0.65), draw=_far_arm, motion=swing((-0.165, 0.585), 3.0, 4.0), relief=ROUND),
        Layer(name="legs", box=(-0.2, 0.0, 0.2, 0.36), draw=_legs, relief=ROUND),
        Layer(name="body", box=(-0.2, 0.28, 0.2, 0.69), draw=_body, motion=_breathe, relief=ROUND),
        Layer(name="chest-light", box=(-0.1, 0.42, 0.1, 0.62), draw=_chest_light, motion=twinkle(2.0, least=0.5), relief=FLAT, glow=2.2),
        Layer(name="head", box=(-0.25, 0.64, 0.25, 1.0), draw=_head, motion=_look, relief=ROUND),
        Layer(name="eyes", box=(-0.18, 0.68, 0.18, 0.88), draw=_eyes, motion=_blink, relief=FLAT, glow=1.7),
        Layer(name="upper-arm", box=(0.13, 0.4, 0.28, 0.63), draw=_upper_arm, motion=_raise, relief=ROUND),
        Layer(name="forearm", box=(0.17, 0.22, 0.33, 0.48), draw=_forearm, motion=_wave, relief=ROUND),
    ), head=(-0.25, 0.66, 0.25, 1.0))  # fmt: skip


def _breathe(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.3), stretch=(1.0, 1.0 + 0.006 * math.sin(2 * math.pi * (t / 3.0 + phase)))), 1.0


def _look(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(4.0 * math.sin(2 * math.pi * (t / 5.3 + phase)), NECK,
                shift=(0.0, 0.004 * math.sin(2 * math.pi * (t / 3.0 + phase)))), 1.0  # fmt: skip


def _blink(t: float, phase: float) -> tuple[Matrix, float]:
    """The eyes go with the head and close for a moment."""
    place = (t / 3.4 + phase) % 1.0
    open_eye = 0.12 if place < 0.045 else 1.0
    return join(_look(t, phase)[0], turn(0.0, (0.0, 0.79), stretch=(1.0, open_eye))), 1.0


def _lifted(t: float, phase: float) -> float:
    """How far the near arm is raised, 0 to 1."""
    place = (t / WAVE_SECONDS + phase + 0.1) % 1.0
    rise = min(place / 0.1, (WAVING - place) / 0.1, 1.0)
    part = max(0.0, rise)
    return part * part * (3 - 2 * part)


def _raise(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(62.0 * _lifted(t, phase) - 3.0, SHOULDER), 1.0


def _wave(t: float, phase: float) -> tuple[Matrix, float]:
    """The forearm stands up from the raised arm and swings to and fro."""
    lifted = _lifted(t, phase)
    bend = 88.0 * lifted + lifted * 21.0 * math.sin(2 * math.pi * t / 0.78)
    return join(_raise(t, phase)[0], turn(bend, ELBOW)), 1.0


def _limb(canvas: "skia.Canvas", start: Point, end: Point, radii: tuple[float, float], tone: Colour) -> None:
    form = path(capsule(start, radii[0], end, radii[1]))
    turned(canvas, form, tone)
    shade_under(canvas, form, tone, 0.015)


def _ball_joint(canvas: "skia.Canvas", centre: Point, radius: float, tone: Colour) -> None:
    canvas.drawPath(path(oval(centre, radius, radius)), ball(centre, radius, tone))


def _upper_arm(canvas: "skia.Canvas") -> None:
    _limb(canvas, SHOULDER, ELBOW, (0.024, 0.02), JOINT)
    _ball_joint(canvas, SHOULDER, 0.043, SHELL)
    _ball_joint(canvas, ELBOW, 0.028, JOINT)


def _hand(canvas: "skia.Canvas", x: float, y: float) -> None:
    for offset, down in ((-0.026, 0.035), (0.0, 0.045), (0.026, 0.035)):
        _limb(canvas, (x + offset * 0.6, y), (x + offset, y - down), (0.011, 0.010), JOINT)
    _ball_joint(canvas, (x, y), 0.026, JOINT)


def _forearm(canvas: "skia.Canvas") -> None:
    _hand(canvas, 0.25, 0.285)
    _limb(canvas, (0.238, 0.425), (0.249, 0.32), (0.031, 0.038), SHELL)
    line(canvas, [(0.216, 0.325), (0.282, 0.322)], ACCENT, 0.012)


def _far_arm(canvas: "skia.Canvas") -> None:
    canvas.save()
    canvas.scale(-1.0, 1.0)
    _upper_arm(canvas)
    _forearm(canvas)
    canvas.restore()


def _legs(canvas: "skia.Canvas") -> None:
    for side in (-1, 1):
        x = side * 0.085
        _limb(canvas, (x * 0.85, 0.32), (x, 0.19), (0.028, 0.026), JOINT)
        _limb(canvas, (x, 0.175), (x, 0.075), (0.039, 0.047), SHELL)
        _ball_joint(canvas, (x, 0.19), 0.033, JOINT)
        foot = path(smooth([(x - 0.062, 0.005), (x + 0.075, 0.005), (x + 0.078, 0.035), (x + 0.035, 0.07), (x - 0.04, 0.07),
                            (x - 0.064, 0.035)]))  # fmt: skip
        turned(canvas, foot, darker(SHELL, 0.12))
        shade_under(canvas, foot, SHELL, 0.018)
        line(canvas, [(x - 0.055, 0.014), (x + 0.068, 0.014)], ACCENT, 0.012)


def _body(canvas: "skia.Canvas") -> None:
    turned(canvas, block((-0.05, 0.62, 0.05, 0.685)), JOINT)
    hip = path(smooth([(-0.11, 0.36), (0.11, 0.36), (0.09, 0.295), (-0.09, 0.295)]))
    turned(canvas, hip, JOINT)
    trunk = path(smooth([(-0.115, 0.355), (-0.165, 0.48), (-0.17, 0.59), (-0.12, 0.648), (0.12, 0.648), (0.17, 0.59),
                         (0.165, 0.48), (0.115, 0.355), (0.0, 0.34)]))  # fmt: skip
    turned(canvas, trunk, SHELL)
    shade_under(canvas, trunk, SHELL, 0.035, strength=0.5)
    line(canvas, [(-0.14, 0.43), (0.0, 0.415), (0.14, 0.43)], darker(SHELL, 0.4), 0.005, 0.8)
    plate = path(oval((0.0, 0.525), 0.07, 0.07))
    fill(canvas, plate, JOINT, depth=0.015)
    for x in (-0.045, 0.0, 0.045):
        canvas.drawPath(path(oval((x, 0.385), 0.011, 0.011)), ball((x, 0.385), 0.012, ACCENT))


def _chest_light(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.0, 0.525), 0.09, CYAN, 0.42)
    canvas.drawPath(path(oval((0.0, 0.525), 0.032, 0.032)), paint(CYAN, 0.4))


def _head(canvas: "skia.Canvas") -> None:
    line(canvas, [(0.0, 0.9), (0.0, 0.955)], JOINT, 0.012)
    _ball_joint(canvas, (0.0, 0.968), 0.022, ACCENT)
    for side in (-1, 1):
        ear = path(oval((side * 0.215, 0.79), 0.028, 0.055))
        fill(canvas, ear, ACCENT, depth=0.015)
    skull = path(smooth([(-0.15, 0.678), (-0.205, 0.73), (-0.212, 0.80), (-0.185, 0.88), (-0.10, 0.917), (0.10, 0.917),
                         (0.185, 0.88), (0.212, 0.80), (0.205, 0.73), (0.15, 0.678), (0.0, 0.668)]))  # fmt: skip
    turned(canvas, skull, SHELL)
    shade_under(canvas, skull, SHELL, 0.035, strength=0.5)
    visor = path(smooth([(-0.12, 0.706), (-0.165, 0.75), (-0.165, 0.825), (-0.12, 0.868), (0.12, 0.868), (0.165, 0.825),
                         (0.165, 0.75), (0.12, 0.706)]))  # fmt: skip
    canvas.drawPath(visor, ramp([(0.0, colour("10161f")), (1.0, colour("2b3a4c"))], (0.0, 0.7), (0.0, 0.87)))
    gleam = smooth([(-0.135, 0.80), (-0.125, 0.842), (-0.08, 0.853)], closed=False)
    canvas.drawPath(path(gleam, closed=False), paint((1, 1, 1), 0.4, line=0.01))


def _eyes(canvas: "skia.Canvas") -> None:
    for x in (-0.072, 0.072):
        glow(canvas, (x, 0.795), 0.055, CYAN, 0.45)
        canvas.drawPath(path(oval((x, 0.795), 0.027, 0.034)), paint(CYAN, 0.6))
    smile = [(0.036 * math.sin(a), 0.752 - 0.016 * math.cos(a)) for a in np.linspace(-1.2, 1.2, 12)]
    line(canvas, smile, CYAN, 0.008, 0.6)


WHEELS = (-0.52, -0.02, 0.5)


def rover() -> Painting:
    """A rover with six wheels, a mast of cameras that looks about, and a dish."""
    wheels = tuple(
        Layer(name=f"wheel-{i}", box=(x - 0.18, 0.0, x + 0.18, 0.34), draw=_wheel(x), motion=_rolling(x), relief=FLAT)
        for i, x in enumerate(WHEELS)
    )
    return Painting(
        layers=(
            Layer(name="frame", box=(-0.75, 0.1, 0.95, 0.72), draw=_rover_body),
            Layer(name="mast", box=(0.12, 0.5, 0.62, 1.02), draw=_mast, motion=swing((0.35, 0.56), 2.2, 5.0)),
            Layer(name="lamp", box=(0.2, 0.74, 0.7, 1.02), draw=_lens, motion=twinkle(2.4, least=0.4), relief=FLAT, glow=2.0),
            *wheels,
        ),
        bearing="rolls", speed=0.16,
    )  # fmt: skip


def _rolling(x: float) -> Motion:
    return spin((x, 0.165), 2 * math.pi * 0.165 / 0.16)


def _lens(canvas: "skia.Canvas") -> None:
    glow(canvas, (0.475, 0.905), 0.07, CYAN, 0.4)


def _wheel(x: float) -> Draw:
    def draw(canvas: "skia.Canvas") -> None:
        middle = (x, 0.165)
        for spoke in range(18):
            a = math.radians(20 * spoke)
            fill(canvas, path(oval((x + 0.152 * math.cos(a), 0.165 + 0.152 * math.sin(a)), 0.016, 0.016)), colour("3a3c42"), depth=0.005)
        canvas.drawPath(path(oval(middle, 0.152, 0.152)), ball(middle, 0.16, colour("4a4d55")))
        canvas.drawPath(path(oval(middle, 0.105, 0.105)), paint(colour("26282d")))
        for spoke in range(6):
            a = math.radians(60 * spoke)
            line(canvas, [middle, (x + 0.115 * math.cos(a), 0.165 + 0.115 * math.sin(a))], colour("a9adb5"), 0.022)
        canvas.drawPath(path(oval(middle, 0.038, 0.038)), ball(middle, 0.04, colour("c9ccd2")))

    return draw


def _mast(canvas: "skia.Canvas") -> None:
    white = colour("e6e4de")
    turned(canvas, block((0.33, 0.55, 0.37, 0.86)), white)
    box = path(smooth([(0.22, 0.84), (0.46, 0.84), (0.47, 0.90), (0.46, 0.97), (0.22, 0.97), (0.21, 0.90)], steps=6))
    canvas.drawPath(box, pipe(white, 0.82, 0.98))
    shade_under(canvas, box, white, 0.02)
    canvas.drawPath(path(oval((0.455, 0.905), 0.036, 0.046)), ball((0.455, 0.905), 0.05, colour("2a3140")))
    canvas.drawPath(path(oval((0.467, 0.915), 0.012, 0.014)), paint(colour("9fd8e6")))


def _rover_body(canvas: "skia.Canvas") -> None:
    white, gold, grey = colour("ddd9cf"), colour("c99a3f"), colour("83868c")
    line(canvas, [(-0.52, 0.165), (-0.30, 0.38), (-0.02, 0.165)], grey, 0.035)
    line(canvas, [(-0.25, 0.36), (0.1, 0.42), (0.5, 0.165)], grey, 0.035)
    fill(canvas, shape((-0.72, 0.40), (-0.52, 0.40), (-0.48, 0.62), (-0.66, 0.62)), colour("5a5d63"), depth=0.03)
    for y in (0.45, 0.5, 0.55):
        line(canvas, [(-0.69, y), (-0.51, y)], colour("35373c"), 0.012)
    body = path(smooth([(-0.50, 0.30), (0.48, 0.30), (0.53, 0.40), (0.5, 0.53), (-0.52, 0.53), (-0.55, 0.40)], steps=6))
    canvas.drawPath(body, pipe(white, 0.28, 0.54))
    shade_under(canvas, body, white, 0.04)
    fill(canvas, block((-0.42, 0.36, 0.02, 0.43)), gold, depth=0.015)
    for x in (0.12, 0.22, 0.32):
        fill(canvas, block((x, 0.38, x + 0.06, 0.46)), grey, depth=0.01)
    fill(canvas, shape((-0.56, 0.515), (0.56, 0.515), (0.52, 0.565), (-0.5, 0.565)), colour("2d4a73"), depth=0.015)
    for x in np.linspace(-0.45, 0.45, 9):
        line(canvas, [(float(x), 0.518), (float(x) * 0.95, 0.562)], lighter(colour("2d4a73"), 0.35), 0.006)
    line(canvas, [(-0.2, 0.56), (-0.2, 0.66)], grey, 0.022)
    dish = path(oval((-0.2, 0.68), 0.135, 0.035, 18.0))
    fill(canvas, dish, white, depth=0.015)
    line(canvas, [(0.5, 0.45), (0.72, 0.54), (0.86, 0.36)], grey, 0.032)
    _ball_joint(canvas, (0.72, 0.54), 0.032, gold)
    fill(canvas, block((0.82, 0.28, 0.91, 0.38)), colour("5a5d63"), depth=0.015)
