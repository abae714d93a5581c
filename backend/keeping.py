"""What a process of the API does by itself while it serves: writes its counts, keeps the history, lets old records go.

Every process does so; documents decide which of them was first. Knows no route.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiprod.errors import AiprodError
from aiprod.logs import logger
from aiprod.telemetry import flush
from backend.history import SLOT_SECONDS
from backend.services import Services

TURN_SECONDS = 5.0


@asynccontextmanager
async def keeping(services: Services) -> AsyncIterator[None]:
    """Do so until the block ends."""
    task = asyncio.create_task(_run(services))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.to_thread(services.app.tallies.write)
        await asyncio.to_thread(flush)


async def _run(services: Services) -> None:
    kept = -1
    while True:
        kept = await asyncio.to_thread(turn, services, kept)
        await asyncio.sleep(TURN_SECONDS)


def turn(services: Services, kept: int) -> int:
    """One turn; the slot of time for which everything is kept, given the one that was before."""
    slot = int(services.app.clock.now() // SLOT_SECONDS)
    try:
        services.app.tallies.write()
        if slot != kept and services.history.keep(services.instruments.read()):
            services.audit.forget_expired()
            services.webhooks.forget_expired()
            services.library.sweep()
    except AiprodError as error:
        logger().warning("not kept yet", reason=str(error))
        return kept
    return slot
