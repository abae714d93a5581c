"""The real server and worker on the embedded cloud, and Debian's Chromium in front of the built pages."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from aiprod.client import Client
from tests.serving import PASSWORD, Serving, serving

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "frontend/dist/index.html"
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip
PATIENCE_MS = 30_000
EXPECTED_COMPLAINTS = ("401", "403", "404", "409", "422")
"""Statuses that Chromium complains of in its console when a page asks and is refused, as some tests have it."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    assert PAGES.is_file() and AXE.is_file(), "the pages are not built: run scripts/setup tests"
    quick = {"AIPROD_VOICE": "espeak:", "AIPROD_BACKOFF_SCALE": "0.01", "AIPROD_WEB_PASSWORD_ROUNDS": "4"}
    with serving(tmp_path_factory.mktemp("browser"), AIPROD_WEB_SECURE_COOKIES="false", **quick) as server:
        yield server


@pytest.fixture(scope="session")
def admin(server: Serving) -> Iterator[Client]:
    """The first admin, as a program."""
    with Client.at(server.origin) as admin:
        admin.account.register("root@mail.org", PASSWORD, server.first_admin)
        yield admin


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program, "Chromium is not installed: run scripts/setup tests"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS), headless=True, env={**os.environ, "HOME": "/tmp"})
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody at a browser; what its pages complained of."""

    context: BrowserContext
    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    def goto(self, path: str) -> Page:
        self.page.goto(f"{self.origin}{path}")
        return self.page

    def sign_in(self, email: str) -> None:
        """Log in on the page for it."""
        page = self.goto("/login")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("button", name=f"Menu of {email}").wait_for()

    def let_in(self, email: str) -> None:
        """Be signed in, whatever language the pages speak."""
        answer = self.context.request.post(f"{self.origin}/api/v1/session", data={"email": email, "password": PASSWORD})
        assert answer.ok, answer.text()

    def account(self, email: str, code: str) -> None:
        """Have an account, and be signed in to it."""
        answer = self.context.request.post(
            f"{self.origin}/api/v1/accounts", data={"email": email, "password": PASSWORD, "code": code}
        )
        assert answer.status == 201, answer.text()


@pytest.fixture
def visit(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """A new browser for somebody, at the server where no `origin` is named; no page of it may break, nor ask another host
    for anything."""
    visitors: list[Visitor] = []

    def new(origin: str = "", **options: object) -> Visitor:
        context = chromium.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 860}, **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        visitor = Visitor(context, page, origin or request.getfixturevalue("server").origin)
        page.on("pageerror", lambda error: visitor.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note(visitor, message.type, message.text))
        page.on("request", lambda request: _check_host(visitor, request.url))
        visitors.append(visitor)
        return visitor

    yield new
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert complaints == []


def _note(visitor: Visitor, kind: str, text: str) -> None:
    refused = "Failed to load resource" in text and any(f"status of {status}" in text for status in EXPECTED_COMPLAINTS)
    if kind == "error" and not refused:
        visitor.complaints.append(f"{visitor.page.url}: {text}")


def _check_host(visitor: Visitor, url: str) -> None:
    if not url.startswith((visitor.origin, visitor.origin.replace("http", "ws", 1), "data:", "blob:")):
        visitor.complaints.append(f"{visitor.page.url} asks {url}")
