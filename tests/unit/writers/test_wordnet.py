"""What WordNet's own files say of English words."""

import os
from pathlib import Path

import pytest

from aiprod.models.registry import Registry, default_folder
from aiprod.writers.lexicons import Lexicon, open_lexicon


@pytest.fixture(scope="module")
def wordnet() -> Lexicon:
    registry = Registry(default_folder(os.environ))
    registry.fetch("wordnet")
    found = open_lexicon("en", registry)
    assert found is not None
    return found


def test_a_plural_finds_its_singular_and_the_kinds_of_it(wordnet: Lexicon) -> None:
    penguin = wordnet.senses("Penguins")[0]
    assert "flightless birds" in penguin.definition
    assert "emperor penguin" in {kind.word for kind in wordnet.kinds(penguin)}


def test_a_definition_has_no_examples_and_no_parentheses(wordnet: Lexicon) -> None:
    for word in ("coffee", "Marie Curie", "Sahara", "bread"):
        for sense in wordnet.senses(word):
            assert not set('"();') & set(sense.definition), sense


def test_what_has_ended_is_told_by_its_dates(wordnet: Lexicon) -> None:
    assert wordnet.senses("Marie Curie")[0].over
    assert not wordnet.senses("Eiffel Tower")[0].over


def test_a_second_sentence_of_a_definition_stands_apart(wordnet: Lexicon) -> None:
    wall = wordnet.senses("Great Wall of China")[0]
    assert wall.definition.endswith("in the 3rd century BC")
    assert wall.also == "it averages 6 meters in width"


def test_a_word_that_is_not_in_it_has_no_meaning(wordnet: Lexicon) -> None:
    assert wordnet.senses("Bitcoin") == ()


def test_without_the_files_there_is_no_dictionary(tmp_path: Path) -> None:
    assert open_lexicon("en", Registry(tmp_path)) is None
    assert open_lexicon("es", Registry(tmp_path)) is None
