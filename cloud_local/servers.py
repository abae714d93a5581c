"""The functions as server processes: one each, on a port of its own, started again when it dies, as Cloud Run does."""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from aiprod.errors import Unavailable
from aiprod.logs import logger
from cloud_local.processes import ending_with_parent, free_port

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 90.0
LOOK_SECONDS = 0.2
THREADS = 4
"""Requests that a server takes at once. With a single one it would wait for connections on which nothing is said: 1.6 s
an event, with the Pub/Sub emulator."""


def function_names() -> tuple[str, ...]:
    """Every function there is."""
    return tuple(sorted(main.parent.name for main in (ROOT / "functions").glob("*/main.py")))


@dataclass(slots=True, kw_only=True)
class FunctionServer:
    """One function under the functions framework's own server."""

    name: str
    log: Path
    environment: Mapping[str, str]
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        own = {
            "FUNCTION_SOURCE": str(ROOT / "functions" / self.name / "main.py"), "FUNCTION_TARGET": "handle",
            "FUNCTION_SIGNATURE_TYPE": "cloudevent", "HOST": "127.0.0.1", "PORT": str(self.port),
            "PYTHONPATH": str(ROOT), "THREADS": str(THREADS), "K_SERVICE": self.name,
        }  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                ending_with_parent([sys.executable, "-m", "functions_framework"]), cwd=ROOT, start_new_session=True,
                env={**os.environ, **self.environment, **own}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def answers(self) -> bool:
        try:
            httpx.get(self.address, timeout=2.0)
        except httpx.TransportError:
            return False
        return True

    def kill(self) -> None:
        """End it at once, with every process of its own."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, 9)
            self.process.wait()


@dataclass(slots=True, kw_only=True)
class FunctionServers:
    """All functions. Use it in a `with` statement."""

    folder: Path
    environment: Mapping[str, str]
    servers: dict[str, FunctionServer] = field(default_factory=dict)
    restarts: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> "FunctionServers":
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in function_names():
            log = self.folder / f"function-{name}.log"
            self.servers[name] = FunctionServer(name=name, log=log, environment=self.environment)
            self.servers[name].start()
        self._thread = threading.Thread(target=self._keep_alive, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        for server in self.servers.values():
            server.kill()

    def wait(self) -> None:
        """Until every function answers. Raises: Unavailable, with what the silent one said."""
        waited = 0.0
        for server in self.servers.values():
            while not server.answers():
                waited += LOOK_SECONDS
                if waited > START_SECONDS or self.restarts > len(self.servers):
                    said = server.log.read_text("utf-8", errors="replace")[-2000:]
                    raise Unavailable(f"Expected the function {server.name} to start, found that it did not: {said}")
                self._ended.wait(LOOK_SECONDS)

    def _keep_alive(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            for server in self.servers.values():
                if server.process is not None and server.process.poll() is not None:
                    logger().warning("function ended", function=server.name, code=server.process.returncode)
                    self.restarts += 1
                    server.start()
