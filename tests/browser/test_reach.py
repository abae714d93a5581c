"""Everybody reaches everything: axe finds nothing serious on any page in either theme, and the keyboard alone makes a film."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from aiprod.client import Client
from tests.browser.conftest import AXE, PAGES, Visitor
from tests.browser.furnished import House, furnished
from tests.serving import Serving

PAGES_OF = {
    "": ("/", "/login", "/register", "/library", "/nowhere"),
    "ada@mail.org": (
        "/", "/create", "/create?source=script", "/create?source=recording", "/library", "/library?shelf=favourites", "/library?search=owls",
        "/films/{ready}", "/films/{refused}", "/films/{nothing_known}", "/films/{stopped}", "/films/{working}", "/films/00000000000000000000",
        *(f"/account?part={part}" for part in ("overview", "security", "keys", "webhooks", "files", "activity")),
    ),
    "bob@mail.org": ("/create", "/library", "/account", "/account?part=keys", "/account?part=webhooks", "/account?part=files"),
    "root@mail.org": (*(f"/admin?part={part}" for part in ("users", "queue", "letters", "audit")), "/dashboard"),
}
"""Every page and every part of one, for those who see it: full, empty, at work, failed, with the quota spent."""
WINDOWS = {
    "/library": ("article [aria-haspopup=menu]:visible", "main [role=combobox]:visible"),
    "/create": ("main [role=combobox]:visible",),
    "films": ("main ol [aria-haspopup=dialog]", "main header ~ * [aria-haspopup=menu]"),
    "/account?part=keys": ("main [aria-haspopup=dialog]",),
    "/account?part=webhooks": ("main [aria-haspopup=dialog]", "main li [aria-haspopup=dialog]"),
}
"""Dialogs, menus and lists behind a page's buttons, where it has any of them."""
LOST = {"en": "This page does not exist", "fr": "Cette page n’existe pas"}
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


def faults(page: Page, *, but: str = "") -> list[str]:
    """What axe finds that keeps somebody out, save by that rule."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {but: {"enabled": False}} if but else {}
    found = page.evaluate("async (rules) => (await axe.run(document, { resultTypes: ['violations'], rules })).violations", rules)
    return [
        f"{page.url}: {one['help']}: {json.dumps([node['html'][:160] for node in one['nodes'][:3]])}"
        for one in found
        if one["impact"] in GRAVE
    ]


def settled(page: Page) -> None:
    expect(page.locator("h1").first).to_be_visible()
    page.wait_for_load_state("load")
    expect(page.locator("[data-skeleton], main[aria-busy=true], main [aria-busy=true]")).to_have_count(0)
    page.wait_for_timeout(300)  # what fades in has begun to
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    assert PAGES.is_file() and AXE.is_file(), "the pages are not built: run scripts/setup tests"
    with furnished(tmp_path_factory.mktemp("furnished")) as house:
        yield house


def test_a_button_without_a_name_would_be_found(visit: Callable[..., Visitor]) -> None:
    page = visit().goto("/login")
    settled(page)
    page.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    assert "discernible text" in str(faults(page))


def open_windows(page: Page, path: str) -> Iterator[str]:
    """What a page holds behind its buttons, one after the other."""
    for name in WINDOWS.get("films" if path.startswith("/films") else path, ()):
        if not page.locator(name).count():
            continue
        page.locator(name).first.click()
        expect(page.locator("[role=dialog], [role=menu], [role=listbox]").last).to_be_visible()
        yield name
        page.keyboard.press("Escape")
        expect(page.locator("[role=dialog], [role=menu], [role=listbox]")).to_have_count(0)


@pytest.mark.parametrize(("theme", "width", "language"), [("light", 390, "fr"), ("dark", 1280, "en")])
def test_nothing_serious_keeps_anybody_out_of_a_page(
    visit: Callable[..., Visitor], house: House, theme: str, width: int, language: str
) -> None:
    found: list[str] = []
    opened: set[str] = set()
    looks = {"color_scheme": theme, "viewport": {"width": width, "height": 860}, "locale": language, "reduced_motion": "reduce"}
    for who, paths in PAGES_OF.items():
        visitor = visit(origin=house.origin, **looks)
        if who:
            visitor.let_in(who)
        for path in paths:
            page = visitor.goto(path.format(**{name.replace(" ", "_"): id for name, id in house.films.items()}))
            settled(page)
            assert page.locator("html").get_attribute("lang") == language
            assert (page.locator("h1").inner_text() == LOST[language]) == (path == "/nowhere"), path
            assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1"), f"{path} is wider than the screen"
            found += faults(page)
            for window in open_windows(page, path):
                opened.add(window)
                # An open list hides the page behind it as a dialog does, which axe knows of dialogs alone: no key leads there.
                page.keyboard.press("Tab")
                inside = "() => document.activeElement.closest('[role=dialog], [role=menu], [role=listbox]') !== null"
                assert page.evaluate(inside), f"the keyboard leaves {window} of {path}"
                found += [f"{window}: {fault}" for fault in faults(page, but="aria-hidden-focus")]
        visitor.context.set_offline(True)
        page.evaluate("() => window.dispatchEvent(new Event('offline'))")
        found += faults(page)
        visitor.context.set_offline(False)
    assert opened == {window for windows in WINDOWS.values() for window in windows}
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
