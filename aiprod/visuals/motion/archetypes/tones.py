"""Natural colours that several places share: wood, stone, and a season's leaves, grass and earth."""

from dataclasses import dataclass

from aiprod.visuals.motion.light import Colour, srgb
from aiprod.visuals.motion.spec import SceneSpec

WOOD = (srgb(30, 24, 22), srgb(112, 86, 64))
STONE = (srgb(40, 42, 48), srgb(150, 143, 134))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leafage:
    """Leaf colours (dark, light, alternative) of a season, and the earth under them."""

    tree: tuple[Colour, Colour, Colour]
    low: tuple[Colour, Colour]
    grass: tuple[Colour, Colour]
    earth: tuple[Colour, Colour, Colour]


SUMMER = Leafage(
    tree=(srgb(14, 36, 24), srgb(96, 134, 60), srgb(132, 150, 56)),
    low=(srgb(14, 40, 22), srgb(84, 128, 54)),
    grass=(srgb(20, 44, 18), srgb(112, 142, 56)),
    earth=(srgb(24, 38, 20), srgb(66, 84, 36), srgb(68, 55, 38)),
)
SPRING = Leafage(
    tree=(srgb(26, 56, 26), srgb(142, 176, 76), srgb(178, 190, 92)),
    low=(srgb(22, 54, 26), srgb(112, 160, 66)),
    grass=(srgb(30, 62, 22), srgb(142, 178, 72)),
    earth=(srgb(30, 48, 22), srgb(84, 108, 44), srgb(76, 62, 40)),
)
AUTUMN = Leafage(
    tree=(srgb(72, 28, 14), srgb(214, 112, 34), srgb(226, 164, 46)),
    low=(srgb(60, 34, 16), srgb(168, 98, 40)),
    grass=(srgb(58, 44, 18), srgb(166, 132, 58)),
    earth=(srgb(64, 38, 18), srgb(140, 82, 34), srgb(160, 66, 26)),
)
WINTER = Leafage(
    tree=(srgb(34, 50, 52), srgb(206, 216, 226), srgb(180, 196, 206)),
    low=(srgb(70, 84, 88), srgb(214, 222, 230)),
    grass=(srgb(120, 132, 142), srgb(222, 228, 236)),
    earth=(srgb(170, 182, 198), srgb(226, 232, 242), srgb(150, 164, 182)),
)


def season_of(spec: SceneSpec) -> str:
    """The season seen: falling snow makes a winter."""
    return "winter" if spec.weather == "snow" else spec.season


def leafage_of(season: str) -> Leafage:
    """A season's colours."""
    return {"spring": SPRING, "autumn": AUTUMN, "winter": WINTER}.get(season, SUMMER)


def has_flowers(spec: SceneSpec) -> bool:
    """Whether blossoms belong in the grass."""
    return spec.flora in ("flowers", "cherry") or (spec.season == "spring" and spec.variant % 2 == 0)
