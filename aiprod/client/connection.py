"""Calls over HTTP: who asks, keys against doing a thing twice, trying again when the service asks for it.

Knows no address of the API. A call is sent again only where that can do no harm: what reads or replaces, what carries an
Idempotency-Key or is known to be the same twice, and whatever the service refused for now or never received.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar
from urllib.parse import quote

import httpx

from aiprod.client.problems import WORTH_REPEATING, NotNow, Problem, problem_of
from aiprod.encoding import from_json, to_json
from aiprod.errors import AiprodError, Unavailable

T = TypeVar("T")
Value = str | int | float | bool
REPEATABLE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
REFUSED_UNSEEN = 429
FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Call:
    """A request: an address of the API, with the values of its parts; values that are None are left out."""

    method: str
    path: str
    parts: Mapping[str, Value] = field(default_factory=dict, kw_only=True)
    query: Mapping[str, Value | None] = field(default_factory=dict, kw_only=True)
    headers: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    body: object = field(default=None, kw_only=True)
    content: Path | bytes | None = field(default=None, kw_only=True)
    idempotency_key: str = field(default="", kw_only=True)
    harmless_twice: bool = field(default=False, kw_only=True)

    @property
    def address(self) -> str:
        """The path with its parts, each quoted whole."""
        quoted = {name: quote(str(value), safe="") for name, value in self.parts.items()}
        return self.path.format(**quoted)

    @property
    def repeatable(self) -> bool:
        """Whether doing it twice is doing it once."""
        return self.method in REPEATABLE or bool(self.idempotency_key) or self.harmless_twice


@dataclass(kw_only=True)
class Connection:
    """A service and who asks it; waits at most `patience_seconds` for one call to be possible."""

    http: httpx.Client
    token: str = ""
    patience_seconds: float = 120.0
    pause: Callable[[float], object] = field(default_factory=lambda: threading.Event().wait)

    def ask(self, type_: type[T], call: Call) -> T:
        """What the service answers, as that type. Raises: Problem, NotNow, Unavailable."""
        return from_json(type_, self.send(call).content, source=f"answer of {call.method} {call.path}")

    def tell(self, call: Call) -> None:
        """A call whose answer says nothing. Raises: Problem, NotNow, Unavailable."""
        self.send(call)

    def send(self, call: Call) -> httpx.Response:
        """The whole answer. Raises: Problem, NotNow, Unavailable."""
        with self.stream(call) as response:
            response.read()
        return response

    @contextmanager
    def stream(self, call: Call) -> Iterator[httpx.Response]:
        """An answer that is read as it comes. Raises: Problem, NotNow, Unavailable."""
        response = self._started(call)
        try:
            yield response
        except httpx.TransportError as error:
            raise Unavailable(
                f"Expected the rest of the answer to {call.method} {call.path}, found {_said(error)}."
            ) from error
        finally:
            response.close()

    def _started(self, call: Call) -> httpx.Response:
        waited, pause = 0.0, FIRST_PAUSE_SECONDS
        while True:
            again = call.repeatable
            try:
                response = self._once(call)
                if response.status_code < 400:
                    return response
                response.read()
                error: AiprodError = problem_of(response)
                again = _may_repeat(error, call)
                pause = max(pause, error.retry_after or 0.0) if isinstance(error, Problem) else pause
            except httpx.TransportError as reason:
                again = again or isinstance(reason, httpx.ConnectError)
                error = Unavailable(f"Expected an answer of {self.http.base_url}, found {_said(reason)}.")
            if not again or waited + pause > self.patience_seconds:
                raise error
            self.pause(pause)
            waited += pause
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _once(self, call: Call) -> httpx.Response:
        headers = dict(call.headers)
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if call.idempotency_key:
            headers["Idempotency-Key"] = call.idempotency_key
        query = {name: value for name, value in call.query.items() if value is not None}
        with ExitStack() as stack:
            content: bytes | BinaryIO | None
            if call.body is not None:
                headers["Content-Type"], content = "application/json", to_json(call.body)
            elif isinstance(call.content, Path):
                headers |= {"Content-Type": "application/octet-stream", "Content-Length": str(call.content.stat().st_size)}
                content = stack.enter_context(call.content.open("rb"))
            else:
                content = call.content
            request = self.http.build_request(call.method, call.address, params=query, headers=headers, content=content)
            response = self.http.send(request, stream=True, follow_redirects=call.method == "GET")
        self.http.cookies.clear()  # the token alone says who asks, so that signing out or in leaves nobody else behind
        return response


def _may_repeat(error: AiprodError, call: Call) -> bool:
    if not isinstance(error, NotNow) or error.status not in WORTH_REPEATING:
        return False
    return call.repeatable or error.status == REFUSED_UNSEEN


def _said(error: httpx.TransportError) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
