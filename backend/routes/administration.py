"""What admins see and do: the access code, accounts and their tiers, what waits, what could not be handled."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from aiprod.accounts.access_codes import AccessCode
from aiprod.accounts.users import MOST_EMAIL_CHARACTERS
from aiprod.errors import InvalidInput
from aiprod.events import video_of
from backend.deps import SIGNED_IN, Admin, Given
from backend.members import listed
from backend.observing import noted
from backend.problems import described
from backend.routing import Route
from backend.schemas import administration as schemas
from backend.services import Services

router = APIRouter(route_class=Route, prefix="/api/v1/admin", tags=["administration"], dependencies=SIGNED_IN)


def _code(services: Services, code: AccessCode) -> schemas.Code:
    before = code.before if services.app.clock.now() < code.before_until else ""
    return schemas.Code(code=code.code, until=code.until, before=before, before_until=code.before_until)


@router.get("/access-code", responses=described(401, 403))
def read_code(services: Given, _: Admin) -> schemas.Code:
    """The access code of the hour, which newcomers need."""
    return _code(services, services.codes.current())


@router.post("/access-code", responses=described(401, 403))
def rotate_code(services: Given, _: Admin) -> schemas.Code:
    """Another access code at once; the one before counts ten minutes more."""
    return _code(services, services.codes.rotate())


@router.get("/users", responses=described(401, 403, 422))
def list_users(
    services: Given,
    _: Admin,
    search: Annotated[str, Query(max_length=MOST_EMAIL_CHARACTERS, description="How the address begins.")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str, Query(pattern=r"^[0-9a-f]{0,40}$")] = "",
) -> schemas.Users:
    """Accounts by their addresses, page by page: all, or those whose address begins so."""
    found = services.users.all(limit=limit, after=cursor, beginning=search)
    return schemas.Users(
        items=services.several.each(lambda user: listed(services, user), found), next=found[-1].id if len(found) == limit else None,
        tiers=list(services.settings.tiers),
    )  # fmt: skip


@router.put("/users/{user}/tier", responses=described(401, 403, 404, 422))
def set_tier(request: Request, services: Given, _: Admin, user: str, body: schemas.TierChange) -> schemas.AdminUser:
    """Give an account another tier."""
    if body.tier not in services.settings.tiers:
        raise InvalidInput("tier", expected=f"one of {', '.join(services.settings.tiers)}", found=repr(body.tier))
    noted(request.scope, detail=body.tier)
    return listed(services, services.users.set_tier(user, body.tier))


@router.put("/users/{user}/disabled", responses=described(401, 403, 404, 422))
def set_disabled(request: Request, services: Given, person: Admin, user: str, body: schemas.AccountChange) -> schemas.AdminUser:
    """Let an account in nowhere from now on, or again; what it asked for is made all the same."""
    if user == person.user.id:
        raise InvalidInput("user", expected="somebody else's account", found="your own")
    noted(request.scope, detail="disabled" if body.disabled else "enabled")
    return listed(services, services.users.set_disabled(user, disabled=body.disabled))


@router.get("/queue", responses=described(401, 403))
def read_queue(services: Given, _: Admin) -> schemas.Queue:
    """What is at work and what waits."""
    readings = services.instruments.read()
    return schemas.Queue(
        videos=dict(readings.videos), oldest_seconds=readings.oldest_seconds, clips=dict(readings.clips)
    )


@router.get("/dead-letters", responses=described(401, 403, 503))
def list_dead_letters(services: Given, _: Admin) -> list[schemas.Letter]:
    """Events that could not be handled after every attempt."""
    return [
        schemas.Letter(
            id=letter.id, subscription=letter.subscription, event=type(letter.event).__name__ if letter.event else "",
            video=video_of(letter.event) if letter.event else "", attempts=letter.attempts, reason=letter.reason,
            at=letter.at,
        )
        for letter in services.app.dead_letters.look()
    ]  # fmt: skip


@router.post("/dead-letters/{letter}/replay", status_code=204, responses=described(401, 403, 404, 503))
def replay_dead_letter(services: Given, _: Admin, letter: str) -> None:
    """Send an event again, as new; for a video that has failed meanwhile, try the video again instead."""
    services.app.dead_letters.replay(letter)
