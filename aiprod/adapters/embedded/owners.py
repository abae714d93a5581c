"""Names for processes, and whether a named one is certainly gone. Linux knows; elsewhere nobody is ever known lost."""

import os
from functools import cache
from pathlib import Path

from aiprod.adapters.disk import disk_error


@cache
def _boot() -> str:
    """Which start of the machine this is; "" where none is told of. Raises: OSError."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def _started(pid: int) -> str:
    """Start time of a living process in clock ticks since boot; "" when it is gone or a zombie. Raises: OSError."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
    fields = text.rpartition(")")[2].split()
    return "" if fields[0] in ("Z", "X") else fields[19]


def process_name(pid: int = 0) -> str:
    """A name that no other process of this machine ever has, this boot or another. Raises: Unavailable."""
    pid = pid or os.getpid()
    try:
        return f"{_boot()}:{pid}:{_started(pid)}"
    except OSError as error:
        raise disk_error(error, f"telling when the process {pid} started") from error


def is_gone(owner: str) -> bool:
    """Whether the named process is certainly not running any more; one that was gone when it was named has no start."""
    boot, _, rest = owner.partition(":")
    pid, named, started = rest.partition(":")
    if not boot or not pid.isdigit() or not named:
        return False
    try:
        return boot != _boot() or not started or _started(int(pid)) != started
    except OSError:  # too many open files, say: it cannot be asked, so that nothing is certain
        return False
