"""Measures a whole film from its theme: wall time against the film's length, and the peak memory of all its processes.

    python tests/bench/bench_film.py                                         64 s at 1080x1920 (minutes)
    python tests/bench/bench_film.py "How volcanoes work" --seconds 30 --profile draft

Makes the film in a folder that is removed afterwards. Memory is the sum of the proportional set sizes (PSS) of the
command and its children, read four times a second: shared pages count once.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

THEME = "The secret life of giant pandas"


@dataclass
class Meter:
    """The most memory that a process and its children held at once, in bytes."""

    root: int
    peak: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.over.wait(0.25):
            self.peak = max(self.peak, sum(_held(pid) for pid in _family(self.root)))


def main() -> None:
    """Make the film and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("theme", nargs="?", default=THEME)
    parser.add_argument("--seconds", default="64")
    parser.add_argument("--profile", default="social")
    parser.add_argument("--seed", default="1")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        command = [
            sys.executable, "-m", "aiprod", "make", asked.theme, "--seconds", asked.seconds, "--profile", asked.profile,
            "--seed", asked.seed, "--out", f"{name}/films", "--json",
        ]  # fmt: skip
        began = time.monotonic()
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(name), text=True
        )
        meter = Meter(process.pid)
        watching = threading.Thread(target=meter.run)
        watching.start()
        answer, _ = process.communicate()
        meter.over.set()
        watching.join()
        took = time.monotonic() - began
    if process.returncode:
        sys.exit(f"The film failed with exit code {process.returncode}: {answer.strip()[-400:]}")
    _print(json.loads(answer), took, meter.peak)


def _environment(home: str) -> dict[str, str]:
    return {**os.environ, "AIPROD_HOME": f"{home}/home"}


def _family(root: int) -> set[int]:
    """The process and all its descendants."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    family = {root}
    grown = True
    while grown:
        children = {pid for pid, parent in parents.items() if parent in family} - family
        family |= children
        grown = bool(children)
    return family


def _held(pid: int) -> int:
    """Proportional memory of a process in bytes, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _print(summary: dict[str, object], took: float, peak: int) -> None:
    seconds = float(str(summary["seconds"]))
    sys.stdout.write(
        f"Film of {seconds:.1f} s in {took:.0f} s: {took / seconds:.2f} times its length; "
        f"at most {peak / 1e9:.2f} GB of memory.\n"
    )
    for stage in summary["stages"]:  # type: ignore[attr-defined]
        sys.stdout.write(f"  {stage['stage']:10} {stage['seconds']:.1f} s\n")


if __name__ == "__main__":
    main()
