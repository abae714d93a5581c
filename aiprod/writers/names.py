"""How other entries write a topic, and whether a sentence that has one of its names truly speaks of it.

A longer name is another thing: "Western Sahara" says nothing of the Sahara, "Napoléon III" nothing of Napoléon Ier.
Knows names and their places in a sentence; knows nothing of stories.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from aiprod.prompts.figures import MONTHS
from aiprod.writers.encyclopedia import ARTICLES, Encyclopedia, Entry
from aiprod.writers.facts import Fact, subject_of
from aiprod.writers.labels import fold
from aiprod.writers.subjects import Topic
from aiprod.writers.tongues import Tongue

MOST_COMMAS: Final = 3
EARLY: Final = 3
"""A name among so many first words is what the sentence is about."""
_LISTING: Final = re.compile(
    r"\b(?:such as|including|together with|along with|like|unlike|ainsi que|tels? que|telles? que|comme|notamment|como|"
    r"junto con|incluyendo)\b",
    re.IGNORECASE,
)
_BIRTH: Final = re.compile(
    r"\b(?:born|died|née?s?|morte?s?|meurt|mourut|nacid[oa]s?|nació|murió|fallecid[oa]|falleció)\b[^.;]*$",
    re.IGNORECASE,
)
"""Where somebody was born or died says nothing of the place."""


_PARTS: Final = frozenset([
    "heart", "hearts", "head", "heads", "eye", "eyes", "foot", "mouth", "arm", "arms", "face", "neck", "backbone", "brain",
    "skin", "cœur", "cœurs", "tete", "tetes", "œil", "pied", "bouche", "bras", "visage", "dos", "cerveau", "corazon", "corazones",
    "cabeza", "ojo", "ojos", "pie", "boca", "brazo", "brazos", "cara", "cuello", "cerebro",
])  # fmt: skip
_PART_OF: Final = re.compile(r"\s(?:m[êe]me\s|mismo\s)?(?:of\s|de\s|du\s|des\s|del\s|d['’]|nus?\b|les\splus\b)")


_MONTH: Final = re.compile(MONTHS, re.IGNORECASE)
_DAY_BEFORE: Final = re.compile(r"\d(?:er|st|nd|rd|th|º)?\s(?:de\s|of\s)?$")
_YEAR_AFTER: Final = re.compile(r"^\s(?:de\s|of\s)?\d")


@dataclass(frozen=True, kw_only=True)
class Name:
    """One way to write the topic: its stems, and whether only with a capital."""

    stems: tuple[str, ...]
    capital: bool


@dataclass(frozen=True, kw_only=True)
class Names:
    """All ways to write one topic."""

    each: tuple[Name, ...]
    book: Encyclopedia
    own: str

    @property
    def proper(self) -> bool:
        """Whether the topic bears a proper name."""
        return self.each[0].capital

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a text must have, at least, to speak of the topic."""
        rarest = {min(name.stems, key=lambda stem: (self.book.rarity(stem) < 0.2, -len(stem))) for name in self.each}
        return self.book.written(*sorted(rarest))

    def places(self, text: str) -> list["_Place"]:
        """Where the text names the topic itself."""
        flat = [(stem, match) for match in re.finditer(r"[^\W_]+", text) for stem in self.book.stems(match.group())[:1]]
        found = []
        for name in self.each:
            size = len(name.stems)
            for index in range(len(flat) - size + 1):
                window = flat[index : index + size]
                if tuple(stem for stem, _ in window) != name.stems:
                    continue
                if size == 1 and _is_dated(text[: window[0][1].start()], window[0][1].group(), text[window[0][1].end() :]):
                    continue
                if size == 1 and _is_a_figure(window[0][1].group(), text[window[0][1].end() :]):
                    continue
                if name.capital and not any(match.group()[0].isupper() for _, match in window):
                    continue
                if not name.capital and _in_a_name(text, window[0][1].start()):
                    continue
                place = _Place(name=name, index=index, start=window[0][1].start(), end=window[-1][1].end())
                noun = name.capital or (
                    index <= EARLY or size > 1 or not _describes_next(text[place.end :])
                    if self.book.language == "en"
                    else _is_noun(text[: place.start])
                )
                if noun and not self._is_longer(text, flat, place, size):
                    found.append(place)
        return sorted(found, key=lambda place: place.index)

    def _is_longer(self, text: str, flat: list[tuple[str, re.Match[str]]], place: "_Place", size: int) -> bool:
        """Whether the words are part of a longer name that means something else."""
        after = text[place.end :]
        if text[: place.start].endswith("-") or after.startswith("-"):
            return True
        own = {name.stems for name in self.each}
        last = place.index + size
        for start in range(max(0, place.index - 3), place.index + 1):
            for end in range(last, min(len(flat), last + 3) + 1):
                window = flat[start:end]
                stems = tuple(stem for stem, _ in window)
                if end - start == size or stems in own:
                    continue
                written = text[window[0][1].start() : window[-1][1].end()]
                if "," in written or ";" in written:
                    continue
                keys = self.book.exactly_titled(written)
                if keys and self.own not in keys and (place.name.capital or not self._is_kind(stems, place.name.stems)):
                    return True
        if not place.name.capital:
            return False
        following = re.match(r" (?P<word>[^\W\d_]+)", after)
        longer = (*place.name.stems, *self.book.stems(following["word"])) if following else ()
        if following and longer not in {stems[: len(longer)] for stems in own}:
            return following["word"][0].isupper() or following["word"] in ("er",)
        if self.book.language == "en" and re.search(r"\b[A-ZÀ-Ý][\w-]+ d(?:e|u|es|el) $", text[: place.start]):
            return True  # part of a foreign name: the Champ de Mars is no planet
        before = re.search(r"(?P<word>[^\W\d_]+) $", text[: place.start])
        known = before is not None and any(
            self.book.stems(before["word"]) == stems[: -len(place.name.stems)][-1:] for stems in own
        )
        return (
            before is not None
            and before["word"][0].isupper()
            and before.start() > 0
            and not known
            and not text[: before.start()].rstrip().endswith((".", ":"))
            and fold(before["word"]) not in ARTICLES[self.book.language]
        )

    def _is_kind(self, longer: tuple[str, ...], stems: tuple[str, ...]) -> bool:
        """Whether the longer common name is a kind of the thing: "stellar black hole", "trou noir supermassif"."""
        size = len(stems)
        return (longer[-size:] if self.book.language == "en" else longer[:size]) == stems


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    name: Name
    index: int
    start: int
    end: int


