"""What a theme is about: its noun, never what only qualifies it; nothing, where the book has no such thing."""

import os

import pytest

from aiprod.brief import Brief
from aiprod.errors import WriterFailed
from aiprod.models.registry import Registry, default_folder
from aiprod.writers.encyclopedia import Encyclopedia
from aiprod.writers.lexicons import open_lexicon
from aiprod.writers.outline import OutlineWriter
from aiprod.writers.subjects import Topic, find_topics, perhaps_meant
from aiprod.writers.tongues import tongue_of


@pytest.fixture(scope="module")
def registry() -> Registry:
    known = Registry(default_folder(os.environ))
    known.fetch("wordnet")
    known.fetch("wiktionnaire")
    return known


def topics(theme: str, language: str, registry: Registry) -> tuple[Topic, ...]:
    return find_topics(theme, Encyclopedia.open(language), tongue_of(language), open_lexicon(language, registry))


@pytest.mark.parametrize(("language", "theme", "meant"), [
    ("en", "How submarine volcanoes work", "Volcano"), ("fr", "Comment fonctionnent les volcans sous-marins", "Volcan"),
    ("en", "How the human heart works", "Heart"), ("en", "Why cats purr", "Cat"), ("en", "How a plane flies", "Airplane"),
    ("en", "What do pandas eat", "Giant panda"), ("en", "Why do we dream", "Dream"), ("en", "How to bake bread", "Bread"),
    ("fr", "Pourquoi le ciel est bleu", "Ciel"), ("es", "Las pirámides de Egipto", "Pirámide (construcción)"),
    ("en", "Samurai warriors", "Samurai"), ("en", "Ancient Egyptian pyramids", "Pyramid"), ("en", "The Middle Ages", "Middle Ages"),
    ("en", "The lost city of Atlantis", "Atlantis"), ("en", "Jupiter's moons", "Jupiter"), ("en", "Wild horses", "Horse"),
    ("en", "A short documentary about how elephants live in families", "Elephant"),
    ("fr", "Un court documentaire sur les éléphants d'Afrique", "Éléphant"), ("fr", "Le peintre Claude Monet", "Claude Monet"),
    ("en", "Beethoven", "Ludwig van Beethoven"), ("en", "The Titanic", "Sinking of the Titanic"),
])  # fmt: skip
def test_the_noun_of_a_theme_is_its_subject(language: str, theme: str, meant: str, registry: Registry) -> None:
    assert [topic.entry.key for topic in topics(theme, language, registry)] == [meant]


@pytest.mark.parametrize(("language", "theme", "meant"), [
    ("en", "Forest fires", "Wildfire"), ("en", "AI", "Artificial intelligence"), ("en", "Mice", "Mouse"), ("en", "Geese", "Goose"),
    ("fr", "Les ours polaires", "Ours blanc"), ("fr", "Le requin blanc", "Grand requin blanc"), ("fr", "Les coraux", "Corail"),
    ("fr", "Les aurores boréales", "Aurore polaire"), ("en", "The northern lights", "Aurora"),
])  # fmt: skip
def test_other_names_and_irregular_plurals_find_the_entry(language: str, theme: str, meant: str, registry: Registry) -> None:
    assert [topic.entry.key for topic in topics(theme, language, registry)] == [meant]


@pytest.mark.parametrize(("language", "theme"), [
    ("en", "Sea lions"), ("en", "Prairie dogs"), ("en", "Rubber ducks"), ("en", "Deep sea creatures"), ("en", "Leonardo DiCaprio"),
    ("en", "The Great Fire of London"), ("en", "The battle of Waterloo"), ("en", "Street food in Bangkok"),
    ("en", "The Secret Life Of Sea Horses"), ("es", "Los tiburones blancos"), ("es", "Cómo funcionan los volcanes submarinos"),
])  # fmt: skip
def test_what_is_not_in_the_book_is_nothing_rather_than_another_thing(language: str, theme: str, registry: Registry) -> None:
    assert topics(theme, language, registry) == ()


@pytest.mark.parametrize(("language", "theme", "meant"), [
    ("en", "Cats and dogs", ["Cat", "Dog"]), ("en", "Snakes vs spiders", ["Snake", "Spider"]),
    ("fr", "Les chats et les chiens", ["Chat", "Chien"]), ("en", "Polar bears and climate change", ["Polar bear", "Climate change"]),
    ("en", "Romeo and Juliet", ["Romeo and Juliet"]), ("en", "Black and white photography", ["Photography"]),
])  # fmt: skip
def test_two_subjects_are_both_found(language: str, theme: str, meant: list[str], registry: Registry) -> None:
    assert [topic.entry.key for topic in topics(theme, language, registry)] == meant


def test_two_subjects_share_the_film(registry: Registry) -> None:
    script = OutlineWriter(registry).write(Brief(theme="Cats and dogs", language="en", scenes=6))
    assert [script.scenes[index].title for index in (0, 3)] == ["Cat", "Dog"]
    assert [scene.number for scene in script.scenes] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(("theme", "missing"), [
    ("Medieval castles", "Medieval castles"), ("Frida Kahlo and zebra crossings", "zebra crossings"), ("The gorillas of Rwanda", "Rwanda"),
])  # fmt: skip
def test_what_the_film_will_not_tell_is_said(theme: str, missing: str, registry: Registry) -> None:
    assert [topic.unknown for topic in topics(theme, "en", registry)] == [(missing,)]


@pytest.mark.parametrize("theme", ["How Bees Make Honey", "The Secret Life Of Bees", "How Volcanoes Work"])
def test_capitals_of_a_title_are_no_names_that_are_missing(theme: str, registry: Registry) -> None:
    assert [topic.unknown for topic in topics(theme, "en", registry)] == [()]


@pytest.mark.parametrize(("theme", "meant"), [
    ("Pengiuns", "Penguin"), ("Dinosours", "Dinosaur"), ("Leonardo da Vinchi", "Leonardo da Vinci"), ("Sea lions", ""),
    ("The battle of Waterloo", ""), ("Bitcoin", ""),
])  # fmt: skip
def test_a_misspelt_theme_is_answered_with_the_title_it_is_like(theme: str, meant: str) -> None:
    assert perhaps_meant(theme, Encyclopedia.open("en"), tongue_of("en")) == meant


def test_the_error_names_what_was_perhaps_meant(registry: Registry) -> None:
    with pytest.raises(WriterFailed, match='has nothing on "Pengiuns" .it has "Penguin": is that what is meant'):
        OutlineWriter(registry).write(Brief(theme="Pengiuns", language="en"))
