"""How a job's task ends that was told wrongly, or that lacks something: one line of the log and an exit code, no trace."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(job: str, folder: Path, **told: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AIPROD_")}
    return subprocess.run(
        [sys.executable, "-m", f"gpu_jobs.{job}.main"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        env={**environment, "AIPROD_HOME": str(folder / "home"), "AIPROD_MODELS_DIR": str(folder / "models"), **told},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("job", "told", "said"),
    [
        ("narration", {}, "Expected a script's address, scripts/VIDEO/REVISION.json, in AIPROD_NARRATION, found ''."),
        ("narration", {"AIPROD_NARRATION": "narrations/v/1.json"}, "in AIPROD_NARRATION, found 'narrations/v/1.json'."),
        ("clips", {"AIPROD_SUBSCRIPTION": "render-gpu-l4"}, "in AIPROD_SUBSCRIPTION, found 'render-gpu-l4'."),
        ("lipsync", {"AIPROD_LIPSYNC_SOURCE": "clips/a.mp4"}, "AIPROD_LIPSYNC_SOUND (''), AIPROD_LIPSYNC_TARGET ('')."),
        ("upscale", {}, "AIPROD_UPSCALE_SOURCE (''), AIPROD_UPSCALE_TARGET (''), AIPROD_UPSCALE_SHAPE ('')."),
        ("clips", {"AIPROD_LEASE_SECONDS": "soon"}, "AIPROD_LEASE_SECONDS"),
    ],
)  # fmt: skip
def test_a_task_that_is_told_wrongly_says_so_in_a_line_and_does_nothing(
    tmp_path: Path, job: str, told: dict[str, str], said: str
) -> None:
    done = run(job, tmp_path, **told)
    assert done.returncode == 2, done.stderr
    (line,) = [json.loads(one) for one in done.stderr.splitlines()]
    assert said in line["reason"]
    assert (line["event"], line["severity"]) == ("task failed", "ERROR")
    assert done.stdout == ""
    assert not (tmp_path / "home").exists()


def test_a_task_whose_clip_is_not_there_ends_with_the_code_for_that(tmp_path: Path) -> None:
    told = {"SOURCE": "clips/none.mp4", "TARGET": "takes/b.mp4", "SHAPE": "192x128"}
    done = run("upscale", tmp_path, AIPROD_UPSCALE="lanczos", **{f"AIPROD_UPSCALE_{name}": value for name, value in told.items()})
    assert done.returncode == 5, done.stderr
    assert json.loads(done.stderr.splitlines()[-1])["kind"] == "NotFound"
