"""From prompts to scenes: one spec a shot, all made together so that neighbours never look alike.

Pure and light: reads what each prompt and narration say, settles the landscape, casts the subjects and shares out
light, framing and camera. The same briefs and look give the same specs; a scene's `take` changes that scene alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast as as_type

from aiprod.ports import FilmLook, ShotBrief
from aiprod.prompts import PromptFacts, analyse, leading_subject
from aiprod.prompts.lexicon import known_language
from aiprod.visuals.motion import landscape as places
from aiprod.visuals.motion.arrangements import arranged
from aiprod.visuals.motion.casting import Casting, cast
from aiprod.visuals.motion.landscape import Landscape, settle
from aiprod.visuals.motion.overlays import atlas, callout, chart, counter, wants_map
from aiprod.visuals.motion.spec import (
    Archetype,
    CameraDirection,
    CameraKind,
    CameraMove,
    Composition,
    Facing,
    Flora,
    Palette,
    Particles,
    SceneSpec,
    Season,
    TimeOfDay,
    Weather,
    encode_spec,
)
from aiprod.visuals.motion.symbols import staged
from aiprod.visuals.motion.variation import Variation, Wish, draw, vary

ACCENTS = ("#ffd23f", "#ff9f43", "#5ad1c8", "#ff6b8b", "#8ecbff", "#c8f25c")
_SHADE = 4
"""How far a film's accent may be from its kind, a channel: too little to be seen."""
_TURNS = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What one brief says, before the film is shared out."""

    brief: ShotBrief
    shown: PromptFacts
    said: PromptFacts
    mood: str
    landscape: Landscape


def plan_specs(briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
    """One spec (canonical JSON) a brief."""
    readings = [_read(brief, look) for brief in briefs]
    wishes = [
        Wish(
            archetype=reading.landscape.archetype, times=reading.landscape.times,
            framing=reading.shown.composition, camera=reading.shown.camera, take=reading.brief.take,
        )
        for reading in readings
    ]  # fmt: skip
    variations = vary(wishes, seed=look.seed, style=look.style)
    scenes = [
        _scene(reading, variation, look, place)
        for place, (reading, variation) in enumerate(zip(readings, variations, strict=True))
    ]
    return tuple(encode_spec(_peopled(scene, scenes)) for scene in scenes)


def _peopled(scene: SceneSpec, film: Sequence[SceneSpec]) -> SceneSpec:
    """A scene for which no picture is known shows what the film's other abstract scenes show, not an empty stage."""
    if scene.archetype != "stage" or scene.subjects or scene.chart:
        return scene
    heroes = [other.subjects[0] for other in film if other.archetype == "stage" and other.subjects]
    return replace(scene, subjects=tuple(staged(heroes[:1], None, scene.composition))) if heroes else scene


def _read(brief: ShotBrief, look: FilmLook) -> _Reading:
    language = known_language(look.language)
    shown = analyse(brief.visual or brief.title or brief.text, language)
    said = analyse(brief.text or brief.visual, language, certain=bool(brief.text))
    mood = brief.mood or shown.mood
    ground = settle(shown, said, mood=mood, seed=look.seed)
    empty = leading_subject(shown) is None and not shown.people
    if ground.archetype == "stage" and not shown.place and wants_map(shown, said, empty=empty):
        ground = Landscape(archetype="map", flora="none", times=ground.times)
    return _Reading(brief=brief, shown=shown, said=said, mood=mood, landscape=ground)


