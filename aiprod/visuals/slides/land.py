"""Painters of land, water and sky in silhouette: each paints one layer of a scene on its sheet.

A painter takes the canvas, the paper and how far its layer is (0 near to 1 far). Knows shapes, not scenes.
"""

import math
from typing import TYPE_CHECKING

from aiprod.visuals.motion.light import mixed, scaled
from aiprod.visuals.slides.paper import Paper, clear, fade, fill, glow, polygon

if TYPE_CHECKING:
    import skia


def sky(canvas: "skia.Canvas", paper: Paper, _distance: float) -> None:
    """Air from zenith to skyline, with sun, moon, stars and clouds."""
    import skia

    mood = paper.mood
    colours = [paper.colour(part) for part in (mood.zenith, mood.middle, mood.skyline)]
    canvas.drawPaint(fade(0, paper.horizon, colours))
    chance = paper.scatter("sky")
    if mood.stars > 0:
        for _ in range(150):
            size = chance.uniform(0.5, 1.7) * paper.frame.width_px / 540
            bright = paper.colour((0.9, 0.93, 1.0), min(1.0, mood.stars * chance.uniform(0.3, 1.0)))
            canvas.drawCircle(chance.uniform(0, paper.width), chance.uniform(0, paper.horizon), size, fill(bright))
    at = (paper.width * (0.5 + 0.38 * mood.sun_at[0]), paper.horizon * (1 - 0.82 * max(0.0, mood.sun_at[1])) - 2)
    reach = paper.frame.width_px
    hot = paper.colour(mixed(mood.skyline, (1.0, 0.95, 0.8), 0.5), 0.75)
    if mood.sun_size > 0:
        canvas.drawCircle(*at, reach * 0.75, glow(at, reach * 0.75, hot, clear(hot)))
        canvas.drawCircle(*at, max(0.05, mood.sun_size * 1.3) * reach, fill(skia.ColorSetARGB(255, 255, 247, 226)))
    elif mood.moon:
        pale = paper.colour((0.62, 0.68, 0.8), 0.6)
        canvas.drawCircle(*at, reach * 0.4, glow(at, reach * 0.4, pale, clear(pale)))
        canvas.drawCircle(*at, reach * 0.055, fill(skia.ColorSetARGB(255, 236, 240, 248)))
    for number in range(round(6 * mood.cover)):
        _cloud(canvas, paper, number)


def _cloud(canvas: "skia.Canvas", paper: Paper, number: int) -> None:
    import skia

    chance, mood = paper.scatter("cloud", number), paper.mood
    x, y = chance.uniform(0, paper.width), chance.uniform(0.12, 0.8) * paper.horizon
    width = chance.uniform(0.2, 0.5) * paper.frame.width_px
    colour = paper.colour(mixed(mood.cloud_dark, mood.cloud_lit, chance.uniform(0.4, 1.0)), 0.5)
    paint = fill(colour)
    paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, width * 0.05))
    for _ in range(9):
        across, size = chance.gauss(0, 0.33) * width, chance.uniform(0.08, 0.2) * width
        canvas.drawOval(skia.Rect.MakeXYWH(x + across - size, y - size * 0.4, size * 2.4, size * 0.8), paint)


def ridge(
    canvas: "skia.Canvas",
    paper: Paper,
    distance: float,
    *,
    rise: float,
    rough: float,
    snow: bool = False,
    lower: float = 0.0,
) -> None:
    """A skyline of hills (low `rough`) or peaks, standing on the horizon or `lower`, to the sheet's bottom."""

    chance = paper.scatter("ridge", distance, rise)
    base = paper.horizon + ((1 - distance) * 0.05 + lower) * paper.frame.height_px
    waves = [
        (
            chance.uniform(0, 6.28),
            (1.6 + 1.9 * n) * chance.uniform(0.8, 1.3),
            (0.55 if n else 1.0) / (1 + n * (1.6 - rough)),
        )
        for n in range(6)
    ]
    points = []
    for step in range(161):
        part = step / 160
        total = sum(size * _wave(phase + part * 6.28 * pace * 0.5, rough) for phase, pace, size in waves)
        points.append((part * paper.width, base - rise * paper.frame.height_px * (0.42 + 0.3 * total)))
    path = polygon([(0, paper.height), *points, (paper.width, paper.height)])
    top = min(y for _, y in points)
    canvas.drawPath(path, fade(top, base, [paper.ground(distance, 1.15), paper.ground(min(1.0, distance + 0.2))]))
    if snow:
        canvas.save()
        canvas.clipPath(path, doAntiAlias=True)
        line = top + 0.45 * (base - top)
        edge = [(x, line + 0.16 * (base - top) * math.sin(x * 0.045 + distance * 9)) for x, _ in points]
        cap = polygon([(0, top - 9), *edge, (paper.width, top - 9)])
        canvas.drawPath(cap, fill(paper.lit((0.8, 0.85, 0.92), distance)))
        canvas.restore()


