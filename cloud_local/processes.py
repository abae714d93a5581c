"""What every process and port of the local cloud needs."""

import ctypes
import signal
import socket
import sys

_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """In the child: be killed when the process that started it is (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
