"""Numbers whose unit is a mark or a letter: feet and inches, minutes and seconds of a degree, the four winds.

Knows no number without its mark: a lone 6' or 12" may be the end of a quotation.
"""

import re

from aiprod.speech.spoken.lexicon import Lexicon
from aiprod.speech.spoken.numerals import parse_numeral, say_numeral, say_whole
from aiprod.speech.spoken.pieces import Piece, Reading
from aiprod.speech.spoken.reading_units import SPACE

_PRIME, _DOUBLE = "['’′]", "(?:[\"”″]|['’′]{2})"
_FEET = re.compile(rf"(?<![\w.,])(\d{{1,3}}){_PRIME}{SPACE}?(\d{{1,2}}){_DOUBLE}")
_FEET_IN_LETTERS = re.compile(rf"(?<![\w.,])\d{{1,3}}{SPACE}?ft\.?{SPACE}(\d{{1,2}}{SPACE}?in)\b(?!{SPACE}the\b)")
_ARC = re.compile(
    rf"°{SPACE}?((\d{{1,2}}){SPACE}?{_PRIME})(?:{SPACE}?((\d{{1,2}}(?:[.,]\d+)?){SPACE}?{_DOUBLE}))?"
)
_WIND = re.compile(rf"(?:°|(?<=\d){_PRIME}|(?<=\d){_DOUBLE}){SPACE}?([NSEWOL])(?!\w)")


def read_primes(reading: Reading, words: Lexicon) -> None:
    """5'10", 6 ft 2 in, 48° 51' 24" N."""
    if words.number_language == "en":
        for found in _FEET_IN_LETTERS.finditer(reading.text):
            inches = int(re.findall(r"\d+", found[1])[0])
            said = f"{say_whole(str(inches), words)} {words.form(inches, ('inch', 'inches'))}"
            reading.claim(Piece(start=found.start(1), end=found.end(1), spoken=said))
    for found in _ARC.finditer(reading.text):
        for place, unit in ((1, words.arc[0]), (3, words.arc[1])):
            if found[place]:
                number = parse_numeral(found[place + 1], words)
                said = f"{say_numeral(number, words, unit[0])} {words.form(number.value, unit)}"
                reading.claim(Piece(start=found.start(place), end=found.end(place), spoken=said))
    for found in _FEET.finditer(reading.text):
        feet = words.form(int(found[1]), words.feet)
        said = f"{say_whole(found[1], words)} {feet} {say_whole(found[2], words)}"
        reading.claim(Piece(start=found.start(), end=found.end(), spoken=said))
    for found in _WIND.finditer(reading.text):
        if found[1] in words.compass:
            reading.claim(Piece(start=found.start(1), end=found.end(1), spoken=words.compass[found[1]]))
