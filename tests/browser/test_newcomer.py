"""What a newcomer does in the first quarter of an hour, in a real browser with real films."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from aiprod.client import Client, VideoRequest
from tests.browser.conftest import Visitor
from tests.serving import PASSWORD, Serving

MAKING_MS = 240_000
"""A film of a few seconds takes a quarter of that here; other work may go on beside it."""
JANE = "jane@mail.org"
SCRIPT = "## SCENE 1\n**VISUAL:** A calm sea at dawn, wide shot.\n**VOICE OVER:** Twice a day the tide goes out.\n"


@pytest.fixture(scope="module")
def jane(server: Serving) -> Iterator[Client]:
    """What Jane's browser does not do: looks at her account from outside."""
    with Client.at(server.origin) as client:
        yield client


def register(page: Page, code: str) -> None:
    page.get_by_label("Access code").fill(code)
    page.get_by_label("Email").fill(JANE)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=re.compile(f"^{option}")).click()


def ask_for_the_quickest_film(page: Page) -> None:
    page.get_by_role("tab", name="A script").click()
    page.get_by_label("Your script").fill(SCRIPT)
    choose(page, "Where it goes", "Draft")
    choose(page, "Music", "No music")
    send = page.get_by_role("button", name="Make the film").first
    expect(send).to_be_enabled()
    send.click()
    page.wait_for_url(re.compile(r"/films/[0-9a-f]+$"))


def used(page: Page, words: str) -> None:
    expect(page.get_by_role("button", name=f"Menu of {JANE}")).to_contain_text(words)


def test_a_newcomer_makes_a_first_film_and_comes_to_the_end_of_the_quota(
    visit: Callable[..., Visitor], server: Serving, jane: Client, tmp_path: Path
) -> None:
    visitor = visit()
    page = visitor.goto("/")
    page.get_by_role("link", name="Get started").first.click()

    # A code that does not count is told, and what was written stays; the right one opens the door.
    register(page, "AAAAAAAA")
    expect(page.get_by_text("This code does not count")).to_be_visible()
    expect(page.get_by_label("Email")).to_have_value(JANE)
    register(page, server.code)
    used(page, "(0/2)")
    jane.account.sign_in(JANE, PASSWORD)

    # A film is asked for, and seen as it comes to be: the page is told, it does not ask.
    visitor.goto("/create")
    ask_for_the_quickest_film(page)
    film = page.url.rsplit("/", 1)[1]
    expect(page.get_by_role("region", name="Progress of the film")).to_be_visible()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    used(page, "(1/2)")
    seen = set()
    steps = page.locator("[aria-current=step]")
    video = page.locator("video")
    until = time.monotonic() + MAKING_MS / 1000
    while not video.is_visible() and not page.get_by_text("could not be made").is_visible() and time.monotonic() < until:
        for step in steps.all_inner_texts():
            seen.add(step.split(",")[0].strip())
        page.wait_for_timeout(100)
    expect(video).to_be_visible()
    assert len(seen) >= 3, f"only {seen} were seen live"

    # It plays: time passes in it, and there is a picture.
    played = page.evaluate(
        """async () => {
            const video = document.querySelector("video");
            video.muted = true;
            await video.play();
            await new Promise((done) => setTimeout(done, 1500));
            return { time: video.currentTime, width: video.videoWidth, failed: video.error?.message ?? "", seconds: video.duration };
        }"""
    )
    assert played["failed"] == "" and played["time"] > 0.5 and played["width"] > 0
    assert abs(played["seconds"] - (jane.videos.read(film).seconds or 0)) < 0.2

    # It is downloaded, whole.
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as arriving:
        page.get_by_role("menuitem", name=re.compile("^The film")).click()
    arriving.value.save_as(tmp_path / "film.mp4")
    assert (tmp_path / "film.mp4").read_bytes() == jane.films.save(film, tmp_path / "by the API.mp4").read_bytes()

    # It is remembered, after a reload too.
    page.get_by_role("button", name="Add to favourites").click()
    expect(page.get_by_role("button", name="Remove from favourites")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Remove from favourites")).to_be_visible()
    assert [one.id for one in jane.videos.all() if one.favourite] == [film]

    # A line that nobody can write about: told in a sentence, with a way out, and it costs none.
    visitor.goto("/create")
    page.get_by_label("What is it about?").fill("Xqzzt vrblk wpfqm")
    choose(page, "Where it goes", "Draft")
    page.get_by_role("button", name="Make the film").first.click()
    expect(page.get_by_role("heading", name="This film could not be made")).to_be_visible(timeout=MAKING_MS)
    expect(page.get_by_text("It did not count for your quota")).to_be_visible()
    expect(page.get_by_role("link", name="Write the script yourself")).to_be_visible()
    used(page, "(1/2)")

    # A second film is held: the quota is spent, and the page says so before anything is written.
    visitor.goto("/create")
    ask_for_the_quickest_film(page)
    second = page.url.rsplit("/", 1)[1]
    used(page, "(2/2)")
    visitor.goto("/create")
    expect(page.get_by_role("heading", name="Your films are all used")).to_be_visible()
    page.get_by_label("What is it about?").fill("Giant pandas")
    expect(page.get_by_role("button", name="Make the film").first).to_be_disabled()

    # It is stopped, and the place is free again.
    visitor.goto(f"/films/{second}")
    page.get_by_role("button", name="Stop making this film").click()
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_role("heading", name="This film was stopped")).to_be_visible()
    used(page, "(1/2)")

    # The whole page speaks another language, and remembers it.
    page.get_by_role("button", name=f"Menu of {JANE}").click()
    page.get_by_role("menuitemradio", name="Français").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Créer").first).to_be_visible()
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("link", name="Créer").first).to_be_visible()


def test_what_is_another_s_is_told_as_not_there(visit: Callable[..., Visitor], server: Serving) -> None:
    with Client.at(server.origin) as owner:
        owner.account.register("jill@mail.org", PASSWORD, server.code)
        film = owner.videos.create(VideoRequest(theme="The tide", profile="draft")).id
        owner.videos.cancel(film)
    visitor = visit()
    visitor.account("john@mail.org", server.code)
    page = visitor.goto(f"/films/{film}")
    expect(page.get_by_text("This film is not there")).to_be_visible()


def test_who_is_not_signed_in_is_asked_to_and_comes_back_where_they_were(visit: Callable[..., Visitor], server: Serving) -> None:
    visitor = visit()
    visitor.account("kim@mail.org", server.code)
    visitor.context.clear_cookies()
    page = visitor.goto("/create?theme=The+moon")
    page.get_by_label("Email").fill("kim@mail.org")
    page.get_by_label("Password", exact=True).fill("a wrong password")
    page.get_by_role("button", name="Log in").last.click()
    expect(page.get_by_text("do not belong together")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").last.click()
    expect(page.get_by_label("What is it about?")).to_have_value("The moon")
