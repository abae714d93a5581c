"""Live videos: one look at the documents serves everybody in this process who watches.

A message holds a video's whole progress and a sequence number that grows with every write to its documents, the same in
every process: who comes back with the last number it saw gets nothing where nothing changed, else the progress now. A
slow reader finds only the newest when it reads again, so nobody's memory fills. Knows no socket and no user.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from aiprod.bootstrap import App
from aiprod.encoding import from_fields
from aiprod.errors import AiprodError, NotFound
from aiprod.ledger import CLIPS, VIDEOS
from aiprod.logs import logger
from aiprod.ports import Document
from aiprod.video import WAY, Clip, Status, Video, clip_id
from backend.looking import Looking
from backend.schemas.videos import Progress, SceneState, SceneText, Step
from backend.scripts import Scripts

REMOTE_LOOK_SECONDS = 1.0
"""How often documents are asked for where nothing tells cheaply that something was written."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A video's progress at a sequence number; made into JSON once, for however many watch."""

    sequence: int
    video: Video
    clips: tuple[Clip, ...]
    texts: tuple[SceneText, ...]

    @cached_property
    def progress(self) -> Progress:
        """How far the video is, for its owner."""
        video = self.video
        clips = {clip.scene: clip for clip in self.clips}
        return Progress(
            id=video.id, sequence=self.sequence, status=video.status.value, revision=video.revision,
            title=title_of(video), failure=video.failure, failure_kind=video.failure_kind, failed_in=failed_in(video),
            scenes=[_state(video.id, text, clips.get(text.scene)) for text in self.texts],
            history=[Step(revision=one.revision, status=one.status.value, at=one.at) for one in video.history],
        )  # fmt: skip

    @cached_property
    def json(self) -> str:
        """The progress as JSON."""
        return self.progress.model_dump_json()


def _state(video: str, text: SceneText, clip: Clip | None) -> SceneState:
    """A scene before its clip is asked for, and with it."""
    told = text.model_dump()
    if clip is None:
        return SceneState(**told, picture=None, status="pending", frames=0, frames_done=0, attempt=0, renderer="", failure="",
                          failure_kind="")  # fmt: skip
    picture = f"/api/v1/videos/{video}/scenes/{clip.scene}/picture?of={clip.key}" if clip.address else None
    return SceneState(
        **told, picture=picture, status=clip.status.value, frames=clip.frames, frames_done=clip.frames_done,
        attempt=clip.attempt, renderer=clip.renderer, failure=clip.failure, failure_kind=clip.failure_kind,
    )  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Reader:
    """Somebody who watches a video: the newest progress that it has not had, None when the video is gone."""

    video: str
    newest: Seen | None = None
    gone: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, seconds: float) -> bool:
        """Whether there is something new within that time; `newest` and `gone` say what."""
        try:
            await asyncio.wait_for(self.changed.wait(), seconds)
        except TimeoutError:
            return False
        self.changed.clear()
        return True


def title_of(video: Video) -> str:
    """What a video is called, before it has a title too."""
    return video.title or (video.brief.script.title if video.brief.script else video.brief.theme)


def failed_in(video: Video) -> str:
    """The status that a video failed in: the last that its newest revision entered before; "" where it did not fail."""
    if video.status is not Status.FAILED:
        return ""
    entered = [one.status for one in video.history if one.revision == video.revision and one.status in WAY]
    return (entered[-1] if entered else Status.QUEUED).value


def look(app: App, scripts: Scripts, id: str) -> Seen:
    """A video's progress now. Raises: NotFound."""
    document = app.documents.get(VIDEOS, id)
    if document is None:
        raise NotFound(f"Expected a video, found none with id {id[:40]}.")
    video = from_fields(Video, document.fields, source=f"video {id}")
    names = [clip_id(id, video.revision, scene) for scene in video.scenes] if video.planned == video.revision else []
    found = [clip for clip in (app.documents.get(CLIPS, name) for name in names) if clip is not None]
    return Seen(
        sequence=max(order_of(one) for one in (document, *found)),
        video=video,
        clips=tuple(from_fields(Clip, clip.fields, source=f"clip {clip.id}") for clip in found),
        texts=scripts.texts(video, video.revision),
    )


def order_of(document: Document) -> int:
    """A number that grows as documents are written: what the embedded cloud counts, microseconds in Firestore."""
    if document.version.isdigit():
        return int(document.version)
    return int(datetime.fromisoformat(document.version).timestamp() * 1_000_000)


@dataclass(kw_only=True)
class Watch:
    """Looks at every watched video, in a thread of its own, while anybody watches."""

    app: App
    look_seconds: float
    scripts: Scripts
    readers: dict[str, list[Reader]] = field(default_factory=dict)
    last: dict[str, Seen] = field(default_factory=dict)
    _written: int = -1

    @cached_property
    def looking(self) -> Looking[dict[str, Seen | None]]:
        """The look that all share."""
        seconds = self.look_seconds if self.app.settings.cloud == "local" else REMOTE_LOOK_SECONDS
        return Looking(seconds=seconds, wanted=lambda: bool(self.readers), prepare=self._prepare, tell=self._announce)

    def look(self, id: str) -> Seen:
        """A video's progress now. Raises: NotFound."""
        return look(self.app, self.scripts, id)

    @asynccontextmanager
    async def reading(self, video: str, after: int = -1) -> AsyncIterator[Reader]:
        """Watch a video from a sequence number on. Raises: NotFound."""
        now = await asyncio.to_thread(self.look, video)
        reader = Reader(video=video)
        _tell(reader, now, after)
        self.readers.setdefault(video, []).append(reader)
        # What was found meanwhile was told to those who were here, and is not found again.
        _tell(reader, self.last.setdefault(video, now), after)
        self.looking.begin()
        try:
            yield reader
        finally:
            left = self.readers[video]
            left.remove(reader)
            if not left:
                del self.readers[video]
                self.last.pop(video, None)

    def _prepare(self) -> Callable[[], dict[str, Seen | None]]:
        last = dict(self.last)
        return lambda: self._look(last)

    def _announce(self, found: dict[str, Seen | None]) -> None:
        for id, seen in found.items():
            if seen is not None and id in self.last:
                self.last[id] = seen
            for reader in self.readers.get(id, ()):
                if seen is not None:
                    _tell(reader, seen)
                else:
                    reader.gone = True
                    reader.changed.set()

    def _look(self, last: dict[str, Seen]) -> dict[str, Seen | None]:
        """What changed, in the thread; None for a video that is gone."""
        changed: dict[str, Seen | None] = {}
        try:
            if self.app.settings.cloud == "local":
                written = self.app.embedded.version()
                fresh = self._known_to_thread != frozenset(last)
                if written == self._written and not fresh:
                    return {}
                self._written, self._known_to_thread = written, frozenset(last)
            for id, before in last.items():
                try:
                    seen = self.look(id)
                except NotFound:
                    changed[id] = None
                    continue
                if seen.sequence > before.sequence:
                    changed[id] = seen
        except AiprodError as error:
            self._written = -1
            logger().warning("not seen", reason=str(error))
        return changed

    _known_to_thread: frozenset[str] = frozenset()


def _tell(reader: Reader, seen: Seen, after: int = -1) -> None:
    if seen.sequence != after and (reader.newest is None or seen.sequence > reader.newest.sequence):
        reader.newest = seen
        reader.changed.set()
