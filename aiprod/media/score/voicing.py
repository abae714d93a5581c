"""Voicing: each chord as four singing parts, led from chord to chord as a choir would be.

Knows the ranges of four voices and the rules they follow; chooses the best path through all chords at once (Viterbi).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from aiprod.media.score.harmony import Chord

RANGES = ((36, 54), (48, 65), (55, 70), (60, 77))
"""Lowest and highest MIDI note of bass, tenor, alto, soprano."""

_KEPT = 30
_PARALLEL = 80.0
_PERFECT = (0, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicing:
    """MIDI notes of bass, tenor, alto, soprano, rising."""

    notes: tuple[int, int, int, int]

    @property
    def upper(self) -> tuple[int, int, int]:
        """The three parts above the bass."""
        return self.notes[1:]


def lead(chords: Sequence[Chord], tonic: int, lifts: Sequence[float]) -> tuple[Voicing, ...]:
    """The smoothest voicings of the chords; `tonic` is a MIDI pitch class, `lifts` raise each soprano (0 to 1)."""
    stages = [_candidates(chord, tonic, lift) for chord, lift in zip(chords, lifts, strict=True)]
    costs = [cost for cost, _ in stages[0]]
    back: list[list[int]] = []
    for index in range(1, len(stages)):
        before, after = stages[index - 1], stages[index]
        leading = (tonic + 11) % 12 if chords[index].pitch_classes[0] == 0 else -1
        links, totals = [], []
        for own, notes in after:
            best = min(range(len(before)), key=lambda i: costs[i] + _motion(before[i][1], notes, leading))
            links.append(best)
            totals.append(costs[best] + own + _motion(before[best][1], notes, leading))
        back.append(links)
        costs = totals
    at = min(range(len(costs)), key=costs.__getitem__)
    path = [at]
    for links in reversed(back):
        at = links[at]
        path.append(at)
    path.reverse()
    return tuple(Voicing(notes=stages[index][choice][1]) for index, choice in enumerate(path))


def _candidates(chord: Chord, tonic: int, lift: float) -> list[tuple[float, tuple[int, int, int, int]]]:
    wanted = {(tonic + pitch) % 12 for pitch in chord.pitch_classes}
    bass_class = (tonic + chord.bass) % 12
    third = (tonic + chord.pitch_classes[1]) % 12
    leading = (tonic + 11) % 12
    parts = [[note for note in range(low, high + 1) if note % 12 in wanted] for low, high in RANGES[1:]]
    found: list[tuple[float, tuple[int, int, int, int]]] = []
    for bass in (note for note in range(RANGES[0][0], RANGES[0][1] + 1) if note % 12 == bass_class):
        for tenor, alto, soprano in product(*parts):
            if not (bass < tenor < alto < soprano) or alto - tenor > 12 or soprano - alto > 12:
                continue
            classes = [note % 12 for note in (bass, tenor, alto, soprano)]
            if not wanted <= {*classes, *([] if len(wanted) <= 4 else [bass_class])}:
                continue
            cost = abs(soprano - (67 + 5 * lift)) * 0.25 + abs(bass - 43) * 0.12
            cost += 4.0 * (classes.count(third) - 1) if classes.count(third) > 1 else 0.0
            cost += 12.0 if classes.count(leading) > 1 else 0.0
            cost += 0.4 * max(0, (tenor - bass) - 16) + 0.8 * (tenor - bass < 5)
            found.append((cost, (bass, tenor, alto, soprano)))
    # A few of every bass note: the best path may need a bass that is not the best alone.
    found.sort()
    return found[:_KEPT]


def _motion(before: tuple[int, int, int, int], after: tuple[int, int, int, int], leading: int) -> float:
    cost = 0.35 * abs(after[0] - before[0]) + (6.0 if abs(after[0] - before[0]) > 9 else 0.0)
    for part in (1, 2, 3):
        step = abs(after[part] - before[part])
        cost += step + (10.0 if step > 7 else 0.0)
    cost += _PARALLEL * parallels(before, after)
    if leading >= 0:
        cost += sum(7.0 for a, b in zip(before[1:], after[1:], strict=True) if a % 12 == leading and b != a + 1)
    # overlap: a part may not pass where its neighbour just was
    cost += sum(8.0 for low in (0, 1, 2) if after[low] > before[low + 1] or after[low + 1] < before[low])
    moves = [b - a for a, b in zip(before, after, strict=True)]
    same_way = all(move > 0 for move in moves) or all(move < 0 for move in moves)
    return cost + (5.0 if same_way else 0.0)


def parallels(before: tuple[int, int, int, int], after: tuple[int, int, int, int]) -> int:
    """How many pairs of parts move in parallel fifths or octaves."""
    count = 0
    for low in range(3):
        for high in range(low + 1, 4):
            interval = (before[high] - before[low]) % 12
            moved = after[low] != before[low] and after[high] != before[high]
            same_way = (after[low] - before[low]) * (after[high] - before[high]) > 0
            if moved and same_way and interval in _PERFECT and (after[high] - after[low]) % 12 == interval:
                count += 1
    return count


def leaps(voicings: Sequence[Voicing]) -> int:
    """The widest step that any part above the bass takes, in semitones."""
    steps = (zip(one.upper, two.upper, strict=True) for one, two in pairwise(voicings))
    return max((abs(after - before) for step in steps for before, after in step), default=0)
