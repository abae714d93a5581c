"""The notify stage: tells the outside of every change of status.

Reads: the video's document. Writes: the owner's quota, settled when a video is over; a document for each webhook to call.
Emits: WebhookDue, one for each try; signed calls of the webhooks that the brief and the video's owner name.
"""

from collections.abc import Callable
from dataclasses import dataclass

from aiprod.accounts.deliveries import WebhookDeliveries
from aiprod.errors import Misuse
from aiprod.events import Event, StatusChanged, WebhookDue
from aiprod.ledger import Ledger
from aiprod.logs import logger
from aiprod.tallies import Tallies
from aiprod.video import ENDS, Status, Video

COUNTED = frozenset({Status.QUEUED, *ENDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyStage:
    """Sends webhooks; `settle` counts a video that is over for its owner."""

    ledger: Ledger
    webhooks: WebhookDeliveries
    settle: Callable[[Video], None]
    tallies: Tallies

    def handle(self, event: Event) -> None:
        """Raises: Transient. What a webhook answers is in its log: no film fails for it."""
        match event:
            case StatusChanged():
                logger().info("status changed", status=event.status, revision=event.revision)
                video = self.ledger.get(event.video)
                self.settle(video)
                self._count(video, event)
                self.webhooks.announce(video, event)
            case WebhookDue():
                self.webhooks.attempt(event)
            case _:
                raise Misuse(f"Expected a change of status or a webhook to call, found {type(event).__name__}.")

    def _count(self, video: Video, event: StatusChanged) -> None:
        """A change may be told twice and is counted once."""
        if event.status in COUNTED and self.ledger.once(video, f"{event.revision}.{event.status}.counted"):
            self.tallies.add("videos", status=event.status)
