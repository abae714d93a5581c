"""Everybody reaches everything: axe finds nothing serious on any page in either theme, and the keyboard alone makes a film."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from aiprod.client import Client, VideoRequest
from tests.browser.conftest import AXE, Visitor
from tests.serving import PASSWORD, Serving

OPEN = ("/", "/login", "/register", "/library", "/nowhere")
SIGNED_IN = ("/create", "/create?source=script", "/library", "/account", "/films/STOPPED", "/films/ANOTHER")
FOR_ADMINS = ("/admin", "/dashboard")
GRAVE = ("serious", "critical")
MOST_STOPS = 200

STOPS = """() => {
    const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert], [aria-hidden=true]");
    const all = [...document.querySelectorAll("a[href], button, input, textarea, select, summary, [tabindex='0']")];
    const bars = (one) => one.role === "tablist" || one.getAttribute("role") === "radiogroup";
    return all.filter((one) => !bars(one) && !one.disabled && one.tabIndex >= 0 && shown(one)).map((one, index) => {
        one.dataset.stop = one.type === "radio" ? `radio ${one.name}` : String(index);
        return one.dataset.stop;
    });
}"""
"""Every place that the keyboard should come to; a group of radio buttons is one, and a bar of tabs is where its tab is."""


def faults(page: Page) -> list[str]:
    """What axe finds that keeps somebody out."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations")
    return [
        f"{page.url}: {one['help']}: {json.dumps([node['html'][:160] for node in one['nodes'][:3]])}"
        for one in found
        if one["impact"] in GRAVE
    ]


def settled(page: Page) -> None:
    expect(page.locator("h1").first).to_be_visible()
    page.wait_for_load_state("load")
    page.wait_for_timeout(300)  # what fades in has begun to
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))")


@pytest.fixture(scope="module")
def stopped(server: Serving) -> str:
    """A film of Ada's that was stopped."""
    with Client.at(server.origin) as ada:
        ada.account.register("ada@mail.org", PASSWORD, server.code)
        film = ada.videos.create(VideoRequest(theme="The tide", profile="draft")).id
        ada.videos.cancel(film)
    return film


def test_a_button_without_a_name_would_be_found(visit: Callable[..., Visitor]) -> None:
    page = visit().goto("/login")
    settled(page)
    page.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    assert "discernible text" in str(faults(page))


@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 1280)])
def test_nothing_serious_keeps_anybody_out_of_a_page(
    visit: Callable[..., Visitor], admin: Client, stopped: str, theme: str, width: int
) -> None:
    found: list[str] = []
    size = {"width": width, "height": 860}
    for who, paths in (("", OPEN), ("ada@mail.org", SIGNED_IN), ("root@mail.org", FOR_ADMINS)):
        visitor = visit(color_scheme=theme, viewport=size, reduced_motion="reduce")
        if who:
            visitor.sign_in(who)
        for path in paths:
            page = visitor.goto(path.replace("STOPPED", stopped).replace("ANOTHER", "0" * 20))
            settled(page)
            lost = page.get_by_text("This page does not exist").is_visible()
            assert lost == (path == "/nowhere"), path
            assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1"), f"{path} is wider than the screen"
            found += faults(page)
    assert found == []


def test_the_keyboard_alone_comes_to_everything_on_the_page_for_a_film_and_starts_one(
    visit: Callable[..., Visitor], server: Serving, admin: Client
) -> None:
    visitor = visit()
    visitor.account("kay@mail.org", server.code)
    page = visitor.goto("/create")
    settled(page)

    # Every stop is come to, each is seen, and none holds who comes to it.
    wanted = set(page.evaluate(STOPS))
    page.evaluate("() => document.activeElement?.blur()")
    met: set[str] = set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop, shown = page.evaluate(
            """() => {
                const here = document.activeElement;
                const box = here.closest("label, span")?.getBoundingClientRect() ?? here.getBoundingClientRect();
                return [here.dataset?.stop ?? "", box.width > 0 && box.bottom > 0 && box.top < innerHeight];
            }"""
        )
        if stop:
            assert shown, f"the stop {stop} is not on the screen"
        met |= {stop} - {""}
        if met >= wanted:
            break
    missed = [page.locator(f"[data-stop='{stop}']").first.evaluate("one => one.outerHTML.slice(0, 200)") for stop in wanted - met]
    assert missed == []

    # A film is started without a mouse: the way is skipped to, a line is written, a look is chosen, the button pressed.
    page.reload()
    settled(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    go_to(page, page.get_by_label("What is it about?"))
    page.keyboard.type("The tide")
    style = page.locator("input[name=style]:checked")
    before = style.input_value()
    go_to(page, style)
    page.keyboard.press("ArrowRight")
    expect(style).not_to_have_value(before)
    send = page.get_by_role("button", name="Make the film").first
    expect(send).to_be_enabled()
    go_to(page, send)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/films/[0-9a-f]+$"))
    admin.videos.cancel(page.url.rsplit("/", 1)[1])


def go_to(page: Page, place: Locator) -> None:
    """Press Tab until the place has the focus."""
    for _ in range(MOST_STOPS):
        if place.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not come to {place}.")
