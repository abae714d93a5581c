"""The Kokoro network: phonemes and a voice's style in, sound and how long each phoneme lasts out.

Knows the network's inputs and its alphabet; nothing of words, languages or files' origins.
"""

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from aiprod.errors import EngineMissing, InvalidInput, WeightsBroken
from aiprod.ports import Samples
from aiprod.speech.passages import TimedPhoneme, Utterance
from aiprod.speech.timed_graphs import ExtraOutput, open_timed

RATE_HZ = 24_000
MAX_PHONEMES = 510
"""The network reads at most this many at once."""

_DURATIONS = ExtraOutput(tensor="/encoder/Clip_output_0", name="duration", cast=True)


class Network(Protocol):
    """The network itself, wherever it runs. Safe to use from several threads."""

    def run(self, tokens: Sequence[int], style: Samples, speed: float) -> tuple[Samples, Sequence[int]]:
        """Samples, and how many equal parts of them each token lasts."""


class OnnxKokoro:
    """The network as published, of 8-bit numbers, on the processors."""

    def __init__(self, weights: Path) -> None:
        """Raises: EngineMissing, WeightsBroken."""
        self._session = open_timed(weights, _DURATIONS, "kokoro")

    def run(self, tokens: Sequence[int], style: Samples, speed: float) -> tuple[Samples, Sequence[int]]:
        """Implements Network."""
        sound, durations = self._session.run(
            ["audio", _DURATIONS.name],
            {
                "tokens": np.array([tokens], dtype=np.int64),
                "style": style,
                "speed": np.array([speed], dtype=np.float32),
            },
        )
        return np.asarray(sound, dtype=np.float32).ravel(), [int(one) for one in np.asarray(durations).ravel()]


class KokoroModel:
    """A loaded network and its voices. Safe to use from several threads."""

    def __init__(self, network: Network, voices: Path) -> None:
        self._network = network
        self._voices = _styles(voices)
        self._numbers = _alphabet()

    def say(self, phonemes: str, *, voice: str, speed: float) -> Utterance:
        """Speak phonemes; letters outside the alphabet are left out. Raises: InvalidInput (none, or too many)."""
        known = "".join(symbol for symbol in phonemes if symbol in self._numbers)
        if not 0 < len(known) <= MAX_PHONEMES:
            raise InvalidInput("speech", expected=f"1 to {MAX_PHONEMES} phonemes", found=f"{len(known)}")
        styles = self._voices[voice]
        tokens = [0, *(self._numbers[symbol] for symbol in known), 0]
        samples, durations = self._network.run(tokens, styles[len(known) - 1], speed)
        frames = np.concatenate([[0], np.cumsum(durations)])
        edges = np.round(frames * (len(samples) / frames[-1])).astype(int)
        timed = tuple(
            TimedPhoneme(symbol=symbol, start=int(edges[index + 1]), end=int(edges[index + 2]))
            for index, symbol in enumerate(known)
        )
        return Utterance(samples=samples, phonemes=timed)


def _styles(voices: Path) -> dict[str, npt.NDArray[np.float32]]:
    """Every voice's styles, (phonemes, 1, 256) each: 28 MB in all, so that no file stays open for a voice not used yet."""
    try:
        with voices.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (ValueError, OSError, EOFError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error) as error:
        raise WeightsBroken(
            f"Expected Kokoro's voices in {voices.name}, found something else: run `aiprod models fetch kokoro-voices`."
        ) from error


def _alphabet() -> dict[str, int]:
    """The network's letters and their numbers."""
    try:
        from kokoro_onnx.config import DEFAULT_VOCAB
    except ImportError as error:
        raise EngineMissing("Expected kokoro-onnx, found none: run `pip install kokoro-onnx`.") from error
    return dict(DEFAULT_VOCAB)
