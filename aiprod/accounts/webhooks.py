"""The webhooks that users registered: where to call, for which changes, and the secret that signs. Calls nobody.

A secret is told once; it is kept as it is, because it signs.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from aiprod.accounts.writing import remove
from aiprod.encoding import from_fields, to_fields
from aiprod.errors import InvalidInput, NotFound, Unavailable
from aiprod.ports import Clock, Condition, Documents, Webhooks, Write
from aiprod.video import Status

COLLECTION = "webhooks"
EVENTS = tuple(status.value for status in Status)
USUAL_EVENTS = (Status.COMPLETED.value, Status.FAILED.value)
MOST_WEBHOOKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A registered webhook, called when a video of the user's enters a status among `events`."""

    id: str
    user: str
    url: str
    events: tuple[str, ...]
    secret: str
    created_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredWebhooks:
    """Everybody's webhooks; `network` says who may be called."""

    documents: Documents
    network: Webhooks
    clock: Clock

    def create(self, user: str, url: str, events: Sequence[str]) -> Webhook:
        """A new webhook, with its secret. Raises: InvalidInput, also where the host is not known."""
        if not events or not set(events) <= set(EVENTS):
            raise InvalidInput("events", expected=f"some of {', '.join(EVENTS)}", found=", ".join(events)[:200] or "none")
        try:
            self.network.check_address(url)
        except Unavailable as error:  # whoever names a host now can look again at how it is spelt
            raise InvalidInput("url", expected="a host that can be found", found=str(error)) from error
        if len(self.of(user)) >= MOST_WEBHOOKS:
            raise InvalidInput("webhooks", expected=f"at most {MOST_WEBHOOKS}; delete one", found=str(MOST_WEBHOOKS))
        webhook = Webhook(
            id=secrets.token_hex(8), user=user, url=url, events=tuple(dict.fromkeys(events)),
            secret=f"whs_{secrets.token_urlsafe(32)}", created_at=self.clock.now(),
        )  # fmt: skip
        self.documents.commit([Write(collection=COLLECTION, id=webhook.id, fields=to_fields(webhook), expected=None)])
        return webhook

    def of(self, user: str) -> tuple[Webhook, ...]:
        """A user's webhooks, the oldest first."""
        found = self.documents.query(COLLECTION, [Condition(field="user", operator="==", value=user)])
        webhooks = (from_fields(Webhook, document.fields, source="webhook") for document in found)
        return tuple(sorted(webhooks, key=lambda webhook: webhook.created_at))

    def find(self, id: str) -> Webhook | None:
        """The webhook of that id; None where it is gone."""
        found = self.documents.get(COLLECTION, id)
        return from_fields(Webhook, found.fields, source="webhook") if found else None

    def get(self, user: str, id: str) -> Webhook:
        """Raises: NotFound, also where the webhook is somebody else's."""
        webhook = self.find(id)
        if webhook is None or webhook.user != user:
            raise NotFound(f"Expected a webhook of yours, found none with id {id[:40]}.")
        return webhook

    def delete(self, user: str, id: str) -> None:
        """Call it no more. Raises: NotFound."""
        remove(self.documents, COLLECTION, self.get(user, id).id)
