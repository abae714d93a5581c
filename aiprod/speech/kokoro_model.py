"""The Kokoro network: phonemes and a voice's style in, sound and how long each phoneme lasts out.

Knows the ONNX graph and its alphabet; nothing of words, languages or files' origins.
"""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aiprod.errors import EngineMissing, InvalidInput, WeightsBroken
from aiprod.ports import Samples

if TYPE_CHECKING:
    import onnxruntime

RATE_HZ = 24_000
MAX_PHONEMES = 510
"""The network reads at most this many at once."""

THREADS = 2
"""Fixed: another number of threads adds in another order, and the sound would differ in its last bits."""

_DURATIONS_TENSOR = "/encoder/Clip_output_0"
_INT64 = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedPhoneme:
    """A phoneme letter and the samples it lasts, [start, end)."""

    symbol: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Sound of one pass through the network and its phonemes, pauses and spaces among them."""

    samples: Samples
    phonemes: tuple[TimedPhoneme, ...]


class KokoroModel:
    """A loaded network and its voices. Safe to use from several threads."""

    def __init__(self, weights: Path, voices: Path) -> None:
        self._session = _open(weights)
        try:
            self._voices = np.load(voices, allow_pickle=False)
        except (ValueError, OSError) as error:
            raise WeightsBroken(
                f"Expected Kokoro's voices in {voices.name}, found something else: "
                "run `aiprod models fetch kokoro-voices`."
            ) from error
        self._numbers = _alphabet()
        self._lock = threading.Lock()

    def has_voice(self, voice: str) -> bool:
        """Whether the voices' file has it."""
        return voice in self._voices.files

    def say(self, phonemes: str, *, voice: str, speed: float) -> Utterance:
        """Speak phonemes; letters outside the alphabet are left out. Raises: InvalidInput (none, or too many)."""
        known = "".join(symbol for symbol in phonemes if symbol in self._numbers)
        if not 0 < len(known) <= MAX_PHONEMES:
            raise InvalidInput("speech", expected=f"1 to {MAX_PHONEMES} phonemes", found=f"{len(known)}")
        with self._lock:
            styles: npt.NDArray[np.float32] = self._voices[voice]
        samples, durations = self._session.run(
            ["audio", "duration"],
            {
                "tokens": np.array([[0, *(self._numbers[symbol] for symbol in known), 0]], dtype=np.int64),
                "style": styles[len(known) - 1],
                "speed": np.array([speed], dtype=np.float32),
            },
        )
        samples = np.asarray(samples, dtype=np.float32).ravel()
        frames = np.concatenate([[0], np.cumsum(np.asarray(durations).ravel())])
        edges = np.round(frames * (len(samples) / frames[-1])).astype(int)
        return Utterance(
            samples=samples,
            phonemes=tuple(
                TimedPhoneme(symbol=symbol, start=int(edges[index + 1]), end=int(edges[index + 2]))
                for index, symbol in enumerate(known)
            ),
        )


def _alphabet() -> dict[str, int]:
    """The network's letters and their numbers."""
    try:
        from kokoro_onnx.config import DEFAULT_VOCAB
    except ImportError as error:
        raise EngineMissing("Expected kokoro-onnx, found none: run `pip install kokoro-onnx`.") from error
    return dict(DEFAULT_VOCAB)


def _open(weights: Path) -> "onnxruntime.InferenceSession":
    try:
        import onnxruntime
        from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf
    except ImportError as error:
        raise EngineMissing("Expected onnxruntime to run Kokoro, found none: run `pip install kokoro-onnx`.") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            weights.read_bytes() + _durations_output(), options, providers=["CPUExecutionProvider"]
        )
    except (Fail, InvalidGraph, InvalidProtobuf) as error:
        raise WeightsBroken(
            f"Expected Kokoro's network in {weights.name}, found what onnxruntime cannot read: "
            "run `aiprod models fetch kokoro`."
        ) from error


def _durations_output() -> bytes:
    """Bytes that, put after the model's own, give its graph one more output: each phoneme's frames.

    A protobuf message read after another adds to its lists, so nothing of the published file is rewritten: a Cast
    node on the tensor of durations, and the declaration of its output.
    """
    to_int64 = _part(1, b"to") + bytes([3 << 3, _INT64]) + b"\xa0\x01\x02"
    cast = (
        _part(1, _DURATIONS_TENSOR.encode()) + _part(2, b"duration") + _part(3, b"duration_cast") + _part(4, b"Cast")
        + _part(5, to_int64)
    )  # fmt: skip
    output = _part(1, b"duration") + _part(2, _part(1, bytes([1 << 3, _INT64])))
    return _part(7, _part(1, cast) + _part(12, output))


def _part(field: int, content: bytes) -> bytes:
    """A length-delimited protobuf field, shorter than 16 KiB."""
    length = len(content)
    size = bytes([length]) if length < 128 else bytes([length & 127 | 128, length >> 7])
    return bytes([field << 3 | 2]) + size + content
