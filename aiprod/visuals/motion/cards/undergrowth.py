"""What grows low: grass, ferns, bushes, flowers, reeds, wheat, mushrooms, and leaves that frame the picture."""

import math
from functools import cache

import numpy as np

from aiprod.visuals.motion.cards.canvas import Pixels, Sheet


@cache
def grass(number: int) -> Pixels:
    """A tuft, 2:1."""
    random = np.random.default_rng(10_000 + number)
    width, height = 512, 256
    sheet = Sheet(width, height)
    for u, v in sorted((random.random(), random.random()) for _ in range(110)):
        x = width * (0.1 + 0.8 * v)
        tall = height * (0.35 + 0.6 * random.random()) * (1 - abs(v - 0.5) * 0.7)
        sheet.blade(
            x, height, random.normal() * width * 0.07, tall, 3.2, sheet.paint(0.25 + 0.55 * u, rim=0.3 + 0.6 * u)
        )
    return sheet.pixels(fade=0.3)


@cache
def meadow(number: int) -> Pixels:
    """A tuft with flower heads among the blades, 2:1; petals are the second material."""
    random = np.random.default_rng(11_000 + number)
    width, height = 512, 256
    sheet = Sheet(width, height)
    for u, v in sorted((random.random(), random.random()) for _ in range(80)):
        x = width * (0.1 + 0.8 * v)
        sheet.blade(
            x,
            height,
            random.normal() * 34,
            height * (0.3 + 0.45 * random.random()),
            3.0,
            sheet.paint(0.25 + 0.5 * u, rim=0.3 + 0.5 * u),
        )
    for _ in range(13):
        x, tall, bend = width * random.uniform(0.12, 0.88), height * random.uniform(0.45, 0.88), random.normal() * 18
        sheet.blade(x, height, bend, tall, 2.2, sheet.paint(0.5, rim=0.3))
        turn, tone = random.random() * 72, 0.6 + 0.4 * random.random()
        for k in range(5):
            a = math.radians(turn + 72 * k)
            sheet.oval(
                x + bend + math.cos(a) * 7,
                height - tall + math.sin(a) * 5.5,
                6.5,
                5,
                sheet.paint(tone, wood=1, rim=0.8),
                turn=turn + 72 * k,
            )
        sheet.oval(x + bend, height - tall, 4, 3.4, sheet.paint(0.25, wood=1))
    return sheet.pixels(fade=0.3)


@cache
def fern(number: int) -> Pixels:
    """A fern, 4:3."""
    random = np.random.default_rng(12_000 + number)
    width, height = 512, 384
    sheet = Sheet(width, height)
    for i in range(11):
        a = math.radians(-90 + (i - 5) * 15 + random.normal() * 5)
        long, x, y = height * (0.75 + 0.3 * random.random()), width / 2, height * 0.99
        for k in range(26):
            u = k / 26
            along = a + (1 if a > -math.pi / 2 else -1) * u * 0.9
            x += math.cos(along) * long / 26
            y += math.sin(along) * long / 26
            size = long * 0.2 * math.sin(math.pi * (u * 0.9 + 0.1)) * (1 - u * 0.3)
            for side in (-1, 1):
                sheet.leaf(
                    x,
                    y,
                    math.degrees(along) + side * 62,
                    size,
                    tone=0.25 + 0.5 * u + 0.15 * random.random(),
                    width=0.16,
                )
    return sheet.pixels(fade=0.2)


@cache
def bush(number: int) -> Pixels:
    """A rounded bush, 4:3."""
    random = np.random.default_rng(13_000 + number)
    width, height = 512, 384
    sheet = Sheet(width, height)
    lobes = [(random.uniform(0.22, 0.78), random.uniform(0.25, 0.62), random.uniform(0.16, 0.26)) for _ in range(9)]
    leaves = []
    for _ in range(2300):
        lx, ly, size = lobes[random.integers(len(lobes))]
        angle, out = random.random() * math.tau, math.sqrt(random.random())
        x, y = width * (lx + math.cos(angle) * out * size), height * (1 - ly - math.sin(angle) * out * size * 1.15)
        tone = 0.34 + 0.30 * math.sin(angle) * out + 0.22 * (ly - 0.4) + 0.11 * random.normal()
        leaves.append((tone, x, y))
    leaves.sort()
    for tone, x, y in leaves:
        sheet.leaf(
            x,
            y,
            random.random() * 360,
            12 + 10 * random.random(),
            tone=tone,
            width=0.28,
            rim=0.2 + 0.5 * max(tone - 0.4, 0),
        )
    return sheet.pixels(fade=0.15)


