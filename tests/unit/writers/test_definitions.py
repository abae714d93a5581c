"""What a dictionary adds to a story: definitions and kinds in sentences that one would say."""

import pytest

from aiprod.writers.clauses import Subject
from aiprod.writers.defining import english_definition, french_definition, tied
from aiprod.writers.tongues import tongue_of

SHARK = Subject(phrase="Sharks", plural=True, written="Sharks", proper=False)


@pytest.mark.parametrize(
    ("word", "definition", "mass", "sentence"),
    [
        ("emperor penguin", "the largest penguin", False, "The emperor penguin is the largest penguin."),
        ("king penguin", "large penguin on islands bordering the Antarctic Circle", False,
         "The king penguin is a large penguin on islands bordering the Antarctic Circle."),
        ("Adelie", "medium-sized penguins occurring in large colonies", False,
         "Adelies are medium-sized penguins occurring in large colonies."),
        ("espresso", "strong black coffee brewed by forcing hot water", True,
         "Espresso is strong black coffee brewed by forcing hot water."),
        ("cool jazz", "jazz that is restrained and fluid", True, "Cool jazz is jazz that is restrained and fluid."),
    ],
)  # fmt: skip
def test_an_english_definition_takes_the_article_and_the_number_that_it_needs(
    word: str, definition: str, mass: bool, sentence: str
) -> None:
    assert english_definition(word, definition, mass=mass, over=False, subject=None) == sentence


def test_one_of_many_is_said_of_a_single_thing() -> None:
    said = english_definition("shark", "any of numerous carnivorous fishes", mass=False, over=False, subject=SHARK)
    assert said == "A shark is one of many carnivorous fishes."


def test_a_kind_that_does_not_name_what_it_is_a_kind_of_says_so() -> None:
    sentence = "The cracker is a thin crisp wafer."
    assert tied(sentence, "cracker", "bread", tongue_of("en")) == "The cracker, a kind of bread, is a thin crisp wafer."


def test_a_french_definition_takes_its_articles_from_the_words_gender() -> None:
    genders = {"roquefort": "m", "fromage": "m", "mozzarella": "f", "lune": "f"}

    def gender(word: str) -> str:
        return genders.get(word, "")

    assert french_definition("roquefort", "Fromage de brebis", gender) == "Le roquefort est un fromage de brebis."
    assert french_definition("mozzarella", "Fromage frais italien", gender) == (
        "La mozzarella est un fromage frais italien."
    )
    assert french_definition("tomme", "Fromage de montagne", gender) == ""
    assert french_definition("volcan", "Ouverture, gouffre qui s’ouvre", gender) == ""
