"""A stand-in for the Cloud Run jobs API: the few calls that the product makes, each task a process of this machine.

A task gets the environment that Cloud Run gives it, is tried again when it fails, and is listed as the API lists it. Which
module a job is, the table of queues says for those that serve one; any other job is called as its module is.
"""

import json
import re
import subprocess
import sys
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeAlias

from aiprod.subscriptions import SUBSCRIPTIONS
from cloud_local.processes import ending_with_parent
from cloud_local.servers import ROOT

MOST_RETRIES = 3
JOB = r"(?P<parent>projects/[^/]+/locations/[^/]+)/jobs/(?P<job>[^/:]+)"
EXECUTION = JOB + r"/executions/(?P<execution>[^/:]+)"
Content: TypeAlias = dict[str, object]


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


@dataclass(slots=True, kw_only=True)
class Task:
    """One task: its process now, how often it was tried again, how it ended ("" while it runs)."""

    index: int
    retried: int = 0
    ended: str = ""
    ended_at: str = ""
    process: "subprocess.Popen[bytes] | None" = None


@dataclass(slots=True, kw_only=True)
class Execution:
    """One run of a job."""

    name: str
    tasks: tuple[Task, ...]
    created_at: str = field(default_factory=_now)
    cancelled: bool = False
    starting: threading.Lock = field(default_factory=threading.Lock)
    """Held while a task is started, or all are cancelled: none starts after."""

    def content(self) -> Content:
        """As the API tells it."""
        ended = {outcome: sum(task.ended == outcome for task in self.tasks) for outcome in ("ok", "failed", "cancelled")}
        told: Content = {
            "name": self.name, "createTime": self.created_at, "taskCount": len(self.tasks),
            "runningCount": len(self.tasks) - sum(ended.values()), "succeededCount": ended["ok"],
            "failedCount": ended["failed"], "cancelledCount": ended["cancelled"],
        }  # fmt: skip
        if sum(ended.values()) == len(self.tasks):
            told["completionTime"] = max(task.ended_at for task in self.tasks)
        return told

    def task_contents(self) -> list[Content]:
        """Its tasks as the API tells them."""
        told: list[Content] = [
            {"name": f"{self.name}/tasks/{task.index}", "index": task.index, "retried": task.retried}
            for task in self.tasks
        ]
        for content, task in zip(told, self.tasks, strict=True):
            if task.ended:
                content["completionTime"] = task.ended_at
        return told


@dataclass(slots=True, kw_only=True)
class JobsServer:
    """The API and the tasks that it started; `deployed` are the jobs that there are. Use it in a `with` statement."""

    logs: Path
    deployed: frozenset[str] = frozenset({"render-cpu", "render-api", "narration", "upscale", "lipsync"})
    environment: Mapping[str, str] = field(default_factory=dict)
    executions: dict[str, Execution] = field(default_factory=dict)
    _server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}" if self._server else ""

    def __enter__(self) -> "JobsServer":
        jobs = self

        class Answerer(BaseHTTPRequestHandler):
            """Answers the API's calls."""

            def do_GET(self) -> None:
                self._answer({})

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                self._answer(json.loads(self.rfile.read(length) or b"{}"))

            def _answer(self, body: Content) -> None:
                told = jobs.call(self.command, self.path.partition("?")[0], body)
                content = json.dumps(told or {"error": {"code": 404, "message": f"{self.path} is not there"}}).encode()
                self.send_response(200 if told is not None else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """The tasks' own logs say what happened."""

        self.logs.mkdir(parents=True, exist_ok=True)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answerer)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        for execution in list(self.executions.values()):
            self._cancel(execution)

    def call(self, method: str, path: str, body: Content) -> Content | None:
        """The answer to one call; None when there is no such thing."""
        path = path.removeprefix("/v2/")
        job = re.match(JOB, path)
        if job is None or job["job"] not in self.deployed:
            return None
        if found := re.fullmatch(f"{JOB}:run", path):
            return self._run(found["parent"], found["job"], body)
        if found := re.fullmatch(f"{JOB}/executions", path):
            mine = [one for one in self.executions.values() if f"/jobs/{found['job']}/" in one.name]
            return {"executions": [one.content() for one in reversed(mine)]}
        found = re.fullmatch(f"{EXECUTION}(?P<rest>/tasks|:cancel)", path)
        execution = self.executions.get(found["execution"]) if found else None
        if found is None or execution is None:
            return None
        if found["rest"] == ":cancel" and method == "POST":
            self._cancel(execution)
            return {"name": f"{found['parent']}/operations/{uuid.uuid4()}", "done": True}
        return {"tasks": execution.task_contents()}

    def _run(self, parent: str, job: str, body: Content) -> Content:
        overrides = body.get("overrides")
        asked: Content = overrides if isinstance(overrides, dict) else {}
        short = f"{job}-{uuid.uuid4().hex[:5]}"
        count = int(str(asked.get("taskCount", 1)))
        execution = Execution(
            name=f"{parent}/jobs/{job}/executions/{short}", tasks=tuple(Task(index=index) for index in range(count))
        )
        self.executions[short] = execution
        own = {"CLOUD_RUN_JOB": job, "CLOUD_RUN_EXECUTION": short, "CLOUD_RUN_TASK_COUNT": str(count)}
        variables = {**self.environment, "AIPROD_SUBSCRIPTION": job, **_environment(asked), **own}
        for task in execution.tasks:
            threading.Thread(target=self._live, args=(execution, task, job, variables), daemon=True).start()
        metadata = {"@type": "type.googleapis.com/google.cloud.run.v2.Execution", **execution.content()}
        return {"name": f"{parent}/operations/{uuid.uuid4()}", "metadata": metadata, "done": False}

    def _live(self, execution: Execution, task: Task, job: str, variables: Mapping[str, str]) -> None:
        module = f"gpu_jobs.{entry_of(job)}.main"
        code = 0
        while True:
            own = {"CLOUD_RUN_TASK_INDEX": str(task.index), "CLOUD_RUN_TASK_ATTEMPT": str(task.retried)}
            with execution.starting, (self.logs / f"job-{job}.log").open("ab") as log:
                if execution.cancelled:
                    break
                task.process = subprocess.Popen(
                    ending_with_parent([sys.executable, "-m", module]), env={**variables, **own}, cwd=ROOT,
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                )  # fmt: skip
            code = task.process.wait()
            if code == 0 or execution.cancelled or task.retried >= MOST_RETRIES:
                break
            task.retried += 1
        task.ended_at = _now()
        task.ended = "cancelled" if execution.cancelled else "failed" if code else "ok"

    def _cancel(self, execution: Execution) -> None:
        with execution.starting:
            execution.cancelled = True
        for task in execution.tasks:
            if task.process is not None and task.process.poll() is None:
                task.process.terminate()
                try:
                    task.process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    task.process.kill()


def entry_of(job: str) -> str:
    """The folder of a job under gpu_jobs/."""
    known = SUBSCRIPTIONS.get(job)
    return known.job if known and known.job else job


def _environment(overrides: Content) -> dict[str, str]:
    """The variables that a run asks for beside the job's own."""
    containers = overrides.get("containerOverrides")
    found: dict[str, str] = {}
    for container in containers if isinstance(containers, list) else ():
        found |= {str(variable["name"]): str(variable.get("value", "")) for variable in container.get("env", ())}
    return found
