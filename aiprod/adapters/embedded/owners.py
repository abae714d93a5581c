"""Names for processes, and whether a named one is certainly gone. Linux knows; elsewhere nobody is ever known lost."""

import os
from functools import cache
from pathlib import Path


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def _started(pid: int) -> str:
    """Start time of a living process in clock ticks since boot; "" when it is gone or a zombie."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace")
    except OSError:
        return ""
    fields = text.rpartition(")")[2].split()
    return "" if fields[0] in ("Z", "X") else fields[19]


def process_name(pid: int = 0) -> str:
    """A name that no other process of this machine ever has, this boot or another."""
    pid = pid or os.getpid()
    return f"{_boot()}:{pid}:{_started(pid)}"


def is_gone(owner: str) -> bool:
    """Whether the named process is certainly not running any more."""
    boot, _, rest = owner.partition(":")
    pid, _, started = rest.partition(":")
    if not boot or not pid.isdigit() or not started:
        return False
    return boot != _boot() or _started(int(pid)) != started
