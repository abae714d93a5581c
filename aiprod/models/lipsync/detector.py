"""Faces in a picture, by CenterFace: where each is, how sure that is, where its eyes and its nose are.

Knows one picture; which face is which from picture to picture is others' business. Runs on the processor, where it takes
less time than bringing a picture to the graphics card and back would save. Source: Xu et al., "CenterFace: Joint Face
Detection and Alignment Using Face as Point" (2019).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aiprod.errors import WeightsBroken
from aiprod.models.pictures import Picture
from aiprod.models.weights.sessions import open_session

if TYPE_CHECKING:
    import onnxruntime

Map = npt.NDArray[np.float32]

STRIDE_PX = 4
"""The network has one answer for so many pixels each way."""
SIDE_MULTIPLE_PX = 32
LONGEST_SIDE_PX = 640
"""Pictures are looked at no larger: a face worth a new mouth is large enough then."""
SURE = 0.5
SAME_FACE = 0.3
"""Two boxes that share so much of their union are one face."""
LEFT_EYE, RIGHT_EYE, NOSE = 0, 1, 2
MAPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A face from its forehead to its chin, in pixels of the picture; the eyes' line and the nose's tip are rows."""

    left: float
    top: float
    right: float
    bottom: float
    eyes: float
    nose: float
    score: float

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    @property
    def area_px(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)


class FaceFinder:
    """The network, ready to look."""

    def __init__(self, session: "onnxruntime.InferenceSession") -> None:
        self._session = session
        self._input = session.get_inputs()[0].name
        self._outputs = [output.name for output in session.get_outputs()]

    def find(self, picture: Picture) -> tuple[Face, ...]:
        """The faces, the surest first."""
        from PIL import Image

        rows, columns = picture.shape[:2]
        scale = min(1.0, LONGEST_SIDE_PX / max(rows, columns))
        height, width = (max(1, round(side * scale / SIDE_MULTIPLE_PX)) * SIDE_MULTIPLE_PX for side in (rows, columns))
        small = Image.fromarray(picture).resize((width, height), Image.Resampling.BILINEAR)
        seen = np.asarray(small, dtype=np.float32).transpose(2, 0, 1)[None]
        maps = self._session.run(self._outputs, {self._input: seen})
        found = _read(*(np.asarray(one)[0] for one in maps), across=columns / width, down=rows / height)
        return _once_each(found)


def open_finder(path: Path) -> FaceFinder:
    """The network of any size. Raises: EngineMissing, WeightsBroken."""
    session = open_session(path, "centerface")
    if len(session.get_outputs()) != MAPS:
        raise WeightsBroken(
            f"Expected CenterFace's {MAPS} maps from {path.name}, found {len(session.get_outputs())}: "
            "run `aiprod models fetch centerface`."
        )
    return FaceFinder(session)


def _read(heat: Map, sizes: Map, offsets: Map, points: Map, *, across: float, down: float) -> list[Face]:
    """Faces at the peaks of the heat map. Shapes: (1, h, w), (2, h, w), (2, h, w), (10, h, w), rows before columns."""
    faces = []
    for row, column in zip(*np.nonzero(heat[0] > SURE), strict=True):
        height, width = np.exp(sizes[:, row, column]) * STRIDE_PX
        middle_y, middle_x = (np.array([row, column]) + offsets[:, row, column] + 0.5) * STRIDE_PX
        top, left = middle_y - height / 2, middle_x - width / 2
        rows = points[::2, row, column] * height + top
        faces.append(Face(
            left=float(left * across), right=float((left + width) * across), top=float(top * down),
            bottom=float((top + height) * down), eyes=float((rows[LEFT_EYE] + rows[RIGHT_EYE]) / 2 * down),
            nose=float(rows[NOSE] * down), score=float(heat[0, row, column]),
        ))  # fmt: skip
    return faces


def _once_each(faces: list[Face]) -> tuple[Face, ...]:
    kept: list[Face] = []
    for face in sorted(faces, key=lambda one: -one.score):
        if all(overlap(face.corners, one.corners) < SAME_FACE for one in kept):
            kept.append(face)
    return tuple(kept)


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """What two boxes (left, top, right, bottom) share, as a part of both together.

    >>> overlap((0, 0, 2, 2), (1, 0, 3, 2))
    0.3333333333333333
    """
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return width * height / (areas - width * height)
