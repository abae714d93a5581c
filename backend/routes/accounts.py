"""Registering, logging in and out, one's account, its keys."""

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from aiprod.accounts.api_keys import ApiKey
from aiprod.accounts.sessions import PASSWORDS_ASKED_AGAIN
from aiprod.accounts.tokens import Claims
from aiprod.accounts.users import User
from backend.auth import check_origin, clear_cookies, set_cookies
from backend.deps import SIGNED_IN, Given, InSession, Somebody, caller
from backend.members import quota_of
from backend.observing import noted
from backend.problems import described
from backend.routing import Route
from backend.schemas import accounts as schemas
from backend.services import Services

router = APIRouter(route_class=Route, prefix="/api/v1", tags=["accounts"])


def _account(services: Services, user: User) -> schemas.Account:
    quota = quota_of(services, user)
    return schemas.Account(
        id=user.id, email=user.email, admin=user.admin, tier=user.tier, created_at=user.created_at, quota=quota
    )


def _opened(services: Services, response: Response, user: User, token: str, claims: Claims) -> schemas.Session:
    set_cookies(services, response, token, claims)
    return schemas.Session(
        token=token, csrf_token=services.sessions.keyring.mark(claims.session), expires_at=claims.expires_at,
        account=_account(services, user),
    )  # fmt: skip


@router.post("/accounts", status_code=201, responses=described(403, 409, 422, 429))
async def register(
    request: Request, response: Response, services: Given, body: schemas.Registration
) -> schemas.Session:
    """Make an account with the access code of the hour, and sign in."""
    check_origin(request.headers)

    def enter() -> schemas.Session:
        user = services.sessions.register(body.email, body.password, body.code, caller(request))
        noted(request.scope, user=user.id)
        return _opened(services, response, user, *services.sessions.open(user))

    return await services.door.do(enter)


@router.post("/session", responses=described(401, 403, 422, 429))
async def sign_in(request: Request, response: Response, services: Given, body: schemas.SignIn) -> schemas.Session:
    """Sign in: the token is set as a cookie for pages, and told for programs."""
    check_origin(request.headers)

    def enter() -> schemas.Session:
        noted(request.scope, user=services.users.id_of(body.email))
        user, token, claims = services.sessions.sign_in(body.email, body.password, caller(request))
        return _opened(services, response, user, token, claims)

    return await services.door.do(enter)


@router.get("/session", dependencies=SIGNED_IN, responses=described(401, 403))
def read_session(services: Given, person: InSession) -> schemas.Mark:
    """The mark that a page sends back as X-CSRF-Token with every change."""
    session = person.claims.session if person.claims else ""
    return schemas.Mark(csrf_token=services.sessions.keyring.mark(session))


@router.delete("/session", status_code=204, dependencies=SIGNED_IN, responses=described(401, 403))
def sign_out(response: Response, services: Given, person: InSession) -> None:
    """End the session: its token counts no more."""
    if person.claims:
        services.sessions.end(person.claims)
    clear_cookies(services, response)


@router.get("/account", dependencies=SIGNED_IN, responses=described(401))
def read_account(services: Given, person: Somebody) -> schemas.Account:
    """Who asks, and how many videos they have had."""
    return _account(services, person.user)


@router.put("/account/password", dependencies=SIGNED_IN, responses=described(401, 403, 422, 429))
async def change_password(
    response: Response, services: Given, person: InSession, body: schemas.PasswordChange
) -> schemas.Session:
    """A new password: every session ends, and a new one is opened."""

    def change() -> schemas.Session:
        services.attempts.count(PASSWORDS_ASKED_AGAIN, person.user.id)
        user = services.users.change_password(person.user, body.old, body.new)
        services.attempts.forget(PASSWORDS_ASKED_AGAIN, user.id)
        return _opened(services, response, user, *services.sessions.open(user))

    return await services.door.do(change)


@router.delete("/account/sessions", status_code=204, dependencies=SIGNED_IN, responses=described(401, 403))
def end_sessions(response: Response, services: Given, person: InSession) -> None:
    """Sign out everywhere: every session of the account ends, this one too."""
    services.users.end_sessions(person.user)
    clear_cookies(services, response)


@router.post("/account/delete", status_code=204, dependencies=SIGNED_IN, responses=described(401, 403, 422, 429))
async def delete_account(response: Response, services: Given, person: InSession, body: schemas.Confirmation) -> None:
    """Delete the account and its films, for good."""

    def confirm() -> None:
        services.attempts.count(PASSWORDS_ASKED_AGAIN, person.user.id)
        services.users.confirm(person.user, body.password)

    await services.door.do(confirm)
    await run_in_threadpool(services.delete_user, person.user)
    clear_cookies(services, response)


def _key(key: ApiKey) -> schemas.Key:
    return schemas.Key(id=key.id, name=key.name, scopes=list(key.scopes), created_at=key.created_at)


@router.get("/account/keys", dependencies=SIGNED_IN, responses=described(401, 403))
def list_keys(services: Given, person: InSession) -> list[schemas.Key]:
    """The account's API keys."""
    return [_key(key) for key in services.keys.of(person.user.id)]


@router.post("/account/keys", status_code=201, dependencies=SIGNED_IN, responses=described(401, 403, 422))
def create_key(request: Request, services: Given, person: InSession, body: schemas.KeyRequest) -> schemas.NewKey:
    """A new API key; its text is told this once."""
    key, text = services.keys.create(person.user.id, body.name, tuple(body.scopes))
    noted(request.scope, on=key.id)
    return schemas.NewKey(**_key(key).model_dump(), key=text)


@router.delete("/account/keys/{key}", status_code=204, dependencies=SIGNED_IN, responses=described(401, 403, 404))
def revoke_key(services: Given, person: InSession, key: str) -> None:
    """Let a key open nothing from now on."""
    services.keys.revoke(person.user.id, key)
