"""Clothes on a standing body: torso, sleeves, trousers, skirts, robes, capes and packs.

Knows people and Skia; places are those of `Body`, in rig space. Motion is `figure.py`'s.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    Outline,
    capsule,
    colour,
    curve,
    darker,
    lighter,
    mix,
    oval,
    paint,
    path,
    ramp,
    ribbon,
    shade_under,
    shaggy,
    smooth,
)  # fmt: skip
from aiprod.visuals.motion.subjects.people import Person
from aiprod.visuals.motion.subjects.rig import Point

if TYPE_CHECKING:
    import skia

WHITE: Colour = (0.95, 0.94, 0.92)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Proportions: joints of a standing person, facing right, 1 high."""

    hip: float
    shoulder: float
    head: Point
    head_radius: float
    wide: float
    near_shoulder: Point
    far_shoulder: Point
    near_hip: Point
    far_hip: Point
    arm: tuple[float, float]
    ankle: float
    thick: float


def body_of(person: Person) -> Body:
    """An adult's body, a woman's or a child's."""
    if person.child:
        return Body(hip=0.40, shoulder=0.665, head=(0.012, 0.828), head_radius=0.125, wide=0.90,
            near_shoulder=(-0.055, 0.640), far_shoulder=(0.058, 0.640), near_hip=(-0.028, 0.395), far_hip=(0.030,
            0.395), arm=(0.128, 0.122), ankle=0.045, thick=0.94)  # fmt: skip
    slim = 0.90 if person.female else 1.0
    return Body(hip=0.465, shoulder=0.760, head=(0.014, 0.874), head_radius=0.093, wide=slim,
        near_shoulder=(-0.062 * slim, 0.735), far_shoulder=(0.062 * slim, 0.735), near_hip=(-0.030, 0.455),
        far_hip=(0.032, 0.455), arm=(0.152, 0.145), ankle=0.045, thick=0.90 if person.female else 1.0)  # fmt: skip


def torso_outline(body: Body, *, female: bool) -> Outline:
    """Shoulders to hips."""
    top, low, w = body.shoulder, body.hip - 0.03, body.wide
    span = top - low

    def at(x: float, part: float) -> Point:
        return (x * w, low + span * part)

    waist = 0.066 if female else 0.078
    return smooth([at(-0.100, 0.90), at(-0.072, 0.99), at(-0.02, 1.06), at(0.035, 1.06), at(0.082, 0.98), at(0.104,
        0.88), at(0.106 if female else 0.100, 0.66), at(waist, 0.38), at(0.088, 0.10), at(0.084, 0.0), at(-0.084,
        0.0), at(-0.090, 0.12), at(-waist, 0.40), at(-0.094, 0.66)])  # fmt: skip


def draw_torso(canvas: "skia.Canvas", person: Person, body: Body) -> None:
    """The upper body in its clothes, neck included."""

    outfit, w, top, low = person.outfit, body.wide, body.shoulder, body.hip - 0.03
    span, extras = top - low, outfit.extras
    neck = path(capsule((0.004, top - 0.01), 0.036 * w, (0.012, body.head[1] - body.head_radius * 0.6), 0.033 * w))
    canvas.drawPath(neck, paint(darker(person.skin, 0.22)))
    shape = path(torso_outline(body, female=person.female))
    base = person.skin if "bare-chest" in extras else outfit.top
    canvas.drawPath(
        shape, ramp([(0.0, lighter(base, 0.10)), (0.55, base), (1.0, darker(base, 0.16))], (-0.02, top), (0.03, low))
    )
    canvas.save()
    canvas.clipPath(shape, doAntiAlias=True)

    def at(x: float, part: float) -> Point:
        return (x * w, low + span * part)

    def patch(places: list[tuple[float, float]], tone: Colour, steps: int = 5) -> None:
        canvas.drawPath(path(smooth([at(*p) for p in places], steps=steps)), paint(tone))

    def line(places: list[tuple[float, float]], tone: Colour, wide: float = 0.006) -> None:
        canvas.drawPath(curve(smooth([at(*p) for p in places], closed=False)), paint(tone, line=wide))

    def dot(x: float, part: float, size: float, tone: Colour) -> None:
        canvas.drawPath(path(oval(at(x, part), size, size)), paint(tone))

    _garment(person, patch, line, dot)
    if "belt" in extras:
        patch([(-0.12, 0.20), (0.12, 0.20), (0.12, 0.11), (-0.12, 0.11)],
            darker(outfit.trim if outfit.garment in ("robe", "tunic") else (0.36, 0.24, 0.16), 0.1), 2)  # fmt: skip
        dot(0.035, 0.155, 0.013, (0.89, 0.72, 0.28))
    canvas.restore()
    shade_under(canvas, shape, base, 0.034, strength=0.34)
    _over(canvas, person, body)


