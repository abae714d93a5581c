"""Qwen3-TTS opened on a device: the door between speech, which knows no torch, and the networks.

Knows the networks' files and the words of their text; nothing of consent or of who speaks.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aiprod.errors import InvalidInput, WeightsBroken
from aiprod.models.cards import enough_memory
from aiprod.models.tts.devices import check_device
from aiprod.models.tts.networks.qwen.sizes import read_codec_sizes, read_sampling, read_speaker_sizes
from aiprod.models.tts.utterance import Utterance
from aiprod.models.weights.strict import build_empty, load_strict
from aiprod.ports import Samples

if TYPE_CHECKING:
    from aiprod.models.tts.networks.qwen.speaking import Shown

FRAMES_A_SECOND = 12.5
_NAME = "Qwen3-TTS"
_OPENING = "<|im_start|>assistant\n"
_CLOSING = "<|im_end|>\n"
LANGUAGES = {"en": "english", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese", "de": "german"}
"""Those it is used for, as its files call them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QwenFiles:
    """Where the model lies: its folder, the weights of who speaks, and those of the codec."""

    folder: Path
    speaker: Sequence[Path]
    codec: Sequence[Path]


class TorchQwen:
    """The networks with their weights on a device. One caller at a time: others wait."""

    def __init__(self, files: QwenFiles, device: str) -> None:
        """Raises: EngineMissing, InvalidSetting, WeightsMissing, WeightsBroken, Unavailable (no memory)."""
        check_device(device)
        import torch

        from aiprod.models.tts.networks.qwen.codec import Codec
        from aiprod.models.tts.networks.qwen.talker import Speaker

        self._device = torch.device(device)
        self._sizes, codec = read_speaker_sizes(files.folder), read_codec_sizes(files.folder)
        self._sampling = read_sampling(files.folder)
        kind = torch.bfloat16 if self._device.type == "cuda" else torch.float32
        with enough_memory(_NAME, device):
            self._speaker = load_strict(build_empty(lambda: Speaker(self._sizes)), files.speaker, device=self._device, dtype=kind)
            self._codec = load_strict(build_empty(lambda: Codec(codec)), files.codec, device=self._device, dtype=torch.float32)
        self._words = _Words(files.folder)
        self._turn = threading.Lock()

    def listen(self, sample: Samples, said: str) -> "Shown":
        """How whoever says `said` in the sample (mono, 24 kHz) speaks. Raises: InvalidInput, Unavailable (no memory)."""
        import torch

        from aiprod.models.tts.networks.qwen.speaking import Shown

        words = self._words.within(said)
        if not words:
            raise InvalidInput("sample", expected="words that it says", found="none")
        with self._turn, torch.inference_mode(), enough_memory(_NAME, self._device.type):
            sound = torch.tensor(np.asarray(sample, dtype=np.float32), device=self._device)
            return Shown(vector=self._speaker.speaker_encoder(sound), codes=self._codec.encode(sound), words=words)

    def say(self, utterance: Utterance, shown: "Shown") -> Samples | None:
        """The text in that voice, at 24 kHz; None when it came to no end in the time that it may take. Raises: Unavailable."""
        import torch

        from aiprod.models.tts.networks.qwen.speaking import Wanted, speak

        wanted = Wanted(
            opening=self._words.opening, words=self._words.within(utterance.text),
            language=LANGUAGES[utterance.language], seed=utterance.seed,
            most_frames=round(utterance.most_seconds * FRAMES_A_SECOND),
        )  # fmt: skip
        with self._turn, torch.inference_mode(), enough_memory(_NAME, self._device.type):
            codes = speak(self._speaker, self._sizes, self._sampling, shown, wanted)
            if codes is None:
                return None
            # The codec hears the sample first, so that the new sound goes on from it.
            sound = self._codec.decoder(torch.cat([shown.codes, codes]))
            fresh = sound[len(shown.codes) * self._codec.decoder.samples_a_frame :]
            samples: Samples = fresh.float().cpu().numpy()
            return samples


class _Words:
    """Text as the numbers of its words, by the vocabulary that came with the weights."""

    def __init__(self, folder: Path) -> None:
        """Raises: WeightsBroken."""
        from transformers import Qwen2Tokenizer

        try:
            self._tokenizer = Qwen2Tokenizer.from_pretrained(folder, local_files_only=True)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WeightsBroken(f"Expected the vocabulary of Qwen3-TTS in {folder}, found none ({error}); fetch it again.") from error

        self.opening = self._read(_OPENING)

    def within(self, text: str) -> list[int]:
        """The text's own words, as they are read between the marks of an answer."""
        read = self._read(_OPENING + text + _CLOSING)
        return read[len(self.opening) : len(read) - len(self._read(_CLOSING))]

    def _read(self, text: str) -> list[int]:
        return [int(number) for number in self._tokenizer(text)["input_ids"]]
