"""Whoever speaks to the real server as no client would: too much, too slowly, or what is no HTTP."""

import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.serving import PASSWORD, Serving, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("wire"), AIPROD_WEB_PASSWORD_ROUNDS="4") as server:
        yield server


@pytest.fixture(scope="module")
def token(server: Serving) -> str:
    body = {"email": "root@mail.org", "password": PASSWORD, "code": server.first_admin}
    return str(httpx.post(f"{server.api}/accounts", json=body, timeout=30).json()["token"])


def say(port: int, *parts: bytes, seconds: float = 5.0) -> bytes:
    """What is answered to these bytes, until the server hangs up or is silent."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            while piece := connection.recv(65_536):
                answer += piece
                if b"\r\n\r\n" in answer and len(answer) > 100:
                    break
        except (TimeoutError, ConnectionError):
            return answer
    return answer


def head(*lines: str) -> bytes:
    return "\r\n".join(("GET /api/v1/styles HTTP/1.1", "Host: aiprod.test", *lines, "", "")).encode()


@pytest.mark.parametrize(
    "request_bytes",
    [
        head(*(f"X-{number}: {'a' * 90}" for number in range(5000))),
        head(f"X-Long: {'a' * 2_000_000}"),
        b"GET /" + b"a" * 2_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300),
        b"GET /healthz\r\n\r\n",
        b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 30\r\n\r\n{}",
        b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx",
        b"GET /api/v1/styles HTTP/1.1\r\nHost: x\r\nX-Bad\x00: y\r\n\r\n",
        b"GET /api/v1/styles HTTP/1.1\r\nHost: x\r\n X: folded\r\n\r\n",
    ],
    ids=["many headers", "a long header", "a long address", "TLS", "no version", "two lengths", "two other lengths", "an endless chunk", "a zero byte", "a folded header"],
)
def test_what_is_no_request_of_ours_is_refused_and_the_server_lives(server, request_bytes: bytes) -> None:
    answer = say(server.port, request_bytes)
    assert not answer or answer.split(b" ", 2)[1][:1] in (b"4", b"2"), answer[:200]
    assert not answer.startswith(b"HTTP/1.1 5")
    assert httpx.get(f"{server.origin}/healthz", timeout=5).json() == {"status": "ok"}
    assert server.process.poll() is None


def test_a_request_that_is_never_finished_keeps_nobody_waiting(server, token) -> None:
    """Two hundred callers send a byte and then nothing; others are answered as soon as ever."""
    slow = [socket.create_connection(("127.0.0.1", server.port), timeout=5) for _ in range(200)]
    try:
        for connection in slow:
            connection.sendall(b"POST /api/v1/videos HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{")
        with httpx.Client(headers={"Authorization": f"Bearer {token}", "Connection": "close"}, timeout=5) as caller:
            started = time.monotonic()
            for _ in range(5):
                assert caller.get(f"{server.api}/account").status_code == 200
            assert time.monotonic() - started < 2.0
    finally:
        for connection in slow:
            connection.close()


def test_a_connection_that_rests_is_still_there_when_it_is_used_again(server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        for pause in (0.0, 6.0):
            time.sleep(pause)
            connection.sendall(head())
            answer = connection.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200"), answer[:100]
            while b"]" not in answer.partition(b"\r\n\r\n")[2]:
                answer += connection.recv(65_536)


def test_memory_does_not_grow_by_what_is_refused(server, token) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = b'{"theme": "' + b"a" * 20_000_000

    def send() -> None:
        try:
            assert httpx.post(f"{server.api}/videos", content=body, headers=headers, timeout=10).status_code == 413
        except httpx.TransportError:
            return  # hung up before all was sent: refused as well

    send()
    before = server.resident_kilobytes()
    for _ in range(10):
        send()
    assert server.resident_kilobytes() - before < 30_000


def test_a_caller_s_word_on_its_address_counts_for_nothing(server) -> None:
    """Guesses with another address each in `X-Forwarded-For` are those of one caller."""
    statuses = [
        httpx.post(
            f"{server.api}/accounts", headers={"X-Forwarded-For": f"10.0.0.{number}"},
            json={"email": f"eve{number}@mail.org", "password": PASSWORD, "code": "AAAAAAAA"}, timeout=10,
        ).status_code
        for number in range(22)
    ]  # fmt: skip
    assert statuses.count(403) in (19, 20) and statuses[-2:] == [429, 429]
