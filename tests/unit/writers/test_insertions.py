"""What stands between the first sentence's commas becomes sentences of its own."""

import pytest

from aiprod.writers.encyclopedia import Encyclopedia
from aiprod.writers.facts import subject_of
from aiprod.writers.insertions import insertions
from aiprod.writers.tongues import tongue_of


@pytest.mark.parametrize(
    ("language", "key", "told"),
    [
        ("en", "Giant panda", ["The giant panda is also known as the panda bear or simply panda."]),
        ("fr", "Napoléon Ier", ["Napoléon Bonaparte est né le 15 août 1769 à Ajaccio en Corse.",
                                "Napoléon Bonaparte est mort le 5 mai 1821 à Longwood sur l’île de Sainte-Hélène."]),
        ("en", "Marie Curie", ["Marie Curie lived from 1867 to 1934."]),
        ("es", "Imperio inca", ["El Imperio incaico fue también llamado Imperio quechua o quichua."]),
    ],
)  # fmt: skip
def test_names_and_lives_are_told_in_whole_sentences(language: str, key: str, told: list[str]) -> None:
    entry, tongue = Encyclopedia.open(language).entry(key), tongue_of(language)
    assert [fact.named for fact in insertions(entry, subject_of(entry, tongue), tongue)] == told


def test_a_person_is_called_by_the_right_pronoun_where_the_name_was_just_said() -> None:
    entry, tongue = Encyclopedia.open("fr").entry("Marie Curie"), tongue_of("fr")
    texts = [fact.text for fact in insertions(entry, subject_of(entry, tongue), tongue)]
    assert texts[0] == "Elle est née le 7 novembre 1867 à Varsovie."
