"""How near two recordings' voices are: a network's vector of each, and the angle between them.

Knows the voice encoder's network and what it listens to, in numpy; knows neither words nor whose voice it is.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from aiprod.errors import InvalidInput, WeightsBroken
from aiprod.models.registry import Registry
from aiprod.models.resident import Resident
from aiprod.models.tts.mel_bands import mel_bands
from aiprod.models.weights.safetensors import read_arrays
from aiprod.ports import Samples

MODEL = "voice-encoder"
RATE_HZ = 16_000
WINDOW, HOP = 400, 160
MELS = 40
HIDDEN = 256
LAYERS = 3
PART_FRAMES = 160
STEP_FRAMES = 77
"""A vector is the mean of those of parts of 1.6 s, 1.3 parts a second. Source: Resemblyzer 0.1.4, embed_utterance."""
LEAST_COVERAGE = 0.75
LOUDNESS_DBFS = -30.0
_QUIET = 0.1
"""Of the loud frames' level: what is softer is no voice."""

Floats = npt.NDArray[np.float32]


class Likeness:
    """Compares voices. The network is read at its first use and kept."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._resident: Resident[Mapping[str, Floats]] = Resident()

    def check(self) -> None:
        """Raises: WeightsMissing, WeightsBroken, LicenceRefused."""
        self._registry.check(MODEL)

    def compare(self, one: Samples, other: Samples) -> float:
        """From 0, nothing alike, to 1, the same voice. Sounds: mono, 16 kHz. Raises: InvalidInput (no voice in it)."""
        return float(np.dot(self.vector(one), self.vector(other)))

    def vector(self, samples: Samples) -> Floats:
        """What the network hears of the voice: 256 numbers, their length 1."""
        voiced = _voiced(samples)
        if len(voiced) < WINDOW * 4:
            raise InvalidInput("recording", expected="somebody who speaks", found="next to no voice")
        parts = _parts(voiced)
        vectors = self._run(parts)
        mean = vectors.mean(axis=0)
        unit: Floats = mean / np.linalg.norm(mean)
        return unit

    def _run(self, parts: Floats) -> Floats:
        """Shapes: parts (n, frames, 40), answer (n, 256), each of length 1."""
        weights = self._weights
        sequence = parts
        for layer in range(LAYERS):
            sequence = _lstm(sequence, [weights[f"lstm.{kind}_l{layer}"] for kind in ("weight_ih", "weight_hh")],
                             weights[f"lstm.bias_ih_l{layer}"] + weights[f"lstm.bias_hh_l{layer}"])  # fmt: skip
        raw = np.maximum(sequence[:, -1] @ weights["linear.weight"].T + weights["linear.bias"], 0)
        unit: Floats = raw / np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-9)
        return unit

    @property
    def _weights(self) -> Mapping[str, Floats]:
        return self._resident.get(self._registry.model(MODEL).label, self._opened)

    def _opened(self) -> Mapping[str, Floats]:
        (path,) = self._registry.weights(MODEL)
        arrays, _ = read_arrays(path)
        expected = {"linear.weight": (HIDDEN, HIDDEN), "linear.bias": (HIDDEN,)}
        for layer in range(LAYERS):
            expected |= {
                f"lstm.weight_ih_l{layer}": (4 * HIDDEN, HIDDEN if layer else MELS),
                f"lstm.weight_hh_l{layer}": (4 * HIDDEN, HIDDEN),
                f"lstm.bias_ih_l{layer}": (4 * HIDDEN,), f"lstm.bias_hh_l{layer}": (4 * HIDDEN,),
            }  # fmt: skip
        found = {name: array.shape for name, array in arrays.items()}
        if found != expected:
            odd = min(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
            raise WeightsBroken(
                f"{path.name}: expected {odd} of shape {expected.get(odd)}, found {found.get(odd)}; fetch the model again."
            )
        return {name: array.astype(np.float32) for name, array in arrays.items()}


def _lstm(sequence: Floats, weights: list[Floats], bias: Floats) -> Floats:
    """A recurrent layer; gates in torch's order (input, forget, cell, output). Shapes: (n, frames, in) to (n, frames, 256)."""
    inwards, again = weights
    driven = sequence @ inwards.T + bias
    hidden = np.zeros((len(sequence), HIDDEN), dtype=np.float32)
    cell = np.zeros_like(hidden)
    heard = np.empty((*sequence.shape[:2], HIDDEN), dtype=np.float32)
    for frame in range(sequence.shape[1]):
        gates = driven[:, frame] + hidden @ again.T
        let_in, forget, fresh, out = np.split(gates, 4, axis=1)
        cell = _sigmoid(forget) * cell + _sigmoid(let_in) * np.tanh(fresh)
        hidden = _sigmoid(out) * np.tanh(cell)
        heard[:, frame] = hidden
    return heard


def _sigmoid(values: Floats) -> Floats:
    squashed: Floats = 0.5 * (np.tanh(0.5 * values) + 1)
    return squashed


def _voiced(samples: Samples) -> Samples:
    """The sound at the loudness that the network knows, without what is much softer than its voice."""
    sound = samples.astype(np.float32)
    frames = sound[: len(sound) // HOP * HOP].reshape(-1, HOP)
    levels = np.sqrt(np.mean(frames**2, axis=1))
    loud = float(np.percentile(levels, 90)) if len(levels) else 0.0
    if loud <= 0:
        return np.zeros(0, dtype=np.float32)
    # A sixth of a second around a loud frame belongs to the word.
    kept = np.convolve(levels > loud * _QUIET, np.ones(17), mode="same") > 0
    voiced = frames[kept].ravel()
    level = float(np.sqrt(np.mean(voiced**2)))
    gained: Samples = voiced * np.float32(max(1.0, 10 ** (LOUDNESS_DBFS / 20) / level))
    return gained


def _parts(sound: Samples) -> Floats:
    """Spectra of overlapping parts. Shape: (n, 160, 40)."""
    count = int(np.ceil((len(sound) + 1) / HOP))
    starts = list(range(0, max(1, count - PART_FRAMES + STEP_FRAMES + 1), STEP_FRAMES))
    covered = (len(sound) - starts[-1] * HOP) / (PART_FRAMES * HOP)
    if covered < LEAST_COVERAGE and len(starts) > 1:
        starts.pop()
    end = (starts[-1] + PART_FRAMES) * HOP
    mel = _mel(np.pad(sound, (0, max(0, end - len(sound)))))
    return np.stack([mel[start : start + PART_FRAMES] for start in starts])


def _mel(sound: Samples) -> Floats:
    """Power in 40 bands of pitch as the ear parts it, 100 frames a second."""
    padded = np.pad(sound, WINDOW // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    mel: Floats = (power @ mel_bands(RATE_HZ, WINDOW, MELS).T).astype(np.float32)
    return mel
