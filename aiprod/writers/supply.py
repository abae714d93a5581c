"""Gathering facts for a story: first the entry itself, then what other entries say of the same thing, then the things
that it and others are told together with.

Knows how entries are related; knows nothing of scenes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from aiprod.writers.encyclopedia import Encyclopedia, Entry
from aiprod.writers.facts import Fact, facts_of
from aiprod.writers.labels import fold
from aiprod.writers.names import DETERMINERS, EARLY, Names, names_of, weight_of
from aiprod.writers.reference_text import words
from aiprod.writers.subjects import Topic, kinds_of
from aiprod.writers.tongues import Tongue

DULL: Final = 0.5
"""A fact that scores less is told only when there is little else."""
TOO_COMMON: Final = 40
"""A word that is written more often than this in the whole encyclopedia leads nowhere in particular."""
MOST_MENTIONS: Final = 300
"""No more entries than this are read for what they say of the topic."""
MOST_TELLERS: Final = 60
"""No more entries than this are looked at for whether they belong to the topic."""
STRIKING: Final = 1.5
"""What a fact must score to be told of an entry that only shares the topic's field."""
NEAR_ENOUGH: Final = 2.0
"""What a neighbour's fact must weigh: its own score, how early it names the topic, how near its entry is."""
NEAR: Final = 1.5
"""What it must weigh when there are few others."""
PLAIN: Final = 1.0
"""What a fact must score to be told of an entry that only names the topic."""
LIVELY: Final = 1.2
"""What a neighbour's fact must score to be told when there are ENOUGH others."""
ENOUGH: Final = 6
PLENTY: Final = 8
"""With fewer facts than this, what speaks of the topic in a plainer way is told too."""
SHORTEST: Final = 10
"""Words that a neighbour's fact must have, unless it is lively."""
LEAST: Final = 5
"""Below so many facts, things that the lead only names help out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Neighbour:
    """A fact of another entry, to be told after the topic's sentence number `anchor`."""

    fact: Fact
    anchor: int
    rank: float
    plain: bool = False


