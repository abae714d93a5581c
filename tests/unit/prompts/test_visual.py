import pytest

from aiprod.prompts import analyse, leading_subject, visual_prompt
from aiprod.prompts.lexicon import phrases
from aiprod.prompts.visual import CAMERAS, LIGHTS

SENTENCES = [
    ("Pandas eat twelve kilos of bamboo a day.", "en", "Giant pandas", "panda", "forest"),
    ("Les abeilles visitent des millions de fleurs.", "fr", "Les abeilles", "bee", "field"),
    ("Los camellos guardan grasa en la joroba.", "es", "Los camellos", "camel", "desert"),
    ("Le balene cantano per ore.", "it", "Le balene", "whale", "underwater"),
    ("Os golfinhos dormem com um olho aberto.", "pt", "Golfinhos", "dolphin", "sea"),
    ("Die Wölfe jagen im Rudel.", "de", "Wölfe", "wolf", "forest"),
]


@pytest.mark.parametrize(("text", "language", "topic", "subject", "place"), SENTENCES)
@pytest.mark.parametrize("index", range(7))
def test_a_written_prompt_is_read_back_as_it_was_meant(
    text: str, language: str, topic: str, subject: str, place: str, index: int
) -> None:
    facts = analyse(visual_prompt(text, language, topic, index), language)
    hero = leading_subject(facts)
    assert hero is not None
    assert (hero.subject.concept, facts.place) == (subject, place)
    assert facts.language == language
    assert facts.time
    assert facts.camera


def test_a_sentence_without_a_subject_shows_the_topic() -> None:
    assert visual_prompt("They were first described in 1869.", "en", "Giant pandas", 0).startswith("Giant pandas")


@pytest.mark.parametrize(
    ("text", "language", "topic", "denied"),
    [
        ("They are flightless birds that cannot fly.", "en", "Penguins", "fly"),
        ("Penguins don't fly.", "en", "Penguins", "fly"),
        ("Penguins are unable to fly but swim well.", "en", "Penguins", "fly"),
        ("Ce sont des oiseaux incapables de voler.", "fr", "Les manchots", "fly"),
        ("Les manchots ne peuvent pas voler.", "fr", "Les manchots", "fly"),
        ("Los pingüinos no pueden volar.", "es", "Los pingüinos", "fly"),
        ("Pinguine fliegen nicht.", "de", "Pinguine", "fly"),
    ],
)
def test_a_deed_that_is_denied_is_not_shown(text: str, language: str, topic: str, denied: str) -> None:
    facts = analyse(visual_prompt(text, language, topic, 2), language)
    hero = leading_subject(facts)
    assert hero is not None and hero.subject.concept == "penguin"
    assert facts.action != denied


@pytest.mark.parametrize(
    ("text", "language", "deed"),
    [
        ("Sharks never stop swimming.", "en", "swim"),
        ("Eagles not only fly, they dive.", "en", "fly"),
        ("Without wind, eagles fly low.", "en", "fly"),
        ("Ils ne mangent que du poisson.", "fr", "eat"),
    ],
)
def test_a_word_that_denies_something_else_denies_no_deed(text: str, language: str, deed: str) -> None:
    facts = analyse(text, language)
    assert deed in (facts.action, facts.deed)


@pytest.mark.parametrize(
    ("text", "language", "topic", "shown"),
    [
        ("They are birds of cold southern regions.", "en", "Penguins", "penguin"),
        ("They are large fish with rows of teeth.", "en", "Sharks", "shark"),
        ("The paws allow the bear to walk on ice.", "en", "Polar bears", "polar bear"),
        ("Birds eat their seeds.", "en", "Oak trees", "bird"),
        ("The flying fox is a large bat with the head of a fox.", "en", "Flying fox", "bat"),
    ],
)
def test_the_word_for_what_the_topic_is_shows_the_topic(text: str, language: str, topic: str, shown: str) -> None:
    hero = leading_subject(analyse(visual_prompt(text, language, topic, 0), language))
    assert hero is not None and hero.subject.concept == shown


def test_a_part_of_a_body_is_shown_on_its_bearer() -> None:
    assert visual_prompt("It has large molar teeth.", "en", "Giant pandas", 3).startswith("Giant pandas")
    assert visual_prompt("The heart beats 100,000 times a day.", "en", "The human heart", 3).startswith("Heart")


def test_on_earth_is_where_it_happens_and_not_a_globe() -> None:
    assert visual_prompt("On Earth, volcanoes are most often found underwater.", "en", "Volcano", 1).startswith("Volcano near")
    assert visual_prompt("Earth is the third planet from the Sun.", "en", "Earth", 1).startswith("Earth above a planet")


