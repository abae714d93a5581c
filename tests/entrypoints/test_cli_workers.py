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
    with Workers(count=1, log=tmp_path / "workers.log") as workers, pytest.raises(Unavailable) as told:
        while True:
            workers.children[0].wait(timeout=30)
            workers.replace_dead()
    assert "exit code 2" in str(told.value)
    assert "AIPROD_RENDER_TASKS" in str(told.value)
