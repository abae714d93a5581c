"""Maps as a viewer sees them: pins on their places, the route up to its end, countries lit in their time."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.profiles import Shape
from aiprod.visuals.motion.geography.globe import Course, lon_lat
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.spec import MapPlace, MapSpec, SceneSpec
from aiprod.visuals.motion.staging import stage_scene

TALL, WIDE = Shape(width_px=180, height_px=320), Shape(width_px=320, height_px=180)
ROME = MapPlace(name="Rome", lon=12.5, lat=41.9)
TUNIS = MapPlace(name="Tunis", lon=10.2, lat=36.8)
SECONDS = 4.0
Picture = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
def gpu() -> Iterator[Gpu]:
    opened = Gpu()
    yield opened
    opened.close()


def plan(*places: MapPlace, route: bool = False, countries: tuple[str, ...] = ()) -> MapSpec:
    return MapSpec(
        lon=11.0, lat=40.0, span_degrees=16, places=places, route=tuple(range(len(places))) if route else (),
        countries=countries,
    )  # fmt: skip


def seen(gpu: Gpu, drawn: MapSpec, *moments: float, shape: Shape = TALL) -> list[Picture]:
    """Frames in 0..255; the accent is a magenta that the Earth has not."""
    world = stage_scene(gpu, SceneSpec(archetype="map", seed=4, map=drawn, accent="#ff00ff"), shape, SECONDS)
    frames = []
    for number, moment in enumerate(moments):
        raw = world.render(moment, number).framebuffer.read(components=3, alignment=1)
        rows = np.frombuffer(raw, np.uint8).reshape(shape.height_px, shape.width_px, 3)
        frames.append(np.asarray(rows, dtype=np.float32))
    return frames


def magenta(frame: Picture) -> npt.NDArray[np.bool_]:
    return (frame[..., 0] > 120) & (frame[..., 2] > 120) & (frame[..., 1] < 0.62 * frame[..., 0])


@pytest.mark.parametrize("shape", [TALL, WIDE])
def test_a_pin_stands_on_its_place(gpu: Gpu, shape: Shape) -> None:
    (without,), (with_pin,) = (seen(gpu, plan(*places), 3.9, shape=shape) for places in ((), (ROME,)))
    changed = np.abs(with_pin - without).max(-1) > 40
    rows = np.flatnonzero(changed.any(1))
    foot = rows[-1] - 1
    column = np.flatnonzero(changed[foot - 1 : foot + 2].any(0)).mean()
    view = Course(plan(), shape.width_px / shape.height_px, SECONDS, 4).at(3.9)
    point = view.ray(column / shape.width_px * 2 - 1, 1 - foot / shape.height_px * 2)
    assert point is not None
    assert lon_lat(point) == pytest.approx((ROME.lon, ROME.lat), abs=0.55)


def test_the_relief_lies_where_the_camera_looks(gpu: Gpu) -> None:
    (frame,) = seen(gpu, plan(), 3.9)
    view = Course(plan(), TALL.width_px / TALL.height_px, SECONDS, 4).at(3.9)
    for place, sandy in (((9.0, 33.0), True), ((12.2, 39.6), False), ((18.0, 35.5), False)):
        a, b = np.radians(place)
        point = np.array([np.cos(b) * np.cos(a), np.cos(b) * np.sin(a), np.sin(b)])
        ((x, y),), _ = view.project(point[None])
        red, _, blue = frame[int((0.5 - y / 2) * TALL.height_px), int((x / 2 + 0.5) * TALL.width_px)]
        assert (red > blue) is np.True_ if sandy else blue > red, place


def test_the_route_is_drawn_over_time_and_reaches_its_last_place(gpu: Gpu) -> None:
    early, half, late = seen(gpu, plan(ROME, TUNIS, route=True), 0.2, 1.5, 3.9)
    assert not magenta(early).any()
    view = Course(plan(), TALL.width_px / TALL.height_px, SECONDS, 4).at(3.9)
    ends = []
    for place in (ROME, TUNIS):
        a, b = np.radians([place.lon, place.lat])
        ((x, y),), _ = view.project(np.array([[np.cos(b) * np.cos(a), np.cos(b) * np.sin(a), np.sin(b)]]))
        ends.append(((x / 2 + 0.5) * TALL.width_px, (0.5 - y / 2) * TALL.height_px))
    (x0, y0), (x1, y1) = ends
    near_end = np.s_[int(y1) - 22 : int(y1) + 1, int(x1) - 9 : int(x1) + 10]
    assert magenta(late)[near_end].sum() > 25
    assert magenta(half)[near_end].sum() < 5
    middle = int((y0 + y1) / 2), int((x0 + x1) / 2)
    assert magenta(late)[middle[0] - 6 : middle[0] + 6, middle[1] - 16 : middle[1] + 16].any()


def test_a_country_is_lit_after_a_while(gpu: Gpu) -> None:
    first, last = seen(gpu, plan(countries=("380",)), 0.2, 3.9)
    assert magenta(first).sum() == 0
    assert magenta(last).sum() > 400
    (other,) = seen(gpu, plan(countries=("724",)), 3.9)
    assert not (magenta(last) & magenta(other)).any()


def test_the_whole_globe_hangs_in_space_and_the_same_plan_gives_the_same_picture(gpu: Gpu) -> None:
    world = MapSpec(lon=10.0, lat=25.0, span_degrees=118.0)
    (one,), (again,) = seen(gpu, world, 3.0), seen(gpu, world, 3.0)
    assert np.array_equal(one, again)
    assert one[-40:, :20].mean() < 30 < 60 < one[60:150, 60:120].mean()
