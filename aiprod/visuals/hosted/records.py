"""The documents of operations: one an order, written by compare-and-set. Knows no service and starts nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from aiprod.encoding import from_fields, key_of, to_fields
from aiprod.errors import Conflict
from aiprod.ports import Documents, Write
from aiprod.visuals.hosted.orders import Order

COLLECTION = "operations"
TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operation's document: where it is, its name at the service, and where its clip lies."""

    service: str
    model: str
    state: str
    at: float
    starts: int = 1
    name: str = ""
    uri: str = ""
    sentence: str = ""
    seconds: int = 0
    usd: float = 0.0


Change = Callable[[Operation], Operation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The operations of one service, by their orders."""

    service: str
    documents: Documents

    def id_of(self, order: Order) -> str:
        """The id of an order's document."""
        return key_of("operation", self.service, order)

    def read(self, order: Order) -> tuple[Operation | None, str | None]:
        """An order's operation and its version, if it has one."""
        document = self.documents.get(COLLECTION, self.id_of(order))
        if document is None:
            return None, None
        return from_fields(Operation, document.fields, source=f"operation {document.id}"), document.version

    def write(self, order: Order, operation: Operation | None, expected: str | None) -> None:
        """Raises: Conflict."""
        fields = None if operation is None else to_fields(operation)
        self.documents.commit([Write(collection=COLLECTION, id=self.id_of(order), fields=fields, expected=expected)])

    def change(self, order: Order, change: Change) -> tuple[Operation, Operation]:
        """The operation before and after a change. Raises: Conflict."""
        for _ in range(TRIES):
            before, version = self.read(order)
            if before is None:
                break
            after = change(before)
            try:
                self.write(order, after, version)
            except Conflict:
                continue
            return before, after
        raise Conflict(f"Expected to write operation {self.id_of(order)}, found it gone or another writer always first.")

    def settle(self, order: Order, state: str, sentence: str) -> Operation:
        """The operation in its new state, and why."""
        return self.change(order, lambda one: replace(one, state=state, sentence=sentence))[1]

    def forget(self, order: Order) -> None:
        """A start that never was leaves what was before it: no document, or one that may be started again."""
        operation, version = self.read(order)
        if operation is None:
            return
        again = replace(operation, state="failed", starts=operation.starts - 1, sentence="it was not taken")
        self.write(order, again if again.starts else None, version)
