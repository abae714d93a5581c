"""What a message of Pub/Sub says: an event of ours, a notification of Cloud Storage, or a dead letter.

Knows the forms in which Pub/Sub hands messages over, and no client library.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from aiprod.encoding import from_json
from aiprod.errors import InvalidInput
from aiprod.events import (
    DeliveryFailed,
    Event,
    ObjectFinalized,
    SweepTicked,
    VideoRequested,
    decode,
    revision_of,
    video_of,
)
from aiprod.ports import Fields
from aiprod.subscriptions import called_in_cloud
from aiprod.telemetry import carried

if TYPE_CHECKING:
    from google.pubsub_v1.types import PubsubMessage

BURIED_FROM = "CloudPubSubDeadLetterSourceSubscription"
"""Attribute of a dead letter: the subscription it was taken from."""
BURIED_AFTER = "CloudPubSubDeadLetterSourceDeliveryCount"
"""Attribute of a dead letter: how often it was tried."""
TRACE = "traceparent"
"""Attribute of a message, and name in an object's metadata: the work that it comes from."""
_VIDEO_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What others may call a video that they ask for: it stands in the addresses of all that is made for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Announced:
    metadata: dict[str, str] = field(default_factory=dict)


def decode_push(envelope: Fields) -> Event:
    """The event in what Pub/Sub pushes: one of ours, a notification of Cloud Storage, or a dead letter.

    Raises: InvalidInput.
    """
    return event_of(message_of(envelope))


def message_of(envelope: Fields) -> Fields:
    """The message in what Pub/Sub pushes. Raises: InvalidInput."""
    message = envelope.get("message")
    if not isinstance(message, dict):
        raise InvalidInput(
            "push", expected='{"message": {...}, "subscription": ...}', found=f"the keys {sorted(envelope)}"
        )
    return message


def trace_of(message: Fields) -> str:
    """The trace that a message is part of: told beside the event, or with the object that is announced; "" else."""
    attributes = _attributes(message)
    if attributes.get("eventType") != "OBJECT_FINALIZE":
        return attributes.get(TRACE, "")
    try:
        stored = from_json(_Announced, base64.b64decode(str(message.get("data", ""))), source="notification")
    except (ValueError, InvalidInput):
        return ""  # what it is told in is no event of ours, and the object counts without
    trace, _, address = stored.metadata.get(TRACE, "").partition(" ")
    return trace if address == attributes.get("objectId") else ""


def trace_mark(address: str) -> dict[str, str]:
    """What an object keeps beside its content, so that its notification tells of which work it is. A copy of it, which
    lies elsewhere, is not of that work."""
    at_hand = carried()
    return {TRACE: f"{at_hand} {address}"} if at_hand else {}


def event_of(message: Fields) -> Event:
    """The event in a message: `data` (base64), `attributes`, `publishTime`. Raises: InvalidInput."""
    attributes = _attributes(message)
    if BURIED_FROM not in attributes:
        return own_event(message)
    try:
        buried = own_event(message)
        video, revision = video_of(buried), revision_of(buried)
    except InvalidInput:
        video, revision = "", 0
    name = attributes[BURIED_FROM]
    times = attributes.get(BURIED_AFTER, "several")
    sentence = f"it was tried {times} times without success; the reasons are in the log of that stage"
    return DeliveryFailed(subscription=called_in_cloud(name) or name, video=video, sentence=sentence, revision=revision)


def fields_of(message: "PubsubMessage") -> Fields:
    """A pulled message as a push would bring it."""
    return {
        "data": base64.b64encode(message.data).decode("ascii"),
        "attributes": dict(message.attributes),
        "messageId": message.message_id,
        "publishTime": message.publish_time.isoformat() if message.publish_time else "",
    }


def own_event(message: Fields) -> Event:
    """The event, wherever it has been."""
    attributes = _attributes(message)
    if attributes.get("eventType") == "OBJECT_FINALIZE":
        return _finalized(attributes)
    data = message.get("data", "")
    try:
        payload = base64.b64decode(str(data), validate=True)
    except ValueError as error:
        raise InvalidInput("message", expected="data in base64", found=repr(str(data)[:80])) from error
    event = decode(payload)
    if isinstance(event, VideoRequested) and not _VIDEO_ID.fullmatch(event.video):
        raise InvalidInput(
            "video request", expected="an id of 1 to 64 small letters, digits and dashes", found=repr(event.video[:80])
        )
    if isinstance(event, SweepTicked) and not event.at:
        return replace(event, at=_published(message))  # a schedule cannot say when it rings
    return event


def _finalized(attributes: Mapping[str, str]) -> ObjectFinalized:
    try:
        return ObjectFinalized(address=attributes["objectId"], generation=int(attributes["objectGeneration"]))
    except (KeyError, ValueError) as error:
        raise InvalidInput(
            "notification", expected="the attributes objectId and objectGeneration", found=repr(dict(attributes))
        ) from error


def _attributes(message: Fields) -> Mapping[str, str]:
    found = message.get("attributes") or {}
    if not isinstance(found, dict):
        raise InvalidInput("message", expected="attributes by name", found=type(found).__name__)
    return {name: str(value) for name, value in found.items()}


def _published(message: Fields) -> float:
    text = str(message.get("publishTime") or message.get("publish_time") or "")
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return 0.0
