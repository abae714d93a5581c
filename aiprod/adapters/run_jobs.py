"""Heavy jobs on Cloud Run: started with what each needs, counted, looked for, cancelled.

Every render queue is a Cloud Run job of its own, named like the queue, with the image and the machine that it needs. A
start has no name that could be given twice, so it is never repeated here: whoever asks makes sure to ask once. Nothing
waits for an execution to end. Knows no stage, and not why so many tasks are wanted.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aiprod.adapters.google_errors import translated
from aiprod.errors import AiprodError, Misuse, NotFound, Unavailable
from aiprod.logs import logger
from aiprod.subscriptions import SUBSCRIPTIONS

if TYPE_CHECKING:
    from google.api_core.retry import Retry
    from google.cloud.run_v2 import ExecutionsClient, JobsClient, TasksClient
    from google.cloud.run_v2.types import Execution, Task

RUNNER = "roles/run.jobsExecutorWithOverrides on the job"
VIEWER = "roles/run.viewer"
LONGEST_SECONDS = 86_400
"""No execution of ours lasts longer than a day: older ones are over, and are not looked at."""
KNOWN_SECONDS = 5.0
"""How long the tasks of an execution are taken to be as they were found: a sweep asks for many of one execution."""
_PAGE = 100


def task_name(environment: Mapping[str, str]) -> str:
    """The name that a task on Cloud Run goes by, from the environment that it is given; "" anywhere else."""
    names = ("CLOUD_RUN_JOB", "CLOUD_RUN_EXECUTION", "CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_ATTEMPT")
    parts = [environment.get(name, "") for name in names]
    return "/".join(["run", *parts]) if all(parts) else ""


@dataclass(frozen=True, kw_only=True)
class CloudRunJobs:
    """Implements ports.Jobs. `prefix` precedes the names of the Cloud Run jobs; `endpoint` is a stand-in for the service
    that asks for no credentials."""

    project: str
    region: str
    prefix: str = ""
    endpoint: str = ""
    timeout_seconds: float = 30.0
    seen: dict[str, tuple[float, tuple["Task", ...]]] = field(default_factory=dict)

    def run(self, job: str, *, tasks: int, environment: Mapping[str, str]) -> str:
        from google.cloud.run_v2.types import EnvVar, RunJobRequest

        if tasks < 1:
            raise Misuse(f"Expected at least one task of {job} to start, found {tasks}.")
        name = environment.get("AIPROD_SUBSCRIPTION", job)
        variables = [EnvVar(name=key, value=value) for key, value in environment.items()]
        overrides = RunJobRequest.Overrides(
            task_count=tasks, container_overrides=[RunJobRequest.Overrides.ContainerOverride(env=variables)]
        )
        with translated(f"Starting {tasks} tasks of the job {self.prefix}{name}", role=RUNNER):
            request = RunJobRequest(name=self._job(name), overrides=overrides)
            started: Any = self._jobs.run_job(request=request, timeout=self.timeout_seconds)
            execution = started.metadata
        if not getattr(execution, "name", ""):
            raise Unavailable(f"Expected the name of the execution of {name} that was started, found none.")
        return str(execution.name)

    def running(self, job: str) -> int:
        """Tasks that were asked for and have not ended: one that waits for its machine will take work too. A job that
        was not made, as that of a queue which nobody wants, has none."""
        return sum(self._unfinished(name) for name in _queues(job))

    def lost(self, owner: str) -> bool:
        match owner.split("/"):
            case ["run", job, execution, index, attempt] if index.isdigit() and attempt.isdigit():
                parent = f"projects/{self.project}/locations/{self.region}/jobs/{job}/executions/{execution}"
            case _:
                return False
        try:
            task = next((task for task in self._tasks_of(parent) if task.index == int(index)), None)
        except NotFound:
            return True
        except AiprodError as error:
            logger().error("task not found out about", owner=owner, reason=str(error))
            return False
        return task is not None and ("completion_time" in task or task.retried > int(attempt))

    def cancel(self, execution: str) -> None:
        try:
            # The service refuses to cancel what is over, as a bad request.
            with translated(f"Cancelling {execution}", role=RUNNER, instead={"BadRequest": NotFound}):
                self._executions.cancel_execution(name=execution, retry=self._retry, timeout=self.timeout_seconds)
        except NotFound as error:
            logger().info("nothing to cancel", execution=execution, reason=str(error))

    def _unfinished(self, name: str) -> int:
        oldest = time.time() - LONGEST_SECONDS
        count = 0
        request = {"parent": self._job(name), "page_size": _PAGE}
        try:
            with translated(f"Counting the tasks of the job {self.prefix}{name}", role=VIEWER):
                listed = self._executions.list_executions(request, retry=self._retry, timeout=self.timeout_seconds)
                for execution in listed:  # newest first
                    if execution.create_time.timestamp() < oldest:
                        break
                    count += _unfinished_tasks(execution)
        except NotFound as error:
            logger().info("no such job", job=name, reason=str(error))
            return 0
        return count

    def _tasks_of(self, execution: str) -> tuple["Task", ...]:
        """Raises: NotFound."""
        asked_at, tasks = self.seen.get(execution, (0.0, ()))
        if time.monotonic() - asked_at < KNOWN_SECONDS:
            return tasks
        with translated(f"Looking at the tasks of {execution}", role=VIEWER):
            request = {"parent": execution, "page_size": _PAGE}
            tasks = tuple(self._tasks.list_tasks(request=request, retry=self._retry, timeout=self.timeout_seconds))
        now = time.monotonic()
        for old in [name for name, (at, _) in tuple(self.seen.items()) if now - at > KNOWN_SECONDS]:
            self.seen.pop(old, None)
        self.seen[execution] = (now, tasks)
        return tasks

    def _job(self, name: str) -> str:
        return f"projects/{self.project}/locations/{self.region}/jobs/{self.prefix}{name}"

    # --- the library's clients, over HTTP: one process asks seldom, and a stand-in is a plain web server

    @cached_property
    def _retry(self) -> "Retry":
        from google.api_core.retry import Retry, if_transient_error

        return Retry(predicate=if_transient_error, initial=0.2, maximum=3.0, timeout=self.timeout_seconds)

    @cached_property
    def _jobs(self) -> "JobsClient":
        from google.cloud.run_v2 import JobsClient

        return JobsClient(transport="rest", **self._access())

    @cached_property
    def _executions(self) -> "ExecutionsClient":
        from google.cloud.run_v2 import ExecutionsClient

        return ExecutionsClient(transport="rest", **self._access())

    @cached_property
    def _tasks(self) -> "TasksClient":
        from google.cloud.run_v2 import TasksClient

        return TasksClient(transport="rest", **self._access())

    def _access(self) -> Any:
        if not self.endpoint:
            return {}
        from google.api_core.client_options import ClientOptions
        from google.auth.credentials import AnonymousCredentials

        nobody: Any = AnonymousCredentials
        return {"credentials": nobody(), "client_options": ClientOptions(api_endpoint=self.endpoint)}


def _queues(job: str) -> tuple[str, ...]:
    """The Cloud Run jobs of a job of ours: one for each queue that it serves, or the one of that queue's name."""
    return tuple(name for name, subscription in SUBSCRIPTIONS.items() if subscription.job == job) or (job,)


def _unfinished_tasks(execution: "Execution") -> int:
    if "completion_time" in execution:
        return 0
    ended = execution.succeeded_count + execution.failed_count + execution.cancelled_count
    return max(0, execution.task_count - ended)
