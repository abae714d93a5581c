"""Who is seen in a scene: the subjects of a prompt as illustrated figures, placed, sized, facing and moving.

Knows the subject pack's index and staging rules. Knows no landscape and no picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiprod.prompts import PromptFacts, SeenSubject, leading_subject
from aiprod.prompts.lexicon import Person
from aiprod.prompts.lexicon import Subject as NamedSubject
from aiprod.prompts.visual import BODY_PARTS
from aiprod.visuals.motion.spec import Facing, Gait, Role, SubjectSpec
from aiprod.visuals.motion.subjects import IconMatch, find_icon, find_subject, match_of
from aiprod.visuals.motion.subjects.stand_ins import NAMESAKES, STAND_INS
from aiprod.visuals.motion.symbols import SURE_SCORE, staged, symbols
from aiprod.visuals.motion.variation import draw

LIVING = ("animal", "bird", "fish", "insect", "person")
LEAST_SYMBOL_SCALE = 0.3
MOST_COMPANIONS, MOST_PROPS = 2, 2
BEYOND_THE_SAND = 0.55
FEW = 3
AFLOAT = ("stage", "space", "planet", "sky", "underwater")
"""Where things float instead of lying on the ground."""
AIRLESS = ("space", "planet", "moonscape")
"""Where people wear a suit."""

_HERO_X = {"left": 0.32, "center": 0.5, "right": 0.68, "close": 0.5, "wide": 0.44}
_HERO_SCALE = {"left": 0.33, "center": 0.36, "right": 0.33, "close": 0.6, "wide": 0.19}
_HERO_DEPTH = {"left": 0.2, "center": 0.2, "right": 0.2, "close": 0.06, "wide": 0.42}


@dataclass(frozen=True, slots=True, kw_only=True)
class Casting:
    """A scene to be cast: what its texts say, its archetype and framing, and the film's seed."""

    shown: PromptFacts
    said: PromptFacts
    archetype: str
    framing: str
    facing: Facing
    seed: int


def cast(casting: Casting) -> tuple[SubjectSpec, ...]:
    """The scene's subjects, hero first."""
    facts = casting.shown if casting.shown.subjects or casting.shown.people else _at_home(casting)
    people = facts.people[:2]
    seen = list(facts.subjects)
    hero = leading_subject(facts)
    if hero is not None and not people:
        seen.remove(hero)
        seen.insert(0, hero)
    specs: list[SubjectSpec] = []
    for person in people:
        icon = _person_icon(person)
        if icon is not None:
            specs.append(_place_person(casting, person, icon, len(specs)))
    for one in seen:
        if people and one.subject.kind == "person" and not _has_room(specs):
            continue
        if one.subject.concept in BODY_PARTS and specs and seen[0].subject.kind in LIVING:
            continue
        off_earth = one.subject.kind == "person" and casting.archetype in AIRLESS
        icon = match_of("astronaut") if off_earth else _icon(one.subject, one.word, facts.language)
        if icon is None or any(spec.icon == icon.name for spec in specs):
            continue
        spec = _place_subject(casting, one, icon, specs)
        if spec is not None and one.subject.kind == "person" and 1 < spec.count <= FEW:
            specs.extend(_company(spec))
        elif spec is not None:
            specs.append(spec)
    if casting.archetype == "beach":
        specs = [replace(spec, depth=max(spec.depth, BEYOND_THE_SAND)) if spec.gait == "swim" else spec for spec in specs]
    if casting.framing == "close" and len(specs) > 1:
        specs = [replace(spec, scale=round(spec.scale * 0.8, 3), depth=round(spec.depth + 0.14, 3)) for spec in specs]
    if facts.offspring and specs and specs[0].role == "hero" and len(specs) < 3 and not people:
        specs.append(_offspring(specs[0]))
    if casting.archetype == "stage" and not any(_is_someone(spec) for spec in specs):
        specs = staged(specs or symbols(casting.shown, casting.said), casting.said, casting.framing)
    return tuple(specs)


