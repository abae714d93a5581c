"""The same noun names a stage everywhere."""

from pathlib import Path

from aiprod.subscriptions import SUBSCRIPTIONS

STAGES = {"script", "narration", "clips", "monitor", "assembly", "review", "notify"}


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
    assert pushed == STAGES


def test_every_job_that_is_asked_for_exists(root: Path) -> None:
    jobs = {subscription.job for subscription in SUBSCRIPTIONS.values() if subscription.job}
    assert jobs <= rooms(root / "gpu_jobs")
    for job in jobs:
        assert (root / "gpu_jobs" / job / "main.py").is_file()


def test_functions_and_stages_have_the_same_names(root: Path) -> None:
    functions = rooms(root / "functions") if (root / "functions").is_dir() else set()
    assert functions in (set(), STAGES)


def test_every_stage_has_its_tests(root: Path) -> None:
    tested = {path.stem.removeprefix("test_") for path in (root / "tests").rglob("stages/test_*.py")}
    assert {stage for stage in STAGES if not any(name.startswith(stage) for name in tested)} == set()
