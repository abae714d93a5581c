"""Numbers, alone or with what they count: money, units, percentages, ranges, fractions, telephone numbers, years."""

import re
from dataclasses import dataclass

from aiprod.speech.spoken.lexicon import Forms, Lexicon, words_of
from aiprod.speech.spoken.numerals import (
    Numeral,
    parse_numeral,
    say_digits,
    say_numeral,
    say_whole,
    say_year,
)
from aiprod.speech.spoken.pieces import Piece, Reading

_SPACE = r"[ \u00a0\u202f]"
_GROUPED_BY_SPACE = rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)"
_TELEPHONE = re.compile(
    r"(?<![\w.,])(?:\+\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,5}\d{2,4}|0\d(?:[ .-]\d{2}){4}|\d{3}[ .-]\d{3}-\d{4}|"
    r"\(\d{3}\)\s?\d{3}-\d{4}|\d{3}-\d{4})(?!\w)"
)
_FRACTION = re.compile(r"(?<![\w/.,])(\d{1,2})/(\d{1,3})(?![\w/])")
_DECADE = re.compile(r"(?<![\w.,])(['’])?(\d{1,3}0)s\b")
_PERCENT = re.compile(rf"{_SPACE}?(%|‰)")
_DEGREES = re.compile(rf"{_SPACE}?(°)")
_RATIO = re.compile(r"(?<=\d):(?=\d)")
_NEED_SPACE = ("K", "V", "W", "L")
_WORD_AFTER = re.compile(rf"{_SPACE}([^\W\d_][\w'’-]*)")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|from|until|till|of|before|after|around|circa|year|early|late|mid|during|through|to|and|between|"
    r"spring|summer|autumn|fall|winter|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|[Ii]m Jahr|[Ss]eit|[Uu]m|[Jj]ahr|[Vv]on|[Bb]is)[\s\u00a0(]+$",
    re.IGNORECASE,
)
_NOT_COUNTED = words_of("was is has does its his this as us across plus thus perhaps always sometimes yes")
_COUNTED = words_of("people men women children feet fish sheep percent times years days miles species")


def read_numbers(reading: Reading, words: Lexicon) -> None:
    """Claim every number of the text."""
    _read_telephones(reading, words)
    _read_fractions(reading, words)
    _read_decades(reading, words)
    number = _number(words)
    _read_money_before(reading, words, number)
    _read_ranges(reading, words, number)
    for found in _RATIO.finditer(reading.text):
        reading.claim(_piece(found.span(), " "))
    for found in re.finditer(rf"(?<![\w.,])[-−+]?{number}|{number}", reading.text):
        _read_one(reading, words, found)


def _number(words: Lexicon) -> str:
    """A number's written form: with thousands parted, or plain, and decimals."""
    if words.number_language == "en":
        return r"(?:\d{1,3}(?:,\d{3})+(?!\d)|" + _GROUPED_BY_SPACE.replace(" ", "") + r"|\d+)(?:\.\d+)?|\.\d+"
    return rf"(?:{_GROUPED_BY_SPACE}|\d{{1,3}}(?:\.\d{{3}})+(?!\d)|\d+)(?:,\d+)?(?:(?<!,)\.\d{{1,2}}(?!\d))?"


def _read_telephones(reading: Reading, words: Lexicon) -> None:
    for found in _TELEPHONE.finditer(reading.text):
        parts = re.findall(r"\d+", found[0])
        pairs = words.number_language == "fr"
        said = ", ".join(
            say_whole(part, words) if pairs and len(part) == 2 and part[0] != "0" else say_digits(part, words)
            for part in parts
        )
        if found[0].startswith("+"):
            said = f"plus {said}"
        reading.claim(_piece(found.span(), said))


def _read_fractions(reading: Reading, words: Lexicon) -> None:
    for found in _FRACTION.finditer(reading.text):
        known = words.fractions.get(found[0])
        said = known or f"{say_whole(found[1], words)} {words.over} {say_whole(found[2], words)}"
        reading.claim(_piece(found.span(), said))


