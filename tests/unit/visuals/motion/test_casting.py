"""Who is cast, as a viewer sees it: the right picture for a word, nobody afloat or cut off, nothing in the way of a face."""

from dataclasses import replace

import pytest

from aiprod.ports import FilmLook, ShotBrief
from aiprod.visuals.motion.planner import plan_specs
from aiprod.visuals.motion.spec import SceneSpec, decode_spec
from aiprod.visuals.motion.subjects import find_subject
from aiprod.visuals.motion.subjects.stand_ins import NAMESAKES, STAND_INS

LOOK = FilmLook(style="cinematic", language="en", seed=5)


def planned(visual: str, language: str = "en") -> SceneSpec:
    (text,) = plan_specs([ShotBrief(scene=1, visual=visual, text="")], replace(LOOK, language=language))
    return decode_spec(text)


@pytest.mark.parametrize(("visual", "language", "icon"), [
    ("A clock on the wall", "en", "mantelpiece-clock"), ("Une horloge ancienne", "fr", "mantelpiece-clock"),
    ("A sea lion on the rocks", "en", "seal"), ("Un roman d'aventures", "fr", "closed-book"), ("Des billets", "fr", "dollar-banknote"),
    ("La batterie se décharge", "fr", "battery"), ("A robot in a factory", "en", "robot"), ("Un robot", "fr", "robot"),
    ("A ladybug in the field", "en", "lady-beetle"), ("A cyclist on the road", "en", "person-biking"),
    ("A fire truck", "en", "fire-engine"), ("A student", "en", "person"), ("Une étudiante", "fr", "person"),
    ("A microbe", "en", "microbe"), ("A glass of wine", "en", "wine-glass"), ("Artificial intelligence", "en", "robot"),
])  # fmt: skip
def test_a_word_is_shown_by_the_thing_that_it_means(visual: str, language: str, icon: str) -> None:
    assert [subject.icon for subject in planned(visual, language).subjects][:1] == [icon]


def test_a_wind_turbine_is_no_face_that_blows() -> None:
    assert "wind-face" not in [subject.icon for subject in planned("A wind turbine in a field").subjects]


def test_every_stand_in_can_be_drawn() -> None:
    for key in (*STAND_INS.values(), *filter(None, NAMESAKES.values())):
        assert find_subject(key).key == key


def test_a_thing_is_never_shown_by_a_person() -> None:
    for visual in ("Un roman", "Un livre", "A computer", "A painting"):
        for subject in planned(visual, "fr" if visual.startswith("Un ") else "en").subjects:
            assert find_subject(subject.icon).category != "person"


def test_a_close_up_shows_its_hero_without_things_about_it() -> None:
    spec = planned("Close-up of a car engine")
    assert [subject.icon for subject in spec.subjects] == ["automobile"]


def test_two_in_a_close_up_stand_farther_away_than_one() -> None:
    one, two = planned("A lion, close-up"), planned("A lion and a zebra, close-up")
    assert len(two.subjects) == 2
    assert two.subjects[0].depth > one.subjects[0].depth


def test_an_animal_in_a_close_up_holds_still_unless_it_is_told_to_go() -> None:
    assert planned("Close-up of a tiger").subjects[0].gait == "idle"
    assert planned("Close-up of a tiger walking").subjects[0].gait == "walk"


def test_what_swims_off_a_beach_is_beyond_the_sand() -> None:
    spec = planned("Sharks near the beach")
    assert spec.archetype == "beach"
    assert spec.subjects[0].depth >= 0.5
