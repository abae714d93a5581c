"""The French Wiktionary's definitions: what a French word means, and what is a kind of it.

Knows the form of `glosses.txt.gz` (a word, a tab, its definitions between bars) and which of them lost words on their
way into it; knows no grammar. A kind is a word whose definition starts with the thing's own name: "roquefort: fromage
de brebis...". Source: Wiktionnaire, CC BY-SA 4.0.
"""

import gzip
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from aiprod.errors import WeightsBroken
from aiprod.writers.lexicons import Sense
from aiprod.writers.reference_text import words_before

_LOST: Final = re.compile(
    r"\s[,.]|\(\s*[.,]*\s*\)|vignette|\[\[|\]\]|\bau siècle|\bdu siècle|\b(?:par|de|en|et|du|la|le|à)\s*[,.;]|\(\d+\)|\s{2}"
    r"|^\W|,\s*,|\ben et\b"
)
"""What a template or a link leaves when its words are taken out."""
_NO_NOUN: Final = re.compile(
    r"(?:Se dit|Qui|Relatif|Relative|De|Du|D['’]|En|Au|À|Nom|Prénom|Synonyme|Variante|Autre nom|Ancien nom|Action|Fait|Pluriel|"
    r"Portion|Couleur|Personne|Terme|Titre|Meuble|Dénomination|Une des|L['’]un|Tout|Ce|Celui|Celle)\b"
)
"""How definitions start that do not say what a thing is."""


class Wiktionnaire:
    """French definitions by headword."""

    work = "Wiktionnaire"
    licence = "CC BY-SA 4.0"

    def __init__(self, text: bytes) -> None:
        self._text = text

    @classmethod
    @cache
    def open(cls, glosses: Path) -> "Wiktionnaire":
        """The dictionary in this file, read once a process. Raises: WeightsBroken."""
        try:
            with gzip.open(glosses) as content:
                return cls(b"\n" + content.read() + b"\n")
        except (OSError, EOFError) as error:
            raise WeightsBroken(
                f"Expected the French dictionary, found a file that cannot be read ({error}): run `aiprod models fetch"
                " wiktionnaire`."
            ) from error

    def senses(self, name: str) -> tuple[Sense, ...]:
        """The word's meanings, as common noun first; a plural finds its singular."""
        bare = re.sub(r"^(?:les?|la|une?|des)\s+|^l['’]", "", name.strip(), flags=re.IGNORECASE)
        small = bare[:1].lower() + bare[1:]
        forms = (small, bare, bare.lower(), _singular(small))
        for word in dict.fromkeys((*forms, *(form.replace("'", "’") for form in forms))):
            start = self._text.find(f"\n{word}\t".encode())
            if start >= 0:
                line = self._text[start + 1 : self._text.index(b"\n", start + 1)].decode()
                glosses = enumerate(line.partition("\t")[2].split(" | "))
                return tuple(sense for rank, gloss in glosses if (sense := _sense(word, gloss, rank)))
        return ()

    def kinds(self, sense: Sense) -> tuple[Sense, ...]:
        """Words whose first definition starts with the word itself, or with its kind or species."""
        word = sense.word[:1].upper() + sense.word[1:]
        genus = re.compile(
            rf"\t(?:{re.escape(word)}|(?:Espèce|Sorte|Type|Variété|Race|Sous-espèce) (?:de |d'|d’)"
            rf"(?:(?:grand|petit|gros)e?s? )?{re.escape(sense.word)}) [^\n|]{{16,}}".encode()
        )
        found = []
        for match in genus.finditer(self._text):
            headword = self._text[self._text.rindex(b"\n", 0, match.start()) + 1 : match.start()].decode()
            one = _sense(headword, match.group().decode().strip())
            if one is not None and not headword.startswith("-"):
                found.append(one)
        return tuple(found)

    def context(self, sense: Sense) -> str:
        """Its definition."""
        return sense.definition

    def before(self, word: str) -> Counter[str]:
        """Which words stand before this one in definitions."""
        return words_before(self._text, word)

    def url(self, word: str, /) -> str:
        """The word's page."""
        return f"https://fr.wiktionary.org/wiki/{quote(word.replace(' ', '_'))}"


def _sense(word: str, gloss: str, rank: int = 0) -> Sense | None:
    """The definition without its asides and its broken insertions; None when what is left is no definition."""
    plain = re.sub(r"\s*\([^()]*\)", "", gloss.strip())
    plain = re.split(r"(?<=[a-zà-ÿ])\.\s+(?=[A-ZÀ-Ý])", plain)[0].rstrip(". ")
    pieces = plain.split(", ")
    kept = [
        piece
        for index, piece in enumerate(pieces)
        if not index or not (_LOST.search(f"{piece},") or "nom scientifique" in piece)
    ]
    plain = ", ".join(kept)
    if _LOST.search(f"{plain}.") or _NO_NOUN.match(plain) or len(plain.split()) < 4:
        return None
    return Sense(key=word, word=word, definition=plain, names=(word,), rank=rank)


def _singular(word: str) -> str:
    if word.endswith(("eaux", "eux")):
        return word[:-1]
    if word.endswith("aux"):
        return f"{word[:-3]}al"
    return " ".join(part.removesuffix("s") for part in word.split(" "))
