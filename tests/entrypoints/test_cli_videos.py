"""Videos on the command line: queued, listed, shown, cancelled."""

import json
import subprocess
from collections.abc import Callable

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def queue(aiprod: Run, *words: str) -> str:
    run = aiprod("make", *words, "--queue", "--json")
    assert run.returncode == 0, run.stderr
    return str(json.loads(run.stdout)["id"])


def test_an_empty_store_says_how_to_begin(aiprod: Run) -> None:
    run = aiprod("list")
    assert run.returncode == 0
    assert run.stdout.startswith("No videos yet. Make one: aiprod make")
    assert json.loads(aiprod("list", "--json").stdout) == []


def test_a_queued_video_is_listed_and_shown(aiprod: Run) -> None:
    first = queue(aiprod, "The secret life of giant pandas")
    second = queue(aiprod, "Le Mont-Saint-Michel")
    rows = json.loads(aiprod("list", "--json").stdout)
    assert [row["id"] for row in rows] == [second, first]
    assert [row["title"] for row in rows] == ["Le Mont-Saint-Michel", "The secret life of giant pandas"]
    assert {row["status"] for row in rows} == {"queued"}
    shown = aiprod("show", first)
    assert shown.returncode == 0
    assert "The secret life of giant pandas" in shown.stdout
    assert f"To go on: aiprod resume {first}" in shown.stdout
    assert first in aiprod("list").stdout


def test_the_list_can_be_cut_short(aiprod: Run) -> None:
    for theme in ("Bees", "Owls", "Whales"):
        queue(aiprod, theme)
    assert len(json.loads(aiprod("list", "--json", "--limit", "2").stdout)) == 2
    assert len(json.loads(aiprod("list", "--json", "--limit", "0").stdout)) == 3


def test_a_cancelled_video_stays_cancelled(aiprod: Run) -> None:
    id = queue(aiprod, "Bees")
    assert aiprod("cancel", id).stdout == f"Cancelled {id}.\n"
    assert json.loads(aiprod("show", id, "--json").stdout)["summary"]["status"] == "cancelled"
    assert aiprod("cancel", id).stdout == f"The video {id} was over already: cancelled.\n"
    resumed = aiprod("resume", id)
    assert resumed.returncode == 4
    assert resumed.stderr == f"aiprod: The video {id} was cancelled.\n"


def test_scenes_of_a_video_that_is_not_over_cannot_be_redone(aiprod: Run) -> None:
    id = queue(aiprod, "Bees")
    run = aiprod("retry", id, "--scenes", "1")
    assert run.returncode == 2
    assert run.stderr == (
        f"aiprod: Expected a completed or failed video to redo scenes of, found {id} queued.\n"
    )


def test_numbers_of_scenes_must_be_numbers(aiprod: Run) -> None:
    run = aiprod("retry", queue(aiprod, "Bees"), "--scenes", "first")
    assert run.returncode == 2
    assert run.stderr == "aiprod: --scenes: expected scene numbers such as 3,5, found 'first'\n"


