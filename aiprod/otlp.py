"""OpenTelemetry's protocol over HTTP, as far as traces and numbers share it: where to, who tells, what its libraries complain of.

Nothing of OpenTelemetry's is imported until an address is set. Knows neither spans nor numbers.
"""

import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from aiprod.errors import EngineMissing
from aiprod.logs import logger

if TYPE_CHECKING:
    from opentelemetry.sdk.resources import Resource

FLUSH_SECONDS = 5.0


class Teller(Protocol):
    """Tells a collector."""

    def shutdown(self) -> None:
        """Tell what is left, and nothing from now on."""


T = TypeVar("T", bound=Teller)


class Outlet(Generic[T]):
    """Who tells the collector whose address a setting names; `teller` is None where none is named."""

    def __init__(self, setting: str) -> None:
        self.teller: T | None = None
        self._setting = setting
        self._url = ""

    def configure(self, url: str, open_teller: Callable[[], T]) -> None:
        """Tell that address from now on; "" tells none. Raises: EngineMissing."""
        if url == self._url:
            return
        self.stop()
        if not url:
            return
        try:
            self.teller = open_teller()
        except ImportError as error:
            raise EngineMissing(
                f"{self._setting} needs {error.name}, which is not installed; run scripts/setup web, or leave it out."
            ) from error
        self._url = url
        told = logging.getLogger("opentelemetry")
        told.propagate = False
        told.handlers[:] = [_Complaints(level=logging.WARNING)]

    def stop(self) -> None:
        """Tell what is left, and nothing from now on."""
        teller, self.teller, self._url = self.teller, None, ""
        if teller is not None:
            teller.shutdown()


def resource() -> "Resource":
    """Who tells: the service or job that this process is of, and the process."""
    from opentelemetry.sdk.resources import Resource

    service = os.environ.get("K_SERVICE") or os.environ.get("CLOUD_RUN_JOB") or "aiprod"
    return Resource.create({"service.name": service, "process.pid": os.getpid()})


class _Complaints(logging.Handler):
    """A collector that does not answer is a log line of ours, not a trace of its own on the screen."""

    def emit(self, record: logging.LogRecord) -> None:
        sentence = "metrics not sent" if "metric" in record.name else "traces not sent"
        logger().warning(sentence, reason=record.getMessage())
