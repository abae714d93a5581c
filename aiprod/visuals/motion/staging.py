"""From a spec to a world that is ready to be drawn: archetype, weather, particles, subjects."""

from dataclasses import replace

from aiprod.profiles import Shape
from aiprod.visuals.motion.archetypes import find_archetype
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.light import mood_for
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.weather import add_weather
from aiprod.visuals.motion.world import World


def stage_scene(gpu: Gpu, spec: SceneSpec, shape: Shape, seconds: float) -> World:
    """Build the whole scene; afterwards `World.render` draws any moment of it."""
    archetype = find_archetype(spec.archetype)
    setting = archetype.setting(spec)
    mood = mood_for(spec)
    if setting.sun_at is not None:
        mood = replace(mood, sun_at=setting.sun_at)
    world = World(gpu, spec, setting, archetype.mood(spec, mood), shape, seconds)
    archetype.build(world)
    add_weather(world)
    return world
