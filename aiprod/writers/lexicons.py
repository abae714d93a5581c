"""What the outline writer asks of a dictionary: what a word means, what is a kind of it, what it is called.

Knows the questions and which dictionary answers in which language (`wordnet.py`, `wiktionnaire.py`); knows no grammar
and no story. Spanish has none: no dictionary of clear licence is carried by a package.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final, Protocol

from aiprod.errors import WeightsBroken, WeightsMissing
from aiprod.models.registry import Registry

MODELS: Final = {"en": "wordnet", "fr": "wiktionnaire"}
"""The registry's name of each language's dictionary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One meaning of a word: "emperor penguin", "the largest penguin".

    `also` says more in a sentence of its own. `over`: its dates say that it has ended. `counted`: it is a thing one counts.
    `rank`: how many meanings of the word are more usual.
    """

    key: str
    word: str
    definition: str
    names: tuple[str, ...] = ()
    also: str = ""
    over: bool = False
    counted: bool = False
    rank: int = 0


class Lexicon(Protocol):
    """A dictionary of one language. `work` and `licence` credit it."""

    work: str
    licence: str

    def senses(self, name: str) -> tuple[Sense, ...]:
        """The noun's meanings, the usual one first."""

    def kinds(self, sense: Sense) -> tuple[Sense, ...]:
        """What is a kind of it: for bread, rye bread."""

    def context(self, sense: Sense) -> str:
        """Words that are near the meaning, to tell it from the word's others."""

    def before(self, word: str) -> Counter[str]:
        """Which words stand before this one in the dictionary's own text, and how often."""

    def url(self, word: str, /) -> str:
        """Where a reader may look the word up."""


def open_lexicon(language: str, registry: Registry | None) -> Lexicon | None:
    """The language's dictionary; None where there is none, or it was not fetched."""
    if registry is None or language not in MODELS:
        return None
    model = MODELS[language]
    try:
        paths = [registry.path(model, file.path) for file in registry.manifest.model(model).files]
    except (WeightsMissing, WeightsBroken):
        return None
    if language == "en":
        from aiprod.writers.wordnet import WordNet

        return WordNet.open(*paths)
    from aiprod.writers.wiktionnaire import Wiktionnaire

    return Wiktionnaire.open(*paths)
