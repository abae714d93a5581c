"""The sound of each scene's place, laid along the film and crossfaded at the cuts.

Knows which kind fits a place, and how stretches meet; soundscapes.py makes the sound, mix.py ducks it under the voice.
"""

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from aiprod.errors import InvalidInput, Misuse
from aiprod.media.loudness import SILENCE_LUFS, integrated_lufs
from aiprod.media.soundscapes import SOUNDSCAPES
from aiprod.ports import Samples
from aiprod.units import SOUND_RATE_HZ, seconds_to_samples_nearest

AMBIENCE_KINDS = tuple(SOUNDSCAPES)

CROSSFADE_SAMPLES = SOUND_RATE_HZ
"""How long two neighbouring stretches are heard together, half before the cut and half after it."""

_TAKE_SAMPLES = 20 * SOUND_RATE_HZ
_SETTLED_SECONDS = Fraction(4)

# The first row with a word found in the place (or the weather, or the time of day) decides.
_WEATHERS = (("storm", ("storm", "thunder", "hurricane", "tempest")), ("rain", ("rain", "drizzle", "monsoon")))
_PLACES = (
    ("underwater", ("underwater", "reef", "seabed", "abyss", "aquarium")),
    ("space", ("space", "planet", "moonscape", "orbit", "galaxy", "nebula", "moon", "cosmos", "star", "blackhole", "black hole")),
    ("fire", ("volcano", "lava", "fire", "battlefield", "forge", "magma")),
    ("sea", ("sea", "ocean", "beach", "coast", "harbour", "harbor", "island", "wave")),
    ("crowd", ("market", "crowd", "stadium", "theatre", "theater", "station", "restaurant", "festival")),
    ("city", ("city", "street", "town", "traffic", "highway", "skyline", "factory")),
    ("forest", ("forest", "jungle", "wood", "garden", "park", "village", "farm", "meadow", "bamboo", "lake", "river")),
    ("wind", ("desert", "mountain", "snow", "sky", "cloud", "ruin", "plain", "tundra", "ice", "polar", "cave", "cliff", "canyon")),
    ("room", ("interior", "room", "laboratory", "office", "library", "kitchen", "museum", "house", "map", "stage")),
)
_LIVING_PLACES = ("savanna", "savannah", "steppe", "field", "grassland", "swamp", "marsh")
_NIGHTS = ("night", "midnight", "dusk", "evening")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One kind of ambience between two samples of the film; "" is none."""

    kind: str
    start_sample: int
    end_sample: int


def ambience_kind(archetype_or_place: str, weather: str, time_of_day: str) -> str:
    """The kind of ambience for a place, its weather and its time of day; "room" for a place that is not known."""
    place, sky, hour = archetype_or_place.lower(), weather.lower(), time_of_day.lower()
    outside = _kind_of(place, _PLACES)
    if outside not in ("space", "underwater", "room"):
        for kind, words in _WEATHERS:
            if any(word in told for word in words for told in (sky, hour, place)):
                return kind
        if not outside and any(word in sky for word in ("wind", "snow", "dust")):
            return "wind"
    dark = any(word in hour or word in place for word in _NIGHTS)
    if any(word in place for word in _LIVING_PLACES):
        return "night" if dark else "forest"
    if outside == "forest" and dark:
        return "night"
    return outside or "room"


def ambience(kind: str, seconds: Fraction, seed: int) -> Samples:
    """A stretch of ambience at its level. Shapes: (n, 2) at 48 kHz. Raises: InvalidInput for an unknown kind."""
    return _take(kind, seconds_to_samples_nearest(seconds, SOUND_RATE_HZ), seed)


def lay_ambience(stretches: Sequence[Stretch], samples: int, seed: int) -> Iterator[Samples]:
    """The ambience of a whole film, a piece at a time, `samples` samples in all.

    Neighbours of the same kind are one sound. A long stretch is made of takes that differ and overlap, so nothing is
    heard twice and little is held in memory.
    """
    joined = _joined(stretches, samples)
    half = CROSSFADE_SAMPLES // 2
    waiting = np.zeros((0, 2), dtype=np.float32)
    done = 0
    for number, stretch in enumerate(joined):
        begin = stretch.start_sample - (half if number else 0)
        end = min(samples, stretch.end_sample + (half if number + 1 < len(joined) else 0))
        for start, take in _takes(stretch.kind, begin, end, number, seed):
            if start > done:
                ready = np.zeros((start - done, 2), dtype=np.float32)
                known = min(len(waiting), len(ready))
                ready[:known] = waiting[:known]
                waiting = waiting[known:]
                done = start
                yield ready
            length = max(len(waiting), len(take) + start - done)
            waiting = np.pad(waiting, ((0, length - len(waiting)), (0, 0)))
            waiting[start - done : start - done + len(take)] += take
    yield waiting[: samples - done]
    done += min(len(waiting), samples - done)
    while done < samples:
        count = min(_TAKE_SAMPLES, samples - done)
        yield np.zeros((count, 2), dtype=np.float32)
        done += count


def _kind_of(place: str, rows: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    return next((kind for kind, words in rows if any(word in place for word in words)), "")


def _joined(stretches: Sequence[Stretch], samples: int) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: one.start_sample):
        if stretch.kind and stretch.kind not in SOUNDSCAPES:
            raise InvalidInput("ambience", expected=f"one of {', '.join(AMBIENCE_KINDS)}", found=stretch.kind)
        if not 0 <= stretch.start_sample < stretch.end_sample <= samples:
            found = f"{stretch.start_sample} to {stretch.end_sample}"
            raise Misuse(f"Expected a stretch of ambience inside samples 0 to {samples}, found {found}.")
        last = joined[-1] if joined else None
        if last is not None and last.kind == stretch.kind and last.end_sample == stretch.start_sample:
            joined[-1] = Stretch(kind=last.kind, start_sample=last.start_sample, end_sample=stretch.end_sample)
        else:
            joined.append(stretch)
    return joined


def _takes(kind: str, begin: int, end: int, number: int, seed: int) -> Iterator[tuple[int, Samples]]:
    """The takes that fill a stretch, each with its first sample; edges fade at equal power."""
    if not kind:
        return
    start, index = begin, 0
    while start < end:
        # A last take shorter than its own fades would be heard as a puff: the one before it is stretched instead.
        last = end - start <= _TAKE_SAMPLES + 3 * CROSSFADE_SAMPLES
        count = end - start if last else _TAKE_SAMPLES
        take = _take(kind, count, zlib.crc32(f"{seed}/{number}/{index}/{kind}".encode()))
        fade = min(CROSSFADE_SAMPLES, count // 2)
        ramp = np.sin((np.arange(fade) + 0.5) / fade * math.pi / 2).astype(np.float32)[:, None]
        take[:fade] *= ramp
        take[len(take) - fade :] *= ramp[::-1]
        yield start, take
        if last:
            return
        start, index = start + count - fade, index + 1


def _take(kind: str, count: int, seed: int) -> Samples:
    if kind not in SOUNDSCAPES:
        raise InvalidInput("ambience", expected=f"one of {', '.join(AMBIENCE_KINDS)}", found=kind)
    make, level_lufs = SOUNDSCAPES[kind]
    # A short take may fall on a lull or on one loud bird: its level is set on a longer one.
    whole = make(max(count, seconds_to_samples_nearest(_SETTLED_SECONDS, SOUND_RATE_HZ)), np.random.default_rng(seed))
    heard = integrated_lufs(whole)
    gain = 10 ** ((level_lufs - heard) / 20) if heard > SILENCE_LUFS else 1.0
    levelled: Samples = (whole[:count] * gain).astype(np.float32)
    return levelled
