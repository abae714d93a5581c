"""Which ear is used: faster-whisper (default) or openai-whisper, behind one port, chosen by a setting."""

from aiprod.errors import InvalidSetting
from aiprod.models.registry import Registry
from aiprod.speech.ctranslate_whisper import CTranslateWhisper
from aiprod.speech.openai_whisper import OpenAIWhisper

TRANSCRIBERS = ("faster-whisper", "openai-whisper")


def choose_whisper(name: str, registry: Registry) -> CTranslateWhisper | OpenAIWhisper:
    """The Whisper of that name ("" is the default); it transcribes, and WhisperAligner aligns with it.

    Raises: InvalidSetting.
    """
    if name in ("", "faster-whisper"):
        return CTranslateWhisper(registry)
    if name == "openai-whisper":
        return OpenAIWhisper(registry)
    raise InvalidSetting(f"Expected a transcriber among {', '.join(TRANSCRIBERS)}, found {name!r}.")
