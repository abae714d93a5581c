"""What admins see and do: the access code, accounts and their tiers."""

from typing import Annotated

from fastapi import APIRouter, Query

from aiprod.accounts.access_codes import AccessCode
from aiprod.accounts.users import User
from aiprod.errors import InvalidInput
from backend import schemas
from backend.deps import SIGNED_IN, Admin, Given
from backend.problems import described
from backend.services import Services

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
