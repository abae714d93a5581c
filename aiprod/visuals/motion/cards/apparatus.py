"""Things that stand in laboratories, in full colour: glassware, microscopes, telescopes, models, machines, chairs."""

import math
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from aiprod.visuals.motion.cards.canvas import Pixels, Points
from aiprod.visuals.motion.cards.ware import Tone, Ware

_GLASS: Tone = (206, 226, 232)
_STEEL: Tone = (150, 156, 164)
_WHITE: Tone = (214, 218, 220)
_BLACK: Tone = (46, 48, 54)
_BRASS: Tone = (190, 148, 74)


def _vessel(ware: Ware, x: float, profile: Points, liquid: Tone, level: float) -> None:
    """Glass of that outline, filled up to `level` (its y) with a coloured liquid."""
    ware.turned(x, profile, _GLASS, alpha=0.22, shine=0.6)
    inside = [(max(y, level), w * 0.92) for y, w in _cut(profile, level)]
    ware.turned(x, inside, liquid, alpha=0.86, shine=0.8)
    ware.oval(x, level, inside[0][1], inside[0][1] * 0.16, ware.paint(_lighter(liquid), alpha=0.8))
    for way in (-1, 1):
        ware.line([(x + way * w, y) for y, w in profile], _GLASS, 0.010, alpha=0.75)
    ware.line([(x - w * 0.62, y) for y, w in profile[1:-1]], (255, 255, 255), 0.016, alpha=0.55)
    top, wide = profile[0]
    ware.oval(x, top, wide * 1.12, wide * 0.22, ware.paint(_GLASS, alpha=0.8, stroke=0.010))


def _cut(profile: Points, level: float) -> Points:
    """The part of an outline that lies under `level`."""
    below = [(y, w) for y, w in profile if y > level]
    for (y0, w0), (y1, w1) in pairwise(profile):
        if y0 <= level < y1:
            share = (level - y0) / (y1 - y0)
            return [(level, w0 + (w1 - w0) * share), *below]
    return below


def _lighter(tone: Tone) -> Tone:
    return min(255, tone[0] + 50), min(255, tone[1] + 50), min(255, tone[2] + 50)


_CONE: Points = [(0.0, 0.085), (0.06, 0.07), (0.34, 0.07), (0.92, 0.36), (0.985, 0.35), (1.0, 0.3)]


def _flask(tone: Tone) -> Callable[[Ware], None]:
    def paint(ware: Ware) -> None:
        _vessel(ware, 0.5, [(y * 0.97 + 0.02, w) for y, w in _CONE], tone, 0.62)

    return paint


def _retort(ware: Ware) -> None:
    ware.slab(0.06, 0.94, 0.62, 0.99, _BLACK)
    ware.turned(0.12, [(0.02, 0.012), (0.95, 0.014)], _STEEL, shine=0.9)
    ware.line([(0.12, 0.36), (0.42, 0.36)], _BLACK, 0.022)
    round_flask = [(0.2, 0.05), (0.36, 0.05)] + [
        (0.36 + 0.15 * (1 - math.cos(a)), 0.05 + 0.12 * math.sin(a)) for a in (0.5, 0.9, 1.3, 1.7, 2.1, 2.5, 2.9)
    ]
    _vessel(ware, 0.42, round_flask, (226, 120, 44), 0.52)
    ware.line(
        [(0.42, 0.2), (0.46, 0.1), (0.6, 0.16), (0.82, 0.5), (0.84, 0.62)], _GLASS, 0.028, alpha=0.55, smooth=True
    )
    _vessel(ware, 0.84, [(0.62, 0.04), (0.7, 0.04), (0.94, 0.13), (0.985, 0.12)], (70, 150, 214), 0.84)
    ware.turned(0.42, [(0.78, 0.03), (0.9, 0.035), (0.94, 0.1)], _STEEL)
    ware.halo(0.42, 0.72, 0.09, (90, 150, 255), 0.7)
    ware.shape(
        [(0.42, 0.66), (0.445, 0.74), (0.42, 0.785), (0.395, 0.74), (0.42, 0.66)],
        ware.paint((190, 220, 255)),
        smooth=True,
    )


