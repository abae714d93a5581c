"""Servers of moving pictures on loopback: Agent Platform's operations, the Interactions API, Pexels, Pixabay.

They replay the documented protocols and do what each test tells them: answer late, refuse, forget, break off.
"""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from aiprod.ports import Json
from tests.loopback import listening

OPERATION = "projects/p/locations/global/publishers/google/models/veo-3.1-fast-generate-001/operations/op"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. `hold` delays it; `cut` breaks the connection instead of answering."""

    body: Json | bytes = None
    status: int = 200
    hold: threading.Event | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Json]


Answer = Reply | Callable[[Asked], Reply]


@dataclass(slots=True)
class VideoServer:
    """Answers by what a path holds; the last reply of a list is given again. `asked` keeps every request but logins."""

    url: str
    replies: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def says(self, part: str, *replies: Answer) -> None:
        """Answer requests whose path holds `part` with these."""
        self.replies.setdefault(part, []).extend(replies)

    def count(self, part: str, method: str = "") -> int:
        """How many requests had `part` in their path."""
        return sum(part in one.path and method in ("", one.method) for one in self.asked)

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        for part, replies in self.replies.items():
            name, _, method = part.partition("|")
            if name in asked.path and method in ("", asked.method):
                reply = replies.pop(0) if len(replies) > 1 else replies[0]
                return reply if isinstance(reply, Reply) else reply(asked)
        return Reply(status=404, body=error_body(404, "not found"))


def error_body(status: int, message: str) -> Json:
    """An error as Google writes it."""
    return {"error": {"code": status, "message": message, "status": "ERROR"}}


def veo_started() -> Reply:
    return Reply(body={"name": OPERATION})


def veo_going_on() -> Reply:
    return Reply(body={"name": OPERATION})


def veo_done(content: bytes) -> Reply:
    """An operation whose clip is in the answer, as it is where no storage is named."""
    video: Json = {"bytesBase64Encoded": base64.b64encode(content).decode(), "mimeType": "video/mp4"}
    return Reply(body={"name": OPERATION, "done": True, "response": {"videos": [video]}})


def veo_stored(uri: str) -> Reply:
    """An operation whose clip lies in storage."""
    return Reply(body={"name": OPERATION, "done": True, "response": {"videos": [{"gcsUri": uri, "mimeType": "video/mp4"}]}})


def veo_filtered(reason: str) -> Reply:
    return Reply(body={"name": OPERATION, "done": True,
                       "response": {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": [reason]}})  # fmt: skip


def omni_going_on() -> Reply:
    return Reply(body={"id": "i-1", "status": "in_progress"})


def omni_done(**video: str) -> Reply:
    content: Json = {"type": "video", "mime_type": "video/mp4", **video}
    return Reply(body={"id": "i-1", "status": "completed", "steps": [{"type": "model_output", "content": [content]}]})


def omni_says(text: str) -> Reply:
    content: Json = {"type": "text", "text": text}
    return Reply(body={"id": "i-1", "status": "completed", "steps": [{"type": "model_output", "content": [content]}]})


@contextmanager
def serving() -> Iterator[VideoServer]:
    """A running server."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path == "/token":
                self.reply(Reply(body={"access_token": "a-token", "expires_in": 3600, "token_type": "Bearer"}))
                return
            body = json.loads(content) if content.startswith(b"{") else {}
            asked = Asked(method=self.command, path=self.path, headers=dict(self.headers), body=body)
            self.reply(server.answer(asked))

        def do_GET(self) -> None:
            self.do_POST()

        def reply(self, reply: Reply) -> None:
            if reply.hold is not None:
                reply.hold.wait(timeout=30)
            self.close_connection = True
            if reply.cut:
                return
            content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            kind = "video/mp4" if isinstance(reply.body, bytes) else "application/json"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                self.wfile.write(content)
            except BrokenPipeError:
                return

    with listening(Handler) as address:
        server = VideoServer(url=address)
        yield server


def write_login(folder: Path, url: str) -> Path:
    """Credentials of a service account whose tokens come from the server."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "login.json"
    path.write_text(json.dumps({
        "type": "service_account", "project_id": "p", "private_key_id": "k", "private_key": key.decode(),
        "client_email": "films@p.iam.gserviceaccount.com", "token_uri": f"{url}/token",
    }))  # fmt: skip
    return path
