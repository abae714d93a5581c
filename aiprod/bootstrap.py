"""Settings to App: the only place that chooses adapters and engines.

`local` (the embedded cloud) and the cloud differ here and nowhere else.
"""

import time
import uuid
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.adapters.embedded.jobs import EmbeddedJobs
from aiprod.adapters.embedded.messages import EmbeddedMessages
from aiprod.adapters.embedded.objects import EmbeddedObjects
from aiprod.adapters.embedded.owners import process_name
from aiprod.adapters.scratch import Scratch
from aiprod.adapters.webhooks import HttpWebhooks
from aiprod.artefacts import Artefacts
from aiprod.brief import Brief
from aiprod.delivery import Deliveries, Handler
from aiprod.engines import Engines, EngineSet
from aiprod.errors import InvalidInput
from aiprod.events import SceneEdit, VideoRequested
from aiprod.ledger import Ledger
from aiprod.logs import configure
from aiprod.rendering import RenderJob
from aiprod.settings import Settings, read_settings
from aiprod.stages.assembly import AssemblyStage
from aiprod.stages.clips import ClipsStage
from aiprod.stages.monitor import MonitorStage, Patience
from aiprod.stages.narration import NarrationStage
from aiprod.stages.notify import NotifyStage
from aiprod.stages.review import ReviewStage
from aiprod.stages.script import ScriptStage
from aiprod.video import RevisionOpened, Video, VideoCancelled, create
from aiprod.worker import OwnJobs, Pace, Worker


class SystemClock:
    """Implements ports.Clock."""

    def now(self) -> float:
        return time.time()


