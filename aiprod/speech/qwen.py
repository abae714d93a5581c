"""Qwen3-TTS, which learns how somebody speaks from a sample and the words that it says.

Knows its models and their files; what it may imitate and how a text is said is `cloning.py`'s, the networks are in `models/tts/`.
"""

from typing import TYPE_CHECKING

from aiprod.models.registry import Registry
from aiprod.models.tts.qwen_voice import LANGUAGES, QwenFiles, TorchQwen
from aiprod.speech.cloning import Kind

if TYPE_CHECKING:
    from aiprod.models.tts.networks.qwen.speaking import Shown


def qwen() -> "Kind[Shown]":
    """The kind."""
    models = dict.fromkeys(("qwen3-tts-0.6b", "qwen3-tts-1.7b"), tuple(LANGUAGES))
    return Kind(name="qwen", title="Qwen3-TTS", revision=2, models=models, open=_open)


def _open(registry: Registry, model: str, device: str) -> TorchQwen:
    home = registry.check(model)
    speaker = tuple(path for path in registry.weights(model) if path.parent == home)
    codec = registry.weights(model, "speech_tokenizer")
    return TorchQwen(QwenFiles(folder=home, speaker=speaker, codec=codec), device)
