"""Cutting a sentence of an encyclopedia into whole sentences that can each be said in one breath.

Only takes words away, and puts the subject before a second verb. Knows one sentence at a time and nothing of stories.
"""

import re
from dataclasses import dataclass
from typing import Final

from aiprod.writers.reference_text import finished, words
from aiprod.writers.tongues import Tongue

MAX_WORDS: Final = 26
MAX_UNCUT_WORDS: Final = 30
"""A sentence that is whole without a cut may be a little longer."""
LONGEST: Final = 34
"""The longest that is said at all, when nothing of it can be cut."""
MIN_WORDS: Final = 4
LONG_ENOUGH: Final = 9
"""Words before a comma that surely make a sentence, whatever place or time comes after it."""
HALF: Final = 6
"""The fewest words of each sentence that two verbs, or a predicate and where it lies, are told apart in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """How an entry's subject is named in a sentence: "The giant panda", one; "Elephants", several.

    `written` is how the first sentence has it ("Maria Salomea Curie"); `proper` whether it keeps its capital inside.
    """

    phrase: str
    plural: bool
    written: str
    proper: bool


def spoken_clauses(source: str, subject: Subject | None, tongue: Tongue) -> list[str]:
    """The whole sentences that a sentence is made of, each cut to a speakable length; [] when it cannot be."""
    plain = tongue.aside.sub("", tongue.connector.sub("", source))
    if words(plain) > MAX_WORDS:
        plain = re.sub(r"\s–\s[^–]{3,120}\s–\s|—[^—]{3,120}—", " ", plain)
    if plain.count(";") > 1:
        return []
    apposed = _APPOSED.match(plain) if tongue.language == "en" and subject is not None else None
    if apposed and subject is not None and subject.phrase.endswith(apposed["name"]):
        return [
            finished(f"{apposed['name']} {apposed['verb']} {apposed['what'][0].lower()}{apposed['what'][1:]}"),
            *spoken_clauses(plain[apposed.start("name") :], subject, tongue),
        ]
    result = tongue.result.search(plain)
    if result and words(plain[: result.start()]) > MIN_WORDS and words(plain[result.end() :]) >= MIN_WORDS:
        first = spoken_clauses(plain[: result.start()] + ".", subject, tongue)
        last = _shortened(f"{tongue.that_makes} {plain[result.end() :]}", tongue)
        return [*first, last] if first and last else first
    pieces = [piece for piece in tongue.joint.split(plain) if piece and piece.strip()]
    if any(words(piece) < MIN_WORDS - 1 or not tongue.verb.search(piece) for piece in pieces):
        pieces = [plain]
    pieces = [pieces[0], *(tongue.conjunction.sub("", piece.strip()) for piece in pieces[1:])]
    whole = [part for piece in pieces for part in _told_apart(piece.strip(), subject, tongue)]
    return [short for piece in whole if (short := _shortened(piece, tongue)) and not is_list(short)]


_APPOSED: Final = re.compile(r"(?P<what>(?:The|An?|One of the) [^,;]{8,80}), (?P<name>[A-Z][\w ]{2,40}?) (?P<verb>is|was|are|were)\b")
"""What the subject is, put before its name: "The largest liner of its time, Titanic was..."."""


def is_list(sentence: str) -> bool:
    """Whether it is more an enumeration than a sentence: many commas, or many names between them."""
    commas = sentence.count(",")
    names = len(re.findall(r",\s+(?:and\s+|et\s+|y\s+)?[A-ZÀ-Ý]", sentence))
    return commas > 7 or names > 3


def _told_apart(piece: str, subject: Subject | None, tongue: Tongue) -> list[str]:
    """A long sentence of two verbs as two: "He rose... and led..." is "He rose..." and "He led..."."""
    start = tongue.singular.match(piece) or tongue.plural.match(piece)
    head = start["pronoun"] if start else ""
    if subject is not None and (piece.startswith(subject.phrase) or tongue.verb.match(head)):
        head = subject.phrase
    elif tongue.verb.match(head):
        head = ""
    if subject is not None and head == subject.phrase and (place := _where_it_lies(piece, head, tongue)):
        return place
    match = tongue.second_verb.search(piece) if head and words(piece) > MAX_WORDS - 8 else None
    if match is None or words(piece[: match.start()]) < HALF or words(piece[match.end() :]) < HALF - 1:
        return [piece]
    if _enumerates(piece[len(head) : match.start()]) or _describes(piece[: match.start()]):
        return [piece]
    return [piece[: match.start()], f"{head} {piece[match.end() :]}"]


def _where_it_lies(piece: str, head: str, tongue: Tongue) -> list[str]:
    """ "La tour est une tour de fer située à Paris..." as "La tour est une tour de fer" and "La tour est située à
    Paris..."; [] when it does not say so, or the participle is another noun's."""
    said = re.match(
        rf"{re.escape(head)} (?P<verb>is|was|est|était|es|era) (?P<article>an?|une?|el|la|le|una?|the|l['’])\b", piece
    )
    lies = re.search(r",?\s(?P<lying>located|situated|situé|située|situad[oa]|ubicad[oa])\s", piece)
    if not said or not lies or words(piece[: lies.start()]) < HALF + 2 or words(piece[lies.end() :]) < HALF:
        return []
    if tongue.language != "en":
        feminine = lies["lying"].endswith(("ée", "a"))
        articles = (said["article"], head.split()[0].lower())
        if any(article in (_MASCULINE if feminine else _FEMININE) for article in articles) or head[:2] in ("L'", "L’"):
            return []
    return [piece[: lies.start()], f"{head} {said['verb']} {piece[lies.start() :].lstrip(', ')}"]


