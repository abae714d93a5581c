"""What an admin does in a real browser: a new access code, a dead letter sent again, the product at a glance."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from aiprod.client import Client, VideoRequest
from tests.browser.conftest import Visitor
from tests.serving import PASSWORD, Serving

ADMIN = "root@mail.org"
CODE = re.compile(r"^[A-HJ-NP-Z1-9]{8}$")
TROUBLE_MS = 90_000


@contextmanager
def disk_trouble(server: Serving) -> Iterator[None]:
    """No script can be kept: where its folder should be there is a file."""
    folder = server.home / "objects" / "scripts"
    aside = folder.with_name("aside")
    folder.parent.mkdir(exist_ok=True)
    if folder.is_dir():
        folder.rename(aside)
    folder.write_text("in the way")
    try:
        yield
    finally:
        folder.unlink()
        if aside.is_dir():
            aside.rename(folder)


def test_an_admin_turns_the_code_and_newcomers_need_the_new_one(visit: Callable[..., Visitor], server: Serving, admin: Client) -> None:
    visitor = visit()
    visitor.sign_in(ADMIN)
    page = visitor.goto("/admin")
    code = page.get_by_test_id("access-code")
    expect(code).to_have_text(CODE)
    before = code.inner_text()
    page.get_by_role("button", name="Turn now").click()
    page.get_by_role("alertdialog").or_(page.get_by_role("dialog")).get_by_role("button", name="Turn now").click()
    expect(code).not_to_have_text(before)
    expect(page.get_by_text(f"The one before, {before}")).to_be_visible()
    assert admin.admin.access_code().code == code.inner_text()
    with Client.at(server.origin) as newcomer:
        newcomer.account.register("lee@mail.org", PASSWORD, code.inner_text())
    page.reload()
    expect(page.get_by_text("lee@mail.org")).to_be_visible()


def test_an_admin_sees_a_dead_letter_and_sends_it_again_once_its_cause_is_gone(
    visit: Callable[..., Visitor], server: Serving, admin: Client
) -> None:
    with disk_trouble(server):
        film = admin.videos.create(VideoRequest(script="**VISUAL:** A calm sea.\n\n**VOICE OVER:** The tide.\n", profile="draft")).id
        failed = admin.live.wait(film, seconds=TROUBLE_MS / 1000)
        assert failed.status == "failed"
    visitor = visit()
    visitor.sign_in(ADMIN)
    page = visitor.goto("/admin")
    page.get_by_role("tab", name="Dead letters").click()
    letter = page.get_by_role("listitem").filter(has_text="VideoRequested")
    expect(letter).to_contain_text("script")
    expect(letter.get_by_role("link", name="Film")).to_have_attribute("href", f"/films/{film}")
    letter.get_by_role("button", name="Replay").click()
    expect(page.get_by_text("No dead letters")).to_be_visible()
    assert admin.admin.dead_letters() == []

    # The film says why it failed, and is tried again from its own page.
    visitor.goto(f"/films/{film}")
    expect(page.get_by_role("heading", name="This film could not be made")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("region", name="Progress of the film")).to_be_visible()
    admin.videos.cancel(film)


def test_the_dashboard_shows_what_is_at_work_as_it_happens(visit: Callable[..., Visitor], server: Serving, admin: Client) -> None:
    visitor = visit()
    visitor.sign_in(ADMIN)
    page = visitor.goto("/dashboard")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("svg, canvas").first).to_be_visible()


def test_who_is_no_admin_is_not_let_in(visit: Callable[..., Visitor], server: Serving) -> None:
    visitor = visit()
    visitor.account("max@mail.org", server.code)
    for place in ("/admin", "/dashboard"):
        page = visitor.goto(place)
        expect(page.locator("h1").first).to_be_visible()
        assert not page.get_by_test_id("access-code").is_visible()
        assert page.get_by_text(re.compile(r"\b[A-HJ-NP-Z1-9]{8}\b")).count() == 0
