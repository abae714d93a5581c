"""A product in which something of everything has happened, in front of the built pages; no worker changes it meanwhile."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from aiprod import paths
from aiprod.accounts.webhooks import MOST_FAILED
from aiprod.bootstrap import App
from aiprod.errors import ContentRefused, WriterFailed
from aiprod.events import ObjectFinalized, VideoRequested
from aiprod.video import ScriptStarted, StageGaveUp, Status
from backend import pages
from tests.backend.conftest import REQUEST, Browser, Site, open_site, served
from tests.doubles import ColourRenderer
from tests.house import drain, engines_with

REFUSAL = "The service will not draw this; say it in another way."


@dataclass(frozen=True, kw_only=True)
class House:
    """Where it is reached, and films of Ada's by how they are."""

    site: Site
    origin: str
    films: dict[str, str]


@contextmanager
def furnished(home: Path) -> Iterator[House]:
    """Ada has films in every state, files, keys and webhooks; Bob's quota is spent; Root is an admin with a dead letter."""
    renderers = {name: ColourRenderer(name=name) for name in ("motion", "slideshow")}
    settings = {"secure_cookies": False, "heartbeat_seconds": 5.0}
    site = open_site(home, engines_with(**renderers), {"webhook_private": True}, **settings)
    ada, bob = site.register("ada@mail.org"), site.register("bob@mail.org")
    root = site.register("root@mail.org", admin=True)
    site.services.users.set_tier(ada.id, "pro")
    _own_things(site, ada)
    films = {"ready": _asked(site, ada, "The tide"), "nothing known": _asked(site, ada, "Xqzzt")}
    for fact in (
        ScriptStarted(revision=1, at=1.0),
        StageGaveUp(revision=1, at=2.0, sentence="The encyclopedia knows too little of Xqzzt.", kind=WriterFailed.kind),
    ):
        site.app.ledger.advance(films["nothing known"], fact)
    drain(site.app)
    for renderer in renderers.values():
        renderer.faults[2] = [ContentRefused(REFUSAL)] * 9
    films["refused"] = _asked(site, ada, "The storm")
    drain(site.app)
    films["stopped"] = _asked(site, ada, "The harbour")
    ada("POST", f"/videos/{films['stopped']}/cancel")
    drain(site.app)
    _dead_letter(site)
    for renderer in renderers.values():
        renderer.faults.clear()
    films["working"] = _asked(site, ada, "The lighthouse")
    _draw(site.app, films["working"])
    for theme in ("The first", "The last"):
        _asked(site, bob, theme)
    assert root("GET", "/admin/dead-letters").json()
    pages.install(site.application.inside.inside)
    with served(site) as port:
        yield House(site=site, origin=f"http://127.0.0.1:{port}", films=films)


def _asked(site: Site, person: Browser, theme: str) -> str:
    answer = person("POST", "/videos", json=REQUEST | {"theme": theme})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _draw(app: App, film: str) -> None:
    """Bring a film as far as its clips, which nobody puts together."""
    video = app.ledger.get(film)
    app.deliveries.deliver("script", VideoRequested(video=film, owner=video.owner, brief=video.brief))
    for stage, address in (("narration", paths.script(film, 1)), ("clips", paths.narration(film, 1))):
        app.deliveries.deliver(stage, ObjectFinalized(address=address))
    app.render_job().run("render-cpu")
    assert app.ledger.get(film).status is Status.RENDERING


def _own_things(site: Site, ada: Browser) -> None:
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(picture, "JPEG")
    assert ada("POST", "/media", params={"name": "harbour.jpg"}, content=picture.getvalue()).status_code == 201
    assert ada("POST", "/account/keys", json={"name": "my blog", "scopes": ["videos:read"]}).status_code == 201
    for path, events in (("gone", ["failed"]), ("films", ["completed", "failed"])):
        made = ada("POST", "/account/webhooks", json={"url": f"http://127.0.0.1:9/{path}", "events": events})
        assert made.status_code == 201, made.text
    registered = site.services.webhooks.registered
    paused, _ = registered.of(ada.id)
    site.services.webhooks.test(paused)
    drain(site.app)
    for _ in range(MOST_FAILED):
        registered.count(registered.get(ada.id, paused.id), delivered=False)


def _dead_letter(site: Site) -> None:
    payload = b'{"type":"SweepTicked","content":{"at":1.0}}'
    with site.app.messages.database.transaction() as connection:
        connection.execute(
            "INSERT INTO dead_letters (subscription, payload, attempt, reason, at) VALUES ('script', ?, 5, 'the disk was away', 9)", (payload,)
        )