_MASCULINE: Final = frozenset({"le", "un", "el"})
_FEMININE: Final = frozenset({"la", "une", "una"})


def _enumerates(text: str) -> bool:
    """Whether its last comma stands between the parts of a list that the "and" after it ends."""
    last = text.rsplit(",", 1)
    return len(last) == 2 and words(last[1]) <= 3


def _describes(text: str) -> bool:
    """Whether it ends in an addition that starts with a participle, whose verbs are not the subject's."""
    return re.search(r",\s+(?:\w+(?:ed|en|ad[oa]s?|id[oa]s?|ée?s?|ant|ing)|built|made)\s[^,]*$", text) is not None


def _without_kin(text: str, tongue: Tongue) -> str:
    """The text without what a thing is classified in. Of whom the sentence speaks it says the whole: "snakes of the genus
    Micruroides have never bitten" is not said of all snakes."""
    return tongue.kin.sub(lambda match: "" if tongue.verb.search(text[: match.start()]) else match.group(), text)


def _shortened(piece: str, tongue: Tongue) -> str:
    """The piece cut where what follows only adds, "" when it stays too long to be said in one breath."""
    text = _without_kin(tongue.opened.sub("", tongue.connector.sub("", piece.strip())), tongue)
    while words(text) > MAX_WORDS:
        cuts = [m.start() for m in tongue.tail.finditer(text) if words(text[: m.start()]) >= MIN_WORDS + 2]
        if tongue.opening.match(text):
            cuts = [cut for cut in cuts if "," in text[:cut]]
        if not cuts:
            cuts = [m.start() for m in tongue.place_tail.finditer(text) if words(text[: m.start()]) >= LONG_ENOUGH][-1:]
        if not cuts and words(text) <= MAX_UNCUT_WORDS:
            break
        if not cuts:
            cuts = _last_resorts(text, tongue)
        if not cuts and (main := _without_opening(text, tongue)):
            text = main
            continue
        if not cuts and words(text) <= LONGEST:
            break
        if not cuts:
            return ""
        text = _trimmed(text[: cuts[-1]], tongue)
    if text.count(" – ") % 2 or (text.count("—") % 2 and words(text) > 18):
        text = re.split(r"\s–\s|—", text)[0]
    text = re.sub(r"^[\s,;]+|[\s,]+(?:and|or|et|ou|y|o)\s*\.?$", "", text)
    text = re.sub(r",\s+(?:des|une?|unos|unas|un|una|an?)\s\w+\.?$", "", text)
    text = re.sub(r";\s+(?:or|ou|o)\b.*$", "", text)
    if _UNFINISHED.search(text):
        return ""
    if text.count('"') % 2 or text.count("«") != text.count("»") or text.count("“") != text.count("”"):
        return ""
    if tongue.subordinate.match(text) and "," not in text:
        return ""
    return finished(text) if words(text) >= MIN_WORDS else ""


