"""Documents of Firestore as its stream tells them, for as long as somebody wants to know.

A stream that ends, for whatever reason, is opened anew, and then tells everything again. The listener of Google's library
is not used: after an error that it knows it goes on with the documents that it had, and never tells of those that went
meanwhile; after any other it ends without a word (docs/adr/0015).
Source: the protocol's documentation, google/firestore/v1/firestore.proto (Listen).
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiprod.adapters.google_errors import translated
from aiprod.errors import Unavailable
from aiprod.logs import logger

if TYPE_CHECKING:
    from google.cloud.firestore_v1.types import Document as Kept
    from google.cloud.firestore_v1.types import ListenRequest, ListenResponse, TargetChange

TARGET = 1
"""The only query of each stream."""
SHORTEST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0

Tell = Callable[[Mapping[str, "Kept | None"], bool], None]
"""Hears documents by their full names, None for one that is gone; and whether they are all that there are."""


@dataclass(kw_only=True)
class Snapshot:
    """What one opened stream has told: responses go in, and where they make a consistent whole, changes come out."""

    names: set[str] = field(default_factory=set)
    changes: "dict[str, Kept | None]" = field(default_factory=dict)
    whole: bool = True
    current: bool = False

    def consistent(self, response: "ListenResponse") -> bool:
        """Take a response in; whether everything up to now belongs together. Raises: Unavailable (the stream is of no use)."""
        kind = type(response).pb(response).WhichOneof("response_type")
        if kind == "target_change":
            return self._changed(response.target_change)
        if kind == "document_change":
            change = response.document_change
            self.changes[change.document.name] = change.document if TARGET in change.target_ids else None
        elif kind in ("document_delete", "document_remove"):
            self.changes[getattr(response, kind).document] = None
        elif kind == "filter" and response.filter.count != len(self._names_now()):
            raise Unavailable(f"Expected {len(self._names_now())} documents, found {response.filter.count}.")
        return False

    def take(self) -> "dict[str, Kept | None]":
        """What changed since it was last taken; of what is gone only what was there."""
        taken = {name: kept for name, kept in self.changes.items() if kept is not None or name in self.names}
        self.names, self.changes, self.whole = self._names_now(), {}, False
        return taken

    def _names_now(self) -> set[str]:
        there = {name for name, kept in self.changes.items() if kept is not None}
        return self.names - self.changes.keys() | there

    def _changed(self, change: "TargetChange") -> bool:
        kind = change.target_change_type.name
        if kind == "REMOVE":
            raise Unavailable(f"Firestore ended the stream ({change.cause.message or 'without a reason'}).")
        if kind == "RESET":
            self.names, self.changes, self.whole, self.current = set(), {}, True, False
        self.current |= kind == "CURRENT"
        told = kind == "NO_CHANGE" and not change.target_ids and "read_time" in change
        return told and self.current and (self.whole or bool(self.changes))


@dataclass(kw_only=True)
class Stream:
    """Opens and ends streams in a thread of its own: whoever starts or stops it waits for nothing.

    `target` makes the request; `listen` sends requests and gives the responses; `role` is what that needs.
    """

    name: str
    role: str
    target: "Callable[[], ListenRequest]"
    listen: Callable[[Iterator["ListenRequest"]], Any]
    tell: Tell
    _call: Any = None
    _told: bool = False
    _ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Listen from now on."""
        threading.Thread(target=self._run, name=f"stream of {self.name}", daemon=True).start()

    def stop(self) -> None:
        """Listen no more: `tell` is not called again, but for a call that is under way."""
        self._ended.set()
        if self._call is not None:
            self._call.cancel()

    def _run(self) -> None:
        wait = 0.0
        while not self._ended.wait(wait):
            self._told = False
            try:
                with translated(f"Watching {self.name} in Firestore", role=self.role):
                    self._follow()
            except Exception as error:  # noqa: BLE001  whatever it was, the stream is opened again
                if not self._ended.is_set():
                    logger().warning("stream ended", stream=self.name, reason=f"{type(error).__name__}: {error}")
            wait = SHORTEST_WAIT_SECONDS if self._told else min(max(2 * wait, SHORTEST_WAIT_SECONDS), LONGEST_WAIT_SECONDS)

    def _follow(self) -> None:
        """Until the stream ends, or is not wanted any more."""
        over = threading.Event()
        snapshot = Snapshot()
        try:
            self._call = self.listen(self._requests(over))
            for response in self._call:
                if self._ended.is_set():
                    return
                if snapshot.consistent(response):
                    whole = snapshot.whole
                    self.tell(snapshot.take(), whole)
                    self._told = True
        finally:
            over.set()
            if self._call is not None:
                self._call.cancel()  # one that is given up would be told on at its other end

    def _requests(self, over: threading.Event) -> Iterator["ListenRequest"]:
        """The request; its stream stays open, as the answers end with it."""
        yield self.target()
        over.wait()
