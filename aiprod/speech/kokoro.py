"""Kokoro: the default voice, in English, French, Spanish, Italian and Portuguese; German with a foreign accent.

Knows which voices there are and what they need; how a text is cut and its words placed is `passages.py`'s business.
"""

from functools import partial

from aiprod.errors import InvalidInput, NotFound
from aiprod.models.registry import Registry
from aiprod.models.resident import Resident
from aiprod.models.tts.devices import check_device
from aiprod.models.tts.kokoro import TorchKokoro
from aiprod.ports import Speech
from aiprod.speech.kokoro_model import RATE_HZ, KokoroModel, OnnxKokoro
from aiprod.speech.packages import installed, require
from aiprod.speech.passages import join, plan_passages
from aiprod.speech.phonemes import kokoro_phonemes
from aiprod.speech.spoken import lasting_seconds, said_text, spoken_words

REVISION = 3
"""Counts what changes the sound on our side: the letters, the cutting, the pauses."""

VOICES = {
    "en": (
        "af_heart", "af_bella", "am_michael", "bf_emma", "am_fenrir", "am_puck", "bm_george", "af_nicole", "af_aoede",
        "af_kore", "af_sarah", "bf_isabella", "bm_fable", "af_alloy", "af_nova", "bf_alice", "bf_lily", "bm_lewis",
        "bm_daniel", "af_sky", "af_jessica", "af_river", "am_adam", "am_echo", "am_eric", "am_liam", "am_onyx",
        "am_santa",
    ),
    "fr": ("ff_siwis",),
    "es": ("ef_dora", "em_alex", "em_santa"),
    "it": ("if_sara", "im_nicola"),
    "pt": ("pf_dora", "pm_alex", "pm_santa"),
    "de": ("im_nicola", "if_sara", "ff_siwis"),
}  # fmt: skip
"""A language's voices, the best first (the first letter is the language each was recorded in)."""

ACCENTED = ("de",)
"""Languages spoken with the accent of another, because no voice was recorded in them."""

TORCH_PACKAGES = ("torch", "transformers")

PACKAGES = ("onnxruntime", "kokoro-onnx", "phonemizer", "espeakng-loader")

SLOWEST, FASTEST = 0.5, 2.0

LETTERS_A_SECOND = {"en": 16.8, "fr": 18.4, "es": 17.0, "it": 17.8, "pt": 17.8, "de": 16.0}
"""Letters and spaces of spoken text that the best voice says in a second at speed 1, pauses among them."""


class KokoroVoice:
    """Speaks with Kokoro. The network is loaded at the first word said and kept."""

    name = "kokoro"

    def __init__(self, registry: Registry, device: str = "") -> None:
        """`device` "" runs the published 8-bit network on the processors; cpu or cuda run it in torch there."""
        self._registry = registry
        self._device = device
        self._resident: Resident[KokoroModel] = Resident()

    @property
    def version(self) -> str:
        """Everything the sound depends on besides text, voice and speed."""
        weights, voices = self._versions
        network = f"kokoro int8 {weights}, voices {voices}" + (f" in torch on {self._device}" if self._device else "")
        names = (*PACKAGES, "num2words", *(TORCH_PACKAGES if self._device else ()))
        libraries = [f"{name} {installed(name)}" for name in names]
        return ", ".join([network, f"revision {REVISION}", *libraries])

    def voices(self, language: str) -> tuple[str, ...]:
        """The voices of a language, the best first. Raises: NotFound."""
        if language not in VOICES:
            raise NotFound(f"Kokoro speaks {', '.join(VOICES)}, and not {language!r}.")
        return VOICES[language]

    def check(self, language: str) -> None:
        """Raises: NotFound, EngineMissing, WeightsMissing, WeightsBroken, when it cannot speak that language here."""
        self.voices(language)
        require(PACKAGES, "Kokoro")
        if self._device:
            check_device(self._device)
        self._registry.path(*self._weights)
        self._registry.path("kokoro-voices", "voices-v1.0.bin")

    def resolve(self, voice: str, language: str) -> str:
        """The voice's full name: "" is the language's best, "siwis" is ff_siwis. Raises: NotFound."""
        names = self.voices(language)
        if not voice:
            return names[0]
        wanted = voice.strip().lower()
        for name in names:
            if wanted in (name, name.split("_", 1)[1]):
                return name
        raise NotFound(f"Kokoro's voices for {language} are {', '.join(names)}; found {voice!r}.")

    def estimate_seconds(self, text: str, language: str) -> float:
        """About how long the text lasts at speed 1. Raises: NotFound."""
        self.voices(language)
        return lasting_seconds(said_text(text, language), LETTERS_A_SECOND[language])

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        """Say the text; every written word has its time. Raises: InvalidInput (nothing to say), NotFound, and those of
        `check`."""
        name = self.resolve(voice, language)
        if not SLOWEST <= speed <= FASTEST:
            raise InvalidInput("narration", expected=f"a speed of {SLOWEST} to {FASTEST}", found=f"{speed}")
        accent = "en-gb" if language == "en" and name.startswith("b") else language
        passages = plan_passages(spoken_words(text, language), partial(kokoro_phonemes, accent=accent))
        return join(passages, partial(self._model.say, voice=name, speed=speed), RATE_HZ, speed)

    @property
    def _weights(self) -> tuple[str, str]:
        """The model and the file of the network that runs here."""
        return ("kokoro-torch", "kokoro.safetensors") if self._device else ("kokoro", "kokoro-v1.0.int8.onnx")

    @property
    def _versions(self) -> tuple[str, str]:
        """Of the network and of its voices."""
        return self._registry.model(self._weights[0]).version, self._registry.model("kokoro-voices").version

    @property
    def _model(self) -> KokoroModel:
        return self._resident.get(" ".join(self._versions), self._opened)

    def _opened(self) -> KokoroModel:
        weights = self._registry.path(*self._weights)
        network = TorchKokoro(weights, self._device) if self._device else OnnxKokoro(weights)
        return KokoroModel(network, self._registry.path("kokoro-voices", "voices-v1.0.bin"))
