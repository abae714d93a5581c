"""What a text sounds like, in espeak-ng's IPA or in the phoneme letters that Kokoro was trained with.

Knows espeak-ng (through phonemizer) and Kokoro's alphabet; neither sound nor times.
"""

import logging
import re
import threading
from functools import lru_cache
from typing import Protocol

from aiprod.errors import EngineMissing

ESPEAK_VOICES = {"en": "en-us", "en-gb": "en-gb", "fr": "fr-fr", "es": "es", "it": "it", "pt": "pt-br", "de": "de"}
"""Our accents and espeak-ng's names for them."""

PAUSES = ".,;:!?…—"
"""Punctuation that the model hears as a pause."""

_TIE = "^"
_TIED = {
    f"a{_TIE}ɪ": "I", f"a{_TIE}ʊ": "W", f"e{_TIE}ɪ": "A", f"o{_TIE}ʊ": "O", f"ə{_TIE}ʊ": "Q", f"ɔ{_TIE}ɪ": "Y",
    f"d{_TIE}ʒ": "ʤ", f"t{_TIE}ʃ": "ʧ", f"t{_TIE}s": "ʦ", f"d{_TIE}z": "ʣ", f"ə{_TIE}l": "ᵊl",
}  # fmt: skip
_ENGLISH = {"ɚ": "əɹ", "r": "ɹ", "x": "k", "ç": "k", "ɐ": "ə", "ɬ": "l", "ʲ": "", "\u0303": ""}
_AMERICAN = {"ɜːɹ": "ɜɹ", "ɜː": "ɜɹ", "ɪə": "iə", "ː": "", "o": "ɔ", "ɾ": "T", "ʔ": "t"}
_BRITISH = {f"e{_TIE}ə": "ɛː", "iə": "ɪə"}
_BRACKET = re.compile(r"\s*[()\[\]]\s*")
_UNHEARD = re.compile(r"[\"“”«»„¿¡*_]")
_DOUBLED = re.compile(r"^[\s,;:]+|[,;:\s]+(?=[.,;:!?…])")

_espeak_lock = threading.Lock()
"""espeak-ng keeps its state for the whole process: two callers at once would mix their phonemes."""


class _Backend(Protocol):
    def phonemize(self, text: list[str], strip: bool) -> list[str]: ...


@lru_cache(maxsize=16)
def _backend(accent: str) -> _Backend:
    """espeak-ng set to an accent. Raises: EngineMissing."""
    try:
        from kokoro_onnx.tokenizer import Tokenizer
        from phonemizer.backend import EspeakBackend
    except ImportError as error:
        raise EngineMissing(
            f"Expected kokoro-onnx and phonemizer for Kokoro's phonemes, found no {error.name}: "
            "run `pip install kokoro-onnx`."
        ) from error
    quiet = logging.getLogger("aiprod.phonemizer")
    quiet.setLevel(logging.CRITICAL)
    try:
        Tokenizer()  # points phonemizer to the espeak-ng that comes with kokoro-onnx, else to the system's
        backend: _Backend = EspeakBackend(
            ESPEAK_VOICES[accent], preserve_punctuation=True, with_stress=True, tie=_TIE,
            language_switch="remove-flags", logger=quiet,
        )  # fmt: skip
    except (RuntimeError, OSError) as error:
        raise EngineMissing(f"espeak-ng's library for phonemes could not be loaded: {error}.") from error
    return backend


def kokoro_phonemes(texts: list[str], accent: str) -> list[str]:
    """Each text's phonemes in Kokoro's letters, words apart by spaces, pauses kept. Raises: EngineMissing."""
    return [_rewrite(ipa, accent) for ipa in _phonemize(texts, accent)]


def ipa_phonemes(texts: list[str], accent: str) -> list[str]:
    """Each text's phonemes in espeak-ng's IPA, words apart by spaces, pauses kept. Raises: EngineMissing."""
    return [ipa.replace(_TIE, "") for ipa in _phonemize(texts, accent)]


def _phonemize(texts: list[str], accent: str) -> list[str]:
    plain = [_with_plain_pauses(text) for text in texts]
    with _espeak_lock:
        return _backend(accent).phonemize(plain, strip=True)


def _with_plain_pauses(text: str) -> str:
    """The text with brackets as commas, one pause where several meet, and no quotes."""
    text = _BRACKET.sub(", ", _UNHEARD.sub("", text)).replace("–", "—")
    return " ".join(_DOUBLED.sub("", text).split())


def _rewrite(ipa: str, accent: str) -> str:
    """espeak-ng's IPA in Kokoro's letters."""
    tables = [_TIED]
    if accent in ("en", "en-gb"):
        tables = [_BRITISH, _TIED] if accent == "en-gb" else [_TIED, _AMERICAN]
        tables.append(_ENGLISH)
    for table in tables:
        for old, new in table.items():
            ipa = ipa.replace(old, new)
    return " ".join(ipa.replace(_TIE, "").replace("\u0329", "").replace("-", "").split())