@dataclass(frozen=True, kw_only=True)
class App:
    """The product on one machine: what the command line, the jobs and the web are given."""

    settings: Settings
    clock: SystemClock
    documents: EmbeddedDocuments
    objects: EmbeddedObjects
    messages: EmbeddedMessages
    jobs: OwnJobs
    ledger: Ledger
    artefacts: Artefacts
    scratch: Scratch
    engines: EngineSet
    webhooks: HttpWebhooks

    # --- what users ask for

    def request(self, brief: Brief, *, owner: str = "", video: str = "") -> Video:
        """Ask for a video; asking again with the same id changes nothing. Raises: InvalidInput, InvalidSetting."""
        given = [name for name in ("theme", "script", "recording") if getattr(brief, name)]
        if len(given) != 1:
            raise InvalidInput(
                "request", expected="one of a theme, a script, a recording", found=" and ".join(given) or "none"
            )
        if brief.webhook:
            self.webhooks.check(brief.webhook)
        video = video or new_video_id()
        made = self.ledger.open(create(video, owner, brief, self.clock.now()))
        self.messages.publish("video-requests", VideoRequested(video=made.id, owner=made.owner, brief=made.brief))
        return made

    def cancel(self, video: str) -> Video:
        """Stop work on a video. Raises: NotFound."""
        found = self.ledger.get(video)
        return self.ledger.advance(video, VideoCancelled(revision=found.revision, at=self.clock.now()))

    def retry(self, video: str, scenes: tuple[int, ...], edits: tuple[SceneEdit, ...] = ()) -> Video:
        """Redo scenes of a completed or failed video in a new revision. Raises: NotFound, Misuse, InvalidInput."""
        found = self.ledger.get(video)
        unknown = [scene for scene in scenes if found.scenes and scene not in found.scenes]
        if unknown:
            raise InvalidInput(
                "scenes", expected=f"numbers among {', '.join(map(str, found.scenes))}", found=str(unknown[0])
            )
        fact = RevisionOpened(revision=found.revision, at=self.clock.now(), scenes=scenes, edits=edits)
        return self.ledger.advance(video, fact)

    # --- who does the work

    @cached_property
    def deliveries(self) -> Deliveries:
        """The stages behind their subscriptions."""
        engines, ledger, artefacts, clock, scratch = self.engines, self.ledger, self.artefacts, self.clock, self.scratch
        script = ScriptStage(
            ledger=ledger, artefacts=artefacts, clock=clock, writers=engines.writers, voices=engines.voices,
            renderers=engines.renderers, default_writer=self.settings.writer,
        )  # fmt: skip
        narration = NarrationStage(
            ledger=ledger, artefacts=artefacts, clock=clock, voices=engines.voices, aligner=engines.aligner,
            workspace=scratch,
        )  # fmt: skip
        clips = ClipsStage(
            ledger=ledger, artefacts=artefacts, clock=clock, renderers=engines.renderers, workspace=scratch
        )
        patience = Patience(
            retry_seconds=self.settings.retry_seconds, redeliver_seconds=self.settings.redeliver_seconds,
            deadline_seconds=self.settings.stage_deadline_seconds,
        )  # fmt: skip
        monitor = MonitorStage(
            ledger=ledger, artefacts=artefacts, publisher=self.messages, clock=clock, jobs=self.jobs,
            renderers=engines.renderers, patience=patience,
        )  # fmt: skip
        assembly = AssemblyStage(
            ledger=ledger, artefacts=artefacts, publisher=self.messages, clock=clock, workspace=scratch
        )
        review = ReviewStage(
            ledger=ledger, artefacts=artefacts, clock=clock, transcriber=engines.transcriber,
            error_rate=engines.error_rate, workspace=scratch,
        )  # fmt: skip
        notify = NotifyStage(ledger=ledger, webhooks=self.webhooks)
        stages: dict[str, Handler] = {
            "script": script.handle, "narration": narration.handle, "clips": clips.handle, "monitor": monitor.handle,
            "assembly": assembly.handle, "review": review.handle, "notify": notify.handle,
        }  # fmt: skip
        return Deliveries(stages=stages, ledger=self.ledger, clock=self.clock)

    def worker(self) -> Worker:
        """A worker of this process."""
        pace = Pace(
            lease_seconds=self.settings.lease_seconds, sweep_seconds=self.settings.sweep_seconds,
            render_tasks=self.settings.render_tasks,
        )  # fmt: skip
        return Worker(deliveries=self.deliveries, messages=self.messages, jobs=self.jobs, clock=self.clock, pace=pace)

    def render_job(self) -> RenderJob:
        """A task of the render job, in this process."""
        return RenderJob(
            subscriber=self.messages, publisher=self.messages, ledger=self.ledger, artefacts=self.artefacts,
            clock=self.clock, renderers=self.engines.renderers, workspace=self.scratch, owner=process_name(),
            lease_seconds=self.settings.lease_seconds, idle_seconds=self.settings.job_idle_seconds,
        )  # fmt: skip


def new_video_id() -> str:
    """A new video's id: short, without order, safe in addresses."""
    return uuid.uuid4().hex[:12]


def open_app(settings: Settings | None = None, *, log_file: Path | None = None) -> App:
    """The product over the embedded cloud. Raises: InvalidSetting."""
    settings = settings or read_settings()
    configure(settings.log_level, log_file)
    home = settings.home_folder
    clock = SystemClock()
    database = Database(home / "store.sqlite3")
    documents = EmbeddedDocuments(database=database)
    messages = EmbeddedMessages(database=database, clock=clock, backoff_scale=settings.backoff_scale)
    objects = EmbeddedObjects(database=database, folder=home / "objects", clock=clock)
    objects.remove_leftovers()
    ledger = Ledger(documents=documents, publisher=messages, clock=clock)
    return App(
        settings=settings, clock=clock, documents=documents, objects=objects, messages=messages,
        jobs=EmbeddedJobs(database=database, clock=clock, logs=home / "logs"), ledger=ledger,
        artefacts=Artefacts(objects=objects, publisher=messages, ledger=ledger),
        scratch=Scratch(folder=home / "scratch"),
        engines=Engines(settings, objects),
        webhooks=HttpWebhooks(
            secret=settings.webhook_secret.get_secret_value(), allow_private=settings.webhook_private, clock=clock
        ),
    )  # fmt: skip