def test_of_several_subjects_the_one_that_the_story_is_about_is_shown() -> None:
    assert visual_prompt("Lions hunt zebras on the savanna.", "en", "Zebras", 1).startswith("Zebras")


def test_a_named_person_is_shown_by_name() -> None:
    prompt = visual_prompt("Marie Curie a découvert le radium.", "fr", "Le radium", 0)
    assert prompt.startswith("Marie Curie dans un laboratoire")


def test_neighbouring_prompts_differ_in_light_and_camera() -> None:
    prompts = [visual_prompt("Pandas sleep.", "en", "Pandas", index) for index in range(8)]
    assert len(set(prompts)) == 8


@pytest.mark.parametrize("language", ["en", "fr", "es", "it", "pt"])
def test_light_and_camera_never_become_things_in_the_picture(language: str) -> None:
    """A tracking shot drew a syringe, which is a "shot" too; the blue hour an Italian clock."""
    for kind, chosen in (("light", LIGHTS), ("camera", CAMERAS), ("framing", ("wide", "close"))):
        for key in chosen:
            written = phrases(kind, language)[key]
            read = analyse(written, language)
            assert read.keywords == (), written
            assert [seen.word for seen in read.subjects if seen.subject.kind != "sky"] == [], written


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "The high tide is the tide when the water is highest."), ("fr", "La marée haute couvre les rochers.")],
)
def test_tides_are_shown_at_sea(language: str, sentence: str) -> None:
    assert analyse(sentence, language).place == "sea"


@pytest.mark.parametrize(
    ("text", "topic", "shown"),
    [
        ("The whale shark is a slow-moving carpet shark.", "Sharks", "Shark swimming underwater"),
        ("Jellyfish drift with the current.", "Jellyfish", "Jellyfish swimming underwater"),
        ("A submarine is a watercraft that works underwater.", "Submarines", "Submarine sailing underwater"),
        ("The flagship is the ship that flies the flag of the fleet.", "Ships", "Ship sailing on the open sea"),
        ("Eagles chase rabbits.", "Eagles", "Eagles flying in a mountain valley"),
        ("The dodo lived on an island in the Indian Ocean.", "Dodos", "Dodo walking in a dense jungle"),
        ("Penguins swim in the open sea.", "Penguins", "Penguins swimming on the open sea"),
        ("Snakes are limbless reptiles.", "Snakes", "Snakes crawling in a dense jungle"),
        ("The first men landed on the Moon in 1969.", "The Moon", "Men walking on the lunar surface"),
        ("Astronauts walked on the moon.", "The Moon", "Astronauts walking on the lunar surface"),
        ("It has an elevated crown.", "Trees", "Trees on a grassy plain"),
        ("Dolphins jump for joy.", "Dolphins", "Dolphins jumping"),
        ("The skull is wedge-shaped and large.", "Dingos", "Dingos walking on a grassy plain"),
    ],
)
def test_what_lives_in_water_or_air_moves_as_it_can(text: str, topic: str, shown: str) -> None:
    assert visual_prompt(text, "en", topic, 0).startswith(shown)


def test_a_word_for_what_somebody_is_shows_them() -> None:
    prompt = visual_prompt("He is regarded as one of the greatest composers of all time.", "en", "Ludwig van Beethoven", 0)
    assert prompt.startswith("Ludwig van Beethoven in a quiet room")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mars is the fourth planet from the Sun.", "Mars above a planet"),
        ("It is visible to the naked eye.", "Mars above a planet"),
        ("Its gravity is a third of the Earth's.", "Mars above a planet"),
        ("A rover looks for water there.", "Rover"),
    ],
)
def test_a_story_of_a_world_shows_it_and_who_goes_there(text: str, shown: str) -> None:
    assert visual_prompt(text, "en", "Mars", 0).startswith(shown)


def test_what_is_known_in_all_the_world_shows_no_globe() -> None:
    assert "planet" not in visual_prompt("It is the most performed in the world.", "en", "Ludwig van Beethoven", 0)


@pytest.mark.parametrize("language", ["en", "fr", "es", "it", "pt", "de"])
def test_moonlight_is_a_light_and_puts_no_moon_under_water(language: str) -> None:
    prompt = visual_prompt("", language, "", 6)
    assert analyse(prompt, language).time == "night"
    assert not analyse(prompt, language).subjects


def test_a_full_moon_is_seen() -> None:
    assert [seen.subject.concept for seen in analyse("A full moon over the hills", "en").subjects] == ["moon"]


@pytest.mark.parametrize(("text", "seen"), [("On les élève pour leur lait.", []), ("L'élève lit.", ["student"])])
def test_to_raise_is_no_pupil(text: str, seen: list[str]) -> None:
    assert [one.subject.concept for one in analyse(text, "fr").subjects] == seen
