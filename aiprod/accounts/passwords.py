"""Passwords: what is kept of them, and how long the answer takes. Knows no user.

bcrypt reads 72 bytes, so what it is given is a digest of the whole password. Where there is nothing to compare with, a
password is compared with a decoy: who asks cannot tell by the time whether there is such a user.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from functools import cached_property

from aiprod.errors import InvalidInput

LEAST_CHARACTERS = 10
MOST_CHARACTERS = 256


@dataclass(frozen=True, kw_only=True)
class Passwords:
    """Keeps and checks passwords; each round more doubles the time of a check."""

    rounds: int = 12

    def keep(self, password: str) -> str:
        """What to store of a new password. Raises: InvalidInput."""
        import bcrypt

        if not LEAST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
            raise InvalidInput("password", expected=f"{LEAST_CHARACTERS} to {MOST_CHARACTERS} characters",
                               found=f"{len(password)}")  # fmt: skip
        return bcrypt.hashpw(_digest(password), bcrypt.gensalt(self.rounds)).decode("ascii")

    def matches(self, password: str, kept: str) -> bool:
        """Whether it is the password that was kept; "" (nothing was) takes as long and is never matched."""
        import bcrypt

        same = bcrypt.checkpw(_digest(password), (kept or self._decoy).encode("ascii"))
        return same and bool(kept)

    @cached_property
    def _decoy(self) -> str:
        import bcrypt

        return bcrypt.hashpw(_digest(secrets.token_hex()), bcrypt.gensalt(self.rounds)).decode("ascii")


def _digest(password: str) -> bytes:
    return base64.b64encode(hashlib.sha256(password.encode("utf-8")).digest())
