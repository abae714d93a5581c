"""What people hold in the near hand.

Knows Skia and the names of props. A prop is drawn around the hand's place, upright.
"""

from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    capsule,
    colour,
    curve,
    darker,
    lighter,
    oval,
    paint,
    path,
    ribbon,
    shade_under,
    smooth,
)  # fmt: skip
from aiprod.visuals.motion.subjects.people import Prop
from aiprod.visuals.motion.subjects.rig import Box, Point

if TYPE_CHECKING:
    import skia

WOOD, STEEL, GOLD = colour("7a5232"), colour("c3cad3"), colour("e3b341")


def prop_box(prop: Prop, hand: Point) -> Box:
    """Room for a prop around the hand."""
    x, y = hand
    if prop in ("spear", "staff", "crook", "fork"):
        return (x - 0.12, -0.01, x + 0.14, y + 0.62)
    if prop == "rod":
        return (x - 0.12, y - 0.42, x + 0.56, y + 0.48)
    if prop == "cane":
        return (x - 0.08, -0.01, x + 0.1, y + 0.08)
    return (x - 0.22, y - 0.34, x + 0.30, y + 0.42)


def draw_prop(canvas: "skia.Canvas", prop: Prop, hand: Point) -> None:  # noqa: C901  a table of shapes, one branch each
    """One prop in the hand."""
    x, y = hand

    def rod(low: Point, high: Point, thick: float, tone: Colour) -> None:
        shape = path(capsule((x + low[0], y + low[1]), thick, (x + high[0], y + high[1]), thick))
        canvas.drawPath(shape, paint(tone))
        shade_under(canvas, shape, tone, thick * 0.8, strength=0.4)

    def fill(places: list[Point], tone: Colour, steps: int = 6) -> None:
        shape = path(smooth([(x + a, y + b) for a, b in places], steps=steps))
        canvas.drawPath(shape, paint(tone))
        shade_under(canvas, shape, tone, 0.012, strength=0.4)

    def dot(a: float, b: float, size: float, tone: Colour) -> None:
        canvas.drawPath(path(oval((x + a, y + b), size, size)), paint(tone))

    match prop:
        case "sword":
            fill([(-0.012, 0.03), (-0.014, 0.26), (0.0, 0.32), (0.014, 0.26), (0.012, 0.03)], STEEL, 2)
            rod((-0.045, 0.03), (0.045, 0.03), 0.010, GOLD)
            rod((0.0, -0.045), (0.0, 0.02), 0.010, WOOD)
            dot(0.0, -0.055, 0.015, GOLD)
        case "spear":
            rod((0.0, -y + 0.01), (0.0, 0.48), 0.010, WOOD)
            fill([(-0.022, 0.48), (0.0, 0.58), (0.022, 0.48), (0.0, 0.455)], STEEL, 2)
        case "staff":
            rod((0.0, -y + 0.01), (0.0, 0.36), 0.012, WOOD)
            canvas.drawPath(path(oval((x, y + 0.40), 0.036, 0.036)), paint(colour("7fd0f0")))
            dot(-0.010, 0.412, 0.012, (1.0, 1.0, 1.0))
        case "sceptre":
            rod((0.0, -0.16), (0.0, 0.20), 0.010, GOLD)
            dot(0.0, 0.225, 0.028, colour("c23b4a"))
            dot(0.0, 0.262, 0.014, GOLD)
        case "crook":
            rod((0.0, -y + 0.01), (0.0, 0.26), 0.010, GOLD)
            hook = smooth(
                [(x, y + 0.25), (x, y + 0.33), (x + 0.045, y + 0.36), (x + 0.075, y + 0.31), (x + 0.06, y + 0.27)],
                closed=False,
            )
            canvas.drawPath(curve(hook), paint(GOLD, line=0.020))
        case "fork":
            rod((0.0, -y + 0.01), (0.0, 0.30), 0.010, WOOD)
            for a in (-0.04, 0.0, 0.04):
                rod((a, 0.31), (a, 0.42), 0.006, STEEL)
            rod((-0.04, 0.31), (0.04, 0.31), 0.006, STEEL)
        case "cane":
            rod((0.0, -y + 0.01), (0.0, 0.01), 0.010, WOOD)
        case "axe" | "pick":
            rod((0.0, -0.14), (0.0, 0.22), 0.012, WOOD)
            if prop == "axe":
                fill([(0.0, 0.22), (0.09, 0.27), (0.11, 0.17), (0.09, 0.09), (0.0, 0.15)], STEEL)
            else:
                canvas.drawPath(
                    curve(smooth([(x - 0.10, y + 0.16), (x, y + 0.23), (x + 0.10, y + 0.16)], closed=False)),
                    paint(STEEL, line=0.022),
                )
        case "book":
            fill([(-0.01, -0.05), (0.11, -0.035), (0.12, 0.085), (0.0, 0.07)], colour("8f3b2f"), 2)
            fill([(0.005, -0.040), (0.10, -0.026), (0.108, 0.072), (0.014, 0.060)], colour("f3ead6"), 2)
            fill([(-0.015, -0.052), (0.055, -0.042), (0.065, 0.080), (0.0, 0.072)], colour("a8452f"), 2)
        case "flask":
            rod((0.0, 0.02), (0.0, 0.095), 0.014, colour("cfe6ee"))
            dot(0.0, -0.02, 0.046, colour("cfe6ee"))
            fill([(-0.040, -0.022), (0.0, -0.018), (0.040, -0.022), (0.028, -0.050), (0.0, -0.060), (-0.028, -0.050)],
                colour("4fc08f"), 5)  # fmt: skip
            dot(0.015, 0.02, 0.008, (1.0, 1.0, 1.0))
        case "brush":
            rod((0.0, -0.05), (0.0, 0.12), 0.006, WOOD)
            fill([(-0.011, 0.12), (0.0, 0.165), (0.011, 0.12)], colour("d9542b"), 3)
        case "quill":
            feather = ribbon([(x, y - 0.04), (x + 0.02, y + 0.07), (x + 0.06, y + 0.17)], [0.003, 0.020, 0.004])
            canvas.drawPath(path(feather), paint(colour("f5f2ea")))
        case "guitar":
            fill([(-0.20, -0.10), (-0.12, -0.03), (-0.02, -0.05), (0.04, 0.02), (0.06, -0.05), (-0.01, -0.13), (-0.06,
                -0.21), (-0.17, -0.22)], colour("b5652b"))  # fmt: skip
            rod((0.02, -0.03), (0.24, 0.13), 0.011, colour("4a2f1d"))
            dot(-0.06, -0.10, 0.030, colour("3a2418"))
        case "bow":
            canvas.drawPath(curve(smooth([(x - 0.03, y - 0.26), (x + 0.05, y - 0.12), (x + 0.065, y), (x + 0.05,
                y + 0.12), (x - 0.03, y + 0.26)], closed=False)), paint(WOOD, line=0.018))  # fmt: skip
            canvas.drawPath(
                curve(smooth([(x - 0.03, y - 0.26), (x - 0.032, y), (x - 0.03, y + 0.26)], closed=False)),
                paint(lighter(WOOD, 0.6), line=0.004),
            )
        case "wrench":
            rod((0.0, -0.09), (0.0, 0.09), 0.012, STEEL)
            canvas.drawPath(
                curve(
                    smooth(
                        [(x - 0.028, y + 0.145), (x - 0.022, y + 0.10), (x + 0.022, y + 0.10), (x + 0.028, y + 0.145)],
                        closed=False,
                    )
                ),
                paint(STEEL, line=0.020),
            )
        case "telescope":
            rod((-0.06, -0.02), (0.12, 0.05), 0.018, colour("8a5a2b"))
            rod((0.10, 0.042), (0.19, 0.078), 0.025, GOLD)
        case "rod":
            rod((-0.09, -0.08), (0.05, 0.05), 0.013, WOOD)
            bent = smooth([(x + 0.04, y + 0.04), (x + 0.26, y + 0.28), (x + 0.42, y + 0.41), (x + 0.52, y + 0.44)], closed=False)
            canvas.drawPath(curve(bent), paint(darker(WOOD, 0.3), line=0.009))
            slack = smooth([(x + 0.52, y + 0.44), (x + 0.525, y + 0.1), (x + 0.515, y - 0.34)], closed=False)
            canvas.drawPath(curve(slack), paint((0.93, 0.93, 0.9), line=0.004))
            dot(0.03, 0.0, 0.020, STEEL)
            dot(0.515, -0.35, 0.020, colour("d23b30"))
            dot(0.512, -0.343, 0.010, (1.0, 1.0, 1.0))
        case "rifle":
            rod((-0.13, -0.12), (-0.02, 0.0), 0.020, WOOD)
            rod((-0.02, 0.0), (0.19, 0.20), 0.010, darker(STEEL, 0.55))
        case _:
            pass
