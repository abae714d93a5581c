"""Harmony: chords by their degree, a grammar of what follows what in each mood, and phrases that reach their cadence.

Pitch classes count semitones from the tonic. Knows no octave (voicing.py) and no instrument.
"""

from dataclasses import dataclass
from random import Random

from aiprod.media.score.form import Form, Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Chord:
    """A chord: its degree as musicians write it, its pitch classes from the root up, and the one in the bass."""

    symbol: str
    pitch_classes: tuple[int, ...]
    bass: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A chord's place in time."""

    start_tick: int
    ticks: int
    chord: Chord
    phrase: int

    @property
    def end_tick(self) -> int:
        """Where the next chord begins."""
        return self.start_tick + self.ticks


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How a mood speaks in harmony. `follows` weighs the chords that may come next; a phrase begins on one of
    `openings` and stays open on one of `open_ends`; `cadence` leads to `final`, the piece's last chord."""

    scale: tuple[int, ...]
    follows: dict[str, dict[str, int]]
    openings: tuple[str, ...]
    open_ends: tuple[str, ...]
    cadences: tuple[tuple[str, ...], ...]
    final: str
    quick_ends: bool = False


_CHORDS: dict[str, tuple[tuple[int, ...], int]] = {
    "I": ((0, 4, 7), 0), "I6": ((0, 4, 7), 4), "Imaj7": ((0, 4, 7, 11), 0), "Iadd9": ((0, 4, 7, 2), 0),
    "ii": ((2, 5, 9), 2), "ii7": ((2, 5, 9, 0), 2), "iii": ((4, 7, 11), 4), "IV": ((5, 9, 0), 5),
    "IVmaj7": ((5, 9, 0, 4), 5), "V": ((7, 11, 2), 7), "V6": ((7, 11, 2), 11), "V7": ((7, 11, 2, 5), 7),
    "Vsus": ((7, 0, 2), 7), "vi": ((9, 0, 4), 9), "vi7": ((9, 0, 4, 7), 9), "II": ((2, 6, 9), 2),
    "II/I": ((2, 6, 9), 0), "V/V": ((2, 6, 9), 2), "V/vi": ((4, 8, 11), 4), "bII": ((1, 5, 8), 1),
    "bIII": ((3, 7, 10), 3), "bVI": ((8, 0, 3), 8), "bVImaj7": ((8, 0, 3, 7), 8), "bVII": ((10, 2, 5), 10),
    "i": ((0, 3, 7), 0), "i6": ((0, 3, 7), 3), "iadd9": ((0, 3, 7, 2), 0), "imaj7": ((0, 3, 7, 11), 0),
    "iio6": ((2, 5, 8), 5), "iv": ((5, 8, 0), 5), "iv7": ((5, 8, 0, 3), 5), "iv6": ((5, 8, 0), 8),
    "v6": ((7, 10, 2), 10), "#iv": ((6, 9, 1), 6), "bII/I": ((1, 5, 8), 0), "viio/I": ((11, 2, 5), 0),
}  # fmt: skip

