"""A person's arms and legs as parts, and the boulder one sits on.

Knows sleeves, gloves, trousers and shoes at rest; `figure.py` moves them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.garments import Body
from aiprod.visuals.motion.subjects.ink import (
    Colour,
    capsule,
    darker,
    lighter,
    oval,
    paint,
    path,
    shade_under,
    smooth,
)  # fmt: skip
from aiprod.visuals.motion.subjects.people import Person
from aiprod.visuals.motion.subjects.rig import Point, bend
from aiprod.visuals.motion.subjects.studio import Relief, Studio

if TYPE_CHECKING:
    import skia


@dataclass(frozen=True, slots=True, kw_only=True)
class LimbParts:
    """Part numbers of an arm (upper, lower with the hand) or a leg (with the shoe)."""

    upper: int
    lower: int
    end: int


def hand_at_rest(body: Body) -> Point:
    x, y = body.near_shoulder
    return (x, y - body.arm[0] - body.arm[1])


def paint_arm(studio: Studio, person: Person, body: Body, *, far: bool) -> LimbParts:
    """Upper arm and forearm hanging straight down, the hand at the end."""
    outfit, k = person.outfit, body.thick
    shoulder = body.far_shoulder if far else body.near_shoulder
    elbow = (shoulder[0], shoulder[1] - body.arm[0])
    wrist = (shoulder[0], elbow[1] - body.arm[1])
    dim = 0.26 if far else 0.0
    skin = darker(person.skin, dim)
    bare = outfit.garment in ("toga", "fur", "cuirass") or "bare-chest" in outfit.extras or "number" in outfit.extras
    short = outfit.garment in ("tunic", "dress") or "shorts" in outfit.extras
    sleeve = darker(outfit.top, dim)
    upper_tone = skin if bare else sleeve
    lower_tone = skin if bare or short else sleeve
    wide = 1.5 if outfit.garment in ("robe",) else 1.32 if outfit.garment in ("spacesuit",) else 1.0
    side = "far" if far else "near"

    def upper_art(canvas: "skia.Canvas") -> None:
        shape = path(capsule(shoulder, 0.036 * k * min(wide, 1.3), elbow, 0.029 * k * wide))
        canvas.drawPath(shape, paint(upper_tone))
        shade_under(canvas, shape, upper_tone, 0.022, strength=0.30)
        if outfit.garment in ("armour", "cuirass") and "plates" not in outfit.extras:
            guard = path(oval((shoulder[0], shoulder[1] + 0.004), 0.046, 0.042))
            canvas.drawPath(guard, paint(darker(outfit.top, dim)))
            shade_under(canvas, guard, outfit.top, 0.02, strength=0.45)

    def lower_art(canvas: "skia.Canvas") -> None:
        palm = path(oval((wrist[0] + 0.004, wrist[1] - 0.018), 0.023 * k, 0.028 * k))
        glove: Colour = skin
        if outfit.garment in ("spacesuit", "wetsuit"):
            glove = darker(outfit.shoes, dim)
        canvas.drawPath(palm, paint(glove))
        canvas.drawPath(path(oval((wrist[0] + 0.020 * k, wrist[1] - 0.010), 0.009 * k, 0.015 * k, -20)), paint(glove))
        shade_under(canvas, palm, glove, 0.012, strength=0.3)
        shape = path(
            capsule(elbow, 0.029 * k * wide, (wrist[0], wrist[1] + 0.004), 0.022 * k * (wide if wide < 1.4 else 1.9))
        )
        canvas.drawPath(shape, paint(lower_tone))
        shade_under(canvas, shape, lower_tone, 0.018, strength=0.30)
        if not bare and not short:
            cuff = path(capsule((wrist[0] - 0.016 * k, wrist[1] + 0.006), 0.008,
                (wrist[0] + 0.016 * k, wrist[1] + 0.006), 0.008))  # fmt: skip
            canvas.drawPath(
                cuff,
                paint(
                    darker(
                        outfit.trim
                        if outfit.garment in ("robe", "coat", "uniform", "spacesuit")
                        else lighter(outfit.top, 0.25),
                        dim,
                    )
                ),
            )

    grow = 0.062
    upper = studio.add(
        f"{side}-arm",
        (shoulder[0] - grow, elbow[1] - grow, shoulder[0] + grow, shoulder[1] + grow),
        upper_art,
        Relief(radius=0.03),
    )
    lower = studio.add(
        f"{side}-forearm",
        (elbow[0] - grow, wrist[1] - 0.055, elbow[0] + grow, elbow[1] + grow),
        lower_art,
        Relief(radius=0.025),
    )
    return LimbParts(upper=upper, lower=lower, end=lower)


def leg_places(body: Body, *, far: bool) -> tuple[Point, Point, Point]:
    hip = body.far_hip if far else body.near_hip
    ankle = (hip[0], body.ankle)
    total = (hip[1] - ankle[1]) * 1.012
    return hip, bend(hip, ankle, (total * 0.51, total * 0.49), forward=True), ankle


def paint_leg(studio: Studio, person: Person, body: Body, *, far: bool) -> LimbParts:
    """Thigh, shin and shoe."""
    outfit, k = person.outfit, body.thick
    hip, knee, ankle = leg_places(body, far=far)
    dim = 0.30 if far else 0.0
    skin, cloth = darker(person.skin, dim), darker(outfit.bottom, dim)
    bare = outfit.legs in ("bare", "hidden")
    side = "far" if far else "near"
    puff = 1.22 if outfit.garment == "spacesuit" else 1.0
    boots = outfit.garment in ("uniform", "spacesuit", "armour", "fur") or {"boots", "bands", "vest"} & set(
        outfit.extras
    )

    def thigh_art(canvas: "skia.Canvas") -> None:
        tone = cloth if not bare or "shorts" in outfit.extras else skin
        shape = path(capsule(hip, 0.046 * k * puff, knee, 0.036 * k * puff))
        canvas.drawPath(shape, paint(tone))
        shade_under(canvas, shape, tone, 0.026, strength=0.30)

    def shin_art(canvas: "skia.Canvas") -> None:
        tone = skin if bare else cloth
        shape = path(capsule(knee, 0.036 * k * puff, ankle, (0.026 if bare else 0.030) * k * puff))
        canvas.drawPath(shape, paint(tone))
        shade_under(canvas, shape, tone, 0.022, strength=0.30)
        if boots:
            middle = (ankle[0] + (knee[0] - ankle[0]) * 0.42, ankle[1] + (knee[1] - ankle[1]) * 0.42)
            boot = path(capsule(ankle, 0.032 * k * puff, middle, 0.037 * k * puff))
            canvas.drawPath(boot, paint(darker(outfit.shoes, dim)))
            shade_under(canvas, boot, outfit.shoes, 0.018, strength=0.35)

    def shoe_art(canvas: "skia.Canvas") -> None:
        x, tone = ankle[0], skin if "barefoot" in outfit.extras else darker(outfit.shoes, dim)
        sole = smooth([(x - 0.034 * k, 0.0), (x - 0.038 * k, 0.030), (x - 0.026 * k, 0.062), (x + 0.026 * k, 0.062),
            (x + 0.046 * k, 0.040), (x + 0.088 * k, 0.026), (x + 0.098 * k, 0.008), (x + 0.088 * k, 0.0)], steps=6)  # fmt: skip
        sole[:, 1] = sole[:, 1].clip(0.0)
        shape = path(sole)
        canvas.drawPath(shape, paint(tone))
        shade_under(canvas, shape, tone, 0.016, strength=0.40)
        if "barefoot" not in outfit.extras:
            canvas.drawPath(
                path(capsule((x - 0.032 * k, 0.004), 0.004, (x + 0.090 * k, 0.004), 0.004)), paint(darker(tone, 0.55))
            )

    grow = 0.064
    upper = studio.add(
        f"{side}-thigh",
        (min(hip[0], knee[0]) - grow, knee[1] - grow, max(hip[0], knee[0]) + grow, hip[1] + grow),
        thigh_art,
        Relief(radius=0.035),
    )
    lower = studio.add(
        f"{side}-shin",
        (ankle[0] - grow, 0.008, max(ankle[0], knee[0]) + grow, knee[1] + grow),
        shin_art,
        Relief(radius=0.03),
    )
    end = studio.add(f"{side}-shoe", (ankle[0] - 0.06, -0.004, ankle[0] + 0.12, 0.09), shoe_art, Relief(radius=0.02))
    return LimbParts(upper=upper, lower=lower, end=end)


def draw_seat(canvas: "skia.Canvas", body: Body) -> None:
    """A boulder to sit on."""
    top, tone = body.hip - 0.185 - 0.045, (0.52, 0.50, 0.48)
    rock = smooth([(-0.145, 0.0), (-0.135, top * 0.6), (-0.09, top), (0.03, top + 0.006), (0.085, top * 0.75), (0.115,
        top * 0.3), (0.12, 0.0)])  # fmt: skip
    rock[:, 1] = rock[:, 1].clip(0.0)
    canvas.drawPath(path(rock), paint(tone))
    shade_under(canvas, path(rock), tone, 0.05, strength=0.45)
