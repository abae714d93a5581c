"""Who plays in each mood, how fast, and how full it may get: the orchestration as data.

Programs are General MIDI's numbers from 0. A layer enters when the phrase's intensity reaches `enters`.
"""

from dataclasses import dataclass

from aiprod.media.score.form import COMMON_TIME, COMPOUND_TIME, Meter

RHYTHMS_IN_EIGHTHS = {
    "calm": ((4, 4), (3, 1, 4), (6, 2), (2, 2, 4)),
    "wonder": ((3, 3), (2, 1, 3), (1, 1, 1, 3), (3, 2, 1)),
    "epic": ((3, 1, 4), (3, 1, 2, 2), (4, 2, 2), (2, 2, 3, 1)),
    "tense": ((1, 1, 2, 4), (2, 2, 4), (3, 3, 2)),
    "playful": ((1, 1, 2, 1, 1, 2), (2, 1, 1, 4), (3, 1, 2, 2), (1, 1, 1, 1, 4)),
    "sad": ((2, 2, 4), (4, 3, 1), (3, 1, 4)),
    "mystery": ((3, 3, 2), (4, 1, 1, 2), (2, 1, 1, 4)),
    "hopeful": ((2, 2, 2, 2), (3, 1, 2, 2), (1, 1, 2, 4), (2, 4, 2)),
}
"""Rhythms of one bar from which a mood's motif takes its own."""

LEAPS_IN_STEPS = {
    "calm": (2, 3, -2), "wonder": (4, 5, 3), "epic": (4, 3, 7), "tense": (-1, 3, -3), "playful": (2, -2, 4),
    "sad": (5, -3, -4), "mystery": (-3, 3, 5), "hopeful": (3, 4, 2),
}  # fmt: skip
"""The one wide interval that makes a mood's motif its own, in steps of the scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One player or section: what it plays is named by `pattern` (accompaniment.py), or is the melody ("lead")."""

    name: str
    pattern: str
    program: int
    volume: int
    pan: int
    enters: float = 0.0
    loudness: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """A mood's sound: tempo in quarters a minute, the highest intensity it reaches, its players."""

    meter: Meter
    slowest_bpm: int
    fastest_bpm: int
    ceiling: float
    layers: tuple[Layer, ...]


def _layer(name: str, pattern: str, program: int, volume: int, pan: int, enters: float, loudness: float) -> Layer:
    return Layer(name=name, pattern=pattern, program=program, volume=volume, pan=pan, enters=enters, loudness=loudness)


