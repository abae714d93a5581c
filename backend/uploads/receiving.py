"""A request's body to a file, piece by piece: never whole in memory, never longer than it may be, never for ever."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

from starlette.requests import ClientDisconnect

from aiprod.adapters.embedded.database import disk_error
from aiprod.errors import Misuse, QuotaSpent

LONGEST_SECONDS = 1800.0
PIECE_BYTES = 1 << 20


async def receive(stream: AsyncIterator[bytes], into: Path, most_bytes: int, *, spent: str) -> int:
    """Write all that comes; how many bytes it was. Raises: QuotaSpent (with the sentence `spent`), Misuse, StorageFull."""
    size, pieces = 0, bytearray()
    try:
        with into.open("wb") as target:
            async with asyncio.timeout(LONGEST_SECONDS):
                async for piece in stream:
                    size += len(piece)
                    if most_bytes and size > most_bytes:
                        raise QuotaSpent(spent)
                    pieces += piece
                    if len(pieces) >= PIECE_BYTES:
                        await _pour(target, pieces)
                await _pour(target, pieces)
    except ClientDisconnect as error:
        raise Misuse("Expected a whole file, found that the sender went before it was there; send it again.") from error
    except TimeoutError as error:
        raise Misuse(f"Expected a file within {LONGEST_SECONDS / 60:.0f} minutes, found that it took longer.") from error
    except OSError as error:
        raise disk_error(error, "receiving a file") from error
    return size


async def _pour(target: IO[bytes], pieces: bytearray) -> None:
    await asyncio.to_thread(target.write, bytes(pieces))
    pieces.clear()
