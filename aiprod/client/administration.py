"""What admins see and do."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiprod.client.bodies import AdminUser, Code, Letter, Queue, Users
from aiprod.client.connection import Call, Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """The service, for an admin."""

    connection: Connection

    def access_code(self) -> Code:
        """The access code of the hour."""
        return self.connection.ask(Code, Call("GET", "/api/v1/admin/access-code"))

    def rotate_access_code(self) -> Code:
        """Another access code at once."""
        return self.connection.ask(Code, Call("POST", "/api/v1/admin/access-code"))

    def users(self, search: str = "") -> Iterator[AdminUser]:
        """Every account, or those whose address begins so, by their addresses, asked for page by page."""
        cursor: str | None = ""
        while cursor is not None:
            query = {"search": search or None, "cursor": cursor or None}
            page = self.connection.ask(Users, Call("GET", "/api/v1/admin/users", query=query))
            yield from page.items
            cursor = page.next

    def set_tier(self, user: str, tier: str) -> AdminUser:
        """Give an account another tier."""
        call = Call("PUT", "/api/v1/admin/users/{user}/tier", parts={"user": user}, body={"tier": tier})
        return self.connection.ask(AdminUser, call)

    def set_disabled(self, user: str, *, disabled: bool = True) -> AdminUser:
        """Let an account in nowhere, or in again."""
        call = Call("PUT", "/api/v1/admin/users/{user}/disabled", parts={"user": user}, body={"disabled": disabled})
        return self.connection.ask(AdminUser, call)

    def queue(self) -> Queue:
        """What is at work and what waits."""
        return self.connection.ask(Queue, Call("GET", "/api/v1/admin/queue"))

    def dead_letters(self) -> list[Letter]:
        """Events that could not be handled after every attempt."""
        return self.connection.ask(list[Letter], Call("GET", "/api/v1/admin/dead-letters"))

    def replay(self, letter: str) -> None:
        """Send an event again, as new."""
        self.connection.tell(Call("POST", "/api/v1/admin/dead-letters/{letter}/replay", parts={"letter": letter}))