def _tubes(ware: Ware) -> None:
    for k, tone in enumerate(((220, 70, 90), (240, 170, 50), (90, 180, 90), (70, 140, 220), (160, 90, 200))):
        x = 0.14 + 0.18 * k
        _vessel(ware, x, [(0.06, 0.055), (0.8, 0.055), (0.9, 0.045), (0.95, 0.02)], tone, 0.4 + 0.07 * (k % 3))
    for y in (0.3, 0.86):
        ware.slab(0.01, y, 0.99, y + 0.07, (168, 124, 80))
    for x in (0.0, 0.95):
        ware.slab(x, 0.3, x + 0.05, 0.99, (140, 100, 64))


def _microscope(ware: Ware) -> None:
    ware.slab(0.14, 0.9, 0.86, 0.99, _BLACK, corner=0.04)
    ware.line([(0.3, 0.92), (0.2, 0.62), (0.34, 0.32), (0.5, 0.26)], _WHITE, 0.12, smooth=True)
    ware.slab(0.34, 0.68, 0.84, 0.735, _BLACK, corner=0.01)
    ware.slab(0.52, 0.655, 0.76, 0.68, (150, 200, 220))
    ware.turned(0.64, [(0.02, 0.075), (0.1, 0.07), (0.11, 0.05), (0.3, 0.055)], _BLACK, shine=0.9)
    ware.turned(0.64, [(0.28, 0.1), (0.42, 0.1), (0.44, 0.075)], _WHITE, shine=0.7)
    for x, long in ((0.56, 0.1), (0.64, 0.17), (0.72, 0.1)):
        ware.turned(x, [(0.44, 0.032), (0.44 + long, 0.02)], _STEEL, shine=1.0)
    ware.ball(0.27, 0.74, 0.07, 0.07, _STEEL)
    ware.ball(0.27, 0.74, 0.035, 0.035, _BLACK)
    ware.turned(0.6, [(0.76, 0.09), (0.86, 0.1)], _BLACK)
    ware.halo(0.63, 0.66, 0.08, (255, 240, 200), 0.7)


def _telescope(ware: Ware) -> None:
    for x in (0.3, 0.5, 0.7):
        ware.line([(0.5, 0.56), (x + (x - 0.5) * 0.4, 0.99)], (112, 78, 50), 0.035)
    ware.ball(0.5, 0.55, 0.06, 0.05, _BLACK)
    ware.line([(0.14, 0.74), (0.86, 0.14)], (30, 30, 34), 0.165)
    ware.line([(0.145, 0.725), (0.85, 0.135)], (196, 200, 204), 0.13)
    ware.line([(0.13, 0.70), (0.83, 0.115)], (246, 248, 250), 0.03)
    ware.line([(0.80, 0.195), (0.9, 0.11)], _BLACK, 0.19)
    ware.line([(0.06, 0.80), (0.16, 0.72)], _BRASS, 0.07)
    ware.line([(0.3, 0.5), (0.52, 0.31)], _BLACK, 0.035)


def _molecule(ware: Ware) -> None:
    ware.turned(0.5, [(0.6, 0.012), (0.92, 0.014), (0.93, 0.14), (0.99, 0.18)], _BLACK)
    atoms = ((0.5, 0.4, 0.12, (60, 64, 72)), (0.26, 0.3, 0.09, (214, 60, 60)), (0.74, 0.26, 0.09, (214, 60, 60)),
             (0.34, 0.6, 0.07, (220, 224, 228)), (0.7, 0.56, 0.08, (70, 120, 214)), (0.5, 0.12, 0.07, (220, 224, 228)),
             (0.9, 0.5, 0.06, (220, 224, 228)))  # fmt: skip
    for x, y, *_ in atoms[1:6]:
        ware.line([(0.5, 0.4), (x, y)], (170, 170, 176), 0.03)
    ware.line([(0.7, 0.56), (0.9, 0.5)], (170, 170, 176), 0.03)
    for x, y, size, tone in atoms:
        ware.ball(x, y, size, size, tone)


