"""Which voice speaks: Kokoro, else Piper (English), else espeak-ng; a hosted or a lent one only where it is asked for by name.

Knows the engines and their order, and what the user is told when it is not the first one that speaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aiprod.cloned_voices import ClonedVoices
from aiprod.errors import EngineMissing, InvalidSetting, NotFound, Permanent
from aiprod.models.registry import Registry
from aiprod.ports import Voice
from aiprod.speech.chatterbox import chatterbox
from aiprod.speech.cloning import Asked, CloningVoice
from aiprod.speech.espeak import EspeakVoice
from aiprod.speech.kokoro import ACCENTED, KokoroVoice
from aiprod.speech.piper import PiperVoice
from aiprod.speech.qwen import qwen
from aiprod.story import LANGUAGES

HOSTED = ("gemini", "chirp")
"""Engines that cost money and are told the script: never chosen unless named."""
CLONING = ("qwen", "chatterbox")
"""Engines that speak in voices that people lent: where such a voice is asked for, no other takes its place."""

_LANGUAGE_NAMES = {
    "en": "English", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "de": "German",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenVoice:
    """An engine that can speak here, the full name of its voice, and sentences the user should read."""

    engine: Voice
    voice: str
    notes: tuple[str, ...] = ()


def all_voices(registry: Registry, device: str = "") -> tuple[Voice, ...]:
    """Every engine, the best first; `device` is where Kokoro runs in torch ("": on the processors, without it)."""
    return (KokoroVoice(registry, device), PiperVoice(registry), EspeakVoice())


def lent_voices(registry: Registry, lent: ClonedVoices, asked: Asked) -> tuple[Voice, ...]:
    """Every engine that speaks in lent voices, that of the model asked for first."""
    first, second = qwen(), chatterbox()
    engines = CloningVoice(first, registry, lent, asked), CloningVoice(second, registry, lent, asked)
    return engines[::-1] if asked.model in second.models else engines


def choose_voice(engines: Sequence[Voice], language: str, voice: str = "", engine: str = "") -> ChosenVoice:
    """The first engine that can speak the language here; `engine` asks for one alone, `voice` may be "engine:voice".

    `voice` may be an engine's name, too. An engine that has the voice asked for comes first; where it cannot speak here, the
    others do with their own best.
    A hosted engine neither takes the place of another nor lets another take its own, and nobody speaks for a lent voice.
    Raises: InvalidSetting (no such engine), NotFound (no such voice or language), NotAllowed (the consent of who lent it was
    withdrawn), EngineMissing (none can speak).
    """
    if language not in LANGUAGES:
        raise NotFound(f"Expected a language among {', '.join(LANGUAGES)}, found {language!r}.")
    names = [one.name for one in engines]
    if not engine and ":" in voice:
        engine, voice = voice.split(":", 1)
    elif not engine and voice.strip().lower() in names:
        engine, voice = voice, ""
    engine = engine.strip().lower()
    if engine and engine not in names:
        raise InvalidSetting(f"Expected a voice engine among {', '.join(names)}, found {engine!r}.")
    able = [one for one in engines if (one.name == engine if engine else one.name not in HOSTED)]
    asked, reasons = _having(able, voice, language)
    if not asked:
        raise NotFound(" ".join(dict.fromkeys(reasons)))
    alone = engine or any(one.name in CLONING for one in asked)
    others = [] if alone else [one for one in able if one not in asked and _having([one], "", language)[0]]
    notes: list[str] = []
    for one in (*asked, *others):
        try:
            one.check(language)
        except Permanent as error:
            notes.append(str(error))
            continue
        name = one.resolve(voice if one in asked else "", language)
        wished = bool(engine or voice) and one in asked
        return ChosenVoice(engine=one, voice=name, notes=(*notes, *_remarks(one, language, bool(notes), wished)))
    raise EngineMissing(f"No voice can speak {_LANGUAGE_NAMES[language]} here. {' '.join(notes)}")


def _having(engines: Sequence[Voice], voice: str, language: str) -> tuple[list[Voice], list[str]]:
    """The engines that have the voice, and why the others do not."""
    found: list[Voice] = []
    reasons: list[str] = []
    for one in engines:
        try:
            one.resolve(voice, language)
        except NotFound as error:
            reasons.append(str(error))
        else:
            found.append(one)
    return found, reasons


def _remarks(engine: Voice, language: str, fell_back: bool, wished: bool) -> tuple[str, ...]:
    """What the user should know of the voice that was chosen, and that who wished for it by name does not know."""
    named = _LANGUAGE_NAMES[language]
    if engine.name == "kokoro" and language in ACCENTED:
        return (f"The narration in {named} is approximate: no voice was recorded in it, and this one has an accent.",)
    if engine.name == "espeak" and not wished:
        return (
            f"The narration is spoken by espeak-ng, which sounds synthetic: no natural voice could speak {named} here.",
        )
    if engine.name in HOSTED:
        return (f"The narration is spoken by {engine.name}, which the script is sent to and which costs money.",)
    if fell_back:
        return (f"The narration is spoken by {engine.name}, the next best voice.",)
    return ()
