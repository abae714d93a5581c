"""A list of videos on Google Cloud: told at once of what changes, by Firestore's stream, which reads nothing else."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from aiprod.adapters.firestore import FirestoreDocuments
from aiprod.bootstrap import App
from aiprod.brief import Brief
from aiprod.events import ClipRequested
from aiprod.ports import Condition, Document
from aiprod.video import (
    Clip,
    ClipsPlanned,
    ClipStatus,
    Message,
    ScriptStarted,
    ScriptWritten,
    Status,
    VideoCancelled,
    clip_id,
)
from backend.news import EVERYBODY, Board, Listener, News
from tests.backend.conftest import open_site

pytestmark = pytest.mark.emulators


@dataclass(frozen=True, kw_only=True)
class CountedDocuments(FirestoreDocuments):
    """Counts what is asked for, beside what the stream tells; knows when the stream told first: the emulator may lose what is
    written while it opens."""

    asked: Counter[str] = field(default_factory=Counter)
    opened: threading.Event = field(default_factory=threading.Event)

    def get(self, collection: str, id: str) -> Document | None:
        self.asked[collection] += 1
        return super().get(collection, id)

    def query(self, collection: str, conditions: Sequence[Condition] = (), **words: Any) -> list[Document]:
        self.asked[collection] += 1
        return super().query(collection, conditions, **words)

    def watch(
        self, collection: str, conditions: Sequence[Condition], tell: Callable[[dict[str, Document | None], bool], None]
    ) -> Callable[[], None]:
        def hear(told: dict[str, Document | None], whole: bool) -> None:
            tell(told, whole)
            self.opened.set()

        self.opened.clear()
        return super().watch(collection, conditions, hear)


@pytest.fixture
def documents(project: str) -> Iterator[CountedDocuments]:
    opened = CountedDocuments(project=project)
    yield opened
    opened.close()


@pytest.fixture
def app(documents: CountedDocuments, tmp_path: Path) -> App:
    """The product whose documents are Firestore's, others being at work on them too."""
    others = FirestoreDocuments(project=documents.project)
    app = open_site(tmp_path).app
    return replace(app, documents=documents, ledger=replace(app.ledger, documents=others))


async def told(listener: Listener, video: str) -> News:
    """The next news of a video; it has ten seconds."""
    for _ in range(10):
        for news in await listener.take(1.0):
            if news.id == video:
                return news
    raise AssertionError("nothing was told")


async def until(listener: Listener, video: str, status: Status, ready: int | None = None) -> None:
    """Read news of a video until it is so; no ten seconds go by without any."""
    while (news := (await told(listener, video)).told) is None or news.status != status or ready not in (None, news.scenes_ready):
        pass


def test_a_list_is_told_of_every_change_and_nothing_is_read_until_there_is_one(app: App, documents: CountedDocuments) -> None:
    asyncio.run(_watch_a_list(app, documents))


async def _watch_a_list(app: App, documents: CountedDocuments) -> None:
    asked = documents.asked
    board = Board(app=app, look_seconds=0.02)
    early = app.request(Brief(theme="the moon"), owner="eve").id
    async with board.reading(EVERYBODY) as listener:
        await until(listener, early, Status.QUEUED)
        assert await asyncio.to_thread(documents.opened.wait, 10)
        video = app.request(Brief(theme="the tide"), owner="jane").id
        await until(listener, video, Status.QUEUED)
        app.ledger.advance(video, ScriptStarted(revision=1, at=1.0))
        await until(listener, video, Status.SCRIPTING)
        while await listener.take(1.0):
            pass  # what was to be published is no more
        before = asked.copy()
        assert await listener.take(2.0) == []
        assert asked == before
        app.ledger.advance(video, ScriptWritten(revision=1, at=2.0, title="Tides", language="en", scenes=(1, 2)))
        await until(listener, video, Status.NARRATING)
        app.ledger.advance(video, VideoCancelled(revision=1, at=3.0))
        await until(listener, video, Status.CANCELLED)
        assert asked - before == {"videos": 1}
    app.ledger.advance(early, VideoCancelled(revision=1, at=3.0))
    async with board.reading("eve") as listener:
        await until(listener, early, Status.CANCELLED)
        assert await asyncio.to_thread(documents.opened.wait, 10)
        later = app.request(Brief(theme="the sun"), owner="eve").id
        await until(listener, later, Status.QUEUED)
    await board.looking.close()


def test_scenes_that_become_ready_are_counted_every_so_often(app: App, documents: CountedDocuments) -> None:
    asyncio.run(_watch_scenes(app, documents))


async def _watch_scenes(app: App, documents: CountedDocuments) -> None:
    board = Board(app=app, look_seconds=0.02)
    video = app.request(Brief(theme="the tide"), owner="jane").id
    written = ScriptWritten(revision=1, at=2.0, title="Tides", language="en", scenes=(1, 2))
    clips = [
        Clip(video=video, revision=1, scene=scene, renderer="slideshow", queue="render-cpu", key=f"{scene}", spec="s", frames=9, seed=1)
        for scene in (1, 2)
    ]  # fmt: skip
    asked = Message.carrying(ClipRequested(video=video, revision=1, scene=1), topic="render-cpu")
    async with board.reading("jane") as listener:
        assert await asyncio.to_thread(documents.opened.wait, 10)
        app.ledger.advance(video, ScriptStarted(revision=1, at=1.0))
        app.ledger.advance(video, written)
        app.ledger.create_clips(clips)
        app.ledger.advance(video, ClipsPlanned(revision=1, at=3.0, requests=(asked,)))
        await until(listener, video, Status.RENDERING)
        app.ledger.change_clip(clip_id(video, 1, 2), lambda clip: replace(clip, status=ClipStatus.READY))
        await until(listener, video, Status.RENDERING, ready=1)
    await board.looking.close()
