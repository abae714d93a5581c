"""What an entry's sentences become: whole sentences that name their own subject, in the sense that the topic has."""

import os
import re

import pytest

from aiprod.brief import Brief
from aiprod.models.registry import Registry, default_folder
from aiprod.story import Script
from aiprod.writers.clauses import Subject, spoken_clauses
from aiprod.writers.encyclopedia import Encyclopedia
from aiprod.writers.facts import facts_of, subject_of
from aiprod.writers.outline import OutlineWriter
from aiprod.writers.reference_text import sentences
from aiprod.writers.tongues import tongue_of


def told(theme: str, language: str = "en") -> Script:
    registry = Registry(default_folder(os.environ))
    registry.fetch("wordnet")
    registry.fetch("wiktionnaire")
    return OutlineWriter(registry).write(Brief(theme=theme, language=language))


@pytest.mark.parametrize(("key", "phrase"), [
    ("Old Kingdom of Egypt", "The Old Kingdom"), ("Computer network", "A network"), ("Ancient Rome", "Ancient Rome"),
    ("Frankenstein", "Frankenstein"), ("Middle Ages", "The Middle Ages"), ("Paris", "Paris"),
])  # fmt: skip
def test_the_subject_is_found_behind_where_and_when_and_before_a_second_title(key: str, phrase: str) -> None:
    subject = subject_of(Encyclopedia.open("en").entry(key), tongue_of("en"))
    assert subject is not None
    assert subject.phrase == phrase


def test_a_star_keeps_its_capital_inside_a_french_sentence() -> None:
    facts = facts_of(Encyclopedia.open("fr").entry("Rigel"), tongue_of("fr"))
    assert [fact.named for fact in facts if fact.named.startswith("À l'œil nu, Rigel apparaît")]


def test_a_city_keeps_its_capital_inside_a_sentence() -> None:
    facts = facts_of(Encyclopedia.open("en").entry("Paris"), tongue_of("en"))
    assert not any(re.search(r"\bparis\b", fact.named) for fact in facts)


@pytest.mark.parametrize(("text", "apart"), [
    ("Los romanos la conquistaron en el año 168 a. C. En el apogeo del Imperio romano hubo dos provincias.",
     ("Los romanos la conquistaron en el año 168 a. C.", "En el apogeo del Imperio romano hubo dos provincias.")),
    ("Fue construido en el siglo I. Está ubicado en el centro de la ciudad.",
     ("Fue construido en el siglo I.", "Está ubicado en el centro de la ciudad.")),
    ("The Symphony No. 5, Op. 67, was heard in Vol. 2 first.", ("The Symphony No. 5, Op. 67, was heard in Vol. 2 first.",)),
    ("Il est né v. 340 et mort v. 297 en Inde.", ("Il est né v. 340 et mort v. 297 en Inde.",)),
    ("The film was made by J. R. Tolkien and his friends.", ("The film was made by J. R. Tolkien and his friends.",)),
    ("Moteur électrique : fonctionne à l'aide de l'énergie électrique.", ()),
    (f"The ceremonial name of the city is {'Amphimanawatan' * 3}.", ()),
])  # fmt: skip
def test_sentences_end_where_the_next_begins_and_lists_and_unspeakable_names_are_none(text: str, apart: tuple[str, ...]) -> None:
    assert sentences(text) == apart


KINGDOM = Subject(phrase="The Kingdom", plural=False, written="The Kingdom", proper=True)
JUPITER = Subject(phrase="Jupiter", plural=False, written="Jupiter", proper=True)


@pytest.mark.parametrize(("language", "subject", "sentence", "broken"), [
    ("en", KINGDOM, "The Kingdom was an ancient polity founded in 305 BC by a general and ruled by the dynasty until the death of"
     " Cleopatra in 30 BC.", r"^The Kingdom ruled by"),
    ("en", JUPITER, "Jupiter is a gas giant with a mass nearly 2.5 times that of all the other planets in the Solar System combined and"
     " slightly less than one-thousandth the mass of the Sun.", r"times\.$"),
    ("es", None, "La pirámide es, además de la mayor de las pirámides de Egipto, la más antigua de las siete maravillas del mundo"
     " antiguo y la única que todavía perdura entre ellas hoy.", r"es, además de la mayor de las pirámides de Egipto\.$"),
])  # fmt: skip
def test_no_clause_loses_its_verb_or_its_predicate(language: str, subject: Subject | None, sentence: str, broken: str) -> None:
    assert not [clause for clause in spoken_clauses(sentence, subject, tongue_of(language)) if re.search(broken, clause)]


@pytest.mark.parametrize(("theme", "wrong"), [
    ("Mozart", r"^It was"), ("Guinea pigs", r"\bperson\b"), ("Mars", r"Champ de Mars|god of war"), ("Taylor Swift", r"Elizabeth"),
    ("The Middle Ages", r"^Middle age is"), ("Geese", r"Jan Hus|is a small dark geese"),
])  # fmt: skip
def test_no_scene_tells_another_sense_of_the_name(theme: str, wrong: str) -> None:
    assert [scene.text for scene in told(theme).scenes if re.search(wrong, scene.text)] == []


@pytest.mark.parametrize("theme", ["World War II", "Steam engines", "The Industrial Revolution"])
def test_today_stands_over_what_is_said_of_today(theme: str) -> None:
    for scene in told(theme).scenes:
        assert scene.title != "Today" or re.search(r"\b(?:today|still|now|modern|remain|current)", scene.text), scene.text
