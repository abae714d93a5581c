"""What must hold of every Dockerfile here: a small linter, whose faults are sentences with their lines."""

import re
from collections.abc import Iterator

from tests.images.dockerfile import Dockerfile, Instruction, Stage, parse

SECRET = re.compile(r"(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY|CREDENTIALS)", re.IGNORECASE)
LICENCE = "org.opencontainers.image.licenses"


def faults(text: str, files: tuple[str, ...]) -> list[str]:
    """Every fault of a Dockerfile whose context has these files."""
    read = parse(text)
    return sorted({fault for rule in RULES for fault in rule(read, files)}, key=_line)


def _line(fault: str) -> int:
    return int(re.findall(r"line (\d+)", fault)[0])


def _all(read: Dockerfile) -> Iterator[tuple[Stage, Instruction]]:
    for stage in read.stages:
        for one in stage.instructions:
            yield stage, one


def bases_are_pinned(read: Dockerfile, _: tuple[str, ...]) -> Iterator[str]:
    for stage in read.stages:
        own = read.stage(stage.origin)
        tag = stage.origin.partition(":")[2]
        exact = "@sha256:" in stage.origin or re.match(r"\d+\.\d+\.\d+", tag)
        if own is None and not exact:
            yield f"line {stage.line}: expected an exact tag or a digest, found {stage.origin}"


def nobody_is_root_at_the_end(read: Dockerfile, _: tuple[str, ...]) -> Iterator[str]:
    last = read.stages[-1]
    users = last.all("USER")
    if not users:
        yield f"line {last.line}: expected a USER, found none"
    elif users[-1].text.split(":")[0] in ("root", "0"):
        yield f"line {users[-1].line}: expected a user that is not root, found {users[-1].text}"
    elif not users[-1].text.split(":")[0].isdecimal():
        yield f"line {users[-1].line}: expected the number of a user, found {users[-1].text}"


def packages_of_the_system_leave_nothing_behind(read: Dockerfile, _: tuple[str, ...]) -> Iterator[str]:
    for _stage, run in _all(read):
        if run.keyword != "RUN" or "apt-get install" not in run.text:
            continue
        if "--no-install-recommends" not in run.text:
            yield f"line {run.line}: expected apt-get install --no-install-recommends"
        if not re.search(r"apt-get install.*(--yes|-y)\b", run.text):
            yield f"line {run.line}: expected apt-get install --yes, since nobody answers"
        if run.text.find("apt-get update") not in range(run.text.find("apt-get install")):
            yield f"line {run.line}: expected apt-get update in the same RUN"
        if "rm -rf /var/lib/apt/lists/*" not in run.text:
            yield f"line {run.line}: expected the package lists to be removed in the same RUN"


def packages_of_python_are_locked(read: Dockerfile, _: tuple[str, ...]) -> Iterator[str]:
    for _stage, run in _all(read):
        for command in run.commands if run.keyword == "RUN" else ():
            if "pip install" not in command:
                continue
            if "--no-cache-dir" not in command:
                yield f"line {run.line}: expected pip install --no-cache-dir"
            if "torch.txt" not in command and not ("--require-hashes" in command and "--no-deps" in command):
                yield f"line {run.line}: expected pip install --no-deps --require-hashes, found {command}"


def everything_that_is_copied_is_there(read: Dockerfile, files: tuple[str, ...]) -> Iterator[str]:
    names = [stage.name for stage in read.stages]
    for stage, copy in _all(read):
        if copy.keyword == "ADD":
            yield f"line {copy.line}: expected COPY, found ADD"
        if copy.keyword != "COPY":
            continue
        origin = copy.flags.get("from", "")
        if origin:
            if origin not in names[: names.index(stage.name)]:
                yield f"line {copy.line}: expected a stage above, found {origin}"
            continue
        for source in copy.operands[:-1]:
            name = source.strip("/")
            if not any(file == name or file.startswith(f"{name}/") for file in files):
                yield f"line {copy.line}: expected files in the context at {source}, found none"


def nothing_is_secret(read: Dockerfile, _: tuple[str, ...]) -> Iterator[str]:
    for _stage, one in _all(read):
        if one.keyword not in ("ENV", "ARG"):
            continue
        for name in one.pairs:
            if SECRET.search(name):
                yield f"line {one.line}: expected no secret, found {name}"


def programs_are_started_without_a_shell(read: Dockerfile, _: tuple[str, ...]) -> Iterator[str]:
    last = read.stages[-1]
    starts = last.all("CMD", "ENTRYPOINT")
    if not starts:
        yield f"line {last.line}: expected a CMD, found none"
    for start in starts:
        if start.exec_form is None:
            yield f"line {start.line}: expected a JSON array, so that signals reach the program, found {start.text}"


def the_licence_is_named(read: Dockerfile, _: tuple[str, ...]) -> Iterator[str]:
    last = read.stages[-1]
    if not any(LICENCE in label.pairs for label in last.all("LABEL")):
        yield f"line {last.line}: expected the label {LICENCE}"


def folders_are_absolute(read: Dockerfile, _: tuple[str, ...]) -> Iterator[str]:
    for _stage, one in _all(read):
        if one.keyword == "WORKDIR" and not one.text.startswith("/"):
            yield f"line {one.line}: expected an absolute folder, found {one.text}"
        if one.keyword == "RUN" and re.search(r"(^|&&|;)\s*(cd|sudo) ", one.text):
            yield f"line {one.line}: expected WORKDIR and no sudo, found {one.text}"


RULES = (
    bases_are_pinned, nobody_is_root_at_the_end, packages_of_the_system_leave_nothing_behind,
    packages_of_python_are_locked, everything_that_is_copied_is_there, nothing_is_secret,
    programs_are_started_without_a_shell, the_licence_is_named, folders_are_absolute,
)  # fmt: skip
