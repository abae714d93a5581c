"""The offline writer: an honest story made of encyclopedia sentences, with no language model and no network.

Knows how to find what a theme is about, how many facts make a story and how to put them in order. Every sentence it
writes is a sentence of its sources with words taken away; it invents nothing, and says so where facts run short.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from aiprod.brief import SCENE_SECONDS, USUAL_SCENES, Brief
from aiprod.errors import WriterFailed
from aiprod.language import guess_language
from aiprod.models.registry import Registry
from aiprod.prompts import visual_prompt
from aiprod.story import Line, Scene, Script, Source
from aiprod.writers.encyclopedia import FILES, WORK, Encyclopedia
from aiprod.writers.facts import Fact
from aiprod.writers.gathering import gather
from aiprod.writers.labels import fold
from aiprod.writers.lexicons import MODELS, open_lexicon
from aiprod.writers.reference_text import words
from aiprod.writers.subjects import Topic, find_topic, find_topics, perhaps_meant
from aiprod.writers.supply import DULL
from aiprod.writers.tongues import Tongue, tongue_of

FEWEST_SCENES: Final = 4
MOST_SCENES: Final = 14
SCENE_WORDS: Final = 22
"""The most words of two short sentences that share a scene."""
HOOK_WORDS: Final = 24
HOOK_LEAD: Final = 0.5
"""How much more striking a later fact must be to be told first."""
OWN: Final = 0.6
"""How much more a fact of the topic's own entry is worth than another's."""
MOST_UNNAMED: Final = 2
"""After so many scenes that say only "it", the subject is named again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beat:
    """What one scene says."""

    facts: tuple[Fact, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What is told of one of the theme's topics."""

    topic: Topic
    beats: list[_Beat]


class OutlineWriter:
    """Writes from the offline encyclopedia and, where the registry has one, a dictionary.

    Raises: WriterFailed, EngineMissing.
    """

    name = "outline"

    def __init__(self, registry: Registry | None = None) -> None:
        self._registry = registry

    def write(self, brief: Brief) -> Script:
        """The story of the brief's theme, in at least four scenes unless fewer are asked for."""
        theme = " ".join(brief.theme.split())
        language = brief.language or _guessed(theme)
        book = Encyclopedia.open(language)
        tongue = tongue_of(language)
        lexicon = open_lexicon(language, self._registry)
        topics = find_topics(theme, book, tongue, lexicon)
        if not topics:
            meant = perhaps_meant(theme, book, tongue)
            raise WriterFailed(
                f"The offline encyclopedia has nothing on {_quoted(theme)}"
                + (f" (it has {_quoted(meant)}: is that what is meant?)" if meant else "")
                + "; name one thing, place, person or event in"
                f" another word, write the script yourself (--script), or {_OTHER_WRITER}."
            )
        wanted = _wanted_scenes(brief)
        shares = (wanted - wanted // 2, wanted // 2) if len(topics) > 1 and wanted > 1 else (wanted,)
        parts: list[_Part] = []
        for topic, share in zip(topics, shares, strict=False):
            facts = gather(topic, book, lexicon, tongue, share + share // 2)
            parts.append(_Part(topic=topic, beats=_told_enough(topic, _story(facts, topic.entry.key, tongue, share), share, shares)))
        scenes = _scenes(parts, tongue)
        return Script(
            title=_title(theme),
            language=language,
            scenes=scenes,
            writer=self.name,
            sources=_sources([beat for part in parts for beat in part.beats]),
            notes=(
                tongue.note,
                *_notes(parts, wanted if brief.scenes or brief.seconds else 0),
                *((_no_dictionary(language),) if lexicon is None and language in MODELS else ()),
            ),
        )


def _told_enough(topic: Topic, beats: list[_Beat], share: int, shares: tuple[int, ...]) -> list[_Beat]:
    """The beats, where they are enough for the topic's share of a film. Raises: WriterFailed."""
    fewest = min(-(-FEWEST_SCENES // len(shares)), share)
    if len(beats) < fewest:
        raise WriterFailed(
            f"The offline encyclopedia knows too little of {_quoted(topic.entry.title)} for a film: expected facts"
            f" for at least {fewest} scenes, found {len(beats)}; choose a broader theme, write the script"
            f" yourself (--script), or {_OTHER_WRITER}."
        )
    return beats


_OTHER_WRITER: Final = (
    "let a language model write it: set AIPROD_WRITER=openai-compatible with AIPROD_WRITER_URL and AIPROD_WRITER_MODEL"
)


def _guessed(theme: str) -> str:
    """The theme's language; English, where the guess has no reference text and the English one knows the theme: "Jazz"
    looks German."""
    language = guess_language(theme)
    if language in FILES or find_topic(theme, Encyclopedia.open("en"), tongue_of("en")) is None:
        return language
    return "en"


def _wanted_scenes(brief: Brief) -> int:
    if brief.scenes:
        return max(1, brief.scenes)
    if brief.seconds:
        return max(FEWEST_SCENES, min(MOST_SCENES, round(brief.seconds / SCENE_SECONDS)))
    return USUAL_SCENES


def _story(facts: Sequence[Fact], home: str, tongue: Tongue, wanted: int) -> list[_Beat]:
    """The facts as they are told: the most striking first, the topic's own last, each named where it must be."""
    if not facts:
        return []
    chosen = _with_asides(_with_ending(_with_hook(list(facts), home, tongue), home, tongue))
    beats: list[_Beat] = []
    unnamed = 0
    before: Fact | None = None
    for fact in chosen:
        carried = before is not None and before.entry.key == fact.entry.key and before.about
        if fact.back_to and not (before is not None and _leads_to(before, fact)):
            continue
        if (fact.follows and not fact.back_to and not carried) or (fact.closely and before is not None and before.source != fact.source):
            continue
        text = fact.text if carried and unnamed < MOST_UNNAMED else fact.named
        unnamed = 0 if text == fact.named and not fact.follows else unnamed + 1
        beats.append(_Beat(facts=(fact,), text=text))
        before = fact
    return _joined(beats, wanted, home)


def _leads_to(before: Fact, fact: Fact) -> bool:
    """Whether a sentence that starts with "This basin..." may be said after the fact."""
    near = before.entry.key == fact.entry.key and before.place == fact.place - 1
    return near and re.search(rf"\b{re.escape(fact.back_to)}", fold(before.text)) is not None


def _joined(beats: list[_Beat], wanted: int, home: str) -> list[_Beat]:
    """At most as many beats as wanted: the shortest neighbours about one thing share a scene, then the weakest go, but
    not what says what the topic is."""
    beats = list(beats)
    while len(beats) > wanted:
        pairs = [
            (words(first.text) + words(second.text), index)
            for index, (first, second) in enumerate(pairwise(beats))
            if index and first.facts[-1].entry.key == second.facts[0].entry.key
        ]
        short = min(pairs, default=(SCENE_WORDS + 1, 0))
        if short[0] <= SCENE_WORDS:
            first, second = beats[short[1] : short[1] + 2]
            joint = _Beat(facts=(*first.facts, *second.facts), text=f"{first.text} {second.text}")
            beats[short[1] : short[1] + 2] = [joint]
            continue
        weakest = min(range(1, len(beats) - 1), key=lambda index: _worth(beats[index], home), default=0)
        if weakest + 1 < len(beats) and (beats[weakest + 1].facts[0].back_to or beats[weakest + 1].facts[0].after):
            del beats[weakest + 1]
            continue
        following = beats[weakest + 1] if weakest + 1 < len(beats) else None
        if following is not None and following.text != following.facts[0].named:
            renamed = _Beat(
                facts=following.facts, text=following.text.replace(following.facts[0].text, following.facts[0].named)
            )
            beats[weakest + 1] = renamed
        del beats[weakest]
    return beats


def _worth(beat: _Beat, home: str) -> float:
    """How little the story can do without the beat; the topic's own count for more, and the first of them for most."""
    return max(fact.score + OWN * (fact.entry.key == home) * (1 + 2 * (fact.place == 0)) for fact in beat.facts)


def _with_hook(facts: list[Fact], home: str, tongue: Tongue) -> list[Fact]:
    """The facts with the most striking of the topic's own in front, where it outshines the first."""
    openers = [
        fact for fact in facts
        if fact.entry.key == home and fact.entry.work == WORK and fact.about and not fact.follows
    ]  # fmt: skip
    if not openers:
        return facts
    free = [fact for fact in openers if _can_open(fact, tongue)] or openers[:1]
    hook = max(free, key=lambda fact: (round(fact.score, 3), -fact.place))
    if hook.score < openers[0].score + HOOK_LEAD:
        hook = openers[0]
    first = [hook, *(fact for fact in facts if fact.closely and fact.source == hook.source)]
    return [*first, *(fact for fact in facts if fact not in first)]


def _can_open(fact: Fact, tongue: Tongue) -> bool:
    """Whether it is short, names its subject itself and points at nothing said before."""
    bound = tongue.context.search(fact.named) or tongue.possessive.match(fact.text)
    start = fold(" ".join(fact.named.split()[:5]))
    head = re.findall(r"[^\W\d_]{3,}", fold(fact.entry.title))[-1:]
    named = fact.place == 0 or any(word[:5] in start for word in head)
    return not bound and named and words(fact.named) <= HOOK_WORDS


def _with_ending(facts: list[Fact], home: str, tongue: Tongue) -> list[Fact]:
    """The facts with one of the topic's own at the end, one that looks at today or at the world where there is one."""
    own = [fact for fact in facts[2:] if fact.entry.key == home and fact.entry.work == WORK and not fact.follows]
    asides = [fold(fact.after) for fact in facts if fact.after]
    ends = facts[-1].entry.key == home and not any(name in fold(facts[-1].named) for name in asides)
    if own and ends and not any(tongue.closing.search(fact.text) for fact in own):
        return facts
    own = [fact for fact in own if not any(name in fold(fact.named) for name in asides)] or own
    closing = [fact for fact in own if tongue.closing.search(fact.text) and fact.score >= DULL]
    plain = [fact for fact in own if not _ADDING.search(fact.named)]
    if not closing and not plain and len(facts) > FEWEST_SCENES:
        plain = [fact for fact in facts[1:2] if fact.entry.key == home and fact.place and not fact.follows]
    if not own and not plain:
        return _without_adding_end(facts)
    last = closing[-1] if closing else max(plain or own, key=lambda fact: (fact.score >= DULL, fact.place))
    end = [last, *(fact for fact in facts if fact.closely and fact.source == last.source and not last.closely)]
    return [*(fact for fact in facts if fact not in end), *end]


_ADDING: Final = re.compile(r"\b(?:also|aussi|également|también|además)\b", re.IGNORECASE)
"""Words of a sentence that only adds to the one before: no way to end."""


def _without_adding_end(facts: list[Fact]) -> list[Fact]:
    """The facts with the last two exchanged where the last only adds to another and nothing ties either to its place."""
    if len(facts) < FEWEST_SCENES or not _ADDING.search(facts[-1].named):
        return facts
    bound = any(fact.follows or fact.closely or fact.after for fact in facts[-2:])
    return facts if bound else [*facts[:-2], facts[-1], facts[-2]]


def _with_asides(facts: list[Fact]) -> list[Fact]:
    """The facts with what is about something else right after the first that names it, and after what clings to that, one
    a place; others are left out."""
    told = [fact for fact in facts if not fact.after]
    led: dict[int, Fact] = {}
    for aside in (fact for fact in facts if fact.after):
        name = fold(aside.after)
        places = [_after_followers(told, i) for i, fact in enumerate(told) if name in fold(fact.named)]
        most = len(told) - (len(told) + len(led) >= FEWEST_SCENES)
        place = next((place for place in places if place not in led and place < most), None)
        if place is not None:
            led[place] = aside
    return [one for i, fact in enumerate(told) for one in ((fact, led[i]) if i in led else (fact,))]


def _after_followers(facts: list[Fact], place: int) -> int:
    """The place of the last fact that cannot be parted from the one at `place`."""
    while place + 1 < len(facts) and (facts[place + 1].follows or facts[place + 1].closely):
        place += 1
    return place


def _scenes(parts: Sequence[_Part], tongue: Tongue) -> tuple[Scene, ...]:
    """All parts' beats as scenes, one part after the other."""
    told = [(beat, place, part) for part in parts for place, beat in enumerate(part.beats, 1)]
    return tuple(
        Scene(
            number=number,
            visual=visual_prompt(beat.text, tongue.language, beat.facts[0].entry.title, number - 1),
            lines=(Line(text=beat.text),),
            title=_scene_title(beat.facts[0], place, part.topic, tongue, len(part.beats)),
        )
        for number, (beat, place, part) in enumerate(told, 1)
    )


def _scene_title(fact: Fact, number: int, topic: Topic, tongue: Tongue, total: int) -> str:
    if fact.entry.key != topic.entry.key:
        return fact.entry.title
    if number == 1:
        return topic.entry.title
    if number == total:
        return tongue.titles["closing"] if tongue.today.search(fact.text) else ""
    return tongue.titles["number"] if sum(c.isdigit() for c in fact.text) > 3 else ""


def _title(theme: str) -> str:
    return theme[:1].upper() + theme[1:]


def _sources(beats: Sequence[_Beat]) -> tuple[Source, ...]:
    entries = {(fact.entry.key, fact.entry.work): fact.entry for beat in beats for fact in beat.facts}
    return tuple(
        Source(title=entry.title, work=entry.work, licence=entry.licence, url=entry.url) for entry in entries.values()
    )


def _notes(parts: Sequence[_Part], asked: int) -> tuple[str, ...]:
    notes = []
    scenes = sum(len(part.beats) for part in parts)
    if asked > scenes:
        notes.append(f"{asked} scenes were asked for; the facts carry {scenes}.")
    for topic in (part.topic for part in parts):
        if not topic.entry.text:
            notes.append(f"The encyclopedia has no entry on {topic.entry.title}: this is what other entries say of it.")
        if topic.unknown:
            notes.append(f"The encyclopedia has nothing on {', '.join(topic.unknown)}: this tells of {topic.entry.title}.")
    return tuple(notes)


def _no_dictionary(language: str) -> str:
    return f"The dictionary is not here; `aiprod models fetch {MODELS[language]}` brings more to tell."


def _quoted(text: str) -> str:
    return f'"{text if len(text) <= 80 else text[:77] + "..."}"'