@cache
def reeds(number: int) -> Pixels:
    """Tall reeds with plumes, 2:3."""
    random = np.random.default_rng(14_000 + number)
    width, height = 384, 576
    sheet = Sheet(width, height)
    for _ in range(44):
        x, tall = width * random.uniform(0.12, 0.88), height * random.uniform(0.4, 0.92)
        sheet.blade(x, height, random.normal() * 42, tall, 3.4, sheet.paint(0.25 + 0.5 * random.random(), rim=0.5))
    for _ in range(9):
        x, tall, bend = width * random.uniform(0.2, 0.8), height * random.uniform(0.7, 0.95), random.normal() * 22
        sheet.blade(x, height, bend, tall, 2.4, sheet.paint(0.55, rim=0.4))
        sheet.oval(x + bend, height - tall + 30, 6.5, 34, sheet.paint(0.5, wood=1, rim=0.7), turn=bend * 0.3)
    return sheet.pixels(fade=0.12)


@cache
def wheat(number: int) -> Pixels:
    """Ears of wheat on their stalks, 4:3."""
    random = np.random.default_rng(15_000 + number)
    width, height = 512, 384
    sheet = Sheet(width, height)
    for depth, v in sorted((random.random(), random.random()) for _ in range(60)):
        x, tall, bend = width * (0.06 + 0.88 * v), height * random.uniform(0.6, 0.86), random.normal() * 26
        tone = 0.30 + 0.5 * depth
        sheet.blade(x, height, bend, tall, 2.2, sheet.paint(tone, rim=0.4))
        lean = math.atan2(bend * 1.6, tall) + 0.12 * random.normal()
        for k in range(9):
            ex, ey = x + bend + math.sin(lean) * k * 8, height - tall - math.cos(lean) * k * 7
            for side in (-1, 1):
                sheet.leaf(
                    ex, ey, math.degrees(lean) - 90 + side * 24, 13, tone=tone + 0.2 * (k / 9), width=0.26, rim=0.85
                )
                if k % 3 == 0:
                    sheet.line(
                        ex,
                        ey,
                        ex + math.sin(lean + side * 0.2) * 40,
                        ey - math.cos(lean + side * 0.2) * 40,
                        sheet.paint(tone + 0.2, rim=0.9, alpha=0.7, stroke=1.1),
                    )
    return sheet.pixels(fade=0.2)


@cache
def mushrooms(number: int) -> Pixels:
    """A few toadstools, 4:3; caps are the second material."""
    random = np.random.default_rng(16_000 + number)
    width, height = 512, 384
    sheet = Sheet(width, height)
    for x, tall in ((0.30, 0.52), (0.55, 0.86), (0.74, 0.40)):
        cx, top = width * x + random.normal() * 14, height * (1 - tall * random.uniform(0.85, 1.05))
        half = height * 0.24 * tall
        for k in range(7):
            u = (k - 3) / 3
            sheet.line(
                cx + u * 13 * tall,
                top,
                cx + u * 17 * tall,
                height,
                sheet.paint(0.9 - 0.4 * abs(u + 0.3), rim=0.4, stroke=7),
            )
        sheet.oval(cx, top + half * 0.22, half * 1.18, half * 0.30, sheet.paint(0.25, rim=0.1))
        arc = [
            (cx + math.cos(a) * half * 1.28, top + half * 0.18 - math.sin(a) * half * 0.92)
            for a in np.linspace(0, math.pi, 24)
        ]
        sheet.polygon([(float(p), float(q)) for p, q in arc], sheet.paint(0.62, wood=1, rim=0.3))
        sheet.oval(
            cx - half * 0.3, top - half * 0.36, half * 0.62, half * 0.26, sheet.paint(0.88, wood=1, rim=0.5, alpha=0.6)
        )
        for _ in range(7):
            sheet.oval(
                cx + half * random.uniform(-0.9, 0.9),
                top - half * random.uniform(0.0, 0.45),
                half * 0.11,
                half * 0.08,
                sheet.paint(1.0, rim=0.5),
            )
    return sheet.pixels(fade=0.08)


@cache
def framing_leaves(number: int) -> Pixels:
    """Branches that reach in from the upper left corner, 1:1."""
    random = np.random.default_rng(17_000 + number)
    side = 640
    sheet = Sheet(side, side)
    for _ in range(8):
        x, y = side * random.uniform(-0.08, 0.05), side * random.uniform(-0.02, 0.5)
        a, long = math.radians(random.uniform(8, 52)), side * random.uniform(0.4, 0.8)
        sheet.line(x, y, x + math.cos(a) * long, y + math.sin(a) * long + 70, sheet.paint(0.3, wood=1, stroke=4))
        for k in range(17):
            u = k / 17
            px, py = x + math.cos(a) * long * u, y + math.sin(a) * long * u + u * u * 70
            sheet.leaf(
                px,
                py,
                math.degrees(a) + (-1) ** k * 50 + random.normal() * 14,
                side * (0.13 + 0.06 * random.random()),
                tone=0.2 + 0.4 * random.random(),
                width=0.2,
                rim=0.5,
            )
    return sheet.pixels()
