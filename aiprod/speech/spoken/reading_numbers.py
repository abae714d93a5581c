"""Numbers, alone or with what they count: money, units, percentages, ranges, fractions, telephone numbers, years."""

import re

from aiprod.speech.spoken.lexicon import Lexicon, words_of
from aiprod.speech.spoken.numerals import (
    Numeral,
    parse_numeral,
    say_digits,
    say_numeral,
    say_whole,
    say_year,
)
from aiprod.speech.spoken.pieces import Piece, Reading
from aiprod.speech.spoken.reading_fractions import (
    read_fractions,
    read_mixed,
    read_multiples,
    read_powers,
    read_products,
    read_ratios,
)
from aiprod.speech.spoken.reading_units import (
    SPACE,
    WORD_AFTER,
    counted_after,
    describes,
    each_after,
    magnitude_of,
    read_lone_units,
    with_counted,
)

_GROUPED_BY_SPACE = rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)"
_TELEPHONE = re.compile(
    r"(?<![\w.,])(?:\+\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,5}\d{2,4}|0\d(?:[ .-]\d{2}){4}|\d{3}[ .-]\d{3}-\d{4}|"
    r"\(\d{3}\)\s?\d{3}-\d{4}|\d{3}-\d{4})(?!\w)"
)
_VERSION = re.compile(r"(?<![\w.,])[vV]?(\d{1,3}(?:\.\d{1,3}){2,})(?![\w,]|\.\d)")
_DECADE = re.compile(r"(?<![\w.,])(['’])?(\d{1,3}0)s\b")
_CALLED = re.compile(r"\b(?:[Cc]all|[Cc]alls|[Cc]alled|[Cc]alling|[Dd]ial|[Dd]ialed|[Dd]ialled)\s+(\d{3})(?![\w,.]\d|\w)")
_NUMBERED = re.compile(r"\b(?:Boeing|Airbus|Flight|Room|Route|Highway|Interstate|AD|CE)\s+([1-9]\d\d)(?![\w,.]\d|\w)")
_OLD_YEAR = re.compile(r"(?<![\w.,])([1-9]\d\d)(?=\s(?:BCE?|AD|CE|B\.C\.|A\.D\.)(?!\w))")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|from|until|till|of|before|after|around|circa|year|early|late|mid|during|through|to|and|between|"
    r"spring|summer|autumn|fall|winter|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|[Ii]m Jahr|[Ss]eit|[Uu]m|[Jj]ahr|[Vv]on|[Bb]is)[\s\u00a0(]+$",
    re.IGNORECASE,
)
_CENTS = {
    ("en", "dollar"): ("cent", "cents"), ("en", "euro"): ("cent", "cents"), ("en", "pound"): ("penny", "pence"),
    ("fr", "euro"): ("centime", "centimes"), ("fr", "dollar"): ("cent", "cents"),
}  # fmt: skip
_NOT_COUNTED = words_of("was is has does its his this as us across plus thus perhaps always sometimes yes")
_COUNTED = words_of("people men women children feet fish sheep percent times years days miles species")


def read_numbers(reading: Reading, words: Lexicon) -> None:
    """Claim every number of the text."""
    _read_telephones(reading, words)
    _read_called(reading, words)
    read_fractions(reading, words)
    read_mixed(reading, words)
    read_powers(reading, words)
    _read_decades(reading, words)
    number = _number(words)
    _read_versions(reading, words)
    read_products(reading, words, number)
    read_multiples(reading, words, number)
    _read_money_before(reading, words, number)
    _read_ranges(reading, words, number)
    read_ratios(reading, words)
    for found in re.finditer(rf"(?<![\w.,])[-−+]?{number}|{number}", reading.text):
        _read_one(reading, words, found)
    read_lone_units(reading, words)


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


def _read_called(reading: Reading, words: Lexicon) -> None:
    """Numbers that are names: call 911, Boeing 747, Room 101, AD 476."""
    if words.number_language != "en":
        return
    for found in _CALLED.finditer(reading.text):
        reading.claim(_piece(found.span(1), say_digits(found[1], words)))
    for found in (*_NUMBERED.finditer(reading.text), *_OLD_YEAR.finditer(reading.text)):
        first, rest = found[1][0], found[1][1:]
        last = f"oh {say_whole(rest[1], words)}" if rest[0] == "0" else say_whole(rest, words)
        last = "hundred" if rest == "00" else last
        reading.claim(_piece(found.span(1), f"{say_whole(first, words)} {last}"))