def names_of(topic: Topic, book: Encyclopedia, tongue: Tongue) -> Names:
    """The theme's own words, the entry's title and the other names that its first sentence gives."""
    entry = topic.entry
    written = [topic.name, entry.title]
    subject = subject_of(entry, tongue)
    if subject is not None:
        written += [subject.written, subject.phrase]
    written += book.other_names(entry.key) if entry.text else ()
    found: dict[tuple[str, ...], Name] = {}
    for name in written:
        stems = book.stems(name)
        foreign = [key for key in book.exactly_titled(name) if key != entry.key]
        if not stems or len(stems) > 5 or stems in found or (foreign and name != topic.name):
            continue
        if (
            len(stems) == 1
            and (len(stems[0]) < 3 or tongue.empty.search(stems[0]))
            and name not in (topic.name, entry.title)
        ):
            continue
        found[stems] = Name(stems=stems, capital=_capital(name, entry, book))
    return Names(each=tuple(found.values()), book=book, own=entry.key)


def _capital(name: str, entry: Entry, book: Encyclopedia) -> bool:
    if not entry.text:
        return book.mostly_capital(name)
    words = [word for word in re.findall(r"[^\W_]+", name) if len(word) > 3] or [name]
    for word in words:
        alike = re.findall(rf"(?:(?<=\w\s)|(?<=['’])){re.escape(word[:-1])}\w*", entry.text, re.IGNORECASE)
        inside = [other for other in alike if book.stems(other) == book.stems(word)]
        if inside and all(found[0].isupper() for found in inside):
            return True
    longest = max(words, key=len)
    return book.proper(longest[0].upper() + longest[1:])


