"""Claims of several clips at once over each document store: two tasks never hold the same clip, and none is left over."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from aiprod.brief import Brief
from aiprod.dispatching import Party, Turns
from aiprod.errors import Conflict
from aiprod.events import ClipRequested, Event
from aiprod.ledger import Ledger
from aiprod.ports import Documents
from aiprod.video import Clip, ClipStatus, ask, claim, create

QUEUE = "render-gpu"


class WallClock:
    def now(self) -> float:
        return time.time()


class Silent:
    """Implements ports.Publisher: nobody listens."""

    def publish(
        self, topic: str, event: Event, *, priority: int = 0, delay_seconds: float = 0.0, trace: str = ""
    ) -> None:
        return


@pytest.fixture
def turns(documents: Documents) -> Turns:
    return Turns(ledger=Ledger(documents=documents, publisher=Silent(), clock=WallClock()))


def queued(turns: Turns, video: str, owner: str, scenes: int) -> list[ClipRequested]:
    turns.ledger.open(create(video, owner, Brief(theme="the tide"), 1.0))
    clips = [
        ask(Clip(video=video, revision=1, scene=scene, renderer="wan", queue=QUEUE, key=f"{video}{scene}", spec="{}",
                 frames=15, seed=1))
        for scene in range(1, scenes + 1)
    ]  # fmt: skip
    turns.ledger.create_clips(clips)
    return [ClipRequested(video=clip.video, revision=1, scene=clip.scene) for clip in clips]


def claimed_by(task: str) -> Callable[[Clip], Clip]:
    return partial(claim, owner=task, now=time.time(), lease_seconds=60.0)


def test_two_tasks_that_take_batches_at_once_share_every_clip_out_between_them(turns: Turns) -> None:
    tickets = [ticket for owner in ("", "anna", "bert") for ticket in queued(turns, f"film-{owner}", owner, 4)]
    party = Party(most=3, tasks=1, fits=lambda clip: clip.scene != 4)
    held: dict[str, list[str]] = {"first": [], "second": []}
    together = threading.Barrier(2)

    def serve(task: str, mine: list[ClipRequested]) -> None:
        together.wait()
        for ticket in mine:
            try:
                first = turns.take(ticket, claimed_by(task))
            except Conflict:
                continue
            if first is not None:
                held[task] += [first.id, *(clip.id for clip in turns.join(first, party, claimed_by(task)))]

    threads = [threading.Thread(target=serve, args=(task, tickets[start::2])) for start, task in enumerate(held)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted = Counter(id for ids in held.values() for id in ids)
    assert set(counted.values()) == {1}
    for task, ids in held.items():
        assert all(turns.ledger.clip(id).lease_owner == task for id in ids)
    assert len(counted) == 12
    assert turns.ledger.clips_in(QUEUE, ClipStatus.REQUESTED, 100) == ()


def test_a_clip_of_its_own_ticket_or_that_does_not_fit_is_left_to_others(turns: Turns) -> None:
    first_ticket, *_ = queued(turns, "film", "anna", 5)
    first = turns.take(first_ticket, claimed_by("task"))
    assert first is not None
    tried = turns.ledger.clip("film.1.02")
    turns.ledger.change_clip(tried.id, lambda clip: ask(claim(clip, "other", 0.0, -1.0)))
    turns.ledger.change_clip("film.1.03", claimed_by("other"))
    party = Party(most=4, tasks=1, fits=lambda clip: clip.scene != 5)
    assert [clip.scene for clip in turns.join(first, party, claimed_by("task"))] == [4]
    assert turns.ledger.clip("film.1.03").lease_owner == "other"
    assert turns.ledger.clip("film.1.05").status is ClipStatus.REQUESTED
