"""The painted Earth: water is where water is, countries are lit where they are, also across the date line."""

import numpy as np
import pytest

from aiprod.visuals.motion.geography.earth import Extent, load_earth
from aiprod.visuals.motion.geography.painting import FILL, look_of, paint_earth
from aiprod.visuals.motion.spec import SceneSpec

EUROPE = Extent(west=-12.0, south=30.0, east=32.0, north=60.0)
SIZE = (440, 300)
SAHARA, SEA, ROME, MADRID = (6.0, 31.5), (18.0, 35.0), (12.5, 42.3), (-3.7, 40.4)


def at(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], place: tuple[float, float]) -> list[int]:
    x, y = EUROPE.across(*place)
    part = pixels[int(y * SIZE[1]) - 1 : int(y * SIZE[1]) + 2, int(x * SIZE[0]) - 1 : int(x * SIZE[0]) + 2]
    return [int(value) for value in part.mean((0, 1))]


def test_the_desert_is_sandy_and_the_sea_blue() -> None:
    day = paint_earth(EUROPE, SIZE, "day")
    red, _, blue, _ = at(day, SAHARA)
    assert red > blue + 30
    red, _, blue, _ = at(day, SEA)
    assert blue > red + 30


def test_a_country_is_lit_and_its_neighbours_are_not() -> None:
    lit = paint_earth(EUROPE, SIZE, "day", {380})[..., 3]
    pixels = np.repeat(lit[..., None], 3, -1)
    assert at(pixels, ROME)[0] == pytest.approx(FILL, abs=30)
    assert at(pixels, MADRID)[0] == at(pixels, SEA)[0] == at(pixels, SAHARA)[0] == 0


def test_night_is_dark_with_bright_cities() -> None:
    day, night = paint_earth(EUROPE, SIZE, "day"), paint_earth(EUROPE, SIZE, "night")
    assert night[..., :3].mean() < 0.5 * day[..., :3].mean()
    assert max(at(night, (2.35, 48.85))[:3]) > 130


def test_fiji_is_whole_on_both_sides_of_the_date_line() -> None:
    extent = Extent(west=174.0, south=-20.5, east=184.0, north=-14.5)
    lit = paint_earth(extent, (500, 300), "day", {242})[..., 3] > 40
    assert lit[:, :300].sum() > 300
    assert lit[:, 300:].sum() > 15


def test_there_is_a_ring_for_every_country_and_pictures_cover_the_earth() -> None:
    earth = load_earth()
    assert len(set(earth.countries)) > 190
    assert earth.land.shape[1] == 2 * earth.land.shape[0]
    assert earth.relief.shape[1] == 2 * earth.relief.shape[0]
    assert max(float(np.abs(ring[:, 0]).max()) for ring in earth.rings) <= 180.01


def test_the_look_follows_the_hour_and_the_palette() -> None:
    assert look_of(SceneSpec(archetype="map", seed=1)) == "day"
    assert look_of(SceneSpec(archetype="map", seed=1, time_of_day="night")) == "night"
    assert look_of(SceneSpec(archetype="map", seed=1, palette="sepia")) == "parchment"
