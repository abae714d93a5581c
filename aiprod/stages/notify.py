"""The notify stage: tells the outside of every change of status.

Reads: the video's document. Writes: the owner's quota, settled when a video is over. Emits: a signed webhook where the
brief asks for one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from aiprod.encoding import to_json
from aiprod.errors import InvalidInput, InvalidSetting, Misuse, Permanent
from aiprod.events import Event, StatusChanged
from aiprod.ledger import Ledger
from aiprod.logs import logger
from aiprod.ports import Webhooks
from aiprod.video import Video


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyStage:
    """Sends webhooks; `settle` counts a video that is over for its owner."""

    ledger: Ledger
    webhooks: Webhooks
    settle: Callable[[Video], None]

    def handle(self, event: Event) -> None:
        """Raises: Unavailable (the receiver may answer later). A refusal is logged: no film fails for its webhook."""
        if not isinstance(event, StatusChanged):
            raise Misuse(f"Expected a change of status, found {type(event).__name__}.")
        logger().info("status changed", status=event.status, revision=event.revision)
        video = self.ledger.get(event.video)
        self.settle(video)
        url = video.brief.webhook
        if not url:
            return
        try:
            self.webhooks.send(url, to_json({"type": "video.status_changed", "content": event}))
        except (Permanent, InvalidInput, InvalidSetting) as error:
            logger().error("webhook not sent", reason=str(error))
