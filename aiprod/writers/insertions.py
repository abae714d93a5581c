"""What an entry's first sentence puts between commas, told in sentences of its own: other names, birth and death.

Takes the insertion's own words and puts the subject and "is" before them. Knows one entry; nothing of stories.
"""

import re
from dataclasses import dataclass
from typing import Final

from aiprod.writers.clauses import Subject
from aiprod.writers.encyclopedia import PEOPLE, Entry
from aiprod.writers.facts import Fact
from aiprod.writers.reference_text import finished, words
from aiprod.writers.tongues import Tongue

MOST_WORDS: Final = 18
NAMING: Final = 0.45
"""Other names are told where there is little else."""
LIVING: Final = 0.8

_NAMED: Final = {
    "en": re.compile(
        r",\s(?P<said>(?:(?:also|sometimes|often|commonly|better|formerly|officially|simply)\s)*(?:known as|called|referred to as|"
        r"nicknamed)\s[^.;()]{3,90}?),?\s(?P<verb>is|are|was|were)\b"
    ),
    "fr": re.compile(
        r",\s(?P<said>(?:(?:aussi|également|parfois|souvent|communément|ou)\s)*(?:appelée?s?|nommée?s?|surnommée?s?|connue?s? sous le nom"
        r" d[e’'])\s?[^.;()]{3,90}?),\s(?P<verb>est|sont|était|étaient|fut)\b"
    ),
    "es": re.compile(
        r",\s(?P<said>(?:(?:también|a veces|comúnmente|popularmente|o)\s)*(?:llamad[oa]s?|conocid[oa]s? como|denominad[oa]s?)\s"
        r"[^.;()]{3,90}?),\s(?P<verb>es|son|era|eran|fue|fueron)\b"
    ),
}
_BORN: Final = re.compile(
    r",\s(?P<born>née?\s(?:le\s)?[^,;—]*?\d{4}[^,;—]*?)\set\s(?P<died>morte?\s(?:le\s)?[^,;—]*?\d{4}[^,;—]*),"
)
_YEARS: Final = re.compile(r"\((?P<first>\d{3,4})\s?[–-]\s?(?P<last>\d{3,4})\)")
_LIVED: Final = {"en": "lived from {} to {}", "es": "vivió de {} a {}", "fr": "a vécu de {} à {}"}


def insertions(entry: Entry, subject: Subject | None, tongue: Tongue) -> list[Fact]:
    """The facts between the first sentence's commas, where they make whole sentences."""
    if subject is None or not entry.sentences:
        return []
    first = entry.sentences[0]
    teller = _Teller(entry=entry, subject=subject, tongue=tongue)
    found: list[Fact] = []
    named = _NAMED[tongue.language].search(first)
    whole = named is not None and first.startswith((subject.phrase, subject.written)) and subject.phrase not in named["said"]
    if named and whole and words(named["said"]) <= MOST_WORDS:
        said = re.sub(r"^(?:ou|o)\s", "", named["said"])
        found.append(teller.fact(f"{named['verb']} {said}", 0, NAMING))
    life = _BORN.search(first) if tongue.language == "fr" else None
    years = _YEARS.search(entry.description)
    if life and max(words(life["born"]), words(life["died"])) <= MOST_WORDS:
        found.append(teller.fact(f"est {life['born']}", 0, LIVING))
        found.append(teller.fact(f"est {life['died']}", len(entry.sentences), LIVING))
    elif years and is_person(entry):
        found.append(teller.fact(_LIVED[tongue.language].format(years["first"], years["last"]), 0, NAMING))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """Whose insertions they are."""

    entry: Entry
    subject: Subject
    tongue: Tongue

    def fact(self, predicate: str, place: int, score: float) -> Fact:
        """The subject and the predicate as a fact."""
        named = finished(f"{self.subject.phrase} {predicate}")
        pronoun = self._pronoun(predicate)
        text = finished(f"{pronoun} {predicate}") if pronoun is not None else named
        return Fact(entry=self.entry, source=named, text=text, named=named, place=place, about=True, follows=False,
                    score=score)  # fmt: skip

    def _pronoun(self, predicate: str) -> str | None:
        """The subject's pronoun; None when it is not sure."""
        plural = self.subject.plural
        if self.tongue.language == "es":
            return ""
        if self.tongue.language == "fr":
            participle = re.search(r"\w+(?P<feminine>ée?|te?|ue?)s?\b", predicate.partition(" ")[2])
            if participle is None:
                return None
            return ("Elle" if participle["feminine"].endswith("e") else "Il") + "s" * plural
        if is_person(self.entry):
            said = re.search(r"\b(?:he|she)\b", self.entry.text, re.IGNORECASE)
            return said.group().capitalize() if said and not plural else None
        return "They" if plural else "It"


def is_person(entry: Entry) -> bool:
    """Whether its field says so, or its pronouns do where the field is not told."""
    return entry.topic in PEOPLE or re.search(r"\b(?:he|she|his|her)\b", entry.text, re.IGNORECASE) is not None
