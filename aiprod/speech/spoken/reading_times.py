"""Dates and times of day."""

import re

from aiprod.speech.spoken.lexicon import Lexicon
from aiprod.speech.spoken.numerals import parse_numeral, say_numeral, say_ordinal, say_whole, say_year
from aiprod.speech.spoken.pieces import Piece, Reading
from aiprod.speech.spoken.reading_ranks import german_rank

_ISO_DATE = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_SLASHED_DATE = re.compile(r"(?<![\w/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\w/])")
_DAY_AND_MONTH = re.compile(r"\b(?:[Ll]e|[Dd]u|[Aa]u)\s(\d{1,2})/(\d{1,2})(?![\w/])")
_COLON_TIME = re.compile(
    r"(?<![\w:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\w|:\d)(\s?(?:[aApP]\.?[mM]\.?)(?!\w))?", re.UNICODE
)
_H_TIME = re.compile(r"(?<![\w,.])(\d{1,2})(\s?)[hH](?:\s?(\d{2})(?:\s?min(?!\w))?)?(?![\w/])")
_SECONDS_AFTER = re.compile(r"\s?\d{1,2}\s?s(?!\w)")
_UHR = re.compile(r"\sUhr\b")
_PLAIN_MERIDIEM = re.compile(r"(?<![\w:.,])(\d{1,2})(\s?)([aApP])\.?[mM]\b\.?")
_ENGLISH_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.)"
)
_MONTH_DAY = re.compile(rf"\b{_ENGLISH_MONTHS}\s+(\d{{1,2}})(?:,\s+(\d{{4}}))?(?![\w:]|,\d)")
_DAY_MONTH = re.compile(rf"(?<![\w.,-])(the\s+)?(\d{{1,2}})\s+{_ENGLISH_MONTHS}(?!\w)(?:,?\s+(\d{{4}})(?!\w))?")


