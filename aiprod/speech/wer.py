"""How much of a script was heard: word error rate, blind to how the same words may be written.

Pure. Numbers in digits equal numbers in words, accents, case, apostrophes and hyphens do not count, and neither does
one word written as two.
"""

import unicodedata
from collections.abc import Sequence

from aiprod.speech.spoken import said_text

_MARKS = ("Mn", "Lm", "Sk")


def plain_word(word: str) -> str:
    """A word's bare letters and digits: no case, accent or punctuation.

    >>> plain_word("L'Été,")
    'lete'
    """
    apart = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(symbol for symbol in apart if symbol.isalnum() and unicodedata.category(symbol) not in _MARKS)


def said_words(text: str, language: str) -> tuple[str, ...]:
    """The bare words that are said for a text."""
    said = said_text(text, language)
    parted = "".join(symbol if symbol.isalnum() or unicodedata.combining(symbol) else " " for symbol in said)
    return tuple(bare for bare in map(plain_word, parted.split()) if bare)


def word_error_rate(script_text: str, heard_text: str, language: str) -> float:
    """Words changed, missing or added, for each word of the script: 0.0 is perfect, over 1.0 is possible.

    >>> word_error_rate("In 1912, it sank.", "in nineteen twelve it sang", "en")
    0.2
    """
    script, heard = said_words(script_text, language), said_words(heard_text, language)
    if not script:
        return 0.0 if not heard else float(len(heard))
    return _edits(script, heard) / len(script)


def _edits(script: Sequence[str], heard: Sequence[str]) -> int:
    """Fewest words changed, left out or put in; a word written as two, or two as one, is no change."""
    rows = [list(range(len(heard) + 1))]
    for i, word in enumerate(script, start=1):
        row = [i]
        for j, other in enumerate(heard, start=1):
            best = min(rows[i - 1][j - 1] + (word != other), rows[i - 1][j] + 1, row[j - 1] + 1)
            if j > 1 and word == heard[j - 2] + other:
                best = min(best, rows[i - 1][j - 2])
            if i > 1 and script[i - 2] + word == other:
                best = min(best, rows[i - 2][j - 1])
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