def _garment(person: Person, patch: "Patch", line: "Line", dot: "Dot") -> None:  # noqa: C901  a table of shapes, one branch each
    outfit, extras = person.outfit, person.outfit.extras
    dark, light = darker(outfit.top, 0.35), lighter(outfit.top, 0.25)
    open_front = ("jacket", "suit", "coat")
    if outfit.garment in open_front:
        inner = (
            WHITE
            if {"shirt-tie", "cravat"} & set(extras)
            else outfit.trim
            if "stethoscope" in extras
            else mix(outfit.trim, WHITE, 0.35)
        )
        patch([(-0.005, 1.08), (0.075, 1.05), (0.052, 0.62), (0.040, 0.30), (0.022, 0.62)], inner)
        line([(-0.012, 1.05), (0.005, 0.80), (0.036, 0.42), (0.040, 0.0)], dark)
        line([(0.082, 1.02), (0.066, 0.74), (0.044, 0.42)], dark)
        for part in (0.18, 0.32):
            dot(0.022, part, 0.006, dark)
        if "shirt-tie" in extras:
            patch([(0.030, 1.0), (0.050, 1.0), (0.056, 0.60), (0.042, 0.46), (0.028, 0.62)],
                outfit.trim if outfit.garment == "suit" else (0.60, 0.22, 0.22), 3)  # fmt: skip
        if "cravat" in extras:
            patch(
                [(0.015, 1.02), (0.062, 1.02), (0.070, 0.80), (0.038, 0.66), (0.012, 0.80)], lighter(outfit.trim, 0.55)
            )
        if "stripes" in extras:
            for part in (0.92, 0.80, 0.68):
                line([(0.0, part), (0.06, part)], (0.16, 0.25, 0.45), 0.010)
    elif outfit.garment in ("shirt", "uniform", "apron"):
        patch([(0.0, 1.08), (0.070, 1.06), (0.040, 0.90)], person.skin if "collar-shirt" not in extras else WHITE)
        line([(0.0, 1.04), (0.036, 0.90), (0.078, 1.03)], light, 0.009)
        line([(0.036, 0.90), (0.042, 0.45), (0.040, 0.0)], dark, 0.004)
        if outfit.garment == "uniform":
            for part in (0.75, 0.58, 0.41):
                dot(0.050, part, 0.007, (0.87, 0.71, 0.30))
            patch([(-0.06, 0.76), (-0.012, 0.77), (-0.014, 0.60), (-0.06, 0.59)], dark, 2)
    elif outfit.garment in ("robe", "dress", "tunic"):
        patch([(-0.012, 1.08), (0.072, 1.06), (0.034, 0.84)], person.skin)
        line([(-0.016, 1.05), (0.032, 0.83), (0.080, 1.03)], outfit.trim, 0.014)
        if outfit.garment == "robe":
            line([(0.032, 0.83), (0.040, 0.4), (0.038, 0.0)], outfit.trim, 0.016)
    elif outfit.garment == "toga":
        patch([(-0.02, 1.08), (0.075, 1.06), (0.050, 0.86), (0.0, 0.92)], person.skin)
        patch([(-0.11, 0.98), (-0.05, 1.06), (0.05, 0.62), (0.11, 0.30), (0.11, 0.02), (0.02, 0.20), (-0.11, 0.62)],
            lighter(outfit.top, 0.35))  # fmt: skip
        for shift in (0.0, 0.035, 0.07):
            line([(-0.10, 0.94 - shift * 5), (0.0, 0.66 - shift * 5), (0.11, 0.30 - shift * 4)], darker(outfit.top,
                0.22), 0.006)  # fmt: skip
        line([(-0.075, 1.02), (0.03, 0.66), (0.11, 0.34)], outfit.trim, 0.016)
    elif outfit.garment == "cuirass":
        patch([(-0.012, 1.10), (0.080, 1.08), (0.040, 0.92)], darker(outfit.bottom, 0.1))
        line([(0.042, 0.90), (0.046, 0.30)], dark, 0.005)
        line([(-0.08, 0.66), (0.02, 0.56), (0.042, 0.62), (0.066, 0.56), (0.10, 0.64)], dark, 0.006)
        for part in (0.46, 0.34):
            line([(-0.06, part), (0.04, part - 0.02), (0.09, part)], dark, 0.005)
    elif outfit.garment == "armour":
        if "plates" in extras:
            for part in (0.86, 0.72, 0.58, 0.44, 0.30):
                line([(-0.11, part), (0.0, part - 0.02), (0.11, part)], outfit.trim, 0.007)
        else:
            line([(-0.09, 0.62), (0.03, 0.52), (0.10, 0.62)], dark, 0.006)
            dot(-0.07, 0.9, 0.022, light)
        if "tabard" in extras:
            patch([(-0.03, 1.0), (0.085, 0.98), (0.082, -0.05), (-0.035, -0.05)], outfit.trim, 3)
            patch([(0.014, 0.86), (0.034, 0.86), (0.034, 0.42), (0.014, 0.42)], (0.93, 0.78, 0.36), 2)
            patch([(-0.01, 0.70), (0.058, 0.70), (0.058, 0.60), (-0.01, 0.60)], (0.93, 0.78, 0.36), 2)
    elif outfit.garment == "fur":
        patch([(-0.02, 1.10), (0.11, 1.10), (0.09, 0.74), (0.02, 0.86)], person.skin)
        for x in (-0.07, -0.03, 0.01, 0.05):
            line([(x, 0.72), (x + 0.01, 0.60), (x - 0.005, 0.5)], darker(outfit.top, 0.35), 0.006)
    elif outfit.garment == "spacesuit":
        patch([(-0.02, 0.74), (0.075, 0.74), (0.075, 0.46), (-0.02, 0.46)], (0.80, 0.83, 0.87), 2)
        dot(0.0, 0.66, 0.010, (0.85, 0.30, 0.25))
        dot(0.028, 0.66, 0.010, (0.30, 0.65, 0.85))
        patch([(-0.005, 0.58), (0.06, 0.58), (0.06, 0.52), (-0.005, 0.52)], (0.30, 0.36, 0.44), 2)
        line([(-0.10, 0.30), (0.10, 0.30)], outfit.trim, 0.012)
    elif outfit.garment == "wetsuit":
        patch([(0.05, 1.0), (0.11, 0.9), (0.10, 0.2), (0.07, 0.2)], outfit.trim)
        line([(0.036, 1.0), (0.036, 0.3)], light, 0.004)
    _details(person, patch, line, dot)


