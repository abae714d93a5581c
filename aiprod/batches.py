"""Batches of films: asked for together, begun one after the other as their owner's places at work come free.

What waits lies in a document a line, until it is begun; the batch's own document counts how far it is. Whoever comes by (a
video that is over, a look at the batch) begins what may begin; doing so twice asks for the same video once.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from aiprod.accounts.quota import Allowance, Quota
from aiprod.brief import Brief
from aiprod.compare_and_set import change, change_as, remove, remove_found
from aiprod.encoding import from_fields, to_fields
from aiprod.errors import Conflict, Misuse, NotFound, Permanent, QuotaSpent, Throttled
from aiprod.ledger import Ledger
from aiprod.library import Library
from aiprod.logs import logger
from aiprod.ports import Condition, Write
from aiprod.video import Video

COLLECTION = "batches"
WAITING = "batch_lines"
Ask = Callable[[Brief, str, str], Video]
"""From a brief, its owner and its id to the video that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchedVideo:
    """A line of a batch: its number in the file, its video's id, what it asks for, whether everybody may see it."""

    line: int
    video: str
    brief: Brief
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """A line that is not begun yet."""

    owner: str
    batch: str
    asked: BatchedVideo


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a batch, and its video's id."""

    line: int
    video: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A line whose video could not be begun, and why."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """How far a batch is: the first `begun` of its entries are behind it, some of them `refused`; it waits while it is
    `open`."""

    id: str
    owner: str
    created_at: float
    entries: tuple[Entry, ...]
    allowance: Allowance
    begun: int = 0
    refused: tuple[Refusal, ...] = ()
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Batches:
    """Everybody's batches."""

    ledger: Ledger
    quota: Quota
    library: Library
    ask: Ask

    def add(self, batch: Batch, videos: tuple[BatchedVideo, ...]) -> Batch:
        """Keep a batch and begin what may begin; one that is there stays as it is. Raises: QuotaSpent."""
        usage = self.quota.usage(batch.owner)
        known = {*usage.held, *usage.taken}
        fresh = sum(one.video not in known for one in videos)
        most = batch.allowance.videos
        if most and usage.used + fresh > most:
            raise QuotaSpent(
                f"Expected at most {most - usage.used} more videos of this account, found {fresh} in the batch; "
                "nothing of it was begun."
            )
        if self.ledger.documents.get(COLLECTION, batch.id) is None:
            for one in videos:
                self._wait(batch, one)
            change(self.ledger.documents, COLLECTION, batch.id, lambda found: found or to_fields(batch))
        self.feed(batch.owner)
        return self.get(batch.owner, batch.id)

    def get(self, owner: str, id: str) -> Batch:
        """Raises: NotFound, also where it is somebody else's."""
        found = self.ledger.documents.get(COLLECTION, id)
        batch = from_fields(Batch, found.fields, source="batch") if found else None
        if batch is None or batch.owner != owner:
            raise NotFound(f"Expected a batch of yours, found none with id {id[:40]}.")
        return batch

    def of(self, owner: str) -> tuple[Batch, ...]:
        """Somebody's batches, the newest first."""
        return tuple(sorted(self._all(owner), key=lambda batch: batch.created_at, reverse=True))

    def close(self, owner: str, id: str) -> Batch:
        """Begin nothing more of a batch; what is at work goes on. Raises: NotFound."""
        return self._change(self.get(owner, id), lambda batch: replace(batch, open=False))

    def forget(self, owner: str) -> None:
        """With the account."""
        for collection in (COLLECTION, WAITING):
            remove_found(self.ledger.documents, collection, [_owned(owner)])

    def feed(self, owner: str) -> None:
        """Begin what may begin now of somebody's batches, the oldest first."""
        waiting = self._all(owner, Condition(field="open", operator="==", value=True))
        for batch in sorted(waiting, key=lambda batch: batch.created_at):
            while batch.open and batch.begun < len(batch.entries):
                entry = batch.entries[batch.begun]
                try:
                    sentence = self._begin(batch, entry)
                except Throttled:
                    return
                batch = self._advance(batch, entry, sentence)

    def _wait(self, batch: Batch, one: BatchedVideo) -> None:
        waiting = to_fields(_Waiting(owner=batch.owner, batch=batch.id, asked=one))
        write = Write(collection=WAITING, id=_waiting_id(batch, one.line), fields=waiting, expected=None)
        with suppress(Conflict):  # a request before this one came as far
            self.ledger.documents.commit([write])

    def _begin(self, batch: Batch, entry: Entry) -> str:
        """Ask for a line's video; why it cannot be, "" when it is. Raises: Throttled, while there is no place."""
        found = self.ledger.documents.get(WAITING, _waiting_id(batch, entry.line))
        if found is None or self._is_there(entry.video):
            return ""
        one = from_fields(_Waiting, found.fields, source="batch").asked
        try:
            self.quota.hold(batch.owner, one.video, batch.allowance)
        except QuotaSpent as error:
            return str(error)
        try:
            video = self.ask(one.brief, batch.owner, one.video)
        except Throttled:
            self.quota.give_back(batch.owner, one.video)
            raise
        except (Misuse, Permanent) as error:
            self.quota.give_back(batch.owner, one.video)
            return str(error)
        self.library.add(video)
        if one.public:
            self.library.publish(video.id, public=True)
        logger().info("batch went on", batch=batch.id, line=one.line, began=video.id)
        return ""

    def _is_there(self, video: str) -> bool:
        try:
            self.ledger.get(video)
        except NotFound:
            return False
        return True

    def _advance(self, batch: Batch, entry: Entry, sentence: str) -> Batch:
        def on(found: Batch) -> Batch:
            if found.begun != batch.begun:
                return found  # somebody else was here
            refused = (*found.refused, Refusal(line=entry.line, sentence=sentence)) if sentence else found.refused
            begun = found.begun + 1
            return replace(found, begun=begun, refused=refused, open=found.open and begun < len(found.entries))

        after = self._change(batch, on)
        remove(self.ledger.documents, WAITING, _waiting_id(batch, entry.line))
        return after

    def _change(self, batch: Batch, alter: Callable[[Batch], Batch]) -> Batch:
        def decide(found: Batch | None) -> Batch:
            if found is None:
                raise NotFound(f"Expected the batch {batch.id}, found that it was deleted.")
            return alter(found)

        return change_as(self.ledger.documents, COLLECTION, batch.id, Batch, decide)

    def _all(self, owner: str, *conditions: Condition) -> list[Batch]:
        found = self.ledger.documents.query(COLLECTION, [_owned(owner), *conditions])
        return [from_fields(Batch, one.fields, source="batch") for one in found]


def _owned(owner: str) -> Condition:
    return Condition(field="owner", operator="==", value=owner)


def _waiting_id(batch: Batch, line: int) -> str:
    return f"{batch.id}.{line}"
