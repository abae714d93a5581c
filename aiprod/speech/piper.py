"""Piper's voice "joe": English, the fallback where Kokoro's weights are not here.

Knows the voice's network and its alphabet of espeak-ng's IPA. The network is run directly: piper-tts, whose licence is
the GPL, is not needed.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from aiprod.errors import InvalidInput, NotFound, WeightsBroken
from aiprod.models.registry import Registry
from aiprod.ports import Speech
from aiprod.speech.packages import installed, require
from aiprod.speech.passages import TimedPhoneme, Utterance, join, plan_passages
from aiprod.speech.phonemes import ipa_phonemes
from aiprod.speech.spoken import lasting_seconds, said_text, spoken_words
from aiprod.speech.timed_graphs import ExtraOutput, open_timed

REVISION = 3
MODEL = "piper-joe"
NETWORK = "en_US-joe-medium.onnx"
DESCRIPTION = "en_US-joe-medium.onnx.json"
VOICE = "joe"
LETTERS_A_SECOND = 17.8
PACKAGES = ("onnxruntime", "phonemizer", "kokoro-onnx")

_SEED = 20
_LOUDEST = 0.9
_HOP_SAMPLES = 256
_DURATIONS = ExtraOutput(tensor="/Ceil_output_0", name="/Ceil_output_0", cast=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Description:
    """What the voice's JSON says: its rate, its letters' numbers, and how lively it speaks."""

    rate_hz: int
    numbers: Mapping[str, tuple[int, ...]]
    noise: float
    pace: float
    noise_of_pace: float


class PiperVoice:
    """Speaks English with Piper's joe."""

    name = "piper"

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @property
    def version(self) -> str:
        """Everything the sound depends on besides text, voice and speed."""
        weights = self._registry.model(MODEL).version
        libraries = [f"{name} {installed(name)}" for name in (*PACKAGES, "num2words")]
        return ", ".join([f"{MODEL} {weights}", f"revision {REVISION}", *libraries])

    def voices(self, language: str) -> tuple[str, ...]:
        """The voices of a language, the best first. Raises: NotFound."""
        if language != "en":
            raise NotFound(f"Piper speaks en, and not {language!r}.")
        return (VOICE,)

    def check(self, language: str) -> None:
        """Raises: NotFound, EngineMissing, WeightsMissing, WeightsBroken, when it cannot speak that language here."""
        self.voices(language)
        require(PACKAGES, "Piper")
        for file in (NETWORK, DESCRIPTION):
            self._registry.path(MODEL, file)

    def resolve(self, voice: str, language: str) -> str:
        """The voice's full name. Raises: NotFound."""
        names = self.voices(language)
        if voice.strip().lower() in ("", *names):
            return names[0]
        raise NotFound(f"Piper's voices for {language} are {', '.join(names)}; found {voice!r}.")

    def estimate_seconds(self, text: str, language: str) -> float:
        """About how long the text lasts at speed 1."""
        return lasting_seconds(said_text(text, language), LETTERS_A_SECOND)

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        """Say the text; every written word has its time. Raises: InvalidInput (nothing to say), and those of `check`
        and `resolve`."""
        self.resolve(voice, language)
        self.check(language)
        passages = plan_passages(spoken_words(text, language), partial(ipa_phonemes, accent="en"))
        rate = self._description.rate_hz
        return join(passages, partial(self._say, speed=speed), rate, speed)

    def _say(self, phonemes: str, *, speed: float) -> Utterance:
        import onnxruntime

        described = self._description
        letters = [one for one in unicodedata.normalize("NFD", phonemes) if one in described.numbers]
        if not letters:
            raise InvalidInput("speech", expected="phonemes", found="none")
        pad = described.numbers["_"]
        numbers: list[int] = []
        owners: list[int] = []
        for index, letter in enumerate(["^", *letters, "$"]):
            own = [*described.numbers[letter], *(pad if letter != "$" else ())]
            numbers += own
            owners += [index] * len(own)
        # The network draws noise as it speaks: the same seed before it is opened makes the same sound each time.
        onnxruntime.set_seed(_SEED)
        session = open_timed(self._registry.path(MODEL, NETWORK), _DURATIONS, MODEL)
        sound, frames = session.run(
            ["output", _DURATIONS.name],
            {
                "input": np.array([numbers], dtype=np.int64),
                "input_lengths": np.array([len(numbers)], dtype=np.int64),
                "scales": np.array([described.noise, described.pace / speed, described.noise_of_pace], np.float32),
            },
        )
        samples = np.asarray(sound, dtype=np.float32).ravel()
        samples = samples * np.float32(_LOUDEST / max(float(np.max(np.abs(samples))), 1e-6))
        edges = np.concatenate([[0], np.cumsum(np.asarray(frames).ravel())]) * _HOP_SAMPLES
        places = np.searchsorted(owners, np.arange(len(letters) + 3))
        timed = tuple(
            TimedPhoneme(symbol=letter, start=int(edges[places[index + 1]]), end=int(edges[places[index + 2]]))
            for index, letter in enumerate(letters)
        )
        return Utterance(samples=samples, phonemes=timed)

    @property
    def _description(self) -> _Description:
        path = self._registry.path(MODEL, DESCRIPTION)
        return _read(path)


def _read(path: Path) -> _Description:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _Description(
            rate_hz=int(content["audio"]["sample_rate"]),
            numbers={letter: tuple(numbers) for letter, numbers in content["phoneme_id_map"].items()},
            noise=float(content["inference"]["noise_scale"]),
            pace=float(content["inference"]["length_scale"]),
            noise_of_pace=float(content["inference"]["noise_w"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WeightsBroken(
            f"Expected a Piper voice's description in {path.name}, found something else: "
            f"run `aiprod models fetch {MODEL}`."
        ) from error
