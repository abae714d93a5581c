"""What a stock library offers, what is looked for in it, and which of its clips suits a shot best.

Pure: knows no library's protocol and no file.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from aiprod.encoding import from_json, to_json
from aiprod.errors import InvalidInput
from aiprod.ports import FilmLook, ShotBrief
from aiprod.profiles import Shape
from aiprod.prompts import analyse
from aiprod.prompts.visual import leading_subject
from aiprod.prompts.words import fold

MOST_KEYWORDS = 3
_UNSEEN_PLACES = ("stage", "map")
"""Places of the drawn films that no camera finds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Words to look for, in a language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockSpec:
    """A scene's plan: queries, the best first; `turn` counts the scenes before that ask for the same, so that they do
    not show the same clip. `credited` tells that the clip carries its author's name."""

    queries: tuple[Query, ...]
    turn: int
    credited: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FootageFile:
    """One size in which a clip is offered."""

    url: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """A clip of a library: who made it, where its page is, how long it lasts, the words that describe it."""

    library: str
    page: str
    author: str
    author_page: str
    licence: str
    seconds: int
    words: frozenset[str]
    files: tuple[FootageFile, ...]

    @property
    def credit(self) -> str:
        """The line that names the author, the licence and the page."""
        who = f"{self.author} ({self.author_page})" if self.author_page else self.author
        return f"Footage by {who} on {self.library}, {self.licence}, {self.page}"

    def file_for(self, shape: Shape) -> FootageFile:
        """The smallest size that need not be enlarged for the shape; else the largest."""
        cover = [
            file for file in self.files if file.width_px >= shape.width_px and file.height_px >= shape.height_px
        ]
        return min(cover, key=_pixels) if cover else max(self.files, key=_pixels)


class Library(Protocol):
    """A stock library that can be searched."""

    name: str

    def check(self) -> None:
        """Raises: EngineMissing, saying which key to set."""

    def search(self, query: Query, shape: Shape) -> tuple[Footage, ...]:
        """What the library finds, its best first. Raises: Throttled, Unavailable, InvalidSetting, Permanent."""

    def download(self, url: str) -> bytes:
        """Raises: Throttled, Unavailable, Permanent."""


def plan_specs(briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
    """One spec a brief, as JSON."""
    asked: dict[Query, int] = {}
    specs = []
    for brief in briefs:
        queries = find_queries(brief, look.language)
        turn = asked.get(queries[0], 0)
        asked[queries[0]] = turn + 1
        specs.append(to_json(StockSpec(queries=queries, turn=turn + brief.take)).decode("utf-8"))
    return tuple(specs)


def decode_spec(text: str) -> StockSpec:
    """The spec of a text. Raises: InvalidInput."""
    spec = from_json(StockSpec, text, source="stock spec")
    if not spec.queries:
        raise InvalidInput("stock spec", expected="at least one query", found=json.dumps(text[:60]))
    return spec


def find_queries(brief: ShotBrief, language: str) -> tuple[Query, ...]:
    """What to look for: the subject at its place, the scene's own words, the subject alone, the place alone."""
    facts = analyse(brief.visual, language)
    hero = leading_subject(facts)
    place = "" if facts.place in _UNSEEN_PLACES else facts.place
    concept = hero.subject.concept if hero else ""
    own = " ".join([*(person.name for person in facts.people), *facts.keywords][:MOST_KEYWORDS])
    weather = facts.weather if facts.weather in ("rain", "snow", "storm", "fog") else ""
    english = [f"{concept} {place}".strip() if concept else "", f"{place} {weather}".strip() if place else ""]
    texts = [
        Query(text=english[0], language="en"), Query(text=own, language=facts.language),
        Query(text=concept, language="en"), Query(text=english[1], language="en"),
        Query(text=" ".join((brief.title or brief.text).split()[:MOST_KEYWORDS]), language=facts.language),
    ]  # fmt: skip
    return tuple(dict.fromkeys(query for query in texts if query.text))


def choose_footage(found: Sequence[Footage], query: Query, shape: Shape, wanted: Fraction) -> tuple[Footage, ...]:
    """The clips that suit, the best first: by their words, their orientation, their length, then the library's order.

    Words are compared in English, in which libraries describe; a clip described without any of them is not it.
    """
    asked = words_of(query.text)
    ranked = []
    for place, footage in enumerate(found):
        common = len(asked & footage.words)
        if query.language == "en" and footage.words and not common:
            continue
        file = footage.file_for(shape)
        upright = (file.height_px > file.width_px) == (shape.height_px > shape.width_px)
        long_enough = min(Fraction(1), Fraction(footage.seconds) / wanted) if wanted else Fraction(1)
        ranked.append((-common / max(1, len(asked)) - 0.8 * upright - 0.7 * float(long_enough), place, footage))
    return tuple(footage for _, _, footage in sorted(ranked, key=lambda entry: entry[:2]))


def words_of(text: str) -> frozenset[str]:
    """Words of a description or an address's last part, without accents and plural endings.

    >>> sorted(words_of("two-elephants-walking"))
    ['elephant', 'two', 'walking']
    """
    return frozenset(
        word.removesuffix("s") if len(word) > 3 else word for word in re.findall(r"[a-z]+", fold(text)) if len(word) > 2
    )


def _pixels(file: FootageFile) -> int:
    return file.width_px * file.height_px
