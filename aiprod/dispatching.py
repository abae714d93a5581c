"""How many tasks of a heavy job to start for what waits, and whose clip a task takes next. The same for every cloud.

A request for a clip is a ticket: the task that pulls it takes the clip whose turn it is, which need not be the one that
the ticket names, so that nobody waits behind another's hundred films. Knows no cloud, and nothing of rendering.
"""

import math
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from aiprod.errors import Conflict, Misuse, NotFound, Permanent, Transient
from aiprod.events import ClipRequested, Event, SweepTicked
from aiprod.ledger import TRIES, Ledger
from aiprod.logs import logger
from aiprod.ports import Clock, Fields, Jobs, Write
from aiprod.subscriptions import SUBSCRIPTIONS
from aiprod.video import Clip, ClipStatus, clip_id, fail

DISPATCHES = "dispatches"
USERS = "users"
HOLD_SECONDS = 60.0
"""How long a dispatcher may need to start tasks; one that dies at it holds the queue up for no longer."""
LOOK_SECONDS = 120.0
"""The longest stretch of running tasks that one look accounts for: looks come every minute while anything runs."""
MOST_LOOKED_AT = 100
"""How many waiting clips a task chooses among."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """What the tasks of one queue may use: so many at once, one for so many waiting clips, so many hours a day (0: any)."""

    tasks: int
    clips_a_task: int = 1
    hours_a_day: float = 0.0


def missing_tasks(backlog: int, running: int, ceiling: Ceiling, *, spent_seconds: float = 0.0) -> int:
    """How many tasks to start for a backlog while so many run and so much of the day's time is spent."""
    if ceiling.hours_a_day and spent_seconds >= ceiling.hours_a_day * 3600:
        return 0
    return max(0, min(math.ceil(backlog / ceiling.clips_a_task), ceiling.tasks) - running)


# --- whose turn it is ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A clip that may be taken, whose it is, and the owner's tier (higher is served first)."""

    clip: Clip
    owner: str
    tier: int = 0


