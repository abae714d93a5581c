"""The chain of stages, whole, with small engines: the same film whatever happens to its events."""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from aiprod import paths
from aiprod.errors import Misuse, NotFound
from aiprod.ports import Shot, Take
from aiprod.video import Status
from tests.doubles import ColourRenderer, PlainEngines, PlainWriter
from tests.house import BRIEF, drain, engines_with, film_bytes, make, open_house
from tests.unit.stages.conftest import Finished


def test_the_same_brief_gives_the_same_film_byte_for_byte_in_another_house(finished: Finished, tmp_path: Path) -> None:
    app = open_house(tmp_path / "two")
    assert film_bytes(app, make(app)) == film_bytes(finished.app, finished.video)


def test_another_seed_gives_another_film(finished: Finished, tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    assert film_bytes(app, make(app, replace(BRIEF, seed=4))) != film_bytes(finished.app, finished.video)


def test_every_event_three_times_and_shuffled_makes_the_same_film_once(finished: Finished, tmp_path: Path) -> None:
    renderer = ColourRenderer(name="motion")
    app = open_house(tmp_path / "shuffled", engines_with(motion=renderer))
    app.messages.outstanding()
    with sqlite3.connect(tmp_path / "shuffled" / "store.sqlite3") as store:
        store.execute(
            """CREATE TRIGGER three_times AFTER INSERT ON messages BEGIN
                 UPDATE messages SET available_at = NEW.available_at + abs(random() % 1000) / 2500.0 WHERE id = NEW.id;
                 INSERT INTO messages (subscription, payload, priority, available_at, published_at)
                   VALUES (NEW.subscription, NEW.payload, abs(random() % 5),
                           NEW.available_at + abs(random() % 1000) / 2500.0, NEW.published_at),
                          (NEW.subscription, NEW.payload, abs(random() % 5),
                           NEW.available_at + abs(random() % 1000) / 2500.0, NEW.published_at);
               END"""
        )
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    assert video.revision == 1
    assert sorted(renderer.rendered) == [1, 2, 3]
    assert film_bytes(app, video) == film_bytes(finished.app, finished.video)
    assert app.messages.dead_letters() == ()


@dataclass
class InterruptedRenderer(ColourRenderer):
    """Somebody does something while it draws its first clip."""

    interrupt: Callable[[], object] = lambda: None

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        if not self.rendered:
            self.interrupt()
        return super().render(shot, folder, progress)


def test_a_video_that_is_cancelled_while_it_is_drawn_stops_and_stays_cancelled(tmp_path: Path) -> None:
    renderer = InterruptedRenderer(name="motion")
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    video = app.request(BRIEF)
    renderer.interrupt = lambda: app.cancel(video.id)
    drain(app)
    assert [change.status for change in app.ledger.get(video.id).history][-2:] == [Status.RENDERING, Status.CANCELLED]
    assert app.objects.stat(paths.film(video.id, 1)) is None


def test_a_video_that_does_not_exist_is_said_not_to(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    for ask in (app.ledger.get, app.cancel, lambda id: app.retry(id, (1,))):
        with pytest.raises(NotFound, match="nowhere"):
            ask("nowhere")


def test_a_video_at_work_cannot_be_retried(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = app.request(BRIEF)
    with pytest.raises(Misuse, match="queued"):
        app.retry(video.id, (1,))


def test_twenty_films_at_once_all_finish(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", PlainEngines(writers={"outline": PlainWriter(scenes=1)}))
    draw = random.Random(5)
    videos = [app.request(replace(BRIEF, theme=f"wave {draw.randint(0, 999)} {number}")) for number in range(20)]
    drain(app)
    statuses = {app.ledger.get(video.id).status for video in videos}
    assert statuses == {Status.COMPLETED}
