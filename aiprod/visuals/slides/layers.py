"""A scene as a stack of layers: which painters, how far each is, painted once and cut to what they cover.

Knows painters by archetype. Knows no camera and no subject.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.slides import land, things
from aiprod.visuals.slides.paper import Paper
from aiprod.visuals.slides.plants import plants
from aiprod.visuals.slides.players import rests_on_a_table

if TYPE_CHECKING:
    import skia

Painter = Callable[["skia.Canvas", Paper, float], None]
FAR = 0.96

_HILLS = partial(land.ridge, rise=0.16, rough=0.1)
_DUNES = partial(land.ridge, rise=0.13, rough=0.35)
_SHORE = partial(land.ridge, rise=0.06, rough=0.2, lower=0.1)
_PEAKS = partial(land.ridge, rise=0.42, rough=0.75, snow=True)
_LOW_PEAKS = partial(land.ridge, rise=0.28, rough=0.6, snow=True)
_ROCKS = partial(land.ridge, rise=0.12, rough=0.9)

_AIR: tuple[Painter, float] = (land.sky, FAR)
_FLOOR: tuple[Painter, float] = (land.ground, 0.4)
_SURFACE: tuple[Painter, float] = (land.water, 0.5)

_STACKS: dict[str, tuple[tuple[Painter, float], ...]] = {
    "forest": (_AIR, (_HILLS, 0.9), (plants, 0.78), (plants, 0.55), _FLOOR, (plants, 0.12)),
    "jungle": (_AIR, (plants, 0.85), (plants, 0.65), (plants, 0.45), (land.ground, 0.35), (plants, 0.08)),
    "savanna": (_AIR, (_HILLS, 0.92), (land.ground, 0.5), (plants, 0.75), (plants, 0.4)),
    "desert": (_AIR, (_DUNES, 0.9), (_DUNES, 0.72), _FLOOR, (_DUNES, 0.3)),
    "mountains": (_AIR, (_PEAKS, 0.88), (_LOW_PEAKS, 0.7), _FLOOR, (plants, 0.5), (plants, 0.1)),
    "snow": (_AIR, (_LOW_PEAKS, 0.85), (plants, 0.7), _FLOOR, (plants, 0.15)),
    "polar": (_AIR, (_LOW_PEAKS, 0.9), (things.floes, 0.7), _FLOOR, (things.floes, 0.35)),
    "sea": (_AIR, (_HILLS, 0.97), _SURFACE),
    "underwater": ((land.depths, FAR), (_HILLS, 0.75), (_HILLS, 0.5), (plants, 0.45), (plants, 0.1)),
    "beach": (_AIR, (land.water, 0.7), (_SHORE, 0.35), (plants, 0.14)),
    "lake": (_AIR, (_LOW_PEAKS, 0.88), (_HILLS, 0.8), _SURFACE, (plants, 0.1)),
    "river": (_AIR, (_HILLS, 0.88), (plants, 0.75), _SURFACE, (plants, 0.12)),
    "field": (_AIR, (_HILLS, 0.9), (_HILLS, 0.75), _FLOOR, (plants, 0.6), (plants, 0.3)),
    "cave": (_AIR, (_ROCKS, 0.7), (things.cavern, 0.6), (land.ground, 0.35), (things.cavern, 0.08)),
    "volcano": (_AIR, (things.cone, 0.8), (_ROCKS, 0.5), (land.ground, 0.35), (plants, 0.12)),
    "city": (_AIR, (things.towers, 0.88), (things.towers, 0.66), _SURFACE),
    "village": (_AIR, (_HILLS, 0.92), (things.houses, 0.75), (things.houses, 0.55), _FLOOR, (plants, 0.1)),
    "interior": ((things.room, 0.8), _FLOOR),
    "laboratory": ((things.room, 0.8), _FLOOR),
    "ruins": (_AIR, (_HILLS, 0.9), (things.columns, 0.72), _FLOOR, (things.columns, 0.15)),
    "battlefield": (_AIR, (_HILLS, 0.88), (_ROCKS, 0.66), _FLOOR),
    "sky": (_AIR, (partial(land.ridge, rise=0.06, rough=0.2), 0.9)),
    "space": ((land.heaven, FAR),),
    "planet": ((land.heaven, FAR), (land.globe, 0.7)),
    "moonscape": ((land.heaven, FAR), (_HILLS, 0.9), (_ROCKS, 0.6), _FLOOR),
    "blackhole": ((land.heaven, FAR), (land.globe, 0.7)),
    "stage": ((things.spotlight, 0.8),),
    "map": (),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A painted layer, cut to what it covers: its place on the sheet, its distance, and whether it hides subjects."""

    image: "skia.Image"
    left: float
    top: float
    distance: float
    front: bool


def paint_layers(paper: Paper, subject_distance: float) -> tuple[Layer, ...]:
    """The scene's layers, far ones first; those nearer than the subjects are in front of them."""
    stack = _STACKS[paper.spec.archetype]
    if paper.spec.archetype in ("interior", "laboratory") and rests_on_a_table(paper.spec):
        stack = (*stack, (things.table, 0.3))
    return tuple(_paint(paper, painter, far, front=far < min(0.2, subject_distance)) for painter, far in stack)


def paint_one(paper: Paper, painter: Painter, distance: float) -> Layer:
    """A single layer behind the subjects."""
    return _paint(paper, painter, distance, front=False)


def _paint(paper: Paper, painter: Painter, distance: float, *, front: bool) -> Layer:
    import skia

    surface = skia.Surface.MakeRasterN32Premul(paper.width, paper.height)
    with surface as canvas:
        painter(canvas, paper, distance)
    image = surface.makeImageSnapshot()
    alpha = image.toarray(colorType=skia.kRGBA_8888_ColorType)[:, :, 3]
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not rows.size:
        return Layer(image=image.makeSubset(skia.IRect(0, 0, 1, 1)), left=0, top=0, distance=distance, front=front)
    left, top, right, bottom = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    cut = image.makeSubset(skia.IRect(left, top, right, bottom))
    return Layer(image=cut, left=left, top=top, distance=distance, front=front)
