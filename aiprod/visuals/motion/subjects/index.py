"""The subject index: every thing that can be drawn, its words in six languages, and how to find it by words.

Knows the packs' index and spelling (accents, plurals). Knows no picture: `icons.py` and the rig rooms draw.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeAlias

import msgspec

from aiprod.errors import NotFound
from aiprod.visuals.motion.spec import Gait

Kind: TypeAlias = Literal["icon", "quadruped", "bird", "fish", "snake", "insect", "human", "painted"]
Category: TypeAlias = Literal[
    "animal", "plant", "food", "place", "building", "vehicle", "sky", "object", "sport", "clothing", "instrument",
    "symbol", "person",
]  # fmt: skip

NAME_SCORE: Final = 0.9
TAG_SCORE: Final = 0.62
LEAST_SCORE: Final = 0.5
ENGLISH_FACTOR: Final = 0.92
PHRASE_WORDS: Final = 4
LITTLE_WORDS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "and",
        "with",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "de",
        "du",
        "d",
        "l",
        "en",
        "et",
        "au",
        "aux",
        "el",
        "los",
        "las",
        "y",
        "con",
        "il",
        "lo",
        "gli",
        "i",
        "e",
        "di",
        "o",
        "os",
        "as",
        "um",
        "uma",
        "do",
        "da",
        "dos",
        "das",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "und",
        "mit",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A thing that can be drawn. `facing` is the way its own picture looks; `body` says whether all of it is there
    ("face" and "part" never stand for a whole body); `metres` is its natural height."""

    key: str
    kind: Kind
    category: Category
    facing: Literal["left", "right", "front"]
    body: Literal["whole", "face", "part"]
    gait: Gait
    metres: float
    habitat: str
    pack: str
    names: Mapping[str, tuple[str, ...]]
    tags: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class IconMatch:
    """A subject found by words: `name` is its key, `words` are places in the words given, [first, last + 1)."""

    name: str
    score: float
    subject: Subject
    words: tuple[int, int]


@cache
def subjects() -> Mapping[str, Subject]:
    """All subjects by key, in the pack's order (people and animals drawn by AIPROD first)."""
    folder = files("aiprod.visuals.motion.subjects").joinpath("packs")
    text = folder.joinpath("index.json").read_bytes()
    published = {subject.key: subject for subject in msgspec.json.decode(text, type=tuple[Subject, ...])}
    rows = folder.joinpath("painted.tsv").read_text("utf-8").splitlines()
    painted = [_painted(row.split("\t"), published) for row in rows if row and not row.startswith("#")]
    return {subject.key: subject for subject in painted} | {
        key: subject for key, subject in published.items() if key not in {one.key for one in painted}
    }


def _painted(row: Sequence[str], published: Mapping[str, Subject]) -> Subject:
    """A painted thing of its table's row; it takes the place, and the published words, of an icon of its key."""
    key, category, facing, metres, gait, habitat, words = row
    names: dict[str, tuple[str, ...]] = {}
    for cell in words.split("|"):
        language, _, own = cell.partition("=")
        names[language] = tuple(own.split(","))
    icon = published.get(key)
    for language, known in (icon.names if icon else {}).items():
        names[language] = (*names.get(language, ()), *known)
    return msgspec.convert({
        "key": key, "kind": "painted", "category": category, "facing": facing, "body": "whole", "gait": gait,
        "metres": float(metres), "habitat": habitat, "pack": "", "names": names, "tags": icon.tags if icon else {},
    }, Subject)  # fmt: skip


def find_subject(key: str) -> Subject:
    """The subject of that key. Raises: NotFound."""
    subject = subjects().get(key)
    if subject is None:
        raise NotFound(f"Expected a subject of the pack, found {key!r}; find_icon says which there are.")
    return subject


def match_of(key: str) -> IconMatch:
    """The subject of that key, as if all words had named it. Raises: NotFound."""
    return IconMatch(name=key, score=1.0, subject=find_subject(key), words=(0, 1))


def find_icon(words: Sequence[str], language: str) -> IconMatch | None:
    """The best subject for words in reading order, or None when none fits; exact names win over weaker words."""
    found = find_icons(words, language, limit=1)
    return found[0] if found else None


