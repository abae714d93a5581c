"""The stand-in for Cloud Run's jobs: every job that Terraform makes is a process here, told what it is told in the cloud."""

import os
import re
import subprocess
import threading
from pathlib import Path

from cloud_local.jobs import JobsServer, entry_of
from cloud_local.servers import ROOT
from tests.house import open_house

PARENT = "/v2/projects/p/locations/l/jobs"


def test_every_job_of_the_deployment_is_a_module_here() -> None:
    deployed = JobsServer(logs=Path()).deployed
    for job in deployed:
        assert (ROOT / "gpu_jobs" / entry_of(job) / "main.py").is_file(), job
    assert (entry_of("render-cpu"), entry_of("narration"), entry_of("lipsync")) == ("clips", "narration", "lipsync")
    named = set(re.findall(r"^    ([a-z-]+) += merge", (ROOT / "terraform/gpu-jobs.tf").read_text(), re.MULTILINE))
    assert named - {"render-gpu-l4", "render-gpu-rtx"} == deployed


def test_a_job_that_serves_no_queue_runs_with_what_it_is_told(tmp_path: Path) -> None:
    clip, home = tmp_path / "clip.mp4", tmp_path / "home"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=0.5", "-pix_fmt", "yuv420p", str(clip)], check=True
    )
    app = open_house(home)
    app.objects.write("clips/a.mp4", clip)
    told = {"AIPROD_UPSCALE_SOURCE": "clips/a.mp4", "AIPROD_UPSCALE_TARGET": "takes/b.mp4", "AIPROD_UPSCALE_SHAPE": "128x96",
            "AIPROD_UPSCALE": "lanczos"}  # fmt: skip
    variables = [{"name": name, "value": value} for name, value in told.items()]
    environment = {**os.environ, "AIPROD_HOME": str(home)}
    with JobsServer(logs=tmp_path / "logs", environment=environment) as jobs:
        body: dict[str, object] = {"overrides": {"taskCount": 1, "containerOverrides": [{"env": variables}]}}
        before = set(threading.enumerate())
        assert jobs.call("POST", f"{PARENT}/upscale:run", body)
        for task in set(threading.enumerate()) - before:
            task.join(timeout=90)
        listed = jobs.call("GET", f"{PARENT}/upscale/executions", {})
        assert listed is not None
        (execution,) = listed["executions"]  # type: ignore[misc]
        assert execution["succeededCount"] == 1, (tmp_path / "logs/job-upscale.log").read_text()
        assert jobs.call("POST", f"{PARENT}/render-gpu:run", body) is None
    assert app.objects.stat("takes/b.mp4") is not None