def _machine(ware: Ware) -> None:
    ware.slab(0.02, 0.2, 0.98, 0.98, _WHITE, corner=0.06)
    ware.slab(0.06, 0.1, 0.94, 0.26, (190, 196, 200), corner=0.06)
    ware.slab(0.1, 0.34, 0.6, 0.64, (20, 30, 40), corner=0.02)
    ware.line(
        [(0.13, 0.56), (0.22, 0.5), (0.28, 0.58), (0.36, 0.4), (0.44, 0.54), (0.57, 0.46)], (110, 240, 200), 0.014
    )
    for row in range(2):
        for k, tone in enumerate(((220, 70, 60), (90, 200, 110), (80, 150, 230))):
            ware.ball(0.7 + 0.09 * k, 0.4 + 0.13 * row, 0.03, 0.03, tone)
    for y in (0.74, 0.8, 0.86):
        ware.line([(0.12, y), (0.88, y)], (150, 156, 160), 0.012)


def _stool(ware: Ware) -> None:
    ware.slab(0.08, 0.02, 0.92, 0.14, _BLACK, corner=0.05)
    ware.turned(0.5, [(0.14, 0.04), (0.8, 0.05)], _STEEL, shine=1.0)
    ware.oval(0.5, 0.6, 0.3, 0.04, ware.paint(_STEEL, stroke=0.025))
    for way in (-1, 1):
        ware.line([(0.5, 0.8), (0.5 + way * 0.42, 0.95)], _STEEL, 0.045)
        ware.ball(0.5 + way * 0.42, 0.96, 0.035, 0.035, _BLACK)
    ware.ball(0.5, 0.97, 0.035, 0.03, _BLACK)


def _swivel(ware: Ware) -> None:
    ware.slab(0.14, 0.0, 0.86, 0.52, (54, 58, 68), corner=0.12)
    ware.slab(0.2, 0.05, 0.8, 0.46, (66, 72, 84), corner=0.1)
    ware.slab(0.08, 0.5, 0.92, 0.62, (48, 52, 62), corner=0.05)
    for x in (0.0, 0.92):
        ware.slab(x, 0.38, x + 0.08, 0.44, _BLACK, corner=0.02)
        ware.slab(x + 0.02, 0.42, x + 0.05, 0.58, _BLACK)
    ware.turned(0.5, [(0.62, 0.035), (0.85, 0.035)], _STEEL, shine=1.0)
    for x in (0.12, 0.36, 0.64, 0.88):
        ware.line([(0.5, 0.84), (x, 0.94)], _BLACK, 0.04)
        ware.ball(x, 0.965, 0.035, 0.032, (24, 24, 28))


def _balance(ware: Ware) -> None:
    ware.slab(0.1, 0.88, 0.9, 0.99, (112, 76, 46), corner=0.02)
    ware.turned(0.5, [(0.1, 0.02), (0.16, 0.035), (0.2, 0.02), (0.84, 0.03), (0.88, 0.07)], _BRASS, shine=1.1)
    ware.line([(0.12, 0.22), (0.5, 0.17), (0.88, 0.2)], _BRASS, 0.03, smooth=True)
    for x, y in ((0.14, 0.66), (0.86, 0.62)):
        for way in (-1, 1):
            ware.line([(x, 0.22), (x + way * 0.12, y)], (150, 120, 66), 0.008)
        ware.shape(
            [(x - 0.14, y), (x + 0.14, y), (x + 0.08, y + 0.05), (x - 0.08, y + 0.05)],
            ware.across(x - 0.14, x + 0.14, _BRASS),
        )


_PAINTERS: dict[str, Callable[[Ware], None]] = {
    "blue flask": _flask((52, 128, 214)), "green flask": _flask((74, 178, 96)), "red flask": _flask((210, 66, 92)),
    "retort": _retort, "tubes": _tubes, "microscope": _microscope, "telescope": _telescope, "molecule": _molecule,
    "machine": _machine, "stool": _stool, "swivel": _swivel, "balance": _balance,
}  # fmt: skip


@cache
def apparatus(name: str) -> Pixels:
    """The picture of one thing."""
    ware = Ware()
    _PAINTERS[name](ware)
    return ware.pixels()
