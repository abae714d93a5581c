"""Runs a program that may be led astray by what it reads: little time, memory and room, no rights to gain, nothing of our
environment.

What the program says goes to a file, so that its limits bound that too. Knows no form of file and no engine.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aiprod.errors import EngineMissing
from aiprod.logs import logger

ROOT = Path(__file__).resolve().parents[1]
MOST_FILES_OPEN = 256
NICENESS = 5
_LAST_BYTES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a program may use; `file_bytes` is the largest file that it may write. `environment` is what it may know."""

    cpu_seconds: int = 30
    wall_seconds: float = 60.0
    memory_bytes: int = 2 << 30
    file_bytes: int = 1 << 20
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a program ended: with a code of its own, or (None) because it asked for more than it may have."""

    code: int | None
    said: bytes


def run_confined(command: Sequence[str], folder: Path, limits: Limits) -> Ended:
    """Run a program in `folder`, to its end or its limits. Raises: EngineMissing."""
    said, complaints = folder / "said", folder / "complaints"
    with said.open("wb") as output, complaints.open("wb") as errors:
        try:
            process = subprocess.Popen(
                [*_confinement(limits), *command], cwd=folder, env={**_environment(folder), **limits.environment},
                stdin=subprocess.DEVNULL, stdout=output, stderr=errors, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise EngineMissing(f"Expected the program {command[0]} to start, found that it did not ({error}).") from error
    try:
        code: int | None = process.wait(limits.wall_seconds)
    except subprocess.TimeoutExpired:
        code = None
    finally:
        _end(process)
    if code is not None and not 0 <= code < 128:
        code = None
    if code != 0:
        words = complaints.read_bytes()[-_LAST_BYTES:].decode("utf-8", "replace")
        logger().info("confined program failed", program=Path(command[0]).name, code=code, words=words)
    return Ended(code=code, said=said.read_bytes())


def _confinement(limits: Limits) -> list[str]:
    prlimit, setpriv = shutil.which("prlimit"), shutil.which("setpriv")
    if prlimit is None or setpriv is None:
        raise EngineMissing(
            "Expected the programs prlimit and setpriv, which confine others, found them missing; "
            "install them (Debian: apt-get install util-linux)."
        )
    return [
        prlimit, f"--cpu={limits.cpu_seconds}", f"--as={limits.memory_bytes}", f"--fsize={limits.file_bytes}",
        f"--nofile={MOST_FILES_OPEN}", "--core=0", "--", setpriv, "--pdeathsig", "KILL", "--no-new-privs", "--",
        "nice", "-n", str(NICENESS),
    ]  # fmt: skip


def _environment(folder: Path) -> dict[str, str]:
    libraries = os.pathsep.join(dict.fromkeys([str(ROOT), *(part for part in sys.path if part)]))
    return {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LC_ALL": "C.UTF-8", "PYTHONPATH": libraries,
        "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
    }  # fmt: skip


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()
