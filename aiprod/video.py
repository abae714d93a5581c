"""THE state machine: a video, its clips, and how facts change them. Pure; no other file assigns a status.

    queued → scripting → narrating → rendering → assembling → reviewing → completed
                                         ↑                        │            │
                                         └── revision R+1 ────────┴── failed ──┘     (cancelled: from any but the ends)

A video only moves forward within a revision; a repeated, late or reordered fact leaves it unchanged. Going back to
rendering opens revision R+1. What is to be published next lies in the outbox, saved in the same write.

    clip: pending → requested → rendering → ready | failed        (failed → requested by retry or by the next renderer)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from aiprod.brief import Brief
from aiprod.errors import NOT_GOOD_ENOUGH, Misuse
from aiprod.events import AssemblyRequested, Event, RevisionRequested, SceneEdit, StatusChanged, decode, encode


class Status(StrEnum):
    """Where a video is."""

    QUEUED = "queued"
    SCRIPTING = "scripting"
    NARRATING = "narrating"
    RENDERING = "rendering"
    ASSEMBLING = "assembling"
    REVIEWING = "reviewing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


WAY = (Status.QUEUED, Status.SCRIPTING, Status.NARRATING, Status.RENDERING, Status.ASSEMBLING, Status.REVIEWING)
"""The statuses of a video at work, in order."""
ENDS = frozenset({Status.COMPLETED, Status.FAILED, Status.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An event to publish, already encoded; `trace` is the work that wants it published."""

    topic: str
    body: str
    priority: int = 0
    delay_seconds: float = 0.0
    trace: str = ""

    @classmethod
    def carrying(cls, event: Event, *, topic: str, priority: int = 0, delay_seconds: float = 0.0) -> "Message":
        """A message with that event."""
        return cls(topic=topic, body=encode(event).decode("utf-8"), priority=priority, delay_seconds=delay_seconds)

    @property
    def event(self) -> Event:
        """What it carries."""
        return decode(self.body.encode("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """When a revision of a video entered a status (seconds since 1970 UTC)."""

    revision: int
    status: Status
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A video's state. `planned` is the last revision whose clips were asked for; `redone` tells that the review has
    already sent scenes back once; `reopening` is what opened the revision (None for the first); `outbox` is what is not
    yet known to be published; `trace` is the work that asked for the revision; `failure_kind` names why it failed."""

    id: str
    owner: str
    brief: Brief
    created_at: float
    status: Status = Status.QUEUED
    revision: int = 1
    title: str = ""
    language: str = ""
    scenes: tuple[int, ...] = ()
    planned: int = 0
    redone: bool = False
    reopening: RevisionRequested | None = None
    failure: str = ""
    failure_kind: str = ""
    notes: tuple[str, ...] = ()
    cost_usd: float = 0.0
    history: tuple[Entered, ...] = ()
    outbox: tuple[tuple[str, Message], ...] = ()
    sent: int = 0
    trace: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.status in ENDS

    @property
    def erased(self) -> bool:
        """Whether it was deleted: what it was asked for is not known any more."""
        return self.brief == Brief()


# --- facts: what `advance` is told ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened to a revision of a video at a time (seconds since 1970 UTC)."""

    revision: int
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptStarted(Fact):
    """The script stage has the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptWritten(Fact):
    """The script's artefact is there; it can be spoken."""

    title: str
    language: str
    scenes: tuple[int, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipsPlanned(Fact):
    """The narration is there and the shots are planned; these requests ask for the clips."""

    requests: tuple[Message, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipAskedAgain(Fact):
    """A clip is to be tried again, by the same renderer or the next."""

    request: Message
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipNoted(Fact):
    """What its renderer tells of a clip."""

    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentsFinished(Fact):
    """Every segment of the film and its sound are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmAssembled(Fact):
    """The film's manifest is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPassed(Fact):
    """The film is good."""

    cost_usd: float = 0.0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRejected(Fact):
    """These scenes must be redone (none: the film cannot be mended), for these reasons."""

    scenes: tuple[int, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageGaveUp(Fact):
    """A stage cannot go on with this video; the sentence says why, `kind` names it (aiprod/errors.py)."""

    sentence: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionOpened(Fact):
    """The user wants these scenes again, with or without edits."""

    scenes: tuple[int, ...]
    edits: tuple[SceneEdit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoCancelled(Fact):
    """The user wants no more of it."""


def create(id: str, owner: str, brief: Brief, at: float) -> Video:
    """A new video, queued."""
    return _enter(Video(id=id, owner=owner, brief=brief, created_at=at), Status.QUEUED, at)


def advance(video: Video, fact: Fact) -> Video:  # noqa: C901  the table of facts is read whole
    """The video after a fact: itself, unchanged, when the fact is stale."""
    if fact.revision != video.revision:
        return video
    match fact:
        case ScriptStarted(at=at):
            return _forward(video, Status.SCRIPTING, at)
        case ScriptWritten(at=at):
            known = replace(video, title=fact.title, language=fact.language, scenes=fact.scenes)
            return _noted(_forward(known, Status.NARRATING, at), fact.notes) if not video.over else video
        case ClipsPlanned(at=at):
            if video.over or video.planned >= video.revision:
                return video
            planned = replace(_forward(video, Status.RENDERING, at), planned=video.revision)
            return _noted(_post(planned, *fact.requests), fact.notes)
        case ClipAskedAgain():
            return _noted(_post(video, fact.request), fact.notes) if video.status is Status.RENDERING else video
        case ClipNoted():
            return video if video.over else _noted(video, fact.notes)
        case SegmentsFinished(at=at):
            if video.status is not Status.RENDERING or video.planned != video.revision:
                return video
            wanted = AssemblyRequested(video=video.id, revision=video.revision)
            return _post(_forward(video, Status.ASSEMBLING, at), Message.carrying(wanted, topic="assembly-requests"))
        case FilmAssembled(at=at):
            return _forward(video, Status.REVIEWING, at)
        case ReviewPassed(at=at):
            if video.status is not Status.REVIEWING:
                return video
            return _enter(_noted(replace(video, cost_usd=video.cost_usd + fact.cost_usd), fact.notes), Status.COMPLETED, at)
        case ReviewRejected():
            return _rejected(video, fact)
        case StageGaveUp(at=at):
            return video if video.over else _failed(video, fact.sentence, fact.kind, at)
        case VideoCancelled(at=at):
            return video if video.over else _enter(video, Status.CANCELLED, at)
        case RevisionOpened():
            if video.status not in (Status.COMPLETED, Status.FAILED):
                raise Misuse(f"Expected a completed or failed video to redo scenes of, found {video.id} {video.status}.")
            return _reopened(replace(video, redone=False), fact.scenes, fact.edits, fact.at)
        case _:
            raise Misuse(f"Expected a fact that a video knows, found {type(fact).__name__}.")


def _rejected(video: Video, fact: ReviewRejected) -> Video:
    if video.status is not Status.REVIEWING:
        return video
    if video.redone or not fact.scenes:
        return _failed(video, "The film did not pass its review: " + " ".join(fact.reasons), NOT_GOOD_ENOUGH, fact.at)
    return _reopened(replace(_noted(video, fact.reasons), redone=True), fact.scenes, (), fact.at)


def _failed(video: Video, sentence: str, kind: str, at: float) -> Video:
    return _enter(replace(video, failure=sentence, failure_kind=kind), Status.FAILED, at)


def _reopened(video: Video, scenes: tuple[int, ...], edits: tuple[SceneEdit, ...], at: float) -> Video:
    request = RevisionRequested(video=video.id, revision=video.revision + 1, scenes=scenes, edits=edits)
    opened = replace(video, revision=request.revision, reopening=request, failure="", failure_kind="")
    status = Status.RENDERING if video.scenes else Status.SCRIPTING
    return _post(_enter(opened, status, at), Message.carrying(request, topic="revision-requests"))


def _forward(video: Video, status: Status, at: float) -> Video:
    return video if video.over or WAY.index(status) <= WAY.index(video.status) else _enter(video, status, at)


def _enter(video: Video, status: Status, at: float) -> Video:
    history = (*video.history, Entered(revision=video.revision, status=status, at=at))
    event = StatusChanged(video=video.id, revision=video.revision, status=status.value, sentence=video.failure,
                          kind=video.failure_kind, at=at)  # fmt: skip
    return _post(replace(video, status=status, history=history), Message.carrying(event, topic="status-changes"))


def _noted(video: Video, notes: tuple[str, ...]) -> Video:
    fresh = tuple(note for note in dict.fromkeys(notes) if note not in video.notes)
    return replace(video, notes=(*video.notes, *fresh)) if fresh else video


def _post(video: Video, *messages: Message) -> Video:
    named = tuple((f"{video.id}-{video.sent + index}", message) for index, message in enumerate(messages, start=1))
    return replace(video, outbox=(*video.outbox, *named), sent=video.sent + len(messages))


def published(video: Video, names: frozenset[str]) -> Video:
    """The video without the messages of those names in its outbox."""
    return replace(video, outbox=tuple(entry for entry in video.outbox if entry[0] not in names))


# --- clips -----------------------------------------------------------------------------------------------------------


class ClipStatus(StrEnum):
    """Where a clip is."""

    PENDING = "pending"
    REQUESTED = "requested"
    RENDERING = "rendering"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One scene's picture. `renderers` are still to be tried after `renderer`, of the `version` of the day it was planned; `key`
    hashes all it depends on; `attempt` numbers the claims, up to `earlier` those of renderers before, the last one at `claimed_at`;
    from `lease_until` on a silent task is lost; `reseeded` counts other seeds tried; `views` are frames and how good they look."""

    video: str
    revision: int
    scene: int
    renderer: str
    queue: str
    key: str
    spec: str
    frames: int
    seed: int
    renderers: tuple[str, ...] = ()
    status: ClipStatus = ClipStatus.PENDING
    attempt: int = 0
    earlier: int = 0
    claimed_at: float = 0.0
    lease_owner: str = ""
    lease_until: float = 0.0
    frames_done: int = 0
    address: str = ""
    failure: str = ""
    failure_kind: str = ""
    seconds: float = 0.0
    version: str = ""
    reseeded: int = 0
    scores: tuple[tuple[str, float], ...] = ()
    views: tuple[tuple[int, float], ...] = ()

    @property
    def id(self) -> str:
        """Name of the clip's document."""
        return clip_id(self.video, self.revision, self.scene)


def clip_id(video: str, revision: int, scene: int) -> str:
    """Name of the document of a scene's clip."""
    return f"{video}.{revision}.{scene:02d}"


ClipChange = Callable[[Clip], Clip]


def ask(clip: Clip) -> Clip:
    """Ask for the clip (again); unchanged when it is ready or being made."""
    if clip.status in (ClipStatus.READY, ClipStatus.RENDERING, ClipStatus.REQUESTED):
        return clip
    return replace(clip, status=ClipStatus.REQUESTED, lease_owner="", lease_until=0.0, failure="", failure_kind="")


def claim(clip: Clip, owner: str, now: float, lease_seconds: float) -> Clip:
    """Take the clip to render it; unchanged when another holds it or it is done."""
    if clip.status is not ClipStatus.REQUESTED and not (clip.status is ClipStatus.RENDERING and clip.lease_until < now):
        return clip
    return replace(clip, status=ClipStatus.RENDERING, lease_owner=owner, lease_until=now + lease_seconds,
                   attempt=clip.attempt + 1, claimed_at=now, frames_done=0)  # fmt: skip


def hold(clip: Clip, owner: str, until: float, frames_done: int) -> Clip:
    """Keep the lease while rendering; unchanged when it was lost."""
    if clip.status is not ClipStatus.RENDERING or clip.lease_owner != owner:
        return clip
    return replace(clip, lease_until=until, frames_done=frames_done)


def deliver(clip: Clip, address: str, seconds: float = 0.0) -> Clip:
    """The clip's object is there; the first delivered counts."""
    if clip.status is ClipStatus.READY:
        return clip
    return replace(clip, status=ClipStatus.READY, address=address, frames_done=clip.frames, failure="",
                   failure_kind="", seconds=seconds or clip.seconds)  # fmt: skip


def fail(clip: Clip, attempt: int, sentence: str, kind: str = "") -> Clip:
    """The attempt failed, for a reason of that kind; unchanged when a later attempt is under way or the clip is ready."""
    if clip.status is ClipStatus.READY or clip.attempt != attempt:
        return clip
    return replace(clip, status=ClipStatus.FAILED, failure=sentence, failure_kind=kind, lease_owner="", lease_until=0.0)


def hand_over(clip: Clip, *, renderer: str, queue: str, key: str, spec: str) -> Clip:
    """Give a failed clip to the next renderer; it takes a number too, so that a late word of what was before is known as such."""
    if clip.status is not ClipStatus.FAILED:
        return clip
    return replace(clip, renderer=renderer, queue=queue, key=key, spec=spec, attempt=clip.attempt + 1, earlier=clip.attempt + 1,
                   reseeded=0, renderers=clip.renderers[clip.renderers.index(renderer) + 1 :])  # fmt: skip