class _Supply:
    """What one topic's story can be told with."""

    def __init__(self, topic: Topic, book: Encyclopedia, tongue: Tongue) -> None:
        self.entry = topic.entry
        self.book = book
        self.tongue = tongue
        self.names = names_of(topic, book, tongue)
        self.own = list(facts_of(topic.entry, tongue))
        self.linked = _linked(topic.entry, book)
        self.last = len(topic.entry.sentences)
        self.proper = self.names.proper or book.proper(topic.entry.title.split()[-1])
        kinds = kinds_of(topic.name, book)
        self.kinds = {key for key in kinds if not topic.entry.topic or book.entry(key).topic == topic.entry.topic}

    def mentions(self) -> list[_Neighbour]:
        """Facts of other entries that speak of the topic, best first; the `plain` ones only where few are found."""
        found: list[_Neighbour] = []
        for key in self.book.mentioning(self.names.pattern)[:MOST_MENTIONS]:
            other = self.book.entry(key)
            if key != self.entry.key and not self._namesake(other):
                found += self._said_by(other)
        return sorted(found, key=lambda neighbour: -neighbour.rank)

    def _said_by(self, other: Entry) -> Iterator[_Neighbour]:
        is_one = not self.proper and _is_one(other, self.names, self.tongue)
        kind = other.key in self.kinds or is_one
        close = kind or other.key in self.linked
        nearness = 1.2 * kind + 0.8 * (other.key in self.linked) + 0.4 * self.proper
        akin = close or self.proper or other.topic == self.entry.topic
        good = []
        for fact in facts_of(other, self.tongue):
            bonus, index = weight_of(fact, self.names)
            spoken = words(fact.named) >= 7 and self.tongue.verb.search(fact.named)
            if not bonus or fact.follows or not spoken or not self._stands_alone(fact, index):
                continue
            rank = fact.score + bonus + nearness
            least = DULL if close else PLAIN if self.proper else STRIKING
            first = akin and fact.score >= least and rank >= NEAR_ENOUGH and (close or self.proper or index <= EARLY)
            if first or (
                fact.score >= DULL
                and rank >= NEAR
                and (akin or index <= EARLY)
                and (self.proper or close or index <= 2)
            ):
                anchor = self.linked.get(other.key, self.last)
                good.append(_Neighbour(fact=fact, anchor=anchor, rank=rank, plain=not first))
        best = sorted(good, key=lambda neighbour: (neighbour.plain, -neighbour.rank))[:3]
        yield from best[:1]
        yield from (
            _Neighbour(fact=extra.fact, anchor=extra.anchor, rank=extra.rank - 0.5, plain=True) for extra in best[1:]
        )

    def companions(self) -> list[_Neighbour]:
        """Facts about things that are told with the topic: those that its lead names and that name it in turn, and its
        kinds; for caffeine, coffee; for the Titanic, icebergs."""
        found: list[_Neighbour] = []
        tellers = self.book.mentioning(self.names.pattern)[:MOST_TELLERS] if self._telling else ()
        for key in dict.fromkeys((*self.linked, *sorted(self.kinds), *tellers)):
            other = self.book.entry(key)
            if key == self.entry.key or other.qualifier or _HISTORY.match(other.title) or self._namesake(other):
                continue
            kind = key in self.kinds
            common = self.book.commonness(other.title)
            near = other.text if key in self.linked else "" if self.proper else " ".join(other.sentences[:1])
            back = common <= 3 * TOO_COMMON and (bool(self.names.places(near)) or self._named_alike(other))
            rare = key in self.linked and common <= TOO_COMMON and other.topic == self.entry.topic
            if not (back or rare or kind):
                continue
            alone = [
                fact for fact in facts_of(other, self.tongue)
                if self._introduces(fact) and (kind or (back and fact.place == 0) or (rare and fact.score >= LIVELY))
            ]  # fmt: skip
            anchor = self.linked.get(key, self.last)
            found += [
                _Neighbour(fact=fact, anchor=anchor, rank=fact.score + 0.5 * back + kind - 0.3 * index)
                for index, fact in enumerate(sorted(alone, key=lambda fact: -fact.score)[: 1 + kind])
            ]
        return sorted(found, key=lambda neighbour: -neighbour.rank)

    @property
    def _telling(self) -> bool:
        """Whether entries that name the topic in their first sentence belong to it: not for cities and lands, where much is."""
        return bool(self.entry.text) and (self.entry.topic not in _PLACES or len(self.names.each[0].stems) > 1)

    def _named_alike(self, other: Entry) -> bool:
        """Whether a rare word of the topic's own name is in the other's: Gustave Eiffel, for the Eiffel Tower."""
        stems = self.names.each[0].stems
        if not self.proper or len(stems) < 2:
            return False
        others = self.book.stems(other.title)
        if set(others) <= set(stems):
            return False
        shared = set(others[-1:]) & set(stems)
        if self.entry.topic in _PLACES:
            shared |= set(others[:1]) & set(stems[:1])
        return any(len(stem) > 3 and self.book.commonness(stem) <= TOO_COMMON for stem in shared)

    def far(self) -> list[_Neighbour]:
        """The best fact of each rare thing that the lead only names, where it has a word of the topic's own name."""
        found = []
        own = {stem for name in self.names.each for stem in name.stems if len(stem) > 3}
        for key, place in self.linked.items():
            other = self.book.entry(key)
            common = self.book.commonness(other.title)
            stems = self.book.stems(other.title)
            head = (
                self.names.each[0].stems[-len(stems) :]
                if self.tongue.language == "en"
                else self.names.each[0].stems[: len(stems)]
            )
            describes = set(stems) < own and stems != head
            if common > 3 * TOO_COMMON or other.qualifier or _HISTORY.match(other.title) or describes:
                continue
            alone = [
                fact
                for fact in facts_of(other, self.tongue)
                if self._introduces(fact) and own & set(self.book.stems(fact.named))
            ]
            if alone and common < 2 * TOO_COMMON:
                best = max(alone, key=lambda fact: fact.score)
                found.append(_Neighbour(fact=best, anchor=place, rank=best.score + 1.0 - common / TOO_COMMON))
        return sorted(found, key=lambda neighbour: -neighbour.rank)

    def listings(self) -> list[_Neighbour]:
        """Facts of other entries that name the topic among others: jam, ice cream and chocolates. No proper names, which
        may mean another thing in such company."""
        found: list[_Neighbour] = []
        if self.proper:
            return found
        for key in self.book.mentioning(self.names.pattern)[:MOST_TELLERS]:
            other = self.book.entry(key)
            if key == self.entry.key or self._namesake(other) or other.topic in _PLACES:
                continue
            for fact in facts_of(other, self.tongue):
                bonus, index = weight_of(fact, self.names, listed=True)
                spoken = fact.score >= DULL and self.tongue.verb.search(fact.named) and words(fact.named) >= 7
                if bonus and spoken and not fact.follows and fact.about and self._stands_alone(fact, index):
                    found.append(_Neighbour(fact=fact, anchor=self.last, rank=fact.score + bonus))
        return sorted(found, key=lambda neighbour: -neighbour.rank)

    def _introduces(self, fact: Fact) -> bool:
        """Whether the fact says something of its own entry that is understood alone."""
        titled = set(self.book.stems(fact.entry.title)) <= set(self.book.stems(fact.named))
        spoken = self.tongue.verb.search(fact.named)
        if not (fact.about and not fact.follows and titled and spoken and fact.score >= DULL):
            return False
        alone = self._stands_alone(fact, 0)
        return alone or (fact.place == 0 and words(fact.named) >= 6 and not _POINTING.search(fact.named))

    def _namesake(self, other: Entry) -> bool:
        """Whether it is another one of that name: Napoleon III, for Napoleon; Western Sahara, for the Sahara."""
        if not self.proper:
            return False
        stems = self.book.stems(other.title)
        first = self.names.each[0].stems[:1] == stems[:1] and other.topic == self.entry.topic
        inside = any(set(name.stems) < set(stems) for name in self.names.each) and not other.text.startswith(
            other.title
        )
        longer = any(stems[-len(name.stems) :] == name.stems != stems for name in self.names.each)
        return first or inside or (longer and other.topic == self.entry.topic)

    def _stands_alone(self, fact: Fact, place: int) -> bool:
        """Whether the sentence is understood in another entry's story: it names what it is about, and points at
        nothing."""
        if _POINTING.search(fact.named) or (words(fact.named) < SHORTEST and fact.score < LIVELY):
            return False
        titled = set(self.book.stems(fact.entry.title)) <= set(self.book.stems(fact.named))
        if not titled and (_UNTOLD.search(fact.named) or self.tongue.back.search(fact.named)):
            return False
        return titled or place <= 1 or not _BARE_START.match(fact.named)


