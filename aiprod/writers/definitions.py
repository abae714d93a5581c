"""Facts that a dictionary tells of a topic: what the word means and what is a kind of it.

Knows which of a word's meanings the encyclopedia's entry is about and which kinds are worth telling; `defining.py` knows
the grammar. Tells nothing that the entry itself says already.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from aiprod.prompts.words import is_stop_word
from aiprod.writers.clauses import Subject, spoken_clauses
from aiprod.writers.defining import english_definition, french_definition, tied
from aiprod.writers.encyclopedia import Encyclopedia, Entry
from aiprod.writers.facts import Fact, score_of, subject_of
from aiprod.writers.insertions import is_person
from aiprod.writers.lexicons import Lexicon, Sense
from aiprod.writers.reference_text import finished, words
from aiprod.writers.subjects import Topic
from aiprod.writers.tongues import Tongue

LONGEST: Final = 30
SHORTEST: Final = 6
SAME: Final = 0.7
"""A kind's definition that shares so much of its words with a fact says the same."""
SAID: Final = 0.35
"""The topic's own definition that shares so much of its words with all its facts says nothing new."""
MOST_LOOKED_AT: Final = 60
"""Kinds whose sentences are made, of those that are known best."""
PLACE: Final = 1
"""The topic's own definition is told after its second sentence."""
MOST_KINDS: Final = 4
FEWEST_LISTED: Final = 3
MOST_LISTED: Final = 4
NEAREST: Final = {"en": 2, "fr": 1}
"""How many words a meaning and the entry must share; French meanings come with fewer."""
LATER: Final = 1.5
"""How many more a less usual meaning must share than the one before it."""
DULL: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """What the dictionary tells: the topic's own definition, then its kinds, the best known first, then a list."""

    own: tuple[Fact, ...]
    kinds: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is `told` already, how many more facts there is `room` for, and whether the topic's name is one thing's own."""

    told: tuple[Fact, ...]
    room: int
    proper: bool


def defined(topic: Topic, lexicon: Lexicon | None, book: Encyclopedia, tongue: Tongue, wanted: Wanted) -> Defined:
    """The dictionary's facts of the topic that are not told yet."""
    if lexicon is None:
        return Defined(own=(), kinds=())
    teller = _Teller(topic, lexicon, book, tongue)
    sense = teller.sense()
    if sense is None:
        return Defined(own=(), kinds=())
    said = [set(book.stems(fact.named)) for fact in wanted.told]
    every = set[str]().union(*said)
    own = [
        fact for fact in teller.definition(sense)
        if fact.score >= DULL and not teller.repeats(fact, [every], SAID + SAID * teller.counts(fact, every))
    ][: wanted.room]  # fmt: skip
    room = wanted.room - len(own)
    kinds = [] if wanted.proper or room < 1 else teller.kinds(sense, wanted.told, room)
    return Defined(own=tuple(own), kinds=tuple(kinds))


