"""Videos are held, taken on success, given back on failure; nobody gets one too many."""

import threading
from collections import Counter
from pathlib import Path

import pytest

from aiprod.accounts.quota import Allowance, Quota
from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.errors import Conflict, QuotaSpent, Throttled
from aiprod.events import StatusChanged
from aiprod.video import FilmAssembled, ReviewPassed, RevisionOpened, StageGaveUp, VideoCancelled
from tests.house import BRIEF, open_house

TWO = Allowance(videos=2, at_work=0)


@pytest.fixture
def app(tmp_path: Path):
    return open_house(tmp_path)


@pytest.fixture
def quota(app) -> Quota:
    return app.quota


def ask(app, video: str) -> None:
    app.quota.hold("jane", video, TWO)
    app.request(BRIEF, owner="jane", video=video)


def complete(app, video: str) -> None:
    at, revision = app.clock.now(), app.ledger.get(video).revision
    app.ledger.advance(video, FilmAssembled(revision=revision, at=at))
    app.ledger.advance(video, ReviewPassed(revision=revision, at=at))


def fail(app, video: str) -> None:
    revision = app.ledger.get(video).revision
    app.ledger.advance(video, StageGaveUp(revision=revision, at=app.clock.now(), sentence="No."))


def notify(app, video: str) -> None:
    found = app.ledger.get(video)
    event = StatusChanged(video=video, revision=found.revision, status=found.status.value, sentence="", at=0.0)
    app.deliveries.deliver("notify", event)


def test_fifty_requests_at_the_same_moment_get_two_videos(tmp_path: Path, app) -> None:
    outcomes: Counter[str] = Counter()
    start = threading.Barrier(50)

    def one(number: int) -> None:
        documents = EmbeddedDocuments(database=Database(app.settings.home_folder / "store.sqlite3"))
        quota = Quota(documents=documents, ledger=app.ledger, clock=app.clock)
        start.wait()
        try:
            quota.hold("jane", f"v{number}", TWO)
        except QuotaSpent:
            outcomes["refused"] += 1
        except Conflict:
            outcomes["gave up"] += 1
        else:
            outcomes["held"] += 1
        documents.database.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == {"held": 2, "refused": 48}
    assert app.quota.usage("jane").used == 2


def test_a_completed_video_counts_and_the_event_may_come_twice_and_late(app, quota) -> None:
    ask(app, "a")
    complete(app, "a")
    notify(app, "a")
    notify(app, "a")
    usage = quota.usage("jane")
    assert (usage.held, usage.taken) == ({}, ("a",))


def test_a_failed_or_cancelled_video_is_given_back(app, quota) -> None:
    ask(app, "a")
    ask(app, "b")
    with pytest.raises(QuotaSpent):
        ask(app, "c")
    fail(app, "a")
    notify(app, "a")
    app.ledger.advance("b", VideoCancelled(revision=1, at=0.0))
    notify(app, "b")
    assert quota.usage("jane").used == 0
    ask(app, "c")


def test_a_lost_event_costs_nobody_a_video(app, quota) -> None:
    ask(app, "a")
    ask(app, "b")
    fail(app, "a")
    quota.hold("jane", "c", TWO)
    assert set(quota.usage("jane").held) == {"b", "c"}


def test_a_hold_whose_request_died_is_given_back_after_a_while(app, quota) -> None:
    quota.hold("jane", "a", TWO)
    quota.hold("jane", "b", TWO)
    with pytest.raises(QuotaSpent):
        quota.hold("jane", "c", TWO)

    class Later:
        def now(self) -> float:
            return app.clock.now() + 601

    later = Quota(documents=app.documents, ledger=app.ledger, clock=Later())
    later.hold("jane", "c", TWO)
    assert set(later.usage("jane").held) == {"c"}


def test_asking_again_for_the_same_video_counts_once(app, quota) -> None:
    for _ in range(3):
        quota.hold("jane", "a", TWO)
    assert quota.usage("jane").used == 1


def test_making_scenes_anew_is_free_and_a_failure_of_it_takes_nothing_back(app, quota) -> None:
    ask(app, "a")
    complete(app, "a")
    notify(app, "a")
    app.ledger.advance("a", RevisionOpened(revision=1, at=0.0, scenes=()))
    quota.keep("jane", "a")
    assert quota.usage("jane").used == 1
    fail(app, "a")
    notify(app, "a")
    usage = quota.usage("jane")
    assert (usage.held, usage.taken) == ({}, ("a",))


def test_a_late_event_of_a_failure_does_not_give_back_what_is_tried_again(app, quota) -> None:
    ask(app, "a")
    fail(app, "a")
    app.ledger.advance("a", RevisionOpened(revision=1, at=0.0, scenes=()))
    notify(app, "a")
    assert set(quota.usage("jane").held) == {"a"}


def test_only_so_many_are_at_work_at_once(app, quota) -> None:
    allowance = Allowance(videos=0, at_work=1)
    quota.hold("jane", "a", allowance)
    with pytest.raises(Throttled):
        quota.hold("jane", "b", allowance)
    quota.give_back("jane", "a")
    quota.hold("jane", "b", allowance)


def test_an_allowance_without_a_limit_has_none(app, quota) -> None:
    for number in range(20):
        quota.hold("jane", f"v{number}", Allowance(videos=0, at_work=0))
    assert quota.usage("jane").used == 20


def test_films_of_nobody_are_not_counted(app, quota) -> None:
    app.request(BRIEF, video="x")
    fail(app, "x")
    notify(app, "x")
    assert app.documents.query("quotas") == []
