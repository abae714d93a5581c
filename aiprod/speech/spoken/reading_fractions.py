"""Numbers made of two: fractions, two and a half, ratios, powers, lengths by lengths."""

import re

from aiprod.speech.spoken.lexicon import Lexicon
from aiprod.speech.spoken.numerals import parse_numeral, say_numeral, say_ordinal, say_whole
from aiprod.speech.spoken.pieces import Piece, Reading
from aiprod.speech.spoken.reading_units import SPACE, WORD_AFTER, counted_after, with_counted

_FRACTION = re.compile(r"(?<![\w/.,])(\d{1,2})/(\d{1,3})(?![\w/])")
_HALVES = {"1/2": "½", "1/4": "¼", "3/4": "¾", "1/3": "⅓", "2/3": "⅔"}
_WHOLE_AND_FRACTION = re.compile(rf"(?<![\w/.,])(\d{{1,3}}){SPACE}({'|'.join(_HALVES)})(?![\w/])")
_NAMED_RATIO = re.compile(r"\b(?:ratio|rapport|proportion)s? (?:de|d['’]environ) \d+$")
_RATIO = re.compile(r"(?<=\d):(?=\d)")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER = re.compile(r"(?<![\w.,])(\d+)(?:\^([-−]?\d{1,3})|([⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))(?!\w)")
_WHOLE_TENS = (10, 20, 100)
_THIRDS = {
    "es": ("", "medio", "tercio", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno"),
    "it": ("", "mezzo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo", "nono"),
    "pt_BR": ("", "meio", "terço", "quarto", "quinto", "sexto", "sétimo", "oitavo", "nono"),
    "de": ("", "Halb", "Drittel", "Viertel", "Fünftel", "Sechstel", "Siebtel", "Achtel", "Neuntel"),
}


def read_fractions(reading: Reading, words: Lexicon) -> None:
    """1/2, 2/5, 8/10, 50/50; 2 1/2."""
    for found in _WHOLE_AND_FRACTION.finditer(reading.text):
        _claim_mixed(reading, words, found, _HALVES[found[2]])
    for found in _FRACTION.finditer(reading.text):
        said = words.fractions.get(found[0]) or _say_fraction(int(found[1]), int(found[2]), words)
        reading.claim(_piece(found.span(), said))


def _say_fraction(count: int, parts: int, words: Lexicon) -> str:
    said, whole = say_whole(str(count), words), say_whole(str(parts), words)
    if 3 <= parts <= 9 and 0 < count < parts:
        return f"{_one(said, count, words)} {_part(count, parts, words)}"
    joined = words.out_of if parts in _WHOLE_TENS and count <= parts else words.over
    return f"{said} {joined} {whole}"


def _one(said: str, count: int, words: Lexicon) -> str:
    """Un quinto, ein Fünftel: one before a noun."""
    short = {"es": "un", "it": "un", "de": "ein"}
    return short.get(words.number_language, said) if count == 1 else said


def _part(count: int, parts: int, words: Lexicon) -> str:
    """Third, thirds; tiers; tercio, tercios."""
    language = words.number_language
    if language in ("en", "fr"):
        irregular = {("en", 4): "quarter", ("fr", 3): "tiers", ("fr", 4): "quart"}
        noun = irregular.get((language, parts)) or say_ordinal(parts, words)
        return noun if count == 1 or noun.endswith("s") else f"{noun}s"
    noun = _THIRDS[language][parts - 1]
    if count == 1 or language == "de":
        return noun
    return f"{noun[:-1]}i" if language == "it" else f"{noun}s"


def read_mixed(reading: Reading, words: Lexicon) -> None:
    """2½ hours."""
    for found in re.finditer(rf"(?<![\w.,])(\d+){SPACE}?([{''.join(words.mixed)}])", reading.text):
        _claim_mixed(reading, words, found, found[2])


def _claim_mixed(reading: Reading, words: Lexicon, found: re.Match[str], half: str) -> None:
    """Two and a half cups; in French the noun comes first: deux tasses et demie."""
    part = words.mixed[half]
    value, text, end = int(found[1]) + 0.5, reading.text, found.end()
    counted, after = counted_after(text, end, words), WORD_AFTER.match(text, end)
    if words.number_language != "fr" or (counted is None and after is None):
        reading.claim(*with_counted(text, found.span(), value, f"{say_whole(found[1], words)} {part}", words))
        return
    noun = words.form(value, counted.forms) if counted else after[1] if after else ""
    place = (counted.start, counted.end) if counted else after.span(1) if after else found.span()
    number = say_numeral(parse_numeral(found[1], words), words, noun)
    feminine = say_numeral(parse_numeral("1", words), words, noun) == "une"
    part = f"{part}e" if feminine and part.endswith("demi") else part
    if place[0] == end:
        reading.claim(_piece((found.start(), place[1]), f"{number} {noun} {part}"))
    else:
        reading.claim(_piece(found.span(), number), _piece(place, f"{noun} {part}"))


def read_powers(reading: Reading, words: Lexicon) -> None:
    """10^6, 10⁻⁹, 5²."""
    for found in _POWER.finditer(reading.text):
        exponent = (found[2] or found[3].translate(_SUPERSCRIPTS)).replace("−", "-")
        squared = words.symbols["²" if exponent == "2" else "³"] if exponent in ("2", "3") else ""
        raised = f"{words.raised_to} {say_numeral(parse_numeral(exponent, words), words)}"
        said = f"{say_whole(found[1], words)} {squared or raised}"
        reading.claim(*with_counted(reading.text, found.span(), 10, said, words))


def read_products(reading: Reading, words: Lexicon, number: str) -> None:
    """20 x 30 cm, a product where nothing is measured: 3 x 4."""
    for found in re.finditer(rf"(?<![\w.,])({number}){SPACE}?[x×]{SPACE}?({number})(?!\w*[x×])", reading.text):
        first, last = parse_numeral(found[1], words), parse_numeral(found[2], words)
        measured = counted_after(reading.text, found.end(), words) is not None
        screen = all(len(part) >= 3 and part.isdigit() for part in found.groups())
        between = words.sized_by if measured or screen else words.symbols["×"]
        said = f"{say_numeral(first, words)} {between} {say_numeral(last, words)}"
        reading.claim(*with_counted(reading.text, found.span(), last.value, said, words))

    for found in re.finditer(rf"\d{SPACE}?\w{{1,2}}{SPACE}([x×])(?={SPACE}{number})", reading.text):
        reading.claim(_piece(found.span(1), words.sized_by))


def read_multiples(reading: Reading, words: Lexicon, number: str) -> None:
    """10x faster."""
    for found in re.finditer(rf"(?<![\w.,])({number})[x×](?={SPACE}[^\W\d_])", reading.text):
        said = f"{say_numeral(parse_numeral(found[1], words), words)} {words.symbols['×']}"
        reading.claim(_piece(found.span(), said))


def read_ratios(reading: Reading, words: Lexicon) -> None:
    """16:9; un rapport de 3:1."""
    for found in _RATIO.finditer(reading.text):
        named = _NAMED_RATIO.search(reading.text[: found.start()])
        between = words.to if words.number_language == "en" else "pour" if named else ""
        reading.claim(_piece(found.span(), f" {between} "))


def _piece(span: tuple[int, int], spoken: str) -> Piece:
    return Piece(start=span[0], end=span[1], spoken=spoken)
