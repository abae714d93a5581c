"""A clip looked at where it lands: counted, measured on its pixels, and shown to the models that judge pictures.

Knows whose clips are shown to which model, and what follows from an answer or from none. The limits are in
`media/clip_gate.py`, the models behind their ports.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from aiprod.errors import MediaBroken, NotFound, Permanent, WeightsMissing
from aiprod.logs import logger
from aiprod.media.clip_gate import Fault, find_faults, find_mismatch, find_unsafe
from aiprod.media.clip_pictures import read_pictures
from aiprod.media.clip_scores import measure_clip
from aiprod.media.probe import probe
from aiprod.media.thumbnail import View, Views
from aiprod.picture_ports import Pictures, PromptMatcher, SafetyFilter
from aiprod.prompts import analyse, leading_subject
from aiprod.prompts.lexicon import phrases
from aiprod.story import LANGUAGES, Scene
from aiprod.video import Clip

Score: TypeAlias = tuple[str, float]
Safety: TypeAlias = Literal["off", "flag", "block"]

OWN = frozenset({"motion", "slideshow"})
"""Renderers that draw from this house's own shapes and maps: no model need look at what they make."""
MOST_MATCHED = 4
"""Pictures of a clip that are compared with its words: they all show the same scene."""
BY = " by "
"""Between the name of a score and the model that gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What came of looking at a clip; `unfit`: it is whole, and not good enough. Of a clip that is taken, `views` are its
    frames that may stand for the film, `notes` are for the user."""

    refused: bool
    unfit: bool = False
    faults: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()
    views: tuple[View, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Judged:
    """What the models said, and could not say, of one clip."""

    scores: list[Score]
    faults: list[Fault]
    notes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Looks at clips. `safety`: whether what may not be shown to everybody is not looked for (off), drawn again where that
    can be (flag), or never shown (block), the user's own pictures included."""

    matcher: PromptMatcher
    safety_filter: SafetyFilter
    safety: Safety

    def look(self, file: Path, clip: Clip, scene: Scene, language: str, title_top: float) -> Screened:
        """Look at the file of a scene's clip. The user's own pictures are not refused for how they look; the last clip that
        anybody can draw is taken with its lesser faults. The film's title stands on its poster from `title_top` down, in
        parts of the height."""
        views = Views(title_top=title_top)
        try:
            picture = probe(file).picture
            found = picture.frames if picture else 0
            if found != clip.frames:
                sentence = f"Expected {clip.frames} frames in the clip of scene {clip.scene}, found {found}."
                return Screened(refused=True, faults=(sentence,))
            measured = measure_clip(file, views.see)
            judged = self._judge(file, clip, scene, language)
        except (MediaBroken, NotFound) as error:
            return Screened(refused=True, faults=(str(error),))
        faults = [*(() if scene.media else find_faults(measured)), *judged.faults]
        last = bool(clip.reseeded) and not clip.renderers
        unfit = bool(faults) and not (last and not any(fault.grave for fault in faults))
        logger().info(
            "clip screened", scene=clip.scene, renderer=clip.renderer, unfit=unfit, judged=judged.scores, **asdict(measured)
        )
        sentences = tuple(fault.sentence for fault in faults)
        scores = (*asdict(measured).items(), *judged.scores)
        taken = tuple(f"Scene {clip.scene} is as good as its renderers could make it: {sentence}" for sentence in sentences)
        return Screened(
            refused=unfit, unfit=unfit, faults=sentences, notes=(*judged.notes, *(() if unfit else taken)),
            scores=tuple((name, round(float(value), 3)) for name, value in scores),
            views=tuple(views.rated),
        )  # fmt: skip

    def _judge(self, file: Path, clip: Clip, scene: Scene, language: str) -> _Judged:
        judged = _Judged(scores=[], faults=[], notes=[])
        own_media = bool(scene.media) and clip.renderer == "stills"
        foreign = clip.renderer not in OWN and not own_media
        to_match = what_is_shown(scene, language) if foreign else ""
        to_filter = (foreign and self.safety != "off") or (own_media and self.safety == "block")
        if not (to_match or to_filter):
            return judged
        pictures = read_pictures(file)
        if to_match:
            self._match(pictures, to_match, judged)
        if to_filter:
            self._filter(pictures, judged)
        return judged

    def _match(self, pictures: Pictures, text: str, judged: _Judged) -> None:
        every = -(-len(pictures) // MOST_MATCHED)
        try:
            self.matcher.check()
            match = self.matcher.match(pictures[every // 2 :: every], text)
        except Permanent as error:
            judged.notes.append(_unmeasured("Prompt match", self.matcher.name, error))
            return
        judged.scores.append((f"prompt match{BY}{self.matcher.name}", match))
        judged.faults.extend(find_mismatch(match, text))

    def _filter(self, pictures: Pictures, judged: _Judged) -> None:
        """A clip that cannot be looked at is not shown where none must be shown unseen."""
        blocking = self.safety == "block"
        try:
            self.safety_filter.check()
            likely = self.safety_filter.rate(pictures)
        except Permanent as error:
            told = _unmeasured("Whether everybody may see the pictures", self.safety_filter.name, error)
            if blocking:
                judged.faults.append(Fault(sentence=told, grave=True))
            else:
                judged.notes.append(told)
            return
        judged.scores.append((f"unsafe{BY}{self.safety_filter.name}", likely))
        judged.faults.extend(find_unsafe(likely, grave=blocking))


def what_is_shown(scene: Scene, language: str) -> str:
    """What a scene is to show in the English that models read; "" where its words do not tell it.

    >>> what_is_shown(Scene(number=1, visual="Des pandas dans une forêt de bambous, lumière douce", lines=()), "fr")
    'panda in a bamboo forest'
    """
    visual = scene.visual or scene.text
    if language not in LANGUAGES:
        return ""
    facts = analyse(visual, language)
    if facts.language == "en":
        return visual
    hero = leading_subject(facts)
    named = hero.subject.concept if hero else next((person.name for person in facts.people), "")
    places = phrases("place", "en")
    where = places.get(f"{facts.place}:{facts.flora}") or places.get(facts.place, "")
    return f"{named} {where}".strip()


def judges_of(scores: tuple[Score, ...]) -> Iterator[str]:
    """The models that gave some of these scores."""
    yield from (name.partition(BY)[2] for name, _ in scores if BY in name)


def _unmeasured(what: str, model: str, error: Permanent) -> str:
    why = f"fetch its model with `aiprod models fetch {model}`" if isinstance(error, WeightsMissing) else str(error)
    return f"{what} was not measured: {why.rstrip('.')}."
