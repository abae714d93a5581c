"""What players read: notes in ticks, and parts with an instrument, a place on the stage and swells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note of a part: MIDI pitch and velocity, times in ticks."""

    tick: int
    ticks: int
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One player. `program` is General MIDI's (0 to 127), `volume` and `pan` are MIDI controls (64 is the middle);
    `swells` are (tick, expression). `drums` plays the percussion map instead of a program."""

    name: str
    program: int
    volume: int
    pan: int
    notes: tuple[Note, ...]
    swells: tuple[tuple[int, int], ...] = ()
    drums: bool = False
