"""Which addresses of the network may be called where strangers say whom to call: public ones. Opens no connection."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from aiprod.errors import InvalidInput, Unavailable

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
_CARRIERS = (
    ipaddress.IPv6Network("64:ff9b::/96"),  # NAT64
    ipaddress.IPv6Network("::/96"),  # IPv4-compatible
)
"""IPv6 networks whose last four bytes are an IPv4 address that a gateway may go to."""


def is_public(address: Address) -> bool:
    """Whether an address, and any IPv4 address that it carries, is one of the open Internet."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if any(address in network for network in _CARRIERS):
            carried = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if carried:
            return is_public(carried)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_any(_: Address) -> bool:
    """Whether an address may be called where all may: always."""
    return True


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host. Raises: OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Which addresses may be called; `look_up` finds them."""

    permits: Callable[[Address], bool]
    look_up: Resolve = resolve

    def address_of(self, host: str, port: int) -> str:
        """A host's first address, all of them checked. Raises: InvalidInput (private), Unavailable (no such name)."""
        try:
            found = [address.partition("%")[0] for address in self.look_up(host, port)]
        except (OSError, UnicodeError) as error:
            raise Unavailable(f"The webhook's host {host} is not known: {error}.") from error
        for address in found:
            if not self.permits(ipaddress.ip_address(address)):
                raise InvalidInput(
                    "webhook", expected="a public address (AIPROD_WEBHOOK_PRIVATE=true allows others)",
                    found=f"{host}, which is {address}",
                )  # fmt: skip
        if not found:
            raise Unavailable(f"The webhook's host {host} has no address.")
        return found[0]
