"""Users: an e-mail address, what is kept of a password, a role, a tier. Knows no token and no film.

An address belongs to one user: its own document is written together with the user's.
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from aiprod.accounts.access_codes import COLLECTION as CODES
from aiprod.accounts.access_codes import FIRST_ADMIN, AccessCodes
from aiprod.accounts.passwords import Passwords
from aiprod.compare_and_set import change_as, remove
from aiprod.encoding import from_fields, to_fields
from aiprod.errors import AlreadyExists, Conflict, InvalidInput, NotAllowed, NotFound, NotSignedIn
from aiprod.ports import Clock, Condition, Documents, Write

USERS = "users"
EMAILS = "emails"
MOST_EMAIL_CHARACTERS = 254
_LAST_CHARACTER = "\U0010ffff"
_EMAIL = re.compile(r"[^\s@<>\"'(),:;\\\[\]\x00-\x1f\x7f]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody with an account. `epoch` counts the times that all their sessions were ended at once; who is `disabled` is
    let in nowhere; `signed_in_at` is the last time (seconds since 1970 UTC; 0: never)."""

    id: str
    email: str
    password: str
    created_at: float
    admin: bool = False
    tier: str = "free"
    epoch: int = 0
    signed_in_at: float = 0.0
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """Everybody with an account."""

    documents: Documents
    passwords: Passwords
    codes: AccessCodes
    clock: Clock

    def register(self, email: str, password: str, code: str) -> User:
        """A new account. Raises: InvalidInput, NotAllowed (the code), AlreadyExists."""
        address = read_email(email)
        kept = self.passwords.keep(password)
        first = self.codes.is_first_admins(code)
        if not first and not self.codes.accepts(code):
            raise NotAllowed("Expected the access code of the hour, found another one; ask an admin for it.")
        now = self.clock.now()
        user = User(
            id=secrets.token_hex(10), email=address, password=kept, created_at=now, admin=bool(first), signed_in_at=now
        )
        writes = [
            Write(collection=EMAILS, id=_email_id(address), fields={"user": user.id}, expected=None),
            Write(collection=USERS, id=user.id, fields=to_fields(user), expected=None),
        ]
        if first:
            writes.append(Write(collection=CODES, id=FIRST_ADMIN, fields=None, expected=first))
        try:
            self.documents.commit(writes)
        except Conflict as error:
            raise AlreadyExists(
                "Expected an address without an account, found one that has it; sign in instead."
            ) from error
        return user

    def check(self, email: str, password: str) -> User:
        """Whose address and password they are; a wrong one of either takes as long. Raises: NotSignedIn."""
        user = self._by_email(email)
        if self.passwords.matches(password, user.password if user else "") and user is not None:
            return user
        raise NotSignedIn("Expected the address and the password of an account, found that they do not go together.")

    def get(self, id: str) -> User:
        """Raises: NotFound."""
        found = self.documents.get(USERS, id)
        if found is None:
            raise NotFound(f"Expected a user, found none with id {id}.")
        return from_fields(User, found.fields, source=f"user {id}")

    def all(self, *, limit: int, after: str = "", beginning: str = "") -> tuple[User, ...]:
        """Users in the order of their addresses, of those that begin so; `after` is the id of the last of the page before."""
        begun = beginning.strip().casefold()
        # A beginning is what both stores find by order: neither looks into the middle of a text.
        conditions = [
            Condition(field="email", operator=">=", value=begun),
            Condition(field="email", operator="<", value=begun + _LAST_CHARACTER),
        ] if begun else []  # fmt: skip
        found = self.documents.query(USERS, conditions, order_by="email", limit=limit, after=after)
        return tuple(from_fields(User, document.fields, source=document.id) for document in found)

    def change_password(self, user: User, old: str, new: str) -> User:
        """A new password; every session ends. Raises: NotAllowed, InvalidInput."""
        self.confirm(user, old)
        kept = self.passwords.keep(new)
        return self._change(user.id, lambda found: replace(found, password=kept, epoch=found.epoch + 1))

    def end_sessions(self, user: User) -> None:
        """End every session of an account."""
        self._change(user.id, lambda found: replace(found, epoch=found.epoch + 1))

    def confirm(self, user: User, password: str) -> None:
        """Ask again for the password, before what cannot be undone. Raises: NotAllowed."""
        if not self.passwords.matches(password, user.password):
            raise NotAllowed("Expected the account's password, found another one.")

    def set_tier(self, id: str, tier: str) -> User:
        """Raises: NotFound."""
        return self._change(id, lambda found: replace(found, tier=tier))

    def set_disabled(self, id: str, *, disabled: bool) -> User:
        """Let somebody in nowhere from now on, or again; every session ends. Raises: NotFound."""
        return self._change(id, lambda found: replace(found, disabled=disabled, epoch=found.epoch + 1))

    def mark_signed_in(self, id: str) -> User:
        """Remember that somebody signed in just now. Raises: NotFound."""
        now = self.clock.now()
        return self._change(id, lambda found: replace(found, signed_in_at=now))

    def id_of(self, email: str) -> str:
        """Whose address it is; "" where it is nobody's."""
        named = self.documents.get(EMAILS, _email_id(email.strip().casefold()))
        return str(named.fields["user"]) if named else ""

    def delete(self, user: User) -> None:
        """Forget an account; its address is free again."""
        for collection, id in ((EMAILS, _email_id(user.email)), (USERS, user.id)):
            remove(self.documents, collection, id)

    def _by_email(self, email: str) -> User | None:
        id = self.id_of(email)
        found = self.documents.get(USERS, id) if id else None
        return from_fields(User, found.fields, source="user") if found else None

    def _change(self, id: str, alter: Callable[[User], User]) -> User:
        def decide(found: User | None) -> User:
            if found is None:
                raise NotFound(f"Expected a user, found none with id {id}.")
            return alter(found)

        return change_as(self.documents, USERS, id, User, decide)


def any_admin(documents: Documents) -> bool:
    """Whether there is an admin."""
    return bool(documents.query(USERS, [Condition(field="admin", operator="==", value=True)], limit=1))


def read_email(text: str) -> str:
    """An e-mail address as it is kept. Raises: InvalidInput."""
    address = text.strip().casefold()
    if len(address) > MOST_EMAIL_CHARACTERS or not _EMAIL.fullmatch(address):
        raise InvalidInput("email", expected="an address such as jane@mail.org", found=repr(text[:80]))
    return address


def _email_id(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8")).hexdigest()[:32]
