"""Chatterbox, which learns how somebody speaks from a sample alone, in English or in many languages.

Knows its models and their files; what it may imitate and how a text is said is `cloning.py`'s, the networks are in `models/tts/`.
"""

from typing import TYPE_CHECKING

from aiprod.models.registry import Registry
from aiprod.models.tts.chatterbox_voice import ChatterboxFiles, TorchChatterbox
from aiprod.speech.cloning import Kind

if TYPE_CHECKING:
    from aiprod.models.tts.networks.chatterbox.speaking import Shown

MULTILINGUAL, ENGLISH = "chatterbox-multilingual", "chatterbox"
_READER, _SOUND, _VOICE, _WORDS = "t3_cfg.safetensors", "s3gen.safetensors", "ve.safetensors", "tokenizer.json"


def chatterbox() -> "Kind[Shown]":
    """The kind."""
    models = {MULTILINGUAL: ("en", "fr", "es", "it", "pt", "de"), ENGLISH: ("en",)}
    return Kind(name="chatterbox", title="Chatterbox", revision=2, models=models, open=_open)


def _open(registry: Registry, model: str, device: str) -> TorchChatterbox:
    paths = {path.name: path for path in registry.weights(model)}
    files = ChatterboxFiles(
        reader=paths[_READER], sound=paths[_SOUND], voice=paths[_VOICE], words=registry.path(model, _WORDS),
        languages=model == MULTILINGUAL,
    )  # fmt: skip
    return TorchChatterbox(files, device)
