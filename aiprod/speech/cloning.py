"""Speaking in voices that people lent, and in no other, by whatever network imitates them.

Knows which voices may be used, how a text is cut, and that what comes to no end is said again; each network's own file beside this
one says which languages and models it has. The networks give no times of words (an aligner finds them) and take no pace, so that
the sound is stretched here.
"""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import numpy as np

from aiprod.cloned_voices import ClonedVoice, ClonedVoices
from aiprod.errors import InvalidInput, NotFound, StageFailed
from aiprod.media.probe import read_samples
from aiprod.media.tempo import change_tempo
from aiprod.models.registry import Registry
from aiprod.models.resident import Resident
from aiprod.models.tts.devices import check_device
from aiprod.models.tts.utterance import Utterance
from aiprod.ports import Samples, Speech
from aiprod.speech.packages import installed, require
from aiprod.speech.passages import middle_pause, torn
from aiprod.speech.spoken import SpokenWord, lasting_seconds, said_text, sentences, spoken_words

RATE_HZ = 24_000
PACKAGES = ("torch", "transformers")
LETTERS_A_SECOND = 15.0
"""Letters and spaces of spoken text that a narrator says in a second; each lent voice has its own pace."""
PASS_LETTERS = 280
"""About how much is said in one pass: longer ones lose their way."""
PAUSE_SECONDS = 0.25
MOST_TRIES = 3

Shown = TypeVar("Shown")


class Imitator(Protocol[Shown]):
    """Networks that are shown how somebody speaks, and speak so, at 24 kHz."""

    def listen(self, sample: Samples, said: str) -> Shown: ...

    def say(self, utterance: Utterance, shown: Shown) -> Samples | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[Shown]):
    """A kind of network: its engine's name, how people call it, which models of it speak which languages, the best first, and
    how one is opened (the model's name, the device). `revision` grows when the same weights would sound otherwise."""

    name: str
    title: str
    revision: int
    models: dict[str, tuple[str, ...]]
    open: Callable[[Registry, str, str], Imitator[Shown]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the settings ask for: a device ("": the processors), a model ("": a kind's first), and whether a job speaks
    `elsewhere`, so that this machine need not be able to."""

    device: str = ""
    model: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened(Generic[Shown]):
    """The networks, and what they were shown of each voice."""

    network: Imitator[Shown]
    shown: dict[str, Shown] = field(default_factory=dict)


class CloningVoice(Generic[Shown]):
    """Speaks as somebody who consented. The networks are loaded at the first word said and kept."""

    def __init__(self, kind: Kind[Shown], registry: Registry, lent: ClonedVoices, asked: Asked) -> None:
        self._kind = kind
        self._registry = registry
        self._lent = lent
        self._device = asked.device or "cpu"
        self._model = asked.model if asked.model in kind.models else next(iter(kind.models))
        self._elsewhere = asked.elsewhere
        self._resident: Resident[_Opened[Shown]] = Resident()

    @property
    def name(self) -> str:
        return self._kind.name

    @property
    def version(self) -> str:
        """Everything the sound depends on besides text, voice and speed."""
        weights = self._registry.model(self._model)
        libraries = [f"{name} {installed(name)}" for name in PACKAGES]
        return ", ".join([f"{weights.label} on {self._device}", f"revision {self._kind.revision}", *libraries])

    def voices(self, language: str) -> tuple[str, ...]:
        """None: a lent voice speaks where it is asked for by name. Raises: NotFound."""
        self._check_language(language)
        return ()

    def check(self, language: str) -> None:
        """Raises: NotFound, EngineMissing, WeightsMissing, WeightsBroken, LicenceRefused, when it cannot speak here."""
        self._check_language(language)
        self._registry.check_licence(self._model)
        if self._elsewhere:
            return
        require(PACKAGES, self._kind.title)
        self._registry.check(self._model)
        check_device(self._device)

    def resolve(self, voice: str, language: str) -> str:
        """The voice's full name. Raises: NotFound (no such voice was lent), NotAllowed (its consent was withdrawn)."""
        self._check_language(language)
        if not voice:
            raise NotFound(f"{self._kind.title} speaks only in a voice that was lent and is asked for by its name.")
        return self._lent.get(voice).full_name

    def estimate_seconds(self, text: str, language: str) -> float:
        """About how long the text lasts at speed 1. Raises: NotFound."""
        self._check_language(language)
        return lasting_seconds(said_text(text, language), LETTERS_A_SECOND)

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        """Say the text, without the times of words.

        Raises: InvalidInput (nothing to say), NotFound, NotAllowed (the voice's consent was withdrawn), StageFailed (it came
        to no end), and those of `check`.
        """
        lent = self._lent.get(voice)
        self.check(language)
        parts = _parts(text, language)
        if not parts:
            raise InvalidInput("narration", expected="words to say", found=repr(text[:60]))
        opened = self._opened()
        shown = self._listened(lent, opened)
        pause = np.zeros(round(PAUSE_SECONDS * RATE_HZ), dtype=np.float32)
        said: list[Samples] = []
        for part in parts:
            said += [pause] * bool(said)
            said.append(self._said(part, language, lent.full_name, shown, opened.network))
        return Speech(samples=change_tempo(np.concatenate(said), RATE_HZ, speed), rate_hz=RATE_HZ)

    def _said(self, part: str, language: str, voice: str, shown: Shown, network: Imitator[Shown]) -> Samples:
        for attempt in range(MOST_TRIES):
            seed = int(hashlib.sha256(f"{voice}\n{part}\n{attempt}".encode()).hexdigest()[:12], 16)
            most = 4.0 + 3 * lasting_seconds(part, LETTERS_A_SECOND)
            samples = network.say(Utterance(text=part, language=language, seed=seed, most_seconds=most), shown)
            if samples is not None:
                return samples
        raise StageFailed(f"The voice {voice} spoke without an end, {MOST_TRIES} times: change {part[:60]!r}.")

    def _listened(self, lent: ClonedVoice, opened: _Opened[Shown]) -> Shown:
        if lent.full_name not in opened.shown:
            with tempfile.TemporaryDirectory(prefix="aiprod-voice-") as folder:
                sample = read_samples(self._lent.fetch_sample(lent, Path(folder)), RATE_HZ)
            opened.shown[lent.full_name] = opened.network.listen(sample, lent.said)
        return opened.shown[lent.full_name]

    def _opened(self) -> _Opened[Shown]:
        def opened() -> _Opened[Shown]:
            return _Opened(network=self._kind.open(self._registry, self._model, self._device))

        return self._resident.get(self._registry.model(self._model).label, opened)

    def _check_language(self, language: str) -> None:
        known = self._kind.models[self._model]
        if language not in known:
            raise NotFound(f"{self._kind.title} ({self._model}) is used for {', '.join(known)}, and not for {language!r}.")


def _parts(text: str, language: str) -> list[str]:
    """Whole sentences together, up to PASS_LETTERS; a longer sentence cut at its pauses."""
    parts: list[str] = []
    for sentence in sentences(spoken_words(text, language)):
        for said in _breaths(sentence):
            if parts and len(parts[-1]) + len(said) < PASS_LETTERS:
                parts[-1] += f" {said}"
            else:
                parts.append(said)
    return parts


def _breaths(words: tuple[SpokenWord, ...]) -> list[str]:
    """What is said in one pass each."""
    said = " ".join(word.spoken for word in words)
    if len(said) <= PASS_LETTERS * 3 // 2:
        return [said]
    words = words if len(words) > 1 else torn(words[0])
    cut = middle_pause(words)
    return [*_breaths(words[:cut]), *_breaths(words[cut:])]
