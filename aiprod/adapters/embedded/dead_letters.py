"""The dead letters that the embedded cloud keeps: looked at, and sent again."""

from dataclasses import dataclass

from aiprod.adapters.embedded.messages import EmbeddedMessages
from aiprod.errors import NotFound
from aiprod.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedDeadLetter:
    """Implements ports.DeadLetter."""

    id: str
    subscription: str
    event: Event | None
    attempts: int
    reason: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedDeadLetters:
    """Implements ports.DeadLetters."""

    messages: EmbeddedMessages

    def look(self) -> tuple[EmbeddedDeadLetter, ...]:
        return tuple(
            EmbeddedDeadLetter(
                id=str(letter.id), subscription=letter.subscription, event=letter.event, attempts=letter.attempt,
                reason=letter.reason, at=letter.at,
            )
            for letter in self.messages.dead_letters()
        )  # fmt: skip

    def replay(self, id: str) -> None:
        if id not in {letter.id for letter in self.look()}:
            raise NotFound(f"Expected a dead letter {id[:40]}, found none; list those that there are.")
        self.messages.replay(int(id))
