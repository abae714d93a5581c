"""How tests start, limit and end the lives of `tests/e2e/labourer.py`."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def labourer(home: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """A process that lives as often, and as long each time, as it is told."""
    home.mkdir(parents=True, exist_ok=True)
    with (
        (home / "labourer.log").open("ab") as log,
        subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.labourer", str(home), *options], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
        ) as process,
    ):  # fmt: skip
        yield process


def begin(process: "subprocess.Popen[str]", seconds: float) -> None:
    """Let it live, no longer than that."""
    assert process.stdin is not None
    process.stdin.write(f"{seconds}\n")
    process.stdin.flush()


def outcome(process: "subprocess.Popen[str]") -> str:
    """How its life ended: "killed", "done", "broke"."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def live(process: "subprocess.Popen[str]", seconds: float) -> str:
    """One life from its beginning to its end."""
    begin(process, seconds)
    return outcome(process)
