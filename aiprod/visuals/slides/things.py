"""Painters of what stands in a landscape: buildings, columns, ice, a volcano, rooms, a stage, a map.

Same shape as `land.py`: canvas, paper, distance (0 near to 1 far). Knows shapes, not scenes.
"""

import math
from typing import TYPE_CHECKING

from aiprod.visuals.motion.light import mixed
from aiprod.visuals.slides.paper import Paper, clear, fade, fill, glow, polygon

if TYPE_CHECKING:
    import skia

TABLE_TOP = 0.6
"""How far down the frame a table's edge is."""


def towers(canvas: "skia.Canvas", paper: Paper, distance: float) -> None:
    """A city's skyline with lit windows."""
    import skia

    chance = paper.scatter("towers", distance)
    x, near = 0.0, 1 - distance
    foot = paper.horizon + near * 0.1 * paper.frame.height_px
    while x < paper.width:
        wide = chance.uniform(0.06, 0.15) * paper.frame.width_px * (0.7 + 0.6 * near)
        tall = chance.uniform(0.1, 0.42) * paper.frame.height_px * (0.6 + 0.4 * near)
        colour = paper.lit((0.05, 0.055, 0.08), distance)
        canvas.drawRect(skia.Rect.MakeLTRB(x, foot - tall, x + wide, paper.height), fill(colour))
        cell = max(5.0, wide / 7)
        share = 0.5 if paper.mood.night else 0.12
        warm = paper.colour((1.0, 0.66, 0.28), 0.85 if paper.mood.night else 0.35)
        for row in range(int(tall / cell / 1.35)):
            for column in range(1, int(wide / cell)):
                if chance.random() < share:
                    left, top = x + column * cell - cell * 0.2, foot - tall + (row + 0.6) * cell * 1.35
                    canvas.drawRect(skia.Rect.MakeXYWH(left, top, cell * 0.5, cell * 0.62), fill(warm))
        x += wide * chance.uniform(1.0, 1.12)


def houses(canvas: "skia.Canvas", paper: Paper, distance: float) -> None:
    """Gabled houses in a row."""
    import skia

    chance = paper.scatter("houses", distance)
    x, near = 0.0, 1 - distance
    foot = paper.horizon + near * 0.12 * paper.frame.height_px
    while x < paper.width:
        wide = chance.uniform(0.14, 0.24) * paper.frame.width_px * (0.6 + 0.6 * near)
        tall = wide * chance.uniform(0.6, 1.0)
        wall = paper.lit(mixed((0.5, 0.42, 0.3), (0.42, 0.2, 0.14), chance.random()), distance)
        canvas.drawRect(skia.Rect.MakeLTRB(x, foot - tall, x + wide, foot + 4), fill(wall))
        corners = [(x - wide * 0.08, foot - tall), (x + wide / 2, foot - tall * 1.6), (x + wide * 1.08, foot - tall)]
        roof = polygon(corners)
        canvas.drawPath(roof, fill(paper.lit((0.3, 0.1, 0.06), distance)))
        warm = paper.colour((1.0, 0.7, 0.3), 0.95) if paper.mood.night else paper.lit((0.1, 0.12, 0.16), distance)
        for column in (0.22, 0.62):
            canvas.drawRect(
                skia.Rect.MakeXYWH(x + wide * column, foot - tall * 0.72, wide * 0.17, tall * 0.27), fill(warm)
            )
        x += wide * chance.uniform(1.02, 1.5)


def columns(canvas: "skia.Canvas", paper: Paper, distance: float) -> None:
    """Broken columns, some still bearing a beam."""
    import skia

    chance = paper.scatter("columns", distance)
    near = 1 - distance
    foot = paper.horizon + near * 0.25 * (paper.height - paper.horizon)
    wide = paper.frame.width_px * (0.035 + 0.06 * near)
    stone, dark = paper.lit((0.55, 0.46, 0.32), distance), paper.lit((0.28, 0.22, 0.15), distance)
    whole = paper.frame.height_px * (0.16 + 0.22 * near)
    for number in range(round(9 - 4 * near)):
        x = (number + 0.3) / round(9 - 4 * near) * paper.width
        if near > 0.5 and abs(x / paper.width - 0.5) < 0.2:
            continue
        tall = whole * chance.choice((1.0, 1.0, 0.55, 0.8))
        shader = skia.GradientShader.MakeLinear([(x, 0), (x + wide, 0)], [stone, dark])
        canvas.drawRect(skia.Rect.MakeLTRB(x, foot - tall, x + wide, foot), skia.Paint(Shader=shader, AntiAlias=True))
        for y in (foot - tall, foot - wide * 0.25):
            canvas.drawRect(skia.Rect.MakeXYWH(x - wide * 0.2, y, wide * 1.4, wide * 0.25), fill(stone))
        if tall == whole and chance.random() < 0.6:
            canvas.drawRect(skia.Rect.MakeXYWH(x - wide, foot - tall - wide * 0.5, wide * 3.4, wide * 0.5), fill(stone))


