"""Human heads, turned a little to the right: skull, face, hair, beard and glasses.

Knows people and Skia. Local places are in head radii from the head's middle. Hats are `hats.py`'s.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.ink import (
    Colour,
    Outline,
    ball,
    curve,
    darker,
    eye,
    lighter,
    mix,
    oval,
    paint,
    path,
    ribbon,
    shade_under,
    smooth,
)  # fmt: skip
from aiprod.visuals.motion.subjects.people import Person
from aiprod.visuals.motion.subjects.rig import Point

if TYPE_CHECKING:
    import skia

LIP: Colour = (0.72, 0.32, 0.30)
COVERED_BROW: Colour = (0.17, 0.11, 0.09)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceFrame:
    """Where a head is in rig space."""

    centre: Point
    radius: float

    def at(self, x: float, y: float) -> Point:
        """A local place in rig space."""
        return (self.centre[0] + x * self.radius, self.centre[1] + y * self.radius)

    def curve(self, places: list[Point], *, closed: bool = True, steps: int = 10) -> Outline:
        """A smooth line through local places."""
        return smooth([self.at(*place) for place in places], closed=closed, steps=steps)


def skull(frame: FaceFrame) -> Outline:
    """Head and jaw."""
    return frame.curve([(-0.86, 0.10), (-0.72, 0.70), (-0.15, 1.02), (0.46, 0.88), (0.84, 0.42), (0.88, -0.02), (0.80,
        -0.50), (0.46, -0.93), (0.14, -1.00), (-0.30, -0.80), (-0.72, -0.42)])  # fmt: skip


def draw_back_hair(canvas: "skia.Canvas", person: Person, frame: FaceFrame) -> None:
    """Hair that hangs behind the head and shoulders."""
    tone, r = darker(person.hair_colour, 0.18), frame.radius
    match person.hair:
        case "long":
            shape = frame.curve([(-0.2, 1.05), (-1.0, 0.5), (-1.12, -0.5), (-1.05, -1.55), (-0.55, -1.85), (-0.05,
                -1.5), (0.1, -0.4), (0.4, 0.6)])  # fmt: skip
        case "wavy":
            shape = frame.curve([(-0.2, 1.05), (-1.05, 0.6), (-1.0, 0.05), (-1.22, -0.45), (-1.02, -0.95), (-1.1,
                -1.35), (-0.6, -1.5), (-0.1, -1.2), (0.1, -0.3), (0.4, 0.6)])  # fmt: skip
        case "bob":
            shape = frame.curve(
                [(-0.1, 1.06), (-1.0, 0.55), (-1.1, -0.3), (-0.98, -0.95), (-0.5, -1.02), (-0.1, -0.7), (0.3, 0.4)]
            )
        case "ponytail":
            shape = frame.curve([(-0.55, 0.75), (-1.15, 0.75), (-1.55, 0.2), (-1.5, -0.7), (-1.22, -1.3), (-1.18,
                -0.5), (-0.98, 0.05), (-0.6, 0.25)])  # fmt: skip
        case "bun":
            shape = oval(frame.at(-0.92, 0.62), r * 0.44, r * 0.42)
        case "afro":
            shape = oval(frame.at(-0.10, 0.42), r * 1.30, r * 1.12)
        case "scarf":
            shape = frame.curve([(-0.1, 1.16), (-0.98, 0.75), (-1.16, 0.0), (-1.02, -0.85), (-0.62, -1.35), (0.0, -1.45),
                (0.5, -1.25), (0.5, -0.4), (0.4, 0.6)])  # fmt: skip
        case _:
            return
    outline = path(shape)
    canvas.drawPath(outline, paint(tone))
    shade_under(canvas, outline, tone, r * 0.25, strength=0.35)


def draw_head(canvas: "skia.Canvas", person: Person, frame: FaceFrame, *, features: bool = True) -> None:
    """Skull, ear and face; `features` False leaves eyes and mouth to others."""
    r, skin = frame.radius, person.skin
    shape = path(skull(frame))
    canvas.drawPath(shape, ball(frame.at(0.1, 0.1), r * 1.05, skin, light=0.16, shade=0.22))
    shade_under(canvas, shape, skin, r * 0.28, strength=0.28)
    canvas.drawPath(path(oval(frame.at(0.66, -0.36), r * 0.19, r * 0.13)), paint(mix(skin, (0.93, 0.36, 0.32), 0.5),
        0.45, blur=r * 0.07))  # fmt: skip
    canvas.drawPath(path(oval(frame.at(-0.05, -0.38), r * 0.20, r * 0.13)), paint(mix(skin, (0.93, 0.36, 0.32), 0.5),
        0.45, blur=r * 0.07))  # fmt: skip
    _ear(canvas, person, frame)
    nose = frame.curve([(0.46, 0.12), (0.62, -0.20), (0.52, -0.30), (0.40, -0.27)], closed=False)
    canvas.drawPath(curve(nose), paint(darker(skin, 0.42), 0.8, line=r * 0.055))
    if features:
        draw_eyes(canvas, person, frame)
        draw_brows(canvas, person, frame)
        smile = frame.curve([(0.12, -0.53), (0.36, -0.64), (0.60, -0.54)], closed=False)
        canvas.drawPath(curve(smile), paint(mix(darker(skin, 0.6), LIP, 0.5 if person.female else 0.3), line=r * 0.065))
    draw_beard(canvas, person, frame, mouth=features)


def draw_eyes(canvas: "skia.Canvas", person: Person, frame: FaceFrame) -> None:
    """Both eyes, open."""
    r = frame.radius
    for x, size in ((0.10, 0.122), (0.64, 0.108)):
        eye(canvas, frame.at(x, 0.02), r * size, iris=person.eye, sclera=True)
        lid = frame.curve([(x - 0.16, 0.07), (x, 0.165), (x + 0.16, 0.07)], closed=False, steps=6)
        canvas.drawPath(curve(lid), paint(darker(person.skin, 0.75), line=r * (0.060 if person.female else 0.042)))
        if person.female:
            canvas.drawPath(
                curve(frame.curve([(x + 0.13, 0.09), (x + 0.23, 0.16)], closed=False)),
                paint(darker(person.skin, 0.8), line=r * 0.035),
            )


def draw_brows(canvas: "skia.Canvas", person: Person, frame: FaceFrame) -> None:
    """Eyebrows, and glasses where worn."""
    r, tone = frame.radius, COVERED_BROW if person.hair == "scarf" else darker(person.hair_colour, 0.15)
    for x, left, right in ((0.09, 0.31, 0.37), (0.66, 0.37, 0.31)):
        brow = frame.curve([(x - 0.18, left), (x, 0.415), (x + 0.17, right)], closed=False, steps=6)
        canvas.drawPath(curve(brow), paint(tone, line=r * (0.055 if person.female else 0.078)))
    if person.glasses:
        frame_tone: Colour = (0.16, 0.15, 0.18)
        for x, wide in ((0.10, 0.25), (0.67, 0.21)):
            lens = path(oval(frame.at(x, 0.02), r * wide, r * 0.235))
            canvas.drawPath(lens, paint((0.85, 0.93, 0.98), 0.22))
            canvas.drawPath(lens, paint(frame_tone, line=r * 0.05))
        canvas.drawPath(
            curve(frame.curve([(0.34, 0.05), (0.40, 0.09), (0.47, 0.05)], closed=False)),
            paint(frame_tone, line=r * 0.05),
        )
        canvas.drawPath(
            curve(frame.curve([(-0.15, 0.06), (-0.55, 0.10)], closed=False)), paint(frame_tone, line=r * 0.045)
        )


def _ear(canvas: "skia.Canvas", person: Person, frame: FaceFrame) -> None:
    if person.hair in ("long", "wavy", "bob", "afro", "scarf"):
        return
    r = frame.radius
    canvas.drawPath(path(oval(frame.at(-0.62, -0.08), r * 0.17, r * 0.24, 8)), ball(frame.at(-0.62, -0.08), r * 0.24,
        person.skin, light=0.1, shade=0.3))  # fmt: skip
    canvas.drawPath(path(oval(frame.at(-0.60, -0.08), r * 0.08, r * 0.14, 8)), paint(darker(person.skin, 0.32), 0.6))


def draw_front_hair(canvas: "skia.Canvas", person: Person, frame: FaceFrame) -> None:
    """Hair over the skull and the forehead."""
    r, tone = frame.radius, person.hair_colour
    match person.hair:
        case "bald":
            rim = frame.curve(
                [(-0.88, 0.30), (-0.98, 0.0), (-0.80, -0.38), (-0.58, -0.30), (-0.66, 0.05), (-0.70, 0.35)]
            )
            canvas.drawPath(path(rim), paint(tone))
            return
        case "short":
            shape = frame.curve([(-0.60, -0.16), (-0.94, -0.10), (-0.98, 0.45), (-0.62, 1.0), (-0.05, 1.20), (0.55,
                1.08), (0.93, 0.66), (0.86, 0.40), (0.55, 0.56), (0.10, 0.62), (-0.35, 0.50), (-0.52, 0.20)])  # fmt: skip
        case "side":
            shape = frame.curve([(-0.60, -0.22), (-0.95, -0.10), (-1.0, 0.5), (-0.55, 1.10), (0.15, 1.28), (0.78,
                1.10), (1.02, 0.78), (0.84, 0.50), (0.40, 0.72), (-0.15, 0.66), (-0.45, 0.40), (-0.52, 0.10)])  # fmt: skip
        case "scarf":
            _scarf(canvas, frame, tone)
            return
        case "curly" | "afro":
            under = frame.curve([(-0.70, -0.05), (-0.95, 0.30), (-0.60, 0.95), (0.10, 1.12), (0.70, 0.88), (0.82, 0.62), (0.30, 0.78),
                (-0.30, 0.62), (-0.60, 0.30)])  # fmt: skip
            canvas.drawPath(path(under), paint(darker(tone, 0.2)))
            rounds = [(-0.92, 0.0), (-1.02, 0.38), (-0.86, 0.78), (-0.52, 1.06), (-0.08, 1.18), (0.36, 1.12), (0.70,
                0.90), (0.86, 0.60), (0.5, 0.72), (0.1, 0.80), (-0.3, 0.66), (-0.56, 0.36), (-0.68, 0.08)]  # fmt: skip
            for x, y in rounds:
                canvas.drawPath(
                    path(oval(frame.at(x, y), r * 0.27, r * 0.26)),
                    ball(frame.at(x, y), r * 0.3, tone, light=0.12, shade=0.3),
                )
            return
        case _:
            shape = frame.curve([(-0.66, -0.35), (-1.0, -0.35), (-1.06, 0.40), (-0.66, 1.02), (0.0, 1.22), (0.62,
                1.04), (0.98, 0.52), (0.96, 0.10), (0.84, 0.28), (0.55, 0.66), (0.15, 0.60), (-0.35, 0.42), (-0.58,
                0.05)])  # fmt: skip
    outline = path(shape)
    canvas.drawPath(outline, paint(tone))
    shade_under(canvas, outline, tone, r * 0.20, strength=0.40)
    for offset in (0.0, 0.22):
        shine = frame.curve(
            [(-0.62 + offset, 0.62 - offset * 0.2), (-0.25 + offset, 0.92), (0.25 + offset, 0.98)], closed=False
        )
        canvas.drawPath(curve(shine), paint(lighter(tone, 0.35), 0.28, line=r * 0.05))


def _scarf(canvas: "skia.Canvas", frame: FaceFrame, tone: Colour) -> None:
    """A scarf about the whole face."""
    import skia

    outside = path(frame.curve([(-0.12, 1.16), (-0.80, 0.92), (-1.08, 0.2), (-0.98, -0.55), (-0.55, -1.12), (0.10, -1.30), (0.58, -1.12),
        (0.94, -0.62), (1.02, 0.0), (0.96, 0.55), (0.55, 1.02)]))  # fmt: skip
    face = path(frame.curve([(-0.36, 0.44), (0.12, 0.66), (0.60, 0.56), (0.80, 0.16), (0.80, -0.36), (0.56, -0.80), (0.20, -0.92),
        (-0.18, -0.74), (-0.46, -0.30), (-0.52, 0.12)]))  # fmt: skip
    cloth = skia.Op(outside, face, skia.PathOp.kDifference_PathOp)
    canvas.drawPath(cloth, paint(tone))
    shade_under(canvas, cloth, tone, frame.radius * 0.16, strength=0.45)
    for fold in ([(-0.70, 0.80), (-0.86, 0.1), (-0.66, -0.6), (0.0, -1.1)], [(-0.40, 0.98), (-0.66, 0.4), (-0.62, -0.3)]):
        canvas.drawPath(curve(frame.curve(fold, closed=False)), paint(darker(tone, 0.45), 0.4, line=frame.radius * 0.03))


def draw_beard(canvas: "skia.Canvas", person: Person, frame: FaceFrame, *, mouth: bool) -> None:
    """Beard and moustache."""
    r, tone = frame.radius, person.hair_colour
    if person.beard in ("short", "full"):
        low = -1.62 if person.beard == "full" else -1.08
        shape = path(frame.curve([(-0.62, 0.02), (-0.70, -0.45), (-0.32, (low - 0.86) / 2), (0.22, low), (0.66,
            (low - 0.72) / 2), (0.86, -0.50), (0.86, -0.20), (0.70, -0.42), (0.38, -0.36), (0.06, -0.42), (-0.30,
            -0.36), (-0.50, -0.08)]))  # fmt: skip
        canvas.drawPath(shape, paint(tone))
        shade_under(canvas, shape, tone, r * 0.18, strength=0.35)
        if mouth:
            smile = frame.curve([(0.16, -0.58), (0.37, -0.65), (0.58, -0.58)], closed=False)
            canvas.drawPath(curve(smile), paint(mix(LIP, darker(tone, 0.5), 0.35), line=r * 0.075))
    if person.beard in ("moustache", "full"):
        lip = ribbon([frame.at(0.02, -0.52), frame.at(0.22, -0.41), frame.at(0.42, -0.38), frame.at(0.58, -0.42),
            frame.at(0.74, -0.52)], [r * 0.02, r * 0.085, r * 0.07, r * 0.085, r * 0.02])  # fmt: skip
        canvas.drawPath(path(lip), paint(darker(tone, 0.12)))
