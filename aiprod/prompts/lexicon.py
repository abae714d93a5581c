"""The multilingual lexicons: which words name subjects, settings and people, read from the tables beside this file.

`subjects.tsv`: what may be seen, its kind, where it is at home, how it moves, its names in six languages.
`settings.tsv`: places and what they may look like, light, weather, season, camera, framing, mood, action. `people.tsv`:
famous people and what shows them. `phrases.tsv`: the same notions as phrases, for writing prompts. Knows no renderer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Generic, TypeAlias, TypeVar

from aiprod.prompts.words import Token, fold, looks_plural, singulars, tokens
from aiprod.story import LANGUAGES

LONGEST_PHRASE_WORDS = 5
ARRANGEMENT = "arrangement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that may be seen. `home` and `flora` are where it is met when no place is told; `words` name it in
    one language, the commonest first; `gait` is how it moves when nothing is told."""

    concept: str
    kind: str
    home: str
    flora: str
    gait: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A notion about a scene: `kind` is place, time, weather...; `value` is what the renderers call it;
    `detail` says more: what grows in a place, what is done in an action."""

    kind: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A famous person: the subject that stands for them, the figure that looks like them (its English word), where
    they are at home, and "f" or "m"."""

    name: str
    concept: str
    look: str
    home: str
    flora: str
    gender: str


Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Generic[Entry]):
    """An entry met in a text: its tokens first..last, the words as written, and whether they were a plural."""

    entry: Entry
    first: int
    last: int
    text: str
    plural: bool


Phrases: TypeAlias = Mapping[tuple[str, ...], Sequence[Entry]]
"""Entries by their folded words."""


def find_phrases(words: Sequence[Token], phrases: Phrases[Entry], language: str) -> tuple[Match[Entry], ...]:
    """Every entry named in the text, in order; of phrases that overlap the longest wins, then the first."""
    forms = [singulars(token.folded, language) for token in words]
    found: list[Match[Entry]] = []
    start = 0
    while start < len(words):
        for count in range(min(LONGEST_PHRASE_WORDS, len(words) - start), 0, -1):
            phrase = _named(forms[start : start + count], phrases)
            if phrase is None:
                continue
            covered = words[start : start + count]
            text = "".join(token.text + token.after for token in covered[:-1]) + covered[-1].text
            plural = any(
                one != token.folded and looks_plural(token.folded, language)
                for one, token in zip(phrase, covered, strict=True)
            )
            found += [
                Match(entry=entry, first=start, last=start + count - 1, text=text, plural=plural)
                for entry in phrases[phrase]
            ]
            start += count - 1
            break
        start += 1
    return tuple(found)


def _named(forms: Sequence[tuple[str, ...]], phrases: Phrases[Entry]) -> tuple[str, ...] | None:
    return next((choice for choice in product(*forms) if choice in phrases), None)


@cache
def subjects(language: str) -> Phrases[Subject]:
    """Subjects by their names in a language."""
    named: dict[tuple[str, ...], list[Subject]] = {}
    for row in _rows("subjects.tsv"):
        words = tuple(row[language].split("/"))
        home, _, flora = row["home"].partition(":")
        subject = Subject(
            concept=row["concept"], kind=row["kind"], home=home, flora=flora, gait=row["gait"], words=words
        )  # fmt: skip
        for word in words:
            named.setdefault(phrase_key(word), []).append(subject)
    return {key: (entries[0],) for key, entries in named.items()}


@cache
def settings(language: str) -> Phrases[Setting]:
    """Settings by their names in a language; one phrase may name several (a storm is weather and light)."""
    named: dict[tuple[str, ...], list[Setting]] = {}
    for row in _rows("settings.tsv"):
        if row["kind"] == ARRANGEMENT:
            continue
        value, _, detail = row["value"].partition(":")
        setting = Setting(kind=row["kind"], value=value, detail=detail)
        for word in row[language].split("/"):
            entries = named.setdefault(phrase_key(word), [])
            if all(entry.kind != setting.kind for entry in entries):
                entries.append(setting)
    return {key: tuple(entries) for key, entries in named.items()}


@cache
def arrangements(place: str) -> Mapping[str, tuple[str, ...]]:
    """What a place may look like ("kitchen" of an interior, one of several rooms that a cat suits), by each folded word that
    asks for it, in any language."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("settings.tsv"):
        value, _, looks = row["value"].partition(":")
        if row["kind"] == ARRANGEMENT and value == place:
            for word in (fold(word) for language in LANGUAGES for word in row[language].split("/")):
                found[word] = tuple(dict.fromkeys((*found.get(word, ()), *looks.split("+"))))
    return found


@cache
def people() -> Phrases[Person]:
    """Famous people by their names, in any language."""
    named: dict[tuple[str, ...], tuple[Person]] = {}
    for row in _rows("people.tsv"):
        home, _, flora = row["home"].partition(":")
        person = Person(
            name=row["name"], concept=row["concept"], look=row["look"], home=home, flora=flora, gender=row["gender"]
        )  # fmt: skip
        for name in (row["name"], *filter(None, row["aliases"].split("/"))):
            named[phrase_key(name)] = (person,)
    return named


@cache
def phrases(kind: str, language: str) -> Mapping[str, str]:
    """Phrases of a kind (place, action, light, camera, framing) for writing a prompt, by key."""
    return {row["key"]: row[language] for row in _rows("phrases.tsv") if row["kind"] == kind}


def phrase_key(text: str) -> tuple[str, ...]:
    """Folded words of a phrase."""
    return tuple(token.folded for token in tokens(text))


def known_language(language: str) -> str:
    """The language if it has a lexicon, else English."""
    return language if language in LANGUAGES else "en"


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = files("aiprod.prompts").joinpath(name).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(header, line.split("\t"), strict=True))
