"""Looking at documents again and again, in a thread of its own, while somebody wants to know. Knows no document."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(kw_only=True)
class Looking(Generic[T]):
    """While `wanted` says so, every so often what `prepare` gives is done in the thread, and `tell` hears what it found;
    `watched` is entered meanwhile.

    One thread for all looks: the embedded cloud tells a thread whether others have written since it last looked.
    """

    seconds: float
    wanted: Callable[[], bool]
    prepare: Callable[[], Callable[[], T]]
    tell: Callable[[T], None]
    watched: Callable[[], AbstractContextManager[None]] = nullcontext
    _task: "asyncio.Task[None] | None" = None
    _thread: ThreadPoolExecutor | None = None

    def begin(self) -> None:
        """Look from now on, if nobody does."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._thread is not None:
            self._thread.shutdown(wait=False)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        self._thread = self._thread or ThreadPoolExecutor(max_workers=1, thread_name_prefix="looking")
        with self.watched():
            while self.wanted():
                started = loop.time()
                self.tell(await loop.run_in_executor(self._thread, self.prepare()))
                await asyncio.sleep(max(0.001, self.seconds - (loop.time() - started)))
