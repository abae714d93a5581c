"""How many tasks are started, and whose clip is taken next."""

import random
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aiprod.bootstrap import App, open_app
from aiprod.brief import Brief
from aiprod.dispatching import DISPATCHES, USERS, Ceiling, Dispatcher, Turns, missing_tasks
from aiprod.errors import NotFound, Throttled
from aiprod.events import ClipRequested, SweepTicked
from aiprod.ports import Write
from aiprod.settings import Settings
from aiprod.video import Clip, ClipStatus, VideoCancelled, ask, claim, create, deliver, fail

BRIEF = Brief(theme="the tide")
QUEUE = "render-cpu"


@pytest.fixture
def app(tmp_path: Path) -> App:
    return open_app(Settings(home=tmp_path, render_tasks=3), log_file=tmp_path / "test.log")


@pytest.fixture
def turns(app: App) -> Turns:
    return Turns(ledger=app.ledger)


def queue_clips(app: App, video: str, owner: str, scenes: int, queue: str = QUEUE) -> list[ClipRequested]:
    """A video with its clips asked for; a ticket for each."""
    app.ledger.open(create(video, owner, BRIEF, app.clock.now()))
    clips = [
        ask(Clip(video=video, revision=1, scene=scene, renderer="motion", queue=queue, key=f"{video}{scene}", spec="{}",
                 frames=15, seed=1))
        for scene in range(1, scenes + 1)
    ]  # fmt: skip
    app.ledger.create_clips(clips)
    return [ClipRequested(video=clip.video, revision=1, scene=clip.scene) for clip in clips]


def take(turns: Turns, ticket: ClipRequested, task: str = "task") -> Clip | None:
    return turns.take(ticket, lambda clip: claim(clip, task, turns.ledger.clock.now(), 60.0))


def finish(turns: Turns, clip: Clip) -> None:
    turns.ledger.change_clip(clip.id, lambda clip: deliver(clip, "somewhere"))


@pytest.mark.parametrize(
    ("backlog", "running", "ceiling", "spent_seconds", "missing"),
    [
        (0, 0, Ceiling(tasks=4), 0.0, 0),
        (3, 0, Ceiling(tasks=4), 0.0, 3),
        (9, 1, Ceiling(tasks=4), 0.0, 3),
        (9, 6, Ceiling(tasks=4), 0.0, 0),
        (9, 0, Ceiling(tasks=4, clips_a_task=4), 0.0, 3),
        (9, 0, Ceiling(tasks=4, hours_a_day=2.0), 7199.0, 4),
        (9, 0, Ceiling(tasks=4, hours_a_day=2.0), 7200.0, 0),
    ],
)
def test_as_many_tasks_are_started_as_backlog_ceiling_and_the_days_hours_allow(
    backlog: int, running: int, ceiling: Ceiling, spent_seconds: float, missing: int
) -> None:
    assert missing_tasks(backlog, running, ceiling, spent_seconds=spent_seconds) == missing


def test_nobody_waits_behind_anothers_many_clips(app: App, turns: Turns) -> None:
    tickets = queue_clips(app, "many", "anna", 6) + queue_clips(app, "few", "bert", 2)
    taken = [take(turns, ticket) for ticket in tickets[:4]]
    assert [clip.video for clip in taken if clip] == ["many", "few", "many", "few"]


def test_a_higher_tier_goes_first(app: App, turns: Turns) -> None:
    app.documents.commit([Write(collection=USERS, id="dora", fields={"tier": 2}, expected=None)])
    tickets = queue_clips(app, "plain", "anna", 2) + queue_clips(app, "paid", "dora", 2)
    assert [clip.video for ticket in tickets if (clip := take(turns, ticket))] == ["paid", "paid", "plain", "plain"]


def test_a_single_owners_tickets_name_the_clips_that_are_taken(app: App, turns: Turns) -> None:
    for owner in ("", "anna"):
        tickets = queue_clips(app, f"film-{owner}", owner, 4)
        shuffled = [tickets[index] for index in (3, 0, 2, 1)]
        assert [clip.scene for ticket in shuffled if (clip := take(turns, ticket))] == [4, 1, 3, 2]