def _details(person: Person, patch: "Patch", line: "Line", dot: "Dot") -> None:
    outfit, extras = person.outfit, person.outfit.extras
    if "overalls" in extras:
        patch([(-0.05, 0.62), (0.088, 0.62), (0.11, -0.05), (-0.11, -0.05), (-0.10, 0.2)], outfit.bottom, 3)
        line([(-0.045, 0.62), (-0.06, 1.0)], outfit.bottom, 0.022)
        line([(0.078, 0.62), (0.066, 1.0)], outfit.bottom, 0.018)
        dot(-0.042, 0.58, 0.009, (0.87, 0.71, 0.30))
        dot(0.074, 0.58, 0.009, (0.87, 0.71, 0.30))
    if outfit.garment == "apron" or "apron-front" in extras:
        tone = outfit.trim if outfit.garment == "apron" else (0.98, 0.97, 0.95)
        patch([(-0.035, 0.72), (0.082, 0.72), (0.10, -0.05), (-0.07, -0.05)], tone, 3)
    if "vest" in extras or "vest-leather" in extras:
        patch([(-0.12, 1.1), (0.0, 1.06), (0.012, 0.5), (0.006, -0.05), (-0.12, -0.05)], outfit.trim)
        patch([(0.072, 1.06), (0.12, 1.0), (0.12, -0.05), (0.074, -0.05), (0.066, 0.5)], outfit.trim)
        if "vest" in extras:
            line([(-0.11, 0.45), (0.0, 0.42)], WHITE, 0.016)
            line([(0.074, 0.42), (0.11, 0.44)], WHITE, 0.016)
    if "straps" in extras:
        line([(-0.07, 1.0), (-0.058, 0.5), (-0.075, 0.1)], darker(outfit.trim, 0.15), 0.015)
        line([(0.078, 1.0), (0.084, 0.5), (0.078, 0.1)], darker(outfit.trim, 0.15), 0.013)
    if "sash" in extras:
        line([(-0.10, 1.0), (0.0, 0.6), (0.10, 0.16)], outfit.trim, 0.026)
    if "medal" in extras or "badge" in extras:
        dot(-0.035, 0.72, 0.012, (0.91, 0.74, 0.30))
    if "bands" in extras:
        for part in (0.72, 0.18):
            line([(-0.12, part), (0.12, part)], outfit.trim, 0.018)
    if "stethoscope" in extras:
        line([(-0.012, 1.04), (0.0, 0.76), (0.032, 0.66), (0.062, 0.76), (0.072, 1.04)], (0.20, 0.24, 0.30), 0.008)
        dot(0.032, 0.60, 0.013, (0.72, 0.76, 0.80))
    if "number" in extras:
        patch([(-0.01, 0.80), (0.07, 0.80), (0.07, 0.52), (-0.01, 0.52)], WHITE, 2)
        line([(0.030, 0.74), (0.030, 0.58)], (0.15, 0.15, 0.18), 0.008)
    if "stars" in extras:
        for x, part in ((-0.06, 0.8), (-0.02, 0.5), (0.07, 0.66), (-0.07, 0.3), (0.06, 0.3)):
            dot(x, part, 0.007, outfit.trim)


