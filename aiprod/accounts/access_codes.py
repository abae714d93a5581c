"""The access code that registering needs: eight characters, another one every hour. Knows no user.

The code before stays valid for ten minutes, for who is just typing it. The first admin's code is another one: it is made
where there is no admin yet, and goes with the first account that it opens.
"""

import hmac
import secrets
from dataclasses import dataclass

from aiprod.compare_and_set import change, change_as
from aiprod.ports import Clock, Documents

COLLECTION = "access_codes"
CURRENT = "current"
FIRST_ADMIN = "first-admin"
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ123456789"
"""Capitals and digits without O, I and 0."""
CHARACTERS = 8
LIFE_SECONDS = 3600.0
GRACE_SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCode:
    """The code, since when it counts, and the one before, until when that does (seconds since 1970 UTC)."""

    code: str
    since: float
    before: str = ""
    before_until: float = 0.0

    @property
    def until(self) -> float:
        """When the next one takes its place."""
        return self.since + LIFE_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCodes:
    """The code of the hour."""

    documents: Documents
    clock: Clock

    def current(self) -> AccessCode:
        """The code now; a new one where its hour is over."""
        return self._turn(even_if_fresh=False)

    def rotate(self) -> AccessCode:
        """A new code at once; the one before stays valid ten minutes."""
        return self._turn(even_if_fresh=True)

    def accepts(self, given: str) -> bool:
        """Whether registering with it is allowed now."""
        now, code = self.clock.now(), self.current()
        wanted = tidy(given)
        fresh = _same(wanted, code.code)
        before = _same(wanted, code.before) and now < code.before_until
        return fresh or before

    def _turn(self, *, even_if_fresh: bool) -> AccessCode:
        now, fresh = self.clock.now(), draw_code()

        def decide(old: AccessCode | None) -> AccessCode:
            if old is None:
                return AccessCode(code=fresh, since=now)
            if now < old.until and not even_if_fresh:
                return old
            until = min(now, old.until) + GRACE_SECONDS
            return AccessCode(code=fresh, since=now, before=old.code, before_until=until)

        return change_as(self.documents, COLLECTION, CURRENT, AccessCode, decide)

    def first_admin(self) -> str:
        """The first admin's code, made when it is asked for the first time."""
        fresh = draw_code()
        kept = change(self.documents, COLLECTION, FIRST_ADMIN, lambda fields: fields or {"code": fresh})
        return str(kept["code"]) if kept else fresh

    def is_first_admins(self, given: str) -> str:
        """Version of the first admin's code when it is the given one, to be deleted with its use; "" otherwise."""
        found = self.documents.get(COLLECTION, FIRST_ADMIN)
        return found.version if found and _same(tidy(given), str(found.fields["code"])) else ""


def draw_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS))


def tidy(given: str) -> str:
    """A code as people type it: in any case, with blanks or hyphens between."""
    return "".join(character for character in given.upper() if character not in " -")


def _same(given: str, code: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8"), code.encode("utf-8")) and bool(code)
