"""Melody: one motif for the film, stated, answered, sequenced, inverted, stretched and brought home.

Knows scales, chords and rhythm; knows no instrument. Positions count steps of the scale, so a motif keeps its shape
when the chord or the mode under it changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from aiprod.media.score.form import TICKS, Form, Phrase
from aiprod.media.score.harmony import LANGUAGES, Slot, scale_over
from aiprod.media.score.palettes import LEAPS_IN_STEPS, RHYTHMS_IN_EIGHTHS

_EIGHTH = TICKS // 2
_LOWEST, _HIGHEST = 62, 86
_HOME_PITCH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Motif:
    """One bar: lengths in eighths, and the step of the scale from one note to the next (the first is 0)."""

    rhythm: tuple[int, ...]
    steps: tuple[int, ...]

    def inverted(self) -> "Motif":
        """The motif in a mirror."""
        return Motif(rhythm=self.rhythm, steps=tuple(-step for step in self.steps))

    def stretched(self) -> "Motif":
        """The motif at half speed: its first half fills a bar."""
        return Motif(rhythm=tuple(2 * length for length in self.rhythm), steps=self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sung:
    """A note of the melody; `accent` is how much it is leaned on (0 to 1)."""

    tick: int
    ticks: int
    pitch: int
    accent: float
    phrase: int


def invent(mood: str, random: Random) -> Motif:
    """A motif of the mood: a rhythm, mostly steps, and one leap that is answered by a step back."""
    rhythm = random.choice(RHYTHMS_IN_EIGHTHS[mood])
    leap = random.choice(LEAPS_IN_STEPS[mood])
    leap_at = random.randrange(1, len(rhythm)) if len(rhythm) > 1 else 0
    steps = [0]
    for index in range(1, len(rhythm)):
        if index == leap_at:
            steps.append(leap)
        elif steps[-1] == leap and index - 1 == leap_at:
            steps.append(-1 if leap > 0 else 1)
        else:
            steps.append(random.choice((1, 1, -1, -1, 2)))
    return Motif(rhythm=rhythm, steps=tuple(steps))


def sing(form: Form, slots: Sequence[Slot], motif: Motif, tonic: int, random: Random) -> tuple[Sung, ...]:
    """The melody of the whole piece; its last note is the tonic on the final chord."""
    singer = _Singer(slots, tonic, form)
    built = 0
    for index, phrase in enumerate(form.phrases):
        built += phrase.role == "build"
        tick = phrase.start_tick
        for bar, variation in zip(phrase.bars, _variations(phrase, built, random), strict=True):
            singer.bar(index, tick, bar, variation, motif)
            tick += bar
    singer.close(form)
    return tuple(singer.notes)


def _variations(phrase: Phrase, built: int, random: Random) -> list[str]:
    """What each bar does with the motif. Music under a voice must also be silent: not every bar sings."""
    count = len(phrase.bars)
    first_time = ["statement", "answer", "sequence", "cadence"]
    next_time = ["rest", "inversion", "sequence", "cadence"]
    shapes = {
        "intro": ["statement", "rest", "answer", "rest"],
        "build": first_time if built % 2 else next_time,
        "climax": ["statement", "sequence", "statement", "cadence"],
        "fall": ["rest", "inversion", "rest", "cadence"],
        "outro": ["stretched", "rest", "answer", "cadence"],
    }
    shape = shapes[phrase.role]
    if count <= 1:
        return ["cadence" if phrase.role in ("outro", "fall") else "statement"][:count]
    middle = [shape[1 + index % 2] for index in range(count - 2)]
    ending = "rest" if phrase.role == "intro" and random.random() < 0.5 else "cadence"
    return [shape[0], *middle, ending]


class _Singer:
    """Walks along the chords and remembers where the melody is."""

    def __init__(self, slots: Sequence[Slot], tonic: int, form: Form) -> None:
        self.notes: list[Sung] = []
        self._slots = slots
        self._tonic = tonic
        self._form = form
        self._at = 0
        self._position = self._home()
        self._phrase = 0

    def bar(self, phrase: int, start: int, ticks: int, variation: str, motif: Motif) -> None:
        """Sing one bar."""
        self._phrase = phrase
        role = self._form.phrases[phrase].role
        lift = 4 if role == "climax" else 0
        if variation == "rest":
            return
        if variation == "cadence":
            self._long_note(start, ticks)
            return
        if variation == "statement":
            self._position = self._home() + lift
        elif variation == "sequence":
            self._position += 1 if role in ("build", "climax") else -1
        shape = {"inversion": motif.inverted(), "stretched": motif.stretched()}.get(variation, motif)
        tick = start
        for number, (eighths, step) in enumerate(zip(shape.rhythm, shape.steps, strict=True)):
            if tick >= start + ticks:
                break
            length = min(eighths * _EIGHTH, start + ticks - tick)
            self._position += step
            strong = (tick - start) % self._form.meter.half_ticks == 0 or length >= 2 * _EIGHTH
            self._sing(tick, length, strong=strong, accent=1.0 if number == 0 else 0.7 if strong else 0.45)
            tick += length

    def close(self, form: Form) -> None:
        """Come home: the tonic nearest to the last note, on the final chord."""
        last = self.notes[-1].pitch if self.notes else _HOME_PITCH
        home = min((p for p in range(_LOWEST - 2, _HIGHEST) if p % 12 == self._tonic), key=lambda p: abs(p - last))
        ring = form.end_tick - form.final_tick
        final = Sung(tick=form.final_tick, ticks=ring, pitch=home, accent=0.9, phrase=len(form.phrases) - 1)
        self.notes.append(final)

    def _long_note(self, start: int, ticks: int) -> None:
        """The end of a sentence: a chord note a step away, held, then breath."""
        self._position += -1 if self._position > self._home() else 1
        self._sing(start, max(_EIGHTH, ticks * 3 // 4), strong=True, accent=0.75)

    def _sing(self, tick: int, ticks: int, *, strong: bool, accent: float) -> None:
        pitch = self._pitch(tick)
        if strong or self._clashes(tick, pitch):
            self._position += self._nearest_chord_step(tick)
            pitch = self._pitch(tick)
        while pitch > _HIGHEST:
            self._position -= 7
            pitch = self._pitch(tick)
        while pitch < _LOWEST:
            self._position += 7
            pitch = self._pitch(tick)
        held = Sung(tick=tick, ticks=ticks, pitch=pitch, accent=accent, phrase=self._phrase)
        self.notes.append(held)

    def _slot(self, tick: int) -> Slot:
        while self._slots[self._at].end_tick <= tick and self._at < len(self._slots) - 1:
            self._at += 1
        return self._slots[self._at]

    def _pitch(self, tick: int, offset: int = 0) -> int:
        slot = self._slot(tick)
        scale = scale_over(slot.chord, LANGUAGES[self._form.phrases[slot.phrase].mood].scale)
        octave, degree = divmod(self._position + offset, 7)
        return self._tonic + 12 * octave + scale[degree]

    def _clashes(self, tick: int, pitch: int) -> bool:
        # a semitone above a note of the chord is the one sharp dissonance that no listener takes for a passing note
        classes = {(self._tonic + p) % 12 for p in self._slot(tick).chord.pitch_classes}
        return pitch % 12 not in classes and (pitch - 1) % 12 in classes

    def _nearest_chord_step(self, tick: int) -> int:
        classes = {(self._tonic + p) % 12 for p in self._slot(tick).chord.pitch_classes}
        return next((offset for offset in (0, -1, 1, -2, 2, -3, 3) if self._pitch(tick, offset) % 12 in classes), 0)

    def _home(self) -> int:
        return 7 * ((_HOME_PITCH - self._tonic) // 12)
