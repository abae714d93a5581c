"""Where things grow: scattering stands over a stretch of ground, clear of paths and of the subject."""

from dataclasses import dataclass

from aiprod.visuals.motion.cards.stock import CardSet, Planting, Stand
from aiprod.visuals.motion.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A stretch from `near` to `far` metres. `count` is for a 9:16 picture; heights in metres; `gap` metres either side
    of the middle stay free, widening by `gap_slope` a metre; `sink` is the part of a card that stands in the ground."""

    near: float
    far: float
    count: int
    height: float
    spread: float = 0.35
    gap: float = 0.0
    gap_slope: float = 0.0
    sink: float = 0.04
    hue: float = 0.0
    brightness: tuple[float, float] = (0.75, 1.2)
    clear: tuple[float, float, float] | None = None
    widen: float = 1.0
    one_side: float = 0.0


def scatter(world: World, cards: CardSet, patch: Patch) -> Planting:
    """Stands over the patch, at random; `patch.hue` is how many of them lean to the other leaf colour (0..1)."""
    random = world.random
    stands = []
    for _ in range(round(patch.count * world.fullness)):
        z = patch.near + (patch.far - patch.near) * random.random()
        half = world.half_width(z) + patch.height * 0.3
        x = (random.random() * 2 - 1) * half
        picture, size, bright = int(random.integers(cards.count)), random.random(), random.random()
        mirrored, leaning = random.random() < 0.5, random.random()
        if abs(x) < patch.gap + patch.gap_slope * z or (patch.one_side and x * patch.one_side < 0):
            continue
        if patch.clear is not None:
            cx, cz, radius = patch.clear
            if ((x - cx) / radius) ** 2 + ((z - cz) / (radius * 1.6)) ** 2 < 1:
                continue
        height = patch.height * (1 + patch.spread * (size * 2 - 1))
        low, high = patch.brightness
        stands.append(
            Stand(
                x,
                world.height_at(x, z) - patch.sink * height,
                z,
                height,
                picture,
                low + (high - low) * bright,
                bool(mirrored),
                leaning if leaning < patch.hue else 0.0,
                patch.widen,
            )
        )
    return cards, stands
