"""A circuit breaker for each hosted service, kept in the documents so that every task of every machine sees it.

    closed ── several failures running ──→ open ── after a while ──→ half-open ── one success ──→ closed
                                             ↑                           │
                                             └──── one more failure ─────┘   (and the while doubles)

An open breaker is a Permanent error: the clip goes to its next renderer at once, instead of waiting for a service that
is down. Knows no service.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from aiprod.encoding import from_fields, to_fields
from aiprod.errors import Conflict, Permanent
from aiprod.ports import Clock, Documents, Write

COLLECTION = "breakers"
FAILURES_TO_OPEN = 5
FIRST_REST_SECONDS = 120.0
LONGEST_REST_SECONDS = 1_800.0
PROBE_SECONDS = 300.0
"""How long the one who tries a half-open breaker may take before another may try."""
TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """A breaker's state: `until` is when an open one may be tried, or a probe counts as lost."""

    state: str = "closed"
    failures: int = 0
    rest_seconds: float = FIRST_REST_SECONDS
    until: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """The breaker of one service."""

    service: str
    documents: Documents
    clock: Clock

    def admit(self) -> None:
        """Pass, or be turned away; through a half-open breaker passes one at a time. Raises: Permanent, Conflict."""
        now = self.clock.now()
        after = self._change(lambda circuit: _admitted(circuit, now))
        if after is None:
            circuit, _ = self._read()
            when = datetime.datetime.fromtimestamp(circuit.until, datetime.UTC).strftime("%H:%M:%S")
            raise Permanent(
                f"{self.service} failed {circuit.failures} times running and is left alone until {when} UTC; another"
                " renderer makes the clip meanwhile."
            )

    def succeeded(self) -> None:
        """The service answered as it should. Raises: Conflict."""
        self._change(lambda _: Circuit())

    def failed(self) -> None:
        """The service did not answer, had no quota left, or broke. Raises: Conflict."""
        now = self.clock.now()
        self._change(lambda circuit: _failed(circuit, now))

    def read(self) -> Circuit:
        """How it stands now."""
        return self._read()[0]

    def _read(self) -> tuple[Circuit, str | None]:
        document = self.documents.get(COLLECTION, self.service)
        if document is None:
            return Circuit(), None
        return from_fields(Circuit, document.fields, source=f"breaker {self.service}"), document.version

    def _change(self, change: Callable[[Circuit], Circuit | None]) -> Circuit | None:
        """Write what `change` makes of the circuit; None where it has nothing to say."""
        for _ in range(TRIES):
            before, version = self._read()
            after = change(before)
            if after is None or after == before:
                return after
            write = Write(collection=COLLECTION, id=self.service, fields=to_fields(after), expected=version)
            try:
                self.documents.commit([write])
            except Conflict:
                continue
            return after
        raise Conflict(f"Expected to write the breaker of {self.service} within {TRIES} tries, found another first.")


def _admitted(circuit: Circuit, now: float) -> Circuit | None:
    """The circuit with this caller let through, or None."""
    if circuit.state == "closed":
        return circuit
    if now < circuit.until:
        return None
    return replace(circuit, state="half-open", until=now + PROBE_SECONDS)


def _failed(circuit: Circuit, now: float) -> Circuit:
    failures = circuit.failures + 1
    if circuit.state == "half-open":
        rest = min(LONGEST_REST_SECONDS, 2 * circuit.rest_seconds)
        return Circuit(state="open", failures=failures, rest_seconds=rest, until=now + rest)
    if circuit.state == "closed" and failures >= FAILURES_TO_OPEN:
        return Circuit(state="open", failures=failures, until=now + FIRST_REST_SECONDS)
    return replace(circuit, failures=failures)
