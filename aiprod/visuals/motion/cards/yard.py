"""Things that stand out of doors in villages, in full colour: lanterns, wells, barrels, carts, hay, fences, stalls."""

import math
from collections.abc import Callable
from functools import cache

import numpy as np

from aiprod.visuals.motion.cards.canvas import Pixels
from aiprod.visuals.motion.cards.ware import Tone, Ware

_WOOD: Tone = (128, 94, 62)
_DARK: Tone = (86, 60, 40)
_IRON: Tone = (48, 48, 52)
_STONE: Tone = (150, 144, 134)


def _lantern(ware: Ware) -> None:
    ware.turned(0.5, [(0.3, 0.03), (0.9, 0.04), (0.92, 0.09), (1.0, 0.12)], _IRON, shine=0.5)
    ware.turned(0.5, [(0.26, 0.16), (0.3, 0.1), (0.32, 0.04)], _IRON)
    ware.shape(
        [(0.3, 0.09), (0.7, 0.09), (0.64, 0.27), (0.36, 0.27)], ware.down(0.08, 0.28, (255, 232, 168), (255, 196, 104))
    )
    for x0, x1 in ((0.3, 0.36), (0.5, 0.5), (0.7, 0.64)):
        ware.line([(x0, 0.09), (x1, 0.27)], _IRON, 0.03)
    ware.shape([(0.24, 0.1), (0.5, 0.0), (0.76, 0.1)], ware.paint(_IRON))


def _well(ware: Ware) -> None:
    for x in (0.16, 0.84):
        ware.slab(x - 0.03, 0.22, x + 0.03, 0.66, _DARK)
    ware.line([(0.16, 0.38), (0.84, 0.38)], _WOOD, 0.05)
    ware.line([(0.5, 0.4), (0.5, 0.58)], (180, 160, 120), 0.012)
    ware.shape([(0.38, 0.5), (0.62, 0.5), (0.58, 0.64), (0.42, 0.64)], ware.across(0.36, 0.64, _WOOD))
    ware.shape(
        [(0.0, 0.26), (0.5, 0.0), (1.0, 0.26), (0.94, 0.3), (0.06, 0.3)],
        ware.down(0.0, 0.3, (150, 84, 58), (96, 52, 40)),
    )
    for row in range(5):
        ware.line(
            [(0.5 - 0.095 * (row + 0.6), 0.055 + 0.05 * row), (0.5 + 0.095 * (row + 0.6), 0.055 + 0.05 * row)],
            (74, 42, 34),
            0.01,
        )
    ware.shape([(0.06, 0.62), (0.94, 0.62), (0.9, 1.0), (0.1, 1.0)], ware.across(0.05, 0.95, _STONE, shine=0.15))
    random = np.random.default_rng(4)
    for row in range(4):
        for k in range(8):
            x, y = 0.1 + 0.105 * k + 0.05 * (row % 2), 0.67 + 0.085 * row
            level = random.uniform(-26, 26)
            tone: Tone = (round(140 + level), round(134 + level), round(124 + level))
            ware.oval(min(x + 0.02, 0.88), y, 0.045, 0.035, ware.paint(tone, alpha=0.55))
    ware.slab(0.03, 0.59, 0.97, 0.65, (170, 164, 152), corner=0.02)


def _barrel(ware: Ware) -> None:
    ware.turned(0.5, [(0.02, 0.34), (0.3, 0.44), (0.5, 0.47), (0.7, 0.44), (0.99, 0.34)], _WOOD, shine=0.35)
    for x in (0.2, 0.34, 0.5, 0.66, 0.8):
        ware.line([(0.5 + (x - 0.5) * 0.8, 0.02), (x, 0.5), (0.5 + (x - 0.5) * 0.8, 0.99)], _DARK, 0.008, smooth=True)
    for y, wide in ((0.1, 0.375), (0.28, 0.44), (0.74, 0.435), (0.92, 0.37)):
        ware.turned(0.5, [(y, wide), (y + 0.05, wide)], (84, 84, 90), shine=0.7)


def _wheel(ware: Ware, x: float, y: float, radius: float) -> None:
    ware.oval(x, y, radius, radius, ware.paint(_DARK, stroke=0.035))
    for k in range(8):
        a = k * math.pi / 4
        ware.line([(x, y), (x + math.cos(a) * radius, y + math.sin(a) * radius)], _WOOD, 0.016)
    ware.ball(x, y, 0.035, 0.035, _DARK)


