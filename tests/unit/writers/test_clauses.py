"""Long sentences become whole ones that can be said."""

import pytest

from aiprod.writers.clauses import Subject, spoken_clauses
from aiprod.writers.tongues import tongue_of

TEA = Subject(phrase="Tea", plural=False, written="Tea", proper=False)
TOWER = Subject(phrase="La tour", plural=False, written="La tour", proper=False)
EMPIRE = Subject(phrase="El Imperio incaico", plural=False, written="El Imperio incaico", proper=True)
SNAKES = Subject(phrase="Snakes", plural=True, written="Snakes", proper=False)
LANDING = Subject(phrase="A landing", plural=False, written="A landing", proper=False)

CUT = [
    ("en", TEA, "Tea is an aromatic beverage prepared by infusion of hot or boiling fresh water with fresh or cured leaves of"
     " Camellia sinensis, an evergreen shrub native to East Asia that originated in the borderlands of southwestern China,"
     " northeast India and northern Myanmar.",
     ["Tea is an aromatic beverage prepared by infusion of hot or boiling fresh water with fresh or cured leaves of Camellia"
      " sinensis, an evergreen shrub native to East Asia."]),
    ("en", LANDING, "The first object to touch the Moon was Luna 2 in 1959, and the first crewed mission to land on it was"
     " Apollo 11 in 1969.",
     ["The first object to touch the Moon was Luna 2 in 1959.", "The first crewed mission to land on it was Apollo 11 in 1969."]),
    ("en", SNAKES, "Meanwhile, snakes of the genus Micruroides have never caused a medically significant bite.",
     ["Snakes of the genus Micruroides have never caused a medically significant bite."]),
    ("en", SNAKES, "Snakes are limbless reptiles of the suborder Serpentes, found on most lands.",
     ["Snakes are limbless reptiles found on most lands."]),
    ("en", TEA, "In some usages, the definition of a tree may be narrower, e.g., including only woody plants with secondary growth, only"
     " plants that are usable as lumber, or only plants above a specified height.",
     ["In some usages, the definition of a tree may be narrower."]),
    ("fr", TOWER, "La tour est une tour autoportante de fer puddlé de 330 m de hauteur située à Paris, à l'extrémité nord-ouest"
     " du parc.",
     ["La tour est une tour autoportante de fer puddlé de 330 m de hauteur.",
      "La tour est située à Paris, à l'extrémité nord-ouest du parc."]),
    ("es", EMPIRE, "Surgió en los Andes peruanos entre los siglos XV y XVI, a partir de la expansión del curacazgo del Cuzco y"
     " constituyó el período de mayor apogeo de la civilización incaica.",
     ["Surgió en los Andes peruanos entre los siglos XV y XVI, a partir de la expansión del curacazgo del Cuzco.",
      "El Imperio incaico constituyó el período de mayor apogeo de la civilización incaica."]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "subject", "sentence", "clauses"), CUT)
def test_a_long_sentence_is_told_in_whole_ones(
    language: str, subject: Subject, sentence: str, clauses: list[str]
) -> None:
    assert spoken_clauses(sentence, subject, tongue_of(language)) == clauses


@pytest.mark.parametrize(
    ("language", "sentence", "clause"),
    [
        ("en", "Mount Kilimanjaro is also the highest volcano in the Eastern Hemisphere.",
         "Mount Kilimanjaro is the highest volcano in the Eastern Hemisphere."),
        ("fr", "Le Kilimandjaro est également le plus haut volcan d'Afrique.", "Le Kilimandjaro est le plus haut volcan d'Afrique."),
        ("es", "El Kilimanjaro es también el volcán más alto de África.", "El Kilimanjaro es el volcán más alto de África."),
    ],
)  # fmt: skip
def test_also_goes_with_the_sentence_that_it_pointed_to(language: str, sentence: str, clause: str) -> None:
    assert spoken_clauses(sentence, None, tongue_of(language)) == [clause]


def test_while_keeps_its_place_when_the_main_clause_follows() -> None:
    sentence = "While tea is grown in many countries of the world, most of it comes from China, which also drinks it."
    assert spoken_clauses(sentence, TEA, tongue_of("en"))[0].startswith("While tea is grown")


@pytest.mark.parametrize(
    "sentence",
    [
        "Mauna Loa es uno de los cinco volcanes que, junto con el volcán Kohala, el volcán Hualalai, el volcán Kilauea y el"
        " volcán Mauna Kea, forman la isla de Hawái en el estado de Hawái en el océano Pacífico.",
    ],
)
def test_what_would_lose_its_verb_is_not_told(sentence: str) -> None:
    assert spoken_clauses(sentence, None, tongue_of("es")) == []


def test_a_list_is_not_cut_into_a_false_sentence() -> None:
    sentence = (
        "The museum was founded by a rich family of merchants from the old harbour and holds paintings, drawings,"
        " prints, coins, maps, books, clocks, globes, furniture and many other things of the house."
    )
    for clause in spoken_clauses(sentence, None, tongue_of("en")):
        assert clause.endswith(("house.", "harbour."))
