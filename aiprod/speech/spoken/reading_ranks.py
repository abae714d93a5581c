"""Ordinals, centuries, Roman numerals of kings and chapters."""

import re

from aiprod.speech.spoken.lexicon import Lexicon, words_of
from aiprod.speech.spoken.numerals import roman_value, say_ordinal, say_whole
from aiprod.speech.spoken.pieces import Piece, Reading

RULERS = words_of(
    "Albert Alexander Alexandre Alfonso Alphonse Amenhotep Aménophis Anne Artaxerxès Auguste Baudouin Benedict "
    "Benoît Carlo Carlos Catherine Charles Childéric Christian Clement Clément Cleopatra Cléopâtre Clotaire "
    "Clovis Constantin Constantine Dagobert Darius Edouard Edward Élisabeth Elisabeth Elizabeth Enrique Fernando "
    "Ferdinand Felipe Francesco Francis Francisco François Franz Frederick Frédéric Friedrich George Georges "
    "Giovanni Grégoire Gregory Guillaume Gustave Gustav Harald Heinrich Henri Henry Hugues Innocent Isabel "
    "Isabelle Ivan Jacques James Jaime Jean João John José Joseph Juan Jules Julius Karl Leopold Léopold Lothaire "
    "Louis Ludwig Luis Manuel Marie Mary Maximilian Maximilien Mehmed Mehmet Murad Napoleon Napoléon Napoleón "
    "Nicholas Nicolas Olaf Otto Otton Paul Pedro Peter Philip Philippe Pie Pierre Pius Ptolemy Ptolémée Ramesses "
    "Ramsès Ramses Richard Robert Rodolphe Séthi Seti Sixte Soliman Théodose Thoutmôsis Thutmose Umberto Urbain "
    "Urban Victor Victoria Vittorio Wilhelm William Xerxès Édouard Juan-Carlos Emanuele Luigi Enrico Alberto "
    "Ferdinando Filippo Pio Leone Luís Afonso Sebastião Filipe Dinis Sancho"
)
"""First names that a Roman numeral may follow, a single letter too."""

_CENTURY = re.compile(
    r"(?<!\w)([IVX]{1,6})(?:(e|ᵉ|è|ème|ième|er|ᵉʳ|re)(?:-|\b|(?=\s))|(?=\s(?:siècles?|secolo|secoli)\b))"
)
_SPANISH_CENTURY = re.compile(
    r"\b(?:[Ss]iglos?|[Ss]éculos?|s\.)\s+([IVX]{1,6})\b(?:\s*(?:-|–|y|e|al?)\s*([IVX]{1,6})\b)?"
)
_ENGLISH_CENTURY = re.compile(r"(?<!\w)([IVX]{1,6})(?:th|st|nd|rd)?(?=\s(?:century|centuries|dynasty)\b)")
_SHORT_CENTURY = re.compile(r"\s(s\.)(?!\w)")
_GERMAN_CENTURY = re.compile(r"(?<!\w)(\d{1,2})\.(?=\s(?:Jahrhundert|Jh|Jahrtausend))")
_ITALIAN_MONTHS = (
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
)
_ORDINAL = {
    "en": re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})*|\d+)(st|nd|rd|th)\b"),
    "fr": re.compile(
        r"(?<![\w.,])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(er|ers|ère|ères|re|res|ème|èmes|eme|ième|e|es|ᵉ|ᵉʳ|nd|nde|ʳᵉ)(?!\w)"
    ),
    "es": re.compile(r"(?<![\w.,])(\d+)\.?(º|ª|er|°(?=\s(?:de|grado|piso|lugar|puesto)\b))(?!\w)"),
    "it": re.compile(rf"(?<![\w.,])(\d+)\.?(º|ª|(?<=1)°(?=\s(?:{_ITALIAN_MONTHS})\b))(?!\w)"),
    "pt_BR": re.compile(r"(?<![\w.,])(\d+)\.?(º|ª)(?!\w)"),
}
_ROMAN = re.compile(r"(?<![\w.'’-])([^\W\d_][\w'’-]*)\s+([IVXLC]+)(er|ᵉʳ|re|e|ème)?(?!\w|['’](?!s\b))")
_LONELY_ROMAN = re.compile(r"(?<![\w.'’-])((?:I{2,3}|IV|VI{1,3}|IX|X[IVX]+))(?![\w'’])")


