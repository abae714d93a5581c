"""Things that stand in rooms, in full colour: seats, lamps, plants, vases, statues; each fills its square sheet."""

import math
from collections.abc import Callable
from functools import cache

import numpy as np

from aiprod.visuals.motion.cards.canvas import Pixels
from aiprod.visuals.motion.cards.ware import Tone, Ware

_WOOD: Tone = (122, 80, 48)
_DARK_WOOD: Tone = (84, 54, 34)
_BRASS: Tone = (186, 146, 76)
_IRON: Tone = (58, 56, 58)
_MARBLE: Tone = (206, 200, 190)


def _chair(ware: Ware) -> None:
    for x in (0.14, 0.86):
        ware.turned(x, [(0.02, 0.035), (0.55, 0.04), (0.98, 0.028)], _WOOD)
    for y in (0.08, 0.2, 0.32):
        ware.slab(0.14, y, 0.86, y + 0.055, _WOOD, corner=0.02)
    ware.slab(0.06, 0.52, 0.94, 0.6, (140, 94, 58), corner=0.03)
    for x in (0.22, 0.78):
        ware.turned(x, [(0.6, 0.03), (0.95, 0.022)], _DARK_WOOD)
    ware.slab(0.2, 0.78, 0.8, 0.81, _DARK_WOOD)


def _armchair(ware: Ware) -> None:
    leather: Tone = (122, 52, 36)
    for x in (0.14, 0.86):
        ware.turned(x, [(0.9, 0.03), (0.99, 0.02)], _DARK_WOOD)
    ware.slab(0.14, 0.04, 0.86, 0.75, leather, corner=0.13)
    ware.slab(0.18, 0.08, 0.82, 0.6, (138, 60, 42), corner=0.1)
    for row in range(3):
        for k in range(4):
            ware.ball(0.26 + 0.16 * k + 0.08 * (row % 2) - 0.02, 0.18 + 0.14 * row, 0.012, 0.012, (60, 22, 16))
    ware.slab(0.16, 0.56, 0.84, 0.74, (148, 66, 46), corner=0.06)
    ware.slab(0.1, 0.72, 0.9, 0.92, (112, 46, 32), corner=0.04)
    for x0 in (0.02, 0.8):
        ware.slab(x0, 0.4, x0 + 0.18, 0.93, (128, 56, 38), corner=0.08)
        ware.ball(x0 + 0.09, 0.46, 0.09, 0.07, (142, 64, 44))


def _table_lamp(ware: Ware) -> None:
    ware.turned(
        0.5,
        [(0.45, 0.02), (0.55, 0.03), (0.66, 0.12), (0.78, 0.14), (0.88, 0.05), (0.93, 0.06)],
        (60, 96, 92),
        shine=1.0,
    )
    ware.turned(0.5, [(0.93, 0.16), (0.99, 0.18)], _BRASS, shine=1.0)
    ware.shape(
        [(0.3, 0.06), (0.7, 0.06), (0.9, 0.46), (0.1, 0.46)], ware.down(0.04, 0.46, (255, 226, 160), (255, 190, 104))
    )
    ware.line([(0.1, 0.455), (0.9, 0.455)], (196, 120, 60), 0.014)


def _globe(ware: Ware) -> None:
    ware.turned(0.5, [(0.74, 0.02), (0.82, 0.05), (0.88, 0.03), (0.93, 0.13), (0.99, 0.24)], _DARK_WOOD)
    ware.ball(0.5, 0.39, 0.33, 0.33, (60, 106, 136))
    land: Tone = (176, 150, 92)
    random = np.random.default_rng(5)
    for x, y, size in (
        (0.38, 0.28, 0.11),
        (0.58, 0.36, 0.13),
        (0.45, 0.52, 0.09),
        (0.66, 0.54, 0.06),
        (0.33, 0.42, 0.05),
    ):
        outline = [
            (x + math.cos(a) * size * random.uniform(0.6, 1.1), y + math.sin(a) * size * random.uniform(0.6, 1.1))
            for a in np.linspace(0, math.tau, 11)
        ]
        ware.shape(outline, ware.paint(land, alpha=0.85), smooth=True)
    ware.ball(0.5, 0.39, 0.33, 0.33, (20, 16, 10), alpha=0.25)
    ware.shape(
        [(0.5 + math.cos(a) * 0.37, 0.39 + math.sin(a) * 0.37) for a in np.linspace(-2.0, 1.6, 24)],
        ware.paint(_BRASS, stroke=0.028), closed=False,
    )  # fmt: skip


