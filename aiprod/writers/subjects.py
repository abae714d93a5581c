"""What a theme is about: the encyclopedia's entry that names the noun of its phrase.

Knows themes ("The secret life of giant pandas", "Comment naissent les étoiles ?"); knows no fact about any of them. What
only qualifies the noun never stands for it: submarine volcanoes are volcanoes, and sea lions are no lions.
"""

import difflib
import re
from dataclasses import dataclass
from typing import Final

from aiprod.prompts.readings import is_twofold, names_a_thing
from aiprod.prompts.words import tokens
from aiprod.writers.encyclopedia import Encyclopedia, Entry
from aiprod.writers.labels import fold
from aiprod.writers.lexicons import Lexicon
from aiprod.writers.themes import Phrase, Theme, bare, is_small, theme_of
from aiprod.writers.tongues import Tongue

LONGEST_NAME: Final = 8
FEWEST_MENTIONS: Final = 8
"""A topic without an entry must be written in so many others."""
SPEAKS: Final = 2
"""An entry that names a thing so often speaks of it."""
ALIKE: Final = 0.84
"""How alike, of 1, a title must be to what was perhaps misspelt."""
_DEFINING: Final = 5
"""A definition says among so many first words what the thing is a kind of."""
_COLOUR: Final = re.compile(r"\b(?:colou?rs?|couleurs?|color(?:es)?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The entry a theme is about, how the theme names it, and what the theme says besides that nothing was found for."""

    entry: Entry
    name: str
    unknown: tuple[str, ...]


def find_topics(theme: str, book: Encyclopedia, tongue: Tongue, lexicon: Lexicon | None = None) -> tuple[Topic, ...]:
    """The topics of a theme: two for "cats and dogs", none when nothing is known of it."""
    whole = bare(theme)
    if keys := book.titled(whole):
        return (Topic(entry=_best(keys, book, whole), name=whole, unknown=()),)
    said = theme_of(theme, tongue)
    finder = _Finder(said, book, tongue, lexicon)
    joined = [i for i, phrase in enumerate(said.phrases) if i and tongue.joining.search(phrase.link)]
    if not joined or said.predicate:
        found = finder.topic(said.phrases)
        return (found,) if found else ()
    if keys := book.titled(" ".join(said.words)):
        return (Topic(entry=_best(keys, book, whole), name=" ".join(said.words), unknown=()),)
    first, second = said.phrases[: joined[0]], said.phrases[joined[0] :]
    one, other = finder.topic(first), finder.topic(second)
    if one is None:
        return ()
    if other is None:
        missing = said.said(second[0])
        return (Topic(entry=one.entry, name=one.name, unknown=(*one.unknown, missing)),)
    if not other.entry.text or not one.entry.text or other.entry.key == one.entry.key:
        return (one,)
    if _COLOUR.search(" ".join(one.entry.sentences[:1])) and second[0].stop - second[0].start > 1:
        return (other,)
    return one, other


def find_topic(theme: str, book: Encyclopedia, tongue: Tongue, lexicon: Lexicon | None = None) -> Topic | None:
    """The first topic of a theme; None when nothing is known of it."""
    return next(iter(find_topics(theme, book, tongue, lexicon)), None)


def perhaps_meant(theme: str, book: Encyclopedia, tongue: Tongue) -> str:
    """The title that the theme's first phrase is perhaps a misspelling of, or ""."""
    said = theme_of(theme, tongue)
    phrase = said.said(said.phrases[0]) if said.phrases else ""
    if all(book.familiarity(word) for word in phrase.split()):
        return ""
    name = " ".join(book.stems(phrase))
    near = difflib.get_close_matches(name, book.title_stems, n=1, cutoff=ALIKE)
    return book.entry(book.titled(near[0])[0]).title if near and book.titled(near[0]) else ""


class _Finder:
    """One theme and the books it is looked up in."""

    def __init__(self, theme: Theme, book: Encyclopedia, tongue: Tongue, lexicon: Lexicon | None) -> None:
        self.theme, self.book, self.tongue, self.lexicon = theme, book, tongue, lexicon

    def topic(self, phrases: tuple[Phrase, ...]) -> Topic | None:
        """What these phrases are about: their first noun, or what it is said of."""
        if not phrases:
            return None
        if qualified := self._qualified(phrases):
            return qualified
        phrase, rest = phrases[0], phrases[1:]
        if rest and self._says_nothing(phrase) and not self.tongue.joining.search(rest[0].link):
            longer = self._span(phrase.head, phrase.start)
            if longer is None or longer[1] - longer[0] < 2:
                return self.topic(rest)
        span = self._span(self._head(phrase), phrase.start)
        entry = self._entry(span, phrase)
        qualifiers = self._qualifiers(phrase, rest, span)
        return self._weighed(entry, phrase, qualifiers, rest, span) or self._only_mentioned(phrase)

    def _qualified(self, phrases: tuple[Phrase, ...]) -> Topic | None:
        """The entry whose title needs a qualifier that the theme says: "Orange (fleuve)" for "le fleuve Orange"."""
        written = self.theme.words[phrases[0].start : phrases[-1].stop]
        said = set(self.book.stems(" ".join(written)))
        for length in range(min(LONGEST_NAME, len(written)), 0, -1):
            for start in range(len(written) - length + 1):
                name = " ".join(written[start : start + length])
                for key in self.book.exactly_titled(name):
                    entry = self.book.entry(key)
                    qualifier = set(self.book.stems(entry.qualifier))
                    if qualifier and qualifier <= said - set(self.book.stems(name)):
                        return Topic(entry=entry, name=name, unknown=())
        return None

    def _says_nothing(self, phrase: Phrase) -> bool:
        said = self.theme.words[phrase.start : phrase.stop]
        return all(self.tongue.empty.search(fold(word)) or self.tongue.preposed.search(fold(word)) for word in said)

    def _head(self, phrase: Phrase) -> int:
        """The phrase's noun, or the proper name that follows it in French and Spanish: "le général Bonaparte"."""
        last = phrase.stop - 1
        name = self.theme.words[last]
        following = self.tongue.language != "en" and last > phrase.head and (self.book.proper(name) or name.isupper())
        return last if following and self._span(last, phrase.start) else phrase.head

    def _span(self, head: int, first: int) -> tuple[int, int] | None:
        """The longest words that hold the head and name an entry."""
        written = self.theme.words
        for length in range(min(LONGEST_NAME, len(written) - first), 0, -1):
            for start in range(max(first, head - length + 1), min(head, len(written) - length) + 1):
                ends = written[start], written[start + length - 1]
                if any(is_small(word, self.tongue) for word in ends) and length > 1:
                    continue
                name = " ".join(written[start : start + length])
                if self._titled(name) and (length > 1 or len(name) > 1):
                    return start, start + length
        return None

    def _titled(self, name: str) -> tuple[str, ...]:
        return self.book.titled(name) or self.book.abbreviated(name) or self.book.scientifically_titled(name)

    def _entry(self, span: tuple[int, int] | None, phrase: Phrase) -> Entry | None:
        """The entry that the span names, or one that is a kind of the whole phrase."""
        whole = self.theme.said(phrase)
        if span is not None and not self._is_one_thing(span):
            shorter = span[1] - span[0] < phrase.stop - phrase.start
            near = kinds_of(whole, self.book) if shorter else ()
            return _best(near, self.book, whole) if near else self._meant(" ".join(self.theme.words[span[0] : span[1]]))
        head = self.theme.words[phrase.head]
        others = set(self.book.stems(whole)) - set(self.book.stems(head))
        known = [
            key for key in _near(whole, self.book) or _near(head, self.book)
            if others <= {*self.book.stems(key), *self.book.stems(self.book.entry(key).text)}
        ]  # fmt: skip
        return _best(tuple(known), self.book, whole) if known else None

    def _meant(self, name: str) -> Entry:
        """Of the entries of a name, one that speaks of what else the theme says; of a name that the book has in a special
        sense only, the entry of its usual sense: a plane that flies is an airplane."""
        said = " ".join(self.theme.words)
        keys = self._titled(name)
        others = set(self.book.stems(said)) - set(self.book.stems(name))
        speaking = tuple(key for key in keys if others & set(self.book.stems(self.book.entry(key).text)))
        entry = _best(speaking or keys, self.book, said)
        senses = self.lexicon.senses(name)[:1] if self.lexicon is not None and entry.qualifier and not speaking else ()
        usual = [key for sense in senses for other in sense.names for key in self.book.exactly_titled(other)]
        plain = [one for one in map(self.book.entry, usual) if not one.qualifier]
        return plain[0] if plain else entry

    def _is_one_thing(self, span: tuple[int, int]) -> bool:
        """Whether several are spoken of and the entry is the one thing of that name: Jupiter's moons are not the Moon."""
        if span[1] - span[0] > 1:
            return False
        word = self.theme.words[span[0]]
        entry = self.book.entry(self._titled(word)[0])
        several = (fold(word),) != self.book.stems(word) == (fold(entry.title),)
        return several and not entry.qualifier and self.book.largely_capital(entry.title)

    def _qualifiers(self, phrase: Phrase, rest: tuple[Phrase, ...], span: tuple[int, int] | None) -> list["_Qualifier"]:
        """What the phrase says of its noun besides the entry's own name."""
        taken = range(*span) if span else range(phrase.head, phrase.head + 1)
        found = [
            _Qualifier(name=self.theme.words[i], noun=self._is_noun(i, phrase), tied=False)
            for i in range(phrase.start, phrase.stop)
            if i not in taken and not self.tongue.preposed.search(fold(self.theme.words[i]))
        ]  # fmt: skip
        if rest and self.tongue.binding.search(rest[0].link) and rest[0].start not in taken and not self._says_nothing(rest[0]):
            found.append(_Qualifier(name=self.theme.said(rest[0]), noun=True, tied=True))
        return found

    def _is_noun(self, index: int, phrase: Phrase) -> bool:
        """Whether a word beside the head is a noun by itself; in French and Spanish it would have a preposition."""
        word = self.theme.words[index]
        if self.tongue.language != "en" or not (keys := self.book.titled(word)):
            return False
        seen = tokens(self.theme.said(phrase))
        at = index - phrase.start
        if at < len(seen) and is_twofold(fold(word), seen[at].folded) and not names_a_thing(seen, at, at, "en"):
            return False
        return not _COLOUR.search(" ".join(self.book.entry(keys[0]).sentences[:1]))

    def _weighed(
        self, entry: Entry | None, phrase: Phrase, qualifiers: list["_Qualifier"], rest: tuple[Phrase, ...],
        span: tuple[int, int] | None,
    ) -> Topic | None:  # fmt: skip
        """The noun's entry, or its qualifier's where that is what speaks of both; None where neither does."""
        head = self.theme.words[phrase.head]
        whole = self.theme.said(phrase)
        if rest and self.tongue.binding.search(rest[0].link):
            whole = " ".join(self.theme.words[phrase.start : rest[0].stop])
        if qualifiers and (known := self._by_dictionary(whole, head, entry)) is not None:
            return known.topic
        if entry is None:
            return self._of_qualifier(qualifiers, head)
        missing = [one for one in qualifiers if not self._speaks(entry, one.name)]
        other = self._of_qualifier(missing, head)
        if missing and (self.tongue.empty.search(fold(head)) or (entry.qualifier and not self._is_told_of(head, missing))):
            return other
        for one in missing:
            keys = self.book.titled(one.name)
            if one.noun and keys and self._times(self.book.entry(keys[0]), head) >= SPEAKS:
                return Topic(entry=_best(keys, self.book, one.name), name=one.name, unknown=())
            several = fold(head) not in self.book.stems(head)
            if one.noun and not (several and self.book.proper(one.name.split()[0].removesuffix("'s"))):
                return None
        name = " ".join(self.theme.words[span[0] : span[1]]) if span else whole
        left = self.theme.words[phrase.stop : rest[-1].stop if rest else phrase.stop]
        names = tuple(word for word in left if self.book.proper(word) and not self._speaks(entry, word))
        unknown = [one.name for one in missing if one.tied] or [whole] * bool(missing)
        return Topic(entry=entry, name=name, unknown=tuple(unknown) or names)

    def _is_told_of(self, head: str, qualifiers: list["_Qualifier"]) -> bool:
        """Whether an entry named after the noun speaks of what qualifies it: the pyramid of Khufu, of Egypt."""
        entries = [self.book.entry(key) for key in self.book.containing(head)]
        return all(any(self._speaks(entry, one.name) for entry in entries) for one in qualifiers)

    def _of_qualifier(self, qualifiers: list["_Qualifier"], head: str) -> Topic | None:
        """The one qualifier's entry, where it speaks of the noun that has none: the samurai, for samurai warriors."""
        name = " ".join(one.name for one in qualifiers if not one.tied)
        tied = next((one.name for one in qualifiers if one.tied), "")
        for said in (name, tied):
            keys = self.book.titled(said) if said else ()
            entry = _best(keys, self.book, said) if keys else None
            if entry is not None and (self.tongue.empty.search(fold(head)) or self._speaks(entry, head)):
                return Topic(entry=entry, name=said.removesuffix("'s").removesuffix("’s"), unknown=())
        return None

    def _by_dictionary(self, whole: str, head: str, entry: Entry | None) -> "_Known | None":
        """What the dictionary says the phrase is, when it has it as a word of its own: another name of an entry, or a kind
        of what its noun names; None when it does not have it."""
        senses = self.lexicon.senses(whole) if self.lexicon is not None else ()
        for other in senses[0].names if len(senses) == 1 else ():
            if keys := self.book.exactly_titled(other):
                title = self.book.entry(keys[0]).title
                return _Known(topic=Topic(entry=self.book.entry(keys[0]), name=title, unknown=()))
        stems = [set(self.book.stems(sense.definition)[:_DEFINING]) for sense in senses]
        own = set(self.book.stems(head))
        start = re.match(r"(?:the|an?) (?P<name>\w+) of\b", senses[0].definition) if senses else None
        if len(senses) == 1 and start and (keys := self.book.exactly_titled(start["name"])):
            return _Known(topic=Topic(entry=_best(keys, self.book, start["name"]), name=start["name"], unknown=(whole,)))
        if entry is None or not senses or any(own & said for said in stems):
            return None
        return _Known(topic=None)

    def _speaks(self, entry: Entry, name: str) -> bool:
        return self._times(entry, name) > 0

    def _times(self, entry: Entry, name: str) -> int:
        """How often an entry writes any of the name's words."""
        stems = set(self.book.stems(name))
        return sum(one in stems for one in self.book.stems(f"{entry.title} {entry.text}"))

    def _only_mentioned(self, phrase: Phrase) -> Topic | None:
        """A topic without an entry of its own, of which several other entries speak."""
        name = self.theme.said(phrase)
        stems = self.book.stems(name)
        head = self.theme.words[phrase.head]
        if len(name.split()) > 2 or len(name) < 4 or self.tongue.empty.search(fold(head)) or self._titled(head):
            return None
        pattern = re.compile(r"\W+".join(self.book.written(one).pattern for one in stems), re.IGNORECASE)
        if not stems or len(self.book.mentioning(pattern)) < FEWEST_MENTIONS:
            return None
        title = name[0].upper() + name[1:]
        nothing = Entry(key="", title=title, qualifier="", text="", description="", topic="", url="")
        return Topic(entry=nothing, name=name, unknown=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Qualifier:
    """Words beside the noun: whether they are a noun themselves, and `tied` by a preposition."""

    name: str
    noun: bool
    tied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the dictionary made of a phrase: a topic, or that it is a thing of its own without an entry."""

    topic: Topic | None


def _near(name: str, book: Encyclopedia) -> tuple[str, ...]:
    """Entries of no such title that are a kind of it ("Western honey bee"), or where it is the proper name
    ("Sinking of the Titanic"): Beethoven himself before his sonatas, whose title has him in brackets."""
    proper = name[:1].isupper() and book.proper(name)
    kinds = kinds_of(name, book)
    if kinds:
        return kinds
    named = tuple(key for key in book.containing(name) if proper and len(book.stems(key)) <= len(book.stems(name)) + 2)
    return tuple(key for key in named if set(book.stems(name)) <= set(book.stems(book.entry(key).title))) or named


def kinds_of(name: str, book: Encyclopedia) -> tuple[str, ...]:
    """Entries whose title says that they are kinds of it: "Stellar black hole", "Trou noir supermassif"."""
    own = book.stems(name)
    found: list[str] = []
    if book.proper(name.split()[-1]):
        return ()
    for key in book.containing(name):
        stems = book.stems(re.sub(r"\s*\([^()]*\)$", "", key))
        head = stems[-len(own) :] if book.language == "en" else stems[: len(own)]
        if book.language != "en" and stems[0] in ("grand", "petit", "gran"):
            head = stems[1 : len(own) + 1]
        if head == own and 0 < len(stems) - len(own) <= 2 and not re.search(r"\b(?:en|à|de|du|des|del)\b", key):
            found.append(key)
    return tuple(found)


def _best(keys: tuple[str, ...], book: Encyclopedia, said: str) -> Entry:
    """Of several entries of one name, the one whose qualifier is said beside it ("La planète Mars"), else the one without, else
    the one that is written alike ("The Middle Ages", not the middle age), else the one that others speak of most."""
    entries = [book.entry(key) for key in keys]
    if len(entries) == 1:
        return entries[0]
    beside = set(book.stems(said))
    spaced = f" {fold(said)} "

    def worth(entry: Entry) -> tuple[bool, bool, bool, int, int]:
        meant = bool(entry.qualifier) and set(book.stems(entry.qualifier)) <= beside
        alike = f" {fold(entry.title)} " in spaced
        return meant, not entry.qualifier, alike, book.commonness(entry.title), len(entry.text)

    return max(entries, key=worth)
