"""Coat patterns as marks laid over a whole standing animal: stripes, spots, rosettes, tiles, patches.

Knows coats and Skia paths. `coats.py` paints the marks inside each part.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import Colour, Outline, curve, darker, mix, oval, path, ribbon, smooth
from aiprod.visuals.motion.subjects.species import Species

if TYPE_CHECKING:
    import skia


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark; `line` strokes it that wide, 0 fills it. `bounds` tell which parts it touches."""

    shape: "skia.Path"
    bounds: "skia.Rect"
    tone: Colour
    alpha: float = 1.0
    line: float = 0.0
    blur: float = 0.0


def marks(species: Species, unit: float, seed: int) -> tuple[Mark, ...]:
    """The pattern of a species; `unit` is the shoulder's height in rig space."""
    random = np.random.default_rng(seed)
    match species.coat.pattern:
        case "tiger" | "zebra":
            found = _stripes(species, unit, random)
        case "spots" | "rosettes":
            found = _spots(species, unit, random)
        case "giraffe":
            found = _tiles(species, unit, random)
        case "scales":
            found = _scales(species, unit)
        case "holstein" | "piebald":
            found = _patches(species, unit, random)
        case "fawn" | "hyena":
            found = _flecks(species, unit, random)
        case "panda" | "badger":
            found = _bands(species, unit)
        case _:
            found = iter(())
    return tuple(found)


def _mark(outline: Outline, tone: Colour, alpha: float = 1.0, *, blur: float = 0.0) -> Mark:
    shape = path(outline)
    return Mark(shape=shape, bounds=shape.getBounds().makeOutset(3 * blur, 3 * blur), tone=tone, alpha=alpha, blur=blur)


def _stripes(species: Species, unit: float, random: np.random.Generator) -> Iterator[Mark]:
    dense, tone, length = species.coat.pattern == "zebra", species.coat.marks, species.length
    count = 30 if dense else 22
    for index in range(count):
        x = (-0.62 + 1.5 * (index + random.uniform(-0.2, 0.2)) / count) * length
        lean, thick = random.uniform(-0.05, 0.07), (0.014 if dense else 0.017) * random.uniform(0.75, 1.25)
        low = 1 - species.depth * (random.uniform(0.75, 1.05) if dense else random.uniform(0.45, 0.85))
        spine = [(unit * x, unit * 1.9), (unit * (x + lean), unit * 1.0),
            (unit * (x + lean * 2), unit * (0.5 + low / 2)), (unit * (x + lean * 1.4), unit * low)]  # fmt: skip
        yield _mark(ribbon(spine, [unit * thick, unit * thick * 1.3, unit * thick, unit * 0.003]), tone)
    for index in range(15):
        y = unit * (0.08 + 0.042 * index)
        for side in (-1.0, 1.0):
            x = side * unit * length * 0.36
            end = (x + unit * random.uniform(-0.02, 0.1), y - unit * 0.012)
            band = ribbon(
                [(x - unit * 0.2, y + unit * 0.02), ((x - unit * 0.2 + end[0]) / 2, y), end],
                [unit * 0.011, unit * 0.010, unit * 0.002],
            )
            yield _mark(band, tone, 0.9 if index < 11 else 0.5)


def _spots(species: Species, unit: float, random: np.random.Generator) -> Iterator[Mark]:
    hollow, tone = species.coat.pattern == "rosettes", species.coat.marks
    wide = max(species.length, 1.0)
    gap = (0.088 if hollow else 0.062) * max(1.0, wide / 1.4)
    for row in range(int(1.4 / (gap * 0.86))):
        y = 0.12 + row * gap * 0.86
        for column in range(int(2.4 * wide / gap)):
            x = -1.2 * wide + (column + (row % 2) * 0.5) * gap + random.uniform(-0.25, 0.25) * gap
            size = unit * gap * random.uniform(0.24, 0.36) * (1.25 if hollow and y > 0.5 else 0.85)
            centre = (unit * x, unit * (y + random.uniform(-0.2, 0.2) * gap))
            if not (hollow and y > 0.5):
                yield _mark(oval(centre, size, size * 0.82, random.uniform(0, 90)), tone)
                continue
            yield _mark(oval(centre, size, size * 0.85), darker(species.coat.back, 0.28), 0.8)
            for start in (random.uniform(0, 2), random.uniform(2.6, 4.4)):
                arc = [
                    (centre[0] + size * math.cos(start + a), centre[1] + size * 0.9 * math.sin(start + a))
                    for a in (0.0, 0.7, 1.4, 1.9)
                ]
                shape = curve(smooth(arc, closed=False))
                yield Mark(shape=shape, bounds=shape.getBounds().makeOutset(size, size), tone=tone, line=size * 0.55)


