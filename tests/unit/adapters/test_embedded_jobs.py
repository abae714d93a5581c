"""Jobs of the embedded cloud: a task that ends badly is started again, as often as Cloud Run would."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.jobs import EmbeddedJobs
from aiprod.adapters.embedded.owners import is_gone
from aiprod.bootstrap import SystemClock

JOB = """
import os, signal
attempt = int(os.environ["CLOUD_RUN_TASK_ATTEMPT"])
with open("attempts", "a") as attempts:
    attempts.write(f"{attempt} {os.environ['CLOUD_RUN_TASK_INDEX']} {os.environ['AIPROD_NARRATION']},")
"""

EXIT_THREAD = {"x86_64": 60, "aarch64": 93}[os.uname().machine]
"""Linux' call that ends one thread alone."""


def until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not there():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedJobs]:
    """Jobs whose programs lie in the test's folder."""
    for folder in ("gpu_jobs", "gpu_jobs/speak", "gpu_jobs/narration"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    monkeypatch.chdir(tmp_path)
    jobs = EmbeddedJobs(database=Database(tmp_path / "store.sqlite3"), clock=SystemClock(), logs=tmp_path / "logs")
    yield jobs
    jobs.stop()


def attempts_of(jobs: EmbeddedJobs, ending: str) -> list[str]:
    """What each start of a task wrote that ends so."""
    Path("gpu_jobs/speak/main.py").write_text(JOB + ending)
    jobs.run("speak", tasks=1, environment={"AIPROD_NARRATION": "scripts/v/1.json"})
    while jobs.tasks:
        assert jobs.running("speak") <= 1
        for task in jobs.tasks:
            task.child.wait(timeout=30)
        jobs.reap()
    assert jobs.running("speak") == 0
    return Path("attempts").read_text().rstrip(",").split(",")


def test_a_task_that_was_killed_or_broke_is_started_again_with_what_it_was_told(jobs: EmbeddedJobs) -> None:
    ending = "os.kill(os.getpid(), signal.SIGKILL) if attempt == 0 else exit(1 if attempt == 1 else 0)"
    assert attempts_of(jobs, ending) == [f"{attempt} 0 scripts/v/1.json" for attempt in range(3)]


def test_a_task_that_always_breaks_is_given_up(jobs: EmbeddedJobs) -> None:
    assert len(attempts_of(jobs, "exit(1)")) == 4


@pytest.mark.parametrize("ending", ["", "os.kill(os.getpid(), signal.SIGTERM)"])
def test_a_task_that_is_done_or_was_asked_to_end_is_not_started_again(jobs: EmbeddedJobs, ending: str) -> None:
    assert len(attempts_of(jobs, ending)) == 1


def test_a_task_whose_threads_outlast_its_main_one_is_not_over(jobs: EmbeddedJobs) -> None:
    """As a large process is for a while that was killed: Linux calls it a zombie before its parent can collect it."""
    Path("gpu_jobs/speak/main.py").write_text(f"""
import ctypes, os, threading, time
def stay():
    while not os.path.exists("go"):
        time.sleep(0.01)
    os._exit(0)
threading.Thread(target=stay).start()
ctypes.CDLL(None).syscall({EXIT_THREAD}, 0)
""")
    jobs.run("speak", tasks=1, environment={})
    child = jobs.tasks[0].child
    state = Path(f"/proc/{child.pid}/stat")
    until(lambda: state.read_text().rpartition(")")[2].split()[0] == "Z")
    assert jobs.running("speak") == 1
    Path("go").touch()
    child.wait(timeout=30)
    assert jobs.running("speak") == 0


def test_the_process_that_took_a_tasks_place_is_cancelled_by_the_executions_name(jobs: EmbeddedJobs) -> None:
    Path("gpu_jobs/speak/main.py").write_text(JOB + "signal.pause()")
    execution = jobs.run("speak", tasks=1, environment={"AIPROD_NARRATION": "scripts/v/1.json"})
    os.kill(jobs.tasks[0].child.pid, signal.SIGKILL)
    jobs.tasks[0].child.wait(timeout=30)
    jobs.reap()
    assert jobs.running("speak") == 1
    jobs.cancel(execution)
    assert jobs.tasks[0].child.wait(timeout=30) == -signal.SIGTERM
    assert jobs.running("speak") == 0


WORKER = """
import sys, time
from pathlib import Path
from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.jobs import EmbeddedJobs
from aiprod.bootstrap import SystemClock
jobs = EmbeddedJobs(database=Database(Path("store.sqlite3")), clock=SystemClock(), logs=Path("logs"))
jobs.run(sys.argv[1], tasks=1, environment={"AIPROD_NARRATION": "scripts/v/1.json", **dict(pair.split("=") for pair in sys.argv[2:])})
time.sleep(60)
"""


def a_worker_with_a_task(jobs: EmbeddedJobs, *told: str, ending: str = "if attempt == 0: signal.pause()") -> subprocess.Popen[bytes]:
    """A process that has started a task over the same store, which has begun."""
    Path("gpu_jobs/narration/main.py").write_text(JOB + ending)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, "narration", *told])
    until(lambda: Path("attempts").is_file() and Path("attempts").read_text().count(",") == 1)
    until(lambda: bool(jobs.database.read("SELECT 1 FROM tasks")))
    return worker


