"""News of many videos: one look at those at work serves everybody in this process who watches a list of videos.

Each piece of news is numbered as its video's progress is, so that whoever comes back says the last number and gets what is
newer. A slow reader finds only the newest of each video. Knows no socket.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from queue import SimpleQueue
from typing import Final

from aiprod.bootstrap import App
from aiprod.encoding import from_fields
from aiprod.errors import AiprodError
from aiprod.ledger import CLIPS, VIDEOS
from aiprod.logs import logger
from aiprod.ports import Condition, Document
from aiprod.video import WAY, ClipStatus, Video
from backend.at_work import AT_WORK, AtWork, at_work
from backend.looking import Looking
from backend.schemas.videos import VideoNews
from backend.watching import order_of, title_of

EVERYBODY: Final = ""
NEWEST: Final = 50
"""Videos that are told of at first, beside those at work."""


@dataclass(frozen=True, kw_only=True)
class News:
    """How far a video is, in short; None: it was deleted. Made into JSON once, for however many watch."""

    id: str
    owner: str
    sequence: int
    told: VideoNews | None

    @cached_property
    def message(self) -> str:
        """What a socket is sent."""
        if self.told is None:
            return f'{{"type":"gone","sequence":{self.sequence},"id":"{self.id}"}}'
        return f'{{"type":"news","sequence":{self.sequence},"video":{self.told.model_dump_json()}}}'


@dataclass(slots=True, kw_only=True)
class Listener:
    """Somebody who watches the videos of an owner: what they have not had yet, the newest of each video."""

    owner: str
    ready: bool = False
    waiting: dict[str, News] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, news: News) -> None:
        """Keep it, unless it is known already."""
        if self.owner not in (EVERYBODY, news.owner) or news.sequence <= self.known.get(news.id, -1):
            return
        self.waiting[news.id] = news
        if self.ready:
            self.known[news.id] = news.sequence
            self.changed.set()

    def begin(self, shelf: list[News], after: int) -> None:
        """What there is at first; what came meanwhile is newer."""
        early, self.waiting, self.ready = list(self.waiting.values()), {}, True
        for news in shelf:
            if news.sequence > after:
                self.hear(news)
            self.known[news.id] = news.sequence
        for news in early:
            self.hear(news)

    async def take(self, seconds: float) -> list[News]:
        """What is new within that time, the oldest first; nothing where there is nothing."""
        try:
            await asyncio.wait_for(self.changed.wait(), seconds)
        except TimeoutError:
            return []
        self.changed.clear()
        taken, self.waiting = sorted(self.waiting.values(), key=lambda news: news.sequence), {}
        return taken


@dataclass(kw_only=True)
class Board:
    """Looks at every video at work while anybody watches a list."""

    app: App
    look_seconds: float
    listeners: list[Listener] = field(default_factory=list)
    _last: dict[str, News] = field(default_factory=dict)
    _lost: "SimpleQueue[News]" = field(default_factory=SimpleQueue)

    def lose(self, video: Video, sequence: int) -> None:
        """Let it be told that a video is gone which was not at work, at which nobody looks; from any thread."""
        if self.listeners:
            self._lost.put(News(id=video.id, owner=video.owner, sequence=sequence, told=None))

    @cached_property
    def looking(self) -> Looking[list[News]]:
        """The look that all share."""
        return Looking(
            seconds=self.look_seconds, wanted=lambda: bool(self.listeners), prepare=self._prepare, tell=self._tell,
            watched=self.at_work.watched,
        )  # fmt: skip

    @cached_property
    def at_work(self) -> AtWork:
        """What is looked at."""
        return at_work(self.app)

    @asynccontextmanager
    async def reading(self, owner: str, after: int = -1) -> AsyncIterator[Listener]:
        """Watch somebody's videos (EVERYBODY: all) from a sequence number on."""
        listener = Listener(owner=owner)
        self.listeners.append(listener)
        try:
            self.looking.begin()
            listener.begin(await asyncio.to_thread(self._shelf, owner), after)
            yield listener
        finally:
            self.listeners.remove(listener)

    def _tell(self, found: list[News]) -> None:
        for news in found:
            for listener in self.listeners:
                listener.hear(news)

    def _shelf(self, owner: str) -> list[News]:
        owned = [Condition(field="owner", operator="==", value=owner)] if owner else []
        newest = self.app.documents.query(VIDEOS, owned, order_by="created_at", descending=True, limit=NEWEST)
        documents = {document.id: document for document in (*newest, *self._working(owned))}
        found = (self._news(document) for document in documents.values())
        return sorted((news for news in found if news.told is not None), key=lambda news: news.sequence)

    def _working(self, owned: list[Condition]) -> list[Document]:
        return self.app.documents.query(VIDEOS, [*owned, AT_WORK])

    def _prepare(self) -> Callable[[], list[News]]:
        return self._look

    def _look(self) -> list[News]:
        """What changed, in the thread of looks."""
        lost: list[News] = []
        while not self._lost.empty():
            lost.append(self._lost.get())
        return [*lost, *self._changed()]

    def _changed(self) -> list[News]:
        try:
            work = self.at_work.look()
            if work is None:
                return []
            now = {id: self._last[id] for id in work.videos.keys() - work.stirred if id in self._last}
            now |= {id: self._news(work.videos[id]) for id in work.videos.keys() - now.keys()}
            for id in self._last.keys() - now.keys():
                now[id] = self._ended(self._last[id])
        except AiprodError as error:
            self.at_work.forget()
            logger().warning("not seen", reason=str(error))
            return []
        changed = [news for id, news in now.items() if news != self._last.get(id)]
        self._last = {id: news for id, news in now.items() if news.told is not None and news.told.status in WAY}
        return sorted(changed, key=lambda news: news.sequence)

    def _ended(self, before: News) -> News:
        """A video that is not at work any more: how it ended."""
        document = self.app.documents.get(VIDEOS, before.id)
        news = self._news(document) if document is not None else None
        if news is None or news.told is None:
            return News(id=before.id, owner=before.owner, sequence=news.sequence if news else before.sequence + 1, told=None)
        return news

    def _news(self, document: Document) -> News:
        video = from_fields(Video, document.fields, source=f"video {document.id}")
        clips = self._clips(video) if video.planned == video.revision and not video.over else []
        sequence = max(order_of(one) for one in (document, *clips))
        if video.erased:
            return News(id=video.id, owner=video.owner, sequence=sequence, told=None)
        ready = sum(clip.fields["status"] == ClipStatus.READY.value for clip in clips)
        told = VideoNews(
            id=video.id, sequence=sequence, owner=video.owner, status=video.status.value, revision=video.revision,
            title=title_of(video), failure=video.failure, failure_kind=video.failure_kind,
            created_at=video.created_at, scenes=len(video.scenes), scenes_ready=ready if not video.over else len(video.scenes),
        )  # fmt: skip
        return News(id=video.id, owner=video.owner, sequence=sequence, told=told)

    def _clips(self, video: Video) -> list[Document]:
        wanted = [
            Condition(field="video", operator="==", value=video.id),
            Condition(field="revision", operator="==", value=video.revision),
        ]
        return self.app.documents.query(CLIPS, wanted)
