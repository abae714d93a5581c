"""What people wear on their heads, from crowns to space helmets.

Knows people and Skia. Local places are in head radii from the head's middle, the face turned a little to the right.
"""

from typing import TYPE_CHECKING

from aiprod.visuals.motion.subjects.faces import FaceFrame
from aiprod.visuals.motion.subjects.ink import (
    Colour,
    colour,
    curve,
    darker,
    lighter,
    oval,
    paint,
    path,
    ramp,
    ribbon,
    shade_under,
)  # fmt: skip
from aiprod.visuals.motion.subjects.people import Person
from aiprod.visuals.motion.subjects.rig import Point

if TYPE_CHECKING:
    import skia

GOLD = colour("e8b93f")
STEEL = colour("b4bcc6")


def covers_hair(person: Person) -> bool:
    """Whether the hat hides the hair on top."""
    return person.outfit.hat in ("nemes", "helm", "kabuto", "steel", "hood", "mask", "aviator", "galea", "turban")


def draw_hat(canvas: "skia.Canvas", person: Person, frame: FaceFrame) -> None:  # noqa: C901  a table of shapes, one branch each
    """The hat of a person, over the hair."""
    r, trim, top = frame.radius, person.outfit.trim, person.outfit.top

    def fill(places: list[Point], tone: Colour, *, soft: bool = True, steps: int = 8) -> None:
        shape = path(frame.curve(places, steps=steps))
        canvas.drawPath(
            shape,
            ramp(
                [(0.0, lighter(tone, 0.14)), (0.6, tone), (1.0, darker(tone, 0.22))],
                frame.at(-0.5, 1.6),
                frame.at(0.5, -0.2),
            ),
        )
        if soft:
            shade_under(canvas, shape, tone, r * 0.16, strength=0.38)

    def dot(x: float, y: float, size: float, tone: Colour) -> None:
        canvas.drawPath(path(oval(frame.at(x, y), r * size, r * size)), paint(tone))

    def line(places: list[Point], tone: Colour, wide: float) -> None:
        canvas.drawPath(curve(frame.curve(places, closed=False)), paint(tone, line=r * wide))

    band = [(-0.98, 0.30), (-0.4, 0.52), (0.3, 0.56), (0.96, 0.36)]
    match person.outfit.hat:
        case "crown" | "tiara":
            tall = 1.75 if person.outfit.hat == "crown" else 1.45
            fill([(-0.92, 0.55), (-1.0, tall - 0.1), (-0.66, 1.12), (-0.42, tall), (-0.12, 1.16), (0.08, tall + 0.12),
                (0.32, 1.16), (0.58, tall), (0.72, 1.10), (0.98, tall - 0.15), (0.92, 0.60), (0.3, 0.72), (-0.4,
                0.70)], GOLD, steps=2)  # fmt: skip
            for x, tone in ((-0.5, colour("c23b4a")), (0.05, colour("3f6fc9")), (0.55, colour("c23b4a"))):
                dot(x, 0.86, 0.11, tone)
            for x, y in ((-0.98, tall - 0.1), (-0.42, tall), (0.08, tall + 0.12), (0.58, tall), (0.96, tall - 0.15)):
                dot(x, y, 0.075, lighter(GOLD, 0.4))
        case "nemes":
            stripe = colour("2f5f9f")
            fill([(-0.75, -1.45), (-1.28, -1.2), (-1.22, 0.1), (-0.85, 0.95), (-0.1, 1.22), (0.62, 1.02), (0.94,
                0.52), (0.35, 0.66), (-0.25, 0.52), (-0.52, 0.1), (-0.50, -0.6), (-0.42, -1.5)], GOLD)  # fmt: skip
            for index in range(7):
                y = 0.75 - index * 0.34
                line([(-1.18 + 0.05 * index % 0.1, y - 0.1), (-0.86, y + 0.02), (-0.56, y - 0.06)], stripe, 0.12)
            line([(-0.7, 0.72), (-0.1, 0.92), (0.5, 0.86), (0.9, 0.58)], stripe, 0.15)
            line([(0.62, 0.8), (0.78, 1.1), (0.70, 1.32)], GOLD, 0.16)
        case "laurel":
            for index in range(9):
                x = -0.9 + index * 0.215
                y = 0.38 + 0.34 * (1 - (x / 1.05) ** 2)
                canvas.drawPath(
                    path(oval(frame.at(x, y), r * 0.19, r * 0.085, 50 - index * 9)),
                    paint(colour("5f8f3f") if index % 2 else colour("7aa84f")),
                )
        case "galea":
            fill([(-0.95, -0.55), (-1.05, 0.3), (-0.7, 0.95), (0.0, 1.18), (0.65, 0.98), (0.98, 0.50), (0.5, 0.52),
                (-0.2, 0.50), (-0.45, 0.1), (-0.42, -0.75)], STEEL)  # fmt: skip
            fill([(-1.25, 0.35), (-1.05, 1.15), (-0.4, 1.68), (0.4, 1.72), (0.85, 1.30), (0.3, 1.22), (-0.4, 1.05),
                (-0.85, 0.55)], colour("c2372f"))  # fmt: skip
            line(band, GOLD, 0.11)
        case "helm":
            fill([(-0.98, -0.9), (-1.08, 0.3), (-0.6, 1.08), (0.1, 1.24), (0.8, 0.95), (1.08, 0.2), (0.98, -0.75),
                (0.4, -1.1), (-0.4, -1.08)], STEEL)  # fmt: skip
            fill([(-0.28, 0.22), (0.35, 0.34), (1.0, 0.22), (1.0, -0.05), (0.35, 0.02), (-0.28, -0.06)],
                colour("23262c"), soft=False, steps=3)  # fmt: skip
            line([(0.42, 1.15), (0.52, 0.3), (0.50, -1.0)], darker(STEEL, 0.3), 0.07)
            for x in (-0.05, 0.18, 0.68, 0.86):
                dot(x, -0.45, 0.05, colour("33373f"))
            fill([(-0.6, 1.0), (-1.2, 1.35), (-1.7, 1.0), (-1.9, 0.3), (-1.3, 0.75), (-0.8, 0.8)], trim)
        case "viking":
            fill([(-0.98, 0.20), (-0.9, 0.8), (-0.3, 1.26), (0.4, 1.18), (0.92, 0.72), (0.98, 0.26), (0.3, 0.46),
                (-0.4, 0.40)], STEEL)  # fmt: skip
            line([(-0.98, 0.26), (-0.4, 0.44), (0.3, 0.50), (0.98, 0.32)], GOLD, 0.14)
            line([(0.05, 1.22), (0.42, 0.6), (0.47, -0.1)], GOLD, 0.13)
            for side in (-1.0, 1.0):
                horn = ribbon(
                    [frame.at(side * 0.82, 0.78), frame.at(side * 1.28, 1.0), frame.at(side * 1.36, 1.55)],
                    [r * 0.17, r * 0.13, r * 0.02],
                )
                canvas.drawPath(path(horn), paint(colour("efe6cf")))
        case "kabuto":
            fill([(-1.3, -0.55), (-1.15, 0.35), (-0.7, 1.0), (0.1, 1.24), (0.75, 0.98), (1.02, 0.45), (0.3, 0.55),
                (-0.35, 0.40), (-0.5, 0.0), (-0.72, -0.65)], top)  # fmt: skip
            for y in (-0.35, -0.1, 0.15):
                line([(-1.26, y - 0.05), (-0.9, y), (-0.6, y - 0.05)], GOLD, 0.05)
            for side in (-1.0, 1.0):
                line([(0.42, 0.72), (0.42 + side * 0.42, 1.25), (0.42 + side * 0.52, 1.75)], GOLD, 0.10)
        case "steel" | "hardhat" | "climber" | "fire":
            tone = {"steel": colour("5a5f40"), "hardhat": colour("f0b52b"), "climber": trim, "fire": colour("b3302b")}[
                person.outfit.hat
            ]
            fill([(-1.0, 0.28), (-0.92, 0.85), (-0.4, 1.24), (0.25, 1.26), (0.82, 0.92), (0.98, 0.38), (0.3, 0.46),
                (-0.4, 0.38)], tone)  # fmt: skip
            brim = [(-1.2, 0.16), (-0.9, 0.40), (0.2, 0.55), (1.15, 0.42), (1.32, 0.26), (0.3, 0.36)]
            fill(brim, darker(tone, 0.12))
            if person.outfit.hat in ("climber", "fire"):
                dot(0.55, 0.82, 0.20, colour("fff3c4") if person.outfit.hat == "climber" else GOLD)
        case "bicorne":
            fill([(-1.45, 0.28), (-1.0, 1.0), (-0.1, 1.62), (0.7, 1.42), (1.4, 0.55), (0.6, 0.60), (-0.4, 0.48)],
                colour("25242b"))  # fmt: skip
            line([(-1.38, 0.42), (-0.9, 1.06), (-0.1, 1.52), (0.66, 1.34), (1.3, 0.60)], GOLD, 0.07)
            dot(0.45, 1.0, 0.15, colour("c23b32"))
            dot(0.45, 1.0, 0.08, colour("f2f0ec"))
        case "tricorne":
            fill([(-1.4, 0.55), (-0.85, 1.18), (0.0, 1.32), (0.9, 1.16), (1.45, 0.62), (0.9, 0.56), (0.35, 0.42),
                (-0.5, 0.38)], colour("2b2730"))  # fmt: skip
            line([(-1.36, 0.58), (-0.5, 0.42), (0.35, 0.46), (0.9, 0.60), (1.42, 0.64)], GOLD, 0.07)
            dot(0.25, 0.86, 0.20, colour("f2efe6"))
            dot(0.18, 0.88, 0.055, colour("2b2730"))
            dot(0.33, 0.88, 0.055, colour("2b2730"))
        case "sailor" | "peaked":
            tone = colour("f3f1ec") if person.outfit.hat == "sailor" else darker(top, 0.15)
            fill(
                [(-1.12, 0.75), (-0.85, 1.18), (0.1, 1.36), (0.95, 1.15), (1.18, 0.78), (0.3, 0.72), (-0.5, 0.62)], tone
            )
            fill([(-0.96, 0.36), (-0.96, 0.74), (0.1, 0.86), (1.0, 0.76), (0.98, 0.42), (0.2, 0.56)], colour("22304f"))
            fill([(0.15, 0.52), (1.02, 0.46), (1.38, 0.26), (0.6, 0.34)], colour("1d1f27"))
            dot(0.55, 0.78, 0.12, GOLD)
        case "fedora" | "cowboy" | "straw":
            tone = {"fedora": colour("8a6a43"), "cowboy": colour("8f5f38"), "straw": colour("e0bf6f")}[
                person.outfit.hat
            ]
            wide = 1.75 if person.outfit.hat != "fedora" else 1.5
            curl = 0.32 if person.outfit.hat == "cowboy" else 0.06
            fill([(-0.86, 0.50), (-0.80, 1.15), (-0.45, 1.50), (0.0, 1.36), (0.45, 1.50), (0.80, 1.12), (0.86, 0.54)],
                tone)  # fmt: skip
            fill([(-0.88, 0.50), (-0.88, 0.76), (0.0, 0.86), (0.88, 0.78), (0.88, 0.52)],
                colour("4a3425") if person.outfit.hat != "straw" else colour("b3472f"), soft=False)  # fmt: skip
            fill([(-wide, 0.36 + curl), (-0.8, 0.50), (0.2, 0.56), (0.95, 0.52), (wide, 0.40 + curl), (0.95, 0.28),
                (0.1, 0.34), (-0.8, 0.26)], lighter(tone, 0.05))  # fmt: skip
        case "toque":
            fill([(-0.86, 0.42), (-0.88, 1.05), (-1.22, 1.42), (-0.85, 1.92), (-0.2, 2.0), (0.35, 2.06), (0.95, 1.86),
                (1.18, 1.40), (0.88, 1.05), (0.88, 0.46), (0.0, 0.56)], colour("f6f4ef"))  # fmt: skip
            line([(-0.86, 0.92), (0.0, 1.04), (0.88, 0.94)], colour("d5d1c8"), 0.05)
        case "aviator":
            fill([(-0.78, -0.95), (-1.05, 0.1), (-0.85, 0.82), (-0.2, 1.18), (0.55, 1.02), (0.95, 0.50), (0.4, 0.58),
                (-0.2, 0.46), (-0.48, 0.0), (-0.38, -0.9)], colour("6b4528"))  # fmt: skip
            line([(-0.95, 0.55), (-0.2, 0.76), (0.9, 0.62)], colour("3d2a1c"), 0.16)
            for x in (0.18, 0.68):
                canvas.drawPath(path(oval(frame.at(x, 0.74), r * 0.25, r * 0.20)), paint(colour("3d2a1c")))
                canvas.drawPath(path(oval(frame.at(x, 0.75), r * 0.19, r * 0.145)), paint(colour("a8d3e0")))
        case "bubble":
            canvas.drawPath(path(oval(frame.at(0.0, 0.02), r * 1.46, r * 1.46)), paint(colour("dfe5ec"), line=r * 0.16))
            canvas.drawPath(path(oval(frame.at(0.0, 0.02), r * 1.42, r * 1.42)), paint(colour("bfe0f5"), 0.20))
            line([(-1.0, 0.45), (-0.72, 0.95), (-0.2, 1.18)], (1.0, 1.0, 1.0), 0.13)
            dot(0.15, 1.20, 0.07, (1.0, 1.0, 1.0))
        case "mask":
            fill([(-0.8, -0.9), (-1.0, 0.1), (-0.8, 0.85), (-0.1, 1.12), (0.6, 0.96), (0.94, 0.45), (0.4, 0.5),
                (-0.25, 0.46), (-0.5, 0.0), (-0.45, -0.85)], top)  # fmt: skip
            canvas.drawPath(path(frame.curve([(-0.22, 0.32), (0.38, 0.42), (0.98, 0.30), (0.98, -0.18), (0.6, -0.32),
                (0.36, -0.18), (0.1, -0.32), (-0.2, -0.2)])), paint(trim, line=r * 0.10))  # fmt: skip
            canvas.drawPath(path(frame.curve([(-0.2, 0.3), (0.38, 0.4), (0.96, 0.28), (0.96, -0.16), (0.6, -0.3),
                (0.36, -0.16), (0.1, -0.3), (-0.18, -0.18)])), paint(colour("bfe8f5"), 0.35))  # fmt: skip
            line([(-0.75, 1.15), (-0.82, 0.2), (-0.2, -0.62), (0.3, -0.62)], trim, 0.12)
        case "hood":
            fill([(-0.75, -1.15), (-1.18, -0.4), (-1.12, 0.5), (-0.6, 1.16), (0.15, 1.32), (0.72, 1.02), (0.98, 0.5),
                (0.45, 0.70), (-0.15, 0.62), (-0.52, 0.2), (-0.52, -0.5), (-0.2, -1.1)], top)  # fmt: skip
        case "wizard":
            fill([(-1.0, 0.5), (-0.62, 1.5), (-0.45, 2.45), (-0.9, 2.9), (-0.1, 2.72), (0.45, 1.6), (0.95, 0.55)], top)
            fill([(-1.6, 0.32), (-0.8, 0.56), (0.2, 0.64), (1.0, 0.56), (1.6, 0.38), (0.6, 0.34), (-0.6, 0.28)],
                darker(top, 0.1))  # fmt: skip
            for x, y in ((-0.35, 1.1), (0.15, 1.6), (0.3, 0.95)):
                dot(x, y, 0.09, GOLD)
        case "turban":
            fill([(-1.02, 0.22), (-1.12, 0.75), (-0.7, 1.32), (0.1, 1.5), (0.85, 1.22), (1.12, 0.70), (0.95, 0.34),
                (0.3, 0.48), (-0.4, 0.40)], colour("f1e9d8"))  # fmt: skip
            for x in (-0.5, 0.0, 0.5):
                line([(x - 0.5, 0.42), (x, 0.95), (x + 0.45, 1.26)], colour("cdbfa3"), 0.06)
            dot(0.45, 0.82, 0.13, trim)
        case "tophat":
            fill([(-0.80, 0.50), (-0.84, 1.30), (-0.92, 2.02), (0.0, 2.10), (0.92, 2.02), (0.82, 1.30), (0.80, 0.54)],
                colour("26252b"), steps=4)  # fmt: skip
            fill([(-0.80, 0.55), (-0.80, 0.84), (0.0, 0.92), (0.80, 0.86), (0.80, 0.58)], darker(trim, 0.1),
                soft=False, steps=4)  # fmt: skip
            fill([(-1.22, 0.46), (-0.7, 0.56), (0.2, 0.60), (0.9, 0.58), (1.25, 0.50), (0.8, 0.40), (0.0, 0.42),
                (-0.8, 0.36)], colour("2f2e35"))  # fmt: skip
        case "beret":
            fill([(-1.15, 0.62), (-1.2, 1.05), (-0.5, 1.40), (0.4, 1.32), (0.98, 0.95), (0.92, 0.56), (0.3, 0.66),
                (-0.4, 0.56)], colour("b3372f"))  # fmt: skip
            line([(-0.15, 1.36), (-0.12, 1.56)], colour("8f2a25"), 0.09)
        case "feather":
            line([(-0.96, 0.40), (-0.4, 0.62), (0.3, 0.66), (0.95, 0.46)], trim, 0.17)
            for x, y, tone in (
                (-0.75, 1.55, colour("c23b32")),
                (-0.45, 1.75, colour("f2efe6")),
                (-0.1, 1.62, colour("2f7f6f")),
            ):
                quill = ribbon(
                    [frame.at(-0.45, 0.6), frame.at((x - 0.45) / 2, (y + 0.6) / 2), frame.at(x, y)],
                    [r * 0.05, r * 0.13, r * 0.02],
                )
                canvas.drawPath(path(quill), paint(tone))
        case _:
            pass
