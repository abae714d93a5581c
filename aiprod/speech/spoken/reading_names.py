"""Addresses, abbreviations, acronyms and signs."""

import re

from aiprod.speech.spoken.lexicon import Lexicon, words_of
from aiprod.speech.spoken.numerals import say_whole
from aiprod.speech.spoken.pieces import Piece, Reading

_ENDINGS = "com|org|net|fr|eu|io|ai|edu|gov|uk|de|es|it|pt|br|ca|ch|be|info|tv|co|dev|app|museum"
_ADDRESS = re.compile(
    rf"(?<![\w@./])(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*\.(?:{_ENDINGS}))((?:/[\w.~%+-]*[\w/])*)/?(?![\w@])",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<!\w)([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)(?!\w)")
_ACRONYM = re.compile(
    r"(?:(?<![\w'’.-])(?<!\d[.,])|(?<=\b[dDlLqQ]['’]))((?:[A-Z]\.){2,}[A-Z]?|[A-Z]{2,6}s?)(?![\w'’]|\.\w)"
)
_LETTER_BY_DIGIT = re.compile(r"(?<![\w.])[A-Z](?=-?\d)|(?<=\d)[A-Z](?![^\W\d_])")
_FORMULA = re.compile(r"(?<!\w)((?:[A-Z][a-z]?[0-9₀-₉]*){1,4})(?!\w)")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_FORMULAS = frozenset({"CO2", "H2O", "O2", "N2", "CH4", "NO2", "SO2", "O3", "H2", "N2O", "NH3", "HCl", "NaCl", "H2SO4"})
_MASTER = re.compile(r"(?<!\w)Me(?=\s[A-ZÀ-Ý][a-zà-ÿ])")
_ABOUT = {
    "en": (re.compile(r"(?<![\w.])c\.(?=\s?\d)"), "circa"),
    "fr": (re.compile(r"(?<![\w.])v\.(?=\s?\d)"), "vers"),
}
_MINUS = re.compile(r"(?<=\d)\s([-−–])\s(?=\d+(?:[.,]\d+)?\s?=)")
_MISTER = re.compile(r"(?<!\w)(?<!S\.\s)M\.(?=\s(?:[A-ZÀ-Ý]|(?:et|de|du|des|le|la)\s|d['’]))")
_SAINT = re.compile(r"(?<!\w)St\.?(?=[\s-][A-ZÀ-Ý])")
_STREET = re.compile(r"(?<=\w\s)St\.(?!\w)")
_PAGES = re.compile(r"(?<!\w)(pp?)\.(?=\s?\d)")
_INITIALS = re.compile(r"(?<![\w.])(?:[A-ZÀ-Ý]\.[ \u00a0\u202f]?){1,4}(?=([A-ZÀ-Ý][a-zà-ÿ’']+))")
_NAME_BEFORE = re.compile(r"[A-ZÀ-Ý][\wà-ÿ’'-]*\s$")
_OPENERS = words_of(
    "The A An It In He She They We I You This That These Those But And Or At On By For From After Before When While "
    "Its His Her Our Their There Then Today Now As If Since Many Some Most Over Only Yet So What Who How Why Where "
    "Le La Les L Un Une Des Du De Il Elle On Nous Vous Ils Ce Cette Ces C Mais Et Ou Dans Pour Par Sur Son Sa Ses À Au "
    "Aux El Los Las Lo Y Pero En Con Su Sus Es Il Gli I Ma E O Os As Um Uma Mas No Na Der Die Das Ein Eine Es Und"
)
_NUMBER_SIGN = {
    "en": (re.compile(r"(?<!\w)(?:[Nn]o\.|[Nn]os\.|#)(?=\s?\d)"), "number"),
    "fr": (re.compile(r"(?<!\w)(?:[Nn]°|[Nn]º|[Nn]o\.|#)(?=\s?\d)"), "numéro"),
}
_MARKS = "™®†‡•|\\^_{}`"
_SIGNS_IN_WORDS = re.compile(r"(?<=\w)/(?=\w)")


def read_addresses(reading: Reading, words: Lexicon) -> None:
    """Web and mail addresses, their dots, slashes and at signs said aloud."""
    for found in _EMAIL.finditer(reading.text):
        said = f"{_spell(found[1], words)} {words.at_sign} {_spell(found[2], words)}"
        reading.claim(Piece(start=found.start(), end=found.end(), spoken=said))
    for found in _ADDRESS.finditer(reading.text):
        said = _spell(found[1] + found[2], words)
        reading.claim(Piece(start=found.start(), end=found.end(), spoken=said))


def _spell(address: str, words: Lexicon) -> str:
    said = address.replace("-", f" {words.dash} ").replace(".", f" {words.dot} ").replace("/", f" {words.slash} ")
    return " ".join(said.replace("_", " ").split())


def read_abbreviations(reading: Reading, words: Lexicon) -> None:
    """M. Dupont, Dr. No, St. Louis, e.g., av. J.-C."""
    language = words.number_language
    if language == "fr":
        _claim_all(reading, _MISTER, "Monsieur")
        _claim_all(reading, _MASTER, "Maître")
    if language in ("fr", "en"):
        _claim_all(reading, _SAINT, "Saint")
        sign, said = _NUMBER_SIGN[language]
        _claim_all(reading, sign, said)
        _claim_all(reading, *_ABOUT[language])
    if language == "en":
        for found in _STREET.finditer(reading.text):
            stop = "." if _ends_sentence(reading.text, found.end(), "St.", language) else ""
            reading.claim(Piece(start=found.start(), end=found.end(), spoken=f"Street{stop}"))
    for found in _PAGES.finditer(reading.text):
        reading.claim(Piece(start=found.start(), end=found.end(), spoken=words.page[int(found[1] == "pp")]))
    for short in sorted(words.abbreviations, key=len, reverse=True):
        escaped = re.escape(short).replace(r"\ ", r"[\s\u00a0\u202f]?")
        after = "" if short.endswith((".", "-")) else r"(?![\w'’-]|\.\w)"
        for found in re.finditer(rf"(?<![\w.'’-]){escaped}{after}", reading.text):
            if short in words.units and re.search(r"\d\s?$", reading.text[: found.start()]):
                continue  # the number's unit, which its rule counts
            said = words.abbreviations[short]
            if short.endswith(".") and _ends_sentence(reading.text, found.end(), short, language):
                said += "."
            reading.claim(Piece(start=found.start(), end=found.end(), spoken=said))


def _ends_sentence(text: str, end: int, short: str, language: str) -> bool:
    """Whether the stop of an abbreviation is a sentence's too: at the end, or before a capital of no name."""
    after = text[end:].lstrip(" \u00a0\u202f")
    if not after:
        return True
    if language == "de":
        return False  # every noun has a capital
    if short in ("U.S.", "U.K.", "U.N.", "U.S.A."):
        return re.match(r"\w+", after) is not None and re.findall(r"\w+", after)[0] in _OPENERS
    follows_names = short[0].isupper() and not short.endswith(("C.", "Inc.", "Ltd.", "Corp.", "Jr."))
    return after[0].isupper() and not follows_names and short.count(".") >= 1 and short not in ("vs.", "cf.", "ca.")


def _claim_all(reading: Reading, pattern: re.Pattern[str], spoken: str) -> None:
    for found in pattern.finditer(reading.text):
        reading.claim(Piece(start=found.start(), end=found.end(), spoken=spoken))


def read_initials(reading: Reading, words: Lexicon) -> None:
    """J. R. R. Tolkien, George W. Bush; not "plan B. The team"."""
    names = words.letter_names()
    for found in _INITIALS.finditer(reading.text):
        letters = re.findall(r"\w", found[0])
        alone = len(letters) == 1 and not _NAME_BEFORE.search(reading.text[: found.start()])
        if alone or found[1] in _OPENERS or any(letter not in names for letter in letters):
            continue
        said = " ".join(names[letter] for letter in letters)
        reading.claim(Piece(start=found.start(), end=found.start() + len(found[0].rstrip()), spoken=said))


def read_formulas(reading: Reading, words: Lexicon) -> None:
    """CO2, H₂O."""
    for found in _FORMULA.finditer(reading.text):
        plain = found[1].translate(_SUBSCRIPTS)
        if plain in _FORMULAS:
            said = " ".join(_say_part(part, words) for part in re.findall(r"[A-Z]|[a-z]|\d+", plain))
            reading.claim(Piece(start=found.start(), end=found.end(), spoken=said))


def read_acronyms(reading: Reading, words: Lexicon) -> None:
    """NASA as a word, FBI letter by letter, the letter of 3D or A380."""
    names = words.letter_names()
    for found in _LETTER_BY_DIGIT.finditer(reading.text):
        reading.claim(Piece(start=found.start(), end=found.end(), spoken=names[found[0]]))
    if not any(symbol.islower() for symbol in reading.text) and len(re.findall(r"[^\W\d_]{2,}", reading.text)) > 2:
        return  # a text in capitals has no acronyms that could be told from its words
    for found in _ACRONYM.finditer(reading.text):
        written = found[1]
        bare = written.replace(".", "")
        plural = bare.endswith("s")
        bare = bare.removesuffix("s")
        if "." not in written and not _is_spelled(bare, words):
            continue
        said = " ".join(names[letter] for letter in bare) + ("s" if plural else "")
        start, end = found.span(1)
        if written.endswith(".") and (not reading.text[end:].strip() or reading.text[end:].lstrip()[:1].isupper()):
            said += "."
        reading.claim(Piece(start=start, end=end, spoken=said))


def _say_part(part: str, words: Lexicon) -> str:
    return say_whole(part, words) if part.isdigit() else words.letter_names()[part.upper()]


def _is_spelled(letters: str, words: Lexicon) -> bool:
    """Whether an acronym is said letter by letter: it is known to be, is short, or cannot be read."""
    if letters in words.acronyms_said_as_words or letters.lower() in words.short_words:
        return False
    if letters in words.words_spelled or len(letters) <= 3:
        return True
    vowels = [letter in "AEIOUY" for letter in letters]
    longest = max((len(run) for run in re.findall(r"[^AEIOUY]+", letters)), default=0)
    return not any(vowels) or longest > 2 or sum(vowels) * 4 < len(letters)


def read_symbols(reading: Reading, words: Lexicon) -> None:
    """&, +, =, @, / between words; marks that are not heard."""
    for found in _MINUS.finditer(reading.text):
        reading.claim(Piece(start=found.start(1), end=found.end(1), spoken=words.minus))
    for found in _SIGNS_IN_WORDS.finditer(reading.text):
        reading.claim(Piece(start=found.start(), end=found.end(), spoken=" "))
    for place, symbol in enumerate(reading.text):
        if symbol in words.symbols:
            reading.claim(Piece(start=place, end=place + 1, spoken=f" {words.symbols[symbol]} "))
        elif symbol in _MARKS or symbol == "#":
            reading.claim(Piece(start=place, end=place + 1, spoken=" "))
