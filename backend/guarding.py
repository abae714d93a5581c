"""What surrounds every request: an id, a limit on what may be sent, headers that make browsers careful, a log line.

Knows no route. It lies outside of everything else, so that a fault's answer has the headers too.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aiprod.logs import context, logger
from backend.problems import TOO_LARGE, answer

MOST_BYTES = 1_000_000
LARGE = "Expected a request of at most {} MB, found a larger one."
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """An ASGI application around another; `secure` tells that it is reached by https; `larger` are the places that take
    more, by method and path, and how many bytes."""

    inside: ASGIApp
    secure: bool
    larger: Mapping[tuple[str, str], int] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inside(scope, receive, send)
            return
        scope["request_id"] = secrets.token_hex(6)
        started, status = time.monotonic(), 0

        async def guarded_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(MutableHeaders(scope=message), scope["request_id"])
            await send(message)

        with context(request=scope["request_id"]):
            try:
                await self._serve(scope, receive, guarded_send)
            finally:
                logger().info(
                    "request", method=scope["method"], path=scope["path"][:200], status=status,
                    seconds=round(time.monotonic() - started, 4), user=scope.get("user_id", ""),
                )  # fmt: skip

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        most = self.larger.get((scope["method"], scope["path"]), MOST_BYTES)
        large = LARGE.format(most // 1_000_000)
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or len(declared) > 12 or int(declared) > most:
            response = answer(Request(scope), TOO_LARGE, large)
            await response(scope, receive, send)
            return
        heard = 0

        async def counted_receive() -> Message:
            nonlocal heard
            message = await receive()
            heard += len(message.get("body", b""))
            if heard > most:
                raise HTTPException(413, large)
            return message

        await self.inside(scope, counted_receive, send)

    def _add_headers(self, headers: MutableHeaders, request_id: str) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self.secure:
            headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
        headers.setdefault("Cache-Control", "no-store")
        headers["X-Request-Id"] = request_id
