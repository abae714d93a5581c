"""Models from a team's own bucket, over Cloud Storage's stand-in."""

import os
from pathlib import Path

import pytest
from google.cloud.storage import Client

from aiprod.models.registry import FetchStep, Registry, Supply
from aiprod.models.sources.addresses import Access
from cloud_local.notifications import bucket_of
from tests.unit.models.conftest import CONTENT, manifest_of


@pytest.mark.emulators
def test_a_model_comes_from_the_teams_bucket_and_is_gone_on_with(project: str, tmp_path: Path) -> None:
    bucket = bucket_of(project)
    with Client(project=project) as client:
        client.bucket(bucket).blob("weights/tiny/1.0.0/weights.bin").upload_from_string(CONTENT)
    access = Access(mirror=f"gs://{bucket}/weights", storage_url=os.environ["STORAGE_EMULATOR_HOST"])
    left = tmp_path / ".partial" / "tiny-1.0.0" / "weights.bin.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(CONTENT[:600_000])
    registry = Registry(tmp_path, manifest_of("http://127.0.0.1:9/nothing"), Supply(access=access))
    steps: list[FetchStep] = []
    registry.fetch("tiny", steps.append)
    assert next(step.done_bytes for step in steps if step.done_bytes) >= 600_000
    assert registry.path("tiny", "weights.bin").read_bytes() == CONTENT
