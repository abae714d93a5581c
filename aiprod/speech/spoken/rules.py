"""In which order a text's numbers, units, abbreviations and symbols are read."""

import re

from aiprod.speech.spoken.pieces import Piece, Reading


def read(reading: Reading, language: str) -> None:
    """Claim every stretch of the text that is not said as it is written."""
    from num2words import num2words

    for found in re.finditer(r"\d+", reading.text):
        reading.claim(Piece(start=found.start(), end=found.end(), spoken=num2words(int(found[0]), lang=language)))
