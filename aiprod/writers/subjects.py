"""What a theme is about: the encyclopedia's entry that its words name best.

Knows themes ("The secret life of giant pandas", "Comment naissent les étoiles ?"); knows no fact about any of them.
"""

import re
from dataclasses import dataclass
from typing import Final

from aiprod.writers.encyclopedia import ARTICLES, Encyclopedia, Entry
from aiprod.writers.labels import fold
from aiprod.writers.tongues import Tongue

LONGEST_NAME: Final = 8
_EMPTY_PENALTY: Final = 1.5
FEWEST_MENTIONS: Final = 8
"""A topic without an entry must be written in so many others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The entry a theme is about, how the theme names it, and the names that nothing was found for."""

    entry: Entry
    name: str
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    weight: float
    start: int
    length: int
    name: str
    keys: tuple[str, ...]


def find_topic(theme: str, book: Encyclopedia, tongue: Tongue) -> Topic | None:
    """The entry that the longest and rarest of the theme's words name; None when no words do."""
    bare = re.sub(r"[?!.¿¡…\"“”«»:]+", " ", theme).strip()
    whole = book.titled(bare)
    if whole:
        return Topic(entry=_best(whole, book, bare), name=bare, unknown=())
    core = tongue.framing.sub("", bare).strip() or bare
    written = re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", core)
    found = _match(written, book, tongue)
    if found is None:
        return _only_mentioned(written, book, tongue)
    left = [*written[: found.start], *written[found.start + found.length :]]
    names = tuple(word for word in left if word[0].isupper() and book.stems(word) and word != written[0])
    return Topic(entry=_best(found.keys, book, core), name=found.name, unknown=names)


def _match(written: list[str], book: Encyclopedia, tongue: Tongue) -> _Match | None:
    best: _Match | None = None
    for length in range(min(LONGEST_NAME, len(written)), 0, -1):
        for start in range(len(written) - length + 1):
            name = re.sub(r"^[ldLD]['’]", "", " ".join(written[start : start + length]))
            stems = book.stems(name)
            if not stems or (len(stems) == 1 and len(name) < 3):
                continue
            exact = book.titled(name) or book.scientifically_titled(name)
            bare = fold(name.split()[0]) not in ARTICLES[book.language]
            keys = exact or (_near(name, book) if bare else ())
            if not keys:
                continue
            weight = (
                0.4 * bool(exact) + sum(0.3 + book.rarity(stem) for stem in stems) + 0.5 * len(stems) - 0.02 * start
            )
            if len(stems) == 1 and tongue.empty.search(fold(name)):
                weight -= _EMPTY_PENALTY
            if best is None or weight > best.weight:
                best = _Match(weight=weight, start=start, length=length, name=name, keys=keys)
    return best


def _only_mentioned(written: list[str], book: Encyclopedia, tongue: Tongue) -> Topic | None:
    """A topic without an entry of its own, of which several other entries speak."""
    names = [re.sub(r"^[ldLD]['’]", "", word) for word in written]
    telling = [name for name in names if book.stems(name) and not tongue.empty.search(fold(name))]
    name = telling[0] if len(telling) == 1 else ""
    if len(name) < 4 or len(book.mentioning(book.written(book.stems(name)[0]))) < FEWEST_MENTIONS:
        return None
    title = name[0].upper() + name[1:]
    nothing = Entry(key="", title=title, qualifier="", text="", description="", topic="", url="")
    return Topic(entry=nothing, name=name, unknown=())


def _near(name: str, book: Encyclopedia) -> tuple[str, ...]:
    """Entries of no such title that are a kind of it ("Western honey bee"), or where it is the proper name
    ("Sinking of the Titanic")."""
    proper = name[:1].isupper() and book.proper(name)
    kinds = kinds_of(name, book)
    if kinds:
        return kinds
    return tuple(key for key in book.containing(name) if proper and len(book.stems(key)) <= len(book.stems(name)) + 2)


def kinds_of(name: str, book: Encyclopedia) -> tuple[str, ...]:
    """Entries whose title says that they are kinds of it: "Stellar black hole", "Trou noir supermassif"."""
    own = book.stems(name)
    found: list[str] = []
    if book.proper(name.split()[-1]):
        return ()
    for key in book.containing(name):
        stems = book.stems(re.sub(r"\s*\([^()]*\)$", "", key))
        head = stems[-len(own) :] if book.language == "en" else stems[: len(own)]
        if head == own and 0 < len(stems) - len(own) <= 2 and not re.search(r"\b(?:en|à|de|du|des|del)\b", key):
            found.append(key)
    return tuple(found)


def _best(keys: tuple[str, ...], book: Encyclopedia, said: str) -> Entry:
    """Of several entries of one name, the one whose qualifier is said beside it ("La planète Mars"), else the one without,
    else the one that others speak of most."""
    entries = [book.entry(key) for key in keys]
    if len(entries) == 1:
        return entries[0]
    beside = set(book.stems(said))

    def worth(entry: Entry) -> tuple[bool, bool, int, int]:
        meant = bool(entry.qualifier) and set(book.stems(entry.qualifier)) <= beside
        return meant, not entry.qualifier, book.commonness(entry.title), len(entry.text)

    return max(entries, key=worth)
