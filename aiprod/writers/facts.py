"""Facts that can be spoken: an entry's sentences made short, named and weighed.

A fact is one sentence of the encyclopedia with words taken away; the only words put in are the subject's own name where a
pronoun stood. Knows an entry at a time; which facts make a story is chosen in `outline.py`.
"""

import re
from dataclasses import dataclass
from typing import Final

from aiprod.writers.encyclopedia import Entry
from aiprod.writers.labels import fold
from aiprod.writers.reference_text import finished, words
from aiprod.writers.tongues import Tongue

MAX_WORDS: Final = 26
MIN_WORDS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """How an entry's subject is named in a sentence: "The giant panda", one; "Elephants", several."""

    phrase: str
    plural: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A speakable sentence. `named` says it whatever stands before; `text` may start with a pronoun.

    `place` is the sentence's place in its entry. `follows`: only to be said after a fact about the same subject.
    """

    entry: Entry
    source: str
    text: str
    named: str
    place: int
    follows: bool
    score: float


def subject_of(entry: Entry, tongue: Tongue) -> Subject | None:
    """The subject as the entry's first sentence names it; None when it starts with something else."""
    if not entry.sentences:
        return None
    first = tongue.aside.sub(" ", tongue.connector.sub("", entry.sentences[0]))
    match = tongue.copula.search(first)
    if match is None:
        return None
    phrase = first[: match.start()].strip()
    if not 1 <= len(phrase.split()) <= 7 or not _shares_word(phrase, entry.title):
        return None
    rest = first[match.end() :]
    return Subject(phrase=phrase[0].upper() + phrase[1:], plural=bool(tongue.plural_verb.match(rest)))


def facts_of(entry: Entry, tongue: Tongue) -> tuple[Fact, ...]:
    """The entry's facts in the order of its text."""
    subject = subject_of(entry, tongue)
    found: list[Fact] = []
    about_subject = True
    for place, source in enumerate(entry.sentences):
        if _is_list(source):
            about_subject = False
            continue
        first_part = True
        for part in _parts(source, tongue):
            fact, about_subject = _fact(entry, tongue, subject, source, part, place, about_subject, first_part)
            first_part = False
            if fact is not None:
                found.append(fact)
    return tuple(found)


def _parts(source: str, tongue: Tongue) -> list[str]:
    """The whole sentences that a sentence is made of, each cut to a speakable length; [] when it cannot be."""
    plain = tongue.connector.sub("", source)
    plain = tongue.aside.sub("", plain)
    pieces = [piece for piece in tongue.joint.split(plain) if piece and piece.strip()]
    if any(words(piece) < MIN_WORDS for piece in pieces):
        pieces = [plain]
    return [short for piece in pieces if (short := _shorten(piece, tongue))]


def _shorten(piece: str, tongue: Tongue) -> str:
    text = piece.strip()
    while words(text) > MAX_WORDS:
        cuts = [m.start() for m in tongue.tail.finditer(text) if words(text[: m.start()]) >= MIN_WORDS + 3]
        if not cuts:
            return ""
        text = text[: cuts[-1]]
    text = re.sub(r"^[\s,;]+", "", text)
    return finished(text) if words(text) >= MIN_WORDS else ""


def _fact(
    entry: Entry, tongue: Tongue, subject: Subject | None, source: str, part: str, place: int, about_subject: bool,
    first_part: bool,
) -> tuple[Fact | None, bool]:  # fmt: skip
    """The part as a fact, or None when it cannot stand; and whether its subject is the entry's."""
    if tongue.dangling.match(part):
        return None, False
    named, follows, about = part, False, False
    pronoun = tongue.singular.match(part) or tongue.plural.match(part)
    if pronoun:
        if not about_subject or subject is None:
            return None, False
        resolved = _resolve(part, pronoun, subject, tongue)
        named, follows, about = resolved or part, not resolved, True
    elif tongue.possessive.match(part):
        if not about_subject or subject is None:
            return None, False
        resolved = _possess(part, subject, tongue)
        named, follows, about = resolved or part, not resolved, False
    else:
        about = subject is not None and fold(part).startswith(fold(subject.phrase)) or _starts_with(part, entry.title)
    score = _score(part, tongue, place)
    return Fact(entry=entry, source=source, text=part, named=named, place=place, follows=follows, score=score), about


def _resolve(part: str, pronoun: re.Match[str], subject: Subject, tongue: Tongue) -> str:
    """The sentence with the subject's name for its pronoun, or "" when number or grammar forbid it."""
    rest = part[pronoun.end() :]
    written = pronoun["pronoun"]
    plural = bool(tongue.plural.match(part))
    if tongue.language == "fr" and fold(written) in ("c'est", "ce sont", "il s'agit"):
        verb = "sont" if plural else "est"
        rest = re.sub(r"^\s*(?:de\s+|d['’])", " ", rest) if fold(written) == "il s'agit" else rest
        if plural != subject.plural or fold(written) == "il s'agit":
            return ""
        return f"{subject.phrase} {verb}{rest}"
    if plural != subject.plural:
        return ""
    if tongue.language == "es" and fold(written) not in ("el", "ella", "ellos", "ellas"):
        return "" if fold(written).startswith("se trata") else f"{subject.phrase} {written.lower()}{rest}"
    if tongue.language == "fr" and not _same_gender(written, subject.phrase):
        return ""
    return f"{subject.phrase}{rest}"


def _possess(part: str, subject: Subject, tongue: Tongue) -> str:
    if tongue.language != "en":
        return ""
    plural = part.startswith("Their ")
    if plural != subject.plural:
        return ""
    mark = "'" if subject.plural and subject.phrase.endswith("s") else "'s"
    return re.sub(r"^\w+", f"{subject.phrase}{mark}", part)


def _same_gender(pronoun: str, phrase: str) -> bool:
    start = fold(phrase).split(" ")[0]
    feminine = fold(pronoun).startswith("elle")
    if start in ("le", "un"):
        return not feminine
    if start in ("la", "une"):
        return feminine
    return True


def _shares_word(phrase: str, title: str) -> bool:
    words_of = {w[:5] for w in re.findall(r"\w{3,}", fold(phrase))}
    return any(w[:5] in words_of for w in re.findall(r"\w{3,}", fold(title)))


def _starts_with(part: str, title: str) -> bool:
    start = fold(" ".join(part.split()[:5]))
    return any(w[:5] in start for w in re.findall(r"\w{4,}", fold(title))[-1:])


def _is_list(sentence: str) -> bool:
    """Whether it is more an enumeration than a sentence: many commas, or many names between them."""
    commas = sentence.count(",")
    names = len(re.findall(r",\s+(?:and\s+|et\s+|y\s+)?[A-ZÀ-Ý]", sentence))
    return commas > 7 or names > 3


def _score(text: str, tongue: Tongue, place: int) -> float:
    """How much one would like to hear it: striking words up; taxonomy, long words and length down."""
    count = words(text)
    striking = len(set(m.casefold() for m in tongue.striking.findall(text)))
    dull = len(tongue.dull.findall(text))
    long_words = len(re.findall(r"[^\W\d_]{13,}", text))
    return 1.0 + 0.6 * min(striking, 3) - 0.8 * dull - 0.25 * long_words - 0.03 * max(0, count - 20) - 0.04 * place