def weight_of(fact: Fact, names: Names, *, listed: bool = False) -> tuple[float, int]:
    """How much the sentence speaks of the topic, and after how many words it names it: nothing (0) when the topic is
    part of another's name or, unless it may be `listed`, only stands in a list."""
    if fact.named.count(",") > MOST_COMMAS:
        return 0.0, 0
    for place in names.places(fact.named):
        before, after = fact.named[: place.start], fact.named[place.end :]
        if place.index > EARLY and _BIRTH.search(before):
            continue
        if listed and not re.match(r"[,.;]|\s(?:and|or|et|ou|y|o)\b", after):
            continue
        if not listed and (_LISTING.search(before) or (place.index and _listed(before, after))):
            continue
        return (1.2 if place.index <= EARLY else 0.7 if place.index <= 8 else 0.4), place.index
    return 0.0, 0


def _in_a_name(text: str, start: int) -> bool:
    """Whether a common word is part of a proper name: "John Goose", "A Midsummer Night's Dream"."""
    return text[start].isupper() and re.search(r"[A-ZÀ-Ý][\w.'’-]+ $", text[:start]) is not None


def _is_a_figure(word: str, after: str) -> bool:
    """Whether a part of the body only stands for a part of something else: the heart of an empire, the foot of a mountain."""
    return fold(word) in _PARTS and _PART_OF.match(after) is not None


def _is_dated(before: str, word: str, after: str) -> bool:
    """Whether the word is the month of a date: "depuis le 24 mars 2020" says nothing of Mars."""
    return bool(_MONTH.fullmatch(word) and (_DAY_BEFORE.search(before) or _YEAR_AFTER.match(after)))


def _describes_next(after: str) -> bool:
    """Whether the English noun before this only says of what kind the next one is: "a gold medal"."""
    word = re.match(r" (?P<word>[a-z]+)", after)
    return word is not None and not re.fullmatch(
        r"(?:and|or|is|are|was|were|has|have|had|can|may|in|on|of|by|with|from|at|to|for|as|that|which|who|into|than|over|under|"
        r"through|between|during|when|while|but|made|built|brought|around|across|within|\w+ed|\w+ly|\w+ing|[a-z]+[^s]s)",
        word["word"],
    )


def _is_noun(before: str) -> bool:
    """Whether a word after this is a noun, in languages whose adjectives follow it: "un volcán", not "un pintor flamenco"."""
    word = re.search(r"(?P<word>[^\W_]+)['’]?\s*$", before)
    return word is None or word["word"].isdigit() or fold(word["word"]) in DETERMINERS


DETERMINERS: Final = frozenset(
    re.findall(
        r"\w+",
        """le la les l un une des du de d au aux ce cet cette ces son sa ses et ou en par avec sans comme plus que est sont
        deux trois quatre cinq grand petit el los las una unos unas del al su sus y o e con sin por como mas es son dos tres
        cuatro cinco the a an one of two three four five""",
    )
)
"""Words, folded, that a noun comes after."""


def _listed(before: str, after: str) -> bool:
    """Whether the name is one of several: "cocoa and coffee, timber"."""
    opens = re.search(
        r"(?:,|\b(?:and|or|et|ou|y|e|o))\s+(?:(?:the|le|la|les|du|de|des|el|los|las)\s|d['’]|l['’])*$", before
    )
    closes = re.match(r"(?:,\s|\s(?:and|or|et|ou|y|e|o)\s)", after)
    ends = re.match(r"[.;]", after)
    if (
        re.match(r",\s+(?:[\w'’ ]{2,30},\s+)*[\w'’ ]{2,30}\s(?:and|or|et|y|e|o|ou)\s", after)
        and opens is None
        and before
    ):
        return True
    return bool((opens and (closes or ends)) or (closes and before.count(",") > 1))
