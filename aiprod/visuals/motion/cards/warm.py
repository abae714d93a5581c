"""Plants of warm places: palms, bamboo, broad jungle leaves, vines, cacti."""

import math
from functools import cache
from itertools import pairwise

import numpy as np

from aiprod.visuals.motion.cards.canvas import Pixels, Sheet


@cache
def bamboo(number: int) -> Pixels:
    """A culm with its leaves, 1:4."""
    random = np.random.default_rng(6000 + number)
    width, height = 384, 1536
    sheet = Sheet(width, height)
    x, y, thick, lean = width / 2, float(height), width * (0.10 + 0.03 * random.random()), random.normal() * 0.02
    nodes = []
    while y > 0:
        length = height * (0.085 + 0.02 * random.random())
        x1, y1 = x + lean * length, y - length
        for k in range(9):
            u = (k - 4) / 4
            tone = 0.35 + 0.5 * max(0.0, 1 - abs(u + 0.45) * 1.3)
            sheet.line(
                x + u * thick * 0.45,
                y - 3,
                x1 + u * thick * 0.45,
                y1 + 3,
                sheet.paint(tone, wood=1, rim=0.9 if abs(u) > 0.7 else 0.05, stroke=thick * 0.16),
            )
        sheet.line(x1 - thick * 0.56, y1, x1 + thick * 0.56, y1, sheet.paint(0.25, wood=1, rim=0.2, stroke=5))
        sheet.line(x1 - thick * 0.5, y1 - 5, x1 + thick * 0.5, y1 - 5, sheet.paint(0.8, wood=1, rim=0.5, stroke=3.5))
        nodes.append((x1, y1))
        x, y = x1, y1
    for nx, ny in nodes:
        if ny > height * 0.72 or random.random() < 0.35:
            continue
        for _ in range(int(random.integers(1, 3))):
            way = 1 if random.random() < 0.5 else -1
            long = width * (0.16 + 0.2 * random.random())
            ex, ey = nx + way * long, ny - long * (0.15 + 0.5 * random.random())
            sheet.line(nx, ny, ex, ey, sheet.paint(0.45, wood=1, rim=0.2, stroke=3))
            for _ in range(int(random.integers(6, 11))):
                u = random.random() ** 0.6
                turn = random.normal() * 35 + (40 if way > 0 else 140)
                sheet.leaf(
                    nx + (ex - nx) * u,
                    ny + (ey - ny) * u,
                    turn,
                    width * (0.13 + 0.1 * random.random()),
                    tone=0.3 + 0.6 * random.random(),
                    rim=0.25 + 0.5 * random.random(),
                )
    return sheet.pixels(fade=0.01)


@cache
def palm(number: int) -> Pixels:
    """A coconut palm, 3:4."""
    random = np.random.default_rng(7000 + number)
    width, height = 768, 1024
    sheet = Sheet(width, height)
    bend = random.normal() * 70
    points = [(width / 2 + bend * (1 - i / 16) ** 2 - bend * 0.2, height * (0.30 + 0.69 * i / 16)) for i in range(17)]
    for i in range(16):
        thick = 13 + 11 * (i / 16) ** 2
        for k in range(7):
            u = (k - 3) / 3
            tone = 0.30 + 0.5 * max(0.0, 1 - abs(u + 0.4))
            sheet.line(
                points[i][0] + u * thick * 0.45,
                points[i][1],
                points[i + 1][0] + u * thick * 0.45,
                points[i + 1][1],
                sheet.paint(tone, wood=1, rim=float(abs(u) > 0.8), stroke=thick * 0.2),
            )
        for j in range(2):
            ring = points[i][1] + 21 * j
            sheet.line(
                points[i][0] - thick * 0.5,
                ring,
                points[i][0] + thick * 0.5,
                ring + 3,
                sheet.paint(0.2, wood=1, alpha=0.5, stroke=2.2),
            )
    top_x, top_y = points[0]
    angles = sorted(np.linspace(-222, 42, 15) + random.normal(0, 6, 15), key=lambda a: -abs(a + 90))
    for angle in angles:
        _frond(sheet, random, top_x, top_y, float(angle), width * (0.30 + 0.09 * random.random()))
    for k in range(5):
        sheet.oval(top_x + (k - 2) * 11, top_y + 16 + 5 * (k % 2), 11, 12, sheet.paint(0.45, wood=1, rim=0.2))
    return sheet.pixels(fade=0.01)