def _wave(angle: float, rough: float) -> float:
    soft = math.sin(angle)
    sharp = 1 - 2 * abs(((angle / 6.283) % 1.0) * 2 - 1)
    return soft + (sharp - soft) * rough


def ground(canvas: "skia.Canvas", paper: Paper, _distance: float) -> None:
    """The flat ground from the horizon down, paler far away, with blades or stones near."""
    import skia

    far, near = paper.ground(0.75), paper.ground(0.0, 0.72)
    area = skia.Rect(0, paper.horizon, paper.width, paper.height)
    canvas.drawRect(area, fade(paper.horizon, paper.height, [far, paper.ground(0.3), near]))
    if paper.spec.archetype in ("snow", "polar", "desert", "beach", "interior", "laboratory", "stage", "cave", "city"):
        return
    chance = paper.scatter("blades")
    size = paper.frame.width_px / 540
    for row in range(14):
        part = (row / 14) ** 1.6
        y = paper.horizon + part * (paper.height - paper.horizon)
        paint = fill(paper.ground(0.6 * (1 - part), chance.uniform(0.85, 1.45)))
        paint.setStrokeWidth(size * (0.7 + 1.8 * part))
        path = skia.Path()
        for _ in range(90):
            x, tall = chance.uniform(0, paper.width), size * (3 + 24 * part) * chance.uniform(0.4, 1.0)
            path.moveTo(x, y + tall * 0.4)
            path.lineTo(x + tall * chance.uniform(-0.35, 0.35), y - tall * 0.6)
        paint.setStyle(skia.Paint.kStroke_Style)
        canvas.drawPath(path, paint)


def water(canvas: "skia.Canvas", paper: Paper, _distance: float) -> None:
    """Water from the horizon down, mirroring the sky in broken streaks."""
    import skia

    mood = paper.mood
    colours = [paper.colour(mixed(mood.skyline, mood.fog, 0.4)), paper.ground(0.35), paper.ground(0.0)]
    canvas.drawRect(skia.Rect(0, paper.horizon, paper.width, paper.height), fade(paper.horizon, paper.height, colours))
    chance = paper.scatter("streaks")
    for _ in range(240):
        part = chance.random() ** 1.5
        y = paper.horizon + part * (paper.height - paper.horizon)
        long = (0.03 + 0.22 * part) * paper.frame.width_px * chance.uniform(0.4, 1.0)
        x = paper.width * (0.5 + 0.38 * mood.sun_at[0]) + chance.gauss(0, 0.1 + 0.35 * part) * paper.width
        paint = fill(paper.colour(mood.skyline, chance.uniform(0.1, 0.5)))
        canvas.drawOval(skia.Rect.MakeXYWH(x - long / 2, y, long, 1.2 + 3.5 * part), paint)


def depths(canvas: "skia.Canvas", paper: Paper, _distance: float) -> None:
    """Water seen from within: light from above, shafts, a floor far below."""
    import skia

    top, deep = (0.06, 0.42, 0.5), (0.004, 0.03, 0.07)
    if paper.mood.night:
        top = scaled(top, 0.3)
    canvas.drawPaint(fade(0, paper.height, [paper.colour(c) for c in (top, mixed(top, deep, 0.6), deep)]))
    chance = paper.scatter("shafts")
    for _ in range(7):
        x, wide = chance.uniform(0, paper.width), chance.uniform(0.04, 0.13) * paper.width
        lean = chance.uniform(-0.1, 0.15) * paper.width
        corners = [(x, 0), (x + wide, 0), (x + wide * 1.9 + lean, paper.height), (x - wide + lean, paper.height)]
        path = polygon(corners)
        pale = paper.colour((0.3, 0.8, 0.85), chance.uniform(0.08, 0.2))
        paint = fade(0, paper.height * 0.8, [pale, clear(pale)])
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, wide * 0.2))
        canvas.drawPath(path, paint)


