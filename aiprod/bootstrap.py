"""Settings to App: the only place that chooses adapters and engines.

`local` (the embedded cloud) and `google` differ here and nowhere else.
"""

import os
import time
import uuid
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from aiprod import gauges, telemetry
from aiprod.accounts.deliveries import WebhookDeliveries
from aiprod.accounts.quota import Quota
from aiprod.accounts.webhooks import RegisteredWebhooks
from aiprod.adapters.addresses import Gate, is_any, is_public
from aiprod.adapters.dead_letters import CloudDeadLetters
from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.dead_letters import EmbeddedDeadLetters
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.adapters.embedded.jobs import EmbeddedJobs
from aiprod.adapters.embedded.messages import EmbeddedMessages
from aiprod.adapters.embedded.objects import EmbeddedObjects
from aiprod.adapters.embedded.owners import process_name
from aiprod.adapters.firestore import FirestoreDocuments
from aiprod.adapters.nvml import NvidiaGpus
from aiprod.adapters.pubsub import PubSubMessages
from aiprod.adapters.run_jobs import CloudRunJobs, task_name
from aiprod.adapters.scratch import Scratch
from aiprod.adapters.storage import GcsObjects
from aiprod.adapters.webhooks import HttpWebhooks
from aiprod.artefacts import Artefacts
from aiprod.batches import Batches
from aiprod.brief import Brief
from aiprod.cloned_voices import ClonedVoices
from aiprod.delivery import Deliveries, Handler
from aiprod.dispatching import Ceiling, Dispatcher, Turns
from aiprod.engines import Engines, EngineSet
from aiprod.errors import InvalidInput, InvalidSetting, Throttled
from aiprod.events import SceneEdit, VideoRequested
from aiprod.expenses import Expense, Expenses
from aiprod.ledger import Ledger
from aiprod.library import Library
from aiprod.logs import configure
from aiprod.machines import Machines
from aiprod.models.opening import open_registry
from aiprod.models.registry import Registry
from aiprod.ports import Clock, DeadLetters, Documents, Jobs, Objects, Publisher, Subscriber, Webhooks, Workspace
from aiprod.rendering.job import RenderJob
from aiprod.rendering.leases import Holder
from aiprod.screening import Screening
from aiprod.settings import Settings, read_settings
from aiprod.stages.assembly import AssemblyStage
from aiprod.stages.clips import ClipsStage
from aiprod.stages.monitor import MonitorStage, Patience
from aiprod.stages.narration import NarrationStage
from aiprod.stages.notify import NotifyStage
from aiprod.stages.review import ReviewStage
from aiprod.stages.script import ScriptStage
from aiprod.subscriptions import NARRATION_JOB
from aiprod.tallies import Tallies
from aiprod.video import RevisionOpened, Video, VideoCancelled, create
from aiprod.worker import OwnJobs, Pace, Worker

if TYPE_CHECKING:
    from aiprod.speech.lending import VoiceLending


class SystemClock:
    """Implements ports.Clock."""

    def now(self) -> float:
        return time.time()


class Messages(Publisher, Subscriber, Protocol):
    """Sends events and pulls them."""


@dataclass(frozen=True, kw_only=True)
class Cloud:
    """What differs from cloud to cloud; `owner` names this process for the leases that it takes."""

    documents: Documents
    objects: Objects
    messages: Messages
    jobs: Jobs
    owner: str


