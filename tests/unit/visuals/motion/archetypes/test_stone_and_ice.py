"""Ruins, caves, the polar seas and battlefields: the kind that is told, room for whoever stands there, fire and ice in their light."""

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from aiprod.visuals.motion.archetypes import battlefield, cave, polar, ruins
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.spec import SceneSpec, SubjectSpec
from tests.unit.visuals.motion.pictures import STILL, brightness, draw, thumbnail

KINDS: dict[str, tuple[Callable[[SceneSpec], object], int]] = {
    "ruins": (ruins.kind_of, 7), "cave": (cave.kind_of, 5), "polar": (polar.kind_of, 4), "battlefield": (battlefield.is_modern, 2),
}  # fmt: skip


def scene(place: str, **fields: object) -> SceneSpec:
    return replace(SceneSpec(archetype=place, seed=5, camera=STILL), **fields)  # type: ignore[arg-type]


def told(place: str, name: str) -> SceneSpec:
    return scene(place, subjects=(SubjectSpec(icon="lion", name=name),))


@pytest.mark.parametrize("place", KINDS)
def test_variants_are_places_of_their_own(gpu: Gpu, place: str) -> None:
    kind_of, count = KINDS[place]
    assert len({kind_of(scene(place, variant=variant)) for variant in range(count)}) == count
    shown = [thumbnail(draw(gpu, scene(place, variant=variant), 1.0)[0]) for variant in range(4)]
    nearest = min(float(np.abs(one - other).mean()) for one, other in itertools.combinations(shown, 2))
    assert nearest > 0.012


@pytest.mark.parametrize("place", KINDS)
def test_the_same_spec_is_the_same_picture_and_another_seed_is_not(gpu: Gpu, place: str) -> None:
    one, again = draw(gpu, scene(place), 1.0)[0], draw(gpu, scene(place), 1.0)[0]
    assert np.array_equal(one, again)
    assert np.abs(one - draw(gpu, scene(place, seed=6), 1.0)[0]).mean() > 0.02


@pytest.mark.parametrize("place", ["ruins", "polar", "battlefield"])
def test_night_is_darker_than_day_and_blue(gpu: Gpu, place: str) -> None:
    day, night = (draw(gpu, scene(place, time_of_day=hour), 1.0)[0] for hour in ("day", "night"))
    assert night.mean() < 0.62 * day.mean()
    if place != "battlefield":  # fires burn there
        assert night[..., 2].mean() > night[..., 0].mean()


def test_knights_never_meet_barbed_wire_nor_tanks_banners() -> None:
    for variant in range(4):
        assert not battlefield.is_modern(replace(told("battlefield", "knight"), variant=variant))
        assert battlefield.is_modern(replace(told("battlefield", "tank"), variant=variant))


def test_nobody_has_to_stand_on_the_caves_lake() -> None:
    empty = {cave.kind_of(scene("cave", variant=variant)) for variant in range(5)}
    with_someone = {cave.kind_of(replace(told("cave", "bear"), variant=variant)) for variant in range(5)}
    assert "lake" in empty - with_someone


def test_the_way_out_of_a_cave_is_brighter_than_its_walls(gpu: Gpu) -> None:
    light = brightness(draw(gpu, scene("cave", variant=0, time_of_day="day"), 1.0)[0])
    way_out, vault = light[70:95, 30:60], light[:40]
    assert way_out.max() > 0.6
    assert way_out.mean() > 1.8 * vault.mean()


def test_torches_warm_the_rock_and_crystals_colour_it(gpu: Gpu) -> None:
    torches = draw(gpu, scene("cave", variant=2), 1.0)[0].mean((0, 1))
    crystals = draw(gpu, scene("cave", variant=1, palette="cool"), 1.0)[0].mean((0, 1))
    assert torches[0] > 1.5 * torches[2]
    assert crystals[2] > 1.5 * crystals[0]


def test_northern_lights_hang_over_the_ice_on_a_clear_night_alone(gpu: Gpu) -> None:
    clear, snowing, day = (
        draw(gpu, scene("polar", time_of_day=hour, weather=weather), 1.0)[0][:70]
        for hour, weather in (("night", "clear"), ("night", "snow"), ("day", "clear"))
    )
    green = [float((sky[..., 1] - np.maximum(sky[..., 0], sky[..., 2])).max()) for sky in (clear, snowing, day)]
    assert green[0] > 0.08 > max(green[1:]) + 0.04


@pytest.mark.parametrize("variant", range(3))
def test_whoever_visits_the_polar_sea_stands_on_ice(gpu: Gpu, variant: int) -> None:
    bear = SubjectSpec(icon="polar-bear", name="polar bear", scale=0.2)
    picture = draw(gpu, scene("polar", variant=variant, time_of_day="day", subjects=(bear,)), 1.0)[0]
    before_its_feet = picture[135:155, 20:70]
    assert brightness(before_its_feet).mean() > 0.5
    assert (before_its_feet[..., 2] - before_its_feet[..., 0]).mean() < 0.2


def test_fires_glow_on_a_battlefield_at_night(gpu: Gpu) -> None:
    night = draw(gpu, scene("battlefield", time_of_day="night"), 1.0)[0]
    warm = night[..., 0] - night[..., 2]
    assert warm.max() > 0.15
    assert warm[40:110].max() > warm[:30].max()
