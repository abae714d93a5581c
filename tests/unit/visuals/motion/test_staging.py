"""Subjects in their scene: seen where the plan puts them, on the ground, going the way they face, whole."""

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.profiles import Shape
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.spec import Composition, Facing, Gait, SceneSpec, SubjectSpec
from tests.unit.visuals.motion.pictures import SMALL, STILL, draw

SEEN = 0.10
"""How much a pixel must change to count as the subject's."""

Mask = npt.NDArray[np.bool_]


def silhouettes(
    gpu: Gpu, subject: SubjectSpec, *moments: float, place: str = "desert", shape: Shape = SMALL,
    composition: Composition = "center",
) -> list[Mask]:  # fmt: skip
    """Where the picture with the subject differs from the same scene with it far too small to see."""
    speck = SubjectSpec(icon=subject.icon, name="", x=subject.x, depth=subject.depth, scale=0.01)
    shown, empty = (
        draw(gpu, SceneSpec(archetype=place, seed=6, camera=STILL, composition=composition, subjects=(one,)), *moments, shape=shape)  # type: ignore[arg-type]
        for one in (subject, speck)
    )  # fmt: skip
    return [np.abs(with_it - without).max(-1) > SEEN for with_it, without in zip(shown, empty, strict=True)]


def middle_of(mask: Mask) -> float:
    """The middle of what is seen, across the picture."""
    across = mask.sum(0)
    return float((across * (np.arange(len(across)) + 0.5)).sum() / across.sum() / len(across))


def rows_of(mask: Mask) -> tuple[float, float]:
    """The highest and the lowest row that the subject clearly reaches, as parts of the height."""
    rows = np.flatnonzero(mask.sum(1) >= 2)
    return float(rows[0] / len(mask)), float((rows[-1] + 1) / len(mask))


@pytest.mark.parametrize("x", [0.32, 0.5, 0.68])
@pytest.mark.parametrize("icon", ["camel", "king"])
def test_a_subject_is_seen_where_the_plan_puts_it(gpu: Gpu, icon: str, x: float) -> None:
    (mask,) = silhouettes(gpu, SubjectSpec(icon=icon, name=icon, x=x, scale=0.25), 2.0)
    assert mask.mean() > 0.01
    assert abs(middle_of(mask) - x) < 0.09


@pytest.mark.parametrize("scale", [0.15, 0.3])
def test_a_subject_is_as_high_as_the_plan_says(gpu: Gpu, scale: float) -> None:
    (mask,) = silhouettes(gpu, SubjectSpec(icon="king", name="king", scale=scale), 2.0)
    top, bottom = rows_of(mask)
    assert abs((bottom - top) - scale) < 0.25 * scale


@pytest.mark.parametrize("depth", [0.1, 0.3, 0.5])
def test_feet_stand_on_the_ground_that_is_nearer_the_lower_they_are(gpu: Gpu, depth: float) -> None:
    near, far = (
        rows_of(silhouettes(gpu, SubjectSpec(icon="camel", name="camel", scale=0.2, depth=away), 2.0)[0])[1]
        for away in (depth, depth + 0.2)
    )
    assert far < near - 0.005
    assert 0.45 < far < near < 1.0


@pytest.mark.parametrize("facing", ["left", "right"])
@pytest.mark.parametrize("icon", ["camel", "explorer"])
def test_a_walker_goes_where_it_looks(gpu: Gpu, icon: str, facing: Facing) -> None:
    walker = SubjectSpec(icon=icon, name=icon, gait="walk", facing=facing, scale=0.22)
    before, after = silhouettes(gpu, walker, 0.2, 3.8)
    way = middle_of(after) - middle_of(before)
    assert way > 0.03 if facing == "right" else way < -0.03


def test_a_subject_that_faces_left_is_the_mirror_of_one_that_faces_right(gpu: Gpu) -> None:
    left, right = (
        silhouettes(gpu, SubjectSpec(icon="camel", name="camel", facing=facing, scale=0.25), 2.0)[0]
        for facing in ("left", "right")
    )
    assert float((left & right[:, ::-1]).sum() / (left | right[:, ::-1]).sum()) > 1.2 * float(
        (left & right).sum() / (left | right).sum()
    )


@pytest.mark.parametrize(("icon", "gait"), [("eagle", "fly"), ("honeybee", "fly")])
def test_what_flies_is_in_the_air(gpu: Gpu, icon: str, gait: Gait) -> None:
    (flying,) = silhouettes(gpu, SubjectSpec(icon=icon, name=icon, gait=gait, scale=0.2), 2.0, place="sky")
    (standing,) = silhouettes(gpu, SubjectSpec(icon="king", name="king", scale=0.2), 2.0)
    assert rows_of(flying)[1] < rows_of(standing)[1] - 0.08
    assert rows_of(flying)[0] > 0.02


@pytest.mark.parametrize("size", [(90, 160), (160, 90), (120, 120)])
def test_a_wide_subject_is_whole_in_every_shape(gpu: Gpu, size: tuple[int, int]) -> None:
    shape = Shape(width_px=size[0], height_px=size[1])
    (mask,) = silhouettes(gpu, SubjectSpec(icon="crocodile", name="crocodile", scale=0.4), 2.0, shape=shape)
    columns = np.flatnonzero(mask.sum(0) >= 2)
    assert columns[0] >= 1
    assert columns[-1] <= size[0] - 2


def test_a_group_is_as_many_as_it_says_and_wider_than_one(gpu: Gpu) -> None:
    one, five = (
        silhouettes(gpu, SubjectSpec(icon="camel", name="camel", count=count, scale=0.14), 2.0)[0] for count in (1, 5)
    )
    assert five.sum() > 2.2 * one.sum()
