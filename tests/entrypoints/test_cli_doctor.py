"""The doctor looks at the machine and says what to do."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.entrypoints.conftest import running
from tests.hosted.replay import service

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Checks: TypeAlias = dict[tuple[str, str], dict[str, str]]


def checks(run: "subprocess.CompletedProcess[str]") -> Checks:
    return {(row["group"], row["name"]): row for row in json.loads(run.stdout)}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Checks:
    """What the doctor finds where nothing is set."""
    folder = tmp_path_factory.mktemp("doctor")
    run = running(folder, folder / "home")("doctor", "--json", seconds=120)
    assert run.returncode == 0, run.stderr
    return checks(run)


def test_the_doctor_looks_at_every_engine(found: Checks) -> None:
    assert {group for group, _ in found} >= {
        "python", "media", "music", "fonts", "pictures", "disk", "weights", "store", "voices", "ears", "writers",
    }  # fmt: skip
    for program in ("ffmpeg", "ffmpeg filters", "ffmpeg encoders", "espeak-ng", "fluidsynth"):
        assert found["media", program]["state"] == "present"
    assert found["fonts", "own"]["state"] == "present"
    assert found["pictures", "OpenGL"]["state"] == "present"
    assert "OpenGL" in found["pictures", "OpenGL"]["found"]
    assert found["memory", "machine"]["found"].endswith("GB are free")
    gpus = [row for (group, name), row in found.items() if group == "memory" and name.startswith("GPU")]
    assert all(("no GPU" in row["found"]) == (row["state"] == "absent") for row in gpus)
    assert gpus


def test_the_doctor_looks_at_memory_and_room_alone_in_a_moment_as_an_images_health_check_has_it(aiprod: Run) -> None:
    run = aiprod("doctor", "memory", "disk", seconds=20)
    assert run.returncode == 0, run.stderr
    assert [line.split()[1] for line in run.stdout.splitlines()] == ["memory"] * (len(run.stdout.splitlines()) - 2) + ["disk"] * 2
    assert aiprod("doctor", "moon").returncode == 2


def test_what_a_library_complains_of_is_not_among_what_is_found(aiprod: Run, tmp_path: Path) -> None:
    """A driver whose cards cannot be counted."""
    driver = "class NVMLError(Exception): pass\ndef nvmlInit(): pass\ndef nvmlShutdown(): pass\n"
    (tmp_path / "pynvml.py").write_text(f"{driver}def nvmlDeviceGetCount(): raise NVMLError('GPU is lost')\n")
    run = aiprod("doctor", "memory", "--json", PYTHONPATH=str(tmp_path))
    assert {group for group, _ in checks(run)} == {"memory"}
    assert "GPU is lost" in run.stderr


def test_the_doctor_says_how_to_get_what_is_missing(aiprod: Run, tmp_path: Path) -> None:
    run = aiprod("doctor", "--json", PATH=str(tmp_path), seconds=120)
    found = checks(run)
    assert found["media", "ffmpeg"] == {
        "group": "media", "name": "ffmpeg", "state": "missing", "found": "install it: apt-get install ffmpeg",
    }  # fmt: skip
    assert found["media", "espeak-ng"]["found"] == "install it: apt-get install espeak-ng"
    assert run.returncode == 3


def test_the_doctor_says_which_store_is_set(aiprod: Run, found: Checks) -> None:
    assert found["store", "embedded cloud"]["state"] == "present"
    run = aiprod("doctor", "--json", AIPROD_CLOUD="google", AIPROD_GOOGLE_PROJECT="films", AIPROD_BUCKET="films-store", seconds=120)
    store = checks(run)["store", "Google Cloud"]
    assert store["state"] == "present"
    assert "project films, bucket films-store" in store["found"]


def test_the_doctor_notices_that_no_weights_are_here(aiprod: Run, tmp_path: Path) -> None:
    run = aiprod("doctor", "--json", AIPROD_MODELS_DIR=str(tmp_path / "models"), seconds=120)
    found = checks(run)
    assert "aiprod models fetch kokoro" in found["weights", "kokoro"]["found"]
    assert found["voices", "kokoro"]["state"] == "absent"
    assert found["voices", "espeak"]["state"] == "present"


def test_the_doctor_asks_the_writers_server(aiprod: Run) -> None:
    run = aiprod("doctor", "--json", AIPROD_WRITER_URL="http://127.0.0.1:9/v1", AIPROD_WRITER_MODEL="m", seconds=120)
    server = checks(run)["writers", "openai-compatible"]
    assert server["state"] == "missing"
    assert "no answer from http://127.0.0.1:9/v1/models" in server["found"]


def test_the_doctor_says_what_to_set_for_pictures_that_others_make_and_what_they_cost(aiprod: Run, found: Checks) -> None:
    for name, setting in (("veo", "AIPROD_GOOGLE_PROJECT"), ("omni", "AIPROD_GEMINI_KEY"), ("stock", "AIPROD_PEXELS_KEY")):
        assert found["pictures", name]["state"] == "absent"
        assert setting in found["pictures", name]["found"]
    assert "looked up on" in found["pictures", "hosted models"]["found"]
    ready = checks(aiprod("doctor", "--json", AIPROD_GEMINI_KEY="k", AIPROD_PIXABAY_KEY="k", seconds=120))
    assert "about $0.11 for a second of film" in ready["pictures", "omni"]["found"]
    assert "costs nothing, where it is asked for: --renderer stock" in ready["pictures", "stock"]["found"]


def test_the_doctor_speaks_to_people_too(aiprod: Run) -> None:
    run = aiprod("doctor", seconds=120)
    assert "✓ media     ffmpeg" in run.stdout
    assert run.stdout.strip().splitlines()[-1] == "All that films need is here. What is marked · is optional."


def test_the_doctor_says_what_hosted_engines_need_and_misses_none(found: Checks) -> None:
    assert "AIPROD_GEMINI_KEY" in found["writers", "gemini"]["found"]
    assert "AIPROD_GEMINI_KEY" in found["voices", "gemini"]["found"]
    assert "AIPROD_GOOGLE_PROJECT" in found["voices", "chirp"]["found"]
    assert {found[place]["state"] for place in (("writers", "gemini"), ("voices", "gemini"), ("voices", "chirp"))} == {"absent"}


def test_the_doctor_asks_whether_geminis_model_is_there(aiprod: Run) -> None:
    with service() as gemini:
        gemini.fails(400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT")
        run = aiprod("doctor", "--json", AIPROD_GEMINI_KEY="AIza-secret", AIPROD_GEMINI_URL=gemini.url, AIPROD_WRITER="gemini", seconds=120)
    written = checks(run)["writers", "gemini"]
    assert written["state"] == "missing", "it is the writer of the settings"
    assert "may not" in written["found"]
    assert "AIza-secret" not in run.stdout