def _over(canvas: "skia.Canvas", person: Person, body: Body) -> None:
    """Collars, scarves and shoulder pieces that reach beyond the torso."""
    outfit, extras, w, top = person.outfit, person.outfit.extras, body.wide, body.shoulder
    if "ermine" in extras:
        ruff = path(ribbon([(-0.088 * w, top - 0.035), (-0.035 * w, top - 0.012), (0.03 * w, top - 0.040), (0.088 * w,
            top - 0.030)], [0.030, 0.034, 0.034, 0.028]))  # fmt: skip
        canvas.drawPath(ruff, paint((0.96, 0.95, 0.93)))
        shade_under(canvas, ruff, (0.8, 0.78, 0.75), 0.012, strength=0.5)
        for x in (-0.06, -0.015, 0.03, 0.07):
            canvas.drawPath(path(oval((x * w, top - 0.03), 0.004, 0.009)), paint((0.15, 0.13, 0.14)))
    if "collar" in extras:
        for index, tone in enumerate((outfit.trim, colour("2f6f9f"), outfit.trim, colour("b3402f"))):
            arc = [
                (-0.078 * w + index * 0.008, top - 0.02),
                (0.02 * w, top - 0.075 + index * 0.014),
                (0.088 * w - index * 0.008, top - 0.025),
            ]
            canvas.drawPath(curve(smooth(arc, closed=False)), paint(tone, line=0.014))
    if "scarf" in extras or "scarf-red" in extras:
        tone = colour("b3372f") if "scarf-red" in extras or outfit.garment != "jacket" else colour("f0ead9")
        scarf = path(
            ribbon(
                [(-0.045 * w, top + 0.012), (0.02 * w, top - 0.012), (0.062 * w, top + 0.008)], [0.018, 0.022, 0.018]
            )
        )
        canvas.drawPath(scarf, paint(tone))
        canvas.drawPath(path(ribbon([(0.03 * w, top - 0.01), (0.034 * w, top - 0.06), (0.022 * w, top - 0.10)],
            [0.013, 0.016, 0.010])), paint(darker(tone, 0.12)))  # fmt: skip
    if "fur-collar" in extras:
        canvas.drawPath(path(shaggy(ribbon([(-0.06 * w, top + 0.008), (0.0, top - 0.012), (0.07 * w, top + 0.004)],
            [0.024, 0.026, 0.022]), 0.006, 0.014, 4)), paint(outfit.trim))  # fmt: skip
    if "epaulettes" in extras:
        for x in (-0.092, 0.092):
            canvas.drawPath(path(oval((x * w, top - 0.028), 0.026, 0.014)), paint((0.91, 0.74, 0.30)))
    if "frills" in extras:
        canvas.drawPath(
            path(ribbon([(-0.04 * w, top), (0.02 * w, top - 0.03), (0.07 * w, top)], [0.016, 0.020, 0.016])),
            paint(outfit.trim),
        )


