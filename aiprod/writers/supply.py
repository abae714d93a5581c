"""What other entries have to say of a topic, and which things are told together with it.

Knows how entries are related; `gathering.py` decides how many of their facts a story takes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from aiprod.writers.encyclopedia import PEOPLE, Encyclopedia, Entry
from aiprod.writers.facts import Fact, facts_of, subject_of
from aiprod.writers.insertions import insertions
from aiprod.writers.labels import fold
from aiprod.writers.names import DETERMINERS, EARLY, Names, names_of, weight_of
from aiprod.writers.reference_text import words
from aiprod.writers.subjects import Topic, kinds_of
from aiprod.writers.tongues import Tongue

DULL: Final = 0.5
"""A fact that scores less is told only when there is little else."""
TOO_COMMON: Final = 40
"""A word that is written more often than this in the whole encyclopedia leads nowhere in particular."""
SAME: Final = 0.8
"""Two sentences that share so much of the shorter one's words say the same."""
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
"""What a neighbour's fact must score to be told when there are many others."""
SOON: Final = 10
"""A sentence that names the topic among so many words is tied to it."""
SHORTEST: Final = 10
"""Words that a neighbour's fact must have, unless it is lively."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A fact of another entry, to be told after the topic's sentence number `anchor`."""

    fact: Fact
    anchor: int
    rank: float
    plain: bool = False


