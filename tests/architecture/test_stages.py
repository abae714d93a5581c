"""The same noun names a stage everywhere."""

import re
from pathlib import Path

from aiprod.subscriptions import SUBSCRIPTIONS

STAGES = {"script", "narration", "clips", "monitor", "assembly", "review", "notify"}
DISPATCHER = {"dispatch"}
"""Starts jobs in the cloud: a function and a subscription, without a stage."""


def rooms(folder: Path) -> set[str]:
    """Modules and packages of a folder."""
    return {
        path.stem
        for path in folder.iterdir()
        if path.stem != "__init__" and (path.suffix == ".py" or any(path.glob("*.py")))
    }


def test_every_stage_has_its_room(root: Path) -> None:
    assert rooms(root / "aiprod/stages") == STAGES


def test_every_stage_hears_of_its_events(root: Path) -> None:
    pushed = {name for name, subscription in SUBSCRIPTIONS.items() if not subscription.job}
    assert pushed == STAGES | DISPATCHER


def test_every_job_that_is_asked_for_exists(root: Path) -> None:
    jobs = {subscription.job for subscription in SUBSCRIPTIONS.values() if subscription.job}
    assert jobs <= rooms(root / "gpu_jobs")
    for job in jobs:
        assert (root / "gpu_jobs" / job / "main.py").is_file()


def test_functions_and_stages_have_the_same_names(root: Path) -> None:
    assert rooms(root / "functions") == STAGES | DISPATCHER


def test_every_function_is_as_short_as_a_door(root: Path) -> None:
    long = {
        function: lines
        for function in STAGES | DISPATCHER
        if not 12 <= (lines := len((root / "functions" / function / "main.py").read_text().splitlines())) <= 20
    }
    assert long == {}


def test_terraform_sizes_every_function_and_no_other(root: Path) -> None:
    block = re.search(r"^  sizes = \{\n(.*?)^  \}", (root / "terraform/stages.tf").read_text(), re.MULTILINE | re.DOTALL)
    assert block is not None
    assert set(re.findall(r"^    (\w+) +=", block[1], re.MULTILINE)) == STAGES | DISPATCHER


def test_every_stage_has_its_tests(root: Path) -> None:
    tested = {path.stem.removeprefix("test_") for path in (root / "tests").rglob("stages/test_*.py")}
    assert {stage for stage in STAGES if not any(name.startswith(stage) for name in tested)} == set()