def skirt_outline(person: Person, body: Body) -> Outline | None:
    """A skirt, kilt or robe below the waist; None for trousers."""
    outfit = person.outfit
    top = body.hip + 0.035
    if outfit.legs == "hidden":
        low, wide = 0.045, 0.135
    elif outfit.garment == "dress":
        low, wide = body.hip * 0.50, 0.128
    elif outfit.legs == "bare" and "shorts" not in outfit.extras:
        low, wide = body.hip * 0.60, 0.112
    elif "long-coat" in outfit.extras or outfit.garment == "coat":
        low, wide = body.hip * 0.58, 0.112
    elif outfit.garment in ("tunic", "armour"):
        low, wide = body.hip * 0.74, 0.105
    else:
        return None
    w = body.wide
    return smooth([(-0.090 * w, top), (-0.102 * w, top - 0.05), (-wide * w, low + 0.02),
        (-wide * 0.8 * w, low - 0.004), (0.0, low - 0.010), (wide * 0.85 * w, low - 0.004), (wide * 1.02 * w,
        low + 0.02), (0.102 * w, top - 0.05), (0.090 * w, top)])  # fmt: skip


def draw_skirt(canvas: "skia.Canvas", person: Person, body: Body) -> None:
    """What `skirt_outline` says, with folds and hem."""

    outline = skirt_outline(person, body)
    if outline is None:
        return
    outfit = person.outfit
    tone = outfit.top if "long-coat" in outfit.extras or outfit.garment == "coat" else outfit.bottom
    shape = path(outline)
    low, top = float(outline[:, 1].min()), body.hip + 0.035
    canvas.drawPath(
        shape, ramp([(0.0, darker(tone, 0.10)), (0.4, tone), (1.0, darker(tone, 0.12))], (-0.05, top), (0.05, low))
    )
    canvas.save()
    canvas.clipPath(shape, doAntiAlias=True)
    for x in (-0.07, -0.03, 0.02, 0.065):
        fold = smooth([(x * 0.6, top - 0.03), (x, (top + low) / 2), (x * 1.35, low)], closed=False)
        canvas.drawPath(curve(fold), paint(darker(tone, 0.38), 0.6, line=0.007))
    if "long-coat" in outfit.extras or outfit.garment == "coat":
        opening = smooth([(0.030, top), (0.046, top), (0.085, low - 0.02), (0.016, low - 0.02)], steps=3)
        canvas.drawPath(path(opening), paint(darker(outfit.bottom, 0.25)))
    elif "skirt" in outfit.extras and outfit.garment == "cuirass":
        for x in (-0.075, -0.045, -0.015, 0.015, 0.045, 0.075):
            canvas.drawPath(path(capsule((x * 0.9, top - 0.03), 0.013, (x * 1.2, low + 0.02), 0.015)),
                paint(darker((0.55, 0.35, 0.22), 0.05)))  # fmt: skip
            canvas.drawPath(path(oval((x * 1.2, low + 0.022), 0.007, 0.007)), paint((0.89, 0.72, 0.28)))
    elif outfit.garment in ("robe", "toga", "tunic"):
        canvas.drawPath(
            curve(smooth([(-0.2, low + 0.024), (0.0, low + 0.012), (0.2, low + 0.024)], closed=False)),
            paint(outfit.trim, line=0.020),
        )
        if outfit.garment == "robe":
            canvas.drawPath(curve(smooth([(0.038, top), (0.044, low)], closed=False)), paint(outfit.trim, line=0.016))
    if outfit.garment == "fur":
        canvas.drawPath(path(shaggy(oval((0, low + 0.01), 0.16, 0.018), 0.012, 0.03, 3)), paint(darker(tone, 0.3)))
    canvas.restore()
    shade_under(canvas, shape, tone, 0.030, strength=0.34)


