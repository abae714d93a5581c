"""Runs ffmpeg and ffprobe as child processes and turns their failures into AIPROD's errors.

Knows how to find the programs, how long they may take and what their complaints mean; knows no graph and no format.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from aiprod.errors import AiprodError, EngineMissing, MediaBroken, StorageFull, Unavailable
from aiprod.telemetry import span

NICENESS = 5
"""Encoding yields to what a person waits for on the same machine."""

_COMPLAINTS: tuple[tuple[str, type[AiprodError], str], ...] = (
    ("No space left on device", StorageFull, "free some room and try again"),
    ("Disk quota exceeded", StorageFull, "free some room and try again"),
    ("Cannot allocate memory", Unavailable, "try again when the machine is less loaded"),
    ("Resource temporarily unavailable", Unavailable, "try again when the machine is less loaded"),
    ("No such filter", EngineMissing, "install an ffmpeg built with libass, libx264 and libzimg"),
    ("Unknown encoder", EngineMissing, "install an ffmpeg built with libass, libx264 and libzimg"),
)
_LAST_LINES = 4
_ENDED_BY_SIGNAL = 255
"""How ffmpeg exits when it is asked to end; a failure of its own is another code."""


def find_program(name: str, explicit: str = "") -> str:
    """Path of ffmpeg or ffprobe: the explicit one, else the first on PATH. Raises: EngineMissing."""
    found = shutil.which(explicit or name)
    if found is None:
        wanted = f"{name} at {explicit}" if explicit else f"the program {name} on PATH"
        raise EngineMissing(f"Expected {wanted}, found none; install it (Debian: apt-get install ffmpeg).")
    return found


def run_ffmpeg(arguments: Sequence[str], *, about: str, timeout_seconds: float, program: str = "") -> bytes:
    """Run ffmpeg with the arguments and return what it wrote to its standard output.

    `about` completes the sentence of an error: "Encoding segment 3". Raises: EngineMissing, MediaBroken,
    StorageFull, Unavailable (killed, or out of time).
    """
    output, _ = run_ffmpeg_heard(arguments, about=about, timeout_seconds=timeout_seconds, program=program)
    return output


def run_ffmpeg_heard(
    arguments: Sequence[str], *, about: str, timeout_seconds: float, level: str = "error", program: str = ""
) -> tuple[bytes, str]:
    """Run ffmpeg; return its standard output and its log at `level`, for filters that report by logging."""
    command = [find_program("ffmpeg", program), "-hide_banner", "-nostdin", "-nostats", "-loglevel", level, *arguments]
    return _run(command, about, timeout_seconds)


def run_ffprobe(
    arguments: Sequence[str], *, about: str, timeout_seconds: float, program: str = ""
) -> tuple[bytes, str]:
    """Run ffprobe; return its standard output and its complaints."""
    command = [find_program("ffprobe", program), "-hide_banner", "-loglevel", "error", *arguments]
    return _run(command, about, timeout_seconds)


@contextmanager
def written_whole(into: Path) -> Iterator[Path]:
    """A temporary path beside `into`, renamed to it when the block ends well and removed when it does not."""
    partial = into.with_name(f".{into.stem}.{os.getpid()}.partial{into.suffix}")
    try:
        yield partial
        partial.replace(into)
    finally:
        partial.unlink(missing_ok=True)


def _run(command: list[str], about: str, timeout_seconds: float) -> tuple[bytes, str]:
    name = Path(command[0]).name
    with span(name, {"about": about}):
        return _heard(name, command, about, timeout_seconds)


def _heard(name: str, command: list[str], about: str, timeout_seconds: float) -> tuple[bytes, str]:
    try:
        process = subprocess.Popen(
            [*_ending_with_parent(), *command],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise EngineMissing(f"{about} needs {name}, which did not start ({error.strerror}); install it.") from error
    try:
        _be_nice(process.pid)
        output, complaints = process.communicate(timeout=timeout_seconds)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(
            f"{about} was expected to take {name} at most {timeout_seconds:.0f} s and took longer; try again."
        ) from error
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    log = complaints.decode("utf-8", "replace")
    if process.returncode != 0:
        raise _as_error(name, about, process.returncode, log)
    return output, log


def _ending_with_parent() -> list[str]:
    # A worker that is killed outright cannot kill its child; the kernel can.
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []


def _be_nice(pid: int) -> None:
    try:
        os.setpriority(os.PRIO_PROCESS, pid, NICENESS)
    except ProcessLookupError:
        return


def _as_error(name: str, about: str, code: int, log: str) -> AiprodError:
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    said = " | ".join(lines[-_LAST_LINES:]) or "nothing"
    if code < 0 or code == _ENDED_BY_SIGNAL:
        return Unavailable(f"{about} did not finish: {name} was killed (exit {code}); try again.")
    for words, kind, advice in _COMPLAINTS:
        if words in log:
            return kind(f"{about} failed in {name}: {words} ({said}); {advice}.")
    return MediaBroken(f"{about} failed in {name} (exit {code}), which said: {said}.")
