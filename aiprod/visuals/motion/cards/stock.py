"""Cards in the world: uploaded with their material, stood in a band, drawn from the farthest to the nearest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import moderngl
import numpy as np

from aiprod.visuals.motion.cards.canvas import Pixels
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.light import Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Colours between which a card's tone chooses: leaves (first) and wood, stone or petals (second).

    `alternative` replaces the leaves' light colour where a stand's hue says so; `glow` is light of its own.
    """

    dark: Colour
    light: Colour
    second_dark: Colour = (0.012, 0.009, 0.007)
    second_light: Colour = (0.16, 0.11, 0.08)
    alternative: Colour | None = None
    glow: Colour = (0.0, 0.0, 0.0)
    rim: float = 0.6
    roundness: float = 1.0
    contact: float = 0.35


@dataclass(frozen=True, slots=True)
class Stand:
    """One card: its foot's place in metres, its height, which picture, how bright, mirrored or not, how far its hue
    leans to the alternative (0..1), and its width against the picture's own proportion."""

    x: float
    y: float
    z: float
    height: float
    picture: int
    brightness: float = 1.0
    mirrored: bool = False
    hue: float = 0.0
    widen: float = 1.0


class CardSet:
    """Pictures of one size and one material."""

    def __init__(self, gpu: Gpu, pictures: Sequence[Pixels], material: Material) -> None:
        self._gpu = gpu
        self._pictures = gpu.pictures(pictures)
        self._program = gpu.program("card", "card")
        self.material = material
        self.count = len(pictures)
        self.proportion = pictures[0].shape[1] / pictures[0].shape[0]

    def draw(self, stands: Sequence[Stand]) -> None:
        """Draw `stands` in the given order into what is being drawn."""
        if not stands:
            return
        gpu, material = self._gpu, self.material
        gpu.bind(self._program, {"pictures": self._pictures})
        gpu.set(
            self._program,
            {
                "first_dark": material.dark,
                "first_light": material.light,
                "second_dark": material.second_dark,
                "second_light": material.second_light,
                "alternative": material.alternative or material.light,
                "glow": material.glow,
                "rim_strength": material.rim,
                "roundness": material.roundness,
                "contact": material.contact,
            },
        )
        mesh = gpu.mesh(self._program, self._vertices(stands), "3f 2f 4f", ("position", "texcoord", "extra"))
        mesh.render(moderngl.TRIANGLES)

    def _vertices(self, stands: Sequence[Stand]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        rows = []
        for s in stands:
            half = s.height * self.proportion * s.widen / 2
            left, right = (1.0, 0.0) if s.mirrored else (0.0, 1.0)
            way = -1.0 if s.mirrored else 1.0
            tail = (float(s.picture % self.count), s.brightness, way, s.hue)
            low_left, low_right = (s.x - half, s.y, s.z, left, 1.0, *tail), (s.x + half, s.y, s.z, right, 1.0, *tail)
            top_left = (s.x - half, s.y + s.height, s.z, left, 0.0, *tail)
            top_right = (s.x + half, s.y + s.height, s.z, right, 0.0, *tail)
            rows += [low_left, low_right, top_left, low_right, top_right, top_left]
        return np.array(rows, dtype=np.float32)


Planting = tuple[CardSet, Sequence[Stand]]


def draw_plantings(plantings: Iterable[Planting], slices: int = 6) -> None:
    """Draw several card sets together, far to near in `slices` of depth (exact order would cost a draw a card)."""
    everything = [(stand.z, number, stand) for number, (_, stands) in enumerate(plantings) for stand in stands]
    if not everything:
        return
    sets = [card_set for card_set, _ in plantings]
    everything.sort(key=lambda item: -item[0])
    edges = np.quantile([z for z, _, _ in everything], np.linspace(1, 0, slices + 1))
    for index in range(slices):
        far, near = edges[index], edges[index + 1]
        last = index == slices - 1
        for number, card_set in enumerate(sets):
            chosen = [s for z, n, s in everything if n == number and (near < z <= far or (last and z <= near))]
            card_set.draw(chosen)