def _read_decades(reading: Reading, words: Lexicon) -> None:
    """The 1920s, the '80s."""
    if words.number_language != "en":
        return
    for found in _DECADE.finditer(reading.text):
        digits = found[2]
        said = say_year(int(digits), words) if len(digits) == 4 else say_whole(digits, words)
        reading.claim(_piece(found.span(), f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"))


def _read_versions(reading: Reading, words: Lexicon) -> None:
    """Section 3.2.1, version 10.4.0."""
    for found in _VERSION.finditer(reading.text):
        parts = found[1].split(".")
        if any(len(part) != 3 for part in parts[1:]):
            said = f" {words.dot if words.number_language != 'en' else words.point_word} ".join(
                say_whole(part, words) for part in parts
            )
            reading.claim(_piece(found.span(1), said))


def _read_money_before(reading: Reading, words: Lexicon, number: str) -> None:
    """$5, £3.5 billion, €20."""
    signs = "|".join(re.escape(sign) for sign in sorted(words.currencies, key=len, reverse=True) if not sign.isalpha())
    for found in re.finditer(rf"(?<!\w)({signs})\s?({number})(?:(?:{SPACE}?)([^\W\d_]+)(?!\w))?", reading.text):
        one, several = words.currencies[found[1]]
        amount = parse_numeral(found[2], words)
        after = found[3] or ""

        def coin(end: int, start: int = found.start(), one: str = one, several: str = several) -> str:
            return one if describes(reading.text, start, end, words) else several

        short = words.short_magnitudes.get(after)
        if after in words.magnitudes:
            reading.claim(
                _piece((found.start(), found.end(2)), say_numeral(amount, words)),
                _piece(found.span(3), magnitude_of(after, coin(found.end(3)), words)),
            )
        elif short and reading.text[found.end(2)] == after[0]:
            millions = magnitude_of(words.form(amount.value, short), coin(found.end(3)), words)
            reading.claim(_piece(found.span(), f"{say_numeral(amount, words)} {millions}"))
        else:
            end = found.end(2)
            said = _say_money(amount, one, coin(end), words)
            upto = re.compile(rf"[-–—]{re.escape(found[1])}?({number})").match(reading.text, end)
            if upto:
                last, end = parse_numeral(upto[1], words), upto.end()
                said = f"{say_numeral(amount, words)} {words.to} {_say_money(last, one, several, words)}"
                large = WORD_AFTER.match(reading.text, end)
                if large and large[1] in words.magnitudes:
                    said = f"{say_numeral(amount, words)} {words.to} {say_numeral(last, words)}"
                    reading.claim(
                        _piece((found.start(), end), said),
                        _piece(large.span(1), magnitude_of(large[1], several, words)),
                    )
                    continue
            each, end = each_after(reading.text, end, words)
            said += each
            reading.claim(_piece((found.start(), end), said))


def _say_money(amount: Numeral, one: str, several: str, words: Lexicon) -> str:
    """Five dollars ninety-nine; ninety-nine cents."""
    noun = words.form(amount.value, (one, several))
    if len(amount.decimals) == 2:
        whole = Numeral(sign=amount.sign, whole=amount.whole, decimals="")
        noun = words.form(whole.value, (one, several))
        said = f"{say_numeral(whole, words, noun)} {noun}"
        cents = amount.decimals.lstrip("0")
        small = _CENTS.get((words.number_language, one))
        if small and cents and not amount.whole.strip("0"):
            return f"{say_whole(cents, words)} {words.form(int(cents), small)}"
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
        reading.claim(*with_counted(reading.text, found.span(), last.value, said, words))


def _may_be_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1010 <= int(text) < 2100


def _noun_after(text: str, end: int) -> str:
    found = WORD_AFTER.match(text, end)
    return found[1] if found else ""


def _read_one(reading: Reading, words: Lexicon, found: re.Match[str]) -> None:
    """A number and the unit, sign or magnitude after it."""
    text, start, end = reading.text, found.start(), found.end()
    number = parse_numeral(found[0], words)
    counted = counted_after(text, end, words)
    if counted is not None:
        noun = words.form(number.value, counted.forms)
        if counted.kind == "money" and len(number.decimals) == 2:
            reading.claim(_piece((start, counted.end), _say_money(number, *counted.forms, words)))
        elif counted.kind == "metres" and words.number_language == "fr" and len(number.decimals) == 2:
            whole = Numeral(sign=number.sign, whole=number.whole, decimals="")
            said = f"{say_numeral(whole, words, noun)} {noun} {say_whole(number.decimals.lstrip('0') or '0', words)}"
            reading.claim(_piece((start, counted.end), said))
        else:
            said = say_numeral(number, words, noun)
            if not reading.claim(*with_counted(text, (start, end), number.value, said, words)):
                reading.claim(_piece((start, end), said))
        return
    if _is_year(text, found[0], start, end, words):
        reading.claim(_piece((start, end), say_year(int(found[0]), words)))
        return
    reading.claim(_piece((start, end), say_numeral(number, words, _noun_after(text, end))))


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
