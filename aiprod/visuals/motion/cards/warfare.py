"""What armies leave in a field: banners, stakes, spears, broken wheels; posts with wire, sandbags, splintered trunks."""

import math
from functools import cache
from itertools import pairwise

import numpy as np

from aiprod.visuals.motion.cards.canvas import Pixels, Sheet


@cache
def banner(number: int) -> Pixels:
    """A torn banner on its pole, 3:4; cloth is of the first material, the pole of the second."""
    random = np.random.default_rng(31_000 + number)
    width, height = 384, 512
    sheet = Sheet(width, height)
    lean, foot = float(random.normal()) * 16, width * 0.30
    top_x = foot + lean
    _log(sheet, foot, height, top_x, height * 0.03, 8)
    long, deep = width * float(random.uniform(0.42, 0.58)), height * float(random.uniform(0.28, 0.36))
    strips, cut, phase = 60, float(random.uniform(0.3, 0.8)), float(random.uniform(0, 6))
    swallow = number % 3 == 1
    for k in range(strips):
        u = k / strips
        wave = math.sin(u * 8.5 + phase)
        x, x1 = top_x + u * long, top_x + (u + 1.35 / strips) * long
        y = height * 0.065 + wave * 9 * u + u * u * 26
        end = deep * (1 - 0.12 * u + 0.04 * wave)
        tail = y + end * (1 - (cut * max(u - 0.55, 0) * float(random.uniform(0.2, 1.3))))
        tone = 0.42 + 0.30 * math.cos(u * 8.5 + phase + 0.7) + 0.04 * float(random.normal())
        if swallow and u > 0.62:
            notch = (u - 0.62) * 1.1 * end
            middle = y + end * 0.5
            _strip(sheet, x, x1, y, middle - notch, tone)
            _strip(sheet, x, x1, middle + notch, tail, tone)
        else:
            _strip(sheet, x, x1, y, tail, tone)
        if number % 2 == 0:  # a pale band across
            _strip(sheet, x, x1, y + end * 0.38, y + end * 0.60, min(tone + 0.45, 1.0))
        elif 0.22 < u < 0.44:  # a pale field by the pole
            _strip(sheet, x, x1, y + end * 0.22, y + end * 0.74, min(tone + 0.45, 1.0))
    for _ in range(5):
        u = float(random.uniform(0.1, 0.95))
        x, y = top_x + u * long, height * 0.07 + deep * float(random.uniform(0.85, 1.05))
        sheet.line(x, y, x + float(random.normal()) * 5, y + float(random.uniform(8, 30)), sheet.paint(0.35, rim=0.4, stroke=2.5))
    sheet.oval(top_x, height * 0.025, 7, 11, sheet.paint(0.9, wood=1, rim=0.8))
    return sheet.pixels(fade=0.02)


@cache
def stakes(number: int) -> Pixels:
    """A barrier of sharpened logs that lean towards us, 2:1; all of the second material."""
    random = np.random.default_rng(32_000 + number)
    width, height = 512, 256
    sheet = Sheet(width, height)
    for i in range(9):
        x = width * (0.06 + 0.88 * i / 8) + float(random.normal()) * 6
        way = -1 if i % 2 else 1
        tip_x, tip_y = x + way * width * float(random.uniform(0.04, 0.09)), height * float(random.uniform(0.06, 0.26))
        _log(sheet, x - way * 14, height, tip_x, tip_y, float(random.uniform(10, 14)), sharp=True)
    for y in (0.60, 0.66):
        sheet.line(width * 0.03, height * y, width * 0.97, height * (y + 0.03), sheet.paint(0.35, wood=1, rim=0.4, stroke=8))
    return sheet.pixels(fade=0.06)


