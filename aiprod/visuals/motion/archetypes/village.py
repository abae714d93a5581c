"""Village: houses on a green hill, a lane between them, a market square or a farmyard; smoke, lanterns, lit windows."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.hamlet import Hamlet
from aiprod.visuals.motion.archetypes.townscapes import farm, hillside, square, street
from aiprod.visuals.motion.arrangements import ARRANGEMENTS
from aiprod.visuals.motion.ground import Floats, HeightField, flat
from aiprod.visuals.motion.light import Mood, mixed, scaled, srgb
from aiprod.visuals.motion.particles import Swarm
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World

_BUILDERS: dict[str, Callable[[Hamlet], None]] = {
    "hillside": hillside,
    "street": street,
    "square": square,
    "farm": farm,
}


def _kind(spec: SceneSpec) -> str:
    kinds = ARRANGEMENTS["village"]
    return kinds[spec.variant % len(kinds)]


def _slope(spec: SceneSpec) -> HeightField:
    """A meadow that climbs to the houses."""
    phase = spec.seed % 10 * 0.6

    def heights(x: Floats, z: Floats) -> Floats:
        climb = 0.15 * np.maximum(z - 14, 0) ** 1.02 * (1 + 0.12 * np.sin(x * 0.05 + phase))
        swell = 0.12 * np.sin(x * 0.31 + z * 0.13 + phase) * np.clip(z / 8 - 0.4, 0, 1)
        return np.asarray(climb + swell)

    return heights


class Village:
    """At the edge of a village or in the middle of it."""

    def setting(self, spec: SceneSpec) -> Setting:
        kind = _kind(spec)
        side = 1 if spec.seed % 2 else -1
        sun_at = {
            "golden": (side * 0.34, 0.30),
            "dawn": (side * 0.34, 0.2),
            "sunset": (side * 0.3, 0.1),
            "day": (side * 0.55, 0.78),
        }
        narrow = kind in ("street", "square")
        return Setting(
            eye_height=1.65, focal=1.75 if narrow else 2.0, horizon=-0.26 if narrow else -0.32, reach=1.5, fog=0.0042,
            fog_fall=0.03, stage_near=3.8, stage_far=12.0 if narrow else 16.0, sun_at=sun_at.get(spec.time_of_day),
            heights=_slope(spec) if kind == "hillside" else flat,
        )  # fmt: skip

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        if spec.weather == "fog":
            mood = replace(
                mood, zenith=mixed(mood.zenith, mood.fog, 0.8), middle=mixed(mood.middle, mood.fog, 0.9), skyline=mood.fog,
                cloud_lit=mood.fog, cloud_dark=mood.fog, thickness=mood.thickness * 1.8,
            )  # fmt: skip
        if not mood.night:
            return replace(mood, rays=mood.rays * 0.6, key=max(mood.key, 0.75))
        glow = srgb(122, 96, 84)
        return replace(
            mood, skyline=mixed(mood.skyline, glow, 0.2), fog=mixed(mood.fog, glow, 0.12), ambient=scaled(mood.ambient, 1.35),
            bloom=min(mood.bloom * 1.3, 0.9), threshold=0.55,
        )  # fmt: skip

    def build(self, world: World) -> None:
        hamlet = Hamlet(world)
        _BUILDERS[_kind(world.spec)](hamlet)
        hamlet.finish()
        if not world.mood.night and world.spec.weather == "clear":
            birds = Swarm(
                kind="BIRDS", count=6, depth=(30, 60), heights=(12, 24), size=(0.35, 0.6), tone=scaled(world.mood.ambient, 0.2),
                strength=0.8, wind=(1.2, 0, 0),
            )  # fmt: skip
            world.swarm(70, birds)
