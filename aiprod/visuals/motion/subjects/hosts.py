"""Who presents a film: a face, an age, hair, glasses and clothes, all by the film's seed.

Knows how looks are chosen and drawn over a bust. Knows no speech: `presenter.py` moves what is drawn here.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from aiprod.visuals.motion.subjects.faces import FaceFrame
from aiprod.visuals.motion.subjects.ink import (
    Colour,
    ball,
    capsule,
    colour,
    curve,
    darker,
    lighter,
    oval,
    paint,
    path,
    ramp,
    shade_under,
    smooth,
)
from aiprod.visuals.motion.subjects.people import Beard, Hair, Person, person
from aiprod.visuals.motion.subjects.rig import Point

if TYPE_CHECKING:
    import skia

Clothes: TypeAlias = Literal["jacket", "sweater", "turtleneck", "shirt", "hoodie", "blouse"]

TONES: Final = ("2f4f7a", "7a3b4f", "2f6f63", "5a4a7a", "8a5a2f", "b5523b", "3f7d58", "c98f2f", "3a4250", "a8476b", "4a7fb5", "6b7a3a")
SILVER: Final = ("d5d3d0", "b9b7b8", "8f8d8f")
_HER_HAIR: Final[tuple[Hair, ...]] = ("long", "bun", "bob", "ponytail", "wavy", "curly", "afro", "scarf", "short")
_HIS_HAIR: Final[tuple[Hair, ...]] = ("short", "side", "curly", "afro", "bald", "side", "short")
_HER_CLOTHES: Final[tuple[Clothes, ...]] = ("jacket", "sweater", "turtleneck", "shirt", "blouse", "blouse")
_HIS_CLOTHES: Final[tuple[Clothes, ...]] = ("jacket", "sweater", "turtleneck", "shirt", "hoodie", "jacket")


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A presenter's looks; `age` is 0 young, 1 of middle age, 2 old."""

    person: Person
    clothes: Clothes
    tone: Colour
    under: Colour
    age: int
    earrings: bool


def host(seed: int) -> Host:
    """The presenter of a seed."""
    random = np.random.default_rng([seed, 131])
    draws = random.random(10)
    age = int(np.searchsorted((0.45, 0.8), draws[0]))
    found = person("person", "", int(random.integers(2**31)))
    styles = _HER_HAIR if found.female else _HIS_HAIR
    hair = styles[int(draws[1] * len(styles))]
    dark = max(found.skin) < 0.72
    if hair == "afro" and not dark:
        hair = "curly"
    tone = colour(SILVER[int(draws[2] * len(SILVER))]) if age == 2 or (age == 1 and draws[2] < 0.2) else found.hair_colour
    beard: Beard = "short" if not found.female and draws[3] < 0.3 else "none"
    clothes = (_HER_CLOTHES if found.female else _HIS_CLOTHES)[int(draws[4] * 6)]
    if hair == "scarf":
        tone = colour(TONES[int(draws[9] * len(TONES))])
    looks = replace(found, hair=hair, hair_colour=tone, beard=beard, glasses=bool(draws[5] < (0.25, 0.4, 0.55)[age]))
    return Host(
        person=looks, clothes=clothes, tone=colour(TONES[int(draws[6] * len(TONES))]),
        under=colour(("f4f2ee", "e6eef5", "f3e4d6", "2b2e36")[int(draws[7] * 4)]), age=age,
        earrings=bool(found.female and draws[8] < 0.6 and hair not in ("scarf", "long", "wavy", "bob")),
    )  # fmt: skip


