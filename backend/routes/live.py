"""A video's progress as it happens, over a WebSocket or as Server-Sent Events, for its owner.

Both send the whole progress each time, numbered: whoever comes back says the last number and gets what is newer.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, WebSocket
from fastapi.responses import StreamingResponse

from aiprod.errors import AiprodError, NotFound
from backend.auth import Person, identify
from backend.conversing import converse
from backend.deps import SIGNED_IN, Given, Reader, VideoId, admin, in_session, own, reader, services_of, somebody
from backend.news import EVERYBODY
from backend.problems import described
from backend.routing import Route
from backend.services import Services

router = APIRouter(route_class=Route, tags=["live"])


@router.get("/api/v1/videos/{id}/events", dependencies=SIGNED_IN, response_class=StreamingResponse,
            responses={200: {"content": {"text/event-stream": {}}}, **described(401, 403, 404, 422, 429)})  # fmt: skip
async def read_events(
    request: Request,
    services: Given,
    person: Reader,
    id: VideoId,
    after: Annotated[int, Query(ge=-1, description="The last sequence number that was seen.")] = -1,
    last_event_id: Annotated[str, Header(alias="Last-Event-ID", pattern=r"^\d{0,20}$")] = "",
) -> StreamingResponse:
    """The video's progress as Server-Sent Events, until it is deleted or the caller goes."""
    await asyncio.to_thread(own, services, person, id)
    services.watching.check(person.user.id)
    start = int(last_event_id) if last_event_id else after
    return StreamingResponse(
        _events(services, request, person, id, start), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


async def _events(services: Services, request: Request, person: Person, id: str, after: int) -> AsyncIterator[str]:
    async with AsyncExitStack() as stack:
        stack.enter_context(services.watching.taking(person.user.id))
        watcher = await stack.enter_async_context(services.watch.reading(id, after))
        asked_at = time.monotonic()
        while True:
            changed = await watcher.wait(services.settings.heartbeat_seconds)
            if changed and watcher.gone:
                yield "event: gone\ndata: {}\n\n"
                return
            if time.monotonic() - asked_at >= services.settings.heartbeat_seconds:
                try:
                    await asyncio.to_thread(_still_may, services, request, id)
                except AiprodError:
                    return
                asked_at = time.monotonic()
            if changed and watcher.newest is not None:
                yield f"id: {watcher.newest.sequence}\nevent: progress\ndata: {watcher.newest.json}\n\n"
            elif not changed:
                yield ": heartbeat\n\n"


def _still_may(services: Services, connection: Request | WebSocket, id: str) -> Person:
    """Who watches, if they still may. Raises: NotSignedIn, NotAllowed, NotFound."""
    person = reader(somebody(identify(services, connection)))
    own(services, person, id)
    return person


@router.websocket("/ws/videos/{id}")
async def watch_video(socket: WebSocket, id: str, after: int = -1) -> None:
    """The video's progress as JSON messages: {"type": "progress", "sequence", "video"} and {"type": "heartbeat", "at"}."""
    services = services_of(socket)

    def may() -> Person:
        return _still_may(services, socket, id)

    async def send() -> None:
        async with services.watch.reading(id, after) as watcher:
            while True:
                if not await watcher.wait(services.settings.heartbeat_seconds):
                    await _beat(services, socket)
                elif watcher.gone:
                    raise NotFound(f"The video {id} was deleted.")
                elif watcher.newest is not None:
                    newest = watcher.newest
                    await socket.send_text(f'{{"type":"progress","sequence":{newest.sequence},"video":{newest.json}}}')

    await converse(services, socket, may, send)


@router.websocket("/ws/videos")
async def watch_videos(socket: WebSocket, after: int = -1, all: bool = False) -> None:
    """News of all of one's videos, for admins of everybody's (`?all=1`), as JSON messages: {"type": "news", "sequence",
    "video"}, {"type": "gone", "sequence", "id"} and {"type": "heartbeat", "at"}."""
    services = services_of(socket)

    def may() -> Person:
        person = reader(somebody(identify(services, socket)))
        return admin(in_session(person)) if all else person

    async def send() -> None:
        owner = EVERYBODY if all else (await asyncio.to_thread(may)).user.id
        async with services.board.reading(owner, after) as listener:
            while True:
                found = await listener.take(services.settings.heartbeat_seconds)
                for news in found:
                    await socket.send_text(news.message)
                if not found:
                    await _beat(services, socket)

    await converse(services, socket, may, send)


async def _beat(services: Services, socket: WebSocket) -> None:
    """Tell that the connection lives."""
    await socket.send_json({"type": "heartbeat", "at": services.app.clock.now()})
