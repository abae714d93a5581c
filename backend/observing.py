"""Every request is traced, counted, and, where it changed something, written into the audit trail before it is answered.

It knows requests by their routes: what a route is called in the API's description is what an act is called in the trail.
A route says more by `noted`. Lies around everything else.
"""

import asyncio
import time
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aiprod.accounts.audit import Act
from aiprod.errors import AiprodError
from aiprod.logs import logger
from aiprod.telemetry import Piece, span
from backend.services import Services

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
QUIET = frozenset({"estimate", "count_view"})
"""Routes that only look, though they are asked by POST."""
PARTLY = frozenset({"upload_part"})
"""Routes that do a part of an act, of which the whole is written down; and who is refused the part."""
DOORS = frozenset({"sign_in", "register"})
"""Routes at which somebody who is not known is refused something."""
NO_ROUTE = "none"
_NOTES = "aiprod.notes"


def noted(scope: Scope, *, user: str = "", on: str = "", detail: str = "") -> None:
    """Say more of an act for the audit trail: whose it was where nobody is signed in, on what, a word more."""
    known = scope.setdefault(_NOTES, {})
    known.update({name: value for name, value in (("user", user), ("on", on), ("detail", detail)) if value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """An ASGI application around another."""

    inside: ASGIApp
    services: Services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inside(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in METHODS else "other"
        with span(method, kind="server", after=Headers(scope=scope).get("traceparent", "")) as piece:
            await self._observe(method, piece, scope, receive, send)

    async def _observe(self, method: str, piece: Piece, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.monotonic()

        async def observed_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                seconds, status = time.monotonic() - started, message["status"]
                route = getattr(scope.get("route"), "path", NO_ROUTE)
                self.services.app.tallies.took("http", seconds, method=method, route=route, status=str(status))
                piece.call(f"{method} {route}")
                piece.note(**{"http.request.method": method, "http.route": route, "http.response.status_code": status})
                if status >= 500:
                    piece.fail(str(status))
                act = _act(scope, status, Headers(raw=message["headers"]))
                if act is not None:
                    await asyncio.to_thread(self._record, act)
            await send(message)

        await self.inside(scope, receive, observed_send)

    def _record(self, act: Act) -> None:
        """What was done is done: where the trail cannot be written, the log has it."""
        try:
            self.services.audit.record(act)
        except AiprodError as error:
            logger().error(
                "act not recorded", reason=str(error), act=act.act, user=act.user, on=act.on, refused=act.refused
            )


def _act(scope: Scope, status: int, headers: Headers) -> Act | None:
    """What a request did; None where it did nothing, or nobody knows who asked."""
    name = getattr(scope.get("route"), "name", "")
    if scope["method"] in ("GET", "HEAD", "OPTIONS") or not name or name in QUIET:
        return None
    notes = scope.get(_NOTES, {})
    user = notes.get("user") or scope.get("user_id", "")
    refused = status in (401, 403)
    done = status < 400 and name not in PARTLY
    if not (done or refused) or not (user or name in DOORS):
        return None
    parts = "/".join(str(value) for value in scope.get("path_params", {}).values())
    client = scope.get("client")
    return Act(
        user=user, act=name, on=notes.get("on") or parts or headers.get("location", "").rpartition("/")[2],
        detail=notes.get("detail", ""), address=client[0] if client else "", key=scope.get("api_key_id", ""),
        refused=refused,
    )  # fmt: skip