@dataclass(frozen=True, kw_only=True)
class App:
    """The product over one cloud: what the command line, the functions, the jobs and the web are given."""

    settings: Settings
    clock: Clock
    documents: Documents
    objects: Objects
    messages: Messages
    jobs: Jobs
    owner: str
    ledger: Ledger
    artefacts: Artefacts
    scratch: Workspace
    engines: EngineSet
    webhooks: Webhooks
    tallies: Tallies

    @property
    def embedded(self) -> EmbeddedMessages:
        """The embedded cloud's messages, which can be counted and watched. Raises: InvalidSetting in another cloud."""
        if not isinstance(self.messages, EmbeddedMessages):
            raise InvalidSetting(f"Expected AIPROD_CLOUD=local for this, found {self.settings.cloud}.")
        return self.messages

    @property
    def quota(self) -> Quota:
        """How many videos each account has had."""
        return Quota(documents=self.documents, ledger=self.ledger, clock=self.clock)

    @property
    def webhook_deliveries(self) -> WebhookDeliveries:
        """What is told to webhooks."""
        registered = RegisteredWebhooks(documents=self.documents, network=self.webhooks, clock=self.clock)
        return WebhookDeliveries(
            documents=self.documents, registered=registered, publisher=self.messages, network=self.webhooks,
            clock=self.clock, waits=self.settings.webhook_retry_seconds,
        )  # fmt: skip

    @property
    def library(self) -> Library:
        """The videos of everybody with an account."""
        return Library(documents=self.documents, objects=self.objects, ledger=self.ledger, clock=self.clock)

    @property
    def cloned_voices(self) -> ClonedVoices:
        """The voices that people lent to be imitated."""
        return ClonedVoices(documents=self.documents, objects=self.objects, clock=self.clock)

    @cached_property
    def registry(self) -> Registry:
        """The models' weights."""
        return open_registry(self.settings, self.documents)

    @property
    def voice_lending(self) -> "VoiceLending":
        """Takes voices that people lend, once their consent was heard."""
        from aiprod.speech.lending import VoiceLending
        from aiprod.speech.likeness import Likeness

        return VoiceLending(
            voices=self.cloned_voices, chooser=self.engines.voices, ear=self.engines.transcriber,
            likeness=Likeness(self.registry), clock=self.clock,
        )  # fmt: skip

    @property
    def batches(self) -> Batches:
        """Films that were asked for together."""
        return Batches(
            ledger=self.ledger, quota=self.quota, library=self.library,
            ask=lambda brief, owner, video: self.request(brief, owner=owner, video=video),
        )  # fmt: skip

    @property
    def machines(self) -> Machines:
        """The machines with a GPU that work now."""
        return Machines(
            documents=self.documents, clock=self.clock, gpus=NvidiaGpus(), tallies=self.tallies,
            usd_per_hour=self.settings.gpu_usd_per_hour,
        )  # fmt: skip

    def _settled(self, video: Video) -> None:
        """Count a video that is over; its place at work is the next one's of its owner's batches."""
        self.quota.settle(video)
        if video.over and video.owner:
            self.batches.feed(video.owner)

    @property
    def dead_letters(self) -> DeadLetters:
        """What could not be handled."""
        if isinstance(self.messages, PubSubMessages):
            return CloudDeadLetters(messages=self.messages)
        return EmbeddedDeadLetters(messages=self.embedded)

    # --- what users ask for

    def request(self, brief: Brief, *, owner: str = "", video: str = "") -> Video:
        """Ask for a video; asking again with the same id changes nothing.

        Raises: InvalidInput, InvalidSetting, Throttled (the owner has too many at work).
        """
        given = [name for name in ("theme", "script", "recording") if getattr(brief, name)]
        if len(given) != 1:
            raise InvalidInput(
                "request", expected="one of a theme, a script, a recording", found=" and ".join(given) or "none"
            )
        if brief.webhook:
            self.webhooks.check(brief.webhook)
        video = video or new_video_id()
        most = self.settings.videos_at_work
        if most and self.ledger.count_at_work(owner, but=video, limit=most) >= most:
            raise Throttled(f"Expected fewer than {most} videos at work, found {most}; ask again when one is finished.")
        with telemetry.span("request", {"video": video}):
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
        with telemetry.span("retry", {"video": video}):
            return self.ledger.advance(video, fact)

    # --- who does the work

    @cached_property
    def deliveries(self) -> Deliveries:
        """The stages behind their subscriptions."""
        engines, ledger, artefacts, clock, scratch = self.engines, self.ledger, self.artefacts, self.clock, self.scratch
        script = ScriptStage(
            ledger=ledger, artefacts=artefacts, clock=clock, writers=engines.writers, voices=engines.voices,
            renderers=engines.renderers, default_writer=self.settings.writer,
            videos_a_day=self.settings.videos_a_day,
        )  # fmt: skip
        narration = NarrationStage(
            ledger=ledger, artefacts=artefacts, clock=clock, voices=engines.voices, aligner=engines.aligner,
            workspace=scratch, elsewhere=self._narrate_elsewhere if self.settings.narration_job else None,
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
            ledger=ledger, artefacts=artefacts, publisher=self.messages, clock=clock, workspace=scratch,
            screening=Screening(
                matcher=engines.prompt_matcher, safety_filter=engines.safety_filter, safety=self.settings.safety
            ),
        )  # fmt: skip
        review = ReviewStage(
            ledger=ledger, artefacts=artefacts, clock=clock, transcriber=engines.transcriber,
            error_rate=engines.error_rate, workspace=scratch,
        )  # fmt: skip
        notify = NotifyStage(ledger=ledger, webhooks=self.webhook_deliveries, settle=self._settled, tallies=self.tallies)
        stages: dict[str, Handler] = {
            "script": script.handle, "narration": narration.handle, "clips": clips.handle, "monitor": monitor.handle,
            "assembly": assembly.handle, "review": review.handle, "notify": notify.handle,
        }  # fmt: skip
        return Deliveries(stages=stages, ledger=self.ledger, clock=self.clock, tallies=self.tallies)

    def _narrate_elsewhere(self, script: str) -> None:
        """Have the narration job speak a script; the job itself is told that there is no other to do so."""
        environment = {"AIPROD_NARRATION": script, "AIPROD_NARRATION_JOB": "false"}
        self.jobs.run(NARRATION_JOB, tasks=1, environment=environment)

    def worker(self) -> Worker:
        """A worker of this process. Raises: InvalidSetting, where the cloud has no need of workers."""
        if not isinstance(self.jobs, OwnJobs):
            raise InvalidSetting(f"Expected AIPROD_CLOUD=local for a worker, found {self.settings.cloud}.")
        pace = Pace(
            lease_seconds=self.settings.lease_seconds, sweep_seconds=self.settings.sweep_seconds, ceiling=self._ceiling
        )
        return Worker(deliveries=self.deliveries, messages=self.embedded, jobs=self.jobs, clock=self.clock, pace=pace)

    @cached_property
    def dispatcher(self) -> Dispatcher:
        """Starts render tasks where no worker does."""
        return Dispatcher(turns=Turns(ledger=self.ledger), jobs=self.jobs, clock=self.clock, ceiling=self._ceiling)

    @property
    def _ceiling(self) -> Ceiling:
        settings = self.settings
        return Ceiling(
            tasks=settings.render_tasks, clips_a_task=settings.render_clips_per_task,
            hours_a_day=settings.render_hours_per_day,
        )  # fmt: skip

    def render_job(self) -> RenderJob:
        """A task of the render job, in this process."""
        settings = self.settings
        return RenderJob(
            subscriber=self.messages, publisher=self.messages, ledger=self.ledger, artefacts=self.artefacts,
            renderers=self.engines.renderers, workspace=self.scratch, turns=Turns(ledger=self.ledger),
            holder=Holder(ledger=self.ledger, clock=self.clock, owner=self.owner, seconds=settings.lease_seconds),
            idle_seconds=settings.job_idle_seconds, tallies=self.tallies, tasks=settings.render_tasks,
            seconds=settings.job_seconds,
        )  # fmt: skip


