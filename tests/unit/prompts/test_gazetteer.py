import pytest

from aiprod.prompts.gazetteer import find_places
from aiprod.prompts.words import tokens


@pytest.mark.parametrize(
    ("text", "language", "name", "lon", "lat"),
    [
        ("A walk in Rome", "en", "Rome", 12.5, 41.9),
        ("Une promenade à Rome", "fr", "Rome", 12.5, 41.9),
        ("Un viaje a Pekín", "es", "Pekín", 116.4, 39.9),
        ("Un viaggio a Parigi", "it", "Parigi", 2.35, 48.85),
        ("Uma viagem a Nova York", "pt", "Nova York", -74.0, 40.7),
        ("Eine Reise nach Wien", "de", "Wien", 16.4, 48.2),
        ("The Nile floods", "en", "Nile", 32.5, 25.0),
        ("Le Japon est un archipel", "fr", "Japon", 138, 37),
    ],
)
def test_a_place_is_where_it_is(text: str, language: str, name: str, lon: float, lat: float) -> None:
    (match,) = find_places(tokens(text), language)
    assert match.entry.name == name
    assert match.entry.lon == pytest.approx(lon, abs=2.0)
    assert match.entry.lat == pytest.approx(lat, abs=2.0)


def test_common_words_are_no_places() -> None:
    assert find_places(tokens("nice and cold in the bath"), "en") == ()
    assert find_places(tokens("Une lime et une pomme"), "fr") == ()


def test_countries_carry_the_code_that_maps_light() -> None:
    (match,) = find_places(tokens("In Italy"), "en")
    assert (match.entry.kind, match.entry.country) == ("country", "380")
