"""What somebody brought before is chosen again, and the library tells of films by itself, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from aiprod.client import Client, VideoRequest
from aiprod.media.sounds import write_flac
from tests.browser.conftest import Visitor
from tests.serving import PASSWORD, Serving

SECONDS = 3
RATE_HZ = 16_000


def test_a_sound_that_was_brought_once_is_chosen_again_later_and_deleted(
    visit: Callable[..., Visitor], server: Serving, tmp_path: Path
) -> None:
    sound = write_flac(np.zeros(SECONDS * RATE_HZ, dtype=np.float32), RATE_HZ, tmp_path / "evening.flac")
    visitor = visit()
    visitor.account("ella@mail.org", server.code)
    page = visitor.goto("/create?source=recording")
    page.get_by_label("Your narration").set_input_files(sound)
    expect(page.get_by_role("button", name="Remove evening.flac")).to_be_visible()

    # Another day: it is offered with its length, and what the film would take is told.
    page.reload()
    earlier = page.get_by_role("button", name="Choose your earlier file")
    earlier.click()
    expect(page.get_by_role("dialog", name="Your narration")).to_contain_text("Sound · 0:03")
    page.get_by_role("button", name="Choose evening.flac").click()
    expect(page.get_by_role("button", name="Make the film").first).to_be_enabled()

    page.get_by_role("button", name="Remove evening.flac").click()
    earlier.click()
    page.get_by_role("button", name="Delete evening.flac").click()
    page.get_by_role("dialog", name=re.compile("^Delete “evening.flac”")).get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Nothing is left that can be used here.")).to_be_visible()


def test_the_library_tells_of_films_that_begin_and_end_elsewhere_over_one_line(visit: Callable[..., Visitor], server: Serving) -> None:
    visitor = visit()
    lines: list[str] = []
    visitor.page.on("websocket", lambda line: lines.append(line.url))
    visitor.account("finn@mail.org", server.code)
    page = visitor.goto("/library")
    expect(page.get_by_text("Your films will be here")).to_be_visible()
    with Client.at(server.origin) as finn:
        finn.account.sign_in("finn@mail.org", PASSWORD)
        films = [finn.videos.create(VideoRequest(theme=theme, profile="draft")).id for theme in ("The tide", "The moon")]
        expect(page.get_by_role("article")).to_have_count(len(films))
        for film in films:
            finn.videos.cancel(film)
        expect(page.get_by_text("Cancelled", exact=True)).to_have_count(len(films))
        finn.videos.delete(films[0])
        expect(page.get_by_role("article")).to_have_count(1)
    assert [line.split("?")[0].rsplit("/ws", 1)[1] for line in lines] == ["/videos"]
