"""Which sentences truly speak of a topic, and which only have its name in another's."""

import pytest

from aiprod.writers.encyclopedia import Encyclopedia
from aiprod.writers.names import Names, names_of
from aiprod.writers.subjects import find_topic
from aiprod.writers.tongues import tongue_of


def names(theme: str, language: str) -> Names:
    book, tongue = Encyclopedia.open(language), tongue_of(language)
    topic = find_topic(theme, book, tongue)
    assert topic is not None
    return names_of(topic, book, tongue)


@pytest.mark.parametrize(
    ("language", "theme", "sentence", "speaks"),
    [
        ("en", "The Sahara desert", "In the first millennium, the Sahara became a trade zone.", True),
        ("en", "The Sahara desert", "Western Sahara is the most sparsely populated territory in Africa.", False),
        ("fr", "Napoléon", "La campagne est menée par l'empereur Napoléon Ier en 1812.", True),
        ("fr", "Napoléon", "Le bâtiment fut achevé sous Napoléon III.", False),
        ("fr", "Paris", "Le musée est situé à Paris.", True),
        ("fr", "Paris", "La vie parisienne est un opéra.", False),
        ("es", "El flamenco", "Jan van Eyck fue un pintor flamenco que trabajó en Brujas.", False),
        ("es", "El flamenco", "El flamenco es un género musical.", True),
        ("fr", "Le cœur humain", "Le cœur de la Rus de Kiev a été dévasté en 1240.", False),
        ("fr", "Le cœur humain", "La cardiologie traite des troubles du cœur.", True),
        ("en", "The human heart", "The capital lies in the heart of the empire.", False),
        ("fr", "L'œil", "À l'œil nu, Rigel est la plus brillante.", False),
        ("fr", "Les abeilles", "Le miel est élaboré par les abeilles.", True),
    ],
)
def test_a_name_inside_another_is_another_thing(language: str, theme: str, sentence: str, speaks: bool) -> None:
    assert bool(names(theme, language).places(sentence)) is speaks


@pytest.mark.parametrize(
    ("theme", "key"), [("Le loup", "Canis lupus"), ("Les dinosaures", "Dinosauria"), ("La Lune", "Lune")]
)
def test_a_common_name_finds_the_entry_that_has_a_scientific_title(theme: str, key: str) -> None:
    assert names(theme, "fr").own == key
