"""Cloud Run jobs, asked over the service's own protocol of a server on this machine."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from google.cloud.run_v2.types import Execution, ListExecutionsResponse, ListTasksResponse, RunJobRequest, Task

from aiprod.adapters.run_jobs import CloudRunJobs, task_name
from aiprod.errors import Misuse, NotFound, Permanent, Throttled, Unavailable
from tests.loopback import listening

PARENT = "projects/p/locations/europe-west4/jobs"


@dataclass
class Service:
    """Cloud Run as its reference describes it: jobs, their executions (newest first, in pages) and their tasks.

    `refusals` are answered before anything else, one a request; `silence` answers nothing and hangs up.
    """

    url: str = ""
    jobs: set[str] = field(default_factory=lambda: {f"{PARENT}/films-render-{name}" for name in ("cpu", "gpu", "api")})
    executions: list[Execution] = field(default_factory=list)
    tasks: dict[str, list[Task]] = field(default_factory=dict)
    started: list[RunJobRequest] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    silence: bool = False

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: bytes) -> tuple[int, str]:
        self.asked.append(f"{method} {path}")
        if self.refusals:
            return error(self.refusals.pop(0), "refused")
        name = path.removeprefix("/v2/")
        if method == "POST" and name.endswith(":run"):
            return self.run(name.removesuffix(":run"), body)
        if method == "POST" and name.endswith(":cancel"):
            return self.cancel(name.removesuffix(":cancel"))
        if name.endswith("/executions"):
            return self.page(name.removesuffix("/executions"), query)
        if name.endswith("/tasks"):
            found = self.tasks.get(name.removesuffix("/tasks"))
            return (200, ListTasksResponse.to_json(ListTasksResponse(tasks=found))) if found else error(404, name)
        return error(404, path)

    def run(self, job: str, body: bytes) -> tuple[int, str]:
        if job not in self.jobs:
            return error(404, f"Resource '{job}' of kind 'JOB' does not exist.")
        request = RunJobRequest.from_json(body, ignore_unknown_fields=False)
        request.name = job  # the path names it, the body what is overridden
        self.started.append(request)
        execution = self.put(job, tasks=request.overrides.task_count)
        about = json.loads(Execution.to_json(execution))
        metadata = {"@type": "type.googleapis.com/google.cloud.run.v2.Execution", **about}
        return 200, json.dumps({"name": "projects/p/locations/europe-west4/operations/1", "metadata": metadata})

    def put(self, job: str, *, tasks: int, age_seconds: float = 0.0, **counts: Any) -> Execution:
        name = f"{job}/executions/{job.rpartition('/')[2]}-{len(self.executions)}"
        created = {"seconds": int(time.time() - age_seconds)}
        execution = Execution(name=name, job=job, task_count=tasks, create_time=created, **counts)
        self.executions.insert(0, execution)
        return execution

    def page(self, job: str, query: dict[str, list[str]]) -> tuple[int, str]:
        if job not in self.jobs:
            return error(404, job)
        found = [execution for execution in self.executions if execution.job == job]
        first, size = int(query.get("pageToken", ["0"])[0]), min(int(query["pageSize"][0]), 3)
        after = str(first + size) if first + size < len(found) else ""
        page = ListExecutionsResponse(executions=found[first : first + size], next_page_token=after)
        return 200, ListExecutionsResponse.to_json(page)

    def cancel(self, name: str) -> tuple[int, str]:
        found = next((execution for execution in self.executions if execution.name == name), None)
        if found is None:
            return error(404, name)
        if "completion_time" in found:
            return error(400, "The execution is already complete.", "FAILED_PRECONDITION")
        found.cancelled_count = found.task_count
        found.completion_time = {"seconds": int(time.time())}
        return 200, json.dumps({"name": "projects/p/locations/europe-west4/operations/2"})


def error(code: int, message: str, status: str = "") -> tuple[int, str]:
    return code, json.dumps({"error": {"code": code, "message": message, "status": status}})


@pytest.fixture
def service() -> Iterator[Service]:
    state = Service()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if state.silence:
                state.asked.append(f"{self.command} {self.path}")
                self.close_connection = True
                return
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            code, text = state.answer(self.command, parts.path, parse_qs(parts.query), body)
            content = text.encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815

    with listening(Door) as state.url:
        yield state


@pytest.fixture
def jobs(service: Service) -> CloudRunJobs:
    return CloudRunJobs(project="p", region="europe-west4", prefix="films-", endpoint=service.url, timeout_seconds=2.0)


CPU = {"AIPROD_SUBSCRIPTION": "render-cpu"}


def test_a_start_says_how_many_tasks_and_which_queue_and_gives_the_executions_name(
    jobs: CloudRunJobs, service: Service
) -> None:
    execution = jobs.run("clips", tasks=4, environment={**CPU, "LANGUAGE": "fr"})
    (request,) = service.started
    (container,) = request.overrides.container_overrides
    assert execution == service.executions[0].name
    assert (request.name, request.overrides.task_count) == (f"{PARENT}/films-render-cpu", 4)
    assert {variable.name: variable.value for variable in container.env} == {**CPU, "LANGUAGE": "fr"}
    assert service.asked == [f"POST /v2/{PARENT}/films-render-cpu:run"], "nothing waits for the execution to end"


def test_a_start_without_an_answer_is_not_repeated(jobs: CloudRunJobs, service: Service) -> None:
    service.refusals = [503]
    with pytest.raises(Unavailable, match="Starting 2 tasks of the job films-render-cpu failed"):
        jobs.run("clips", tasks=2, environment=CPU)
    service.silence = True
    with pytest.raises(Unavailable):
        jobs.run("clips", tasks=2, environment=CPU)
    assert [asked.partition("?")[0] for asked in service.asked] == [f"POST /v2/{PARENT}/films-render-cpu:run"] * 2


@pytest.mark.parametrize(
    ("code", "expected", "said"), [(403, Permanent, "roles/run.jobsExecutorWithOverrides"), (429, Throttled, "quota")]
)
def test_a_refused_start_says_what_to_do(
    jobs: CloudRunJobs, service: Service, code: int, expected: type[Exception], said: str
) -> None:
    service.refusals = [code]
    with pytest.raises(expected, match=said):
        jobs.run("clips", tasks=1, environment=CPU)


def test_a_job_that_was_not_made_runs_nothing_and_is_not_found_when_it_is_to_start(jobs: CloudRunJobs) -> None:
    assert jobs.running("render-tpu") == 0
    with pytest.raises(NotFound, match="films-render-tpu"):
        jobs.run("clips", tasks=1, environment={"AIPROD_SUBSCRIPTION": "render-tpu"})
    with pytest.raises(Misuse):
        jobs.run("clips", tasks=0, environment=CPU)


def test_tasks_count_from_their_start_until_they_end(jobs: CloudRunJobs, service: Service) -> None:
    done = {"completion_time": {"seconds": int(time.time())}}
    service.put(f"{PARENT}/films-render-cpu", tasks=50, age_seconds=3 * 86_400)
    service.put(f"{PARENT}/films-render-cpu", tasks=7, age_seconds=7200, running_count=2, succeeded_count=5)
    for _ in range(5):
        service.put(f"{PARENT}/films-render-cpu", tasks=3, succeeded_count=3, **done)
    service.put(f"{PARENT}/films-render-gpu", tasks=6, running_count=1, failed_count=1, cancelled_count=1)
    assert (jobs.running("render-cpu"), jobs.running("render-gpu"), jobs.running("clips")) == (2, 4, 6)
    jobs.run("clips", tasks=5, environment=CPU)
    assert jobs.running("render-cpu") == 7, "tasks that wait for a machine are under way"


def test_a_count_is_asked_again_when_the_service_is_not_there_for_a_moment(
    jobs: CloudRunJobs, service: Service
) -> None:
    service.put(f"{PARENT}/films-render-cpu", tasks=2)
    service.refusals = [503, 429]
    assert jobs.running("render-cpu") == 2
    service.silence = True
    with pytest.raises(Unavailable, match="Counting the tasks of the job films-render-cpu failed"):
        jobs.running("render-cpu")


def test_a_task_is_lost_when_it_ended_was_tried_again_or_its_execution_is_gone(
    jobs: CloudRunJobs, service: Service
) -> None:
    execution = service.put(f"{PARENT}/films-render-cpu", tasks=3)
    ended = Task(name="a", index=0, completion_time={"seconds": 1})
    service.tasks[execution.name] = [ended, Task(name="b", index=1), Task(name="c", index=2, retried=1)]

    def owner(index: int, attempt: int, name: str = "films-render-cpu-0") -> str:
        environment = {
            "CLOUD_RUN_JOB": "films-render-cpu",
            "CLOUD_RUN_EXECUTION": name,
            "CLOUD_RUN_TASK_INDEX": str(index),
        }
        return task_name({**environment, "CLOUD_RUN_TASK_ATTEMPT": str(attempt)})

    other = service.put(f"{PARENT}/films-render-cpu", tasks=1)
    service.tasks[other.name] = [Task(name="d", index=0)]
    assert [jobs.lost(owner(index, 0)) for index in range(3)] == [True, False, True]
    assert not jobs.lost(owner(0, 0, "films-render-cpu-1"))
    assert not jobs.lost(owner(2, 1)), "the second attempt is at work"
    assert jobs.lost(owner(0, 0, "films-render-cpu-9")), "an execution that was deleted has no tasks"
    tasks = [asked for asked in service.asked if re.search(r"cpu-0/tasks$", asked)]
    assert len(tasks) == 1, "one look serves for all tasks of an execution"


def test_nobody_is_called_lost_on_a_guess(jobs: CloudRunJobs, service: Service) -> None:
    service.refusals = [403]
    assert not jobs.lost("run/films-render-cpu/films-render-cpu-0/0/0")
    assert not jobs.lost("boot:123:456") and not jobs.lost("")
    assert task_name({"CLOUD_RUN_JOB": "clips"}) == ""


def test_what_runs_is_cancelled_and_what_is_over_is_left_alone(jobs: CloudRunJobs, service: Service) -> None:
    execution = jobs.run("clips", tasks=2, environment=CPU)
    jobs.cancel(execution)
    assert jobs.running("render-cpu") == 0
    jobs.cancel(execution)
    jobs.cancel(f"{PARENT}/films-render-cpu/executions/none")
    service.refusals = [403]
    with pytest.raises(Permanent):
        jobs.cancel(execution)
