"""Interior: a library, a living room or kitchen, a great hall, a workshop or classroom, with windows and lamps."""

from collections.abc import Callable
from dataclasses import replace

from aiprod.visuals.motion.archetypes import halls, homes
from aiprod.visuals.motion.archetypes.furnisher import Furnisher, Shape
from aiprod.visuals.motion.archetypes.indoors import Indoors, indoor_mood
from aiprod.visuals.motion.arrangements import ARRANGEMENTS
from aiprod.visuals.motion.cards.furnishings import furnishing
from aiprod.visuals.motion.light import Mood
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_THINGS = (
    "chair", "armchair", "lamp", "globe", "flowers", "plant", "candles", "fruit", "bust", "throne", "pendant",
    "chandelier", "tools", "books", "pots",
)  # fmt: skip
_LOOKS = {
    "library": Indoors(lamps_by_day=0.35, dust=0.027), "study": Indoors(lamps_by_day=0.3, dust=0.032),
    "living": Indoors(fill=1.25, dust=0.018), "kitchen": Indoors(fill=1.3, dust=0.016),
    "hall": Indoors(lamps_by_day=0.25, dust=0.031), "museum": Indoors(lamps_by_day=0.3, lamp_tone=(1.0, 0.78, 0.52), dust=0.018),
    "workshop": Indoors(dust=0.028), "classroom": Indoors(fill=1.2, lamp_tone=(1.0, 0.82, 0.6), dust=0.018),
}  # fmt: skip
_SHAPES = {
    "library": Shape(half=1.95, high=4.0, back=8.4, sun_behind=True), "study": Shape(half=1.95, high=3.05, back=8.4, sun_behind=True),
    "living": Shape(half=1.95, high=3.05, back=8.4, sun_behind=True), "kitchen": Shape(half=1.95, high=3.0, back=8.4, sun_behind=False),
    "hall": Shape(half=2.6, high=5.4, back=11.5, sun_behind=True), "museum": Shape(half=2.6, high=5.0, back=11.5, sun_behind=False),
    "workshop": Shape(half=2.0, high=3.2, back=8.4, sun_behind=False), "classroom": Shape(half=2.0, high=3.1, back=8.4, sun_behind=False),
}  # fmt: skip
_ROOMS: dict[str, Callable[[Furnisher], None]] = {
    "library": homes.library, "study": homes.study, "living": homes.living, "kitchen": homes.kitchen, "hall": halls.hall,
    "museum": halls.museum, "workshop": halls.workshop, "classroom": halls.classroom,
}  # fmt: skip


def _kind(spec: SceneSpec) -> str:
    kinds = ARRANGEMENTS["interior"]
    return kinds[spec.variant % len(kinds)]


class Interior:
    """Inside, before a wall with windows, at the height of a seated eye."""

    def setting(self, spec: SceneSpec) -> Setting:
        grand = _kind(spec) in ("hall", "museum", "library")
        return Setting(
            eye_height=1.5 if grand else 1.4, focal=1.75, horizon=-0.2 if grand else -0.08, reach=0.8, shake=0.7, fog=0.004, fog_fall=0.02,
            stage_near=3.1, stage_far=6.4, sun_at=(0.3 if spec.seed % 2 else -0.3, 0.5), indoors=True, sky=False,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        return indoor_mood(mood, _LOOKS[_kind(spec)])

    def build(self, world: World) -> None:
        kind = _kind(world.spec)
        shape = _SHAPES[kind]
        taller = 1.0 if world.aspect > 0.8 else 1.3 if shape.high > 3.5 else 1.14
        things = {name: furnishing(name) for name in _THINGS}
        furnisher = Furnisher(world, replace(shape, high=shape.high * taller), _LOOKS[kind], things)
        _ROOMS[kind](furnisher)
        furnisher.finish()
