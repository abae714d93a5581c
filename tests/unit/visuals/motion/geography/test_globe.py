"""The camera over the globe sees a place where it is, and every place of a plan in its time."""

import numpy as np
import pytest

from aiprod.profiles import Shape
from aiprod.visuals.motion.geography.globe import Course, between, lon_lat, on_sphere, seen_extent
from aiprod.visuals.motion.graphics.areas import subtitles_top
from aiprod.visuals.motion.spec import MapPlace, MapSpec

CITIES = {
    "Paris": (2.35, 48.85), "Tokyo": (139.7, 35.7), "New York": (-74.0, 40.7), "Rome": (12.5, 41.9), "Sydney": (151.2, -33.9),
}  # fmt: skip


def plan(*names: str, span: float = 20.0, route: bool = False, lon: float = 10.0, lat: float = 42.0) -> MapSpec:
    places = tuple(MapPlace(name=name, lon=CITIES[name][0], lat=CITIES[name][1]) for name in names)
    return MapSpec(lon=lon, lat=lat, span_degrees=span, places=places, route=tuple(range(len(places))) if route else ())


@pytest.mark.parametrize("aspect", [0.5625, 1.0, 16 / 9])
@pytest.mark.parametrize("moment", [0.0, 1.7, 5.0])
def test_what_is_projected_is_found_again_along_its_ray(aspect: float, moment: float) -> None:
    view = Course(plan("Rome"), aspect, 5.0, 3).at(moment)
    (place,), facing = view.project(on_sphere(*CITIES["Rome"])[None])
    point = view.ray(float(place[0]), float(place[1]))
    assert point is not None
    assert lon_lat(point) == pytest.approx(CITIES["Rome"], abs=0.01)
    assert facing[0] > 0


def test_north_is_up_and_east_is_right() -> None:
    view = Course(plan("Rome"), 1.0, 5.0, 3).at(5.0)
    here, north, east = view.project(np.array([on_sphere(10, 42), on_sphere(10, 44), on_sphere(13, 42)]))[0]
    assert north[1] > here[1] + 0.05
    assert east[0] > here[0] + 0.05


@pytest.mark.parametrize("shape", [Shape(width_px=180, height_px=320), Shape(width_px=320, height_px=180)])
@pytest.mark.parametrize("span", [12.0, 40.0, 100.0])
def test_places_within_the_span_are_seen_above_the_subtitles(shape: Shape, span: float) -> None:
    aspect, reach = shape.width_px / shape.height_px, 0.29 * span  # a plan's places lie within span / 1.7
    view = Course(plan(span=span, lat=20.0), aspect, 5.0, 2).at(4.0)
    lowest = 1 - 2 * subtitles_top(shape) / shape.height_px
    around = [(10, 20 + reach), (10, 20 - reach), (10 + reach, 20), (10 - reach, 20)]
    places, facing = view.project(np.array([on_sphere(*place) for place in around]))
    assert facing.min() > 0.2
    assert np.abs(places[:, 0]).max() < 0.95
    assert places[:, 1].max() < 0.95
    assert places[:, 1].min() > lowest
    assert np.ptp(places[2:, 0] if aspect < 1 else places[:2, 1]) > 0.5


def test_the_camera_comes_nearer_and_never_jumps() -> None:
    course = Course(plan("Rome", "Paris", route=True), 0.5625, 4.0, 5)
    eyes = np.array([course.at(step / 30).eye for step in range(121)])
    heights = np.linalg.norm(eyes, axis=1)
    assert heights[-1] < 0.8 * heights[0]
    assert np.abs(np.diff(eyes, axis=0)).max() < 0.05


def test_places_all_around_the_earth_are_each_seen_when_the_route_gets_there() -> None:
    course = Course(plan("Paris", "Tokyo", "New York", span=150.0, route=True, lon=30.0), 0.5625, 6.0, 1)
    assert course.turns
    moments = [step / 20 for step in range(121)]
    for index, stop in enumerate(course.stops):
        moment = next(one for one in moments if course.travelled(one) >= index / 2 - 1e-6)
        (place,), facing = course.at(moment).project(stop[None])
        assert facing[0] > 0.8
        assert abs(place[0]) < 0.9
        assert abs(place[1]) < 0.9


def test_the_shortest_way_may_cross_the_date_line() -> None:
    lon, _ = lon_lat(between(on_sphere(*CITIES["Sydney"]), on_sphere(-149.5, -17.6), 0.5))
    assert abs(lon) > 170
    assert lon_lat(between(on_sphere(0, 0), on_sphere(180, 0), 1.0))[0] == pytest.approx(180, abs=0.1)


def test_a_near_view_has_an_extent_and_a_view_of_the_whole_globe_has_none() -> None:
    near = seen_extent([Course(plan("Rome", span=12.0), 0.5625, 5.0, 3).at(5.0)])
    assert near is not None
    assert near.west < CITIES["Rome"][0] < near.east
    assert near.south < CITIES["Rome"][1] < near.north
    assert seen_extent([Course(plan(span=118.0), 0.5625, 5.0, 3).at(5.0)]) is None
