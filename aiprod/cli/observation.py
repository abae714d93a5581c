"""How far a video is: what its document, its clips and its artefacts say at one moment."""

from dataclasses import dataclass

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.errors import NotFound
from aiprod.manifests import PlanManifest
from aiprod.video import ENDS, WAY, Clip, Status, Video

STAGES = {
    Status.SCRIPTING: "script",
    Status.NARRATING: "narration",
    Status.RENDERING: "clips",
    Status.ASSEMBLING: "assembly",
    Status.REVIEWING: "review",
}
"""The stage that works while a video has a status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTime:
    """What a stage took, or has taken so far, in the current revision."""

    stage: str
    seconds: float
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A video at a moment: `spoken` scenes have their narration, `encoded` of `segments` are ready."""

    video: Video
    clips: tuple[Clip, ...]
    spoken: int
    encoded: int
    segments: int
    at: float

    @property
    def seconds(self) -> float:
        """Since the video was asked for (or its revision opened)."""
        entered = [entry.at for entry in self.video.history if entry.revision == self.video.revision]
        return (entered[-1] if self.video.over else self.at) - entered[0] if entered else 0.0


def observe(app: App, id: str) -> Observation:
    """Look at a video now. Raises: NotFound."""
    video = app.ledger.get(id)
    spoken = sum(
        stored.address.endswith(".json") for stored in app.objects.under(f"sounds/{video.id}/{video.revision}/")
    )
    return Observation(
        video=video,
        clips=app.ledger.clips(video.id, video.revision),
        spoken=spoken,
        encoded=len(app.objects.under(f"segments/{video.id}/{video.revision}/")),
        segments=_segments(app, video),
        at=app.clock.now(),
    )


def stage_times(video: Video, now: float) -> tuple[StageTime, ...]:
    """What each stage took, in order, in the current revision."""
    entries = [entry for entry in video.history if entry.revision == video.revision]
    times = []
    for index, entry in enumerate(entries):
        if entry.status in STAGES and entry.status not in ENDS:
            over = index + 1 < len(entries)
            until = entries[index + 1].at if over else now
            times.append(StageTime(stage=STAGES[entry.status], seconds=max(0.0, until - entry.at), over=over))
    return tuple(times)


def reached(video: Video) -> int:
    """How many of the statuses on the way are behind; all of them for a completed video."""
    if video.status is Status.COMPLETED:
        return len(WAY)
    entered = [entry.status for entry in video.history if entry.revision == video.revision and entry.status in WAY]
    return max((WAY.index(status) for status in entered), default=0)


def _segments(app: App, video: Video) -> int:
    if video.planned < video.revision:
        return 0
    try:
        return len(app.artefacts.read(PlanManifest, paths.plan(video.id, video.revision)).timeline.segments)
    except NotFound:
        return 0
