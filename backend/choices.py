"""What can be chosen for a film: the voices that speak here. Knows the engines that cost nothing."""

from typing import Protocol, runtime_checkable

from aiprod.bootstrap import App
from aiprod.errors import EngineMissing, Misuse, NotFound, Permanent
from backend.schemas.resources import VoiceChoice

FREE_ENGINES = ("kokoro", "piper", "espeak")
"""Hosted engines cost the owner of the service money; films get one only by the setting AIPROD_VOICE."""


@runtime_checkable
class Choir(Protocol):
    """A speech engine that can name its voices."""

    def voices(self, language: str) -> tuple[str, ...]: ...


def voices_of(app: App, language: str) -> list[VoiceChoice]:
    """The voices that can speak a language here, the best first."""
    offered: list[VoiceChoice] = []
    for name in FREE_ENGINES:
        try:
            engine = app.engines.voices.engine(name)
            engine.check(language)
            names = engine.voices(language) if isinstance(engine, Choir) else (engine.resolve("", language),)
        except (Permanent, NotFound):
            continue
        offered += [
            VoiceChoice(id=f"{engine.name}:{one}", engine=engine.name, language=language, best=not offered and not index)
            for index, one in enumerate(names)
        ]
    return offered


def offers(app: App, language: str, wanted: str) -> bool:
    """Whether a voice, in any of the ways in which a script may name it, is one of them."""
    try:
        choice = app.engines.voices.choose(language, wanted)
    except (Misuse, EngineMissing):
        return False
    return f"{choice.voice.name}:{choice.name}" in [one.id for one in voices_of(app, language)]
