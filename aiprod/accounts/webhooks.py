"""The webhooks that users registered: where to call, for which changes, and the secret that signs. Calls nobody.

A secret is told once; it is kept as it is, because it signs. A webhook at which one delivery after the other fails is
paused: nobody listens there, and whoever does not answer holds up what others are told.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from aiprod.compare_and_set import change_as, remove
from aiprod.encoding import from_fields, to_fields
from aiprod.errors import InvalidInput, NotFound, Unavailable
from aiprod.logs import logger
from aiprod.ports import Clock, Condition, Documents, Webhooks, Write
from aiprod.video import Status

COLLECTION = "webhooks"
EVENTS = tuple(status.value for status in Status)
USUAL_EVENTS = (Status.COMPLETED.value, Status.FAILED.value)
MOST_WEBHOOKS = 10
MOST_FAILED = 20
"""Deliveries, each tried as often as it may be, that fail one after the other before a webhook is paused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A registered webhook, called when a video of the user's enters a status among `events`, unless it is paused: since
    `paused_at` (0: it is not), after `failed` deliveries in a row."""

    id: str
    user: str
    url: str
    events: tuple[str, ...]
    secret: str
    created_at: float
    failed: int = 0
    paused_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredWebhooks:
    """Everybody's webhooks; `network` says who may be called."""

    documents: Documents
    network: Webhooks
    clock: Clock

    def create(self, user: str, url: str, events: Sequence[str]) -> Webhook:
        """A new webhook, with its secret. Raises: InvalidInput, also where the host is not known."""
        self._check(url, events)
        if len(self.of(user)) >= MOST_WEBHOOKS:
            raise InvalidInput("webhooks", expected=f"at most {MOST_WEBHOOKS}; delete one", found=str(MOST_WEBHOOKS))
        webhook = Webhook(
            id=secrets.token_hex(8), user=user, url=url, events=tuple(dict.fromkeys(events)),
            secret=f"whs_{secrets.token_urlsafe(32)}", created_at=self.clock.now(),
        )  # fmt: skip
        self.documents.commit([Write(collection=COLLECTION, id=webhook.id, fields=to_fields(webhook), expected=None)])
        return webhook

    def save(self, user: str, id: str, url: str, events: Sequence[str]) -> Webhook:
        """Another address and other events for a webhook, which begins anew. Raises: NotFound, InvalidInput."""
        known = self.get(user, id)
        self._check(url, events)
        return self._change(
            known, lambda found: replace(found, url=url, events=tuple(dict.fromkeys(events)), failed=0, paused_at=0.0)
        )

    def count(self, webhook: Webhook, *, delivered: bool) -> None:
        """Note how a delivery ended: one that was taken ends a pause, too many that were not begin one."""
        now = self.clock.now()

        def counted(found: Webhook) -> Webhook:
            if delivered:
                return replace(found, failed=0, paused_at=0.0)
            failed = found.failed + 1
            return replace(found, failed=failed, paused_at=found.paused_at or (now if failed >= MOST_FAILED else 0.0))

        after = self._change(webhook, counted)
        if bool(after.paused_at) != bool(webhook.paused_at):
            logger().warning("webhook paused" if after.paused_at else "webhook resumed", webhook=webhook.id, failed=after.failed)

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

    def _check(self, url: str, events: Sequence[str]) -> None:
        if not events or not set(events) <= set(EVENTS):
            raise InvalidInput("events", expected=f"some of {', '.join(EVENTS)}", found=", ".join(events)[:200] or "none")
        try:
            self.network.check_address(url)
        except Unavailable as error:  # whoever names a host now can look again at how it is spelt
            raise InvalidInput("url", expected="a host that can be found", found=str(error)) from error

    def _change(self, webhook: Webhook, alter: Callable[[Webhook], Webhook]) -> Webhook:
        """As it is from now on; one that is gone meanwhile stays so."""
        return change_as(self.documents, COLLECTION, webhook.id, Webhook, lambda found: found and alter(found)) or webhook