def gather(topic: Topic, book: Encyclopedia, tongue: Tongue, wanted: int) -> list[Fact]:
    """Facts about the topic in the order they may be told, at most as many as wanted; those of other entries stand after
    the sentence that leads to them."""
    supply = _Supply(topic, book, tongue)
    own = supply.own
    lively = [fact for index, fact in enumerate(own) if fact.score >= DULL or (index == 0 and fact.about)]
    if len(lively) >= wanted:
        return _best_of(lively, wanted)
    room = wanted - len(lively)
    mentions = supply.mentions()
    near = [found for found in mentions if not found.plain]
    chosen = [found for found in near if found.fact.score >= LIVELY][:room]
    _add(chosen, near, min(room, ENOUGH - len(lively)))
    dull = sorted((fact for fact in own if fact not in lively), key=lambda fact: -fact.score)
    kept = dull[: max(0, wanted - len(lively) - len(chosen))]
    lively = [fact for fact in own if fact in lively or fact in kept]
    room = min(wanted, PLENTY) - len(lively)
    _add(chosen, mentions, room)
    if len(lively) + len(chosen) < ENOUGH:
        _add(chosen, supply.companions(), min(room, 2 * len(chosen) + len(lively)))
    if len(lively) + len(chosen) < LEAST:
        _add(chosen, supply.listings()[: max(1, len(lively) // 2)], LEAST - len(lively))
        _add(chosen, supply.far(), min(LEAST - len(lively), len(chosen) + len(lively)))
    ordered = [(fact.place, 0, index, fact) for index, fact in enumerate(lively)]
    ordered += [(found.anchor, 1, index, found.fact) for index, found in enumerate(_grouped(chosen))]
    return [fact for *_, fact in sorted(ordered, key=lambda item: item[:3])]


def _add(chosen: list[_Neighbour], more: Iterable[_Neighbour], most: int) -> None:
    """Put what is not chosen yet behind it, until there are as many as may be."""
    told = {found.fact.named for found in chosen}
    for found in more:
        if len(chosen) >= most:
            return
        if found.fact.named not in told:
            chosen.append(found)
            told.add(found.fact.named)


def _grouped(chosen: list[_Neighbour]) -> list[_Neighbour]:
    """The facts of one entry together and in its order, where the best of them stands."""
    entries = list(dict.fromkeys(found.fact.entry.key for found in chosen))
    return sorted(chosen, key=lambda found: (entries.index(found.fact.entry.key), found.fact.place))


def _best_of(facts: list[Fact], wanted: int) -> list[Fact]:
    """The facts without the weakest, in the text's order; the first, which says what it is, always stays."""
    kept = [facts[0], *sorted(facts[1:], key=lambda fact: -fact.score)[: wanted - 1]]
    return [fact for fact in facts if fact in kept]


def _is_one(other: Entry, names: Names, tongue: Tongue) -> bool:
    """Whether the entry's first sentence says that it is one: "Mauna Loa is one of five volcanoes..."."""
    verb = tongue.copula.search(other.sentences[0]) if other.sentences else None
    if verb is None:
        return False
    written = re.findall(r"[^\W_]+", other.sentences[0][verb.end() :])[:8]
    said = [stems[0] if (stems := names.book.stems(word)) else "" for word in written]
    for name in names.each:
        size = len(name.stems)
        for i in range(len(said) - size + 1):
            if tuple(said[i : i + size]) == name.stems:
                placed = {word.casefold() for word in written[:i]} & _PLACING
                following = _describes_next(other.sentences[0], written, i + size)
                adjective = names.book.language != "en" and i and fold(written[i - 1]) not in DETERMINERS
                return not placed and not adjective and not following
    return False


def _describes_next(sentence: str, written: list[str], index: int) -> bool:
    """Whether a noun follows that the word before only describes: "a jazz vocalist"."""
    if index >= len(written) or not re.search(
        rf"{re.escape(written[index - 1])} {re.escape(written[index])}\b", sentence
    ):
        return False
    return not re.fullmatch(r"(?:that|which|who|in|on|of|by|with|from|and|or|at|to|for|made|built|\w+ed|\w+ing|found|native|qui|"
                            r"que|dont|de|du|des|d|à|au|en|dans|sur|situ\w+|et|ou|del|con|y|o|\w+ad[oa]|\w+id[oa]|\w+[eéè]e?s?|"
                            r"activo|actif)", written[index])  # fmt: skip


_PLACING: Final = frozenset({
    "in", "at", "on", "by", "from", "with", "located", "situated", "au", "aux", "dans", "en", "sur", "par", "situé", "située",
    "avec", "por", "con", "situado", "situada", "between", "entre", "to",
})  # fmt: skip
_POINTING: Final = re.compile(
    r"\b(?:this|these|those|ce|cet|cette|ces|este|esta|estos|estas|ese|esa|esos|esas|dich[oa]s?)\s\w|\bc['’]est\b|\b(?:on|of|for|to|with|from|in|by|about|before|after)\s(?:it|them|him|her)\b",
    re.IGNORECASE,
)
_UNTOLD: Final = re.compile(
    r"\bthe (?:country|city|state|region|party|company|film|band|game|sport|team|town|island|province|park)(?:'s)?\b"
    r"|\b(?:du|le|ce) pays\b|\b(?:del|el) país\b",
    re.IGNORECASE,
)
"""Words for a thing that a sentence before named."""
_BARE_START: Final = re.compile(
    r"(?:(?:The|An?|Le|La|Les|Un|Une|El|Los|Las|Una|Some|Many|Most)\s|L['’])[a-zà-ÿ]|(?:Se|Su|Sus|Es|Fue|Tiene)\s"
)
_PLACES: Final = frozenset({"Geography", "Géographie", "Geografía"})
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
