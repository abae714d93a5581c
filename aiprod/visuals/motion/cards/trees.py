"""Trees of cool and temperate places: conifers, broadleaves, birches, bare trees, great trunks."""

import math
from functools import cache
from itertools import pairwise

import numpy as np

from aiprod.visuals.motion.cards.canvas import Pixels, Sheet

Random = np.random.Generator


@cache
def conifer(number: int) -> Pixels:
    """A spruce, 1:2."""
    random = np.random.default_rng(1000 + number)
    width, height = 512, 1024
    sheet = Sheet(width, height)
    middle, top, foot = width / 2, height * 0.02, height * 0.99
    sheet.polygon(
        [(middle - 2, top + 20), (middle + 2, top + 20), (middle + 11, foot), (middle - 11, foot)],
        sheet.paint(0.35, wood=1),
    )
    reach = width * (0.33 + 0.12 * random.random())
    gaps = 0.75 + 0.5 * random.random()
    boughs = []
    for i in range(46):
        f = (i / 46) ** 0.9
        y = top + 10 + (foot * 0.9 - top) * f
        length = reach * (0.05 + 0.95 * f**0.8) * (0.62 + gaps * 0.6 * random.random())
        boughs += [(y + random.normal() * 6, length * (1.0 if side else 0.45), side, f) for side in (-1, 1, 0)]
    boughs.sort(key=lambda bough: -bough[0])
    for y, length, side, _ in boughs:
        way = side or (1 if random.random() < 0.5 else -1)
        droop = length * (0.28 + 0.25 * random.random())
        tip_x, tip_y = middle + way * length, y + droop
        needles = int(10 + length * 0.20)
        for k in range(needles):
            u = (k + random.random()) / needles
            x0, y0 = middle + (tip_x - middle) * u, y + (tip_y - y) * u**1.3
            long = (8 + 16 * (1 - u * 0.5)) * (0.7 + 0.6 * random.random())
            angle = math.radians(60 + 50 * random.normal())
            dx, dy = way * abs(math.cos(angle)) * long * 0.9, abs(math.sin(angle)) * long
            tone = 0.26 + 0.30 * u + 0.20 * random.random() - 0.12 * (1 - u)
            rim = u**3 * 0.9 * (0.4 + 0.6 * random.random())
            sheet.line(x0, y0, x0 + dx, y0 + dy, sheet.paint(tone, rim=rim, alpha=0.95, stroke=3.2))
            if k % 2 == 0:
                sheet.line(
                    x0, y0, x0 + dx * 0.8, y0 - dy * 0.25, sheet.paint(tone + 0.14, rim=u**3, alpha=0.9, stroke=2.4)
                )
    return sheet.pixels(fade=0.02)


@cache
def broadleaf(number: int, spread: float = 1.0, leaves: int = 4600) -> Pixels:
    """A leafy tree, 3:4; `spread` over 1 flattens its crown (an acacia is about 1.6)."""
    random = np.random.default_rng(2000 + number)
    width, height = 768, 1024
    sheet = Sheet(width, height)
    limbs, tips = _limbs(random, width, height, spread)
    for x0, y0, x1, y1, thick in limbs:
        sheet.line(x0, y0, x1, y1, sheet.paint(0.40, wood=1, rim=0.15, stroke=thick))
    for x0, y0, x1, y1, thick in limbs:
        sheet.line(
            x0 - thick * 0.22,
            y0,
            x1 - thick * 0.2,
            y1,
            sheet.paint(0.72, wood=1, rim=0.3, alpha=0.55, stroke=thick * 0.3),
        )
    clumps = tips[random.permutation(len(tips))[: round(46 / spread)]]
    centre = clumps.mean(0)
    if spread < 1.3:  # a full crown: leaves also where no limb was drawn
        angles, outs = random.uniform(0, math.tau, 34), np.sqrt(random.random(34))
        filled = np.stack(
            [width / 2 + np.cos(angles) * outs * width * 0.34, centre[1] + np.sin(angles) * outs * height * 0.24], -1
        )
        clumps = np.concatenate([clumps, filled])
        centre = clumps.mean(0)
    drawn = []
    for _ in range(leaves):
        cx, cy = clumps[random.integers(len(clumps))]
        radius = width * 0.08 * (0.75 + 0.6 * random.random())
        angle, out = random.random() * math.tau, math.sqrt(random.random())
        ox, oy = (
            math.cos(angle) * out * radius * (0.8 + 0.35 * spread),
            math.sin(angle) * out * radius * 0.8 / spread**0.7,
        )
        in_clump = (ox * -0.25 + oy * -1.0) / radius
        in_crown = (cy + oy - centre[1]) / (height * 0.26)
        tone = 0.44 + 0.27 * in_clump - 0.26 * in_crown + 0.09 * random.normal()
        edge = math.hypot((cx + ox - centre[0]) / (width * 0.42), in_crown * 0.8)
        drawn.append((tone + random.random() * 0.12, cx + ox, cy + oy, tone, min(1.0, max(0.0, edge - 0.35) * 1.5)))
    drawn.sort()
    for _, x, y, tone, rim in drawn:
        size = 8.5 * (0.7 + 0.7 * random.random())
        sheet.oval(x, y, size, size * 0.46, sheet.paint(tone, rim=rim), turn=random.random() * 180)
    return sheet.pixels(fade=0.02)


