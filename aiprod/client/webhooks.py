"""One's webhooks: where to be called when a video changes, what was told, telling it again."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiprod.client.connection import Call, Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address that is called, without the secret; since `paused_at` it is not, because nobody listens there."""

    id: str
    url: str
    events: tuple[str, ...]
    created_at: float
    paused_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWebhook(Webhook):
    """A new webhook; its secret, which signs each call, is told this once."""

    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTry:
    """One try of a delivery; `status` is None where nothing was answered."""

    at: float
    status: int | None
    answer: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Something told to a webhook."""

    id: str
    event: str
    video: str
    state: str
    created_at: float
    body: str
    tries: tuple[DeliveryTry, ...]
    next_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """A page of deliveries."""

    items: tuple[Delivery, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    """The account's webhooks."""

    connection: Connection

    def all(self) -> list[Webhook]:
        """Every webhook of the account."""
        return self.connection.ask(list[Webhook], Call("GET", "/api/v1/account/webhooks"))

    def create(self, url: str, *events: str) -> NewWebhook:
        """Have an address called when one's videos enter these statuses; left out, when they are completed or fail."""
        body: dict[str, object] = {"url": url, "events": events} if events else {"url": url}
        return self.connection.ask(NewWebhook, Call("POST", "/api/v1/account/webhooks", body=body))

    def save(self, webhook: str, url: str, *events: str) -> Webhook:
        """Have another address called, or for other statuses; the secret stays, and a pause ends."""
        body: dict[str, object] = {"url": url, "events": events} if events else {"url": url}
        call = Call("PUT", "/api/v1/account/webhooks/{webhook}", parts={"webhook": webhook}, body=body)
        return self.connection.ask(Webhook, call)

    def delete(self, webhook: str) -> None:
        """Have an address called no more."""
        self.connection.tell(Call("DELETE", "/api/v1/account/webhooks/{webhook}", parts={"webhook": webhook}))

    def test(self, webhook: str) -> Delivery:
        """Have an address called to see whether it listens."""
        call = Call("POST", "/api/v1/account/webhooks/{webhook}/test", parts={"webhook": webhook})
        return self.connection.ask(Delivery, call)

    def deliveries(self, webhook: str) -> Iterator[Delivery]:
        """What a webhook was told, the last first, asked for page by page."""
        cursor: str | None = ""
        while cursor is not None:
            parts, query = {"webhook": webhook}, {"cursor": cursor or None}
            call = Call("GET", "/api/v1/account/webhooks/{webhook}/deliveries", parts=parts, query=query)
            page = self.connection.ask(Deliveries, call)
            yield from page.items
            cursor = page.next

    def replay(self, webhook: str, delivery: str) -> Delivery:
        """Have a webhook told the same once more."""
        parts = {"webhook": webhook, "delivery": delivery}
        call = Call("POST", "/api/v1/account/webhooks/{webhook}/deliveries/{delivery}/replay", parts=parts)
        return self.connection.ask(Delivery, call)
