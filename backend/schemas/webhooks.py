"""Webhooks in requests and answers."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from aiprod.accounts.webhooks import MOST_FAILED, USUAL_EVENTS
from aiprod.video import Status
from backend.schemas.body import Body


class WebhookRequest(Body):
    """An address to call when one's videos change."""

    url: Annotated[str, Field(max_length=2000, description="http or https, public.", examples=["https://mail.org/hook"])]
    events: list[Status] = Field(
        default_factory=lambda: [Status(one) for one in USUAL_EVENTS], min_length=1, max_length=len(Status),
        description="Statuses to be told of.",
    )  # fmt: skip


class Webhook(BaseModel):
    """An address that is called, without the secret."""

    id: str
    url: str
    events: list[str] = Field(examples=[["completed", "failed"]])
    created_at: float
    paused_at: float | None = Field(
        description=f"Since when it is called no more, because {MOST_FAILED} deliveries failed one after the other; null where it "
        "is not. A test that is taken, or saving it, ends the pause.", examples=[None],
    )  # fmt: skip


class NewWebhook(Webhook):
    """A new webhook; its secret is told this once."""

    secret: str = Field(description="Signs each call: HMAC-SHA256 of `SECONDS.BODY` in the header AIPROD-Signature.")


class Call(BaseModel):
    """One try of a delivery."""

    at: float
    status: int | None = Field(description="What was answered; null where nothing was.", examples=[200])
    answer: str = Field(description="The beginning of the answer, or why there was none.")
    seconds: float


class Delivery(BaseModel):
    """Something told to a webhook."""

    id: str = Field(description="Also in the call's header AIPROD-Delivery: the same one may come twice.")
    event: str = Field(description="A status, or `test`.", examples=["completed"])
    video: str = Field(description="Empty for a test.")
    state: Literal["pending", "delivered", "failed"]
    created_at: float
    body: str
    tries: list[Call]
    next_at: float | None = Field(description="When it is tried again; null where it is not.")


class Deliveries(BaseModel):
    """A page of deliveries."""

    items: list[Delivery]
    next: str | None = Field(description="Cursor of the next page; null on the last.")
