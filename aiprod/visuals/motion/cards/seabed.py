"""What grows under water: ribbons of kelp, branching and fanned corals, tubes."""

import itertools
import math
from functools import cache

import numpy as np

from aiprod.visuals.motion.cards.canvas import Pixels, Sheet


@cache
def kelp(number: int) -> Pixels:
    """A few tall ribbons with leaves, 1:3."""
    random = np.random.default_rng(21_000 + number)
    width, height = 256, 768
    sheet = Sheet(width, height)
    for _ in range(4):
        foot, lean, tall = (
            width * random.uniform(0.32, 0.68),
            random.uniform(-40, 40),
            height * random.uniform(0.7, 0.97),
        )
        tone, phase = random.uniform(0.3, 0.75), random.random() * 6
        spots = [(foot + lean * s + 12 * math.sin(s * 8 + phase), height - s * tall) for s in np.linspace(0, 1, 22)]
        for (x0, y0), (x1, y1) in itertools.pairwise(spots):
            sheet.line(x0, y0, x1, y1, sheet.paint(tone * 0.8, rim=0.4, stroke=5))
        for i, (x, y) in enumerate(spots[2:]):
            side = 1 if i % 2 else -1
            turn = -90 + side * random.uniform(42, 66)
            sheet.leaf(x, y, turn, random.uniform(46, 78), tone=tone, width=0.16, rim=0.6)
    return sheet.pixels(fade=0.08)


@cache
def branching_coral(number: int) -> Pixels:
    """A stag's antlers of stone, 1:1."""
    random = np.random.default_rng(22_000 + number)
    size = 384
    sheet = Sheet(size, size)

    def branch(x: float, y: float, angle: float, length: float, width: float, depth: int) -> None:
        x1, y1 = x + math.cos(angle) * length, y - math.sin(angle) * length
        tone = 0.35 + 0.1 * (5 - depth)
        sheet.line(x, y, x1, y1, sheet.paint(tone * 0.7, rim=0.3, stroke=width))
        sheet.line(
            x - width * 0.15, y, x1 - width * 0.12, y1, sheet.paint(min(tone * 1.25, 1), rim=0.8, stroke=width * 0.5)
        )
        if depth == 0:
            sheet.oval(x1, y1, width * 0.6, width * 0.6, sheet.paint(0.95, rim=1.0))
            return
        for turn in random.uniform(-0.62, 0.62, 2 if random.random() < 0.7 else 3):
            branch(x1, y1, angle + turn, length * random.uniform(0.66, 0.86), width * 0.76, depth - 1)

    for start in random.uniform(0.30, 0.70, 3):
        branch(size * start, size, math.pi / 2 + random.uniform(-0.5, 0.5), size * 0.20, 21, 4)
    return sheet.pixels(fade=0.05)


@cache
def fan_coral(number: int) -> Pixels:
    """A lace fan, 1:1."""
    random = np.random.default_rng(23_000 + number)
    size = 384
    sheet = Sheet(size, size)
    for i in range(46):
        angle = math.pi * (0.10 + 0.80 * i / 45)
        reach = size * random.uniform(0.72, 0.92)
        bend = random.uniform(-26, 26)
        tip = (size / 2 + math.cos(angle) * reach * 0.6, size - math.sin(angle) * reach)
        middle = (size / 2 + math.cos(angle) * reach * 0.3 + bend, size - math.sin(angle) * reach * 0.55)
        brush = sheet.paint(random.uniform(0.35, 0.85), rim=0.7, stroke=3.2)
        sheet.curve([(size / 2, size), (size / 2, size * 0.9), middle, tip], brush)
    for ring in range(4, 13):
        for i in range(40):
            angle = math.pi * (0.12 + 0.76 * i / 39)
            reach = size * ring / 14
            x, y = size / 2 + math.cos(angle) * reach * 0.6, size - math.sin(angle) * reach
            sheet.oval(x, y, 4.5, 3, sheet.paint(random.uniform(0.4, 0.9), rim=0.6))
    return sheet.pixels(fade=0.05)


@cache
def tubes(number: int) -> Pixels:
    """Sponges like organ pipes, 1:1."""
    random = np.random.default_rng(24_000 + number)
    size = 384
    sheet = Sheet(size, size)
    for x in sorted(random.uniform(0.22, 0.78, 7), key=lambda x: -abs(x - 0.5)):
        tall, wide = size * random.uniform(0.35, 0.85), random.uniform(17, 27)
        lean = (x - 0.5) * 120
        for share, tone in ((1.0, 0.35), (0.66, 0.6), (0.3, 0.85)):
            brush = sheet.paint(tone, rim=0.5, stroke=2 * wide * share)
            sheet.line(
                size * x - wide * (1 - share) * 0.5,
                size,
                size * x + lean - wide * (1 - share) * 0.5,
                size - tall,
                brush,
            )
        sheet.oval(size * x + lean, size - tall - wide * 0.5, wide * 0.8, wide * 0.45, sheet.paint(0.08))
    return sheet.pixels(fade=0.05)
