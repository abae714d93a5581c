"""Whisper through openai-whisper and torch, with weights converted from the same network.

Knows the library; loading the weights is `aiprod.models.weights`' business.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from aiprod.errors import EngineMissing, InvalidInput
from aiprod.models.registry import Registry
from aiprod.models.resident import Resident
from aiprod.ports import Samples
from aiprod.speech.hearing import heard_words, is_imagined
from aiprod.speech.tokens import Boundaries, spans_of_words
from aiprod.story import Word

if TYPE_CHECKING:
    from whisper.model import Whisper

MODEL = "whisper-base-openai"
FILE = "base.safetensors"
RATE_HZ = 16_000
FRAMES_A_SECOND = 1000
MOST_TOKENS = 400


class OpenAIWhisper:
    """Hears words, and finds when known words are said. The network is loaded at first use and kept."""

    name = "openai-whisper"

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._resident: Resident[Whisper] = Resident()

    def check(self) -> None:
        """Raises: EngineMissing, WeightsMissing, WeightsBroken."""
        from importlib.util import find_spec

        for package in ("whisper", "torch"):
            if find_spec(package) is None:
                raise EngineMissing(
                    f"Expected {package} to hear speech with openai-whisper, found none: "
                    "run `pip install openai-whisper`."
                )
        self._registry.path(MODEL, FILE)

    def transcribe(self, samples: Samples, *, language: str) -> tuple[str, tuple[Word, ...]]:
        """Language heard ("" given: guessed) and the words with their times; always the same for the same sound."""
        heard = self._model.transcribe(
            _writable(samples), language=language or None, temperature=0.0, fp16=False, condition_on_previous_text=False,
            word_timestamps=True, verbose=None,
        )  # fmt: skip
        parts = [
            (str(word["word"]), float(word["start"]), float(word["end"]))
            for segment in heard["segments"]
            if not is_imagined(segment["no_speech_prob"], segment["avg_logprob"], segment["compression_ratio"])
            for word in segment["words"]
        ]
        return language or str(heard["language"]), heard_words(parts, samples, RATE_HZ)

    def time_words(
        self, samples: Samples, words: Sequence[str], *, language: str
    ) -> tuple[tuple[Fraction, Fraction], ...]:
        """Start and end of each known word in at most 30 s of sound. Raises: InvalidInput (too many words for that)."""
        from whisper.audio import N_FRAMES, N_SAMPLES, log_mel_spectrogram, pad_or_trim
        from whisper.timing import find_alignment
        from whisper.tokenizer import get_tokenizer

        tokenizer = get_tokenizer(self._model.is_multilingual, language=language, task="transcribe")
        spans = spans_of_words(words, tokenizer.encode)
        tokens = [token for span in spans for token in span.tokens]
        if len(tokens) > MOST_TOKENS:
            raise InvalidInput("narration", expected=f"at most {MOST_TOKENS} tokens in 30 s", found=f"{len(tokens)}")
        mel = pad_or_trim(log_mel_spectrogram(_writable(samples), padding=N_SAMPLES), N_FRAMES)
        frames = min(len(samples) // 160, N_FRAMES)
        found = find_alignment(self._model, tokenizer, tokens, mel, frames)
        starts: list[int] = []
        for timing in found:
            # The library groups tokens into its own words: those inside of a group share its time evenly.
            for index in range(len(timing.tokens)):
                share = (timing.end - timing.start) * index / len(timing.tokens)
                starts.append(round((timing.start + share) * FRAMES_A_SECOND))
        starts.append(round(found[-1].end * FRAMES_A_SECOND))
        return Boundaries(spans=spans, frames_a_second=FRAMES_A_SECOND).times(starts)

    @property
    def _model(self) -> "Whisper":
        return self._resident.get(self._registry.model(MODEL).label, self._opened)

    def _opened(self) -> "Whisper":
        self.check()
        from aiprod.models.weights.whisper_loading import load_openai_whisper

        return load_openai_whisper(self._registry.path(MODEL, FILE))


def _writable(samples: Samples) -> Samples:
    """The samples in memory that torch may hold: what is read from a file cannot be written to."""
    return np.require(samples, dtype=np.float32, requirements="W")
