"""Gathering facts for a story: first the entry itself, then what other entries say of the same thing, then the rare
things that its own lead leads to.

Knows how entries are related; knows nothing of scenes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from aiprod.writers.encyclopedia import Encyclopedia, Entry
from aiprod.writers.facts import Fact, facts_of
from aiprod.writers.reference_text import words
from aiprod.writers.subjects import Topic, kinds_of
from aiprod.writers.tongues import Tongue

DULL: Final = 0.5
"""A fact that scores less is told only when there is little else."""
TOO_COMMON: Final = 40
"""A word that is written more often than this in the whole encyclopedia leads nowhere in particular."""
MOST_MENTIONS: Final = 300
"""No more entries than this are read for what they say of the topic."""
STRIKING: Final = 1.5
"""What a fact must score to be told of an entry that only shares the topic's field."""
NEAR_ENOUGH: Final = 2.0
"""What a neighbour's fact must weigh: its own score, how early it names the topic, how near its entry is."""
PLAIN: Final = 1.0
"""What a fact must score to be told of an entry that only names the topic."""
LIVELY: Final = 1.2
"""What a neighbour's fact must score to be told when there are ENOUGH others."""
ENOUGH: Final = 6
SHORTEST: Final = 10
"""Words that a neighbour's fact must have, unless it is lively."""
LEAST: Final = 4
"""Below so many facts there is no film: what is a little farther away helps out too."""
FEWEST: Final = 5
"""Below so many facts, things that the lead only names help out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Neighbour:
    """A fact of another entry, to be told after the topic's sentence number `anchor`."""

    fact: Fact
    anchor: int
    rank: float