class _Teller:
    """One topic and one dictionary."""

    def __init__(self, topic: Topic, lexicon: Lexicon, book: Encyclopedia, tongue: Tongue) -> None:
        self.entry, self.name = topic.entry, topic.name
        self.lexicon, self.book, self.tongue = lexicon, book, tongue
        self.subject: Subject | None = subject_of(topic.entry, tongue)

    def sense(self) -> Sense | None:
        """The meaning that the entry is about: the one whose neighbourhood shares most words with it."""
        lead = self._telling(f"{self.entry.description} {self.entry.text}")
        for name in dict.fromkeys((self.entry.title, self.name)):
            own = self._telling(name)
            senses = self.lexicon.senses(name)
            scored = [
                (len((self._telling(self.lexicon.context(sense)) - own) & (lead - own)), sense)
                for sense in senses
                if is_person(self.entry) or not _SOMEONE.match(sense.definition)
            ]
            least = 1 if len(senses) == 1 and self._is_only(senses[0], name) else NEAREST[self.tongue.language]
            close = [one for one in scored if one[0] >= least + (one[1].rank > 0)]
            if close:
                return max(close, key=lambda one: one[0] - LATER * one[1].rank)[1]
            usual = [sense for _, sense in scored if not sense.rank]
            if usual and self.tongue.language == "fr" and name == self.entry.title and not self.entry.qualifier:
                return usual[0]
        return None

    def _is_only(self, sense: Sense, name: str) -> bool:
        """Whether the one meaning of a word is surely the entry's: a common noun, written alike, that needs no qualifier. A film
        has the name of a city."""
        common = " " in sense.word or sense.word == sense.word.lower()
        return common and not self.entry.qualifier and sense.word[1:] == name[1:]

    def _telling(self, text: str) -> set[str]:
        """The words that two texts of one thing share: "with" and "which" are in all."""
        return {stem for stem in self._content(text) if not is_stop_word(stem, self.tongue.language)}

    def definition(self, sense: Sense) -> list[Fact]:
        """The topic's own definition, said as the entry's own facts are."""
        subject = self.subject
        if subject is None or not self._is_named(subject, sense):
            return []
        if self.tongue.language == "fr":
            text = french_definition(sense.word, sense.definition, self._gender)
            text = re.sub(r"^.*? est(?= une? )", f"{subject.phrase} est", text) if not subject.plural else ""
        else:
            past = re.search(r"\b(?:is|are|was|were)\b", self.entry.text)
            over = sense.over or (past is not None and past.group() in ("was", "were"))
            mass = not subject.plural and subject.phrase.casefold() == sense.word.casefold()
            text = english_definition(sense.word, sense.definition, mass=mass, over=over, subject=subject)
        also = re.sub(r"^\w+", subject.phrase, finished(sense.also)) if sense.also and text else ""
        entry = replace(
            self.entry, work=self.lexicon.work, licence=self.lexicon.licence, url=self.lexicon.url(sense.word)
        )
        return [
            replace(fact, entry=entry, text=self._pronounced(fact.text), place=PLACE)
            for fact in self._facts(sense, [text, also])
        ]

    def _is_named(self, subject: Subject, sense: Sense) -> bool:
        """Whether the subject's noun is the word: not "the sinking of the Titanic" for "Titanic"."""
        phrase = self.book.stems(subject.phrase)
        place = slice(-1, None) if self.tongue.language == "en" else slice(0, 1)
        return any(self.book.stems(name)[place] == phrase[place] for name in (*sense.names, self.name))

    def _pronounced(self, text: str) -> str:
        """The sentence with a pronoun for its subject, where that is a thing."""
        start = self.subject.phrase if self.subject else ""
        if is_person(self.entry) or not text.startswith(f"{start} "):
            return text
        if self.tongue.language == "fr":
            return re.sub(rf"^{re.escape(start)} est\b", "C'est", text)
        return f"{'They' if self.subject is not None and self.subject.plural else 'It'}{text[len(start) :]}"

    def counts(self, fact: Fact, said: set[str]) -> bool:
        """Whether it has a figure that is not said yet."""
        return any(figure not in said for figure in re.findall(r"\d+", fact.named))

    def kinds(self, sense: Sense, told: Sequence[Fact], room: int) -> list[Fact]:
        """The kinds that are best known and most worth telling, and a list of the others."""
        here = {self.book.stems(self.entry.title), *(self.book.stems(fact.entry.title) for fact in told)}
        said = [set(self.book.stems(fact.named)) for fact in told]
        found = [
            kind for kind in self.lexicon.kinds(sense)
            if self.book.stems(kind.word) not in here and self._plain(kind) and self._tells(kind, sense) and self._meant(kind, sense)
        ]  # fmt: skip
        found.sort(key=lambda kind: -self._worth(kind))
        chosen: list[Fact] = []
        for kind in found[:MOST_LOOKED_AT]:
            if len(chosen) >= room + MOST_LISTED:
                break
            for fact in self._facts(kind, [self._kind_sentence(kind, sense)]):
                if not self.repeats(fact, said, SAME):
                    chosen.append(fact)
                    said = [*said, set(self.book.stems(fact.named))]
        most = min(room, MOST_KINDS)
        if len(chosen) < room + FEWEST_LISTED - 1:
            return chosen[:most]
        most = min(room - 1, MOST_KINDS) if room > 1 else 1
        return self._listed(sense, list(dict.fromkeys(_word(fact.entry) for fact in chosen[most:]))) + chosen[:most]

    def _tells(self, kind: Sense, sense: Sense) -> bool:
        """Whether the definition says more than the word itself: not "a cup of tea" of the cuppa."""
        new = self._content(kind.definition) - self._content(f"{kind.word} {sense.word}")
        return len(new) > 2 or self.tongue.striking.search(kind.definition) is not None

    def _meant(self, kind: Sense, sense: Sense) -> bool:
        """Whether it is a kind of this meaning: a café that is drunk, not one that is sat in."""
        if self.tongue.language != "fr":
            return True
        near = self._content(kind.definition) - self._content(sense.word)
        own = self._content(f"{sense.definition} {self.entry.text} {self.entry.description}")
        others = [self._content(other.definition) - own for other in self.lexicon.senses(sense.word) if other != sense]
        elsewhere = _ELSEWHERE.search(kind.definition) and not _ELSEWHERE.search(f"{sense.definition} {self.entry.text}")
        return not elsewhere and all(len(near & other) <= len(near & own) for other in others)

    def _worth(self, kind: Sense) -> float:
        known = min(6, self.book.familiarity(kind.word) if kind.word == kind.word.lower() else 0)
        return (
            score_of(kind.definition, self.tongue, 0) + 0.6 * math.log1p(known) + 0.06 * min(14, words(kind.definition))
        )

    def repeats(self, fact: Fact, said: list[set[str]], most: float) -> bool:
        """Whether as much as `most` of its words is in one of the sentences that are `said`."""
        own = {stem for stem in self.book.stems(fact.named) if len(stem) > 2} - self._content(self.entry.title)
        return any(len(own & other) >= most * len(own) for other in said)

    def _kind_sentence(self, kind: Sense, sense: Sense) -> str:
        if self.tongue.language == "fr":
            return french_definition(kind.word, kind.definition, self._gender)
        mass = self._uncounted
        word = kind.word
        text = english_definition(word, kind.definition, mass=mass, over=kind.over, subject=None)
        if mass and self._counted(kind) and re.match(r"[A-Z][\w ]* (?:is|was) (?:an?|one of) ", text):
            text = f"The {text[0].lower()}{text[1:]}"
        head = {stem for name in sense.names for stem in self.book.stems(name)}
        return text if head & set(self.book.stems(text)) else tied(text, word, sense.word.lower(), self.tongue)

    @property
    def _uncounted(self) -> bool:
        """Whether the topic is something that is not counted: coffee, jazz."""
        return (
            self.subject is not None and not self.subject.plural and not re.match(r"(?:The|An?)\s", self.subject.phrase)
        )

    def _counted(self, kind: Sense) -> bool:
        """Whether a kind of something that is not counted is counted itself: the bun, for bread."""
        return kind.counted and self.book.stems(kind.word)[-1:] != self.book.stems(self.entry.title)[-1:]

    def _plain(self, kind: Sense) -> bool:
        """Whether a viewer would know the word: no Latin, no joke."""
        return (
            re.search(r"^[A-Z]\w+ [a-z]+(?:us|um|is|ae|ii|a)$|\d|\*", kind.word) is None
            and not re.search(
                r"\b(?:offensive|slang|colloquial|derogatory|informal|insipide|péjoratif|mauvaise qualité|substitute\w*|e\.g|i\.e|etc|"
                r"(?:trade|technical) name|name for|term for)\b",
                kind.definition,
            )
            and (
                kind.word == kind.word.lower()
                or self.tongue.language == "en"
                or bool(self.book.exactly_titled(kind.word))
            )
        )

    def _listed(self, sense: Sense, names: list[str]) -> list[Fact]:
        shown = names[:MOST_LISTED]
        if self.tongue.language == "fr":
            plain = [name for name in names if name == name.lower() and (" " not in name or name.startswith(sense.word))]
            said = [said for name in plain if (said := self._with_article(name))][:MOST_LISTED]
            if len(said) < FEWEST_LISTED:
                return []
            text = f"Parmi les sortes de {sense.word}, il y a {', '.join(said[:-1])} et {said[-1]}."
            text = re.sub(r"\bde (?=[aeiouyéèêâîôû])", "d'", text, count=1)
        elif len(shown) < FEWEST_LISTED:
            return []
        else:
            text = f"Kinds of {sense.word.lower()} include {', '.join(shown[:-1])} and {shown[-1]}."
            if not self._uncounted:
                text = re.sub(r"(?<= include )|(?<= and )|(?<=, )", "the ", text)
        entry = self._entry(sense)
        return [Fact(entry=entry, source=text, text=text, named=text, place=1, about=False, follows=False, score=DULL)]

    def _with_article(self, word: str) -> str:
        gender = self._gender(word)
        if re.match(r"[aeiouyéèêâîôûœ]", word) and gender:
            return f"l'{word}"
        return {"m": f"le {word}", "f": f"la {word}"}.get(gender, "")

    def _facts(self, sense: Sense, texts: list[str]) -> list[Fact]:
        entry = self._entry(sense)
        return [
            Fact(entry=entry, source=text, text=text, named=text, place=place, about=True, follows=False,
                 score=score_of(text, self.tongue, 0))
            for place, text in enumerate(self._short(text) for text in texts)
            if text and SHORTEST <= words(text) <= LONGEST
        ]  # fmt: skip

    def _short(self, text: str) -> str:
        """The sentence, cut where what follows only adds when it is too long to be said in one breath."""
        if words(text) <= LONGEST:
            return text
        return next(iter(spoken_clauses(text, None, self.tongue)), "")

    def _entry(self, sense: Sense) -> Entry:
        title = sense.word if sense.word != sense.word.lower() else sense.word[0].upper() + sense.word[1:]
        return Entry(key=f"{self.lexicon.work}:{sense.word}", title=title, qualifier="", text="", description="", topic="",
                     url=self.lexicon.url(sense.word), work=self.lexicon.work, licence=self.lexicon.licence)  # fmt: skip

    def _content(self, text: str) -> set[str]:
        return {stem for stem in self.book.stems(text) if len(stem) > 3}

    def _gender(self, word: str) -> str:
        """ "m" or "f", as the articles before the word in the encyclopedia say, or in the dictionary; "" when neither does."""
        head = word.split(" ")[0]
        for before in (self.book.before, self.lexicon.before):
            articles = before(head)
            feminine = sum(articles[article] for article in ("une", "Une", "la", "La"))
            masculine = sum(articles[article] for article in ("un", "Un", "le", "Le", "du"))
            if feminine != masculine:
                return "f" if feminine > masculine else "m"
        return "f" if _FEMININE.search(head) else "m" if _MASCULINE.search(head) else ""


_SOMEONE: Final = re.compile(r"(?:an? |any )?(?:\w+ )?(?:person|someone|somebody)\b(?! or thing)")
"""How a definition of people starts, which what is no person has nothing to do with: a guinea pig of experiments."""
_ELSEWHERE: Final = re.compile(r"\b(?:clients?|lieu|établissement|réunion|personnes?)\b")
"""Words of places and people, which a kind of a thing has nothing to do with."""
_FEMININE: Final = re.compile(r"(?:tion|sion|ette|ance|ence|ture|esse|ité)$")
_MASCULINE: Final = re.compile(r"(?:ment|isme|age|eau|oir|idé|teur)$")


def _word(entry: Entry) -> str:
    return entry.key.partition(":")[2]
