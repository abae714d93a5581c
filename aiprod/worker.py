"""A worker of the embedded cloud: pulls events for the stages, starts heavy jobs for waiting work, ticks the scheduler.

Several workers, in several processes, may share the store. A worker that is told to drain ends when nothing is left. What
only waits for somebody's server is served beside the rest, so that a server that hangs holds up no film.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from aiprod.adapters.embedded.messages import EmbeddedMessages
from aiprod.delivery import Deliveries
from aiprod.dispatching import Ceiling, missing_tasks
from aiprod.errors import AiprodError, StorageFull, Transient, Unavailable
from aiprod.events import SweepTicked
from aiprod.logs import logger
from aiprod.ports import Clock, Delivery, Jobs
from aiprod.subscriptions import NARRATION_JOB, SUBSCRIPTIONS

POLL_SECONDS = 0.02
"""How often an idle worker asks whether anything was written."""
IDLE_POLLS = 10
"""Polls after which it looks all the same for what comes due by itself: delayed events, expired leases, ended jobs."""
RECLAIM_SECONDS = 1.0
PLACES_BESIDE = 4
"""How many events are served beside the one at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a worker paces itself, from the settings."""

    lease_seconds: float
    sweep_seconds: float
    ceiling: Ceiling


@runtime_checkable
class OwnJobs(Jobs, Protocol):
    """Jobs that end with the worker that started them."""

    def reap(self) -> None:
        """See which ended, and start again what ended badly."""

    def stop(self) -> None: ...


@dataclass(slots=True, kw_only=True)
class Worker:
    """One worker; `stop` may be called from a signal handler or another thread."""

    deliveries: Deliveries
    messages: EmbeddedMessages
    jobs: OwnJobs
    clock: Clock
    pace: Pace
    stopping: threading.Event = field(default_factory=threading.Event)
    _reclaimed_at: float = 0.0
    _places: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(PLACES_BESIDE))
    _beside: ThreadPoolExecutor | None = None

    def run(self, *, until: Callable[[], bool]) -> None:
        """Work until `until` says so or `stop` is called; then end the jobs that this worker started."""
        try:
            while not self.stopping.is_set():
                seen = self.messages.version()
                self._look_around()
                if self._serve_one():
                    continue
                if until():
                    return
                self._wait_for_news(seen)
        finally:
            if self._beside is not None:
                self._beside.shutdown()
                self._beside = None
            self.deliveries.tallies.write()
            self.jobs.stop()

    def _wait_for_news(self, seen: int) -> None:
        for _ in range(IDLE_POLLS):
            if self.stopping.wait(POLL_SECONDS) or self.messages.version() != seen:
                return

    def drain(self) -> None:
        """Work until no event is left anywhere (delayed and leased ones included) and no job runs that may send one."""
        self.run(until=self._is_done)

    def _is_done(self) -> bool:
        jobs = {subscription.job for subscription in SUBSCRIPTIONS.values() if subscription.job} | {NARRATION_JOB}
        idle = not any(self.jobs.running(job) for job in jobs)
        return idle and self.messages.outstanding() == 0

    def stop(self) -> None:
        """Finish the event at hand, then end."""
        self.stopping.set()

    def _serve_one(self) -> bool:
        for name, subscription in SUBSCRIPTIONS.items():
            if subscription.job or not subscription.embedded:
                continue
            if subscription.waits and not self._places.acquire(blocking=False):
                continue
            delivery = self.messages.pull(name, lease_seconds=self.pace.lease_seconds)
            if delivery is not None and subscription.waits:
                self._begin_beside(delivery)
                return True
            if subscription.waits:
                self._places.release()
            elif delivery is not None:
                self._serve(delivery)
                return True
        return False

    def _begin_beside(self, delivery: Delivery) -> None:
        self._beside = self._beside or ThreadPoolExecutor(PLACES_BESIDE, thread_name_prefix="beside")
        self._beside.submit(self._serve_beside, delivery)

    def _serve_beside(self, delivery: Delivery) -> None:
        """An event in a thread of its own; what cannot be given back now comes again when its lease is over."""
        try:
            self._serve(delivery)
        except AiprodError as error:
            logger().error("event not acknowledged", subscription=delivery.subscription, reason=str(error))
        finally:
            self._places.release()

    def _serve(self, delivery: Delivery) -> None:
        try:
            with self._held(delivery):
                self.deliveries.deliver(delivery.subscription, delivery.event, trace=delivery.trace)
        except Transient as error:
            self.messages.refuse(delivery, reason=str(error))
        except Exception as error:  # noqa: BLE001  a fault of ours is told, given back, and in the end a dead letter
            logger().exception("stage broke")
            self.messages.refuse(delivery, reason=f"{type(error).__name__}: {error}")
        else:
            self.messages.acknowledge(delivery)

    @contextmanager
    def _held(self, delivery: Delivery) -> Iterator[None]:
        """Keep the lease while the event is handled."""
        done = threading.Event()

        def extend() -> None:
            while not done.wait(self.pace.lease_seconds / 3):
                try:
                    self.messages.extend(delivery, lease_seconds=self.pace.lease_seconds)
                except (Unavailable, StorageFull) as error:
                    logger().warning("lease not extended", reason=str(error))

        thread = threading.Thread(target=extend, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _look_around(self) -> None:
        now = self.clock.now()
        self.messages.tick("sweep", "sweeps", SweepTicked(at=now), every_seconds=self.pace.sweep_seconds)
        if now - self._reclaimed_at > RECLAIM_SECONDS:
            self._reclaimed_at = now
            self.messages.release_lost()
            self.jobs.reap()
        for name, subscription in SUBSCRIPTIONS.items():
            if not subscription.job:
                continue
            backlog = self.messages.backlog(name)
            if backlog:
                missing = missing_tasks(backlog, self.jobs.running(name), self.pace.ceiling)
                if missing:
                    self.jobs.run(subscription.job, tasks=missing, environment={"AIPROD_SUBSCRIPTION": name})
