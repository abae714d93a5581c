"""Facts that can be spoken: an entry's sentences made short, named and weighed.

A fact is a sentence of the encyclopedia with words taken away; the only words put in are the subject's own name where
a pronoun stood. Knows one entry at a time; `outline.py` makes the story.
"""

import re
from dataclasses import dataclass
from typing import Final

from aiprod.writers.clauses import Subject, spoken_clauses
from aiprod.writers.encyclopedia import Entry
from aiprod.writers.labels import fold
from aiprod.writers.reference_text import words
from aiprod.writers.tongues import Tongue

NAMING_TOPICS: Final = frozenset(
    [
        "People",
        "Geography",
        "History",
        "Arts",
        "Personnalités",
        "Géographie",
        "Histoire",
        "Personas",
        "Geografía",
        "Historia",
        "Artes",
    ]
)
"""Fields whose entries mostly bear proper names, which keep their capital inside a sentence."""
SURELY_WHOLE: Final = 8
"""A sentence of fewer words must have a verb that the tongue knows."""
_SETTING: Final = re.compile(
    r"^(?:In|Dans|En|Au|Aux) [^,.;]{3,60}?(?:, [^,.;]{3,40}, (?:and|et|y) [^,.;]{3,40})?, "
    r"(?=(?:the|an?|les?|la|l['’]|une?|el|los|las|una|[a-z]+ [A-Z]))"
)
"""In what field or where the first sentence's subject is: "In ancient Egyptian history, the Old Kingdom is..."."""
_ARTICLES: Final = frozenset(["The", "A", "An", "Le", "La", "Les", "L'", "Un", "Une", "El", "Los", "Las", "Una"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A speakable sentence. `named` says it whatever stands before; `text` may start with a pronoun.

    `place` is the sentence's place in its entry. `about`: its grammatical subject is the entry's own. `follows`: only to
    be said after a fact that is about the same subject. `closely`: only right after another part of its own sentence.
    `back_to`: a word of the sentence before, after which alone "This basin..." is understood. `after`: a name that must
    have just been said, because the fact is about the thing of that name and not about the topic.
    """

    entry: Entry
    source: str
    text: str
    named: str
    place: int
    about: bool
    follows: bool
    closely: bool = False
    back_to: str = ""
    after: str = ""
    score: float


def subject_of(entry: Entry, tongue: Tongue) -> Subject | None:
    """The subject as the entry's first sentence names it; None when it starts with something else."""
    if not entry.sentences:
        return None
    first = _SETTING.sub("", tongue.aside.sub(" ", tongue.connector.sub("", entry.sentences[0])))
    match = tongue.copula.search(first)
    if match is None:
        return None
    phrase = " ".join(first[: match.start()].partition(";")[0].split())
    titled = re.match(rf"(?:the |les? |la |l['’]|el |los |las )?{re.escape(entry.title)}\b", first, re.IGNORECASE)
    if titled and len(phrase.split()) > 5:
        phrase = titled.group()
    if not 1 <= len(phrase.split()) <= 7 or not _shares_word(phrase, entry.title):
        return None
    common = re.match(
        r"[A-Z][a-z]+ [a-z]+, (?P<name>(?:le |la |les |l['’])[^,;.()]{3,30}?)(?:,|\s+(?:est|sont)\s)", first
    )
    written = phrase[0].upper() + phrase[1:]
    phrase = common["name"] if common else phrase
    phrase = phrase[0].upper() + phrase[1:]
    small = re.search(rf"\b{re.escape(phrase.split()[-1].lower())}s?\b", f"{entry.text} {entry.description}")
    plural = bool(tongue.plural_verb.match(first[match.end() :]))
    bare = tongue.language != "en" and not plural and not re.match(r"(?:les?|la|el|los|las|une?|un[ao]?)\s|l['’]", phrase, re.IGNORECASE)
    return Subject(
        phrase=entry.title if _is_full_name(phrase, entry) else phrase,
        plural=plural,
        written=written,
        proper=not small and (
            bare or entry.topic in NAMING_TOPICS or " " in phrase or f" {phrase}" in entry.text.replace(". ", "\n")
        ),
    )


def _is_full_name(phrase: str, entry: Entry) -> bool:
    """Whether it is what a person's papers say, of someone whom the title calls as all do."""
    said, known = phrase.split(), entry.title.split()
    if said[0] not in _ARTICLES and entry.title not in phrase and f" {entry.title}, " in entry.sentences[0][:200]:
        return True
    return len(said) > len(known) > 1 and said[-1] == known[-1] and said[0][0] == known[0][0] and all(
        word[0].isupper() or (word.islower() and len(word) < 4) for word in said) and said[0] not in _ARTICLES  # fmt: skip


def facts_of(entry: Entry, tongue: Tongue) -> tuple[Fact, ...]:
    """The entry's facts in the order of its text."""
    subject = subject_of(entry, tongue)
    found: list[Fact] = []
    about_subject = True
    for place, source in enumerate(entry.sentences):
        before = entry.sentences[place - 1] if place else ""
        said = source
        if place == 0 and subject is not None and subject.phrase != subject.written:
            said = tongue.aside.sub("", source, count=1).replace(subject.written, subject.phrase, 1)
            said = re.sub(
                rf"^({re.escape(subject.phrase)}), {re.escape(subject.phrase)}\b", r"\1", said, flags=re.IGNORECASE
            )
        if place == 0 and subject is not None:
            said = _plainly_begun(tongue.aside.sub("", said), subject, tongue)
        kept = about_subject
        for part in spoken_clauses(said, subject, tongue):
            sentence = _Sentence(entry=entry, subject=subject, source=source, part=part, place=place, before=before)
            fact = _fact(sentence, tongue, after_subject=kept)
            kept = kept or (fact is not None and fact.about)
            if fact is not None:
                found.append(fact)
        points = tongue.back.search(source) or tongue.singular.match(source) or tongue.plural.match(source)
        about_subject = _names(source, entry) or (about_subject and points is not None)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A part of a source sentence, and where it comes from."""

    entry: Entry
    subject: Subject | None
    source: str
    part: str
    place: int
    before: str


def _fact(sentence: _Sentence, tongue: Tongue, *, after_subject: bool) -> Fact | None:
    """The part as a fact, or None when it cannot stand. `after_subject`: the sentence before was about the subject."""
    part, subject = sentence.part, sentence.subject
    if part.startswith(tongue.that_makes):
        return Fact(entry=sentence.entry, source=sentence.source, text=part, named=part, place=sentence.place, about=True,
                    follows=True, closely=True, score=score_of(part, tongue, sentence.place))  # fmt: skip
    if back_to := _pointed_at(part, sentence.before, tongue):
        return Fact(entry=sentence.entry, source=sentence.source, text=part, named=part, place=sentence.place, about=True,
                    follows=True, back_to=back_to, score=score_of(part, tongue, sentence.place))  # fmt: skip
    if tongue.dangling.match(part) or _points_back(part, tongue):
        return None
    if words(part) < SURELY_WHOLE and not tongue.verb.search(part):
        return None
    named, follows, about = part, False, _names(part, sentence.entry) or (sentence.place == 0 and subject is not None)
    pronoun = tongue.singular.match(part) or tongue.plural.match(part)
    possessive = tongue.possessive.match(part)
    inner = None if pronoun or possessive else tongue.inner.search(part)
    if inner and about and _says_title(part[: inner.start()], sentence.entry):
        inner = None
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
        follows=follows, score=score_of(part, tongue, sentence.place),
    )  # fmt: skip


def _plainly_begun(said: str, subject: Subject, tongue: Tongue) -> str:
    """The first sentence without the other names between its subject and its verb: "El Imperio incaico, Imperio inca,
    Tahuantinsuyo fue..."."""
    verb = next((m for m in tongue.copula.finditer(said, len(subject.phrase)) if "," not in m.group()), None)
    if verb is None or not said.startswith(subject.phrase):
        return said
    between = said[len(subject.phrase) : verb.start()]
    names = re.fullmatch(r"(?:,\s+[\w'’-]+(?:\s[\w'’-]+){0,3}){1,3},?", between)
    return f"{subject.phrase}{said[verb.start() :]}" if names else said


def _pointed_at(part: str, before: str, tongue: Tongue) -> str:
    """The noun that the sentence starts by pointing at ("This basin..."), folded, where the sentence before has it."""
    match = tongue.demonstrative.match(part)
    if match is None or not before or re.search(r"[^\W\d_]", part[: match.start()]):
        return ""
    noun = fold(match["noun"])[:5]
    told = re.findall(rf"\b{re.escape(noun)}", fold(before))
    rest = part[match.end() :]
    return noun if len(noun) > 3 and len(told) == 1 and not _points_back(rest, tongue) else ""


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
        return f"{part[: pronoun.start()]}{_inside(subject)}{rest}"
    if tongue.language == "fr" and fold(written) in ("c'est", "ce sont", "il s'agit"):
        if fold(written) == "il s'agit" and re.search(r"\bet d(?:u|es?)\s", rest):
            return ""
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


def _inside(subject: Subject) -> str:
    """The subject as it stands inside a sentence: without a capital, unless its name has one."""
    phrase = subject.phrase
    article = re.match(r"(?:The|An?|L[ea]s?|Un|Une|Une?s|El|Los|Las|Una)\s|L['’]", phrase)
    return phrase[0].lower() + phrase[1:] if article or not subject.proper else phrase


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


def _says_title(text: str, entry: Entry) -> bool:
    """Whether all words of the title are in the text."""
    said = fold(text)
    return all(re.search(rf"\b{re.escape(head[:6])}", said) for head in re.findall(r"[^\W\d_]{3,}", fold(entry.title)))


def _names(part: str, entry: Entry) -> bool:
    """Whether the entry's subject is named early enough in the sentence to be what it is about."""
    start = fold(" ".join(part.split()[:9]))
    heads = re.findall(r"[^\W\d_]{3,}", fold(entry.title))
    return any(re.search(rf"\b{re.escape(head[:6])}", start) for head in (*heads[:1], *heads[-1:]))


def score_of(text: str, tongue: Tongue, place: int) -> float:
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
