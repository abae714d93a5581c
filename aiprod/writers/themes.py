"""How a theme is built: the noun phrases that its frame or its question wraps, and the noun that each is about.

Knows the word order of the three tongues: English nouns end their phrase ("submarine volcanoes"), French and Spanish
ones begin it. Knows no entry; `subjects.py` finds them.
"""

import re
from dataclasses import dataclass
from typing import Final

from aiprod.writers.encyclopedia import ARTICLES, stem
from aiprod.writers.labels import fold
from aiprod.writers.tongues import Tongue

_WORD: Final = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_ELIDED: Final = re.compile(r"\b([ldnsjcmt]|qu)['’](?=\w)", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[?!.¿¡…\"“”«»:;()\[\]]+(?=\s|$)|[?!¿¡…\"“”«»:;()\[\]]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words start..stop of a theme, `head` the one that names the thing. `link`: the folded word that ties it to what
    stands before."""

    start: int
    stop: int
    head: int
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme without its frame: its words, and the phrases among them. `predicate`: a verb follows the first."""

    words: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    predicate: bool

    def said(self, phrase: Phrase) -> str:
        """The phrase's own words."""
        return " ".join(self.words[phrase.start : phrase.stop])


def bare(theme: str) -> str:
    """The theme without punctuation."""
    return " ".join(_SIGNS.sub(" ", theme).replace("&", " and ").split())


def theme_of(text: str, tongue: Tongue) -> Theme:
    """The theme's phrases; one without any names nothing."""
    whole = bare(text)
    core = tongue.framing.sub("", whole).strip() or whole
    asked = tongue.asking.search(whole[: len(whole) - len(core)]) is not None
    if tongue.language == "fr":
        core = _ELIDED.sub(r"\1e ", core)
    words = [match.group() for match in _WORD.finditer(core)]
    first = 0
    while first < len(words) - 1 and tongue.anybody.search(fold(words[first])):
        first, asked = first + 1 + (words[first] == "to" and first + 2 < len(words)), False
    inverted = asked and tongue.language != "en" and not _is_article(words[first], tongue)
    if inverted:
        first = next((i for i in range(first, len(words)) if _is_article(words[i], tongue) or tongue.binding.search(fold(words[i]))), first)
    runs = _runs(words, first, tongue)
    verb = asked and not inverted
    phrases = [_phrase(words, run, tongue, verb=verb and not index) for index, run in enumerate(runs)]
    return Theme(words=tuple(words), phrases=tuple(phrases), predicate=verb)


def _is_article(word: str, tongue: Tongue) -> bool:
    return tongue.article.search(fold(word)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    start: int
    stop: int
    link: str
    after: str


def _runs(words: list[str], first: int, tongue: Tongue) -> list[_Run]:
    """Stretches of words between prepositions, conjunctions, articles and verbs of being."""
    found: list[_Run] = []
    start, link = first, ""
    for index in range(first, len(words) + 1):
        word = fold(words[index]) if index < len(words) else ""
        article = bool(word) and _is_article(word, tongue)
        parting = bool(word) and (article or tongue.parting.search(word) is not None)
        if word and not parting:
            continue
        if index > start:
            found.append(_Run(start=start, stop=index, link=link, after=word))
            link = ""
        if parting and not (article and link):
            link = word
        start = index + 1
    return found


def _phrase(words: list[str], run: _Run, tongue: Tongue, *, verb: bool) -> Phrase:
    """The noun phrase of a run. `verb`: a verb comes after it, in the run or behind it."""
    stop = run.stop
    if verb and tongue.language == "en":
        stop = _before_verb(words, run, tongue)
    head = stop - 1
    if tongue.language != "en":
        head = next((i for i in range(run.start, stop) if not tongue.preposed.search(fold(words[i]))), run.start)
        if verb and not tongue.being.search(run.after) and stop - run.start > 1:
            stop -= 1
        head = min(head, stop - 1)
    return Phrase(start=run.start, stop=stop, head=head, link=run.link)


def _before_verb(words: list[str], run: _Run, tongue: Tongue) -> int:
    """Where an English subject ends: at its first plural, else before the last word that must be the verb."""
    last = run.stop if tongue.being.search(run.after) else run.stop - 1
    last = max(last, run.start + 1)
    for index in range(run.start, last):
        folded = fold(words[index])
        if "'" not in folded and stem(folded, "en") != folded and not tongue.empty.search(folded):
            return index + 1
    return last


def is_small(word: str, tongue: Tongue) -> bool:
    """Whether a word is an article, a preposition or the like, which no name starts or ends with."""
    folded = fold(word)
    return (
        folded in ARTICLES[tongue.language]
        or _is_article(folded, tongue)
        or tongue.parting.search(folded) is not None
    )
