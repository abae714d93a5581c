"""Signing in and out, one's account, its keys."""

from dataclasses import dataclass

from aiprod.client.bodies import Account, Key, Mark, NewKey, Session
from aiprod.client.connection import Call, Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The account of who asks. Whatever opens a session has the client go on with it."""

    connection: Connection

    def register(self, email: str, password: str, code: str) -> Session:
        """Make an account with the access code of the hour."""
        body = {"email": email, "password": password, "code": code}
        return self._opened(Call("POST", "/api/v1/accounts", body=body))

    def sign_in(self, email: str, password: str) -> Session:
        """Open a session."""
        return self._opened(Call("POST", "/api/v1/session", body={"email": email, "password": password}))

    def sign_out(self) -> None:
        """End the session: its token counts no more."""
        self.connection.tell(Call("DELETE", "/api/v1/session"))
        self.connection.token = ""

    def sign_out_everywhere(self) -> None:
        """End every session of the account, this one too."""
        self.connection.tell(Call("DELETE", "/api/v1/account/sessions"))
        self.connection.token = ""

    def mark(self) -> Mark:
        """The session's mark, which pages send with every change."""
        return self.connection.ask(Mark, Call("GET", "/api/v1/session"))

    def read(self) -> Account:
        """Who asks, and how many videos they have had."""
        return self.connection.ask(Account, Call("GET", "/api/v1/account"))

    def change_password(self, old: str, new: str) -> Session:
        """A new password: every session ends, and a new one is opened."""
        return self._opened(Call("PUT", "/api/v1/account/password", body={"old": old, "new": new}))

    def delete(self, password: str) -> None:
        """Delete the account and its films, for good."""
        self.connection.tell(Call("POST", "/api/v1/account/delete", body={"password": password}))
        self.connection.token = ""

    def list_keys(self) -> list[Key]:
        """The account's API keys."""
        return self.connection.ask(list[Key], Call("GET", "/api/v1/account/keys"))

    def create_key(self, name: str, *scopes: str) -> NewKey:
        """A new API key; its text is told this once."""
        body = {"name": name, "scopes": scopes or ("videos:read",)}
        return self.connection.ask(NewKey, Call("POST", "/api/v1/account/keys", body=body))

    def revoke_key(self, key: str) -> None:
        """Let a key open nothing from now on."""
        self.connection.tell(Call("DELETE", "/api/v1/account/keys/{key}", parts={"key": key}))

    def _opened(self, call: Call) -> Session:
        session = self.connection.ask(Session, call)
        self.connection.token = session.token
        return session