def gather(topic: Topic, book: Encyclopedia, tongue: Tongue, wanted: int) -> list[Fact]:
    """Facts about the topic in the order they may be told, at most as many as wanted; those of other entries stand after
    the sentence that leads to them."""
    own = list(facts_of(topic.entry, tongue))
    lively = [fact for index, fact in enumerate(own) if fact.score >= DULL or (index == 0 and fact.about)]
    if len(lively) >= wanted:
        return _best_of(lively, wanted)
    linked = _linked(topic.entry, book)
    room = wanted - len(lively)
    mentions = _mentions(topic, book, tongue, linked)
    chosen = [found for found in mentions if found.fact.score >= LIVELY][:room]
    plain = [found for found in mentions if found not in chosen]
    chosen += plain[: max(0, min(room, ENOUGH - len(lively)) - len(chosen))]
    dull = sorted((fact for fact in own if fact not in lively), key=lambda fact: -fact.score)
    kept = dull[: max(0, wanted - len(lively) - len(chosen))]
    lively = [fact for fact in own if fact in lively or fact in kept]
    if len(lively) + len(chosen) < FEWEST:
        told = {neighbour.fact.entry.key for neighbour in chosen}
        rare = [found for found in _rare(topic.entry, book, tongue, linked) if found.fact.entry.key not in told]
        chosen += rare[: max(0, min(FEWEST - len(lively) - len(chosen), len(lively)))]
    if len(lively) + len(chosen) < LEAST:
        told_facts = {neighbour.fact.text for neighbour in chosen}
        helpers = _mentions(topic, book, tongue, linked, each=3)
        helpers += _rare(topic.entry, book, tongue, linked, wide=True)[: len(lively) // 2]
        more = {found.fact.text: found for found in helpers if found.fact.text not in told_facts}
        chosen += list(more.values())[: LEAST - len(lively) - len(chosen)]
    ordered = [(fact.place, 0, index, fact) for index, fact in enumerate(lively)]
    ordered += [(found.anchor, 1, index, found.fact) for index, found in enumerate(chosen)]
    return [fact for *_, fact in sorted(ordered, key=lambda item: item[:3])]


def _best_of(facts: list[Fact], wanted: int) -> list[Fact]:
    """The facts without the weakest, in the text's order; the first, which says what it is, always stays."""
    kept = [facts[0], *sorted(facts[1:], key=lambda fact: -fact.score)[: wanted - 1]]
    return [fact for fact in facts if fact in kept]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """How other entries would write the topic: its stems, and whether only with a capital."""

    stems: tuple[str, ...]
    written: str
    capital: bool


def _mentions(
    topic: Topic, book: Encyclopedia, tongue: Tongue, linked: dict[str, int], each: int = 1
) -> list[_Neighbour]:
    """Facts of other entries that speak of the topic, best first."""
    entry = topic.entry
    name = _name(topic, book)
    pattern = re.compile(rf"\b{re.escape(name.written)}", re.NOFLAG if name.capital else re.IGNORECASE)
    kinds = {key for key in kinds_of(topic.name, book) if book.entry(key).topic == entry.topic}
    last = max((place for place in linked.values()), default=len(entry.sentences))
    proper = name.capital or book.proper(entry.title.split()[-1])
    found: list[_Neighbour] = []
    for key in book.mentioning(pattern)[:MOST_MENTIONS]:
        other = book.entry(key)
        if key == entry.key or (proper and _namesake(other, entry, name, book)):
            continue
        is_one = not proper and _is_one(other, name, book, tongue)
        close = key in kinds or key in linked or is_one
        if other.topic != entry.topic and not close and set(name.stems) <= set(book.stems(other.title)):
            continue
        if not (close or proper or other.topic == entry.topic):
            continue
        nearness = 1.2 * (key in kinds or is_one) + 0.8 * (key in linked) + 0.4 * proper
        least = DULL if close else PLAIN if proper else STRIKING
        good = []
        for fact in facts_of(other, tongue):
            bonus = _says_of(fact, name, book, early=not (close or proper))
            if bonus and fact.score >= least and not fact.follows and words(fact.named) >= 7:
                good.append(_Neighbour(fact=fact, anchor=linked.get(key, last), rank=fact.score + bonus + nearness))
        found.extend(sorted(good, key=lambda neighbour: -neighbour.rank)[: 2 if key in kinds else each])
    return sorted((n for n in found if n.rank >= NEAR_ENOUGH), key=lambda neighbour: -neighbour.rank)


def _namesake(other: Entry, entry: Entry, name: _Name, book: Encyclopedia) -> bool:
    """Whether it is another one of that name: Napoleon III, for Napoleon."""
    return other.topic == entry.topic and name.stems[:1] == book.stems(other.title)[:1]


def _is_one(other: Entry, name: _Name, book: Encyclopedia, tongue: Tongue) -> bool:
    """Whether the entry's first sentence says that it is one: "Mauna Loa is one of five volcanoes..."."""
    verb = tongue.copula.search(other.sentences[0]) if other.sentences else None
    if verb is None:
        return False
    written = re.findall(r"[^\W_]+", other.sentences[0][verb.end() :])[:8]
    said = [stems[0] if (stems := book.stems(word)) else "" for word in written]
    size = len(name.stems)
    for i in range(len(said) - size + 1):
        if tuple(said[i : i + size]) == name.stems:
            return not {word.casefold() for word in written[:i]} & _PLACING
    return False


_PLACING: Final = frozenset({
    "in", "at", "on", "by", "from", "with", "located", "situated", "au", "aux", "dans", "en", "sur", "par", "situé", "située",
    "avec", "por", "con", "situado", "situada", "between", "entre", "to",
})  # fmt: skip


def _name(topic: Topic, book: Encyclopedia) -> _Name:
    stems = book.stems(topic.name)
    longest = max(re.findall(r"[^\W_]+", topic.name), key=len, default=topic.name)
    inside = re.findall(rf"(?:(?<=\w\s)|(?<=['’])){re.escape(longest[:-1])}\w*", topic.entry.text, re.IGNORECASE)
    capital = bool(inside) and all(word[0].isupper() for word in inside)
    capital = capital or book.proper(longest[0].upper() + longest[1:])
    written = longest[:-1] if len(longest) > 4 else longest
    return _Name(stems=stems, written=written[0].upper() + written[1:] if capital else written, capital=capital)


def _says_of(fact: Fact, name: _Name, book: Encyclopedia, *, early: bool) -> float:
    """How much the sentence speaks of the thing so named: 0 when it only stands in a list or is another's name, or
    when it is not `early` and must be."""
    written = re.findall(r"[^\W_]+", fact.named)
    said = [book.stems(word) for word in written]
    flat = [(stems[0], word) for stems, word in zip(said, written, strict=True) if stems]
    size = len(name.stems)
    places = [i for i in range(len(flat) - size + 1) if tuple(stem for stem, _ in flat[i : i + size]) == name.stems]
    places = [i for i in places if not name.capital or any(word[0].isupper() for _, word in flat[i : i + size])]
    if not places or fact.named.count(",") > 3:
        return 0.0
    place = places[0]
    after = flat[place + size][1] if place + size < len(flat) else ""
    written_name = " ".join(word for _, word in flat[place : place + size])
    longer = bool(after) and bool(book.exactly_titled(f"{written_name} {after}"))
    if place and flat[place - 1][1][0].isupper() and place > 1:
        longer = longer or bool(book.exactly_titled(f"{flat[place - 1][1]} {written_name}"))
    own_title = set(book.stems(fact.entry.title)) >= set(name.stems)
    if re.fullmatch(r"[IVX]+|er", after) or (longer and not own_title) or not _stands_alone(fact, place, book):
        return 0.0
    if early and place > 3 and not set(book.stems(fact.entry.title)) <= {stem for stem, _ in flat}:
        return 0.0
    before = fact.named[: fact.named.find(flat[place][1])]
    if re.search(
        r"\b(?:such as|including|like|unlike|tels? que|telles? que|comme|notamment|como|incluyendo)\b", before
    ):
        return 0.0
    return 1.2 if place <= 3 else 0.7 if place <= 8 else 0.4


def _stands_alone(fact: Fact, place: int, book: Encyclopedia) -> bool:
    """Whether the sentence is understood in another entry's story: it names what it is about, and points at nothing."""
    if _POINTING.search(fact.named) or (words(fact.named) < SHORTEST and fact.score < LIVELY):
        return False
    if place <= 1 or set(book.stems(fact.entry.title)) <= set(book.stems(fact.named)):
        return True
    return not _BARE_START.match(fact.named)


_POINTING: Final = re.compile(
    r"\b(?:this|these|those|ce|cet|cette|ces|este|esta|estos|estas|ese|esa|esos|esas|dich[oa]s?)\s\w|\bc['’]est\b", re.IGNORECASE
)
_BARE_START: Final = re.compile(
    r"(?:(?:The|An?|Le|La|Les|Un|Une|El|Los|Las|Una|Some|Many|Most)\s|L['’])[a-zà-ÿ]|(?:Se|Su|Sus|Es|Fue|Tiene)\s"
)


def _rare(
    entry: Entry, book: Encyclopedia, tongue: Tongue, linked: dict[str, int], *, wide: bool = False
) -> list[_Neighbour]:
    """Facts about rare things that the lead names: bamboo for the panda, iceberg for the Titanic."""
    found: list[_Neighbour] = []
    for key, place in linked.items():
        other = book.entry(key)
        common = book.commonness(other.title)
        if common > TOO_COMMON or other.qualifier or _HISTORY.match(other.title) or (other.topic != entry.topic and not wide):
            continue
        alone = [
            f for f in facts_of(other, tongue) if f.about and not f.follows and f.score >= (0.9 if wide else LIVELY)
        ]
        if alone:
            best = max(alone, key=lambda fact: fact.score)
            found.append(_Neighbour(fact=best, anchor=place, rank=best.score + 1.0 - common / TOO_COMMON))
    return sorted(found, key=lambda neighbour: -neighbour.rank)


_HISTORY: Final = re.compile(r"(?:History|Histoire|Historia)\b")


def _linked(entry: Entry, book: Encyclopedia) -> dict[str, int]:
    """Other entries that the lead names by their titles, and the sentence that does so first."""
    found: dict[str, int] = {}
    for place, sentence in enumerate(entry.sentences):
        for key in _named_in(sentence, book):
            if key != entry.key:
                found.setdefault(key, place)
    return found


def _named_in(sentence: str, book: Encyclopedia) -> Iterator[str]:
    """Keys of the entries whose titles are in the sentence; the longest title at each place."""
    written = list(re.finditer(r"[^\W_]+(?:['’-][^\W_]+)*", sentence))
    start = 0
    while start < len(written):
        for length in (5, 4, 3, 2, 1):
            if start + length > len(written):
                continue
            name = re.sub(
                r"^(?:[ldn]|qu)['’]", "", sentence[written[start].start() : written[start + length - 1].end()]
            )
            keys = book.exactly_titled(name) if len(name) > 3 and "," not in name else ()
            if keys and (name[0].isupper() or not _is_name(keys[0], book)):
                yield keys[0]
                start += length - 1
                break
        start += 1


def _is_name(title: str, book: Encyclopedia) -> bool:
    """Whether the title is a proper name, which small letters cannot mean."""
    first, *_, last = [*title.split(), title.split()[-1]]
    return title.startswith("The ") or book.proper(first) or book.proper(last) or (first != last and last[0].isupper())
