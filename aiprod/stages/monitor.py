"""The monitor stage: fan-in of segments, retries with back-off, the next renderer, deadlines, lost events.

Reads: the documents, `segments/V/R/`, `mixes/V/R/`. Writes: clips' documents. Emits: AssemblyRequested when the last
piece is there, ClipRequested for what is to be tried again, and again whatever should have been delivered long ago.
"""

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.compare_and_set import change_as
from aiprod.errors import (
    NOT_GOOD_ENOUGH,
    TOOK_TOO_LONG,
    ContentRefused,
    MediaBroken,
    Misuse,
    NotFound,
    Permanent,
    Transient,
    Unavailable,
)
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
from aiprod.logs import logger
from aiprod.manifests import PlanManifest, ScriptManifest
from aiprod.ports import Clock, Jobs, Publisher, Renderer
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

LINE_DEADLINES = 12
"""How many times as long a video may stand in line, for its script or its pictures, as it may be worked on."""
MOST_LOST = 12
"""How often a clip may be lost with its task before it counts as what ended the task (most are killed for other reasons)."""


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
                watched_since = self._watched_since()
                for video in self.ledger.at_work():
                    with resumed(video.trace):
                        self._sweep_alone(video, watched_since)
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
        gate = self.ledger.gate(video, f"{video.revision}.assembly")
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
        tries = clip.attempt - clip.earlier
        if not permanent and tries <= len(waits):
            wait = waits[max(tries, 1) - 1] * random.uniform(0.8, 1.2)
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
        video = self.ledger.get(event.video)
        if event.revision in (0, video.revision):
            self._give_up(video, sentence, Unavailable.kind)

    def _watched_since(self) -> float:
        """Since when sweeps have come one after the other. Nobody is late while the machine sleeps, or nobody works: time
        counts from here on."""
        now = self.clock.now()

        def decide(before: _Watch | None) -> _Watch:
            goes_on = before is not None and 0 <= now - before.last_at <= self.patience.redeliver_seconds
            return _Watch(since=before.since if before and goes_on else now, last_at=now)

        return change_as(self.ledger.documents, "watches", "sweeps", _Watch, decide).since

    def _sweep_alone(self, video: Video, watched_since: float) -> None:
        """What is wrong with one video keeps no other from being looked after; the next sweep looks at it again."""
        try:
            self._sweep(video, watched_since)
        except Transient as error:
            logger().warning("video not swept", video=video.id, reason=str(error))
        except (Permanent, Misuse) as error:
            logger().error("video not swept", video=video.id, reason=str(error))
            with suppress(NotFound, Transient):  # it was deleted meanwhile
                self._give_up(video, str(error), error.kind)

    def _sweep(self, video: Video, watched_since: float) -> None:
        self.ledger.flush(video)
        if video.over:
            return
        now = self.clock.now()
        entered = video.history[-1].at
        drawing = video.status is Status.RENDERING and video.planned == video.revision
        clips = self.ledger.clips(video.id, video.revision) if drawing else ()
        most = self.patience.deadline_seconds * (LINE_DEADLINES if _stands_in_line(video, clips) else 1)
        if now - max(entered, watched_since, *(clip.claimed_at for clip in clips)) > most:
            self._give_up(video, f"The video stayed {video.status.value} for longer than {most:.0f} s.", TOOK_TOO_LONG)
            return
        if drawing:
            self._reclaim(video, clips, now)
            self._gather(video)
        if now - entered > self.patience.redeliver_seconds:
            self._redeliver(video, now)

    def _reclaim(self, video: Video, clips: Sequence[Clip], now: float) -> None:
        """Ask again for clips whose renderer went silent; a lost task is not the clip's failure, so nobody waits. What was
        lost too often is: it may be what ends the tasks."""
        for clip in clips:
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
            if changed and failed.attempt - failed.earlier >= MOST_LOST:
                self._again(video, failed, permanent=True)
            elif changed:
                self._ask(video, failed, 0.0, ())

    def _redeliver(self, video: Video, now: float) -> None:
        """Deliver again what should have been delivered, at most once in each `redeliver_seconds`."""
        turn = int((now - video.history[-1].at) / self.patience.redeliver_seconds)
        if not self.ledger.once(video, f"{video.revision}.{video.status.value}.redelivery-{turn}"):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watch:
    """Sweeps that came one after the other (seconds since 1970 UTC)."""

    since: float
    last_at: float


def _stands_in_line(video: Video, clips: Sequence[Clip]) -> bool:
    statuses = {clip.status for clip in clips}
    return video.status is Status.QUEUED or (ClipStatus.REQUESTED in statuses and ClipStatus.RENDERING not in statuses)


def _handed_to(planned: Clip, clip: Clip) -> Clip:
    handed = hand_over(clip, renderer=planned.renderer, queue=planned.queue, key=planned.key, spec=planned.spec)
    return replace(handed, seed=planned.seed) if handed is not clip else clip
