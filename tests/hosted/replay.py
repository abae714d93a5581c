"""A service of Google's on loopback: it answers as the protocol's pages say, and does what each test tells it.

It also stands in for the door at which a service account gets its tokens, so that the real login is made.
"""

import base64
import json
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from aiprod.ports import Json
from tests.loopback import listening

LOGIN = "/token"
TOKEN = "token-of-the-service-account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request as it arrived; the names of its headers are in small letters."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer. `promised` is the length the header tells, when it is to be a lie; `wait` delays the answer."""

    body: bytes
    status: int = 200
    promised: int | None = None
    wait: threading.Event | None = None


Answer = Reply | Callable[[Call], Reply]


@dataclass(slots=True)
class Service:
    """Answers the calls in order; the last answer is given again. `calls` keeps what was sent, logins apart."""

    url: str
    replies: list[Answer] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    logins: int = 0

    def answers(self, *replies: Answer) -> None:
        self.replies.extend(replies)

    def fails(self, status: int, message: str, code: str = "") -> None:
        """Answer with an error as Google's services write it."""
        self.answers(error(status, message, code))


def error(status: int, message: str, code: str = "") -> Reply:
    """An error. Source: google.rpc.Status in JSON, API Improvement Proposal 193."""
    body = {"error": {"code": status, "message": message, "status": code or "UNKNOWN"}}
    return Reply(status=status, body=json.dumps(body).encode())


def said(*parts: dict[str, Json], finish: str = "STOP", read: int = 0, written: int = 0, thought: int = 0) -> Reply:
    """What a Gemini model said. Source: Gemini API, GenerateContentResponse."""
    candidate: dict[str, Json] = {"index": 0, "finishReason": finish}
    if parts:
        candidate["content"] = {"role": "model", "parts": list(parts)}
    usage = {
        "promptTokenCount": read, "candidatesTokenCount": written, "thoughtsTokenCount": thought,
        "totalTokenCount": read + written + thought,
    }  # fmt: skip
    return Reply(body=json.dumps({"candidates": [candidate], "usageMetadata": usage}).encode())


def blocked(reason: str, read: int = 0) -> Reply:
    """A prompt that is not answered. Source: Gemini API, GenerateContentResponse.PromptFeedback."""
    usage = {"promptTokenCount": read, "totalTokenCount": read}
    return Reply(body=json.dumps({"promptFeedback": {"blockReason": reason}, "usageMetadata": usage}).encode())


def wav(pcm: bytes, rate_hz: int = 24_000, size: int | None = None) -> bytes:
    """A WAV file of 16-bit mono samples; `size` is the length its header tells, when it is to be a lie."""
    told = len(pcm) if size is None else size
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16)
    return b"RIFF" + struct.pack("<I", 36 + told & 0xFFFFFFFF) + b"WAVE" + form + struct.pack("<4sI", b"data", told) + pcm


def sound_part(content: bytes, kind: str = "audio/wav") -> dict[str, Json]:
    """Sound inside of an answer of Gemini's."""
    return {"inlineData": {"mimeType": kind, "data": base64.b64encode(content).decode()}}


@contextmanager
def service() -> Iterator[Service]:
    """A running service."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._meet(b"{}")

        def do_POST(self) -> None:
            self._meet(self.rfile.read(int(self.headers["Content-Length"])))

        def _meet(self, content: bytes) -> None:
            if self.path == LOGIN:
                running.logins += 1
                token = {"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}
                return self._send(Reply(body=json.dumps(token).encode()))
            call = Call(path=self.path, headers={name.lower(): value for name, value in self.headers.items()}, body=json.loads(content))
            running.calls.append(call)
            answer = running.replies.pop(0) if len(running.replies) > 1 else running.replies[0]
            return self._send(answer(call) if callable(answer) else answer)

        def _send(self, answer: Reply) -> None:
            if answer.wait is not None:
                answer.wait.wait(20)
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(answer.promised or len(answer.body)))
            with suppress(BrokenPipeError, ConnectionResetError):  # who waited has gone
                self.end_headers()
                self.wfile.write(answer.body)

    with listening(Handler) as address:
        running = Service(url=address)
        yield running


def sign_in(environment: pytest.MonkeyPatch, folder: Path, door: Service) -> None:
    """Be a service account whose tokens come from that service; its key is made here and opens nothing."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    account = {
        "type": "service_account", "project_id": "film-works", "private_key_id": "1", "private_key": written.decode(),
        "client_email": "films@film-works.iam.gserviceaccount.com", "client_id": "1", "token_uri": f"{door.url}{LOGIN}",
    }  # fmt: skip
    file = folder / "account.json"
    file.write_text(json.dumps(account))
    environment.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    # The login also asks Google, aside, where the account may be used from: that goes to nobody.
    environment.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
