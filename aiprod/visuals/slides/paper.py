"""The sheet that layers are painted on: its size, its colours by distance, its scatter.

Knows light (`motion/light.py`) and a scene's palette. Knows no landscape.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.profiles import Shape
from aiprod.visuals.motion.light import Colour, Mood, mixed, mood_for
from aiprod.visuals.motion.spec import SceneSpec

if TYPE_CHECKING:
    import skia

MARGIN = 0.16
"""How much wider and taller than the frame a layer is, on each side, as a part of the frame's width."""

_TINTS: dict[str, Colour] = {
    "warm": (1.08, 1.0, 0.9), "amber": (1.12, 1.0, 0.84), "cool": (0.92, 0.98, 1.1), "teal": (0.9, 1.03, 1.04),
    "rose": (1.08, 0.95, 1.0), "violet": (1.02, 0.94, 1.12), "earth": (1.04, 0.98, 0.9), "vivid": (1.05, 1.05, 1.05),
    "sepia": (1.1, 1.0, 0.82), "pastel": (1.04, 1.04, 1.04), "noir": (1.0, 1.0, 1.0), "natural": (1.0, 1.0, 1.0),
}  # fmt: skip

GROUNDS: dict[str, Colour] = {
    "forest": (0.055, 0.12, 0.04), "jungle": (0.03, 0.115, 0.04), "savanna": (0.34, 0.2, 0.045),
    "desert": (0.52, 0.27, 0.09), "mountains": (0.12, 0.16, 0.1), "snow": (0.72, 0.78, 0.86),
    "polar": (0.62, 0.74, 0.84), "sea": (0.02, 0.12, 0.2), "underwater": (0.03, 0.12, 0.15),
    "beach": (0.62, 0.47, 0.27), "lake": (0.05, 0.13, 0.17), "river": (0.07, 0.14, 0.07), "field": (0.13, 0.22, 0.05),
    "cave": (0.05, 0.04, 0.04), "volcano": (0.06, 0.045, 0.045), "city": (0.035, 0.04, 0.06),
    "village": (0.12, 0.15, 0.06), "interior": (0.2, 0.11, 0.06), "laboratory": (0.3, 0.37, 0.42),
    "ruins": (0.32, 0.25, 0.15), "battlefield": (0.14, 0.1, 0.06), "sky": (0.5, 0.55, 0.6), "space": (0.01, 0.01, 0.02),
    "planet": (0.25, 0.1, 0.05), "moonscape": (0.2, 0.2, 0.21), "blackhole": (0.01, 0.01, 0.02), "map": (0.55, 0.42, 0.24),
    "stage": (0.03, 0.03, 0.06),
}  # fmt: skip
"""What the ground is made of, in linear light."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A sheet larger than the frame. `horizon` is in pixels of the sheet, from its top."""

    spec: SceneSpec
    mood: Mood
    frame: Shape
    width: int
    height: int
    horizon: float

    @property
    def margin(self) -> float:
        """Pixels of sheet beyond each side of the frame."""
        return (self.width - self.frame.width_px) / 2

    def scatter(self, *names: object) -> random.Random:
        """A source of chance for one layer, the same every time."""
        return random.Random(f"{self.spec.seed}/{self.spec.variant}/{names}")

    def lit(self, material: Colour, distance: float) -> int:
        """A material's colour in the scene's light, paled by the air before it. `distance` 0 near to 1 far."""
        mood = self.mood
        light = [a + 0.55 * s for a, s in zip(mood.ambient, mood.sun, strict=True)]
        near = (material[0] * light[0], material[1] * light[1], material[2] * light[2])
        air = min(1.0, distance * distance * 0.85 * mood.thickness**0.5)
        if self.spec.archetype in ("interior", "laboratory", "stage", "cave"):
            air *= 0.15
        return self.colour(mixed(near, mood.fog, air))

    def ground(self, distance: float, shade: float = 1.0) -> int:
        """The archetype's ground at a distance, darker or lighter by `shade`."""
        red, green, blue = GROUNDS[self.spec.archetype]
        return self.lit((red * shade, green * shade, blue * shade), distance)

    def colour(self, linear: Colour, alpha: float = 1.0) -> int:
        """A Skia colour of linear light, in the scene's palette and style."""
        import skia

        tint = _TINTS[self.spec.palette]
        red, green, blue = (max(0.0, value * t * self.mood.exposure) for value, t in zip(linear, tint, strict=True))
        if self.spec.palette == "noir" or self.spec.style == "noir":
            red = green = blue = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        shown = [min(255, round(255 * (value / (1 + 0.25 * value)) ** (1 / 2.2))) for value in (red, green, blue)]
        return int(skia.ColorSetARGB(round(255 * alpha), *shown))


def lay_paper(spec: SceneSpec, shape: Shape) -> Paper:
    """The sheet of a scene: the horizon is lower where the sky matters, higher where the ground does."""
    high = {"sea": 0.56, "sky": 0.9, "interior": 0.7, "laboratory": 0.68, "stage": 0.7, "cave": 0.7, "space": 0.72}
    margin = round(MARGIN * max(shape.width_px, shape.height_px * 0.5))
    return Paper(
        spec=spec, mood=mood_for(spec), frame=shape, width=shape.width_px + 2 * margin,
        height=shape.height_px + 2 * margin, horizon=margin + shape.height_px * high.get(spec.archetype, 0.62),
    )  # fmt: skip


def fill(colour: int) -> "skia.Paint":
    """A smooth filling of one colour."""
    import skia

    return skia.Paint(Color=colour, AntiAlias=True)


def fade(top: float, bottom: float, colours: list[int]) -> "skia.Paint":
    """A filling that changes downwards through the colours."""
    import skia

    shader = skia.GradientShader.MakeLinear([(0, top), (0, bottom)], colours)
    return skia.Paint(Shader=shader, AntiAlias=True, Dither=True)


def glow(at: tuple[float, float], radius: float, inner: int, outer: int) -> "skia.Paint":
    """A filling that fades outwards from a point."""
    import skia

    return skia.Paint(Shader=skia.GradientShader.MakeRadial(at, max(1.0, radius), [inner, outer]), Dither=True)


def polygon(points: Sequence[tuple[float, float]]) -> "skia.Path":
    """A closed shape through the points."""
    import skia

    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    return path


def clear(colour: int) -> int:
    """The colour, wholly transparent."""
    return colour & 0x00FFFFFF