def heaven(canvas: "skia.Canvas", paper: Paper, _distance: float) -> None:
    """Space: dark, with nebulae and stars."""
    canvas.drawPaint(fade(0, paper.height, [paper.colour(c) for c in ((0.008, 0.008, 0.03), (0.02, 0.012, 0.05))]))
    chance = paper.scatter("heaven")
    for _ in range(9):
        at = (chance.uniform(0, paper.width), chance.uniform(0, paper.height))
        reach = chance.uniform(0.25, 0.7) * paper.frame.width_px
        cloud = (chance.uniform(0.05, 0.3), chance.uniform(0.02, 0.12), chance.uniform(0.12, 0.4))
        canvas.drawCircle(*at, reach, glow(at, reach, paper.colour(cloud, 0.34), clear(paper.colour(cloud))))
    for _ in range(320):
        size = chance.choice((0.6, 0.8, 1.0, 1.9)) * paper.frame.width_px / 540
        star = paper.colour((1.0, chance.uniform(0.8, 1.0), chance.uniform(0.75, 1.0)), chance.uniform(0.3, 1.0))
        canvas.drawCircle(chance.uniform(0, paper.width), chance.uniform(0, paper.height), size, fill(star))


def globe(canvas: "skia.Canvas", paper: Paper, _distance: float) -> None:
    """A planet that fills the lower frame, lit from one side; or, by a black hole, a bright ring."""
    import skia

    chance = paper.scatter("globe")
    if paper.spec.archetype == "blackhole":
        at, size = (paper.width / 2, paper.height * 0.42), paper.frame.width_px * 0.2
        for reach, alpha in ((2.6, 0.28), (1.9, 0.5), (1.45, 0.9)):
            hot = paper.colour((1.0, 0.55, 0.18), alpha)
            canvas.save()
            canvas.translate(*at)
            canvas.rotate(-14)
            canvas.scale(1.0, 0.34)
            canvas.drawCircle(0, 0, size * reach, glow((0, 0), size * reach, hot, clear(hot)))
            canvas.restore()
        ring = fill(paper.colour((1.0, 0.75, 0.4)))
        ring.setStyle(skia.Paint.kStroke_Style)
        ring.setStrokeWidth(size * 0.13)
        ring.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, size * 0.035))
        canvas.drawCircle(*at, size * 1.02, ring)
        canvas.drawCircle(*at, size * 0.95, fill(skia.ColorBLACK))
        return
    at, size = (paper.width * 0.5, paper.height * 1.02), paper.frame.width_px * 0.95
    body = [(0.45, 0.16, 0.06), (0.1, 0.25, 0.5), (0.5, 0.4, 0.22), (0.3, 0.32, 0.36)][paper.spec.variant % 4]
    rim = paper.colour(mixed(body, (0.5, 0.7, 1.0), 0.5), 0.5)
    canvas.drawCircle(*at, size * 1.13, glow(at, size * 1.13, rim, clear(rim)))
    disc = skia.Path()
    disc.addCircle(*at, size)
    canvas.drawPath(disc, fill(paper.colour(body)))
    canvas.save()
    canvas.clipPath(disc, doAntiAlias=True)
    for _ in range(26):
        spot = (chance.uniform(0, paper.width), at[1] - chance.random() * size)
        wide = chance.uniform(0.04, 0.24) * size
        shade = paper.colour(scaled(body, chance.choice((0.55, 0.7, 1.35, 1.6))), 0.5)
        canvas.drawOval(skia.Rect.MakeXYWH(spot[0], spot[1], wide * 2, wide * 0.55), fill(shade))
    night = skia.ColorSetARGB(225, 0, 0, 6)
    canvas.drawPaint(glow((at[0] - size * 0.5, at[1] - size * 0.75), size * 1.6, clear(night), night))
    canvas.restore()
