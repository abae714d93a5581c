"""The dead letters that Pub/Sub keeps: looked at, and sent again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.adapters.envelopes import BURIED_AFTER, BURIED_FROM, fields_of, own_event
from aiprod.adapters.google_errors import translated
from aiprod.adapters.pubsub import PubSubMessages
from aiprod.errors import InvalidInput, NotFound
from aiprod.events import Event
from aiprod.ports import DeadLetter
from aiprod.subscriptions import DEAD_LETTERS_KEPT, called_in_cloud, cloud_subscriptions

if TYPE_CHECKING:
    from google.pubsub_v1.types import PubsubMessage, ReceivedMessage

MOST = 1000
"""How many are looked through at once."""
_ROLE = "roles/pubsub.subscriber"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudDeadLetters:
    """Implements ports.DeadLetters: what lies in the subscription that keeps them for people."""

    messages: PubSubMessages

    def look(self) -> tuple[DeadLetter, ...]:
        """Some of what lies there, which stays."""
        taken = self.messages.take(DEAD_LETTERS_KEPT, most=MOST)
        self._give_back(taken)
        return tuple(_dead_letter(received.message) for received in taken)

    def replay(self, id: str) -> None:
        """Send one to its topic again, as new; readers that had it before find it stale. Raises: NotFound."""
        taken = self.messages.take(DEAD_LETTERS_KEPT, most=MOST)
        found = next((received for received in taken if received.message.message_id == id), None)
        self._give_back([received for received in taken if received is not found])
        if found is None:
            raise NotFound(f"Expected a dead letter {id}, found none; list those that there are.")
        attributes = dict(found.message.attributes)
        source = attributes.get(BURIED_FROM, "")
        topic = next((one.topic for one in cloud_subscriptions() if one.name == source), "")
        if not topic:
            raise NotFound(f"Expected a dead letter of one of AIPROD's subscriptions, found one of {source!r}.")
        own = {name: value for name, value in attributes.items() if not name.startswith("CloudPubSubDeadLetter")}
        self.messages.send(topic, found.message.data, own)
        with translated(f"Taking {id} from {DEAD_LETTERS_KEPT}", role=_ROLE):
            client = self.messages.subscriber
            client.acknowledge(subscription=self.messages.path_of(DEAD_LETTERS_KEPT), ack_ids=[found.ack_id])

    def _give_back(self, taken: "Sequence[ReceivedMessage]") -> None:
        if not taken:
            return
        with translated(f"Giving back what lies in {DEAD_LETTERS_KEPT}", role=_ROLE):
            self.messages.subscriber.modify_ack_deadline(
                subscription=self.messages.path_of(DEAD_LETTERS_KEPT),
                ack_ids=[received.ack_id for received in taken], ack_deadline_seconds=0,
            )  # fmt: skip


def _dead_letter(message: "PubsubMessage") -> DeadLetter:
    event: Event | None
    try:
        event = own_event(fields_of(message))
    except InvalidInput:
        event = None
    return DeadLetter(
        id=message.message_id,
        subscription=called_in_cloud(message.attributes.get(BURIED_FROM, "")),
        event=event,
        attempts=int(message.attributes.get(BURIED_AFTER, "0")),
    )
