"""Worker processes that a command starts for itself."""

from pathlib import Path

import pytest

from aiprod.cli.workers import Workers
from aiprod.errors import Unavailable


def test_workers_that_cannot_live_are_given_up_with_their_own_last_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIPROD_HOME", str(tmp_path))
    monkeypatch.setenv("AIPROD_RENDER_TASKS", "many")
    with Workers(count=1, log=tmp_path / "workers.log") as workers:
        told = given_up(workers)
    assert "exit code 2" in told
    assert "AIPROD_RENDER_TASKS" in told


def given_up(workers: Workers) -> str:
    """What is said when the workers are replaced no more."""
    for _ in range(20):
        workers.children[0].wait(timeout=30)
        try:
            workers.replace_dead()
        except Unavailable as error:
            return str(error)
    raise AssertionError("they are replaced for ever")
