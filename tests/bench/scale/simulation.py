"""A day's busiest hour, event by event: films come in, pass through the stages, and wait for renderers.

Functions are instances that come as they are needed, cold or warm; render tasks are started by the product's own rule
(aiprod/dispatching.py) up to a limit. Work takes what was measured; nothing fails. Seeded: the same plan, the same day.
"""

import heapq
import math
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from aiprod.dispatching import Ceiling, missing_tasks
from tests.bench.scale.inputs import CLOUD, FILM, RENDERERS, Cloud, Film, Renderer

DAY_SECONDS = 86_400
HOP_SECONDS = 0.2
"""From an artefact to the function that hears of it: 0.07 s to the topic and 0.14 s of push, measured with the emulators."""
MOST_FILMS = 6_000
LEAST_FILMS = 300
WINDOW_SECONDS = 3_600
CORES_AN_INSTANCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is simulated. `pulls`: a task draws clips until none has come for `idle_seconds`; else each clip starts a task
    of its own. `batch`: how many waiting clips of one shape a task draws together."""

    videos_a_day: int
    renderer: str = "ltx"
    pulls: bool = True
    batch: int = 1
    idle_seconds: float = 30.0
    spare: float = 1.25
    most_tasks: int = 0
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out. Hours are of tasks, a film; rates are the highest of any ten seconds."""

    plan: Plan
    films: int
    median_seconds: float
    late_seconds: float
    busy_hours: float
    paid_hours: float
    task_starts: float
    most_tasks: int
    instances: int
    cold_share: float
    writes_a_second: float
    hold_share: float
    lease_writes_a_second: float
    events_a_second: float
    rendering_videos: float
    rendering_clips: float


@dataclass(slots=True)
class Tally:
    """Something counted by the second."""

    seconds: list[float] = field(default_factory=list)

    def add(self, at: float, count: float = 1.0) -> None:
        index = int(at)
        while index >= len(self.seconds):
            self.seconds.extend([0.0] * 4096)
        self.seconds[index] += count

    def peak(self, until: float, window: int = 10) -> float:
        """The highest mean over a window, before a time."""
        found = self.seconds[: int(until)]
        sums = (sum(found[start : start + window]) / window for start in range(0, max(1, len(found) - window), window))
        return max(sums, default=0.0)


@dataclass(slots=True)
class Level:
    """How many there are of something, over time: steps up and down."""

    steps: Tally = field(default_factory=Tally)

    def during(self, start: float, end: float, count: float = 1.0) -> None:
        self.steps.add(start, count)
        self.steps.add(end, -count)

    def highest(self, until: float) -> float:
        level = best = 0.0
        for step in self.steps.seconds[: int(until)]:
            level += step
            best = max(best, level)
        return best


@dataclass(slots=True)
class Journey:
    """A film on its way."""

    asked_at: float
    left: int
    planned_at: float = 0.0


@dataclass(slots=True)
class Task:
    """A render task: when it was started, and whether it draws now."""

    started_at: float
    draws: bool = False
    idle_since: float = 0.0


