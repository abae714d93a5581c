"""Heavy jobs as child processes with the environment that Cloud Run gives them: the embedded cloud's Cloud Run jobs."""

import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.owners import is_gone, process_name
from aiprod.errors import Unavailable
from aiprod.logs import logger
from aiprod.ports import Clock
from aiprod.subscriptions import SUBSCRIPTIONS

MOST_RETRIES = 3
"""How often a task is started again that ended badly: as on Cloud Run where nothing else is said."""
_BEGIN = """
import ctypes, os, runpy, signal, sys
module, parent = sys.argv[1:]
del sys.argv[1:]
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    if os.getppid() != int(parent):
        os.kill(os.getpid(), signal.SIGTERM)
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""
"""Run a module that is ended with the process that started it (PR_SET_PDEATHSIG). It asks for that itself: between fork and exec of a
process with threads, Google's libraries may crash."""


def _job_of(served: str) -> str:
    """The job that serves that queue; "" where it is none."""
    return SUBSCRIPTIONS[served].job if served in SUBSCRIPTIONS else ""


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
    """Implements ports.Jobs. A job named J is the module `gpu_jobs.J.main`; its log goes to `logs`. A task that ends badly is
    started again, as Cloud Run does. The store keeps what each was told: one that serves no queue and was ended with the process
    that started it is taken up by another, which no event would tell of it."""

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
                    [sys.executable, "-c", _BEGIN, f"gpu_jobs.{job}.main", str(os.getpid())], env=told, stdin=subprocess.DEVNULL,
                    stdout=log, stderr=log,
                )  # fmt: skip
            except OSError as error:
                raise Unavailable(f"The job {job} could not be started: {error}.") from error

    def _know(self, task: _Task) -> None:
        """Write down who does the task now."""
        with self.lock:
            self.tasks.append(task)
        told = msgspec.json.encode(task.environment).decode()
        owner = process_name(task.child.pid)
        with self.database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO tasks (name, job, served, told, attempt, owner, starter, started_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (task.name, task.job, task.served, told, task.attempt, owner, process_name(), self.clock.now()),
            )

    def _forget(self, names: Iterable[str]) -> None:
        with self.database.transaction() as connection:
            connection.executemany("DELETE FROM tasks WHERE name = ?", [(name,) for name in names])

    def running(self, job: str) -> int:
        """A task of this process runs until it is collected: a large one that was killed takes a while to go. One that is to be
        taken up counts."""
        self.reap()
        rows = [
            (str(name), str(served), str(owner))
            for name, served, owner in self.database.read("SELECT name, served, owner FROM tasks")
            if job in (served, _job_of(str(served)))
        ]
        with self.lock:
            own = {task.name for task in self.tasks}
        gone = [name for name, served, owner in rows if _job_of(served) and name not in own and is_gone(owner)]
        if gone:
            self._forget(gone)
        return len(rows) - len(gone)

    def lost(self, owner: str) -> bool:
        return is_gone(owner)

    def cancel(self, execution: str) -> None:
        for name, owner in self.database.read("SELECT name, owner FROM tasks WHERE name LIKE ? || '/%'", execution):
            if is_gone(str(owner)):
                self._forget([str(name)])
            else:
                os.kill(int(str(owner).split(":")[1]), signal.SIGTERM)

    def reap(self) -> None:
        """Collect tasks that ended, start again those that are lost, and take up those that were ended with the process that
        started them. Raises: Unavailable, StorageFull."""
        with self.lock:
            ended = [task for task in self.tasks if task.child.poll() is not None]
            self.tasks[:] = [task for task in self.tasks if task not in ended]
        done = [task.name for task in ended if not (task.is_lost and task.attempt < MOST_RETRIES)]
        if done:
            self._forget(done)
        for task in ended:
            if task.name not in done:
                again = task.attempt + 1
                logger().warning("task started again", task=task.name, exit_code=task.child.returncode, attempt=again)
                self._know(replace(task, attempt=again, child=self._begun(task.job, task.environment, again)))
        self._take_up()

    def _take_up(self) -> None:
        """Raises: Unavailable, StorageFull."""
        rows = self.database.read("SELECT name, job, served, told, attempt, owner, starter FROM tasks")
        for name, job, served, told, attempt, owner, starter in rows:
            if _job_of(str(served)) or not (starter == "" or is_gone(str(starter))) or not is_gone(str(owner)):
                continue
            again = int(str(attempt)) + 1
            if again > MOST_RETRIES:
                self._forget([str(name)])
                continue
            with self.database.transaction() as connection:  # of several workers that see it, one takes it
                sql = "UPDATE tasks SET starter = ? WHERE name = ? AND owner = ? AND starter = ?"
                if not connection.execute(sql, (process_name(), name, owner, starter)).rowcount:
                    continue
            logger().warning("task taken up", task=name, attempt=again)
            environment = msgspec.json.decode(str(told), type=dict[str, str])
            self._know(_Task(
                name=str(name), served=str(served), job=str(job), environment=environment, attempt=again,
                child=self._begun(str(job), environment, again),
            ))  # fmt: skip

    def stop(self) -> None:
        """End the tasks of this process and wait for them; what they had not done is left to whoever comes next."""
        with self.lock:
            left = list(self.tasks)
            children = [task.child for task in left]
            for child in children:
                child.terminate()
            for child in children:
                try:
                    child.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
            self.tasks.clear()
        if not left:
            return
        self._forget(task.name for task in left if task.child.returncode == 0)
        with self.database.transaction() as connection:
            connection.executemany("UPDATE tasks SET starter = '' WHERE name = ?", [(task.name,) for task in left])
