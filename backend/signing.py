"""Addresses that a browser reads an object by, where the store signs them; kept a while, as signing asks another service."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

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

    known: OrderedDict[tuple[str, str], tuple[float, str]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, signer: Signer, address: str, save_as: str, now: float) -> str:
        """A signed address that is good for half an hour at least."""
        with self.lock:
            until, found = self.known.get((address, save_as), (0.0, ""))
        if now < until:
            return found
        signed = signer.sign(address, SIGNED_SECONDS, save_as=save_as)
        with self.lock:
            self.known[address, save_as] = (now + RESIGNED_SECONDS, signed)
            while len(self.known) > MOST_KEPT:
                self.known.popitem(last=False)
        return signed