def floes(canvas: "skia.Canvas", paper: Paper, distance: float) -> None:
    """Blocks of ice."""

    chance = paper.scatter("floes", distance)
    near = 1 - distance
    for _ in range(7):
        x = chance.uniform(-0.1, 1.0) * paper.width
        wide = chance.uniform(0.14, 0.4) * paper.frame.width_px * (0.6 + 0.5 * near)
        y, tall = paper.horizon + near * 0.12 * paper.frame.height_px, wide * chance.uniform(0.25, 0.85)
        corners = [
            (x, y),
            (x + wide * 0.2, y - tall * 0.8),
            (x + wide * 0.5, y - tall),
            (x + wide * 0.85, y - tall * 0.5),
            (x + wide, y),
        ]
        block = polygon(corners)
        canvas.drawPath(
            block,
            fade(y - tall, y, [paper.lit((0.85, 0.92, 0.97), distance), paper.lit((0.3, 0.52, 0.66), distance)]),
        )


def cone(canvas: "skia.Canvas", paper: Paper, _distance: float) -> None:
    """A volcano with a glowing mouth, a plume and streams of lava."""
    import skia

    chance = paper.scatter("cone")
    at = (paper.width * 0.52, paper.horizon - paper.frame.height_px * 0.26)
    wide = paper.frame.width_px * 0.7
    smoke = skia.Paint(AntiAlias=True, MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, wide * 0.03))
    for step in range(26):
        part = step / 26
        smoke.setColor(paper.colour(mixed((0.55, 0.16, 0.05), (0.06, 0.05, 0.06), min(1.0, part * 2.2)), 0.5))
        canvas.drawCircle(at[0] + chance.gauss(0, 0.03 + 0.09 * part) * wide + part * wide * 0.15,
                          at[1] - part * paper.frame.height_px * 0.42, wide * (0.05 + 0.14 * part), smoke)  # fmt: skip
    mountain = skia.Path()
    mountain.moveTo(at[0] - wide * 0.95, paper.horizon + 9)
    mountain.quadTo(at[0] - wide * 0.22, paper.horizon - 40, at[0] - wide * 0.1, at[1])
    mountain.lineTo(at[0] + wide * 0.1, at[1])
    mountain.quadTo(at[0] + wide * 0.24, paper.horizon - 40, at[0] + wide, paper.horizon + 9)
    mountain.close()
    canvas.drawPath(mountain, fade(at[1], paper.horizon, [paper.ground(0.1, 1.6), paper.ground(0.3, 0.8)]))
    hot = paper.colour((2.4, 0.7, 0.12), 0.95)
    canvas.drawCircle(*at, wide * 0.34, glow(at, wide * 0.34, hot, clear(hot)))
    lava = fill(paper.colour((2.6, 0.6, 0.08)))
    lava.setStyle(skia.Paint.kStroke_Style)
    lava.setStrokeWidth(wide * 0.014)
    lava.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, wide * 0.004))
    lava.setStrokeCap(skia.Paint.kRound_Cap)
    for lean in (-0.16, 0.02, 0.2):
        stream = skia.Path()
        stream.moveTo(at[0] + lean * wide * 0.3, at[1])
        stream.cubicTo(at[0] + lean * wide, at[1] + wide * 0.1, at[0] - lean * wide * 0.3, at[1] + wide * 0.17,
                       at[0] + lean * wide * 1.1, at[1] + wide * chance.uniform(0.2, 0.36))  # fmt: skip
        canvas.drawPath(stream, lava)


def room(canvas: "skia.Canvas", paper: Paper, _distance: float) -> None:
    """A wall with a window and shelves, above a floor; a laboratory has benches and glassware instead of books."""
    import skia

    laboratory = paper.spec.archetype == "laboratory"
    wall = (0.3, 0.4, 0.46) if laboratory else (0.36, 0.2, 0.11)
    canvas.drawPaint(
        fade(
            0,
            paper.horizon,
            [paper.lit((wall[0] * 0.6, wall[1] * 0.6, wall[2] * 0.6), 0.1), paper.lit(wall, 0.15)],
        )
    )
    chance = paper.scatter("room")
    unit = paper.frame.width_px
    left, top = paper.width / 2 - unit * 0.24, paper.horizon - unit * 0.82
    pane = skia.Rect.MakeXYWH(left, top, unit * 0.48, unit * 0.56)
    canvas.drawRect(pane.makeOutset(unit * 0.025, unit * 0.025), fill(paper.lit((0.55, 0.45, 0.33), 0.1)))
    mood = paper.mood
    canvas.drawRect(pane, fade(top, top + unit * 0.56, [paper.colour(mood.zenith), paper.colour(mood.skyline)]))
    bar = fill(paper.lit((0.55, 0.45, 0.33), 0.1))
    canvas.drawRect(skia.Rect.MakeXYWH(left + unit * 0.23, top, unit * 0.02, unit * 0.56), bar)
    canvas.drawRect(skia.Rect.MakeXYWH(left, top + unit * 0.27, unit * 0.48, unit * 0.02), bar)
    for side in (-1, 1):
        for shelf in range(4):
            y = paper.horizon - unit * (0.28 + 0.2 * shelf)
            x = paper.width / 2 + side * unit * 0.48 - unit * 0.17
            canvas.drawRect(skia.Rect.MakeXYWH(x, y, unit * 0.34, unit * 0.014), bar)
            for number in range(9):
                tall = unit * chance.uniform(0.07, 0.14)
                colour = paper.lit(
                    (chance.uniform(0.05, 0.5), chance.uniform(0.05, 0.35), chance.uniform(0.05, 0.45)), 0.12
                )
                book = skia.Rect.MakeXYWH(x + number * unit * 0.036, y - tall, unit * 0.028, tall)
                canvas.drawRoundRect(book, *((unit * 0.012,) * 2 if laboratory else (0, 0)), fill(colour))
    shine = paper.colour(mood.fog_sun, 0.28)
    spot = (paper.width / 2, paper.horizon - unit * 0.2)
    canvas.drawCircle(*spot, unit * 0.8, glow(spot, unit * 0.8, shine, clear(shine)))


