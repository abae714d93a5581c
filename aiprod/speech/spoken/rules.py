"""In which order a text's numbers, units, abbreviations and symbols are read.

The order matters: the first rule that claims a stretch keeps it, so the longest and surest come first.
"""

from aiprod.speech.spoken.lexicon import lexicon
from aiprod.speech.spoken.pieces import Reading
from aiprod.speech.spoken.reading_names import (
    read_abbreviations,
    read_acronyms,
    read_addresses,
    read_formulas,
    read_initials,
    read_symbols,
)
from aiprod.speech.spoken.reading_numbers import read_numbers
from aiprod.speech.spoken.reading_primes import read_primes
from aiprod.speech.spoken.reading_ranks import read_centuries, read_ordinals, read_romans
from aiprod.speech.spoken.reading_times import read_clock, read_dates


def read(reading: Reading, language: str) -> None:
    """Claim every stretch of the text that is not said as it is written."""
    words = lexicon(language)
    for rule in (
        read_addresses,
        read_abbreviations,
        read_initials,
        read_formulas,
        read_dates,
        read_clock,
        read_primes,
        read_centuries,
        read_ordinals,
        read_romans,
        read_numbers,
        read_acronyms,
        read_symbols,
    ):
        rule(reading, words)