def _at_home(casting: Casting) -> PromptFacts:
    """What the voice names, when the prompt shows nobody, if it belongs where the scene is; else nothing."""
    hero = leading_subject(casting.said)
    homes = {person.home for person in casting.said.people}
    if hero is not None and not homes:
        homes = {hero.subject.home}
    if casting.archetype in homes or (casting.archetype == "stage" and not casting.shown.keywords):
        return casting.said
    return casting.shown


def _is_someone(spec: SubjectSpec) -> bool:
    return find_subject(spec.icon).category in LIVING


def _has_room(specs: Sequence[SubjectSpec]) -> bool:
    """Whether another person may join those already there."""
    return len(specs) <= MOST_COMPANIONS


def _icon(subject: NamedSubject, word: str, language: str) -> IconMatch | None:
    """The figure that shows a subject: by the word used, else by the subject's own name; a living thing is whole."""
    for words, tongue in ((word.split(), language), (subject.concept.split(), "en")):
        match = find_icon(words, tongue)
        if match is None or match.score < SURE_SCORE:
            continue
        other = NAMESAKES.get((subject.concept, match.name))
        if other is not None:
            return match_of(other) if other else None
        if _is_of_kind(subject, match) and not (match.name == "person" and subject.concept in STAND_INS):
            return match
    if subject.concept in STAND_INS:
        return match_of(STAND_INS[subject.concept])
    return find_icon(["person"], "en") if subject.kind == "person" else None


def _is_of_kind(subject: NamedSubject, match: IconMatch) -> bool:
    if subject.kind not in LIVING:
        return match.subject.category != "person"
    return match.subject.body == "whole" and match.subject.category == ("person" if subject.kind == "person" else "animal")


def _person_icon(person: Person) -> IconMatch | None:
    for word in (person.look, person.concept, "woman" if person.gender == "f" else "man"):
        match = find_icon([word], "en")
        if match is not None and match.score >= SURE_SCORE and match.subject.body == "whole":
            return match
    return find_icon(["person"], "en")


def _place_person(casting: Casting, person: Person, icon: IconMatch, index: int) -> SubjectSpec:
    framing = casting.framing
    scale, x, depth = _HERO_SCALE[framing], _HERO_X[framing], _HERO_DEPTH[framing]
    offset = 0.0 if index == 0 else 0.27 * (1 if x <= 0.5 else -1)
    gait: Gait = "walk" if casting.shown.action == "walk" else "sit" if casting.shown.action == "sit" else "idle"
    return SubjectSpec(
        icon=icon.name, name=person.name, role="hero" if index == 0 else "companion",
        facing=casting.facing if index == 0 else _other(casting.facing), gait=gait, scale=scale,
        x=round(x + offset, 3), depth=depth,
    )  # fmt: skip


def _place_subject(
    casting: Casting, one: SeenSubject, icon: IconMatch, specs: Sequence[SubjectSpec]
) -> SubjectSpec | None:
    """A subject in its room; None when the scene is full or the thing would only clutter it."""
    hero = next((spec for spec in specs if spec.role == "hero"), None)
    framing = casting.framing
    scale, x, depth = _HERO_SCALE[framing], _HERO_X[framing], _HERO_DEPTH[framing]
    gait = _gait(casting, one)
    if hero is None:
        if one.subject.kind == "object" and casting.archetype in ("stage", "interior", "laboratory"):
            scale = max(scale, LEAST_SYMBOL_SCALE)
        count = min(12, one.count if one.count < 4 or casting.framing != "close" else 3)
        if count > 1:
            scale *= 0.85 if count == 2 else 0.7
        if one.young:
            scale *= 0.75
        if casting.archetype == "stage" and len(casting.shown.subjects) > 1:
            scale = min(scale, 0.4)
        return SubjectSpec(
            icon=icon.name, name=one.word, role="hero", facing=casting.facing, gait=gait, count=count,
            scale=round(scale * _bulk(icon), 3), x=x, depth=depth,
        )  # fmt: skip
    living = one.subject.kind in LIVING or one.subject.kind == "vehicle"
    if not living and (casting.framing == "close" or _is_setting(casting, icon)):
        return None
    role: Role = "companion" if living else "prop"
    others = sum(spec.role == role for spec in specs)
    if others >= (MOST_COMPANIONS if living else MOST_PROPS) or one.subject.kind == "plant":
        return None
    side = 1 if hero.x <= 0.5 else -1
    step = 0.26 if living else 0.36
    place = hero.x + side * step * (1 if others == 0 else -1)
    ratio = icon.subject.metres / max(0.05, _metres(hero))
    size = min(1.3, max(0.35, ratio**0.5)) if living else min(0.6, max(0.2, ratio**0.7))
    return SubjectSpec(
        icon=icon.name, name=one.word, role=role, facing="left" if side > 0 else "right",
        gait=gait if living or casting.archetype in AFLOAT else "sit",
        count=min(6, one.count) if living else 1, scale=round(min(0.7, hero.scale * size), 3),
        x=round(min(0.92, max(0.08, place)), 3), depth=round(min(1.0, depth + (0.45 if one.background else 0.08)), 3),
    )  # fmt: skip


