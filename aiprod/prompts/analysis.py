"""What a prompt or a sentence is about: subjects, action, place, light, weather, season, mood, camera, people, places.

Keyword rules over the lexicons, in the text's own language (guessed when the words speak for another one). Knows no
renderer: values are the words of the lexicon tables, and an empty value means that the text does not say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from aiprod.prompts.figures import Figure, find_figures
from aiprod.prompts.gazetteer import Place, find_places
from aiprod.prompts.lexicon import (
    Match,
    Person,
    Setting,
    Subject,
    find_phrases,
    known_language,
    people,
    phrases,
    settings,
    subjects,
)  # fmt: skip
from aiprod.prompts.readings import is_denied, is_twofold, names_a_thing
from aiprod.prompts.words import Token, guess_language, is_stop_word, tokens
from aiprod.story import LANGUAGES

TIME_ORDER = ("night", "sunset", "dawn", "dusk", "golden", "storm", "day", "overcast")
WEAK_PLACES = {
    "sky": 2.5, "stage": 1.0, "map": -1.5, "space": 0.3, "interior": 0.2, "field": 0.2, "sea": 0.1, "battlefield": 0.2,
    "snow": 2.2,
}  # fmt: skip
"""How much less (or more, below 0) a word for the place counts: skies are everywhere, snow lies on other
places, a map is meant."""

_BEFORE_A_PLACE = (
    "in into on at through across inside within over near by amid among above along aboard around under against from "
    "dans en sur au aux a parmi chez sous vers entre pres autour le long travers "
    "nel nella nello nell nei nelle negli sul sulla su tra fra presso "
    "no na nos nas em sobre entre junto im am auf durch zwischen uber unter bei "
    "crosses crossing cross traverse traversant traversent franchit cruza cruzan attraversa attraversano atravessa"
)
_IN = frozenset(_BEFORE_A_PLACE.split())
_CAMERAS = frozenset({"camera", "camara", "kamera", "objectif", "lens"})
_NOT_SHOWN = frozenset({"camera", "composition", "time", "idiom"})
_COLOURS = frozenset({"rose", "rosa", "orange", "naranja", "arancione", "laranja", "violet", "violette", "violeta", "lavender", "lavande",
                      "olive", "marron", "corail", "coral", "or", "oro", "gold", "argent", "silver"})  # fmt: skip
_PLACING = frozenset({"deux", "trois", "quatre", "dos", "tres", "quattro", "tre", "due", "grande", "grand", "grosse", "petite", "belle"})
_VERBS = frozenset({"guards", "flies", "watches", "rings", "rocks", "bears", "ducks", "hammers", "waves", "rises", "rows", "sails"})
_HYPHENS = ("-", "‐", "‑")
_ARTICLES = {"en": frozenset({"a", "no"}), "pt": frozenset({"a"})}
"""Words that stand before a place in another language, and are articles here."""
_EPITHETS = ("woman", "man", "child", "baby", "family", "person", "boy", "girl")
_BEASTS = ("animal", "bird", "fish", "insect")
_HEAD_LAST = ("en", "de")
_DIRECTIONS = {
    "left": "left gauche izquierda sinistra esquerda links",
    "right": "right droite derecha destra direita rechts",
    "up": "up upward upwards rising ascendant haut arriba ascendente alto cima oben aufwarts plongee",
    "down": "down downward downwards descending descendant bas abajo descendente basso baixo unten abwarts",
    "out": "out back away arriere atras retroceso indietro tras zuruck",
    "in": "in closer forward avant adelante delante avance avanti frente vorwarts naher",
}
_DIRECTION_WORDS = {word: way for way, words in _DIRECTIONS.items() for word in words.split()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSubject:
    """A subject named in the text: how many, whether a young one, whether far behind, and the word used."""

    subject: Subject
    word: str
    count: int
    young: bool
    background: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptFacts:
    """All that a text says, in order of its words; "" and () mean that it does not say.

    `action` is a way to move ("sit"), `deed` what is done meanwhile ("eat"); `place` is an archetype of landscape
    ("forest"), `flora` what grows there; `offspring` that young ones are with the subject; people are named as the
    text names them; `keywords` are the content words that stand for no setting, for looking up pictures.
    """

    language: str
    subjects: tuple[SeenSubject, ...]
    action: str
    deed: str
    place: str
    flora: str
    time: str
    weather: str
    season: str
    mood: str
    camera: str
    camera_direction: str
    composition: str
    travel: bool
    offspring: bool
    people: tuple[Person, ...]
    places: tuple[Place, ...]
    figures: tuple[Figure, ...]
    keywords: tuple[str, ...]


def analyse(text: str, language: str, *, certain: bool = False) -> PromptFacts:
    """What the text says. `language` is what it is expected to be in; a text may speak for another unless it is
    certain."""
    words = tokens(text)
    language = known_language(language)
    if not certain:
        language = _language(text, words, language)
    filming = _camera_clauses(words)
    met = [
        match for match in find_phrases(words, settings(language), language)
        if (match.entry.kind != "place" or match.first not in filming)
        and (match.entry.kind != "action" or not is_denied(words, match.first, match.last, language))
    ]  # fmt: skip
    named = find_phrases(words, people(), "")
    known = [match for match in named if words[match.first].capital]
    taken = {index for match in known for index in range(match.first, match.last + 1)}
    seen = [
        match for match in find_phrases(words, subjects(language), language)
        if match.first not in taken | filming and not _is_colour(match, words, language)
        and not _ends_a_name(match, words, language)
    ]  # fmt: skip
    things = {
        match.first: names_a_thing(words, match.first, match.last, language)
        for match in seen if is_twofold(match.entry.concept, words[match.last].folded)
    }  # fmt: skip
    seen = [match for match in seen if things.get(match.first, True) and not _in_a_phrase(match, met)]
    met = [match for match in met if match.entry.kind != "place" or not things.get(match.first)]
    far = {match.first for match in met if match.entry.kind == "background"}
    place = _place(words, met, far, language)
    shown = _seen(_without_epithets(_whole_words(seen, words), words, language), met, far)
    return PromptFacts(
        language=language,
        subjects=shown,
        action=_first(met, "action"),
        deed=next((match.entry.detail for match in met if match.entry.kind == "action"), ""),
        place=place.value if place else "",
        flora=place.detail if place else "",
        time=_time(met),
        weather=_first(met, "weather"),
        season=_first(met, "season"),
        mood=_first(met, "mood"),
        camera=_first(met, "camera"),
        camera_direction=_direction(words, met),
        composition=_first(met, "composition"),
        travel=any(match.entry.kind == "travel" for match in met),
        offspring=any(match.entry.kind == "young" for match in met) and not any(one.young for one in shown),
        people=tuple(dict.fromkeys(replace(match.entry, name=match.text) for match in known)),
        places=tuple(match.entry for match in find_places(words, language) if match.first not in taken),
        figures=find_figures(text, language),
        keywords=_keywords(words, met, language),
    )


def _language(text: str, words: Sequence[Token], expected: str) -> str:
    """The text's language: by its little words, or, when it has none, by the lexicon that knows half of its words."""
    language = guess_language(text, expected)
    if language != expected or not words or _known_words(words, language):
        return language
    if any(is_stop_word(token.folded, language) for token in words):
        return language
    best = max(LANGUAGES, key=lambda other: (_known_words(words, other), other == expected))
    return best if 2 * _known_words(words, best) >= len(words) else language


