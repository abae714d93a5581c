"""Heavy jobs as child processes with the environment that Cloud Run gives them: the embedded cloud's Cloud Run jobs."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.owners import is_gone, process_name
from aiprod.errors import Unavailable
from aiprod.ports import Clock
from aiprod.subscriptions import SUBSCRIPTIONS

_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """In the child: be killed when the process that started it is (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedJobs:
    """Implements ports.Jobs. A job named J is the module `gpu_jobs.J.main`; its log goes to `logs`; `executions` keeps the queue
    that each task serves."""

    database: Database
    clock: Clock
    logs: Path
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, job: str, *, tasks: int, environment: Mapping[str, str]) -> str:
        execution = f"{job}-{uuid.uuid4().hex[:8]}"
        served = environment.get("AIPROD_SUBSCRIPTION", job)
        self.logs.mkdir(parents=True, exist_ok=True)
        for index in range(tasks):
            cloud_run = {
                "CLOUD_RUN_JOB": job, "CLOUD_RUN_EXECUTION": execution, "CLOUD_RUN_TASK_INDEX": str(index),
                "CLOUD_RUN_TASK_COUNT": str(tasks), "CLOUD_RUN_TASK_ATTEMPT": "0",
            }  # fmt: skip
            with (self.logs / f"{job}.log").open("ab") as log:
                try:
                    child = subprocess.Popen(
                        [sys.executable, "-m", f"gpu_jobs.{job}.main"], env={**os.environ, **environment, **cloud_run},
                        stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_die_with_parent,
                    )  # fmt: skip
                except OSError as error:
                    raise Unavailable(f"The job {job} could not be started: {error}.") from error
            with self.lock:
                self.children.append(child)
            owner = process_name(child.pid)
            with self.database.transaction() as connection:
                connection.execute(
                    "INSERT INTO executions (name, job, owner, started_at) VALUES (?, ?, ?, ?)",
                    (f"{execution}/{index}", served, owner, self.clock.now()),
                )
        return execution

    def running(self, job: str) -> int:
        self.reap()
        rows = [
            (name, owner)
            for name, served, owner in self.database.read("SELECT name, job, owner FROM executions")
            if served == job or (served in SUBSCRIPTIONS and SUBSCRIPTIONS[str(served)].job == job)
        ]
        gone = [str(name) for name, owner in rows if is_gone(str(owner))]
        if gone:
            with self.database.transaction() as connection:
                connection.executemany("DELETE FROM executions WHERE name = ?", [(name,) for name in gone])
        return len(rows) - len(gone)

    def lost(self, owner: str) -> bool:
        return is_gone(owner)

    def cancel(self, execution: str) -> None:
        for (owner,) in self.database.read("SELECT owner FROM executions WHERE name LIKE ? || '/%'", execution):
            if not is_gone(str(owner)):
                os.kill(int(str(owner).split(":")[1]), signal.SIGTERM)

    def reap(self) -> None:
        """Collect children that ended."""
        with self.lock:
            self.children[:] = [child for child in self.children if child.poll() is None]

    def stop(self) -> None:
        """End the children of this process and wait for them."""
        with self.lock:
            for child in self.children:
                child.terminate()
            for child in self.children:
                try:
                    child.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
            self.children.clear()
