"""What browsers are given beside the API: pages, their files, and how long they may keep them."""

import gzip
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from backend import pages
from tests.backend.conftest import Site, problem

SCRIPT = "console.log('hello');" * 40


@pytest.fixture
def browser(site: Site, tmp_path: Path) -> TestClient:
    """A browser before a built frontend."""
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text('<!doctype html><meta property="csp-nonce" nonce="NONCE"><title>AIPROD</title>')
    (dist / "assets/main-3f2a.js").write_text(SCRIPT)
    (dist / "assets/main-3f2a.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (dist / "theme.js").write_text("document.documentElement.dataset.theme = 'dark';")
    (dist / ".env").write_text("secret")
    (tmp_path / "outside.js").write_text("secret")
    pages.install(site.application.inside.inside, dist)
    return site.client()


@pytest.mark.parametrize("path", ["/", "/create", "/films/3f0c9a51be77", "/no/such/page", "/index.html"])
def test_every_address_of_a_page_is_answered_with_the_page_that_is_never_kept(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    assert "AIPROD" in answer.text


def test_a_page_runs_no_script_that_is_written_in_it_and_loads_nothing_from_elsewhere(browser: TestClient) -> None:
    policy = dict(part.split(" ", 1) for part in browser.get("/").headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["font-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "http" not in str(policy)


def test_styles_that_are_written_into_a_page_need_the_word_that_only_this_answer_has(browser: TestClient) -> None:
    words = set()
    for _ in range(2):
        answer = browser.get("/")
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        own, word = policy["style-src"].split(" ")
        assert own == "'self'" and "unsafe" not in str(policy)
        assert word.replace("'nonce-", 'nonce="').replace("'", '"') in answer.text
        words.add(word)
    assert len(words) == 2 and all(len(word) > 24 for word in words)


def test_on_google_cloud_a_page_may_play_what_lies_at_cloud_storage_and_do_nothing_else_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There a film's address leads to a signed one, which browsers hold against the page's policy."""
    monkeypatch.delenv("STORAGE_EMULATOR_HOST", raising=False)  # set while emulators run for other tests of this process
    policy = dict(part.split(" ", 1) for part in pages.policy_for("google").split("; "))
    assert policy.pop("media-src") == "'self' blob: https://storage.googleapis.com"
    assert "http" not in str(policy)


def test_files_named_by_their_content_are_kept_for_a_year_and_sent_small(browser: TestClient) -> None:
    answer = browser.get("/assets/main-3f2a.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(SCRIPT) / 4
    assert answer.text == SCRIPT


def test_a_browser_that_unpacks_nothing_is_sent_the_file_as_it_is(browser: TestClient) -> None:
    answer = browser.get("/assets/main-3f2a.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.text == SCRIPT


def test_files_with_plain_names_are_kept_for_an_hour(browser: TestClient) -> None:
    assert browser.get("/theme.js").headers["cache-control"] == "public, max-age=3600"


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/ws/nothing", "/assets/main-gone.js"])
def test_what_is_unknown_where_no_pages_are_is_told_as_unknown(browser: TestClient, path: str) -> None:
    problem(browser.get(path), 404, "not-found")


def test_a_method_that_an_address_of_the_api_does_not_know_is_still_told_so(browser: TestClient) -> None:
    problem(browser.get("/api/v1/accounts"), 405, "method-not-allowed")
    problem(browser.post("/create"), 404, "not-found")


@pytest.mark.parametrize("path", ["/%2e%2e/outside.js", "/assets/..%2f..%2foutside.js", "/.env", "/theme.js%00.css"])
def test_no_file_outside_of_the_built_pages_is_shown(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert "secret" not in answer.text


def test_where_no_pages_are_built_an_address_is_unknown(site: Site, tmp_path: Path) -> None:
    pages.install(site.application.inside.inside, tmp_path / "nowhere")
    problem(site.client().get("/"), 404, "not-found")