class Day:
    """One simulation."""

    def __init__(self, plan: Plan, film: Film, cloud: Cloud) -> None:
        self.plan, self.film, self.cloud = plan, film, cloud
        self.renderer: Renderer = RENDERERS[plan.renderer]
        self.random = random.Random(plan.seed)
        self.rate = plan.videos_a_day / DAY_SECONDS * self.cloud.peak_factor.value
        self.count = round(min(MOST_FILMS, max(LEAST_FILMS, self.rate * WINDOW_SECONDS)))
        needed = self.rate * self.film.clips.value * self.renderer.seconds.value
        self.ceiling = Ceiling(tasks=plan.most_tasks or math.ceil(needed * plan.spare) + 4)
        self.events: list[tuple[float, int, Callable[[float], None]]] = []
        self.sequence = 0
        self.waiting: deque[Journey] = deque()
        self.idle_tasks: list[Task] = []
        self.tasks: set[int] = set()
        self.warm: list[float] = []
        self.writes, self.leases, self.handled = Tally(), Tally(), Tally()
        self.holds, self.instances = Level(), Level()
        self.films_rendering, self.clips_rendering = Level(), Level()
        self.latencies: list[float] = []
        self.task_starts = self.most_tasks = self.calls = self.cold = self.drawing = 0
        self.busy = self.paid = self.held = 0.0

    def run(self) -> Outcome:
        """From the first request to the last film."""
        at = 0.0
        for _ in range(self.count):
            at += self.random.expovariate(self.rate)
            self._at(at, self._asked)
        arrivals_end = at
        while self.events:
            at, _, happen = heapq.heappop(self.events)
            happen(at)
        return self._outcome(max(arrivals_end, 60.0))

    def _at(self, at: float, happen: Callable[[float], None]) -> None:
        self.sequence += 1
        heapq.heappush(self.events, (at, self.sequence, happen))

    # --- functions

    def _call(self, at: float, seconds: float, then: Callable[[float], None]) -> None:
        """A function hears an event: a warm instance if one is idle, else a cold one."""
        at += HOP_SECONDS
        self.calls += 1
        self.handled.add(at)
        while self.warm and self.warm[0] < at - self.cloud.function_idle_seconds.value:
            heapq.heappop(self.warm)
        start = at
        if self.warm and self.warm[0] <= at:
            heapq.heappop(self.warm)
        else:
            self.cold += 1
            start += self.cloud.function_cold_seconds.value
        end = start + seconds * self.random.uniform(0.8, 1.2)
        heapq.heappush(self.warm, end)
        self.instances.during(at, end)
        self._at(end, then)

    def _status(self, at: float) -> None:
        """A video's document is written, its outbox published, and cleared."""
        self.writes.add(at, self.film.video_writes.value / self.film.notifications.value)
        self.handled.add(at)

    # --- the chain

    def _asked(self, at: float) -> None:
        film = Journey(asked_at=at, left=int(self.film.clips.value))
        self._status(at)
        self._call(at, self.film.script_seconds.value, lambda end: self._scripted(film, end))

    def _scripted(self, film: Journey, at: float) -> None:
        self._status(at)
        self._status(at)
        seconds = self.film.speech_cpu_seconds.value / CORES_AN_INSTANCE
        self._call(at, seconds, lambda end: self._narrated(film, end))

    def _narrated(self, film: Journey, at: float) -> None:
        """Shots are planned, every clip is created and asked for."""
        self._status(at)
        film.planned_at = at
        self.writes.add(at, 2 * self.film.clips.value + self.film.artefact_writes.value / 2)
        for _ in range(int(self.film.clips.value)):
            self.waiting.append(film)
        self._dispatch(at)

    def _drawn(self, film: Journey, at: float) -> None:
        self.writes.add(at, 1 + self.film.artefact_writes.value / 2 / self.film.clips.value)
        seconds = self.film.segment_cpu_seconds.value / self.film.clips.value / CORES_AN_INSTANCE
        self._call(at, seconds, lambda end: self._encoded(film, end))

    def _encoded(self, film: Journey, at: float) -> None:
        self.handled.add(at, self.film.segments.value / self.film.clips.value)
        film.left -= 1
        if film.left:
            return
        self.films_rendering.during(film.planned_at, at)
        self.writes.add(at, self.film.gate_writes.value)
        self._status(at)
        self._call(at, self.film.join_seconds.value, lambda end: self._joined(film, end))

    def _joined(self, film: Journey, at: float) -> None:
        self._status(at)
        seconds = self.film.review_cpu_seconds.value / CORES_AN_INSTANCE
        self._call(at, seconds, lambda end: self._reviewed(film, end))

    def _reviewed(self, film: Journey, at: float) -> None:
        self._status(at)
        self.latencies.append(at - film.asked_at)

    # --- renderers

    def _dispatch(self, at: float) -> None:
        """Idle tasks take what waits; for the rest tasks are started, as many as the product's own rule says."""
        while self.waiting and self.idle_tasks:
            self._draw(self.idle_tasks.pop(), at)
        for _ in range(missing_tasks(len(self.waiting) + self.drawing, len(self.tasks), self.ceiling)):
            task = Task(started_at=at)
            self.tasks.add(id(task))
            self.task_starts += 1
            self.most_tasks = max(self.most_tasks, len(self.tasks))
            self._at(at + self.renderer.cold_seconds.value, lambda ready, task=task: self._ready(task, ready))

    def _ready(self, task: Task, at: float) -> None:
        if self.waiting:
            self._draw(task, at)
        else:
            self._rest(task, at)

    def _rest(self, task: Task, at: float) -> None:
        if not self.plan.pulls:
            self._end(task, at)
            return
        task.idle_since = at
        self.idle_tasks.append(task)
        self._at(at + self.plan.idle_seconds, lambda now: self._bored(task, now))

    def _bored(self, task: Task, at: float) -> None:
        if not task.draws and task in self.idle_tasks and at - task.idle_since >= self.plan.idle_seconds - 1e-6:
            self.idle_tasks.remove(task)
            self._end(task, at)

    def _end(self, task: Task, at: float) -> None:
        self.tasks.discard(id(task))
        self.paid += at - task.started_at
        if self.waiting:
            self._dispatch(at)

    def _draw(self, task: Task, at: float) -> None:
        most = self.plan.batch if self.plan.pulls else 1
        taken = [self.waiting.popleft() for _ in range(min(most, len(self.waiting)))]
        share = self.renderer.batch_share.value
        seconds = self.renderer.seconds.value * (share + (1 - share) * len(taken)) * self.random.uniform(0.9, 1.1)
        task.draws = True
        self.drawing += 1
        self.busy += seconds
        self.writes.add(at, len(taken))
        self.leases.add(at, len(taken))
        self.holds.during(at, at + seconds, len(taken) / self.film.hold_seconds.value)
        self.held += len(taken) * seconds / self.film.hold_seconds.value
        self.clips_rendering.during(at, at + seconds, len(taken))
        self._at(at + seconds, lambda end: self._done(task, taken, end))

    def _done(self, task: Task, taken: list[Journey], at: float) -> None:
        task.draws = False
        self.drawing -= 1
        for film in taken:
            self._drawn(film, at)
        if self.waiting and self.plan.pulls:
            self._draw(task, at)
        else:
            self._rest(task, at)

    # --- what is said

    def _outcome(self, until: float) -> Outcome:
        latencies = sorted(self.latencies)
        count = len(latencies)
        holds = self.holds.highest(until)
        counted = sum(self.writes.seconds)
        return Outcome(
            plan=self.plan, films=count, median_seconds=latencies[count // 2], late_seconds=latencies[int(0.95 * count)],
            busy_hours=self.busy / 3600 / count, paid_hours=self.paid / 3600 / count,
            task_starts=self.task_starts / count, most_tasks=self.most_tasks,
            instances=round(self.instances.highest(until)), cold_share=self.cold / self.calls,
            writes_a_second=self.writes.peak(until) + holds, hold_share=self.held / (self.held + counted),
            lease_writes_a_second=self.leases.peak(until) + holds, events_a_second=self.handled.peak(until),
            rendering_videos=self.films_rendering.highest(until), rendering_clips=self.clips_rendering.highest(until),
        )  # fmt: skip


def simulate(plan: Plan, film: Film = FILM, cloud: Cloud = CLOUD) -> Outcome:
    """The busiest hour of a day with so many videos (a part of it, where it is long)."""
    return Day(plan, film, cloud).run()
