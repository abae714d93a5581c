"""A video's progress as it happens, over a WebSocket or as Server-Sent Events, for its owner.

Both send the whole progress each time, numbered: whoever comes back says the last number and gets what is newer.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import StreamingResponse

from aiprod.errors import AiprodError, NotAllowed, NotFound, NotSignedIn
from backend.auth import identify
from backend.deps import SIGNED_IN, Given, Reader, VideoId, own, reader, services_of, somebody
from backend.problems import described
from backend.services import Services
from backend.watching import Reader as Watcher

router = APIRouter(tags=["live"])
CLOSED_UNKNOWN, CLOSED_REFUSED, CLOSED_GONE = 4401, 4403, 4404
"""Why a socket was closed: nobody is signed in (any more), not allowed, no such video (any more)."""


@router.get("/api/v1/videos/{id}/events", dependencies=SIGNED_IN, response_class=StreamingResponse,
            responses={200: {"content": {"text/event-stream": {}}}, **described(401, 403, 404, 422)})  # fmt: skip
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
    start = int(last_event_id) if last_event_id else after
    return StreamingResponse(
        _events(services, request, id, start), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


async def _events(services: Services, request: Request, id: str, after: int) -> AsyncIterator[str]:
    async with services.watch.reading(id, after) as watcher:
        while True:
            if await watcher.wait(services.settings.heartbeat_seconds):
                if watcher.gone:
                    yield "event: gone\ndata: {}\n\n"
                    return
                if watcher.newest is not None:
                    yield f"id: {watcher.newest.sequence}\nevent: progress\ndata: {watcher.newest.json}\n\n"
                continue
            try:
                await asyncio.to_thread(_still_may, services, request, id)
            except AiprodError:
                return
            yield ": heartbeat\n\n"


def _still_may(services: Services, connection: Request | WebSocket, id: str) -> None:
    """Whether who watches still may. Raises: NotSignedIn, NotAllowed, NotFound."""
    own(services, reader(somebody(identify(services, connection))), id)


@router.websocket("/ws/videos/{id}")
async def watch_video(socket: WebSocket, id: str, after: int = -1) -> None:
    """The video's progress as JSON messages: {"type": "progress", "sequence", "video"} and {"type": "heartbeat", "at"}."""
    services = services_of(socket)
    await socket.accept()
    try:
        await asyncio.to_thread(_still_may, services, socket, id)
        async with services.watch.reading(id, after) as watcher:
            hearing = asyncio.create_task(_hear(socket))
            sending = asyncio.create_task(_send(services, socket, watcher))
            try:
                await asyncio.wait({hearing, sending}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (hearing, sending):
                    task.cancel()
                outcomes = await asyncio.gather(hearing, sending, return_exceptions=True)
            for outcome in outcomes:
                if isinstance(outcome, AiprodError):
                    raise outcome
    except NotSignedIn as error:
        await socket.close(CLOSED_UNKNOWN, _reason(error))
    except NotAllowed as error:
        await socket.close(CLOSED_REFUSED, _reason(error))
    except NotFound as error:
        await socket.close(CLOSED_GONE, _reason(error))


async def _send(services: Services, socket: WebSocket, watcher: Watcher) -> None:
    while True:
        if not await watcher.wait(services.settings.heartbeat_seconds):
            await asyncio.to_thread(_still_may, services, socket, watcher.video)
            await socket.send_json({"type": "heartbeat", "at": services.app.clock.now()})
        elif watcher.gone:
            raise NotFound(f"The video {watcher.video} was deleted.")
        elif watcher.newest is not None:
            newest = watcher.newest
            await socket.send_text(f'{{"type":"progress","sequence":{newest.sequence},"video":{newest.json}}}')


async def _hear(socket: WebSocket) -> None:
    """Nothing is expected to be said; hear when they go."""
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        return


def _reason(error: AiprodError) -> str:
    return str(error).encode("utf-8")[:120].decode("utf-8", "ignore")