PALETTES: dict[str, Palette] = {
    "calm": Palette(
        meter=COMMON_TIME, slowest_bpm=62, fastest_bpm=80, ceiling=0.62,
        layers=(
            _layer("warm pad", "held", 89, 62, 64, 0.0, 0.75),
            _layer("piano", "broken", 0, 88, 54, 0.0, 0.7),
            _layer("slow strings", "held", 49, 70, 72, 0.34, 0.7),
            _layer("cello", "long bass", 42, 76, 76, 0.28, 0.7),
            _layer("flute", "lead", 73, 80, 58, 0.0, 0.75),
            _layer("harp", "sparkle", 46, 74, 40, 0.45, 0.65),
        ),
    ),
    "wonder": Palette(
        meter=COMPOUND_TIME, slowest_bpm=72, fastest_bpm=92, ceiling=0.9,
        layers=(
            _layer("choir", "held", 52, 58, 64, 0.4, 0.75),
            _layer("strings", "held", 48, 74, 70, 0.0, 0.7),
            _layer("harp", "rolling", 46, 84, 46, 0.0, 0.75),
            _layer("basses", "long bass", 43, 82, 78, 0.3, 0.8),
            _layer("celesta", "sparkle", 8, 84, 84, 0.25, 0.8),
            _layer("flute", "lead", 73, 84, 56, 0.0, 0.8),
            _layer("horns", "double", 60, 74, 44, 0.7, 0.8),
            _layer("timpani", "timpani", 47, 70, 66, 0.72, 0.7),
            _layer("cymbals", "cymbals", 0, 60, 64, 0.6, 0.55),
        ),
    ),
    "epic": Palette(
        meter=COMMON_TIME, slowest_bpm=80, fastest_bpm=102, ceiling=1.0,
        layers=(
            _layer("strings", "held", 48, 78, 60, 0.0, 0.8),
            _layer("spiccato", "drive", 48, 84, 82, 0.38, 0.8),
            _layer("basses", "driven bass", 43, 92, 78, 0.3, 0.85),
            _layer("low horns", "held", 60, 66, 44, 0.55, 0.8),
            _layer("choir", "held", 52, 66, 64, 0.7, 0.85),
            _layer("horn", "lead", 60, 92, 48, 0.0, 0.9),
            _layer("trumpets", "double", 61, 66, 80, 0.75, 0.8),
            _layer("taiko", "taiko", 116, 88, 64, 0.45, 0.9),
            _layer("timpani", "timpani", 47, 84, 66, 0.6, 0.85),
            _layer("cymbals", "cymbals", 0, 72, 64, 0.6, 0.65),
        ),
    ),
    "tense": Palette(
        meter=COMMON_TIME, slowest_bpm=84, fastest_bpm=106, ceiling=0.92,
        layers=(
            _layer("tremolo strings", "held", 44, 70, 66, 0.0, 0.75),
            _layer("low pulse", "driven bass", 43, 92, 76, 0.0, 0.75),
            _layer("pizzicato", "drive", 45, 84, 46, 0.35, 0.75),
            _layer("dark pad", "held", 89, 58, 64, 0.2, 0.7),
            _layer("cello", "lead", 42, 86, 72, 0.0, 0.8),
            _layer("low brass", "held", 57, 56, 50, 0.72, 0.75),
            _layer("heart", "heartbeat", 116, 78, 64, 0.3, 0.75),
            _layer("timpani", "timpani", 47, 72, 66, 0.65, 0.8),
        ),
    ),
    "playful": Palette(
        meter=COMMON_TIME, slowest_bpm=100, fastest_bpm=124, ceiling=0.82,
        layers=(
            _layer("pizzicato", "offbeat", 45, 84, 44, 0.0, 0.75),
            _layer("bass", "bouncing bass", 32, 84, 64, 0.0, 0.75),
            _layer("marimba", "broken", 12, 76, 84, 0.4, 0.7),
            _layer("clarinet", "lead", 71, 84, 54, 0.0, 0.8),
            _layer("glockenspiel", "double", 9, 62, 76, 0.6, 0.6),
            _layer("strings", "held", 48, 52, 70, 0.55, 0.6),
            _layer("brushes", "shaker", 0, 62, 64, 0.35, 0.6),
        ),
    ),
    "sad": Palette(
        meter=COMMON_TIME, slowest_bpm=56, fastest_bpm=72, ceiling=0.66,
        layers=(
            _layer("piano", "broken", 0, 90, 58, 0.0, 0.7),
            _layer("slow strings", "held", 49, 76, 70, 0.2, 0.75),
            _layer("cello", "long bass", 42, 80, 76, 0.3, 0.75),
            _layer("oboe", "lead", 68, 78, 52, 0.0, 0.75),
            _layer("violins", "double", 40, 56, 44, 0.5, 0.65),
        ),
    ),
    "mystery": Palette(
        meter=COMMON_TIME, slowest_bpm=68, fastest_bpm=88, ceiling=0.72,
        layers=(
            _layer("bowed pad", "held", 92, 60, 64, 0.0, 0.75),
            _layer("tremolo strings", "held", 44, 52, 72, 0.35, 0.65),
            _layer("vibraphone", "broken", 11, 78, 46, 0.0, 0.65),
            _layer("basses", "long bass", 43, 86, 76, 0.0, 0.75),
            _layer("celesta", "sparkle", 8, 80, 86, 0.25, 0.7),
            _layer("clarinet", "lead", 71, 78, 56, 0.0, 0.7),
            _layer("heart", "heartbeat", 116, 62, 64, 0.45, 0.65),
        ),
    ),
    "hopeful": Palette(
        meter=COMMON_TIME, slowest_bpm=82, fastest_bpm=104, ceiling=0.88,
        layers=(
            _layer("guitar", "rolling", 25, 76, 46, 0.0, 0.7),
            _layer("piano", "offbeat", 0, 70, 80, 0.4, 0.65),
            _layer("strings", "held", 48, 72, 68, 0.3, 0.75),
            _layer("bass", "pulsing bass", 33, 80, 64, 0.32, 0.75),
            _layer("piano song", "lead", 0, 90, 60, 0.0, 0.8),
            _layer("horns", "double", 60, 62, 44, 0.7, 0.75),
            _layer("glockenspiel", "sparkle", 9, 58, 84, 0.6, 0.55),
            _layer("kit", "light kit", 0, 66, 64, 0.5, 0.65),
        ),
    ),
}  # fmt: skip
"""Every mood's palette."""
