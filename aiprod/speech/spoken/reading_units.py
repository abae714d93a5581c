"""What numbers count: units, coins, percentages, degrees, magnitudes; after a number or alone."""

import re
from dataclasses import dataclass

from aiprod.speech.spoken.lexicon import Forms, Lexicon, words_of
from aiprod.speech.spoken.pieces import Piece, Reading

SPACE = r"[ \u00a0\u202f]"
WORD_AFTER = re.compile(rf"{SPACE}([^\W\d_][\w'’-]*)")

_PERCENT = re.compile(rf"{SPACE}?(%|‰)")
_DEGREES = re.compile(rf"{SPACE}?(°)")
_NEED_SPACE = ("K", "V", "W", "L")
_EACH_SPELLED = re.compile(r"/([^\W\d_]{3,})(?!\w)")
_ARTICLE_BEFORE = re.compile(r"\b[Aa]n?\s$")
_DESCRIBED = re.compile(rf"{SPACE}([a-z]+)")
_NO_NOUNS = words_of(
    "a an and as at away below above by down each every for from in into is of off on or over per per than that the "
    "then there to under up was were when which while with"
)
_WORD_BEFORE = re.compile(rf"([^\W\d_]+){SPACE}$")
_UNMISTAKABLE = re.compile(r"[²³/°]|^(?:km|kg|cm|mm|kWh|MHz|GHz|GW|MW)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What stands right after a number: where, what is said for one and for several, what `kind` it is
    ("money", "metres" or "")."""

    start: int
    end: int
    forms: Forms
    kind: str = ""


def counted_after(text: str, end: int, words: Lexicon) -> Counted | None:
    """The unit, sign or magnitude of a number that ends there."""
    found = _PERCENT.match(text, end)
    if found:
        said = words.percent if found[1] == "%" else words.per_mille
        return Counted(start=found.start(1), end=found.end(1), forms=(said, said))
    magnitude = WORD_AFTER.match(text, end)
    for short, long in (*words.short_magnitudes.items(), *((word, (word, word)) for word in words.magnitudes)):
        if short in words.magnitudes and not (magnitude and magnitude[1] == short):
            continue
        money = re.compile(rf"{SPACE}?({re.escape(short)}){SPACE}?(€|\$|£)(?!\w)").match(text, end)
        if money:
            several = words.currencies[money[2]][1]
            forms = (magnitude_of(long[0], several, words), magnitude_of(long[1], several, words))
            return Counted(start=money.start(1), end=money.end(2), forms=forms)
    for short in ("k", "M", "B"):
        found = re.compile(rf"{SPACE}?({short})(?={SPACE}(?:de{SPACE}|d['’])?(?:[a-zà-ÿ]+s|people)\b)").match(text, end)
        if found and short in words.short_magnitudes:
            return Counted(start=found.start(1), end=found.end(1), forms=words.short_magnitudes[short])
    for short in sorted(words.short_magnitudes, key=len, reverse=True):
        found = re.compile(rf"{SPACE}?({re.escape(short)})(?!\w)").match(text, end) if len(short) > 1 else None
        if found:
            return Counted(start=found.start(1), end=found.end(1), forms=words.short_magnitudes[short])
    for sign in sorted(words.currencies, key=len, reverse=True):
        after = r"(?!\w)" if sign[-1].isalpha() else ""
        found = re.compile(rf"{SPACE}?({re.escape(sign)}){after}").match(text, end)
        if found:
            return _each(text, found.span(1), words.currencies[sign], "money", words)
    for unit in sorted(words.units, key=len, reverse=True):
        found = re.compile(rf"({SPACE}?)({re.escape(unit)})(?![\w'’²³]|\.\w)").match(text, end)
        if found and not (unit in _NEED_SPACE and not found[1]):
            return _each(text, found.span(2), words.units[unit], "metres" if unit == "m" else "", words)
    found = _DEGREES.match(text, end)
    if found:
        return Counted(start=found.start(1), end=found.end(1), forms=words.degrees)
    return None


def magnitude_of(magnitude: str, noun: str, words: Lexicon) -> str:
    """Billion dollars; milliards de dollars, milliards d'euros."""
    if not words.of_currency or magnitude in ("mil", "mille", "mila"):
        return f"{magnitude} {noun}"
    if words.number_language == "fr" and noun[0] in "aeiouéh":
        return f"{magnitude} d'{noun}"
    return f"{magnitude} {words.of_currency} {noun}"


def with_counted(text: str, span: tuple[int, int], value: float, said: str, words: Lexicon) -> list[Piece]:
    """The number and the unit after it, in one piece where they are written in one."""
    counted = counted_after(text, span[1], words)
    if counted is None:
        return [Piece(start=span[0], end=span[1], spoken=said)]
    noun = words.form(1 if describes(text, span[0], counted.end, words) else value, counted.forms)
    if counted.start == span[1]:
        return [Piece(start=span[0], end=counted.end, spoken=f"{said} {noun}")]
    return [
        Piece(start=span[0], end=span[1], spoken=said),
        Piece(start=counted.start, end=counted.end, spoken=noun),
    ]


def describes(text: str, start: int, end: int, words: Lexicon) -> bool:
    """Whether a measure describes the noun after it, as in "a 5 km run": English then counts it as one."""
    after = _DESCRIBED.match(text, end)
    return (
        words.number_language == "en"
        and _ARTICLE_BEFORE.search(text[:start]) is not None
        and after is not None
        and after[1] not in _NO_NOUNS
    )


def each_after(text: str, end: int, words: Lexicon) -> tuple[str, int]:
    """What a sum is counted for, as in "€5/kg" or "1 000 €/mois", and where that ends; nothing where it is not."""
    for unit in sorted(words.units, key=len, reverse=True):
        found = re.compile(rf"/({re.escape(unit)})(?![\w'’²³])").match(text, end)
        if found:
            return f" {words.per} {words.units[unit][0]}", found.end()
    spelled = _EACH_SPELLED.match(text, end)
    return (f" {words.per} {spelled[1]}", spelled.end()) if spelled else ("", end)


def read_lone_units(reading: Reading, words: Lexicon) -> None:
    """150 million km, 3 millions de km²; par km², in km/h."""
    magnitudes = "|".join(sorted(words.magnitudes, key=len, reverse=True))
    of = rf"(?:{words.of_currency}{SPACE}|d['’])?" if words.of_currency else ""
    for unit in sorted(words.units, key=len, reverse=True):
        one, several = words.units[unit]
        ending = rf"({re.escape(unit)})(?![\w'’²³/]|\.\w)"
        for found in re.finditer(rf"\b(?:{magnitudes}){SPACE}{of}{ending}", reading.text):
            reading.claim(Piece(start=found.start(1), end=found.end(1), spoken=several))
        if not _UNMISTAKABLE.search(unit):
            continue
        for found in re.finditer(rf"(?<![\w'’²³/.-]){ending}", reading.text):
            before = _WORD_BEFORE.search(reading.text[: found.start()])
            single = before is not None and before[1].lower() in words.after_measured
            reading.claim(Piece(start=found.start(1), end=found.end(1), spoken=one if single else several))


def _each(text: str, span: tuple[int, int], forms: Forms, kind: str, words: Lexicon) -> Counted:
    """A unit or coin, and what it is counted for: euros per kilo, cubic metres per second."""
    each, end = each_after(text, span[1], words)
    kind = "" if each else kind
    return Counted(start=span[0], end=end, forms=(forms[0] + each, forms[1] + each), kind=kind)
