"""The monitor stage: fan-in of segments, retries with back-off, the next renderer, deadlines, lost events.

Reads: the documents, `segments/V/R/`, `mixes/V/R/`. Writes: clips' documents. Emits: AssemblyRequested when the last
piece is there, ClipRequested for what is to be tried again, and again whatever should have been delivered long ago.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.errors import NOT_GOOD_ENOUGH, TOOK_TOO_LONG, ContentRefused, MediaBroken, Misuse, Unavailable
from aiprod.events import (
    AssemblyRequested,
    ClipFailed,
    ClipRequested,
    DeliveryFailed,
    Event,
    ObjectFinalized,
    SweepTicked,
    VideoRequested,
)
from aiprod.ledger import Ledger
from aiprod.manifests import PlanManifest, ScriptManifest
from aiprod.ports import Clock, Jobs, Publisher, Renderer, Write
from aiprod.shots import plan_clip, plan_specs, reseed
from aiprod.subscriptions import SUBSCRIPTIONS
from aiprod.telemetry import resumed
from aiprod.video import (
    Clip,
    ClipAskedAgain,
    ClipStatus,
    Message,
    SegmentsFinished,
    StageGaveUp,
    Status,
    Video,
    ask,
    fail,
    hand_over,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the monitor waits, from the settings."""

    retry_seconds: tuple[float, ...]
    redeliver_seconds: float
    deadline_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorStage:
    """Sees that every video goes on."""

    ledger: Ledger
    artefacts: Artefacts
    publisher: Publisher
    clock: Clock
    jobs: Jobs
    renderers: Mapping[str, Renderer]
    patience: Patience

    def handle(self, event: Event) -> None:
        """Raises: Transient."""
        match event:
            case ObjectFinalized():
                place = paths.parse(event.address)
                self._gather(self.ledger.get(place.video))
            case ClipFailed():
                self._failed(event)
            case DeliveryFailed():
                self._undeliverable(event)
            case SweepTicked():
                for video in self.ledger.at_work():
                    with resumed(video.trace):
                        self._sweep(video)
            case _:
                raise Misuse(f"Expected a segment, a failure or a sweep, found {type(event).__name__}.")

    def _gather(self, video: Video) -> None:
        """Ask for the assembly when the last piece is there."""
        if video.status is not Status.RENDERING or video.planned != video.revision:
            return
        plan = self.artefacts.read(PlanManifest, paths.plan(video.id, video.revision))
        there = {
            paths.parse(found.address).item
            for found in self.artefacts.objects.under(paths.segments(video.id, video.revision))
        }
        if len(there) < len(plan.timeline.segments) or not self.artefacts.exists(plan.mix):
            return
        gate = Write(collection="gates", id=f"{video.id}.{video.revision}.assembly",
                     fields={"at": self.clock.now()}, expected=None)  # fmt: skip
        self.ledger.advance(
            video.id, SegmentsFinished(revision=video.revision, at=self.clock.now()), writes=lambda: [gate]
        )

    def _failed(self, event: ClipFailed) -> None:
        video = self.ledger.get(event.video)
        if video.status is not Status.RENDERING or video.revision != event.revision:
            return
        name = f"{event.video}.{event.revision}.{event.scene:02d}"
        if event.unfit and self.ledger.clip(name).key != event.unfit:
            return
        kind = NOT_GOOD_ENOUGH if event.unfit else event.kind
        clip, changed = self.ledger.change_clip(name, lambda clip: fail(clip, event.attempt, event.sentence, kind))
        if changed or clip.status is ClipStatus.FAILED:
            if event.unfit and self._reseeded(video, clip):
                return
            self._again(video, clip, permanent=event.permanent or bool(event.unfit))

    def _reseeded(self, video: Video, clip: Clip) -> bool:
        """Have a clip that is not good enough drawn once more with another seed, where that costs nothing or nobody else is
        left to draw it; whether it is."""
        if clip.reseeded or (clip.renderers and self.renderers[clip.renderer].usd_per_second > 0):
            return False
        asked, _ = self.ledger.change_clip(clip.id, reseed)
        note = f"Scene {clip.scene} was drawn again with another seed: {clip.failure}"
        self._ask(video, asked, 0.0, (note,))
        return True

    def _again(self, video: Video, clip: Clip, *, permanent: bool) -> None:
        """Try a failed clip again: the same renderer after a wait, else the next one, else the video fails."""
        waits = self.patience.retry_seconds
        if not permanent and clip.attempt <= len(waits):
            wait = waits[clip.attempt - 1] * random.uniform(0.8, 1.2)
            self._ask(video, clip, wait, ())
            return
        script = self.artefacts.read(ScriptManifest, paths.script(video.id, video.revision))
        plan = self.artefacts.read(PlanManifest, paths.plan(video.id, video.revision))
        scene = next(scene for scene in script.script.scenes if scene.number == clip.scene)
        for name in clip.renderers:
            try:
                spec = plan_specs(script, video.brief, self.renderers[name])[plan.position(clip.scene)]
            except (ContentRefused, MediaBroken):
                continue
            planned = plan_clip(video, scene, plan, self.renderers[name], spec, ())
            handed, _ = self.ledger.change_clip(clip.id, partial(_handed_to, planned))
            note = f"Scene {clip.scene} was made by {name}, because {clip.renderer} failed: {clip.failure}"
            self._ask(video, handed, 0.0, (note,))
            return
        self._give_up(video, f"Scene {clip.scene} could not be made: {clip.failure}", clip.failure_kind)

    def _give_up(self, video: Video, sentence: str, kind: str) -> None:
        fact = StageGaveUp(revision=video.revision, at=self.clock.now(), sentence=sentence, kind=kind)
        self.ledger.advance(video.id, fact)

    def _ask(self, video: Video, clip: Clip, wait_seconds: float, notes: tuple[str, ...]) -> None:
        asked, _ = self.ledger.change_clip(clip.id, ask)
        event = ClipRequested(video=clip.video, revision=clip.revision, scene=clip.scene)
        message = Message.carrying(event, topic=asked.queue, delay_seconds=wait_seconds)
        fact = ClipAskedAgain(revision=video.revision, at=self.clock.now(), request=message, notes=notes)
        self.ledger.advance(video.id, fact)

    def _undeliverable(self, event: DeliveryFailed) -> None:
        if not SUBSCRIPTIONS[event.subscription].vital:
            return
        sentence = f"The stage {event.subscription} could not go on: {event.sentence}"
        self._give_up(self.ledger.get(event.video), sentence, Unavailable.kind)

    def _sweep(self, video: Video) -> None:
        self.ledger.flush(video)
        if video.over:
            return
        now = self.clock.now()
        entered = video.history[-1].at
        if now - entered > self.patience.deadline_seconds:
            sentence = f"The video stayed {video.status.value} for longer than {self.patience.deadline_seconds:.0f} s."
            self._give_up(video, sentence, TOOK_TOO_LONG)
            return
        if video.status is Status.RENDERING and video.planned == video.revision:
            self._reclaim(video, now)
            self._gather(video)
        if now - entered > self.patience.redeliver_seconds:
            self._redeliver(video, now)

    def _reclaim(self, video: Video, now: float) -> None:
        """Ask again for clips whose renderer went silent; a lost task is not the clip's failure, so nobody waits."""
        for clip in self.ledger.clips(video.id, video.revision):
            if clip.status is not ClipStatus.RENDERING:
                continue
            if clip.lease_until > now and not self.jobs.lost(clip.lease_owner):
                continue
            address = paths.clip(clip.video, clip.revision, clip.scene, clip.key)
            if self.artefacts.exists(address):
                self.artefacts.announce(address)
                continue
            failed, changed = self.ledger.change_clip(
                clip.id, partial(fail, attempt=clip.attempt, sentence="its renderer was lost", kind=Unavailable.kind)
            )
            if changed:
                self._ask(video, failed, 0.0, ())

    def _redeliver(self, video: Video, now: float) -> None:
        """Deliver again what should have been delivered, at most once in each `redeliver_seconds`."""
        turn = int((now - video.history[-1].at) / self.patience.redeliver_seconds)
        if not self.ledger.once(f"{video.id}.{video.revision}.{video.status.value}.redelivery-{turn}"):
            return
        where = (video.id, video.revision)
        film, narration, script = paths.film(*where), paths.narration(*where), paths.script(*where)
        for address in (film, narration, script):
            if self.artefacts.exists(address):
                self.artefacts.announce(address)
                break
        else:
            self._request_again(video)
        if video.status is Status.ASSEMBLING:
            self.publisher.publish("assembly-requests", AssemblyRequested(video=video.id, revision=video.revision))
        for found in self.artefacts.objects.under(f"clips/{video.id}/{video.revision}/"):
            self.artefacts.announce(found.address)
        for clip in self.ledger.clips(*where):
            if clip.status is ClipStatus.REQUESTED:
                event = ClipRequested(video=clip.video, revision=clip.revision, scene=clip.scene)
                self.publisher.publish(clip.queue, event)

    def _request_again(self, video: Video) -> None:
        if video.reopening is not None:
            self.publisher.publish("revision-requests", video.reopening)
            return
        event = VideoRequested(video=video.id, owner=video.owner, brief=video.brief)
        self.publisher.publish("video-requests", event)


def _handed_to(planned: Clip, clip: Clip) -> Clip:
    handed = hand_over(clip, renderer=planned.renderer, queue=planned.queue, key=planned.key, spec=planned.spec)
    return replace(handed, seed=planned.seed) if handed is not clip else clip
