"""Clips that are paid for by the start: each is started at most once in doubt, and found again whatever dies in between.

An operation's document is created before the start and gets the operation's name after it; its id is the hash of the
order, so a repeated task, or another video with the same order, finds it and goes on asking. A start whose answer was lost
is looked for in storage, under the prefix that the clip was to lie at, and never made again; an operation that the service
has forgotten is looked for there too. Knows no service's protocol.

    (none) ─→ starting ─→ started ─→ done
                 │            └────→ refused | failed | lost         (failed, lost ─→ starting, a few times)
                 └─→ refused | doubtful
"""

import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from aiprod import paths
from aiprod.errors import (
    AlreadyExists,
    Conflict,
    ContentRefused,
    Misuse,
    NotFound,
    Permanent,
    Throttled,
    Transient,
    Unavailable,
)  # fmt: skip
from aiprod.expenses import Expense, Expenses
from aiprod.logs import logger
from aiprod.models import hosted
from aiprod.ports import Clock, Objects
from aiprod.visuals.hosted.breaker import Breaker
from aiprod.visuals.hosted.orders import Order
from aiprod.visuals.hosted.records import Operation, Records
from aiprod.visuals.hosted.service import Look, OperationGone, StartInDoubt, VideoService

MOST_STARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long one waits for a service, in seconds. `starting`: how long a start without a name counts as under way."""

    start_again: tuple[float, ...] = (10.0, 30.0)
    first_look: float = 5.0
    slowest_look: float = 20.0
    starting: float = 120.0
    longest: float = 900.0
    failed_looks: int = 6


Pause = Callable[[float], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operations:
    """The operations of one service. `bucket` is whose objects `objects` are ("" where the service cannot write there)."""

    service: VideoService
    records: Records
    objects: Objects
    clock: Clock
    breaker: Breaker
    expenses: Expenses
    bucket: str = ""
    patience: Patience = Patience()
    pause: Pause = field(default_factory=lambda: threading.Event().wait)

    def prefix(self, order: Order) -> str:
        """Where an order's clip lies in the bucket."""
        return paths.takes(self.records.id_of(order))

    def begin(self, order: Order) -> None:
        """See to it that the order is begun, once. Raises: ContentRefused, Permanent, Transient, InvalidSetting."""
        operation, version = self.records.read(order)
        while True:
            if operation is not None and operation.state not in ("failed", "lost"):
                return
            if operation is not None and operation.starts >= MOST_STARTS:
                raise Permanent(f"{self.service.name} failed {MOST_STARTS} times over this clip: {operation.sentence}")
            self.breaker.admit()
            claimed = Operation(
                service=self.service.name, model=order.model, state="starting", at=self.clock.now(),
                seconds=order.seconds, starts=operation.starts + 1 if operation else 1,
            )  # fmt: skip
            try:
                self.records.write(order, claimed, version)
            except Conflict:
                operation, version = self.records.read(order)
                continue
            self._start(order)
            return

    def finish(self, order: Order, into: Path) -> None:
        """The order's clip, once it is made, as the file `into`. Raises: those of `begin`."""
        operation = self._settled(order)
        match operation.state:
            case "done":
                self._fetch(order, operation, into)
            case "refused":
                raise ContentRefused(f"{self.service.name} will not make this picture: {operation.sentence}")
            case "doubtful":
                raise Permanent(operation.sentence)
            case "lost":
                raise Unavailable(f"{self.service.name} lost the clip ({operation.sentence}); it is asked for again.")
            case _:
                raise Unavailable(f"{self.service.name} failed: {operation.sentence}")

    # --- starting

    def _start(self, order: Order) -> None:
        """Start what was claimed; a start that certainly did not begin is made again, then given up and forgotten."""
        waits = list(self.patience.start_again)
        while True:
            try:
                name = self.service.start(order, self.prefix(order))
            except StartInDoubt as error:
                logger().warning("start in doubt", service=self.service.name, reason=str(error))
                self.breaker.failed()
                return
            except (Throttled, Unavailable):
                if not waits:
                    self.records.forget(order)
                    self.breaker.failed()
                    raise
                self.pause(waits.pop(0))
                self.records.change(order, self._claimed_now)
            except ContentRefused as error:
                self.records.settle(order, "refused", str(error))
                self.breaker.succeeded()
                raise
            except (Permanent, Misuse):
                self.records.forget(order)
                raise
            else:
                self.records.change(order, partial(_named, name=name, at=self.clock.now()))
                logger().info("operation started", service=self.service.name, operation=name, seconds=order.seconds)
                return

    def _claimed_now(self, operation: Operation) -> Operation:
        return replace(operation, at=self.clock.now())

    # --- following

    def _settled(self, order: Order) -> Operation:
        """The operation once nothing more will happen to it by itself."""
        wait, blind = self.patience.first_look, 0
        while True:
            operation, _ = self.records.read(order)
            if operation is None:
                raise Unavailable(f"{self.service.name} did not begin this clip; it is asked for again.")
            if operation.state not in ("starting", "started"):
                return operation
            waited = self.clock.now() - operation.at
            if operation.state == "starting":
                if waited > self.patience.starting and (settled := self._search(order, waited)):
                    return settled
            else:
                try:
                    look = self.service.look(operation.name)
                except OperationGone as error:
                    return self._gone(order, str(error))
                except Transient as error:
                    blind += 1
                    if blind >= self.patience.failed_looks:
                        self.breaker.failed()
                        raise
                    logger().warning("operation not seen", service=self.service.name, reason=str(error))
                else:
                    blind = 0
                    if look.done:
                        return self._done(order, look)
                if waited > self.patience.longest:
                    self.breaker.failed()
                    raise Unavailable(
                        f"{self.service.name} took longer than {self.patience.longest:.0f} s over a clip; it is asked after"
                        " again later."
                    )
            self.pause(wait)
            wait = min(self.patience.slowest_look, 1.5 * wait)

    def _done(self, order: Order, look: Look) -> Operation:
        if look.refused:
            self.breaker.succeeded()
            return self.records.settle(order, "refused", look.refused)
        if look.failed:
            self.breaker.failed()
            return self.records.settle(order, "failed", look.failed)
        uri = look.uri
        if look.content:
            uri = f"gs:///{self.prefix(order)}clip.mp4"
            with suppress(AlreadyExists):  # another task asked after the same clip
                self.objects.write(uri.removeprefix("gs:///"), look.content)
        self.breaker.succeeded()
        return self._paid(order, uri)

    def _paid(self, order: Order, uri: str) -> Operation:
        """The clip is there: whoever writes that down first also writes down what it cost."""
        usd = order.seconds * hosted.model(order.model).usd_per_second(order.resolution)
        before, after = self.records.change(order, lambda one: replace(one, state="done", uri=uri, usd=usd))
        if before.state != "done":
            self.expenses.record(Expense(engine=self.service.name, model=order.model,
                                         bought=f"{order.seconds} s at {order.resolution}", usd=usd))  # fmt: skip
        return after

    # --- what was lost

    def _search(self, order: Order, waited: float) -> Operation | None:
        """A start without a name: its clip under the prefix, or, once that would be there, the doubt for good."""
        found = self._stored(order)
        if found:
            return self._paid(order, found)
        if self.bucket and waited < self.patience.longest:
            return None
        sentence = (
            f"Whether {self.service.name} began this clip is not known, because its answer was lost, and nothing came of it;"
            " it is not started again, for it may be paid. Redo the scene to ask anew."
        )
        return self.records.settle(order, "doubtful", sentence)

    def _gone(self, order: Order, sentence: str) -> Operation:
        found = self._stored(order)
        if found:
            return self._paid(order, found)
        return self.records.settle(order, "lost", sentence)

    def _stored(self, order: Order) -> str:
        clips = [one.address for one in self.objects.under(self.prefix(order)) if one.address.endswith(".mp4")]
        return f"gs:///{clips[0]}" if clips else ""

    def _fetch(self, order: Order, operation: Operation, into: Path) -> None:
        """Bring the clip; `gs:///` is our own bucket."""
        own = (f"gs://{self.bucket}/", "gs:///") if self.bucket else ("gs:///",)
        try:
            for start in own:
                if operation.uri.startswith(start):
                    shutil.copyfile(self.objects.fetch(operation.uri.removeprefix(start), into.parent), into)
                    return
            self.service.download(operation.uri, into)
        except NotFound as error:
            sentence = f"its clip is no longer at {operation.uri}"
            self.records.settle(order, "lost", sentence)
            raise Unavailable(f"{self.service.name}: {sentence}; it is asked for again.") from error


def _named(operation: Operation, name: str, at: float) -> Operation:
    return replace(operation, state="started", name=name, at=at)
