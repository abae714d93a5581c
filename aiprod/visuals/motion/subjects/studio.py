"""Paints the parts of a rig with Skia and packs them into one atlas with a normal map that follows the shapes.

Knows Skia, colours, gradients and packing. Knows no species. A part is painted in rig space (y up).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from aiprod.errors import EngineMissing
from aiprod.visuals.motion.subjects.rig import Animation, Box, Matrix, Part, PartPose, Pixels, Rig, mirrored, move

if TYPE_CHECKING:
    import skia

Draw = Callable[["skia.Canvas"], None]

PIXELS_PER_HEIGHT: Final = 560
NORMAL_SHRINK: Final = 4
MARGIN_PX: Final = 8
ATLAS_WIDTH_PX: Final = 1408
INK_FLOOR: Final = 24
HEAD_PARTS: Final = ("head", "mane")
EXTENT_SECONDS: Final = (0.0, 0.11, 0.29, 0.47, 0.83, 1.31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """How round a part is lit: `radius` is how far from its rim it bulges, in rig units; `strength` 0 is flat.

    `shape` draws the part longer than it is where another part carries on, so that no rim shows at a joint."""

    radius: float = 0.12
    strength: float = 1.0
    shape: Draw | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RigFacts:
    """What `Studio.finish` must be told of a rig besides its pictures; `head` where no part of its own shows it, `extent`
    where not all of it need be seen."""

    animate: Animation
    stride_per_second: float
    metres: float
    faces_left: bool
    grounded: bool = True
    head: Box | None = None
    extent: Box | None = None


class Studio:
    """Collects painted parts; `add` returns a part's number, `finish` the rig."""

    def __init__(self, *, faces_left: bool, detail: float = 1.0) -> None:
        """`detail` is how much finer than usual parts are painted."""
        self._faces_left = faces_left
        self._scale = round(PIXELS_PER_HEIGHT * detail)
        self._pictures: list[tuple[str, Box, Pixels, Pixels]] = []

    def add(self, name: str, box: Box, draw: Draw, relief: Relief | None = None, *, glow: float = 0.0) -> int:
        """Paint one part inside `box` of rig space, drawn facing right; `glow` times brighter than its colour."""
        chosen = relief or Relief()
        step = NORMAL_SHRINK
        width = _round_up((box[2] - box[0]) * self._scale + 2 * MARGIN_PX, step)
        height = _round_up((box[3] - box[1]) * self._scale + 2 * MARGIN_PX, step)
        margin = MARGIN_PX / self._scale
        left, top = box[0] - margin, box[3] + margin
        place = (left, top, self._scale)
        colours = _paint(draw, (width, height), place)
        shape = colours[..., 3] if chosen.shape is None else _paint(chosen.shape, (width, height), place)[..., 3]
        grown = (left, top - height / self._scale, left + width / self._scale, top)
        if glow:  # more colour than the cover carries: light is added, whatever the hour
            colours[..., :3] = np.minimum(colours[..., :3] * np.float32(glow), 255.0).astype(np.uint8)
        return self._keep(name, grown, colours, _normals(shape, colours[..., 3], chosen, self._scale))

    def add_picture(self, name: str, box: Box, picture: Pixels, relief: Relief) -> int:
        """Add a ready picture (premultiplied, facing right) that covers `box`."""
        height, width = picture.shape[:2]
        step = NORMAL_SHRINK
        full_width, full_height = _round_up(width + 2 * MARGIN_PX, step), _round_up(height + 2 * MARGIN_PX, step)
        colours = np.zeros((full_height, full_width, 4), np.uint8)
        colours[MARGIN_PX : MARGIN_PX + height, MARGIN_PX : MARGIN_PX + width] = picture
        scale = height / (box[3] - box[1])
        left, top = box[0] - MARGIN_PX / scale, box[3] + MARGIN_PX / scale
        grown = (left, top - full_height / scale, left + full_width / scale, top)
        return self._keep(name, grown, colours, _normals(colours[..., 3], colours[..., 3], relief, round(scale)))

    def _keep(self, name: str, box: Box, colours: Pixels, normals: Pixels) -> int:
        if self._faces_left:
            colours, normals = np.ascontiguousarray(colours[:, ::-1]), np.ascontiguousarray(normals[:, ::-1])
            normals[..., 0] = 255 - normals[..., 0]
            box = (-box[2], box[1], -box[0], box[3])
        self._pictures.append((name, box, colours, normals))
        return len(self._pictures) - 1

    def finish(self, facts: RigFacts) -> Rig:
        """The rig of all parts; its animation, written facing right, is mirrored where it faces left."""
        sizes = [picture[2].shape[:2] for picture in self._pictures]
        places, (height, width) = _pack(sizes, ATLAS_WIDTH_PX * max(1, round(self._scale / PIXELS_PER_HEIGHT)))
        atlas = np.zeros((height, width, 4), np.uint8)
        normals = np.zeros((height // NORMAL_SHRINK, width // NORMAL_SHRINK, 4), np.uint8)
        normals[...] = (128, 128, 255, 0)
        parts = []
        for (name, box, colours, bumps), (x, y) in zip(self._pictures, places, strict=True):
            h, w = colours.shape[:2]
            atlas[y : y + h, x : x + w] = colours
            small = NORMAL_SHRINK
            normals[y // small : (y + h) // small, x // small : (x + w) // small] = bumps
            parts.append(Part(name=name, box=box, uv=(x / width, y / height, (x + w) / width, (y + h) / height)))
        animate = _mirror(facts.animate) if facts.faces_left else facts.animate
        inked = [_inked(box, colours) for _, box, colours, _ in self._pictures]
        extent = _extent(inked, animate) if facts.extent is None else facts.extent
        return Rig(atlas=atlas, normals=normals, parts=tuple(parts), animate=animate,
            stride_per_second=facts.stride_per_second, metres=facts.metres, extent=extent,
            faces_left=facts.faces_left, grounded=facts.grounded,
            head=facts.head or _head(parts, inked, animate))  # fmt: skip


def skia_module() -> ModuleType:
    """Skia, loaded when first needed. Raises: EngineMissing."""
    try:
        return import_module("skia")
    except ImportError as error:
        raise EngineMissing("Subjects are painted with Skia, which is not installed: install skia-python.") from error


def _mirror(animate: Animation) -> Animation:
    def other_way(t: float, phase: float) -> list[PartPose]:
        return [PartPose(part=p.part, matrix=mirrored(p.matrix), opacity=p.opacity) for p in animate(t, phase)]

    return other_way


def _inked(box: Box, colours: Pixels) -> Box | None:
    """The stretch of a part's box that has ink; None for an empty part."""
    solid = colours[::4, ::4, 3] > INK_FLOOR
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    if not len(rows):
        return None
    (h, w), (left, bottom, right, top) = solid.shape, box
    across, up = (right - left) / w, (top - bottom) / h
    return (left + float(columns[0]) * across, top - float(rows[-1] + 1) * up, left + float(columns[-1] + 1) * across,
            top - float(rows[0]) * up)  # fmt: skip


def _head(parts: Sequence[Part], inked: Sequence[Box | None], animate: Animation) -> Box | None:
    """Around the head as it is in the first pose, mane and all."""
    found = [
        (pose.matrix, box)
        for pose in animate(0.0, 0.0)
        if parts[pose.part].name in HEAD_PARTS and (box := inked[pose.part]) is not None
    ]
    return _around(found) if found else None


def _around(boxes: Iterable[tuple[Matrix, Box]]) -> Box:
    corners = [move(matrix, (x, y)) for matrix, box in boxes for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def _extent(inked: list[Box | None], animate: Animation) -> Box:
    """What all poses of the first seconds cover."""
    found = [
        (pose.matrix, box) for t in EXTENT_SECONDS for pose in animate(t, 0.0) if (box := inked[pose.part]) is not None
    ]
    return _around(found) if found else (-0.5, 0.0, 0.5, 1.0)


def _round_up(value: float, step: int) -> int:
    return int(-(-value // step)) * step


def _paint(draw: Draw, size: tuple[int, int], place: tuple[float, float, int]) -> Pixels:
    import skia

    width, height = size
    left, top, scale = place
    surface = skia.Surface(width, height)
    canvas = surface.getCanvas()
    canvas.scale(scale, -scale)
    canvas.translate(-left, -top)
    draw(canvas)
    pixels = np.zeros((height, width, 4), np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    surface.readPixels(info, pixels, width * 4)
    return pixels


def _normals(shape: Pixels, alpha: Pixels, relief: Relief, scale: int) -> Pixels:
    """Normals of a pillow over the shape: a rounded rim as wide as the relief's radius, then flat."""
    from scipy import ndimage

    small = NORMAL_SHRINK
    mask = _shrink(shape)
    grown = np.pad(mask, 2)
    distance = ndimage.distance_transform_edt(grown > 0.5)[2:-2, 2:-2] if relief.strength else np.zeros_like(mask)
    radius = max(relief.radius * scale / small, 1.5)
    rise = np.clip(distance / radius, 0.0, 1.0)
    height = np.sqrt(np.clip(1.0 - (1.0 - rise) ** 2, 0.0, 1.0)) * radius
    height = ndimage.gaussian_filter(height, max(0.8, radius * 0.16), mode="nearest")
    down, across = np.gradient(height)
    vectors = np.stack([-across * relief.strength, down * relief.strength, np.ones_like(height)], -1)
    vectors /= np.linalg.norm(vectors, axis=-1, keepdims=True)
    packed = np.empty((*height.shape, 4), np.uint8)
    packed[..., :3] = np.round(vectors * 127.0 + 128.0).clip(0, 255)
    packed[..., 3] = _shrink(alpha) * 255.0
    return packed


def _shrink(alpha: Pixels) -> npt.NDArray[np.float32]:
    h, w = alpha.shape
    small = NORMAL_SHRINK
    means = alpha.reshape(h // small, small, w // small, small).mean(axis=(1, 3), dtype=np.float32)
    shares: npt.NDArray[np.float32] = (means / np.float32(255.0)).astype(np.float32)
    return shares


def _pack(sizes: list[tuple[int, ...]], least_width: int) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    """Shelves of falling height; returns places (x, y) in the order given and the atlas's (height, width)."""
    width = max(least_width, *(w for _, w in sizes))
    places = [(0, 0)] * len(sizes)
    x = y = shelf = used = 0
    for index in sorted(range(len(sizes)), key=lambda i: (-sizes[i][0], i)):
        h, w = sizes[index]
        if x + w > width:
            x, y, shelf = 0, y + shelf, 0
        places[index] = (x, y)
        x += w
        used = max(used, x)
        shelf = max(shelf, h)
    return places, (_round_up(y + shelf, NORMAL_SHRINK), _round_up(used, NORMAL_SHRINK))
