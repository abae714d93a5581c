"""The dead letters that the embedded cloud keeps: looked at, and sent again."""

from dataclasses import dataclass

from aiprod.adapters.embedded.messages import EmbeddedMessages
from aiprod.errors import NotFound
from aiprod.ports import DeadLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedDeadLetters:
    """Implements ports.DeadLetters."""

    messages: EmbeddedMessages

    def look(self) -> tuple[DeadLetter, ...]:
        return self.messages.dead_letters()

    def replay(self, id: str) -> None:
        if id not in {letter.id for letter in self.look()}:
            raise NotFound(f"Expected a dead letter {id[:40]}, found none; list those that there are.")
        self.messages.replay(id)