def read_dates(reading: Reading, words: Lexicon) -> None:
    """2024-03-15, 15/03/2024; in English the day's rank too."""
    for found in _ISO_DATE.finditer(reading.text):
        _claim_date(reading, words, found.span(), int(found[3]), int(found[2]), int(found[1]))
    for found in _SLASHED_DATE.finditer(reading.text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        month_first = words.number_language == "en" and first <= 12
        day, month = (second, first) if month_first else (first, second)
        _claim_date(reading, words, found.span(), day, month, year)
    if words.number_language == "fr":
        for found in _DAY_AND_MONTH.finditer(reading.text):
            day, month = int(found[1]), int(found[2])
            if 1 <= month <= 12 and month < day <= 31:  # "le 1/3" is a third
                said = f"{say_whole(str(day), words)} {words.months.split()[month - 1]}"
                reading.claim(_piece((found.start(1), found.end(2)), said))
    if words.number_language == "en":
        _read_english_days(reading, words)
    elif words.number_language == "de":
        for found in re.finditer(rf"(?<!\w)(\d{{1,2}})\.(?=\s(?:{words.months.replace(' ', '|')})\b)", reading.text):
            reading.claim(_piece(found.span(), german_rank(int(found[1]), reading.text[: found.start()], "r", words)))


def _claim_date(reading: Reading, words: Lexicon, span: tuple[int, int], day: int, month: int, year: int) -> None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return
    name = words.months.split()[month - 1]
    said_year = say_year(year, words)
    match words.number_language:
        case "en":
            said = f"{name} {say_ordinal(day, words)}, {said_year}"
        case "fr":
            said = f"{'premier' if day == 1 else say_whole(str(day), words)} {name} {said_year}"
        case "es" | "pt_BR":
            said = f"{say_whole(str(day), words)} de {name} de {said_year}"
        case "de":
            said = f"{say_ordinal(day, words)}r {name} {said_year}"
        case _:
            said = f"{say_whole(str(day), words)} {name} {said_year}"
    reading.claim(_piece(span, said))


def _read_english_days(reading: Reading, words: Lexicon) -> None:
    for found in _MONTH_DAY.finditer(reading.text):
        if 1 <= int(found[1]) <= 31:
            pieces = [_piece(found.span(1), say_ordinal(int(found[1]), words))]
            if found[2]:
                pieces.append(_piece(found.span(2), say_year(int(found[2]), words)))
            reading.claim(*pieces)
    for found in _DAY_MONTH.finditer(reading.text):
        if 1 <= int(found[2]) <= 31:
            rank = say_ordinal(int(found[2]), words)
            pieces = [_piece(found.span(2), f"{rank} of" if found[1] else f"the {rank} of")]
            if found[3]:
                pieces.append(_piece(found.span(3), say_year(int(found[3]), words)))
            reading.claim(*pieces)


def read_clock(reading: Reading, words: Lexicon) -> None:
    """10:30, 8h05, 21 h, 3 p.m.; 9h-17h."""
    before = len(reading.pieces)
    _read_times(reading, words)
    times = reading.pieces[before:]
    starts = {piece.start for piece in times}
    for piece in times:
        dash = re.compile(r"\s?[-–—]\s?").match(reading.text, piece.end)
        if dash and dash.end() in starts:
            reading.claim(_piece(dash.span(), f" {words.to} "))


def _read_times(reading: Reading, words: Lexicon) -> None:
    for found in _COLON_TIME.finditer(reading.text):
        hours, minutes, seconds, half = found[1], found[2], found[3], found[4]
        if int(hours) > 24 or int(minutes) > 59:
            continue
        said = _say_time(int(hours), int(minutes), words, bare=not half)
        if seconds:
            said += " " + say_whole(str(int(seconds)), words)
        if half:
            said += " ay em" if half.strip().lower().startswith("a") else " pee em"
            said += _stop(half, reading.text, found.end())
        named = _UHR.match(reading.text, found.end()) if words.number_language == "de" else None
        reading.claim(_piece((found.start(), named.end() if named else found.end()), said))
    if words.number_language == "en":
        for found in _PLAIN_MERIDIEM.finditer(reading.text):
            if 1 <= int(found[1]) <= 12:
                said = f"{say_whole(found[1], words)} {found[3].lower().replace('a', 'ay').replace('p', 'pee')} em"
                reading.claim(_piece(found.span(), said + _stop(found[0], reading.text, found.end())))
        for found in _H_TIME.finditer(reading.text):
            if found[3]:
                unit = words.form(int(found[1]), ("hour", "hours"))
                said = f"{say_whole(found[1], words)} {unit} {say_whole(str(int(found[3])), words)}"
                reading.claim(_piece(found.span(), said))
        return
    for found in _H_TIME.finditer(reading.text):
        if int(found[1]) <= 24 and (words.number_language == "fr" or found[3]):
            said = _say_time(int(found[1]), int(found[3] or 0), words, bare=True)
            hours = parse_numeral(found[1], words)
            if found[2] and not found[3]:
                unit = words.form(hours.value, words.hour)
                mark = found.end() - 1
                reading.claim(
                    _piece(found.span(1), say_numeral(hours, words, unit)),
                    _piece((mark, mark + 1), unit),
                )
            else:
                if found[0].endswith("min") and _SECONDS_AFTER.match(reading.text, found.end()):
                    said += f" {words.form(int(found[3]), words.arc[0])}"
                reading.claim(_piece(found.span(), said))


def _stop(written: str, text: str, end: int) -> str:
    """The full stop of "p.m." that also ends a sentence."""
    after = text[end:].lstrip()
    return "." if written.endswith(".") and (not after or after[0].isupper()) else ""


def _say_time(hours: int, minutes: int, words: Lexicon, *, bare: bool) -> str:
    unit = words.form(hours, words.hour)
    hour_number = parse_numeral(str(hours), words)
    said_minutes = say_whole(str(minutes), words)
    match words.number_language:
        case "en":
            said = say_whole(str(hours), words)
            if minutes:
                return f"{said} {'oh ' if minutes < 10 else ''}{said_minutes}"
            return f"{said} o'clock" if bare and 1 <= hours <= 12 else said if not bare else f"{said} hundred"
        case "fr":
            said = f"{say_numeral(hour_number, words, unit)} {unit}"
            return f"{said} {said_minutes}" if minutes else said
        case "de":
            said = f"{'ein' if hours == 1 else say_whole(str(hours), words)} Uhr"
            return f"{said} {said_minutes}" if minutes else said
    said = say_numeral(hour_number, words, unit)
    if not minutes:
        return f"{said} {unit}"
    return f"{said} {'y' if words.number_language == 'es' else 'e'} {said_minutes}"


def _piece(span: tuple[int, int], spoken: str) -> Piece:
    return Piece(start=span[0], end=span[1], spoken=spoken)
