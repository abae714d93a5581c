"""Who of a script speaks with which voice: as the script wishes, else each with another voice of the narrator's engine.

Knows the speakers and the port to the voices; no engine, and nothing of how a line is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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

    Raises: NotFound, EngineMissing, InvalidSetting.
    """
    wishes = {role.speaker: role.voice for role in script.cast}
    narrator = voices.choose(script.language, wanted or wishes.get(NARRATOR, ""))
    speakers = [speaker for speaker in script.speakers if speaker != NARRATOR]
    chosen = {speaker: voices.choose(script.language, wishes[speaker]) for speaker in speakers if speaker in wishes}
    engine = narrator.voice
    taken = {narrator.name} if NARRATOR in script.speakers else set()
    taken |= {choice.name for choice in chosen.values() if choice.voice.name == engine.name}
    offered = engine.voices(script.language) if len(chosen) < len(speakers) else ()
    free = [name for name in (narrator.name, *offered) if name not in taken]
    given: dict[str, str] = {}
    for speaker in speakers:
        if speaker not in chosen:
            given[speaker] = free.pop(0) if free else narrator.name
            free = [name for name in free if name != given[speaker]]
    others = tuple(
        SpeakerVoice(speaker=speaker, engine=chosen[speaker].voice.name, voice=chosen[speaker].name)
        if speaker in chosen
        else SpeakerVoice(speaker=speaker, engine=engine.name, voice=given[speaker])
        for speaker in speakers
    )
    notes = dict.fromkeys((*narrator.notes, *(note for choice in chosen.values() for note in choice.notes)))
    return Cast(narrator=narrator, others=others, notes=(*notes, *_alike(others, narrator, script.speakers)))


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
