"""Gathering facts for a story: first of all the entry itself, then its kinds, then what its lead leads to.

Knows how entries are related; knows nothing of order and scenes.
"""

import re

from aiprod.writers.encyclopedia import Encyclopedia, Entry, distinct
from aiprod.writers.facts import Fact, facts_of
from aiprod.writers.labels import fold
from aiprod.writers.subjects import Topic
from aiprod.writers.tongues import Tongue


def gather(topic: Topic, book: Encyclopedia, tongue: Tongue, wanted: int) -> list[Fact]:
    """Facts about the topic in the order they may be told, about as many as wanted."""
    own = list(facts_of(topic.entry, tongue))
    if len(own) >= wanted:
        return _best_of(own, wanted)
    found = own
    for key in _kinds(topic.entry, book):
        if len(found) >= wanted:
            break
        found = [*found, *_alone(book.entry(key), tongue)[:2]]
    for key in _linked(topic.entry, book):
        if len(found) >= wanted:
            break
        found = [*found, *_alone(book.entry(key), tongue)[:1]]
    return found[:wanted]


def _best_of(facts: list[Fact], wanted: int) -> list[Fact]:
    """The facts without the weakest, in the text's order."""
    kept = sorted(facts, key=lambda fact: -fact.score)[:wanted]
    return [fact for fact in facts if fact in kept]


def _alone(entry: Entry, tongue: Tongue) -> list[Fact]:
    """An entry's facts that need no other sentence, best first."""
    return sorted((f for f in facts_of(entry, tongue) if not f.follows), key=lambda fact: -fact.score)


def _kinds(entry: Entry, book: Encyclopedia) -> tuple[str, ...]:
    """Entries whose title says that they are kinds of it: "Stellar black hole", "Trou noir supermassif"."""
    own = book.stems(entry.title)
    found = []
    for key in book.containing(entry.title):
        stems = book.stems(key)
        head_at = stems[-len(own) :] if book.language == "en" else stems[: len(own)]
        if head_at == own and book.entry(key).topic == entry.topic:
            found.append(key)
    return tuple(found)


def _linked(entry: Entry, book: Encyclopedia) -> tuple[str, ...]:
    """Entries that the lead names, those that name it back first."""
    own = re.compile(rf"\b{re.escape(fold(entry.title))}", re.IGNORECASE)
    named: list[str] = []
    for sentence in entry.sentences:
        written = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", sentence)
        for length in (4, 3, 2, 1):
            for start in range(len(written) - length + 1):
                name = " ".join(written[start : start + length])
                if length > 1 or len(name) > 3:
                    named.extend(key for key in book.titled(name) if key != entry.key)
    back = [key for key in distinct(named) if own.search(fold(book.entry(key).text))]
    return distinct([*back, *[key for key in named if book.entry(key).topic == entry.topic]])
