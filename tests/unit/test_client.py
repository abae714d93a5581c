"""The Python client against a server that breaks, is busy, or answers what nobody expects."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pytest

from aiprod.client import Client, NotNow, Problem, VideoRequest
from aiprod.client.connection import Connection
from aiprod.client.live import Message, read_messages
from aiprod.errors import Transient, Unavailable
from tests.loopback import listening

Answer = Callable[[BaseHTTPRequestHandler], None]
FILM = bytes(range(256)) * 400
HEALTH = b'{"status": "ok"}'


@dataclass
class Script:
    """What a server answers, one after the other, the last for ever; what it was asked; how long the client paused."""

    answers: list[Answer]
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    def of(self, header: str) -> list[str]:
        return [headers.get(header, "") for _, _, headers in self.asked]


def say(status: int, body: bytes = b"", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def busy(status: int, kind: str, **headers: str) -> Answer:
    body = f'{{"type": "/problems/{kind}", "title": "T", "status": {status}, "detail": "Come back.", "id": "abc", "faults": []}}'
    return say(status, body.encode(), Content_Type="application/problem+json", **headers)


def break_off(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def film(*, upto: int | None = None, tag: str = '"one"', content: bytes = FILM) -> Answer:
    """The film from where it is asked for; the connection breaks after so many bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        start = int(handler.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        start = start if handler.headers.get("If-Range", tag) == tag else 0
        handler.send_response(206 if start else 200)
        handler.send_header("ETag", tag)
        handler.send_header("Content-Length", str(len(content) - start))
        handler.end_headers()
        handler.wfile.write(content[start : len(content) if upto is None else start + upto])
        handler.close_connection = True

    return answer


@contextmanager
def service(*answers: Answer, patience_seconds: float = 100.0) -> Iterator[tuple[Client, Script]]:
    script = Script(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def handle_one(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            script.asked.append((self.command, self.path, dict(self.headers)))
            answer = script.answers.pop(0) if len(script.answers) > 1 else script.answers[0]
            answer(self)

        do_GET = do_POST = handle_one  # noqa: N815

    with listening(Handler) as address:
        http = httpx.Client(base_url=address, timeout=5)
        connection = Connection(http=http, token="t", patience_seconds=patience_seconds, pause=script.pauses.append)
        with Client(connection=connection) as client:
            yield client, script


def test_who_is_asked_to_wait_waits_that_long_and_asks_again() -> None:
    with service(busy(429, "too-many-requests", Retry_After="7"), say(200, HEALTH)) as (client, script):
        assert client.resources.alive().status == "ok"
    assert script.pauses == [7.0] and len(script.asked) == 2


def test_patience_has_an_end_and_the_problem_says_how_long_to_wait() -> None:
    with service(busy(503, "unavailable", Retry_After="60")) as (client, script), pytest.raises(NotNow) as refused:
        client.resources.alive()
    assert isinstance(refused.value, Transient) and isinstance(refused.value, Problem)
    assert refused.value.retry_after == 60 and refused.value.id == "abc" and script.pauses == [60.0]


def test_a_film_is_asked_for_again_with_the_same_key() -> None:
    with service(break_off, busy(503, "unavailable"), say(422, b"{}")) as (client, script), pytest.raises(Problem):
        client.videos.create(VideoRequest(theme="tide"))
    keys = script.of("Idempotency-Key")
    assert len(keys) == 3 and len(set(keys)) == 1 and len(keys[0]) == 32
    assert script.of("Authorization") == ["Bearer t"] * 3


@pytest.mark.parametrize("answer", [break_off, busy(503, "unavailable")])
def test_what_may_have_been_done_is_not_done_twice(answer: Answer) -> None:
    with service(answer) as (client, script), pytest.raises(Transient):
        client.videos.retry("aaaaaaaa")
    assert len(script.asked) == 1


def test_what_was_refused_unseen_is_sent_again() -> None:
    answers = (busy(429, "too-many-requests", Retry_After="1"), busy(404, "not-found"))
    with service(*answers) as (client, script), pytest.raises(Problem, match="not-found"):
        client.videos.retry("aaaaaaaa")
    assert len(script.asked) == 2


@pytest.mark.parametrize("answer", [busy(503, "engine-missing", Retry_After="1"), busy(507, "storage-full"), busy(403, "quota-spent")])
def test_what_waiting_does_not_cure_is_told_at_once(answer: Answer) -> None:
    with service(answer) as (client, script), pytest.raises(Problem):
        client.resources.alive()
    assert script.pauses == []


@pytest.mark.parametrize("answer", [say(500, b"<html>"), say(404, b"[]"), say(418, b'{"faults": 3}'), say(400)])
def test_an_answer_of_something_else_is_a_problem_too(answer: Answer) -> None:
    with service(answer) as (client, _), pytest.raises(Problem, match="Expected an answer of AIPROD"):
        client.resources.alive()


def test_an_answer_that_is_not_what_was_asked_for_is_told() -> None:
    with service(say(200, b'{"status": 7}')) as (client, _), pytest.raises(Exception, match="GET /healthz"):
        client.resources.alive()


def test_nobody_there_is_told_with_the_address() -> None:
    with service(say(200)) as (client, _):
        address = client.connection.http.base_url
    connection = Connection(http=httpx.Client(base_url=address), patience_seconds=1, pause=lambda _: None)
    with Client(connection=connection) as client, pytest.raises(Unavailable, match="127.0.0.1"):
        client.resources.alive()


def test_values_never_become_more_than_one_part_of_an_address() -> None:
    with service(busy(404, "not-found")) as (client, script), pytest.raises(Problem):
        client.videos.read("../admin/users?x=1#y")
    assert script.asked[0][1] == "/api/v1/videos/..%2Fadmin%2Fusers%3Fx%3D1%23y"


def test_a_download_goes_on_where_the_connection_broke(tmp_path: Path) -> None:
    with service(film(upto=30_000), film(upto=50_000), film()) as (client, script):
        saved = client.films.save("aaaaaaaa", tmp_path / "tide.mp4")
    assert saved.read_bytes() == FILM and [path.name for path in tmp_path.iterdir()] == ["tide.mp4"]
    assert script.of("Range") == ["", "bytes=30000-", "bytes=80000-"]


def test_a_download_of_a_film_that_changed_meanwhile_begins_anew(tmp_path: Path) -> None:
    other = bytes(len(FILM))
    with service(film(upto=30_000), film(tag='"two"', content=other)) as (client, _):
        assert client.films.save("aaaaaaaa", tmp_path / "tide.mp4").read_bytes() == other


def test_a_download_that_another_run_began_is_gone_on_with(tmp_path: Path) -> None:
    with service(film(upto=30_000), break_off) as (client, script), pytest.raises(Unavailable):
        client.films.save("aaaaaaaa", tmp_path / "tide.mp4")
    assert not (tmp_path / "tide.mp4").exists()
    with service(film()) as (client, script):
        assert client.films.save("aaaaaaaa", tmp_path / "tide.mp4").read_bytes() == FILM
    assert script.of("Range") == ["bytes=30000-"]


def test_a_download_with_nothing_left_of_it_begins_anew(tmp_path: Path) -> None:
    (tmp_path / ".tide.mp4.part").write_bytes(FILM)
    (tmp_path / ".tide.mp4.tag").write_text('"one"')
    with service(say(416, b"{}"), film()) as (client, _):
        assert client.films.save("aaaaaaaa", tmp_path / "tide.mp4").read_bytes() == FILM


def test_a_film_that_lies_elsewhere_is_fetched_there_without_the_token(tmp_path: Path) -> None:
    with service(film()) as (storage, there):
        moved = say(307, Location=f"http://localhost:{storage.connection.http.base_url.port}/signed")
        with service(moved) as (client, _):
            assert client.films.save("aaaaaaaa", tmp_path / "tide.mp4").read_bytes() == FILM
    assert there.of("Authorization") == [""] and there.asked[0][1] == "/signed"


def test_watching_goes_on_after_a_break_from_the_last_change() -> None:
    body = b'{"id": "a", "sequence": 4, "status": "%s", "revision": 1, "title": "t", "failure": "", "scenes": [], "history": []}'
    events = [b"id: 4\nevent: progress\ndata: " + body % status + b"\n\n" for status in (b"queued", b"completed")]
    with service(say(200, b": heartbeat\n\n" + events[0]), break_off, say(200, events[1])) as (client, script):
        assert client.live.wait("aaaaaaaa").status == "completed"
    assert [path.partition("?")[2] for _, path, _ in script.asked] == ["after=-1", "after=4", "after=4"]


def test_events_are_read_from_lines() -> None:
    lines = ["event: a", "data: x", "data: y", "", ": heartbeat", "", "data:z", ""]
    assert list(read_messages(lines)) == [Message(event="a", data="x\ny"), Message(), Message(data="z")]
