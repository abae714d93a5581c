"""A camera over a globe: where it is through a shot, and where it sees a point of the Earth.

Knows directions and angles (the globe's radius is 1). Knows no picture.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aiprod.visuals.motion.geography.earth import Extent
from aiprod.visuals.motion.graphics.easing import ease_in_out, part_of
from aiprod.visuals.motion.spec import MapSpec

Vector = npt.NDArray[np.float64]
FOCAL = 2.2
ARRIVES = 0.62
"""By when the camera has come near, in parts of the shot."""
ROUTE = (0.16, 0.66)
"""When a route is travelled, in parts of the shot."""
_WIDEST = 118.0
_WIDE_AWAY = 1.3
"""How much farther the camera stays from a wide picture's places: subtitles take the lower third of its height."""
_ROUND = 58.0
"""Places farther than this from the map's middle are not seen together: the globe turns to each."""


def on_sphere(lon: float, lat: float) -> Vector:
    """A point of the surface: x through the equator at 0 degrees, y through 90 degrees east, z through the pole."""
    a, b = math.radians(lon), math.radians(lat)
    return np.array([math.cos(b) * math.cos(a), math.cos(b) * math.sin(a), math.sin(b)])


def lon_lat(point: Vector) -> tuple[float, float]:
    """The degrees of a direction."""
    x, y, z = point / np.linalg.norm(point)
    return math.degrees(math.atan2(y, x)), math.degrees(math.asin(max(-1.0, min(1.0, float(z)))))


def between(first: Vector, last: Vector, part: float) -> Vector:
    """A point of the shortest way along the surface."""
    angle = math.acos(max(-1.0, min(1.0, float(first @ last))))
    if angle < 1e-6:
        return first
    whole = math.sin(angle)
    if whole < 1e-6:  # opposite points: any way is as short; go over the pole
        return between(first, np.array([0.0, 0.0, 1.0]), min(1.0, part * 2)) if part < 0.5 else last
    return np.asarray((math.sin((1 - part) * angle) * first + math.sin(part * angle) * last) / whole)


@dataclass(frozen=True, slots=True)
class GlobeView:
    """The camera at one moment. `shift` moves what is looked at up the picture, in parts of half its height."""

    eye: Vector
    right: Vector
    up: Vector
    forward: Vector
    aspect: float
    shift: float

    def project(self, points: Vector) -> tuple[Vector, Vector]:
        """Where points (n x 3) are seen, in -1..1 right and up (n x 2), and how far the ground under them faces us: 1
        from above, 0 at the rim, less beyond."""
        away = points - self.eye
        deep = np.maximum(away @ self.forward, 1e-4)
        x = FOCAL * (away @ self.right) / (deep * self.aspect)
        y = FOCAL * (away @ self.up) / deep + self.shift
        ground = points / np.maximum(np.linalg.norm(points, axis=1), 1e-6)[:, None]
        towards = self.eye - ground
        facing = np.einsum("ij,ij->i", ground, towards) / np.linalg.norm(towards, axis=1)
        return np.stack([x, y], -1), facing

    def ray(self, x: float, y: float) -> Vector | None:
        """The point of the surface seen at a point of the picture, or None (space)."""
        way = self.forward * FOCAL + self.right * (x * self.aspect) + self.up * (y - self.shift)
        way = way / np.linalg.norm(way)
        middle = float(self.eye @ way)
        reach = middle * middle - (float(self.eye @ self.eye) - 1)
        return None if reach < 0 else np.asarray(self.eye + way * (-middle - math.sqrt(reach)))


