import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiprod.ports import FilmLook, ShotBrief
from aiprod.visuals.motion.archetypes import desert
from aiprod.visuals.motion.planner import plan_specs
from aiprod.visuals.motion.spec import SceneSpec, decode_spec
from aiprod.visuals.motion.subjects import find_subject
from aiprod.visuals.motion.variation import WINDOW

LOOK = FilmLook(style="cinematic", language="en", seed=5)
FREE = [
    "A giant panda in a bamboo forest",
    "Pandas eating bamboo",
    "A whale in the ocean",
    "Camels in the desert",
    "An astronaut in space",
    "Neural networks learn patterns",
    "A market in an old village",
]
TOLD = [
    "A lion in the savanna at sunset, close-up",
    "A lion in the savanna at sunset, slow pan",
    "A lion in the savanna, wide shot, at night",
    "A fox in the forest, drone shot, at dawn",
]


def plan(visuals: Sequence[str], look: FilmLook = LOOK, texts: Sequence[str] = ()) -> list[SceneSpec]:
    briefs = [ShotBrief(scene=i + 1, visual=visual, text=texts[i] if texts else "") for i, visual in enumerate(visuals)]
    return [decode_spec(text) for text in plan_specs(briefs, look)]


def looks(spec: SceneSpec) -> tuple[str, str, str, str]:
    return spec.archetype, spec.time_of_day, spec.composition, spec.camera.kind


SCENES = [
    # visual, language, archetype, hero's icon
    ("A panda eating", "en", "forest", "panda"),
    ("A lion on the plain", "en", "savanna", "lion"),
    ("An elephant in the dry grass", "en", "savanna", "elephant"),
    ("A camel walking", "en", "desert", "camel"),
    ("A blue whale swims in the ocean", "en", "underwater", "whale"),
    ("Un zèbre court", "fr", "savanna", "zebra"),
    ("Un renne dans la neige", "fr", "snow", "reindeer"),
    ("Un astronaute flotte", "fr", "space", "astronaut"),
    ("Un oso pardo", "es", "forest", "bear"),
    ("Un tigre camina", "es", "jungle", "tiger"),
    ("Uno squalo nuota", "it", "underwater", "shark"),
    ("Um cavalo corre", "pt", "field", "horse"),
]


@pytest.mark.parametrize(("visual", "language", "archetype", "icon"), SCENES)
def test_a_subject_is_shown_where_it_is_at_home(visual: str, language: str, archetype: str, icon: str) -> None:
    (spec,) = plan([visual], replace(LOOK, language=language))
    assert spec.archetype == archetype
    assert icon in (spec.subjects[0].icon, *find_subject(spec.subjects[0].icon).names["en"])
    assert find_subject(spec.subjects[0].icon).body == "whole"


@pytest.mark.parametrize("visual", ["Lions in the savanna at noon", "Un éléphant dans la savane", "Sabana africana"])
def test_the_savanna_never_becomes_a_desert(visual: str) -> None:
    assert plan([visual])[0].archetype == "savanna"


def test_a_panda_stands_among_bamboo() -> None:
    assert plan(["A panda asleep"])[0].flora == "bamboo"


def test_light_that_is_told_is_kept() -> None:
    specs = plan(
        ["A wolf at night", "A wolf at dawn", "A wolf at sunset", "A wolf in a storm", "A wolf at golden hour"]
    )
    assert [spec.time_of_day for spec in specs] == ["night", "dawn", "sunset", "storm", "golden"]


@settings(max_examples=60, deadline=None)
@given(
    visuals=st.lists(st.sampled_from(FREE + TOLD), min_size=2, max_size=20),
    seed=st.integers(0, 2**31),
    takes=st.lists(st.integers(0, 3), min_size=20, max_size=20),
)
def test_within_any_eight_scenes_no_two_look_alike(visuals: list[str], seed: int, takes: list[int]) -> None:
    briefs = [
        ShotBrief(scene=i + 1, visual=visual, text="", take=takes[i]) for i, visual in enumerate(visuals)
    ]  # fmt: skip
    shown = [looks(decode_spec(text)) for text in plan_specs(briefs, replace(LOOK, seed=seed))]
    for place in range(len(shown)):
        near = shown[place : place + WINDOW]
        assert len(set(near)) == len(near)


def test_neighbours_of_one_place_differ_in_light_camera_and_framing() -> None:
    specs = plan(["A panda in a bamboo forest"] * 8)
    for one, other in itertools.pairwise(specs):
        assert one.camera.kind != other.camera.kind
        assert one.composition != other.composition
        assert one.time_of_day != other.time_of_day
        assert one.variant != other.variant
        assert one.palette != other.palette


