"""Kokoro: the default voice, in English, French, Spanish, Italian and Portuguese; German with a foreign accent.

Knows which voices there are, how a long text is cut, and how the network's phoneme times become word times.
"""

from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from aiprod.errors import EngineMissing, InvalidInput, NotFound
from aiprod.models.registry import Registry
from aiprod.ports import Samples, Speech
from aiprod.speech.kokoro_model import RATE_HZ, KokoroModel, TimedPhoneme, Utterance
from aiprod.speech.phoneme_matching import words_of_phonemes
from aiprod.speech.phonemes import PAUSES, phonemize
from aiprod.speech.spoken import SpokenWord, sentences, spoken_words
from aiprod.story import Phoneme, Word
from aiprod.units import samples_to_seconds

REVISION = 1
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
    "de": ("af_heart", "am_michael"),
}  # fmt: skip
"""A language's voices, the best first (the first letter is the language each was recorded in)."""

ACCENTED = ("de",)
"""Languages spoken with the accent of another, because no voice was recorded in them."""

LETTERS_A_SECOND = {"en": 15.0, "fr": 15.0, "es": 15.0, "it": 15.0, "pt": 15.0, "de": 15.0}
"""Letters and spaces of spoken text said in a second at speed 1."""

PASS_PHONEMES = 220
"""About how much is said in one pass: long enough for a melody, well under where the network begins to hurry."""

LEAD_SAMPLES = RATE_HZ * 30 // 1000
TAIL_SAMPLES = RATE_HZ * 120 // 1000
PAUSE_SAMPLES = RATE_HZ * 260 // 1000
FADE_SAMPLES = RATE_HZ * 5 // 1000
AUDIBLE = 0.004
"""Loudest sample of silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """Words said in one pass, with each word's own phonemes and those of the whole."""

    words: tuple[SpokenWord, ...]
    own: tuple[str, ...]
    phonemes: str


class KokoroVoice:
    """Speaks with Kokoro. The network is loaded at the first word said and kept."""

    name = "kokoro"

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @cached_property
    def version(self) -> str:
        """Everything the sound depends on besides text, voice and speed."""
        weights = self._registry.manifest.model("kokoro").version
        libraries = [
            f"{name} {_installed(name)}" for name in ("onnxruntime", "phonemizer", "espeakng-loader", "num2words")
        ]
        return ", ".join([f"kokoro int8 {weights}", f"revision {REVISION}", *libraries])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it speaks."""
        return tuple(VOICES)

    def voices(self, language: str) -> tuple[str, ...]:
        """The voices of a language, the best first. Raises: NotFound."""
        if language not in VOICES:
            raise NotFound(f"Kokoro speaks {', '.join(VOICES)}, and not {language!r}.")
        return VOICES[language]

    def check(self, language: str) -> None:
        """Raises: NotFound, EngineMissing, WeightsMissing, WeightsBroken, when it cannot speak that language here."""
        self.voices(language)
        for package in ("onnxruntime", "kokoro-onnx", "phonemizer", "espeakng-loader"):
            if not _installed(package):
                raise EngineMissing(f"Expected {package} for Kokoro, found none: run `pip install kokoro-onnx`.")
        self._registry.path("kokoro", "kokoro-v1.0.int8.onnx")
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
        """About how long the text lasts at speed 1."""
        said = " ".join(word.spoken for word in spoken_words(text, language))
        return len(said) / LETTERS_A_SECOND.get(language, 15.0) + 0.2

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        """Say the text; every written word has its time. Raises: InvalidInput (nothing to say), NotFound, and those of
        `check`."""
        name = self.resolve(voice, language)
        words = spoken_words(text, language)
        if not words:
            raise InvalidInput("narration", expected="words to say", found=repr(text[:60]))
        accent = "en-gb" if language == "en" and name.startswith("b") else language
        parts: list[Samples] = []
        said: list[Word] = []
        phonemes: list[Phoneme] = []
        offset = 0
        for index, passage in enumerate(_passages(words, accent)):
            if index:
                pause = np.zeros(round(PAUSE_SAMPLES / speed), dtype=np.float32)
                parts.append(pause)
                offset += len(pause)
            utterance = _trim(self._model.say(passage.phonemes, voice=name, speed=speed))
            said += _word_times(passage, utterance, offset)
            phonemes += _phonemes(utterance.phonemes, offset)
            parts.append(utterance.samples)
            offset += len(utterance.samples)
        return Speech(samples=np.concatenate(parts), rate_hz=RATE_HZ, words=tuple(said), phonemes=tuple(phonemes))

    @cached_property
    def _model(self) -> KokoroModel:
        return KokoroModel(
            self._registry.path("kokoro", "kokoro-v1.0.int8.onnx"),
            self._registry.path("kokoro-voices", "voices-v1.0.bin"),
        )


def _installed(package: str) -> str:
    """Its version, or "" where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _passages(words: tuple[SpokenWord, ...], accent: str) -> list[_Passage]:
    """The words in passes: whole sentences together up to PASS_PHONEMES, a longer sentence cut at its pauses."""
    runs = list(sentences(words))
    lengths = [len(said) for said in phonemize([_text(run) for run in runs], accent)]
    together: list[list[SpokenWord]] = []
    length = 0
    for run, count in zip(runs, lengths, strict=True):
        if together and length + count <= PASS_PHONEMES:
            together[-1].extend(run)
            length += count + 1
        else:
            together.append(list(run))
            length = count
    passages: list[_Passage] = []
    for group in together:
        passages.extend(_cut(tuple(group), accent))
    return passages