def _known_words(words: Sequence[Token], language: str) -> int:
    spans = [(match.first, match.last) for match in find_phrases(words, settings(language), language)]
    spans += [(match.first, match.last) for match in find_phrases(words, subjects(language), language)]
    return len({index for first, last in spans for index in range(first, last + 1)})


def _first(met: Sequence[Match[Setting]], kind: str) -> str:
    return next((match.entry.value for match in met if match.entry.kind == kind), "")


def _time(met: Sequence[Match[Setting]]) -> str:
    told = {match.entry.value for match in met if match.entry.kind == "time"}
    return next((time for time in TIME_ORDER if time in told), "")


def _place(words: Sequence[Token], met: Sequence[Match[Setting]], far: set[int], language: str) -> Setting | None:
    """The place where the scene is: what follows "in" or "on" wins over what is merely mentioned or far behind."""
    leading = _IN - _ARTICLES.get(language, frozenset())
    best: tuple[float, Setting] | None = None
    for match in met:
        if match.entry.kind != "place":
            continue
        before = {token.folded for token in _leading_words(words, match.first)}
        around = range(match.first - 3, match.last + 4)
        score = 2.0 * bool(before & leading) - 2.5 * any(i in far for i in around) - 0.01 * match.first
        score += 0.3 * (match.last - match.first) - WEAK_PLACES.get(match.entry.value, 0.0)
        if best is None or score > best[0]:
            best = (score, match.entry)
    return best[1] if best else None


def _leading_words(words: Sequence[Token], first: int) -> Sequence[Token]:
    """At most three words before a word, back to the last comma or stop."""
    start = first
    while start and first - start < 3 and words[start - 1].after.isspace():
        start -= 1
    return words[start:first]


def _seen(
    seen: Sequence[Match[Subject]], met: Sequence[Match[Setting]], far: set[int]
) -> tuple[SeenSubject, ...]:
    groups = {match.last: int(match.entry.value) for match in met if match.entry.kind == "group"}
    young = {match.first for match in met if match.entry.kind == "young"}
    found: dict[str, SeenSubject] = {}
    for match in seen:
        near = [groups[i] for i in range(match.first - 3, match.first) if i in groups]
        is_young = any(i in young for i in range(match.first - 2, match.last + 3))
        behind = any(i in far for i in range(match.first - 3, match.last + 1))
        count = near[-1] if near else 2 if match.plural else 1
        subject = SeenSubject(
            subject=match.entry, word=match.text, count=count, young=is_young, background=behind
        )  # fmt: skip
        found.setdefault(match.entry.concept, subject)
    return tuple(found.values())