def settled(jobs: EmbeddedJobs) -> bool:
    return jobs.running("narration") == 0


def test_what_a_worker_that_was_killed_had_a_task_do_is_taken_up_by_another_at_once(jobs: EmbeddedJobs) -> None:
    worker = a_worker_with_a_task(jobs)
    assert jobs.running("narration") == 1
    assert not jobs.tasks, "while its worker lives, nobody else starts it"
    worker.kill()
    worker.wait(timeout=30)
    until(lambda: settled(jobs))
    assert Path("attempts").read_text() == "0 0 scripts/v/1.json,1 0 scripts/v/1.json,"


def test_of_workers_that_see_a_task_left_behind_one_takes_it_up(jobs: EmbeddedJobs) -> None:
    worker = a_worker_with_a_task(jobs)
    worker.kill()
    worker.wait(timeout=30)
    (owner,) = jobs.database.read("SELECT owner FROM tasks")[0]
    until(lambda: is_gone(str(owner)))
    others = [EmbeddedJobs(database=jobs.database, clock=jobs.clock, logs=jobs.logs) for _ in range(4)]
    with ThreadPoolExecutor(4) as workers:  # a task ends with the thread that started it
        list(workers.map(EmbeddedJobs.reap, others))
        assert sum(len(other.tasks) for other in others) == 1
        until(lambda: sum(other.running("narration") for other in others) == 0)
    assert Path("attempts").read_text().count(",") == 2


def test_a_task_that_serves_a_queue_is_not_taken_up_for_the_queue_starts_what_it_needs(jobs: EmbeddedJobs) -> None:
    worker = a_worker_with_a_task(jobs, "AIPROD_SUBSCRIPTION=render-cpu", ending="signal.pause()")
    assert jobs.running("render-cpu") == 1
    worker.kill()
    worker.wait(timeout=30)
    until(lambda: jobs.running("render-cpu") == 0)
    assert jobs.database.read("SELECT 1 FROM tasks") == []
    assert not jobs.tasks


def test_what_a_worker_that_stops_has_not_done_is_left_to_the_next_and_what_is_done_is_not(jobs: EmbeddedJobs) -> None:
    Path("gpu_jobs/narration/main.py").write_text(JOB + "if attempt == 0: signal.pause()")
    jobs.run("narration", tasks=1, environment={"AIPROD_NARRATION": "scripts/v/1.json"})
    until(lambda: Path("attempts").is_file() and "," in Path("attempts").read_text())
    jobs.stop()
    assert jobs.running("narration") == 1
    jobs.tasks[0].child.wait(timeout=30)
    jobs.stop()
    assert jobs.running("narration") == 0
    assert Path("attempts").read_text() == "0 0 scripts/v/1.json,1 0 scripts/v/1.json,"


def test_what_always_ends_its_worker_is_taken_up_as_often_as_a_task_is_started_again(jobs: EmbeddedJobs) -> None:
    Path("gpu_jobs/narration/main.py").write_text(JOB + "signal.pause()")
    jobs.run("narration", tasks=1, environment={"AIPROD_NARRATION": "scripts/v/1.json"})
    for attempt in range(1, 5):
        until(lambda attempt=attempt: Path("attempts").is_file() and Path("attempts").read_text().count(",") == attempt)  # type: ignore[misc]
        jobs.stop()
        jobs.reap()
    assert not jobs.tasks
    assert jobs.running("narration") == 0


def test_a_task_that_was_left_behind_and_is_cancelled_is_not_taken_up(jobs: EmbeddedJobs) -> None:
    Path("gpu_jobs/narration/main.py").write_text(JOB + "signal.pause()")
    execution = jobs.run("narration", tasks=1, environment={"AIPROD_NARRATION": "scripts/v/1.json"})
    jobs.stop()
    jobs.cancel(execution)
    assert jobs.running("narration") == 0
    assert not jobs.tasks