def find_icons(words: Sequence[str], language: str, *, limit: int = 6) -> tuple[IconMatch, ...]:
    """Distinct subjects named by the words, best first; no word serves two of them."""
    spelled = [part for word in words for part in _spell(word).split()]
    owners = [index for index, word in enumerate(words) for _ in _spell(word).split()]
    candidates: list[IconMatch] = []
    for length in range(min(PHRASE_WORDS, len(spelled)), 0, -1):
        for start in range(len(spelled) - length + 1):
            phrase = spelled[start : start + length]
            if phrase[0] in LITTLE_WORDS or phrase[-1] in LITTLE_WORDS:
                continue
            place = (owners[start], owners[start + length - 1] + 1)
            candidates.extend(
                IconMatch(name=key, score=round(score, 4), subject=subjects()[key], words=place)
                for key, score in _matches(" ".join(phrase), language, length, start)
            )
    candidates.sort(key=lambda match: -match.score)
    chosen: list[IconMatch] = []
    for match in candidates:
        clash = any(match.name == other.name or _overlap(match.words, other.words) for other in chosen)
        if not clash and match.score >= LEAST_SCORE and len(chosen) < limit:
            chosen.append(match)
    return tuple(chosen)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _matches(phrase: str, language: str, length: int, start: int) -> Iterable[tuple[str, float]]:
    """Keys and scores for one phrase: longer phrases, rarer words and earlier places score higher."""
    for factor, vocabulary in ((1.0, _vocabulary(language)), (ENGLISH_FACTOR, _vocabulary("en"))):
        for form, cost in _forms(phrase, language):
            entries = vocabulary.get(form, ())
            for rank, (key, strength) in enumerate(entries):
                score = strength if strength == NAME_SCORE else strength / max(1.0, (len(entries) - 1) ** 0.5)
                yield key, factor * (score - cost) + 0.03 * (length - 1) - 0.004 * min(start, 10) - 0.001 * rank


@cache
def _vocabulary(language: str) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Normal forms of all words of a language, with the subjects that they name or suggest."""
    table: dict[str, dict[str, float]] = {}
    for subject in subjects().values():
        own = [(word, NAME_SCORE) for word in subject.names.get(language, ())]
        if language == "en":
            own.append((subject.key.replace("-", " "), NAME_SCORE))
        for word, strength in own + [(word, TAG_SCORE) for word in subject.tags.get(language, ())]:
            held = table.setdefault(_spell(word), {})
            held[subject.key] = max(strength, held.get(subject.key, 0.0))
    return {word: tuple(sorted(held.items(), key=lambda item: -item[1])) for word, held in table.items()}


def _spell(word: str) -> str:
    """Lower case, without accents and punctuation."""
    flat = unicodedata.normalize("NFKD", word.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss"))
    kept = "".join(c if c.isalnum() else " " for c in flat if not unicodedata.combining(c))
    return " ".join(kept.split())


def _forms(phrase: str, language: str) -> Iterable[tuple[str, float]]:
    """The phrase and its likely singulars, each with what the guess costs."""
    yield phrase, 0.0
    singular = " ".join(_singular(word, language) for word in phrase.split())
    if singular != phrase:
        yield singular, 0.01
    *before, last = phrase.split()
    for ending, replacement in _ENDINGS.get(language, ()):
        if last.endswith(ending) and len(last) - len(ending) >= 2:
            yield " ".join([*before, last.removesuffix(ending) + replacement]), 0.02


def _singular(word: str, language: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and language in ("en", "fr", "es", "pt"):
        return word[:-1]
    return word


_ENDINGS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "en": (("ies", "y"), ("ves", "f"), ("ves", "fe"), ("es", ""), ("men", "man")),
    "fr": (("aux", "al"), ("eaux", "eau"), ("eux", "eu"), ("oux", "ou"), ("euse", "eur"), ("trice", "teur")),
    "es": (("es", ""), ("ces", "z")),
    "it": (("i", "o"), ("i", "e"), ("e", "a"), ("hi", "o"), ("he", "a")),
    "pt": (("oes", "ao"), ("aes", "ao"), ("es", ""), ("ais", "al"), ("eis", "el")),
    "de": (("e", ""), ("en", "e"), ("en", ""), ("er", ""), ("n", ""), ("innen", "in"), ("s", "")),
}
