"""Progress as it happens, over the real server: sockets, events, resuming, who may watch, how soon a change is seen."""

import asyncio
import http.client
import json
import secrets
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from aiprod.compare_and_set import change
from aiprod.video import ScriptStarted, ScriptWritten, StageGaveUp, Status, Video
from backend.news import Listener, News
from backend.scripts import Scripts, Texts
from backend.watching import Watch
from tests.backend.conftest import Browser, Site, open_site, served


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return open_site(tmp_path_factory.mktemp("live"), heartbeat_seconds=0.3, connections=200)


@pytest.fixture(scope="module")
def port(site: Site) -> Iterator[int]:
    with served(site) as port:
        yield port


@pytest.fixture(scope="module")
def jane(site: Site) -> Browser:
    jane = site.register()
    site.services.users.set_tier(jane.id, "enterprise")
    return jane


@pytest.fixture
def video(jane: Browser) -> str:
    return str(jane("POST", "/videos", json={"theme": "the tide"}).json()["id"])


def watch(port: int, video: str, token: str, after: int = -1, **headers: str) -> ClientConnection:
    given = {"Authorization": f"Bearer {token}"} if token else {}
    return connect(f"ws://127.0.0.1:{port}/ws/videos/{video}?after={after}", additional_headers=given | headers)


def next_of(socket: ClientConnection, kind: str) -> dict[str, Any]:
    while True:
        message = json.loads(socket.recv(timeout=5))
        if message["type"] == kind:
            return message


def test_a_change_is_told_at_once_with_a_growing_number(site, port, jane, video) -> None:
    with watch(port, video, jane.token) as socket:
        first = next_of(socket, "progress")
        assert first["video"]["status"] == "queued" and first["video"]["title"] == "the tide"
        site.app.ledger.advance(video, ScriptStarted(revision=1, at=1.0))
        second = next_of(socket, "progress")
        assert second["video"]["status"] == "scripting" and second["sequence"] > first["sequence"]
        assert [step["status"] for step in second["video"]["history"]] == ["queued", "scripting"]


def test_a_silent_socket_is_told_that_it_lives(port, jane, video) -> None:
    with watch(port, video, jane.token) as socket:
        assert next_of(socket, "heartbeat")["at"] > 0
        assert next_of(socket, "heartbeat")["at"] > 0


def test_who_comes_back_gets_what_is_newer_and_nothing_twice(site, port, jane, video) -> None:
    with watch(port, video, jane.token) as socket:
        last = next_of(socket, "progress")["sequence"]
    with watch(port, video, jane.token, after=last) as socket:
        assert json.loads(socket.recv(timeout=5))["type"] == "heartbeat"
    site.app.ledger.advance(video, ScriptStarted(revision=1, at=1.0))
    site.app.ledger.advance(video, ScriptWritten(revision=1, at=2.0, title="Tides", language="en", scenes=(1,)))
    with watch(port, video, jane.token, after=last) as socket:
        missed = json.loads(socket.recv(timeout=5))
        assert missed["video"]["title"] == "Tides"
        assert [step["status"] for step in missed["video"]["history"]] == ["queued", "scripting", "narrating"]


def closed(socket: ClientConnection) -> int:
    try:
        while True:
            socket.recv(timeout=5)
    except ConnectionClosed as error:
        assert error.rcvd is not None
        return error.rcvd.code


def test_nobody_else_watches(site, port, jane, video) -> None:
    john = site.register("john@mail.org")
    for token, video_id, code in (("", video, 4401), ("x.y.z", video, 4401), (john.token, video, 4404), (jane.token, "0" * 12, 4404), (jane.token, "..", 4404)):
        try:
            with watch(port, video_id, token) as socket:
                assert closed(socket) == code
        except InvalidStatus as error:
            assert error.response.status_code in (403, 404)