MAJOR = (0, 2, 4, 5, 7, 9, 11)
LYDIAN = (0, 2, 4, 6, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
DORIAN = (0, 2, 3, 5, 7, 9, 10)

LANGUAGES: dict[str, Language] = {
    "calm": Language(
        scale=MAJOR,
        follows={
            "Iadd9": {"vi7": 3, "IVmaj7": 3, "iii": 1}, "vi7": {"IVmaj7": 3, "ii7": 2, "iii": 1},
            "IVmaj7": {"Iadd9": 2, "I6": 2, "ii7": 2, "Vsus": 1}, "iii": {"IVmaj7": 2, "vi7": 2},
            "ii7": {"Vsus": 3, "IVmaj7": 1}, "Vsus": {"Iadd9": 2, "vi7": 2}, "I6": {"IVmaj7": 3, "ii7": 2},
        },
        openings=("Iadd9", "IVmaj7", "vi7"), open_ends=("Vsus", "IVmaj7", "ii7"),
        cadences=(("IVmaj7", "Vsus"), ("ii7", "Vsus")), final="Iadd9",
    ),
    "wonder": Language(
        scale=LYDIAN,
        follows={
            "I": {"II/I": 3, "iii": 2, "bVI": 1, "vi": 1}, "II/I": {"I": 2, "iii": 2, "vi": 2},
            "iii": {"IVmaj7": 2, "vi": 2, "II": 1}, "vi": {"II": 3, "IVmaj7": 2}, "II": {"IVmaj7": 1, "I6": 2, "vi": 1},
            "IVmaj7": {"I": 2, "Vsus": 2, "bVII": 1}, "bVI": {"bVII": 2, "bIII": 1}, "bIII": {"IVmaj7": 1, "bVII": 2},
            "bVII": {"I": 3, "IVmaj7": 1}, "I6": {"IVmaj7": 2, "II": 1}, "Vsus": {"I": 1, "bVI": 1},
        },
        openings=("I", "vi", "IVmaj7"), open_ends=("Vsus", "II", "bVII"),
        cadences=(("bVI", "bVII"), ("IVmaj7", "Vsus")), final="Iadd9",
    ),
    "epic": Language(
        scale=MINOR,
        follows={
            "i": {"bVI": 3, "bVII": 1, "iv": 2, "bIII": 1}, "bVI": {"bIII": 2, "bVII": 3, "iv": 1},
            "bIII": {"bVII": 3, "bVI": 2}, "bVII": {"i": 2, "bVI": 1, "iv": 1}, "iv": {"bVI": 1, "V": 2, "i6": 1},
            "i6": {"iv": 2, "bVI": 1}, "V": {"i": 2, "bVI": 2},
        },
        openings=("i", "bVI"), open_ends=("V", "bVII"), cadences=(("bVI", "bVII"), ("iv", "V")), final="I",
    ),
    "tense": Language(
        scale=MINOR,
        follows={
            "i": {"bII/I": 3, "bVI": 2, "viio/I": 2, "iv": 1}, "bII/I": {"i": 3, "viio/I": 1},
            "viio/I": {"i": 2, "bVI": 1}, "bVI": {"iv": 2, "bII": 2, "#iv": 1}, "iv": {"#iv": 1, "V": 2, "i6": 1},
            "#iv": {"i": 1, "V": 1}, "bII": {"V": 2, "i6": 1}, "i6": {"bII": 1, "iv": 1}, "V": {"i": 2, "bVI": 2},
        },
        openings=("i", "bVI"), open_ends=("V", "bII", "viio/I"), cadences=(("bII", "V"), ("iv", "V")), final="i",
    ),
    "playful": Language(
        scale=MAJOR,
        follows={
            "I": {"vi": 2, "IV": 2, "V6": 1, "V/vi": 1}, "vi": {"ii": 3, "IV": 1, "V/V": 1}, "ii": {"V7": 4},
            "V7": {"I": 3, "vi": 1}, "IV": {"V7": 2, "I6": 2, "ii": 1}, "I6": {"IV": 2, "ii": 2},
            "V6": {"I": 2, "vi": 1},
            "V/vi": {"vi": 3}, "V/V": {"V7": 3},
        },
        openings=("I", "vi"), open_ends=("V7",), cadences=(("IV", "V7"), ("ii", "V7")), final="I", quick_ends=True,
    ),
    "sad": Language(
        scale=MINOR,
        follows={
            "i": {"bVImaj7": 2, "iv7": 3, "v6": 2}, "v6": {"bVImaj7": 3, "iv6": 1}, "iv7": {"bVII": 2, "V": 2, "i": 1},
            "iv6": {"V": 3}, "bVII": {"bIII": 3}, "bIII": {"bVImaj7": 3, "iv7": 1},
            "bVImaj7": {"iv7": 2, "iio6": 2, "bIII": 1}, "iio6": {"V": 3}, "V": {"i": 2, "bVImaj7": 2},
        },
        openings=("i", "bVImaj7"), open_ends=("V", "bVImaj7", "iv7"), cadences=(("iv7", "V"), ("iio6", "V")),
        final="iadd9",
    ),
    "mystery": Language(
        scale=DORIAN,
        follows={
            "i": {"IV": 2, "bVI": 2, "imaj7": 1, "#iv": 1}, "imaj7": {"IV": 2, "bVI": 1},
            "IV": {"i": 2, "bVII": 1, "vi": 1},
            "vi": {"i": 2, "bVI": 1}, "bVI": {"bII": 1, "iv": 2, "bIII": 1}, "bIII": {"#iv": 1, "bVI": 1, "IV": 1},
            "#iv": {"i": 2, "V": 1}, "bII": {"V": 1, "i": 2}, "iv": {"V": 2, "i": 1}, "bVII": {"IV": 1, "i": 2},
            "V": {"i": 1, "bVI": 2},
        },
        openings=("i", "bVI"), open_ends=("V", "bII", "IV"), cadences=(("bVI", "V"), ("iv", "V")), final="iadd9",
    ),
    "hopeful": Language(
        scale=MAJOR,
        follows={
            "I": {"V6": 2, "iii": 1, "IV": 2, "vi": 1}, "V6": {"vi": 3, "IV": 1}, "vi": {"IV": 3, "iii": 1, "ii": 1},
            "iii": {"IV": 3, "vi": 1}, "IV": {"I6": 2, "V": 3, "ii": 1}, "I6": {"IV": 2, "ii": 1}, "ii": {"V": 3},
            "V": {"I": 2, "vi": 2},
        },
        openings=("I", "vi", "IV"), open_ends=("V", "IV"), cadences=(("IV", "V"), ("ii", "V")), final="Iadd9",
    ),
}  # fmt: skip


def find_chord(symbol: str) -> Chord:
    """The chord of a degree."""
    pitch_classes, bass = _CHORDS[symbol]
    return Chord(symbol=symbol, pitch_classes=pitch_classes, bass=bass)


def harmonise(form: Form, mood: str, random: Random) -> tuple[Slot, ...]:
    """Chords for the whole piece; the last slot is the final chord."""
    slots: list[Slot] = []
    for index, phrase in enumerate(form.phrases):
        language = LANGUAGES[phrase.mood]
        lengths = _slot_lengths(phrase, form.meter.bar_ticks, quick_end=language.quick_ends)
        last = index == len(form.phrases) - 1
        ending = random.choice(LANGUAGES[mood].cadences) if last else ()
        before = slots[-1].chord.symbol if slots else ""
        spoken = LANGUAGES[mood] if last else language
        home = index == 0 or phrase.role == "climax"
        symbols = _progression(spoken, len(lengths), ending, before, random, home=home)
        tick = phrase.start_tick
        for length, symbol in zip(lengths, symbols, strict=True):
            slots.append(Slot(start_tick=tick, ticks=length, chord=find_chord(symbol), phrase=index))
            tick += length
    final = Slot(
        start_tick=form.final_tick, ticks=form.end_tick - form.final_tick,
        chord=find_chord(LANGUAGES[mood].final), phrase=len(form.phrases) - 1,
    )  # fmt: skip
    return (*slots, final)


def scale_over(chord: Chord, scale: tuple[int, ...]) -> tuple[int, ...]:
    """The seven notes to sing over a chord: the scale, bent where the chord has a foreign note."""
    bent = list(scale)
    for pitch in chord.pitch_classes:
        if pitch in bent:
            continue
        near = [degree for degree in range(7) if (pitch - bent[degree]) % 12 in (1, 11)]
        free = [d for d in near if bent[d] not in (0, 7) and bent[d] not in chord.pitch_classes] or near
        lowered = [d for d in free if (bent[d] - pitch) % 12 == 1] or free
        bent[lowered[0]] = pitch
    return tuple(bent)


def _slot_lengths(phrase: Phrase, bar_ticks: int, *, quick_end: bool) -> list[int]:
    lengths = list(phrase.bars)
    if quick_end and len(lengths) > 1 and lengths[-1] == bar_ticks:
        lengths[-1:] = [bar_ticks // 2, bar_ticks // 2]
    return lengths


def _progression(
    language: Language, count: int, ending: tuple[str, ...], before: str, random: Random, *, home: bool
) -> list[str]:
    """A walk through the grammar of exactly `count` chords, from an opening (`home`: the tonic) to an open end, or into
    a cadence."""
    ending = ending[-count:]
    walk = count - len(ending)
    if walk == 0:
        return list(ending)
    goals = {s for s, after in language.follows.items() if ending[0] in after} if ending else set(language.open_ends)
    # ways[k][s]: the weight of all walks of k more steps from s that end in a goal
    ways: list[dict[str, int]] = [{symbol: int(symbol in goals) for symbol in language.follows}]
    for _ in range(walk - 1):
        ways.append(
            {s: sum(w * ways[-1].get(n, 0) for n, w in after.items()) for s, after in language.follows.items()}
        )
    openings = language.openings[:1] if home else language.openings
    starts = {s: ways[-1].get(s, 0) * (4 if _leads(language, before, s) else 1) for s in openings if s != before}
    if not any(starts.values()):
        starts = {s: weight for s, weight in ways[-1].items() if s != before}
    if not any(starts.values()):  # the one chord that leads to the ending has just sounded: it sounds on
        starts = ways[-1]
    symbols = [_pick(starts, random)]
    for left in range(walk - 2, -1, -1):
        after = language.follows[symbols[-1]]
        symbols.append(_pick({n: w * ways[left].get(n, 0) for n, w in after.items()}, random))
    return symbols + list(ending)


def _leads(language: Language, before: str, symbol: str) -> bool:
    return symbol in language.follows.get(before, {})


def _pick(weights: dict[str, int], random: Random) -> str:
    names = [name for name, weight in weights.items() if weight]
    return random.choices(names, [weights[name] for name in names])[0]