@cache
def broad_leaves(number: int) -> Pixels:
    """A clump of big jungle leaves growing from one foot, 1:1."""
    random = np.random.default_rng(8000 + number)
    side = 640
    sheet = Sheet(side, side)
    stems = sorted((float(random.uniform(-150, -30)) for _ in range(13)), key=lambda a: -abs(a + 90))
    split = number % 2 == 0
    for angle in stems:
        reach = side * (0.24 + 0.20 * random.random()) * (0.75 + 0.25 * abs(math.sin(math.radians(angle))))
        a = math.radians(angle)
        x, y = side / 2, side * 0.98
        tip_x, tip_y = x + math.cos(a) * reach, y + math.sin(a) * reach
        sheet.curve(
            [(x, y), (x, y - reach * 0.4), (tip_x, tip_y + reach * 0.2), (tip_x, tip_y)],
            sheet.paint(0.4, rim=0.2, stroke=6),
        )
        tone = 0.32 + 0.40 * random.random()
        fall = angle + (35 if angle > -90 else -35)
        if split:
            for k in range(15):
                u = k / 14
                turn = fall + (-1) ** k * (78 - 50 * u)
                bx, by = (
                    tip_x + math.cos(math.radians(fall)) * u * side * 0.16,
                    tip_y + math.sin(math.radians(fall)) * u * side * 0.16,
                )
                sheet.leaf(
                    bx, by, turn, side * (0.14 - 0.07 * u), tone=tone + 0.12 * random.random(), width=0.22, rim=0.5
                )
        else:
            sheet.leaf(tip_x, tip_y, fall, side * (0.22 + 0.1 * random.random()), tone=tone, width=0.42, rim=0.55)
            vein = math.radians(fall)
            sheet.line(
                tip_x,
                tip_y,
                tip_x + math.cos(vein) * side * 0.2,
                tip_y + math.sin(vein) * side * 0.2 + 6,
                sheet.paint(tone + 0.28, rim=0.6, stroke=2.6),
            )
    return sheet.pixels(fade=0.08)


@cache
def vines(number: int) -> Pixels:
    """Lianas and leaves hanging from the card's top edge, 1:2."""
    random = np.random.default_rng(9000 + number)
    width, height = 512, 1024
    sheet = Sheet(width, height)
    for _ in range(7):
        x, long = width * random.uniform(0.08, 0.92), height * random.uniform(0.3, 0.95)
        swing = random.normal() * 40
        sheet.curve(
            [(x, 0), (x + swing, long * 0.3), (x - swing, long * 0.7), (x + swing * 0.3, long)],
            sheet.paint(0.35, wood=1, rim=0.3, stroke=3.4),
        )
        for k in range(int(long / 15)):
            u = k * 15 / long
            px = x + swing * (3 * u * (1 - u) ** 2 - 3 * u * u * (1 - u) + 0.3 * u**3)
            sheet.leaf(
                px,
                long * u,
                90 + random.normal() * 55,
                22 + 22 * random.random(),
                tone=0.3 + 0.5 * random.random(),
                width=0.3,
                rim=0.5,
            )
    return sheet.pixels()


@cache
def saguaro(number: int) -> Pixels:
    """A columnar cactus with arms, 1:2."""
    random = np.random.default_rng(9500 + number)
    width, height = 384, 768
    sheet = Sheet(width, height)

    def column(points: list[tuple[float, float]], thick: float) -> None:
        for k in range(11):
            u = (k - 5) / 5
            tone = (0.28 + 0.5 * max(0.0, 1 - abs(u + 0.35))) * (0.72 if k % 2 else 1.0)
            brush = sheet.paint(tone, rim=1.0 if abs(u) > 0.85 else 0.1, stroke=thick * 0.14)
            for (x0, y0), (x1, y1) in pairwise(points):
                sheet.line(x0 + u * thick * 0.45, y0 + abs(u) ** 3 * thick * 0.2, x1 + u * thick * 0.45, y1, brush)

    for way in (-1, 1):
        if random.random() < 0.85:
            y = height * random.uniform(0.42, 0.62)
            out, up = width * random.uniform(0.20, 0.28), height * random.uniform(0.16, 0.28)
            x = width / 2 + way * out
            column([(width / 2, y), (width / 2 + way * out * 0.7, y + 4)], width * 0.10)
            column(
                [(x - way * out * 0.3, y + 4), (x - way * out * 0.08, y - 12), (x, y - 40), (x, y - up)], width * 0.11
            )
    column([(width / 2, height * random.uniform(0.06, 0.2)), (width / 2, height)], width * 0.17)
    return sheet.pixels(fade=0.02)


def _frond(sheet: Sheet, random: np.random.Generator, x: float, y: float, angle: float, length: float) -> None:
    a = math.radians(angle)
    fall = length * (0.35 + 0.25 * random.random())
    tip_x, tip_y = x + math.cos(a) * length, y + math.sin(a) * length * 0.75 + fall * abs(math.cos(a))
    mid_x, mid_y = x + math.cos(a) * length * 0.55, y + math.sin(a) * length * 0.75 - length * 0.06
    tone = 0.35 + 0.35 * random.random()
    for k in range(46):
        u = (k + 1) / 46
        px = (1 - u) ** 2 * x + 2 * u * (1 - u) * mid_x + u * u * tip_x
        py = (1 - u) ** 2 * y + 2 * u * (1 - u) * mid_y + u * u * tip_y
        way = math.degrees(math.atan2(tip_y - mid_y, tip_x - mid_x)) * u + angle * (1 - u)
        long = length * 0.27 * math.sin(math.pi * (0.12 + 0.86 * u)) + 6
        for side in (-1, 1):
            turn = way + side * (62 - 22 * u) + 14 * (1 if math.cos(a) > 0 else -1) * u
            sheet.leaf(
                px,
                py,
                turn,
                long,
                tone=tone + 0.15 * random.random() + 0.08 * side * (1 if math.cos(a) > 0 else -1) * -1,
                width=0.07,
                rim=0.55,
            )