def table(canvas: "skia.Canvas", paper: Paper, _distance: float) -> None:
    """A table top across the picture, for what is looked at closely."""
    import skia

    top = paper.margin + paper.frame.height_px * TABLE_TOP
    wood, dark = paper.lit((0.34, 0.17, 0.07), 0.1), paper.lit((0.12, 0.055, 0.025), 0.1)
    canvas.drawRect(skia.Rect.MakeLTRB(0, top, paper.width, paper.height), fade(top, paper.height, [wood, dark]))
    chance = paper.scatter("table")
    grain = fill(dark & 0x50FFFFFF)
    for _ in range(26):
        y = top + (paper.height - top) * chance.random() ** 1.4
        x = chance.uniform(-0.2, 0.9) * paper.width
        canvas.drawRect(skia.Rect.MakeXYWH(x, y, chance.uniform(0.2, 0.7) * paper.width, 1.5), grain)


def cavern(canvas: "skia.Canvas", paper: Paper, distance: float) -> None:
    """Walls of rock around an opening of light; the nearer one frames the picture."""
    import skia

    chance = paper.scatter("cavern", distance)
    opening = 0.3 + 0.22 * (1 - distance)
    middle = paper.width / 2, paper.horizon - paper.height * 0.13
    corners = []
    for step in range(34):
        angle, reach = 6.283 * step / 34, opening * chance.uniform(0.86, 1.12)
        x = middle[0] + 1.05 * reach * math.cos(angle) * paper.width
        corners.append((x, middle[1] + 0.85 * reach * math.sin(angle) * paper.height))
    rim = polygon(corners)
    rim.setFillType(skia.PathFillType.kInverseWinding)
    dark = 0.35 + distance
    canvas.drawPath(rim, fill(paper.lit((0.09 * dark, 0.065 * dark, 0.055 * dark), distance * 0.4)))


def spotlight(canvas: "skia.Canvas", paper: Paper, _distance: float) -> None:
    """A dark stage with a beam from above and a gleaming floor."""
    import skia

    accent = skia.Color4f(int(skia.ColorSetARGB(255, *bytes.fromhex(paper.spec.accent[1:]))))
    base = (0.012 + 0.05 * accent.fR, 0.012 + 0.05 * accent.fG, 0.03 + 0.06 * accent.fB)
    canvas.drawPaint(
        fade(
            0,
            paper.height,
            [paper.colour(c) for c in (base, mixed(base, (0.2, 0.2, 0.3), 0.3), (0.006, 0.006, 0.012))],
        )
    )
    at = (paper.width / 2, paper.horizon - paper.frame.height_px * 0.12)
    pale = paper.colour((0.25 + 0.5 * accent.fR, 0.25 + 0.5 * accent.fG, 0.3 + 0.5 * accent.fB), 0.55)
    canvas.drawCircle(*at, paper.frame.width_px * 0.62, glow(at, paper.frame.width_px * 0.62, pale, clear(pale)))
    floor = skia.Rect(0, paper.horizon, paper.width, paper.height)
    canvas.drawRect(
        floor,
        fade(
            paper.horizon,
            paper.height,
            [paper.colour(mixed(base, (0.1, 0.1, 0.14), 0.5)), paper.colour((0.004, 0.004, 0.008))],
        ),
    )
    canvas.save()
    canvas.translate(paper.width / 2, paper.horizon + paper.frame.height_px * 0.1)
    canvas.scale(1.0, 0.2)
    canvas.drawCircle(0, 0, paper.frame.width_px * 0.5, glow((0, 0), paper.frame.width_px * 0.5, pale, clear(pale)))
    canvas.restore()