@pytest.mark.parametrize("deliveries", [1, 2])
def test_every_clip_is_taken_once_however_tickets_are_mixed_and_repeated(
    app: App, turns: Turns, deliveries: int
) -> None:
    tickets = [ticket for owner in ("a", "b", "c", "") for ticket in queue_clips(app, f"film-{owner}", owner, 3)]
    mixed = tickets * deliveries
    random.Random(7).shuffle(mixed)
    taken: list[Clip] = []

    def serve(mine: list[ClipRequested]) -> None:
        for ticket in mine:
            clip = take(turns, ticket, task=threading.current_thread().name)
            if clip is not None:
                taken.append(clip)

    threads = [threading.Thread(target=serve, args=(mixed[start::3],)) for start in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter((clip.video, clip.scene) for clip in taken) == {
        (f"film-{owner}", scene): 1 for owner in ("a", "b", "c", "") for scene in (1, 2, 3)
    }


def test_a_clip_that_failed_waits_for_its_own_ticket(app: App, turns: Turns) -> None:
    first, second = queue_clips(app, "film", "anna", 2)
    clip = take(turns, first)
    assert clip is not None
    turns.ledger.change_clip(clip.id, lambda clip: ask(fail(clip, clip.attempt, "the driver crashed")))
    other = take(turns, second)
    assert other is not None and other.scene == 2
    assert take(turns, second) is None
    again = take(turns, first)
    assert again is not None and (again.scene, again.attempt) == (1, 2)


def test_clips_that_wait_to_be_tried_again_hide_no_fresh_one_from_tasks_and_dispatchers(app: App, turns: Turns) -> None:
    for ticket in queue_clips(app, "a-crowd", "anna", 3):
        clip = take(turns, ticket)
        assert clip is not None
        turns.ledger.change_clip(clip.id, lambda clip: ask(fail(clip, clip.attempt, "the driver crashed")))
    (fresh,) = queue_clips(app, "film", "bert", 1)
    jobs = CountedJobs()
    dispatcher(turns, jobs, Ceiling(tasks=2)).handle(SweepTicked(at=0.0))
    assert jobs.started == [(QUEUE, 1)]
    assert [one.clip.video for one in turns.fresh(QUEUE, 3)] == ["film"]
    taken = take(turns, fresh)
    assert taken is not None and taken.video == "film"


def test_clips_of_a_cancelled_video_are_put_aside(app: App, turns: Turns) -> None:
    gone, left = queue_clips(app, "gone", "anna", 1) + queue_clips(app, "left", "bert", 1)
    app.ledger.advance("gone", VideoCancelled(revision=1, at=1.0))
    clip = take(turns, gone)
    assert clip is not None and clip.video == "left"
    assert app.ledger.clip("gone.1.01").status is ClipStatus.FAILED
    assert take(turns, left) is None


@dataclass
class CountedJobs:
    """Implements ports.Jobs: counts what is started, and keeps it running."""

    started: list[tuple[str, int]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, job: str, *, tasks: int, environment: Mapping[str, str]) -> str:
        with self.lock:
            self.started.append((environment["AIPROD_SUBSCRIPTION"], tasks))
        return "execution"

    def running(self, job: str) -> int:
        with self.lock:
            return sum(tasks for queue, tasks in self.started if queue == job)

    def lost(self, owner: str) -> bool:
        return False

    def cancel(self, execution: str) -> None:
        return


@dataclass
class JobsWithoutGpus(CountedJobs):
    """A deployment in which no job serves the queue for GPUs."""

    def running(self, job: str) -> int:
        if job == "render-gpu":
            raise NotFound("there is no job render-gpu")
        return super().running(job)

    def run(self, job: str, *, tasks: int, environment: Mapping[str, str]) -> str:
        self.running(environment["AIPROD_SUBSCRIPTION"])
        return super().run(job, tasks=tasks, environment=environment)


@dataclass
class StandingClock:
    seconds: float = 1_800_000_000.0

    def now(self) -> float:
        return self.seconds


def dispatcher(turns: Turns, jobs: CountedJobs, ceiling: Ceiling, clock: StandingClock | None = None) -> Dispatcher:
    return Dispatcher(turns=turns, jobs=jobs, clock=clock or StandingClock(), ceiling=ceiling)


def test_dispatchers_at_the_same_moment_start_no_more_than_may_run(app: App, turns: Turns) -> None:
    jobs = CountedJobs()
    tickets = queue_clips(app, "film", "anna", 8)
    threads = [
        threading.Thread(target=dispatcher(turns, jobs, Ceiling(tasks=3)).handle, args=(ticket,)) for ticket in tickets
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert jobs.running(QUEUE) == 3


def test_a_sweep_serves_a_queue_of_which_no_event_came(app: App, turns: Turns) -> None:
    jobs = CountedJobs()
    queue_clips(app, "film", "anna", 2)
    dispatcher(turns, jobs, Ceiling(tasks=3)).handle(SweepTicked(at=0.0))
    dispatcher(turns, jobs, Ceiling(tasks=3)).handle(SweepTicked(at=0.0))
    assert jobs.started == [(QUEUE, 2)]


def test_a_queue_that_no_job_serves_keeps_nobody_from_the_others(app: App, turns: Turns) -> None:
    jobs = JobsWithoutGpus()
    queue_clips(app, "film", "anna", 2)
    queue_clips(app, "grand", "anna", 2, queue="render-gpu")
    queue_clips(app, "hosted", "anna", 1, queue="render-api")
    dispatcher(turns, jobs, Ceiling(tasks=3)).handle(SweepTicked(at=0.0))
    assert sorted(jobs.started) == [("render-api", 1), (QUEUE, 2)]
    assert "render-gpu" in (app.settings.home_folder / "test.log").read_text()


def test_a_clip_due_to_be_tried_again_is_served_when_its_ticket_comes_and_not_before(app: App, turns: Turns) -> None:
    jobs = CountedJobs()
    (ticket,) = queue_clips(app, "film", "anna", 1)
    clip = take(turns, ticket)
    assert clip is not None
    turns.ledger.change_clip(clip.id, lambda clip: ask(fail(clip, clip.attempt, "the driver crashed")))
    one = dispatcher(turns, jobs, Ceiling(tasks=3))
    one.handle(SweepTicked(at=0.0))
    assert jobs.started == []
    one.handle(ticket)
    assert jobs.started == [(QUEUE, 1)]


def test_no_task_is_started_once_the_days_hours_are_spent(app: App, turns: Turns) -> None:
    jobs, clock = CountedJobs(), StandingClock()
    one = dispatcher(turns, jobs, Ceiling(tasks=1, hours_a_day=0.05), clock)
    queue_clips(app, "film", "anna", 2)
    one.handle(SweepTicked(at=0.0))
    assert jobs.started == [(QUEUE, 1)]
    for _ in range(3):
        clock.seconds += 60.0
        one.handle(SweepTicked(at=0.0))
    jobs.started.clear()
    one.handle(SweepTicked(at=0.0))
    assert jobs.started == []
    clock.seconds += 86_400.0
    one.handle(SweepTicked(at=0.0))
    assert jobs.started == [(QUEUE, 1)]


def test_a_dispatcher_that_died_holds_its_queue_up_for_a_minute_only(app: App, turns: Turns) -> None:
    jobs, clock = CountedJobs(), StandingClock()
    queue_clips(app, "film", "anna", 1)
    held = {"holder": "dead", "held_until": clock.seconds + 60.0}
    app.documents.commit([Write(collection=DISPATCHES, id=QUEUE, fields=held, expected=None)])
    one = dispatcher(turns, jobs, Ceiling(tasks=1), clock)
    assert one.dispatch(QUEUE) == 0
    clock.seconds += 61.0
    assert one.dispatch(QUEUE) == 1


def test_a_crowd_of_requests_writes_a_held_queue_once(app: App, turns: Turns) -> None:
    jobs, clock = CountedJobs(), StandingClock()
    tickets = queue_clips(app, "film", "anna", 12)
    held = {"holder": "other", "held_until": clock.seconds + 60.0, "look_again": False, "due": 0}
    app.documents.commit([Write(collection=DISPATCHES, id=QUEUE, fields=held, expected=None)])
    one = dispatcher(turns, jobs, Ceiling(tasks=3), clock)
    versions = []
    for ticket in tickets:
        one.handle(ticket)
        document = app.documents.get(DISPATCHES, QUEUE)
        assert document is not None and document.fields["look_again"] is True
        versions.append(document.version)
    assert len(set(versions)) == 1
    clock.seconds += 61.0
    assert one.dispatch(QUEUE) == 3


def test_an_owner_with_too_many_videos_at_work_is_asked_to_wait(tmp_path: Path) -> None:
    app = open_app(Settings(home=tmp_path, videos_at_work=2), log_file=tmp_path / "test.log")
    first = app.request(BRIEF, owner="anna")
    app.request(BRIEF, owner="anna", video="second")
    with pytest.raises(Throttled) as told:
        app.request(BRIEF, owner="anna")
    assert "fewer than 2 videos" in str(told.value)
    assert app.request(BRIEF, owner="anna", video="second").id == "second"
    assert app.request(BRIEF, owner="bert").owner == "bert"
    app.cancel(first.id)
    assert app.request(BRIEF, owner="anna").owner == "anna"