def draw_bust(canvas: "skia.Canvas", who: Host) -> None:
    """Neck, shoulders and clothes."""
    skin, tone = who.person.skin, who.tone
    neck = path(capsule((0.0, 0.30), 0.105, (0.012, 0.48), 0.098))
    canvas.drawPath(neck, ramp([(0.0, darker(skin, 0.30)), (1.0, darker(skin, 0.12))], (0.0, 0.46), (0.0, 0.28)))
    if who.person.hair == "scarf":
        _scarf_folds(canvas, who.person.hair_colour)
    if who.clothes == "hoodie":
        hood = path(smooth([(-0.30, 0.30), (-0.24, 0.44), (-0.10, 0.44), (0.0, 0.36), (0.12, 0.44), (0.26, 0.43), (0.30, 0.30),
                            (0.0, 0.22)]))  # fmt: skip
        canvas.drawPath(hood, paint(darker(tone, 0.35)))
        shade_under(canvas, hood, tone, 0.03)
    shape = path(smooth([(-0.135, 0.345), (-0.30, 0.285), (-0.43, 0.19), (-0.495, 0.0), (-0.505, -0.22), (0.0, -0.23),
        (0.505, -0.22), (0.495, 0.0), (0.44, 0.18), (0.31, 0.28), (0.15, 0.345), (0.08, 0.30), (0.01, 0.285), (-0.07,
        0.30)]))  # fmt: skip
    canvas.drawPath(shape, ramp([(0.0, lighter(tone, 0.14)), (1.0, darker(tone, 0.15))], (0.0, 0.33), (0.0, 0.0)))
    canvas.save()
    canvas.clipPath(shape, doAntiAlias=True)
    _CLOTHES[who.clothes](canvas, who)
    for x in (-0.33, 0.34):
        crease = curve(smooth([(x, 0.12), (x * 0.98, 0.04), (x * 1.01, -0.05)], closed=False))
        canvas.drawPath(crease, paint(darker(tone, 0.45), 0.55, line=0.010))
    canvas.restore()
    shade_under(canvas, shape, tone, 0.07, strength=0.34)
    if who.clothes == "turtleneck":
        collar = path(smooth([(-0.135, 0.30), (-0.125, 0.415), (0.0, 0.385), (0.13, 0.42), (0.145, 0.30), (0.0, 0.26)]))
        canvas.drawPath(collar, paint(lighter(tone, 0.08)))
        shade_under(canvas, collar, tone, 0.03)


def draw_years(canvas: "skia.Canvas", who: Host, frame: FaceFrame) -> None:
    """What the years leave on a face, and earrings."""
    r, line = frame.radius, paint(darker(who.person.skin, 0.45), 0.28 * who.age, line=frame.radius * 0.030)
    if who.age:
        folds: list[list[Point]] = [[(0.02, -0.30), (-0.06, -0.46), (-0.03, -0.60)],
                                    [(0.70, -0.32), (0.76, -0.46), (0.71, -0.58)],
                                    [(-0.06, -0.15), (0.10, -0.20), (0.24, -0.15)],
                                    [(0.54, -0.15), (0.66, -0.19), (0.76, -0.14)]]  # fmt: skip
        if who.age > 1:
            folds += [[(-0.02, 0.52), (0.30, 0.57), (0.62, 0.52)], [(0.04, 0.60), (0.32, 0.65), (0.58, 0.60)],
                      [(-0.22, 0.06), (-0.32, 0.10), (-0.40, 0.16)], [(-0.22, 0.0), (-0.34, 0.0), (-0.42, 0.03)]]  # fmt: skip
        for fold in folds:
            canvas.drawPath(curve(frame.curve(fold, closed=False)), line)
    if who.earrings:
        at = frame.at(-0.63, -0.36)
        canvas.drawPath(path(oval(at, r * 0.065, r * 0.065)), ball(at, r * 0.07, colour("e3bd5a")))


def _scarf_folds(canvas: "skia.Canvas", tone: Colour) -> None:
    folds = path(smooth([(-0.24, 0.28), (-0.22, 0.46), (0.0, 0.40), (0.21, 0.45), (0.26, 0.28), (0.10, 0.14), (-0.10, 0.16)]))
    canvas.drawPath(folds, paint(darker(tone, 0.15)))
    shade_under(canvas, folds, tone, 0.05)


def _jacket(canvas: "skia.Canvas", who: Host) -> None:
    shirt = path(smooth([(-0.115, 0.36), (0.01, 0.27), (0.135, 0.36), (0.10, 0.12), (0.035, -0.16), (-0.02, -0.16),
        (-0.08, 0.12)], steps=5))  # fmt: skip
    canvas.drawPath(shirt, paint(who.under))
    opening = path(smooth([(-0.085, 0.335), (0.01, 0.235), (0.10, 0.335), (0.02, 0.30)], steps=4))
    canvas.drawPath(opening, paint(darker(who.person.skin, 0.10)))
    for side in (-1.0, 1.0):
        lapel = path(smooth([(0.01 + side * 0.115, 0.35), (0.01 + side * 0.20, 0.22), (0.01 + side * 0.14, 0.16),
            (0.02 + side * 0.03, -0.15), (0.01 + side * 0.07, 0.14)], steps=4))  # fmt: skip
        canvas.drawPath(lapel, paint(darker(who.tone, 0.18)))
        shade_under(canvas, lapel, who.tone, 0.02, strength=0.4)


