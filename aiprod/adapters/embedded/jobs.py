"""Heavy jobs as child processes with the environment that Cloud Run gives them: the embedded cloud's Cloud Run jobs."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.owners import is_gone, process_name
from aiprod.errors import Unavailable
from aiprod.logs import logger
from aiprod.ports import Clock
from aiprod.subscriptions import SUBSCRIPTIONS

MOST_RETRIES = 3
"""How often a task is started again that ended badly: as on Cloud Run where nothing else is said."""
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """In the child: be killed when the process that started it is (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True, kw_only=True)
class _Task:
    """A task of an execution, the queue that it serves, and how it is started."""

    name: str
    served: str
    job: str
    environment: dict[str, str]
    attempt: int = 0
    child: subprocess.Popen[bytes]

    @property
    def is_lost(self) -> bool:
        """Whether it ended badly, and nobody asked it to."""
        return self.child.returncode not in (0, -signal.SIGTERM)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedJobs:
    """Implements ports.Jobs. A job named J is the module `gpu_jobs.J.main`; its log goes to `logs`; `executions` keeps the queue
    that each task serves. A task that ends badly is started again, as Cloud Run does."""

    database: Database
    clock: Clock
    logs: Path
    tasks: list[_Task] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, job: str, *, tasks: int, environment: Mapping[str, str]) -> str:
        execution = f"{job}-{uuid.uuid4().hex[:8]}"
        served = environment.get("AIPROD_SUBSCRIPTION", job)
        for index in range(tasks):
            cloud_run = {
                "CLOUD_RUN_JOB": job, "CLOUD_RUN_EXECUTION": execution, "CLOUD_RUN_TASK_INDEX": str(index),
                "CLOUD_RUN_TASK_COUNT": str(tasks),
            }  # fmt: skip
            told = {**environment, **cloud_run}
            task = _Task(name=f"{execution}/{index}", served=served, job=job, environment=told, child=self._begun(job, told, 0))
            self._know(task)
        return execution

    def _begun(self, job: str, environment: Mapping[str, str], attempt: int) -> subprocess.Popen[bytes]:
        """The process of a task. Raises: Unavailable."""
        self.logs.mkdir(parents=True, exist_ok=True)
        told = {**os.environ, **environment, "CLOUD_RUN_TASK_ATTEMPT": str(attempt)}
        with (self.logs / f"{job}.log").open("ab") as log:
            try:
                return subprocess.Popen(
                    [sys.executable, "-m", f"gpu_jobs.{job}.main"], env=told, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    preexec_fn=_die_with_parent,
                )  # fmt: skip
            except OSError as error:
                raise Unavailable(f"The job {job} could not be started: {error}.") from error

    def _know(self, task: _Task) -> None:
        """Write down who does the task now."""
        with self.lock:
            self.tasks.append(task)
        with self.database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO executions (name, job, owner, started_at) VALUES (?, ?, ?, ?)",
                (task.name, task.served, process_name(task.child.pid), self.clock.now()),
            )

    def running(self, job: str) -> int:
        """A task of this process runs until it is collected: a large one that was killed takes a while to go."""
        self.reap()
        rows = [
            (name, owner)
            for name, served, owner in self.database.read("SELECT name, job, owner FROM executions")
            if served == job or (served in SUBSCRIPTIONS and SUBSCRIPTIONS[str(served)].job == job)
        ]
        with self.lock:
            own = {task.name for task in self.tasks}
        gone = [str(name) for name, owner in rows if name not in own and is_gone(str(owner))]
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
        """Collect tasks that ended, and start again those that are lost. Raises: Unavailable, StorageFull."""
        with self.lock:
            ended = [task for task in self.tasks if task.child.poll() is not None]
            self.tasks[:] = [task for task in self.tasks if task not in ended]
        for task in ended:
            if task.is_lost and task.attempt < MOST_RETRIES:
                logger().warning("task started again", task=task.name, exit_code=task.child.returncode, attempt=task.attempt + 1)
                again = task.attempt + 1
                self._know(replace(task, attempt=again, child=self._begun(task.job, task.environment, again)))

    def stop(self) -> None:
        """End the tasks of this process and wait for them."""
        with self.lock:
            children = [task.child for task in self.tasks]
            for child in children:
                child.terminate()
            for child in children:
                try:
                    child.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
            self.tasks.clear()
