"""Pins, names and the route over a map, drawn over the finished picture so that they stay sharp.

Knows a course over the globe and when each mark comes. Knows no texture of the Earth.
"""

import math
from dataclasses import dataclass

import moderngl
import numpy as np
import numpy.typing as npt

from aiprod.profiles import Shape
from aiprod.visuals.motion.geography.globe import ARRIVES, Course, GlobeView
from aiprod.visuals.motion.geography.labelling import Box, place_labels
from aiprod.visuals.motion.geography.signs import PIN, draw_head, draw_name, draw_pin, set_names
from aiprod.visuals.motion.gpu import Gpu, Target
from aiprod.visuals.motion.graphics.areas import Area, unit_px, writing_area
from aiprod.visuals.motion.graphics.easing import ease_out, part_of, spring
from aiprod.visuals.motion.graphics.lettering import Setting
from aiprod.visuals.motion.graphics.sheets import Sheet
from aiprod.visuals.motion.spec import MapSpec

_STEPS = 160
"""Points of the whole route."""
_ARC = 0.16
"""How high a leg rises over the ground, in parts of its length."""
_FIRST, _EACH = 0.24, 0.07
"""When pins without a route come, in parts of the shot: the first, and each after it."""
_SETTLED = max(ARRIVES, 0.8)
"""The part of the shot at which names are placed about their pins."""

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A map to be marked: its plan, the camera's course, the picture, its length, the accent (0xAARRGGBB), and a part of
    the picture that something else covers."""

    spec: MapSpec
    course: Course
    shape: Shape
    seconds: float
    accent: int
    covered: Area | None = None

    def pixels(self, view: GlobeView, points: Points) -> tuple[Points, Points]:
        """Where points of space are in the picture, from its upper left corner, and how far their ground faces us."""
        places, seen = view.project(points)
        size = np.array([self.shape.width_px, self.shape.height_px])
        return (places * (0.5, -0.5) + 0.5) * size, seen

    def comes(self, index: int) -> float:
        """The second at which the pin of a place comes: when the route gets there, else one after another."""
        if index in self.spec.route and len(self.spec.route) > 1:
            legs = len(self.spec.route) - 1
            wanted = self.spec.route.index(index) / legs
            moments = np.linspace(0, self.seconds, 200)
            behind = np.array([self.course.travelled(float(moment)) for moment in moments])
            return max(0.0, float(moments[np.argmax(behind >= max(wanted - 0.01, 1e-4))]) - 0.1)
        return (_FIRST + _EACH * index) * self.seconds


def place_names(survey: Survey, names: list[Setting]) -> list[Box]:
    """Boxes of the names when the camera has come near, in pixels, clear of each other."""
    unit = unit_px(survey.shape)
    pixels, _ = survey.pixels(survey.course.at(survey.seconds * _SETTLED), np.array([*survey.course.stops]))
    sizes = [(name.width + 0.044 * unit, name.height + 0.016 * unit) for name in names]
    pins = [(float(x), float(y)) for x, y in pixels]
    one = survey.covered
    taken = [Box(left=one.left, top=one.top, width=one.width, height=one.height)] if one else []
    return place_labels(pins, sizes, writing_area(survey.shape), PIN * unit, taken)


def route_points(course: Course) -> tuple[Points, Points]:
    """The route on the ground, and lifted into arcs."""
    legs = len(course.route) - 1
    ground = np.array([course.way(index / _STEPS) for index in range(_STEPS + 1)])
    lifts = []
    for index in range(_STEPS + 1):
        at = index / _STEPS * legs
        leg = min(int(at), legs - 1)
        angle = math.acos(max(-1.0, min(1.0, float(course.route[leg] @ course.route[leg + 1]))))
        lifts.append(1 + _ARC * min(angle, 0.9) * math.sin(math.pi * (at - leg)))
    return ground, ground * np.array(lifts)[:, None]


def _near(facing: float, fade: float) -> float:
    """How well something on the ground is seen: nothing beyond the rim, all from `fade` on."""
    return min(max(float(facing) / fade, 0.0), 1.0)


class Marks:
    """All marks of a map, in textures."""

    def __init__(self, gpu: Gpu, survey: Survey) -> None:
        self._gpu, self._survey = gpu, survey
        self._unit = unit_px(survey.shape)
        self._pin_px = PIN * self._unit
        ball = max(6, round(0.034 * self._unit))
        self._head = Sheet(gpu, ball, ball)
        with self._head.canvas() as canvas:
            draw_head(canvas, ball, survey.accent)
        self._head.upload()
        side = math.ceil(self._pin_px * 1.25)
        self._pin = Sheet(gpu, side, side)
        with self._pin.canvas() as canvas:
            draw_pin(canvas, self._pin_px, survey.accent)
        self._pin.upload()
        names = set_names(survey.spec, survey.shape)
        settled = place_names(survey, names) if names else []
        stops = np.array([*survey.course.stops]).reshape(-1, 3)
        pins, _ = survey.pixels(survey.course.at(survey.seconds * _SETTLED), stops)
        self._shifts = [(box.left - x, box.top - y) for box, (x, y) in zip(settled, pins, strict=True)]
        self._names = []
        for name, box in zip(names, settled, strict=True):
            sheet = Sheet(gpu, math.ceil(box.width), math.ceil(box.height))
            with sheet.canvas() as canvas:
                draw_name(canvas, name, box, survey.accent)
            sheet.upload()
            self._names.append(sheet)
        self._comes = [survey.comes(index) for index in range(len(names))]
        self._ways = route_points(survey.course) if len(survey.course.route) > 1 else None
        self._strip = gpu.context.buffer(reserve=(_STEPS + 2) * 2 * 4 * 4, dynamic=True)
        self._mesh = gpu.context.vertex_array(
            gpu.program("ribbon", "ribbon"), [(self._strip, "2f 2f", "position", "side")]
        )

    def draw(self, seconds: float, target: Target) -> None:
        """Draw what is there at that time over the finished picture."""
        view = self._survey.course.at(seconds)
        if self._ways:
            self._draw_route(view, seconds, target)
        if not self._names:
            return
        feet, seen = self._survey.pixels(view, np.array([*self._survey.course.stops]))
        for index in sorted(range(len(feet)), key=lambda one: feet[one][1]):
            come = part_of(seconds, self._comes[index], 0.45)
            shown = min(1.0, come * 3) * _near(seen[index], 0.12)
            if shown > 0:
                x, y = feet[index]
                side = self._pin.width
                drop = (1 - ease_out(come)) * 0.5 * self._pin_px
                top = y - side + self._pin_px * 0.12 - drop
                self._pin.draw(target, x - side / 2, top, opacity=shown, scale=0.6 + 0.4 * spring(come))
        for index, name in enumerate(self._names):
            come = ease_out(part_of(seconds, self._comes[index] + 0.2, 0.35))
            shown = come * _near(seen[index], 0.3)
            if shown > 0:
                x, y = feet[index] + self._shifts[index]
                if -name.width < feet[index][0] < target.width + name.width:
                    edge = 0.02 * self._unit
                    x = min(max(x, edge), target.width - name.width - edge)
                name.draw(target, x, y + (1 - come) * 0.02 * self._unit, opacity=shown)

    def _draw_route(self, view: GlobeView, seconds: float, target: Target) -> None:
        done = self._survey.course.travelled(seconds)
        if done <= 0 or self._ways is None:
            return
        accent = self._survey.accent
        tone = tuple((accent >> shift & 255) / 255 for shift in (16, 8, 0))
        wide = max(2.0, 0.0115 * self._unit)
        ground, lifted = self._ways
        self._ribbon(view, ground, done, target, (wide * 1.1, (0.0, 0.0, 0.02), 0.35))
        self._ribbon(view, lifted, done, target, (wide * 1.7, (0.02, 0.03, 0.06), 0.55))
        self._ribbon(view, lifted, done, target, (wide, tone, 1.0))
        if done < 1:
            at = done * _STEPS
            first = lifted[int(at)]
            point = first + (lifted[min(int(at) + 1, _STEPS)] - first) * (at - int(at))
            ((x, y),), seen = self._survey.pixels(view, point[None])
            size = self._head.width
            self._head.draw(target, x - size / 2, y - size / 2, opacity=_near(seen[0], 0.15), scale=0.999)

    def _ribbon(
        self, view: GlobeView, way: Points, done: float, target: Target, look: tuple[float, tuple[float, ...], float]
    ) -> None:
        """The way as far as it is done, a strip of one width in pixels."""
        wide, tone, opacity = look
        whole = done * _STEPS
        count = int(whole)
        points = way[: count + 1]
        if whole > count and count < _STEPS:
            points = np.concatenate([points, [way[count] + (way[count + 1] - way[count]) * (whole - count)]])
        if len(points) < 2:
            return
        pixels, seen = self._survey.pixels(view, points)
        along = np.gradient(pixels, axis=0)
        along /= np.maximum(np.linalg.norm(along, axis=1), 1e-6)[:, None]
        aside = np.stack([-along[:, 1], along[:, 0]], -1) * (wide / 2 + 1.0)
        strip = np.empty((len(points), 2, 4), np.float32)
        for place, sign in enumerate((-1.0, 1.0)):
            strip[:, place, :2] = pixels + sign * aside
            strip[:, place, 2] = sign * (wide / 2 + 1.0)
            strip[:, place, 3] = np.clip(seen / 0.15, 0.0, 1.0)
        self._strip.write(strip.tobytes())
        gpu, program = self._gpu, self._gpu.program("ribbon", "ribbon")
        gpu.set(
            program, {"size": (target.width, target.height), "tone": tone, "opacity": opacity, "half_width": wide / 2}
        )
        self._mesh.render(moderngl.TRIANGLE_STRIP, vertices=len(points) * 2)
