"""Where a model's files come from: the publisher's site, a hub, a bucket, packages that carry them, another model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from aiprod.errors import Unavailable
from aiprod.models.manifest import Published

Tell: TypeAlias = Callable[[int], None]
"""Is told the bytes of the model obtained so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """A file that has arrived, as it lies here; `made_of` is the publisher's, where it was rewritten."""

    size: int
    sha256: str
    made_of: Published | None = None


class SourceFailed(Unavailable):
    """This source could not give the files; the message is the reason, short, without a full stop."""
