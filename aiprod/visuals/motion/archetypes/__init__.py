"""Archetypes: the kinds of places that a scene can be in, one file each.

How to add one (`lake`, say):

1. Write `archetypes/lake.py` with a class that has the two methods of `Archetype`:
   `setting(spec) -> Setting` says where we stand (eye height, focal length, horizon, fog, how far the camera travels, the
   heights of the ground, how near and far subjects stand); `mood(spec, mood) -> Mood` bends the light (`dataclasses.replace`);
   `build(world)` adds what is there. All that depends on chance draws from `world.random`, so that equal specs give equal
   pictures.
2. Add a line to `_PLACES` below. Nothing else needs to know.

In `build`, ask the world (distances in metres from the camera; what is farther is drawn first):
- `world.ridge(depth, Ridge(...))`, `world.cumulus(depth, Cumulus(...))`: far mountains and clouds, baked;
- `world.ground(Earth(...), shadows)`: the ground of `setting.heights` (drawn at order 130), or `world.water(depth, WaterLook(...))`:
  a mirror from our feet to `depth`;
- `world.cards(paintings, Material(...))` uploads pictures of `cards/`; `scatter(world, cards, Patch(...))` stands them about;
  `world.band(depth, [planting, ...], PlaneOptions(sway=..., mist=..., soften=...))` bakes them into one plane that slides by
  parallax. Four to eight planes are enough; each costs a few milliseconds a frame;
- `world.plane(depth, paint, options)`: the same for anything that you draw yourself (any shader that ends in `encode` and
  premultiplied alpha, seen through `project` or `frame.window`);
- `paint_carvings(gpu, [Carving(...), ...], Stone(...))` of `sculpture.py`, as a plane's paint: columns, walls, towers, bergs
  and other solids with light and shadow of their own, placed in metres;
- `world.swarm(order, Swarm(...))`, `world.lights(order, lambda seconds: [Light(...)])`, `world.add(order, draw)`: what moves.
  Weather and the spec's particles are added for you afterwards, unless `setting.indoors`.

Subjects are placed and drawn by the engine: `world.stage` is where the hero's feet are (x, y, z) and its height in metres,
computed from the spec (`scale` is a part of the frame's height, `x` across it, `depth` from `stage_near` to `stage_far`). Leave
it room (`Patch.clear=world.clearing()`), put grass both behind and before it (bands at `stage.z + 1.5` and
`stage.z - 1`), and cast nothing on it: its shadow, light, rim and reflection follow by themselves.

Look at it with `python -m aiprod.visuals.motion.contact_sheet lake`, in several hours, weathers, seeds and shapes.
"""

from importlib import import_module
from typing import Protocol

from aiprod.errors import EngineMissing
from aiprod.visuals.motion.light import Mood
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World


class Archetype(Protocol):
    """A kind of place."""

    def setting(self, spec: SceneSpec) -> Setting: ...

    def mood(self, spec: SceneSpec, mood: Mood, /) -> Mood: ...

    def build(self, world: World) -> None: ...


_PLACES = {
    "underwater": "underwater:Underwater",
    "moonscape": "moonscape:Moonscape",
    "planet": "cosmos:Cosmos",
    "space": "cosmos:Cosmos",
    "stage": "studio:Stage",
    "cave": "cave:Cave",
    "city": "city:City",
    "battlefield": "battlefield:Battlefield",
    "beach": "sea:Sea",
    "blackhole": "blackhole:BlackHole",
    "desert": "desert:Desert",
    "field": "field:Field",
    "forest": "forest:Forest",
    "interior": "interior:Interior",
    "laboratory": "laboratory:Laboratory",
    "lake": "lake:Lake",
    "jungle": "jungle:Jungle",
    "map": "map:Map",
    "mountains": "mountains:Mountains",
    "polar": "polar:Polar",
    "river": "river:River",
    "ruins": "ruins:Ruins",
    "savanna": "savanna:Savanna",
    "sea": "sea:Sea",
    "sky": "sky:Sky",
    "snow": "snow:Snow",
    "village": "village:Village",
    "volcano": "volcano:Volcano",
}


def find_archetype(name: str) -> Archetype:
    """The archetype of that name. Raises: EngineMissing."""
    place = _PLACES.get(name)
    if place is None:
        raise EngineMissing(
            f"The motion renderer expected a scene among {', '.join(sorted(_PLACES))}, found {name!r}; use another archetype."
        )
    module, _, kind = place.partition(":")
    archetype: Archetype = getattr(import_module(f"{__name__}.{module}"), kind)()
    return archetype
