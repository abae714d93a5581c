"""Which of its arrangements a place should show: the throne room, the kitchen, the server hall that a prompt names.

Knows the arrangements of villages, interiors, laboratories, ruins and planets by name; the words that ask for them are the lexicon's. Knows
no picture: `archetypes/` draws arrangement number `variant % len(ARRANGEMENTS[place])`.
"""

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
    arrangement named by most words), near `variant`; or `variant` itself."""
    names = ARRANGEMENTS.get(place)
    if names is None:
        return variant
    known = arrangements(place)
    for text in texts:
        votes = [known[token.folded] for token in tokens(text) if token.folded in known]
        if votes:
            chosen = max(dict.fromkeys(votes), key=votes.count)
            block = min(variant // len(names), 256 // len(names) - 1)
            return block * len(names) + names.index(chosen)
    return variant
