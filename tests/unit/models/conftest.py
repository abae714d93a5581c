"""A web server on this machine that publishes weights, and misbehaves when it is told to."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import pytest

from aiprod.models.manifest import Manifest, parse_manifest
from tests.loopback import listening

CONTENT = bytes(range(256)) * 4000


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What goes wrong with one answer."""

    cut_after: int | None = None
    status: int | None = None
    length: int | None = None
    no_length: bool = False
    no_ranges: bool = False
    start_moved: int = 0
    content: bytes | None = None
    drip: float = 0.0
    header_drip: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it came."""

    path: str
    range: str
    if_range: str
    authorization: str


@dataclass
class Publisher:
    """Files by path; `faults` befall one answer each, in turn; `headers` go with every answer of a path."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    gate: threading.Barrier | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def address(self, path: str = "/weights.bin") -> str:
        return f"{self.url}{path}"


def handler_of(facts: Publisher) -> type[BaseHTTPRequestHandler]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with lock:
                facts.at_once += 1
                facts.most_at_once = max(facts.most_at_once, facts.at_once)
                fault = facts.faults.pop(0) if facts.faults else Fault()
                headers = {name: self.headers.get(name, "") for name in ("Range", "If-Range", "Authorization")}
                facts.asked.append(
                    Asked(path=self.path, range=headers["Range"], if_range=headers["If-Range"], authorization=headers["Authorization"])
                )
            try:
                if facts.gate is not None:
                    facts.gate.wait(10)
                self.answer(fault, headers)
            finally:
                with lock:
                    facts.at_once -= 1

        def answer(self, fault: Fault, asked: dict[str, str]) -> None:
            dawdle(self, facts, fault.header_drip)
            if fault.status is not None or self.path not in facts.files:
                moved = facts.redirects.get(self.path)
                self.begin(fault.status or (302 if moved else 404), {"Content-Length": "0", **({"Location": moved} if moved else {})})
                return
            content = facts.files[self.path] if fault.content is None else fault.content
            tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
            start = int(asked["Range"].removeprefix("bytes=").rstrip("-")) if asked["Range"] else 0
            if fault.no_ranges or (asked["If-Range"] and asked["If-Range"] != tag):
                start = 0
            body = content[start:]
            headers = {} if self.path in facts.headers else {"ETag": tag}
            if start:
                headers["Content-Range"] = f"bytes {start + fault.start_moved}-{len(content) - 1}/{len(content)}"
            if not fault.no_length:
                headers["Content-Length"] = str(len(body) if fault.length is None else fault.length)
            self.begin(206 if start else 200, headers)
            while fault.drip and body and not facts.ended.wait(fault.drip):
                self.wfile.write(body[:1])
                self.wfile.flush()
                body = body[1:]
            self.wfile.write(body if fault.cut_after is None else body[: fault.cut_after])

        def begin(self, status: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, **facts.headers.get(self.path, {})}.items():
                self.send_header(name, value)
            self.end_headers()

        def handle(self) -> None:
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    return Handler


def dawdle(handler: BaseHTTPRequestHandler, facts: Publisher, seconds: float) -> None:
    """Send a header a byte at a time that has no end (0 seconds between them: none at all)."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Filler: " if seconds else b"")
    while seconds and not facts.ended.wait(seconds):
        handler.wfile.write(b"x")


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    facts = Publisher(files={"/weights.bin": CONTENT})
    with listening(handler_of(facts)) as facts.url:
        yield facts
        facts.ended.set()


def manifest_of(*addresses: str, content: bytes = CONTENT, pinned: bool = True, version: str = "1.0.0", more: str = "") -> Manifest:
    """A model called tiny, of one file."""
    sources = "".join(
        f'[[models.sources]]\nkind = "url"\n[models.sources.addresses]\n"weights.bin" = "{address}"\n'
        for address in addresses
    )
    known = f'size = {len(content)}\nsha256 = "{hashlib.sha256(content).hexdigest()}"\n' if pinned else ""
    return parse_manifest(
        f'[[models]]\nname = "tiny"\nversion = "{version}"\ntitle = "A tiny model"\nlicence = "CC0-1.0"\ncommercial = "yes"\n'
        f'terms = ""\n{more}[[models.files]]\npath = "weights.bin"\n{known}{sources}'
    )
