"""Weights on the command line."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from aiprod.models.registry import default_folder

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


def laid_out(folder: Path, name: str, *, without: str = "") -> None:
    """A model's files by their sizes, of zeros; one is left out."""
    from aiprod.models.manifest import own_manifest

    model = own_manifest().model(name)
    for file in model.files:
        if file.path != without:
            path = folder / name / model.version / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as content:
                content.truncate(file.size)


def test_a_file_of_the_right_size_and_another_content_is_fetched_again(aiprod: Run, tmp_path: Path) -> None:
    laid_out(tmp_path / "models", "clip-vit-b32")
    nowhere = "http://127.0.0.1:9"
    run = aiprod("models", "fetch", "clip-vit-b32", AIPROD_MODELS_DIR=str(tmp_path / "models"), AIPROD_HUB_URL=nowhere)
    assert run.returncode == 6, run.stderr
    assert "clip-vit-b32 could not be fetched" in run.stderr


def test_a_model_that_is_here_and_whole_is_said_to_be(aiprod: Run) -> None:
    run = aiprod("models", "fetch", "kokoro-voices")
    assert (run.returncode, run.stderr) == (0, "Kokoro's 54 voices is here, and whole.\n")


def test_a_model_that_cannot_be_had_keeps_no_other_from_coming(aiprod: Run, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    (models / "kokoro-voices").symlink_to(default_folder(os.environ) / "kokoro-voices")
    run = aiprod(
        "models", "fetch", "clip-vit-b32", "sd-vae-ft-mse", "kokoro-voices", AIPROD_MODELS_DIR=str(models),
        AIPROD_HUB_URL="http://127.0.0.1:9",
    )  # fmt: skip
    assert run.returncode == 6
    told = " ".join(run.stderr.split())
    for words in ("clip-vit-b32 could not be fetched", "sd-vae-ft-mse could not be listed", "54 voices is here, and whole."):
        assert words in told


def test_verifying_a_model_by_its_name_says_which_file_it_lacks(aiprod: Run, tmp_path: Path) -> None:
    shard = "transformer/diffusion_pytorch_model-00004-of-00005.safetensors"
    laid_out(tmp_path / "models", "wan2.2-ti2v-5b", without=shard)
    run = aiprod("models", "verify", "wan2.2-ti2v-5b", "ltx-2", AIPROD_MODELS_DIR=str(tmp_path / "models"))
    assert run.returncode == 3
    wan, ltx = run.stdout.splitlines()
    assert wan.startswith("wan2.2-ti2v-5b: broken. ")
    assert ltx.startswith("ltx-2: not here. ")
    for line, words in (
        (wan, ("found 1 of its 20 files missing, 4.8 GB", shard, "Apache-2.0", "`aiprod models fetch wan2.2-ti2v-5b`")),
        (ltx, ("about 92 GB", "LTX-2 Community License", "`aiprod models fetch ltx-2`")),
    ):
        for word in words:
            assert word in line
    everything = aiprod("models", "verify", AIPROD_MODELS_DIR=str(tmp_path / "models"))
    assert everything.returncode == 3
    assert shard in everything.stdout
    assert "ltx-2: not here\n" in everything.stdout


def test_a_size_that_nobody_knows_is_not_nothing(aiprod: Run, tmp_path: Path) -> None:
    place = {"AIPROD_MODELS_DIR": str(tmp_path / "models"), "AIPROD_HUB_URL": "http://127.0.0.1:9"}
    (row,) = json.loads(aiprod("models", "list", "chatterbox-multilingual", "--json", **place).stdout)
    assert row["bytes_lacking"] == row["bytes"] == 3_200_000_000
    assert "unknown" in aiprod("models", "list", "ltx-video-2b", **place).stdout
    run = aiprod("models", "fetch", "musetalk-published", **place)
    assert run.returncode == 6
    assert "of unknown size to fetch. Licence: MIT (code), CreativeML Open RAIL-M" in " ".join(run.stderr.split())


def test_the_table_names_every_model_with_its_licence(aiprod: Run) -> None:
    run = aiprod("models", "list", COLUMNS="80")
    assert run.returncode == 0
    for word in ("kokoro", "whisper-base", "ltx-2-camera-dolly-right", "Apache-2.0", "MIT"):
        assert word in run.stdout


def test_a_large_model_says_what_it_needs_and_what_it_may_be_used_for(aiprod: Run, tmp_path: Path) -> None:
    run = aiprod("models", "list", "wan2.2-ti2v-5b", "ltx-2", "--json", AIPROD_MODELS_DIR=str(tmp_path / "models"))
    wan, ltx = json.loads(run.stdout)
    assert (wan["stage"], wan["commercial"], wan["pinned"], wan["gpu_memory_gb"]) == ("production", "yes", True, 24.0)
    assert wan["bytes_lacking"] == wan["bytes"] > 30e9
    assert "transformer/diffusion_pytorch_model-00001-of-00005.safetensors" in wan["lacking"]
    assert ltx["commercial"] == "conditions"
    assert ltx["marks"]


def test_versions_are_promoted_measured_and_taken_back_on_the_command_line(aiprod: Run) -> None:
    for words, said in (
        (("promote", "kokoro", "1.0.0"), "found 1.0.0, which is"),
        (("promote", "kokoro", "2.0.0"), "Expected a version of kokoro among 1.0.0"),
        (("promote", "kokoro"), "expected NAME VERSION"),
        (("promote", "kokoro@1.0.0", "--canary", "100"), "--canary"),
        (("rollback", "kokoro"), "before 1.0.0"),
        (("measure", "kokoro", "1.0.0", "vmaf"), "MEASURE=NUMBER"),
        (("measure", "kokoro", "1.0.0", "seconds=310"), "say seconds=310:higher or seconds=310:lower"),
        (("frobnicate",), "promote"),
    ):
        run = aiprod("models", *words)
        assert run.returncode != 0
        assert said in run.stderr, run.stderr
    run = aiprod("models", "measure", "kokoro@1.0.0", "wer=0.02:lower", "wer=0.03")
    assert run.stdout == "Kept for kokoro 1.0.0: wer=0.02:lower, wer=0.03.\n"
    assert "kokoro 1.0.0: wer 0.03 (lower is better; measured here)\n" in aiprod("models", "list", "kokoro").stdout
    (row,) = json.loads(aiprod("models", "list", "kokoro", "--json").stdout)
    assert row["figures"] == [{"measure": "wer", "value": 0.03, "better": "lower", "source": "measured here"}]


def test_the_doctor_says_what_is_missing_of_a_large_model_and_what_a_film_for_sale_cannot_use(aiprod: Run, tmp_path: Path) -> None:
    run = aiprod(
        "doctor", "--json", seconds=120, AIPROD_MODELS_DIR=str(tmp_path / "models"), AIPROD_LICENCE_POLICY="commercial"
    )
    rows = json.loads(run.stdout)
    found = {row["name"]: row["found"] for row in rows if row["group"] == "weights"}
    assert any("add piper-joe to AIPROD_LICENCES_ACCEPTED" in row["found"] for row in rows if row["group"] == "voices")
    for word in ("34.2 GB", "model-00002-of-00003.safetensors (5.0 GB)", "Apache-2.0", "aiprod models fetch wan2.2-ti2v-5b"):
        assert word in found["wan2.2-ti2v-5b"]
    for word in ("about 92 GB", "LTX-2 Community License", "first fetch pins", "aiprod models fetch ltx-2"):
        assert word in found["ltx-2"]
