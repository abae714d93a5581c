"""What admins see of the chain, and dead letters sent again."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aiprod.brief import Brief
from aiprod.story import Script
from tests.backend.conftest import REQUEST, open_site, problem
from tests.doubles import PlainEngines, PlainWriter
from tests.thin import drain_thin


@dataclass
class BrokenWriter:
    """Breaks until it is mended."""

    name: str = "broken"
    broken: bool = True
    plain: PlainWriter = field(default_factory=PlainWriter)

    def write(self, brief: Brief) -> Script:
        if self.broken:
            raise RuntimeError("the pencil is broken")
        return self.plain.write(brief)


def test_the_queue_says_what_is_at_work(site, jane, ask) -> None:
    admin = site.register("root@mail.org", admin=True)
    assert admin("GET", "/admin/queue").json()["videos"] == {}
    ask()
    queue = admin("GET", "/admin/queue").json()
    assert queue["videos"] == {"queued": 1} and queue["oldest_seconds"] >= 0
    assert set(queue["clips"]) == {"render-cpu", "render-gpu", "render-api"}


def test_a_dead_letter_is_seen_and_its_video_is_made_when_it_is_sent_again(tmp_path: Path) -> None:
    writer = BrokenWriter()
    site = open_site(tmp_path, engines=PlainEngines(writers={"outline": writer}))
    admin = site.register("root@mail.org", admin=True)
    id = admin("POST", "/videos", json=REQUEST).json()["id"]
    drain_thin(site.app)
    (letter,) = admin("GET", "/admin/dead-letters").json()
    assert (letter["subscription"], letter["event"], letter["video"]) == ("script", "VideoRequested", id)
    assert "pencil" in letter["reason"] and letter["attempts"] > 1
    assert admin("GET", f"/videos/{id}").json()["status"] == "failed"
    writer.broken = False
    assert admin("POST", f"/admin/dead-letters/{letter['id']}/replay").status_code == 204
    drain_thin(site.app)
    assert admin("GET", "/admin/dead-letters").json() == []
    assert admin("POST", f"/videos/{id}/retry").status_code == 200
    drain_thin(site.app)
    assert admin("GET", f"/videos/{id}").json()["status"] == "completed"


@pytest.mark.parametrize("id", ["0", "99", "x", "%00", "1;2"])
def test_a_dead_letter_that_is_not_there_is_told(site, id) -> None:
    admin = site.register("root@mail.org", admin=True)
    problem(admin("POST", f"/admin/dead-letters/{id}/replay"), 404, "not-found")


def test_only_admins_see_them(site, jane) -> None:
    for method, path in (("GET", "/admin/queue"), ("GET", "/admin/dead-letters"), ("POST", "/admin/dead-letters/1/replay")):
        problem(jane(method, path), 403, "not-allowed")
