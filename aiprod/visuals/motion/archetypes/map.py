"""Map: the Earth's own relief on a globe, countries lit, pins with their names, a route that is travelled."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import moderngl
import numpy as np

from aiprod.profiles import Shape
from aiprod.visuals.motion.backdrop import BEHIND
from aiprod.visuals.motion.geography.earth import WHOLE, Bytes, Extent
from aiprod.visuals.motion.geography.globe import ARRIVES, FOCAL, Course, GlobeView, seen_extent
from aiprod.visuals.motion.geography.marks import Marks, Survey
from aiprod.visuals.motion.geography.painting import Look, look_of, paint_earth
from aiprod.visuals.motion.gpu import Gpu, Uniform
from aiprod.visuals.motion.graphics.colours import accent_of
from aiprod.visuals.motion.graphics.easing import ease_in_out, part_of
from aiprod.visuals.motion.graphics.writing import presenter_window
from aiprod.visuals.motion.light import Colour, Mood, srgb
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import MapSpec, SceneSpec
from aiprod.visuals.motion.world import Moment, World

_REVEAL = (0.22, 0.28)
"""When countries are lit: from which part of the shot, and within how much of it."""
_MOST_PX = 3072
_HEIGHTS = (1.02, 0.62, 0.35, 0.1)
"""How high in the picture the near picture reaches: to the top, or lower where the globe's rim is seen."""
_FADE = 0.05
"""The part of the near picture in which it goes over into the far one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Air:
    """What surrounds the globe: its air, the dark behind, stars, clouds' shadows, and how it is lit."""

    air: Colour
    dark: Colour
    stars: float
    clouds: float


_AIRS: dict[Look, _Air] = {
    "day": _Air(air=(0.36, 0.66, 1.15), dark=srgb(4, 8, 22), stars=1.0, clouds=0.30),
    "night": _Air(air=(0.10, 0.26, 0.62), dark=srgb(2, 4, 12), stars=1.0, clouds=0.20),
    "parchment": _Air(air=srgb(206, 172, 116), dark=srgb(74, 54, 34), stars=0.0, clouds=0.16),
}


class Map:
    """A globe seen from near: the map of the spec."""

    def setting(self, spec: SceneSpec) -> Setting:
        del spec
        return Setting(indoors=True, sky=False, swims=True, fog=0.0, shake=0.0, sun_at=(-0.5, 0.6))

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        night = look_of(spec) == "night"
        return replace(
            mood, rays=0.0, stars=0.0, moon=False, sun_size=0.0, exposure=1.35 if night else 1.12, bloom=0.5 if night else 0.28,
            threshold=0.55 if night else 1.0, saturation=1.0, night=night, shadow_tint=(0.0, 0.0, 0.0),
            light_tint=(0.0, 0.0, 0.0),
        )  # fmt: skip

    def build(self, world: World) -> None:
        spec = world.spec
        plan = spec.map or MapSpec(lon=10.0, lat=25.0, span_degrees=118.0)
        course = Course(plan, world.aspect, world.seconds, spec.seed)
        globe = _Globe(world, plan, course)
        world.add(BEHIND, globe.draw)
        shape = Shape(width_px=world.size[0], height_px=world.size[1])
        survey = Survey(spec=plan, course=course, shape=shape, seconds=world.seconds, accent=accent_of(spec.accent),
                        covered=presenter_window(spec, shape) if spec.presenter else None)
        marks = Marks(world.gpu, survey)
        world.overlay(lambda moment, picture: marks.draw(moment.seconds, picture))


