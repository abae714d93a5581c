"""The camera as a viewer feels it: it sets off and stops gently, and goes the way it was told."""

import itertools
import math

import pytest

from aiprod.visuals.motion.camera import CameraPath, Lens, Mount
from aiprod.visuals.motion.spec import CameraDirection, CameraKind, CameraMove

SECONDS = 4.0
MOUNT = Mount(eye=(0.0, 1.6, 0.0), focal=2.0, shift=(0.0, -0.2), shake=0.0)
MOVES: list[tuple[CameraKind, CameraDirection]] = [
    ("dolly", "in"), ("dolly", "out"), ("zoom", "in"), ("zoom", "out"), ("pan", "left"), ("pan", "right"), ("tilt", "up"),
    ("tilt", "down"), ("crane", "up"), ("crane", "down"), ("truck", "left"), ("truck", "right"), ("orbit", "left"), ("orbit", "right"),
]  # fmt: skip


def path(kind: CameraKind, direction: CameraDirection, amount: float = 0.6, mount: Mount = MOUNT) -> CameraPath:
    return CameraPath(CameraMove(kind=kind, direction=direction, amount=amount), mount, SECONDS, phase=0.4)


def seen(lens: Lens, point: tuple[float, float, float]) -> tuple[float, float]:
    """Where a point is in the picture: -1 left or bottom to 1 right or top."""
    x, y, z = (p - e for p, e in zip(point, lens.eye, strict=True))
    return lens.focal * x / (MOUNT.aspect * z) + lens.shift[0], lens.focal * y / z + lens.shift[1]


def speed(moves: CameraPath, moment: float) -> float:
    """How fast a stone beside the subject goes across the picture."""
    before, after = (seen(moves.at(moment + step), (0.8, 0.3, 4.0)) for step in (-0.02, 0.02))
    return math.dist(before, after) / 0.04


@pytest.mark.parametrize(("kind", "direction"), MOVES)
def test_a_move_starts_and_ends_gently(kind: CameraKind, direction: CameraDirection) -> None:
    moves = path(kind, direction)
    fastest = max(speed(moves, moment / 10) for moment in range(4, 37))
    assert fastest > 0.01
    assert speed(moves, 0.05) < 0.5 * fastest
    assert speed(moves, SECONDS - 0.05) < 0.5 * fastest


@pytest.mark.parametrize(("kind", "direction"), MOVES)
def test_no_move_jerks(kind: CameraKind, direction: CameraDirection) -> None:
    moves = path(kind, direction)
    speeds = [speed(moves, 0.05 + moment / 25) for moment in range(97)]
    assert max(abs(a - b) for a, b in itertools.pairwise(speeds)) < 0.2 * max(speeds)


@pytest.mark.parametrize(("kind", "direction"), MOVES)
def test_a_move_goes_the_way_that_it_was_told(kind: CameraKind, direction: CameraDirection) -> None:
    start, end = (path(kind, direction).at(moment) for moment in (0.0, SECONDS))
    (x0, y0), (x1, y1) = (seen(lens, (0.0, 1.2, 30.0)) for lens in (start, end))
    apart0, apart1 = (seen(lens, (1.0, 1.2, 8.0))[0] - seen(lens, (-1.0, 1.2, 8.0))[0] for lens in (start, end))
    if kind in ("dolly", "zoom"):
        assert (apart1 > 1.02 * apart0) if direction == "in" else (apart1 < 0.98 * apart0)
    elif kind == "pan":  # what is looked at goes the other way
        assert (x1 < x0 - 0.05) if direction == "right" else (x1 > x0 + 0.05)
    elif kind == "tilt":
        assert (y1 < y0 - 0.05) if direction == "up" else (y1 > y0 + 0.05)
    elif kind == "crane":
        assert (end.eye[1] > start.eye[1] + 0.1) if direction == "up" else (end.eye[1] < start.eye[1] - 0.1)
    else:
        assert (end.eye[0] > start.eye[0] + 0.1) if direction == "right" else (end.eye[0] < start.eye[0] - 0.1)


def test_an_orbit_keeps_its_subject_in_place() -> None:
    subject = (0.0, 1.0, MOUNT.interest)
    places = [seen(path("orbit", "right").at(moment / 10), subject)[0] for moment in range(41)]
    assert max(places) - min(places) < 0.08


def test_a_still_camera_stays_and_a_hand_held_one_trembles() -> None:
    held = Mount(eye=(0.0, 1.6, 0.0), focal=2.0, shift=(0.0, 0.0), shake=1.0)
    still, hand = (
        [seen(path(kind, "none", mount=held).at(moment / 10), (0.0, 1.0, 6.0))[1] for moment in range(41)]
        for kind in ("static", "handheld")
    )
    assert max(still) - min(still) < 0.006
    assert max(hand) - min(hand) > 3 * (max(still) - min(still))


def test_more_amount_goes_farther() -> None:
    little, much = (path("truck", "right", amount).at(SECONDS).eye[0] for amount in (0.1, 0.9))
    assert much > 1.5 * little
