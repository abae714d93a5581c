"""Webhooks over HTTP: signed, to public addresses only, mapped to our errors. Knows no video.

The signature is `AIPROD-Signature: t=SECONDS,v1=HEX`, HEX being HMAC-SHA256 of "SECONDS.BODY" with the shared secret.
A name is resolved once, its addresses are checked, and the connection goes to the checked address.
"""

import hashlib
import hmac
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiprod.errors import InvalidInput, InvalidSetting, Permanent, Unavailable
from aiprod.ports import Clock

TIMEOUT_SECONDS = 10.0
SIGNATURE_HEADER = "AIPROD-Signature"


def sign(secret: str, at: int, body: bytes) -> str:
    """The signature header's value."""
    mac = hmac.new(secret.encode("utf-8"), f"{at}.".encode("ascii") + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


def check_url(url: str) -> None:
    """Raises: InvalidInput when it is no http(s) address of a host."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise InvalidInput("webhook", expected="an http or https address without a password in it", found=url)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpWebhooks:
    """Implements ports.Webhooks."""

    secret: str
    allow_private: bool
    clock: Clock

    def check(self, url: str) -> None:
        check_url(url)
        if not self.secret:
            raise InvalidSetting("A webhook needs a key to sign with; set AIPROD_WEBHOOK_SECRET.")
        self._address(url)

    def send(self, url: str, body: bytes) -> None:
        import httpx

        self.check(url)
        parts = urlsplit(url)
        host = parts.hostname or ""
        at = int(self.clock.now())
        headers = {
            "Host": parts.netloc, "Content-Type": "application/json", SIGNATURE_HEADER: sign(self.secret, at, body),
        }  # fmt: skip
        target = httpx.URL(url).copy_with(host=self._address(url))
        try:
            with httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=False) as client:
                request = client.build_request("POST", target, content=body, headers=headers)
                if parts.scheme == "https":
                    request.extensions["sni_hostname"] = host
                answer = client.send(request)
        except httpx.HTTPError as error:
            raise Unavailable(f"The webhook at {host} did not answer: {error}.") from error
        if answer.status_code >= 500 or answer.status_code in (408, 425, 429):
            raise Unavailable(f"The webhook at {host} answered {answer.status_code}.")
        if answer.status_code >= 300:
            raise Permanent(f"The webhook at {host} refused: it answered {answer.status_code}.")

    def _address(self, url: str) -> str:
        """A checked address of the host. Raises: InvalidInput (private), Unavailable (no such name)."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except ValueError as error:
            raise InvalidInput("webhook", expected="a port from 1 to 65535", found=url) from error
        except OSError as error:
            raise Unavailable(f"The webhook's host {host} is not known: {error}.") from error
        addresses = [str(entry[4][0]) for entry in found]
        if not self.allow_private:
            for address in addresses:
                if not ipaddress.ip_address(address.partition("%")[0]).is_global:
                    raise InvalidInput(
                        "webhook", expected="a public address (AIPROD_WEBHOOK_PRIVATE=true allows others)",
                        found=f"{host}, which is {address}",
                    )  # fmt: skip
        return addresses[0]
