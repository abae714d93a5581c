"""From a request's headers and cookies to somebody: a session's token, in a cookie or as Bearer, or a program's key.

Knows cookies and headers. A cookie comes by itself with any request that a browser makes, so whoever changes something by
it must also send back the session's mark, which only our own pages can read.
"""

import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response

from aiprod.accounts.api_keys import SCOPES, is_api_key
from aiprod.accounts.tokens import DAYS, Claims
from aiprod.accounts.users import User
from aiprod.errors import NotAllowed, NotFound, NotSignedIn
from aiprod.units import DAY_SECONDS
from backend.services import Services

COOKIE = "aiprod_session"
MARK_HEADER = "x-csrf-token"
MARK_COOKIE = "aiprod_csrf"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SIGN_IN = "Expected a session or an API key that counts, found none; sign in, or send `Authorization: Bearer`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who asks, and what for; `claims` is the session, None for a program's key, whose id is `key`."""

    user: User
    scopes: tuple[str, ...]
    claims: Claims | None
    key: str = ""


def identify(services: Services, connection: HTTPConnection) -> Person | None:
    """Who asks; None where nothing says so. A browser keeps the cookie of a session that was ended elsewhere, and sends it
    with what everybody may see, too: it is nobody's. Raises: NotSignedIn, NotAllowed (a cookie without its mark)."""
    given = connection.headers.get("authorization", "")
    if given:
        scheme, _, text = given.partition(" ")
        if scheme.lower() != "bearer" or not text.strip():
            raise NotSignedIn(SIGN_IN)
        return _by_bearer(services, text.strip())
    cookie = connection.cookies.get(COOKIE, "")
    if not cookie:
        return None
    try:
        user, claims = services.sessions.read(cookie)
    except NotSignedIn:
        return None
    if connection.scope["type"] == "websocket":
        check_origin(connection.headers)
    elif connection.scope["method"] not in SAFE_METHODS:
        check_origin(connection.headers)
        _check_mark(services, connection.headers, claims)
    return Person(user=user, scopes=SCOPES, claims=claims)


def _by_bearer(services: Services, text: str) -> Person:
    if not is_api_key(text):
        user, claims = services.sessions.read(text)
        return Person(user=user, scopes=SCOPES, claims=claims)
    key = services.keys.read(text)
    try:
        user = services.users.get(key.user)
    except NotFound as error:
        raise NotSignedIn("Expected an API key that counts, found one of an account that is gone.") from error
    if user.disabled:
        raise NotSignedIn("Expected an API key that counts, found one of an account that was disabled.")
    return Person(user=user, scopes=key.scopes, claims=None, key=key.id)


def check_origin(headers: Headers) -> None:
    """A page of another site may not use our cookies. Raises: NotAllowed."""
    origin = headers.get("origin", "")
    if headers.get("sec-fetch-site", "same-origin") == "cross-site" or (
        origin and urlsplit(origin).netloc != headers.get("host", "")
    ):
        raise NotAllowed("Expected a request of our own pages, found one of another site.")


def _check_mark(services: Services, headers: Headers, claims: Claims) -> None:
    wanted = services.sessions.keyring.mark(claims.session)
    if not hmac.compare_digest(headers.get(MARK_HEADER, "").encode("utf-8"), wanted.encode("ascii")):
        raise NotAllowed(f"Expected the session's mark in the header {MARK_HEADER}, found none or another one.")


def set_cookies(services: Services, response: Response, token: str, claims: Claims) -> None:
    """Keep a session in the browser: the token where no script reads it, the mark where our own does."""
    secure, seconds = services.settings.secure_cookies, DAYS * DAY_SECONDS
    response.set_cookie(COOKIE, token, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")
    mark = services.sessions.keyring.mark(claims.session)
    response.set_cookie(MARK_COOKIE, mark, max_age=seconds, path="/", secure=secure, httponly=False, samesite="strict")


def clear_cookies(services: Services, response: Response) -> None:
    """Forget the session in the browser."""
    for name in (COOKIE, MARK_COOKIE):
        response.delete_cookie(name, path="/", secure=services.settings.secure_cookies, httponly=name == COOKIE)
