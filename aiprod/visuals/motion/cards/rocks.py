"""Stones: faceted boulders, and the same under snow."""

import math
from functools import cache

import numpy as np

from aiprod.visuals.motion.cards.canvas import Pixels, Points, Sheet


@cache
def rock(number: int, snow: bool = False) -> Pixels:
    """A boulder, 3:2, all of the second material; snow on its upper faces is of the first."""
    random = np.random.default_rng(20_000 + number)
    width, height, corners = 384, 256, 11
    sheet = Sheet(width, height)
    crest = [
        (
            width * (0.04 + 0.92 * i / (corners - 1)),
            height * (0.97 - 0.82 * math.sin(math.pi * i / (corners - 1)) ** 0.55 * random.uniform(0.72, 1.0)),
        )
        for i in range(corners)
    ]
    belt = [(x + random.normal() * 12, y + (height * 0.97 - y) * random.uniform(0.32, 0.5)) for x, y in crest]
    foot = [(x, height * 0.99) for x, _ in crest]

    def face(points: Points, tone: float, white: bool = False) -> None:
        sheet.polygon(points, sheet.paint(tone, wood=0.0 if white else 1.0, rim=0.25))
        sheet.polygon(points, sheet.paint(tone, wood=0.0 if white else 1.0, rim=0.25, stroke=1.5))

    for i in range(corners - 1):
        tone = 0.80 - 0.5 * i / (corners - 2)
        face([crest[i], crest[i + 1], belt[i + 1]], tone + 0.08 * random.normal(), snow)
        face([crest[i], belt[i + 1], belt[i]], tone - 0.05 + 0.08 * random.normal(), snow and random.random() < 0.4)
        face([belt[i], belt[i + 1], foot[i + 1]], tone * 0.58 + 0.05 * random.normal())
        face([belt[i], foot[i + 1], foot[i]], tone * 0.52 + 0.05 * random.normal())
    for _ in range(160):
        x, y = width * random.random(), height * random.uniform(0.3, 1.0)
        sheet.line(
            x,
            y,
            x + random.normal() * 10,
            y + random.normal() * 8,
            sheet.paint(random.uniform(0.1, 0.7), wood=1, alpha=0.16, stroke=2),
        )
    rows = sheet.pixels(fade=0.06)
    outline = Sheet(width, height)
    outline.polygon([*crest, (width, height), (0, height)], outline.paint(1.0))
    inside = outline.pixels()[..., 3:4].astype(np.uint16)
    return np.asarray(rows.astype(np.uint16) * inside // 255, dtype=np.uint8)
