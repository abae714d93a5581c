"""What a theme is about: the encyclopedia's entry that its words name best.

Knows themes ("The secret life of giant pandas", "Comment naissent les étoiles ?"); knows no fact about any of them.
"""

import re
from dataclasses import dataclass
from typing import Final

from aiprod.writers.encyclopedia import Encyclopedia, Entry
from aiprod.writers.labels import fold
from aiprod.writers.tongues import Tongue

LONGEST_NAME: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The entry a theme is about, and the theme's words that nothing was found for."""

    entry: Entry
    unknown: tuple[str, ...]


def find_topic(theme: str, book: Encyclopedia, tongue: Tongue) -> Topic | None:
    """The entry that the longest and rarest of the theme's words name; None when no words do."""
    bare = re.sub(r"[?!.¿¡…\"“”«»:]+", " ", theme).strip()
    whole = book.titled(bare)
    if whole:
        return Topic(entry=_best(whole, book), unknown=())
    core = tongue.framing.sub("", bare).strip() or bare
    written = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", core)
    best: tuple[float, int, int, tuple[str, ...]] | None = None
    for length in range(min(LONGEST_NAME, len(written)), 0, -1):
        for start in range(len(written) - length + 1):
            name = " ".join(written[start : start + length])
            keys = book.titled(name)
            if not keys:
                continue
            stems = book.stems(name)
            weight = sum(0.3 + book.rarity(stem) for stem in stems) + 0.5 * len(stems) - 0.02 * start
            if best is None or weight > best[0]:
                best = (weight, start, length, keys)
    if best is None:
        return None
    _, start, length, keys = best
    left = [*written[:start], *written[start + length :]]
    unknown = tuple(word for word in left if book.stems(word) and len(fold(word)) > 3 and not tongue.framing.match(word + " "))
    return Topic(entry=_best(keys, book), unknown=unknown)


def _best(keys: tuple[str, ...], book: Encyclopedia) -> Entry:
    """Of several entries of one name, the one without qualifier, else the longest."""
    entries = [book.entry(key) for key in keys]
    return max(entries, key=lambda entry: (not entry.qualifier, len(entry.text)))
