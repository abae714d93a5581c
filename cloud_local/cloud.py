"""The whole cloud on one machine, started and ended together."""

import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from google.cloud.storage import Client

from aiprod.adapters.topics import declare
from cloud_local.emulators import Emulators
from cloud_local.emulators import started as emulators_started
from cloud_local.jobs import JobsServer
from cloud_local.notifications import bucket_of
from cloud_local.scheduler import Scheduler
from cloud_local.servers import FunctionServers


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How quickly the local cloud ticks and gives up waiting; a deployment takes its time."""

    sweep_seconds: float = 5.0
    backoff_scale: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalCloud:
    """What runs; `environment` makes any process of AIPROD one of this cloud."""

    project: str
    folder: Path
    emulators: Emulators
    functions: FunctionServers
    jobs: JobsServer
    environment: Mapping[str, str]


@contextmanager
def started(folder: Path, settings: Mapping[str, str], pace: Pace = Pace()) -> Iterator[LocalCloud]:
    """The cloud until the block ends; `settings` are more variables for functions and jobs.

    Raises: EmulatorsAbsent, RuntimeError, Unavailable.
    """
    project = f"local-{uuid.uuid4().hex[:8]}"
    with emulators_started(folder / "emulators") as emulators, JobsServer(logs=folder / "logs") as jobs:
        with Client(project=project) as client:
            client.create_bucket(bucket_of(project))
        environment = {
            **emulators.environment, "AIPROD_CLOUD": "google", "AIPROD_GOOGLE_PROJECT": project,
            "AIPROD_BUCKET": bucket_of(project), "AIPROD_RUN_ENDPOINT": jobs.address,
            "AIPROD_HOME": str(folder / "home"), **settings,
        }  # fmt: skip
        jobs.environment = {**os.environ, **environment}
        with FunctionServers(folder=folder / "logs", environment=environment) as functions:
            declare(project, lambda stage: functions.servers[stage].address, backoff_scale=pace.backoff_scale)
            functions.wait()
            with Scheduler(project=project, every_seconds=pace.sweep_seconds):
                yield LocalCloud(
                    project=project, folder=folder, emulators=emulators, functions=functions, jobs=jobs,
                    environment=environment,
                )  # fmt: skip
