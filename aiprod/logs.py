"""Logs: one JSON line a fact, a constant message with variable fields; ids come from context variables.

Never the text of a theme, a token or a password.
"""

import atexit
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

import structlog

_files: list[TextIO] = []
"""The log file that is open, to be closed when another is chosen."""


def configure(level: str, file: Path | None = None) -> None:
    """Write log lines to a file, or to standard error."""
    stream: TextIO = sys.stderr
    while _files:
        left = _files.pop()
        atexit.unregister(left.close)
        left.close()
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = file.open("a", encoding="utf-8", buffering=1)
        _files.append(stream)
        atexit.register(stream.close)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _add_severity,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )


def _add_severity(_logger: object, method: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """How grave a line is, under the name and in the words that Cloud Logging reads."""
    line["severity"] = method.upper()
    return line


def logger() -> structlog.typing.FilteringBoundLogger:
    """The logger; its lines carry the fields bound by `context`."""
    return cast("structlog.typing.FilteringBoundLogger", structlog.get_logger())


@contextmanager
def context(**fields: str | int) -> Iterator[None]:
    """Put these fields on every line logged inside."""
    with structlog.contextvars.bound_contextvars(**fields):
        yield


def bound(name: str) -> str:
    """A field bound by `context`, "" where there is none."""
    return str(structlog.contextvars.get_contextvars().get(name, ""))