@cache
def acacia(number: int) -> Pixels:
    """An umbrella of leaves on spread limbs, 4:3."""
    random = np.random.default_rng(2500 + number)
    width, height = 1024, 768
    sheet = Sheet(width, height)
    fork = (width / 2 + random.normal() * 30, height * random.uniform(0.52, 0.64))
    plates = [
        (width * x, height * (0.15 + 0.10 * random.random() + 0.10 * abs(x - 0.5)), width * random.uniform(0.12, 0.2))
        for x in (0.2, 0.34, 0.47, 0.58, 0.70, 0.82)
    ]
    for k in range(9):
        u = (k - 4) / 4
        sheet.line(
            width / 2 + u * 26,
            height,
            fork[0] + u * 16,
            fork[1],
            sheet.paint(0.5 - 0.3 * u, wood=1, rim=float(abs(u) > 0.8), stroke=8),
        )
    for x, y, _ in plates:
        lean = (x - fork[0]) * 0.35
        for part, tone in ((0.0, 0.35), (-2.5, 0.7)):
            sheet.curve(
                [
                    (fork[0] + part, fork[1]),
                    (fork[0] + lean * 0.4 + part, fork[1] - 90),
                    (x - lean * 0.3 + part, y + 110),
                    (x + part, y + 12),
                ],
                sheet.paint(tone, wood=1, rim=0.3, stroke=11 if part == 0 else 4),
            )
    leaves = []
    for _ in range(6200):
        x, y, half = plates[random.integers(len(plates))]
        angle, out = random.random() * math.tau, math.sqrt(random.random())
        px, py = x + math.cos(angle) * out * half, y + math.sin(angle) * out * half * 0.27
        tone = 0.46 - 0.30 * math.sin(angle) * out - 0.10 * (px / width - 0.5) + 0.10 * random.normal()
        leaves.append((tone - 0.1 * (py - y) / half, px, py, tone, max(0.0, out - 0.5) * 1.2))
    leaves.sort()
    for _, x, y, tone, rim in leaves:
        size = 7.5 * (0.7 + 0.7 * random.random())
        sheet.oval(x, y, size, size * 0.42, sheet.paint(tone, rim=rim), turn=random.random() * 60 - 30)
    return sheet.pixels(fade=0.02)


@cache
def bare_tree(number: int) -> Pixels:
    """A leafless tree, 3:4."""
    random = np.random.default_rng(3000 + number)
    sheet = Sheet(768, 1024)
    limbs, _ = _limbs(random, 768, 1024, 1.0, depth=7)
    for x0, y0, x1, y1, thick in limbs:
        sheet.line(x0, y0, x1, y1, sheet.paint(0.36, wood=1, rim=0.2, stroke=max(thick, 1.6)))
        sheet.line(
            x0 - thick * 0.2,
            y0,
            x1 - thick * 0.2,
            y1,
            sheet.paint(0.75, wood=1, rim=0.6, alpha=0.6, stroke=max(thick * 0.3, 0.8)),
        )
    return sheet.pixels(fade=0.02)


@cache
def birch(number: int) -> Pixels:
    """A slim birch with hanging leaves, 1:2; its bark is nearly white."""
    random = np.random.default_rng(4000 + number)
    width, height = 512, 1024
    sheet = Sheet(width, height)
    middle, lean = width / 2, random.normal() * 24
    trunk = [(middle + lean * (1 - i / 12) ** 1.5, height * (0.06 + 0.94 * i / 12)) for i in range(13)]
    twigs = []
    for _ in range(26):
        u = 0.05 + 0.55 * random.random()
        x = middle + lean * (1 - u) ** 1.5
        y = height * (0.06 + 0.94 * u)
        way = 1 if random.random() < 0.5 else -1
        length = width * (0.12 + 0.30 * random.random()) * (0.5 + u)
        twigs.append((x, y, x + way * length, y - length * (0.4 + 0.3 * random.random())))
    for x0, y0, x1, y1 in twigs:
        sheet.line(x0, y0, x1, y1, sheet.paint(0.35, wood=1, stroke=3.5))
    for i in range(12):
        thick = 7 + 15 * (i + 1) / 12
        for k in range(7):
            u = (k - 3) / 3
            sheet.line(
                trunk[i][0] + u * thick * 0.42,
                trunk[i][1],
                trunk[i + 1][0] + u * thick * 0.42,
                trunk[i + 1][1],
                sheet.paint(0.95 - 0.35 * abs(u + 0.3), wood=1, rim=float(abs(u) > 0.7), stroke=thick * 0.2),
            )
        for _ in range(3):
            y = trunk[i][1] + random.random() * height * 0.07
            x = trunk[i][0] + random.normal() * thick * 0.25
            sheet.line(
                x - thick * 0.2,
                y,
                x + thick * 0.2 * random.random(),
                y,
                sheet.paint(0.1, wood=1, alpha=0.8, stroke=2 + 3 * random.random()),
            )
    leaves = []
    for _ in range(2600):
        x0, y0, x1, y1 = twigs[random.integers(len(twigs))]
        u = random.random() ** 0.6
        x, y = x0 + (x1 - x0) * u + random.normal() * 16, y0 + (y1 - y0) * u + abs(random.normal()) * 34 * u
        leaves.append((random.random() * 0.35 + 0.35 - 0.3 * (y - y0) / height + 0.2 * (1 - y / height), x, y))
    leaves.sort()
    for tone, x, y in leaves:
        sheet.oval(x, y, 6.5, 3.4, sheet.paint(tone + 0.1 * random.normal(), rim=0.5), turn=random.random() * 180)
    return sheet.pixels(fade=0.02)


