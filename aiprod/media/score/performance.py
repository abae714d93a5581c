"""Performance: layers become parts, with dynamics that follow the story and small human differences.

Knows loudness, ties, swells and timing; knows no file format.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from aiprod.media.score.accompaniment import DRUM_PATTERNS, PATTERNS, Cue, Struck
from aiprod.media.score.form import TICKS, Form
from aiprod.media.score.harmony import Slot
from aiprod.media.score.melody import Sung
from aiprod.media.score.palettes import PALETTES, Layer
from aiprod.media.score.parts import Note, Part
from aiprod.media.score.voicing import Voicing

_LOOSE_SECONDS = 0.007
_SUSTAINED = ("held", "long bass")
_MELODIC = ("lead", "double")
_LOWEST_DOUBLE = 55


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What is to be performed."""

    form: Form
    mood: str
    slots: tuple[Slot, ...]
    voicings: tuple[Voicing, ...]
    melody: tuple[Sung, ...]


def perform(score: Score, random: Random) -> tuple[Part, ...]:
    """Every layer of the film's palette as a part; layers that never enter are left out."""
    shapes = [random.randrange(4) for _ in score.form.phrases]
    cues = _cues(score, shapes)
    parts = [_play(layer, score, cues, random) for layer in PALETTES[score.mood].layers]
    return tuple(part for part in parts if part.notes)


def _cues(score: Score, shapes: Sequence[int]) -> list[Cue]:
    cues = []
    for index, (slot, voicing) in enumerate(zip(score.slots, score.voicings, strict=True)):
        phrase = score.form.phrases[slot.phrase]
        final = index == len(score.slots) - 1
        bar_start = phrase.start_tick
        for bar in phrase.bars:
            if bar_start + bar > slot.start_tick:
                break
            bar_start += bar
        cues.append(
            Cue(
                start=slot.start_tick, ticks=slot.ticks, voicing=voicing, meter=score.form.meter,
                intensity=phrase.intensity, bar_start=slot.start_tick if final else bar_start,
                opens=not final and slot.start_tick == phrase.start_tick,
                closes=not final and slot.end_tick == phrase.end_tick,
                climax=phrase.role == "climax", final=final, shape=shapes[slot.phrase],
            )
        )  # fmt: skip
    return cues


def _play(layer: Layer, score: Score, cues: Sequence[Cue], random: Random) -> Part:
    drums = layer.pattern in DRUM_PATTERNS
    if layer.pattern in _MELODIC:
        struck = _melody(layer, score)
    else:
        pattern = PATTERNS[layer.pattern]
        struck = [note for cue in cues if _enters(layer, cue) for note in pattern(cue, random)]
        struck = _tied(struck) if layer.pattern in _SUSTAINED else struck
    notes = [_human(note, layer, score.form, random) for note in struck if note[1] > 0]
    swells = _swells(score.form) if layer.pattern in _SUSTAINED else ()
    return Part(
        name=layer.name, program=layer.program, volume=layer.volume, pan=layer.pan,
        notes=_parted(notes), swells=swells, drums=drums,
    )  # fmt: skip


def _enters(layer: Layer, cue: Cue) -> bool:
    # The last chord brings back whoever has played at the height, if it could be heard from the outro.
    return cue.intensity >= layer.enters or (cue.final and cue.intensity >= layer.enters - 0.25)


def _melody(layer: Layer, score: Score) -> list[Struck]:
    struck: list[Struck] = []
    for sung in score.melody:
        phrase = score.form.phrases[sung.phrase]
        if phrase.intensity < layer.enters:
            continue
        pitch = sung.pitch if layer.pattern == "lead" else _below(sung, score)
        struck.append((sung.tick, sung.ticks * 15 // 16, pitch, sung.accent))
    return struck


def _below(sung: Sung, score: Score) -> int:
    """The note of the chord a third to a sixth under the melody; the octave where there is none."""
    index = max(i for i, slot in enumerate(score.slots) if slot.start_tick <= sung.tick)
    classes = {note % 12 for note in score.voicings[index].notes}
    under = (pitch for pitch in range(sung.pitch - 3, sung.pitch - 10, -1) if pitch % 12 in classes)
    return max(_LOWEST_DOUBLE, next(under, sung.pitch - 12))


def _tied(struck: Sequence[Struck]) -> list[Struck]:
    """Neighbours of one pitch that touch become one long note."""
    tied: list[Struck] = []
    sounding: dict[int, int] = {}
    for tick, ticks, pitch, accent in struck:
        at = sounding.get(pitch)
        if at is not None and tied[at][0] + tied[at][1] == tick:
            tied[at] = (tied[at][0], tied[at][1] + ticks, pitch, tied[at][3])
        else:
            sounding[pitch] = len(tied)
            tied.append((tick, ticks, pitch, accent))
    return tied


def _human(note: Struck, layer: Layer, form: Form, random: Random) -> Note:
    tick, ticks, pitch, accent = note
    phrase = next((p for p in form.phrases if p.start_tick <= tick < p.end_tick), form.phrases[-1])
    heat = 0.5 + 0.5 * phrase.intensity
    velocity = 112 * layer.loudness * heat * (0.62 + 0.38 * accent) + random.gauss(0, 2.5)
    loose = _LOOSE_SECONDS * 1_000_000 * TICKS / phrase.microseconds_per_quarter
    # Where a scene begins or the piece ends, everybody is together.
    together = tick in (phrase.start_tick, form.final_tick)
    shift = 0 if together else round(max(-2.0, min(2.0, random.gauss(0, 1))) * loose)
    return Note(tick=max(0, tick + shift), ticks=ticks, pitch=pitch, velocity=max(12, min(120, round(velocity))))


def _swells(form: Form) -> tuple[tuple[int, int], ...]:
    """Expression that breathes in each phrase: up to its middle, or towards the climax; away in the last chord."""
    swells: list[tuple[int, int]] = []
    for phrase in form.phrases:
        rising = phrase.role == "build"
        steps = 8
        for step in range(steps):
            part = step / steps
            arch = part if rising else 1 - abs(2 * part - 0.9) / 1.1
            swells.append((phrase.start_tick + phrase.ticks * step // steps, round(84 + 32 * arch)))
    ring = form.end_tick - form.final_tick
    swells += [(form.final_tick + ring * step // 8, round(112 * (1 - step / 8) ** 0.7)) for step in range(8)]
    return tuple(swells)


def _parted(notes: Sequence[Note]) -> tuple[Note, ...]:
    """In order, no two notes of one pitch at once: the earlier one gives way."""
    last: dict[int, int] = {}
    parted: list[Note] = []
    for note in sorted(notes, key=lambda one: (one.tick, one.pitch)):
        at = last.get(note.pitch)
        if at is not None:
            before = parted[at]
            if before.tick == note.tick:
                continue
            if before.tick + before.ticks > note.tick:
                parted[at] = replace(before, ticks=note.tick - before.tick)
        last[note.pitch] = len(parted)
        parted.append(note)
    return tuple(parted)
