"""Gathering the facts of a story: the entry's own, then a dictionary's, then what other entries say of the same thing.

Knows how many facts make a story and which come before others; `supply.py` finds them. Knows nothing of scenes.
"""

from collections.abc import Iterable
from typing import Final

from aiprod.writers.definitions import Wanted, defined
from aiprod.writers.encyclopedia import Encyclopedia
from aiprod.writers.facts import Fact
from aiprod.writers.lexicons import Lexicon
from aiprod.writers.subjects import Topic
from aiprod.writers.supply import DULL, LIVELY, Neighbour, Supply
from aiprod.writers.tongues import Tongue

ENOUGH: Final = 6
"""With fewer facts than this, dull ones and companions are told too."""
PLENTY: Final = 8
"""With fewer facts than this, what speaks of the topic in a plainer way is told too."""
MOST_ASIDES: Final = 3
"""No more things than this are told only because a fact names them."""


def gather(topic: Topic, book: Encyclopedia, lexicon: Lexicon | None, tongue: Tongue, wanted: int) -> list[Fact]:
    """Facts about the topic in the order they may be told, at most as many as wanted; those of other entries stand after
    the sentence that leads to them."""
    supply = Supply(topic, book, tongue)
    own = supply.own
    lively = [fact for index, fact in enumerate(own) if fact.score >= DULL or (index == 0 and fact.about)]
    if len(lively) >= wanted:
        return _best_of(lively, wanted)
    room = wanted - len(lively)
    mentions = supply.mentions()
    near = [found for found in mentions if not found.plain]
    chosen = [found for found in near if found.fact.score >= LIVELY][:room]
    told = (*own, *(found.fact for found in chosen))
    asked = Wanted(told=told, room=PLENTY - len(lively) - len(chosen), proper=supply.single)
    dictionary = defined(topic, lexicon, book, tongue, asked)
    meant = [Neighbour(fact=fact, anchor=fact.place, rank=fact.score) for fact in dictionary.own]
    kinds = [Neighbour(fact=fact, anchor=supply.last, rank=fact.score) for fact in dictionary.kinds]
    chosen = [*meant, *kinds, *chosen]
    _add(chosen, near, min(room, ENOUGH - len(lively)))
    dull = sorted((fact for fact in own if fact not in lively), key=lambda fact: -fact.score)
    kept = dull[: max(0, ENOUGH - len(lively) - len(chosen))]
    lively = [fact for fact in own if fact in lively or fact in kept]
    room = min(wanted, PLENTY) - len(lively)
    _add(chosen, mentions, room)
    if len(lively) + len(chosen) < PLENTY:
        _add(chosen, supply.asides(lively), min(room, PLENTY - len(lively), len(chosen) + MOST_ASIDES))
    if len(lively) + len(chosen) < ENOUGH:
        _add(chosen, supply.companions(), min(room, 2 * len(chosen) + len(lively)))
    chosen = [supply.tied(found) for found in supply.fresh(chosen, lively)]
    ordered = [(fact.place, 0, index, fact) for index, fact in enumerate(lively)]
    ordered += [(found.anchor, 1, index, found.fact) for index, found in enumerate(_grouped(chosen))]
    return [fact for *_, fact in sorted(ordered, key=lambda item: item[:3])]


def _add(chosen: list[Neighbour], more: Iterable[Neighbour], most: int) -> None:
    """Put what is not chosen yet behind it, until there are as many as may be."""
    told = {found.fact.named for found in chosen}
    for found in more:
        if len(chosen) >= most:
            return
        if found.fact.named not in told:
            chosen.append(found)
            told.add(found.fact.named)


def _grouped(chosen: list[Neighbour]) -> list[Neighbour]:
    """The facts of one entry together and in its order, where the best of them stands."""
    entries = list(dict.fromkeys(found.fact.entry.key for found in chosen))
    return sorted(chosen, key=lambda found: (entries.index(found.fact.entry.key), found.fact.place))


def _best_of(facts: list[Fact], wanted: int) -> list[Fact]:
    """The facts without the weakest, in the text's order; the first, which says what it is, always stays."""
    kept = [facts[0], *sorted(facts[1:], key=lambda fact: -fact.score)[: wanted - 1]]
    return [fact for fact in facts if fact in kept]
