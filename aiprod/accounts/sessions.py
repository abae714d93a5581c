"""Sessions: from a password to a token, from a token to a user, and the list of those that were ended early.

Knows no cookie and no header.
"""

from dataclasses import dataclass

from aiprod.accounts.attempts import Attempts, Limit
from aiprod.accounts.log_ins import LogIns
from aiprod.accounts.tokens import SIGN_IN_AGAIN, Claims, Keyring
from aiprod.accounts.users import User, Users
from aiprod.compare_and_set import remove_found
from aiprod.errors import Conflict, NotAllowed, NotFound, NotSignedIn
from aiprod.ports import Clock, Condition, Documents, Write

REVOKED = "revoked_sessions"
MOST_FORGOTTEN_AT_ONCE = 20

REGISTRATIONS_OF_AN_ADDRESS = Limit(kind="registration address", most=20, window_seconds=3600.0)
REGISTRATIONS_OF_AN_ACCOUNT = Limit(kind="registration account", most=10, window_seconds=3600.0)
PASSWORDS_ASKED_AGAIN = Limit(kind="password again", most=10, window_seconds=900.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """Signs users in and out."""

    documents: Documents
    users: Users
    keyring: Keyring
    attempts: Attempts
    clock: Clock

    def register(self, email: str, password: str, code: str, address: str) -> User:
        """Raises: InvalidInput, NotAllowed, AlreadyExists, Throttled."""
        self.attempts.count(REGISTRATIONS_OF_AN_ADDRESS, address)
        self.attempts.count(REGISTRATIONS_OF_AN_ACCOUNT, f"{email.strip().casefold()}\0{address}")
        user = self.users.register(email, password, code)
        LogIns(attempts=self.attempts).succeed(user.email, address)
        return user

    def sign_in(self, email: str, password: str, address: str) -> tuple[User, str, Claims]:
        """The user, and the token of a new session. Raises: NotSignedIn, NotAllowed (disabled), Throttled."""
        account = email.strip().casefold()
        log_ins = LogIns(attempts=self.attempts)
        log_ins.count(account, address)
        user = self.users.check(email, password)
        if user.disabled:
            raise NotAllowed("Expected an account that may be used, found one that was disabled; ask an admin.")
        log_ins.succeed(account, address)
        return (self.users.mark_signed_in(user.id), *self.open(user))

    def open(self, user: User) -> tuple[str, Claims]:
        """The token of a new session, for who is known already."""
        return self.keyring.issue(user.id, user.epoch)

    def read(self, token: str) -> tuple[User, Claims]:
        """Whose token it is. Raises: NotSignedIn."""
        claims = self.keyring.read(token)
        try:
            user = self.users.get(claims.user)
        except NotFound as error:
            raise NotSignedIn(SIGN_IN_AGAIN.format(found="of an account that is gone")) from error
        if user.disabled or claims.epoch != user.epoch or self.documents.get(REVOKED, claims.session) is not None:
            raise NotSignedIn(SIGN_IN_AGAIN.format(found="ended"))
        return user, claims

    def end(self, claims: Claims) -> None:
        """Sign out: the token counts no more, though it is not expired."""
        fields = {"until": claims.expires_at}
        try:
            self.documents.commit([Write(collection=REVOKED, id=claims.session, fields=fields, expected=None)])
        except Conflict:
            return
        self._forget_expired()

    def _forget_expired(self) -> None:
        over = Condition(field="until", operator="<", value=self.clock.now())
        remove_found(self.documents, REVOKED, [over], limit=MOST_FORGOTTEN_AT_ONCE)
