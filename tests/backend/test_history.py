"""The last day in points of five minutes, and the product now over a socket; for admins alone."""

import json
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from aiprod.video import StageGaveUp
from backend.history import KEPT_SECONDS, SLOT_SECONDS, History
from backend.keeping import turn
from backend.readings import Instruments, Readings
from tests.backend.conftest import Browser, Site, open_site, problem, served
from tests.house import open_house
from tests.unit.accounts.conftest import MovableClock


def readings(site: Site, at: float) -> Readings:
    return replace(site.services.instruments.read(), at=at)


START = 6_000_000 * SLOT_SECONDS


def test_a_point_says_what_came_in_its_five_minutes(site) -> None:
    history, tallies = site.services.history, site.app.tallies
    tallies.add("videos", 7.0, status="completed")
    assert history.keep(readings(site, START))
    tallies.add("videos", 3.0, status="queued")
    tallies.add("videos", 3.0, status="completed")
    tallies.add("videos", 1.0, status="failed")
    tallies.add("cost usd", 0.5, engine="gemini")
    tallies.took("stage", 0.3, stage="review")
    tallies.took("render", 7.0, renderer="wan", queue="render-gpu")
    tallies.mark("renderer worked", renderer="wan")
    assert history.keep(readings(site, START + SLOT_SECONDS))
    tallies.add("videos", 1.0, status="queued")
    point, now = history.points(readings(site, START + SLOT_SECONDS + 60))
    assert (point.asked, point.completed, point.failed, point.success_rate) == (3, 3, 1, 0.75)
    assert (point.cost_usd, point.gpu_seconds, point.seconds, point.renderers) == (0.5, 7.0, SLOT_SECONDS, {"wan": True})
    assert 0.1 <= point.median_seconds["review"] <= 0.5 and 5 <= point.median_seconds["render wan"] <= 10
    assert (now.asked, now.completed, now.seconds, now.success_rate) == (1, 0, 60.0, None)


def test_several_processes_write_each_point_once(tmp_path: Path) -> None:
    sites = [open_site(tmp_path) for _ in range(4)]
    for slot in range(3):
        sites[0].app.tallies.add("videos", status="queued")
        at = START + slot * SLOT_SECONDS + 1.0
        seen = [readings(site, at) for site in sites]
        with ThreadPoolExecutor(4) as pool:
            wrote = list(pool.map(lambda pair: pair[0].services.history.keep(pair[1]), zip(sites, seen, strict=True)))
        assert sum(wrote) == 1
    points = sites[3].services.history.points(readings(sites[3], at))
    assert [point.asked for point in points] == [1, 1, 0]


def test_a_day_is_kept_and_no_more(site) -> None:
    seen = readings(site, START)
    for slot in range(300):
        site.services.history.keep(replace(seen, at=START + slot * SLOT_SECONDS))
    points = site.services.history.points(replace(seen, at=START + 299 * SLOT_SECONDS))
    assert len(points) == KEPT_SECONDS // SLOT_SECONDS + 1
    assert len(site.app.documents.query("history")) <= KEPT_SECONDS // SLOT_SECONDS + 1


def test_a_server_keeps_the_history_by_itself(site) -> None:
    with served(site):
        site.register()
    assert site.app.documents.get("history_state", "last") is not None
    assert site.app.documents.query("tallies"), "what was counted is written when the server ends"


def test_a_turn_lets_old_records_go(tmp_path: Path) -> None:
    site = open_site(tmp_path, audit_days=1)
    site.register()
    later = MovableClock(at=site.app.clock.now() + 100_000)
    audit = replace(site.services.audit, clock=later)
    services = replace(site.services, audit=audit, app=replace(site.app, clock=later))
    assert turn(services, -1) == int(later.at // SLOT_SECONDS)
    assert site.app.documents.query("audit") == []


def test_admins_see_the_day_and_others_do_not(site, jane, ask) -> None:
    root = site.register("root@mail.org", admin=True)
    ask()
    day = root("GET", "/admin/history").json()
    assert day["now"]["videos"] == {"queued": 1} and day["now"]["dead_letters"] == 0
    assert {one["subscription"]: one["events"] for one in day["now"]["queues"]}["script"] == 1
    assert day["points"][-1] == day["now"]["point"] and day["now"]["point"]["at_work"] == 1
    problem(jane("GET", "/admin/history"), 403, "not-allowed")


# --- over a socket ---------------------------------------------------------------------------------------------------


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[tuple[Site, int]]:
    site = open_site(tmp_path, heartbeat_seconds=0.2)
    with served(site) as port:
        yield site, port


def look(port: int, token: str = "") -> ClientConnection:
    return connect(f"ws://127.0.0.1:{port}/ws/admin", additional_headers={"Authorization": f"Bearer {token}"} if token else {})


def state_of(socket: ClientConnection) -> dict:
    message = json.loads(socket.recv(timeout=5))
    assert message["type"] == "state"
    return message["state"]


def test_an_admin_watches_the_product_change(quick) -> None:
    site, port = quick
    root: Browser = site.register("root@mail.org", admin=True)
    with look(port, root.token) as socket:
        assert state_of(socket)["videos"] == {}
        film = root("POST", "/videos", json={"theme": "the tide"}).json()["id"]
        while state_of(socket)["videos"] != {"queued": 1}:
            continue
        site.app.ledger.advance(film, StageGaveUp(revision=1, at=1.0, sentence="no"))
        while state_of(socket)["videos"]:
            continue


@pytest.mark.parametrize(("who", "code"), [("jane", 4403), ("nobody", 4401), ("program", 4403)])
def test_nobody_else_does(quick, who, code) -> None:
    site, port = quick
    jane = site.register()
    root = site.register("root@mail.org", admin=True)
    key = root("POST", "/account/keys", json={"name": "blog", "scopes": ["videos:read"]}).json()["key"]
    with look(port, {"jane": jane.token, "nobody": "", "program": key}[who]) as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=5)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == code


def test_the_socket_ends_with_the_session(quick) -> None:
    site, port = quick
    root = site.register("root@mail.org", admin=True)
    with look(port, root.token) as socket:
        state_of(socket)
        root("DELETE", "/session")
        with pytest.raises(ConnectionClosed) as closed:
            deque(socket, maxlen=0)  # iterating over a socket ends in silence where it was closed as usual
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401


def test_many_who_watch_have_the_product_read_once(tmp_path: Path) -> None:
    house = open_house(tmp_path)
    instruments = Instruments(app=replace(house, clock=MovableClock()))
    assert instruments.shared() is instruments.shared()
    assert instruments.read() is not instruments.read()
    assert History(documents=house.documents).now(instruments.read()).asked == 0