def _flowers(ware: Ware) -> None:
    random = np.random.default_rng(3)
    for _ in range(15):
        x, y = 0.5 + random.normal() * 0.17, random.uniform(0.08, 0.42)
        ware.line([(0.5, 0.66), (0.5 + (x - 0.5) * 0.4, 0.5), (x, y)], (70, 104, 52), 0.012, smooth=True)
        ware.oval(x * 0.7 + 0.15, y * 0.6 + 0.24, 0.05, 0.02, ware.paint((84, 124, 62)))
    for k in range(16):
        x, y = 0.5 + random.normal() * 0.17, random.uniform(0.07, 0.4)
        tone: Tone = ((222, 90, 96), (240, 190, 90), (236, 224, 214), (176, 104, 180))[k % 4]
        for a in range(6):
            ware.ball(x + math.cos(a * 1.05) * 0.035, y + math.sin(a * 1.05) * 0.035, 0.032, 0.03, tone)
        ware.ball(x, y, 0.018, 0.018, (220, 170, 60))
    ware.turned(0.5, [(0.56, 0.1), (0.6, 0.07), (0.76, 0.19), (0.9, 0.15), (0.98, 0.09)], (66, 108, 142), shine=1.2)


def _plant(ware: Ware) -> None:
    random = np.random.default_rng(8)
    for k in range(38):
        angle = math.radians(random.uniform(-88, 88))
        long = random.uniform(0.3, 0.62)
        tip = (0.5 + math.sin(angle) * long * 0.78, 0.72 - math.cos(angle) * long)
        bend = (0.5 + math.sin(angle) * long * 0.25, 0.72 - math.cos(angle) * long * 0.75 - 0.06)
        side = (tip[1] - bend[1]) * 0.24, (tip[0] - bend[0]) * 0.24
        level = 0.55 + 0.6 * (k / 38)
        leaf: Tone = (round(46 * level), round(112 * level), round(56 * level))
        ware.line([(0.5, 0.75), bend, tip], leaf, 0.008, smooth=True)
        ware.shape(
            [bend, (tip[0] - 0.04 + side[0], tip[1] - side[1]), tip, (tip[0] + 0.03 - side[0], tip[1] + side[1])],
            ware.paint(leaf),
            smooth=True,
        )
    ware.turned(0.5, [(0.72, 0.2), (0.76, 0.2), (0.77, 0.18), (0.99, 0.13)], (176, 98, 66))


def _candles(ware: Ware) -> None:
    ware.turned(
        0.5, [(0.42, 0.02), (0.62, 0.035), (0.66, 0.06), (0.9, 0.03), (0.94, 0.12), (0.99, 0.2)], _BRASS, shine=1.1
    )
    for x in (0.16, 0.84):
        ware.line([(x, 0.44), (x, 0.58), (0.5, 0.62)], _BRASS, 0.035, smooth=True)
    for x, top in ((0.16, 0.24), (0.5, 0.18), (0.84, 0.26)):
        ware.turned(x, [(0.42, 0.06), (0.45, 0.04)], _BRASS)
        ware.turned(x, [(top, 0.03), (0.43, 0.032)], (238, 224, 190), shine=0.15)
        ware.halo(x, top - 0.07, 0.13, (255, 180, 80), 0.55)
        flame = [(x, top - 0.16), (x + 0.026, top - 0.06), (x, top - 0.005), (x - 0.026, top - 0.06), (x, top - 0.16)]
        ware.shape(flame, ware.paint((255, 236, 170)), smooth=True)


def _fruit(ware: Ware) -> None:
    for x, y, tone in (
        (0.32, 0.42, (206, 60, 44)),
        (0.52, 0.34, (226, 150, 52)),
        (0.7, 0.42, (150, 176, 64)),
        (0.44, 0.5, (214, 84, 50)),
        (0.6, 0.5, (224, 176, 66)),
    ):
        ware.ball(x, y, 0.14, 0.15, tone)
    ware.turned(0.5, [(0.5, 0.46), (0.56, 0.44), (0.8, 0.28), (0.9, 0.12), (0.98, 0.18)], (214, 206, 190))


