"""A request's body to a file, piece by piece: never whole in memory, never longer than it may be, never for ever."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from starlette.requests import ClientDisconnect

from aiprod.adapters.disk import disk_error
from aiprod.errors import Misuse, QuotaSpent

LONGEST_SECONDS = 1800.0
PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What came: how many bytes, and their SHA-256 digest."""

    size: int
    sha256: str


async def receive(stream: AsyncIterator[bytes], into: Path, most_bytes: int, *, spent: str) -> Received:
    """Write all that comes. Raises: QuotaSpent (with the sentence `spent`), Misuse, StorageFull."""
    size, pieces, digest = 0, bytearray(), hashlib.sha256()
    try:
        with into.open("wb") as target:
            async with asyncio.timeout(LONGEST_SECONDS):
                async for piece in stream:
                    size += len(piece)
                    if most_bytes and size > most_bytes:
                        raise QuotaSpent(spent)
                    pieces += piece
                    if len(pieces) >= PIECE_BYTES:
                        await _pour(target, pieces, digest.update)
                await _pour(target, pieces, digest.update)
    except ClientDisconnect as error:
        raise Misuse("Expected a whole file, found that the sender went before it was there; send it again.") from error
    except TimeoutError as error:
        raise Misuse(f"Expected a file within {LONGEST_SECONDS / 60:.0f} minutes, found that it took longer.") from error
    except OSError as error:
        raise disk_error(error, "receiving a file") from error
    return Received(size=size, sha256=digest.hexdigest())


async def _pour(target: IO[bytes], pieces: bytearray, note: Callable[[bytes], None]) -> None:
    def pour(content: bytes) -> None:
        target.write(content)
        note(content)

    await asyncio.to_thread(pour, bytes(pieces))
    pieces.clear()