@contextmanager
def restless(site: Site, video: str) -> Iterator[None]:
    """A video of which there is something new all the time."""
    over = threading.Event()

    def change_again_and_again() -> None:
        while not over.wait(0.02):
            change(site.app.documents, "videos", video, lambda fields: {**(fields or {}), "title": secrets.token_hex(4)})

    worker = threading.Thread(target=change_again_and_again)
    worker.start()
    try:
        yield
    finally:
        over.set()
        worker.join()


@pytest.mark.parametrize("place", ["/ws/videos/{}", "/ws/videos"])
def test_a_session_that_was_ended_hears_no_more_however_much_there_is_to_tell(site, port, jane, video, place) -> None:
    token, claims = site.services.sessions.open(site.services.users.get(jane.id))
    address = f"ws://127.0.0.1:{port}{place.format(video)}"
    with restless(site, video), connect(address, additional_headers={"Authorization": f"Bearer {token}"}) as socket:
        socket.recv(timeout=5)
        site.services.sessions.end(claims)
        end, code = time.monotonic() + 5, 0
        while not code and time.monotonic() < end:
            try:
                socket.recv(timeout=5)
            except ConnectionClosed as error:
                code = error.rcvd.code if error.rcvd else -1
        assert code == 4401


def test_events_end_with_the_session_however_much_there_is_to_tell(site, port, jane, video) -> None:
    token, claims = site.services.sessions.open(site.services.users.get(jane.id))
    address, headers = f"http://127.0.0.1:{port}/api/v1/videos/{video}/events", {"Authorization": f"Bearer {token}"}
    with restless(site, video), httpx.stream("GET", address, headers=headers, timeout=5) as answer:
        site.services.sessions.end(claims)
        end = time.monotonic() + 5
        for _ in answer.iter_lines():
            assert time.monotonic() < end, "still told"


@dataclass(slots=True, kw_only=True)
class SlowScripts(Scripts):
    """Scripts that are read slowly once, while they are `held`, by whoever asks but the one that looks for all."""

    held: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)
    slow: bool = False

    def texts(self, video: Video, revision: int) -> Texts:
        if self.slow and not threading.current_thread().name.startswith("looking"):
            self.slow = False
            self.asked.set()
            self.held.wait(10)
        return Scripts.texts(self, video, revision)


def test_who_begins_to_watch_while_something_changes_is_told_of_it(site, video) -> None:
    asyncio.run(_begin_to_watch_while_something_changes(site, video))


async def _begin_to_watch_while_something_changes(site: Site, video: str) -> None:
    scripts = SlowScripts(artefacts=site.app.artefacts)
    seeing = Watch(app=site.app, look_seconds=0.01, scripts=scripts)
    async with seeing.reading(video) as first:
        assert await first.wait(5)
        scripts.slow = True
        late = seeing.reading(video)
        entering = asyncio.create_task(late.__aenter__())
        await asyncio.to_thread(scripts.asked.wait, 5)
        site.app.ledger.advance(video, ScriptStarted(revision=1, at=1.0))
        assert await first.wait(5) and first.newest.video.status is Status.SCRIPTING
        scripts.held.set()
        second = await entering
        assert await second.wait(5) and second.newest.video.status is Status.SCRIPTING
        await late.__aexit__(None, None, None)
    await seeing.looking.close()


def test_a_cookie_opens_a_socket_for_our_own_pages_only(port, jane, video) -> None:
    cookie = {"Cookie": f"aiprod_session={jane.token}"}
    with watch(port, video, "", Origin=f"http://127.0.0.1:{port}", **cookie) as socket:
        assert next_of(socket, "progress")
    with watch(port, video, "", Origin="https://evil.test", **cookie) as socket:
        assert closed(socket) == 4403


def watch_all(port: int, token: str, after: int = -1, **query: str) -> ClientConnection:
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return connect(f"ws://127.0.0.1:{port}/ws/videos?after={after}{more}", additional_headers={"Authorization": f"Bearer {token}"})