def _cart(ware: Ware) -> None:
    random = np.random.default_rng(6)
    for k in range(60):
        x, y = random.uniform(0.16, 0.86), random.uniform(0.12, 0.42)
        if abs(x - 0.5) < 0.4 * (1 - (0.42 - y) * 1.8):
            level = 0.7 + 0.4 * (k / 60)
            straw: Tone = (round(206 * level), round(166 * level), round(88 * level))
            ware.line([(x - 0.07, y + random.normal() * 0.03), (x + 0.07, y + random.normal() * 0.03)], straw, 0.022)
    ware.shape(
        [(0.06, 0.36), (0.94, 0.36), (0.88, 0.66), (0.12, 0.66)], ware.down(0.36, 0.66, (150, 110, 72), (92, 64, 42))
    )
    for y in (0.44, 0.52, 0.6):
        ware.line([(0.08, y), (0.92, y)], (70, 48, 32), 0.008)
    ware.line([(0.9, 0.6), (1.0, 0.9)], _WOOD, 0.03)
    for x in (0.28, 0.72):
        _wheel(ware, x, 0.76, 0.22)


def _hay(ware: Ware) -> None:
    ware.ball(0.5, 0.5, 0.49, 0.49, (196, 158, 84))
    random = np.random.default_rng(2)
    for k in range(26):
        radius = 0.03 + 0.017 * k
        ware.oval(
            0.5, 0.5, radius, radius, ware.paint((232, 196, 118) if k % 2 else (138, 104, 50), alpha=0.5, stroke=0.008)
        )
    for _ in range(140):
        a, r = random.uniform(0, math.tau), random.uniform(0.1, 0.48)
        x, y = 0.5 + math.cos(a) * r, 0.5 + math.sin(a) * r
        ware.line([(x, y), (x + random.normal() * 0.04, y + random.normal() * 0.03)], (236, 204, 130), 0.006, alpha=0.7)


def _fence(ware: Ware) -> None:
    random = np.random.default_rng(3)
    for y in (0.36, 0.68):
        ware.slab(0.0, y, 1.0, y + 0.07, (140, 112, 82))
    for k in range(6):
        x, top = 0.083 + 0.167 * k, 0.06 + random.uniform(0, 0.06)
        ware.shape(
            [(x - 0.035, top + 0.08), (x, top), (x + 0.035, top + 0.08), (x + 0.035, 1.0), (x - 0.035, 1.0)],
            ware.across(x - 0.05, x + 0.05, (152, 122, 90), shine=0.2),
        )


def _stall(ware: Ware) -> None:
    for x in (0.08, 0.92):
        ware.slab(x - 0.02, 0.2, x + 0.02, 1.0, _WOOD)
    ware.slab(0.04, 0.6, 0.96, 0.98, _DARK)
    for k in range(8):
        ware.line([(0.04 + 0.115 * k, 0.62), (0.04 + 0.115 * k, 0.98)], (60, 42, 28), 0.008)
    for k, tone in enumerate(((206, 64, 44), (226, 160, 52), (118, 150, 58), (200, 88, 40), (150, 60, 90))):
        for i in range(7):
            ware.ball(0.1 + 0.18 * k + 0.022 * i, 0.575 - 0.03 * (i % 2), 0.024, 0.034, tone)
    for k in range(8):
        tone = (184, 52, 46) if k % 2 else (236, 228, 210)
        x0, x1 = k / 8, (k + 1) / 8
        ware.shape(
            [(0.1 + 0.8 * x0, 0.02), (0.1 + 0.8 * x1, 0.02), (x1, 0.24), (x0, 0.24)],
            ware.down(0.0, 0.26, tone, _darker(tone)),
        )
        ware.oval((x0 + x1) / 2, 0.24, 0.0625, 0.04, ware.paint(_darker(tone)))


def _darker(tone: Tone) -> Tone:
    return round(tone[0] * 0.72), round(tone[1] * 0.72), round(tone[2] * 0.72)


def _fountain(ware: Ware) -> None:
    ware.turned(
        0.5,
        [(0.05, 0.015), (0.1, 0.05), (0.16, 0.03), (0.26, 0.05), (0.3, 0.2), (0.34, 0.16), (0.42, 0.05), (0.72, 0.07)],
        _STONE,
        shine=0.2,
    )
    ware.oval(0.5, 0.72, 0.46, 0.06, ware.paint((96, 134, 150)))
    for way in (-1, 1):
        for k in range(3):
            ware.line(
                [(0.5 + way * 0.19, 0.3), (0.5 + way * (0.24 + 0.03 * k), 0.36), (0.5 + way * (0.26 + 0.03 * k), 0.72)],
                (220, 236, 244),
                0.012,
                alpha=0.6,
                smooth=True,
            )
    ware.turned(
        0.5, [(0.72, 0.48), (0.78, 0.48), (0.8, 0.44), (0.94, 0.42), (0.96, 0.49), (1.0, 0.49)], _STONE, shine=0.15
    )


_PAINTERS: dict[str, Callable[[Ware], None]] = {
    "lantern": _lantern, "well": _well, "barrel": _barrel, "cart": _cart, "hay": _hay, "fence": _fence, "stall": _stall,
    "fountain": _fountain,
}  # fmt: skip


@cache
def yard_thing(name: str) -> Pixels:
    """The picture of one thing."""
    ware = Ware()
    _PAINTERS[name](ware)
    return ware.pixels()
