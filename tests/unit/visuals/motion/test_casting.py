"""Who is cast, as a viewer sees it: the right picture for a word, nobody afloat or cut off, nothing in the way of a face."""

from dataclasses import replace

import pytest

from aiprod.ports import FilmLook, ShotBrief
from aiprod.prompts import visual_prompt
from aiprod.story import LANGUAGES
from aiprod.visuals.motion.planner import plan_specs
from aiprod.visuals.motion.spec import SceneSpec, decode_spec
from aiprod.visuals.motion.subjects import find_subject, load_rig
from aiprod.visuals.motion.subjects.stand_ins import NAMESAKES, STAND_INS, ideas

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


def test_a_few_people_are_persons_and_not_one_face_drawn_again() -> None:
    spec = planned("Three scientists in a laboratory")
    assert [(subject.icon, subject.count, subject.role) for subject in spec.subjects] == [
        ("scientist", 1, "hero"), ("scientist", 1, "companion"), ("scientist", 1, "companion"),
    ]  # fmt: skip
    assert len({subject.x for subject in spec.subjects}) == 3
    faces = {load_rig(subject, spec.seed + number).atlas.tobytes() for number, subject in enumerate(spec.subjects)}
    assert len(faces) == 3


@pytest.mark.parametrize(("visual", "language", "absent"), [
    ("A medieval knight before a castle", "en", "castle"), ("A cat sleeps in a house", "en", "house"),
    ("Un astronaute marche sur la Lune", "fr", "full-moon"), ("A hot air balloon over the mountains", "en", "balloon"),
])  # fmt: skip
def test_a_place_is_no_toy_beside_the_hero(visual: str, language: str, absent: str) -> None:
    assert absent not in [subject.icon for subject in planned(visual, language).subjects]


def test_a_thing_beside_the_hero_lies_on_the_ground_and_is_no_giant() -> None:
    spec = planned("A child with a ball in the street")
    props = [subject for subject in spec.subjects if subject.role == "prop"]
    for prop in props or planned("Two children play football").subjects[-1:]:
        assert load_rig(prop, 1).grounded
        assert prop.scale < 0.45 * spec.subjects[0].scale


def test_nobody_walks_in_empty_space_but_on_the_moon_one_does() -> None:
    afloat, standing = planned("Un astronaute marche dans l'espace", "fr"), planned("Un astronaute marche sur la Lune", "fr")
    assert load_rig(afloat.subjects[0], 1).stride_per_second == 0.0
    assert load_rig(standing.subjects[0], 1).stride_per_second > 0.0


@pytest.mark.parametrize(("visual", "language", "icons"), [
    ("Happiness and friendship", "en", {"rainbow", "handshake"}), ("La peur de l'échec", "fr", {"ghost", "chart-decreasing"}),
    ("L'énergie", "fr", {"high-voltage"}), ("Peace", "en", {"dove"}), ("La culture", "fr", {"artist-palette"}),
])  # fmt: skip
def test_an_idea_has_a_picture_that_is_understood(visual: str, language: str, icons: set[str]) -> None:
    shown = {subject.icon for subject in planned(visual, language).subjects}
    assert shown
    assert shown <= icons


def test_every_idea_can_be_drawn() -> None:
    for key in {key for language in LANGUAGES for key in ideas(language).values()}:
        assert find_subject(key).key == key


@pytest.mark.parametrize(("sentence", "language", "icon"), [
    ("This organ pumps blood through the blood vessels.", "en", "ship"),
    ("Quantum theory is a field of theoretical physics.", "en", "deciduous-tree"),
    ("La Déclaration des droits de l'homme est un texte fondamental.", "fr", "man"),
])  # fmt: skip
def test_an_idiom_is_not_taken_at_its_word(sentence: str, language: str, icon: str) -> None:
    spec = planned(visual_prompt(sentence, language, "Science", 0), language)
    assert icon not in [subject.icon for subject in spec.subjects]
    assert spec.archetype not in ("sea", "field")


def test_a_tiger_shark_is_a_shark_and_no_tiger() -> None:
    assert [subject.icon for subject in planned("A tiger shark hunts at night").subjects] == ["shark"]


def test_the_plain_ground_of_a_symbol_is_no_new_moon() -> None:
    spec = planned(visual_prompt("La Révolution française change la France.", "fr", "Révolution française", 0), "fr")
    assert [subject.icon for subject in spec.subjects][:1] == ["raised-fist"]


def test_beside_a_symbol_stands_what_the_voice_names() -> None:
    brief = ShotBrief(scene=1, visual="Money on a plain background, as a symbol", text="A loan is lent by banks against taxes.")
    (text,) = plan_specs([brief], LOOK)
    icons = [(subject.icon, subject.role) for subject in decode_spec(text).subjects]
    assert icons[0][1] == "hero"
    assert ("bank", "prop") in icons


def test_an_abstract_scene_without_a_picture_of_its_own_borrows_the_films() -> None:
    briefs = [
        ShotBrief(scene=1, visual="Democracy on a plain background, as a symbol", text="Democracy is old."),
        ShotBrief(scene=2, visual="Weimarer Xylo on a plain background, as a symbol", text="Xylo came later."),
    ]
    first, second = (decode_spec(text) for text in plan_specs(briefs, LOOK))
    assert second.subjects
    assert second.subjects[0].icon == first.subjects[0].icon


@pytest.mark.parametrize("visual", ["Money in a bank, a concept on a plain background", "A key and a book on a plain background"])
@pytest.mark.parametrize("composition", ["", ", wide shot", ", on the left"])
def test_what_stands_on_a_stage_stands_apart_and_inside_an_upright_frame(visual: str, composition: str) -> None:
    spec = planned(visual + composition)
    spans = []
    for subject in spec.subjects:
        left, _, right, _ = load_rig(subject, 1).extent
        spans.append((subject.x + left * subject.scale * 16 / 9, subject.x + right * subject.scale * 16 / 9))
    assert spans
    for start, end in spans:
        assert start > 0.0
        assert end < 1.03
    for one, other in zip(sorted(spans), sorted(spans)[1:], strict=False):
        assert one[1] < other[0] + 0.03
