"""Which of its arrangements a place should show: the throne room, the kitchen, the server hall that a prompt names.

Knows the arrangements of villages, interiors, laboratories, ruins and planets by name; the words that ask for them are the
lexicon's. Knows no picture: `archetypes/` draws arrangement number `variant % len(ARRANGEMENTS[place])`.
"""

from collections import Counter

from aiprod.prompts.lexicon import arrangements
from aiprod.prompts.words import tokens

ARRANGEMENTS: dict[str, tuple[str, ...]] = {
    "village": ("hillside", "street", "square", "farm"),
    "interior": ("library", "living", "hall", "workshop", "kitchen", "study", "museum", "classroom"),
    "laboratory": ("chemistry", "control", "scholar", "biology", "servers", "observatory"),
    "ruins": ("temple", "castle", "jungle", "desert", "roman", "abbey", "circle"),
    "planet": ("earth", "ringed", "giant", "mars", "moon"),
}
"""Names of what a place may look like, in the order of its variants."""


def arranged(place: str, variant: int, *texts: str) -> int:
    """The variant at which `place` shows what `texts` ask for (the first of them that asks decides; within one, the
    arrangement named by most words, of equal ones each in its turn), near `variant`; or `variant` itself."""
    names = ARRANGEMENTS.get(place)
    if names is None:
        return variant
    known = arrangements(place)
    for text in texts:
        votes = Counter(look for token in tokens(text) for look in known.get(token.folded, ()))
        if votes:
            suited = [look for look, count in votes.items() if count == max(votes.values())]
            block = min(variant // len(names), 256 // len(names) - 1)
            return block * len(names) + names.index(suited[variant % len(suited)])
    return variant