def read_centuries(reading: Reading, words: Lexicon) -> None:
    """XIXe siècle, siglo XIX, XIX secolo, 19. Jahrhundert."""
    language = words.number_language
    if language in ("fr", "it"):
        for found in _CENTURY.finditer(reading.text):
            value = roman_value(found[1])
            if value and (language == "fr" or not found[2]):
                feminine = found[2] in ("re",) or (found[2] == "e" and _feminine_after(reading.text, found.end()))
                end = found.end() - 1 if found[0].endswith("-") else found.end()
                reading.claim(Piece(start=found.start(), end=end, spoken=say_ordinal(value, words, feminine=feminine)))
                short = _SHORT_CENTURY.match(reading.text, found.end())
                if short and language == "fr":
                    stop = "" if reading.text[short.end() :].lstrip()[:1].islower() else "."
                    reading.claim(Piece(start=short.start(1), end=short.end(1), spoken=f"siècle{stop}"))
    elif language == "en":
        for found in _ENGLISH_CENTURY.finditer(reading.text):
            value = roman_value(found[1])
            if value:
                reading.claim(Piece(start=found.start(), end=found.end(), spoken=say_ordinal(value, words)))
    elif language in ("es", "pt_BR"):
        for found in _SPANISH_CENTURY.finditer(reading.text):
            for group in (1, 2):
                value = roman_value(found[group] or "")
                if value:
                    start, end = found.span(group)
                    reading.claim(Piece(start=start, end=end, spoken=say_whole(str(value), words)))
    elif language == "de":
        for found in _GERMAN_CENTURY.finditer(reading.text):
            reading.claim(
                Piece(
                    start=found.start(),
                    end=found.end(),
                    spoken=german_rank(int(found[1]), reading.text[: found.start()], "s", words),
                )
            )


def german_rank(number: int, before: str, ending: str, words: Lexicon) -> str:
    """A German ordinal: it ends in n after "im", "am", "dem"..., else as its noun wants."""
    after_article = re.search(r"\b(?:im|am|vom|zum|beim|dem|den|des|der)\s+$", before, re.IGNORECASE)
    return say_ordinal(number, words) + ("n" if after_article else ending)


def _feminine_after(text: str, place: int) -> bool:
    return text[place:].lstrip().lower().startswith(("république", "dynastie"))


def read_ordinals(reading: Reading, words: Lexicon) -> None:
    """19th, 1er, 2e, 3ª."""
    pattern = _ORDINAL.get(words.number_language)
    if pattern is None:
        return
    for found in pattern.finditer(reading.text):
        number, mark = int(re.sub(r"\D", "", found[1])), found[2]
        if mark in ("nd", "nde") and words.number_language == "fr":
            said = "second" if mark == "nd" else "seconde"
        elif words.number_language == "es" and mark == "er":
            said = "primer" if number == 1 else "tercer"
        else:
            said = say_ordinal(number, words, feminine=mark in ("ère", "ères", "re", "res", "ª", "ʳᵉ"))
        reading.claim(Piece(start=found.start(), end=found.end(), spoken=said))


def read_romans(reading: Reading, words: Lexicon) -> None:
    """Louis XIV, Henry VIII, Chapter IV, Napoléon Ier, World War II."""
    for found in _ROMAN.finditer(reading.text):
        name, numeral, mark = found[1], found[2], found[3]
        value = roman_value(numeral)
        ruler, counted = name in RULERS, name in words.counted_by_roman or name.capitalize() in words.counted_by_roman
        if value is None or not (ruler or counted or (name[0].isupper() and len(numeral) > 1 and value < 40)):
            continue
        if mark and not ruler:
            continue
        if mark and value > 1 and mark not in ("e", "ème"):
            continue
        start, end = found.start(2), found.end()
        spoken = _rank_of_ruler(value, mark or "", words) if ruler else say_whole(str(value), words)
        reading.claim(Piece(start=start, end=end, spoken=spoken))
    for found in _LONELY_ROMAN.finditer(reading.text):
        value = roman_value(found[1])
        if value:
            reading.claim(Piece(start=found.start(), end=found.end(), spoken=say_whole(str(value), words)))


def _rank_of_ruler(value: int, mark: str, words: Lexicon) -> str:
    """What is said after a king's name."""
    match words.number_language:
        case "en":
            return f"the {say_ordinal(value, words)}"
        case "fr":
            return say_ordinal(1, words, feminine=mark == "re") if value == 1 else say_whole(str(value), words)
        case "es" | "pt_BR":
            return say_ordinal(value, words) if value <= 10 else say_whole(str(value), words)
        case "de":
            return f"der {say_ordinal(value, words)}"
    return say_ordinal(value, words)
