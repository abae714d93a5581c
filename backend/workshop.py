"""Where the web's own heavy pieces of work are done: a few at once beside the event loop, and not too many waiting.

What is done here takes none of the threads in which requests are answered.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import TypeVar

from aiprod.errors import Throttled

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Workshop:
    """Pieces of work in threads of their own, which hash, or wait for a child process."""

    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "workshop"))
    most_waiting: int = 30
    in_hand: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def do(self, work: Callable[[], T]) -> T:
        """Its outcome; it is done even if nobody waits any more. Raises: Throttled."""
        return await asyncio.shield(asyncio.wrap_future(self.begin(work)))

    def begin(self, work: Callable[[], T]) -> "Future[T]":
        """Take a piece of work. Raises: Throttled."""
        with self.lock:
            if self.in_hand >= self.most_waiting:
                raise Throttled(f"Expected fewer than {self.most_waiting} pieces of work waiting, found as many; try again soon.")
            self.in_hand += 1
        begun = self.pool.submit(copy_context().run, work)
        begun.add_done_callback(self._finished)
        return begun

    def close(self) -> None:
        """Begin nothing more."""
        self.pool.shutdown(wait=False, cancel_futures=True)

    def _finished(self, _: "Future[T]") -> None:
        with self.lock:
            self.in_hand -= 1
