"""The machines with a GPU that work now: each reads its cards while it serves a job, and all tell one store.

A job's task cannot be asked from outside, so it tells: a document of its own with its newest reading, for whoever asks the
product; what `gpus.py` makes of each reading, for whoever keeps a history. Knows no driver and no HTTP.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from aiprod import gauges
from aiprod.compare_and_set import change, remove
from aiprod.encoding import from_fields, key_of, to_fields
from aiprod.errors import Conflict, InvalidInput, Transient
from aiprod.gpus import GpuReading, Gpus, tell
from aiprod.logs import logger
from aiprod.ports import Clock, Documents, Fields
from aiprod.tallies import Tallies

COLLECTION = "machines"
READ_SECONDS = 15.0
FRESH_SECONDS = 120.0
"""A machine that was silent for longer is taken for gone."""
FORGOTTEN_SECONDS = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A machine's newest reading, and when it was taken (seconds since 1970 UTC)."""

    name: str
    job: str
    at: float
    gpus: tuple[GpuReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Machines:
    """What the machines tell. `usd_per_hour` is what one with a GPU costs (0: that is not counted)."""

    documents: Documents
    clock: Clock
    gpus: Gpus
    tallies: Tallies
    usd_per_hour: float = 0.0
    read_seconds: float = READ_SECONDS

    def at_work(self) -> tuple[Machine, ...]:
        """Those that were heard of just now. Raises: Transient."""
        fresh = (machine for _, machine in self._known() if self.clock.now() - machine.at < FRESH_SECONDS)
        return tuple(sorted(fresh, key=lambda machine: machine.name))

    @contextmanager
    def telling(self, name: str, job: str) -> Iterator[None]:
        """Tell of this machine while the block runs; one without a GPU tells nothing."""
        if not self.gpus.read():
            yield
            return
        over = threading.Event()
        teller = threading.Thread(target=self._tell, args=(name, job, self.clock.now(), over), daemon=True)
        teller.start()
        try:
            yield
        finally:
            over.set()
            teller.join()
            self.tallies.write()
            with suppress(Transient, Conflict):  # it is taken for gone soon
                remove(self.documents, COLLECTION, _id_of(name))

    def _tell(self, name: str, job: str, since: float, over: threading.Event) -> None:
        last = False
        self._forget()
        while not last:
            machine = Machine(name=name, job=job, at=self.clock.now(), gpus=self.gpus.read())
            self._keep(machine)
            tell(name, job, machine.gpus)
            last = over.wait(self.read_seconds)
            now = self.clock.now()
            self._pay(job, now - since)
            since = now

    def _keep(self, machine: Machine) -> None:
        fields = to_fields(machine)

        def decide(_: Fields | None) -> Fields:
            return fields

        try:
            change(self.documents, COLLECTION, _id_of(machine.name), decide)
        except (Transient, Conflict) as error:
            logger().warning("machine not told of", reason=str(error))

    def _pay(self, job: str, seconds: float) -> None:
        """A machine is paid for as long as it is held, whatever it does."""
        if self.usd_per_hour > 0:
            usd = seconds / 3600 * self.usd_per_hour
            self.tallies.add("cost usd", usd, engine="gpu")
            gauges.add("aiprod.gpu.cost", usd, "USD", job=job)
            self.tallies.write_if_due()  # a task that is killed has told what it cost till then

    def _forget(self) -> None:
        """Remove what machines left that were killed."""
        with suppress(Transient, Conflict):
            for id_, machine in self._known():
                if self.clock.now() - machine.at > FORGOTTEN_SECONDS:
                    remove(self.documents, COLLECTION, id_)

    def _known(self) -> Iterator[tuple[str, Machine]]:
        for document in self.documents.query(COLLECTION):
            try:
                yield document.id, from_fields(Machine, document.fields)
            except InvalidInput as error:
                logger().warning("machine not understood", machine=document.id, reason=str(error))


def _id_of(name: str) -> str:
    """A document's id has no slash in it, unlike the names of Cloud Run's tasks."""
    return key_of(name)
