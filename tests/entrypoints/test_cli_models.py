"""Weights on the command line."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_models_that_are_not_here_are_listed_as_missing(aiprod: Run, tmp_path: Path) -> None:
    run = aiprod("models", "list", "--json", AIPROD_MODELS_DIR=str(tmp_path / "models"))
    rows = {row["name"]: row for row in json.loads(run.stdout)}
    assert {"kokoro", "kokoro-voices", "whisper-base"} <= set(rows)
    assert {row["state"] for row in rows.values()} == {"missing"}
    assert all(row["licence"] for row in rows.values())
    assert rows["kokoro"]["default"] is True


def test_verifying_says_that_nothing_is_here(aiprod: Run, tmp_path: Path) -> None:
    run = aiprod("models", "verify", AIPROD_MODELS_DIR=str(tmp_path / "models"))
    assert run.returncode == 3
    assert "aiprod models fetch --default" in run.stderr


def test_a_damaged_file_is_found_out(aiprod: Run, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    rows = json.loads(aiprod("models", "list", "kokoro", "--json", AIPROD_MODELS_DIR=str(folder)).stdout)
    from aiprod.models.manifest import own_manifest

    model = own_manifest().model("kokoro")
    for file in model.files:
        path = Path(rows[0]["folder"]) / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as damaged:
            damaged.truncate(file.size)
    run = aiprod("models", "verify", "kokoro", AIPROD_MODELS_DIR=str(folder))
    assert run.returncode == 3
    assert run.stdout.startswith("kokoro: broken. Expected SHA-256")
    assert "aiprod models fetch kokoro" in run.stdout


def test_the_table_names_every_model_with_its_licence(aiprod: Run) -> None:
    run = aiprod("models", "list")
    assert run.returncode == 0
    for word in ("kokoro", "whisper-base", "Apache-2.0", "MIT"):
        assert word in run.stdout
