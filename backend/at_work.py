"""The videos at work, for those who look at them again and again. Knows no socket and no user.

The embedded cloud says for nearly nothing whether anything was written. Firestore's stream tells of each video that changes
and reads nothing else: a look costs nothing until then.
"""

import threading
from collections.abc import Iterator, Mapping, Set
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Final, Protocol

from aiprod.adapters.embedded.messages import EmbeddedMessages
from aiprod.adapters.firestore import FirestoreDocuments
from aiprod.bootstrap import App
from aiprod.ledger import VIDEOS
from aiprod.ports import Clock, Condition, Document, Documents
from aiprod.video import WAY, Status

AT_WORK: Final = Condition(field="status", operator="in", value=[status.value for status in WAY])
CLIPS_SECONDS: Final = 5.0
"""How often a video that is being drawn counts as changed where nothing tells of its clips."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """The videos at work by id, and which of them may have changed since the last look."""

    videos: Mapping[str, Document]
    stirred: Set[str]


class AtWork(Protocol):
    """Tells which videos are at work; one thread looks."""

    def watched(self) -> AbstractContextManager[None]:
        """While somebody looks; enters and leaves at once."""

    def look(self) -> Work | None:
        """None where nothing changed since the last look. Raises: Transient."""

    def forget(self) -> None:
        """Let everything count as changed at the next look."""


def at_work(app: App) -> AtWork:
    """The videos at work in the cloud of the settings."""
    if isinstance(app.documents, FirestoreDocuments):
        return Streamed(documents=app.documents, clock=app.clock)
    return Asked(documents=app.documents, messages=app.embedded)


@dataclass(kw_only=True)
class Asked:
    """Implements AtWork in the embedded cloud: asks for all when anything was written, clips too."""

    documents: Documents
    messages: EmbeddedMessages
    _written: int = -1

    def watched(self) -> AbstractContextManager[None]:
        return nullcontext()

    def look(self) -> Work | None:
        written = self.messages.version()
        if written == self._written:
            return None
        videos = {video.id: video for video in self.documents.query(VIDEOS, [AT_WORK])}
        self._written = written
        return Work(videos=videos, stirred=videos.keys())

    def forget(self) -> None:
        self._written = -1


@dataclass(kw_only=True)
class Streamed:
    """Implements AtWork in Firestore: keeps what its stream tells while somebody looks. The stream tells of no clips, whose
    every frame would be a read in each process: videos that are being drawn count as changed every so often."""

    documents: FirestoreDocuments
    clock: Clock
    _videos: dict[str, Document] = field(default_factory=dict)
    _stirred: set[str] = field(default_factory=set)
    _known: bool = False
    _changed: bool = False
    _counted_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def watched(self) -> Iterator[None]:
        stop = self.documents.watch(VIDEOS, [AT_WORK], self._hear)
        try:
            yield
        finally:
            stop()
            with self._lock:
                self._known = False

    def look(self) -> Work | None:
        now = self.clock.now()
        with self._lock:
            if not self._known:
                return None
            if abs(now - self._counted_at) >= CLIPS_SECONDS:
                self._counted_at = now
                self._stirred |= {id for id, video in self._videos.items() if video.fields["status"] == Status.RENDERING}
            if not self._changed and not self._stirred:
                return None
            work = Work(videos=self._videos, stirred=self._stirred & self._videos.keys())
            self._stirred, self._changed = set(), False
            return work

    def forget(self) -> None:
        with self._lock:
            self._stirred, self._changed = set(self._videos), True

    def _hear(self, told: dict[str, Document | None], whole: bool) -> None:
        with self._lock:
            before, self._known = self._videos, True
            there = {} if whole else {id: video for id, video in before.items() if id not in told}
            self._videos = there | {id: video for id, video in told.items() if video is not None}
            self._stirred |= {id for id, video in self._videos.items() if video != before.get(id)}
            self._changed = True
