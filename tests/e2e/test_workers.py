"""Several workers over one store: they share the work, lose none of it, and finish earlier than one."""

import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from aiprod.brief import Brief
from aiprod.video import Status
from tests.e2e.lives import begin, labourer, outcome
from tests.house import open_house

BRIEF = Brief(theme="the tide", language="en", profile="draft", music="none", subtitles="plain", seed=3)
LONGEST_SECONDS = 240


def work(home: Path, workers: int, *options: str) -> float:
    """Seconds that so many workers take to leave nothing to do."""
    with ExitStack() as stack:
        processes = [stack.enter_context(labourer(home, *options)) for _ in range(workers)]
        started = time.monotonic()
        for process in processes:
            begin(process, LONGEST_SECONDS)
        outcomes = [outcome(process) for process in processes]
        seconds = time.monotonic() - started
    assert outcomes == ["done"] * workers, (home / "labourer.log").read_text()
    return seconds


def test_two_workers_finish_earlier_than_one(tmp_path: Path) -> None:
    """Each review waits, as for a service, so that the ratio does not hang on how busy the machine is."""
    seconds = {}
    for workers in (1, 2):
        home = tmp_path / str(workers)
        app = open_house(home)
        app.request(BRIEF)
        work(home, 1, "--scenes", "1", "--thin")  # the sound of all, which nobody need make again
        videos = [app.request(BRIEF) for _ in range(6)]
        seconds[workers] = work(home, workers, "--scenes", "1", "--thin", "--nap", "2")
        assert Counter(video.status for video in app.ledger.all()) == {Status.COMPLETED: 7}
        reviews = [line.split() for line in (home / "journal").read_text().splitlines() if " review " in line]
        reviewers = {process for _, process, _, video in reviews if video in {video.id for video in videos}}
        assert len(reviewers) == workers
    assert seconds[2] < 0.85 * seconds[1], seconds


def test_two_hundred_queued_videos_drain_with_no_failure(tmp_path: Path) -> None:
    home = tmp_path / "home"
    app = open_house(home)
    for number in range(200):
        app.request(replace(BRIEF, seed=1 + number % 7))
    work(home, 2, "--scenes", "2", "--thin")
    videos = app.ledger.all()
    assert Counter(video.status for video in videos) == {Status.COMPLETED: 200}
    assert {(video.revision, video.notes, video.outbox) for video in videos} == {(1, (), ())}
    assert app.messages.dead_letters() == ()
    assert app.messages.outstanding() == 0
    assert len(app.objects.under("films/")) == 200
    assert len(app.objects.under("clips/")) == 400
