"""Worker processes for a film that somebody waits for: started, replaced when they die, ended with it."""

import ctypes
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from aiprod.cli.screen import COMPLAINT
from aiprod.errors import Unavailable

PATIENCE_SECONDS = 5.0
MOST_REPLACEMENTS = 5
_PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """In the child: be asked to end when the process that started it is gone (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True, kw_only=True)
class Workers:
    """Processes running `aiprod worker --stay`; their log goes to `log`. Use it in a `with` statement."""

    count: int
    log: Path
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    replaced: int = 0

    def __enter__(self) -> "Workers":
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.children = [self._start() for _ in range(self.count)]
        return self

    def __exit__(self, *_: object) -> None:
        """End them kindly; a worker at a long piece of work is killed: what it did is kept, and taken up again."""
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(timeout=PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def replace_dead(self) -> None:
        """Start another for each that died. Raises: Unavailable when they die again and again."""
        for index, child in enumerate(self.children):
            if child.poll() is None:
                continue
            self.replaced += 1
            if self.replaced > MOST_REPLACEMENTS:
                raise Unavailable(f"Workers end again and again (exit code {child.returncode}): {self._last_words()}")
            self.children[index] = self._start()

    def _last_words(self) -> str:
        """The last sentence that a worker left."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        said = [line.removeprefix(COMPLAINT) for line in lines if line.startswith(COMPLAINT)]
        return f"{said[-1]} ({self.log})" if said else f"{self.log} says why."

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            # A session of their own: Ctrl-C reaches only the command, which then ends them.
            return subprocess.Popen(
                [sys.executable, "-m", "aiprod", "worker", "--stay"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=_end_with_parent,
            )  # fmt: skip
