"""Measures what the chain adds between two pieces of work: from the end of one handler to the beginning of the next.

    python -m tests.bench.bench_events --events 200

A hop is measured three ways: an event that a handler publishes; an artefact that a handler finishes, whose
finalisation is the event; and an event from another thread to a worker that is idle. The limit is 50 ms for each.
Handlers do nothing else, and the store is a folder of the machine's temporary disk.
"""

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from aiprod import paths
from aiprod.brief import Brief
from aiprod.delivery import Deliveries, Handler
from aiprod.dispatching import Ceiling
from aiprod.events import Event, StatusChanged
from aiprod.video import create
from aiprod.worker import Pace, Worker
from tests.house import open_house

LIMIT_MS = 50.0


class Hops:
    """A house whose notifications and reviews do nothing but be timed."""

    def __init__(self, home: Path, events: int) -> None:
        self.app = open_house(home)
        self.events = events
        self.video = self.app.ledger.open(create("hops", "", Brief(theme="hops"), self.app.clock.now())).id
        self.seconds: list[float] = []
        self.sent = 0.0
        self._worker(lambda _: None).drain()  # what opening the video sent

    def run(self, send: Callable[[int], None]) -> list[float]:
        """Each handler sends the next event, from one worker to itself."""
        self.seconds = []

        def handle(_event: Event) -> None:
            self.seconds.append(time.perf_counter() - self.sent)
            if len(self.seconds) < self.events:
                self._send(send)

        worker = self._worker(handle)
        self._send(send)
        worker.run(until=lambda: len(self.seconds) >= self.events)
        return self.seconds

    def run_idle(self, send: Callable[[int], None]) -> list[float]:
        """Events come one by one, from outside, to a worker that waits."""
        self.seconds = []
        arrived = threading.Event()

        def handle(_event: Event) -> None:
            self.seconds.append(time.perf_counter() - self.sent)
            arrived.set()

        worker = self._worker(handle)
        thread = threading.Thread(target=worker.run, kwargs={"until": lambda: False})
        thread.start()
        for _ in range(self.events):
            time.sleep(0.05)
            arrived.clear()
            self._send(send)
            arrived.wait(10)
        worker.stop()
        thread.join()
        return self.seconds

    def publish(self, _number: int) -> None:
        """An event that says little."""
        event = StatusChanged(video=self.video, revision=1, status="queued", sentence="", at=0.0)
        self.app.messages.publish("status-changes", event)

    def finish(self, number: int) -> None:
        """A small artefact that is announced."""
        self.app.objects.write(paths.film(self.video, number + 1), b"{}")

    def _send(self, send: Callable[[int], None]) -> None:
        self.sent = time.perf_counter()
        send(len(self.seconds))

    def _worker(self, handle: Handler) -> Worker:
        deliveries = Deliveries(
            stages={"notify": handle, "review": handle, "monitor": lambda _: None},
            ledger=self.app.ledger, clock=self.app.clock, tallies=self.app.tallies,
        )  # fmt: skip
        pace = Pace(lease_seconds=30.0, sweep_seconds=20.0, ceiling=Ceiling(tasks=1))
        return Worker(
            deliveries=deliveries, messages=self.app.messages, jobs=self.app.jobs, clock=self.app.clock, pace=pace
        )


def main() -> None:
    """Measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=200)
    events = parser.parse_args().events
    with tempfile.TemporaryDirectory() as folder:
        hops = Hops(Path(folder) / "home", events)
        rows = {
            "an event, from a handler": hops.run(hops.publish),
            "an artefact, from a handler": hops.run(hops.finish),
            "an event, to an idle worker": hops.run_idle(hops.publish),
        }
    print(f"{'hop':30} {'median':>10} {'95th':>10} {'worst':>10}")
    for name, seconds in rows.items():
        found = [1000 * one for one in sorted(seconds)]
        late = found[int(0.95 * len(found))]
        print(f"{name:30} {statistics.median(found):7.1f} ms {late:7.1f} ms {found[-1]:7.1f} ms")
        if statistics.median(found) > LIMIT_MS:
            raise SystemExit(f"Expected at most {LIMIT_MS:.0f} ms for {name}.")


if __name__ == "__main__":
    main()
