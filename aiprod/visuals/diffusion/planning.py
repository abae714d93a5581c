"""From scenes to what a diffusion model is asked for: prompts in the film's style, camera moves, pictures that scenes share.

Pure and light. Neighbours that show the same subject in the same place meet on one picture: the first ends on it, the
second starts from it. It is drawn from its own prompt and seed, so that both can be made at once and on any machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aiprod.encoding import from_json, key_of, to_json
from aiprod.ports import FilmLook, ShotBrief
from aiprod.prompts import PromptFacts, analyse, leading_subject
from aiprod.prompts.lexicon import known_language
from aiprod.visuals.styles import negative_words, style_words

LONGEST_VISUAL_CHARACTERS = 1_200
"""Of a scene's own words; a model reads about 500 tokens, and the style must be among them."""
CAMERAS = {
    "dolly": {"in": "the camera slowly pushes in", "out": "the camera slowly pulls back"},
    "pan": {"left": "the camera pans slowly to the left", "right": "the camera pans slowly to the right"},
    "tilt": {"up": "the camera tilts up", "down": "the camera tilts down"},
    "crane": {"up": "the camera rises on a crane", "down": "the camera descends on a crane"},
    "truck": {"left": "the camera tracks sideways to the left", "right": "the camera tracks sideways to the right"},
    "zoom": {"in": "slow zoom in", "out": "slow zoom out"},
    "orbit": {"left": "the camera orbits to the left", "right": "the camera orbits to the right"},
    "handheld": {"": "handheld camera"},
    "static": {"": "static shot, fixed camera"},
}
_UNASKED = ("dolly", "pan", "truck", "crane", "orbit")
"""Moves of scenes whose words name none, one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A picture that two scenes share, by what it is drawn from."""

    prompt: str
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffusionSpec:
    """A scene's plan; length and shape come with the shot."""

    prompt: str
    negative: str
    first: Meeting | None = None
    last: Meeting | None = None


def plan_specs(briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
    """One spec (canonical JSON) a scene."""
    language = known_language(look.language)
    facts = [analyse(brief.visual or brief.text, language) for brief in briefs]
    meetings = [
        _meeting(briefs[number + 1], look) if _goes_on(facts[number], facts[number + 1]) else None
        for number in range(len(briefs) - 1)
    ]
    return tuple(
        to_json(DiffusionSpec(
            prompt=_prompt(brief, look, camera_words(one, brief.scene)), negative=negative_words(look.style),
            first=before, last=after,
        )).decode()
        for brief, one, before, after in zip(briefs, facts, [None, *meetings], [*meetings, None], strict=True)
    )  # fmt: skip


def decode_spec(text: str) -> DiffusionSpec:
    """The spec of a text. Raises: InvalidInput."""
    return from_json(DiffusionSpec, text, source="diffusion spec")


def camera_words(facts: PromptFacts, scene: int) -> str:
    """The move in words that these models were taught with: the one that the scene names, else one by its number."""
    kind = facts.camera if facts.camera in CAMERAS else _UNASKED[scene % len(_UNASKED)]
    ways = CAMERAS[kind]
    return ways.get(facts.camera_direction) or list(ways.values())[scene // len(_UNASKED) % len(ways)]


def cut_words(text: str, longest: int) -> str:
    """The text, or as many whole sentences or words of it as fit.

    >>> cut_words("A panda eats. It sleeps in a tree.", 20)
    'A panda eats.'
    >>> cut_words("A panda in a forest", 12)
    'A panda in a'
    """
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[: longest + 1]
    sentence = max(head.rfind(end) for end in (". ", "! ", "? "))
    return text[: sentence + 1] if sentence > 0 else head[: head.rfind(" ")] if " " in head else text[:longest]


def _prompt(brief: ShotBrief, look: FilmLook, camera: str) -> str:
    visual = cut_words(brief.visual or brief.text, LONGEST_VISUAL_CHARACTERS).rstrip(".")
    mood = f"{brief.mood} mood" if brief.mood else ""
    parts = [visual, camera[:1].upper() + camera[1:], style_words(look.style), mood]
    return ". ".join(part for part in parts if part) + "."


def _meeting(after: ShotBrief, look: FilmLook) -> Meeting:
    seed = int(key_of("meeting", look.seed, after.scene, after.take)[:7], 16)
    return Meeting(prompt=_prompt(after, look, ""), seed=seed)


def _goes_on(before: PromptFacts, after: PromptFacts) -> bool:
    """Whether the second scene shows what the first one showed, where it showed it."""
    shown, next_shown = leading_subject(before), leading_subject(after)
    if shown is None or next_shown is None or not before.place:
        return False
    return shown.subject.concept == next_shown.subject.concept and before.place == after.place