class Supply:
    """What one topic's story can be told with."""

    def __init__(self, topic: Topic, book: Encyclopedia, tongue: Tongue) -> None:
        self.entry = topic.entry
        self.book = book
        self.tongue = tongue
        self.names = names_of(topic, book, tongue)
        self.own = [*facts_of(topic.entry, tongue), *insertions(topic.entry, subject_of(topic.entry, tongue), tongue)]
        self.linked = _linked(topic.entry, book)
        self.last = len(topic.entry.sentences)
        self.proper = self.names.proper or book.proper(topic.entry.title.split()[-1])
        last = topic.name.split()[-1]
        self.single = book.proper(topic.entry.title.split()[-1]) or book.largely_capital(last[0].upper() + last[1:])
        kinds = kinds_of(topic.name, book)
        self.kinds = {
            key for key in kinds
            if (not topic.entry.topic or book.entry(key).topic == topic.entry.topic) and self._bears_a_kinds_name(book.entry(key))
        }  # fmt: skip

    def _bears_a_kinds_name(self, other: Entry) -> bool:
        """Whether its title means a kind of the topic, or its first sentence says so where the title is a name: no dream
        is "A Midsummer Night's Dream"."""
        last = other.title.split()[-1]
        return last[0].islower() or self.book.language != "en" or _is_one(other, self.names, self.tongue)

    def mentions(self) -> list[Neighbour]:
        """Facts of other entries that speak of the topic, best first; the `plain` ones only where few are found."""
        found: list[Neighbour] = []
        for key in self.book.mentioning(self.names.pattern)[:MOST_MENTIONS]:
            other = self.book.entry(key)
            if key != self.entry.key and not self._namesake(other):
                found += self._said_by(other)
        return sorted(found, key=lambda neighbour: -neighbour.rank)

    def _said_by(self, other: Entry) -> Iterator[Neighbour]:
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
                and ((self.proper and (index <= SOON or self._after_name(other))) or close or index <= 2)
            ):
                anchor = self.linked.get(other.key, self.last)
                good.append(Neighbour(fact=fact, anchor=anchor, rank=rank, plain=not first))
        best = sorted(good, key=lambda neighbour: (neighbour.plain, -neighbour.rank))[:3]
        yield from best[:1]
        yield from (
            Neighbour(fact=extra.fact, anchor=extra.anchor, rank=extra.rank - 0.5, plain=True) for extra in best[1:]
        )

    def companions(self) -> list[Neighbour]:
        """Facts about things that are told with the topic: those that its lead names and that name it in turn, and its
        kinds; for caffeine, coffee; for the Titanic, icebergs."""
        found: list[Neighbour] = []
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
                Neighbour(fact=fact, anchor=anchor, rank=fact.score + 0.5 * back + kind - 0.3 * index)
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
        shared = set(others[-1:]) & set(stems[-1:] if self.entry.topic in PEOPLE else stems)
        if self.entry.topic in _PLACES:
            shared |= set(others[:1]) & set(stems[:1])
        return any(len(stem) > 3 and self.book.commonness(stem) <= TOO_COMMON for stem in shared)

    def _after_name(self, other: Entry) -> bool:
        """Whether the other's title is made of the topic's name: the Napoleonic wars."""
        roots = {stem[:6] for stem in self.names.each[0].stems if len(stem) > 5}
        return any(stem[:6] in roots for stem in self.book.stems(other.title))

    def asides(self, told: list[Fact]) -> list[Neighbour]:
        """The best fact of each rare thing that a told fact names and that speaks of the topic in turn, or of a word of its
        name, to be said right after: Gustave Eiffel, for the Eiffel Tower."""
        found: dict[str, Neighbour] = {}
        own = {stem for name in self.names.each for stem in name.stems if len(stem) > 3}
        for fact in told:
            for key in _named_in(fact.named, self.book):
                other = self.book.entry(key)
                common = self.book.commonness(other.title)
                if key == self.entry.key or common > TOO_COMMON or other.qualifier or self._namesake(other):
                    continue
                mutual = bool(self.names.places(other.text)) or self._named_alike(other)
                alone = [
                    one for one in facts_of(other, self.tongue)
                    if self._introduces(one) and one.score >= DULL and (mutual or own & set(self.book.stems(one.named)))
                ]  # fmt: skip
                if alone and set(self.book.stems(other.title)) - own:
                    best = replace(max(alone, key=lambda one: one.score), after=other.title)
                    found[key] = Neighbour(fact=best, anchor=fact.place, rank=best.score - common / TOO_COMMON)
        return sorted(found.values(), key=lambda one: -one.rank)

    def fresh(self, found: list[Neighbour], told: list[Fact]) -> list[Neighbour]:
        """The neighbours without those that say what another says."""
        said = [self._content(fact) for fact in told]
        kept = []
        for one in found:
            own = self._content(one.fact)
            if not any(len(own & other) >= SAME * min(len(own), len(other)) for other in said):
                kept.append(one)
                said.append(own)
        return kept

    def _content(self, fact: Fact) -> set[str]:
        return {stem for stem in self.book.stems(fact.named) if len(stem) > 3}

    def tied(self, found: Neighbour) -> Neighbour:
        """The neighbour, to be told only after its own name where it does not say the topic's."""
        fact = found.fact
        known = fact.after or fact.entry.work != self.entry.work or fact.entry.key in self.kinds
        named = any(place.index <= SOON for place in self.names.places(fact.named)) or weight_of(fact, self.names)[0]
        if known or named or self._named_alike(fact.entry):
            return found
        return replace(found, fact=replace(fact, after=fact.entry.title))

    def _introduces(self, fact: Fact) -> bool:
        """Whether the fact says something of its own entry that is understood alone."""
        titled = set(self.book.stems(fact.entry.title)) <= set(self.book.stems(fact.named))
        spoken = self.tongue.verb.search(fact.named)
        if not (fact.about and not fact.follows and titled and spoken and fact.score >= DULL):
            return False
        alone = self._stands_alone(fact, 0)
        return alone or (fact.place == 0 and words(fact.named) >= 6 and not _POINTING.search(fact.named))

    def _namesake(self, other: Entry) -> bool:
        """Whether it is another one of that name: the god Mars, for the planet; Napoleon III, for Napoleon; Western Sahara, for
        the Sahara."""
        stems = self.book.stems(other.title)
        if stems == self.book.stems(self.entry.title):
            return True
        if not self.proper or other.key in self.linked:
            return False
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
        if _UNTOLD.search(fact.named) or (not titled and self.tongue.back.search(fact.named)):
            return False
        return titled or place <= 1 or not _BARE_START.match(fact.named)


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
    r"\bthe (?:country|city|state|region|party|company|film|band|game|sport|team|town|island|province|park|kingdom|continent)(?:'s)?\b"
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
