"""What somebody brought before is chosen again, and the library tells of films by itself, in a real browser."""

import os
import re
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Route, expect

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

    # What was begun is still there when the page comes again in its tab.
    page.reload()
    expect(page.get_by_role("button", name="Remove evening.flac")).to_be_visible()

    # Another day: it is offered with its length, and what the film would take is told.
    page.evaluate("sessionStorage.clear()")
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


def test_a_large_file_goes_in_parts_and_goes_on_where_the_line_broke(visit: Callable[..., Visitor], server: Serving, tmp_path: Path) -> None:
    sound = tmp_path / "interview.wav"
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(os.urandom(20_000_000))
    visitor = visit()
    visitor.account("gus@mail.org", server.code)
    page = visitor.goto("/create?source=recording")
    sent: list[str] = []
    broken: list[Route] = []

    def line(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request.url)
        if len(sent) == 2:
            route.abort("connectionreset")
        elif len(sent) == 4:
            broken.append(route)
        else:
            route.continue_()

    wholes: list[Route] = []

    def whole(route: Route) -> None:
        wholes.append(route)
        if len(wholes) == 1:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(re.compile("/api/v1/media/parts"), line)
    page.route(re.compile("/api/v1/media/whole"), whole)

    # The second part breaks off and is sent again by itself; with the third the whole page goes.
    page.get_by_label("Your narration").set_input_files(sound)
    expect(page.get_by_text(re.compile("^(17|18|19|20) MB of 20 MB$"))).to_be_visible()
    while not broken:
        page.wait_for_timeout(50)
    page.reload()

    # Whoever chooses the file again waits for the third part alone; the answer that was lost is asked for again, not the file.
    page.get_by_label("Your narration").set_input_files(sound)
    expect(page.get_by_role("button", name="Remove interview.wav")).to_be_visible()
    assert sent[1] == sent[2] and sent[3] == sent[4] and len(sent) == 5 and len(wholes) == 2
    with Client.at(server.origin) as gus:
        gus.account.sign_in("gus@mail.org", PASSWORD)
        assert [one.name for one in gus.media.all().items] == ["interview.wav"]
    visitor.complaints[:] = [one for one in visitor.complaints if "ERR_CONNECTION_RESET" not in one]


def test_who_stops_sending_a_large_file_has_the_room_back(visit: Callable[..., Visitor], server: Serving, tmp_path: Path) -> None:
    sound = tmp_path / "concert.wav"
    sound.write_bytes(os.urandom(20_000_000))
    visitor = visit()
    visitor.account("hal@mail.org", server.code)
    page = visitor.goto("/create?source=recording")
    sent: list[Route] = []

    def first_part_alone(route: Route) -> None:
        sent.append(route)
        if len(sent) == 1:
            route.continue_()

    page.route(re.compile("/api/v1/media/parts.sha256"), first_part_alone)
    page.get_by_label("Your narration").set_input_files(sound)
    expect(page.get_by_text("8.4 MB of 20 MB")).to_be_visible()
    page.get_by_role("button", name="Stop sending").click()
    expect(page.get_by_text("Choose a file, or drop it here").first).to_be_visible()
    with Client.at(server.origin) as hal:
        hal.account.sign_in("hal@mail.org", PASSWORD)
        assert hal.media.all().used_bytes == 0


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