def _read_decades(reading: Reading, words: Lexicon) -> None:
    """The 1920s, the '80s."""
    if words.number_language != "en":
        return
    for found in _DECADE.finditer(reading.text):
        digits = found[2]
        said = say_year(int(digits), words) if len(digits) == 4 else say_whole(digits, words)
        reading.claim(_piece(found.span(), f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"))


def _read_money_before(reading: Reading, words: Lexicon, number: str) -> None:
    """$5, £3.5 billion, €20."""
    signs = "|".join(re.escape(sign) for sign in sorted(words.currencies, key=len, reverse=True) if not sign.isalpha())
    for found in re.finditer(rf"(?<!\w)({signs})\s?({number})(?:(?:{_SPACE}?)([^\W\d_]+)(?!\w))?", reading.text):
        one, several = words.currencies[found[1]]
        amount = parse_numeral(found[2], words)
        after = found[3] or ""
        short = words.short_magnitudes.get(after, "")
        if after in words.magnitudes:
            reading.claim(
                _piece((found.start(), found.end(2)), say_numeral(amount, words)),
                _piece(found.span(3), _of(after, several, words)),
            )
        elif short and reading.text[found.end(2)] == after[0]:
            reading.claim(_piece(found.span(), f"{say_numeral(amount, words)} {_of(short, several, words)}"))
        else:
            reading.claim(_piece((found.start(), found.end(2)), _say_money(amount, one, several, words)))


def _of(magnitude: str, noun: str, words: Lexicon) -> str:
    """Billion dollars; milliards de dollars, milliards d'euros."""
    if not words.of_currency or magnitude in ("mil", "mille", "mila"):
        return f"{magnitude} {noun}"
    if words.number_language == "fr" and noun[0] in "aeiouéh":
        return f"{magnitude} d'{noun}"
    return f"{magnitude} {words.of_currency} {noun}"


def _say_money(amount: Numeral, one: str, several: str, words: Lexicon) -> str:
    """Five dollars ninety-nine."""
    noun = one if amount.value < words.singular_below else several
    if len(amount.decimals) == 2:
        whole = Numeral(negative=amount.negative, whole=amount.whole, decimals="")
        noun = one if whole.value < words.singular_below else several
        said = f"{say_numeral(whole, words, noun)} {noun}"
        cents = amount.decimals.lstrip("0")
        return f"{said} {say_whole(cents, words)}" if cents else said
    return f"{say_numeral(amount, words, noun)} {noun}"


def _read_ranges(reading: Reading, words: Lexicon, number: str) -> None:
    """1914-1918, 10–15."""
    for found in re.finditer(rf"(?<![\w.,-])({number})(?:[-–—]|\s[–—]\s)({number})(?![\w-])", reading.text):
        first, last = parse_numeral(found[1], words), parse_numeral(found[2], words)
        years = all(_may_be_year(part) for part in (found[1], found[2]))
        if len(found[1]) == 4 and len(found[2]) == 2 and found[1].isdigit():
            said = f"{say_year(int(found[1]), words)} {words.to} {say_whole(found[2], words)}"
        elif years:
            said = f"{say_year(int(found[1]), words)} {words.to} {say_year(int(found[2]), words)}"
        else:
            noun = _noun_after(reading.text, found.end())
            said = f"{say_numeral(first, words)} {words.to} {say_numeral(last, words, noun)}"
        reading.claim(*_with_counted(reading.text, found.span(), last, said, words))


def _with_counted(text: str, span: tuple[int, int], number: Numeral, said: str, words: Lexicon) -> list[Piece]:
    """The number and the unit after it, in one piece where they are written in one."""
    counted = _counted(text, span[1], words)
    if counted is None:
        return [_piece(span, said)]
    noun = counted.one if number.value < words.singular_below else counted.several
    if counted.start == span[1]:
        return [_piece((span[0], counted.end), f"{said} {noun}")]
    return [_piece(span, said), _piece((counted.start, counted.end), noun)]


def _may_be_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1010 <= int(text) < 2100


def _noun_after(text: str, end: int) -> str:
    found = _WORD_AFTER.match(text, end)
    return found[1] if found else ""


def _read_one(reading: Reading, words: Lexicon, found: re.Match[str]) -> None:
    """A number and the unit, sign or magnitude after it."""
    text, start, end = reading.text, found.start(), found.end()
    number = parse_numeral(found[0], words)
    counted = _counted(text, end, words)
    if counted is not None:
        noun = counted.one if number.value < words.singular_below else counted.several
        if counted.kind == "money" and len(number.decimals) == 2:
            reading.claim(_piece((start, counted.end), _say_money(number, counted.one, counted.several, words)))
        elif counted.kind == "metres" and words.number_language == "fr" and len(number.decimals) == 2:
            whole = Numeral(negative=number.negative, whole=number.whole, decimals="")
            said = f"{say_numeral(whole, words, noun)} {noun} {say_whole(number.decimals.lstrip('0') or '0', words)}"
            reading.claim(_piece((start, counted.end), said))
        else:
            said = say_numeral(number, words, noun)
            reading.claim(*_with_counted(text, (start, end), number, said, words))
        return
    if _is_year(text, found[0], start, end, words):
        reading.claim(_piece((start, end), say_year(int(found[0]), words)))
        return
    reading.claim(_piece((start, end), say_numeral(number, words, _noun_after(text, end))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What stands right after a number: where, what is said for one and for several, what `kind` it is
    ("money", "metres" or "")."""

    start: int
    end: int
    one: str
    several: str
    kind: str = ""


def _counted(text: str, end: int, words: Lexicon) -> _Counted | None:
    """The unit, sign or magnitude of a number that ends there."""
    found = _PERCENT.match(text, end)
    if found:
        said = words.percent if found[1] == "%" else words.per_mille
        return _Counted(start=found.start(1), end=found.end(1), one=said, several=said)
    magnitude = _WORD_AFTER.match(text, end)
    for short, long in (*words.short_magnitudes.items(), *((word, word) for word in words.magnitudes)):
        if short in words.magnitudes and not (magnitude and magnitude[1] == short):
            continue
        money = re.compile(rf"{_SPACE}?({re.escape(short)}){_SPACE}?(€|\$|£)(?!\w)").match(text, end)
        if money:
            said = _of(long, words.currencies[money[2]][1], words)
            return _Counted(start=money.start(1), end=money.end(2), one=said, several=said)
    for sign in sorted(words.currencies, key=len, reverse=True):
        after = r"(?!\w)" if sign[-1].isalpha() else ""
        found = re.compile(rf"{_SPACE}?({re.escape(sign)}){after}").match(text, end)
        if found:
            return _each(text, found.span(1), words.currencies[sign], "money", words)
    for unit in sorted(words.units, key=len, reverse=True):
        found = re.compile(rf"({_SPACE}?)({re.escape(unit)})(?![\w'’²³]|\.\w)").match(text, end)
        if found and not (unit in _NEED_SPACE and not found[1]):
            return _each(text, found.span(2), words.units[unit], "metres" if unit == "m" else "", words)
    found = _DEGREES.match(text, end)
    if found:
        return _Counted(start=found.start(1), end=found.end(1), one=words.degrees[0], several=words.degrees[1])
    return None


def _each(text: str, span: tuple[int, int], forms: Forms, kind: str, words: Lexicon) -> _Counted:
    """A unit or coin, and what it is counted for: euros per kilo, cubic metres per second."""
    start, end = span
    one, several = forms
    for unit in sorted(words.units, key=len, reverse=True):
        found = re.compile(rf"/({re.escape(unit)})(?![\w'’²³])").match(text, end)
        if found:
            each = f" {words.per} {words.units[unit][0]}"
            return _Counted(start=start, end=found.end(), one=one + each, several=several + each)
    return _Counted(start=start, end=end, one=one, several=several, kind=kind)


def _is_year(text: str, written: str, start: int, end: int, words: Lexicon) -> bool:
    """Whether four digits are a year: only in languages that say years otherwise than numbers."""
    if words.number_language not in ("en", "de") or not _may_be_year(written):
        return False
    noun = _noun_after(text, end)
    if noun in _COUNTED:
        return False
    if _YEAR_BEFORE.search(text[:start]) or not noun:
        return True
    plural = noun.endswith("s") and noun not in _NOT_COUNTED
    return not plural if words.number_language == "en" else noun[0].islower()


def _piece(span: tuple[int, int], spoken: str) -> Piece:
    return Piece(start=span[0], end=span[1], spoken=spoken)
