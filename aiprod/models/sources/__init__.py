"""Where a model's files come from: the publisher's site, packages that carry them, or another model rewritten."""

from collections.abc import Callable
from typing import TypeAlias

from aiprod.errors import Unavailable

Tell: TypeAlias = Callable[[int], None]
"""Is told the bytes of the model obtained so far."""


class SourceFailed(Unavailable):
    """This source could not give the files; the message is the reason, short, without a full stop."""
