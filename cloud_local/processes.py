"""What every process and port of the local cloud needs."""

import shutil
import socket
from collections.abc import Sequence


def ending_with_parent(command: Sequence[str]) -> list[str]:
    """The command, killed when the thread that starts it ends (where util-linux is): nothing is left behind."""
    program = shutil.which("setpriv")
    return [program, "--pdeathsig", "KILL", *command] if program else list(command)


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
