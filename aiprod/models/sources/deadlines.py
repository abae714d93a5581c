"""An answer that is had within a time whatever the server does: a limit on each read alone bears with a byte now and then.

Knows how httpx tells of the connections that it makes. A connection made earlier is not told of: clients keep none.
"""

import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any


class Deadline:
    """Cuts the connections of the request that is given its `extensions` when the time is over, unless it was met before."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._lock = threading.Lock()
        self._connections: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.meet()
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    @property
    def extensions(self) -> Mapping[str, Callable[[str, Mapping[str, Any]], None]]:
        """For httpx."""
        return {"trace": self._note}

    def meet(self) -> None:
        """What was waited for is here: nothing is cut any more."""
        self._timer.cancel()

    def _note(self, event: str, told: Mapping[str, Any]) -> None:
        """A copy of the connection stays cuttable while TLS is agreed upon, and once it is."""
        if event.endswith("connect_tcp.complete"):
            with self._lock:
                self._connections.append(told["return_value"].get_extra_info("socket").dup())
                if self.passed:
                    self._shut()

    def _cut(self) -> None:
        with self._lock:
            self.passed = True
            self._shut()

    def _shut(self) -> None:
        for connection in self._connections:
            with suppress(OSError):  # it has ended by itself
                connection.shutdown(socket.SHUT_RDWR)
