"""What is told to webhooks: one document a delivery, with every try of it and what was answered.

A delivery is written before it is tried, under an id that follows from what it tells: told twice by the chain, it is
delivered once. Each try is an event of its own, so that what waits for the next one survives whoever dies; who is called
may see a delivery twice all the same, and knows it by its id. Knows no HTTP.
"""

import secrets
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from aiprod.accounts.webhooks import MOST_FAILED, RegisteredWebhooks, Webhook
from aiprod.compare_and_set import change_as, remove_found
from aiprod.encoding import from_fields, key_of, to_fields, to_json
from aiprod.errors import AiprodError, Conflict, NotFound, Transient, Unavailable
from aiprod.events import StatusChanged, WebhookDue
from aiprod.logs import logger
from aiprod.ports import Clock, Condition, Documents, Publisher, WebhookAnswer, WebhookCall, Webhooks, Write
from aiprod.units import DAY_SECONDS
from aiprod.video import Video

COLLECTION = "webhook_deliveries"
TOPIC = "webhook-deliveries"
KEPT_DAYS = 30
State: TypeAlias = Literal["pending", "delivered", "failed"]
PENDING: State = "pending"
DELIVERED: State = "delivered"
FAILED: State = "failed"
WAITING = frozenset({408, 425, 429})
"""Refusals that mean: later."""
NOT_CALLED = (
    f"Not called: the webhook is paused, because {MOST_FAILED} deliveries failed one after the other; mend who listens there, "
    "then test the webhook or save it, and tell this again."
)
HELD_SECONDS = 30.0
"""Longer than any call takes: whoever died with a delivery in its hands has lost it then."""
_END_OF_TIME = 10**14
_FORGOTTEN_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One call: when, the status that was answered (0: none), the beginning of the answer or why there was none."""

    at: float
    status: int
    answer: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Something told to a webhook; `webhook` is "" for the one that a brief names, which has no log of its own to show.
    `next_at` is when it is tried again; `held_until` until when a process has it to itself, to call; `expires_at` when it
    is forgotten; `asked` whether its owner asked for it, so that a paused webhook is called too."""

    id: str
    webhook: str
    url: str
    video: str
    event: str
    body: str
    created_at: float
    expires_at: float = 0.0
    state: State = PENDING
    tries: tuple[Try, ...] = ()
    next_at: float = 0.0
    held_until: float = 0.0
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDeliveries:
    """Everything that is told to webhooks; `waits` are the seconds before the second try, the third, and so on."""

    documents: Documents
    registered: RegisteredWebhooks
    publisher: Publisher
    network: Webhooks
    clock: Clock
    waits: tuple[float, ...]

    def announce(self, video: Video, changed: StatusChanged) -> None:
        """Begin to tell all who want to know of a change of status. Raises: Transient."""
        body = to_json({"type": "video.status_changed", "content": changed}).decode("utf-8")
        wanted = [("", video.brief.webhook)] if video.brief.webhook else []
        if video.owner:
            own = self.registered.of(video.owner)
            wanted += [(webhook.id, webhook.url) for webhook in own if changed.status in webhook.events]
        for webhook, url in wanted:
            what = key_of(changed, webhook)
            self._begin(self._new(webhook, url, changed.status, body, video=video.id, at=changed.at, what=what))

    def test(self, webhook: Webhook) -> Delivery:
        """Tell a webhook that it works."""
        at = self.clock.now()
        body = to_json({"type": "webhook.test", "content": {"webhook": webhook.id, "at": at}}).decode("utf-8")
        return self._begin(replace(self._new(webhook.id, webhook.url, "test", body, at=at), asked=True))

    def replay(self, webhook: Webhook, id: str) -> Delivery:
        """Tell the same once more, as a delivery of its own. Raises: NotFound."""
        told = self._find(id)
        if told is None or told.webhook != webhook.id:
            raise NotFound(f"Expected a delivery of the webhook {webhook.id}, found none with id {id[:40]}.")
        at = self.clock.now()
        new = self._new(webhook.id, webhook.url, told.event, told.body, video=told.video, at=at)
        return self._begin(replace(new, asked=True))

    def of(self, webhook: Webhook, *, limit: int, after: str = "") -> tuple[Delivery, ...]:
        """What a webhook was told, the last first; `after` is the last of the page before."""
        own = Condition(field="webhook", operator="==", value=webhook.id)
        found = self.documents.query(COLLECTION, [own], limit=limit, after=after)
        return tuple(from_fields(Delivery, document.fields, source="delivery") for document in found)

    def attempt(self, due: WebhookDue) -> None:
        """Try a delivery whose time has come, unless that was done already. Raises: Transient."""
        delivery = self._find(due.delivery)
        if delivery is None or delivery.state != PENDING:
            return
        if due.attempt == len(delivery.tries) + 1:
            self._hold(delivery)
            webhook = self.registered.find(delivery.webhook) if delivery.webhook else None
            called = delivery.asked or webhook is None or not webhook.paused_at
            delivery = self._tried(delivery, *self._call(delivery, webhook)) if called else self._passed_over(delivery)
            if called and webhook is not None and delivery.state != PENDING:
                self.registered.count(webhook, delivered=delivery.state == DELIVERED)
        if delivery.state == PENDING:
            self._ask(delivery)

    def delete(self, user: str, id: str) -> None:
        """Delete a webhook, and what it was told. Raises: NotFound."""
        self.registered.delete(user, id)
        remove_found(self.documents, COLLECTION, [Condition(field="webhook", operator="==", value=id)])

    def delete_all(self, user: str) -> None:
        """With the account."""
        for webhook in self.registered.of(user):
            self.delete(user, webhook.id)

    def forget_expired(self) -> None:
        """Let go what was kept long enough, where the store does not do so by itself."""
        over = Condition(field="expires_at", operator="<=", value=self.clock.now())
        remove_found(self.documents, COLLECTION, [over], limit=_FORGOTTEN_AT_ONCE)

    # --- one delivery

    def _new(self, webhook: str, url: str, event: str, body: str, *, at: float, video: str = "", what: str = "") -> Delivery:
        """Ids in the order of time, the last first."""
        id = f"{_END_OF_TIME - int(at * 1000):014d}-{what or secrets.token_hex(10)}"
        return Delivery(
            id=id, webhook=webhook, url=url, video=video, event=event, body=body, created_at=at,
            expires_at=at + KEPT_DAYS * DAY_SECONDS,
        )  # fmt: skip

    def _begin(self, delivery: Delivery) -> Delivery:
        try:
            self.documents.commit([Write(collection=COLLECTION, id=delivery.id, fields=to_fields(delivery), expected=None)])
        except Conflict:
            known = self._find(delivery.id)
            if known is None or known.state != PENDING:
                return known or delivery
            delivery = known
        self._ask(delivery)
        return delivery

    def _ask(self, delivery: Delivery) -> None:
        due = WebhookDue(video=delivery.video, delivery=delivery.id, attempt=len(delivery.tries) + 1)
        self.publisher.publish(TOPIC, due, delay_seconds=max(0.0, delivery.next_at - self.clock.now()))

    def _hold(self, delivery: Delivery) -> None:
        """Have a delivery to oneself while it is called. Raises: Unavailable, when another has it; Conflict."""
        now = self.clock.now()

        def decide(found: Delivery | None) -> Delivery:
            if found is None or found.held_until > now or len(found.tries) != len(delivery.tries):
                raise Unavailable(f"Expected the delivery {delivery.id} to be free, found that another calls or has called it.")
            return replace(found, held_until=now + HELD_SECONDS)

        change_as(self.documents, COLLECTION, delivery.id, Delivery, decide)

    def _passed_over(self, delivery: Delivery) -> Delivery:
        return self._tried(delivery, Try(at=self.clock.now(), status=0, answer=NOT_CALLED, seconds=0.0), again=False)

    def _call(self, delivery: Delivery, webhook: Webhook | None) -> tuple[Try, bool]:
        """The try, and whether another may help."""
        started = self.clock.now()
        if delivery.webhook and webhook is None:
            return Try(at=started, status=0, answer="The webhook was deleted.", seconds=0.0), False
        secret = webhook.secret if webhook else ""
        call = WebhookCall(id=delivery.id, url=delivery.url, body=delivery.body.encode("utf-8"), secret=secret)
        try:
            answer = self.network.send(call)
        except AiprodError as error:
            took = self.clock.now() - started
            return Try(at=started, status=0, answer=str(error), seconds=round(took, 3)), isinstance(error, Transient)
        again = answer.status >= 500 or answer.status in WAITING
        return _try(started, answer), again

    def _tried(self, delivery: Delivery, tried: Try, again: bool) -> Delivery:
        number = len(delivery.tries)
        state: State = DELIVERED if 200 <= tried.status < 300 else PENDING if again and number < len(self.waits) else FAILED
        next_at = self.clock.now() + self.waits[number] if state == PENDING else 0.0

        def decide(found: Delivery | None) -> Delivery | None:
            if found is None or len(found.tries) != number:
                return found
            return replace(found, tries=(*found.tries, tried), state=state, next_at=next_at, held_until=0.0)

        kept = change_as(self.documents, COLLECTION, delivery.id, Delivery, decide)
        logger().info(
            "webhook called", delivery=delivery.id, webhook=delivery.webhook, status=tried.status, state=state,
            attempt=number + 1, reason="" if tried.status else tried.answer,
        )  # fmt: skip
        return kept or replace(delivery, state=FAILED)

    def _find(self, id: str) -> Delivery | None:
        found = self.documents.get(COLLECTION, id)
        return from_fields(Delivery, found.fields, source="delivery") if found else None


def _try(at: float, answer: WebhookAnswer) -> Try:
    return Try(at=at, status=answer.status, answer=answer.text[:1000], seconds=round(answer.seconds, 3))
