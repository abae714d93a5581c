"""How tests start, limit and end the lives of `tests/e2e/labourer.py`."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def labourer(home: Path, *options: str, root: Path = ROOT) -> Iterator["subprocess.Popen[str]"]:
    """A process that lives as often, and as long each time, as it is told; its code is that under `root`."""
    home.mkdir(parents=True, exist_ok=True)
    with (
        (home / "labourer.log").open("ab") as log,
        subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.labourer", str(home), *options], cwd=root, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
        ) as process,
    ):  # fmt: skip
        assert outcome(process) == "ready", (home / "labourer.log").read_text()
        yield process


def begin(process: "subprocess.Popen[str]", seconds: float, largest_file: int = 0) -> None:
    """Let it live, no longer than that; no file may grow larger than `largest_file` bytes (0: as large as it will)."""
    assert process.stdin is not None
    process.stdin.write(f"{seconds} {largest_file}\n")
    process.stdin.flush()


def outcome(process: "subprocess.Popen[str]") -> str:
    """What it says next: "ready" at first, then how each life ended."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def live(process: "subprocess.Popen[str]", seconds: float, largest_file: int = 0) -> str:
    """One life from its beginning to its end."""
    begin(process, seconds, largest_file)
    return outcome(process)
