"""Facts that can be spoken: an entry's sentences made short, named and weighed.

A fact is a sentence of the encyclopedia with words taken away; the only words put in are the subject's own name where
a pronoun stood. Knows one entry at a time; `outline.py` makes the story.
"""

import re
from dataclasses import dataclass
from typing import Final

from aiprod.writers.encyclopedia import Entry
from aiprod.writers.labels import fold
from aiprod.writers.reference_text import finished, words
from aiprod.writers.tongues import Tongue

MAX_WORDS: Final = 26
MAX_UNCUT_WORDS: Final = 30
"""A sentence that cannot be cut may be a little longer."""
MIN_WORDS: Final = 4
LONG_ENOUGH: Final = 9
"""Words before a comma that surely make a sentence, whatever place or time comes after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """How an entry's subject is named in a sentence: "The giant panda", one; "Elephants", several."""

    phrase: str
    plural: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A speakable sentence. `named` says it whatever stands before; `text` may start with a pronoun.

    `place` is the sentence's place in its entry. `about`: its grammatical subject is the entry's own. `follows`: only to
    be said after a fact that is about the same subject. `closely`: only right after another part of its own sentence.
    """

    entry: Entry
    source: str
    text: str
    named: str
    place: int
    about: bool
    follows: bool
    closely: bool = False
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
    if first.startswith(entry.title) and len(phrase.split()) > 5:
        phrase = entry.title
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
        kept = about_subject
        for part in _parts(source, subject, tongue):
            sentence = _Sentence(entry=entry, subject=subject, source=source, part=part, place=place)
            fact = _fact(sentence, tongue, after_subject=kept)
            kept = kept or (fact is not None and fact.about)
            if fact is not None:
                found.append(fact)
        about_subject = _names(source, entry) or (about_subject and tongue.back.search(source) is not None)
    return tuple(found)


def _parts(source: str, subject: Subject | None, tongue: Tongue) -> list[str]:
    """The whole sentences that a sentence is made of, each cut to a speakable length; [] when it cannot be."""
    plain = tongue.aside.sub("", tongue.connector.sub("", source))
    if words(plain) > MAX_WORDS:
        plain = re.sub(r"\s–\s[^–]{3,120}\s–\s", " ", plain)
    if plain.count(";") > 1:
        return []
    result = tongue.result.search(plain)
    if result and words(plain[: result.start()]) > MIN_WORDS and words(plain[result.end() :]) >= MIN_WORDS:
        first = _parts(plain[: result.start()] + ".", subject, tongue)
        last = _shorten(f"{tongue.that_makes} {plain[result.end() :]}", tongue)
        return [*first, last] if first and last else first
    pieces = [piece for piece in tongue.joint.split(plain) if piece and piece.strip()]
    if any(words(piece) < MIN_WORDS - 1 or not tongue.verb.search(piece) for piece in pieces):
        pieces = [plain]
    whole = [part for piece in pieces for part in _two_verbs(piece.strip(), subject, tongue)]
    return [short for piece in whole if (short := _shorten(piece, tongue)) and not _is_list(short)]


def _two_verbs(piece: str, subject: Subject | None, tongue: Tongue) -> list[str]:
    """A long sentence of two verbs as two: "He rose... and led..." is "He rose..." and "He led..."."""
    start = tongue.singular.match(piece) or tongue.plural.match(piece)
    head = start["pronoun"] if start else ""
    if not head and subject is not None and piece.startswith(subject.phrase):
        head = subject.phrase
    match = tongue.second_verb.search(piece) if head and words(piece) > MAX_WORDS - 4 else None
    if match is None or words(piece[: match.start()]) < MIN_WORDS + 2 or words(piece[match.end() :]) < MIN_WORDS:
        return [piece]
    return [piece[: match.start()], f"{head} {piece[match.end() :]}"]


def _shorten(piece: str, tongue: Tongue) -> str:
    """The piece cut where what follows only adds, "" when it stays too long to be said in one breath."""
    text = tongue.kin.sub("", tongue.conjunction.sub("", tongue.connector.sub("", piece.strip())))
    while words(text) > MAX_WORDS:
        cuts = [m.start() for m in tongue.tail.finditer(text) if words(text[: m.start()]) >= MIN_WORDS + 2]
        if tongue.opening.match(text):
            cuts = [cut for cut in cuts if "," in text[:cut]]
        if not cuts:
            cuts = [m.start() for m in tongue.place_tail.finditer(text) if words(text[: m.start()]) >= LONG_ENOUGH][-1:]
        if not cuts and words(text) <= MAX_UNCUT_WORDS:
            break
        if not cuts:
            return ""
        text = text[: cuts[-1]]
        opened = [m.start() for m in tongue.tail.finditer(text)]
        if opened and words(text[opened[-1] :]) < 8 and words(text[: opened[-1]]) >= MIN_WORDS:
            text = text[: opened[-1]]
        text = re.sub(
            r"[\s,]+(?:and|or|et|ou|y|o|e|u|but|mais|pero)$|,\s+(?:(?:an?|the|une?|la|le|el|los|las|les)\s+)?\w+$",
            "",
            text,
        )
    if text.count(" – ") % 2 or (text.count("—") % 2 and words(text) > 18):
        text = re.split(r"\s–\s|—", text)[0]
    text = re.sub(r"^[\s,;]+|[\s,]+(?:and|or|et|ou|y|o)\s*\.?$", "", text)
    if tongue.subordinate.match(text) and "," not in text:
        return ""
    return finished(text) if words(text) >= MIN_WORDS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A part of a source sentence, and where it comes from."""

    entry: Entry
    subject: Subject | None
    source: str
    part: str
    place: int


