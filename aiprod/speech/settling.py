"""Words laid so that the sound's silences fall between them.

Pure; knows neither text nor engine. Whatever finds word times (a network's durations, an attention map) is right to
some tens of milliseconds, at times to half a second; where there is a pause, the sound itself tells exactly when speech
stops and starts. So each silence is given to a boundary between two words, all together at the least cost: how far the
boundary moves, how ill the words between two silences fit the time between them, and silences left inside of a word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from aiprod.speech.silences import Silence
from aiprod.story import Word

SHORTEST_WORD_SECONDS = 0.04
"""No silence is given where the words before it would have less than this each."""

SQUEEZED_SECONDS = 0.015
"""A word that is left less than this has lost its time to its neighbours."""

_PULL_OF_PUNCTUATION = 0.15
_WEIGHT_OF_PACE = 0.35
_COST_OF_SKIP = 0.25
_WEIGHT_OF_SKIP = 1.5
_MOST_SKIPPED = 3
_PUNCTUATION = tuple(".,;:!?…—»”)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A silence given to the boundary before word number `boundary`; `cost` is the best total up to here."""

    silence: int
    boundary: int
    cost: float
    before: "_Mark | None"


def settle(words: Sequence[Word], quiet: Sequence[Silence], *, reach_seconds: float, end: Fraction) -> tuple[Word, ...]:
    """The words with their boundaries at silences within reach, in order and without overlap, in [0, end]."""
    if not words:
        return ()
    starts = [float(word.start) for word in words]
    ends = [max(float(word.end), float(word.start)) for word in words]
    last = _best(words, (starts, ends), quiet, reach_seconds, float(end))
    marks: list[tuple[int, Fraction, Fraction]] = []
    while last is not None:
        if last.silence >= 0:
            silence = quiet[last.silence]
            marks.append((last.boundary, silence.start, silence.end))
        last = last.before
    marks.reverse()
    return _lay(words, marks, end)


def _best(
    words: Sequence[Word], times: tuple[list[float], list[float]], quiet: Sequence[Silence], reach: float, end: float
) -> "_Mark | None":
    """The last mark of the cheapest chain from the sound's start to its end."""
    starts, ends = times
    letters = [len(word.text) + 1.0 for word in words]
    spoken = max(end - sum(float(silence.end - silence.start) for silence in quiet), 0.1)
    pace = spoken / sum(letters)
    count = len(words)
    origin = _Mark(silence=-1, boundary=0, cost=0.0, before=None)
    reached: list[list[_Mark]] = []

    def extend(target: int, boundary: int, own: float, opening: float) -> _Mark | None:
        """The cheapest chain that ends by giving silence `target` (starting at `opening`) to that boundary."""
        best: _Mark | None = None
        for skipped in range(_MOST_SKIPPED + 1):
            previous = target - 1 - skipped
            if previous < -1:
                break
            options = reached[previous] if previous >= 0 else [origin] if previous == -1 else []
            lost = sum(
                _COST_OF_SKIP + _WEIGHT_OF_SKIP * float(quiet[one].end - quiet[one].start)
                for one in range(previous + 1, target)
            )
            for option in options:
                group = boundary - option.boundary
                since = float(quiet[option.silence].end) if option.silence >= 0 else 0.0
                if group < (1 if option.silence >= 0 else 0) or opening - since < SHORTEST_WORD_SECONDS * group:
                    continue
                misfit = abs(opening - since - pace * sum(letters[option.boundary : boundary]))
                cost = option.cost + own + lost + _WEIGHT_OF_PACE * misfit
                if best is None or cost < best.cost:
                    best = _Mark(silence=target, boundary=boundary, cost=cost, before=option)
        return best

    for index, silence in enumerate(quiet):
        found: list[_Mark] = []
        for boundary in range(count + 1):
            own = _distance(words, starts, ends, boundary, silence, end)
            if own <= reach:
                mark = extend(index, boundary, own, float(silence.start))
                if mark is not None:
                    found.append(mark)
        reached.append(found)
    closing = extend(len(quiet), count, 0.0, end)
    trailing = [mark for mark in (reached[-1] if reached else []) if mark.boundary == count]
    finals = [mark for mark in (*trailing, closing) if mark is not None]
    if not finals:
        return None
    chosen = min(finals, key=lambda mark: mark.cost)
    return chosen if chosen.silence < len(quiet) else chosen.before


def _distance(
    words: Sequence[Word], starts: list[float], ends: list[float], boundary: int, silence: Silence, end: float
) -> float:
    """Seconds between a silence and the boundary before word number `boundary`; a silence at an end is that end's."""
    opening, closing = float(silence.start), float(silence.end)
    if (opening == 0) != (boundary == 0) or (closing >= end) != (boundary == len(words)):
        return float("inf")
    if boundary in (0, len(words)):
        return 0.0
    left, right = ends[boundary - 1], starts[boundary]
    apart = max(0.0, opening - right, left - closing)
    if words[boundary - 1].text.endswith(_PUNCTUATION):
        apart = max(0.0, apart - _PULL_OF_PUNCTUATION)
    return apart + abs(left + right - opening - closing) / 200


def _lay(words: Sequence[Word], marks: Sequence[tuple[int, Fraction, Fraction]], end: Fraction) -> tuple[Word, ...]:
    """Each run of words between two marks, inside the time between them."""
    laid: list[Word] = []
    first, since = 0, Fraction(0)
    for boundary, opening, closing in (*marks, (len(words), end, end)):
        if boundary > first:
            tight = bool(first) or any(mark[0] == 0 for mark in marks)
            laid += _fit(words[first:boundary], since, opening, (tight, (boundary, opening) != (len(words), end)))
        first, since = boundary, closing
    return tuple(laid)


def _fit(run: Sequence[Word], since: Fraction, until: Fraction, tight: tuple[bool, bool]) -> list[Word]:
    """A run of words from `since` to `until`: their own times, pushed inside.

    `tight` says whether a silence ends there, so that the first word starts, and the last one stops, exactly there.
    """
    starts = [min(max(word.start, since), until) for word in run]
    ends = [min(max(word.end, word.start, since), until) for word in run]
    if tight[0]:
        starts[0] = since
    if tight[1]:
        ends[-1] = until
    for index in range(1, len(run)):
        if starts[index] < ends[index - 1]:
            ends[index - 1] = max(starts[index], starts[index - 1])
            starts[index] = max(starts[index], ends[index - 1])
        ends[index] = max(ends[index], starts[index])
    _widen(run, starts, ends)
    return [Word(text=word.text, start=start, end=stop) for word, start, stop in zip(run, starts, ends, strict=True)]


def _widen(run: Sequence[Word], starts: list[Fraction], ends: list[Fraction]) -> None:
    """Give words squeezed to nothing a share, by letters, of the time of the words beside them."""
    index = 0
    while index < len(run):
        if ends[index] - starts[index] >= SQUEEZED_SECONDS:
            index += 1
            continue
        last = index
        while last + 1 < len(run) and ends[last + 1] - starts[last + 1] < SQUEEZED_SECONDS:
            last += 1
        first, last = max(index - 1, 0), min(last + 1, len(run) - 1)
        since, until = starts[first], ends[last]
        letters = [len(word.text) + 1 for word in run[first : last + 1]]
        passed = 0
        for offset, count in enumerate(letters):
            starts[first + offset] = since + (until - since) * Fraction(passed, sum(letters))
            passed += count
            ends[first + offset] = since + (until - since) * Fraction(passed, sum(letters))
        index = last + 1
