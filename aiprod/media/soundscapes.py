"""How each kind of ambience is synthesised from noise and short events.

Every function takes a number of samples (48 kHz) and a random generator, and returns stereo of no particular level;
ambience.py sets it. Knows no film.
"""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from aiprod.ports import Samples
from aiprod.units import SOUND_RATE_HZ

Line = npt.NDArray[np.float32]
Soundscape = Callable[[int, np.random.Generator], Samples]


def layered(first: Samples, *others: Samples) -> Samples:
    """The sum of sounds of one length; the first is stereo."""
    total = np.array(first, dtype=np.float32)
    for other in others:
        total += other
    return total


# --- materials ---------------------------------------------------------------------------------------------------


def coloured(count: int, rng: np.random.Generator, low_hz: float, high_hz: float, tilt_db: float = -3.0) -> Samples:
    """Stereo noise between two frequencies, falling by `tilt_db` an octave (-3 is pink); soft edges."""
    size = _fast_length(count)
    frequencies = np.fft.rfftfreq(size, 1 / SOUND_RATE_HZ)[1:]
    gain = (frequencies / 1000.0) ** (tilt_db / 6.02)
    gain /= np.sqrt(1 + (low_hz / frequencies) ** 6) * np.sqrt(1 + (frequencies / high_hz) ** 6)
    spectrum = np.zeros((size // 2 + 1, 2), dtype=np.complex64)
    random = rng.standard_normal((len(frequencies), 4), dtype=np.float32)
    spectrum[1:, 0] = gain * (random[:, 0] + 1j * random[:, 1])
    # the two sides share a third of their sound: wide, and still one place
    spectrum[1:, 1] = 0.55 * spectrum[1:, 0] + 0.835 * gain * (random[:, 2] + 1j * random[:, 3])
    return _unit(np.fft.irfft(spectrum, size, axis=0)[:count].astype(np.float32))


def drifting(count: int, rng: np.random.Generator, every_seconds: float, low: float, high: float) -> Line:
    """A value that wanders smoothly between two levels, with a new aim about every so many seconds."""
    knots = max(4, math.ceil(count / SOUND_RATE_HZ / every_seconds) + 4)
    aims = rng.uniform(low, high, knots)
    position = np.arange(0, count, 64) / (SOUND_RATE_HZ * every_seconds)
    index = np.floor(position).astype(int)
    part = position - index
    eased = part * part * (3 - 2 * part)
    coarse = aims[index] * (1 - eased) + aims[index + 1] * eased
    line: Line = np.interp(np.arange(count), np.arange(0, count, 64), coarse).astype(np.float32)
    return line


def scatter(
    count: int, rng: np.random.Generator, per_second: float, event: Callable[[np.random.Generator], Line]
) -> Samples:
    """Events at random moments, loudness and places between left and right."""
    sound = np.zeros((count, 2), dtype=np.float32)
    for start in np.sort(rng.uniform(0, count, rng.poisson(per_second * count / SOUND_RATE_HZ))).astype(int):
        line = event(rng)[: count - start]
        side = rng.uniform(0.15, 0.85)
        level = rng.uniform(0.25, 1.0)
        sound[start : start + len(line), 0] += line * level * math.cos(side * math.pi / 2)
        sound[start : start + len(line), 1] += line * level * math.sin(side * math.pi / 2)
    return sound


def _unit(sound: Samples) -> Samples:
    scaled: Samples = sound / max(1e-9, float(np.sqrt(np.mean(np.square(sound)))))
    return scaled


def _fast_length(count: int) -> int:
    step = 1 << max(0, count.bit_length() - 5)
    return -(-count // step) * step


def _hump(count: int) -> Line:
    hump: Line = np.hanning(count + 2)[1:-1].astype(np.float32)
    return hump


def _seconds(seconds: float) -> npt.NDArray[np.float64]:
    return np.arange(int(seconds * SOUND_RATE_HZ)) / SOUND_RATE_HZ


def _distant(sound: Samples, rng: np.random.Generator, seconds: float = 1.2) -> Samples:
    """The sound in the open, or in a hall: with a diffuse tail."""
    length = int(seconds * SOUND_RATE_HZ)
    tail = rng.standard_normal((length, 2)) * np.exp(-6.9 * np.arange(length) / length)[:, None]
    tail /= np.sqrt(np.square(tail).sum(axis=0))
    size = _fast_length(len(sound) + length)
    wet = np.fft.irfft(np.fft.rfft(sound, size, axis=0) * np.fft.rfft(tail, size, axis=0), size, axis=0)
    mixed: Samples = (0.7 * sound + 0.5 * wet[: len(sound)]).astype(np.float32)
    return mixed


# --- events ------------------------------------------------------------------------------------------------------


def _bird(rng: np.random.Generator) -> Line:
    """A phrase of a few whistled syllables, each a glide with its own vibrato."""
    base = rng.uniform(2300, 4600)
    syllables = []
    for _ in range(rng.integers(2, 6)):
        time = _seconds(rng.uniform(0.05, 0.16))
        vibrato = 0.03 * np.sin(2 * np.pi * rng.uniform(18, 34) * time)
        glide = base * (1 + rng.uniform(-0.18, 0.18) * time / time[-1] + vibrato)
        phase = 2 * np.pi * np.cumsum(glide) / SOUND_RATE_HZ
        syllables.append((np.sin(phase) + 0.12 * np.sin(2 * phase)) * _hump(len(time)))
        syllables.append(np.zeros(int(rng.uniform(0.03, 0.11) * SOUND_RATE_HZ)))
    return np.concatenate(syllables).astype(np.float32)


def _cricket(rng: np.random.Generator) -> Line:
    """A train of very short pulses on one high note."""
    pitch = rng.uniform(3900, 4700)
    pulse = np.sin(2 * np.pi * pitch * _seconds(0.016)) * _hump(int(0.016 * SOUND_RATE_HZ))
    train = np.zeros(int(0.028 * SOUND_RATE_HZ) * int(rng.integers(3, 5)))
    for start in range(0, len(train) - len(pulse), int(0.028 * SOUND_RATE_HZ)):
        train[start : start + len(pulse)] += pulse
    call = np.concatenate((train, np.zeros(int(0.22 * SOUND_RATE_HZ)))).astype(np.float32)
    return np.tile(call, int(rng.integers(4, 14)))


def _crackle(rng: np.random.Generator) -> Line:
    time = _seconds(rng.uniform(0.002, 0.014))
    return (rng.standard_normal(len(time)) * np.exp(-time * rng.uniform(300, 900))).astype(np.float32)


def _drop(rng: np.random.Generator) -> Line:
    time = _seconds(0.025)
    pitch = rng.uniform(1800, 5200)
    return (np.sin(2 * np.pi * pitch * time * (1 + 6 * time)) * np.exp(-time * 220)).astype(np.float32)


def _bubble(rng: np.random.Generator) -> Line:
    time = _seconds(rng.uniform(0.04, 0.11))
    pitch = rng.uniform(260, 700)
    return (np.sin(2 * np.pi * pitch * time * (1 + 4 * time)) * _hump(len(time))).astype(np.float32)


def _passing_car(rng: np.random.Generator) -> Line:
    count = int(rng.uniform(3.0, 6.0) * SOUND_RATE_HZ)
    return (coloured(count, rng, 90, 900, -4.0)[:, 0] * _hump(count) ** 2).astype(np.float32)


def _thunder(rng: np.random.Generator) -> Line:
    count = int(rng.uniform(3.0, 5.5) * SOUND_RATE_HZ)
    time = np.arange(count) / SOUND_RATE_HZ
    roll = coloured(count, rng, 28, 190, -5.0)[:, 0] * drifting(count, rng, 0.25, 0.2, 1.0)
    return (roll * np.minimum(1, time / 0.12) * np.exp(-time / 1.5)).astype(np.float32)


def _murmur(rng: np.random.Generator) -> Line:
    """Somebody's unintelligible syllables: a buzzing voice through two moving resonances, as heard across a room."""
    count = int(rng.uniform(0.7, 2.2) * SOUND_RATE_HZ)
    pitch = rng.uniform(95, 215) * drifting(count, rng, 0.3, 0.92, 1.12)
    phase = np.cumsum(pitch) / SOUND_RATE_HZ
    opening = drifting(count, rng, 0.14, 0.0, 1.0) ** 2
    voice = np.zeros(count)
    first, second = drifting(count, rng, 0.17, 320, 720), drifting(count, rng, 0.19, 900, 1700)
    for harmonic in range(1, 13):
        tone = harmonic * pitch
        level = np.exp(-(((tone - first) / 160) ** 2)) + 0.4 * np.exp(-(((tone - second) / 240) ** 2))
        voice += level * np.sin(2 * np.pi * harmonic * phase)
    return (voice * opening * _hump(count)).astype(np.float32)


# --- places ------------------------------------------------------------------------------------------------------


def wind(count: int, rng: np.random.Generator) -> Samples:
    """Gusts: a low body and a whistling band that rise together."""
    gust = drifting(count, rng, 1.9, 0.15, 1.0)[:, None]
    body = coloured(count, rng, 80, 420, -4.5) * (0.45 + 0.8 * gust)
    whistle = coloured(count, rng, 480, 1100, -2.0) * gust**2
    return layered(body, 0.35 * whistle, 0.05 * coloured(count, rng, 1500, 5000, -4.0) * gust)


def rain(count: int, rng: np.random.Generator) -> Samples:
    """A steady hiss, a darker wash, and single drops near by."""
    hiss = coloured(count, rng, 900, 9000, -2.5) * drifting(count, rng, 2.5, 0.75, 1.0)[:, None]
    return layered(hiss, 0.7 * coloured(count, rng, 150, 900, -3.0), 1.6 * scatter(count, rng, 26, _drop))


def forest(count: int, rng: np.random.Generator) -> Samples:
    """Leaves in a light breeze, birds near and far."""
    leaves = coloured(count, rng, 1200, 7000, -4.0) * drifting(count, rng, 2.2, 0.2, 0.8)[:, None]
    birds = _distant(scatter(count, rng, 0.75, _bird), rng)
    return layered(0.4 * leaves, 0.14 * coloured(count, rng, 120, 600, -4.0), 2.6 * birds)


def sea(count: int, rng: np.random.Generator) -> Samples:
    """Waves that come in every six or seven seconds, break with foam and draw back."""
    time = np.arange(count) / SOUND_RATE_HZ
    beat = np.cumsum(2 * np.pi / drifting(count, rng, 5.0, 5.6, 7.6)) / SOUND_RATE_HZ + rng.uniform(0, 2 * np.pi)
    swell = ((0.5 + 0.5 * np.sin(beat)) ** 2.4).astype(np.float32)[:, None]
    foam = ((0.5 + 0.5 * np.sin(beat - 0.75)) ** 4).astype(np.float32)[:, None]
    slow = (0.85 + 0.15 * np.sin(2 * np.pi * time / 11)).astype(np.float32)[:, None]
    body = coloured(count, rng, 70, 700, -4.0) * (0.25 + swell) * slow
    return layered(body, 0.8 * coloured(count, rng, 900, 7500, -3.0) * (0.06 + foam))


def underwater(count: int, rng: np.random.Generator) -> Samples:
    """A muffled weight that sways, and bubbles."""
    weight = coloured(count, rng, 60, 300, -4.5) * drifting(count, rng, 2.6, 0.55, 1.0)[:, None]
    bubbles = _distant(scatter(count, rng, 2.2, _bubble), rng, 0.6)
    return layered(weight, 0.2 * coloured(count, rng, 300, 900, -6.0), 1.4 * bubbles)


def city(count: int, rng: np.random.Generator) -> Samples:
    """A far hum of traffic and a car now and then."""
    hum = coloured(count, rng, 80, 420, -4.5) * drifting(count, rng, 3.0, 0.8, 1.0)[:, None]
    return layered(hum, 0.25 * coloured(count, rng, 600, 3500, -5.0), 0.9 * scatter(count, rng, 0.28, _passing_car))


def night(count: int, rng: np.random.Generator) -> Samples:
    """Crickets over a quiet dark."""
    air = coloured(count, rng, 80, 500, -4.5) * drifting(count, rng, 3.0, 0.6, 1.0)[:, None]
    return layered(0.6 * air, 0.75 * _distant(scatter(count, rng, 0.9, _cricket), rng, 0.8))


def fire(count: int, rng: np.random.Generator) -> Samples:
    """A breathing rumble and crackling."""
    rumble = coloured(count, rng, 30, 240, -4.0) * drifting(count, rng, 0.8, 0.5, 1.0)[:, None]
    flames = coloured(count, rng, 300, 2600, -4.5) * drifting(count, rng, 0.35, 0.25, 0.8)[:, None]
    return layered(rumble, 0.4 * flames, 2.2 * scatter(count, rng, 11, _crackle))


def space(count: int, rng: np.random.Generator) -> Samples:
    """A drone of slow beating partials and a breath of noise: no sound is heard in space, but silence is not wonder."""
    time = np.arange(count) / SOUND_RATE_HZ
    root = 55.0 * 2 ** (rng.integers(0, 5) / 12)
    drone = np.zeros((count, 2), dtype=np.float32)
    for ratio, level in ((1, 1.0), (1.5, 0.55), (2, 0.5), (3, 0.28), (4.02, 0.12), (6, 0.06)):
        swell = drifting(count, rng, 3.4, 0.25, 1.0)
        for side in (0, 1):
            detune = 1 + rng.uniform(-0.0016, 0.0016)
            drone[:, side] += level * swell * np.sin(2 * np.pi * root * ratio * detune * time + rng.uniform(0, 6.28))
    return layered(drone, 0.25 * coloured(count, rng, 200, 2200, -6.0) * drifting(count, rng, 4.0, 0.3, 1.0)[:, None])


def room(count: int, rng: np.random.Generator) -> Samples:
    """The tone of a quiet room: air and a trace of mains hum."""
    time = np.arange(count) / SOUND_RATE_HZ
    hum = (0.05 * np.sin(2 * np.pi * 100 * time) + 0.02 * np.sin(2 * np.pi * 200 * time)).astype(np.float32)
    return layered(coloured(count, rng, 70, 1800, -5.0), hum[:, None])


def crowd(count: int, rng: np.random.Generator) -> Samples:
    """Many voices that say nothing, in a large room."""
    voices = _distant(scatter(count, rng, 9.0, _murmur), rng, 0.9)
    return layered(voices, 0.12 * coloured(count, rng, 150, 1500, -4.0))


def storm(count: int, rng: np.random.Generator) -> Samples:
    """Strong wind, hard rain and thunder that rolls away."""
    thunder = _distant(scatter(count, rng, 0.16, _thunder), rng, 2.0)
    return layered(0.8 * wind(count, rng), 0.5 * rain(count, rng), 1.6 * thunder)


SOUNDSCAPES: dict[str, tuple[Soundscape, float]] = {
    "wind": (wind, -34.0),
    "rain": (rain, -34.0),
    "forest": (forest, -34.0),
    "sea": (sea, -32.0),
    "underwater": (underwater, -34.0),
    "city": (city, -34.0),
    "night": (night, -36.0),
    "fire": (fire, -32.0),
    "space": (space, -35.0),
    "room": (room, -38.0),
    "crowd": (crowd, -34.0),
    "storm": (storm, -31.0),
}
"""Each kind with its maker and its level in LUFS where nothing else is heard."""
