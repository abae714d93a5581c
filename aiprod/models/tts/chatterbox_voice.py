"""Chatterbox opened on a device: the door between speech, which knows no torch, and the networks.

Knows the networks' files and the words of their text; nothing of consent or of who speaks.
"""

import re
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aiprod.errors import InvalidInput, WeightsBroken
from aiprod.models.cards import enough_memory
from aiprod.models.tts.devices import check_device
from aiprod.models.tts.networks.chatterbox.sizes import (
    COARSE_HZ,
    CODES_A_SECOND,
    FINE_HZ,
    LANGUAGES_TEXT_TOKENS,
    ReaderSizes,
    SoundSizes,
    VoiceSizes,
    read_sizes,
)
from aiprod.models.tts.utterance import Utterance
from aiprod.models.weights.strict import build_empty, load_strict
from aiprod.ports import Samples

if TYPE_CHECKING:
    from aiprod.models.tts.networks.chatterbox.speaking import Shown

READ_SECONDS, HEARD_SECONDS = 6, 10
"""How much of a sample the reader is shown, and how much the sound goes on from. Source: the published code."""
LEAST_SECONDS = 1
_NAME = "Chatterbox"
_START, _STOP, _SPACE = "[START]", "[STOP]", "[SPACE]"
_SIGNS = {"…": ", ", "...": ", ", ":": ",", ";": ",", " - ": ", ", "—": "-", "–": "-", "“": '"', "”": '"', "‘": "'", "’": "'"}
"""Signs that were rare in the training, and what was common instead."""
_ENDS = (".", "!", "?", "-", ",")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatterboxFiles:
    """Where the model lies. `languages`: whether its reader knows many, and hears before each text which one it is in."""

    reader: Path
    sound: Path
    voice: Path
    words: Path
    languages: bool


class TorchChatterbox:
    """The networks with their weights on a device. One caller at a time: others wait."""

    def __init__(self, files: ChatterboxFiles, device: str) -> None:
        """Raises: EngineMissing, InvalidSetting, WeightsMissing, WeightsBroken, Unavailable (no memory)."""
        check_device(device)
        import torch

        from aiprod.models.tts.networks.chatterbox.reader import Reader
        from aiprod.models.tts.networks.chatterbox.sound import Sound
        from aiprod.models.tts.networks.chatterbox.voice import VoiceEncoder

        self._device = torch.device(device)
        published = ReaderSizes(text_tokens=LANGUAGES_TEXT_TOKENS) if files.languages else ReaderSizes()
        self._sizes = read_sizes(files.reader, published)
        sound, voice = read_sizes(files.sound, SoundSizes()), read_sizes(files.voice, VoiceSizes())
        with enough_memory(_NAME, device):
            self._reader = load_strict(build_empty(lambda: Reader(self._sizes)), [files.reader], device=self._device)
            self._sound = load_strict(build_empty(lambda: Sound(sound)), [files.sound], device=self._device)
            self._voice = load_strict(build_empty(lambda: VoiceEncoder(voice)), [files.voice], device=self._device)
        self._words = _Words(files.words, languages=files.languages)
        self._languages = files.languages
        self._turn = threading.Lock()

    def listen(self, sample: Samples, said: str) -> "Shown":  # noqa: ARG002  other networks learn from it too
        """How whoever is heard in the sample (mono, 24 kHz) speaks; which words they say makes no difference.

        Raises: InvalidInput, Unavailable (no memory).
        """
        import torch
        from scipy.signal import resample_poly

        from aiprod.models.tts.networks.chatterbox.speaking import Shown

        if len(sample) < LEAST_SECONDS * FINE_HZ:
            raise InvalidInput("sample", expected=f"{LEAST_SECONDS} s or more", found=f"{len(sample) / FINE_HZ:.1f} s")
        fine = np.asarray(sample, dtype=np.float32)
        coarse = resample_poly(fine, 2, 3).astype(np.float32)
        codes = min(len(fine) * CODES_A_SECOND // FINE_HZ, HEARD_SECONDS * CODES_A_SECOND)
        with self._turn, torch.inference_mode(), enough_memory(_NAME, self._device.type):
            high, low = (torch.tensor(one, device=self._device) for one in (fine, coarse))
            vector = self._voice(low)
            heard = self._sound.listen(high[: _length(codes, FINE_HZ)], low[: _length(codes, COARSE_HZ)])
            shown = self._sound.tokenizer(low[: READ_SECONDS * COARSE_HZ])
            return Shown(vector=vector, codes=shown, heard=heard)

    def say(self, utterance: Utterance, shown: "Shown") -> Samples | None:
        """The text in that voice, at 24 kHz; None when it came to no end in the time that it may take.

        Raises: InvalidInput, Unavailable (no memory).
        """
        import torch

        from aiprod.models.tts.networks.chatterbox.speaking import speak

        chance = torch.Generator().manual_seed(utterance.seed)
        words = self._words.within(utterance.text, utterance.language)
        if len(words) > self._sizes.text_places:
            most_read = f"sentences of {self._sizes.text_places} letters at most"
            raise InvalidInput("narration", expected=most_read, found=f"one of {len(utterance.text)}")
        most = min(round(utterance.most_seconds * CODES_A_SECOND), self._sizes.sound_places - 1)
        with self._turn, torch.inference_mode(), enough_memory(_NAME, self._device.type):
            codes = speak(self._reader, self._sizes, shown, words, chance, most)
            if codes is None or not len(codes):
                return None
            sound: Samples = self._sound.speak(codes, shown.heard, chance).float().cpu().numpy()
            # The reader of many languages says noise with its last code. Source: the published code.
            return sound[: _length(max(1, len(codes) - 1), FINE_HZ)] if self._languages else sound


class _Words:
    """Text as the numbers of its words, by the vocabulary that came with the weights."""

    def __init__(self, path: Path, *, languages: bool) -> None:
        """Raises: WeightsBroken."""
        from tokenizers import Tokenizer

        self._languages = languages
        try:
            self._tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
        except Exception as error:  # tokenizers raises no narrower kind
            raise WeightsBroken(f"Expected the vocabulary of Chatterbox in {path}, found none ({error}); fetch it again.") from error
        start, stop = (self._tokenizer.token_to_id(mark) for mark in (_START, _STOP))
        if start is None or stop is None:
            raise WeightsBroken(f"{path.name}: expected the marks {_START} and {_STOP}, found no such words; fetch it again.")
        self._start, self._stop = start, stop

    def within(self, text: str, language: str) -> list[int]:
        """The text's words between the marks of its start and its end."""
        said = _plain(text)
        if self._languages:
            said = f"[{language}]{unicodedata.normalize('NFKD', said.lower())}"
        return [self._start, *self._tokenizer.encode(said.replace(" ", _SPACE)).ids, self._stop]


def _length(codes: int, rate_hz: int) -> int:
    return codes * rate_hz // CODES_A_SECOND


def _plain(text: str) -> str:
    """A sentence as those of the training were written: a large letter first, common signs, a sign at its end."""
    for rare, common in _SIGNS.items():
        text = text.replace(rare, common)
    said = re.sub(r"\s+(,)?", lambda gap: gap[1] or " ", text).strip()
    said = said[:1].upper() + said[1:]
    return said if said.endswith(_ENDS) else f"{said}."
