"""Batches of films: asked for together, begun one after the other as their owner's places at work come free.

What a batch asks for lies in one object, written once; its document only counts how far it is. Whoever comes by (a video
that is over, a look at the batch) begins what may begin; doing so twice asks for the same video once.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from aiprod import paths
from aiprod.accounts.quota import Allowance, Quota
from aiprod.accounts.writing import change, remove
from aiprod.brief import Brief
from aiprod.encoding import from_fields, from_json, to_fields, to_json
from aiprod.errors import AlreadyExists, Misuse, NotFound, Permanent, QuotaSpent, Throttled
from aiprod.ledger import Ledger
from aiprod.library import Library
from aiprod.logs import logger
from aiprod.ports import Condition, Fields, Objects
from aiprod.video import Video

COLLECTION = "batches"
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
class Refusal:
    """A line whose video could not be begun, and why."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """How far a batch is: `begun` lines of `total` are behind it, some of them `refused`; it waits while it is `open`."""

    id: str
    owner: str
    created_at: float
    total: int
    allowance: Allowance
    begun: int = 0
    refused: tuple[Refusal, ...] = ()
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Batches:
    """Everybody's batches."""

    ledger: Ledger
    objects: Objects
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
        with suppress(AlreadyExists):  # the same lines, sent again
            self.objects.write(_address(batch), to_json(videos))
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

    def videos(self, batch: Batch) -> tuple[BatchedVideo, ...]:
        """What a batch asks for."""
        return from_json(tuple[BatchedVideo, ...], self.objects.read(_address(batch)), source="batch")

    def close(self, owner: str, id: str) -> Batch:
        """Begin nothing more of a batch; what is at work goes on. Raises: NotFound."""
        return self._change(self.get(owner, id), lambda batch: replace(batch, open=False))

    def forget(self, owner: str) -> None:
        """With the account: what the batches asked for goes with the account's files."""
        for batch in self._all(owner):
            remove(self.ledger.documents, COLLECTION, batch.id)

    def feed(self, owner: str) -> None:
        """Begin what may begin now of somebody's batches, the oldest first."""
        waiting = [batch for batch in self._all(owner) if batch.open]
        for batch in sorted(waiting, key=lambda batch: batch.created_at):
            videos = self.videos(batch)
            while batch.open and batch.begun < batch.total:
                try:
                    sentence = self._begin(batch, videos[batch.begun])
                except Throttled:
                    return
                batch = self._advance(batch, videos[batch.begun].line, sentence)

    def _begin(self, batch: Batch, one: BatchedVideo) -> str:
        """Ask for a line's video; why it cannot be, "" when it is. Raises: Throttled, while there is no place."""
        if self._is_there(one.video):
            return ""
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

    def _advance(self, batch: Batch, line: int, sentence: str) -> Batch:
        def on(found: Batch) -> Batch:
            if found.begun != batch.begun:
                return found  # somebody else was here
            refused = (*found.refused, Refusal(line=line, sentence=sentence)) if sentence else found.refused
            return replace(found, begun=found.begun + 1, refused=refused, open=found.open and found.begun + 1 < found.total)

        return self._change(batch, on)

    def _change(self, batch: Batch, alter: Callable[[Batch], Batch]) -> Batch:
        def decide(fields: Fields | None) -> Fields:
            if fields is None:
                raise NotFound(f"Expected the batch {batch.id}, found that it was deleted.")
            return to_fields(alter(from_fields(Batch, fields, source="batch")))

        return from_fields(Batch, change(self.ledger.documents, COLLECTION, batch.id, decide), source="batch")

    def _all(self, owner: str) -> list[Batch]:
        wanted = [Condition(field="owner", operator="==", value=owner)]
        return [from_fields(Batch, one.fields, source="batch") for one in self.ledger.documents.query(COLLECTION, wanted)]


def _address(batch: Batch) -> str:
    return paths.upload(batch.owner, f"batch-{batch.id}.json")
