"""Runs ffmpeg and ffprobe as child processes and turns their failures into AIPROD's errors.

Knows how to find the programs, how long they may take and what their complaints mean; knows no graph and no format.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

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
    return _run(_ffmpeg(arguments, level, program), about, timeout_seconds)


def run_ffprobe(
    arguments: Sequence[str], *, about: str, timeout_seconds: float, program: str = ""
) -> tuple[bytes, str]:
    """Run ffprobe; return its standard output and its complaints."""
    command = [find_program("ffprobe", program), "-hide_banner", "-loglevel", "error", *arguments]
    return _run(command, about, timeout_seconds)


def stream_ffmpeg(arguments: Sequence[str], piece_bytes: int, *, about: str) -> Iterator[bytes]:
    """Run ffmpeg and give on what it writes to its standard output, a piece at a time; who stops asking ends it.

    Raises: EngineMissing, MediaBroken (also where it ends within a piece), StorageFull, Unavailable.
    """
    command = _ffmpeg(arguments)
    with TemporaryFile() as complaints, _start(command, about, subprocess.DEVNULL, subprocess.PIPE, complaints) as process:
        if process.stdout is None:
            raise EngineMissing(f"{about} needs ffmpeg's output, found none; try again.")
        try:
            while len(piece := process.stdout.read(piece_bytes)) == piece_bytes:
                yield piece
            code = process.wait()
        finally:
            process.kill()
        complaints.seek(0)
        if code != 0:
            raise _as_error("ffmpeg", about, code, complaints.read().decode("utf-8", "replace"))
        if piece:
            raise MediaBroken(f"{about} ended in the midst of a piece, after {len(piece)} of {piece_bytes} bytes; make the clip again.")


class Feed:
    """What a running ffmpeg reads from its standard input."""

    def __init__(self, process: subprocess.Popen[bytes], pipe: IO[bytes]) -> None:
        self._process = process
        self._pipe = pipe
        self._enough = False

    def write(self, content: bytes) -> None:
        """Give it more; what comes after ffmpeg had enough is let go. Raises: BrokenPipeError (it failed)."""
        if self._enough:
            return
        try:
            self._pipe.write(content)
        except BrokenPipeError:
            if self._process.wait() != 0:
                raise
            self._enough = True


@contextmanager
def feed_ffmpeg(arguments: Sequence[str], *, about: str) -> Iterator[Feed]:
    """Run ffmpeg on what it is fed with; who leaves by an error ends it.

    Let the feed's BrokenPipeError pass: why ffmpeg failed is told in its place.
    Raises: EngineMissing, MediaBroken, StorageFull, Unavailable (killed).
    """
    with TemporaryFile() as complaints:
        process = _start(_ffmpeg(arguments), about, subprocess.PIPE, subprocess.DEVNULL, complaints)
        if process.stdin is None:
            raise EngineMissing(f"{about} needs ffmpeg's input, found none; try again.")
        try:
            with suppress(BrokenPipeError):
                yield Feed(process, process.stdin)
                process.stdin.close()
            code = process.wait()
        finally:
            process.kill()
            process.wait()
            with suppress(BrokenPipeError):
                process.stdin.close()
        if code != 0:
            complaints.seek(0)
            raise _as_error("ffmpeg", about, code, complaints.read().decode("utf-8", "replace"))


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
        process = _start(command, about, subprocess.DEVNULL, subprocess.PIPE, subprocess.PIPE)
        try:
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


def _ffmpeg(arguments: Sequence[str], level: str = "error", program: str = "") -> list[str]:
    return [find_program("ffmpeg", program), "-hide_banner", "-nostdin", "-nostats", "-loglevel", level, *arguments]


def _start(
    command: Sequence[str], about: str, reads: int, writes: int, complains: int | IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start a program that ends with this process and yields to others. Raises: EngineMissing."""
    try:
        process = subprocess.Popen(
            [*_ending_with_parent(), *command], stdin=reads, stdout=writes, stderr=complains, start_new_session=True
        )
    except OSError as error:
        name = Path(command[0]).name
        raise EngineMissing(f"{about} needs {name}, which did not start ({error.strerror}); install it.") from error
    _be_nice(process.pid)
    return process


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