def _is_setting(casting: Casting, icon: IconMatch) -> bool:
    """Whether it belongs to the place itself: a small house or moon beside the hero would be a toy."""
    return casting.archetype != "stage" and icon.subject.category in ("building", "place", "sky")


def _company(hero: SubjectSpec) -> list[SubjectSpec]:
    """A few people as persons, each with a face of their own, the first where the group would be."""
    away = 0.85 if hero.count == 2 else 1.0
    step = 0.06 + 0.45 * hero.scale * away
    places = (0.0, step if hero.x <= 0.5 else -step, -step if hero.x <= 0.5 else step)
    return [
        replace(
            hero, role=hero.role if i == 0 else "companion", count=1, x=round(min(0.94, max(0.06, hero.x + places[i])), 3),
            depth=round(hero.depth + 0.02 * i, 3), scale=round(hero.scale * (1.0 - 0.04 * i), 3),
        )
        for i in range(hero.count)
    ]  # fmt: skip


def _offspring(hero: SubjectSpec) -> SubjectSpec:
    """The hero's young one, close to it and half its size."""
    step = 0.1 + 0.6 * hero.scale
    x = hero.x + (step if hero.x <= 0.5 else -step)
    scale = round(hero.scale * 0.52, 3)
    return replace(hero, role="companion", count=1, scale=scale, x=round(x, 3), depth=round(hero.depth * 0.7, 3))


def _metres(hero: SubjectSpec) -> float:
    match = find_icon([hero.icon.replace("-", " ")], "en")
    return match.subject.metres if match else 1.0


def _gait(casting: Casting, one: SeenSubject) -> Gait:
    """How it moves: as told where its kind can, else as it does by nature; still things stay still."""
    kind, told = one.subject.kind, casting.shown.action
    if kind in ("object", "plant", "sky"):
        return "idle"
    if kind == "vehicle" or kind == "fish" or (casting.archetype == "underwater" and kind != "insect"):
        natural: Gait = "swim" if casting.archetype == "underwater" else _as_gait(one.subject.gait)
        return natural
    if told == "fly" and kind not in ("bird", "insect") and one.subject.gait != "fly":
        return _as_gait(one.subject.gait)
    if kind == "person" and casting.archetype in ("space", "planet"):
        return "idle"
    if told:
        return _as_gait(told)
    natural = _as_gait(one.subject.gait)
    if natural in ("walk", "run") and casting.framing == "close":
        return "idle"
    if natural == "walk" and draw(casting.seed, "gait", one.subject.concept, casting.framing) % 3 == 0:
        return "idle"
    return natural


def _as_gait(word: str) -> Gait:
    gaits: dict[str, Gait] = {
        "walk": "walk", "run": "run", "fly": "fly", "swim": "swim", "hop": "hop", "sit": "sit",
    }  # fmt: skip
    return gaits.get(word, "idle")


def _bulk(icon: IconMatch) -> float:
    """A little larger for what is large by nature, a little smaller for what is tiny."""
    metres = icon.subject.metres
    return 1.2 if metres >= 2.5 else 0.8 if metres < 0.15 else 1.0


def _other(facing: Facing) -> Facing:
    return "left" if facing == "right" else "right"
