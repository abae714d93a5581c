"""What the offline writer tells: true sentences of its sources, each understood where it stands."""

import os
import re

import pytest

from aiprod.brief import Brief
from aiprod.errors import WriterFailed
from aiprod.models.registry import Registry, default_folder
from aiprod.story import Script
from aiprod.writers.outline import OutlineWriter

ORDINARY = {
    "en": (
        "The secret life of giant pandas", "How volcanoes work", "Black holes", "The life of Leonardo da Vinci",
        "The Sahara desert", "Honey bees", "The Roman Empire", "Mount Everest", "Dinosaurs", "The octopus", "Bread",
        "Ancient Egypt", "The moon landing", "Marie Curie", "Vikings",
    ),
    "fr": (
        "Le secret des volcans", "Paris", "Les abeilles", "La Lune", "Le vin", "Marie Curie", "La Révolution française",
        "Le loup", "Les dinosaures", "Napoléon",
    ),
    "es": ("Machu Picchu", "El imperio inca", "Don Quijote", "El café", "Frida Kahlo", "Los volcanes"),
}  # fmt: skip
"""Themes as people ask for them."""
FEWEST = {"en": 15, "fr": 9, "es": 6}
"""How many of them must carry a film at least."""


def told(theme: str, language: str = "en") -> Script:
    registry = Registry(default_folder(os.environ))
    registry.fetch("wordnet")
    registry.fetch("wiktionnaire")
    return OutlineWriter(registry).write(Brief(theme=theme, language=language))


def spoken(script: Script) -> list[str]:
    return [line.text for scene in script.scenes for line in scene.lines]


@pytest.fixture(scope="module")
def stories() -> dict[str, list[Script]]:
    """The stories of all the ordinary themes that carry one."""
    found: dict[str, list[Script]] = {}
    for language, themes in ORDINARY.items():
        found[language] = []
        for theme in themes:
            try:
                found[language].append(told(theme, language))
            except WriterFailed:
                continue
    return found


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_ordinary_themes_carry_a_film(stories: dict[str, list[Script]], language: str) -> None:
    assert len(stories[language]) >= FEWEST[language]
    assert all(len(script.scenes) >= 4 for script in stories[language])


def test_every_sentence_is_whole_and_can_be_said_in_one_breath(stories: dict[str, list[Script]]) -> None:
    texts = [text for scripts in stories.values() for script in scripts for text in spoken(script)]
    assert [text for text in texts if not re.fullmatch(r"[A-ZÀ-Ý0-9«\"“].*[.!?][\"”»]?", text)] == []
    assert [
        text for text in texts if re.search(r"\b(?:which|that|and|or|qui|que|et|ou|y|o|donde)[.,]?$", text.rstrip("."))
    ] == []
    assert [text for text in texts if len(text.split()) > 45] == []


def test_no_story_opens_with_a_pronoun_or_says_a_thing_twice(stories: dict[str, list[Script]]) -> None:
    for scripts in stories.values():
        for script in scripts:
            texts = spoken(script)
            assert not re.match(r"(?:It|They|He|She|Its|Their|This|Il|Elle|Ce|Son|Sa|Su|Este)\b", texts[0]), texts[0]
            assert len(set(texts)) == len(texts)


def test_every_story_says_where_its_sentences_come_from(stories: dict[str, list[Script]]) -> None:
    for scripts in stories.values():
        for script in scripts:
            titles = {source.title for source in script.sources}
            assert titles
            assert all(scene.title in titles for scene in script.scenes if scene.title not in MADE), script.title


MADE = {"", "In numbers", "Today", "En chiffres", "Aujourd'hui", "En cifras", "Hoy"}


def test_western_sahara_is_not_told_of_the_sahara() -> None:
    assert "Western Sahara" not in " ".join(spoken(told("The Sahara desert")))


def test_the_sahara_is_the_largest_hot_desert_although_the_sentence_that_says_so_is_long() -> None:
    assert "is the largest hot desert in the world" in " ".join(spoken(told("The Sahara desert")))


def test_napoleon_the_third_is_not_told_of_the_first() -> None:
    assert "Napoléon III" not in " ".join(spoken(told("Napoléon", "fr")))


def test_people_who_were_born_in_a_city_are_not_told_of_it() -> None:
    assert not re.search(r"\b(?:né|née|mort|morte) (?:le|à)\b", " ".join(spoken(told("Paris", "fr"))))


def test_a_thing_without_an_entry_is_told_by_others_and_the_notes_say_so() -> None:
    script = told("Los volcanes", "es")
    assert all(
        "volcán" in text or "volcanes" in text for text in spoken(script) if not text.startswith(("Es ", "Tiene "))
    )
    assert any("no entry on Volcanes" in note for note in script.notes)


def test_a_theme_that_nothing_is_known_of_says_what_to_do() -> None:
    with pytest.raises(WriterFailed, match="has nothing on"):
        told("Bitcoin")
