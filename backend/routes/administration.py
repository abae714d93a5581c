"""What admins see and do: the access code, accounts and their tiers, what waits, what could not be handled."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query

from aiprod.accounts.access_codes import AccessCode
from aiprod.accounts.users import User
from aiprod.errors import InvalidInput
from aiprod.events import video_of
from aiprod.subscriptions import RENDER_QUEUES
from aiprod.video import ClipStatus
from backend.deps import SIGNED_IN, Admin, Given
from backend.problems import described
from backend.schemas import administration as schemas
from backend.services import Services

MOST_COUNTED = 1000

router = APIRouter(prefix="/api/v1/admin", tags=["administration"], dependencies=SIGNED_IN)


def _code(services: Services, code: AccessCode) -> schemas.Code:
    before = code.before if services.app.clock.now() < code.before_until else ""
    return schemas.Code(code=code.code, until=code.until, before=before, before_until=code.before_until)


def _user(user: User) -> schemas.AdminUser:
    return schemas.AdminUser(
        id=user.id, email=user.email, admin=user.admin, tier=user.tier, created_at=user.created_at
    )


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
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str, Query(pattern=r"^[0-9a-f]{0,40}$")] = "",
) -> schemas.Users:
    """Accounts, page by page."""
    found = services.users.all(limit=limit, after=cursor)
    return schemas.Users(items=[_user(user) for user in found], next=found[-1].id if len(found) == limit else None)


@router.put("/users/{user}/tier", responses=described(401, 403, 404, 422))
def set_tier(services: Given, _: Admin, user: str, body: schemas.TierChange) -> schemas.AdminUser:
    """Give an account another tier."""
    if body.tier not in services.settings.tiers:
        raise InvalidInput("tier", expected=f"one of {', '.join(services.settings.tiers)}", found=repr(body.tier))
    return _user(services.users.set_tier(user, body.tier))


@router.get("/queue", responses=described(401, 403))
def read_queue(services: Given, _: Admin) -> schemas.Queue:
    """What is at work and what waits."""
    ledger = services.app.ledger
    at_work = [video for video in ledger.at_work() if not video.over]
    oldest = min((video.created_at for video in at_work), default=services.app.clock.now())
    return schemas.Queue(
        videos=Counter(video.status.value for video in at_work),
        oldest_seconds=round(services.app.clock.now() - oldest, 1),
        clips={name: len(ledger.clips_in(name, ClipStatus.REQUESTED, MOST_COUNTED)) for name in RENDER_QUEUES},
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
