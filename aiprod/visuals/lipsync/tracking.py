"""From the faces of each picture to one face that speaks: followed from picture to picture, steady, until the picture cuts.

Pure. Knows boxes and frames; who finds faces and what is done with them is others' business.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from aiprod.models.lipsync.detector import Face, overlap
from aiprod.profiles import Shape

SAME_TRACK = 0.3
"""What a face shares with where it was a frame before."""
LONGEST_GAP = 6
"""Frames in which a face may be lost (a hand, a blur) and still be the same one."""
SHORTEST_TRACK = 4
AS_LARGE = 0.5
"""How large a face must be beside the speaker's, as area, to be the speaker come back: from behind a hand, from outside."""
LEAST_FACE_PX = 56
"""A smaller face has a mouth that nobody sees move."""
MOST_SEEN = 0.8
"""Part of a face that is in the picture at least."""
STEADY_FRAMES = 4.0
"""How far a place leans on its neighbours'."""
CHIN_ROOM = 0.04
"""Room under the chin, as part of the face, for a jaw that opens."""
BRIDGE = 2 / 3
"""From the eyes' line to the nose's tip: the row in the middle of what MuseTalk was taught with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of a picture in pixels and parts of them, which may reach over its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def rows(self) -> range:
        """The whole pixels next to it, downwards."""
        return range(round(self.top), round(self.bottom))

    @property
    def columns(self) -> range:
        """The whole pixels next to it, across."""
        return range(round(self.left), round(self.right))


@dataclass(slots=True)
class _Track:
    frames: list[int] = field(default_factory=list)
    faces: list[Face] = field(default_factory=list)

    @property
    def size(self) -> float:
        """All of its area, so that a large face that stays counts more than any that passes."""
        return sum(face.area_px for face in self.faces)

    @property
    def face_px(self) -> float:
        """The area of its largest face."""
        return max(face.area_px for face in self.faces)

    def meets(self, other: "_Track") -> bool:
        """Whether both are seen at some time."""
        return self.frames[0] <= other.frames[-1] and other.frames[0] <= self.frames[-1]


def follow(seen: Sequence[Sequence[Face]], cuts: Collection[int], shape: Shape) -> tuple[Box | None, ...]:
    """Where the speaker's face is in each frame, None where there is none: between two cuts, the face that shows the most, also
    where it was lost for a while and came back.

    `seen` are the faces of each frame; `cuts` the frames that begin another shot.
    """
    places: list[Box | None] = [None] * len(seen)
    edges = sorted({0, *cuts, len(seen)})
    for first, end in pairwise(edges):
        tracks = [track for track in _tracks(seen, first, end) if len(track.frames) >= SHORTEST_TRACK]
        for track in _of_speaker(tracks):
            steadied = _steadied(track)
            large = any(map(_is_large, steadied.values()))
            for frame, box in steadied.items():
                places[frame] = box if large and _is_seen(box, shape) else None
    return tuple(places)


def _of_speaker(tracks: Sequence[_Track]) -> list[_Track]:
    """The track that shows the most, and those at other times of a face as large."""
    chosen: list[_Track] = []
    for track in sorted(tracks, key=lambda one: -one.size):
        if not any(track.meets(one) for one in chosen) and track.face_px >= AS_LARGE * (chosen or [track])[0].face_px:
            chosen.append(track)
    return chosen


def _tracks(seen: Sequence[Sequence[Face]], first: int, end: int) -> list[_Track]:
    tracks: list[_Track] = []
    for frame in range(first, end):
        free = [track for track in tracks if frame - track.frames[-1] <= LONGEST_GAP]
        for face in sorted(seen[frame], key=lambda one: -one.score):
            near = [(overlap(face.corners, track.faces[-1].corners), track) for track in free]
            share, nearest = max(near, key=lambda pair: pair[0], default=(0.0, _Track()))
            if share < SAME_TRACK:
                nearest = _Track()
                tracks.append(nearest)
            else:
                free.remove(nearest)
            nearest.frames.append(frame)
            nearest.faces.append(face)
    return tracks


def _steadied(track: _Track) -> dict[int, Box]:
    """The mouth's surroundings in each frame of a track, gaps filled and trembling taken out."""
    from scipy.ndimage import gaussian_filter1d

    frames = np.arange(track.frames[0], track.frames[-1] + 1)
    rows = np.array([_surroundings(face) for face in track.faces])
    filled = [np.interp(frames, track.frames, column) for column in rows.T]
    # Carried on beyond both ends as it goes there, so that a face that moves is not held back at them.
    more = min(len(frames) - 1, round(3 * STEADY_FRAMES))
    carried = [np.pad(column, more, mode="reflect", reflect_type="odd") for column in filled]
    left, top, right, bottom = (gaussian_filter1d(column, STEADY_FRAMES)[more : more + len(frames)] for column in carried)
    return {
        int(frame): Box(left=float(left[n]), top=float(top[n]), right=float(right[n]), bottom=float(bottom[n]))
        for n, frame in enumerate(frames)
    }


def _surroundings(face: Face) -> tuple[float, float, float, float]:
    """As MuseTalk was taught: from the chin as far above the nose's bridge as the chin is below it."""
    chin = face.bottom + CHIN_ROOM * (face.bottom - face.top)
    middle = face.eyes + BRIDGE * (face.nose - face.eyes)
    return face.left, 2 * middle - chin, face.right, chin


def _is_large(box: Box) -> bool:
    """Whether anybody sees its mouth move."""
    return min(box.right - box.left, box.bottom - box.top) >= LEAST_FACE_PX


def _is_seen(box: Box, shape: Shape) -> bool:
    """Whether most of it is in the picture."""
    across = min(box.right, shape.width_px) - max(box.left, 0)
    down = min(box.bottom, shape.height_px) - max(box.top, 0)
    return across * down >= MOST_SEEN * (box.right - box.left) * (box.bottom - box.top)
