"""Taste, as pure functions: how fast to speak, how scenes give way to each other, which music a script wants."""

import random

from aiprod.brief import MUSIC_MOODS
from aiprod.story import Script
from aiprod.timeline import BREATH_SECONDS, LEAD_IN_SECONDS, TAIL_SECONDS, TRANSITION_SECONDS

SLOWEST = 0.8
FASTEST = 1.2

_MOOD_TRANSITIONS = {
    "calm": "dissolve", "wonder": "dissolve", "sad": "fade", "mystery": "fade", "tense": "cut", "epic": "cut",
    "playful": "wipe", "hopeful": "dissolve",
}  # fmt: skip


def fit_speed(estimated_seconds: float, wanted_seconds: float, scenes: int) -> float:
    """Speed of speech, 0.8 to 1.2, at which a narration of `estimated_seconds` fills the wanted film."""
    silence = float(LEAD_IN_SECONDS + TAIL_SECONDS + BREATH_SECONDS * max(0, scenes - 1))
    room = max(1.0, wanted_seconds - silence)
    return round(min(FASTEST, max(SLOWEST, estimated_seconds / room)), 2)


def pick_transitions(script: Script, seed: int) -> tuple[str, ...]:
    """One transition between each two scenes: the author's where given, else by mood and pace, never three alike."""
    chosen: list[str] = []
    draw = random.Random(seed)
    for before, after in zip(script.scenes, script.scenes[1:], strict=False):
        if before.transition in TRANSITION_SECONDS:
            chosen.append(before.transition)
            continue
        wanted = _MOOD_TRANSITIONS.get(after.mood, draw.choice(("dissolve", "cut", "dissolve", "match")))
        if chosen[-2:] == [wanted, wanted]:
            wanted = "cut" if wanted != "cut" else "dissolve"
        chosen.append(wanted)
    return tuple(chosen)


def pick_music(script: Script, wanted: str) -> str:
    """The music's mood, "none", or the address of the user's own file: as asked, else the script's commonest mood."""
    if wanted:
        return wanted
    moods = [scene.mood for scene in script.scenes if scene.mood in MUSIC_MOODS]
    return max(dict.fromkeys(moods), key=moods.count) if moods else "wonder"
