"""The simulation keeps to what is known, and docs/scale.md to the simulation."""

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.scale import inputs
from tests.bench.scale.bench_scale import PAGE, TABLES
from tests.bench.scale.counting import count_film
from tests.bench.scale.inputs import CLOUD, FILM, RENDERERS, Fact
from tests.bench.scale.limits import EVENTS, OBJECTS, limits, sweep_seconds
from tests.bench.scale.simulation import Outcome, Plan, simulate

SMALL = Plan(videos_a_day=2_000, renderer="ltx")


@pytest.fixture(scope="module")
def small() -> Outcome:
    return simulate(SMALL)


def test_the_same_seed_gives_the_same_day_and_another_seed_another(small: Outcome) -> None:
    assert simulate(SMALL) == small
    other = simulate(replace(SMALL, seed=2))
    assert other.median_seconds != small.median_seconds
    assert other.busy_hours == pytest.approx(small.busy_hours, rel=0.02)


def test_renderers_draw_as_long_as_the_clips_of_the_films_take(small: Outcome) -> None:
    hours = FILM.clips.value * RENDERERS["ltx"].seconds.value / 3600
    assert small.busy_hours == pytest.approx(hours, rel=0.01)
    assert small.paid_hours > small.busy_hours


def test_a_task_for_each_clip_pays_a_cold_start_for_each(small: Outcome) -> None:
    alone = simulate(replace(SMALL, pulls=False))
    hours = FILM.clips.value * (RENDERERS["ltx"].seconds.value + RENDERERS["ltx"].cold_seconds.value) / 3600
    assert alone.task_starts == FILM.clips.value
    assert alone.paid_hours == pytest.approx(hours, rel=0.01)
    assert small.task_starts < alone.task_starts / 2
    assert small.paid_hours < alone.paid_hours


def test_a_batch_pays_its_share_once_and_lets_films_wait() -> None:
    busy = Plan(videos_a_day=50_000, renderer="ltx")
    one, four = simulate(busy), simulate(replace(busy, batch=4))
    saved = RENDERERS["ltx"].batch_share.value * 3 / 4
    assert 1 - four.busy_hours / one.busy_hours == pytest.approx(saved, abs=0.02)
    assert four.median_seconds > one.median_seconds


def test_no_film_is_quicker_than_its_stages(small: Outcome) -> None:
    least = (
        0.8 * (FILM.script_seconds.value + FILM.speech_cpu_seconds.value / 2 + FILM.join_seconds.value
               + FILM.review_cpu_seconds.value / 2) + 0.9 * RENDERERS["ltx"].seconds.value
    )  # fmt: skip
    assert small.median_seconds > least
    assert small.late_seconds >= small.median_seconds


def test_a_limit_on_tasks_is_kept_and_makes_films_wait(small: Outcome) -> None:
    few = simulate(replace(SMALL, most_tasks=12))
    assert few.most_tasks <= 12 < small.most_tasks
    assert few.median_seconds > 2 * small.median_seconds


def test_ten_times_the_films_are_ten_times_the_writes() -> None:
    less, more = (simulate(Plan(videos_a_day=videos, renderer="motion")) for videos in (20_000, 200_000))
    assert more.writes_a_second / less.writes_a_second == pytest.approx(10, rel=0.35)
    assert more.rendering_videos / less.rendering_videos == pytest.approx(10, rel=0.35)


def test_what_breaks_first_comes_first() -> None:
    found = limits("ltx")
    assert [limit.videos_a_day for limit in found] == sorted(limit.videos_a_day for limit in found)
    assert "GPUs" in found[0].what and not any("GPUs" in limit.what for limit in limits("motion"))


def test_a_sweep_looks_at_every_video_at_work(small: Outcome) -> None:
    assert sweep_seconds(replace(small, rendering_videos=0)) == 0
    assert sweep_seconds(replace(small, rendering_videos=20)) == pytest.approx(2 * sweep_seconds(replace(small, rendering_videos=10)))


def test_a_million_videos_a_day_are_simulated_in_seconds() -> None:
    began = time.process_time()
    simulate(Plan(videos_a_day=1_000_000, renderer="motion"))
    assert time.process_time() - began < 10


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, int], int, int, int]:
    count = count_film(tmp_path_factory.mktemp("film") / "home", scenes=2)
    return count.scenes, count.writes, count.segments, sum(count.events.values()), sum(count.objects.values())


def test_what_the_simulation_takes_a_film_to_write_is_what_the_stages_write(
    counted: tuple[int, dict[str, int], int, int, int],
) -> None:
    """Counted with two scenes; what grows with scenes and segments is taken to eight and thirteen."""
    scenes, writes, segments, events, objects = counted
    more, pieces = 8 - scenes, 13 - segments
    assert writes["videos"] == FILM.video_writes.value
    assert writes["clips"] == FILM.clip_writes.value * scenes
    assert writes["gates"] == FILM.gate_writes.value
    assert writes["artefacts"] + 3 * more + pieces == FILM.artefact_writes.value
    assert events + more + pieces + 8 == pytest.approx(EVENTS, abs=2)
    assert objects + 3 * more + pieces == pytest.approx(OBJECTS, abs=2)


def test_every_number_says_where_it_comes_from() -> None:
    groups = (FILM, CLOUD, *RENDERERS.values())
    facts = [value for group in groups for name in type(group).__slots__ if isinstance(value := getattr(group, name), Fact)]
    assert len(facts) > 35
    for fact in facts:
        assert len(fact.source) > 10
    assert "assumed" not in inputs.table()


@pytest.mark.parametrize("name", TABLES)
def test_the_page_says_what_the_simulation_says(name: str) -> None:
    shown = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", Path(PAGE).read_text(), re.DOTALL)
    assert shown is not None
    assert shown[1] == TABLES[name]()
