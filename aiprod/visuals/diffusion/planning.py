"""From scenes to what a diffusion model is asked for: prompts in the film's style, camera moves, pictures that scenes share.

Pure and light. Neighbours that show the same subject in the same place meet on one picture: the first ends on it, the
second starts from it. It is drawn from its own prompt and seed, so that both can be made at once and on any machine.

What leads several scenes of a film has a sheet: one picture of it, alone and whole. Each of those scenes opens on a picture
that is drawn after the sheet, so that it is the same panda all along.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aiprod.encoding import from_json, key_of, to_json
from aiprod.ports import FilmLook, ShotBrief
from aiprod.prompts import PromptFacts, SeenSubject, analyse, leading_subject
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
SOUND_WORDS = "The sound is that of the place and of what happens in it; nobody speaks, and there is no music"
UNHEARD = "speech, narration, singing, music"
TAUGHT = {
    ("dolly", "in"): "dolly in", ("dolly", "out"): "dolly out", ("truck", "left"): "dolly left", ("truck", "right"): "dolly right",
    ("crane", "up"): "jib up", ("crane", "down"): "jib down", ("static", ""): "static",
}  # fmt: skip
"""What the moves are called that camera models were taught; there is none for the others."""
UNSHEETED = ("plant", "sky")
"""Kinds of subjects that need not be the same ones in every scene."""
_UNASKED = ("dolly", "pan", "truck", "crane", "orbit")
"""Moves of scenes whose words name none, one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How what leads several scenes looks, by what its picture is drawn from."""

    prompt: str
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A picture that two scenes share, or that a scene opens on, by what it is drawn from, and after which sheet."""

    prompt: str
    seed: int
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffusionSpec:
    """A scene's plan; length and shape come with the shot. `sounding` tells that the clip brings its own sound; `camera` is its
    move by the name that camera models were taught it under."""

    prompt: str
    negative: str
    first: Meeting | None = None
    last: Meeting | None = None
    sounding: bool = False
    camera: str = ""


def plan_specs(briefs: Sequence[ShotBrief], look: FilmLook, *, sounding: bool = False) -> tuple[str, ...]:
    """One spec (canonical JSON) a scene; `sounding` has the clips bring their own sound."""
    language = known_language(look.language)
    facts = [analyse(brief.visual or brief.text, language) for brief in briefs]
    sheets = _sheets(facts, look)
    meetings = [
        _meeting(briefs[number + 1], look, sheets[number + 1]) if _goes_on(facts[number], facts[number + 1]) else None
        for number in range(len(briefs) - 1)
    ]
    openings = [
        before or (_meeting(brief, look, sheet) if sheet else None)
        for brief, sheet, before in zip(briefs, sheets, [None, *meetings], strict=True)
    ]
    return tuple(
        to_json(DiffusionSpec(
            prompt=_prompt(brief, look, camera_words(one, brief.scene), SOUND_WORDS if sounding else ""),
            negative=", ".join((negative_words(look.style), UNHEARD)) if sounding else negative_words(look.style),
            first=before, last=after, sounding=sounding, camera=TAUGHT.get(camera_move(one, brief.scene), ""),
        )).decode()
        for brief, one, before, after in zip(briefs, facts, openings, [*meetings, None], strict=True)
    )  # fmt: skip


def decode_spec(text: str) -> DiffusionSpec:
    """The spec of a text. Raises: InvalidInput."""
    return from_json(DiffusionSpec, text, source="diffusion spec")


def camera_move(facts: PromptFacts, scene: int) -> tuple[str, str]:
    """The move and its direction: the one that the scene names, else one by its number."""
    kind = facts.camera if facts.camera in CAMERAS else _UNASKED[scene % len(_UNASKED)]
    ways = list(CAMERAS[kind])
    return kind, facts.camera_direction if facts.camera_direction in ways else ways[scene // len(_UNASKED) % len(ways)]


def camera_words(facts: PromptFacts, scene: int) -> str:
    """The move in words that these models were taught with."""
    kind, way = camera_move(facts, scene)
    return CAMERAS[kind][way]


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


def _prompt(brief: ShotBrief, look: FilmLook, camera: str, sound: str = "") -> str:
    visual = cut_words(brief.visual or brief.text, LONGEST_VISUAL_CHARACTERS).rstrip(".")
    mood = f"{brief.mood} mood" if brief.mood else ""
    parts = [visual, camera[:1].upper() + camera[1:], style_words(look.style), mood, sound]
    return ". ".join(part for part in parts if part) + "."


def _meeting(after: ShotBrief, look: FilmLook, sheet: Sheet | None) -> Meeting:
    seed = int(key_of("meeting", look.seed, after.scene, after.take)[:7], 16)
    return Meeting(prompt=_prompt(after, look, ""), seed=seed, sheet=sheet)


def _sheets(facts: Sequence[PromptFacts], look: FilmLook) -> list[Sheet | None]:
    """The sheet of what leads each scene, where it leads another one too."""
    leads = [_identity(leading_subject(one)) for one in facts]
    return [_sheet(lead, look) if lead and leads.count(lead) > 1 else None for lead in leads]


def _identity(lead: SeenSubject | None) -> str:
    """Who it is, in words; a young one is another."""
    if lead is None or lead.subject.kind in UNSHEETED:
        return ""
    return f"{'young ' if lead.young else ''}{lead.subject.concept.replace('_', ' ')}"


def _sheet(lead: str, look: FilmLook) -> Sheet:
    words = f"One {lead} by itself, whole, seen from the front and a little from the side, before a plain background"
    return Sheet(
        prompt=". ".join(part for part in (words, style_words(look.style)) if part) + ".",
        seed=int(key_of("sheet", look.seed, lead)[:7], 16),
    )


def _goes_on(before: PromptFacts, after: PromptFacts) -> bool:
    """Whether the second scene shows what the first one showed, where it showed it."""
    shown, next_shown = leading_subject(before), leading_subject(after)
    if shown is None or next_shown is None or not before.place:
        return False
    return shown.subject.concept == next_shown.subject.concept and before.place == after.place
