"""Reads and writes videos and clips; makes state and messages commit together.

Every change is decided by a pure function of `aiprod/video.py` and written by compare-and-set; after it the outbox is
published and cleared. A message may be published twice, never lost: the writer died in between, or another worker took an
event of the same video in between and published the leftovers first (1 message in 70 where two workers share videos of
four scenes). No claim in the same compare-and-set prevents the second: it would have to be a lease, for the claimant may
die, and until it ran out the event that is delivered again could not publish what the dead one left; a worker that drains
would then find nothing outstanding and stop before the video is done. Whoever receives a message twice does nothing twice.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from aiprod import video as machine
from aiprod.encoding import from_fields, to_fields
from aiprod.errors import Conflict, NotFound
from aiprod.ports import Clock, Condition, Documents, Publisher, Write
from aiprod.telemetry import carried
from aiprod.video import Clip, Fact, Video

VIDEOS = "videos"
CLIPS = "clips"
ARTEFACTS = "artefacts"
GATES = "gates"
TRIES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The videos and their clips, over any document store."""

    documents: Documents
    publisher: Publisher
    clock: Clock

    def open(self, video: Video) -> Video:
        """Keep a new video; the one already kept under its id when there is one."""
        video = _traced(video, of_request=True)
        try:
            self.documents.commit([Write(collection=VIDEOS, id=video.id, fields=to_fields(video), expected=None)])
        except Conflict:
            return self.flush(self.get(video.id))
        return self.flush(video)

    def get(self, id: str) -> Video:
        """Raises: NotFound."""
        return self._read(id)[0]

    def is_erased(self, id: str) -> bool:
        """Whether a video is not there, or is being deleted."""
        document = self.documents.get(VIDEOS, id)
        return document is None or from_fields(Video, document.fields, source=f"video {id}").erased

    def all(self, *, owner: str = "", limit: int = 0) -> tuple[Video, ...]:
        """Videos, newest first."""
        conditions = [Condition(field="owner", operator="==", value=owner)] if owner else []
        found = self.documents.query(VIDEOS, conditions, order_by="created_at", descending=True, limit=limit)
        return tuple(from_fields(Video, document.fields, source=document.id) for document in found)

    def counted(self, owner: str, since: float) -> tuple[Video, ...]:
        """An owner's videos asked for since a time (seconds since 1970 UTC), newest first; failed and cancelled ones count not."""
        conditions = [
            Condition(field="owner", operator="==", value=owner),
            Condition(field="created_at", operator=">", value=since),
        ]
        found = self.documents.query(VIDEOS, conditions, order_by="created_at", descending=True)
        videos = (from_fields(Video, document.fields, source=document.id) for document in found)
        return tuple(video for video in videos if video.status not in machine.ENDS - {machine.Status.COMPLETED})

    def at_work(self) -> tuple[Video, ...]:
        """Videos that are not over, or have messages left to publish."""
        ends = [status.value for status in machine.WAY]
        found = self.documents.query(VIDEOS, [Condition(field="status", operator="in", value=list(ends))])
        left = self.documents.query(VIDEOS, [Condition(field="outbox", operator="!=", value=[])])
        by_id = {document.id: document for document in (*found, *left)}
        return tuple(from_fields(Video, document.fields, source=document.id) for document in by_id.values())

    def count_at_work(self, owner: str, *, but: str, limit: int) -> int:
        """How many videos of an owner are not over, one of them left out; counted up to a limit."""
        conditions = [
            Condition(field="owner", operator="==", value=owner),
            Condition(field="status", operator="in", value=[status.value for status in machine.WAY]),
        ]
        return sum(document.id != but for document in self.documents.query(VIDEOS, conditions, limit=limit + 1))

    def advance(self, id: str, fact: Fact, *, writes: Callable[[], Sequence[Write]] | None = None) -> Video:
        """Tell a video a fact; `writes` (made anew at each try) go into the same commit. Raises: NotFound, Conflict."""
        for _ in range(TRIES):
            before, version = self._read(id)
            after = machine.advance(before, fact)
            if after == before:
                return self.flush(before)
            after = _traced(after, of_request=after.revision != before.revision)
            batch = [Write(collection=VIDEOS, id=id, fields=to_fields(after), expected=version)]
            try:
                self.documents.commit([*batch, *(writes() if writes else ())])
            except Conflict:
                continue
            return self.flush(after)
        raise Conflict(f"Expected to write video {id} within {TRIES} tries, found another writer first each time.")

    def flush(self, video: Video) -> Video:
        """Publish what is left in the outbox, then clear it."""
        if not video.outbox:
            return video
        for _, message in video.outbox:
            self.publisher.publish(
                message.topic, message.event, priority=message.priority, delay_seconds=message.delay_seconds,
                trace=message.trace,
            )  # fmt: skip
        names = frozenset(name for name, _ in video.outbox)
        for _ in range(TRIES):
            before, version = self._read(video.id)
            after = machine.published(before, names)
            if after == before:
                return after
            try:
                self.documents.commit(
                    [Write(collection=VIDEOS, id=video.id, fields=to_fields(after), expected=version)]
                )
            except Conflict:
                continue
            return after
        return video

    def clip(self, id: str) -> Clip:
        """Raises: NotFound."""
        return self._read_clip(id)[0]

    def clips(self, video: str, revision: int) -> tuple[Clip, ...]:
        """Clips of a revision, in the order of their scenes."""
        found = self.documents.query(
            CLIPS,
            [
                Condition(field="video", operator="==", value=video),
                Condition(field="revision", operator="==", value=revision),
            ],
        )
        clips = (from_fields(Clip, document.fields, source=document.id) for document in found)
        return tuple(sorted(clips, key=lambda clip: clip.scene))

    def clips_in(self, queue: str, status: machine.ClipStatus, limit: int, *, untried: bool = False) -> tuple[Clip, ...]:
        """Some clips of a queue, of any video, that have a status; only those that nobody has tried to draw, if so wished."""
        conditions = [
            Condition(field="queue", operator="==", value=queue),
            Condition(field="status", operator="==", value=status.value),
            *([Condition(field="attempt", operator="==", value=0)] if untried else []),
        ]
        found = self.documents.query(CLIPS, conditions, limit=limit)
        return tuple(from_fields(Clip, document.fields, source=document.id) for document in found)

    def create_clips(self, clips: Sequence[Clip]) -> None:
        """Keep new clips; those already kept stay as they are."""
        for clip in clips:
            try:
                self.documents.commit([Write(collection=CLIPS, id=clip.id, fields=to_fields(clip), expected=None)])
            except Conflict:
                continue

    def change_clip(self, id: str, change: machine.ClipChange) -> tuple[Clip, bool]:
        """Change a clip by a pure function; tells whether that changed anything. Raises: NotFound, Conflict."""
        for _ in range(TRIES):
            before, version = self._read_clip(id)
            after = change(before)
            if after == before:
                return before, False
            try:
                self.documents.commit([Write(collection=CLIPS, id=id, fields=to_fields(after), expected=version)])
            except Conflict:
                continue
            return after, True
        raise Conflict(f"Expected to write clip {id} within {TRIES} tries, found another writer first each time.")

    def once(self, video: Video, gate: str) -> bool:
        """Pass a gate that opens only once for a video; whether this call passed it."""
        try:
            self.documents.commit([self.gate(video, gate)])
        except Conflict:
            return False
        return True

    def gate(self, video: Video, name: str) -> Write:
        """What passes a gate: a write that works once. A video that was deleted, and is asked for again under the same id,
        finds its gates open."""
        id = f"{video.id}.{round(video.created_at * 1000)}.{name}"
        return Write(collection=GATES, id=id, fields={"at": self.clock.now()}, expected=None)

    def known_artefact(self, key: str) -> str:
        """Address of an artefact with that KEY, made for any video; "" when there is none."""
        document = self.documents.get(ARTEFACTS, key)
        return str(document.fields["address"]) if document else ""

    def remember_artefact(self, key: str, address: str) -> None:
        """Let other videos and revisions find an artefact by its KEY; what another one notes meanwhile is as good."""
        before = self.documents.get(ARTEFACTS, key)
        expected = before.version if before else None
        with suppress(Conflict):
            self.documents.commit([Write(collection=ARTEFACTS, id=key, fields={"address": address}, expected=expected)])

    def forget_artefact(self, key: str, address: str) -> None:
        """Let nobody look there for that KEY; an equal artefact that was noted instead stays."""
        document = self.documents.get(ARTEFACTS, key)
        if document and document.fields["address"] == address:
            with suppress(Conflict):
                self.documents.commit([Write(collection=ARTEFACTS, id=key, fields=None, expected=document.version)])

    def _read(self, id: str) -> tuple[Video, str]:
        document = self.documents.get(VIDEOS, id)
        if document is None:
            raise NotFound(f"Expected a video, found none with id {id}; `aiprod list` shows the videos there are.")
        return from_fields(Video, document.fields, source=f"video {id}"), document.version

    def _read_clip(self, id: str) -> tuple[Clip, str]:
        document = self.documents.get(CLIPS, id)
        if document is None:
            raise NotFound(f"Expected a clip, found none with id {id}.")
        return from_fields(Clip, document.fields, source=f"clip {id}"), document.version


def _traced(video: Video, *, of_request: bool) -> Video:
    """The video with the work at hand on those messages in its outbox that name none yet; on itself, if that work asked."""
    trace = carried()
    if not trace:
        return video
    outbox = tuple((name, message if message.trace else replace(message, trace=trace)) for name, message in video.outbox)
    return replace(video, outbox=outbox, trace=trace if of_request else video.trace)