def _scene(reading: _Reading, variation: Variation, look: FilmLook, place: int) -> SceneSpec:
    ground, shown = reading.landscape, reading.shown
    seed = draw(look.seed, "scene", place, reading.brief.take)
    time = variation.time_of_day
    sky = places.weather(ground, shown, time, variation.variant)
    year = places.season(ground, shown, sky, look.seed)
    facing = _facing(shown, variation, seed)
    subjects = () if ground.archetype == "map" else cast(
        Casting(
            shown=shown, said=reading.said, archetype=ground.archetype, framing=variation.framing, facing=facing,
            seed=look.seed,
        )
    )  # fmt: skip
    figures = chart(reading.said, reading.brief.title)
    if figures is None and ground.archetype == "stage" and not shown.people and leading_subject(shown) is None:
        figures = counter(reading.said, reading.brief.text, reading.brief.title)
    mapped = ground.archetype == "map"
    written = callout(shown, reading.said, title=reading.brief.title, empty=not (subjects or mapped), mapped=mapped)
    over = None if figures else written
    return SceneSpec(
        archetype=as_type(Archetype, ground.archetype),
        seed=seed,
        style=look.style,
        variant=arranged(ground.archetype, variation.variant, reading.brief.visual, reading.brief.text, ground.flora),
        time_of_day=as_type(TimeOfDay, time),
        weather=as_type(Weather, sky),
        season=as_type(Season, year),
        flora=as_type(Flora, ground.flora),
        palette=as_type(Palette, variation.palette),
        camera=_camera(reading, variation, facing, seed),
        composition=as_type(Composition, variation.framing),
        subjects=subjects,
        particles=as_type(Particles, places.particles(ground, sky, time, year)),
        callout=over,
        chart=figures,
        map=atlas(shown, reading.said) if mapped else None,
        presenter=look.presenter,
        accent=_accent(look.seed),
        lettered=((0.0, 1.0),) if figures or mapped else ((over.start, over.end),) if over else (),
    )


def _facing(shown: PromptFacts, variation: Variation, seed: int) -> Facing:
    """The way the hero looks: with the camera where its way is told, else into the open side of the frame."""
    told = shown.camera_direction
    if told in ("left", "right"):
        return as_type(Facing, told)
    if variation.framing in _TURNS:
        return as_type(Facing, _TURNS[variation.framing])
    return "right" if seed % 2 else "left"


def _camera(reading: _Reading, variation: Variation, facing: Facing, seed: int) -> CameraMove:
    kind = variation.camera
    stage = reading.landscape.archetype == "stage"
    sideways: CameraDirection = facing
    natural: dict[str, CameraDirection] = {
        "pan": sideways, "truck": sideways, "orbit": sideways, "tilt": "up", "crane": "up",
        "dolly": "in", "zoom": "in" if seed % 3 else "out", "handheld": "none", "static": "none",
    }  # fmt: skip
    told = as_type(CameraDirection, reading.shown.camera_direction)
    fits = {
        "pan": ("left", "right"), "truck": ("left", "right"), "orbit": ("left", "right"), "tilt": ("up", "down"),
        "crane": ("up", "down"), "dolly": ("in", "out"), "zoom": ("in", "out"),
    }  # fmt: skip
    direction = told if told in fits.get(kind, ()) else natural[kind]
    pace = {"calm": 0.8, "sad": 0.75, "tense": 1.2, "epic": 1.2, "playful": 1.1}.get(reading.mood, 1.0)
    nearness = 0.75 if variation.framing == "close" else 1.0
    narrow = 0.3 if stage and kind in ("pan", "truck") else 1.0  # what stands alone must not leave the frame
    amount = (0.42 + 0.26 * (draw(seed, "amount") % 1000) / 1000) * pace * nearness * narrow
    return CameraMove(kind=as_type(CameraKind, kind), amount=round(min(1.0, amount), 3), direction=direction)


def _accent(seed: int) -> str:
    """The film's own shade of one of the accents: it tells films apart, and from it comes who presents them."""
    base = int(ACCENTS[draw(seed, "accent") % len(ACCENTS)].removeprefix("#"), 16)
    channels = [base >> shift & 255 for shift in (16, 8, 0)]
    shaded = [min(255, max(0, tone + draw(seed, "shade", str(i)) % (2 * _SHADE + 1) - _SHADE)) for i, tone in enumerate(channels)]
    return "#" + "".join(f"{tone:02x}" for tone in shaded)
