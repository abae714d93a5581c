"""What is told of a film that failed: in a sentence, by a kind that stays, and where it was; to its owner alone."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from aiprod.brief import Brief
from aiprod.errors import AiprodError, ContentRefused, InvalidInput, Unavailable, WeightsMissing, WriterFailed
from aiprod.ports import Write
from aiprod.story import Script
from tests.backend.conftest import REQUEST, Browser, Site, open_site
from tests.doubles import ColourRenderer, PlainEngines
from tests.house import engines_with
from tests.receivers import receiving
from tests.thin import drain_thin


@dataclass
class RefusingWriter:
    """Raises whatever it is given."""

    error: AiprodError
    name: str = "refusing"

    def write(self, brief: Brief) -> Script:
        raise self.error


def failed(site: Site, jane: Browser) -> dict:
    id = jane("POST", "/videos", json=REQUEST).json()["id"]
    drain_thin(site.app)
    video: dict = jane("GET", f"/videos/{id}").json()
    assert video["status"] == "failed"
    return video


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (WriterFailed("Too little is known."), "script-unwritten"), (ContentRefused("Not this."), "content-refused"),
        (InvalidInput("script", line=3, expected="words", found="none"), "invalid-input"),
        (WeightsMissing("The model is not here."), "weights-missing"), (Unavailable("The model is silent."), "unavailable"),
    ],
)  # fmt: skip
def test_a_film_without_a_script_says_by_its_kind_why(tmp_path: Path, error: AiprodError, kind: str) -> None:
    site = open_site(tmp_path, PlainEngines(writers={"outline": RefusingWriter(error)}))
    video = failed(site, site.register())
    assert str(error) in video["failure"]
    assert (video["failure_kind"], video["failed_in"]) == (kind, "scripting")
    assert (video["progress"]["failure_kind"], video["progress"]["failed_in"]) == (kind, "scripting")


def test_a_scene_that_nobody_will_draw_says_so_on_itself_on_its_film_in_lists_and_to_webhooks(tmp_path: Path) -> None:
    refusals = {2: [ContentRefused("The subject may not be shown.")] * 2}
    renderers = {name: ColourRenderer(name=name, faults={**refusals}) for name in ("motion", "slideshow")}
    site = open_site(tmp_path, engines_with(**renderers), {"webhook_private": True})
    jane = site.register()
    with receiving() as receiver:
        jane("POST", "/account/webhooks", json={"url": receiver.url, "events": ["failed"]})
        video = failed(site, jane)
    assert (video["failure_kind"], video["failed_in"]) == ("content-refused", "rendering")
    assert [scene["failure_kind"] for scene in video["progress"]["scenes"]] == ["", "content-refused", ""]
    (card,) = jane("GET", "/videos").json()["items"]
    assert (card["failure_kind"], card["failed_in"]) == ("content-refused", "rendering")
    assert [content["kind"] for content in receiver.contents()] == ["content-refused"]

    # When it is tried again nothing is left of it, and it is made.
    again = jane("POST", f"/videos/{video['id']}/retry").json()
    assert (again["failure"], again["failure_kind"], again["failed_in"]) == ("", "", "")
    for renderer in renderers.values():
        renderer.faults.clear()
    drain_thin(site.app)
    assert jane("GET", f"/videos/{video['id']}").json()["status"] == "completed"


def test_a_film_that_took_too_long_says_so(tmp_path: Path) -> None:
    site = open_site(tmp_path, house={"stage_deadline_seconds": 0.5, "sweep_seconds": 0.2})
    jane = site.register()
    id = jane("POST", "/videos", json=REQUEST).json()["id"]
    assert site.app.messages.pull("script", lease_seconds=60.0), "somebody took it, and is never heard of again"
    ends = time.monotonic() + 20
    site.app.worker().run(until=lambda: site.app.ledger.get(id).over or time.monotonic() > ends)
    video = jane("GET", f"/videos/{id}").json()
    assert (video["status"], video["failure_kind"], video["failed_in"]) == ("failed", "took-too-long", "queued")


def test_why_a_film_failed_is_not_for_others(premiere) -> None:
    premiere.jane("PUT", f"/videos/{premiere.film}/visibility", json={"public": True})
    theirs = premiere.john("GET", f"/videos/{premiere.film}").json()
    premiere.jane("PUT", f"/videos/{premiere.film}/visibility", json={"public": False})
    assert (theirs["failure"], theirs["failure_kind"], theirs["failed_in"]) == (None, None, None)


def test_a_film_that_failed_before_kinds_were_told_is_still_read(tmp_path: Path) -> None:
    site = open_site(tmp_path, PlainEngines(writers={"outline": RefusingWriter(WriterFailed("Too little is known."))}))
    jane = site.register()
    id = failed(site, jane)["id"]
    kept = site.app.documents.get("videos", id)
    assert kept is not None
    old = json.loads(json.dumps(kept.fields))
    del old["failure_kind"]
    site.app.documents.commit([Write(collection="videos", id=id, fields=old, expected=kept.version)])
    video = jane("GET", f"/videos/{id}").json()
    assert (video["failure"], video["failure_kind"], video["failed_in"]) == ("Too little is known.", "", "scripting")
    assert jane("POST", f"/videos/{id}/retry").json()["status"] == "scripting"
