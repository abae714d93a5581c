"""A kangaroo that sits up, or goes in leaps, its tail for balance.

Knows its looks and motion.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    colour,
    darker,
    eye,
    lighter,
    mix,
    oval,
    paint,
    path,
    ramp,
    ribbon,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.painted import Layer, Motion, Painting
from aiprod.visuals.motion.subjects.rig import Matrix, Point, join, turn
from aiprod.visuals.motion.subjects.studio import Draw, Relief

if TYPE_CHECKING:
    import skia

FUR: Colour = colour("b07a4c")
BELLY: Colour = colour("e8d2b4")
HIP, ROOT, NECK, EAR = (-0.12, 0.32), (-0.24, 0.28), (0.14, 0.70), (0.17, 0.90)
ROUND = Relief(radius=0.09, strength=0.9)
LEAP_SECONDS, CONTACT, SPEED = 0.78, 0.34, 0.95


def kangaroo() -> Painting:
    """Great hind legs, small arms, long ears, a heavy tail."""
    return _kangaroo(leaping=False, afoot=_kangaroo(leaping=True))


def _kangaroo(*, leaping: bool, afoot: Painting | None = None) -> Painting:
    whole = _leap if leaping else _sit

    def carried(motion: Motion) -> Motion:
        def moved(t: float, phase: float) -> tuple[Matrix, float]:
            matrix, opacity = motion(t, phase)
            return join(whole(t, phase), matrix), opacity

        return moved

    tail = carried(_about(ROOT, 13.0 if leaping else 3.0, LEAP_SECONDS if leaping else 3.3, leaping=leaping))
    thigh = carried(_about(HIP, 15.0 if leaping else 0.0, LEAP_SECONDS, leaping=leaping))
    arm = carried(_about((0.13, 0.60), 7.0, LEAP_SECONDS if leaping else 2.6, leaping=leaping))
    head = carried(_about(NECK, 3.5, LEAP_SECONDS if leaping else 4.1, leaping=leaping))
    return Painting(
        layers=(
            Layer(name="tail", box=(-0.86, 0.0, -0.10, 0.44), draw=_tail, motion=tail, relief=ROUND),
            Layer(name="far-leg", box=(-0.30, 0.0, 0.44, 0.52), draw=_leg(0.05, 0.32), motion=thigh, relief=ROUND),
            Layer(name="far-arm", box=(0.06, 0.36, 0.36, 0.66), draw=_arm(0.3), motion=arm, relief=Relief(radius=0.03)),
            Layer(name="trunk", box=(-0.38, 0.12, 0.30, 0.86), draw=_trunk, motion=carried(_breathe), relief=ROUND),
            Layer(name="near-leg", box=(-0.36, 0.0, 0.40, 0.54), draw=_leg(0.0, 0.0), motion=thigh, relief=ROUND),
            Layer(name="near-arm", box=(0.04, 0.36, 0.34, 0.66), draw=_arm(0.0), motion=arm, relief=Relief(radius=0.03)),
            Layer(name="head", box=(0.02, 0.66, 0.46, 1.08), draw=_head, motion=head, relief=Relief(radius=0.05, strength=0.9)),
        ),
        speed=SPEED if leaping else 0.0, head=(0.06, 0.68, 0.44, 1.04), extent=(-0.8, 0.0, 0.44, 1.04), afoot=afoot,
    )  # fmt: skip


def _sit(_t: float, _phase: float) -> Matrix:
    return turn(0.0, (0.0, 0.0))


def _leap(t: float, phase: float) -> Matrix:
    """While it is on the ground it is carried back as fast as it goes; then it flies ahead."""
    place = (t / LEAP_SECONDS + phase) % 1.0
    way = SPEED * CONTACT * LEAP_SECONDS
    if place < CONTACT:
        part = place / CONTACT
        squash = 0.06 * math.sin(math.pi * part)
        return turn(-14.0, (0.0, 0.1), shift=(way * (0.5 - part), 0.0), stretch=(1.0 + 0.4 * squash, 1.0 - squash))
    part = (place - CONTACT) / (1 - CONTACT)
    return turn(-14.0 - 7.0 * math.cos(math.pi * part), (0.0, 0.3), shift=(way * (part - 0.5), 0.24 * math.sin(math.pi * part)))


def _about(root: Point, degrees: float, seconds: float, *, leaping: bool) -> Motion:
    late = 0.1 if leaping else 0.0

    def motion(t: float, phase: float) -> tuple[Matrix, float]:
        return turn(degrees * math.sin(2 * math.pi * (t / seconds + phase + late)), root), 1.0

    return motion


def _breathe(t: float, phase: float) -> tuple[Matrix, float]:
    return turn(0.0, (0.0, 0.3), stretch=(1.0 + 0.010 * math.sin(2 * math.pi * (t / 2.3 + phase)), 1.0)), 1.0


def _fur(canvas: "skia.Canvas", form: "skia.Path", tone: Colour, seed: int) -> None:
    bounds = form.getBounds()
    stops = [(0.0, darker(tone, 0.42)), (0.5, tone), (1.0, lighter(tone, 0.16))]
    canvas.drawPath(form, ramp(stops, (0.0, bounds.top()), (0.0, bounds.bottom())))
    random = np.random.default_rng(seed)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for _ in range(round(1500 * bounds.width() * bounds.height())):
        x, y = random.uniform(bounds.left(), bounds.right()), random.uniform(bounds.top(), bounds.bottom())
        shade = mix(darker(tone, 0.4), lighter(tone, 0.4), float(random.random()))
        hair = np.array([(x, y), (x - 0.012, y - 0.018)])
        canvas.drawPath(path(hair, closed=False), paint(shade, 0.4, line=0.005))
    canvas.restore()
    shade_under(canvas, form, tone, 0.045, strength=0.5)


def _tail(canvas: "skia.Canvas") -> None:
    _fur(canvas, path(ribbon([(-0.20, 0.28), (-0.42, 0.16), (-0.62, 0.07), (-0.82, 0.045)], [0.11, 0.075, 0.045, 0.018])), FUR, 1)


def _trunk(canvas: "skia.Canvas") -> None:
    form = path(smooth([(-0.32, 0.28), (-0.28, 0.44), (-0.16, 0.58), (0.0, 0.70), (0.10, 0.80), (0.20, 0.82), (0.24, 0.72),
                            (0.22, 0.58), (0.17, 0.42),
                        (0.08, 0.26), (-0.08, 0.17), (-0.24, 0.18)]))  # fmt: skip
    _fur(canvas, form, FUR, 2)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    front = smooth([(0.24, 0.76), (0.22, 0.56), (0.14, 0.36), (0.02, 0.20)], closed=False)
    canvas.drawPath(path(front, closed=False), paint(BELLY, 0.8, line=0.11, blur=0.02))
    pouch = smooth([(0.16, 0.44), (0.10, 0.38), (0.04, 0.38)], closed=False)
    canvas.drawPath(path(pouch, closed=False), paint(darker(FUR, 0.5), 0.7, line=0.010))
    canvas.restore()


def _leg(aside: float, shade: float) -> Draw:
    tone = darker(FUR, shade)

    def draw(canvas: "skia.Canvas") -> None:
        sole = [(-0.08 + aside, 0.055), (0.08 + aside, 0.040), (0.22 + aside, 0.030), (0.32 + aside, 0.024)]
        foot = path(ribbon(sole, [0.045, 0.040, 0.032, 0.018]))
        _fur(canvas, foot, darker(tone, 0.12), 3)
        for x in (0.27, 0.31):
            canvas.drawPath(path(ribbon([(x + aside, 0.03), (x + 0.03 + aside, 0.022), (x + 0.05 + aside, 0.008)], [0.011, 0.009, 0.003])),
                            paint(colour("3a2c22")))  # fmt: skip
        _fur(canvas, path(ribbon([(0.08 + aside, 0.24), (0.0 + aside, 0.14), (-0.06 + aside, 0.06)], [0.075, 0.052, 0.042])), tone, 4)
        thigh = path(smooth([(-0.26 + aside, 0.34), (-0.18 + aside, 0.47), (-0.02 + aside, 0.48), (0.12 + aside, 0.38),
                                (0.15 + aside, 0.25),
                             (0.06 + aside, 0.17), (-0.10 + aside, 0.17), (-0.23 + aside, 0.22)]))  # fmt: skip
        _fur(canvas, thigh, tone, 5)

    return draw


def _arm(shade: float) -> Draw:
    tone = darker(FUR, shade)

    def draw(canvas: "skia.Canvas") -> None:
        _fur(canvas, path(ribbon([(0.13, 0.60), (0.17, 0.50), (0.23, 0.45)], [0.045, 0.032, 0.024])), tone, 6)
        hand = path(ribbon([(0.225, 0.455), (0.265, 0.435), (0.285, 0.41)], [0.026, 0.024, 0.014]))
        canvas.drawPath(hand, paint(darker(FUR, 0.6)))

    return draw


def _head(canvas: "skia.Canvas") -> None:
    for x, lean, shade in ((0.145, -0.03, 0.25), (0.205, 0.01, 0.0)):
        ear = path(smooth([(x - 0.03, 0.885), (x - 0.045 + lean, 0.97), (x + lean, 1.045), (x + 0.035 + lean, 0.97), (x + 0.025, 0.885)]))
        _fur(canvas, ear, darker(FUR, shade), 7)
        canvas.drawPath(path(oval((x + 0.002 + lean * 0.7, 0.955), 0.017, 0.05)), paint(colour("d9a79a"), 0.8))
    form = path(smooth([(0.10, 0.80), (0.11, 0.885), (0.18, 0.915), (0.26, 0.89), (0.34, 0.835), (0.405, 0.80),
                            (0.415, 0.765), (0.37, 0.735),
                        (0.28, 0.735), (0.20, 0.735), (0.13, 0.745)]))  # fmt: skip
    _fur(canvas, form, FUR, 8)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    canvas.drawPath(path(oval((0.34, 0.745), 0.09, 0.032)), paint(BELLY, 0.85, blur=0.012))
    canvas.restore()
    canvas.drawPath(path(oval((0.404, 0.79), 0.022, 0.019)), paint(colour("2a211f")))
    mouth = smooth([(0.40, 0.765), (0.36, 0.757), (0.32, 0.762)], closed=False)
    canvas.drawPath(path(mouth, closed=False), paint(darker(FUR, 0.75), line=0.007))
    eye(canvas, (0.235, 0.85), 0.023, iris=colour("3a2415"))
