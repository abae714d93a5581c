"""The offline writer: an honest story made of encyclopedia sentences, with no language model and no network.

Knows how to find what a theme is about, how many facts make a story and how to put them in order. Every sentence it
writes is a sentence of its sources with words taken away; it invents nothing, and says so where facts run short.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiprod.brief import Brief
from aiprod.errors import WriterFailed
from aiprod.language import guess_language
from aiprod.story import Line, Scene, Script, Source
from aiprod.writers.encyclopedia import LICENCE, WORK, Encyclopedia
from aiprod.writers.facts import Fact
from aiprod.writers.reference_text import words
from aiprod.writers.subjects import Topic, find_topic
from aiprod.writers.supply import gather
from aiprod.writers.tongues import TONGUES, Tongue

FEWEST_SCENES: Final = 4
USUAL_SCENES: Final = 8
MOST_SCENES: Final = 14
SCENE_SECONDS: Final = 8
SCENE_WORDS: Final = 24
"""The most words a scene gets when a second short sentence may join the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beat:
    """What one scene says."""

    facts: tuple[Fact, ...]
    text: str


class OutlineWriter:
    """Writes from the offline encyclopedia. Raises: WriterFailed, EngineMissing."""

    name = "outline"

    def write(self, brief: Brief) -> Script:
        """The story of the brief's theme, in at least four scenes."""
        theme = " ".join(brief.theme.split())
        language = brief.language or guess_language(theme)
        book = Encyclopedia.open(language)
        tongue = TONGUES[language]
        topic = find_topic(theme, book, tongue)
        if topic is None:
            raise WriterFailed(
                f"The offline encyclopedia has nothing on {_quoted(theme)}; name one thing, place, person or event in"
                f" another word, write the script yourself (--script), or {_OTHER_WRITER}."
            )
        wanted = _wanted_scenes(brief)
        beats = _story(gather(topic, book, tongue, wanted), wanted)
        if len(beats) < FEWEST_SCENES:
            raise WriterFailed(
                f"The offline encyclopedia knows too little of {_quoted(topic.entry.title)} for a film: expected facts"
                f" for at least {FEWEST_SCENES} scenes, found {len(beats)}; choose a broader theme, write the script"
                f" yourself (--script), or {_OTHER_WRITER}."
            )
        return Script(
            title=_title(theme),
            language=language,
            scenes=tuple(_scene(beat, number, topic, tongue, len(beats)) for number, beat in enumerate(beats, 1)),
            writer=self.name,
            sources=_sources(beats),
            notes=_notes(topic, tongue, len(beats), wanted if brief.scenes or brief.seconds else 0),
        )


_OTHER_WRITER: Final = (
    "let a language model write it: set AIPROD_WRITER=openai-compatible with AIPROD_WRITER_URL and AIPROD_WRITER_MODEL"
)


def _wanted_scenes(brief: Brief) -> int:
    if brief.scenes:
        return max(1, brief.scenes)
    if brief.seconds:
        return max(FEWEST_SCENES, min(MOST_SCENES, round(brief.seconds / SCENE_SECONDS)))
    return USUAL_SCENES


def _story(facts: Sequence[Fact], wanted: int) -> list[_Beat]:
    """The facts in the order they are told, the most striking first, each scene's words together."""
    if not facts:
        return []
    chosen = list(facts)
    home = chosen[0].entry.key
    openers = [f for f in chosen if f.entry.key == home and not f.follows] or [f for f in chosen if not f.follows]
    hook = max(openers, key=lambda fact: (round(fact.score, 3), -fact.place))
    if hook.score > chosen[0].score + 0.5:
        chosen.remove(hook)
        chosen.insert(0, hook)
    beats: list[_Beat] = []
    said_since_named = 0
    before: Fact | None = None
    for fact in chosen:
        follows_on = before is not None and before.entry.key == fact.entry.key
        if fact.follows and not follows_on:
            continue
        use_name = not follows_on or said_since_named >= 2 or (before is not None and before.place > fact.place)
        text = fact.named if use_name else fact.text
        said_since_named = 0 if text == fact.named else said_since_named + 1
        beats.append(_Beat(facts=(fact,), text=text))
        before = fact
    return beats[:wanted]


def _scene(beat: _Beat, number: int, topic: Topic, tongue: Tongue, total: int) -> Scene:
    from aiprod.prompts import visual_prompt

    fact = beat.facts[0]
    return Scene(
        number=number,
        visual=visual_prompt(beat.text, tongue.language, fact.entry.title, number - 1),
        lines=(Line(text=beat.text),),
        title=_scene_title(fact, number, topic, tongue, total),
    )


def _scene_title(fact: Fact, number: int, topic: Topic, tongue: Tongue, total: int) -> str:
    if fact.entry.key != topic.entry.key:
        return fact.entry.title
    if number == 1:
        return topic.entry.title
    if number == total:
        return tongue.titles["closing"] if tongue.closing.search(fact.text) else ""
    return tongue.titles["number"] if sum(c.isdigit() for c in fact.text) > 3 else ""


def _title(theme: str) -> str:
    return theme[:1].upper() + theme[1:]


def _sources(beats: Sequence[_Beat]) -> tuple[Source, ...]:
    entries = {fact.entry.key: fact.entry for beat in beats for fact in beat.facts}
    return tuple(
        Source(title=entry.title, work=WORK, licence=LICENCE, url=entry.url) for entry in entries.values()
    )


def _notes(topic: Topic, tongue: Tongue, scenes: int, asked: int) -> tuple[str, ...]:
    notes = [tongue.note]
    if asked > scenes:
        notes.append(f"{asked} scenes were asked for; the facts carry {scenes}.")
    if topic.unknown:
        notes.append(f"The encyclopedia has nothing on {', '.join(topic.unknown)}: this tells of {topic.entry.title}.")
    return tuple(notes)


def _quoted(text: str) -> str:
    return f'"{text if len(text) <= 80 else text[:77] + "..."}"'
