"""Kill everything, at random moments, again and again: the film is finished, and no finished work is made again."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from aiprod.bootstrap import open_app
from aiprod.settings import Settings
from aiprod.video import Status
from aiprod.writers.script_file import read_script

ROOT = Path(__file__).resolve().parents[2]
KILLS = 40


def start_worker(environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "aiprod", "worker"], cwd=ROOT, env=environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip


def kill_all(worker: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the worker and every process that it started."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def lines_of(folder: Path) -> list[dict[str, object]]:
    found = []
    for log in folder.glob("*.log"):
        for line in log.read_text("utf-8", "replace").splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:  # a line cut by the kill
                continue
    return found


@pytest.mark.timeout(900)
def test_forty_kills_lose_nothing_and_make_nothing_twice(tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {
        **os.environ, "AIPROD_HOME": str(home), "AIPROD_LEASE_SECONDS": "5", "AIPROD_SWEEP_SECONDS": "1",
        "AIPROD_BACKOFF_SCALE": "0.05", "AIPROD_RETRY_SECONDS": "[0.2, 0.4, 0.8]",
    }  # fmt: skip
    app = open_app(Settings(home=home))
    brief = read_script(ROOT / "examples" / "short-lighthouse.md").brief(profile="draft", seed=7)
    video = app.request(brief).id
    draw = random.Random(40)
    kills = 0
    ends = time.monotonic() + 800
    while time.monotonic() < ends:
        worker = start_worker(environment, tmp_path / "worker.log")
        until = time.monotonic() + (draw.uniform(0.3, 6.0) if kills < KILLS else 600)
        while time.monotonic() < min(until, ends) and not app.ledger.get(video).over:
            time.sleep(0.05)
        kill_all(worker)
        kills += 1
        if app.ledger.get(video).over:
            break
    finished = app.ledger.get(video)
    assert finished.status is Status.COMPLETED, finished.failure or finished.status
    assert kills >= 5, "the film was finished before it could be killed in earnest"
    made = Counter(line["address"] for line in lines_of(home / "logs") if line.get("event") == "artefact made")
    assert made and max(made.values()) == 1, made.most_common(3)
    assert all(
        app.objects.fetch(found.address, tmp_path).stat().st_size == found.size for found in app.objects.under("")
    )
