"""Laboratory: benches with glassware, a control room, an old scholar's workroom, halls of servers, an observatory."""

import re
from collections.abc import Callable
from dataclasses import replace

from aiprod.visuals.motion.archetypes import workrooms
from aiprod.visuals.motion.archetypes.furnisher import Furnisher, Shape
from aiprod.visuals.motion.archetypes.indoors import Indoors, indoor_mood
from aiprod.visuals.motion.arrangements import ARRANGEMENTS
from aiprod.visuals.motion.cards.apparatus import apparatus
from aiprod.visuals.motion.cards.furnishings import furnishing
from aiprod.visuals.motion.light import Mood, mixed, scaled
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_APPARATUS = (
    "blue flask", "green flask", "red flask", "retort", "tubes", "microscope", "telescope", "molecule", "machine", "stool",
    "swivel", "balance",
)  # fmt: skip
_THINGS = ("lamp", "books", "globe", "plant", "candles", "pendant", "chair")
_COOL = (0.62, 0.80, 1.0)
_WHITE = (0.92, 0.96, 1.0)
_LOOKS = {
    "chemistry": Indoors(lamps_by_day=0.5, lamp_tone=_WHITE, fill=1.1, dust=0.010),
    "biology": Indoors(lamps_by_day=0.5, lamp_tone=_WHITE, fill=1.1, dust=0.010),
    "control": Indoors(lamps_by_day=1.0, lamp_tone=_COOL, fill=1.3, dust=0.0),
    "servers": Indoors(lamps_by_day=1.0, lamp_tone=_COOL, fill=1.1, dust=0.0),
    "scholar": Indoors(lamps_by_day=0.35, fill=1.0, dust=0.027),
    "observatory": Indoors(lamps_by_day=0.6, lamp_tone=(1.0, 0.55, 0.30), fill=1.5, dust=0.012),
}  # fmt: skip
_SHAPES = {
    "chemistry": Shape(half=2.0, high=3.1, back=8.0, sun_behind=False), "biology": Shape(half=2.0, high=3.1, back=8.0, sun_behind=True),
    "control": Shape(half=2.3, high=4.3, back=9.5, sun_behind=True), "servers": Shape(half=1.75, high=3.2, back=13.0, sun_behind=True),
    "scholar": Shape(half=2.0, high=3.5, back=8.2, sun_behind=True), "observatory": Shape(half=2.6, high=5.6, back=9.5, sun_behind=True),
}  # fmt: skip
_ROOMS: dict[str, Callable[[Furnisher], None]] = {
    "chemistry": workrooms.chemistry, "biology": workrooms.biology, "control": workrooms.control, "servers": workrooms.servers,
    "scholar": workrooms.scholar, "observatory": workrooms.observatory,
}  # fmt: skip
_LIT_BY_SCREENS = ("control", "servers")
"""By night."""
_LONG_AGO = re.compile(r"\b(1[0-8]\d\d|19[0-3]\d)\b")


def _kind(spec: SceneSpec) -> str:
    """A scholar's room where the scene speaks of long ago or shows a scientist by name; else by variant."""
    words = " ".join((spec.callout.text if spec.callout else "", *(spec.chart.labels if spec.chart else ())))
    if _LONG_AGO.search(words) or spec.style == "vintage" or spec.palette == "sepia":
        return "scholar"
    if any(subject.icon == "scientist" and subject.name[:1].isupper() for subject in spec.subjects):
        return "scholar"
    kinds = ARRANGEMENTS["laboratory"]
    return kinds[spec.variant % len(kinds)]


class Laboratory:
    """Where things are measured, at the height of a standing scholar's bench."""

    def setting(self, spec: SceneSpec) -> Setting:
        grand = _kind(spec) in ("control", "observatory")
        return Setting(
            eye_height=1.45, focal=1.75, horizon=-0.18 if grand else -0.08, reach=0.8, shake=0.7, fog=0.004, fog_fall=0.02,
            stage_near=3.1, stage_far=6.0, sun_at=(0.3 if spec.seed % 2 else -0.3, 0.5), indoors=True, sky=False,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        kind = _kind(spec)
        inside = indoor_mood(mood, _LOOKS[kind])
        if kind not in _LIT_BY_SCREENS or not mood.night:
            return inside
        return replace(
            inside, sun=scaled(_COOL, 0.7), ambient=scaled(mixed(_COOL, (0.5, 0.5, 0.6), 0.5), 0.25),
            fog=scaled(_COOL, 0.03), fog_sun=scaled(_COOL, 0.05), bloom=0.65, threshold=0.6, exposure=1.05,
        )  # fmt: skip

    def build(self, world: World) -> None:
        kind = _kind(world.spec)
        shape = _SHAPES[kind]
        taller = 1.0 if world.aspect > 0.8 else 1.25 if shape.high > 4 else 1.1
        things = {name: apparatus(name) for name in _APPARATUS} | {name: furnishing(name) for name in _THINGS}
        furnisher = Furnisher(world, replace(shape, high=shape.high * taller), _LOOKS[kind], things)
        _ROOMS[kind](furnisher)
        furnisher.finish()
