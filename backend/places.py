"""So many at once a name: uploads and live connections of one account, previews of one caller. Knows this process alone."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiprod.errors import Throttled


@dataclass(slots=True, kw_only=True)
class Places:
    """Places for things of one kind, which `what` names for people."""

    most: int
    what: str
    taken: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, name: str) -> None:
        """Raises: Throttled, where there is no place."""
        if self.taken[name] >= self.most:
            raise Throttled(f"Expected at most {self.most} {self.what} at once, found as many; end one first.")

    @contextmanager
    def taking(self, name: str) -> Iterator[None]:
        """A place while the block lasts. Raises: Throttled."""
        with self.lock:
            self.check(name)
            self.taken[name] += 1
        try:
            yield
        finally:
            with self.lock:
                self.taken[name] -= 1
                if not self.taken[name]:
                    del self.taken[name]
