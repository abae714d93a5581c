"""A WebSocket from its opening to its end: sent to for as long as they may and are there, closed with the reason why.

Knows who may by asking, and nothing of what is sent.
"""

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import WebSocket, WebSocketDisconnect

from aiprod.errors import AiprodError, NotAllowed, NotFound, NotSignedIn, Throttled
from backend.auth import Person
from backend.services import Services

CLOSED_UNKNOWN, CLOSED_REFUSED, CLOSED_GONE, CLOSED_THROTTLED, CLOSED_FAULT = 4401, 4403, 4404, 4429, 4503
"""Why a socket was closed: nobody is signed in (any more), not allowed, no such video (any more), too many connections, or
something did not answer."""
CLOSED = {NotSignedIn: CLOSED_UNKNOWN, NotAllowed: CLOSED_REFUSED, NotFound: CLOSED_GONE, Throttled: CLOSED_THROTTLED}


async def converse(
    services: Services, socket: WebSocket, may: Callable[[], Person], send: Callable[[], Awaitable[None]]
) -> None:
    """Send for as long as they may and are there; say in the code why it ends."""
    await socket.accept()
    try:
        person = await asyncio.to_thread(may)
        with services.watching.taking(person.user.id):
            tasks = [asyncio.ensure_future(one) for one in (_hear(socket), send(), _asking(services, may))]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.wait(tasks)
        for outcome in (task.exception() for task in tasks if not task.cancelled()):
            if isinstance(outcome, AiprodError):
                raise outcome
    except AiprodError as error:
        code = next((code for kind, code in CLOSED.items() if isinstance(error, kind)), CLOSED_FAULT)
        await socket.close(code, _reason(error))


async def _hear(socket: WebSocket) -> None:
    """Nothing is expected to be said; hear when they go."""
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        return


async def _asking(services: Services, may: Callable[[], Person]) -> None:
    """Ask again and again whether they still may, however much there is to send. Raises: NotSignedIn, NotAllowed, NotFound."""
    while True:
        await asyncio.sleep(services.settings.heartbeat_seconds)
        await asyncio.to_thread(may)


def _reason(error: AiprodError) -> str:
    return str(error).encode("utf-8")[:120].decode("utf-8", "ignore")