def whose_turn(ticket: Clip, waiting: Sequence[Waiting], busy: Mapping[str, int]) -> Waiting | None:
    """The highest tier first, then the owner with the fewest clips being rendered, then the clip that the ticket names."""
    if not waiting:
        return None
    return min(
        waiting,
        key=lambda one: (
            -one.tier, busy.get(one.owner, 0), one.clip.id != ticket.id, one.clip.video != ticket.video,
            one.clip.video, one.clip.scene,
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Which clips may be drawn together: those that fit, so many at most, while so many tasks may serve the queue."""

    most: int
    tasks: int
    fits: Callable[[Clip], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Decides between owners what a task renders next."""

    ledger: Ledger

    def take(self, event: ClipRequested, claim: Callable[[Clip], Clip]) -> Clip | None:
        """Claim the clip whose turn it is; None when the ticket is of no use any more. Raises: NotFound, Conflict."""
        name = clip_id(event.video, event.revision, event.scene)
        for _ in range(TRIES):
            ticket = self.ledger.clip(name)
            video = self.ledger.get(event.video)
            own = Waiting(clip=ticket, owner=video.owner)
            useless = video.over or video.revision != event.revision
            chosen = self._chosen(own, useless=useless)
            if chosen is None:
                return None
            clip, claimed = self.ledger.change_clip(chosen.id, claim)
            if claimed:
                return clip
            if chosen.attempt or not video.owner:
                return None
        raise Conflict(f"Expected to take a clip within {TRIES} tries, found another task first each time.")

    def join(self, first: Clip, party: Party, claim: Callable[[Clip], Clip]) -> tuple[Clip, ...]:
        """Claim clips never tried before that are to be drawn with one that was taken, each in its owner's turn.

        No more than leave every task of the queue its share of what waits: clips wait for a batch only while more of them
        wait than tasks may run.
        """
        waiting = list(self.fresh(first.queue, MOST_LOOKED_AT))
        most = min(party.most, math.ceil((len(waiting) + 1) / party.tasks)) - 1
        busy = Counter(self._busy(first.queue)) if most else Counter()
        joined: list[Clip] = []
        while len(joined) < most and (turn := whose_turn(first, waiting, busy)):
            waiting.remove(turn)
            if not party.fits(turn.clip):
                continue
            try:
                clip, claimed = self.ledger.change_clip(turn.clip.id, claim)
            except (NotFound, Transient):
                continue
            if claimed:
                joined.append(clip)
                busy[turn.owner] += 1
        return tuple(joined)

    def _chosen(self, own: Waiting, *, useless: bool) -> Clip | None:
        """A clip that failed before is taken by its own ticket alone, which comes when its wait is over; so are the clips
        of nobody in particular (a machine with one user)."""
        if not own.owner:
            return None if useless else own.clip
        if not useless and own.clip.attempt and own.clip.status is ClipStatus.REQUESTED:
            return own.clip
        queue = own.clip.queue
        waiting = [one for one in self.fresh(queue, MOST_LOOKED_AT) if one.owner]
        turn = whose_turn(own.clip, waiting, self._busy(queue))
        if turn is None:
            return own.clip if own.clip.status is ClipStatus.RENDERING and not useless else None  # its lease may have run out
        return turn.clip

    def fresh(self, queue: str, limit: int) -> tuple[Waiting, ...]:
        """Clips of a queue never tried before, of videos at work; those of videos that are over are put aside."""
        found = self.ledger.clips_in(queue, ClipStatus.REQUESTED, limit, untried=True)
        videos = {clip.video: self.ledger.get(clip.video) for clip in found}
        waiting = []
        for clip in found:
            video = videos[clip.video]
            if video.over or video.revision != clip.revision:
                sentence = "its video is over" if video.over else "its video has another revision"
                self.ledger.change_clip(clip.id, partial(fail, attempt=clip.attempt, sentence=sentence))
            else:
                waiting.append(Waiting(clip=clip, owner=video.owner, tier=self._tier(video.owner)))
        return tuple(waiting)

    def _busy(self, queue: str) -> Mapping[str, int]:
        rendering = self.ledger.clips_in(queue, ClipStatus.RENDERING, MOST_LOOKED_AT)
        return Counter(self.ledger.get(clip.video).owner for clip in rendering)

    def _tier(self, owner: str) -> int:
        user = self.ledger.documents.get(USERS, owner) if owner else None
        tier = user.fields.get("tier", 0) if user else 0
        return int(tier) if isinstance(tier, int | float) else 0


# --- how many tasks --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatcher:
    """Starts tasks where nobody watches the queue all the time. Starting twice is paid twice and nothing tells two starts
    apart, so one dispatcher at a time holds a queue's document; who comes meanwhile has it look again."""

    turns: Turns
    jobs: Jobs
    clock: Clock
    ceiling: Ceiling

    def handle(self, event: Event) -> None:
        """Raises: Transient."""
        match event:
            case ClipRequested():
                try:
                    clip = self.turns.ledger.clip(clip_id(event.video, event.revision, event.scene))
                except NotFound:
                    return
                again = clip.status is ClipStatus.REQUESTED and clip.attempt > 0
                self._look_at(clip.queue, tried_before=int(again))
            case SweepTicked():
                for name, subscription in SUBSCRIPTIONS.items():
                    if subscription.job:
                        self._look_at(name)
            case _:
                raise Misuse(f"Expected a clip request or a sweep, found {type(event).__name__}.")

    def _look_at(self, queue: str, *, tried_before: int = 0) -> None:
        """What will never work for one queue is told, and keeps nobody from the others."""
        try:
            self.dispatch(queue, tried_before=tried_before)
        except (Permanent, Misuse) as error:
            logger().error("tasks not started", queue=queue, reason=str(error))

    def dispatch(self, queue: str, *, tried_before: int = 0) -> int:
        """Start what is missing for a queue; how many tasks were. `tried_before`: clips that are due to be tried again."""
        holder = uuid.uuid4().hex
        started = 0
        due = tried_before
        while self._enter(queue, holder, due):
            try:
                started += self._start(queue, due)
            finally:
                due = self._leave(queue, holder)
            if due < 0:
                break
        return started

    def _start(self, queue: str, due: int) -> int:
        enough = self.ceiling.tasks * self.ceiling.clips_a_task
        backlog = len(self.turns.fresh(queue, enough)) + due
        if not backlog:
            return 0
        spent = _number(self._books(queue)[0], "task_seconds")
        missing = missing_tasks(backlog, self._running(queue), self.ceiling, spent_seconds=spent)
        if missing:
            environment = {"AIPROD_SUBSCRIPTION": queue}
            execution = self.jobs.run(SUBSCRIPTIONS[queue].job, tasks=missing, environment=environment)
            logger().info("tasks started", queue=queue, tasks=missing, backlog=backlog, execution=execution)
        return missing

    def _running(self, queue: str) -> int:
        """None, where no job serves the queue: a deployment need not have GPUs."""
        try:
            return self.jobs.running(queue)
        except NotFound:
            return 0

    # --- the queue's document

    def _books(self, queue: str) -> tuple[Fields, str | None]:
        document = self.turns.ledger.documents.get(DISPATCHES, queue)
        return (document.fields, document.version) if document else ({}, None)

    def _write(self, queue: str, change: Callable[[Fields], Fields]) -> Fields:
        """The queue's document before it was changed."""
        for _ in range(TRIES):
            before, version = self._books(queue)
            after = change(before)
            if after == before:
                return before  # a busy queue's document bears one write a second
            write = Write(collection=DISPATCHES, id=queue, fields=after, expected=version)
            try:
                self.turns.ledger.documents.commit([write])
            except Conflict:
                continue
            return before
        raise Conflict(f"Expected to write {DISPATCHES}/{queue} within {TRIES} tries, found another writer each time.")

    def _enter(self, queue: str, holder: str, due: int) -> bool:
        now = self.clock.now()
        running = self._running(queue)

        def change(before: Fields) -> Fields:
            if _number(before, "held_until") > now:
                return {**before, "look_again": True, "due": _number(before, "due") + due}
            held: Fields = {"holder": holder, "held_until": now + HOLD_SECONDS, "look_again": False, "due": 0}
            return {**before, **_accounted(before, running, now), **held}

        return _number(self._write(queue, change), "held_until") <= now

    def _leave(self, queue: str, holder: str) -> int:
        """How many clips are due to be tried again since; -1 when nobody asked to look again."""

        def change(before: Fields) -> Fields:
            return {**before, "held_until": 0.0} if before.get("holder") == holder else before

        before = self._write(queue, change)
        again = before.get("holder") == holder and before.get("look_again") is True
        return int(_number(before, "due")) if again else -1


def _accounted(before: Fields, running: int, now: float) -> Fields:
    """The day's task time with that since the last look: all tasks are taken to have run as those that run now."""
    day = datetime.fromtimestamp(now, UTC).date().isoformat()
    spent = _number(before, "task_seconds") if before.get("day") == day else 0.0
    since = min(now - _number(before, "looked_at"), LOOK_SECONDS)
    return {"day": day, "task_seconds": spent + running * max(since, 0.0), "looked_at": now}


def _number(fields: Fields, name: str) -> float:
    value = fields.get(name, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0
