"""Webhooks over HTTP: signed, to public addresses only, mapped to our errors. Knows no video.

The signature is `AIPROD-Signature: t=SECONDS,v1=HEX`, HEX being HMAC-SHA256 of "SECONDS.BODY" with the secret that both
sides know. A redirect is a new call: its address is checked and connected to like the first one's.
"""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from aiprod import __version__
from aiprod.adapters.addresses import Gate
from aiprod.errors import InvalidInput, InvalidSetting, Permanent, Unavailable
from aiprod.ports import Clock, WebhookAnswer, WebhookCall

if TYPE_CHECKING:
    import httpcore

TIMEOUT_SECONDS = 10.0
MOST_REDIRECTS = 3
MOST_ANSWER_BYTES = 2000
"""What is read of an answer; the rest is left where it is."""
MOST_URL_CHARACTERS = 2000
SIGNATURE_HEADER = "AIPROD-Signature"
DELIVERY_HEADER = "AIPROD-Delivery"
REDIRECTS = frozenset({301, 302, 307, 308})


def sign(secret: str, at: int, body: bytes) -> str:
    """The signature header's value."""
    mac = hmac.new(secret.encode("utf-8"), f"{at}.".encode("ascii") + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


def check_url(url: str) -> None:
    """Raises: InvalidInput when it is no http(s) address of a host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InvalidInput("webhook", expected="a port from 1 to 65535 and a host", found=url[:200]) from error
    whole = parts.scheme in ("http", "https") and parts.hostname and not parts.username and not parts.password
    if not whole or port == 0 or len(url) > MOST_URL_CHARACTERS or not url.isprintable() or " " in url:
        raise InvalidInput("webhook", expected="an http or https address without a password in it", found=url[:200])


@dataclass(frozen=True, kw_only=True)
class HttpWebhooks:
    """Implements ports.Webhooks; `secret` signs where a call brings none of its own."""

    secret: str
    gate: Gate
    clock: Clock
    timeout_seconds: float = TIMEOUT_SECONDS

    def check(self, url: str) -> None:
        if not self.secret:
            raise InvalidSetting("A webhook needs a key to sign with; set AIPROD_WEBHOOK_SECRET.")
        self.check_address(url)

    def check_address(self, url: str) -> None:
        check_url(url)
        parts = urlsplit(url)
        self.gate.address_of(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))

    def send(self, call: WebhookCall) -> WebhookAnswer:
        started = time.monotonic()
        url = call.url
        for _ in range(MOST_REDIRECTS + 1):
            status, headers, text = self._post(url, call, self.timeout_seconds - (time.monotonic() - started))
            if status not in REDIRECTS:
                return WebhookAnswer(status=status, text=text, seconds=time.monotonic() - started)
            target = urljoin(url, headers.get("location", ""))
            if url.startswith("https:") and not target.startswith("https:"):
                raise Permanent(f"Expected a redirect of {url} to stay with https, found one that does not.")
            url = target
        raise Permanent(f"Expected at most {MOST_REDIRECTS} redirects of {call.url}, found more.")

    def _post(self, url: str, call: WebhookCall, seconds: float) -> tuple[int, dict[str, str], str]:
        import httpcore
        import httpx

        from aiprod.adapters.public_network import PublicNetwork

        check_url(url)
        secret, at = call.secret or self.secret, int(self.clock.now())
        if not secret:
            raise InvalidSetting("A webhook needs a key to sign with; set AIPROD_WEBHOOK_SECRET.")
        try:
            parts = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise InvalidInput("webhook", expected="an http or https address", found=url[:200]) from error
        target = httpcore.URL(scheme=parts.raw_scheme, host=parts.raw_host, port=parts.port, target=parts.raw_path)
        headers: dict[bytes | str, bytes | str] = {
            "Host": parts.netloc.decode("ascii"), "Content-Type": "application/json", "Content-Length": str(len(call.body)),
            "User-Agent": f"AIPROD/{__version__}", "Connection": "close",
            DELIVERY_HEADER: call.id, SIGNATURE_HEADER: sign(secret, at, call.body),
        }  # fmt: skip
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        network = PublicNetwork(self.gate, seconds)
        with (
            _told(parts.host),
            httpcore.ConnectionPool(network_backend=network) as pool,
            pool.stream("POST", target, headers=headers, content=call.body, extensions={"timeout": timeouts}) as answer,
        ):
            given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
            return answer.status, given, _beginning(answer)


def _beginning(answer: "httpcore.Response") -> str:
    """The first words of an answer."""
    read = b""
    for part in answer.iter_stream():
        read += part[:MOST_ANSWER_BYTES]
        if len(read) >= MOST_ANSWER_BYTES:
            break
    return read[:MOST_ANSWER_BYTES].decode("utf-8", "replace").replace("\x00", "\ufffd")


@contextmanager
def _told(host: str) -> Iterator[None]:
    """httpcore's errors as one of ours."""
    import httpcore

    faults = (
        httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpcore.UnsupportedProtocol,
        httpcore.ConnectionNotAvailable,
    )  # fmt: skip
    try:
        yield
    except faults as error:
        reason = str(error) or type(error).__name__
        raise Unavailable(f"The webhook at {host} did not answer: {reason}.") from error