def _whole_words(seen: Sequence[Match[Subject]], words: Sequence[Token]) -> list[Match[Subject]]:
    """Subjects less those that are but a part of a compound: nobody sails in "sous-marin", no lion is "lion-tailed"."""
    return [
        match for match in seen
        if not (match.first and words[match.first - 1].after in _HYPHENS) and words[match.last].after not in _HYPHENS
    ]  # fmt: skip


def _camera_clauses(words: Sequence[Token]) -> set[int]:
    """Words that tell only what the camera does: "the camera rises to the summit", "la camera sale"."""
    clauses: list[list[int]] = [[]]
    for index, token in enumerate(words):
        clauses[-1].append(index)
        if not (token.after.isspace() or token.after in ("", "'", "’", *_HYPHENS)):
            clauses.append([])
    return {
        index for clause in clauses if any(words[first].folded in _CAMERAS for first in clause[:2]) for index in clause
    }  # fmt: skip


def _in_a_phrase(match: Match[Subject], met: Sequence[Match[Setting]]) -> bool:
    """Whether the word is but a part of an idiom, or of what says how or when a picture is taken: no ship sails in a
    blood vessel, no plane flies in "vista aerea", and "au clair de lune" is a light. A full moon is there to be seen."""
    return any(
        phrase.entry.kind in _NOT_SHOWN and phrase.first <= match.first and match.last <= phrase.last
        and match.last - match.first < phrase.last - phrase.first
        and (match.entry.kind != "sky" or phrase.entry.kind == "idiom" or phrase.entry.detail == "light")
        for phrase in met
    )  # fmt: skip


def _is_colour(match: Match[Subject], words: Sequence[Token], language: str) -> bool:
    """Whether the word only says of what colour its neighbour is: "un ciel rose", "an orange sky"."""
    if match.first != match.last or words[match.first].folded not in _COLOURS:
        return False
    if language in ("en", "de"):
        beside = words[match.last + 1] if match.last + 1 < len(words) and words[match.last].after.isspace() else None
    else:
        beside = words[match.first - 1] if match.first and words[match.first - 1].after.isspace() else None
    return beside is not None and not is_stop_word(beside.folded, language) and beside.folded not in _PLACING


def _ends_a_name(match: Match[Subject], words: Sequence[Token], language: str) -> bool:
    """Whether the word is but the end of an English name: nothing burns in the "Ring of Fire"."""
    if language != "en" or match.first < 2 or not words[match.first].capital:
        return False
    link, head = words[match.first - 1], words[match.first - 2]
    return link.folded == "of" and head.capital and match.first > 2 and words[match.first - 3].after.isspace()


def _without_epithets(seen: Sequence[Match[Subject]], words: Sequence[Token], language: str) -> list[Match[Subject]]:
    """Subjects less those that only qualify the next, or say what it does: a mother panda is a panda, a human heart is a
    heart, a tiger shark is a shark, and with an octopus mother who guards are no woman and no guard."""
    seen = [
        match for match, before in zip(seen, [None, *seen], strict=False)
        if before is None or before.last + 1 != match.first or not words[before.last].after.isspace()
        or not (words[match.first].folded in _VERBS or match.entry.concept in _EPITHETS)
    ]  # fmt: skip
    kept = []
    for match, following in zip_longest(seen, seen[1:]):
        touching = following is not None and following.first == match.last + 1 and words[match.last].after.isspace()
        if touching and match.entry.concept in _EPITHETS:
            continue
        if touching and language in _HEAD_LAST and following and match.entry.kind in _BEASTS and following.entry.kind in _BEASTS:
            continue
        kept.append(match)
    return kept


def _direction(words: Sequence[Token], met: Sequence[Match[Setting]]) -> str:
    for match in met:
        if match.entry.kind == "camera":
            near = words[match.first : match.last + 4]
            return next((_DIRECTION_WORDS[t.folded] for t in near if t.folded in _DIRECTION_WORDS), "")
    return ""


def _keywords(words: Sequence[Token], met: Sequence[Match[Setting]], language: str) -> tuple[str, ...]:
    framing = {"camera", "composition", "time", "weather", "season", "mood", "group", "background", "action", "idiom"}
    bare = any(match.entry.kind == "place" and match.entry.value == "stage" for match in met)
    plain = {token.folded for token in tokens(phrases("place", language)["stage"])} if bare else set()
    spent = {i for match in met if match.entry.kind in framing for i in range(match.first, match.last + 1)}
    return tuple(
        token.text for i, token in enumerate(words)
        if i not in spent and len(token.text) > 2 and not is_stop_word(token.folded, language)
        and token.folded not in plain
    )  # fmt: skip
