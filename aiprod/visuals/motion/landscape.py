"""Where and when a scene is: archetype, flora, lights that suit it, weather, season and particles, from what is said.

Keyword rules: a place that is told wins; then where the hero is at home; then what the map says. Knows no subject's
picture and no neighbouring scene.
"""

from dataclasses import dataclass

from aiprod.prompts import Place, PromptFacts, leading_subject
from aiprod.visuals.motion.spec import ARCHETYPES
from aiprod.visuals.motion.variation import draw

TOWN_LIFE = ("city", "village", "interior", "stage")
FIRST_CITY_YEAR = 1800

_FINER = {
    "field": ("savanna",),
    "forest": ("jungle", "forest"),
    "sea": ("underwater",),
    "snow": ("polar",),
    "river": ("savanna",),
}
"""Where a broad word for a place gives way to where the hero is at home: a lion on "the plain" is in the savanna."""

_PLACE_KINDS = {
    "sea": "sea", "river": "river", "lake": "lake", "desert": "desert", "mountains": "mountains", "volcano": "volcano",
    "island": "beach", "town": "city", "capital": "city", "country": "map", "continent": "map", "region": "map",
}  # fmt: skip
_POLAR_NAMES = 66.0

_FLORA = {
    "forest": ("broadleaf", "pine", "birch"), "jungle": ("tropical",), "savanna": ("acacia",), "snow": ("pine",),
    "mountains": ("pine",), "lake": ("pine", "reeds"), "river": ("reeds", "broadleaf"), "field": ("grass", "flowers"),
    "beach": ("palm",), "village": ("broadleaf",), "underwater": ("coral", "kelp"), "ruins": ("grass",),
    "battlefield": ("grass",),
}  # fmt: skip

