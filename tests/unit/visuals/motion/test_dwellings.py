"""Villages, interiors and laboratories: lit by windows and lamps, alive, never twice the same, in every hour and shape."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.profiles import Shape
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.spec import ARCHETYPES, Callout, CameraMove, SceneSpec, SubjectSpec
from aiprod.visuals.motion.staging import stage_scene

PLACES = ("village", "interior", "laboratory")
TALL, WIDE = Shape(width_px=90, height_px=160), Shape(width_px=160, height_px=90)

Picture = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
def gpu() -> Iterator[Gpu]:
    opened = Gpu()
    yield opened
    opened.close()


def draw(gpu: Gpu, spec: SceneSpec, *moments: float, shape: Shape = TALL) -> list[Picture]:
    world = stage_scene(gpu, spec, shape, 4.0)
    frames = []
    for number, moment in enumerate(moments):
        raw = world.render(moment, number).framebuffer.read(components=3, alignment=1)
        rows = np.frombuffer(raw, np.uint8).reshape(shape.height_px, shape.width_px, 3)
        frames.append(np.asarray(rows, dtype=np.float32) / 255)
    return frames


def scene(place: str, **fields: object) -> SceneSpec:
    return SceneSpec(archetype=place, **{"seed": 3, **fields})  # type: ignore[arg-type]


def lamplit(picture: Picture) -> float:
    """The share of it that shines warmly."""
    return float(((picture.max(-1) > 0.55) & (picture[:, :, 0] > picture[:, :, 2] + 0.15)).mean())


def test_the_planner_may_say_no_place_of_these_that_is_not_drawn() -> None:
    assert set(PLACES) <= set(ARCHETYPES)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shape", [TALL, WIDE])
def test_every_arrangement_is_full_of_things_and_unlike_the_others(gpu: Gpu, place: str, shape: Shape) -> None:
    pictures = [draw(gpu, scene(place, variant=variant), 2.0, shape=shape)[0] for variant in range(4)]
    for number, picture in enumerate(pictures):
        assert len(np.unique((picture * 255).astype(np.uint8).reshape(-1, 3), axis=0)) > 1500
        assert picture.std() > 0.08
        for other in pictures[:number]:
            assert np.abs(picture - other).mean() > 0.05


@pytest.mark.parametrize("place", PLACES)
def test_it_is_darker_by_night_and_lamps_are_lit_then(gpu: Gpu, place: str) -> None:
    day, night = (draw(gpu, scene(place, time_of_day=hour, variant=2), 2.0)[0] for hour in ("day", "night"))
    assert night.mean() < 0.8 * day.mean()
    assert night.max() > 0.7
    assert lamplit(night) > 0.003


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("hour", ["dawn", "golden", "overcast", "dusk", "storm"])
def test_at_no_hour_it_is_black_or_burnt_out(gpu: Gpu, place: str, hour: str) -> None:
    picture = draw(gpu, scene(place, time_of_day=hour, variant=1), 2.0)[0]
    assert 0.06 < picture.mean() < 0.8
    assert (picture.min(-1) > 0.97).mean() < 0.25


@pytest.mark.parametrize("place", PLACES)
def test_equal_specs_give_equal_pictures_other_seeds_others_and_time_moves_them(gpu: Gpu, place: str) -> None:
    spec = scene(place, camera=CameraMove(kind="truck", amount=0.7, direction="left"))
    first, again = draw(gpu, spec, 0.2, 3.8), draw(gpu, spec, 0.2, 3.8)
    assert all(np.array_equal(one, two) for one, two in zip(first, again, strict=True))
    assert np.abs(first[0] - first[1]).mean() > 0.02
    other = draw(gpu, scene(place, seed=4, camera=spec.camera), 0.2)[0]
    assert np.abs(first[0] - other).mean() > 0.02


@pytest.mark.parametrize("place", PLACES)
def test_who_is_there_stands_before_the_furniture_in_the_middle_of_the_picture(gpu: Gpu, place: str) -> None:
    hero = SubjectSpec(icon="person", name="person", scale=0.4)
    empty, met = (draw(gpu, scene(place, subjects=cast), 2.0)[0] for cast in ((), (hero,)))
    changed = np.abs(empty - met).max(-1) > 0.1
    rows, columns = np.nonzero(changed[:, 20:70])
    assert changed.mean() > 0.015
    assert rows.max() > 0.6 * changed.shape[0]
    assert 10 < columns.mean() < 40


def test_rain_makes_no_window_wet_inside_but_darkens_the_village(gpu: Gpu) -> None:
    clear, rain = (draw(gpu, scene("village", weather=kind, variant=1), 2.0)[0] for kind in ("clear", "rain"))
    assert rain.mean() < clear.mean() - 0.03


def test_snow_lies_on_the_roofs_of_a_winter_village(gpu: Gpu) -> None:
    green, white = (draw(gpu, scene("village", weather=kind), 2.0)[0] for kind in ("clear", "snow"))
    lower = slice(100, 160)
    assert white[lower].mean() > green[lower].mean() + 0.1
    assert (white[lower].max(-1) - white[lower].min(-1)).mean() < 0.5 * (
        green[lower].max(-1) - green[lower].min(-1)
    ).mean()


def test_a_laboratory_of_long_ago_has_neither_servers_nor_screens(gpu: Gpu) -> None:
    servers = draw(gpu, scene("laboratory", variant=4), 2.0)[0]
    told = Callout(kind="number", text="1898")
    old = draw(gpu, scene("laboratory", variant=4, callout=told), 2.0)[0]
    assert (servers[:, :, 2] - servers[:, :, 0]).mean() > 0.02
    assert (old[:, :, 0] - old[:, :, 2]).mean() > 0.02
