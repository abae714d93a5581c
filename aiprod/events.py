"""Every message that crosses a process border, and how it becomes bytes.

One frozen dataclass each; requests name what is wanted, past participles name what happened. A message carries ids and
addresses, never content that an artefact holds. Knows no transport.
"""

from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from aiprod import paths
from aiprod.brief import Brief
from aiprod.encoding import from_fields, from_json, to_fields, to_json
from aiprod.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoRequested:
    """A user asks for a video; the id was chosen at the door, so asking twice is asking once."""

    video: str
    owner: str
    brief: Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneEdit:
    """New words or a new prompt for one scene; "" keeps what was."""

    scene: int
    text: str = ""
    visual: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRequested:
    """Revision `revision` of a video was opened: these scenes are to be taken again, the rest kept."""

    video: str
    revision: int
    scenes: tuple[int, ...]
    edits: tuple[SceneEdit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectFinalized:
    """An object is complete at its address."""

    address: str
    generation: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRequested:
    """A scene's clip is wanted; all that it needs is in the clip's document."""

    video: str
    revision: int
    scene: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipFailed:
    """A renderer gave up on an attempt at a clip; `permanent` when trying again with it cannot help. `unfit` is the KEY of
    a clip that was drawn, and is not good enough ("": none was); `kind` names why (aiprod/errors.py)."""

    video: str
    revision: int
    scene: int
    attempt: int
    permanent: bool
    sentence: str
    unfit: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyRequested:
    """Every segment of a revision and its sound are there."""

    video: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged:
    """A video has another status; `at` is seconds since 1970 UTC; `kind` names why it failed ("": it did not)."""

    video: str
    revision: int
    status: str
    sentence: str
    at: float
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDue:
    """It is time for an attempt (counted from 1) at a delivery; `video` is "" where it is about none."""

    video: str
    delivery: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepTicked:
    """The scheduler asks the monitor to look for what was lost."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed:
    """An event could not be handled after every attempt; it lies in the dead letters. `revision` is that of its video which
    it was about (0: it said none)."""

    subscription: str
    video: str
    sentence: str
    revision: int = 0


Event: TypeAlias = (
    VideoRequested
    | RevisionRequested
    | ObjectFinalized
    | ClipRequested
    | ClipFailed
    | AssemblyRequested
    | StatusChanged
    | WebhookDue
    | SweepTicked
    | DeliveryFailed
)

@dataclass(frozen=True, slots=True, kw_only=True)
class _Traced:
    trace: str = ""


_TYPES: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        VideoRequested, RevisionRequested, ObjectFinalized, ClipRequested, ClipFailed,
        AssemblyRequested, StatusChanged, WebhookDue, SweepTicked, DeliveryFailed,
    )
}  # fmt: skip


def encode(event: Event, *, trace: str = "") -> bytes:
    """Canonical JSON of an event: `{"type": ..., "content": {...}}`, and the trace that it is part of, if any."""
    envelope = {"type": type(event).__name__, "content": to_fields(event)}
    return to_json({**envelope, "trace": trace} if trace else envelope)


def decode(data: bytes) -> Event:
    """The event that was encoded. Raises: InvalidInput."""
    try:
        envelope = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        kind = _TYPES[msgspec.json.decode(envelope["type"], type=str)]
        content = msgspec.json.decode(envelope["content"])
    except (msgspec.MsgspecError, KeyError) as error:
        raise InvalidInput("event", expected='{"type": one of AIPROD\'s events, "content": {...}}',
                           found=repr(data[:80])) from error  # fmt: skip
    return from_fields(kind, content, source=f"event {kind.__name__}")


def trace_of(data: bytes) -> str:
    """The trace that an encoded event is part of; "" where it says none. Raises: InvalidInput."""
    return from_json(_Traced, data, source="event").trace


def video_of(event: Event) -> str:
    """Id of the video an event is about; "" for a sweep."""
    match event:
        case ObjectFinalized(address=address):
            parts = address.split("/")
            return parts[1] if len(parts) > 2 else ""
        case SweepTicked():
            return ""
        case _:
            return event.video


def revision_of(event: Event) -> int:
    """The revision of its video that an event is about; 0 where it says none."""
    match event:
        case VideoRequested():
            return 1
        case ObjectFinalized(address=address):
            try:
                return paths.parse(address).revision
            except InvalidInput:
                return 0
        case WebhookDue() | SweepTicked():
            return 0
        case _:
            return event.revision
