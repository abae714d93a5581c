"""From a push request of Pub/Sub to a stage: what every function of the cloud does.

Return is 200 and acknowledges. A Transient error is 500: the event comes again after a back-off, and in the end becomes a
dead letter. What is no event of ours is 400, which Pub/Sub tries again too: it ends as a dead letter, where it can be
looked at, and stops coming. Knows no server.
"""

from contextlib import nullcontext
from functools import cache
from threading import Lock
from typing import Protocol

from aiprod.adapters.envelopes import decode_push, message_of, trace_of
from aiprod.adapters.pubsub import PubSubMessages
from aiprod.bootstrap import App, open_app
from aiprod.errors import InvalidInput
from aiprod.events import DeliveryFailed, Event, SweepTicked
from aiprod.logs import logger
from aiprod.ports import Fields
from aiprod.telemetry import flush

COMPUTING = frozenset({"narration", "clips", "assembly", "review"})
"""Stages that serve one event at a time in a process, however many threads the server has: they keep all processors busy
by themselves, and some engines are not made for two callers."""

_opening, _computing = Lock(), Lock()


class Pushed(Protocol):
    """What a function is given: a CloudEvent whose data is the envelope of a Pub/Sub message."""

    @property
    def data(self) -> object: ...


@cache
def _opened() -> App:
    return open_app()


def app() -> App:
    """The product, opened at the process's first request. Raises: InvalidSetting."""
    with _opening:
        return _opened()


def envelope_of(pushed: Pushed) -> Fields:
    """What was pushed. Raises: InvalidInput."""
    if not isinstance(pushed.data, dict):
        raise InvalidInput("push", expected="the envelope of a Pub/Sub message", found=type(pushed.data).__name__)
    return pushed.data


def event_of(pushed: Pushed) -> Event:
    """The event that was pushed. Raises: InvalidInput."""
    return decode_push(envelope_of(pushed))


def deliver(stage: str, pushed: Pushed) -> None:
    """Hand a pushed event to a stage. Raises: InvalidInput (400), Transient (500)."""
    deliveries = app().deliveries
    event = event_of(pushed)
    trace = trace_of(message_of(envelope_of(pushed)))
    if isinstance(event, DeliveryFailed) and not event.video:
        logger().error("dead letter of no video", subscription=event.subscription, reason=event.sentence)
        return
    try:
        with _computing if stage in COMPUTING else nullcontext():
            deliveries.deliver(stage, event, trace=trace)
    finally:
        flush()  # a container may get no processor until the next push


def dispatch(pushed: Pushed) -> None:
    """Start tasks for what waits. Raises: InvalidInput (400), Transient (500)."""
    dispatcher = app().dispatcher
    dispatcher.handle(event_of(pushed))


def release_delayed(pushed: Pushed) -> None:
    """At a sweep, publish what has waited long enough: Pub/Sub itself has no delay. Raises: InvalidInput, Transient."""
    messages = app().messages
    if isinstance(event_of(pushed), SweepTicked) and isinstance(messages, PubSubMessages):
        messages.release_due()


def refuse(error: InvalidInput) -> tuple[str, int]:
    """The answer to what is no event of ours."""
    logger().error("push refused", reason=str(error))
    return str(error), 400
