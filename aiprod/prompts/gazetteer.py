"""Where on Earth a named place is: countries, capitals, large cities, seas, rivers, mountains, historical places.

Read from `places.tsv` (baked by scripts/build-places; borders from Natural Earth, names from Unicode CLDR, cities from
GeoNames, CC BY 4.0). Knows names and coordinates, not what a sentence does with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aiprod.prompts.lexicon import Match, Phrases, find_phrases, phrase_key, settings, subjects
from aiprod.prompts.words import Token, is_stop_word
from aiprod.story import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on Earth: its centre in degrees and about how many degrees of latitude it needs on a map.

    `country` is a numeric ISO 3166-1 code, or ""; `kind` is country, capital, town, sea, river, mountains...
    """

    name: str
    kind: str
    lon: float
    lat: float
    span_degrees: float
    country: str


def find_places(words: Sequence[Token], language: str) -> tuple[Match[Place], ...]:
    """Places named in a text, in order, each once.

    A name must be written with a capital; a word that also means a thing ("Nice", "Split") must not open a sentence.
    """
    matches = (*find_phrases(words, _by_name(language), ""), *find_phrases(words, _by_name("en"), ""))
    found: dict[tuple[float, float], Match[Place]] = {}
    for match in matches:
        place = match.entry
        if _is_name(words, match, language) and (place.lon, place.lat) not in found:
            found[place.lon, place.lat] = match
    return tuple(sorted(found.values(), key=lambda match: match.first))


def _is_name(words: Sequence[Token], match: Match[Place], language: str) -> bool:
    covered = words[match.first : match.last + 1]
    if not any(token.capital for token in covered):
        return False
    if len(covered) > 1:
        return True
    word = covered[0]
    opens = match.first == 0 or any(mark in words[match.first - 1].after for mark in ".!?:\n")
    means_a_thing = (word.folded,) in subjects(language) or (word.folded,) in settings(language)
    if match.entry.kind in ("town", "capital") and (means_a_thing or is_stop_word(word.folded, language)):
        return not opens and language != "de"
    return not is_stop_word(word.folded, language) and len(word.folded) > 2


@cache
def _by_name(language: str) -> Phrases[Place]:
    named: dict[tuple[str, ...], tuple[Place]] = {}
    lines = files("aiprod.prompts").joinpath("places.tsv").read_text(encoding="utf-8").splitlines()[1:]
    column = LANGUAGES.index(language) if language in LANGUAGES else 0
    for line in lines:
        kind, lon, lat, span, country, *names = line.split("\t")
        aliases = names[column].split("/")
        for alias in aliases:
            place = Place(
                name=alias[0].upper() + alias[1:], kind=kind, lon=float(lon), lat=float(lat), span_degrees=float(span),
                country=country,
            )  # fmt: skip
            named.setdefault(phrase_key(alias), (place,))
    return named
