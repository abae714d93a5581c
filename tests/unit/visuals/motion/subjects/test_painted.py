"""Painted things as a viewer sees them: each is found by its name in six languages, is there, and moves where it should."""

import numpy as np
import pytest

from aiprod.visuals.motion.spec import SubjectSpec
from aiprod.visuals.motion.subjects import find_icon, load_rig, subjects
from aiprod.visuals.motion.subjects.gallery import PAINTERS
from aiprod.visuals.motion.subjects.rig import Rig, move


def _rig(icon: str) -> Rig:
    return load_rig(SubjectSpec(icon=icon, name=icon, gait="idle"), 1)


WALKERS = ("t-rex", "sauropod", "dodo", "ostrich", "emu")


def _heading(rig: Rig, part: str, seconds: float) -> tuple[float, float]:
    """Where the right end of a part's middle line is at a time."""
    pose = next(pose for pose in rig.pose(seconds) if rig.parts[pose.part].name == part)
    box = rig.parts[pose.part].box
    return move(pose.matrix, (box[2], (box[1] + box[3]) / 2))


def test_every_painted_thing_of_the_table_has_its_painter_and_every_painter_its_row() -> None:
    assert {key for key, subject in subjects().items() if subject.kind == "painted"} == set(PAINTERS)


@pytest.mark.parametrize("key", sorted(PAINTERS))
def test_each_painted_thing_is_found_by_its_first_name_in_every_language(key: str) -> None:
    for language in ("en", "fr", "es", "it", "pt", "de"):
        found = find_icon(subjects()[key].names[language][0].split(), language)
        assert found is not None, language
        assert found.name == key, language
        assert found.score > 0.85


@pytest.mark.parametrize("key", sorted(PAINTERS))
def test_each_painted_thing_shows_something_in_every_part_and_is_about_as_high_as_planned(key: str) -> None:
    rig = _rig(key)
    rows, columns = rig.atlas.shape[:2]
    for part in rig.parts:
        left, top, right, bottom = (round(v * n) for v, n in zip(part.uv, (columns, rows, columns, rows), strict=True))
        assert int((rig.atlas[top:bottom, left:right, 3] > 8).sum()) > 12, part.name
    assert 0.75 < rig.extent[3] < 2.0
    assert max(rig.atlas.shape[:2]) <= 4096


@pytest.mark.parametrize(("icon", "part"), [("windmill", "sails"), ("wind-turbine", "blades"), ("lighthouse", "beam"), ("robot", "forearm"),
    ("rover", "wheel-1"), ("locomotive", "driver-1"), ("octopus", "arm-5-tip"), ("automobile", "wheel-1")])  # fmt: skip
def test_what_turns_by_nature_turns(icon: str, part: str) -> None:
    rig = _rig(icon)
    places = np.array([_heading(rig, part, t) for t in (0.2, 0.75, 1.4)])
    assert (np.linalg.norm(np.diff(places, axis=0), axis=1) > 0.025).all()


def test_the_two_ways_that_a_thing_may_look_mirror_each_other() -> None:
    right = load_rig(SubjectSpec(icon="lighthouse", name="", gait="idle", facing="right"), 1)
    left = load_rig(SubjectSpec(icon="lighthouse", name="", gait="idle", facing="left"), 1)
    assert _heading(right, "beam", 0.3)[0] != pytest.approx(_heading(left, "beam", 0.3)[0], abs=0.05)


@pytest.mark.parametrize("icon", WALKERS)
def test_a_painted_animal_that_walks_leaves_its_planted_foot_where_it_is_and_swings_it_ahead(icon: str) -> None:
    rig = load_rig(SubjectSpec(icon=icon, name=icon, gait="walk"), 1)
    assert rig.stride_per_second > 0.1
    times = np.linspace(0.0, 2.0, 81)
    soles = np.array([_middle(rig, "leg-0-foot", float(t)) for t in times])
    over_ground = soles[:, 0] + rig.stride_per_second * times
    steps = np.diff(over_ground)
    still = np.abs(steps) < 2e-4
    assert still.mean() > 0.4
    assert over_ground[-1] - over_ground[0] > 0.1
    assert (soles[1:, 1] - soles[:, 1].min())[~still].max() > 0.01


@pytest.mark.parametrize("icon", WALKERS)
def test_a_painted_animal_that_is_told_to_stay_keeps_its_feet_still(icon: str) -> None:
    rig = _rig(icon)
    assert rig.stride_per_second == 0.0
    assert _middle(rig, "leg-0-foot", 0.1) == _middle(rig, "leg-0-foot", 1.3)


@pytest.mark.parametrize("icon", [*WALKERS, "octopus", "squid", "satellite", "telescope", "airplane", "brain", "anatomical-heart", "kangaroo", "virus", "microbe", "penguin", "closed-book", "coin",
                                  "desktop-computer"])  # fmt: skip
def test_no_layer_is_cut_by_the_edge_of_its_picture(icon: str) -> None:
    rig = _rig(icon)
    rows, columns = rig.atlas.shape[:2]
    for part in rig.parts:
        left, top, right, bottom = (round(v * n) for v, n in zip(part.uv, (columns, rows, columns, rows), strict=True))
        ink = rig.atlas[top:bottom, left:right, 3] > 100
        assert max(edge.sum() for edge in (ink[0], ink[-1], ink[:, 0], ink[:, -1])) <= 3, part.name


def test_a_kangaroo_leaps_and_does_not_slide_while_it_is_on_the_ground() -> None:
    rig = load_rig(SubjectSpec(icon="kangaroo", name="", gait="hop"), 1)
    times = np.linspace(0.0, 1.56, 157)
    trunk = np.array([_middle(rig, "trunk", float(t)) for t in times])
    over_ground = trunk[:, 0] + rig.stride_per_second * times
    assert np.ptp(trunk[:, 1]) > 0.15
    low = trunk[:-1, 1] < np.percentile(trunk[:, 1], 25)
    assert np.abs(np.diff(over_ground))[low].mean() < 0.4 * np.diff(over_ground).mean()
    assert _rig("kangaroo").stride_per_second == 0.0


def test_a_heart_beats() -> None:
    rig = _rig("anatomical-heart")
    widths = [pose.matrix[0] for t in np.linspace(0, 1.0, 30) for pose in rig.pose(float(t)) if rig.parts[pose.part].name == "muscle"]
    assert np.ptp(widths) > 0.04


def _middle(rig: Rig, part: str, seconds: float) -> tuple[float, float]:
    """Where the middle of a part is at a time."""
    pose = next(pose for pose in rig.pose(seconds) if rig.parts[pose.part].name == part)
    left, low, right, high = rig.parts[pose.part].box
    return move(pose.matrix, ((left + right) / 2, (low + high) / 2))