def new_video_id() -> str:
    """A new video's id: short, without order, safe in addresses."""
    return uuid.uuid4().hex[:12]


def open_app(settings: Settings | None = None, *, log_file: Path | None = None) -> App:
    """The product over the cloud that the settings name. Raises: InvalidSetting."""
    settings = settings or read_settings()
    configure(settings.log_level, log_file)
    telemetry.configure(settings.traces_url, settings.traces_share)
    gauges.configure(settings.metrics_url)
    clock = SystemClock()
    cloud = {"local": _embedded_cloud, "google": _google_cloud}[settings.cloud](settings, clock)
    ledger = Ledger(documents=cloud.documents, publisher=cloud.messages, clock=clock)
    tallies = Tallies(documents=cloud.documents, clock=clock)
    def count(expense: Expense) -> None:
        tallies.add("cost usd", expense.usd, engine=expense.engine)

    expenses = Expenses(documents=cloud.documents, clock=clock, count=count)
    return App(
        settings=settings, clock=clock, documents=cloud.documents, objects=cloud.objects, messages=cloud.messages,
        jobs=cloud.jobs, owner=cloud.owner, ledger=ledger,
        artefacts=Artefacts(objects=cloud.objects, publisher=cloud.messages, ledger=ledger),
        scratch=Scratch(folder=settings.home_folder / "scratch"),
        engines=Engines(settings, cloud.objects, expenses),
        tallies=tallies,
        webhooks=HttpWebhooks(
            secret=settings.webhook_secret.get_secret_value(), clock=clock,
            gate=Gate(permits=is_any if settings.webhook_private else is_public),
        ),
    )  # fmt: skip


def _embedded_cloud(settings: Settings, clock: Clock) -> Cloud:
    home = settings.home_folder
    database = Database(home / "store.sqlite3")
    objects = EmbeddedObjects(database=database, folder=home / "objects", clock=clock)
    objects.remove_leftovers()
    return Cloud(
        documents=EmbeddedDocuments(database=database),
        objects=objects,
        messages=EmbeddedMessages(database=database, clock=clock, backoff_scale=settings.backoff_scale),
        jobs=EmbeddedJobs(database=database, clock=clock, logs=home / "logs"),
        owner=process_name(),
    )


def _google_cloud(settings: Settings, clock: Clock) -> Cloud:
    project = settings.google_project
    documents = FirestoreDocuments(project=project, database=settings.firestore_database)
    return Cloud(
        documents=documents,
        objects=GcsObjects(project=project, bucket=settings.bucket),
        messages=PubSubMessages(project=project, documents=documents, clock=clock),
        jobs=CloudRunJobs(
            project=project, region=settings.google_region, prefix=settings.render_job_prefix,
            endpoint=settings.run_endpoint,
        ),
        owner=task_name(os.environ) or process_name(),
    )  # fmt: skip
