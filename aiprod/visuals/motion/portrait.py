"""Where a close-up holds its hero: the head large and high in the picture, its eyes clear of the subtitles.

Knows rigs, the lens and what subtitles cover. Knows no subject by name; other framings are `staging.py`'s.
"""

from dataclasses import dataclass

import numpy as np

from aiprod.visuals.motion.cast import Place
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.subjects.rig import Rig
from aiprod.visuals.motion.world import Framing

_TOP, _UNDER_NAME = 0.09, 0.26
_MARGIN = 0.04
_LINES = 0.26
"""How high two lines of subtitles are, in parts of the picture's shorter side; `_TALL` and `_WIDE` are their foot."""
_TALL, _WIDE = 0.77, 0.92
_HEAD_WIDTH, _WHOLE_WIDTH = 0.62, 0.86
_HEAD_HEIGHT, _WHOLE_HEIGHT = 0.80, 0.96
_LARGEST = 1.35
"""The whole subject against the picture's height, in 9:16: larger, and its paint would show."""
_BEFORE_HORIZON = 0.13
_OUT_OF_SIGHT, _BELOW = 1.03, 1.12
_FARTHER = 1.9
_BOB = 0.04
"""What floats rises and falls by as much."""
_LOOKING_ROOM = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class _Zone:
    """The part of the picture that belongs to a face: rows from the top, 0..1."""

    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def close_up(
    rig: Rig, setting: Setting, frame: Framing, *, depth_metres: float, size: float = 1.0, named: bool = False
) -> Place:
    """The hero's place in a close-up; feet that would be seen stand on the ground. `size` below 1 is for the small; one
    who is `named` leaves room for the name above the head of a tall picture."""
    zone = _zone(frame.aspect, named=named)
    standing = rig.grounded and not setting.swims
    headed = rig.head is not None and (standing or setting.swims)
    left, low, right, high = rig.head if headed and rig.head is not None else rig.extent
    wide, tall = (_HEAD_WIDTH, _HEAD_HEIGHT) if headed else (_WHOLE_WIDTH, _WHOLE_HEIGHT)
    share = size * min(
        tall * zone.height / max(high - low, 0.05),
        wide * min(frame.aspect, 1.0) / max(right - left, 0.05),
        _LARGEST * max(frame.aspect / 0.5625, 1.0) ** 0.45,
    )
    row = (zone.top + zone.bottom) / 2 + (0.0 if standing else _BOB)
    feet = row + (low + high) / 2 * share
    depth = depth_metres
    if standing and feet < _OUT_OF_SIGHT:
        # Nearer than its head would like, so that the haze does not take it, but not so near that text covers the head.
        near_row = min(_ground_row(setting, frame, _FARTHER * depth), zone.bottom + low * share)
        feet = max(feet, near_row, 0.5 - setting.horizon / 2 + _BEFORE_HORIZON)
    if standing:  # out of sight means below the picture: no water may cut the body off within it
        least = _ground_depth(setting, frame, _BELOW, depth_metres)
        depth = _ground_depth(setting, frame, feet, depth) if feet < _OUT_OF_SIGHT else min(depth, least)
    height = share * 2 * depth / frame.focal
    way = -1.0 if rig.faces_left else 1.0
    across = -way * _LOOKING_ROOM * frame.shown(depth) if headed else 0.0
    foot = setting.eye_height + (1 - 2 * feet - setting.horizon) * depth / frame.focal
    return Place(across - (left + right) / 2 * height, foot, depth, height)


def _zone(aspect: float, *, named: bool) -> _Zone:
    foot = _TALL - _LINES * aspect if aspect < 1 else _WIDE - _LINES
    return _Zone(top=_UNDER_NAME if named and aspect < 1 else _TOP, bottom=foot - _MARGIN)


def _ground_row(setting: Setting, frame: Framing, depth: float) -> float:
    """The row of the picture in which the ground at that distance is."""
    ground = float(setting.heights(np.array(0.0), np.array(depth)))
    return 0.5 - (setting.horizon - frame.focal * (setting.eye_height - ground) / depth) / 2


def _ground_depth(setting: Setting, frame: Framing, row: float, depth: float) -> float:
    """How far away the ground is in that row of the picture."""
    below = setting.horizon - (1 - 2 * row)
    for _ in range(4):
        ground = float(setting.heights(np.array(0.0), np.array(depth)))
        depth = min(max(frame.focal * (setting.eye_height - ground) / below, 1.2), setting.stage_far)
    return depth
