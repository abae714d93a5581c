"""Who of a script speaks with which voice: as the script wishes, else each with another voice of the narrator's engine.

Knows the speakers and the port to the voices; no engine, and nothing of how a line is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from aiprod.errors import EngineMissing, InvalidSetting, NotAllowed, NotFound
from aiprod.manifests import SpeakerVoice
from aiprod.ports import VoiceChoice, VoiceChooser
from aiprod.story import NARRATOR, Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The narrator's voice, those of the others, and sentences the user should read."""

    narrator: VoiceChoice
    others: tuple[SpeakerVoice, ...] = ()
    notes: tuple[str, ...] = ()


def cast_speakers(script: Script, wanted: str, voices: VoiceChooser) -> Cast:
    """Give every speaker a voice; `wanted` is the narrator's, and goes before what the script wishes for the narrator.

    Nobody speaks in a lent voice to whom it was not given: where the narrator does, the others have voices of an engine's own.
    Raises: NotFound, NotAllowed (a voice's consent was withdrawn), EngineMissing, InvalidSetting.
    """
    wishes = {role.speaker: role.voice for role in script.cast}
    narrator = (
        _wished(voices, script.language, NARRATOR, wishes[NARRATOR])
        if NARRATOR in wishes and not wanted
        else voices.choose(script.language, wanted)
    )
    speakers = [speaker for speaker in script.speakers if speaker != NARRATOR]
    chosen = {
        speaker: _wished(voices, script.language, speaker, wishes[speaker]) for speaker in speakers if speaker in wishes
    }
    unnamed = [speaker for speaker in speakers if speaker not in chosen]
    first = narrator
    if unnamed and voices.consent(narrator.voice.name, narrator.name) is not None:
        first = voices.choose(script.language, "")
    engine = first.voice
    heard = (*([narrator] if NARRATOR in script.speakers else []), *chosen.values())
    taken = {choice.name for choice in heard if choice.voice.name == engine.name}
    offered = engine.voices(script.language) if unnamed else ()
    free = [name for name in dict.fromkeys((first.name, *offered)) if name not in taken]
    given = dict(zip_longest(unnamed, free[: len(unnamed)], fillvalue=first.name))
    others = tuple(
        SpeakerVoice(speaker=speaker, engine=chosen[speaker].voice.name, voice=chosen[speaker].name)
        if speaker in chosen
        else SpeakerVoice(speaker=speaker, engine=engine.name, voice=given[speaker])
        for speaker in speakers
    )
    notes = dict.fromkeys(note for choice in (narrator, first, *chosen.values()) for note in choice.notes)
    return Cast(narrator=narrator, others=others, notes=(*notes, *_alike(others, narrator, script.speakers)))


def _wished(voices: VoiceChooser, language: str, speaker: str, wish: str) -> VoiceChoice:
    """The voice that the script's cast gives to a speaker, whom an error names."""
    try:
        return voices.choose(language, wish)
    except (NotFound, NotAllowed, EngineMissing, InvalidSetting) as error:
        raise type(error)(f"The voice of {speaker} in the script's cast, {wish}, cannot be had: {error}") from error


def _alike(others: Sequence[SpeakerVoice], narrator: VoiceChoice, speakers: Sequence[str]) -> tuple[str, ...]:
    """A sentence for each voice that speaks for several."""
    by_voice: dict[tuple[str, str], list[str]] = {}
    if NARRATOR in speakers:
        by_voice[(narrator.voice.name, narrator.name)] = ["the narrator"]
    for one in others:
        by_voice.setdefault((one.engine, one.voice), []).append(one.speaker)
    return tuple(
        f"{', '.join(names[:-1])} and {names[-1]} sound alike: {engine}'s voice {voice} speaks for them; name others in"
        " the script's cast."
        for (engine, voice), names in by_voice.items()
        if len(names) > 1
    )
