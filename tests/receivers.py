"""Real HTTP servers on this machine that webhooks call."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.loopback import listening

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Receiver:
    """What arrived, and what is answered to each call in turn (200 when none is left): a status, or how to answer."""

    answers: list[int | Answer] = field(default_factory=list)
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    def contents(self) -> list[dict[str, Any]]:
        """What was told."""
        return [json.loads(body)["content"] for _, body in self.calls]

    def statuses(self) -> list[str]:
        return [content["status"] for content in self.contents()]


@contextmanager
def receiving(answers: list[int | Answer] | None = None, host: str = "127.0.0.1") -> Iterator[Receiver]:
    receiver = Receiver(answers or [])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.calls.append(({name.lower(): value for name, value in self.headers.items()}, body))
            answer = receiver.answers.pop(0) if receiver.answers else 200
            if callable(answer):
                answer(self)
                return
            self.send_response(answer)
            self.end_headers()

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            return  # who called may go before it is answered

    with listening(Handler, host=host, server=Server) as address:
        receiver.url = f"{address}/hook"
        yield receiver


def redirect(status: int, target: str) -> Answer:
    """An answer that sends the caller elsewhere."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Location", target)
        handler.end_headers()

    return answer
