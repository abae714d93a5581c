"""What admins send and are told."""

from typing import Annotated

from pydantic import BaseModel, Field

from backend.schemas.accounts import QuotaState
from backend.schemas.body import Body


class TierChange(Body):
    """An account's new tier."""

    tier: Annotated[str, Field(max_length=40, examples=["pro"])]


class Code(BaseModel):
    """The access code, and until when it is the one of the hour."""

    code: str = Field(examples=["K7QH2XWP"])
    until: float
    before: str = Field(description="The code before; empty where it counts no more.")
    before_until: float


class AccountChange(Body):
    """Whether an account may be used."""

    disabled: bool


class AdminUser(BaseModel):
    """An account, as admins see it."""

    id: str
    email: str
    admin: bool
    tier: str
    created_at: float
    signed_in_at: float | None = Field(description="When they last signed in; null where never.")
    disabled: bool = Field(description="Whether the account is let in nowhere.")
    quota: QuotaState


class Users(BaseModel):
    """A page of accounts."""

    items: list[AdminUser]
    next: str | None = Field(description="Cursor of the next page; null on the last.")
    tiers: list[str] = Field(description="Tiers that an account can have.", examples=[["free", "pro"]])


class Letter(BaseModel):
    """An event that could not be handled."""

    id: str
    subscription: str = Field(examples=["narration"])
    event: str = Field(description="What kind of event; empty where it cannot be read.")
    video: str
    attempts: int
    reason: str = Field(description="Empty where the cloud does not say.")
    at: float = Field(description="0 where the cloud does not say.")


class Queue(BaseModel):
    """What is at work and what waits."""

    videos: dict[str, int] = Field(description="Videos at work, by status.")
    oldest_seconds: float = Field(description="How long ago the oldest of them was asked for.")
    clips: dict[str, int] = Field(description="Clips that wait for a renderer, by queue; counted up to a thousand.")