@settings(max_examples=40, deadline=None)
@given(
    visuals=st.lists(st.sampled_from(FREE), min_size=3, max_size=12),
    place=st.integers(0, 11),
    visual=st.sampled_from(FREE),
    seed=st.integers(0, 2**31),
)
def test_editing_a_scene_leaves_the_others_as_they_were(visuals: list[str], place: int, visual: str, seed: int) -> None:
    place %= len(visuals)
    edited = [*visuals[:place], visual, *visuals[place + 1 :]]
    look = replace(LOOK, seed=seed)
    before, after = plan(visuals, look), plan(edited, look)
    assert before[:place] == after[:place]
    assert before[place + 1 :] == after[place + 1 :]


@settings(max_examples=40, deadline=None)
@given(
    visuals=st.lists(st.sampled_from(FREE + TOLD), min_size=3, max_size=12),
    place=st.integers(0, 11),
    take=st.integers(1, 4),
    seed=st.integers(0, 2**31),
)
def test_a_retake_changes_its_own_scene_only(visuals: list[str], place: int, take: int, seed: int) -> None:
    place %= len(visuals)
    briefs = [ShotBrief(scene=i + 1, visual=visual, text="") for i, visual in enumerate(visuals)]
    retaken = [*briefs[:place], replace(briefs[place], take=take), *briefs[place + 1 :]]
    look = replace(LOOK, seed=seed)
    before, after = plan_specs(briefs, look), plan_specs(retaken, look)
    assert [i for i in range(len(briefs)) if before[i] != after[i]] == [place]


def test_the_same_film_is_planned_the_same_way() -> None:
    assert plan(FREE + TOLD) == plan(FREE + TOLD)
    assert plan(FREE + TOLD) != plan(FREE + TOLD, replace(LOOK, seed=6))


def test_a_named_person_is_seen_and_named() -> None:
    (spec,) = plan(["Marie Curie in her laboratory"])
    assert spec.subjects[0].name == "Marie Curie"
    assert find_subject(spec.subjects[0].icon).category == "person"
    assert spec.callout is not None
    assert spec.callout.text == "Marie Curie"
    assert spec.archetype == "laboratory"


def test_a_pharaoh_is_no_modern_man() -> None:
    (spec,) = plan(["Toutânkhamon devant les pyramides"], replace(LOOK, language="fr"))
    assert spec.subjects[0].icon == "pharaoh"
    assert spec.archetype == "desert"


def test_a_figure_is_written_while_it_is_said() -> None:
    text = "Our planet is very old, much older than anyone had thought before: 4.6 billion years."
    (spec,) = plan(["Planet Earth seen from orbit"], texts=[text])
    assert spec.callout is not None
    assert (spec.callout.kind, spec.callout.text) == ("number", "4.6 billion years")
    assert spec.callout.start > 0.4


def test_figures_that_can_be_compared_become_a_chart() -> None:
    (spec,) = plan(["A panda"], texts=["China has 1,864 pandas, Japan 12, and Germany 4."])
    assert spec.chart is not None
    assert (spec.chart.kind, spec.chart.labels, spec.chart.values) == (
        "bar",
        ("China", "Japan", "Germany"),
        (1864, 12, 4),
    )
    assert spec.callout is None
    (shares,) = plan(["A map"], texts=["Oceans are 71% of the surface, land 29%."])
    assert shares.chart is not None
    assert shares.chart.kind == "pie"


@pytest.mark.parametrize(
    ("language", "visual", "text", "figure", "label"),
    [
        ("en", "Rows of numbers glowing", "Every year 10,000 people come to see it.", "10,000", "people"),
        ("en", "", "It is said that 25,000 small parts are in it.", "25,000", "small parts"),
        ("fr", "", "Il paraît que la Terre a 4,5 milliards d'années.", "4,5 milliards d'années", "Terre"),
        ("fr", "", "On en compte 4,5 milliards d'années.", "4,5 milliards d'années", ""),
        ("en", "Light on water", "About 71% of the surface is water.", "71%", "surface"),
    ],
)
def test_one_large_figure_counts_up_alone_where_there_is_nothing_else_to_see(
    language: str, visual: str, text: str, figure: str, label: str
) -> None:
    (spec,) = plan([visual], replace(LOOK, language=language), texts=[text])
    assert spec.chart is not None
    assert (spec.chart.kind, spec.chart.texts, spec.chart.labels) == ("counter", (figure,), (label,))
    assert spec.callout is None


@pytest.mark.parametrize(
    ("visual", "text"),
    [
        ("A giant panda in a bamboo forest", "Once there were 10,000 pandas."),  # a panda is there to be seen
        ("Rows of numbers glowing", "It took 12 people."),  # not large
        ("Rows of numbers glowing", "It took 12,000 people and 40,000 horses."),  # not one
    ],
)
def test_a_figure_never_hides_a_subject_and_a_small_one_stays_small(visual: str, text: str) -> None:
    (spec,) = plan([visual], texts=[text])
    assert spec.chart is None or spec.chart.kind != "counter"