def _bust(ware: Ware) -> None:
    ware.turned(
        0.5,
        [(0.56, 0.3), (0.6, 0.32), (0.63, 0.24), (0.94, 0.22), (0.96, 0.3), (1.0, 0.33)],
        (150, 138, 126),
        shine=0.2,
    )
    ware.shape(
        [(0.24, 0.55), (0.27, 0.42), (0.42, 0.34), (0.58, 0.34), (0.73, 0.42), (0.76, 0.55)],
        ware.across(0.2, 0.8, _MARBLE, shine=0.2),
    )
    ware.turned(0.5, [(0.24, 0.07), (0.38, 0.1)], _MARBLE, shine=0.2)
    ware.ball(0.5, 0.16, 0.115, 0.15, _MARBLE)
    for k in range(12):
        a = math.pi * (1.0 + k / 11)
        ware.ball(0.5 + math.cos(a) * 0.11, 0.12 + math.sin(a) * 0.1, 0.04, 0.035, (190, 184, 174))
    ware.line([(0.49, 0.15), (0.475, 0.2), (0.5, 0.21)], (120, 112, 104), 0.008)
    for x in (0.45, 0.55):
        ware.oval(x, 0.15, 0.018, 0.008, ware.paint((110, 104, 98)))
    ware.line([(0.47, 0.245), (0.53, 0.245)], (120, 112, 104), 0.007)


def _throne(ware: Ware) -> None:
    gold: Tone = (204, 158, 70)
    ware.shape(
        [
            (0.2, 0.9),
            (0.16, 0.2),
            (0.3, 0.1),
            (0.42, 0.08),
            (0.5, 0.0),
            (0.58, 0.08),
            (0.7, 0.1),
            (0.84, 0.2),
            (0.8, 0.9),
        ],
        ware.across(0.12, 0.9, gold, shine=0.5),
    )
    ware.shape(
        [(0.26, 0.8), (0.23, 0.24), (0.36, 0.16), (0.64, 0.16), (0.77, 0.24), (0.74, 0.8)],
        ware.down(0.1, 0.8, (150, 26, 34), (92, 12, 22)),
    )
    for row in range(4):
        for k in range(4):
            ware.ball(0.33 + 0.1133 * k, 0.26 + 0.1 * row, 0.012, 0.012, gold)
    ware.ball(0.5, 0.07, 0.035, 0.035, (186, 40, 50))
    ware.slab(0.22, 0.6, 0.78, 0.7, (170, 34, 42), corner=0.04)
    ware.slab(0.18, 0.69, 0.82, 0.88, gold, corner=0.02)
    for x in (0.1, 0.78):
        ware.slab(x, 0.5, x + 0.12, 0.57, gold, corner=0.03)
        ware.turned(x + 0.06, [(0.56, 0.035), (0.75, 0.05), (0.9, 0.04), (0.99, 0.06)], gold)


def _pendant(ware: Ware) -> None:
    ware.line([(0.5, 0.0), (0.5, 0.5)], _IRON, 0.016)
    ware.turned(0.5, [(0.48, 0.05), (0.58, 0.06), (0.66, 0.2), (0.82, 0.44), (0.84, 0.45)], (46, 58, 58), shine=0.9)
    ware.oval(0.5, 0.845, 0.43, 0.05, ware.paint((255, 226, 160)))
    ware.ball(0.5, 0.87, 0.1, 0.08, (255, 246, 214))


def _chandelier(ware: Ware) -> None:
    ware.line([(0.5, 0.0), (0.5, 0.5)], _IRON, 0.012)
    ware.turned(0.5, [(0.3, 0.02), (0.42, 0.06), (0.55, 0.03), (0.72, 0.07), (0.82, 0.01)], _BRASS, shine=1.0)
    for x in (0.06, 0.22, 0.36, 0.64, 0.78, 0.94):
        ware.line([(0.5, 0.6), (0.5 + (x - 0.5) * 0.5, 0.8), (x, 0.62)], _BRASS, 0.02, smooth=True)
        ware.turned(x, [(0.58, 0.045), (0.62, 0.02)], _BRASS)
        ware.turned(x, [(0.42, 0.018), (0.58, 0.018)], (240, 228, 200), shine=0.1)
        ware.halo(x, 0.36, 0.1, (255, 186, 90), 0.6)
        ware.shape(
            [(x, 0.28), (x + 0.02, 0.37), (x, 0.42), (x - 0.02, 0.37), (x, 0.28)],
            ware.paint((255, 240, 190)),
            smooth=True,
        )


