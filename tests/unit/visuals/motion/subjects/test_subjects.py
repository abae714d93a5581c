"""Subjects as a viewer sees them: they face the way they go, their planted feet stay, they are whole, they repeat exactly."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from aiprod.story import Phoneme
from aiprod.visuals.motion.spec import Facing, Gait, SubjectSpec
from aiprod.visuals.motion.subjects import find_icon, load_rig, subjects
from aiprod.visuals.motion.subjects.hosts import host
from aiprod.visuals.motion.subjects.icons import icon_pixels
from aiprod.visuals.motion.subjects.people import GREY, is_female, person
from aiprod.visuals.motion.subjects.presenter import PresenterRig
from aiprod.visuals.motion.subjects.rig import Rig, move

FRAMES_A_SECOND = 120


def _rig(icon: str, gait: Gait = "walk", facing: Facing = "right", seed: int = 3) -> Rig:
    return load_rig(SubjectSpec(icon=icon, name=icon, gait=gait, facing=facing), seed)


def _middle(rig: Rig, name: str, t: float = 0.0) -> tuple[float, float]:
    """Where the middle of a named part is at a time."""
    for pose in rig.pose(t):
        part = rig.parts[pose.part]
        if part.name == name:
            left, bottom, right, top = part.box
            return move(pose.matrix, ((left + right) / 2, (bottom + top) / 2))
    raise AssertionError(f"no part {name}")


@pytest.mark.parametrize("icon", ["camel", "horse", "fox", "elephant", "lion"])
def test_a_walking_animal_has_its_head_ahead_of_it_whichever_way_it_goes(icon: str) -> None:
    assert _middle(_rig(icon, facing="right"), "head")[0] > 0.1
    assert _middle(_rig(icon, facing="left"), "head")[0] < -0.1


def _slides(rig: Rig, foot: str, ground: float) -> tuple[float, float]:
    """The farthest that a foot gets over the ground while it is planted, and how far it swings."""
    way = -1.0 if rig.faces_left else 1.0
    places = [(t / FRAMES_A_SECOND, *_middle(rig, foot, t / FRAMES_A_SECOND)) for t in range(3 * FRAMES_A_SECOND)]
    slide, run = 0.0, []
    for t, x, y in places:
        if y <= ground + 1e-6:
            run.append(x + way * rig.stride_per_second * t)
            slide = max(slide, max(run) - min(run))
        else:
            run = []
    return slide, max(x for _, x, _ in places) - min(x for _, x, _ in places)


@pytest.mark.parametrize(("icon", "gait", "facing"), [
    ("panda", "walk", "right"), ("horse", "run", "left"), ("fox", "walk", "left"), ("elephant", "walk", "right"),
    ("giraffe", "walk", "right"),
])  # fmt: skip
@pytest.mark.parametrize("foot", ["near-hind-foot", "near-fore-foot"])
def test_planted_feet_of_animals_stay_where_they_are_and_swinging_ones_go_ahead(
    icon: str, gait: Gait, facing: Facing, foot: str
) -> None:
    rig = _rig(icon, gait, facing)
    ground = min(_middle(rig, foot, t / FRAMES_A_SECOND)[1] for t in range(2 * FRAMES_A_SECOND))
    slide, swing = _slides(rig, foot, ground)
    assert rig.stride_per_second > 0.1
    assert slide < 0.005
    assert swing > 0.05


@pytest.mark.parametrize("gait", ["walk", "run"])
def test_planted_shoes_of_people_stay_where_they_are(gait: Gait) -> None:
    rig = _rig("explorer", gait)
    ground = _middle(_rig("explorer", "idle"), "near-shoe")[1]
    slide, swing = _slides(rig, "near-shoe", ground)
    assert slide < 0.005
    assert swing > 0.1


def test_what_stands_does_not_go_anywhere() -> None:
    for icon in ("panda", "king", "castle", "rose"):
        assert _rig(icon, "idle").stride_per_second == 0.0


def test_no_face_alone_stands_for_a_whole_animal() -> None:
    for word in ("fox", "lion", "panda", "bear", "wolf", "tiger", "koala", "unicorn", "boar", "frog"):
        match = find_icon([word], "en")
        assert match is not None
        assert (match.name, match.subject.body, match.subject.kind) == (word, "whole", "quadruped")


def test_every_icon_can_be_read_and_shows_something() -> None:
    empty = [key for key, subject in subjects().items()
             if subject.kind == "icon" and int((icon_pixels(subject, 48)[..., 3] > 60).sum()) < 40]  # fmt: skip
    assert not empty


@pytest.mark.parametrize(
    "key", [key for key, subject in subjects().items() if subject.kind not in ("icon", "human", "painted")][::6]
)
def test_every_sixth_drawn_animal_loads_and_its_poses_are_finite(key: str) -> None:
    rig = _rig(key)
    assert rig.atlas[..., 3].any()
    assert 0.5 < rig.extent[3] < 1.6
    for pose in rig.pose(0.7, 0.3):
        assert all(math.isfinite(value) for value in pose.matrix)


@pytest.mark.parametrize(("icon", "gait"), [("eagle", "fly"), ("falcon", "fly"), ("squirrel", "walk"), ("shark", "swim"),
    ("camel", "walk"), ("king", "sit"), ("butterfly", "fly")])  # fmt: skip
def test_no_part_is_cut_by_the_edge_of_its_own_picture(icon: str, gait: Gait) -> None:
    rig = _rig(icon, gait)
    rows, columns = rig.atlas.shape[:2]
    for part in rig.parts:
        left, top, right, bottom = (round(v * n) for v, n in zip(part.uv, (columns, rows, columns, rows), strict=True))
        ink = rig.atlas[top:bottom, left:right, 3] > 100
        assert max(edge.sum() for edge in (ink[0], ink[-1], ink[:, 0], ink[:, -1])) <= 3, part.name


@pytest.mark.parametrize("facing", ["left", "right"])
def test_a_head_is_where_it_is_drawn_and_a_fish_has_none_of_its_own(facing: Facing) -> None:
    rig = _rig("lion", "idle", facing)
    assert rig.head is not None
    left, low, right, high = rig.head
    assert (left > -0.1) if facing == "right" else (right < 0.1)
    assert 0.3 < low < high < 1.15
    assert _rig("shark", "swim").head is None


@pytest.mark.parametrize(("words", "language", "expected"), [
    (["Marie", "Curie", "physicist"], "en", "scientist"), (["Napoléon"], "fr", "napoleonic"), (["roi", "Louis"], "fr", "king"),
    (["astronauta"], "es", "astronaut"), (["pharaohs"], "en", "pharaoh"),
])  # fmt: skip
def test_a_named_person_becomes_a_person_of_the_right_kind(words: list[str], language: str, expected: str) -> None:
    match = find_icon(words, language)
    assert match is not None
    assert (match.name, match.subject.kind) == (expected, "human")


def test_names_say_who_is_a_woman() -> None:
    assert is_female("Marie Curie") is True
    assert is_female("Isaac Newton") is False
    assert is_female("scientist") is None


def test_a_famous_person_looks_alike_in_every_scene_and_as_in_history() -> None:
    curie, again = person("scientist", "Marie Curie", 1), person("scientist", "Marie Curie", 99)
    assert (curie.female, curie.skin, curie.hair, curie.hair_colour) == (again.female, again.skin, again.hair, again.hair_colour)
    assert min(curie.skin) > 0.55
    assert max(person("teacher", "Martin Luther King", 1).skin) < 0.55
    assert person("scientist", "Albert Einstein", 1).hair_colour == GREY


def test_a_subject_seen_from_near_is_painted_finer_and_fits_a_texture_of_any_driver() -> None:
    for icon in ("tortoise", "king"):
        subject = SubjectSpec(icon=icon, name=icon)
        usual, fine = load_rig(subject, 1), load_rig(subject, 1, detail=2.0)
        assert fine.atlas.size > 2 * usual.atlas.size
        assert max(fine.atlas.shape) <= 8192
        assert fine.head == pytest.approx(usual.head, abs=0.02)


def test_people_in_general_differ() -> None:
    assert len({person("person", "people", seed).skin for seed in range(20)}) > 3


@pytest.mark.parametrize(("word", "language", "expected"), [
    ("renards", "fr", "fox"), ("chevaux", "fr", "horse"), ("lupi", "it", "wolf"), ("elefantes", "es", "elephant"),
    ("leões", "pt", "lion"), ("bees", "en", "honeybee"),
])  # fmt: skip
def test_plurals_are_found_in_their_language(word: str, language: str, expected: str) -> None:
    match = find_icon([word], language)
    assert match is not None
    assert match.name == expected


def test_a_word_that_names_nothing_finds_nothing() -> None:
    assert find_icon(["zxqvw"], "en") is None


@pytest.mark.parametrize("icon", ["tiger", "scientist", "eagle", "rose"])
def test_equal_seeds_give_equal_pictures(icon: str) -> None:
    one, other = _rig(icon, seed=11), _rig(icon, seed=11)
    assert np.array_equal(one.atlas, other.atlas)
    assert np.array_equal(one.normals, other.normals)
    assert one.pose(1.3, 0.2) == other.pose(1.3, 0.2)


def test_the_presenters_mouth_is_shut_in_silence_and_open_on_a() -> None:
    presenter = PresenterRig(2)
    said = tuple(
        Phoneme(symbol=symbol, start=Fraction(index, 5), end=Fraction(index + 1, 5))
        for index, symbol in enumerate("amaf")
    )

    def mouths(t: float) -> dict[str, float]:
        shown = {presenter.rig.parts[pose.part].name: pose.opacity for pose in presenter.pose(t, said)}
        return {name: opacity for name, opacity in shown.items() if name.startswith("mouth-")}

    assert mouths(0.15)["mouth-open"] > 0.9
    assert "mouth-rest" not in mouths(0.15)
    assert mouths(0.35)["mouth-closed"] > 0.95
    assert mouths(2.0) == {"mouth-rest": 1.0}


def test_presenters_of_many_films_differ_in_face_hair_glasses_clothes_and_age() -> None:
    hosts = [host(seed) for seed in range(60)]
    assert len({one.person.skin for one in hosts}) >= 6
    assert len({one.person.hair for one in hosts}) >= 8
    assert len({one.person.hair_colour for one in hosts}) >= 7
    assert len({one.clothes for one in hosts}) == 6
    assert {one.age for one in hosts} == {0, 1, 2}
    assert 0.2 < sum(one.person.glasses for one in hosts) / 60 < 0.6
    assert 0.3 < sum(one.person.female for one in hosts) / 60 < 0.7
    assert len({repr(replace(one.person, seed=0)) + one.clothes + repr(one.tone) for one in hosts}) > 55
    assert host(7) == host(7)