def test_a_plan_says_when_its_picture_is_written_over() -> None:
    named, drawn, mapped, bare = plan(
        ["Marie Curie in her laboratory", "A panda", "A map", "A quiet forest"],
        texts=["", "China has 1,864 pandas, Japan 12, and Germany 4.", "From Rome to Carthage.", "It rains."],
    )
    assert named.callout is not None
    assert named.lettered == ((named.callout.start, named.callout.end),)
    assert drawn.lettered == mapped.lettered == ((0.0, 1.0),)
    assert bare.lettered == ()


def test_a_single_count_or_a_date_makes_no_chart() -> None:
    (spec,) = plan(["The moon"], texts=["On July 20, 1969, two men walked there."])
    assert spec.chart is None


def test_a_journey_on_a_map_has_its_route() -> None:
    (spec,) = plan(["Carte du voyage de Rome à Carthage"], replace(LOOK, language="fr"))
    assert spec.archetype == "map"
    assert spec.map is not None
    assert [place.name for place in spec.map.places] == ["Rome", "Carthage"]
    assert spec.map.route == (0, 1)
    assert 36 < spec.map.lat < 42
    assert spec.map.lon == pytest.approx(11.4, abs=1)


def test_a_country_told_of_is_lit_on_a_map() -> None:
    (spec,) = plan([""], texts=["Italy was unified late."])
    assert spec.map is not None
    assert spec.map.countries == ("380",)


def test_an_abstract_prompt_shows_nothing_that_it_does_not_name() -> None:
    (spec,) = plan(["Freedom of thought, abstract concept"])
    assert spec.archetype == "stage"
    assert len(spec.subjects) <= 2
    for subject in spec.subjects:
        assert subject.name.lower() in "freedom of thought"


def test_a_mother_has_her_young_one_beside_her() -> None:
    (spec,) = plan(["An elephant with her calf in the savanna"])
    mother, young = spec.subjects
    assert young.icon == mother.icon
    assert young.scale < 0.7 * mother.scale


def test_the_hero_looks_into_the_open_side_of_the_frame() -> None:
    for spec in plan(["A wolf in the forest"] * 8):
        if spec.composition in ("left", "right"):
            assert spec.subjects[0].facing != spec.composition
            assert (spec.subjects[0].x < 0.5) == (spec.composition == "left")


def test_the_presenter_is_asked_for_by_the_film() -> None:
    assert plan(["A wolf"], replace(LOOK, presenter=True))[0].presenter


@settings(max_examples=60, deadline=None)
@given(
    visual=st.text(max_size=80),
    text=st.text(max_size=80),
    language=st.sampled_from(["en", "fr", "es", "it", "pt", "de"]),
)
def test_any_words_make_a_scene(visual: str, text: str, language: str) -> None:
    brief = ShotBrief(scene=1, visual=visual, text=text)
    (spec,) = plan_specs([brief], replace(LOOK, language=language))
    assert decode_spec(spec).archetype


def test_nobody_stands_in_a_place_where_only_the_voice_names_them() -> None:
    (spec,) = plan(["A storm on the open sea"], texts=["Many people were afraid."])
    assert spec.archetype == "sea"
    assert spec.subjects == ()


def test_a_way_over_the_pacific_is_mapped_across_the_date_line() -> None:
    (spec,) = plan(["A map"], texts=["They sailed from Sydney to Los Angeles."])
    assert spec.map is not None
    assert abs(spec.map.lon) > 160
    assert spec.map.span_degrees < 150


def test_figures_of_one_measure_and_several_years_become_a_line_in_their_own_words() -> None:
    (spec,) = plan([""], texts=["It grew from 20 km in 1950, then 35 km in 1980, and 60 km in 2010."])
    assert spec.chart is not None
    assert (spec.chart.kind, spec.chart.labels) == ("line", ("1950", "1980", "2010"))
    assert spec.chart.texts == ("20 km", "35 km", "60 km")


def test_a_films_accent_is_its_own_and_the_same_in_all_its_scenes() -> None:
    accents = set()
    for seed in range(40):
        specs = plan(["A wolf at night", "A fox at dawn"], replace(LOOK, seed=seed))
        assert len({spec.accent for spec in specs}) == 1
        accents.add(specs[0].accent)
    assert len(accents) > 35


def test_cacti_stand_in_american_deserts_only() -> None:
    visuals = ["A camel in the desert", "Cleopatra in the desert of Egypt", "A rover on the desert", "The dunes of the Sahara"] * 2
    assert "cacti" not in {desert.kind_of(spec) for spec in plan(visuals)}
    assert {desert.kind_of(spec) for spec in plan(["A coyote in the Sonoran desert", "Cactus in Arizona"])} == {"cacti"}
