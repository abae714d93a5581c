"""A place shows the room that its prompt names, in five languages; and is left to its variant where none is named."""

from itertools import pairwise

import pytest

from aiprod.prompts.lexicon import arrangements
from aiprod.visuals.motion.archetypes.interior import Interior
from aiprod.visuals.motion.arrangements import ARRANGEMENTS, arranged
from aiprod.visuals.motion.spec import SceneSpec


@pytest.mark.parametrize(
    ("place", "prompt", "wanted"),
    [
        ("interior", "a cosy kitchen with a cook", "kitchen"),
        ("interior", "an old library full of books", "library"),
        ("interior", "la salle du trône d'un roi", "hall"),
        ("interior", "un musée et ses peintures", "museum"),
        ("interior", "eine Lehrerin schreibt an die Tafel in der Schule", "classroom"),
        ("interior", "un carpintero en su taller", "workshop"),
        ("interior", "a sofa in a living room", "living"),
        ("laboratory", "a data center with servers", "servers"),
        ("laboratory", "a scientist looking through a microscope", "biology"),
        ("laboratory", "um astrônomo e o seu telescópio: telescopio", "observatory"),
        ("village", "a farmhouse and its barn", "farm"),
        ("village", "la piazza del mercato", "square"),
        ("village", "a cobbled street", "street"),
        ("ruins", "a Roman soldier", "roman"),
        ("ruins", "the Colosseum among ancient ruins", "roman"),
        ("ruins", "un château fort", "castle"),
        ("ruins", "Maya priest", "jungle"),
        ("ruins", "un filósofo griego", "temple"),
        ("ruins", "the pyramids of Egypt", "desert"),
        ("ruins", "Stonehenge at dawn", "circle"),
        ("planet", "Mars above a planet", "mars"),
        ("planet", "les anneaux de Saturne", "ringed"),
        ("planet", "Jupiter, ein Gasriese", "giant"),
        ("planet", "the Earth from space", "earth"),
    ],
)
def test_the_room_that_is_named_is_the_room_that_is_shown(place: str, prompt: str, wanted: str) -> None:
    names = ARRANGEMENTS[place]
    for variant in (0, 7, 100, 255):
        chosen = arranged(place, variant, prompt)
        assert names[chosen % len(names)] == wanted
        assert 0 <= chosen <= 255


@pytest.mark.parametrize("place", sorted(ARRANGEMENTS))
def test_every_arrangement_can_be_asked_for_and_nothing_else_is(place: str) -> None:
    assert {look for looks in arrangements(place).values() for look in looks} == set(ARRANGEMENTS[place])


def test_nothing_named_changes_nothing() -> None:
    assert arranged("interior", 41, "a horse sleeps", "") == 41
    assert arranged("forest", 41, "a library in the woods") == 41


def test_the_picture_is_heard_before_the_voice() -> None:
    names = ARRANGEMENTS["interior"]
    chosen = arranged("interior", 3, "a quiet kitchen", "Kings and queens of the palace")
    assert names[chosen % len(names)] == "kitchen"


def test_a_hall_is_seen_from_higher_than_a_kitchen() -> None:
    names = ARRANGEMENTS["interior"]
    hall, kitchen = (
        Interior().setting(SceneSpec(archetype="interior", seed=1, variant=names.index(n))) for n in ("hall", "kitchen")
    )
    assert hall.eye_height > kitchen.eye_height


@pytest.mark.parametrize(
    ("prompt", "rooms"),
    [
        ("Computer in a quiet room", {"study", "living", "library", "classroom"}),
        ("Tasse de café dans une pièce calme", {"kitchen", "living"}),
        ("Katze in einem ruhigen Zimmer", {"living", "kitchen", "library", "study"}),
    ],
)
def test_what_suits_several_rooms_is_seen_in_each_of_them(prompt: str, rooms: set[str]) -> None:
    names = ARRANGEMENTS["interior"]
    shown = [names[arranged("interior", variant, prompt) % len(names)] for variant in range(8)]
    assert set(shown) == rooms
    assert all(one != other for one, other in pairwise(shown))
