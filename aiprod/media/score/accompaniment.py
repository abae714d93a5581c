"""Accompaniment: what each layer plays on a chord, from held strings to a light drum kit.

A pattern turns one chord in its place into notes (tick, length, pitch, accent). Knows no instrument and no loudness.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from aiprod.media.score.form import TICKS, Meter
from aiprod.media.score.voicing import Voicing

Struck = tuple[int, int, int, float]
"""Tick, length in ticks, pitch, accent (0 to 1)."""

_EIGHTH = TICKS // 2
_SIXTEENTH = TICKS // 4
KICK, SIDE_STICK, SNARE_SOFT, HAT, SHAKER, TRIANGLE, CRASH, RIDE = 36, 37, 40, 42, 70, 81, 49, 51


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A chord in its place. `bar_start` is the bar it belongs to; `opens` and `closes` mark the phrase's ends;
    `final` is the last chord of all."""

    start: int
    ticks: int
    voicing: Voicing
    meter: Meter
    intensity: float
    bar_start: int
    opens: bool
    closes: bool
    climax: bool
    final: bool
    shape: int


Pattern = Callable[[Cue, Random], list[Struck]]


def _grid(cue: Cue, step: int) -> list[tuple[int, float]]:
    """Times every `step` ticks, with accents on the halves of the bar."""
    times = []
    for tick in range(cue.start, cue.start + cue.ticks, step):
        offset = (tick - cue.bar_start) % cue.meter.half_ticks
        accent = 1.0 if offset == 0 else 0.75 if offset % TICKS == 0 else 0.58
        times.append((tick, accent))
    return times


def _rungs(voicing: Voicing) -> list[int]:
    """The chord's notes over two octaves, from the bass up."""
    low = voicing.notes[0] + (12 if voicing.notes[0] < 43 else 0)
    rungs = sorted({low, *voicing.upper, *(note + 12 for note in voicing.upper)})
    return [note for note in rungs if note <= 84]


def held(cue: Cue, random: Random) -> list[Struck]:
    """The three upper parts, sustained; performance.py ties what does not move."""
    del random
    return [(cue.start, cue.ticks, note, 0.8) for note in cue.voicing.upper]


def long_bass(cue: Cue, random: Random) -> list[Struck]:
    """The bass, sustained; an octave lower too when everybody plays."""
    del random
    bass = cue.voicing.notes[0]
    deep = [(cue.start, cue.ticks, bass - 12, 0.6)] if cue.intensity > 0.75 and bass >= 40 else []
    return [(cue.start, cue.ticks, bass, 0.85), *deep]


def pulsing_bass(cue: Cue, random: Random) -> list[Struck]:
    """Quarters, with a push on the last eighth before the chord changes."""
    bass = cue.voicing.notes[0]
    if cue.final:
        return long_bass(cue, random)
    notes: list[Struck] = [(tick, TICKS - 40, bass, accent) for tick, accent in _grid(cue, TICKS)]
    if cue.intensity > 0.5 and cue.ticks > TICKS:
        notes.append((cue.start + cue.ticks - _EIGHTH, _EIGHTH - 30, bass, 0.55))
    return notes


def driven_bass(cue: Cue, random: Random) -> list[Struck]:
    """Eighths grouped three, three, two; only their accents where it is still quiet."""
    if cue.final:
        return long_bass(cue, random)
    bass = cue.voicing.notes[0]
    notes: list[Struck] = []
    for tick in range(cue.start, cue.start + cue.ticks, _EIGHTH):
        leaned = (tick - cue.bar_start) // _EIGHTH % 8 in (0, 3, 6)
        if leaned or cue.intensity > 0.42:
            notes.append((tick, _EIGHTH - 40, bass, 1.0 if leaned else 0.5))
    return notes


