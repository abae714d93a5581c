"""From a spec to a world that is ready to be drawn: archetype, subjects, weather, particles."""

from collections.abc import Sequence
from dataclasses import replace

from aiprod.profiles import Shape
from aiprod.visuals.motion.archetypes import find_archetype
from aiprod.visuals.motion.cast import Actor, Place, Travel, plan_travel
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.graphics.sheets import Overlay
from aiprod.visuals.motion.graphics.writing import write_scene
from aiprod.visuals.motion.light import mood_for
from aiprod.visuals.motion.portrait import close_up
from aiprod.visuals.motion.presenting import SILENCE, Talk, add_presenter
from aiprod.visuals.motion.puppet import Look
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.sighting import Presence, sight_of
from aiprod.visuals.motion.spec import SceneSpec, SubjectSpec
from aiprod.visuals.motion.subjects.rig import Rig
from aiprod.visuals.motion.wading import afloat, in_water
from aiprod.visuals.motion.weather import add_weather
from aiprod.visuals.motion.world import Framing, Scene, World, frame_of, place_subject

_FOLLOW_METRES = 1.6
_ACROSS = (0.06, 0.45)
"""The least and the most of the picture's width that a walker may cross."""
_WIDEST = 0.92
"""The part of the picture's width that one subject may fill."""
_CLOSE_SCALE = 0.6
"""The planned scale of what a close-up shows as large as it may be."""
GLOBES = ("globe-showing-americas", "globe-showing-asia-australia", "globe-showing-europe-africa")
"""What the planet of a scene already is."""
_FINE, _SMALL_PX = 2.0, 700
"""How finely a close-up is painted, in pictures larger than that."""


def stage_scene(gpu: Gpu, spec: SceneSpec, shape: Shape, seconds: float, talk: Talk = SILENCE) -> World:
    """Build the whole scene; afterwards `World.render` draws any moment of it. `talk` is what its presenter says."""
    gpu.collect()
    archetype = find_archetype(spec.archetype)
    setting = archetype.setting(spec)
    mood = mood_for(spec)
    if setting.sun_at is not None:
        mood = replace(mood, sun_at=setting.sun_at)
    frame = frame_of(setting, spec, shape)
    cast = _load_cast(spec, shape)
    held = _held(spec)
    named = spec.callout is not None
    places = [_place(subject, rig, setting, frame, held=held, named=named) for subject, rig in cast]
    follow = _follow(cast, places, frame, seconds)
    world = World(
        gpu, Scene(spec=spec, setting=setting, mood=archetype.mood(spec, mood), seconds=seconds, follow=follow), shape
    )
    archetype.build(world)
    add_weather(world)
    shown: list[Presence] = []
    for number, ((subject, rig), place) in enumerate(zip(cast, places, strict=True)):
        if afloat(spec.archetype, subject, rig):
            place = in_water(place, subject, rig)
        elif not held and (not rig.grounded or setting.swims):
            place = _aloft(world, place, spec.seed + number)
        shown.append(_enter(world, Actor(gpu, subject, rig, spec.seed + number), place, follow))
    _write_over(world, shape, shown)
    if spec.presenter:
        add_presenter(world, shape, talk)
    return world


def _write_over(world: World, shape: Shape, shown: Sequence[Presence]) -> None:
    if world.spec.callout is None and world.spec.chart is None:
        return
    sight = sight_of(world.camera, shape, shown) if shown else None
    overlay = Overlay(world.gpu, write_scene(world.spec, shape, world.seconds, sight))
    world.overlay(lambda moment, picture: overlay.draw(moment.seconds, picture))


def _held(spec: SceneSpec) -> bool:
    """Whether the picture is a close-up of one alone; so is one person at sea, whose deck is not seen. Where large words
    stand above, a head must not."""
    if [subject.count for subject in spec.subjects] != [1] or (spec.callout and spec.callout.kind != "label"):
        return False
    from aiprod.visuals.motion.subjects import find_subject

    return spec.composition == "close" or (
        spec.archetype == "sea" and find_subject(spec.subjects[0].icon).category == "person"
    )


