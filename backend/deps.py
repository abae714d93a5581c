"""What routes ask for: the services, and who asks, with the rights that the route needs."""

from collections.abc import Awaitable, Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Annotated, ParamSpec, TypeVar

from fastapi import Depends, Path, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from aiprod.errors import NotAllowed, NotFound, NotSignedIn
from aiprod.library import Entry
from backend.auth import COOKIE, SIGN_IN, Person, identify
from backend.services import Services

P = ParamSpec("P")
T = TypeVar("T")
VIDEO_ID = r"^[0-9a-f]{8,40}$"
bearer = HTTPBearer(auto_error=False, scheme_name="bearer", description="A session's token or an API key.")
cookie = APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="cookie",
                      description="Set by logging in; changes also need the header X-CSRF-Token.")  # fmt: skip
SIGNED_IN = [Depends(bearer), Depends(cookie)]
"""For OpenAPI: the two ways to say who asks."""


def services_of(connection: HTTPConnection) -> Services:
    """The services of the application that was asked."""
    services: Services = connection.app.state.services
    return services


def at_once(rule: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """A rule that waits for nothing, for FastAPI to follow where it is: what is not async it hands to a thread, which costs
    more than the rule, and waits while all threads are busy."""

    @wraps(rule)
    async def follow(*given: P.args, **named: P.kwargs) -> T:
        return rule(*given, **named)

    return follow


Given = Annotated[Services, Depends(at_once(services_of))]


async def anybody(request: Request, services: Given) -> Person | None:
    """Who asks, who need not say so. Raises: NotSignedIn, when what they say is wrong; NotAllowed."""
    if services.app.settings.cloud == "local":
        # Three documents are read from this disk in less time than a thread is reached, and no writer keeps a reader waiting.
        person = identify(services, request)
    else:
        person = await run_in_threadpool(identify, services, request)
    if person is not None:
        request.scope["user_id"] = person.user.id
        request.scope["api_key_id"] = person.key
    return person


def somebody(person: Annotated[Person | None, Depends(anybody)]) -> Person:
    """Somebody who is known. Raises: NotSignedIn."""
    if person is None:
        raise NotSignedIn(SIGN_IN)
    return person


Somebody = Annotated[Person, Depends(at_once(somebody))]


def reader(person: Somebody) -> Person:
    """Somebody who may read videos. Raises: NotAllowed."""
    return _having(person, "videos:read")


def writer(person: Somebody) -> Person:
    """Somebody who may ask for videos and change them. Raises: NotAllowed."""
    return _having(person, "videos:write")


def in_session(person: Somebody) -> Person:
    """Somebody who signed in: an account is not for programs. Raises: NotAllowed."""
    if person.claims is None:
        raise NotAllowed("Expected a session, found an API key; accounts are changed by who signed in.")
    return person


InSession = Annotated[Person, Depends(at_once(in_session))]


def admin(person: InSession) -> Person:
    """An admin. Raises: NotAllowed."""
    if not person.user.admin:
        raise NotAllowed("Expected an admin, found somebody else.")
    return person


Anybody = Annotated[Person | None, Depends(anybody)]
Reader = Annotated[Person, Depends(at_once(reader))]
Writer = Annotated[Person, Depends(at_once(writer))]
Admin = Annotated[Person, Depends(at_once(admin))]
VideoId = Annotated[str, Path(pattern=VIDEO_ID, description="The video's id.", examples=["3f0c9a51be77"])]
SceneNumber = Annotated[int, Path(ge=1, le=200)]


def caller(connection: HTTPConnection) -> str:
    """The address of who calls, as far as limits go: whoever has an IPv6 address has all of its network's."""
    host = connection.client.host if connection.client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else host


def readable(services: Services, person: Person | None, id: str) -> Entry:
    """A video that they may see: their own, a public one, any for an admin. Raises: NotFound, also where they may not,
    so that nobody learns which ids there are; NotAllowed (a key without the scope)."""
    if person is not None:
        _having(person, "videos:read")
    entry = services.library.entry(id)
    if not (entry.public or is_own(person, entry) or (person is not None and person.user.admin)):
        raise NotFound(f"Expected a video, found none with id {id}.")
    return entry


def own(services: Services, person: Person, id: str) -> Entry:
    """A video that they may change: their own, any for an admin. Raises: NotFound, NotAllowed (a public one)."""
    entry = readable(services, person, id)
    if not (is_own(person, entry) or person.user.admin):
        raise NotAllowed("Expected a video of your own, found somebody else's; only its owner changes it.")
    return entry


def is_own(person: Person | None, entry: Entry) -> bool:
    """Whether it is theirs."""
    return person is not None and entry.owner == person.user.id


def _having(person: Person, scope: str) -> Person:
    if scope not in person.scopes and not (scope == "videos:read" and "videos:write" in person.scopes):
        raise NotAllowed(f"Expected an API key with the scope {scope}, found one with {', '.join(person.scopes)}.")
    return person
