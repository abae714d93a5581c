"""Reading, deciding and writing a document by compare-and-set, for everybody whose change is a function of its fields."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from aiprod.encoding import from_fields, to_fields
from aiprod.errors import Conflict
from aiprod.ports import Condition, Documents, Fields, Write

TRIES = 200
"""Enough for fifty writers that each must have its turn."""

Kept = TypeVar("Kept", bound=Fields | None)
"""The fields that a document is to have; the same object that was there: leave it."""
Value = TypeVar("Value")
After = TypeVar("After")


def change(documents: Documents, collection: str, id: str, decide: Callable[[Fields | None], Kept]) -> Kept:
    """Change a document by a pure function of its fields (None: there is none), which may raise instead. Raises: Conflict."""
    for _ in range(TRIES):
        found = documents.get(collection, id)
        before = found.fields if found else None
        after = decide(before)
        if after is before:
            return after
        try:
            documents.commit(
                [Write(collection=collection, id=id, fields=after, expected=found.version if found else None)]
            )
        except Conflict:
            continue
        return after
    raise Conflict(f"Expected to write {collection}/{id} within {TRIES} tries, found another writer first each time.")


def change_as(
    documents: Documents, collection: str, id: str, kind: type[Value], decide: Callable[[Value | None], After]
) -> After:
    """Change a document that holds a dataclass by a pure function of it, as `change` does; what the function gives. An equal
    value, and None, leave the document as it is. Raises: Conflict."""
    after: After

    def on_fields(fields: Fields | None) -> Fields | None:
        nonlocal after
        before = None if fields is None else from_fields(kind, fields, source=f"{collection}/{id}")
        after = decide(before)
        return fields if after is None or after == before else to_fields(after)

    change(documents, collection, id, on_fields)
    return after


def remove(documents: Documents, collection: str, id: str) -> None:
    """Delete a document, if it is there. Raises: Conflict."""
    for _ in range(TRIES):
        found = documents.get(collection, id)
        if found is None:
            return
        try:
            documents.commit([Write(collection=collection, id=id, fields=None, expected=found.version)])
        except Conflict:
            continue
        return
    raise Conflict(f"Expected to delete {collection}/{id} within {TRIES} tries, found another writer first each time.")


def remove_found(documents: Documents, collection: str, conditions: Sequence[Condition], *, limit: int = 0) -> None:
    """Delete the documents that are so, no more than the limit (0: all). Raises: Conflict."""
    for document in documents.query(collection, conditions, limit=limit):
        remove(documents, collection, document.id)
