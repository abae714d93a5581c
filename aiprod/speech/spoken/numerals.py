"""Numbers in words: whole, decimal, ordinal, years, Roman; read from their written forms.

Knows num2words and how each language agrees a number with the noun after it; not where numbers stand in a text.
"""

import re
from dataclasses import dataclass

from aiprod.speech.spoken.lexicon import Lexicon, words_of

LONGEST_DIGITS = 15
"""A longer row of digits is said digit by digit."""

_MASCULINE_IN_A = words_of(
    "día días dia dias planeta planetas problema problemas mapa mapas tema temas programa programas sistema sistemas "
    "idioma idiomas poeta poetas clima climas cometa cometas"
)
_FEMININE_ENDINGS = ("tion", "sion", "xion", "ette", "ence", "ance", "euse", "trice", "esse", "ité", "ière")
"""French nouns that end so are feminine, these few apart."""
_MASCULINE_ALL_THE_SAME = words_of("silence comité traité cimetière squelette bastion scion pion dentifrice")
_STORIED = words_of("nuits façons manières raisons vies merveilles visages facettes histoires idées recettes")
"""What one has a thousand and one of in French: "mille et une nuits"."""
_HUNDREDS = re.compile(r"(cient|quinient|duzent|trezent|quinhent|(?<=[aeiosv])cent)os\b")

_ROMAN = re.compile(r"^M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number as written: its sign ("-", "+" or none), whole part and decimals, in digits alone."""

    sign: str
    whole: str
    decimals: str

    @property
    def value(self) -> float:
        """About its value, to choose between one and several."""
        return float(f"{self.whole or 0}.{self.decimals or 0}")


def parse_numeral(text: str, words: Lexicon) -> Numeral:
    """A number from its written form, in the language's own signs for thousands and decimals."""
    sign = text[:1].replace("−", "-") if text[:1] in ("-", "−", "+") else ""
    text = text.lstrip("-−+")
    if words.point in text:
        whole, decimals = text.rsplit(words.point, 1)
    elif "." in words.groups and re.search(r"\.\d{1,2}$|\.\d{4,}$|^0\.\d+$", text):
        whole, decimals = text.rsplit(".", 1)
    else:
        whole, decimals = text, ""
    return Numeral(sign=sign, whole=re.sub(r"\D", "", whole), decimals=decimals)


def say_numeral(number: Numeral, words: Lexicon, following: str = "") -> str:
    """A number in words, agreed with the noun that follows where the language does."""
    said = say_whole(number.whole, words)
    if words.number_language == "fr" and said == "mille un" and following.lower() in _STORIED:
        said = "mille et un"
    if number.decimals:
        said = f"{said} {words.point_word} {_say_decimals(number.decimals, words)}"
    elif following:
        said = _agree(said, words, following)
    signs = {"-": words.minus, "+": words.symbols["+"]}
    return f"{signs[number.sign]} {said}" if number.sign else said


def say_whole(digits: str, words: Lexicon) -> str:
    """A row of digits: as a number, or digit by digit where it starts with a zero or is too long to be one."""
    digits = digits or "0"
    if (len(digits) > 1 and digits[0] == "0") or len(digits) > LONGEST_DIGITS:
        return say_digits(digits, words)
    return _cardinal(int(digits), words)


def say_digits(digits: str, words: Lexicon) -> str:
    """Digit by digit."""
    return " ".join(_cardinal(int(digit), words) for digit in digits)


def _say_decimals(decimals: str, words: Lexicon) -> str:
    if words.digits_after_point or len(decimals) > 3:
        return say_digits(decimals, words)
    zeros = len(decimals) - len(decimals.lstrip("0"))
    rest = decimals.lstrip("0")
    return " ".join([*[_cardinal(0, words)] * zeros, *([_cardinal(int(rest), words)] if rest else [])])


def say_year(year: int, words: Lexicon) -> str:
    """A year, as the language says years."""
    from num2words import num2words

    if words.number_language in ("en", "de") and 1010 <= year < 2100:
        said = _plain(num2words(year, lang=words.number_language, to="year"))
        return said.replace("two thousand and ", "two thousand ") if words.number_language == "en" else said
    return _cardinal(year, words)


def say_ordinal(number: int, words: Lexicon, *, feminine: bool = False) -> str:
    """First, second, third..."""
    from num2words import num2words

    said = _plain(num2words(number, lang=words.number_language, to="ordinal"))
    if not feminine:
        return said
    if words.number_language == "fr":
        return "première" if number == 1 else said
    if words.number_language in ("es", "it", "pt_BR"):
        return " ".join(part[:-1] + "a" if part.endswith("o") else part for part in said.split())
    return said


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral, None where it is not a proper one."""
    if not text or not _ROMAN.match(text):
        return None
    total = 0
    for here, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN_VALUES[here]
        total += -value if following and _ROMAN_VALUES[following] > value else value
    return total


def _cardinal(number: int, words: Lexicon) -> str:
    from num2words import num2words

    said = _plain(num2words(number, lang=words.number_language))
    if words.number_language == "it":
        said = re.sub(r"(milion[ei]|miliard[oi]) e ", r"\1 ", said.replace("dicotto", "diciotto"))
    return said


def _plain(said: str) -> str:
    """num2words parts thousands by commas, which a voice would hear as pauses."""
    return " ".join(said.replace(",", " ").split())


def _agree(said: str, words: Lexicon, following: str) -> str:
    """A number that ends in one (in Portuguese, two also), agreed with the noun after it."""
    noun = following.lower().rstrip(".,;:!?")
    if following and words.percent.startswith(following):
        return said
    feminine = noun in words.feminine or following in words.feminine
    match words.number_language:
        case "fr":
            single = noun.removesuffix("s")
            feminine = feminine or (single.endswith(_FEMININE_ENDINGS) and single not in _MASCULINE_ALL_THE_SAME)
            return re.sub(r"\bun$", "une", said) if feminine else said
        case "es":
            feminine = feminine or (noun.endswith(("a", "as", "ción", "dad")) and noun not in _MASCULINE_IN_A)
            if feminine:
                return re.sub(r"uno$", "una", _feminine_hundreds(said))
            return re.sub(r"veintiuno$", "veintiún", re.sub(r"\buno$", "un", said))
        case "it":
            if said != "uno":
                return said
            if not feminine and not noun.endswith("a"):
                return "un"
            return "un'" if noun[0] in "aeiou" else "una"
        case "pt_BR":
            ending = noun.endswith(("a", "as", "ção", "ções", "dade", "dades")) and noun not in _MASCULINE_IN_A
            if not (feminine or ending):
                return said
            return re.sub(r"\bdois$", "duas", re.sub(r"\bum$", "uma", _feminine_hundreds(said)))
        case "de":
            return re.sub(r"eins$", "eine" if feminine else "ein", said)
    return said


def _feminine_hundreds(said: str) -> str:
    """Doscientas, duzentas: the hundreds after the last million."""
    millions = re.match(r".*\b(?:mill\w+|milh\w+|bilh\w+)\b", said)
    place = millions.end() if millions else 0
    return said[:place] + _HUNDREDS.sub(r"\1as", said[place:])