def _tools(ware: Ware) -> None:
    steel: Tone = (150, 154, 160)
    for x, kind in (
        (0.1, "saw"),
        (0.3, "hammer"),
        (0.46, "chisel"),
        (0.58, "chisel"),
        (0.72, "pliers"),
        (0.88, "plane"),
    ):
        if kind == "saw":
            ware.shape([(x - 0.03, 0.3), (x + 0.05, 0.3), (x + 0.03, 0.92), (x - 0.03, 0.92)], ware.paint(steel))
            ware.slab(x - 0.06, 0.1, x + 0.07, 0.32, _WOOD, corner=0.04)
        elif kind == "hammer":
            ware.turned(x, [(0.2, 0.016), (0.85, 0.022)], (170, 122, 76))
            ware.slab(x - 0.09, 0.12, x + 0.09, 0.22, (92, 94, 100), corner=0.015)
        elif kind == "chisel":
            ware.turned(x, [(0.12, 0.026), (0.4, 0.03)], (182, 120, 60))
            ware.slab(x - 0.016, 0.4, x + 0.016, 0.8, steel)
        elif kind == "pliers":
            for lean in (-0.05, 0.05):
                ware.line([(x - lean * 0.4, 0.12), (x, 0.34), (x + lean, 0.8)], (170, 50, 42), 0.03)
            ware.ball(x, 0.34, 0.03, 0.03, steel)
        else:
            ware.oval(x, 0.4, 0.1, 0.26, ware.paint(_WOOD, stroke=0.02))
            ware.slab(x - 0.05, 0.66, x + 0.05, 0.74, _DARK_WOOD)


def _books(ware: Ware) -> None:
    random, y = np.random.default_rng(9), 0.99
    for tone in ((120, 44, 36), (52, 76, 96), (164, 128, 68), (60, 92, 66), (136, 88, 60)):
        high, left, right = random.uniform(0.13, 0.2), random.uniform(0.02, 0.12), random.uniform(0.86, 0.98)
        ware.slab(left, y - high, right, y, tone, corner=0.03)
        ware.slab(left + 0.08, y - high + 0.03, right, y - 0.03, (216, 204, 176))
        ware.slab(left, y - high, left + 0.12, y, tone, corner=0.03)
        y -= high


def _pots(ware: Ware) -> None:
    copper: Tone = (190, 104, 62)
    ware.turned(0.34, [(0.4, 0.24), (0.43, 0.26), (0.46, 0.25), (0.9, 0.24), (0.98, 0.2)], copper, shine=1.2)
    ware.turned(0.34, [(0.3, 0.03), (0.35, 0.05), (0.36, 0.16), (0.41, 0.25)], copper, shine=1.2)
    ware.turned(0.78, [(0.52, 0.1), (0.58, 0.17), (0.9, 0.19), (0.98, 0.16)], (206, 198, 182))
    ware.line([(0.94, 0.6), (1.0, 0.72), (0.94, 0.86)], (206, 198, 182), 0.03, smooth=True)
    for x, tip in ((0.72, 0.14), (0.78, 0.04), (0.86, 0.18)):
        ware.line([(0.78, 0.56), (x, tip + 0.1)], (150, 106, 62), 0.02)
        ware.oval(x, tip + 0.07, 0.035, 0.07, ware.paint((160, 116, 70)))


_PAINTERS: dict[str, Callable[[Ware], None]] = {
    "chair": _chair, "armchair": _armchair, "lamp": _table_lamp, "globe": _globe, "flowers": _flowers, "plant": _plant,
    "candles": _candles, "fruit": _fruit, "bust": _bust, "throne": _throne, "pendant": _pendant,
    "chandelier": _chandelier, "tools": _tools, "books": _books, "pots": _pots,
}  # fmt: skip


@cache
def furnishing(name: str) -> Pixels:
    """The picture of one thing."""
    ware = Ware()
    _PAINTERS[name](ware)
    return ware.pixels()
