"""Events through Pub/Sub: sent, pulled by jobs, decoded where a function is pushed one.

Nothing is asked to be in order, because no reader of an event relies on it (a late or repeated one is not an error).
Pub/Sub has no delay: what is to come later waits as a document until `release_due` is called, at each sweep. Knows from
aiprod.subscriptions which subscriptions there are. The clients are made at the first call; PUBSUB_EMULATOR_HOST leads them
to an emulator, as Google's library defines.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from aiprod.adapters.envelopes import TRACE, decode_push, event_of, fields_of, trace_of
from aiprod.adapters.google_errors import translated
from aiprod.compare_and_set import change
from aiprod.encoding import key_of
from aiprod.errors import Conflict, InvalidInput
from aiprod.events import Event, decode, encode, video_of
from aiprod.logs import logger
from aiprod.ports import Clock, Condition, Delivery, Document, Documents, Fields, Write
from aiprod.subscriptions import cloud_subscriptions, subscribers
from aiprod.telemetry import carried

if TYPE_CHECKING:
    from google.api_core.retry import Retry
    from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient
    from google.cloud.pubsub_v1.publisher.futures import Future
    from google.pubsub_v1.types import ReceivedMessage

__all__ = ["DELAYED", "LONGEST_LEASE_SECONDS", "PubSubMessages", "decode_push"]

DELAYED = "delayed"
"""Collection of what waits to be published."""
LONGEST_LEASE_SECONDS = 600
_PUBLISHER, _SUBSCRIBER = "roles/pubsub.publisher", "roles/pubsub.subscriber"
_GATHER_SECONDS = 0.002
_RELEASED_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class PubSubMessages:
    """Implements ports.Publisher and ports.Subscriber. `pull_seconds` is how long an empty subscription is listened to."""

    project: str
    documents: Documents
    clock: Clock
    timeout_seconds: float = 30.0
    pull_seconds: float = 5.0

    @cached_property
    def publisher(self) -> "PublisherClient":
        """The library's client, which sends in batches what several threads publish at once."""
        from google.cloud.pubsub_v1 import PublisherClient
        from google.cloud.pubsub_v1.types import BatchSettings

        with translated("Opening Pub/Sub", role=_PUBLISHER):
            return PublisherClient(batch_settings=BatchSettings(max_latency=_GATHER_SECONDS))

    @cached_property
    def subscriber(self) -> "SubscriberClient":
        """The library's client."""
        from google.cloud.pubsub_v1 import SubscriberClient

        with translated("Opening Pub/Sub", role=_SUBSCRIBER):
            return SubscriberClient()

    @cached_property
    def _patience(self) -> "Retry":
        """The library's own would go on for ten minutes after the caller was told that it failed."""
        from google.api_core.exceptions import Aborted, InternalServerError, ServiceUnavailable, Unknown
        from google.api_core.retry import Retry, if_exception_type

        passing = if_exception_type(Aborted, InternalServerError, ServiceUnavailable, Unknown)
        return Retry(predicate=passing, initial=0.1, maximum=2.0, timeout=self.timeout_seconds)

    def publish(
        self, topic: str, event: Event, *, priority: int = 0, delay_seconds: float = 0.0, trace: str = ""
    ) -> None:
        """Returns when Pub/Sub, or the document of a delayed one, has it. The priority goes along for people to see:
        the turn of a clip is decided where it is claimed."""
        subscribers(topic)
        attributes = _attributes(event, priority, trace or carried())
        if delay_seconds > 0:
            self._keep(topic, event, attributes, self.clock.now() + delay_seconds)
            return
        self.send(topic, encode(event), attributes)

    def release_due(self) -> int:
        """Publish what has waited long enough; how many there were."""
        released = 0
        due = Condition(field="due", operator="<=", value=self.clock.now())
        while found := self.documents.query(DELAYED, [due], order_by="due", limit=_RELEASED_AT_ONCE):
            with translated("Publishing what was delayed", role=_PUBLISHER):
                sent = [self._sending(*_kept_message(document)) for document in found]
                for future in sent:
                    future.result(timeout=self.timeout_seconds)
            gone = sum(self._forget(document) for document in found)
            released += len(found)
            if len(found) < _RELEASED_AT_ONCE or not gone:
                break
        return released

    def pull(self, subscription: str, *, lease_seconds: float) -> Delivery | None:
        """One event. More are not taken: one given back counts as an attempt and has to wait its back-off."""
        for name in _names(subscription):
            for received in self.take(name):
                fields = fields_of(received.message)
                try:
                    event = event_of(fields)
                except InvalidInput as error:
                    logger().error("event cannot be read", reason=str(error), subscription=subscription)
                    self._lease(name, received.ack_id, 0)
                    continue
                attempt = max(1, received.delivery_attempt or 0)
                self._lease(name, received.ack_id, _whole(lease_seconds))
                return Delivery(
                    id=f"{name} {received.ack_id}", subscription=subscription, event=event, attempt=attempt,
                    trace=trace_of(fields),
                )  # fmt: skip
        return None

    def acknowledge(self, delivery: Delivery) -> None:
        name, _, ack_id = delivery.id.partition(" ")
        with translated(f"Acknowledging an event of {name}", role=_SUBSCRIBER):
            self.subscriber.acknowledge(subscription=self.path_of(name), ack_ids=[ack_id], timeout=self.timeout_seconds)

    def extend(self, delivery: Delivery, *, lease_seconds: float) -> None:
        """At most ten minutes from now, which is Pub/Sub's longest."""
        name, _, ack_id = delivery.id.partition(" ")
        self._lease(name, ack_id, _whole(lease_seconds))

    def refuse(self, delivery: Delivery, *, reason: str) -> None:
        logger().warning(
            "event given back", subscription=delivery.subscription, reason=reason, attempt=delivery.attempt
        )
        name, _, ack_id = delivery.id.partition(" ")
        self._lease(name, ack_id, 0)

    # --- what all of this is made of

    def send(self, topic: str, data: bytes, attributes: Mapping[str, str]) -> None:
        """Publish a message as it is; returns when Pub/Sub has it."""
        with translated(f"Publishing to {topic}", role=_PUBLISHER):
            self._sending(topic, data, attributes).result(timeout=self.timeout_seconds)

    def take(self, name: str, *, most: int = 1) -> "list[ReceivedMessage]":
        """Messages of a subscription of Pub/Sub, leased for its own time; none when none comes for a while."""
        from google.api_core.exceptions import DeadlineExceeded

        with translated(f"Pulling from {name}", role=_SUBSCRIBER):
            try:
                answer = self.subscriber.pull(
                    subscription=self.path_of(name), max_messages=most, retry=None, timeout=self.pull_seconds
                )
            except DeadlineExceeded:
                return []
            return list(answer.received_messages)

    def path_of(self, name: str) -> str:
        """The whole name of a subscription."""
        return str(self.subscriber.subscription_path(self.project, name))

    def _sending(self, topic: str, data: bytes, attributes: Mapping[str, str]) -> "Future":
        path = self.publisher.topic_path(self.project, topic)
        return self.publisher.publish(path, data, retry=self._patience, timeout=self.timeout_seconds, **attributes)

    def _lease(self, name: str, ack_id: str, seconds: int) -> None:
        with translated(f"Keeping an event of {name}", role=_SUBSCRIBER):
            self.subscriber.modify_ack_deadline(
                subscription=self.path_of(name), ack_ids=[ack_id], ack_deadline_seconds=seconds,
                timeout=self.timeout_seconds,
            )  # fmt: skip

    def _keep(self, topic: str, event: Event, attributes: Mapping[str, str], due: float) -> None:
        """One document for one event on one topic: delaying twice is delaying once, while the first still waits."""
        payload = encode(event)
        id = key_of(topic, payload.decode("utf-8"))
        fields: Fields = {
            "topic": topic, "payload": payload.decode("utf-8"), "priority": int(attributes["priority"]), "due": due,
            TRACE: attributes.get(TRACE, ""),
        }  # fmt: skip

        def decide(known: Fields | None) -> Fields:
            # One that is due may be on its way out: written anew it is published again, later.
            return known if known and float(str(known["due"])) > self.clock.now() else fields

        change(self.documents, DELAYED, id, decide)

    def _forget(self, document: Document) -> bool:
        write = Write(collection=DELAYED, id=document.id, fields=None, expected=document.version)
        try:
            self.documents.commit([write])
        except Conflict:
            return False
        return True


def _whole(seconds: float) -> int:
    """A lease as Pub/Sub counts it."""
    return min(LONGEST_LEASE_SECONDS, max(1, math.ceil(seconds)))


def _names(subscription: str) -> tuple[str, ...]:
    """What a subscription of the table is in Pub/Sub: one for each topic."""
    return tuple(one.name for one in cloud_subscriptions() if subscription in (one.name, one.stage))


def _attributes(event: Event, priority: int, trace: str) -> dict[str, str]:
    """What people, and filters, may know of a message without reading it."""
    told = {"type": type(event).__name__, "video": video_of(event), "priority": str(priority)}
    return {**told, TRACE: trace} if trace else told


def _kept_message(document: Document) -> tuple[str, bytes, dict[str, str]]:
    fields = document.fields
    payload = str(fields["payload"]).encode("utf-8")
    trace = str(fields.get(TRACE, ""))
    return str(fields["topic"]), payload, _attributes(decode(payload), int(str(fields["priority"])), trace)
