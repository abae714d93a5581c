"""A language model's server for tests: speaks the OpenAI chat protocol on loopback, and does what each test tells it."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import pytest

from aiprod.ports import Json
from tests.loopback import listening


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. `promised` is the length the header tells, when it is to be a lie; `wait` delays the answer."""

    body: bytes
    status: int = 200
    promised: int | None = None
    wait: threading.Event | None = None


@dataclass(slots=True)
class ModelServer:
    """Answers the requests in order; the last answer is given again. `asked` keeps what was sent."""

    url: str
    replies: list[Reply | Callable[[dict[str, Json]], Reply]] = field(default_factory=list)
    asked: list[dict[str, Json]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def says(self, *contents: str) -> None:
        """Answer with these texts of the model, one a request."""
        self.replies.extend(Reply(body=completion(content)) for content in contents)

    def fails(self, status: int, message: str) -> None:
        """Answer with an error as OpenAI's servers write it."""
        self.replies.append(Reply(status=status, body=json.dumps({"error": {"message": message}}).encode()))


def completion(content: str | None, *, finish: str = "stop", refusal: str | None = None) -> bytes:
    """A chat completion with one choice."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return json.dumps({"id": "x", "object": "chat.completion",
                       "choices": [{"index": 0, "message": message, "finish_reason": finish}]}).encode()  # fmt: skip


@pytest.fixture
def model() -> Iterator[ModelServer]:
    """A running server."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append(request)
            server.headers.append(dict(self.headers))
            if self.path != "/v1/chat/completions":
                reply: Reply | Callable[[dict[str, Json]], Reply] = Reply(status=404, body=b'{"detail":"Not Found"}')
            else:
                reply = server.replies.pop(0) if len(server.replies) > 1 else server.replies[0]
            answer = reply(request) if callable(reply) else reply
            if answer.wait is not None:
                answer.wait.wait(20)
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(answer.promised or len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

    with listening(Handler) as address:
        server = ModelServer(url=f"{address}/v1")
        yield server
