"""The render job: pulls clip requests until none is left for a while, claims, renders, delivers.

A request is acknowledged when its clip is claimed; from then on the clip's document holds the lease, kept alive while
frames are drawn. A killed task loses its lease and the monitor asks again.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.dispatching import Turns
from aiprod.errors import AiprodError, Conflict, NotFound, Transient, Unavailable
from aiprod.events import ClipFailed, ClipRequested, video_of
from aiprod.ledger import Ledger
from aiprod.logs import context, logger
from aiprod.manifests import PlanManifest
from aiprod.ports import Clock, Delivery, Publisher, Renderer, Shot, Subscriber, Workspace
from aiprod.tallies import Tallies
from aiprod.telemetry import Piece, span
from aiprod.video import Clip, ClipNoted, ClipStatus, claim, hold

POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderJob:
    """One task of the render job; `owner` names it for its leases."""

    subscriber: Subscriber
    publisher: Publisher
    ledger: Ledger
    artefacts: Artefacts
    clock: Clock
    renderers: Mapping[str, Renderer]
    workspace: Workspace
    turns: Turns
    owner: str
    lease_seconds: float
    idle_seconds: float
    tallies: Tallies
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self, subscription: str) -> int:
        """Serve a subscription until it is idle; how many clips were rendered."""
        rendered = 0
        idle_since = self.clock.now()
        while not self.stopping.is_set() and self.clock.now() - idle_since < self.idle_seconds:
            delivery = self._pull(subscription)
            if delivery is None:
                self.stopping.wait(POLL_SECONDS)
                continue
            rendered += self._serve(delivery)
            self.tallies.write_if_due()
            idle_since = self.clock.now()
        self.tallies.write()
        return rendered

    def _pull(self, subscription: str) -> Delivery | None:
        try:
            return self.subscriber.pull(subscription, lease_seconds=self.lease_seconds)
        except Unavailable as error:
            logger().warning("nothing pulled", subscription=subscription, reason=str(error))
            return None

    def _serve(self, delivery: Delivery) -> int:
        event = delivery.event
        if not isinstance(event, ClipRequested):
            self.subscriber.refuse(delivery, reason=f"Expected a clip request, found {type(event).__name__}.")
            return 0
        try:
            clip = self.turns.take(event, lambda clip: claim(clip, self.owner, self.clock.now(), self.lease_seconds))
        except (NotFound, Transient) as error:
            self.subscriber.refuse(delivery, reason=str(error))
            return 0
        self.subscriber.acknowledge(delivery)
        if clip is None:
            return 0
        known: Mapping[str, str | int] = {
            "video": clip.video, "scene": clip.scene, "renderer": clip.renderer, "attempt": clip.attempt
        }
        with context(**known), span("render", known, kind="consumer", after=self._trace(delivery, clip)) as piece:
            return self._attempt(clip, piece)

    def _trace(self, delivery: Delivery, clip: Clip) -> str:
        """The ticket's trace, unless the ticket led to another film's clip."""
        if not delivery.trace or video_of(delivery.event) == clip.video:
            return delivery.trace
        try:
            return self.ledger.get(clip.video).trace
        except NotFound:
            return ""

    def _attempt(self, clip: Clip, piece: Piece) -> int:
        started = self.clock.now()
        try:
            self._render(clip)
        except AiprodError as error:
            piece.fail(type(error).__name__)
            self._count(clip, self.clock.now() - started, "refused" if isinstance(error, Transient) else "gave up")
            self._give_up(clip, str(error), permanent=not isinstance(error, Transient))
            return 0
        except Exception as error:  # noqa: BLE001  a renderer's fault is told to the monitor, never lost
            piece.fail(type(error).__name__)
            self._count(clip, self.clock.now() - started, "broke")
            logger().exception("renderer broke")
            self._give_up(clip, f"{type(error).__name__}: {error}", permanent=False)
            return 0
        self._count(clip, self.clock.now() - started, "")
        logger().info("clip rendered", frames=clip.frames, seconds=round(self.clock.now() - started, 2))
        return 1

    def _count(self, clip: Clip, seconds: float, end: str) -> None:
        """Time on a renderer is spent whatever comes of it."""
        self.tallies.took("render", seconds, renderer=clip.renderer, queue=clip.queue)
        if end:
            self.tallies.add("render failures", renderer=clip.renderer, kind=end)
        self.tallies.mark("renderer failed" if end else "renderer worked", renderer=clip.renderer)

    def _give_up(self, clip: Clip, sentence: str, *, permanent: bool) -> None:
        logger().error("clip failed", reason=sentence, permanent=permanent)
        failed = ClipFailed(video=clip.video, revision=clip.revision, scene=clip.scene, attempt=clip.attempt,
                            permanent=permanent, sentence=sentence)  # fmt: skip
        self.publisher.publish("clip-failures", failed)

    def _render(self, clip: Clip) -> None:
        plan = self.artefacts.read(PlanManifest, paths.plan(clip.video, clip.revision))
        planned = plan.shot(clip.scene)
        with self.workspace.open("clip") as folder:
            shot = Shot(
                scene=clip.scene, spec=clip.spec, frames=clip.frames, rate=plan.timeline.rate, shape=plan.work_shape,
                seed=clip.seed, style=plan.style, words=planned.words, phonemes=planned.phonemes,
                media=self.artefacts.objects.fetch(planned.media, folder) if planned.media else None,
            )  # fmt: skip

            def produce() -> Path:
                with _Lease(self, clip) as lease:
                    take = self.renderers[clip.renderer].render(shot, folder, lease.progressed)
                if take.notes:
                    noted = ClipNoted(revision=clip.revision, at=self.clock.now(), notes=take.notes)
                    self.ledger.advance(clip.video, noted)
                return take.path

            self.artefacts.make(paths.clip(clip.video, clip.revision, clip.scene, clip.key), clip.key, produce)


class _Lease:
    """Keeps a clip's lease, and its progress, while it is rendered."""

    def __init__(self, job: RenderJob, clip: Clip) -> None:
        self._job = job
        self._clip = clip
        self._frames = 0
        self._done = threading.Event()
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def progressed(self, frames: int) -> None:
        """Raises: NotFound, when the clip's video was deleted: nobody needs the rest."""
        if self._gone.is_set():
            raise NotFound(f"Expected the video {self._clip.video}, found that it was deleted.")
        self._frames = frames

    def __enter__(self) -> "_Lease":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _keep(self) -> None:
        every = min(self._job.lease_seconds / 3, 2.0)
        while not self._done.wait(every):
            try:
                clip, _ = self._job.ledger.change_clip(self._clip.id, self._held)
            except (Conflict, Transient) as error:
                logger().warning("lease not extended", reason=str(error))
                continue
            except NotFound:
                self._gone.set()
                return
            if clip.status is not ClipStatus.RENDERING:
                return

    def _held(self, clip: Clip) -> Clip:
        return hold(clip, self._job.owner, self._job.clock.now() + self._job.lease_seconds, self._frames)
