"""Which of the phonemes spoken belong to which word.

Pure. A sentence spoken as a whole sounds other than its words one by one (liaisons, words run together), so the words'
own phonemes are aligned with those spoken, at the least cost of letters changed, left out and put in.
"""

from collections.abc import Sequence

import numpy as np

_STRESS = "ˈˌːʰʲ̃"
_PAUSES = '.,;:!?…—“”"() '
_VOWELS = "aeiouyɑɐɒæøəɘɵɚɛɜɞɨɪɔœɯɤʊʉʌʏᵊᵻAIOQWY"

_GAP = 0.8
_SAME_KIND = 0.7
_OTHER_KIND = 1.3
_BREAK = 3.0


def words_of_phonemes(words: Sequence[str], spoken: str) -> tuple[tuple[int, int], ...]:
    """For each word's own phonemes, the stretch [first, last) of `spoken` that says it; empty where nothing does.

    Stretches follow each other in order and never overlap.
    """
    letters, owners = _joined(words)
    heard = [(index, symbol) for index, symbol in enumerate(spoken) if symbol not in _STRESS]
    pairs = _align(letters, "".join(symbol for _, symbol in heard))
    found: dict[int, list[int]] = {}
    for own, other in pairs:
        if letters[own] != " " and heard[other][1] not in _PAUSES:
            found.setdefault(owners[own], []).append(heard[other][0])
    stretches: list[tuple[int, int]] = []
    last = 0
    for word in range(len(words)):
        places = found.get(word, [])
        if not places:
            stretches.append((last, last))
            continue
        first = places[0]
        while first > last and spoken[first - 1] in _STRESS:
            first -= 1
        last = places[-1] + 1
        while last < len(spoken) and spoken[last] in "ːʰʲ̃":
            last += 1
        stretches.append((first, last))
    return tuple(stretches)


def _joined(words: Sequence[str]) -> tuple[str, list[int]]:
    """All words' letters with a space between two words, and which word each letter is of."""
    letters: list[str] = []
    owners: list[int] = []
    for index, word in enumerate(words):
        own = [symbol for symbol in word if symbol not in _STRESS and symbol not in _PAUSES]
        if index:
            letters.append(" ")
            owners.append(index)
        letters.extend(own)
        owners.extend([index] * len(own))
    return "".join(letters), owners


def _cost(own: str, heard: str) -> float:
    if own == heard:
        return 0.0
    if own == " " or heard in _PAUSES:
        return 0.1 if own == " " and heard in _PAUSES else _BREAK
    return _SAME_KIND if (own in _VOWELS) == (heard in _VOWELS) else _OTHER_KIND


def _align(own: str, heard: str) -> list[tuple[int, int]]:
    """Pairs of places that correspond, in order, at the least total cost."""
    rows, columns = len(own), len(heard)
    drop = [0.3 if symbol == " " else _GAP for symbol in own]
    insert = [0.2 if symbol in _PAUSES else _GAP for symbol in heard]
    costs = np.zeros((rows + 1, columns + 1))
    costs[1:, 0] = np.cumsum(drop)
    costs[0, 1:] = np.cumsum(insert)
    for row in range(1, rows + 1):
        above, here = costs[row - 1], costs[row]
        for column in range(1, columns + 1):
            here[column] = min(
                above[column - 1] + _cost(own[row - 1], heard[column - 1]),
                above[column] + drop[row - 1],
                here[column - 1] + insert[column - 1],
            )
    pairs: list[tuple[int, int]] = []
    row, column = rows, columns
    while row and column:
        here_cost = costs[row, column]
        if np.isclose(here_cost, costs[row - 1, column - 1] + _cost(own[row - 1], heard[column - 1])):
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif np.isclose(here_cost, costs[row - 1, column] + drop[row - 1]):
            row -= 1
        else:
            column -= 1
    return pairs[::-1]