def _cut(words: tuple[SpokenWord, ...], accent: str) -> list[_Passage]:
    """One passage, or several where its phonemes are too many for one pass: cut near the middle, at a pause if any."""
    own = phonemize([word.spoken for word in words], accent)
    phonemes = phonemize([_text(words)], accent)[0]
    if len(phonemes) <= PASS_PHONEMES * 3 // 2 or len(words) == 1:
        return [_Passage(words=words, own=tuple(own), phonemes=phonemes)]
    middle = len(words) / 2
    near = sorted(range(1, len(words)), key=lambda place: abs(place - middle))
    at_pause = [place for place in near if words[place - 1].spoken[-1:] in PAUSES]
    cut = next((place for place in at_pause if abs(place - middle) < len(words) * 0.35), near[0])
    return [*_cut(words[:cut], accent), *_cut(words[cut:], accent)]


def _text(words: tuple[SpokenWord, ...]) -> str:
    return " ".join(word.spoken for word in words)


def _trim(utterance: Utterance) -> Utterance:
    """Without the silence at both ends, but for a short lead and tail that fade."""
    samples = utterance.samples
    loud = np.flatnonzero(np.abs(samples) > AUDIBLE)
    if not len(loud):
        return utterance
    first = max(0, int(loud[0]) - LEAD_SAMPLES)
    last = min(len(samples), int(loud[-1]) + TAIL_SAMPLES)
    kept = samples[first:last].copy()
    ramp = np.linspace(0.0, 1.0, min(FADE_SAMPLES, len(kept)), dtype=np.float32)
    kept[: len(ramp)] *= ramp
    kept[-len(ramp) :] *= ramp[::-1]
    return Utterance(
        samples=kept,
        phonemes=tuple(
            TimedPhoneme(
                symbol=one.symbol,
                start=min(max(one.start - first, 0), len(kept)),
                end=min(max(one.end - first, 0), len(kept)),
            )
            for one in utterance.phonemes
        ),
    )


def _word_times(passage: _Passage, utterance: Utterance, offset: int) -> list[Word]:
    """Each written word with the time of its phonemes; a word that lost all its phonemes takes the gap it stands in."""
    timed = utterance.phonemes
    stretches = words_of_phonemes(passage.own, "".join(one.symbol for one in timed))
    words: list[Word] = []
    for word, (first, last) in zip(passage.words, stretches, strict=True):
        if first == last:
            start = timed[first - 1].end if first else timed[0].start
            end = timed[first].start if first < len(timed) else start
        else:
            start, end = timed[first].start, timed[last - 1].end
        words.append(
            Word(
                text=word.written,
                start=samples_to_seconds(offset + start, RATE_HZ),
                end=samples_to_seconds(offset + max(start, end), RATE_HZ),
            )
        )
    return words


def _phonemes(timed: tuple[TimedPhoneme, ...], offset: int) -> list[Phoneme]:
    """The sounds among the network's letters; spaces, pauses and stress marks are not heard."""
    return [
        Phoneme(
            symbol=one.symbol,
            start=samples_to_seconds(offset + one.start, RATE_HZ),
            end=samples_to_seconds(offset + one.end, RATE_HZ),
        )
        for one in timed
        if one.symbol.isalpha() and one.symbol not in "ˈˌː" and one.end > one.start
    ]
