"""Every place is drawn: never blank, always moving, at every hour, unlike any other, in every shape, as it looked before.

Golden pictures are in `golden/`. When a place is meant to look otherwise, draw them again and look at each:
`python tests/unit/visuals/motion/test_archetypes.py`.
"""

import itertools
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from PIL import Image

from aiprod.profiles import Shape
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.spec import ARCHETYPES, CameraMove, SceneSpec, TimeOfDay
from tests.unit.visuals.motion.pictures import STILL, Picture, brightness, colourfulness, draw, place_at, thumbnail

GOLDEN = Path(__file__).parent / "golden"
GOLDEN_SHAPE = Shape(width_px=180, height_px=320)
OUTDOORS = ("forest", "jungle", "savanna", "desert", "mountains", "snow", "volcano", "sky")
REMEMBERED = (*OUTDOORS, "underwater", "lake", "space")
OTHER_HOURS = [hour for hour in get_args(TimeOfDay) if hour != "day"]
HOURS = [
    (place, hour)
    for number, place in enumerate(sorted(ARCHETYPES))
    for hour in ("day", OTHER_HOURS[number % len(OTHER_HOURS)])
]


@pytest.mark.parametrize(("place", "hour"), HOURS)
def test_a_place_is_neither_blank_nor_too_dark_nor_burnt_out(place: str, hour: str) -> None:
    first, _ = place_at(place, hour)  # type: ignore[arg-type]
    light = brightness(first)
    assert first.std() > 0.07
    assert len(np.unique((first * 255).astype(np.uint8).reshape(-1, 3), axis=0)) > 1000
    assert light.mean() > 0.1
    assert np.percentile(light, 95) > 0.22
    assert (light < 0.02).mean() < 0.2
    assert (first.min(-1) > 0.985).mean() < 0.02


@pytest.mark.parametrize(("place", "hour"), HOURS)
def test_a_place_is_never_a_still_picture(place: str, hour: str) -> None:
    first, later = place_at(place, hour)  # type: ignore[arg-type]
    assert np.abs(first - later).mean() > 0.003
    assert np.abs(thumbnail(first) - thumbnail(later)).mean() > 0.0015


def test_no_two_places_look_alike() -> None:
    shown = {place: thumbnail(place_at(place, "day")[0]) for place in ARCHETYPES}
    distances = {
        (one, other): float(np.abs(shown[one] - shown[other]).mean())
        for one, other in itertools.combinations(shown, 2)
    }
    assert {pair: distance for pair, distance in distances.items() if distance < 0.04} == {}


def test_a_river_flows_where_a_lake_lies_still(gpu: Gpu) -> None:
    moving = {}
    for place in ("lake", "river"):
        first, later = draw(gpu, SceneSpec(archetype=place, seed=3, camera=STILL), 1.0, 1.5)  # type: ignore[arg-type]
        moving[place] = float(np.abs(later - first)[110:].mean())
    assert moving["river"] > 1.5 * moving["lake"]


@pytest.mark.parametrize("variant", [1, 4])
def test_a_hall_of_machines_is_bright_by_day_and_dark_by_night(gpu: Gpu, variant: int) -> None:
    day, night = (
        brightness(draw(gpu, SceneSpec(archetype="laboratory", seed=3, variant=variant, time_of_day=hour), 1.0)[0]).mean()
        for hour in ("day", "night")
    )
    assert day > 2.5 * night
    assert night > 0.03


@pytest.mark.parametrize("place", OUTDOORS)
def test_night_is_darker_than_day(gpu: Gpu, place: str) -> None:
    day, night = (
        draw(gpu, SceneSpec(archetype=place, seed=5, time_of_day=hour), 2.0)[0]  # type: ignore[arg-type]
        for hour in ("day", "night")
    )
    assert night.mean() < 0.62 * day.mean()
    assert night[:, :, 2].mean() >= night[:, :, 0].mean() * (0.6 if place == "volcano" else 1.0)


@pytest.mark.parametrize("place", REMEMBERED)
def test_a_place_looks_as_it_looked(gpu: Gpu, place: str) -> None:
    drawn = golden_picture(gpu, place)
    with Image.open(GOLDEN / f"{place}.png") as kept:
        wanted = np.asarray(kept.convert("RGB"), dtype=np.float32) / 255
    assert np.abs(thumbnail(drawn) - thumbnail(wanted)).mean() < 0.02
    assert np.abs(drawn - wanted).mean() < 0.05


@pytest.mark.parametrize("place", ["forest", "volcano"])
def test_equal_specs_give_equal_pictures_and_other_seeds_others(gpu: Gpu, place: str) -> None:
    spec = SceneSpec(archetype=place, seed=21)  # type: ignore[arg-type]
    one, again = draw(gpu, spec, 1.0, 1.1), draw(gpu, spec, 1.0, 1.1)
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    other = draw(gpu, SceneSpec(archetype=place, seed=22), 1.0)[0]  # type: ignore[arg-type]
    assert np.abs(one[0] - other).mean() > 0.02


@pytest.mark.parametrize("size", [(160, 90), (120, 120), (96, 120), (66, 118)])
def test_a_scene_fills_every_shape(gpu: Gpu, size: tuple[int, int]) -> None:
    spec = SceneSpec(archetype="savanna", seed=2, camera=CameraMove(kind="truck", amount=1.0, direction="left"))
    shape = Shape(width_px=size[0], height_px=size[1])
    for frame in draw(gpu, spec, 0.0, 4.0, shape=shape):
        lower = frame[int(size[1] * 0.7) :]
        assert lower[:, : size[0] // 6].std() > 0.01
        assert lower[:, -size[0] // 6 :].std() > 0.01
        assert abs(lower[:, : size[0] // 4].mean() - lower[:, -size[0] // 4 :].mean()) < 0.25


def test_noir_has_no_colour_and_neon_has_much(gpu: Gpu) -> None:
    noir, neon = (
        draw(gpu, SceneSpec(archetype="mountains", seed=4, style=style, time_of_day="sunset"), 1.0)[0]
        for style in ("noir", "neon")
    )
    assert colourfulness(noir) < 0.03 < 4 * 0.03 < colourfulness(neon)


def golden_picture(gpu: Gpu, place: str) -> Picture:
    camera = CameraMove(kind="truck", direction="right")
    spec = SceneSpec(archetype=place, seed=8, time_of_day="golden", camera=camera)  # type: ignore[arg-type]
    return draw(gpu, spec, 1.6, shape=GOLDEN_SHAPE)[0]


def renew_golden_pictures() -> None:
    gpu = Gpu()
    for place in REMEMBERED:
        rows = Image.fromarray((golden_picture(gpu, place) * 255).round().astype(np.uint8))
        rows.quantize(128).save(GOLDEN / f"{place}.png", optimize=True)


if __name__ == "__main__":
    renew_golden_pictures()
