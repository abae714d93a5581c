"""What the French Wiktionary's file says, and which of its broken definitions are not taken."""

import os

import pytest

from aiprod.models.registry import Registry, default_folder
from aiprod.writers.lexicons import Lexicon, open_lexicon


@pytest.fixture(scope="module")
def wiktionnaire() -> Lexicon:
    registry = Registry(default_folder(os.environ))
    registry.fetch("wiktionnaire")
    found = open_lexicon("fr", registry)
    assert found is not None
    return found


def test_a_plural_with_its_article_finds_the_word(wiktionnaire: Lexicon) -> None:
    assert wiktionnaire.senses("Les trous noirs")[0].definition.startswith("Objet astronomique")


def test_a_kind_is_what_a_definition_calls_so(wiktionnaire: Lexicon) -> None:
    kinds = {kind.word for kind in wiktionnaire.kinds(wiktionnaire.senses("fromage")[0])}
    assert {"roquefort", "camembert", "fromage blanc"} <= kinds
    assert "beurre" not in kinds


def test_an_insertion_that_lost_its_words_is_left_out_of_a_definition(wiktionnaire: Lexicon) -> None:
    whale = wiktionnaire.senses("baleine bleue")[0].definition
    assert "au siècle" not in whale
    assert whale.endswith("se nourrit presque exclusivement de krill")


def test_a_definition_that_lost_its_end_is_not_one(wiktionnaire: Lexicon) -> None:
    assert [sense for sense in wiktionnaire.senses("tour Eiffel") if not sense.rank] == []