@cache
def spears(number: int) -> Pixels:
    """Spears, a sword and a shield left standing in the earth, 3:4; wood is the second material, iron the first."""
    random = np.random.default_rng(33_000 + number)
    width, height = 384, 512
    sheet = Sheet(width, height)
    for _ in range(int(random.integers(2, 5))):
        x, lean = width * float(random.uniform(0.25, 0.75)), float(random.normal()) * 46
        tip = height * float(random.uniform(0.05, 0.35))
        _log(sheet, x, height, x + lean, tip, 4.5)
        a = math.atan2(lean, height - tip)
        points = [
            (x + lean + math.cos(a) * s * 8 + math.sin(a) * f, tip + math.sin(a) * s * 8 - math.cos(a) * f)
            for s, f in ((-1, 6), (0, 42), (1, 6), (0, -6))
        ]
        sheet.polygon(points, sheet.paint(0.8, rim=0.9))
    x, y, size = width * float(random.uniform(0.35, 0.65)), height * 0.84, width * 0.16
    for k in range(6):
        share = 1 - k / 6
        sheet.oval(x, y, size * share, size * share * 1.1, sheet.paint(0.30 + 0.4 * ((k + number) % 2) + 0.04 * k, wood=0.75, rim=0.4))
    sheet.oval(x, y, size * 0.2, size * 0.2, sheet.paint(0.9, rim=0.7))
    return sheet.pixels(fade=0.04)


@cache
def wheel(number: int) -> Pixels:
    """A cart's wheel that leans, half sunk, 1:1; all of the second material."""
    random = np.random.default_rng(34_000 + number)
    side = 320
    sheet = Sheet(side, side)
    x, y, size = side * 0.5, side * 0.60, side * 0.40
    squeeze = float(random.uniform(0.62, 0.92))
    for k in range(8):
        if k == number % 8:
            continue
        a = math.tau * k / 8 + float(random.uniform(0, 0.3))
        brush = sheet.paint(0.4, wood=1, rim=0.4, stroke=9)
        sheet.line(x, y, x + math.cos(a) * size * squeeze * 0.95, y + math.sin(a) * size * 0.95, brush)
    for stroke, tone in ((22, 0.22), (15, 0.45), (6, 0.68)):
        points = [(x + math.cos(a) * size * squeeze, y + math.sin(a) * size) for a in np.linspace(0, math.tau, 49)]
        for (x0, y0), (x1, y1) in pairwise(points):
            sheet.line(x0, y0, x1, y1, sheet.paint(tone, wood=1, rim=0.4, stroke=stroke))
    sheet.oval(x, y, size * 0.16, size * 0.18, sheet.paint(0.55, wood=1, rim=0.5))
    return sheet.pixels(fade=0.10)


@cache
def wire(number: int) -> Pixels:
    """Posts with coils of barbed wire between, 3:1; posts are of the second material."""
    random = np.random.default_rng(35_000 + number)
    width, height = 768, 256
    sheet = Sheet(width, height)
    posts = [width * (0.06 + 0.29 * i) + float(random.normal()) * 14 for i in range(4)]
    for x in posts:
        lean = float(random.normal()) * 14
        _log(sheet, x, height, x + lean, height * float(random.uniform(0.12, 0.3)), 7)
        if random.random() < 0.6:
            _log(sheet, x - 26, height, x + lean * 0.6, height * 0.36, 5)
    for level in (0.34, 0.52, 0.70):
        sag = float(random.uniform(8, 26))
        for k in range(120):
            u, u1 = k / 120, (k + 1) / 120
            y, y1 = (height * level + sag * abs(math.sin(u_ * 3.3 * math.pi)) for u_ in (u, u1))
            sheet.line(width * u, y, width * u1, y1, sheet.paint(0.4, rim=0.9, stroke=2.2))
            if k % 4 == 0:
                sheet.line(width * u - 4, y - 5, width * u + 4, y + 5, sheet.paint(0.6, rim=0.9, stroke=1.8))
                sheet.line(width * u - 4, y + 5, width * u + 4, y - 5, sheet.paint(0.5, rim=0.9, stroke=1.8))
    loops, radius = 26, height * 0.24
    for k in range(loops * 18):
        a, a1 = (math.tau * j / 18 for j in (k, k + 1))
        x, x1 = (width * j / (loops * 18) for j in (k, k + 1))
        wobble = radius * (0.85 + 0.15 * math.sin(k * 0.05 + number))
        sheet.line(x + math.cos(a) * wobble * 0.5, height * 0.66 + math.sin(a) * wobble, x1 + math.cos(a1) * wobble * 0.5,
                   height * 0.66 + math.sin(a1) * wobble, sheet.paint(0.3, rim=0.9, stroke=2.0))  # fmt: skip
    return sheet.pixels(fade=0.05)