def _sweater(canvas: "skia.Canvas", who: Host) -> None:
    ring = curve(smooth([(-0.15, 0.36), (-0.08, 0.275), (0.01, 0.25), (0.10, 0.275), (0.165, 0.36)], closed=False))
    canvas.drawPath(ring, paint(lighter(who.tone, 0.12), line=0.045))
    canvas.drawPath(ring, paint(darker(who.tone, 0.35), 0.5, line=0.008))
    for y in (0.10, 0.045):
        band = curve(smooth([(-0.50, y - 0.03), (0.0, y - 0.06), (0.50, y - 0.03)], closed=False))
        canvas.drawPath(band, paint(who.under, 0.75, line=0.022))


def _turtleneck(canvas: "skia.Canvas", who: Host) -> None:
    for x in (-0.42, -0.28, -0.14, 0.0, 0.14, 0.28, 0.42):
        rib = curve(smooth([(x * 0.7, 0.30), (x, 0.1), (x * 1.06, -0.22)], closed=False))
        canvas.drawPath(rib, paint(darker(who.tone, 0.35), 0.35, line=0.008))


def _shirt(canvas: "skia.Canvas", who: Host) -> None:
    opening = path(smooth([(-0.08, 0.36), (0.01, 0.215), (0.10, 0.36), (0.02, 0.40)], steps=4))
    canvas.drawPath(opening, paint(darker(who.person.skin, 0.10)))
    for side in (-1.0, 1.0):
        wing = path(smooth([(0.01 + side * 0.13, 0.375), (0.01 + side * 0.155, 0.28), (0.01 + side * 0.085, 0.185), (0.012, 0.235),
                            (0.01 + side * 0.07, 0.33)], steps=4))  # fmt: skip
        canvas.drawPath(wing, paint(lighter(who.tone, 0.20)))
        shade_under(canvas, wing, who.tone, 0.016)
    canvas.drawPath(curve(np.array([(0.012, 0.22), (0.012, -0.22)])), paint(darker(who.tone, 0.4), 0.7, line=0.008))
    for y in (0.12, 0.0, -0.12):
        canvas.drawPath(path(oval((0.032, y), 0.011, 0.011)), paint(who.under))


def _hoodie(canvas: "skia.Canvas", who: Host) -> None:
    ring = curve(smooth([(-0.20, 0.36), (-0.12, 0.255), (0.01, 0.215), (0.14, 0.255), (0.22, 0.36)], closed=False))
    canvas.drawPath(ring, paint(darker(who.tone, 0.2), line=0.07))
    for side in (-1.0, 1.0):
        string = curve(smooth([(0.01 + side * 0.07, 0.23), (0.01 + side * 0.085, 0.12), (0.01 + side * 0.075, 0.02)], closed=False))
        canvas.drawPath(string, paint(lighter(who.under, 0.2), line=0.014))


def _blouse(canvas: "skia.Canvas", who: Host) -> None:
    opening = path(smooth([(-0.125, 0.37), (-0.07, 0.27), (0.012, 0.13), (0.095, 0.27), (0.15, 0.37), (0.0, 0.42)], steps=5))
    canvas.drawPath(opening, paint(darker(who.person.skin, 0.08)))
    canvas.drawPath(opening, paint(lighter(who.tone, 0.25), line=0.016))
    chain = curve(smooth([(-0.10, 0.345), (0.012, 0.235), (0.125, 0.345)], closed=False))
    canvas.drawPath(chain, paint(colour("e3bd5a"), line=0.007))
    canvas.drawPath(path(oval((0.012, 0.228), 0.014, 0.016)), ball((0.012, 0.228), 0.016, colour("e3bd5a")))


_CLOTHES: Final = {
    "jacket": _jacket, "sweater": _sweater, "turtleneck": _turtleneck, "shirt": _shirt, "hoodie": _hoodie, "blouse": _blouse,
}  # fmt: skip