def _load_cast(spec: SceneSpec, shape: Shape) -> list[tuple[SubjectSpec, Rig]]:
    if not spec.subjects:
        return []
    from aiprod.visuals.motion.subjects import load_rig

    detail = _FINE if _held(spec) and max(shape.width_px, shape.height_px) > _SMALL_PX else 1.0
    seen = [one for one in spec.subjects if not (spec.archetype == "planet" and one.icon in GLOBES)]
    return [(one, load_rig(one, spec.seed + number, detail=detail)) for number, one in enumerate(seen)]


def _place(subject: SubjectSpec, rig: Rig, setting: Setting, frame: Framing, *, held: bool, named: bool) -> Place:
    place = place_subject(subject, setting, frame)
    if held:
        size = min(1.0, max(0.7, subject.scale / _CLOSE_SCALE))
        return close_up(rig, setting, frame, depth_metres=place.z, size=size, named=named)
    return fit(place, rig, frame)


def _follow(cast: Sequence[tuple[SubjectSpec, Rig]], places: Sequence[Place], frame: Framing, seconds: float) -> float:
    """How far the camera goes along with a walking hero."""
    for (subject, rig), place in zip(cast, places, strict=True):
        if subject.role == "hero" and rig.stride_per_second > 0:
            way = rig.stride_per_second * place.height * seconds
            extra = min(max(way - _room(place, rig, frame), 0.0), _FOLLOW_METRES * min(place.z / 6.0, 2.0))
            return float(-extra if rig.faces_left else extra)
    return 0.0


def fit(place: Place, rig: Rig, frame: Framing) -> Place:
    """The place, smaller or nearer the middle where the subject would be cut by the picture's sides."""
    shown = frame.shown(place.z)
    height = min(place.height, _WIDEST * shown / max(rig.width, 0.1))
    left, _, right, _ = rig.extent
    least, most = -shown * 0.48 - left * height, shown * 0.48 - right * height
    return Place(min(max(place.x, least), max(most, least)), place.y, place.z, height)


def _room(place: Place, rig: Rig, frame: Framing) -> float:
    """How far the subject may go across, in metres, and stay in the picture."""
    shown = frame.shown(place.z)
    left, _, right, _ = rig.extent
    spare = min(shown / 2 + place.x + left * place.height, shown / 2 - place.x - right * place.height)
    return min(max(2 * spare, _ACROSS[0] * shown), _ACROSS[1] * shown)


def _enter(world: World, actor: Actor, place: Place, follow: float) -> Presence:
    rig = actor.rig
    floating = world.setting.swims or world.reflects
    way = -1.0 if rig.faces_left else 1.0
    room = _room(place, rig, world.framing) + max(follow * way, 0.0)
    travel: Travel = plan_travel(rig, place.height, world.seconds, room)
    standing = rig.grounded and not world.setting.swims
    sunk = place.y - world.height_at(place.x, place.z) if standing else 0.0
    middle = world.seconds / 2
    dark = world.mood.night and not world.setting.indoors
    look = Look(
        rim=1.5 if dark else 1.0,
        moonlit=0.5 if world.mood.stars > 0.5 and dark else 0.25 if dark else 0.0,
        reflected=world.reflects and not world.setting.swims,
        floating=floating,
    )

    def at(seconds: float) -> Place:
        moved = travel.speed * (seconds - middle)
        foot = world.height_at(place.x + moved, place.z) + sunk if standing else place.y
        return Place(place.x, foot, place.z, place.height)

    world.add(place.z, lambda moment: actor.draw(at(moment.seconds), travel, moment.seconds, middle, look))
    return Presence(actor=actor, stands=lambda seconds: actor.stands(at(seconds), travel, seconds, middle))


def _aloft(world: World, place: Place, seed: int) -> Place:
    """A place in the air or the water: its middle a little over the picture's."""
    share = (0.06, 0.18, -0.04, 0.12)[seed % 4]
    setting = world.setting
    middle = setting.eye_height + (share - setting.horizon) * place.z / setting.focal
    return Place(
        place.x,
        max(middle - place.height * 0.5, world.height_at(place.x, place.z) + 0.2 * place.height),
        place.z,
        place.height,
    )
