"""Addresses that a browser reads an object by, where the store signs them; kept a while, as signing asks another service."""

from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

from backend.recent import Recent

SIGNED_SECONDS: Final = 3600.0
"""How long a signed address is good."""
RESIGNED_SECONDS: Final = 1800.0
MOST_KEPT: Final = 4096


@runtime_checkable
class Signer(Protocol):
    """A store that can let a browser read an object by its address alone."""

    def sign(self, address: str, seconds: float, *, save_as: str = "") -> str: ...


@dataclass(slots=True, kw_only=True)
class Signatures:
    """The addresses that were signed a while ago."""

    known: Recent[tuple[str, str], tuple[float, str]] = field(default_factory=lambda: Recent(most=MOST_KEPT))

    def of(self, signer: Signer, address: str, save_as: str, now: float) -> str:
        """A signed address that is good for half an hour at least."""
        until, found = self.known.get((address, save_as)) or (0.0, "")
        if now < until:
            return found
        signed = signer.sign(address, SIGNED_SECONDS, save_as=save_as)
        self.known.keep((address, save_as), (now + RESIGNED_SECONDS, signed))
        return signed
