"""Figures stated in a text: years, shares, measures and counts, with what they are about.

Knows how numbers are written in six languages ("4,6 milliards", "1,864", "70 %"). Spelled-out numbers ("twelve") are
left alone: on screen they would only repeat the subtitles.
"""

import re
from dataclasses import dataclass

from aiprod.prompts.words import Token, is_stop_word, tokens

_NUMBER = r"\d{1,3}(?:[   .,’']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SCALES = {
    "thousand": 1e3, "mille": 1e3, "mil": 1e3, "mila": 1e3, "tausend": 1e3,
    "million": 1e6, "millions": 1e6, "millón": 1e6, "millones": 1e6, "milione": 1e6, "milioni": 1e6, "milhão": 1e6,
    "milhões": 1e6, "millionen": 1e6,
    "billion": 1e9, "billions": 1e9, "milliard": 1e9, "milliards": 1e9, "miliardo": 1e9, "miliardi": 1e9,
    "milliarde": 1e9, "milliarden": 1e9, "bilhão": 1e9, "bilhões": 1e9, "trillion": 1e12, "trillions": 1e12,
}  # fmt: skip
_PERCENT = ("%", "percent", "per cent", "pour cent", "por ciento", "per cento", "por cento", "prozent")
_UNITS = (
    "km/h", "m/s", "km²", "m²", "km", "cm", "mm", "kg", "mg", "°C", "°F", "°", "kWh", "MW", "GW", "€", "$", "£",
    "kilometers", "kilometres", "kilometer", "kilometre", "kilomètres", "kilómetros", "chilometri", "quilômetros",
    "quilómetros", "kilometern", "meters", "metres", "mètres", "metros", "metri", "metern", "meter", "miles", "feet",
    "kilograms", "kilos", "grams", "grammes", "gramos", "grammi", "gramas", "gramm", "kilogrammes", "kilogramos",
    "chili", "chilogrammi", "quilos", "kilogramm", "tons", "tonnes",
    "toneladas", "tonnellate", "tonnen", "degrees", "degrés", "grados", "gradi", "graus", "grad", "litres", "liters",
    "litros", "litri", "liter", "years", "ans", "années", "años", "anni", "anos", "jahre", "jahren", "hours", "heures",
    "horas", "ore", "stunden", "days", "jours", "días", "giorni", "dias", "tage", "minutes", "minutos", "minuti",
    "minuten", "seconds", "secondes", "segundos", "secondi", "sekunden", "dollars", "euros", "dólares", "dollari",
    "m", "g", "t", "l",
)  # fmt: skip
_UNIT = "|".join(re.escape(unit) for unit in sorted((*_PERCENT, *_UNITS), key=len, reverse=True))
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_LINK = r"(?:d['’]|de\s|di\s|of\s)"
_FIGURE = re.compile(
    rf"(?<![\w.,])(?P<sign>[-−]?)(?P<money>[$€£])?\s?(?P<number>{_NUMBER})(?![\w]*\d)"
    rf"(?:[\s  -]?(?P<scale>{_SCALE})\b)?"
    rf"(?:[\s  -]?{_LINK}?(?P<unit>{_UNIT})(?!\w))?",
    re.IGNORECASE,
)
_TO = r"(?:\s(?:to|à|a|bis|até)\s|\s?[-–—]\s?)"
_RANGE_BEFORE = re.compile(rf"(?<![\w.,])({_NUMBER}){_TO}$", re.IGNORECASE)
_RANGE_AFTER = re.compile(rf"^{_TO}(?:{_NUMBER})[\s -]?(?:(?:{_SCALE})\b|(?:{_UNIT})(?!\w))", re.IGNORECASE)
_ORDINAL = re.compile(r"^(?:st|nd|rd|th|er|ère|e|ème|º|ª|°)\b", re.IGNORECASE)
_JOINS = "and|et|y|e|ed|und|while|contre|against|but|mais|pero|ma|aber"
_LIST_COMMA = re.compile(rf"[,;:.()–—]\s|\s(?:{_JOINS})\s", re.IGNORECASE)
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|janvier|février|mars|avril|"
    "mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|"
    "septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|"
    "janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|januar|februar|märz|juni|juli|"
    "oktober|dezember"
)
"""The months' names in all languages, as alternatives of a pattern."""
_MONTH_AFTER = re.compile(rf"^\.?\s(?:de\s|di\s|of\s)?(?:{MONTHS})\b", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"\b(?:{MONTHS})\s$", re.IGNORECASE)
_ERA_AFTER = re.compile(
    r"^\s?(?:(?:BCE?|AD|CE)\b|(?:av|apr|ap)\.\s?(?:J|C)|avant\sJ|après\sJ|(?:a|d)\.\s?C|(?:v|n)\.\s?Chr|antes\sde\sCristo)"
)
"""What makes the number before it a date of antiquity."""
_ERA_BEFORE = re.compile(r"\bAD\s$")
_YEAR = re.compile(r"\b(1\d{3}|20\d{2})\b")
_VAGUE_WORDS = (
    "more less than only about over nearly almost around some plus moins environ presque pres seulement quelque mas "
    "menos unos unas casi solo cerca apenas piu meno circa quasi oltre soltanto mais mehr weniger etwa fast nur rund "
    "today aujourd hui hoy oggi hoje heute now still"
)
_VAGUE = frozenset(_VAGUE_WORDS.split())
FIRST_YEAR, LAST_YEAR = 1000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a text: its value (the upper one of a range), the words to show ("4,6 milliards d'années", "100–115
    kg"), its unit ("%", "km", "" for a count), what it is about ("China"), and where it stands, 0..1 of the text."""

    value: float
    text: str
    unit: str
    label: str
    position: float
    year: bool = False


def find_figures(text: str, language: str) -> tuple[Figure, ...]:
    """Figures of a text, in order."""
    return tuple(
        figure for match in _FIGURE.finditer(text) if (figure := _figure(text, match, language)) is not None
    )  # fmt: skip


def _figure(text: str, match: re.Match[str], language: str) -> Figure | None:
    raw, scale, unit = match["number"], (match["scale"] or "").lower(), match["unit"] or match["money"] or ""
    if _ORDINAL.match(text[match.end() :]) and not unit:
        return None
    if not unit and not scale and _RANGE_AFTER.match(text[match.end() :]):
        return None
    if not unit and (_ERA_AFTER.match(text[match.end() :]) or _ERA_BEFORE.search(text[: match.start()])):
        return None
    day = _MONTH_AFTER.match(text[match.end() :]) or _MONTH_BEFORE.search(text[: match.start()])
    if day and not unit and len(raw) <= 2:
        return None
    value = _value(raw, language) * _scale_factor(scale, language)
    if match["sign"]:
        value = -value
    year = not scale and not unit and raw.isdigit() and len(raw) == 4 and FIRST_YEAR <= value <= LAST_YEAR
    percent = unit.lower() in _PERCENT
    shown = " ".join(match.group().split())
    low = _RANGE_BEFORE.search(text[: match.start()])
    if low and (unit or scale) and not match["money"]:
        shown = f"{low[1]}–{shown}"
    return Figure(
        value=value, text=shown, unit="%" if percent else unit, label=_label(text, match, language),
        position=round(match.start() / max(1, len(text)), 3), year=year,
    )  # fmt: skip


def _scale_factor(scale: str, language: str) -> float:
    if scale in ("billion", "billions") and language in ("fr", "es", "de"):
        return 1e12
    return _SCALES.get(scale, 1.0)


def _value(raw: str, language: str) -> float:
    """Value of written digits; a lone point or comma before three digits groups them unless it is the language's
    decimal mark and the number starts with 0."""
    compact = re.sub(r"[   ’']", "", raw)
    decimal = "." if language == "en" else ","
    group = "," if decimal == "." else "."
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", compact):
        return float(compact.replace(group, ""))
    if compact.count(decimal) > 1:
        return float(re.sub(r"[.,]", "", compact))
    return float(compact.replace(group, "" if decimal in compact else ".").replace(decimal, "."))


def _label(text: str, match: re.Match[str], language: str) -> str:
    """What the figure is about: the year or proper name of its clause, else the clause's first content word, which most
    often is its subject."""
    start = max([part.end() for part in _LIST_COMMA.finditer(text, 0, match.start())], default=0)
    closing = _LIST_COMMA.search(text, match.end())
    end = closing.start() if closing else len(text)
    years = _YEAR.findall(text[start : match.start()] + " " + text[match.end() : end])
    if match["unit"] and len(years) == 1:
        return str(years[0])
    before = _content(text[start : match.start()], language)
    after = _content(text[match.end() : end], language)
    names = [t for t in (*before, *after) if t.capital and not t.text.isdigit()]
    if names:
        return names[0].text
    words = [t.text for t in (*before, *after) if not t.text.isdigit() and len(t.text) > 2]
    return words[0] if words else ""


def _content(text: str, language: str) -> list[Token]:
    return [t for t in tokens(text) if not is_stop_word(t.folded, language) and t.folded not in _VAGUE]
