"""The terminal: answers go to standard output, progress and notices to standard error."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

COMPLAINT = "aiprod: "
"""What an error's sentence begins with; a command finds its workers' sentences in their log by it."""


@cache
def output() -> "Console":
    """Where answers are printed."""
    from rich.console import Console

    return Console(soft_wrap=True)


@cache
def error_console() -> "Console":
    """Where progress is shown and notices are printed."""
    from rich.console import Console

    return Console(stderr=True, soft_wrap=True)
