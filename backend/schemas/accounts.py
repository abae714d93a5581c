"""Accounts, sessions and keys, as requests and answers."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from backend.schemas.body import Body

Password = Annotated[str, Field(max_length=256, examples=["correct horse battery"])]
Email = Annotated[str, Field(max_length=254, examples=["jane@mail.org"])]


class Registration(Body):
    """A new account."""

    email: Email
    password: Annotated[str, Field(max_length=256, description="10 to 256 characters.")]
    code: Annotated[str, Field(max_length=20, description="The access code of the hour.", examples=["K7QH2XWP"])]


class SignIn(Body):
    """Address and password of an account."""

    email: Email
    password: Password


class PasswordChange(Body):
    """A new password; every session ends but the one that comes back."""

    old: Password
    new: Password


class Confirmation(Body):
    """The password again, before what cannot be undone."""

    password: Password


class KeyRequest(Body):
    """A new API key."""

    name: Annotated[str, Field(min_length=1, max_length=60, examples=["my blog"])]
    scopes: Annotated[list[Literal["videos:read", "videos:write"]], Field(min_length=1, max_length=2)]


class QuotaState(BaseModel):
    """How many videos an account has had; `limit` is null where it may have any number."""

    used: int = Field(examples=[1])
    limit: int | None = Field(examples=[2])
    at_work: int = Field(examples=[1])


class Account(BaseModel):
    """The account of who asks."""

    id: str
    email: str
    admin: bool
    tier: str
    created_at: float = Field(description="Seconds since 1970 UTC, as every time here.")
    quota: QuotaState


class Session(BaseModel):
    """A session: the token for programs, the mark that a page sends back as X-CSRF-Token."""

    token: str
    csrf_token: str
    expires_at: float
    account: Account


class Mark(BaseModel):
    """The session's mark."""

    csrf_token: str


class Key(BaseModel):
    """An API key, without what opens the door."""

    id: str
    name: str
    scopes: list[str]
    created_at: float


class NewKey(Key):
    """A new API key; its text is shown this once."""

    key: str
