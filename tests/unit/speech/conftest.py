"""Weights and sound shared by the tests of speech: fetched, spoken and heard once."""

import os

import pytest

from aiprod.models.registry import Registry, default_folder
from aiprod.speech.ctranslate_whisper import CTranslateWhisper
from aiprod.speech.kokoro import KokoroVoice
from tests.unit.speech.studio import Studio


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The machine's models, fetched where they are not."""
    found = Registry(default_folder(os.environ))
    for name in ("kokoro", "kokoro-voices", "whisper-base", "whisper-base-openai", "piper-joe"):
        found.fetch(name)
    return found


@pytest.fixture(scope="session")
def studio(registry: Registry) -> Studio:
    return Studio(registry=registry, voice=KokoroVoice(registry), ear=CTranslateWhisper(registry))
