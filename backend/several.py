"""Many small reads for one answer: one after the other on this machine's disk, at once where each is a call to another one."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")


@dataclass(kw_only=True)
class Several:
    """Reads `at_once` of them at a time, for all requests together."""

    at_once: int

    def each(self, read: Callable[[Given], Found], of: Iterable[Given]) -> list[Found]:
        """What `read` finds of each, in their order. Raises: what `read` raises."""
        if self.at_once < 2:
            return [read(one) for one in of]
        begun = [self._pool.submit(copy_context().run, read, one) for one in of]
        return [one.result() for one in begun]

    def close(self) -> None:
        """Begin nothing more."""
        if "_pool" in self.__dict__:
            self._pool.shutdown(wait=False, cancel_futures=True)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.at_once, "several")
