"""What a dictionary adds to a story: definitions and kinds in sentences that one would say."""

import os

import pytest

from aiprod.models.registry import Registry, default_folder
from aiprod.writers.clauses import Subject
from aiprod.writers.defining import english_definition, french_definition, tied
from aiprod.writers.definitions import Wanted, defined
from aiprod.writers.encyclopedia import Encyclopedia
from aiprod.writers.lexicons import open_lexicon
from aiprod.writers.subjects import Topic
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
        ("slime mold", "differing from true slime molds in being cellular", False, ""),
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


@pytest.mark.parametrize(
    ("key", "own"),
    [
        ("Dingo", "It is a wolflike yellowish-brown wild dog of Australia."),
        ("The Nutcracker", ""),  # a ballet, no songbird
        ("Newfoundland (island)", ""),  # no breed of dogs
        ("Kite", ""),  # no forged check
        ("The Metamorphosis", ""),  # a novella, no larva's
        ("Casablanca (film)", ""),  # no port
        ("Macbeth", ""),  # a play, and "king of Scotland" is said of a man
    ],
)
def test_only_the_meaning_that_an_entry_is_about_is_told_of_it(key: str, own: str) -> None:
    registry = Registry(default_folder(os.environ))
    registry.fetch("wordnet")
    book = Encyclopedia.open("en")
    topic = Topic(entry=book.entry(key), name=book.entry(key).title, unknown=())
    asked = Wanted(told=(), room=9, proper=False)
    told = defined(topic, open_lexicon("en", registry), book, tongue_of("en"), asked)
    assert [fact.text for fact in told.own] == [own] * bool(own)
