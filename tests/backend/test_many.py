"""What lists and estimates read: each document once, several at a time where each is a call to another machine."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from aiprod.ports import Condition, Document, Documents, Write
from backend.main import create_api, guard
from backend.services import open_services
from backend.settings import WebSettings
from backend.several import Several
from tests.backend.conftest import REQUEST, Site, open_site


@dataclass
class CountedDocuments:
    """Implements ports.Documents over others: counts what is read of which collection."""

    inside: Documents
    read: Counter[str] = field(default_factory=Counter)

    def get(self, collection: str, id: str) -> Document | None:
        self.read[collection] += 1
        return self.inside.get(collection, id)

    def commit(self, writes: Sequence[Write]) -> None:
        self.inside.commit(writes)

    def query(
        self, collection: str, conditions: Sequence[Condition] = (), *, order_by: str = "", descending: bool = False,
        limit: int = 0, after: str = "",
    ) -> list[Document]:  # fmt: skip
        found = self.inside.query(collection, conditions, order_by=order_by, descending=descending, limit=limit, after=after)
        self.read[collection] += len(found)
        return found


@dataclass
class Counted:
    site: Site
    read: Counter[str]


@pytest.fixture
def counted(tmp_path: Path) -> Counted:
    app = open_site(tmp_path).app
    documents = CountedDocuments(app.documents)
    app = replace(app, documents=documents, ledger=replace(app.ledger, documents=documents))
    services = open_services(app, WebSettings(password_rounds=4))
    return Counted(Site(app, services, guard(create_api(services), secure=True)), documents.read)


def test_a_list_reads_each_entry_and_each_video_once(counted) -> None:
    jane = counted.site.register()
    counted.site.services.users.set_tier(jane.id, "enterprise")
    for seed in range(6):
        jane("POST", "/videos", json=REQUEST | {"seed": seed})
    counted.read.clear()
    assert len(jane("GET", "/videos").json()["items"]) == 6
    assert counted.read["library"] == counted.read["videos"] == 6


def test_estimates_asked_while_somebody_types_look_at_the_last_films_once(counted, premiere) -> None:
    jane = counted.site.register()
    done = premiere.site.app.documents.get("videos", premiere.film)
    assert done is not None
    counted.site.app.documents.commit([Write(collection="videos", id=premiere.film, fields=done.fields, expected=None)])
    counted.read.clear()
    told = [jane("POST", "/videos/estimate", json=REQUEST | {"seed": seed}).json()["making_seconds"] for seed in range(5)]
    assert told[0] > 0 and len(set(told)) == 1
    assert counted.read["videos"] == 1


def test_a_file_that_many_lines_name_is_looked_up_once(counted) -> None:
    jane = counted.site.register()
    asker = counted.site.services.asker(counted.site.services.users.get(jane.id))
    counted.read.clear()
    for _ in range(20):
        with pytest.raises(Exception, match="which is none"):
            asker.upload("music", "0" * 20, "sound")
    assert counted.read["uploads"] == 1


def test_a_film_s_manifest_is_read_once_for_all_lists(premiere) -> None:
    films = premiere.site.services.films
    video = premiere.site.app.ledger.get(premiere.film)
    assert films.of(video) is films.of(video)


def test_reads_of_another_machine_wait_for_each_other_no_longer() -> None:
    met = threading.Barrier(4, timeout=10)
    assert Several(at_once=4).each(lambda one: (met.wait(), one * 2)[1], range(4)) == [0, 2, 4, 6]
    assert Several(at_once=1).each(lambda one: threading.current_thread(), range(2)) == [threading.current_thread()] * 2
    with pytest.raises(ZeroDivisionError):
        Several(at_once=4).each(lambda one: 1 // one, [1, 0])
