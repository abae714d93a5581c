"""Accounts as the web shows them: to their users and to admins."""

from aiprod.accounts.users import User
from backend.schemas.accounts import QuotaState
from backend.schemas.administration import AdminUser
from backend.services import Services


def quota_of(services: Services, user: User) -> QuotaState:
    """How many videos an account has had, and may have."""
    usage, limit = services.quota.usage(user.id), services.tier(user).videos
    return QuotaState(used=usage.used, limit=limit or None, at_work=len(usage.held))


def listed(services: Services, user: User) -> AdminUser:
    """An account, as admins see it."""
    return AdminUser(
        id=user.id, email=user.email, admin=user.admin, tier=user.tier, created_at=user.created_at,
        signed_in_at=user.signed_in_at or None, disabled=user.disabled, quota=quota_of(services, user),
    )  # fmt: skip