def until(socket: ClientConnection, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first message that is wanted; it has ten seconds."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        message = json.loads(socket.recv(timeout=5))
        if wanted(message):
            return message
    raise AssertionError("no such message came")


def test_all_of_one_s_videos_are_told_of_as_they_come_change_and_go(site, port, jane, video) -> None:
    with watch_all(port, jane.token) as socket:
        first = until(socket, lambda one: one["type"] == "news" and one["video"]["id"] == video)
        assert (first["video"]["status"], first["video"]["title"], first["video"]["scenes"]) == ("queued", "the tide", 0)
        site.app.ledger.advance(video, ScriptStarted(revision=1, at=1.0))
        site.app.ledger.advance(video, ScriptWritten(revision=1, at=2.0, title="Tides", language="en", scenes=(1, 2)))
        second = until(socket, lambda one: one["type"] == "news" and one["video"]["title"] == "Tides")
        assert second["sequence"] > first["sequence"] and second["video"]["scenes"] == 2
        another = jane("POST", "/videos", json={"theme": "the moon"}).json()["id"]
        assert until(socket, lambda one: one["type"] == "news" and one["video"]["id"] == another)["video"]["title"] == "the moon"
        site.app.ledger.advance(another, StageGaveUp(revision=1, at=3.0, sentence="The moon was out."))
        ended = until(socket, lambda one: one["type"] == "news" and one["video"]["id"] == another and one["video"]["failure"])
        assert ended["video"]["status"] == "failed"
        for id in (video, another):
            jane("DELETE", f"/videos/{id}")
            assert until(socket, lambda one: one["type"] == "gone")["id"] == id
        assert until(socket, lambda one: one["type"] == "heartbeat")["at"] > 0


def test_who_comes_back_to_the_list_gets_what_is_newer_and_nothing_twice(site, port, jane, video) -> None:
    with watch_all(port, jane.token) as socket:
        last = until(socket, lambda one: one["type"] == "news" and one["video"]["id"] == video)["sequence"]
    site.app.ledger.advance(video, ScriptStarted(revision=1, at=1.0))
    with watch_all(port, jane.token, after=last) as socket:
        missed = json.loads(socket.recv(timeout=5))
        assert (missed["type"], missed["video"]["id"], missed["video"]["status"]) == ("news", video, "scripting")
        assert json.loads(socket.recv(timeout=5))["type"] == "heartbeat"


def test_others_videos_are_for_admins_who_ask_for_all(site, port, jane, video) -> None:
    eve = site.register("eve@mail.org")
    with watch_all(port, eve.token) as socket:
        site.app.ledger.advance(video, ScriptStarted(revision=1, at=1.0))
        assert json.loads(socket.recv(timeout=5))["type"] == "heartbeat"
    for token, code in ((eve.token, 4403), ("", 4401), ("x.y.z", 4401)):
        with watch_all(port, token, all="1") as socket:
            assert closed(socket) == code
    root = site.register("root@mail.org", admin=True)
    with watch_all(port, root.token, all="1") as socket:
        seen = until(socket, lambda one: one["type"] == "news" and one["video"]["id"] == video)
        assert seen["video"]["owner"] == jane.id and seen["video"]["status"] == "scripting"
    key = root("POST", "/account/keys", json={"name": "program", "scopes": ["videos:read"]}).json()["key"]
    with watch_all(port, key, all="1") as socket:
        assert closed(socket) == 4403


def test_an_account_has_so_many_live_connections_and_no_more(tmp_path: Path) -> None:
    site = open_site(tmp_path, connections=3)
    ida = site.register("ida@mail.org")
    id = ida("POST", "/videos", json={"theme": "the tide"}).json()["id"]
    with served(site) as port:
        with watch(port, id, ida.token) as one, watch(port, id, ida.token) as two, watch_all(port, ida.token) as three:
            for socket in (one, two, three):
                assert json.loads(socket.recv(timeout=5))["type"] in ("progress", "news")
            with watch_all(port, ida.token) as socket:
                assert closed(socket) == 4429
            events = httpx.get(f"http://127.0.0.1:{port}/api/v1/videos/{id}/events", headers={"Authorization": f"Bearer {ida.token}"})
            assert events.status_code == 429 and events.json()["type"] == "/problems/too-many-requests"
        end = time.monotonic() + 10
        while site.services.watching.taken[ida.id] and time.monotonic() < end:
            time.sleep(0.02)
        with watch_all(port, ida.token) as socket:
            assert json.loads(socket.recv(timeout=5))["type"] == "news"


def test_a_slow_reader_finds_the_newest_of_each_video_and_fills_no_memory(site, port, jane, video) -> None:
    listener = Listener(owner=jane.id)
    listener.begin([], -1)
    for number in range(10_000):
        listener.hear(News(id=f"video{number % 3}", owner=jane.id, sequence=number, told=None))
    assert [news.sequence for news in asyncio.run(listener.take(1))] == [9_997, 9_998, 9_999]


def test_a_socket_ends_with_its_session_and_with_its_video(site, port, jane, video) -> None:
    other = Browser(site.client(), site.client().post("/api/v1/session", json={"email": "jane@mail.org", "password": "correct horse battery"}).json())
    with watch(port, video, other.token) as socket:
        next_of(socket, "progress")
        site.client().delete("/api/v1/session", headers={"Authorization": f"Bearer {other.token}"})
        assert closed(socket) == 4401
    site.app.ledger.advance(video, StageGaveUp(revision=1, at=1.0, sentence="No."))
    with watch(port, video, jane.token) as socket:
        next_of(socket, "progress")
        jane("DELETE", f"/videos/{video}")
        assert closed(socket) == 4404


def test_events_tell_the_same_and_go_on_from_the_last_id(site, port, jane, video) -> None:
    headers = {"Authorization": f"Bearer {jane.token}"}
    url = f"http://127.0.0.1:{port}/api/v1/videos/{video}/events"

    def read(**more: str) -> Iterator[str]:
        with httpx.stream("GET", url, headers=headers | more, timeout=5) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            yield from stream.iter_lines()

    lines = read()
    id, event, data = (next(lines) for _ in range(3))
    assert event == "event: progress" and json.loads(data.removeprefix("data: "))["status"] == "queued"
    site.app.ledger.advance(video, ScriptStarted(revision=1, at=1.0))
    assert next(line for line in lines if line.startswith("data: ") and "scripting" in line)
    lines.close()
    again = read(**{"Last-Event-ID": id.removeprefix("id: ")})
    assert next(again) != id
    again.close()


def test_a_change_reaches_every_watcher_soon(site, port, jane, video) -> None:
    """Thirty sockets; five hundred are for an idle machine (docs/api.md)."""
    delays: list[float] = []
    changes = (
        ScriptStarted(revision=1, at=1.0),
        ScriptWritten(revision=1, at=2.0, title="Tides", language="en", scenes=(1,)),
        StageGaveUp(revision=1, at=3.0, sentence="No."),
    )
    with ExitStack() as stack:
        sockets = [stack.enter_context(watch(port, video, jane.token)) for _ in range(30)]
        for socket in sockets:
            next_of(socket, "progress")
        for change in changes:
            site.app.ledger.advance(video, change)
            started = time.monotonic()
            for socket in sockets:
                next_of(socket, "progress")
                delays.append(time.monotonic() - started)
    assert statistics.median(delays) < 0.5


def test_a_path_sent_raw_leads_nowhere(port, jane, tmp_path: Path) -> None:
    """As no client would send it: dots that are not folded."""
    for path in ("/api/v1/videos/../../healthz", "/api/v1/videos/aaaaaaaa/files/../../../../etc/passwd", "/api/v1/videos/aaaaaaaa/files/..%2f..%2f..%2fetc%2fpasswd", "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", "aiprod.test")
        connection.putheader("Authorization", f"Bearer {jane.token}")
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status in (404, 422), path
        assert answer.headers["content-type"] == "application/problem+json"
        connection.close()
