"""Connections within a deadline, to addresses that a gate lets through.

A name is looked up once for each connection; all of its addresses are checked, and the connection goes to the first of
them, so that nobody can answer the check with one address and the connection with another. Knows no HTTP. Imports
httpcore: import this module where it is used.
"""

import ssl
import time
from collections.abc import Iterable

import httpcore

from aiprod.adapters.addresses import Gate


class PublicNetwork(httpcore.NetworkBackend):
    """httpcore's network behind a gate; everything ends at the deadline, however slowly bytes come."""

    def __init__(self, gate: Gate, seconds: float) -> None:
        self._gate = gate
        self._until = time.monotonic() + seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        address = self._gate.address_of(host, port)
        network = httpcore.SyncBackend()
        stream = network.connect_tcp(address, port, _left(self._until, timeout), local_address, socket_options)
        return _Hurried(stream, self._until)


class _Hurried(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._until, timeout))
        return _Hurried(secured, self._until)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(until: float, timeout: float | None) -> float:
    """Seconds left. Raises: httpcore.ReadTimeout, when none are."""
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("no answer in time")
    return min(left, timeout) if timeout is not None else left
