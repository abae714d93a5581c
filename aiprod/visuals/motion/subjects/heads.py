"""Heads of four-legged animals in profile: skull, muzzle, ears, eyes, horns.

Knows Skia and the species' head. Local places are in skull radii: `ahead` to the nose, `up` from the skull's middle.
"""

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.coats import horn
from aiprod.visuals.motion.subjects.ink import (
    Colour,
    Outline,
    curve,
    darker,
    eye,
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
from aiprod.visuals.motion.subjects.rig import Box, Point
from aiprod.visuals.motion.subjects.species import Coat, Species

if TYPE_CHECKING:
    import skia

IVORY: Colour = (0.95, 0.91, 0.80)
HORN: Colour = (0.42, 0.34, 0.27)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadFrame:
    """Where a head is: skull centre and radius in rig space, and how far the muzzle points down."""

    centre: Point
    radius: float
    tilt: float

    def at(self, ahead: float, up: float) -> Point:
        """A local place in rig space."""
        angle = math.radians(self.tilt)
        x, y = ahead * self.radius, up * self.radius
        return (self.centre[0] + x * math.cos(angle) + y * math.sin(angle),
                self.centre[1] - x * math.sin(angle) + y * math.cos(angle))  # fmt: skip

    def box(self, reach: float) -> Box:
        """A square around the skull, `reach` radii each way."""
        r = reach * self.radius
        return (self.centre[0] - r, self.centre[1] - r, self.centre[0] + r, self.centre[1] + r)


def outline(species: Species, frame: HeadFrame) -> Outline:
    """The head's profile without ears."""
    head = species.head
    tip, deep = 0.72 + head.snout, head.snout_depth
    places = [(-0.88, 0.42), (-0.42, 0.93), (0.16, 0.98), (0.62, 0.76), (0.92, 0.40 + 0.25 * deep), (0.5 + tip * 0.5,
        0.62 * deep), (tip - 0.06, 0.50 * deep), (tip + 0.08, 0.05 * deep), (tip - 0.02, -0.55 * deep), (tip * 0.72,
        -0.92 * deep - 0.06), (0.55 + 0.1 * tip, -0.52 - 0.35 * deep), (0.05, -0.94), (-0.62, -0.78), (-0.98, -0.18)]  # fmt: skip
    return smooth([frame.at(*place) for place in places], steps=8)


def draw_head(canvas: "skia.Canvas", species: Species, frame: HeadFrame) -> None:
    """The head with its far ear and horns; near ear, trunk and mane are parts of their own."""

    head, coat, r = species.head, species.coat, frame.radius
    draw_ear(canvas, species, frame, far=True)
    _horns(canvas, species, frame, far=True)
    shape = path(outline(species, frame))
    tip = 0.72 + head.snout
    canvas.drawPath(shape, ramp([(0.0, lighter(coat.back, 0.12)), (0.6, coat.back), (1.0, darker(coat.back, 0.12))],
                                frame.at(0.1, 1.0), frame.at(0.1, -1.0)))  # fmt: skip
    canvas.save()
    canvas.clipPath(shape, doAntiAlias=True)
    if coat.cheek is not None:
        cheek = smooth([frame.at(*p) for p in ((tip + 0.3, -0.1), (0.85, -0.05), (0.35, -0.35), (-0.3, -0.1), (-0.7,
            -0.5), (0.0, -1.2), (tip, -1.3))])  # fmt: skip
        canvas.drawPath(path(cheek), paint(coat.cheek, blur=r * 0.06))
    muzzle = oval(
        frame.at(tip - 0.10, -0.12), r * (0.30 + 0.32 * head.snout), r * (0.28 + 0.6 * head.snout_depth), -frame.tilt
    )
    canvas.drawPath(path(muzzle), paint(coat.muzzle, 0.95, blur=r * 0.09))
    _markings(canvas, species, frame)
    canvas.restore()
    shade_under(canvas, shape, coat.back, r * 0.42, strength=0.40)
    _face(canvas, species, frame)
    _horns(canvas, species, frame, far=False)


def _markings(canvas: "skia.Canvas", species: Species, frame: HeadFrame) -> None:
    coat, extras, r = species.coat, species.extras, frame.radius
    if coat.pattern == "tiger":
        for ahead, up, length in ((-0.05, 0.95, 0.5), (0.22, 0.98, 0.42), (-0.35, 0.8, 0.5), (-0.55, 0.1, 0.5), (-0.5,
            -0.25, 0.45), (-0.3, -0.6, 0.4)):  # fmt: skip
            inner = (ahead + (0.1 if up > 0.5 else length), up - (length if up > 0.5 else 0.05))
            canvas.drawPath(path(ribbon([frame.at(ahead - 0.1, up + 0.1), frame.at(ahead, up), frame.at(*inner)],
                                        [r * 0.075, r * 0.07, r * 0.015])), paint(coat.marks))  # fmt: skip
    if coat.pattern == "zebra":
        for index in range(9):
            ahead = -0.7 + index * 0.3
            canvas.drawPath(path(ribbon([frame.at(ahead, 1.1), frame.at(ahead + 0.14, 0.3), frame.at(ahead + 0.02,
                -0.45)], [r * 0.075, r * 0.07, r * 0.012])), paint(coat.marks))  # fmt: skip
        canvas.drawPath(
            path(oval(frame.at(0.7 + species.head.snout, 0), r * 0.55, r * 0.9)), paint(coat.muzzle, blur=r * 0.12)
        )
    if coat.pattern in ("spots", "rosettes") and "tufts" not in extras:
        for ahead, up in ((-0.6, 0.3), (-0.35, 0.6), (-0.05, 0.75), (-0.62, -0.1), (-0.35, 0.15), (0.2, 0.62), (-0.4,
            -0.45), (-0.1, 0.4)):  # fmt: skip
            canvas.drawPath(path(oval(frame.at(ahead, up), r * 0.075, r * 0.06)), paint(coat.marks, 0.9))
    if coat.pattern == "giraffe":
        for ahead, up in ((-0.5, 0.2), (-0.1, 0.6), (-0.2, -0.35), (0.5, -0.3)):
            canvas.drawPath(path(oval(frame.at(ahead, up), r * 0.2, r * 0.15, 20)), paint(coat.marks, 0.7))
    if coat.pattern == "holstein":
        canvas.drawPath(path(oval(frame.at(0.05, 0.45), r * 0.62, r * 0.75, 15)), paint(coat.marks))
    if "eye-patch" in extras:
        canvas.drawPath(
            path(oval(frame.at(0.43, 0.10), r * 0.27, r * 0.34, 24 - frame.tilt)), paint(coat.marks, blur=r * 0.02)
        )
    if "mask" in extras:
        band = ribbon([frame.at(1.1, 0.32), frame.at(0.45, 0.16), frame.at(-0.5, -0.28)], [r * 0.16, r * 0.27, r * 0.2])
        canvas.drawPath(path(band), paint(coat.marks, blur=r * 0.03))
    if "face-stripe" in extras:
        band = ribbon([frame.at(1.5, 0.12), frame.at(0.45, 0.26), frame.at(-0.9, 0.2)], [r * 0.1, r * 0.24, r * 0.34])
        canvas.drawPath(path(band), paint(coat.marks, blur=r * 0.02))
    if "tear" in extras:
        tear = ribbon([frame.at(0.5, 0.1), frame.at(0.85, -0.1), frame.at(0.95, -0.5)], [r * 0.05, r * 0.05, r * 0.04])
        canvas.drawPath(path(tear), paint(coat.marks))


def _face(canvas: "skia.Canvas", species: Species, frame: HeadFrame) -> None:
    head, coat, extras, r = species.head, species.coat, species.extras, frame.radius
    tip, deep = 0.72 + head.snout, head.snout_depth
    dark = darker(coat.muzzle, 0.8)
    mouth = [
        frame.at(tip - 0.02, -0.30 * deep),
        frame.at(tip * 0.80, -0.62 * deep),
        frame.at(0.45 + 0.2 * tip, -0.36 * deep - 0.12),
    ]
    canvas.drawPath(curve(smooth(mouth, closed=False)), paint(dark, 0.75, line=r * 0.055))
    if "teeth" in extras:
        for index in range(9):
            root = 0.95 + index * (tip - 1.1) / 9
            tooth = [
                frame.at(root, -0.42 * deep - 0.06),
                frame.at(root + 0.13, -0.40 * deep - 0.06),
                frame.at(root + 0.06, -0.75 * deep),
            ]
            canvas.drawPath(path(smooth(tooth, steps=2)), paint(IVORY))
    if "disc-nose" in extras:
        canvas.drawPath(
            path(oval(frame.at(tip + 0.06, 0.0), r * 0.16, r * 0.36 * deep / 0.6, -frame.tilt)), paint(coat.nose)
        )
        canvas.drawPath(
            path(oval(frame.at(tip + 0.09, 0.08), r * 0.05, r * 0.08, -frame.tilt)), paint(darker(coat.nose, 0.6))
        )
    elif "big-nose" in extras:
        canvas.drawPath(path(oval(frame.at(tip - 0.02, 0.08), r * 0.20, r * 0.36, -frame.tilt)), paint(coat.nose))
    elif species.foot in ("hoof", "pad") or head.ears == "none" or head.horns == "trunk":
        if head.horns != "trunk":
            canvas.drawPath(
                path(oval(frame.at(tip - 0.10, 0.16 * deep), r * 0.085, r * 0.06, 30 - frame.tilt)), paint(dark, 0.85)
            )
    else:
        nose = oval(frame.at(tip + 0.0, 0.24 * deep + 0.02), r * 0.17, r * 0.135, -frame.tilt - 12)
        canvas.drawPath(path(nose), paint(coat.nose))
        canvas.drawPath(
            path(oval(frame.at(tip + 0.0, 0.24 * deep + 0.08), r * 0.06, r * 0.03, -frame.tilt)), paint((1, 1, 1), 0.5)
        )
    place = (
        frame.at(0.30, 0.62)
        if "low-eye" in extras
        else frame.at(0.1, 0.72)
        if "top-eye" in extras
        else frame.at(0.42, 0.20)
    )
    if head.horns == "trunk":
        place = frame.at(0.66, 0.52)
    if "low-eye" in extras or "top-eye" in extras:
        canvas.drawPath(path(oval(place, r * head.eye * 1.7, r * head.eye * 1.6)), paint(lighter(coat.back, 0.08)))
    if head.horns in ("none", "unicorn", "antlers", "antelope") and coat.pattern != "panda":
        lid = oval((place[0], place[1] + r * 0.01), r * head.eye * 1.28, r * head.eye * 1.3)
        canvas.drawPath(path(lid), paint(darker(coat.back, 0.55), 0.55, blur=r * 0.02))
    eye(canvas, place, r * head.eye, iris=coat.iris)
    if coat.pattern == "panda":
        canvas.drawPath(path(oval(place, r * 0.035, r * 0.035)), paint((0.05, 0.05, 0.06)))


def ear_pivot(frame: HeadFrame) -> Point:
    """Where the near ear turns."""
    return frame.at(-0.28, 0.62)


def draw_ear(canvas: "skia.Canvas", species: Species, frame: HeadFrame, *, far: bool) -> None:
    """One ear."""
    head, coat, r = species.head, species.coat, frame.radius
    size = head.ear_size
    shift = 0.55 if far else 0.0
    tone: Colour = darker(coat.back, 0.30 if far else 0.02)
    if coat.pattern == "panda" or "tufts" in species.extras:
        tone = coat.marks
    inner = darker(coat.ear, 0.25 if far else 0.0)

    sideways = head.ears == "leaf" and (
        head.horns in ("cow", "buffalo", "ram", "goat", "rhino", "antlers", "palmate") or species.mane == "wool"
    )
    level = (
        replace(frame, tilt=frame.tilt * 0.25 if head.ears == "huge" else -12.0)
        if head.ears == "huge" or sideways
        else frame
    )

    def at(ahead: float, up: float) -> Point:
        base = (0.02, 0.25) if head.ears == "huge" else (-0.28 + shift, 0.70 + (0.08 if far else 0.0))
        return level.at(base[0] + ahead * size, base[1] + up * size)

    match head.ears:
        case "round":
            canvas.drawPath(path(oval(at(-0.05, 0.32), r * 0.48 * size, r * 0.50 * size)), paint(tone))
            if coat.pattern != "panda":
                canvas.drawPath(path(oval(at(0.0, 0.30), r * 0.30 * size, r * 0.33 * size)), paint(inner, 0.9))
        case "point":
            canvas.drawPath(path(smooth([at(-0.42, -0.25), at(-0.36, 0.55), at(-0.16, 1.08), at(0.16, 0.62), at(0.36,
                0.02)], steps=6)), paint(tone))  # fmt: skip
            canvas.drawPath(path(smooth([at(-0.22, -0.05), at(-0.2, 0.5), at(-0.13, 0.82), at(0.06, 0.5), at(0.16,
                0.05)], steps=6)), paint(inner, 0.85))  # fmt: skip
            if "tufts" in species.extras:
                canvas.drawPath(
                    path(ribbon([at(-0.16, 0.95), at(-0.2, 1.2), at(-0.3, 1.45)], [r * 0.07, r * 0.05, r * 0.01])),
                    paint(coat.hair),
                )
        case "leaf" | "long":
            back = 1.15 if sideways else 0.15
            top = 0.55 if sideways else 1.15 if head.ears == "leaf" else 1.5
            canvas.drawPath(path(smooth([at(-0.16, -0.12), at(-0.30 - back * 0.5, top * 0.5), at(-0.1 - back, top),
                at(0.12 - back * 0.4, top * 0.55), at(0.18, 0.0)])), paint(tone))  # fmt: skip
            canvas.drawPath(path(smooth([at(-0.08, 0.1), at(-0.18 - back * 0.5, top * 0.5), at(-0.09 - back,
                top * 0.84), at(0.03 - back * 0.4, top * 0.52), at(0.08, 0.1)])), paint(inner, 0.85))  # fmt: skip
        case "floppy":
            flap = smooth(
                [at(-0.3, 0.15), at(-0.62, -0.25), at(-0.58, -0.85), at(-0.28, -1.02), at(0.02, -0.55), at(0.12, 0.12)]
            )
            canvas.drawPath(path(flap), paint(darker(coat.marks, 0.25 if far else 0.0)))
        case "huge":
            if not far:
                flap = path(smooth([at(0.1, 0.12), at(-0.45, 0.32), at(-1.15, 0.05), at(-1.28, -0.72), at(-0.85,
                    -1.42), at(-0.3, -1.12), at(0.12, -0.5)]))  # fmt: skip
                canvas.drawPath(
                    flap,
                    ramp([(0, lighter(coat.back, 0.12)), (1, darker(coat.back, 0.18))], at(-0.3, 0.4), at(-0.8, -1.4)),
                )
                inside = smooth([at(0.02, -0.02), at(-0.45, 0.12), at(-0.98, -0.1), at(-1.05, -0.68), at(-0.75,
                    -1.15), at(-0.3, -0.92)])  # fmt: skip
                canvas.drawPath(path(inside), paint(mix(coat.back, coat.ear, 0.55), 0.75, blur=r * 0.06))
                shade_under(canvas, flap, coat.back, r * 0.25, strength=0.45)
        case _:
            pass


def _horns(canvas: "skia.Canvas", species: Species, frame: HeadFrame, *, far: bool) -> None:  # noqa: C901  a table of shapes, one branch each
    head, r, size = species.head, frame.radius, species.head.horn_size
    shift = 0.38 if far else 0.0
    shade = 0.30 if far else 0.0

    def draw(points: list[Point], thick: float, tone: Colour, tip: float = 0.12) -> None:
        places = [frame.at(ahead + shift, up) for ahead, up in points]
        shape = path(horn(places, thick * r, tip))
        canvas.drawPath(shape, paint(darker(tone, shade)))
        shade_under(canvas, shape, tone, r * 0.1, strength=0.45)

    def sized(points: list[Point]) -> list[Point]:
        (x0, y0), *_ = points
        return [(x0 + (x - x0) * size, y0 + (y - y0) * size) for x, y in points]

    match head.horns:
        case "cow":
            draw(sized([(0.05, 0.85), (-0.1, 1.3), (0.25, 1.75), (0.65, 1.95)]), 0.17, IVORY)
        case "buffalo":
            draw(sized([(0.1, 0.85), (-0.45, 1.1), (-0.75, 1.5), (-0.35, 2.1), (0.05, 2.2)]), 0.22, HORN)
        case "ram" if not far:
            draw(sized([(0.1, 0.75), (-0.5, 1.15), (-1.05, 0.6), (-0.85, -0.2), (-0.2, -0.35), (0.12, 0.05)]), 0.28,
                (0.72, 0.58, 0.42), 0.25)  # fmt: skip
        case "goat":
            draw(sized([(0.05, 0.85), (-0.15, 1.5), (-0.7, 2.05), (-1.25, 2.15)]), 0.17, HORN)
        case "antelope":
            draw(sized([(0.1, 0.9), (-0.15, 1.8), (-0.4, 2.5), (-0.15, 3.3)]), 0.13, HORN)
        case "antlers":
            bone = (0.66, 0.52, 0.38)
            draw(sized([(0.0, 0.85), (-0.55, 1.8), (-0.35, 2.9), (0.35, 3.75)]), 0.14, bone, 0.35)
            for base, point in (((-0.42, 1.55), (0.45, 1.95)), ((-0.5, 2.3), (0.35, 2.75)),
                ((-0.35, 2.9), (-0.75, 3.65))):  # fmt: skip
                middle = ((base[0] + point[0]) / 2 * size + 0.1, 0.85 + ((base[1] + point[1]) / 2 - 0.95) * size)
                draw([(base[0] * size, 0.85 + (base[1] - 0.85) * size), middle,
                    (point[0] * size, 0.85 + (point[1] - 0.85) * size)], 0.10, bone, 0.3)  # fmt: skip
        case "palmate":
            bone = (0.70, 0.55, 0.38)
            palm = [frame.at(shift + x * size, 0.8 + y * size) for x, y in ((0.0, 0.0), (-0.3, 0.5), (-1.1, 0.75),
                (-1.75, 1.4), (-1.55, 1.95), (-1.25, 1.45), (-1.1, 2.15), (-0.8, 1.55), (-0.55, 2.2), (-0.35, 1.5),
                (0.05, 1.95), (0.05, 1.15), (0.5, 1.35), (0.2, 0.7))]  # fmt: skip
            shape = path(smooth(palm, steps=5))
            canvas.drawPath(shape, paint(darker(bone, shade)))
            shade_under(canvas, shape, bone, r * 0.14, strength=0.45)
        case "ossicones":
            draw([(0.0, 0.8), (-0.12, 1.4), (-0.16, 1.75)], 0.14, species.coat.back, 0.8)
            canvas.drawPath(
                path(oval(frame.at(-0.16 + shift, 1.8), r * 0.19, r * 0.17)), paint(darker(species.coat.hair, shade))
            )
        case "unicorn" if not far:
            draw(sized([(0.5, 0.8), (0.95, 1.6), (1.35, 2.4)]), 0.16, (0.98, 0.84, 0.45), 0.05)
        case "rhino" if not far:
            tip = 0.72 + head.snout
            draw(sized([(tip - 0.28, 0.35), (tip + 0.05, 0.9), (tip + 0.02, 1.55)]), 0.30, (0.76, 0.72, 0.66), 0.06)
            draw(sized([(tip - 0.95, 0.55), (tip - 0.82, 0.9), (tip - 0.85, 1.15)]), 0.24, (0.76, 0.72, 0.66), 0.06)
        case "tusks" if not far:
            tip = 0.72 + head.snout
            draw([(tip - 0.55, -0.45), (tip - 0.3, -0.2), (tip - 0.32, 0.15)], 0.10, IVORY, 0.1)
        case "trunk":
            draw(sized([(0.5, -0.7), (1.15, -1.1), (1.55, -0.7), (1.75, 0.05)] if size > 1.3 else
                       [(0.5, -0.72), (1.05, -0.95), (1.5, -0.62)]), 0.14, IVORY, 0.15)  # fmt: skip
        case _:
            pass


def draw_lion_mane(canvas: "skia.Canvas", species: Species, frame: HeadFrame, seed: int) -> None:
    """The ruff behind a lion's face."""
    r, tone = frame.radius, species.coat.hair
    for size, shade, offset in ((1.95, 0.25, (-0.65, -0.38)), (1.6, 0.0, (-0.42, -0.18)), (1.28, -0.2, (-0.22, 0.0))):
        centre = frame.at(*offset)
        ruff = shaggy(oval(centre, r * size, r * size * 1.02), r * 0.20, r * 0.46, seed + int(size * 10))
        layer: Coat = species.coat
        tint = darker(tone, shade) if shade >= 0 else mix(tone, layer.back, -shade * 2.4)
        canvas.drawPath(path(smooth([(float(x), float(y)) for x, y in ruff], steps=3)), paint(tint))