_UNFINISHED: Final = re.compile(
    r"\b(?:that|which|who|whose|when|if|qui|que|qu['’]|dont|où|lorsque?|cuando|donde|cuy[oa]s?|si)\s*(?:\.?$|,[^,]*$)"
    r"|^[^,]*\b(?:is|are|was|were|est|sont|était|es|son|era|fue),[^,]*$"
    r"|\b(?:the|an?|of|in|by|with|from|le|la|les|une?|de|du|des|en|par|avec|dans|el|los|las|una?|con|por|del)\s*\.?$",
    re.IGNORECASE,
)
"""The end of a text whose last clause has lost its verb."""


def _trimmed(text: str, tongue: Tongue) -> str:
    """What a cut leaves, without the short start of another addition or of a list's end."""
    opened = [m.start() for m in tongue.tail.finditer(text)]
    if opened and words(text[opened[-1] :]) < 8 and words(text[: opened[-1]]) >= MIN_WORDS:
        text = text[: opened[-1]]
    text = re.sub(r"[\s,]+(?:and|or|et|ou|y|o)\s*,[^,]*$", "", text)
    return re.sub(
        r"[\s,]+(?:and|or|et|ou|y|o|e|u|but|mais|pero)$|,\s+(?:(?:an?|the|une?|la|le|el|los|las|les)\s+)?\w+$", "", text
    )


def _without_opening(text: str, tongue: Tongue) -> str:
    """The main clause of a sentence that opens with a participle or "with", "" when it opens otherwise."""
    opening, _, main = text.partition(", ")
    main = main[:1].upper() + main[1:]
    if not tongue.shed.match(opening) or not (tongue.singular.match(main) or tongue.plural.match(main)):
        return ""
    return main


def _last_resorts(text: str, tongue: Tongue) -> list[int]:
    """Where a sentence without other cuts may still end: before an apposition or a participle that no list holds, or
    before a clause that only says more of an unspecified thing."""
    first = text.find(",")
    begins = bool(tongue.opening.match(text) or tongue.adverbial.match(text))
    found = []
    for match in tongue.addition.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        main = before[first + 1 :] if begins and first < match.start() else "" if begins else before
        if words(before) < LONG_ENOUGH or words(before) > LONGEST or not tongue.verb.search(main):
            continue
        if not _within_list(before, after, tongue):
            found.append(match.start())
    for match in tongue.relative.finditer(text):
        before = text[: match.start()]
        if words(before) >= LONG_ENOUGH and not begins and not tongue.exclusive.search(before):
            found.append(match.start())
    return sorted(found)


def _within_list(before: str, after: str, tongue: Tongue) -> bool:
    """Whether the comma between them is one of an enumeration's."""
    parts = after.split(",")
    if re.search(rf"^(?:[\w'’-]+\s+){{0,7}}(?:{tongue.and_or})\s", parts[0]):
        return True
    if any(re.match(rf"\s*(?:{tongue.and_or})\s", part) for part in parts[1:]) and words(parts[0]) <= 8:
        return True
    return "," in before and _enumerates(before) and words(parts[0]) <= 4