def draw_cape(canvas: "skia.Canvas", person: Person, body: Body) -> None:
    """A cape behind, or a pack on the back."""
    outfit, extras, top, w = person.outfit, person.outfit.extras, body.shoulder, body.wide
    if outfit.cape is not None:
        cape = path(smooth([(-0.075 * w, top - 0.005), (-0.125 * w, top - 0.12), (-0.165 * w, 0.32), (-0.185 * w,
            0.09), (-0.06 * w, 0.07), (0.07 * w, 0.10), (0.09 * w, 0.40), (0.08 * w, top - 0.02)]))  # fmt: skip
        canvas.drawPath(cape, ramp([(0.0, outfit.cape), (1.0, darker(outfit.cape, 0.35))], (-0.05, top), (0.05, 0.08)))
        shade_under(canvas, cape, outfit.cape, 0.03, strength=0.36)
    for name, tone, wide in (
        ("backpack", colour("5f7a4f"), 0.075),
        ("backpack-life", colour("cfd5dc"), 0.085),
        ("tank", colour("e0a52b"), 0.045),
    ):
        if name in extras:
            x = -0.105 * w
            pack = path(
                smooth(
                    [
                        (x - wide * 0.7, top - 0.04),
                        (x, top + 0.01),
                        (x + wide, top - 0.02),
                        (x + wide, top - 0.24),
                        (x - wide * 0.2, top - 0.28),
                        (x - wide * 0.8, top - 0.22),
                    ]
                )
            )
            canvas.drawPath(pack, paint(tone))
            shade_under(canvas, pack, tone, 0.022, strength=0.42)
            if name == "backpack":
                canvas.drawPath(
                    path(capsule((x - 0.03, top + 0.025), 0.022, (x + 0.05, top + 0.025), 0.022)),
                    paint(colour("b3653b")),
                )


from collections.abc import Callable  # noqa: E402
from typing import TypeAlias  # noqa: E402

Patch: TypeAlias = Callable[..., None]
Line: TypeAlias = Callable[..., None]
Dot: TypeAlias = Callable[..., None]