def _tiles(species: Species, unit: float, random: np.random.Generator) -> Iterator[Mark]:
    gap, coat = 0.135, species.coat
    for row in range(14):
        for column in range(20):
            x = -0.9 + (column + (row % 2) * 0.5) * gap + random.uniform(-0.018, 0.018)
            y = 0.42 + row * gap * 0.86 + random.uniform(-0.018, 0.018)
            shrink = 0.40 if y > 0.62 else 0.28
            turn = random.uniform(0, 1)
            corners = [(unit * (x + gap * shrink * 1.14 * random.uniform(0.86, 1.12) * math.cos(a + turn)),
                        unit * (y + gap * shrink * 1.1 * random.uniform(0.86, 1.12) * math.sin(a + turn)))
                       for a in np.linspace(0, 2 * math.pi, 7)[:-1]]  # fmt: skip
            yield _mark(np.asarray(corners), mix(coat.marks, coat.back, 0.1 if y > 0.7 else 0.35))


def _scales(species: Species, unit: float) -> Iterator[Mark]:
    for row in range(12):
        for column in range(46):
            x = (column - 23 + (row % 2) * 0.5) * unit * 0.15
            yield _mark(oval((x, unit * (0.35 + row * 0.065)), unit * 0.055, unit * 0.022), species.coat.marks, 0.30)


def _patches(species: Species, unit: float, random: np.random.Generator) -> Iterator[Mark]:
    for x, y, r in ((-0.40, 0.86, 0.20), (0.02, 0.95, 0.17), (0.34, 0.72, 0.16), (-0.14, 0.56, 0.10), (0.66, 1.02,
        0.13)):  # fmt: skip
        blot = [(unit * (x * species.length + r * random.uniform(0.75, 1.2) * math.cos(a)),
            unit * (y + r * random.uniform(0.7, 1.1) * math.sin(a))) for a in np.linspace(0, 2 * math.pi, 9)[:-1]]  # fmt: skip
        yield _mark(smooth(blot), species.coat.marks)


def _flecks(species: Species, unit: float, random: np.random.Generator) -> Iterator[Mark]:
    young = species.coat.pattern == "fawn"
    for _ in range(34 if young else 46):
        x = random.uniform(-0.5, 0.1 if young else 0.7) * species.length
        y = random.uniform(0.72, 0.94) if young else random.uniform(0.5, 0.98)
        size = unit * (0.013 if young else 0.021)
        tone: Colour = (1.0, 0.97, 0.9) if young else species.coat.marks
        yield _mark(oval((unit * x, unit * y), size, size * 0.8), tone, 0.75)


def _bands(species: Species, unit: float) -> Iterator[Mark]:
    tone, length = species.coat.marks, species.length
    if species.coat.pattern == "panda":
        spine = [
            (unit * length * 0.30, unit * 1.12),
            (unit * length * 0.33, unit * 0.75),
            (unit * length * 0.30, unit * 0.30),
        ]
        yield _mark(ribbon(spine, [unit * 0.15, unit * 0.17, unit * 0.2]), tone, blur=unit * 0.008)
    else:
        yield _mark(
            oval((0, unit * (1 - species.depth)), unit * length * 0.6, unit * 0.14), tone, 0.7, blur=unit * 0.04
        )
