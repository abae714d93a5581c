"""What a language says for signs, units and abbreviations: the form that each language's lexicon fills.

Knows no language; `lexicons/` has one file each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from aiprod.errors import NotFound

Forms = tuple[str, str]
"""For one, and for several."""

_FILES = {
    "en": "english", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese", "de": "german",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """One language's words.

    `number_language` is its name for num2words; `point` separates decimals in writing and `point_word` in speech;
    `digits_after_point` says decimals one by one; `groups` are the signs that may part thousands;
    `feet` is what a prime after a number counts, `arc` the minutes and seconds of a degree, `compass` the four winds;
    `singular_below_two` says "1,5 litre". `mixed` follows a whole number: two and a half; `sized_by` is said between
    two lengths, `raised_to` before an exponent, `out_of` between a count and ten or a hundred; a unit is single
    `after_measured`. `units`, `coins` and `magnitudes` follow numbers; `abbreviations` are written with their stops;
    `short_words` in capitals are still words; `counted_by_roman` come before a Roman numeral said as a number.
    """

    number_language: str
    point: str
    point_word: str
    digits_after_point: bool
    groups: str
    minus: str
    to: str
    singular_below_two: bool
    of_currency: str
    per: str
    percent: str
    per_mille: str
    degrees: Forms
    units: Mapping[str, Forms]
    feminine: frozenset[str]
    currencies: Mapping[str, Forms]
    magnitudes: frozenset[str]
    short_magnitudes: Mapping[str, Forms]
    abbreviations: Mapping[str, str]
    symbols: Mapping[str, str]
    fractions: Mapping[str, str]
    feet: Forms
    arc: tuple[Forms, Forms]
    compass: Mapping[str, str]
    mixed: Mapping[str, str]
    over: str
    out_of: str
    raised_to: str
    sized_by: str
    page: Forms
    after_measured: frozenset[str]
    months: str
    hour: Forms
    at_sign: str
    dot: str
    slash: str
    dash: str
    letters: str
    acronyms_said_as_words: frozenset[str]
    words_spelled: frozenset[str]
    short_words: frozenset[str]
    counted_by_roman: frozenset[str]

    def form(self, value: float, forms: Forms) -> str:
        """What is counted, for one or for several."""
        one = abs(value) < 2 if self.singular_below_two else abs(value) == 1
        return forms[0] if one else forms[1]

    def letter_names(self) -> dict[str, str]:
        """The name of each letter of the alphabet, from `letters`."""
        return dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", self.letters.split(), strict=True))


def words_of(text: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(text.split())


def lexicon(language: str) -> Lexicon:
    """A language's lexicon. Raises: NotFound."""
    if language not in _FILES:
        raise NotFound(f"Expected a language among {', '.join(_FILES)}, found {language!r}.")
    found: Lexicon = import_module(f"aiprod.speech.spoken.lexicons.{_FILES[language]}").LEXICON
    return found
