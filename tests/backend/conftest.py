"""The API over the embedded cloud with small engines, and people who use it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from httpx import Response
from starlette.testclient import TestClient

from aiprod.bootstrap import App
from backend.guarding import Guard
from backend.main import create_api, guard
from backend.services import Services, open_services
from backend.settings import WebSettings
from tests.doubles import PlainEngines
from tests.house import drain, open_house

PASSWORD = "correct horse battery"
REQUEST = {"theme": "the tide", "language": "en", "profile": "draft", "music": "none", "subtitles": "plain", "seed": 3}


@dataclass
class Site:
    """A running API."""

    app: App
    services: Services
    application: Guard

    def client(self, **options: Any) -> TestClient:
        """A browser that nobody signed in with."""
        return TestClient(self.application, base_url="https://aiprod.test", raise_server_exceptions=False, **options)

    def register(self, email: str = "jane@mail.org", *, admin: bool = False) -> "Browser":
        """A newcomer's browser."""
        code = self.services.codes.first_admin() if admin else self.services.codes.current().code
        client = self.client()
        answer = client.post("/api/v1/accounts", json={"email": email, "password": PASSWORD, "code": code})
        assert answer.status_code == 201, answer.text
        return Browser(client, answer.json())


@dataclass
class Browser:
    """Somebody's browser, signed in: cookies, and the mark that our pages send."""

    client: TestClient
    session: dict[str, Any]

    def __call__(self, method: str, path: str, *, marked: bool = True, **options: Any) -> Response:
        headers = {"X-CSRF-Token": self.session["csrf_token"]} if marked else {}
        return self.client.request(method, f"/api/v1{path}", headers=headers | options.pop("headers", {}), **options)

    @property
    def token(self) -> str:
        return str(self.session["token"])

    @property
    def id(self) -> str:
        return str(self.session["account"]["id"])


def open_site(
    home: Path, engines: PlainEngines | None = None, house: dict[str, Any] | None = None, **settings: Any
) -> Site:
    app = open_house(home, engines, **(house or {}))
    web = WebSettings(**{"password_rounds": 4, "heartbeat_seconds": 0.2, **settings})
    services = open_services(app, web)
    return Site(app, services, guard(create_api(services), secure=True))


@contextmanager
def served(site: Site) -> Iterator[int]:
    """The site behind a real server; its port."""
    config = uvicorn.Config(site.application, host="127.0.0.1", port=0, log_config=None, access_log=False)
    socket = config.bind_socket()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.005)
    try:
        yield socket.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        socket.close()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return open_site(tmp_path)


@pytest.fixture
def jane(site: Site) -> Browser:
    return site.register()


@pytest.fixture
def john(site: Site, jane: Browser) -> Browser:
    return site.register("john@mail.org")


@pytest.fixture
def ask(jane: Browser) -> Callable[..., str]:
    """Ask for a video of Jane's; its id."""

    def one(**fields: Any) -> str:
        answer = jane("POST", "/videos", json=REQUEST | fields)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    return one


@dataclass
class Premiere:
    """A site with a finished film of Jane's, which John may not see."""

    site: Site
    jane: Browser
    john: Browser
    film: str


@pytest.fixture(scope="session")
def premiere(tmp_path_factory: pytest.TempPathFactory) -> Premiere:
    site = open_site(tmp_path_factory.mktemp("premiere"))
    jane, john = site.register(), site.register("john@mail.org")
    film = jane("POST", "/videos", json=REQUEST).json()["id"]
    drain(site.app)
    return Premiere(site, jane, john, film)


def problem(answer: Response, status: int, kind: str) -> dict[str, Any]:
    """The problem that an answer is."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["type"] == f"/problems/{kind}" and body["status"] == status and body["detail"]
    assert body["id"] == answer.headers["x-request-id"]
    return body