_OPEN_AIR = ("golden", "day", "sunset", "dawn", "overcast", "dusk", "night")
_TIMES = {
    "underwater": ("day", "dusk", "golden", "night"), "space": ("night",), "blackhole": ("night",),
    "planet": ("night", "day"), "moonscape": ("day", "dusk"),
    "map": ("day", "golden", "dusk", "night"), "stage": ("dusk", "day", "night", "golden"),
    "interior": ("golden", "day", "dusk", "night"), "laboratory": ("day", "night", "dusk"),
    "cave": ("dusk", "day", "night"), "volcano": ("night", "sunset", "dusk", "overcast"),
    "city": ("night", "golden", "dusk", "day", "sunset"), "desert": ("sunset", "day", "golden", "dawn", "night"),
    "savanna": ("golden", "sunset", "day", "dawn", "dusk"), "polar": ("day", "dawn", "overcast", "dusk", "night"),
    "snow": ("day", "overcast", "dawn", "dusk", "night"), "battlefield": ("overcast", "sunset", "dawn", "dusk"),
}  # fmt: skip
_MOOD_TIMES = {
    "calm": ("dawn", "golden", "day", "sunset"), "wonder": ("golden", "dawn", "night", "sunset"),
    "epic": ("sunset", "golden", "storm", "dawn"), "tense": ("overcast", "dusk", "night", "storm"),
    "playful": ("day", "golden", "dawn"), "sad": ("overcast", "dusk", "night"),
    "mystery": ("dusk", "night", "overcast", "dawn"), "hopeful": ("dawn", "golden", "day"),
}  # fmt: skip
_OUTSIDE_WEATHER = frozenset(ARCHETYPES) - {
    "underwater", "cave", "interior", "laboratory", "space", "planet", "moonscape", "blackhole", "map", "stage",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """Where a scene is; `times` are the lights that suit it, one when it is told."""

    archetype: str
    flora: str
    times: tuple[str, ...]


def settle(shown: PromptFacts, said: PromptFacts, *, mood: str, seed: int) -> Landscape:
    """The landscape of a scene from its picture's prompt and its narration; `seed` is the film's."""
    archetype, flora = _where(shown, said)
    archetype = _in_its_time(archetype, shown, said)
    if not flora or (flora == "none" and archetype != "stage"):
        growing = _FLORA.get(archetype, ("none",))
        flora = growing[draw(seed, "flora", archetype) % len(growing)]
    if archetype == "desert" and flora == "cactus" and any(s.subject.concept == "camel" for s in shown.subjects):
        flora = "none"
    told = shown.time or (said.time if said.time in ("night", "sunset", "dawn", "dusk") else "")
    suited = _TIMES.get(archetype, _OPEN_AIR)
    stormy = ("storm",) if _outside(archetype) else ()
    moods = tuple(time for time in _MOOD_TIMES.get(mood, ()) if time in (*suited, *stormy))
    times = (told,) if told else moods if len(moods) >= 2 else suited
    return Landscape(archetype=archetype, flora=flora, times=times)


def weather(landscape: Landscape, facts: PromptFacts, time: str, variant: int) -> str:
    """The weather that is told, else one that suits place and light (most often clear)."""
    if not _outside(landscape.archetype):
        return "clear"
    if facts.weather:
        return facts.weather
    if time == "storm":
        return "storm"
    if landscape.archetype in ("snow", "polar"):
        return ("snow", "clear", "wind")[variant % 3]
    if time == "dawn" and landscape.archetype in ("forest", "lake", "river", "mountains", "jungle", "field"):
        return ("fog", "clear")[variant % 2]
    if time == "overcast":
        return ("clear", "wind", "fog")[variant % 3]
    return "clear"


def season(landscape: Landscape, facts: PromptFacts, sky: str, seed: int) -> str:
    """The season that is told, else what the place implies, else the film's."""
    if facts.season:
        return facts.season
    if landscape.archetype in ("snow", "polar") or sky == "snow":
        return "winter"
    if landscape.flora in ("cherry", "flowers"):
        return "spring"
    return ("summer", "summer", "spring", "autumn")[draw(seed, "season") % 4]


def particles(landscape: Landscape, sky: str, time: str, year: str) -> str:
    """What floats in the air or the water."""
    by_weather = {"rain": "rain", "storm": "rain", "snow": "snow", "dust": "dust"}
    inside = {
        "underwater": "bubbles", "space": "stars", "blackhole": "stars", "planet": "stars", "interior": "dust",
        "cave": "dust", "volcano": "embers", "stage": "dust", "laboratory": "none", "map": "none",
    }  # fmt: skip
    if landscape.archetype in inside:
        return inside[landscape.archetype]
    if landscape.archetype == "desert" and sky in ("wind", "dust"):
        return "sand"
    if sky in by_weather:
        return by_weather[sky]
    if landscape.archetype == "battlefield":
        return "ash"
    green = landscape.archetype in ("forest", "jungle", "field", "river", "lake", "village")
    if green and time in ("night", "dusk"):
        return "fireflies" if year in ("spring", "summer") else "none"
    if green and year == "autumn":
        return "leaves"
    if green and year == "spring":
        return "petals" if landscape.flora == "cherry" else "pollen"
    if green or landscape.archetype in ("savanna", "ruins"):
        return "pollen" if green else "dust"
    return "none"


def is_map_kind(place: Place) -> bool:
    """Whether a place is better shown on a map than as a landscape."""
    return _PLACE_KINDS.get(place.kind) == "map"


def _where(shown: PromptFacts, said: PromptFacts) -> tuple[str, str]:
    hero = leading_subject(shown)
    person = next(iter(shown.people), None)
    home, flora = (hero.subject.home, hero.subject.flora) if hero else ("", "")
    if person:
        home, flora = person.home, person.flora
    if shown.place == "sky" and shown.places and not (hero or person):
        return _from_atlas(shown.places[0]), ""
    if shown.place and not (shown.place == "sky" and home and home not in ("sky", "stage", "interior")):
        if home in _FINER.get(shown.place, ()) and not (home == "underwater" and shown.action in ("hop", "fly")):
            return home, flora
        return shown.place, shown.flora
    if shown.travel and len(shown.places) >= 2:
        return "map", "none"
    if home in ("forest", "field") and shown.weather == "snow":
        return "snow", "pine"
    if home and home not in TOWN_LIFE:
        return home, flora
    if shown.places and not hero and not person:
        return _from_atlas(shown.places[0]), ""
    if shown.places and home in ("city", "village") and not is_map_kind(shown.places[0]):
        return _from_atlas(shown.places[0]), ""
    if home:
        return home, flora
    return _from_narration(shown, said)


def _from_narration(shown: PromptFacts, said: PromptFacts) -> tuple[str, str]:
    """When the prompt shows nothing that is known: what the voice says meanwhile; else a stage for symbols."""
    if shown.keywords and not said.people:
        return "stage", "none"
    hero = leading_subject(said)
    if said.people:
        return said.people[0].home, said.people[0].flora
    if said.place and said.place != "sky":
        return said.place, said.flora
    if hero:
        return hero.subject.home, hero.subject.flora
    if said.places:
        return _from_atlas(said.places[0]), ""
    return "stage", "none"


def _from_atlas(place: Place) -> str:
    if abs(place.lat) > _POLAR_NAMES and place.kind in ("sea", "continent"):
        return "polar"
    return _PLACE_KINDS.get(place.kind, "map")


def _in_its_time(archetype: str, shown: PromptFacts, said: PromptFacts) -> str:
    """No skyscrapers before there were any."""
    if archetype != "city" or shown.place == "city":
        return archetype
    person_home = next((person.home for person in (*shown.people, *said.people)), "")
    years = [figure.value for figure in (*shown.figures, *said.figures) if figure.year]
    if person_home == "ruins":
        return "ruins"
    return "village" if years and min(years) < FIRST_CITY_YEAR else archetype


def _outside(archetype: str) -> bool:
    return archetype in _OUTSIDE_WEATHER
