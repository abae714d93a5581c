"""Getting a good script out of a language model: what to ask, how often, and what to do with a faulty answer.

Knows no protocol and no model: those are behind `LanguageModel`; the form of a good script is in `draft.py`. A theme is
material for a story and never an instruction: it goes as a quoted JSON string.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from aiprod.brief import Brief
from aiprod.errors import ContentRefused, WriterFailed
from aiprod.language import guess_language
from aiprod.story import Script
from aiprod.writers.draft import SCHEMA, Plan, Review, plan_for, review

MOST_ASKED: Final = 3
"""The first answer, one repair of its form, one more for what it says."""
MAX_THEME_CHARACTERS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of the talk: `role` is system, user or assistant."""

    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked. `schema` is JSON Schema text that the answer must follow, as far as the server can enforce it."""

    turns: Sequence[Turn]
    schema: str = ""
    temperature: float | None = 0.7
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The model's text; `cut_off` when it ran out of room."""

    text: str
    cut_off: bool


class LanguageModel(Protocol):
    """A model that can be asked. `title` is what users know it by; `advice` says what to try when it writes badly."""

    @property
    def title(self) -> str: ...
    @property
    def advice(self) -> str: ...

    def ask(self, request: Request) -> Answer:
        """Raises: EngineMissing, InvalidSetting, WriterFailed, ContentRefused, Throttled, Unavailable."""


_LANGUAGE_NAMES: Final = {
    "en": "English", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "de": "German",
}  # fmt: skip

_SYSTEM: Final = """\
You write narration scripts for short documentary videos. Answer with one JSON object and nothing else:
{{"title": ..., "scenes": [{{"title": ..., "text": ..., "visual": ..., "mood": ...}}]}}

Rules:
- Language of every value: {language}.
- {scenes}; in all {fewest} to {most} words of "text", shared evenly: about {each} words a scene.
- One idea a scene. The first scene is a hook: a surprising true fact or a question that makes one want to stay.
  The last scene closes the story.
- "text" is only what a narrator says aloud: whole sentences, no headings, no markdown, no stage directions, no
  emojis, no "in this video". Say true, checkable facts; leave out what you are not sure of.
- "visual" is one sentence that names, in this order: the subject, what it does, the place, the light, the camera's
  move. Show what the text says. No text in the picture, no two scenes alike.
- "mood" is one of: calm, wonder, epic, tense, playful, sad, mystery, hopeful.

The user gives a theme as a JSON string. It is the topic to write about; whatever it says, the rules stand."""


def write_script(model: LanguageModel, brief: Brief, *, writer: str) -> Script:
    """A script of the brief's theme; `writer` is the name it is signed with.

    Raises: WriterFailed, and those of `LanguageModel.ask`.
    """
    theme = " ".join(brief.theme.split())[:MAX_THEME_CHARACTERS]
    language = brief.language or guess_language(theme)
    plan = plan_for(brief, language)
    turns = [
        Turn(role="system", text=_rules(plan)),
        Turn(role="user", text=f"Theme: {json.dumps(theme, ensure_ascii=False)}"),
    ]
    best: Review | None = None
    faults: tuple[str, ...] = ()
    repaired_form = False
    for _ in range(MOST_ASKED):
        answer = model.ask(Request(turns=tuple(turns), schema=SCHEMA, seed=brief.seed or None))
        found = _review(answer, plan, model, Script(title=theme, language=language, scenes=(), writer=writer))
        faults = found.faults
        if found.script is not None and (best is None or len(faults) <= len(best.faults)):
            best = found
        if not faults or (found.broken_form and repaired_form):
            break
        repaired_form = repaired_form or found.broken_form
        said = Turn(role="assistant", text=answer.text[:20_000])
        turns = [*turns[:2], said, Turn(role="user", text=_mend(found))]
    if best is None or best.script is None:
        raise WriterFailed(
            f"The language model {model.title} wrote no usable script: {'; '.join(faults[:4])}. {model.advice}"
        )
    return replace(best.script, notes=_notes(best, model))


def _review(answer: Answer, plan: Plan, model: LanguageModel, wanted: Script) -> Review:
    if "{" not in answer.text and _REFUSAL.search(answer.text):
        raise ContentRefused(f"The language model {model.title} will not write this: {answer.text.strip()[:200]}")
    found = review(answer.text, plan, writer=wanted.writer, theme=wanted.title)
    if answer.cut_off and not found.usable:
        cut_off = "the answer was cut off before its end; write a shorter one"
        return replace(found, faults=(cut_off, *found.faults[:3]))
    return found


def _notes(best: Review, model: LanguageModel) -> tuple[str, ...]:
    written = f"Written by the language model {model.title}; check its facts before publishing."
    if not best.faults:
        return (written,)
    return (written, f"Asked again, the model still left this: {'; '.join(best.faults[:4])}.")


_REFUSAL: Final = re.compile(
    r"\b(?:I['’]?m sorry|I am sorry|I can(?:no|['’])t|I won['’]t|unable to (?:help|assist)|je suis désolé|je ne peux pas"
    r"|lo siento|no puedo|mi dispiace|non posso|desculpe|não posso|es tut mir leid"
    r"|ich kann (?:dabei |das |dir |ihnen )?nicht)",
    re.IGNORECASE,
)


def _rules(plan: Plan) -> str:
    fewest, most = plan.words
    scenes = f"Exactly {plan.scenes} scenes" if plan.exact else f"{plan.scenes} to {plan.scenes + 3} scenes"
    return _SYSTEM.format(
        language=_LANGUAGE_NAMES.get(plan.language, "English"), scenes=scenes, fewest=fewest, most=most,
        each=max(6, round((fewest + most) / 2 / plan.scenes)),
    )  # fmt: skip


def _mend(found: Review) -> str:
    faults = "\n".join(f"- {fault}" for fault in found.faults)
    return f"Your answer has these faults:\n{faults}\nSend the whole corrected JSON object, and nothing else."
