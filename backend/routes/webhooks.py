"""One's webhooks: where to call when a video changes, what was told, telling it again."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from aiprod.accounts import deliveries, webhooks
from backend.deps import SIGNED_IN, Given, InSession
from backend.observing import noted
from backend.problems import described
from backend.routing import Route
from backend.schemas.webhooks import Call, Deliveries, Delivery, NewWebhook, Webhook, WebhookRequest

router = APIRouter(route_class=Route, prefix="/api/v1/account/webhooks", tags=["webhooks"], dependencies=SIGNED_IN)
WebhookId = Annotated[str, Path(pattern=r"^[0-9a-f]{1,40}$", examples=["5d1e0c77a2b94f60"])]
DELIVERY_ID = r"[0-9]{14}-[0-9a-f]{20}"
DeliveryId = Annotated[str, Path(pattern=f"^{DELIVERY_ID}$", examples=["98209999999999-3f0c9a51be7702d4c6aa"])]


def _webhook(webhook: webhooks.Webhook) -> Webhook:
    return Webhook(
        id=webhook.id, url=webhook.url, events=list(webhook.events), created_at=webhook.created_at,
        paused_at=webhook.paused_at or None,
    )  # fmt: skip


def _delivery(delivery: deliveries.Delivery) -> Delivery:
    calls = [Call(at=one.at, status=one.status or None, answer=one.answer, seconds=one.seconds) for one in delivery.tries]
    return Delivery(
        id=delivery.id, event=delivery.event, video=delivery.video, state=delivery.state, created_at=delivery.created_at,
        body=delivery.body, tries=calls, next_at=delivery.next_at or None,
    )  # fmt: skip


@router.get("", responses=described(401, 403))
def list_webhooks(services: Given, person: InSession) -> list[Webhook]:
    """The account's webhooks."""
    return [_webhook(one) for one in services.webhooks.registered.of(person.user.id)]


@router.post("", status_code=201, responses=described(401, 403, 422, 429, 503))
def create_webhook(request: Request, services: Given, person: InSession, body: WebhookRequest) -> NewWebhook:
    """Call an address when one's videos change; the secret that signs the calls is told this once."""
    services.count_request(person.user)
    made = services.webhooks.registered.create(person.user.id, body.url, body.events)
    noted(request.scope, on=made.id)
    return NewWebhook(**_webhook(made).model_dump(), secret=made.secret)


@router.put("/{webhook}", responses=described(401, 403, 404, 422, 429))
def save_webhook(services: Given, person: InSession, webhook: WebhookId, body: WebhookRequest) -> Webhook:
    """Call another address, or for other changes; the secret stays, and a pause ends."""
    services.count_request(person.user)
    return _webhook(services.webhooks.registered.save(person.user.id, webhook, body.url, body.events))


@router.delete("/{webhook}", status_code=204, responses=described(401, 403, 404, 422))
def delete_webhook(services: Given, person: InSession, webhook: WebhookId) -> None:
    """Call an address no more; what it was told is forgotten."""
    services.webhooks.delete(person.user.id, webhook)


@router.post("/{webhook}/test", status_code=202, responses=described(401, 403, 404, 422, 429))
def test_webhook(services: Given, person: InSession, webhook: WebhookId) -> Delivery:
    """Call an address to see whether it listens; the deliveries tell what it answered."""
    services.count_request(person.user)
    return _delivery(services.webhooks.test(services.webhooks.registered.get(person.user.id, webhook)))


@router.get("/{webhook}/deliveries", responses=described(401, 403, 404, 422))
def list_deliveries(
    services: Given,
    person: InSession,
    webhook: WebhookId,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str, Query(pattern=f"^({DELIVERY_ID})?$", description="`next` of the page before.")] = "",
) -> Deliveries:
    """What a webhook was told in the last 30 days, the last first, with every try and its answer."""
    found = services.webhooks.of(services.webhooks.registered.get(person.user.id, webhook), limit=limit, after=cursor)
    return Deliveries(items=[_delivery(one) for one in found], next=found[-1].id if len(found) == limit else None)


@router.post("/{webhook}/deliveries/{delivery}/replay", status_code=202, responses=described(401, 403, 404, 422, 429))
def replay_delivery(services: Given, person: InSession, webhook: WebhookId, delivery: DeliveryId) -> Delivery:
    """Tell a webhook the same once more."""
    services.count_request(person.user)
    return _delivery(services.webhooks.replay(services.webhooks.registered.get(person.user.id, webhook), delivery))
