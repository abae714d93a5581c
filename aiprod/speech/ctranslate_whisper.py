"""Whisper through faster-whisper and CTranslate2, in 8 bits: the default ear.

Knows the library; how a long recording is cut and how times are settled is `alignment.py`'s business.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from aiprod.errors import EngineMissing, InvalidInput, WeightsBroken
from aiprod.models.registry import Registry
from aiprod.models.resident import Resident
from aiprod.ports import Samples
from aiprod.speech.hearing import heard_words, is_imagined
from aiprod.speech.tokens import Boundaries, spans_of_words
from aiprod.story import Word

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

THREADS = 2
RATE_HZ = 16_000
FILES = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")
TOKENS_A_SECOND = 50
MOST_TOKENS = 400
MEDIAN_FRAMES = 7


class CTranslateWhisper:
    """Hears words, and finds when known words are said. The network is loaded at first use and kept."""

    name = "faster-whisper"

    def __init__(self, registry: Registry, model: str = "whisper-base") -> None:
        self._registry = registry
        self._name = model
        self._resident: Resident[WhisperModel] = Resident()

    def check(self) -> None:
        """Raises: EngineMissing, WeightsMissing, WeightsBroken."""
        from importlib.util import find_spec

        if find_spec("faster_whisper") is None:
            raise EngineMissing("Expected faster-whisper to hear speech, found none: run `pip install faster-whisper`.")
        for file in FILES:
            self._registry.path(self._name, file)

    def transcribe(self, samples: Samples, *, language: str) -> tuple[str, tuple[Word, ...]]:
        """Language heard ("" given: guessed) and the words with their times; always the same for the same sound."""
        segments, info = self._model.transcribe(
            samples, language=language or None, beam_size=5, temperature=0.0, condition_on_previous_text=False,
            word_timestamps=True, vad_filter=False,
        )  # fmt: skip
        parts = [
            (word.word, word.start, word.end)
            for segment in segments
            if not is_imagined(segment.no_speech_prob, segment.avg_logprob, segment.compression_ratio)
            for word in segment.words or ()
        ]
        return language or str(info.language), heard_words(parts, samples, RATE_HZ)

    def time_words(
        self, samples: Samples, words: Sequence[str], *, language: str
    ) -> tuple[tuple[Fraction, Fraction], ...]:
        """Start and end of each known word in at most 30 s of sound. Raises: InvalidInput (too many words for that)."""
        from faster_whisper.audio import pad_or_trim
        from faster_whisper.tokenizer import Tokenizer

        tokenizer = Tokenizer(self._model.hf_tokenizer, self._model.model.is_multilingual, "transcribe", language)
        spans = spans_of_words(words, tokenizer.encode)
        tokens = [token for span in spans for token in span.tokens]
        if len(tokens) > MOST_TOKENS:
            raise InvalidInput("narration", expected=f"at most {MOST_TOKENS} tokens in 30 s", found=f"{len(tokens)}")
        features = self._model.feature_extractor(samples)
        frames = min(features.shape[-1], 3000)
        found = self._model.model.align(
            self._model.encode(pad_or_trim(features)), list(tokenizer.sot_sequence), [tokens], frames,
            median_filter_width=MEDIAN_FRAMES,
        )[0]  # fmt: skip
        return Boundaries(spans=spans, frames_a_second=TOKENS_A_SECOND).times(_token_starts(found.alignments))

    @property
    def _model(self) -> "WhisperModel":
        return self._resident.get(self._registry.model(self._name).label, self._opened)

    def _opened(self) -> "WhisperModel":
        self.check()
        from faster_whisper import WhisperModel

        folder = self._registry.path(self._name, FILES[0]).parent
        try:
            return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=THREADS, num_workers=1)
        except (RuntimeError, ValueError) as error:
            raise WeightsBroken(
                f"Expected a Whisper network in {folder}, found what CTranslate2 cannot read: "
                f"run `aiprod models fetch {self._name}`."
            ) from error


def _token_starts(alignments: Sequence[tuple[int, int]]) -> list[int]:
    """The frame at which each token starts, the end of the text being the last."""
    pairs = np.array(alignments)
    first = np.concatenate([[True], np.diff(pairs[:, 0]) > 0])
    return [int(frame) for frame in pairs[first, 1]]