@cache
def sandbags(number: int) -> Pixels:
    """A wall of sandbags, 3:1; all of the first material."""
    random = np.random.default_rng(36_000 + number)
    width, height = 768, 256
    sheet = Sheet(width, height)
    for row in range(4):
        y = height * (0.86 - 0.20 * row)
        inset = row * 0.035 + (0.25 * float(random.random()) if row == 3 else 0.0)
        count = 9 - row
        for i in range(count):
            x = width * (inset + 0.06 + (0.88 - 2 * inset) * (i + 0.5 * (row % 2)) / count) + float(random.normal()) * 5
            turn, tone = float(random.normal()) * 4, float(random.uniform(0.42, 0.62))
            for k in range(6):
                share = 1 - k / 7
                sheet.oval(x - 3 * k, y - 2.6 * k, 52 * share, 30 * share, sheet.paint(tone * 0.55 + 0.075 * k, rim=0.3), turn=turn)
    return sheet.pixels(fade=0.05)


@cache
def splintered(number: int) -> Pixels:
    """A trunk that was shot to pieces, 1:3; all of the second material."""
    random = np.random.default_rng(37_000 + number)
    width, height = 256, 768
    sheet = Sheet(width, height)
    top = height * float(random.uniform(0.04, 0.30))
    lean = float(random.normal()) * 22
    _log(sheet, width * 0.5, height, width * 0.5 + lean, top + 70, width * 0.10)
    for _ in range(14):
        x = width * 0.5 + lean + float(random.uniform(-0.09, 0.09)) * width
        tall = float(random.uniform(20, 130))
        sheet.polygon([(x - 7, top + 84), (x + float(random.normal()) * 5, top + 84 - tall), (x + 7, top + 84)],
                      sheet.paint(float(random.uniform(0.3, 0.9)), wood=1, rim=0.5))  # fmt: skip
    for _ in range(int(random.integers(2, 5))):
        u, way = float(random.uniform(0.15, 0.6)), 1 if random.random() < 0.5 else -1
        x, y = width * 0.5 + lean * (1 - u), top + 70 + (height - top) * u * 0.8
        _log(sheet, x, y, x + way * width * float(random.uniform(0.16, 0.40)), y - height * float(random.uniform(0.02, 0.12)), 9)
    return sheet.pixels(fade=0.03)


def _strip(sheet: Sheet, x0: float, x1: float, top: float, bottom: float, tone: float) -> None:
    if bottom > top:
        sheet.polygon([(x0, top), (x1, top), (x1, bottom), (x0, bottom)], sheet.paint(tone, rim=0.55))


def _log(sheet: Sheet, x0: float, y0: float, x1: float, y1: float, thick: float, *, sharp: bool = False) -> None:
    """A pole from foot to top, lit from the left."""
    for k in range(7):
        u = (k - 3) / 3
        tone = 0.26 + 0.55 * max(0.0, 1 - abs(u + 0.4) * 1.1)
        stop = 1 - 0.16 * abs(u) if sharp else 1.0
        sheet.line(x0 + u * thick * 0.8, y0, x0 + (x1 - x0) * stop + u * thick * (0.15 if sharp else 0.7), y0 + (y1 - y0) * stop,
                   sheet.paint(tone, wood=1, rim=0.6 if abs(u) > 0.7 else 0.1, stroke=thick * 0.36))  # fmt: skip