def bouncing_bass(cue: Cue, random: Random) -> list[Struck]:
    """Root and fifth in turn, as a string bass plays for a dance."""
    if cue.final:
        return [(cue.start, TICKS, cue.voicing.notes[0], 1.0)]
    root = cue.voicing.notes[0]
    above = [note for note in cue.voicing.upper if (note - root) % 12 in (7, 5, 8, 3, 4)]
    other = root + (min(above) - root) % 12 if above else root
    other = other - 12 if other > 50 else other
    pair = (root, other)
    return [
        (tick, TICKS * 2 // 3, pair[i % 2], accent * random.uniform(0.9, 1.0))
        for i, (tick, accent) in enumerate(_grid(cue, TICKS))
    ]


def _climb(cue: Cue, step: int, rungs: list[int]) -> list[Struck]:
    if cue.final:
        rolled = rungs[:6]
        return [(cue.start + i * 50, cue.ticks - i * 50, note, 0.8) for i, note in enumerate(rolled)]
    up_down = [*rungs, *rungs[-2:0:-1]]
    orders = (up_down, [*rungs[:1], *rungs[2:], rungs[1]], [rungs[0], rungs[-1], *rungs[1:-1]], up_down[::-1])
    order = orders[cue.shape % len(orders)]
    return [
        (tick, min(2 * step, cue.start + cue.ticks - tick), order[i % len(order)], accent)
        for i, (tick, accent) in enumerate(_grid(cue, step))
    ]


def broken(cue: Cue, random: Random) -> list[Struck]:
    """A broken chord in eighths, in quarters where it is quiet."""
    del random
    step = _EIGHTH if cue.intensity > 0.21 or cue.meter.numerator == 6 else TICKS
    return _climb(cue, step, _rungs(cue.voicing)[:5])


def rolling(cue: Cue, random: Random) -> list[Struck]:
    """A broken chord over two octaves: eighths, then sixteenths when the music rises."""
    del random
    return _climb(cue, _SIXTEENTH if cue.intensity > 0.62 else _EIGHTH, _rungs(cue.voicing))


def offbeat(cue: Cue, random: Random) -> list[Struck]:
    """Short chords between the beats."""
    if cue.final:
        return [(cue.start, TICKS, note, 0.9) for note in cue.voicing.upper]
    notes: list[Struck] = []
    for tick in range(cue.start + _EIGHTH, cue.start + cue.ticks, TICKS):
        if random.random() < 0.9:
            notes += [(tick, _EIGHTH * 3 // 4, note, 0.62) for note in cue.voicing.upper]
    return notes


def drive(cue: Cue, random: Random) -> list[Struck]:
    """Repeated notes with accents that push against the beat."""
    del random
    if cue.final:
        return [(cue.start, TICKS, note, 1.0) for note in cue.voicing.upper]
    step = _SIXTEENTH if cue.intensity > 0.7 else _EIGHTH
    low, middle, high = cue.voicing.upper
    notes: list[Struck] = []
    for i, tick in enumerate(range(cue.start, cue.start + cue.ticks, step)):
        place, inside = divmod((tick - cue.bar_start) % (8 * _EIGHTH), _EIGHTH)
        leaned = place in (0, 3, 6) and inside == 0
        pitch = high if leaned else (low, middle)[i % 2]
        notes.append((tick, step * 2 // 3, pitch, 1.0 if leaned else 0.52))
    return notes


def sparkle(cue: Cue, random: Random) -> list[Struck]:
    """A few high notes of the chord, like light on water."""
    tops = [note + 12 for note in cue.voicing.upper] + [cue.voicing.upper[-1] + 24]
    tops = [note for note in tops if note <= 96]
    if cue.final:
        return [(cue.start + i * 90, cue.ticks - i * 90, note, 0.7) for i, note in enumerate(tops)]
    if not cue.opens and random.random() > 0.35 + 0.4 * cue.intensity:
        return []
    begin = cue.start + random.choice((0, _EIGHTH, TICKS))
    run = random.sample(tops, k=min(len(tops), random.choice((2, 3, 3))))
    end = cue.start + cue.ticks
    return [
        (begin + i * _EIGHTH, min(TICKS, end - begin - i * _EIGHTH), note, 0.75 - 0.1 * i)
        for i, note in enumerate(sorted(run, reverse=bool(cue.shape % 2)))
        if begin + (i + 1) * _EIGHTH <= end
    ]


def timpani(cue: Cue, random: Random) -> list[Struck]:
    """The bass on the first beat of a phrase, and a roll into the climax and the end."""
    bass = cue.voicing.notes[0] if cue.voicing.notes[0] >= 40 else cue.voicing.notes[0] + 12
    if cue.final:
        return [(cue.start, 2 * TICKS, bass, 0.75)]
    notes: list[Struck] = [(cue.start, TICKS, bass, 0.9)] if cue.opens or cue.climax else []
    if cue.closes:
        length = min(cue.ticks, 2 * TICKS)
        begin, steps = cue.start + cue.ticks - length, length // _SIXTEENTH
        notes += [
            (begin + i * _SIXTEENTH, _SIXTEENTH, bass, 0.25 + 0.5 * i / steps * random.uniform(0.92, 1.0))
            for i in range(steps)
        ]
    return notes


def taiko(cue: Cue, random: Random) -> list[Struck]:
    """Big drums: the bar's pillars, then the three, three, two between them."""
    del random
    if cue.final:
        return [(cue.start, TICKS, 48, 1.0)]
    notes: list[Struck] = []
    for tick in range(cue.start, cue.start + cue.ticks, _EIGHTH):
        place = (tick - cue.bar_start) // _EIGHTH % 8
        if place == 0:
            notes.append((tick, _EIGHTH, 48, 1.0))
        elif place in (3, 6) and cue.intensity > 0.55:
            notes.append((tick, _EIGHTH, 52, 0.7))
        elif place in (5, 7) and cue.intensity > 0.85:
            notes.append((tick, _EIGHTH, 55, 0.45))
    return notes


def heartbeat(cue: Cue, random: Random) -> list[Struck]:
    """Two soft beats at the head of the bar."""
    del random
    if cue.final:
        return [(cue.start, TICKS, 41, 0.8)]
    if cue.start != cue.bar_start:
        return []
    return [(cue.start, _EIGHTH, 41, 0.8), (cue.start + _EIGHTH, _EIGHTH, 41, 0.5)]


def cymbals(cue: Cue, random: Random) -> list[Struck]:
    """A crash where the climax opens; a soft swell before a phrase that rises."""
    if cue.climax and cue.opens:
        return [(cue.start, 2 * TICKS, CRASH, 0.9)]
    if not cue.closes or cue.final:
        return []
    begin = cue.start + cue.ticks - min(cue.ticks, 2 * TICKS)
    count = (cue.start + cue.ticks - begin) // _SIXTEENTH
    return [
        (begin + i * _SIXTEENTH, _SIXTEENTH, RIDE, (0.1 + 0.45 * (i / count) ** 2) * random.uniform(0.9, 1.0))
        for i in range(count)
    ]


def shaker(cue: Cue, random: Random) -> list[Struck]:
    """A shaker in eighths and a triangle at the head of a phrase."""
    if cue.final:
        return [(cue.start, TICKS, TRIANGLE, 0.6)]
    notes: list[Struck] = [
        (tick, 60, SHAKER, (0.75 if i % 2 else 0.45) * random.uniform(0.85, 1.0))
        for i, (tick, _) in enumerate(_grid(cue, _EIGHTH))
    ]
    if cue.intensity > 0.6:
        notes += [(tick, 60, SIDE_STICK, 0.5) for i, (tick, _) in enumerate(_grid(cue, TICKS)) if i % 2]
    return notes + ([(cue.start, TICKS, TRIANGLE, 0.5)] if cue.opens else [])


def light_kit(cue: Cue, random: Random) -> list[Struck]:
    """A kit that supports and does not lead: kick, side stick, soft hats; the snare only at the height."""
    if cue.final:
        return [(cue.start, TICKS, KICK, 0.7)]
    notes: list[Struck] = []
    for tick in range(cue.start, cue.start + cue.ticks, _EIGHTH):
        place = (tick - cue.bar_start) // _EIGHTH % 8
        if place in (0, 5) and (place == 0 or cue.intensity > 0.6):
            notes.append((tick, 120, KICK, 0.85 if place == 0 else 0.6))
        if place in (2, 6):
            notes.append((tick, 120, SNARE_SOFT if cue.climax else SIDE_STICK, 0.6))
        notes.append((tick, 60, HAT, (0.5 if place % 2 == 0 else 0.32) * random.uniform(0.85, 1.0)))
    return notes


PATTERNS: dict[str, Pattern] = {
    "held": held, "long bass": long_bass, "pulsing bass": pulsing_bass, "driven bass": driven_bass,
    "bouncing bass": bouncing_bass, "broken": broken, "rolling": rolling, "offbeat": offbeat, "drive": drive,
    "sparkle": sparkle, "timpani": timpani, "taiko": taiko, "heartbeat": heartbeat, "cymbals": cymbals,
    "shaker": shaker, "light kit": light_kit,
}  # fmt: skip
"""Patterns by the name that palettes.py uses."""

DRUM_PATTERNS = ("cymbals", "shaker", "light kit")
"""Patterns whose pitches are the percussion map's."""
