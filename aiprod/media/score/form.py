"""Form: phrases whose bars fall exactly on the cuts, and what part each plays in the story.

Knows time, bars and tension; knows no note. Ticks are exact; each span between two cuts has its own tempo, close to
one pulse for the whole film.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from aiprod.media.score.plan import ScorePlan

TICKS = 480
"""Ticks in a quarter note."""

SHORTEST_SPAN_SECONDS = Fraction(3, 2)
"""Cuts that are closer together share a phrase."""

CLIMAX_AT = 0.72
"""Where a story that says nothing else is at its height, as a part of its length."""

_PHRASE_BARS = 4
_DRAMATIC = ("epic", "tense")
_LIFT = {"epic": 0.12, "tense": 0.08, "playful": 0.03, "hopeful": 0.03, "calm": -0.12, "sad": -0.15, "mystery": -0.1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A bar is two halves of `half_ticks`: 4/4 (two quarters each) or 6/8 (three eighths each)."""

    numerator: int
    denominator: int
    half_ticks: int

    @property
    def bar_ticks(self) -> int:
        """Ticks in a whole bar."""
        return 2 * self.half_ticks


COMMON_TIME = Meter(numerator=4, denominator=4, half_ticks=2 * TICKS)
COMPOUND_TIME = Meter(numerator=6, denominator=8, half_ticks=3 * TICKS // 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One musical sentence. `bars` are the lengths of its bars in ticks; the last may be half a bar.

    `role` is intro, build, climax, fall or outro; `intensity` goes from 0 (alone) to 1 (everybody).
    """

    start_tick: int
    bars: tuple[int, ...]
    microseconds_per_quarter: int
    scene: int
    mood: str
    role: str
    intensity: float

    @property
    def ticks(self) -> int:
        """Length of the phrase."""
        return sum(self.bars)

    @property
    def end_tick(self) -> int:
        """Where the next phrase begins."""
        return self.start_tick + self.ticks


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A whole piece: phrases, then a final chord from `final_tick` (the last word's end) to `end_tick` (the film's)."""

    meter: Meter
    phrases: tuple[Phrase, ...]
    final_tick: int
    end_tick: int


@dataclass(frozen=True, slots=True)
class _Span:
    scene: int
    seconds: Fraction
    halves: int


def lay_form(plan: ScorePlan, meter: Meter, slowest_bpm: int, fastest_bpm: int, ceiling: float) -> Form:
    """Find the pulse on which the cuts fall best and lay phrases on it. `ceiling` is the mood's highest intensity."""
    lengths = _span_lengths(plan)
    best = min(
        (slowest_bpm + step / 2 for step in range(2 * (fastest_bpm - slowest_bpm) + 1)),
        key=lambda bpm: _strain(lengths, bpm, meter, (slowest_bpm + fastest_bpm) / 2),
    )
    spans = [_Span(scene, seconds, _halves(seconds, best, meter)) for scene, seconds in lengths]
    groups = [(span, bars) for span in spans for bars in _phrase_bars(span.halves, meter)]
    centres = _centres([sum(bars) for _, bars in groups])
    moods = [plan.scene_mood(span.scene) for span, _ in groups]
    roles = _roles(centres, moods)
    phrases: list[Phrase] = []
    tick = 0
    for index, (span, bars) in enumerate(groups):
        phrases.append(
            Phrase(
                start_tick=tick, bars=bars, scene=span.scene, mood=moods[index], role=roles[index],
                microseconds_per_quarter=_microseconds(span, meter),
                intensity=_intensity(index, roles, moods[index] if moods[index] != plan.mood else "", ceiling),
            )
        )  # fmt: skip
        tick += sum(bars)
    ring = plan.seconds - plan.last_word_end
    end_tick = tick + max(TICKS, math.ceil(ring * 1_000_000 * TICKS / phrases[-1].microseconds_per_quarter))
    return Form(meter=meter, phrases=tuple(phrases), final_tick=tick, end_tick=end_tick)


def _span_lengths(plan: ScorePlan) -> list[tuple[int, Fraction]]:
    """Scene and length of each stretch between two cuts that music can follow."""
    starts = [(0, Fraction(0))]
    for scene, cut in enumerate(plan.cuts, start=1):
        if cut - starts[-1][1] >= SHORTEST_SPAN_SECONDS and plan.last_word_end - cut >= SHORTEST_SPAN_SECONDS:
            starts.append((scene, cut))
    ends = [start for _, start in starts[1:]] + [plan.last_word_end]
    return [(scene, end - start) for (scene, start), end in zip(starts, ends, strict=True)]


def _halves(seconds: Fraction, bpm: float, meter: Meter) -> int:
    return max(1, round(float(seconds) * bpm / 60 * TICKS / meter.half_ticks))


def _strain(lengths: list[tuple[int, Fraction]], bpm: float, meter: Meter, middle_bpm: float) -> float:
    """How far the spans pull the pulse: squared tempo changes, half bars, distance from the mood's own tempo."""
    strain = 0.03 * math.log(bpm / middle_bpm) ** 2 * len(lengths)
    for _, seconds in lengths:
        halves = _halves(seconds, bpm, meter)
        pulled = math.log(float(seconds) * bpm / 60 * TICKS / meter.half_ticks / halves)
        strain += pulled**2 + (0.0006 if halves % 2 else 0.0)
    return strain


def _microseconds(span: _Span, meter: Meter) -> int:
    return round(span.seconds * 1_000_000 * TICKS / (span.halves * meter.half_ticks))


def _phrase_bars(halves: int, meter: Meter) -> list[tuple[int, ...]]:
    bars = [meter.bar_ticks] * (halves // 2) + [meter.half_ticks] * (halves % 2)
    count = max(1, round(len(bars) / _PHRASE_BARS))
    size, longer = divmod(len(bars), count)
    phrases, start = [], 0
    for index in range(count):
        end = start + size + (1 if index < longer else 0)
        phrases.append(tuple(bars[start:end]))
        start = end
    return phrases


def _centres(lengths: list[int]) -> list[float]:
    total, passed, centres = sum(lengths), 0, []
    for length in lengths:
        centres.append((passed + length / 2) / total)
        passed += length
    return centres


def _roles(centres: list[float], moods: list[str]) -> list[str]:
    count = len(centres)
    if count == 1:
        return ["build"]
    if count == 2:
        return ["intro", "climax"]

    def height(index: int) -> float:
        dramatic = 0.2 if moods[index] in _DRAMATIC and len(set(moods)) > 1 else 0.0
        return dramatic - abs(centres[index] - CLIMAX_AT)

    climax = max(range(1, count - 1), key=height)
    roles = ["intro"] + ["build"] * (climax - 1) + ["climax"]
    return roles + ["fall"] * (count - 2 - climax) + ["outro"]


def _intensity(index: int, roles: list[str], foreign_mood: str, ceiling: float) -> float:
    """Tension by place in the story; a scene of another mood than the film's lifts or lowers it."""
    if "climax" not in roles:
        return 0.7 * ceiling
    climax, last = roles.index("climax"), len(roles) - 1
    if index == climax:
        return ceiling
    rising = 0.3 + 0.5 * math.pow(min(index, climax) / climax, 0.8)
    level = rising if index < climax else 0.75 - 0.3 * (index - climax) / (last - climax)
    return max(0.2, min(0.95, level + _LIFT.get(foreign_mood, 0.0))) * ceiling
