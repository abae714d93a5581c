"""Counts that no process loses and none counts twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.errors import Unavailable
from aiprod.tallies import Durations, Tallies, Totals, series
from tests.unit.accounts.conftest import MovableClock


def opened(folder: Path, shard: str = "0", clock: MovableClock | None = None) -> Tallies:
    documents = EmbeddedDocuments(database=Database(folder / "store.sqlite3"))
    return Tallies(documents=documents, clock=clock or MovableClock(), shard=shard)


def test_what_several_processes_count_is_added_up(tmp_path: Path) -> None:
    gate = threading.Barrier(6)

    def count(number: int) -> None:
        tallies = opened(tmp_path, shard=str(number % 2))
        gate.wait()
        for _ in range(20):
            tallies.add("videos", status="completed")
            tallies.took("stage", 0.3, stage="review")
            tallies.write()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(count, range(6)))
    totals = opened(tmp_path, shard="7").totals()
    assert totals.sum("videos", status="completed") == 120
    (durations,) = totals.durations("stage").values()
    assert durations.count == 120 and durations.seconds == pytest.approx(36.0)


def test_a_process_writes_now_and_then_and_not_each_time(tmp_path: Path) -> None:
    clock = MovableClock()
    tallies, other = opened(tmp_path, clock=clock), opened(tmp_path)
    tallies.add("videos")
    tallies.write_if_due()
    tallies.add("videos")
    tallies.write_if_due()
    assert other.totals().sum("videos") == 1
    clock.at += 6
    tallies.write_if_due()
    assert other.totals().sum("videos") == 2


def test_what_cannot_be_written_is_kept_for_the_next_time(tmp_path: Path) -> None:
    tallies = opened(tmp_path)
    tallies.add("videos")
    tallies.mark("renderer worked", renderer="motion")
    (tmp_path / "store.sqlite3").mkdir()
    tallies.write()
    with pytest.raises(Unavailable):
        tallies.totals()
    (tmp_path / "store.sqlite3").rmdir()
    totals = tallies.totals()
    assert totals.sum("videos") == 1 and totals.marks == {series("renderer worked", renderer="motion"): 1_790_000_000.0}


def test_labels_come_back_as_they_were_but_for_the_marks_between_them(tmp_path: Path) -> None:
    tallies = opened(tmp_path)
    tallies.add("http", route="/api/v1/videos/{id}", status="200")
    tallies.add("http", route="a;b=c")
    names = {tuple(one.labels) for one in tallies.totals().sums}
    assert names == {(("route", "/api/v1/videos/{id}"), ("status", "200")), (("route", "a_b_c"),)}


def test_what_came_since_is_what_was_not_there_before() -> None:
    one, two = series("videos", status="queued"), series("videos", status="failed")
    before = Totals(sums={one: 3.0}, marks={})
    assert Totals(sums={one: 5.0, two: 1.0}, marks={}).since(before).sums == {one: 2.0, two: 1.0}
    assert before.since(before).sums == {}


@pytest.mark.parametrize(
    ("seconds", "least", "most"), [([0.3] * 5, 0.1, 0.5), ([0.3, 0.3, 7.0, 7.0, 7.0], 5.0, 10.0), ([9999.0], 3600.0, 7200.0)]
)
def test_the_median_lies_where_the_one_in_the_middle_does(tmp_path: Path, seconds: list[float], least: float, most: float) -> None:
    tallies = opened(tmp_path)
    for one in seconds:
        tallies.took("stage", one)
    (durations,) = tallies.totals().durations("stage").values()
    assert durations.median is not None and least <= durations.median <= most


def test_of_nothing_there_is_no_median() -> None:
    assert Durations(counts=(0.0,) * 14, seconds=0.0).median is None
