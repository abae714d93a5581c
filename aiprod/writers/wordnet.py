"""WordNet's nouns: what an English word means, and what is a kind of it.

Knows the form of the files `index.noun` and `data.noun`, where a synset's number is its place in the file; knows no
grammar. Source: WordNet 3.1, Princeton University.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from aiprod.errors import WeightsBroken
from aiprod.writers.lexicons import Sense
from aiprod.writers.reference_text import words_before

_KINDS: Final = ("~", "~i")
_THINGS: Final = ("05", "06", "08", "13", "17", "20")
"""The files of animals, artefacts, parts of bodies, food, natural objects and plants."""
_DRINK: Final = re.compile(r"\b(?:coffee|tea|drink|beverage|wine|beer|liquor)\b")
_DATES: Final = re.compile(r"\((?:[^()]*\s)?\d{1,4}\??(?:\s?BC)?\s?-\s?(?:circa )?\d{1,4}\??(?:\s?BC)?\)")
_SENTENCE: Final = re.compile(
    r"^(?:it|they|he|she) (?:is|are|was|were|has|have|had|can|lives?|grows?|averages?|contains?|[a-z]+ed)\b"
)


class WordNet:
    """Princeton's English dictionary of meanings."""

    work = "WordNet 3.1"
    licence = "WordNet (Princeton University)"

    def __init__(self, data: bytes, index: bytes) -> None:
        self._data = data
        self._index = index

    @classmethod
    @cache
    def open(cls, data: Path, index: Path) -> "WordNet":
        """The dictionary in these two files, read once a process. Raises: WeightsBroken."""
        try:
            return cls(data.read_bytes(), index.read_bytes())
        except OSError as error:
            raise WeightsBroken(
                f"Expected WordNet's files, found {error.strerror}: run `aiprod models fetch wordnet`."
            ) from error

    def senses(self, name: str) -> tuple[Sense, ...]:
        """The noun's meanings, the usual one first; a plural finds its singular."""
        for lemma in _lemmas(name):
            start = self._index.find(f"\n{lemma} n ".encode())
            if start >= 0:
                fields = self._index[start + 1 : self._index.index(b"\n", start + 1)].split()
                count = int(fields[2])
                senses = (self._sense(int(offset), name) for offset in fields[-count:])
                return tuple(replace(sense, rank=rank) for rank, sense in enumerate(senses))
        return ()

    def kinds(self, sense: Sense) -> tuple[Sense, ...]:
        """Its kinds and their kinds."""
        near = [self._sense(offset) for offset in self._pointed(int(sense.key), _KINDS)]
        far = [self._sense(offset) for one in near for offset in self._pointed(int(one.key), _KINDS)]
        return tuple({one.key: one for one in (*near, *far)}.values())

    def context(self, sense: Sense) -> str:
        """Its names, its definition with the examples, and what it is a kind, a part or a member of."""
        near = self._pointed(int(sense.key), ("@", "@i", "~", "~i", "#p", "#m", "%p", ";c", "-c"))
        names = [" ".join(self._names(self._line(offset))) for offset in near[:40]]
        return " ".join((*sense.names, self._line(int(sense.key)).partition(" | ")[2], *names))

    def before(self, word: str) -> Counter[str]:
        """Which words stand before this one in definitions."""
        return words_before(self._data, word)

    def url(self, _word: str, /) -> str:
        """The dictionary's own page: words have none of their own."""
        return "https://wordnet.princeton.edu/"

    def _line(self, offset: int) -> str:
        return self._data[offset : self._data.index(b"\n", offset)].decode("utf-8", "replace")

    def _names(self, line: str) -> tuple[str, ...]:
        fields = line.split(" ")
        return tuple(re.sub(r"\([a-z]+\)$", "", fields[4 + 2 * i]).replace("_", " ") for i in range(int(fields[3], 16)))

    def _pointed(self, offset: int, symbols: tuple[str, ...]) -> list[int]:
        fields = self._line(offset).partition(" | ")[0].split(" ")
        first = 4 + 2 * int(fields[3], 16)
        pointers: Iterator[int] = iter(range(first + 1, first + 1 + 4 * int(fields[first]), 4))
        return [int(fields[i + 1]) for i in pointers if fields[i] in symbols and fields[i + 2] == "n"]

    def _sense(self, offset: int, asked: str = "") -> Sense:
        line = self._line(offset)
        names = self._names(line)
        gloss = line.partition(" | ")[2].strip().replace("with our without", "with or without")
        plain = re.sub(r"\s*\([^()]*\)", "", re.sub(r'"[^"]*"[^;]*', "", gloss))
        pieces = [piece.strip() for piece in plain.split(";") if piece.strip()]
        definition = next((piece for piece in pieces if not _SENTENCE.match(piece)), "")
        also = next((piece for piece in pieces[1:] if _SENTENCE.match(piece)), "")
        word = next((name for name in names if name.casefold() == asked.casefold()), names[0])
        return Sense(key=str(offset), word=word, definition=definition, names=names, also=also,
                     over=_DATES.search(gloss) is not None, counted=line.split(" ")[1] in _THINGS and not _DRINK.search(gloss))  # fmt: skip


def _lemmas(name: str) -> Iterator[str]:
    """How the index may write the name: itself, or its singular, with and without an article."""
    bare = re.sub(r"^(?:the|an?)\s+", "", name.casefold().strip())
    for ending, singular in (("", ""), ("ies", "y"), ("ves", "f"), ("es", ""), ("s", "")):
        if bare.endswith(ending) and len(bare) > len(ending) + 2:
            lemma = bare[: len(bare) - len(ending)] + singular
            yield lemma.replace(" ", "_")
            yield lemma.replace(" ", "")