class Course:
    """The camera's way over one shot: from afar to the places, or from place to place where they lie too far apart."""

    def __init__(self, spec: MapSpec, aspect: float, seconds: float, seed: int) -> None:
        self._spec, self._aspect, self._seconds = spec, aspect, max(seconds, 1e-3)
        self.middle = on_sphere(spec.lon, spec.lat)
        self.stops: Sequence[Vector] = [on_sphere(place.lon, place.lat) for place in spec.places]
        self.route: Sequence[Vector] = [self.stops[index] for index in spec.route]
        limit = math.cos(math.radians(_ROUND))
        self.turns = any(float(stop @ self.middle) < limit for stop in self.stops)
        self._turn = (1.0 if seed % 2 else -1.0) * 3.0
        span = 100.0 if self.turns else min(spec.span_degrees, _WIDEST)
        self._near = FOCAL * math.sin(math.radians(span / 2)) / min(aspect, 1.0) * (1.0 if aspect < 1 else _WIDE_AWAY)
        self._far = max(self._near * 1.12, min(self._near * 2.1, FOCAL * 0.95 / min(aspect, 1.0)))
        wide = part_of(span, 35.0, 75.0)
        self._tilt = math.radians(30.0) * (1 - wide) + math.radians(6.0) * wide
        self.shift = 0.20 if aspect < 1 else 0.30

    def at(self, seconds: float) -> GlobeView:
        """The camera at a time."""
        part = seconds / self._seconds
        come = ease_in_out(part_of(part, 0.0, ARRIVES))
        distance = self._far * (self._near / self._far) ** come * (1 - 0.05 * part_of(part, ARRIVES, 1 - ARRIVES))
        target = self._target(part, come)
        north = np.array([0.0, 0.0, 1.0]) - target * target[2]
        length = float(np.linalg.norm(north))
        north = north / length if length > 1e-6 else np.array([1.0, 0.0, 0.0])
        tilt = self._tilt * (0.35 + 0.65 * come)
        eye = target + distance * (math.cos(tilt) * target - math.sin(tilt) * north)
        forward = (target - eye) / np.linalg.norm(target - eye)
        right = np.cross(forward, north)
        right /= np.linalg.norm(right)
        return GlobeView(eye, right, np.cross(right, forward), forward, self._aspect, self.shift)

    def travelled(self, seconds: float) -> float:
        """How much of the route is behind at a time, 0..1."""
        start, end = ROUTE
        return ease_in_out(part_of(seconds / self._seconds, start, end - start))

    def way(self, part: float) -> Vector:
        """The point of the route at a part of its length in legs."""
        legs = len(self.route) - 1
        at = min(max(part, 0.0), 1.0) * legs
        leg = min(int(at), legs - 1)
        return between(self.route[leg], self.route[leg + 1], at - leg)

    def _target(self, part: float, come: float) -> Vector:
        if self.turns and len(self.route) > 1:
            return self.way(self.travelled(part * self._seconds))
        if self.turns and len(self.stops) > 1:
            at = ease_in_out(part_of(part, 0.15, 0.75)) * (len(self.stops) - 1)
            leg = min(int(at), len(self.stops) - 2)
            return between(self.stops[leg], self.stops[leg + 1], at - leg)
        lon, lat = lon_lat(self.middle)
        away = (1 - come) * 10.0 + self._turn * (part - 1.0) * min(1.0, self._spec.span_degrees / 60.0)
        return on_sphere(lon + away * (1 if self._turn > 0 else -1), lat - (1 - come) * 4.0 * np.sign(lat))


def seen_extent(views: Sequence[GlobeView], spare: float = 0.08, highest: float = 1.02) -> Extent | None:
    """The stretch that those views show up to a height in the picture (-1..1) and `spare` parts of it more on each side,
    or None where they see past the globe or a pole (then all of it matters)."""
    lons, lats = [], []
    for view in views:
        centre = view.ray(0.0, view.shift)
        if centre is None:
            return None
        middle, _ = lon_lat(centre)
        for x in np.linspace(-1.02, 1.02, 7):
            for y in np.linspace(-1.02, highest, 9):
                point = view.ray(float(x), float(y))
                if point is None:
                    return None
                lon, lat = lon_lat(point)
                lons.append(middle + (lon - middle + 180) % 360 - 180)
                lats.append(lat)
    west, east, south, north = min(lons), max(lons), min(lats), max(lats)
    if east - west > 120 or north > 84 or south < -84:
        return None
    aside, up = spare * (east - west), spare * (north - south)
    return Extent(west=west - aside, south=max(-90.0, south - up), east=east + aside, north=min(90.0, north + up))
