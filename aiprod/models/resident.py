"""What was opened of a model and stays in memory, as long as the model's version in use is the same.

Knows labels and no network. A process that lives long works for many videos, and each keeps the version of a model that it
was begun with: what was opened for one must not make another.
"""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Opened = TypeVar("Opened")


class Resident(Generic[Opened]):
    """Holds one thing at a time; safe to use from several threads."""

    def __init__(self) -> None:
        self._held: tuple[str, Opened] | None = None
        self._turn = threading.Lock()

    def get(self, label: str, opened: Callable[[], Opened]) -> Opened:
        """What is held under that label, or what is opened now, after what was held has gone. Raises: what `opened` does."""
        with self._turn:
            if self._held is None or self._held[0] != label:
                self._held = None
                self._held = label, opened()
            return self._held[1]
