"""Reading, deciding and writing a document by compare-and-set, for everybody whose change is a function of its fields."""

from collections.abc import Callable
from typing import TypeVar

from aiprod.errors import Conflict
from aiprod.ports import Documents, Fields, Write

TRIES = 200
"""Enough for fifty writers that each must have its turn."""

Kept = TypeVar("Kept", bound=Fields | None)
"""The fields that a document is to have; the same object that was there: leave it."""


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