class _Globe:
    """The globe's surface: all of it, and what the camera comes near to painted finer."""

    def __init__(self, world: World, plan: MapSpec, course: Course) -> None:
        self._gpu, self._world, self._course = world.gpu, world, course
        look = look_of(world.spec)
        self._air = _AIRS[look]
        lit = frozenset(int(code) for code in plan.countries)
        way = [course.at(world.seconds * part) for part in np.linspace(0.0, 1.0, 13)]
        end = [course.at(world.seconds * part) for part in (ARRIVES * 0.8, ARRIVES, 0.8, 1.0)]
        near = None if course.turns else next(filter(None, (seen_extent(end, highest=top) for top in _HEIGHTS)), None)
        far = seen_extent(way) or WHOLE
        unit = max(world.size)
        size = _size(far, unit) if far != WHOLE else (_whole_px(unit), _whole_px(unit) // 2)
        self._parts = [_Part(self._gpu, far, paint_earth(far, size, look, lit), (96, 48))]
        if near:
            picture = paint_earth(near, _size(near, unit), look, lit)
            self._parts.append(_Part(self._gpu, near, picture, (48, 48), edge=_FADE))
        self._near_from = _filled_from(course, near, world.seconds) if near else math.inf
        accent = accent_of(world.spec.accent)
        self._accent = srgb(accent >> 16 & 255, accent >> 8 & 255, accent & 255)

    def draw(self, moment: Moment) -> None:
        gpu, view = self._gpu, self._course.at(moment.seconds)
        part = moment.seconds / max(self._world.seconds, 1e-3)
        sun = view.up * 0.42 - view.right * 0.50 - view.forward * 0.76
        lens = (FOCAL, view.aspect, view.shift)
        uniforms: dict[str, Uniform] = {
            "eye": _vector(view.eye), "right": _vector(view.right), "up": _vector(view.up), "forward": _vector(view.forward),
            "lens": lens, "sun": _vector(sun / np.linalg.norm(sun)), "air": self._air.air, "dark": self._air.dark,
            "stars": self._air.stars, "seed": float(self._world.spec.seed % 97), "accent": self._accent,
            "reveal": ease_in_out(part_of(part, *_REVEAL)), "seconds": moment.seconds, "clouds": self._air.clouds,
            "pulse": moment.seconds * 1.6,
        }  # fmt: skip
        self._world.scene.framebuffer.use()
        gpu.blend("replace")
        if _sees_space(view):
            space = gpu.screen_program("space")
            gpu.set(space, uniforms)
            gpu.screen(space)
        gpu.blend("over")
        for one in self._parts[1:] if moment.seconds >= self._near_from else self._parts:
            one.draw(uniforms)


class _Part:
    """A stretch of the globe with its picture."""

    def __init__(self, gpu: Gpu, extent: Extent, picture: Bytes, cells: tuple[int, int], edge: float = 0.0) -> None:
        self._gpu, self._edge = gpu, edge
        self._texture = gpu.texture(picture)
        if extent == WHOLE:
            self._texture.repeat_x = True
        across, down = cells
        u, v = np.meshgrid(np.linspace(0, 1, across + 1), np.linspace(0, 1, down + 1))
        lon = np.radians(extent.west + (extent.east - extent.west) * u)
        lat = np.radians(extent.north - (extent.north - extent.south) * v)
        x, y, z = np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)
        corners = np.stack([x, y, z, u, v], -1).reshape(-1, 5)
        first = (np.arange(down)[:, None] * (across + 1) + np.arange(across)).reshape(-1)
        below = first + across + 1
        order = np.stack([first, first + 1, below, first + 1, below + 1, below], -1).reshape(-1)
        self._mesh = gpu.mesh(
            gpu.program("globe_patch", "globe_patch"), corners, "3f 2f", ("place", "texture_place"), order
        )

    def draw(self, uniforms: dict[str, Uniform]) -> None:
        gpu, program = self._gpu, self._gpu.program("globe_patch", "globe_patch")
        gpu.bind(program, {"picture": self._texture, "grain": gpu.grain})
        gpu.set(program, {**uniforms, "edge": self._edge})
        self._mesh.render(moderngl.TRIANGLES)


def _whole_px(unit: int) -> int:
    """Columns of a picture of the whole Earth."""
    return min(_MOST_PX, 512 * math.ceil(unit * 2.6 / 512))


def _size(extent: Extent, unit: int) -> tuple[int, int]:
    """Columns and rows of a near picture: as fine as it is seen, its cells about square on the ground."""
    middle = math.radians((extent.north + extent.south) / 2)
    ratio = (extent.east - extent.west) * max(0.2, math.cos(middle)) / (extent.north - extent.south)
    longest = min(_MOST_PX, round(unit * 1.8))
    return (longest, max(64, round(longest / ratio))) if ratio > 1 else (max(64, round(longest * ratio)), longest)


def _filled_from(course: Course, near: Extent, seconds: float) -> float:
    """The second from which the near picture fills the view, its fading edge outside."""
    first = math.inf
    across, up = (near.east - near.west) * _FADE, (near.north - near.south) * _FADE
    for step in range(24, -1, -1):
        seen = seen_extent([course.at(seconds * step / 24)], spare=0.0)
        if (
            seen is None
            or (seen.west - near.west) % 360 > 180
            or near.west + across > near.west + (seen.west - near.west) % 360
            or seen.east - seen.west + (seen.west - near.west) % 360 > near.east - near.west - across
            or seen.south < near.south + up
            or seen.north > near.north - up
        ):
            return first
        first = seconds * step / 24
    return first


def _sees_space(view: GlobeView) -> bool:
    return any(view.ray(x, y) is None for x in (-1.0, 0.0, 1.0) for y in (-1.0, 1.0))


def _vector(values: Sequence[float] | np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
