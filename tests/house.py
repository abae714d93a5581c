"""The product with small engines, in one process: for tests of the chain."""

import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from aiprod import paths
from aiprod.adapters.embedded.owners import is_gone
from aiprod.bootstrap import App, open_app
from aiprod.brief import Brief
from aiprod.settings import Settings
from aiprod.video import Video
from tests.doubles import ColourRenderer, PlainEngines

BRIEF = Brief(theme="the tide", language="en", profile="draft", music="none", subtitles="plain", seed=3)


@dataclass
class ThreadJobs:
    """Implements ports.Jobs: a job is a thread of this process."""

    serve: Callable[[str], int] = lambda _: 0
    threads: list[threading.Thread] = field(default_factory=list)

    def run(self, job: str, *, tasks: int, environment: Mapping[str, str]) -> str:
        for _ in range(tasks):
            thread = threading.Thread(target=self.serve, args=(environment["AIPROD_SUBSCRIPTION"],), daemon=True)
            thread.start()
            self.threads.append(thread)
        return uuid.uuid4().hex

    def running(self, job: str) -> int:
        self.threads = [thread for thread in self.threads if thread.is_alive()]
        return len(self.threads)

    def lost(self, owner: str) -> bool:
        return is_gone(owner)

    def cancel(self, execution: str) -> None:
        return

    def reap(self) -> None:
        self.running("")

    def stop(self) -> None:
        for thread in self.threads:
            thread.join(timeout=60)


def open_house(home: Path, engines: PlainEngines | None = None, **settings: object) -> App:
    """An app over a store of its own, quick to retry and to idle."""
    quick: dict[str, object] = {
        "home": home, "lease_seconds": 3.0, "retry_seconds": (0.05, 0.1, 0.15), "backoff_scale": 0.01,
        "sweep_seconds": 0.5, "job_idle_seconds": 0.2, "webhook_retry_seconds": (0.05, 0.1),
    }  # fmt: skip
    app = open_app(Settings(**{**quick, **settings}), log_file=home / "logs" / "test.log")  # type: ignore[arg-type]
    jobs = ThreadJobs()
    house = replace(app, engines=engines or PlainEngines(), jobs=jobs)
    jobs.serve = lambda subscription: house.render_job().run(subscription)
    return house


def drain(app: App) -> None:
    """Work until nothing is left to do."""
    app.worker().drain()


def make(app: App, brief: Brief = BRIEF) -> Video:
    """A film of that brief, or what became of it."""
    video = app.request(brief)
    drain(app)
    return app.ledger.get(video.id)


def film_bytes(app: App, video: Video) -> bytes:
    """The film of the video's revision."""
    return app.objects.read(paths.export(video.id, video.revision, "film.mp4"))


def engines_with(**renderers: ColourRenderer) -> PlainEngines:
    """The small engines, some renderers exchanged."""
    return PlainEngines(renderers={**PlainEngines().renderers, **renderers})