def _fact(sentence: _Sentence, tongue: Tongue, *, after_subject: bool) -> Fact | None:
    """The part as a fact, or None when it cannot stand. `after_subject`: the sentence before was about the subject."""
    part, subject = sentence.part, sentence.subject
    if part.startswith(tongue.that_makes):
        return Fact(entry=sentence.entry, source=sentence.source, text=part, named=part, place=sentence.place, about=True,
                    follows=True, closely=True, score=_score(part, tongue, sentence.place))  # fmt: skip
    if tongue.dangling.match(part) or _points_back(part, tongue):
        return None
    named, follows, about = part, False, _names(part, sentence.entry) or (sentence.place == 0 and subject is not None)
    pronoun = tongue.singular.match(part) or tongue.plural.match(part)
    possessive = tongue.possessive.match(part)
    inner = None if about or pronoun or possessive else tongue.inner.search(part)
    if pronoun or possessive or inner or (not about and tongue.back.search(part)):
        if not after_subject or subject is None:
            return None
        resolved = ""
        if pronoun or inner:
            resolved = _resolve(part, pronoun or inner, subject, tongue)
        elif possessive:
            resolved = _possess(part, subject, tongue)
        named, follows, about = resolved or part, not resolved, True
    return Fact(
        entry=sentence.entry, source=sentence.source, text=part, named=named, place=sentence.place, about=about,
        follows=follows, score=_score(part, tongue, sentence.place),
    )  # fmt: skip


def _points_back(part: str, tongue: Tongue) -> bool:
    """Whether a "this" or "these" means something said before the sentence, not in it."""
    for match in tongue.pointing.finditer(part):
        after = re.match(r"\W*(\w+)", part[match.end() :])
        noun = fold(match.group().split()[-1]) if len(match.group().split()) > 1 else ""
        names = {noun[:5], fold(after.group(1))[:5] if after else ""} - {""}
        before = fold(part[: match.start()])
        if not any(re.search(rf"\b{re.escape(name)}", before) for name in names if len(name) > 2):
            return True
    return False


def _resolve(part: str, pronoun: re.Match[str] | None, subject: Subject, tongue: Tongue) -> str:
    """The sentence with the subject's name for its pronoun, or "" when number or grammar forbid it."""
    if pronoun is None:
        return ""
    rest = part[pronoun.end() :]
    written = pronoun["pronoun"]
    plural = bool(tongue.plural.match(written[0].upper() + written[1:]))
    if pronoun.start():
        if plural != subject.plural or (tongue.language == "fr" and not _same_gender(written, subject.phrase)):
            return ""
        return f"{part[: pronoun.start()]}{_inside(subject.phrase)}{rest}"
    if tongue.language == "fr" and fold(written) in ("c'est", "ce sont", "il s'agit"):
        if fold(written) == "il s'agit":
            rest = re.sub(r"^ (?:d['’]|de (?=l|un|une|la))", " ", re.sub(r"^ du ", " le ", rest))
        return "" if plural != subject.plural else f"{subject.phrase} {'sont' if plural else 'est'}{rest}"
    if plural != subject.plural:
        return ""
    if tongue.language == "es" and fold(written) not in ("el", "ella", "ellos", "ellas"):
        return "" if fold(written).startswith("se trata") else f"{subject.phrase} {written.lower()}{rest}"
    if tongue.language == "fr" and not _same_gender(written, subject.phrase):
        return ""
    return f"{subject.phrase}{rest}"


def _inside(phrase: str) -> str:
    """The phrase as it stands inside a sentence: its article without a capital."""
    article = re.match(r"(?:The|An?|L[ea]s?|Un|Une|Une?s|El|Los|Las|Una)\s|L['’]", phrase)
    return phrase[0].lower() + phrase[1:] if article else phrase


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


def _names(part: str, entry: Entry) -> bool:
    """Whether the entry's subject is named early enough in the sentence to be what it is about."""
    start = fold(" ".join(part.split()[:9]))
    heads = re.findall(r"[^\W\d_]{3,}", fold(entry.title))
    return any(re.search(rf"\b{re.escape(head[:6])}", start) for head in (*heads[:1], *heads[-1:]))


def _is_list(sentence: str) -> bool:
    """Whether it is more an enumeration than a sentence: many commas, or many names between them."""
    commas = sentence.count(",")
    names = len(re.findall(r",\s+(?:and\s+|et\s+|y\s+)?[A-ZÀ-Ý]", sentence))
    return commas > 7 or names > 3


def _score(text: str, tongue: Tongue, place: int) -> float:
    """How much one would like to hear it: striking words up; taxonomy, long words and length down."""
    count = words(text)
    found = {match.casefold() for match in tongue.striking.findall(text)}
    figures = sum(match[0].isdigit() for match in found)
    striking = len(found) - figures + 0.5 * min(figures, 2)
    dull = len(tongue.dull.findall(text))
    latin = len(re.findall(r"\b[A-Z][a-z]{3,} [a-z]{4,}(?:us|um|is|ae|ii|ensis|ana|ata|osa)\b|\b[A-Z]\. [a-z]+", text))
    long_words = latin * 2 + len(re.findall(r"[^\W\d_]{13,}", text))
    weight = 1.0 + 0.6 * min(striking, 3) - 0.8 * dull - 0.25 * long_words - 0.03 * max(0, count - 20) - 0.04 * place
    return float(weight)
