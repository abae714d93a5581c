"""A language model's script before it is ours: its form, what is wrong with it, and how it becomes a Script.

Knows what a good short film's script is: scenes, words, seconds, visual prompts. Knows no server.
"""

import json
import re
from dataclasses import dataclass
from typing import Final

from aiprod.brief import MUSIC_MOODS, SCENE_SECONDS, Brief
from aiprod.story import Line, Scene, Script
from aiprod.writers.reference_text import words
from aiprod.writers.spoken_text import can_be_said, clean, spoken, without_markdown

WORDS_A_SECOND: Final = {"en": 2.5, "fr": 2.6, "es": 2.5, "it": 2.4, "pt": 2.4, "de": 2.1}
"""How fast a narrator speaks each language, unhurried."""
PAUSE_SECONDS: Final = 0.7
"""Silence a scene adds to its words."""
FEWEST_SCENES: Final = 8
MOST_SCENES: Final = 40
SHORTEST_FILM: Final = 64
LONGEST_FILM: Final = 90
LONGEST_TEXT: Final = 45
"""The most words a scene may have: more is not one idea."""
SHORTEST_VISUAL: Final = 8
MAX_CHARACTERS: Final = 100_000

SCHEMA: Final = json.dumps(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["title", "scenes"],
        "properties": {
            "title": {"type": "string", "description": "The film's title, at most ten words."},
            "scenes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["title", "text", "visual", "mood"],
                    "properties": {
                        "title": {"type": "string", "description": "Two to five words."},
                        "text": {"type": "string", "description": "What the narrator says: plain sentences, one idea."},
                        "visual": {
                            "type": "string",
                            "description": "What is shown: subject, action, place, light, camera, in one sentence.",
                        },
                        "mood": {"type": "string", "enum": list(MUSIC_MOODS)},
                    },
                },
            },
        },
    }
)
"""The form of the answer. Only what every server's structured output can enforce; the rest is checked here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long the film is to be. `scenes` is exact when the user asked for it, else the fewest."""

    language: str
    scenes: int
    exact: bool
    fewest_seconds: float
    most_seconds: float

    @property
    def words(self) -> tuple[int, int]:
        """Fewest and most words that last so long."""
        rate = WORDS_A_SECOND.get(self.language, 2.4)
        pauses = self.scenes * PAUSE_SECONDS
        return round((self.fewest_seconds - pauses) * rate), round((self.most_seconds - pauses) * rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A draft looked at. `faults` are told to the model; with `usable` the script may be taken as it is."""

    script: Script | None
    faults: tuple[str, ...]
    broken_form: bool = False

    @property
    def usable(self) -> bool:
        """Whether there is a script in spite of the faults."""
        return self.script is not None


def plan_for(brief: Brief, language: str) -> Plan:
    """The scenes and seconds that a brief asks for: eight or more scenes and 64 to 90 s unless it says otherwise."""
    if brief.seconds:
        scenes = brief.scenes or max(1, round(brief.seconds / SCENE_SECONDS))
        shortest, longest = brief.seconds * 0.85, brief.seconds * 1.15
    elif brief.scenes:
        scenes = brief.scenes
        shortest, longest = scenes * SCENE_SECONDS * 0.75, scenes * SCENE_SECONDS * 1.35
    else:
        scenes, shortest, longest = FEWEST_SCENES, float(SHORTEST_FILM), float(LONGEST_FILM)
    return Plan(
        language=language, scenes=min(scenes, MOST_SCENES), exact=bool(brief.scenes), fewest_seconds=shortest,
        most_seconds=longest,
    )  # fmt: skip


def review(text: str, plan: Plan, *, writer: str, theme: str) -> Review:
    """What is in the model's answer, and every fault worth telling it."""
    if len(text) > MAX_CHARACTERS:
        return Review(script=None, faults=(f"the answer has {len(text)} characters; write a short script",),
                      broken_form=True)  # fmt: skip
    found = extract_json(text)
    if found is None:
        return Review(script=None, faults=("the answer is not one JSON object",), broken_form=True)
    faults = _form_faults(found)
    if faults:
        return Review(script=None, faults=tuple(faults[:12]), broken_form=True)
    draft = json.loads(found)
    scenes = tuple(
        Scene(
            number=number,
            visual=without_markdown(item["visual"]),
            lines=(Line(text=spoken(item["text"])),),
            title=without_markdown(item["title"])[:80],
            mood=item["mood"],
        )
        for number, item in enumerate(draft["scenes"], start=1)
    )
    title = clean(without_markdown(draft["title"]))[:120] or clean(theme)[:120]
    script = Script(title=title, language=plan.language, scenes=scenes, writer=writer)
    empty = [f"scene {s.number} has no words to say" for s in scenes if not can_be_said(s.text)]
    empty += [f"scene {s.number} has no visual" for s in scenes if not can_be_said(s.visual)]
    too_few = _scene_faults(scenes, plan)
    fatal = [*empty, *too_few]
    return Review(script=None if fatal else script, faults=(*fatal, *_length_faults(scenes, plan)))


def seconds_of(text: str, language: str) -> float:
    """About how long a text lasts when it is spoken."""
    return words(text) / WORDS_A_SECOND.get(language, 2.4)


def extract_json(text: str) -> str | None:
    """The first whole JSON object in an answer that may think aloud, greet, or wrap it in a fence."""
    text = re.sub(r"<think>.*?</think>", " ", text, flags=re.DOTALL)
    decoder = json.JSONDecoder()
    for match in re.finditer(r"\{", text):
        try:
            value, end = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and value:
            return text[match.start() : end]
    return None


def _form_faults(found: str) -> list[str]:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json.loads(SCHEMA))
    errors = sorted(validator.iter_errors(json.loads(found)), key=lambda error: list(map(str, error.absolute_path)))
    return [f"{error.json_path}: {clean(error.message)[:200]}" for error in errors]


def _scene_faults(scenes: tuple[Scene, ...], plan: Plan) -> list[str]:
    count = len(scenes)
    if plan.exact and count != plan.scenes:
        return [f"there are {count} scenes; write exactly {plan.scenes}"]
    if count < plan.scenes:
        return [f"there are only {count} scenes; write at least {plan.scenes}"]
    if count > MOST_SCENES:
        return [f"there are {count} scenes; write at most {MOST_SCENES}"]
    return []


def _length_faults(scenes: tuple[Scene, ...], plan: Plan) -> list[str]:
    faults = [
        f"scene {s.number} has {words(s.text)} words to say; keep one idea and at most {LONGEST_TEXT} words"
        for s in scenes
        if words(s.text) > LONGEST_TEXT
    ]
    faults += [
        f"scene {s.number}'s visual is too short; name subject, action, place, light and camera"
        for s in scenes
        if words(s.visual) < SHORTEST_VISUAL
    ]
    said = " ".join(scene.text for scene in scenes)
    seconds = seconds_of(said, plan.language) + PAUSE_SECONDS * len(scenes)
    if not plan.fewest_seconds * 0.95 <= seconds <= plan.most_seconds * 1.05:
        fewest, most = plan.words
        faults.append(
            f"the film would last {seconds:.0f} s with {words(said)} words; it must last {plan.fewest_seconds:.0f} to"
            f" {plan.most_seconds:.0f} s, which is {fewest} to {most} words in all"
        )
    return faults