@cache
def trunk(number: int) -> Pixels:
    """The lower part of a great trunk, 1:6, roots at its foot."""
    random = np.random.default_rng(5000 + number)
    width, height = 256, 1536
    sheet = Sheet(width, height)
    middle, half = width / 2, width * 0.26
    for k in range(60):
        u = (k - 30) / 30
        tone = 0.22 + 0.60 * max(0.0, 1 - abs(u + 0.35) * 1.05) + 0.08 * random.normal()
        x, y, points = middle + u * half, 0.0, []
        while y < height:
            flare = max(0.0, y - height * 0.92) ** 1.25 * 0.24 * u
            points.append((x + random.normal() * 2.2 + flare, min(y, height)))
            y += 40 + 50 * random.random()
        points.append((x + max(0.0, height * 0.08) ** 1.25 * 0.24 * u, height))
        brush = sheet.paint(tone, wood=1, rim=1.0 if abs(u) > 0.88 else 0.0, stroke=half / 30 * 2.8)
        for (x0, y0), (x1, y1) in pairwise(points):
            sheet.line(x0, y0, x1, y1, brush)
    for _ in range(260):
        y, u = random.random() * height, random.random() * 2 - 1
        sheet.line(
            middle + u * half,
            y,
            middle + u * half + random.normal() * 3,
            y + 20 + 50 * random.random(),
            sheet.paint(0.10, wood=1, alpha=0.5, stroke=2 + 3 * random.random()),
        )
    for _ in range(130):
        u, y = -abs(random.random()), height * (0.55 + 0.45 * random.random())
        sheet.oval(
            middle + u * half, y, 5 + 9 * random.random(), 3 + 5 * random.random(), sheet.paint(0.5, rim=0.3, alpha=0.6)
        )
    return sheet.pixels(fade=0.03)


def _limbs(
    random: Random, width: int, height: int, spread: float, depth: int = 5
) -> tuple[list[tuple[float, float, float, float, float]], np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    """Branches as (x0, y0, x1, y1, thickness), and the places where they end."""
    limbs: list[tuple[float, float, float, float, float]] = []
    tips: list[tuple[float, float]] = []

    def grow(x: float, y: float, angle: float, length: float, thick: float, left: int) -> None:
        x1 = x + math.cos(angle) * length * (1 + 0.45 * (spread - 1) * (left < depth))
        y1 = y + math.sin(angle) * length / (1 + 0.7 * (spread - 1) * (left < depth - 1))
        limbs.append((x, y, x1, y1, thick))
        if left == 0:
            tips.append((x1, y1))
            return
        for _ in range(3 if left > 2 else 2):
            grow(
                x1, y1, angle + random.normal() * 0.5, length * (0.64 + 0.14 * random.random()), thick * 0.62, left - 1
            )

    grow(width / 2, height * 0.99, -math.pi / 2 + random.normal() * 0.05, height * 0.25, width * 0.055, depth)
    ends = np.array([limb[2:4] for limb in limbs])
    across = (width * 0.38) / max(float(np.abs(ends[:, 0] - width / 2).max()), 1.0)
    up = (height * 0.84) / max(float((height * 0.99 - ends[:, 1]).max()), 1.0)

    def fitted(x: float, y: float) -> tuple[float, float]:
        return width / 2 + (x - width / 2) * across, height * 0.99 + (y - height * 0.99) * up

    settled = [(*fitted(x0, y0), *fitted(x1, y1), thick) for x0, y0, x1, y1, thick in limbs]
    return settled, np.array([fitted(x, y) for x, y in tips])
